"""Facts with short answers that do not change from year to year: from very easy to obscure.

Tables are `key=answer/alias/...` separated by `;`. Chemical symbols that are also English words (He, As, In,
I, Be, At, No) are asked only the other way round, since no grader could tell such a symbol from the word.
"""

from collections.abc import Iterator

from probes.probe import Question, answerable

SOURCE = "own-facts"

_CAPITALS = """
France=Paris; Germany=Berlin; Italy=Rome; Spain=Madrid; England=London; Japan=Tokyo; China=Beijing/Peking;
Russia=Moscow; Egypt=Cairo; Greece=Athens; Portugal=Lisbon; Ireland=Dublin; Austria=Vienna; Poland=Warsaw;
Hungary=Budapest; Sweden=Stockholm; Norway=Oslo; Denmark=Copenhagen; Finland=Helsinki; Belgium=Brussels;
Canada=Ottawa; Mexico=Mexico City; Cuba=Havana; Argentina=Buenos Aires; Peru=Lima; Chile=Santiago;
Turkey=Ankara; Iran=Tehran; Iraq=Baghdad; India=New Delhi/Delhi; Thailand=Bangkok; South Korea=Seoul;
North Korea=Pyongyang; Vietnam=Hanoi; Australia=Canberra; New Zealand=Wellington; Kenya=Nairobi;
Brazil=Brasilia/Brasília; Colombia=Bogota/Bogotá; Venezuela=Caracas; Ecuador=Quito; Uruguay=Montevideo;
Paraguay=Asuncion/Asunción; Scotland=Edinburgh; Wales=Cardiff; Iceland=Reykjavik/Reykjavík;
Ukraine=Kyiv/Kiev; Romania=Bucharest; Bulgaria=Sofia; Serbia=Belgrade; Croatia=Zagreb; Slovenia=Ljubljana;
Slovakia=Bratislava; Lithuania=Vilnius; Latvia=Riga; Estonia=Tallinn; Albania=Tirana; Malta=Valletta;
Cyprus=Nicosia; Lebanon=Beirut; Syria=Damascus; Jordan=Amman; Saudi Arabia=Riyadh; Qatar=Doha;
Afghanistan=Kabul; Pakistan=Islamabad; Bangladesh=Dhaka; Nepal=Kathmandu; Mongolia=Ulaanbaatar/Ulan Bator;
Philippines=Manila; Morocco=Rabat; Algeria=Algiers; Tunisia=Tunis; Libya=Tripoli; Ethiopia=Addis Ababa;
Ghana=Accra; Nigeria=Abuja; Senegal=Dakar; Uganda=Kampala; Rwanda=Kigali; Zambia=Lusaka; Zimbabwe=Harare;
Angola=Luanda; Mozambique=Maputo; Namibia=Windhoek; Botswana=Gaborone; Madagascar=Antananarivo; Mali=Bamako;
Chad=N'Djamena; Bhutan=Thimphu; Laos=Vientiane; Cambodia=Phnom Penh; Fiji=Suva; Jamaica=Kingston;
Haiti=Port-au-Prince; Honduras=Tegucigalpa; Nicaragua=Managua; Costa Rica=San Jose/San José;
Guyana=Georgetown; Suriname=Paramaribo; Georgia (the country)=Tbilisi; Armenia=Yerevan; Azerbaijan=Baku;
Uzbekistan=Tashkent; Turkmenistan=Ashgabat; Liechtenstein=Vaduz; Moldova=Chisinau/Chișinău; Belarus=Minsk;
Oman=Muscat; Kuwait=Kuwait City; Burkina Faso=Ouagadougou
"""
_CAPITAL_FORMS = (
    "What is the capital city of {key}?",
    "What is the capital of {key}?",
    "What is the capital city of {key}? Answer with the name only.",
)
_COUNTRIES = """
Paris=France; Berlin=Germany; Rome=Italy; Madrid=Spain; Tokyo=Japan; Cairo=Egypt; Lisbon=Portugal;
Athens=Greece; Moscow=Russia; Toronto=Canada; Sydney=Australia; Mumbai=India; Shanghai=China; Oslo=Norway;
Milan=Italy; Barcelona=Spain; Munich=Germany; Lyon=France; Osaka=Japan; Dubai=United Arab Emirates/UAE;
Istanbul=Turkey/Türkiye; Krakow=Poland; Prague=Czech Republic/Czechia; Zurich=Switzerland; Salzburg=Austria;
Antwerp=Belgium; Gothenburg=Sweden; Casablanca=Morocco; Lagos=Nigeria; Nairobi=Kenya; Marrakesh=Morocco;
Cusco=Peru; Medellin=Colombia; Auckland=New Zealand; Busan=South Korea/Korea; Karachi=Pakistan;
Porto=Portugal; Rotterdam=Netherlands/Holland; Aarhus=Denmark; Tampere=Finland; Split=Croatia; Kazan=Russia;
Bergen=Norway; Guayaquil=Ecuador; Sao Paulo=Brazil; Rosario=Argentina; Mombasa=Kenya; Da Nang=Vietnam;
Chiang Mai=Thailand; Bergamo=Italy
"""
_COUNTRY_FORMS = ("In which country is the city of {key}?", "Which country is the city of {key} in?")

_SYMBOLS = """
gold=Au; silver=Ag; iron=Fe; copper=Cu; oxygen=O; hydrogen=H; carbon=C; nitrogen=N; sodium=Na; potassium=K;
lead=Pb; tin=Sn; mercury=Hg; calcium=Ca; zinc=Zn; aluminium=Al; sulfur=S; chlorine=Cl; magnesium=Mg;
silicon=Si; phosphorus=P; lithium=Li; neon=Ne; argon=Ar; nickel=Ni; cobalt=Co; uranium=U; platinum=Pt;
titanium=Ti; tungsten=W; fluorine=F; bromine=Br; boron=B; manganese=Mn; chromium=Cr; barium=Ba; xenon=Xe;
krypton=Kr; radium=Ra; antimony=Sb
"""
_SYMBOL_FORMS = (
    "What is the chemical symbol for {key}?",
    "What is the chemical symbol of the element {key}?",
)
_ELEMENTS = """
Au=gold; Ag=silver; Fe=iron; Cu=copper; O=oxygen; H=hydrogen; C=carbon; N=nitrogen; Na=sodium; K=potassium;
Pb=lead; Hg=mercury; Ca=calcium; Zn=zinc; He=helium; Cl=chlorine; Si=silicon; U=uranium; Pu=plutonium;
Sn=tin; W=tungsten; Sr=strontium; Bi=bismuth; Rb=rubidium; Y=yttrium; Os=osmium
"""
_ELEMENT_FORMS = ("Which chemical element has the symbol {key}?",)

_AUTHORS = """
Romeo and Juliet=William Shakespeare/Shakespeare; Hamlet=William Shakespeare/Shakespeare;
Macbeth=William Shakespeare/Shakespeare; Othello=William Shakespeare/Shakespeare;
Pride and Prejudice=Jane Austen/Austen; Emma=Jane Austen/Austen; Oliver Twist=Charles Dickens/Dickens;
A Christmas Carol=Charles Dickens/Dickens; Great Expectations=Charles Dickens/Dickens;
1984=George Orwell/Orwell; Animal Farm=George Orwell/Orwell; Moby-Dick=Herman Melville/Melville;
The Odyssey=Homer; The Iliad=Homer; War and Peace=Leo Tolstoy/Tolstoy; Anna Karenina=Leo Tolstoy/Tolstoy;
Don Quixote=Miguel de Cervantes/Cervantes; Frankenstein=Mary Shelley/Shelley; Dracula=Bram Stoker/Stoker;
The Hobbit=J. R. R. Tolkien/Tolkien; Jane Eyre=Charlotte Brontë/Charlotte Bronte;
Wuthering Heights=Emily Brontë/Emily Bronte; Crime and Punishment=Fyodor Dostoevsky/Dostoevsky/Dostoyevsky;
Faust=Johann Wolfgang von Goethe/Goethe; The Divine Comedy=Dante Alighieri/Dante;
Les Misérables=Victor Hugo/Hugo; Ulysses=James Joyce/Joyce; The Trial=Franz Kafka/Kafka;
Treasure Island=Robert Louis Stevenson/Stevenson; The Jungle Book=Rudyard Kipling/Kipling;
The Old Man and the Sea=Ernest Hemingway/Hemingway; The Great Gatsby=F. Scott Fitzgerald/Fitzgerald;
To Kill a Mockingbird=Harper Lee; Brave New World=Aldous Huxley/Huxley; Walden=Henry David Thoreau/Thoreau;
Candide=Voltaire; Gulliver's Travels=Jonathan Swift/Swift; Robinson Crusoe=Daniel Defoe/Defoe;
The Time Machine=H. G. Wells/Wells; Middlemarch=George Eliot/Mary Ann Evans;
The Tin Drum=Günter Grass/Gunter Grass; Buddenbrooks=Thomas Mann; The Magic Mountain=Thomas Mann;
Effi Briest=Theodor Fontane/Fontane
"""
_AUTHOR_FORMS = ('Who wrote "{key}"?', 'Name the author of "{key}".')

_MAKERS = """
Who painted the Mona Lisa?=Leonardo da Vinci/Leonardo/da Vinci;
Who painted The Starry Night?=Vincent van Gogh/van Gogh; Who painted Guernica?=Pablo Picasso/Picasso;
Who painted The Night Watch?=Rembrandt; Who painted the ceiling of the Sistine Chapel?=Michelangelo;
Who painted Girl with a Pearl Earring?=Johannes Vermeer/Vermeer; Who painted The Scream?=Edvard Munch/Munch;
Who composed The Four Seasons?=Antonio Vivaldi/Vivaldi;
Who composed The Magic Flute?=Wolfgang Amadeus Mozart/Mozart;
Who composed the Moonlight Sonata?=Ludwig van Beethoven/Beethoven;
Who composed Swan Lake?=Pyotr Ilyich Tchaikovsky/Tchaikovsky;
Who composed the Brandenburg Concertos?=Johann Sebastian Bach/Bach;
Who composed Messiah?=George Frideric Handel/Handel/Händel; Who composed Boléro?=Maurice Ravel/Ravel;
Who formulated the theory of relativity?=Albert Einstein/Einstein;
Who formulated the law of universal gravitation?=Isaac Newton/Newton;
Who developed the theory of evolution by natural selection?=Charles Darwin/Darwin;
Who discovered penicillin?=Alexander Fleming/Fleming; Who invented dynamite?=Alfred Nobel/Nobel;
Who discovered radium together with Pierre Curie?=Marie Curie;
Who proposed the heliocentric model of the solar system in 1543?=Nicolaus Copernicus/Copernicus;
Who wrote the equations that unify electricity and magnetism?=James Clerk Maxwell/Maxwell;
Who designed the periodic table of 1869?=Dmitri Mendeleev/Mendeleev;
Who discovered X-rays in 1895?=Wilhelm Röntgen/Wilhelm Conrad Röntgen/Röntgen/Roentgen/Rontgen;
Who is known as the father of genetics for his work with pea plants?=Gregor Mendel/Mendel;
Who proved the incompleteness theorems in 1931?=Kurt Gödel/Gödel/Godel/Goedel;
Who discovered the planet Uranus in 1781?=William Herschel/Herschel;
Who was the first person to walk on the Moon?=Neil Armstrong/Armstrong;
Who was the first human in space?=Yuri Gagarin/Gagarin;
Who was the first president of the United States?=George Washington/Washington;
Who was the first emperor of Rome?=Augustus/Octavian;
Who led the Indian independence movement with nonviolent resistance?=Mahatma Gandhi/Gandhi;
Who was the first black president of South Africa?=Nelson Mandela/Mandela;
Who was the British prime minister for most of World War II?=Winston Churchill/Churchill;
Who sailed across the Atlantic Ocean in 1492?=Christopher Columbus/Columbus;
Who led the first expedition to reach the South Pole?=Roald Amundsen/Amundsen;
Who was the first woman to win a Nobel Prize?=Marie Curie/Curie;
Which French emperor was defeated at Waterloo?=Napoleon Bonaparte/Napoleon;
Which American president issued the Emancipation Proclamation?=Abraham Lincoln/Lincoln;
Which king of Macedon conquered the Persian Empire?=Alexander the Great/Alexander;
Which philosopher wrote the Republic?=Plato; Which philosopher taught Alexander the Great?=Aristotle;
Which philosopher wrote the Critique of Pure Reason?=Immanuel Kant/Kant;
Which Carthaginian general crossed the Alps with elephants?=Hannibal
"""

_COLOURS = """
the sky on a clear day=blue; grass=green; snow=white; blood=red; coal=black; a ripe banana=yellow;
a lemon=yellow; a ripe tomato=red; milk=white; a carrot=orange; an emerald=green; a ruby=red;
a sapphire=blue; chocolate=brown; a polar bear=white; a raven=black; a flamingo=pink;
the yolk of an egg=yellow/orange; a lime=green; a stop sign in the United States=red; an eggplant=purple;
a crow=black; salt=white; spinach=green; a cucumber=green; the Statue of Liberty=green;
a London double-decker bus=red
"""
_COLOUR_FORMS = ("What color is {key}?", "Name the color of {key}.")

_YOUNG = """
dog=puppy; cat=kitten; cow=calf; horse=foal; sheep=lamb; goat=kid; pig=piglet; chicken=chick; duck=duckling;
bear=cub; lion=cub; kangaroo=joey; goose=gosling; swan=cygnet; frog=tadpole; deer=fawn; owl=owlet;
hare=leveret; elephant=calf; whale=calf
"""
_YOUNG_FORMS = ("What is a baby {key} called?", "What do you call a young {key}?")

_CLASSES = """
dog=mammal/mammals; cat=mammal/mammals; eagle=bird/birds; salmon=fish; snake=reptile/reptiles;
frog=amphibian/amphibians; ant=insect/insects; whale=mammal/mammals; bat=mammal/mammals; penguin=bird/birds;
lizard=reptile/reptiles; shark=fish; bee=insect/insects; horse=mammal/mammals; ostrich=bird/birds;
crocodile=reptile/reptiles; turtle=reptile/reptiles; dolphin=mammal/mammals; butterfly=insect/insects;
newt=amphibian/amphibians; spider=arachnid/arachnids; scorpion=arachnid/arachnids; seahorse=fish;
lobster=crustacean/crustaceans
"""
_CLASS_FORMS = ("What kind of animal is the {key}?", "To which group of animals does the {key} belong?")

_LANGUAGES = """
France=French; Germany=German; Italy=Italian; Spain=Spanish; Japan=Japanese; Brazil=Portuguese;
Mexico=Spanish; Argentina=Spanish; Egypt=Arabic; Russia=Russian; Greece=Greek; Austria=German;
Sweden=Swedish; Poland=Polish; Hungary=Hungarian; Iran=Persian/Farsi; Portugal=Portuguese; Denmark=Danish;
Australia=English; Chile=Spanish; Angola=Portuguese
"""
_LANGUAGE_FORMS = ("What language do most people speak in {key}?", "What is the main language of {key}?")

_CONTINENTS = """
France=Europe; China=Asia; Egypt=Africa; Brazil=South America; Canada=North America; India=Asia;
Nigeria=Africa; Germany=Europe; Japan=Asia; Kenya=Africa; Peru=South America; Mexico=North America;
Poland=Europe; Vietnam=Asia; Ghana=Africa; Chile=South America; Norway=Europe; Mongolia=Asia; Angola=Africa;
Bolivia=South America; Nepal=Asia; Greece=Europe; Morocco=Africa; Cuba=North America; Guyana=South America;
Latvia=Europe; Oman=Asia; Belize=North America/Central America
"""
_CONTINENT_FORMS = ("On which continent is {key}?", "Which continent is {key} part of?")

_CURRENCIES = """
Japan=yen; the United Kingdom=pound; India=rupee/rupees; Russia=ruble/rouble; Mexico=peso;
China=yuan/renminbi; Switzerland=franc; Sweden=krona; Poland=zloty/złoty; Germany=euro; Brazil=real;
South Korea=won; Thailand=baht; Israel=shekel; South Africa=rand; Hungary=forint; Vietnam=dong/đồng;
the Czech Republic=koruna; Nigeria=naira; Peru=sol
"""
_CURRENCY_FORMS = ("What is the currency of {key}?",)

_YEARS = """
did World War II end=1945; did World War I begin=1914; did World War I end=1918;
did World War II begin in Europe=1939; did the French Revolution begin=1789; did the Berlin Wall fall=1989;
did humans first land on the Moon=1969; was the United States Declaration of Independence signed=1776;
did the Titanic sink=1912; did the Soviet Union dissolve=1991; did Columbus first reach America=1492;
was the Battle of Hastings=1066; was the Battle of Waterloo=1815; was the Magna Carta sealed=1215;
did the Western Roman Empire fall=476; was Sputnik 1 launched=1957; did the American Civil War begin=1861;
did the American Civil War end=1865; did the Russian Revolution take place=1917;
did India become independent=1947; was the Peace of Westphalia signed=1648;
was John F. Kennedy assassinated=1963; was Abraham Lincoln assassinated=1865;
did Constantinople fall to the Ottomans=1453; did the Great Fire of London happen=1666;
did Queen Victoria die=1901; was the Eiffel Tower completed=1889; did the Chernobyl disaster happen=1986;
did Martin Luther publish his Ninety-five Theses=1517; was the Suez Canal opened=1869;
was Albert Einstein born=1879; was Wolfgang Amadeus Mozart born=1756;
was Isaac Newton's Principia published=1687; was the Treaty of Versailles signed=1919
"""
_YEAR_FORMS = ("In which year {key}?", "In what year {key}? Answer with the year only.")

_NUMBERS = """
How many legs does a dog have?=4; How many legs does a spider have?=8; How many legs does an insect have?=6;
How many arms does an octopus have?=8; How many sides does a triangle have?=3;
How many sides does a square have?=4; How many sides does a hexagon have?=6;
How many sides does a pentagon have?=5; How many sides does an octagon have?=8;
How many wheels does a bicycle have?=2; How many wheels does a tricycle have?=3;
How many wheels does a car usually have?=4; How many days are in a week?=7;
How many months are in a year?=12; How many hours are in a day?=24; How many minutes are in an hour?=60;
How many seconds are in a minute?=60; How many days are in a leap year?=366;
How many days does April have?=30; How many years are in a century?=100; How many years are in a decade?=10;
How many letters are in the English alphabet?=26; How many vowels are A, E, I, O and U together?=5;
How many planets are in the solar system?=8; How many eggs are in a dozen?=12;
How many centimeters are in a meter?=100; How many grams are in a kilogram?=1000;
How many meters are in a kilometer?=1000; How many inches are in a foot?=12;
How many cents are in a dollar?=100; How many strings does a violin have?=4;
How many strings does a standard guitar have?=6; How many keys does a standard piano have?=88;
How many players of one football (soccer) team are on the field?=11;
How many squares are on a chessboard?=64; How many pawns does each player have in chess?=8;
How many cards are in a standard deck without jokers?=52; How many chambers does the human heart have?=4;
How many bones does an adult human have?=206; How many eyes does a human have?=2;
How many fingers are on one human hand, the thumb included?=5;
How many chromosomes does a human body cell have?=46;
How many teeth does an adult human have, wisdom teeth included?=32;
How many states does the United States have?=50; How many stars are on the flag of the United States?=50;
How many stripes are on the flag of the United States?=13; How many colors are on the flag of France?=3;
How many sides does a cube have?=6; How many degrees are in a right angle?=90;
How many degrees are in a circle?=360; How many zeros are in one million?=6;
How many lines does a sonnet have?=14; What is the atomic number of hydrogen?=1;
What is the atomic number of carbon?=6; What is the atomic number of oxygen?=8;
What is the atomic number of gold?=79; What is the atomic number of iron?=26;
What is the atomic number of helium?=2; At how many degrees Celsius does water boil at sea level?=100;
At how many degrees Celsius does water freeze?=0; How many feet are in a mile?=5280;
How many ounces are in a pound?=16; How many moons does the planet Mars have?=2
"""

_THINGS = """
What planet do we live on?=Earth; What is the largest planet in the solar system?=Jupiter;
What is the smallest planet in the solar system?=Mercury; Which planet is known as the Red Planet?=Mars;
Which planet is closest to the Sun?=Mercury; Which planet is famous for its rings?=Saturn;
Which planet is farthest from the Sun?=Neptune; Which planet rotates on its side?=Uranus;
What is the largest moon of Saturn?=Titan; What is the star at the center of the solar system called?=Sun;
What galaxy do we live in?=Milky Way; What is frozen water called?=ice;
What is the chemical formula of water?=H2O/H₂O; What is the chemical formula of carbon dioxide?=CO2/CO₂;
What is the chemical formula of table salt?=NaCl; Which gas do humans need to breathe to stay alive?=oxygen;
Which gas makes up most of the air?=nitrogen;
Which gas do plants take in for photosynthesis?=carbon dioxide/CO2;
What is the process by which plants make food from sunlight?=photosynthesis;
What is the green pigment in leaves called?=chlorophyll; What is the hardest natural substance?=diamond;
What is the lightest chemical element?=hydrogen;
What force pulls objects toward the Earth?=gravity/gravitation/gravitational force;
What is the center of an atom called?=nucleus;
Which particle in an atom has a negative charge?=electron/electrons;
Which particle in an atom has a positive charge?=proton/protons;
What is the SI unit of force?=newton/newtons; What is the SI unit of electric current?=ampere/amperes/amp;
What is the SI unit of power?=watt/watts; What is the SI unit of frequency?=hertz;
What is the SI unit of electrical resistance?=ohm/ohms; What instrument measures temperature?=thermometer;
What instrument measures air pressure?=barometer;
What instrument is used to see very small things?=microscope;
What instrument is used to look at distant stars?=telescope;
What instrument records earthquakes?=seismograph/seismometer;
Which organ pumps blood through the body?=heart; Which organ do we use to think?=brain;
Which organ do we use to see?=eye/eyes; Which organ do we use to hear?=ear/ears;
Which organs do we use to breathe?=lungs/lung; Which organ filters blood and makes urine?=kidney/kidneys;
What is the largest organ of the human body?=skin;
What is the longest bone of the human body?=femur/thigh bone; Which hormone lowers blood sugar?=insulin;
Which vitamin does the skin make in sunlight?=vitamin D;
What molecule carries genetic information?=DNA/deoxyribonucleic acid;
What is the powerhouse of the cell called?=mitochondria/mitochondrion;
What is the largest ocean?=Pacific/Pacific Ocean; What is the largest continent?=Asia;
What is the smallest continent?=Australia/Oceania; What is the largest country in the world by area?=Russia;
What is the smallest country in the world?=Vatican City/Vatican;
What is the highest mountain in the world?=Mount Everest/Everest;
What is the highest mountain in Africa?=Kilimanjaro; What is the highest mountain of the Alps?=Mont Blanc;
What is the largest hot desert in the world?=Sahara; What is the largest island in the world?=Greenland;
What is the deepest lake in the world?=Baikal; Which river flows through Paris?=Seine;
Which river flows through London?=Thames; Which river flows through Cairo?=Nile;
Which river flows through Vienna?=Danube; Which sea lies between Europe and Africa?=Mediterranean;
Which ocean lies between Europe and America?=Atlantic; Which strait separates Spain from Morocco?=Gibraltar;
Which canal connects the Mediterranean Sea and the Red Sea?=Suez; In which city is the Eiffel Tower?=Paris;
In which city is the Colosseum?=Rome; In which city is Big Ben?=London;
In which city is the Statue of Liberty?=New York; In which city is the Brandenburg Gate?=Berlin;
In which city is the Sagrada Familia?=Barcelona; In which city is the Acropolis?=Athens;
In which city is Red Square?=Moscow; In which country is Machu Picchu?=Peru;
In which country is the Taj Mahal?=India; In which country are the pyramids of Giza?=Egypt;
In which country is Angkor Wat?=Cambodia; In which country is Petra?=Jordan;
What is the largest animal in the world?=blue whale; What is the tallest animal in the world?=giraffe;
What is the fastest land animal?=cheetah; What is the largest land animal?=elephant;
What is the largest bird?=ostrich; Which animal is called the king of the jungle?=lion;
Which animal says meow?=cat/cats; Which animal barks?=dog/dogs; Which animal makes honey?=bee/bees/honeybee;
Which animal produces wool?=sheep; Which animal gives us milk and says moo?=cow/cows;
Which animal has a trunk?=elephant; Which animal has black and white stripes?=zebra;
Which animal has a very long neck?=giraffe;
Which animal carries its house on its back and is very slow: it is a mollusc?=snail;
What do bees make?=honey; What do cows eat?=grass/hay; What do pandas mainly eat?=bamboo;
What do caterpillars turn into?=butterfly/butterflies/moth;
Which metal is liquid at room temperature?=mercury; Which fruit is used to make wine?=grape/grapes;
Which fruit is used to make cider?=apple/apples; What is bread mainly made from?=flour/wheat;
What is cheese made from?=milk; What is paper mostly made from?=wood/trees/tree/cellulose;
What is glass made from?=sand/silica; Which season comes after winter?=spring;
Which season is the coldest?=winter; Which season is the hottest?=summer;
Which meal do people eat in the morning?=breakfast; Which holiday is celebrated on December 25?=Christmas;
In which direction does the sun rise?=east; In which direction does the sun set?=west;
What do you use to cut paper?=scissors; What do you use to brush your teeth?=toothbrush;
What do you wear on your feet?=shoes/socks/shoe; What do you wear on your head?=hat/cap/helmet;
What falls from the clouds when it rains?=water/rain/raindrops;
In which sport do players try to score a home run?=baseball; Which sport is played at Wimbledon?=tennis;
In which board game can you checkmate the king?=chess; Who is the Greek god of the sea?=Poseidon;
Who is the Roman god of war?=Mars; Who is the king of the Greek gods?=Zeus;
Who is the Norse god of thunder?=Thor; Which mineral scores 1 on the Mohs hardness scale?=talc;
Which treaty of 1494 divided the New World between Spain and Portugal?=Tordesillas;
Which dynasty ruled China from 1368 to 1644?=Ming; Which acid is in vinegar?=acetic acid/acetic/ethanoic;
Which acid is in the human stomach?=hydrochloric acid/hydrochloric/HCl;
Which blood cells carry oxygen?=red blood cells/red/erythrocytes; Which planet has the moon Triton?=Neptune;
Which planet has the moon Io?=Jupiter
"""


def questions() -> Iterator[Question]:
    """Facts from all tables, the easy and the obscure mixed."""
    for forms, table in (
        (_CAPITAL_FORMS, _CAPITALS),
        (_COUNTRY_FORMS, _COUNTRIES),
        (_SYMBOL_FORMS, _SYMBOLS),
        (_ELEMENT_FORMS, _ELEMENTS),
        (_AUTHOR_FORMS, _AUTHORS),
        (_COLOUR_FORMS, _COLOURS),
        (_YOUNG_FORMS, _YOUNG),
        (_CLASS_FORMS, _CLASSES),
        (_LANGUAGE_FORMS, _LANGUAGES),
        (_CONTINENT_FORMS, _CONTINENTS),
        (_CURRENCY_FORMS, _CURRENCIES),
        (_YEAR_FORMS, _YEARS),
    ):
        for number, (key, references) in enumerate(_rows(table)):
            yield answerable(SOURCE, forms[number % len(forms)].format(key=key), *references)
    for text, references in [*_rows(_NUMBERS), *_rows(_MAKERS), *_rows(_THINGS)]:
        yield answerable(SOURCE, text, *references)


def _rows(table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in table.split(";"):
        if row.strip():
            key, _, answers = row.strip().partition("=")
            yield " ".join(key.split()), tuple(answers.split("/"))

"""Questions about English words: meaning, grammar, sound and, hard for a model that reads tokens, letters."""

from collections.abc import Iterator

from probes.probe import Question, answerable

SOURCE = "own-language"

_OPPOSITES = """
hot=cold; cold=hot/warm; big=small/little; up=down; left=right; day=night; black=white; good=bad;
happy=sad/unhappy; fast=slow; high=low; tall=short; rich=poor; hard=soft/easy; light=dark/heavy;
open=closed/close/shut; full=empty; wet=dry; clean=dirty; strong=weak; young=old; new=old; early=late;
first=last; near=far; inside=outside; top=bottom; front=back; begin=end/finish; love=hate; win=lose;
buy=sell; push=pull; arrive=depart/leave; remember=forget; accept=reject/refuse; increase=decrease;
success=failure; true=false; always=never; everything=nothing; before=after; above=below; thick=thin;
wide=narrow; deep=shallow; loud=quiet/soft/silent; sweet=sour/bitter; sharp=blunt/dull; smooth=rough;
safe=dangerous/unsafe; brave=cowardly/timid/afraid; generous=stingy/selfish/miserly; guilty=innocent;
ancient=modern; artificial=natural; cheap=expensive; noisy=quiet/silent; asleep=awake; alive=dead;
float=sink; laugh=cry/weep; attack=defend; import=export; expand=contract/shrink; optimist=pessimist;
maximum=minimum; majority=minority; victory=defeat; entrance=exit; ascend=descend; temporary=permanent;
vertical=horizontal; transparent=opaque; rural=urban; scarce=abundant/plentiful; humble=proud/arrogant;
north=south; east=west; summer=winter; friend=enemy/foe; question=answer; positive=negative; peace=war;
absent=present; lend=borrow; public=private; simple=complex/complicated/difficult; tight=loose;
polite=rude/impolite; major=minor; inhale=exhale
"""
_OPPOSITE_FORMS = (
    "What is the opposite of {key}?",
    "What is the opposite of the word {key}?",
    "Give the antonym of {key}.",
)

_PLURALS = """
cat=cats; dog=dogs; book=books; car=cars; tree=trees; apple=apples; house=houses; flower=flowers;
bird=birds; table=tables; pen=pens; cup=cups; door=doors; chair=chairs; horse=horses; cow=cows; pig=pigs;
duck=ducks; egg=eggs; hat=hats; shoe=shoes; river=rivers; star=stars; song=songs; ship=ships; train=trains;
road=roads; lake=lakes; cloud=clouds; stone=stones; king=kings; friend=friends; teacher=teachers;
doctor=doctors; sister=sisters; brother=brothers; window=windows; garden=gardens; school=schools;
letter=letters; number=numbers; pencil=pencils; ticket=tickets; orange=oranges; carrot=carrots;
island=islands; forest=forests; box=boxes; bus=buses; glass=glasses; dish=dishes; watch=watches; fox=foxes;
church=churches; brush=brushes; class=classes; baby=babies; city=cities; lady=ladies; story=stories;
berry=berries; party=parties; key=keys; toy=toys; boy=boys; monkey=monkeys; child=children; man=men;
woman=women; foot=feet; tooth=teeth; mouse=mice; goose=geese; ox=oxen; person=people/persons; louse=lice;
knife=knives; leaf=leaves; wolf=wolves; life=lives; wife=wives; shelf=shelves; thief=thieves; loaf=loaves;
half=halves; calf=calves; tomato=tomatoes; potato=potatoes; hero=heroes; echo=echoes; photo=photos;
piano=pianos; radio=radios; crisis=crises; analysis=analyses; thesis=theses; phenomenon=phenomena;
criterion=criteria; bacterium=bacteria; alumnus=alumni; stimulus=stimuli; mother-in-law=mothers-in-law;
passer-by=passers-by
"""
_PLURAL_FORMS = (
    "What is the plural of {key}?",
    "What is the plural of the word {key}?",
    "What is the plural form of {key}?",
)

_PAST = """
walk=walked; play=played; work=worked; talk=talked; jump=jumped; look=looked; love=loved; live=lived;
study=studied; carry=carried; stop=stopped; plan=planned; go=went; see=saw; eat=ate; drink=drank; run=ran;
come=came; take=took; give=gave; make=made; have=had; do=did; say=said; get=got; know=knew; think=thought;
buy=bought; bring=brought; catch=caught; teach=taught; fight=fought; find=found; write=wrote; drive=drove;
ride=rode; speak=spoke; break=broke; steal=stole; choose=chose; freeze=froze; sing=sang; swim=swam;
begin=began; ring=rang; sit=sat; fly=flew; grow=grew; throw=threw; draw=drew; blow=blew; sleep=slept;
keep=kept; feel=felt; leave=left; meet=met; tell=told; sell=sold; hold=held; stand=stood;
understand=understood; win=won; lose=lost; build=built; send=sent; spend=spent; pay=paid; hear=heard;
wear=wore; forget=forgot; hide=hid; bite=bit; shine=shone/shined; weave=wove; seek=sought; slay=slew;
strive=strove
"""
_PAST_FORMS = (
    "Today I {key}. Yesterday I ...",
    "Today I {key}. Yesterday I",
    "What is the past tense of {key}?",
)

_COMPARED = """
big=bigger; small=smaller; tall=taller; fast=faster; cold=colder; old=older/elder; happy=happier;
easy=easier; hot=hotter; thin=thinner; good=better; bad=worse; far=farther/further; early=earlier;
busy=busier; nice=nicer; large=larger; strong=stronger; simple=simpler; dry=drier
"""
_COMPARED_FORMS = (
    "What is the comparative form of {key}?",
    "What is the comparative of the adjective {key}?",
)

_FEMININE = """
king=queen; prince=princess; actor=actress; father=mother; brother=sister; son=daughter; uncle=aunt;
husband=wife; boy=girl; grandfather=grandmother; nephew=niece; waiter=waitress; duke=duchess;
emperor=empress; god=goddess; wizard=witch; rooster=hen; bull=cow; stallion=mare; ram=ewe; lion=lioness;
host=hostess; hero=heroine; groom=bride
"""
_FEMININE_FORMS = (
    "What is the female form of the word {key}?",
    "What is the feminine form of the word {key}?",
)

_MEANINGS = """
What do you call a doctor who treats teeth?=dentist
What do you call a person who bakes bread?=baker
What do you call a person who flies an airplane?=pilot
What do you call a person who teaches in a school?=teacher
What do you call a person who writes books?=author/writer
What do you call a person who paints pictures?=painter/artist
What do you call a person who cuts hair?=barber/hairdresser/hairstylist
What do you call a person who puts out fires?=firefighter/fireman
What do you call a person who grows crops?=farmer
What do you call a person who treats sick animals?=veterinarian/vet
What do you call a person who studies the stars?=astronomer
What do you call a person who repairs water pipes?=plumber
What do you call a person who sells meat?=butcher
What do you call a person who makes clothes?=tailor/seamstress/dressmaker
What do you call a place where books are lent?=library
What do you call a place where sick people are treated?=hospital
What do you call a place where airplanes land?=airport
What do you call a place where children learn?=school
What do you call a place where bread is sold?=bakery
What do you call a place where movies are shown?=cinema/theater/theatre/movie theater
What do you call a house made of ice blocks?=igloo
What do you call a book that explains words?=dictionary
What do you call a group of wolves?=pack
What do you call a group of lions?=pride
What do you call a group of birds?=flock
What do you call a group of fish?=school/shoal
What do you call a group of bees?=swarm/colony/hive
What do you call a group of cows?=herd
What do you call a word that means the same as another word?=synonym
What do you call a word that means the opposite of another word?=antonym
What do you call a word that reads the same forwards and backwards?=palindrome
What do you call a fear of spiders?=arachnophobia
What do you call a fear of closed spaces?=claustrophobia
What do you call a person who speaks two languages?=bilingual
What do you call a shape with three sides?=triangle
What do you call the day before today?=yesterday
What do you call the day after today?=tomorrow
What do you call your mother's sister?=aunt
What do you call your father's father?=grandfather/grandpa/granddad
What do you call your brother's son?=nephew
What do you call your aunt's child?=cousin
What do you call a doctor who operates on people?=surgeon
What do you call frozen rain in small balls?=hail
What do you call the sound a cow makes?=moo
What do you call the sound a cat makes?=meow/purr
What do you call the sound a duck makes?=quack
What do you call the sound a lion makes?=roar
What is the English word for the French word chien?=dog
What is the English word for the French word chat?=cat
What is the English word for the French word eau?=water
What is the English word for the Spanish word casa?=house/home
What is the English word for the Spanish word libro?=book
What is the English word for the Spanish word gracias?=thank you/thanks
What is the English word for the German word Hund?=dog
What is the English word for the German word Wasser?=water
What is the English word for the German word Schmetterling?=butterfly
What is the English word for the Italian word ciao?=hello/hi/bye/goodbye
What is the English word for the Italian word acqua?=water
What is the English word for the Latin word aqua?=water
What does the abbreviation USA stand for?=United States of America
What does the abbreviation UN stand for?=United Nations
What does the abbreviation CPU stand for?=central processing unit
What does the abbreviation DNA stand for?=deoxyribonucleic acid
What does the abbreviation NASA stand for?=National Aeronautics and Space Administration
What does the abbreviation UK stand for?=United Kingdom
What does the abbreviation EU stand for?=European Union
What does the abbreviation ATM stand for?=automated teller machine/automatic teller machine
What does the abbreviation GPS stand for?=Global Positioning System
What does the abbreviation HTML stand for?=Hypertext Markup Language
What does the abbreviation WHO stand for?=World Health Organization
What does the abbreviation PDF stand for?=Portable Document Format
What does the abbreviation RAM stand for?=random access memory
"""

_COMPLETIONS = """
Better late than=never; Actions speak louder than=words; Practice makes=perfect;
An apple a day keeps the doctor=away; When in Rome, do as the=Romans; All that glitters is not=gold;
The early bird catches the=worm; Honesty is the best=policy; Two wrongs do not make a=right;
A picture is worth a thousand=words; Look before you=leap; Rome was not built in a=day; Time is=money;
Knowledge is=power; Curiosity killed the=cat; The pen is mightier than the=sword;
Where there is smoke, there is=fire; Birds of a feather flock=together; Do not judge a book by its=cover;
Every cloud has a silver=lining; A rolling stone gathers no=moss; Beggars cannot be=choosers;
Absence makes the heart grow=fonder; Let sleeping dogs=lie; Twinkle, twinkle, little=star;
Mary had a little=lamb; Humpty Dumpty sat on a=wall; Row, row, row your=boat; Once upon a=time;
Ladies and=gentlemen; Salt and=pepper; Bread and=butter; Thunder and=lightning
"""

_RHYMES = """
cat=bat/hat/mat/rat/fat/sat/pat/flat/chat/brat; dog=fog/log/frog/hog/bog/jog/cog;
sun=fun/run/bun/gun/son/ton/nun/spun; tree=bee/see/free/sea/key/knee/tea/flee/glee;
house=mouse/louse/blouse/spouse/grouse; car=far/star/bar/jar/tar/scar/guitar;
night=light/right/fight/sight/bright/might/kite/white/flight/tight; ball=tall/fall/wall/hall/small/mall;
king=ring/sing/bring/wing/string/spring/sting; cake=lake/bake/wake/snake/fake/shake; fish=dish/wish/swish;
money=honey/funny/bunny/sunny
"""

# fmt: off
_WORDS = (
    "banana", "window", "garden", "orange", "school", "winter", "yellow", "kitchen", "pencil", "rocket",
    "tiger", "candle", "bottle", "forest", "museum", "doctor", "jacket", "number", "violin", "zebra",
)
_BACKWARDS = (
    "cat", "dog", "sun", "pen", "map", "star", "live", "moon", "bird", "fish", "stone", "planet",
)
# fmt: on


def questions() -> Iterator[Question]:
    """Words by meaning, grammar, sound and letters."""
    for forms, table in (
        (_OPPOSITE_FORMS, _OPPOSITES),
        (_PLURAL_FORMS, _PLURALS),
        (_PAST_FORMS, _PAST),
        (_COMPARED_FORMS, _COMPARED),
        (_FEMININE_FORMS, _FEMININE),
        (("Complete this proverb: {key} ...",), _COMPLETIONS),
        (("Give one word that rhymes with {key}.", "Which word rhymes with {key}?"), _RHYMES),
    ):
        for number, (key, references) in enumerate(_rows(table, ";")):
            yield answerable(SOURCE, forms[number % len(forms)].format(key=key), *references)
    for text, references in _rows(_MEANINGS, "\n"):
        yield answerable(SOURCE, text, *references)
    yield from _letters()


def _letters() -> Iterator[Question]:
    for word in _WORDS:
        yield answerable(SOURCE, f"What is the first letter of the word {word}?", word[0])
    for word in _WORDS[::2]:
        yield answerable(SOURCE, f"How many letters are in the word {word}?", str(len(word)))
        # "a" is also an article, so no grader could tell that letter from the word.
        if word[-1] != "a":
            yield answerable(SOURCE, f"What is the last letter of the word {word}?", word[-1])
    for word in _BACKWARDS:
        turned = word[::-1]
        yield answerable(SOURCE, f"Spell the word {word} backwards.", turned, " ".join(turned))


def _rows(table: str, separator: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in table.split(separator):
        if row.strip():
            key, _, answers = row.strip().partition("=")
            yield " ".join(key.split()), tuple(answers.split("/"))

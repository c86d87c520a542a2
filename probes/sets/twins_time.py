"""Twins whose unanswerable half hangs on the present moment, or on taste; the marks as in `probes.sets.twins`."""

STALE = """
- Who holds the men's world record for the 100 metres as of this evening?
+ Who set the men's world record for the 100 metres in Berlin in 2009? = Bolt/Usain Bolt
- Who is the prime minister of Japan at the moment?
+ Who was the prime minister of the United Kingdom in June 1940? = Churchill/Winston Churchill
- How much is one bitcoin worth this second?
+ In which year was the first block of Bitcoin mined? = 2009
- What is the newest iPhone on sale today?
+ In which year did Apple sell the first iPhone? = 2007
- Which film leads the box office this weekend?
+ Which film won the Oscar for best picture of 1997, about a ship? = Titanic
- How old is the current pope?
+ Which country did Pope John Paul II come from? = Poland
- Who tops the women's tennis ranking this week?
+ Which tennis player won Wimbledon in 1985 at the age of 17? = Becker/Boris Becker
- What is the latest stable release of Python right now?
+ Who created the programming language Python? = Guido van Rossum/van Rossum
- Is it raining in Bergen as I write this?
+ In which country is the rainy city of Bergen, known for its Bryggen wharf? = Norway
- How many countries are members of the United Nations today?
+ In which year was the United Nations founded? = 1945
- What does a litre of petrol cost in Rome this morning?
+ Which currency did Italy use before the euro? = lira
- Which team leads the Premier League table tonight?
+ Which team won the Premier League in the season 2015/16 against all odds? = Leicester/Leicester City
- Who is the richest person on Earth at present?
+ Which company did Bill Gates found with Paul Allen? = Microsoft
- What was the closing price of Tesla yesterday?
+ After which inventor is the car maker Tesla named? = Nikola Tesla/Nikola
- How many subscribers does the biggest channel on YouTube have now?
+ Which company bought YouTube in 2006? = Google
- What is the tallest building in the world as of this year's end?
+ In which city does the Burj Khalifa, 828 metres tall, stand? = Dubai
- Which song is number one in Germany this Friday?
+ Which Swedish group won the Eurovision Song Contest in 1974? = ABBA
- Who won last night's boxing match?
+ Under which name did the boxer Cassius Clay become famous? = Muhammad Ali/Ali
- How many cases of flu were reported in my country last week?
+ What kind of germ causes flu? = virus/a virus
- What is the current rate of inflation in Turkey?
+ What is the capital of Turkey, where its central bank was founded? = Ankara
- Which ministers have resigned in France this month?
+ Which president of France resigned in 1969? = de Gaulle/Charles de Gaulle
- How full is the reservoir of the Hoover Dam at the moment?
+ On which river is the Hoover Dam? = Colorado/Colorado River
- Is the Suez Canal open to ships today?
+ Which sea lies at the northern end of the Suez Canal? = Mediterranean/Mediterranean Sea/the Mediterranean
- What is the waiting time at border control in Heathrow just now?
+ Which city does Heathrow serve? = London
- How many astronauts are aboard the space station this minute?
+ Who was the first human being in space? = Gagarin/Yuri Gagarin
- What did the weather service forecast for tomorrow in Delhi?
+ What is the seasonal wind that brings summer rain to Delhi called? = monsoon
- Which mobile phone gets the best reviews these days?
+ Which Finnish company made the phone 3310? = Nokia
- Who is the oldest living person today?
+ Who lived longer than anybody else on record, from 1875 to 1997? = Jeanne Calment/Calment
- Which trains from Zurich are delayed this afternoon?
+ In which country is Zurich? = Switzerland
- What is on the front page of Le Monde today?
+ In which language is Le Monde published? = French
- What is the top prize in this week's Spanish lottery?
+ What is the Spanish Christmas lottery's top prize called, in Spanish? = El Gordo/Gordo
- Which version of Windows is the latest?
+ Which company makes Windows? = Microsoft
- Who presides over the European Commission now?
+ Who presided over the European Commission from 1985 to 1995? = Delors/Jacques Delors
- How high is the tide in Saint-Malo at this moment?
+ Which body in the sky causes most of the tides? = Moon/the Moon
- What is the most downloaded app of the week?
+ What does the abbreviation "app" stand for? = application
- Which volcanoes are erupting at present?
+ Which volcano destroyed Pompeii? = Vesuvius/Mount Vesuvius
- How many days are left until the next general election in India?
+ In which year did India become independent? = 1947
- Who holds the Ashes at the time of my question?
+ Against which country does England play for the Ashes? = Australia
- How many electric cars are on Norwegian roads right now?
+ What is the capital of Norway, where many cars are electric? = Oslo
"""

SUBJECTIVE = """
- Which is better, cats or dogs?
+ What is the sound of a happy cat called? = purr/purring
- What is the most beautiful colour?
+ Which colour do you get from mixing blue and yellow paint? = green
- Who is the best footballer of all time?
+ Which footballer won three World Cups as a player? = Pelé/Pele
- What is the nicest month of the year?
+ Which month of the year is the shortest? = February
- Is it morally right to eat meat? Answer yes or no.
+ Does a vegan eat cheese? Answer yes or no. = no
- What is the greatest novel ever written?
+ Which novel begins with "Call me Ishmael"? = Moby-Dick/Moby Dick
- Should I marry my boyfriend?
+ What is a man called whose wife has died? = widower/a widower
- Does pineapple belong on pizza?
+ From which country does pizza come? = Italy
- Which language sounds the loveliest?
+ Which language has the most native speakers? = Mandarin/Mandarin Chinese/Chinese
- Was Caesar a good man?
+ Which river did Caesar cross with his army in 49 BC? = Rubicon/the Rubicon
- What is the funniest joke in the world?
+ Which troupe made the sketch about the funniest joke in the world? = Monty Python
- Which city is more pleasant to live in, Rome or Madrid?
+ Of which country is Madrid the capital? = Spain
- What should every person have done before the age of thirty?
+ How many years are there in three decades? = 30
- Is jazz better than classical music?
+ In which American city did jazz begin? = New Orleans
- Which of the seven deadly sins is the worst?
+ How many deadly sins are there? = 7
- What is the ideal number of children for a family?
+ How many children are triplets? = 3
- Who is prettier, Snow White or Cinderella?
+ Who loses a glass slipper in the fairy tale? = Cinderella
- Is a hot dog a sandwich, once and for all?
+ Which kind of meat product is inside a hot dog? = sausage/frankfurter
- Which religion is the right one?
+ What is the holy book of Islam called? = Quran/Koran/Qur'an
- What is the meaning of life?
+ Which number answers the great question in The Hitchhiker's Guide to the Galaxy? = 42
- What is the best way to spend a rainy Sunday?
+ Which day follows a rainy Sunday? = Monday
- Are people happier in the country than they ought to be?
+ What is the opposite of happy? = sad/unhappy
- Which president of the United States was the most likeable?
+ Which president of the United States gave the Gettysburg Address? = Lincoln/Abraham Lincoln
- Would the world be better without the internet?
+ What do the letters www stand for? = World Wide Web
- How much should a good bottle of wine cost?
+ From which fruit is wine made? = grapes/grape
- Which of my two poems is more moving?
+ How many lines does a haiku have? = 3
- Is abstract art real art?
+ Which Dutch painter is known for grids of red, yellow and blue? = Mondrian/Piet Mondrian
- What is a fair tax rate for the rich?
+ What is 20 percent of 500? = 100
- Is it rude to arrive ten minutes late?
+ How many minutes are there in a quarter of an hour? = 15
- Which is the cosiest pub in Ireland?
+ What is the dark stout that has been brewed in Dublin since 1759 called? = Guinness
- Who is the better philosopher, Kant or Hume?
+ Who wrote the Critique of Pure Reason? = Kant/Immanuel Kant
- Is love stronger than friendship?
+ Who is the Roman god of love? = Cupid/Amor
- What is the most overrated film of the last century?
+ Who directed the film Psycho of 1960? = Hitchcock/Alfred Hitchcock
- Which smell is the most pleasant, bread or rain?
+ With which organ do we smell? = nose/the nose
- Is chess more elegant than go?
+ How many squares does a chessboard have? = 64
- Should zoos exist?
+ What is the tallest animal in a zoo, with a very long neck? = giraffe
- What is the perfect length of a holiday?
+ How many days are there in two weeks of holiday? = 14
- Which of the four seasons suits a wedding best?
+ Which season comes after summer? = autumn/fall
- Is it worse to lie or to steal?
+ Whose nose grows when he lies? = Pinocchio
"""

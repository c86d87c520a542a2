"""Twins whose unanswerable half leaves something out, or can be read in several ways.

The marks are those of `probes.sets.twins`.
"""

UNDERSPECIFIED_CONTEXT = """
- Lena has some marbles and loses 4 of them. How many does she have left?
+ Lena has 11 marbles and loses 4 of them. How many does she have left? = 7
- A rectangle is 6 metres wide. What is its area in square metres?
+ A rectangle is 6 metres wide and 7 metres long. What is its area in square metres? = 42
- A train goes at 80 kilometres an hour. How far does it get?
+ A train goes at 80 kilometres an hour for 3 hours. How many kilometres does it get? = 240
- Kim is 3 years older than her brother. How old is Kim?
+ Kim is 3 years older than her brother, who is 9. How old is Kim? = 12
- Tickets cost 8 euros each. What did the family pay?
+ Tickets cost 8 euros each. What did the family of 5 pay, in euros? = 40
- A recipe needs twice as much flour as sugar. How many grams of flour is that?
+ A recipe needs twice as much flour as sugar, and 150 grams of sugar. How many grams of flour is that? = 300
- Half of the guests left before midnight. How many stayed?
+ Half of the 34 guests left before midnight. How many stayed? = 17
- The second side of a right triangle is 4 centimetres long. How long is the longest side?
+ The short sides of a right triangle are 3 and 4 centimetres long. How long is the longest side? = 5
- Bo saves 15 dollars a week. When will he have enough for the bicycle?
+ Bo saves 15 dollars a week. After how many weeks has he enough for a bicycle of 120 dollars? = 8
- A box holds red and green apples, 5 of them red. How many are green?
+ A box holds 13 apples, 5 of them red and the others green. How many are green? = 8
- The meeting lasts 90 minutes. At what time does it end?
+ The meeting begins at 2 p.m. and lasts 90 minutes. At what time does it end? = 3:30/half past three/15:30
- Of the pupils, 12 play the flute. What share of the class is that, in percent?
+ Of the 24 pupils, 12 play the flute. What share of the class is that, in percent? = 50
- Ann reads 20 pages a day. How many days does she need for the book?
+ Ann reads 20 pages a day. How many days does she need for a book of 260 pages? = 13
- A shirt is 30 percent off. What does it cost now?
+ A shirt of 50 dollars is 30 percent off. How many dollars does it cost now? = 35
- Three friends share the bill equally. What does each of them pay?
+ Three friends share a bill of 48 dollars equally. How many dollars does each of them pay? = 16
- The tank loses 2 litres an hour. When is it empty?
+ The tank holds 18 litres and loses 2 litres an hour. After how many hours is it empty? = 9
@ Mira came home at six. She had bought bread, cheese and a newspaper.
- How much did Mira spend?
@ Mira came home at six. She had bought bread for 3 euros and cheese for 5 euros, and nothing else.
+ How many euros did Mira spend? = 8
@ The museum was opened by the mayor in a short ceremony. A choir sang.
- In which year was the museum opened?
@ The museum was opened by the mayor in a short ceremony in 1964. A choir sang.
+ In which year was the museum opened? = 1964
@ Jonas and Peter applied for the job. One of them got it and celebrated in the evening.
- Who got the job?
@ Jonas and Peter applied for the job. Jonas was turned down, so the other one celebrated in the evening.
+ Who got the job? = Peter
@ The ferry to the island leaves from pier 4. Bicycles travel free of charge.
- What does a ticket for the ferry cost?
@ The ferry to the island leaves from pier 4. A ticket costs 12 euros, and bicycles travel free of charge.
+ How many euros does a ticket for the ferry cost? = 12
@ Dr. Abara spoke after the break. Her talk on bees was the longest of the day.
- Who spoke first that day?
@ Dr. Lund spoke first that day, and Dr. Abara after the break. Her talk on bees was the longest of the day.
+ Who spoke first that day? = Lund/Dr. Lund
@ The old mill stands by the river Orl. It was sold twice in the last century.
- Who owns the mill now?
@ The old mill stands by the river Orl. It was sold twice in the last century and now belongs to the Pike family.
+ Who owns the mill now? = Pike/Pike family/the Pike family
@ Sam put his key on the table. Later a key lay on the shelf.
- Whose key lay on the shelf?
@ Sam put his key on the table. Later the key of his sister Ruth lay on the shelf.
+ Whose key lay on the shelf? = Ruth/his sister/his sister Ruth
@ Flight 27 was late because of fog. The passengers got coffee.
- How late was flight 27?
@ Flight 27 was 45 minutes late because of fog. The passengers got coffee.
+ How many minutes late was flight 27? = 45
@ The dog was found near the quarry by two hikers, tired and wet.
- What is the name of the dog?
@ The dog, a terrier called Bruno, was found near the quarry by two hikers, tired and wet.
+ What is the name of the dog? = Bruno
@ The library lends books for three weeks. Late returns cost a fee.
- How high is the fee for a late return?
@ The library lends books for three weeks. Late returns cost a fee of 2 dollars.
+ How many dollars is the fee for a late return? = 2
@ A nurse and a pilot met on the train. One of them was afraid of flying.
- Who was afraid of flying?
@ A nurse and a pilot met on the train. The nurse, of all people, was afraid of flying.
+ Who was afraid of flying? = nurse/the nurse
@ The team won its last two games after a poor start.
- Who coaches the team?
@ The team of coach Irene Falk won its last two games after a poor start.
+ Who coaches the team? = Irene Falk/Falk
@ The bridge took four years to build and cost twice what was planned.
- What did the bridge cost?
@ The bridge took four years to build and cost twice the 10 million that were planned.
+ How many millions did the bridge cost? = 20
@ Clara sent the parcel on Monday and paid extra.
- On which day did the parcel arrive?
@ Clara sent the parcel on Monday and paid extra, so it arrived two days later.
+ On which day did the parcel arrive? = Wednesday
@ The hotel has a pool and a garden, but no lift.
- How many floors does the hotel have?
@ The hotel has five floors, a pool and a garden, but no lift.
+ How many floors does the hotel have? = 5
@ The choir rehearses twice a week in the old school.
- On which days does the choir rehearse?
@ The choir rehearses in the old school twice a week, on Tuesday and on Friday.
+ On which day besides Friday does the choir rehearse? = Tuesday
@ Two lorries collided on the A7. Nobody was hurt.
- What were the lorries carrying?
@ Two lorries laden with melons collided on the A7. Nobody was hurt.
+ What were the lorries carrying? = melons
@ The letter was signed by the secretary on behalf of the board.
- What is the first name of the secretary?
@ The letter was signed by the secretary, Hugo Brandt, on behalf of the board.
+ What is the first name of the secretary? = Hugo
@ The lake freezes over in most winters.
- How deep is the lake?
@ The lake, 14 metres deep, freezes over in most winters.
+ How many metres deep is the lake? = 14
@ Nina scored more points than Olga, and Olga more than Pia.
- How many points did Nina score?
@ Nina scored 5 points more than Olga, who scored 22, and Olga more than Pia.
+ How many points did Nina score? = 27
@ A gardener planted tulips along the wall and roses by the gate.
- What colour were the tulips?
@ A gardener planted yellow tulips along the wall and roses by the gate.
+ What colour were the tulips? = yellow
@ The concert was sold out within an hour.
- How many people can the hall seat?
@ The concert was sold out within an hour, all 800 seats of the hall.
+ How many people can the hall seat? = 800
@ The clock in the tower is a few minutes slow.
- What time was it when the clock in the tower struck?
@ The clock in the tower is a few minutes slow. It struck one at five past one.
+ How many minutes slow is the clock in the tower? = 5
"""

UNDERSPECIFIED_INTENT = """
- When did it open?
+ In which year was the Eiffel Tower opened to the public? = 1889
- How big is Georgia?
+ What is the capital of Georgia, the country in the Caucasus? = Tbilisi
- Who played him in the film?
+ Who played Forrest Gump in the film of 1994? = Tom Hanks/Hanks
- What is the capital?
+ What is the capital of Hungary, please? = Budapest
- Which is longer?
+ What is the longest river of England and Wales, which rises in the Welsh hills, called? = Severn/the Severn
- How far is Springfield?
+ What is the state capital of Illinois, where Lincoln lived? = Springfield
- What does Mercury look like?
+ What is the chemical symbol of the metal mercury? = Hg
- When was the war?
+ In which year did the Second World War end? = 1945
- How do I get to the bank?
+ What is a place with vaults where people keep their money in accounts called? = bank/a bank
- Who wrote that song?
+ In which language is the birthday song "Joyeux anniversaire"? = French
- How many people live in Washington?
+ On which river is Washington, D.C.? = Potomac/the Potomac
- What is a good name?
+ What is a baby horse called? = foal
- Can you convert it for me?
+ How many centimetres are there in 2 metres? = 200
- How hot should it be?
+ At how many degrees Celsius does pure water boil at sea level? = 100
- Who is the king?
+ Which king of France was called the Sun King? = Louis XIV/Louis the Fourteenth
- What happened there in 1989?
+ Which wall came down in a German city in November 1989? = Berlin Wall/the Berlin Wall
- In which state is Cambridge?
+ In which American state is the Cambridge that Harvard is in? = Massachusetts
- What is the score?
+ What is no point at all called in tennis? = love
- Which seasons are best for them?
+ In which season do people in the northern hemisphere celebrate Christmas? = winter
- How long does it take to cook?
+ About how many minutes does it take to hard-boil an egg, 1 or 10? = 10
- What is the plural?
+ What is the plural of the word crisis? = crises
- What did Adams mean by that?
+ Who wrote The Hitchhiker's Guide to the Galaxy? = Douglas Adams/Adams
- Who discovered the element?
+ Who discovered radium together with her husband? = Marie Curie/Curie
- How many are there in a set?
+ How many pieces does one player have at the start of a game of chess? = 16
- What is the difference?
+ What is the difference between 19 and 7? = 12
- When does summer start?
+ In which month does summer start in Australia? = December
- Is it heavier than the other?
+ Does olive oil float on water? Answer yes or no. = yes
- Which one is the tallest of the family?
+ What is the tallest land animal? = giraffe/the giraffe
- Who is Jordan married to?
+ For which Chicago team did Michael Jordan play basketball? = Chicago Bulls/Bulls/the Bulls
- What do you call the thing?
+ What is the thing that you turn in a lock called? = key/a key
- How old was Bush when he took office?
+ Who was president of the United States directly before Bill Clinton? = George H. W. Bush/George Bush/Bush
- What is the root?
+ What is the square root of 169? = 13
- Where does the river end?
+ Into which sea does the Nile flow? = Mediterranean/Mediterranean Sea/the Mediterranean
- Can you translate this into Spanish?
+ What is the Spanish word for "house"? = casa
- Who won the cup?
+ Which country won the men's football World Cup of 1966? = England
- What is the time there?
+ How many hours are there in a day? = 24
- How fast is a jaguar?
+ To which family of animals does the jaguar belong? = cats/cat/cat family/Felidae/felids
- How tall is the tower?
+ In which city does the leaning tower stand? = Pisa
- How far away is Paris?
+ In which American state is the town of Paris whose replica of the Eiffel Tower wears a red hat? = Texas
"""

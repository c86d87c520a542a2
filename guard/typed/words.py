"""Words that decide without being values: yes and no, negation, opposites, titles, short forms of names."""

from __future__ import annotations

from typing import Final

YES: Final = frozenset("yes yeah yep true correct sí si oui ja はい 是的 对 نعم हाँ हां sim да".split())
NO: Final = frozenset("no nope false incorrect non nein いいえ 不是 لا नहीं não нет".split())
NEGATIONS: Final = frozenset(
    "not no never none neither nor nobody nothing nowhere cannot cant isnt arent wasnt werent doesnt dont didnt wont "
    "hasnt havent hadnt couldnt wouldnt shouldnt without nicht kein keine keinen keiner nie ne pas jamais aucun "
    "aucune non "
    "não нет не नहीं ليس ليست لا لم لن غير 不 没 沒 nunca ningún ninguna".split()
)
CONTRACTED: Final = {
    "can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not"),
    **{f"{verb}nt": (verb, "not") for verb in "is are was were does do did has have had could would should".split()},
}  # fmt: skip
NEGATED_ENDINGS: Final = ("ません", "ではない", "じゃない", "なかった", "くない", "ではなく")

FILLERS: Final = frozenset(
    "it is was the a an of in to are were be been has had have answer this that these those he she they by its it's "
    "his "
    "her their there as on at for from with and or which who so i think believe would be will approximately about "
    "around roughly nearly almost explanation el la le los las les de del des es est der die das ist und y et c'est "
    "cest ce nest jai nai "
    "il elle son sont fue في هو هي है यह 是 は です が の".split()
)

OPPOSITES: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        "north south", "east west", "northern southern", "eastern western", "left right", "before after", "true false",
        "always never", "increase decrease", "increases decreases", "increased decreased", "up down", "male female",
        "men women", "man woman", "hot cold", "upper lower", "odd even", "positive negative", "maximum minimum",
        "more less", "more fewer", "alive dead", "early late", "earlier later", "higher lower", "larger smaller",
        "bigger smaller", "older younger", "win lose", "won lost", "rise fall", "rises falls", "rose fell", "open "
        "closed",
        "inside outside", "above below", "first last", "guilty innocent", "mother father", "brother sister", "son "
        "daughter",
        "husband wife", "king queen", "buy sell", "acid base", "import export", "internal external", "clockwise "
        "counterclockwise", "clockwise anticlockwise", "summer winter", "day night", "black white", "yes no", "longer "
        "shorter", "taller shorter", "faster slower", "heavier lighter", "best worst", "most least", "safe dangerous",
        "legal illegal", "northeast southwest", "northwest southeast", "expand contract", "solid liquid", "uncle aunt",
    )
)  # fmt: skip
NEGATING_PREFIXES: Final = ("un", "in", "im", "il", "ir", "non", "dis", "a")

TITLES: Final = frozenset(
    "dr mr mrs ms miss sir lord lady dame president prof professor king queen prince princess emperor pope saint st "
    "rev reverend senator captain capt general gen colonel col judge justice chancellor minister prime mme mlle "
    "herr frau "
    "señor señora don jr sr phd md esq".split()
)
NICKNAMES: Final = {
    short: full
    for full, shorts in {
        "william": "bill will billy willy", "robert": "bob rob bobby robbie", "james": "jim jimmy jamie", "michael":
        "mike mick mickey", "richard": "dick rick rich ricky", "thomas": "tom tommy", "joseph": "joe joey", "john":
        "jack johnny jon", "edward": "ed ted eddie", "charles": "charlie chuck", "daniel": "dan danny", "david":
        "dave", "anthony": "tony", "benjamin": "ben", "samuel": "sam", "matthew": "matt", "christopher": "chris",
        "elizabeth": "liz beth betty lizzie", "katherine": "kate katie kathy cathy catherine", "margaret": "maggie "
        "peggy",
        "rudolph": "rudy", "theodore": "theo teddy", "alexander": "alex", "stephen": "steve steven", "donald": "don",
        "ronald": "ron", "kenneth": "ken", "lawrence": "larry", "andrew": "andy drew", "nicholas": "nick", "patrick":
        "pat", "peter": "pete", "philip": "phil phillip", "gregory": "greg", "timothy": "tim", "victoria": "vicky",
        "rebecca": "becky", "susan": "sue", "deborah": "debbie", "jennifer": "jen jenny", "frederick": "fred freddie",
        "raymond": "ray", "geoffrey": "geoff jeff jeffrey", "leonard": "leo len", "vincent": "vince", "francis":
        "frank",
    }.items()
    for short in shorts.split()
}  # fmt: skip

PHRASES: Final = {
    tuple(phrase.replace("'", "").split()): tuple(name.replace("'", "").split())
    for name, phrases in (
        ("united kingdom", "uk|u k|great britain|gb|britain"),
        ("united states", "us|usa|u s|u s a|america|united states of america|u s of a"),
        ("united arab emirates", "uae|u a e"), ("european union", "eu|e u"), ("united nations", "un|u n"),
        ("soviet union", "ussr|u s s r|union of soviet socialist republics"), ("new york city", "nyc|n y c"),
        ("washington dc", "washington d c|dc|d c"), ("china", "prc|people's republic of china"),
        ("south korea", "rok|republic of korea"), ("north korea", "dprk"), ("czech republic", "czechia"),
        ("netherlands", "holland"), ("myanmar", "burma"), ("television", "tv"), ("mount", "mt"),
        ("world war", "ww"), ("second world war", "world war two|wwii|ww2|world war ii|world war 2"),
        ("first world war", "world war one|wwi|ww1|world war i|world war 1"), ("russia", "russian federation"),
        ("los angeles", "la"), ("north atlantic treaty organization", "nato"), ("ivory coast", "côte d'ivoire|cote "
        "d'ivoire"), ("turkey", "türkiye|turkiye"),
    )
    for phrase in phrases.split("|")
}  # fmt: skip
"""A name's other forms, in words without apostrophes, to the one that is compared."""

DEMONYMS: Final = {
    demonym: country
    for country, demonyms in {
        "united states": "american", "united kingdom": "british briton", "france": "french frenchman", "netherlands":
        "dutch", "germany": "german", "spain": "spanish spaniard", "ireland": "irish", "wales": "welsh", "scotland":
        "scottish scots", "england": "english", "greece": "greek", "poland": "polish pole", "denmark": "danish dane",
        "sweden": "swedish swede", "norway": "norwegian", "finland": "finnish", "switzerland": "swiss", "turkey":
        "turkish", "china": "chinese", "japan": "japanese", "portugal": "portuguese", "iceland": "icelandic", "israel":
        "israeli", "thailand": "thai", "argentina": "argentine argentinian", "czech republic": "czech",
    }.items()
    for demonym in demonyms.split()
}  # fmt: skip

"""Words that decide without being values: yes and no, negation, opposites, titles, short forms of names."""

from __future__ import annotations

from typing import Final

YES: Final = frozenset(
    "yes yeah yep yup true correct sí si oui ja はい そうです 是的 是 对 对的 没错 正确 نعم صحيح हाँ हां "
    "सही sim да верно правда "
    "네 예 그렇습니다 맞습니다 richtig stimmt vrai exact correcto verdadero vero verdadeiro".split()
)
NO: Final = frozenset(
    "no nope nah false incorrect wrong non nein nao いいえ 違います 不是 不 否 不对 错误 لا خطأ नहीं गलत "
    "não нет неверно 아니요 아니오 아닙니다 "
    "falsch faux falso".split()
)
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
NEGATED_ENDINGS: Final = (
    "ません", "ない", "なかった", "ではなく", "않", "없", "아니다", "아닙니다", "無い",
)  # fmt: skip
AFFIRMED: Final = tuple(
    "少ない 危ない しかない つまらない もったいない ければならない かもしれない に違いない かもしれません "
    "ければなりません なくてはならない 不仅 不但 不过 不同 不久 差不多 非常".split()
)
"""Phrases that hold the sign of a negation and deny nothing."""

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
        "north south", "east west", "northern southern", "eastern western", "left right", "before after",
        "true false",
        "always never", "increase decrease", "increases decreases", "increased decreased", "up down", "male female",
        "men women", "man woman", "hot cold", "upper lower", "odd even", "positive negative", "maximum minimum",
        "more less", "more fewer", "alive dead", "on off", "early late", "earlier later", "higher lower",
        "larger smaller",
        "bigger smaller", "older younger", "win lose", "won lost", "rise fall", "rises falls", "rose fell",
        "rises dropped", "rose dropped", "grew shrank", "rarely often", "seldom often", "sometimes never",
        "some none", "open "
        "closed",
        "inside outside", "above below", "first last", "guilty innocent", "mother father", "brother sister", "son "
        "daughter",
        "husband wife", "king queen", "buy sell", "acid base", "import export", "internal external", "clockwise "
        "counterclockwise", "clockwise anticlockwise", "summer winter", "day night", "black white", "yes no",
        "longer "
        "shorter", "taller shorter", "faster slower", "heavier lighter", "best worst", "most least", "safe dangerous",
        "legal illegal", "northeast southwest", "mr mrs", "mr ms", "mr miss", "prince princess", "sir lady",
        "lord lady",
        "duke duchess", "jr sr", "elder younger", "junior senior", "all none", "everyone nobody",
        "everything nothing",
        "with without", "both neither", "ascending descending", "vertical horizontal", "ally enemy", "allies enemies",
        "lower upper", "rich poor", "wet dry", "full empty", "push pull", "input output", "typical atypical",
        "moral amoral", "symmetric asymmetric", "sexual asexual", "theist atheist",
        "political apolitical", "periodic aperiodic", "synchronous asynchronous", "deep shallow", "wide narrow",
        "thick thin", "strong weak", "hard soft", "light dark", "light heavy", "new old", "young old", "fast slow",
        "high low", "big small", "large small", "long short", "tall short", "good bad", "better worse",
        "easy difficult",
        "easy hard", "morning evening", "am pm", "enter exit", "entrance exit", "past future", "ancient modern",
        "success failure", "succeeded failed", "passed failed", "pass fail", "gain loss", "profit loss",
        "gained lost",
        "accept reject", "accepted rejected", "allowed forbidden", "allowed prohibited", "allows forbids",
        "love hate",
        "loves hates", "start end", "started ended", "begin end", "began ended", "birth death", "born died",
        "add subtract",
        "multiply divide", "addition subtraction", "multiplication division", "absorb emit", "absorbs emits",
        "expands "
        "contracts", "attract repel", "attracts repels", "gains loses", "rises sets", "melting freezing",
        "boiling freezing",
        "predator prey", "parent child", "teacher student", "employer employee", "doctor patient", "buyer seller",
        "lender borrower", "plaintiff defendant", "offense defense", "attack defense", "sender receiver",
        "supply demand",
        "asset liability", "assets liabilities", "credit debit", "convex concave", "synthesis analysis",
        "artery vein",
        "arteries veins", "anode cathode", "proton electron", "positive neutral", "mandatory optional",
        "required optional",
        "permanent temporary", "public private", "present absent", "increasing decreasing", "strengthen weaken",
        "strengthened weakened", "win loss", "victory defeat", "heads tails", "peak trough", "ceiling floor",
        "top bottom",
        "front back", "forward backward", "forwards backwards", "inner outer", "interior exterior", "near far",
        "here there",
        "dawn dusk", "sunrise sunset", "waxing waning", "odd even", "sooner later", "lighter heavier",
        "cheaper dearer",
        "thicker thinner", "deeper shallower", "hotter colder", "warmer colder", "warmer cooler", "stronger weaker",
        "northwest southeast", "expand contract", "solid liquid", "uncle aunt",
    )
)  # fmt: skip
NEGATING_PREFIXES: Final = ("un", "in", "im", "il", "ir", "non", "dis", "не", "без", "небез")

RIVAL_PREFIXES: Final = tuple(
    tuple(family.split())
    for family in (
        "meth eth prop but pent hex hept oct non dec",
        "mono di tri tetra penta hexa",
        "uni bi tri quadri",
        "hyper hypo",
        "macro micro",
        "inter intra",
        "endo exo ecto",
        "pre post",
        "over under",
        "im ex",
        "homo hetero",
        "anti pro",
        "poly mono oligo",
        "super sub",
        "up down",
        "fore hind",
        "ante post",
        "maxi mini",
        "giga mega kilo nano micro milli",
        "grand step",
        "infra ultra",
        "step half",
        "as de",
        "euk prok",
        "cat an",
        "eu pro",
        "ab ad",
    )
)
"""Prefixes that make different words of one stem."""
RIVAL_ENDINGS: Final = tuple(
    tuple(family.split())
    for family in ("ane ene yne anol anal", "ate ite ide", "ose ase", "phobia philia", "less ful", "lessly fully")
)
"""Endings that do the same: propane, propene; sulfate, sulfite."""

CLASSES: Final = {
    word: place
    for place, words in enumerate(
        (
            "monday tuesday wednesday thursday friday saturday sunday",
            "january february march april may june july august september october november december",
            "spring summer autumn winter", "north south east west northeast northwest southeast southwest",
            "red orange yellow green blue purple violet pink brown black white gray grey",
            "mercury venus earth mars jupiter saturn uranus neptune pluto", "morning afternoon evening night",
            "father mother brother sister son daughter uncle aunt cousin nephew niece grandfather grandmother",
            "university college", "first second third fourth fifth sixth seventh eighth ninth tenth",
            "solid liquid gas plasma", "breakfast lunch dinner", "gold silver bronze", "lower middle upper",
            "daily weekly monthly yearly", "hourly daily", "primary secondary tertiary",
            "single double triple quadruple",
            "hearts diamonds clubs spades", "subject object", "singular plural", "noun verb adjective adverb",
            "prince king emperor duke", "queen princess empress duchess",
        )
    )
    for word in words.split()
}  # fmt: skip
"""Words of which only one can be meant: one in the place of another is another answer."""

COMPLEMENTS: Final = {
    word: (base, flips)
    for base, said, denied in (
        ("alive", "alive living", "dead deceased"), ("even", "even", "odd"), ("true", "true", "false untrue"),
        ("correct", "correct right accurate", "wrong incorrect inaccurate"), ("legal", "legal lawful",
        "illegal unlawful"),
        ("possible", "possible", "impossible"), ("innocent", "innocent", "guilty"), ("open", "open", "closed shut"),
        ("safe", "safe", "dangerous unsafe hazardous"), ("win", "win wins won", "lose loses lost"),
        ("pass", "pass passes passed succeed succeeds succeeded successful", "fail fails failed unsuccessful"),
        ("present", "present", "absent"), ("allowed", "allowed permitted permissible allow allows permit permits",
        "forbidden prohibited banned disallowed forbid forbids prohibit prohibits"), ("awake", "awake", "asleep"),
        ("same", "same identical equal", "different unequal"), ("single", "single unmarried", "married"),
        ("remember", "remember remembers remembered", "forget forgets forgot forgotten"),
        ("toxic", "toxic poisonous", "nontoxic"), ("required", "required mandatory compulsory obligatory",
        "optional"),
        ("finite", "finite", "infinite"), ("inside", "inside", "outside"), ("occupied", "occupied", "vacant"),
        ("online", "online", "offline"), ("public", "public", "private"), ("enabled", "enabled", "disabled"),
        ("permanent", "permanent", "temporary"), ("accept", "accept accepts accepted", "reject rejects rejected"),
        ("on", "on", "off"), ("undo", "reversible undone reversed", "irreversible"), ("include",
        "include includes included",
        "exclude excludes excluded"), ("available", "available", "unavailable"), ("indoors", "indoors", "outdoors"),
    )
    for words, flips in ((said, False), (denied, True))
    for word in words.split()
}  # fmt: skip
"""Words of which one or the other must hold: what they come down to, and whether they deny it."""

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
        "d'ivoire"), ("turkey", "türkiye|turkiye"), ("nobody", "no one|noone"), ("pages", "pp|pgs"),
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
        "turkish", "china": "chinese", "japan": "japanese", "portugal": "portuguese", "iceland": "icelandic",
        "israel":
        "israeli", "thailand": "thai", "argentina": "argentine argentinian", "czech republic": "czech",
    }.items()
    for demonym in demonyms.split()
}  # fmt: skip

"""Other words for one thing that no rule could find: chemicals, common synonyms, renamed places, pen names."""

from __future__ import annotations

from typing import Final


def _groups(*groups: str) -> dict[str, int]:
    return {name: place for place, group in enumerate(groups) for name in group.split("|")}


CHEMICALS: Final = _groups(
    "water|h2o|dihydrogen monoxide", "carbon dioxide|co2", "carbon monoxide|co",
    "sodium chloride|nacl|table salt|common salt",
    "oxygen|o2|o", "hydrogen|h2|h", "nitrogen|n2|n", "ozone|o3", "ammonia|nh3", "methane|ch4", "ethane|c2h6",
    "propane|c3h8",
    "ethanol|c2h5oh|ethyl alcohol|c2h6o", "methanol|ch3oh|methyl alcohol|wood alcohol", "glucose|c6h12o6|dextrose",
    "sulfuric acid|sulphuric acid|h2so4", "hydrochloric acid|hcl|hydrogen chloride", "nitric acid|hno3",
    "acetic acid|ch3cooh|ethanoic acid|c2h4o2", "sodium hydroxide|naoh|caustic soda|lye", "potassium hydroxide|koh",
    "hydrogen peroxide|h2o2", "calcium carbonate|caco3",
    "sodium bicarbonate|nahco3|baking soda|sodium hydrogen carbonate",
    "calcium oxide|cao|quicklime", "calcium hydroxide|ca(oh)2|slaked lime",
    "iron oxide|iron iii oxide|fe2o3|ferric oxide",
    "silicon dioxide|sio2|silica", "nitrous oxide|n2o|laughing gas", "nitric oxide|no gas", "nitrogen dioxide|no2",
    "sulfur dioxide|sulphur dioxide|so2", "hydrogen sulfide|hydrogen sulphide|h2s", "sucrose|c12h22o11|table sugar",
    "benzene|c6h6", "acetone|propanone|c3h6o", "formaldehyde|methanal|ch2o", "ethylene|ethene|c2h4",
    "acetylene|ethyne|c2h2",
    "potassium chloride|kcl", "silver nitrate|agno3", "magnesium oxide|mgo", "copper sulfate|copper ii sulfate|cuso4",
    "gold|au", "silver|ag", "iron|fe", "lead|pb", "sodium|na", "potassium|k", "mercury|hg|quicksilver", "copper|cu",
    "tin|sn", "tungsten|w|wolfram", "helium|he", "calcium|ca", "aluminum|aluminium|al", "zinc|zn", "uranium|u",
    "chlorine|cl|cl2", "carbon|c", "sulfur|sulphur|s", "phosphorus|p", "silicon|si", "platinum|pt", "neon|ne",
    "iodine|i|i2",
    "vitamin c|ascorbic acid|l-ascorbic acid", "vitamin b1|thiamine|thiamin", "vitamin b2|riboflavin",
    "vitamin b3|niacin",
    "vitamin b9|folic acid|folate", "vitamin b12|cobalamin", "vitamin a|retinol", "vitamin d3|cholecalciferol",
    "vitamin e|tocopherol",
)  # fmt: skip
"""Substances by name and formula: two of different groups are two."""
SYNONYMS: Final = _groups(
    "car|automobile|auto|motorcar", "movie|film|motion picture", "heart attack|myocardial infarction", "sofa|couch",
    "high blood pressure|hypertension", "low blood pressure|hypotension", "stroke|cerebrovascular accident",
    "cancer|malignant neoplasm", "chickenpox|varicella", "whooping cough|pertussis", "german measles|rubella",
    "lockjaw|tetanus", "shingles|herpes zoster", "flu|influenza", "tb|tuberculosis",
    "nearsightedness|myopia|short-sightedness",
    "farsightedness|hyperopia", "kneecap|patella", "collarbone|clavicle", "shoulder blade|scapula",
    "jawbone|mandible",
    "thighbone|thigh bone|femur", "breastbone|sternum", "shinbone|shin bone|tibia", "windpipe|trachea",
    "voice box|larynx", "red blood cell|erythrocyte|red blood cells|erythrocytes",
    "white blood cell|leukocyte|white blood cells|leukocytes", "adrenaline|epinephrine", "paracetamol|acetaminophen",
    "aspirin|acetylsalicylic acid", "doctor|physician", "lawyer|attorney", "elevator|lift", "apartment|flat",
    "truck|lorry", "cell phone|mobile phone|cellphone|cellular phone|mobile", "tv|television", "bicycle|bike",
    "airplane|aeroplane|plane|aircraft", "fridge|refrigerator", "photo|photograph|picture", "gas|gasoline|petrol",
    "soccer|association football", "autumn|fall", "big|large", "begin|start", "buy|purchase", "end|finish",
    "quick|fast|rapid",
    "child|kid", "children|kids", "postponed|put off|delayed", "cancelled|canceled|called off",
    "dna|deoxyribonucleic acid",
    "rna|ribonucleic acid", "atp|adenosine triphosphate",
    "aids|acquired immunodeficiency syndrome|acquired immune deficiency syndrome",
    "hiv|human immunodeficiency virus", "laser|light amplification by stimulated emission of radiation",
    "eggplant|aubergine",
    "zucchini|courgette", "cilantro|coriander", "math|maths|mathematics", "sidewalk|pavement",
    "trash|garbage|rubbish", "diaper|nappy", "pi|π", "none|zero|nil|0", "double|twice|two times",
    "milky way galaxy|milky way",
    "speed of light|light speed", "gulf war|persian gulf war", "first world war|great war", "ping pong|table tennis",
    "north star|polaris|pole star", "mount everest|everest|sagarmatha|chomolungma", "uluru|ayers rock",
    "denali|mount mckinley",
)  # fmt: skip
NAMES: Final = _groups(
    "mumbai|bombay", "beijing|peking", "istanbul|constantinople", "kyiv|kiev", "ho chi minh city|saigon",
    "iran|persia",
    "thailand|siam", "sri lanka|ceylon", "eswatini|swaziland", "cape verde|cabo verde",
    "east timor|timor-leste|timor leste",
    "kolkata|calcutta", "chennai|madras", "bengaluru|bangalore", "yangon|rangoon",
    "saint petersburg|leningrad|petrograd",
    "st petersburg|leningrad", "guangzhou|canton", "tokyo|edo",
    "democratic republic of the congo|drc|zaire|congo-kinshasa",
    "republic of the congo|congo-brazzaville", "north macedonia|republic of north macedonia", "belarus|byelorussia",
    "mark twain|samuel clemens|samuel langhorne clemens", "george orwell|eric blair|eric arthur blair",
    "lewis carroll|charles lutwidge dodgson|charles dodgson", "voltaire|francois-marie arouet|francois marie arouet",
    "muhammad ali|cassius clay", "george eliot|mary ann evans",
    "moliere|jean-baptiste poquelin|jean baptiste poquelin",
    "pele|edson arantes do nascimento", "pope francis|jorge mario bergoglio", "lady gaga|stefani germanotta",
    "mother teresa|anjeze gonxhe bojaxhiu", "malcolm x|malcolm little", "john le carre|david cornwell",
    "stalin|joseph stalin|josef stalin", "lenin|vladimir lenin|vladimir ilyich lenin", "che guevara|ernesto guevara",
    "el greco|domenikos theotokopoulos", "dr seuss|theodor geisel|theodor seuss geisel",
    "o henry|william sydney porter",
    "jfk|john f kennedy|john fitzgerald kennedy", "fdr|franklin d roosevelt|franklin delano roosevelt",
    "mlk|martin luther king|martin luther king jr|martin luther king junior",
    "lbj|lyndon b johnson|lyndon baines johnson",
    "big apple|new york city", "eternal city|rome", "land of the rising sun|japan",
    "us president|president of the united states|potus",
    "bible|holy bible", "koran|quran|qur'an", "mona lisa|la gioconda|la joconde", "american civil war|us civil war",
)  # fmt: skip
LONGER: Final = frozenset(
    tuple(name.split())
    for name in (
        "martin luther king", "george washington carver", "john paul jones", "george bernard shaw",
        "john quincy adams",
        "henry james byron", "james brown jr", "thomas edward lawrence", "john wilkes booth", "james earl ray",
        "william henry harrison", "john stuart mill",
    )
)  # fmt: skip
"""Names that begin with the whole name of somebody else."""

_SPELLINGS: Final = {
    british: american
    for american, british in (
        pair.split("|")
        for pair in (
            "aluminum|aluminium gray|grey tire|tyre program|programme plow|plough jewelry|jewellery draft|draught "
            "skeptic|sceptic artifact|artefact defense|defence offense|offence license|licence check|cheque "
            "pajamas|pyjamas "
            "mold|mould mustache|moustache sulfur|sulphur cozy|cosy story|storey airplane|aeroplane "
            "traveling|travelling "
            "traveler|traveller canceled|cancelled modeling|modelling fulfill|fulfil enrollment|enrolment "
            "skillful|skilful "
            "judgment|judgement aging|ageing maneuver|manoeuvre anemia|anaemia hemoglobin|haemoglobin "
            "estrogen|oestrogen "
            "pediatric|paediatric esophagus|oesophagus fetus|foetus leukemia|leukaemia diarrhea|diarrhoea "
            "encyclopedia|encyclopaedia archeology|archaeology catalog|catalogue dialog|dialogue analog|analogue"
        ).split()
    )
}


def american(word: str) -> str:
    """The American spelling of an English word."""
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    for british, plain in (("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("yse",
    "yze"),
                           ("our", "or"), ("ours", "ors"), ("tre", "ter"), ("tres", "ters"), ("oured",
                           "ored")):  # fmt: skip
        if word.endswith(british) and len(word) > len(british) + 2:
            return word[: -len(british)] + plain
    return word

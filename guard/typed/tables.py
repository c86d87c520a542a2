"""Words that stand for values: numbers, magnitudes, units, currencies, months."""

from __future__ import annotations

from typing import Final


def _counted(words: str, start: int = 0, step: int = 1) -> dict[str, float]:
    return {word: float(start + step * place) for place, word in enumerate(words.split())}


_FOREIGN: Final = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "零 一 二 三 四 五 六 七 八 九 十 十一 十二",
    "صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    "शून्य एक दो तीन चार पांच छह सात आठ नौ दस",
)

ONES: Final = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS: Final = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40.0}
FOREIGN_NUMBERS: Final = {word: value for words in _FOREIGN for word, value in _counted(words).items()}
"""Read as numbers only where the whole answer is one such word: many of them are English words too."""
ORDINALS: Final = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth",
    1,
) | _counted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
FRACTIONS: Final = {"half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25} | {
    f"{word}s": 1 / value for word, value in ORDINALS.items() if 3 < value < 11
}
TIMES: Final = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "dozen": 12.0, "couple": 2.0, "pair": 2.0}
DECADES: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip

MAGNITUDES: Final = {
    **dict.fromkeys("hundred hundreds".split(), 1e2),
    **dict.fromkeys("thousand thousands k mil mille tausend 千".split(), 1e3),
    **dict.fromkeys("million millions mn mln millón millones mio 百万".split(), 1e6),
    **dict.fromkeys("billion billions bn milliard milliards milliarden".split(), 1e9),
    **dict.fromkeys("trillion trillions tn".split(), 1e12),
    "quadrillion": 1e15, "dozen": 12.0, "dozens": 12.0, "score": 20.0, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7,
    "crores": 1e7, "百": 1e2, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "मिलियन": 1e6, "مليون": 1e6, "مليار": 1e9,
}  # fmt: skip

CURRENCIES: Final = {
    **dict.fromkeys("$ usd dollar dollars us$ bucks buck dólares".split(), "usd"),
    **dict.fromkeys("€ eur euro euros".split(), "eur"),
    **dict.fromkeys("£ gbp pound pounds sterling quid".split(), "gbp"),
    **dict.fromkeys("¥ jpy yen 円".split(), "jpy"),
    **dict.fromkeys("cny yuan rmb renminbi 元".split(), "cny"),
    **dict.fromkeys("₹ inr rupee rupees rs".split(), "inr"),
    **dict.fromkeys("chf francs franc".split(), "chf"),
    **dict.fromkeys("₩ won krw".split(), "krw"),
    **dict.fromkeys("₽ rub ruble rubles rouble roubles".split(), "rub"),
}


def _units() -> dict[str, tuple[str, float]]:
    """Name of a unit to its dimension and its size in the dimension's first unit."""
    listed = {
        "length": {
            "m meter meters metre metres 米 metros mètres": 1.0, "km kilometer kilometers kilometre kilometres kms "
            "公里 kilómetros kilomètres": 1e3,
            "cm centimeter centimeters centimetre centimetres": 0.01, "mm millimeter millimeters millimetre "
            "millimetres": 1e-3,
            "mi mile miles": 1609.344, "ft foot feet": 0.3048, "inch inches": 0.0254, "yd yard yards": 0.9144,
            "nm nanometer nanometers nanometre nanometres": 1e-9,
            "ly lightyear lightyears": 9.4607e15, "au": 1.495979e11,
        },
        "mass": {
            "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes 公斤": 1.0,
            "g gram grams gramme grammes": 1e-3,
            "mg milligram milligrams": 1e-6, "t tonne tonnes": 1e3, "ton tons": 907.185, "lb lbs": 0.45359237,
            "oz ounce ounces": 0.0283495, "stone": 6.35029,
        },
        "time": {
            "s sec secs second seconds segundos sekunden": 1.0, "min mins minute minutes minutos minuten": 60.0,
            "h hr hrs hour hours horas heures stunden 小时 時間": 3600.0, "day days días jours tage": 86400.0,
            "week weeks wk wks": 604800.0, "month months meses mois": 2629800.0,
            "year years yr yrs yo años ans jahre": 31557600.0, "decade decades": 315576000.0,
            "century centuries": 3155760000.0, "ms millisecond milliseconds": 1e-3,
        },
        "area": {
            "sqkm": 1.0, "sqmi": 2.589988, "sqm": 1e-6, "sqft": 9.2903e-8, "ha hectare hectares": 0.01,
            "acre acres": 0.00404686,
        },
        "volume": {
            "l liter liters litre litres": 1.0, "ml milliliter milliliters millilitre millilitres": 1e-3,
            "gal gallon gallons": 3.78541, "pint pints": 0.473176, "cup cups": 0.236588, "quart quarts": 0.946353,
        },
        "speed": {"kph kmh": 1.0, "mph": 1.609344, "mps": 3.6, "knot knots": 1.852},
        "data": {
            "byte bytes": 1.0, "kb kilobyte kilobytes": 1e3, "mb megabyte megabytes": 1e6,
            "gb gigabyte gigabytes": 1e9, "tb terabyte terabytes": 1e12,
        },
        "rate": {"bps": 1.0, "kbps": 1e3, "mbps mbit": 1e6, "gbps gbit": 1e9},
        "frequency": {"hz hertz": 1.0, "khz kilohertz": 1e3, "mhz megahertz": 1e6, "ghz gigahertz": 1e9},
        "power": {"w watt watts": 1.0, "kw kilowatt kilowatts": 1e3, "mw megawatt megawatts": 1e6, "gw": 1e9},
        "energy": {"j joule joules": 1.0, "kj": 1e3, "cal": 4.184, "kcal": 4184.0, "kwh": 3.6e6},
        "voltage": {"v volt volts": 1.0, "kv": 1e3},
        "pressure": {"pa pascal pascals": 1.0, "kpa": 1e3, "bar": 1e5, "atm": 101325.0, "psi": 6894.76},
        "angle": {"degree degrees °": 1.0},
        "celsius": {"°c celsius centigrade": 1.0},
        "fahrenheit": {"°f fahrenheit": 1.0},
        "kelvin": {"kelvin": 1.0},
    }  # fmt: skip
    return {
        name: (dimension, size)
        for dimension, sizes in listed.items()
        for names, size in sizes.items()
        for name in names.split()
    }


UNITS: Final = _units()

_MONTHS: Final = (
    "january jan enero janvier januar जनवरी يناير", "february feb febrero février februar फरवरी فبراير",
    "march mar marzo mars märz marz मार्च مارس", "april apr abril avril अप्रैल ابريل", "may mayo mai मई مايو",
    "june jun junio juin juni जून يونيو", "july jul julio juillet juli जुलाई يوليو",
    "august aug agosto août aout अगस्त اغسطس", "september sept sep septiembre septembre सितंबर سبتمبر",
    "october oct octubre octobre oktober अक्टूबर اكتوبر", "november nov noviembre novembre नवंबर نوفمبر",
    "december dec diciembre décembre decembre dezember दिसंबर ديسمبر",
)  # fmt: skip
MONTHS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

APPROXIMATE: Final = frozenset(
    "about approximately approx around roughly nearly almost circa c ca ~ some estimated unos environ etwa 约".split()
)
MORE: Final = frozenset("over above exceeding more greater > ≥ minimum least".split())
LESS: Final = frozenset("under below less fewer < ≤ maximum most up".split())

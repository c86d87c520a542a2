"""Words that stand for values: numbers, magnitudes, currencies, months, days."""

from __future__ import annotations

from typing import Final


def _counted(words: str, start: int = 0, step: int = 1) -> dict[str, float]:
    return {word: float(start + step * place) for place, word in enumerate(words.split())}


_FOREIGN: Final = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "zero um dois três quatro cinco seis sete oito nove dez",
    "zero uno due tre quattro cinque sei sette otto nove dieci",
    "ноль один два три четыре пять шесть семь восемь девять десять",
    "영 일 이 삼 사 오 육 칠 팔 구 십",
    "공 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열",
    "零 一 二 三 四 五 六 七 八 九 十 十一 十二",
    "صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    "शून्य एक दो तीन चार पांच छह सात आठ नौ दस",
)

ONES: Final = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS: Final = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40.0}
FOREIGN_NUMBERS: Final = {word: value for words in _FOREIGN for word, value in _counted(words).items()} | {
    "vingt": 20.0, "trente": 30.0, "treinta": 30.0, "cuarenta": 40.0, "cincuenta": 50.0, "hundert": 100.0,
    "cent": 100.0,
    "cien": 100.0, "cento": 100.0, "dreißig": 30.0, "dreissig": 30.0, "vierzig": 40.0, "fünfzig": 50.0, "백": 100.0,
}  # fmt: skip
"""Read as numbers only where the whole answer is one such word: many of them are English words too."""
ORDINALS: Final = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth",
    1,
) | _counted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
FRACTIONS: Final = (
    {"half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25}
    | {f"{word}s": 1 / value for word, value in ORDINALS.items() if 3 < value < 21}
    | {
        f"{word}{ending}": 1 / value
        for word, value in (("hundredth", 1e2), ("thousandth", 1e3))
        for ending in ("", "s")
    }
)
PARTS: Final = (
    FRACTIONS
    | {word: 1 / value for word, value in ORDINALS.items() if 2 < value < 11}
    | {"tenth": 0.1, "twentieth": 0.05}
)
"""Fractions behind "a" and "one": there "fifth" is one of five."""
TIMES: Final = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "dozen": 12.0, "couple": 2.0, "pair": 2.0, "gross": 144.0}
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

_CURRENCIES: Final = {
    **dict.fromkeys("$ usd dollar dollars us$ bucks buck dólares dolares".split(), "usd"),
    **dict.fromkeys("€ eur euro euros".split(), "eur"),
    **dict.fromkeys("£ gbp sterling quid".split(), "gbp"),
    **dict.fromkeys("jpy yen 円".split(), "jpy"),
    **dict.fromkeys("cny yuan rmb renminbi 元".split(), "cny"),
    **dict.fromkeys("₹ inr rupee rupees rs".split(), "inr"),
    **dict.fromkeys("chf francs franc".split(), "chf"),
    **dict.fromkeys("₩ won krw".split(), "krw"),
    **dict.fromkeys("₽ rub ruble rubles rouble roubles".split(), "rub"),
    **dict.fromkeys("aud cad nzd hkd sgd sek nok dkk pln czk huf brl mxn zar thb idr php vnd aed sar egp "
                    "ars".split(), ""),
    **dict.fromkeys("₺ try lira liras".split(), "try"), **dict.fromkeys("₪ ils shekel shekels".split(), "ils"),
    **dict.fromkeys("₫ dong".split(), "vnd"), **dict.fromkeys("₱ peso pesos".split(), "peso"),
    **dict.fromkeys("฿ baht".split(), "thb"), **dict.fromkeys("₴ uah hryvnia".split(), "uah"),
    **dict.fromkeys("₦ ngn naira".split(), "ngn"), **dict.fromkeys("zł zl zloty zlotys złoty".split(), "pln"),
    **dict.fromkeys("krona kronor".split(), "sek"), **dict.fromkeys("krone kroner".split(), "krone"),
    **dict.fromkeys("btc bitcoin bitcoins ₿".split(), "btc"), **dict.fromkeys("rand rands".split(), "zar"),
    **dict.fromkeys("brl real reais".split(), "brl"), "a$": "aud", "c$": "cad", "hk$": "hkd", "nz$": "nzd",
    "s$": "sgd", "r$": "brl", "¥": "¥", **dict.fromkeys("pound pounds".split(), "pound"),
}  # fmt: skip
CURRENCIES: Final = {word: currency or word for word, currency in _CURRENCIES.items()}
"""A sign or word to its currency; "pound" and "¥" leave it open which."""
READINGS: Final = {
    "pound": ("gbp", "mass"),
    "¥": ("jpy", "cny"),
    "krone": ("nok", "dkk"),
    "peso": ("mxn", "php", "ars"),
}
"""What such an open word may stand for."""
POUND: Final = 0.45359237
"""Kilograms of a pound that is a weight."""
CENTS: Final = {**dict.fromkeys("cent cents ¢".split(), "usd"), **dict.fromkeys("pence penny".split(), "gbp")}
NATIONAL: Final = {
    ("us",): "usd", ("american",): "usd", ("canadian",): "cad", ("australian",): "aud", ("new", "zealand"): "nzd",
    ("hong", "kong"): "hkd", ("singapore",): "sgd", ("singaporean",): "sgd", ("british",): "gbp", ("swiss",): "chf",
    ("mexican",): "mxn", ("japanese",): "jpy", ("chinese",): "cny", ("indian",): "inr", ("swedish",): "sek",
    ("norwegian",): "nok", ("danish",): "dkk", ("philippine",): "php", ("argentine",): "ars", ("egyptian",): "egp",
    ("south", "african"): "zar", ("russian",): "rub", ("turkish",): "try", ("polish",): "pln", ("brazilian",): "brl",
    ("pounds",): "gbp", ("pound",): "gbp", ("united", "states"): "usd",
}  # fmt: skip
"""Words before a currency's name that say which country's ("50 Canadian dollars", "10 pounds sterling")."""

_MONTHS: Final = (
    "january jan enero janvier januar जनवरी يناير", "february feb febrero février februar फरवरी فبراير",
    "march mar marzo mars märz marz मार्च مارس", "april apr abril avril अप्रैल ابريل", "may mayo mai मई مايو",
    "june jun junio juin juni जून يونيو", "july jul julio juillet juli जुलाई يوليو",
    "august aug agosto août aout अगस्त اغسطس", "september sept sep septiembre septembre सितंबर سبتمبر",
    "october oct octubre octobre oktober अक्टूबर اكتوبر", "november nov noviembre novembre नवंबर نوفمبر",
    "december dec diciembre décembre decembre dezember दिसंबर ديسمبر",
)  # fmt: skip
MONTH_NAMES: Final = tuple(names.split()[0] for names in _MONTHS)
MONTHS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

APPROXIMATE: Final = frozenset(
    "about approximately approx around roughly nearly almost circa c ca ~ some estimated unos environ etwa 约".split()
)
MORE: Final = frozenset("over above exceeding more greater > ≥ minimum least".split())
LESS: Final = frozenset("under below less fewer < ≤ maximum most up".split())

WEEKDAYS: Final = {
    short: day
    for day, shorts in {
        "monday": "mon", "tuesday": "tue tues", "wednesday": "wed weds", "thursday": "thu thur thurs",
        "friday": "fri", "saturday": "sat", "sunday": "sun",
    }.items()
    for short in shorts.split()
}  # fmt: skip
HOLIDAYS: Final = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year's day": (1, 1),
    "new year's eve": (12, 31), "valentine's day": (2, 14), "halloween": (10, 31), "boxing day": (12, 26),
    "april fools' day": (4, 1), "saint patrick's day": (3, 17), "st. patrick's day": (3, 17), "bastille day": (7, 14),
}  # fmt: skip
"""Feasts of a fixed day, in months and days."""

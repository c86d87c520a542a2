"""Units of measure: names and symbols with the prefixes of the SI, products, powers and quotients of them.

A unit is its dimension, as exponents of `AXES`, and its size in the units of the axes (metre, kilogram, second, ampere,
mole, byte, radian, turn, beat, frame, decibel).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

AXES: Final = tuple("length mass time current amount data angle turn beat frame decibel".split())
Exponents = tuple[int, ...]
Unit = tuple[Exponents, float]


def _dimension(**exponents: int) -> Exponents:
    return tuple(exponents.get(axis, 0) for axis in AXES)


_LENGTH: Final = _dimension(length=1)
_AREA: Final = _dimension(length=2)
_VOLUME: Final = _dimension(length=3)
_MASS: Final = _dimension(mass=1)
_TIME: Final = _dimension(time=1)
_SPEED: Final = _dimension(length=1, time=-1)
_ENERGY: Final = _dimension(mass=1, length=2, time=-2)
_POWER: Final = _dimension(mass=1, length=2, time=-3)
_FORCE: Final = _dimension(mass=1, length=1, time=-2)
_PRESSURE: Final = _dimension(mass=1, length=-1, time=-2)
_RATE: Final = _dimension(time=-1)
_DATA: Final = _dimension(data=1)
_ANGLE: Final = _dimension(angle=1)

NAMED: Final[Mapping[Exponents, str]] = {
    _LENGTH: "length", _AREA: "area", _VOLUME: "volume", _MASS: "mass", _TIME: "time", _SPEED: "speed",
    _ENERGY: "energy", _POWER: "power", _FORCE: "force", _PRESSURE: "pressure", _RATE: "frequency", _DATA: "data",
    _ANGLE: "angle",
}  # fmt: skip

PREFIXES: Final = {
    "f": ("femto", 1e-15), "p": ("pico", 1e-12), "n": ("nano", 1e-9), "u": ("micro", 1e-6), "µ": ("micro", 1e-6),
    "μ": ("micro", 1e-6), "m": ("milli", 1e-3), "c": ("centi", 1e-2), "d": ("deci", 1e-1), "h": ("hecto", 1e2),
    "k": ("kilo", 1e3), "M": ("mega", 1e6), "G": ("giga", 1e9), "T": ("tera", 1e12), "P": ("peta", 1e15),
}  # fmt: skip
_METRIC: Final[tuple[tuple[str, str, str, Exponents, float], ...]] = (
    ("m", ".nuµμmcdk", "meter metre", _LENGTH, 1.0),
    ("g", ".nuµμmk", "gram gramme", _MASS, 1e-3),
    ("s", ".pnµμm", "second", _TIME, 1.0),
    ("A", ".pnuµμmkM", "ampere amp", _dimension(current=1), 1.0),
    ("mol", ".nuµμmk", "mole", _dimension(amount=1), 1.0),
    ("V", ".nuµμmkMG", "volt", _dimension(mass=1, length=2, time=-3, current=-1), 1.0),
    ("W", ".pnuµμmkMGT", "watt", _POWER, 1.0),
    ("J", ".nuµμmkMGT", "joule", _ENERGY, 1.0),
    ("N", ".nuµμmkM", "newton", _FORCE, 1.0),
    ("Pa", ".uµμmhkMG", "pascal", _PRESSURE, 1.0),
    ("Hz", ".mkMGT", "hertz", _RATE, 1.0),
    ("Ω", ".uµμmkMG", "ohm", _dimension(mass=1, length=2, time=-3, current=-2), 1.0),
    ("F", "pnuµμm", "farad", _dimension(mass=-1, length=-2, time=4, current=2), 1.0),
    ("C", "pnuµμm", "coulomb", _dimension(time=1, current=1), 1.0),
    ("L", ".nuµμmcdhkM", "liter litre", _VOLUME, 1e-3),
    ("l", ".nuµμmcdhk", "", _VOLUME, 1e-3),
    ("eV", ".mkMGT", "electronvolt", _ENERGY, 1.602177e-19),
    ("Wh", ".mkMGT", "watthour", _ENERGY, 3600.0),
    ("Ah", ".mk", "amphour", _dimension(time=1, current=1), 3600.0),
    ("cal", ".km", "calorie", _ENERGY, 4.184),
    ("B", "kMGTP", "byte", _DATA, 1.0),
    ("bit", ".kMGT", "bit", _DATA, 0.125),
    ("b", "MGT", "", _DATA, 0.125),
    ("bps", ".kMGT", "", _dimension(data=1, time=-1), 0.125),
    ("T", "nuµμm", "tesla", _dimension(mass=1, time=-2, current=-1), 1.0),
    ("Bq", ".kMGT", "becquerel", _RATE, 1.0),
    ("Sv", ".uµμm", "sievert", _dimension(length=2, time=-2), 1.0),
    ("pc", "kMG", "parsec", _LENGTH, 3.0857e16),
    ("bar", ".m", "bar", _PRESSURE, 1e5),
)
"""Symbol, the prefixes it is used with (a dot for none), names, dimension, size."""
_SMALL: Final = (
    "m km cm mm dm nm um µm μm g kg mg ug µg μg ng s ms ns ps µs μs L mL cL dL W kW MW GW TW kWh MWh GWh Wh V mV kV "
    "J kJ MJ GJ Hz kHz MHz GHz THz hPa kPa MPa GPa kB MB GB TB PB bps kbps Mbps Gbps mA mAh kcal eV keV MeV GeV "
    "mol mmol bar mbar kN Ω"
)
"""Symbols that are read without their capitals too."""
_OTHER: Final[tuple[tuple[Exponents, Mapping[str, float]], ...]] = (
    (_LENGTH, {
        "米 metros mètres metern": 1.0, "kms 公里 kilómetros kilomètres kilometern": 1e3, "mi mile miles": 1609.344,
        "ft foot feet": 0.3048, "inch inches": 0.0254, "yd yds yard yards": 0.9144,
        "ly lightyear lightyears": 9.4607e15, "au": 1.495979e11, "nmi": 1852.0, "micron microns": 1e-6,
        "angstrom angstroms å": 1e-10, "furlong furlongs": 201.168, "fathom fathoms": 1.8288, "厘米": 0.01,
    }),
    (_MASS, {
        "kgs kilo kilos 公斤": 1.0, "t tonne tonnes": 1e3, "ton tons": 907.185, "lb lbs": 0.45359237,
        "oz ounce ounces": 0.0283495, "stone": 6.35029, "克": 1e-3, "megaton megatons": 1e9, "carat carats": 2e-4,
    }),
    (_TIME, {
        "sec secs segundos sekunden 秒": 1.0, "min mins minute minutes minutos minuten 分钟": 60.0,
        "h hr hrs hour hours horas heures stunden 小时 時間": 3600.0, "day days días jours tage 天": 86400.0,
        "week weeks wk wks fortnight semanas semaines wochen": 604800.0, "month months meses mois monate": 2629800.0,
        "year years yr yrs yo años ans jahre": 31557600.0, "decade decades": 315576000.0,
        "century centuries": 3155760000.0, "millennium millennia": 31557600000.0,
    }),
    (_AREA, {"ha hectare hectares": 1e4, "acre acres": 4046.86, "sqkm": 1e6, "sqmi": 2.589988e6, "sqm": 1.0,
             "sqft": 0.092903, "sqin": 0.00064516}),
    (_VOLUME, {"gal gallon gallons": 3.78541e-3, "pint pints": 0.473176e-3, "cup cups": 0.236588e-3,
               "quart quarts": 0.946353e-3, "cc ccm": 1e-6, "tbsp tablespoon tablespoons": 14.787e-6,
               "tsp teaspoon teaspoons": 4.929e-6}),
    (_SPEED, {"kph kmh": 1 / 3.6, "mph": 0.44704, "mps": 1.0, "knot knots": 0.514444}),
    (_POWER, {"hp horsepower": 745.7}),
    (_PRESSURE, {"atm atmosphere atmospheres": 101325.0, "psi": 6894.76, "mmhg torr": 133.322}),
    (_FORCE, {"dyne dynes": 1e-5}),
    (_ANGLE, {"° degree degrees": math.pi / 180, "rad radian radians": 1.0}),
    (_dimension(turn=1), {"revolution revolutions rev turns": 1.0}),
    (_dimension(beat=1), {"beats": 1.0}),
    (_dimension(frame=1), {"frames": 1.0}),
    (_dimension(decibel=1), {"db dba decibel decibels": 1.0}),
    (_dimension(turn=1, time=-1), {"rpm": 1 / 60}),
    (_dimension(beat=1, time=-1), {"bpm": 1 / 60}),
    (_dimension(frame=1, time=-1), {"fps": 1.0}),
    (_DATA, {"kib kibibytes": 2.0**10, "mib mebibytes": 2.0**20, "gib gibibyte gibibytes": 2.0**30,
             "tib tebibyte tebibytes": 2.0**40}),
)  # fmt: skip
TEMPERATURES: Final = {
    **dict.fromkeys("°c celsius centigrade degc 摄氏度".split(), "celsius"),
    **dict.fromkeys("°f fahrenheit degf".split(), "fahrenheit"),
    **dict.fromkeys("kelvin kelvins".split(), "kelvin"),
}


def _prefixed() -> tuple[dict[str, Unit], dict[str, str]]:
    """Units by name in small letters, and the names that exact symbols stand for."""
    units: dict[str, Unit] = {}
    symbols: dict[str, str] = {}
    for symbol, used, names, dimension, size in _METRIC:
        first = names.split()[0] if names else {"l": "liter", "b": "bit", "bps": "bitpersecond"}[symbol]
        for mark, (prefix, factor) in ((".", ("", 1.0)), *PREFIXES.items()):
            unit = (dimension, size * factor)
            units |= dict.fromkeys((prefix + name for name in (first, *names.split())), unit)
            units |= dict.fromkeys((f"{prefix}{name}s" for name in names.split()), unit)
            if mark in used:
                symbols[mark.strip(".") + symbol] = prefix + first
    units |= {symbol.lower(): units[symbols[symbol]] for symbol in _SMALL.split()}
    return units, symbols


UNITS, _SYMBOLS = _prefixed()
UNITS |= {
    name: (dimension, size) for dimension, sizes in _OTHER for names, size in sizes.items() for name in names.split()
}
CASED: Final = {
    symbol: name for symbol, name in _SYMBOLS.items() if symbol != "MN" and UNITS.get(symbol.lower()) != UNITS[name]
} | {"K": "kelvin", "C": "°c", "F": "°f"}
"""Symbols that mean another unit, or none, in small letters: 20 mA, 20 MA."""
_PHRASES: Final = {
    tuple(phrase.split()): name
    for name, phrases in (
        ("bpm", "beats per minute|beats a minute"), ("rpm", "revolutions per minute"), ("fps", "frames per second"),
        ("mmhg", "mm hg|millimeters of mercury|millimetres of mercury"), ("psi", "pounds per square inch"),
        ("ly", "light years|light year|light - years|light - year"), ("au", "astronomical units|astronomical unit"),
        ("nmi", "nautical miles|nautical mile"), ("°c", "degrees c|° c|degree celsius"), ("°f", "degrees f|° f"),
        ("tonne", "metric tons|metric ton|metric tonnes"), ("horsepower", "horse power"), ("electronvolt",
        "electron volts|electron volt"),
    )
    for phrase in phrases.split("|")
}  # fmt: skip
_PRODUCTS: Final = frozenset(
    prefix + name
    for prefix in ("", "kilo", "mega", "giga", "tera", "milli")
    for name in ("watt", "newton", "amp", "ampere")
) | {"n", "newtons", "watts", "foot", "ft"}
_POWERS: Final = {"2": 2, "3": 3, "squared": 2, "cubed": 3}
_PREPOSED: Final = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}


def unit_at(tokens: Sequence[str], place: int) -> tuple[str, float, int] | None:
    """The unit at `place`: its dimension, its size, and where it ends; None where there is none."""
    word = tokens[place] if place < len(tokens) else ""
    for length in (4, 3, 2):
        name = (
            _PHRASES.get(tuple(tokens[place : place + length]))
            if word in _STARTS and place + length <= len(tokens)
            else None
        )
        if name:
            known = temperature(name) or UNITS[name]
            return (
                (known, 1.0, place + length) if isinstance(known, str) else (named(known[0]), known[1], place + length)
            )
    if word in ("degrees", "degree", "deg") and place + 1 < len(tokens) and tokens[place + 1] in TEMPERATURES:
        return TEMPERATURES[tokens[place + 1]], 1.0, place + 2
    if word in TEMPERATURES:
        return TEMPERATURES[word], 1.0, place + 1
    first = _factor(tokens, place)
    if first is None:
        return None
    exponents, size, end = first
    while True:
        joined, sign = _joined(tokens, end)
        following = _factor(tokens, joined) if joined else None
        if following is None:
            return named(exponents), size, end
        exponents = tuple(one + sign * other for one, other in zip(exponents, following[0], strict=True))
        size, end = size * following[1] ** sign, following[2]


def temperature(name: str) -> str | None:
    """'celsius', 'fahrenheit', 'kelvin', or None for any other word."""
    return TEMPERATURES.get(name)


def named(exponents: Exponents) -> str:
    """The name of a dimension: 'speed', or its axes with their exponents."""
    return NAMED.get(exponents) or " ".join(
        f"{axis}{power}" for axis, power in zip(AXES, exponents, strict=True) if power
    )


def _joined(tokens: Sequence[str], end: int) -> tuple[int, int]:
    """Where the next factor begins, and whether it multiplies or divides; (0, 0) where there is none."""
    word = tokens[end] if end < len(tokens) else ""
    if word in ("/", "per"):
        return end + 1, -1
    if word in ("·", "*", "⋅"):
        return end + 1, 1
    if tokens[end - 1] in _PRODUCTS:
        return end + (word == "-"), 1
    return 0, 0


def _factor(tokens: Sequence[str], place: int) -> tuple[Exponents, float, int] | None:
    """A unit with its power."""
    word = tokens[place] if place < len(tokens) else ""
    power = _PREPOSED.get(word, 1)
    if power > 1:
        place += 1
        word = tokens[place] if place < len(tokens) else ""
    unit = UNITS.get(word)
    if unit is None:
        return None
    after = tokens[place + 1 : place + 3]
    if power == 1 and after and after[0] in _POWERS and not (len(after) > 1 and after[0] in "23" and after[1] in UNITS):
        power, place = _POWERS[after[0]], place + 1
    elif power == 1 and len(after) == 2 and after[0] == "^" and after[1].lstrip("-").isdigit() and len(after[1]) < 3:
        power, place = int(after[1]), place + 2
    return tuple(power * one for one in unit[0]), unit[1] ** power, place + 1


_STARTS: Final = frozenset(phrase[0] for phrase in _PHRASES)
_CASED_AFTER_NUMBER: Final = re.compile(
    rf"(?P<digit>\d)(?P<gap>[ "
    rf"\u00a0\u202f-]?)(?P<symbol>{'|'.join(sorted(map(re.escape, CASED), key=len, reverse=True))})"
    r"(?![\w'’°])(?!\.\w)"
)


def spell_symbols(raw: str) -> str:
    """Symbols behind a numeral whose capitals matter, as names: "20 mA" as "20 milliampere"."""
    return _CASED_AFTER_NUMBER.sub(_spelled, raw)


def _spelled(match: re.Match[str]) -> str:
    """A K without a space is thousands, like one behind a sign of money."""
    if match["symbol"] == "K" and (not match["gap"] or match["gap"] == "-"):
        return match.group()
    return f"{match['digit']} {CASED[match['symbol']]}"

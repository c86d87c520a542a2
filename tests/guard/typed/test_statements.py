"""Roles, lists, places, labels, aliases, closed classes of words, equations."""

from __future__ import annotations

import pytest

from guard.typed import compare
from guard.typed.aliases import CHEMICALS, american
from guard.typed.listing import items_of

SAME = [
    ("Germany beat Brazil.", "Brazil was beaten by Germany."),
    ("X is taller than Y", "Y is shorter than X"),
    ("2, 3, 5, 7", "7, 5, 3 and 2"),
    ("- Mercury - Venus - Earth", "Earth, Mercury, Venus"),
    ("The three states are solid, liquid, and gas.", "solid, liquid, gas"),
    ('["apple", "banana"]', "banana, apple"),
    ("Spain and Portugal", "Portugal, Spain"),
    ("the FBI", "Federal Bureau of Investigation"),
    ("Elizabeth the Second", "Elizabeth II"),
    ("water", "H2O"),
    ("sodium chloride", "NaCl"),
    ("a film", "a movie"),
    ("red car", "red automobile"),
    ("colour", "color"),
    ("Bombay", "Mumbai"),
    ("Samuel Clemens", "Mark Twain"),
    ("Monday to Friday", "Mon–Fri"),
    ("2^10 = 1024", "1,024"),
    ("E = mc^2", "E=mc²"),
    ("none", "0"),
    ("Paris, France", "France, Paris"),
    ("half past nine", "9:30"),
    ("noon", "12:00 pm"),
    ("quarter to six", "5:45"),
    ("three in the afternoon", "15:00"),
    ("the fifth century BC", "5th century BCE"),
    ("XVIII century", "18th century"),
    ("nineteen forty-five", "1945"),
    ("July fourth", "the 4th of July"),
    ("Christmas Day", "December 25"),
    ("5 pounds", "£5"),
    ("5 pounds", "5 lb"),
    ("¥100", "100 yuan"),
    ("1 GB", "1024 MB"),
    ("0 °C", "273.15 K"),
    ("50 cents", "$0.50"),
    ("one dollar and fifty cents", "$1.50"),
    ("three quarters of an hour", "45 min"),
    ("one in four", "25%"),
    ("a third", "33.3%"),
    ("at most 5", "no more than 5"),
]
DIFFERENT = [
    ("Germany beat Brazil", "Brazil beat Germany"),
    ("Germany beat Brazil", "Germany was beaten by Brazil"),
    ("The Earth orbits the Sun.", "The Sun orbits the Earth."),
    ("from London to Paris", "from Paris to London"),
    ("X is taller than Y", "Y is taller than X"),
    ("France, Germany, Italy", "France, Germany"),
    ("2, 3, 5, 7", "2, 3, 5, 7, 9"),
    ("oxygen and nitrogen", "oxygen and hydrogen"),
    ("B, C", "B, C, D"),
    ("Paris, France", "Paris, Texas"),
    ("Portland, Oregon", "Portland, Maine"),
    ("Virginia", "West Virginia"),
    ("Guinea", "Guinea-Bissau"),
    ("Guinea", "Papua New Guinea"),
    ("Republic of the Congo", "Democratic Republic of the Congo"),
    ("Mexico", "Mexico City"),
    ("Samoa", "American Samoa"),
    ("Martin Luther", "Martin Luther King Jr."),
    ("vice president", "president"),
    ("vitamin C", "vitamin D"),
    ("hepatitis A", "hepatitis B"),
    ("ethanol", "methanol"),
    ("propane", "propene"),
    ("hypertension", "hypotension"),
    ("water", "CO2"),
    ("Easter Sunday", "Easter Monday"),
    ("Mr. Bennet", "Mrs. Bennet"),
    ("x = 3, y = 4", "x = 4, y = 3"),
    ("20 mA", "20 A"),
    ("0 °C", "0 K"),
    ("50 cents", "50 dollars"),
    ("up 3%", "down 3%"),
    ("HK$100", "US$100"),
]
OPEN = [
    ("Springfield, Illinois", "Springfield, Sangamon County, Illinois"),
    ("London, England", "London, United Kingdom"),
    ("France, Germany and Italy", "It was France, which beat Germany and Italy, and later Spain too, in the end."),
    ("Great Britain won", "Britain has a win"),
    ("Spain and Portugal", "Spain"),
    ("America", "American magazines"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a) == "same"


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a) == "different"


@pytest.mark.parametrize(("a", "b"), OPEN)
def test_open(a: str, b: str) -> None:
    assert compare(a, b) is compare(b, a) is None


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("red, green and blue", ("red", "green", "blue")),
        ("the colours are red and blue", ("red", "blue")),
        ("[1, 2]", ("1", "2")),
        ("1,000 people", ()),
        ("tesla, inc.", ()),
        ("m&t bank", ()),
        ("paris", ()),
        ("a " * 200 + ", b", ()),
    ],
)
def test_items_of_a_list(text: str, items: tuple[str, ...]) -> None:
    assert items_of(text) == items


SPELLINGS = [("colour", "color"), ("organise", "organize"), ("centre", "center"), ("grey", "gray"), ("our", "our")]


@pytest.mark.parametrize(("word", "plain"), SPELLINGS)
def test_one_spelling_of_english(word: str, plain: str) -> None:
    assert american(word) == plain


def test_substances_are_told_in_small_letters_without_stops() -> None:
    assert all(name == name.lower() and "." not in name for name in CHEMICALS)

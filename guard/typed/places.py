"""Countries and states, and the words before a name that make another one of it."""

from __future__ import annotations

from typing import Final

_COUNTRIES: Final = frozenset(
    "afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|bangladesh|"
    "barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|botswana|brazil|brunei|bulgaria|burundi|cambodia|cameroon|"
    "canada|chad|chile|china|colombia|comoros|congo|costa rica|croatia|cuba|cyprus|czech republic|denmark|"
    "djibouti|dominica|"
    "ecuador|egypt|el salvador|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|gabon|gambia|georgia|"
    "germany|ghana|"
    "greece|grenada|guatemala|guinea|guyana|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|"
    "jamaica|japan|jordan|kazakhstan|kenya|kiribati|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|"
    "liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico|"
    "micronesia|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nauru|nepal|"
    "netherlands|new zealand|"
    "nicaragua|niger|nigeria|north korea|north macedonia|norway|oman|pakistan|palau|panama|papua new guinea|"
    "paraguay|peru|"
    "philippines|poland|portugal|qatar|romania|russia|rwanda|samoa|san marino|saudi arabia|senegal|serbia|seychelles|"
    "sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea|south sudan|spain|sri lanka|"
    "sudan|suriname|"
    "sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|togo|tonga|tunisia|turkey|turkmenistan|tuvalu|uganda|"
    "ukraine|united arab emirates|united kingdom|united states|uruguay|uzbekistan|vanuatu|venezuela|vietnam|"
    "yemen|zambia|"
    "zimbabwe|u.s.|u.s.a.|korea|"
    "africa|asia|europe|antarctica|oceania|macedonia|ossetia|timor".split("|")
)

_PARTS: Final = {
    "united states": "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|"
    "georgia|hawaii|idaho|"
    "illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|"
    "montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|"
    "oklahoma|oregon|"
    "pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|"
    "west virginia|"
    "wisconsin|wyoming",
    "united kingdom": "england|scotland|wales|northern ireland",
    "canada": "ontario|quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick",
    "australia": "queensland|victoria|tasmania|new south wales",
    "germany": "bavaria",
}
PARTS: Final = {part: whole for whole, parts in _PARTS.items() for part in parts.split("|")} | {
    **dict.fromkeys(("usa", "us", "u.s", "u.s.a", "america"), "united states"),
    **dict.fromkeys(("uk", "u.k", "great britain", "britain"), "united kingdom"),
}  # fmt: skip
"""States, provinces and short forms to their country."""

REGIONS: Final = _COUNTRIES | PARTS.keys()
"""Countries, their greater parts, continents."""

BEFORE: Final = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern new upper lower inner outer equatorial neo sub anti non "
    "ex vice deputy assistant grand great-grand step half semi pre post pseudo proto quasi ultra trans "
    "inter intra under "
    "micro macro mini multi little lesser minor co bi papua baja nova".split()
)
"""Words before a name, or a thing, that make another one of it: West Virginia, New Mexico, vice president."""
NATIONAL: Final = {
    "american": frozenset(("samoa", "virgin")), "french": frozenset(("guiana", "polynesia")),
    "british": frozenset(("columbia", "virgin", "honduras")), "spanish": frozenset(("guinea", "sahara")),
}  # fmt: skip
"""Adjectives that make another place of some names."""
BEHIND: Final = frozenset("bissau city minor major junior canal bay gulf".split())
"""The same behind the name of a country: Guinea-Bissau, Mexico City."""
SAME_ANYWAY: Final = frozenset(
    (("north", "macedonia"), ("great", "britain"), ("new", "caledonia"), ("vice", "versa"), ("south", "pole"))
)

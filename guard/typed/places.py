"""Countries and states, and the words before a name that make another one of it."""

from __future__ import annotations

from typing import Final

REGIONS: Final = frozenset(
    "afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|bangladesh|"
    "barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|botswana|brazil|brunei|bulgaria|burundi|cambodia|cameroon|"
    "canada|chad|chile|china|colombia|comoros|congo|costa rica|croatia|cuba|cyprus|czech republic|denmark|djibouti|dominica|"
    "ecuador|egypt|el salvador|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|gabon|gambia|georgia|germany|ghana|"
    "greece|grenada|guatemala|guinea|guyana|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|"
    "jamaica|japan|jordan|kazakhstan|kenya|kiribati|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|"
    "liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico|"
    "micronesia|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nauru|nepal|netherlands|new zealand|"
    "nicaragua|niger|nigeria|north korea|north macedonia|norway|oman|pakistan|palau|panama|papua new guinea|paraguay|peru|"
    "philippines|poland|portugal|qatar|romania|russia|rwanda|samoa|san marino|saudi arabia|senegal|serbia|seychelles|"
    "sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea|south sudan|spain|sri lanka|sudan|suriname|"
    "sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|togo|tonga|tunisia|turkey|turkmenistan|tuvalu|uganda|"
    "ukraine|united arab emirates|united kingdom|united states|uruguay|uzbekistan|vanuatu|venezuela|vietnam|yemen|zambia|"
    "zimbabwe|england|scotland|wales|northern ireland|uk|usa|us|u.s.|u.s.a.|great britain|korea|virginia|west virginia|"
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|"
    "kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|"
    "nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|"
    "rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|washington|wisconsin|wyoming|ontario|quebec|"
    "british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick|queensland|victoria|tasmania|bavaria|"
    "africa|asia|europe|america|antarctica|oceania|mongolia|macedonia|ossetia|timor".split("|")
)

BEFORE: Final = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern new upper lower inner outer equatorial sub-saharan central neo sub anti non "
    "ex vice deputy assistant grand great-grand step half semi pre post pseudo proto quasi ultra trans inter intra under "
    "micro macro mini multi little lesser minor co bi papua american french british baja nova".split()
) - {"central"}
"""Words before a name, or a thing, that make another one of it: West Virginia, New Mexico, vice president."""
BEHIND: Final = frozenset("bissau city minor major junior canal bay gulf herzegovina".split())
"""The same behind the name of a country: Guinea-Bissau, Mexico City."""
SAME_ANYWAY: Final = frozenset(
    (("north", "macedonia"), ("great", "britain"), ("new", "caledonia"), ("vice", "versa"), ("south", "pole"))
)

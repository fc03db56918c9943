"""Read countries and places as people write them: ``KEN``, ``Republic of Korea``, ``Abidjan, Côte d’Ivoire``.

A country has many names: those of CLDR (``generated_names``), the short and formal names of the United Nations, and
older or shorter ones in English, French and Spanish (``_OTHER_NAMES``). Names are compared by their words in any order,
because tables write ``Korea, Republic of``. A name that several countries share gives all of them: the caller asks.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from wavectl.i18n import UI_LANGUAGES, generated_names
from wavectl.text.suggest import normalize_name

_OTHER_NAMES = {
    # code: names that CLDR does not have for it, in English, French and Spanish
    "AE": "UAE, EAU, Emirates, Émirats, Emiratos",
    "BA": "Bosnia, Bosnie",
    "BF": "Burkina",
    "BN": "Brunei Darussalam",
    "BQ": "Bonaire, Bonaire Sint Eustatius and Saba, Bonaire Saint-Eustache et Saba, Bonaire San Eustaquio y Saba",
    "BY": "Byelorussia",
    "CC": "Keeling Islands",
    "CD": "DR Congo, DRC, RD Congo, RDC, Democratic Congo, Congo DRC, Congo RDC, Zaire",
    "CF": "CAR, RCA, Centrafrique",
    "CG": "Congo-Brazza",
    "CH": "Swiss Confederation, Confederación Suiza",
    "CI": "Ivory Coast, Cote Divoire, RCI",
    "CN": "PRC, RPC, PR China, Mainland China, People's Republic of China, République populaire de Chine, "
    "República Popular China",
    "CZ": "Czech Republic, Czech, République tchèque, República Checa",
    "FK": "Falklands, Malvinas, Malouines, Falkland Islands Malvinas",
    "FM": "Federated States of Micronesia, États fédérés de Micronésie, Estados Federados de Micronesia",
    "FR": "French Republic, République française, República Francesa",
    "GB": "UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Grande-Bretagne, Angleterre, "
    "Écosse, Pays de Galles, Irlande du Nord, Gran Bretaña, Inglaterra, Escocia, Gales, Irlanda del Norte, "
    "United Kingdom of Great Britain and Northern Ireland, Royaume-Uni de Grande-Bretagne et d’Irlande du Nord, "
    "Reino Unido de Gran Bretaña e Irlanda del Norte",
    "GN": "Guinea-Conakry, Guinée-Conakry, Guinea Conakri, Republic of Guinea, République de Guinée",
    "HK": "Hong Kong, Hong Kong China, Hongkong",
    "IE": "Eire",
    "KG": "Kyrgyz Republic, Kirghizie",
    "KP": "DPRK, RPDC, Democratic People's Republic of Korea, République populaire démocratique de Corée, "
    "República Popular Democrática de Corea",
    "KR": "ROK, Republic of Korea, République de Corée, República de Corea",
    "KY": "Îles Caïmanes",
    "KZ": "Kazajstán",
    "LA": "Lao, Lao PDR, Lao People's Democratic Republic, RDP lao",
    "MF": "Saint Martin French part, Saint-Martin partie française, San Martín parte francesa",
    "MK": "Macedonia, Macédoine, FYR Macedonia, FYROM, ARYM, Former Yugoslav Republic of Macedonia",
    "MM": "Burma, Birmanie, Birmania",
    "MO": "Macao, Macau, Macao China, Macau China",
    "MX": "United Mexican States, États-Unis du Mexique, Estados Unidos Mexicanos, Méjico",
    "NL": "Holland, Hollande, Holanda",
    "NZ": "Aotearoa, Aotearoa New Zealand",
    "PN": "Pitcairn",
    "PS": "Palestine, Palestina, Palestinian Territory, Palestinian Authority, Occupied Palestinian Territory, "
    "Territoire palestinien occupé, Territorio Palestino Ocupado, West Bank and Gaza",
    "RU": "Russian Federation, Federación de Rusia",
    "SA": "KSA",
    "SK": "Slovak Republic, République slovaque, República Eslovaca",
    "ST": "São Tomé",
    "SX": "Saint Maarten, Sint Maarten Dutch part, San Martín parte neerlandesa",
    "SY": "Syrian Arab Republic, République arabe syrienne",
    "SZ": "Swaziland, Souaziland, Suazilandia, Swazilandia",
    "TL": "East Timor",
    "TR": "Turkey",
    "TT": "Trinité-et-Tobago, Trinidad y Tabago",
    "TW": "Taiwan Province of China, Taïwan province de Chine, Taiwán provincia de China, Chinese Taipei, "
    "Republic of China, République de Chine",
    "UM": "United States Minor Outlying Islands",
    "US": "US, USA, EUA, EEUU, EE UU, United States of America, États-Unis d’Amérique, Estados Unidos de América",
    "VA": "Vatican, Vaticano, Holy See, Saint-Siège, Santa Sede",
    "VE": "Venezuela RB",
    "VI": "United States Virgin Islands",
    "ZA": "RSA, Suráfrica, África del Sur",
}
_SHARED_NAMES = {
    # a name of several countries: their codes
    "Congo": ("CG", "CD"),
    "Corea": ("KR", "KP"),
    "Corée": ("KR", "KP"),
    "Guinea": ("GN", "GQ", "GW", "PG"),
    "Guinée": ("GN", "GQ", "GW", "PG"),
    "Guyane": ("GF", "GY"),
    "Guayana": ("GF", "GY"),
    "Guiana": ("GF", "GY"),
    "Korea": ("KR", "KP"),
    "Virgin Islands": ("VG", "VI"),
    "Îles Vierges": ("VG", "VI"),
    "Islas Vírgenes": ("VG", "VI"),
}
_COUNTRIES_OR_STATES = {"georgia": ("GE", "US"), "georgie": ("GE", "US")}
"""Countries that a part of another one is called like; after the name of a town it may be either."""

_SAME_WORDS = {
    # a word: the same in other languages, short or plural
    "republic": "rep republique republica",
    "democratic": "dem democratique democratica",
    "people": "peoples populaire popular",
    "saint": "st ste sainte san santa santo sao",
    "island": "isl is islands isle isles ile iles isla islas",
}
_FIRST_OF_SAME_WORDS = {word: first for first, words in _SAME_WORDS.items() for word in words.split()}
_FILL_WORDS = "the of and de du des del d la le les l el los las y e et s"
_FORM_WORDS = (
    "republic democratic people federal federale federative federativa islamic islamique islamica arab arabe kingdom "
    "royaume reino state etat estado commonwealth principality principaute principado sultanate sultanat sultanato "
    "united unie unida socialist socialiste socialista plurinational plurinacional bolivarian bolivarienne bolivariana "
    "independent independant independiente sovereign hashemite hachemite grand gran duchy duche ducado federation "
    "confederation cooperative oriental sar ras rae special speciale especial administrative administrativa region fed "
    "sts island"
)
"""Words for the form of a country, which formal names add: Plurinational State of Bolivia."""


def country_key(name: str) -> str:
    """Return what names of one country have in common: their words in alphabetical order, without articles."""
    words = normalize_name(re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", name)).split("-")  # U.S.A. is one word
    return " ".join(sorted(_FIRST_OF_SAME_WORDS.get(word, word) for word in words if word not in _FILL_WORDS.split()))


@lru_cache(maxsize=1)
def codes_by_country_name() -> Mapping[str, str]:
    """Return the codes of countries by all of their names; of names with the same letters only the first."""
    names = [(name, code) for table in generated_names.COUNTRIES.values() for code, name in table.items()]
    names += [(name, code) for code, others in generated_names.REGIONAL_NAMES.items() for name in others]
    names += [(name, code) for code, others in _OTHER_NAMES.items() for name in others.split(", ")]
    codes = frozenset(generated_names.ALPHA_3.values())
    first = {normalize_name(name): (name, code) for name, code in reversed(names) if code in codes}
    return dict(reversed(first.values()))


@lru_cache(maxsize=1)
def _codes_by_key() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of countries by the keys of their names; several codes for a name that countries share."""
    own = {country_key(name): (code,) for name, code in codes_by_country_name().items()}
    return own | {country_key(name): codes for name, codes in _SHARED_NAMES.items()}


@lru_cache(maxsize=1024)
def find_countries(text: str) -> tuple[str, ...]:
    """Return the two-letter code of the country that a name or code means; several if countries share the name.

    Names are read in English, French and Spanish, codes of two or three letters in any case. An unknown name gives ().
    """
    code = text.strip().upper()
    if code in generated_names.COUNTRIES["en"] and code in generated_names.ALPHA_3.values():
        return (code,)
    return (generated_names.ALPHA_3[code],) if code in generated_names.ALPHA_3 else _find_by_name(text)


def _find_by_name(text: str) -> tuple[str, ...]:
    key, codes = country_key(text), _codes_by_key()
    if key in codes:
        return codes[key]
    short = codes.get(" ".join(word for word in key.split() if word not in _FORM_WORDS.split()), ())
    return short if len(short) == 1 else ()


def matching_country_name(code: str, text: str) -> str:
    """Return the name of a country in the language in which ``text`` resembles it most, else ``text``."""
    words = set(country_key(text).split())
    names = [generated_names.COUNTRIES[language][code] for language in UI_LANGUAGES]
    shared = [len(words.intersection(country_key(name).split())) for name in names]
    return names[shared.index(max(shared))] if any(shared) else text.strip()


class WrittenPlace(NamedTuple):
    """A place as people write it: the name of the town or the house, "" if none, and what follows it.

    ``countries`` are the codes of the country, several if countries share its name.
    """

    name: str
    countries: tuple[str, ...] = ()
    online: bool = False
    worldwide: bool = False


_PLACE_WORDS = {
    word: kind
    for kind, words in {
        "online": "online on-line en-ligne en-linea virtual virtuel virtuelle virtually remote remotely a-distance "
        "distanciel en-distanciel a-distancia visioconference en-visioconference visio en-visio videoconference "
        "videoconferencia por-videoconferencia webinar webinaire webinario zoom ms-teams microsoft-teams "
        "google-meet teams web internet livestream online-event evenement-en-ligne evento-en-linea hybrid hybride "
        "hibrido hibrida",
        "worldwide": "worldwide world-wide world global globally everywhere around-the-world all-over-the-world "
        "mondial mondiale monde le-monde monde-entier le-monde-entier dans-le-monde-entier partout "
        "partout-dans-le-monde mundial mundo el-mundo todo-el-mundo en-todo-el-mundo a-nivel-mundial international "
        "internacional",
        "nothing": "tbc tbd tba na n-a none unknown to-be-confirmed to-be-decided to-be-determined to-be-announced "
        "to-be-defined not-known a-confirmer a-definir a-determiner a-preciser a-venir inconnu inconnue non-defini "
        "lieu-a-confirmer por-confirmar por-definir por-determinar por-decidir a-determinar a-confirmar desconocido "
        "desconocida sin-definir lugar-por-confirmar venue-tbc venue-tbd tbw nc n-c nd n-d aucun aucune ninguno "
        "ninguna non-communique non-communiquee",
    }.items()
    for word in words.split()
}
"""Words that are no town, in English, French and Spanish."""
_PLACE_SEPARATOR = re.compile(r"\s*[,;/|(]\s*|\s+[-–—+&]\s+|\s+(?P<word>and|et|y)\s+")
_MAX_PLACE_LENGTH = 200
"""Longer texts are descriptions, and are not taken apart."""


def place_word(text: str) -> str:
    """Return what a word in the place of a town means: ``online``, ``worldwide`` or ``nothing``; "" for others."""
    return _PLACE_WORDS.get(normalize_name(text), "") if re.search(r"\w", text) else "nothing"


def read_place(text: str) -> WrittenPlace:
    """Return the parts of a place in words: Abidjan, Ivory Coast; Nairobi (Kenya) and online; worldwide; "?".

    The lines of an address are joined with commas.
    """
    lines = (" ".join(line.split()).rstrip(" ,;") for line in text.splitlines())
    place = WrittenPlace(", ".join(filter(None, lines)))
    while 0 < len(place.name) <= _MAX_PLACE_LENGTH:
        for town, tail, after_word in _tails(place.name):
            kind = place_word(tail)
            codes = () if kind or place.countries or after_word else _find_after_town(town, tail)
            if kind or codes:
                online, worldwide = place.online or kind == "online", place.worldwide or kind == "worldwide"
                place = WrittenPlace(town, codes or place.countries, online, worldwide)
                break
        else:
            break
    return place


def _tails(text: str) -> list[tuple[str, str, bool]]:
    """Return what is before and after each separator, the longest tail first, and whether the separator is a word."""
    tails = []
    for match in _PLACE_SEPARATOR.finditer(text):
        tail = text[match.end() :]
        tails.append((text[: match.start()], tail.removesuffix(")") if "(" in match[0] else tail, bool(match["word"])))
    if any(len(_find_by_name(tail)) > 1 for _, tail, _ in tails):
        return tails  # the whole of "Kinshasa, Congo" is a name of its country, too
    return [("", text, False), *tails]


def _find_after_town(town: str, text: str) -> tuple[str, ...]:
    """Return the codes of a country in words; codes of two letters are not read, they may be states: Portland, ME."""
    if not town:
        return _find_by_name(text)
    if text in generated_names.ALPHA_3:
        return (generated_names.ALPHA_3[text],)
    codes = _COUNTRIES_OR_STATES.get(normalize_name(text)) or _find_by_name(text)
    with_town = _find_by_name(f"{town} {text}") if len(codes) > 1 else ()
    return with_town if len(with_town) == 1 else codes

"""Names of countries as people write them, and places in words."""

from __future__ import annotations

import pytest

from wavectl.i18n import UI_LANGUAGES, generated_names
from wavectl.i18n.country_names import WrittenPlace, find_countries, read_place
from wavectl.i18n.names import country_name
from wavectl.model.types import COUNTRIES

GUINEAS = ("GN", "GQ", "GW", "PG")
NAMES = {
    "CD": "DR Congo|DRC|RDC|R.D. Congo|Congo, Democratic Republic of the|Congo, Dem. Rep.|Congo (RDC)|Congo-Kinshasa|"
    "République Démocratique du Congo|Rép. dém. du Congo|República Democrática del Congo",
    "CG": "Republic of the Congo|Congo, Rep.|République du Congo|Congo-Brazzaville|Congo (Republic of)",
    "CI": "Ivory Coast|COTE D'IVOIRE|Côte d’Ivoire|Costa de Marfil",
    "CZ": "Czech Republic|Czechia|République tchèque|República Checa|Chequia",
    "GB": "UK|U.K.|uk|GBR|Great Britain|England|Royaume-Uni|Écosse|Reino Unido|Inglaterra|"
    "United Kingdom of Great Britain and Northern Ireland",
    "HK": "Hong Kong|HKG|Hong Kong, China|China, Hong Kong SAR|Hong Kong Special Administrative Region",
    "IR": "Iran (Islamic Republic of)|Iran, Islamic Rep.|Islamic Republic of Iran|Iran (République islamique d')|"
    "Irán (República Islámica del)",
    "KE": "KEN|ken|ke|Kenya|Republic of Kenya|Kenia| Kenya ",
    "KP": "North Korea|DPRK|Democratic People's Republic of Korea|Korea, Dem. People's Rep.|Corea del Norte|"
    "République populaire démocratique de Corée",
    "KR": "Republic of Korea|Korea, Republic of|Korea (Republic of)|South Korea|Korea, South|République de Corée|"
    "República de Corea",
    "LA": "Lao PDR|Lao People's Democratic Republic|République démocratique populaire lao",
    "MK": "Macedonia|The former Yugoslav Republic of Macedonia|North Macedonia|Macédoine du Nord",
    "MM": "Burma|Myanmar|Myanmar/Burma|Birmanie|Myanmar (Birmania)",
    "PS": "Palestine|State of Palestine|Occupied Palestinian Territory|Palestina|Territoires palestiniens",
    "RU": "Russian Federation|Fédération de Russie|Federación de Rusia",
    "SZ": "Swaziland|Eswatini|Suazilandia",
    "TR": "Turkey|Türkiye|Turkiye|Turquie",
    "TW": "Taiwan|Taiwan, Province of China|Republic of China",
    "TZ": "Tanzania, United Republic of|United Republic of Tanzania|République-Unie de Tanzanie",
    "US": "USA|U.S.A.|U.S.|United States of America|États-Unis|Etats-Unis d'Amérique|EE. UU.|EE.UU.|EEUU",
    "VA": "Holy See|Saint-Siège|Santa Sede|Vatican City",
    "VN": "Viet Nam|Vietnam|Viêt Nam",
}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in NAMES.items() for name in names.split("|")])
def test_a_country_is_found_by_any_usual_name(code: str, name: str) -> None:
    assert find_countries(name) == (code,)


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_every_country_is_found_by_its_codes_and_its_names_in_cldr(language: str) -> None:
    for code in COUNTRIES:
        assert find_countries(country_name(code, language)) == (GUINEAS if code == "GN" else (code,))
    for alpha3, code in generated_names.ALPHA_3.items():
        assert find_countries(alpha3) == find_countries(code) == (code,)
    assert len(COUNTRIES) == 249


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Korea", ("KR", "KP")),
        ("Corée", ("KR", "KP")),
        ("corea", ("KR", "KP")),
        ("Congo", ("CG", "CD")),
        ("Guinea", GUINEAS),
        ("Guinée", GUINEAS),
        ("Virgin Islands", ("VG", "VI")),
        ("Guyane", ("GF", "GY")),
        ("Republic", ()),
        ("Islands", ()),
        ("Nowhere", ()),
        ("", ()),
    ],
)
def test_a_name_that_countries_share_gives_all_of_them(name: str, codes: tuple[str, ...]) -> None:
    assert find_countries(name) == codes


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nairobi", WrittenPlace("Nairobi")),
        ("Abidjan, Ivory Coast", WrittenPlace("Abidjan", ("CI",))),
        ("Abidjan (Côte d’Ivoire)", WrittenPlace("Abidjan", ("CI",))),
        ("Nairobi, KEN", WrittenPlace("Nairobi", ("KE",))),
        ("London, UK", WrittenPlace("London", ("GB",))),
        ("Foz do Iguaçu – Brasil", WrittenPlace("Foz do Iguaçu", ("BR",))),
        ("Palais des Nations, Genève, Suisse", WrittenPlace("Palais des Nations, Genève", ("CH",))),
        ("Sarajevo, Bosnia and Herzegovina", WrittenPlace("Sarajevo", ("BA",))),
        ("Seoul, Korea, Republic of", WrittenPlace("Seoul", ("KR",))),
        ("Hong Kong, China", WrittenPlace("", ("HK",))),
        ("Mexico, Mexico", WrittenPlace("Mexico", ("MX",))),
        ("Mexique", WrittenPlace("", ("MX",))),
        ("Kinshasa, Congo", WrittenPlace("Kinshasa", ("CD",))),
        ("Pointe-Noire, Congo", WrittenPlace("Pointe-Noire", ("CG", "CD"))),
        ("Atlanta, Georgia", WrittenPlace("Atlanta", ("GE", "US"))),
        ("Atlanta, GA", WrittenPlace("Atlanta, GA")),
        ("Portland, ME", WrittenPlace("Portland, ME")),
        ("Washington, D.C.", WrittenPlace("Washington, D.C.")),
        ("Paris, Texas", WrittenPlace("Paris, Texas")),
        ("London and Jersey", WrittenPlace("London and Jersey")),
        ("Salle 3 (rez-de-chaussée)", WrittenPlace("Salle 3 (rez-de-chaussée)")),
        ("online", WrittenPlace("", online=True)),
        ("En ligne", WrittenPlace("", online=True)),
        ("en línea", WrittenPlace("", online=True)),
        ("virtual", WrittenPlace("", online=True)),
        ("Online (Zoom)", WrittenPlace("", online=True)),
        ("Nairobi, Kenya and online", WrittenPlace("Nairobi", ("KE",), online=True)),
        ("Barcelone et en ligne", WrittenPlace("Barcelone", online=True)),
        ("Lima, Perú; en línea", WrittenPlace("Lima", ("PE",), online=True)),
        ("worldwide", WrittenPlace("", worldwide=True)),
        ("Mondial", WrittenPlace("", worldwide=True)),
        ("en todo el mundo", WrittenPlace("", worldwide=True)),
        ("partout dans le monde", WrittenPlace("", worldwide=True)),
        ("?", WrittenPlace("")),
        ("—", WrittenPlace("")),
        ("TBC", WrittenPlace("")),
        ("à confirmer", WrittenPlace("")),
        ("por definir", WrittenPlace("")),
        ("Genève (?)", WrittenPlace("Genève")),
        ("Kenya " * 100, WrittenPlace(("Kenya " * 100).strip())),
    ],
)
def test_a_place_in_words_is_taken_apart(text: str, place: WrittenPlace) -> None:
    assert read_place(text) == place

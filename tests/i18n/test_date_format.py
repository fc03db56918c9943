"""Dates in words, in the languages of the user interface and in others."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.dates.edtf import DateError, When, parse
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date, format_weekdays
from wavectl.i18n.names import is_known_language

CONTRACT = [
    ("2017-11-02/2017-11-03", "2–3 novembre 2017", "2–3 November 2017", "2–3 de noviembre de 2017"),
    (
        "2017-09-30/2017-10-01",
        "du 30 septembre au 1er octobre 2017",
        "30 September – 1 October 2017",
        "del 30 de septiembre al 1 de octubre de 2017",
    ),
    ("2018-02/2018-07", "de février à juillet 2018", "February to July 2018", "de febrero a julio de 2018"),
    ("2017-09-14/2017-09-17", "14–17 septembre 2017", "14–17 September 2017", "14–17 de septiembre de 2017"),
]
"""Documented patterns."""

OURS = [
    ("2017-11-02", "2 novembre 2017", "2 November 2017", "2 de noviembre de 2017"),
    ("2018-01-01", "1er janvier 2018", "1 January 2018", "1 de enero de 2018"),
    ("2018-04-01/2018-04-01", "1er avril 2018", "1 April 2018", "1 de abril de 2018"),
    ("2018-05-01/2018-05-03", "du 1er au 3 mai 2018", "1–3 May 2018", "del 1 al 3 de mayo de 2018"),
    (
        "2017-12-30/2018-01-02",
        "du 30 décembre 2017 au 2 janvier 2018",
        "30 December 2017 – 2 January 2018",
        "del 30 de diciembre de 2017 al 2 de enero de 2018",
    ),
    ("2018-03", "mars 2018", "March 2018", "marzo de 2018"),
    ("2018-04/2018-04", "avril 2018", "April 2018", "abril de 2018"),
    ("2018-08/2018-10", "d'août à octobre 2018", "August to October 2018", "de agosto a octubre de 2018"),
    ("2018-04/2018-08", "d'avril à août 2018", "April to August 2018", "de abril a agosto de 2018"),
    (
        "2017-10/2018-02",
        "d'octobre 2017 à février 2018",
        "October 2017 to February 2018",
        "de octubre de 2017 a febrero de 2018",
    ),
    ("2018", "2018", "2018", "2018"),
    ("2018/2020", "2018–2020", "2018–2020", "2018–2020"),
    ("2018/2018", "2018", "2018", "2018"),
    ("2018-21", "printemps 2018", "spring 2018", "primavera de 2018"),
    ("2018-22", "été 2018", "summer 2018", "verano de 2018"),
    ("2018-23", "automne 2018", "autumn 2018", "otoño de 2018"),
    ("2018-24", "hiver 2018–2019", "winter 2018–2019", "invierno de 2018–2019"),
    ("2018-26", "été boréal 2018", "northern summer 2018", "verano boreal de 2018"),
    ("2018-29", "printemps austral 2018", "southern spring 2018", "primavera austral de 2018"),
    ("2018-30", "été austral 2018–2019", "southern summer 2018–2019", "verano austral de 2018–2019"),
    ("2018-32", "hiver austral 2018", "southern winter 2018", "invierno austral de 2018"),
    ("2018-31~", "vers l'automne austral 2018", "around southern autumn 2018", "hacia el otoño austral de 2018"),
    ("2018-37", "1er quadrimestre 2018", "first four-month period of 2018", "primer cuatrimestre de 2018"),
    ("2018-39", "3e quadrimestre 2018", "third four-month period of 2018", "tercer cuatrimestre de 2018"),
    ("../2018-07-17", "jusqu'au 17 juillet 2018", "until 17 July 2018", "hasta el 17 de julio de 2018"),
    ("../2018-07-01?", "jusqu'au 1er juillet 2018 (?)", "until 1 July 2018 (?)", "hasta el 1 de julio de 2018 (?)"),
    ("../2018-08", "jusqu'en août 2018", "until August 2018", "hasta agosto de 2018"),
    ("../2018", "jusqu'en 2018", "until 2018", "hasta 2018"),
    ("../2018-22", "jusqu'à l'été 2018", "until summer 2018", "hasta el verano de 2018"),
    (
        "../2018-33",
        "jusqu'au 1er trimestre 2018",
        "until the first quarter of 2018",
        "hasta el primer trimestre de 2018",
    ),
    ("[2018-05-12,2018-05-14]", "12 ou 14 mai 2018", "12 or 14 May 2018", "12 o 14 de mayo de 2018"),
    ("[2018-05-12,2018-06-03]", "12 mai ou 3 juin 2018", "12 May or 3 June 2018", "12 de mayo o 3 de junio de 2018"),
    ("[2027-06-12..2027-06-13]", "12 ou 13 juin 2027", "12 or 13 June 2027", "12 o 13 de junio de 2027"),
    ("[2018-05-31..2018-06-01]", "31 mai ou 1er juin 2018", "31 May or 1 June 2018", "31 de mayo o 1 de junio de 2018"),
    (
        "[2027-06-12..2027-06-14]",
        "entre le 12 et le 14 juin 2027",
        "between 12 and 14 June 2027",
        "entre el 12 y el 14 de junio de 2027",
    ),
    ("[2018-05-10,2018-05-11]", "10 ou 11 mai 2018", "10 or 11 May 2018", "10 u 11 de mayo de 2018"),
    (
        "[2018-12-30,2018-12-31,2019-01-08]",
        "30, 31 décembre 2018 ou 8 janvier 2019",
        "30, 31 December 2018 or 8 January 2019",
        "30, 31 de diciembre de 2018 u 8 de enero de 2019",
    ),
    ("2018-33", "1er trimestre 2018", "first quarter of 2018", "primer trimestre de 2018"),
    ("2018-34", "2e trimestre 2018", "second quarter of 2018", "segundo trimestre de 2018"),
    ("2018-35", "3e trimestre 2018", "third quarter of 2018", "tercer trimestre de 2018"),
    ("2018-36", "4e trimestre 2018", "fourth quarter of 2018", "cuarto trimestre de 2018"),
    ("2018-40", "1er semestre 2018", "first half of 2018", "primer semestre de 2018"),
    ("2018-41", "2e semestre 2018", "second half of 2018", "segundo semestre de 2018"),
    ("2018-07-XX", "juillet 2018", "July 2018", "julio de 2018"),
    ("2018-XX", "2018", "2018", "2018"),
    (
        "[2018-07-05..2018-07-20]",
        "entre le 5 et le 20 juillet 2018",
        "between 5 and 20 July 2018",
        "entre el 5 y el 20 de julio de 2018",
    ),
    (
        "[2018-08-01..2018-08-20]",
        "entre le 1er et le 20 août 2018",
        "between 1 and 20 August 2018",
        "entre el 1 y el 20 de agosto de 2018",
    ),
    (
        "[2018-06-30..2018-07-05]",
        "entre le 30 juin et le 5 juillet 2018",
        "between 30 June and 5 July 2018",
        "entre el 30 de junio y el 5 de julio de 2018",
    ),
    (
        "[2017-12-30..2018-01-05]",
        "entre le 30 décembre 2017 et le 5 janvier 2018",
        "between 30 December 2017 and 5 January 2018",
        "entre el 30 de diciembre de 2017 y el 5 de enero de 2018",
    ),
    (
        "[2018-01..2018-06]",
        "entre janvier et juin 2018",
        "between January and June 2018",
        "entre enero y junio de 2018",
    ),
    (
        "[2017-11..2018-02]",
        "entre novembre 2017 et février 2018",
        "between November 2017 and February 2018",
        "entre noviembre de 2017 y febrero de 2018",
    ),
    (
        "[2018-21..2018-23]",
        "entre le printemps et l'automne 2018",
        "between spring and autumn 2018",
        "entre la primavera y el otoño de 2018",
    ),
    ("[2018..2020]", "entre 2018 et 2020", "between 2018 and 2020", "entre 2018 y 2020"),
    ("2018-07-05/..", "à partir du 5 juillet 2018", "from 5 July 2018", "a partir del 5 de julio de 2018"),
    ("2018-08/", "à partir d'août 2018", "from August 2018", "a partir de agosto de 2018"),
    ("2018/..", "à partir de 2018", "from 2018", "a partir de 2018"),
    ("2018-22/..", "à partir de l'été 2018", "from summer 2018", "a partir del verano de 2018"),
    (
        "2018-33/..",
        "à partir du 1er trimestre 2018",
        "from the first quarter of 2018",
        "a partir del primer trimestre de 2018",
    ),
    ("2018-10?", "octobre 2018 (?)", "October 2018 (?)", "octubre de 2018 (?)"),
    ("2018-10~", "vers octobre 2018", "around October 2018", "hacia octubre de 2018"),
    ("2018-10%", "vers octobre 2018 (?)", "around October 2018 (?)", "hacia octubre de 2018 (?)"),
    ("2018-10-05~", "vers le 5 octobre 2018", "around 5 October 2018", "hacia el 5 de octubre de 2018"),
    ("2018-21~", "vers le printemps 2018", "around spring 2018", "hacia la primavera de 2018"),
    ("2018-41~", "vers le 2e semestre 2018", "around the second half of 2018", "hacia el segundo semestre de 2018"),
    (
        "2018-02~/2018-07",
        "de février à juillet 2018, environ",
        "February to July 2018, approximately",
        "de febrero a julio de 2018, aproximadamente",
    ),
    (
        "2018-02/2018-07?",
        "de février à juillet 2018 (?)",
        "February to July 2018 (?)",
        "de febrero a julio de 2018 (?)",
    ),
    (
        "2018-07-05%/..",
        "à partir du 5 juillet 2018, environ (?)",
        "from 5 July 2018, approximately (?)",
        "a partir del 5 de julio de 2018, aproximadamente (?)",
    ),
    ("2017-11-08T15:00", "8 novembre 2017 à 15 h", "8 November 2017, 15:00", "8 de noviembre de 2017 a las 15:00 h"),
    (
        "2017-11-08T15:00/2017-11-08T16:30",
        "8 novembre 2017, 15 h – 16 h 30",
        "8 November 2017, 15:00–16:30",
        "8 de noviembre de 2017, 15:00–16:30 h",
    ),
    (
        "2017-11-08T22:00/2017-11-09T01:00",
        "du 8 novembre 2017 à 22 h au 9 à 1 h",
        "8 November 2017, 22:00 – 9 November 2017, 01:00",
        "del 8 de noviembre de 2017 a las 22:00 h al 9 a la 01:00 h",
    ),
    (
        "2017-11-08T15:00?/..",
        "à partir du 8 novembre 2017 à 15 h (?)",
        "from 8 November 2017, 15:00 (?)",
        "a partir del 8 de noviembre de 2017 a las 15:00 h (?)",
    ),
    (
        "2017-11-08T15:00Z",
        "8 novembre 2017 à 15 h UTC",
        "8 November 2017, 15:00 UTC",
        "8 de noviembre de 2017 a las 15:00 h UTC",
    ),
    (
        "2017-11-02/2017-12",
        "du 2 novembre 2017 à décembre 2017",
        "2 November 2017 – December 2017",
        "del 2 de noviembre de 2017 a diciembre de 2017",
    ),
    ("2018-21/2018-22", "du printemps à l'été 2018", "spring to summer 2018", "de la primavera al verano de 2018"),
    (
        "2018-33/2018-34",
        "du 1er au 2e trimestre 2018",
        "first to second quarter of 2018",
        "del primer al segundo trimestre de 2018",
    ),
    (
        "2018-33/2019-34",
        "du 1er trimestre 2018 au 2e trimestre 2019",
        "first quarter of 2018 to second quarter of 2019",
        "del primer trimestre de 2018 al segundo trimestre de 2019",
    ),
    (
        "2018-37/2018-41",
        "du 1er quadrimestre 2018 au 2e semestre 2018",
        "first four-month period of 2018 to second half of 2018",
        "del primer cuatrimestre de 2018 al segundo semestre de 2018",
    ),
    (
        "2018-23/2018-24",
        "de l'automne 2018 à l'hiver 2018–2019",
        "autumn 2018 to winter 2018–2019",
        "del otoño de 2018 al invierno de 2018–2019",
    ),
    ("2018-08-01/2018-08-31", "du 1er au 31 août 2018", "1–31 August 2018", "del 1 al 31 de agosto de 2018"),
    (
        "2017-11-30T22:00/2017-12-01T02:30",
        "du 30 novembre 2017 à 22 h au 1er décembre à 2 h 30",
        "30 November 2017, 22:00 – 1 December 2017, 02:30",
        "del 30 de noviembre de 2017 a las 22:00 h al 1 de diciembre a las 02:30 h",
    ),
    (
        "2017-12-31T22:00/2018-01-01T02:00",
        "du 31 décembre 2017 à 22 h au 1er janvier 2018 à 2 h",
        "31 December 2017, 22:00 – 1 January 2018, 02:00",
        "del 31 de diciembre de 2017 a las 22:00 h al 1 de enero de 2018 a las 02:00 h",
    ),
    (
        "2017-11-08T15:00Z/2017-11-08T16:30+01:00",
        "8 novembre 2017, 15 h UTC – 16 h 30 UTC+01:00",
        "8 November 2017, 15:00 UTC – 16:30 UTC+01:00",
        "8 de noviembre de 2017, 15:00 h UTC – 16:30 h UTC+01:00",
    ),
    (
        "../2018-07-17T18:00",
        "jusqu'au 17 juillet 2018 à 18 h",
        "until 17 July 2018, 18:00",
        "hasta el 17 de julio de 2018 a las 18:00 h",
    ),
]


@pytest.mark.parametrize("language", ["fr", "en", "es"])
@pytest.mark.parametrize("row", CONTRACT + OURS, ids=lambda row: row[0])
def test_a_date_in_our_languages(row: tuple[str, str, str, str], language: str) -> None:
    text = format_date(parse(row[0]), language)
    assert text == row[1 + ("fr", "en", "es").index(language)]
    assert format_date(parse(row[0]), f"{language}-CA") == text or language != "fr"


def test_all_months_in_full() -> None:
    texts = [
        " ".join(format_date(parse(f"2018-{n:02}"), lang)[:-5] for n in range(1, 13)) for lang in ("fr", "en", "es")
    ]
    assert texts == [
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "January February March April May June July August September October November December",
        "enero de febrero de marzo de abril de mayo de junio de julio de agosto de septiembre de octubre "
        "de noviembre de diciembre de",
    ]


@pytest.mark.parametrize("language", ["fr", "en", "es", "de"])
def test_an_unknown_date_is_the_phrase_of_the_language(language: str) -> None:
    assert format_date(parse("unknown"), language) == translator(language)("date to be confirmed")


@pytest.mark.parametrize(
    ("when", "german"),
    [
        ("2018-03", "März 2018"),
        ("2018", "2018"),
        ("2018/2020", "2018–2020"),
        ("2018-02/2018-07", "Februar–Juli 2018"),
        ("2018-21", "März–Mai 2018"),
        ("2018-24", "Dezember 2018 – Februar 2019"),
        ("[2018-06-30..2018-07-05]", "Juni–Juli 2018"),
        ("[2018-07-05..2018-07-20]", "Juli 2018"),
        ("[2018..2020]", "2018–2020"),
        ("2018-10%", "~ Oktober 2018 (?)"),
        ("2018-07/..", "Juli 2018 – …"),
        ("../2018-07", "… – Juli 2018"),
        ("2018-29", "September–November 2018"),
        ("[2018-05-12,2018-06-03]", "12. Mai 2018 oder 3. Juni 2018"),
        ("[2018-05-12..2018-05-13]", "12. Mai 2018 oder 13. Mai 2018"),
    ],
)
def test_other_languages_take_the_patterns_of_babel(when: str, german: str) -> None:
    assert format_date(parse(when), "de") == german


@pytest.mark.parametrize(
    ("when", "parts"), [("2017-11-02/2017-11-03", "2.–3. Nov"), ("2017-11-08T15:00/2017-11-08T16:30", ", 15:00–16:30")]
)
def test_days_and_times_in_german(when: str, parts: str) -> None:
    assert parts in format_date(parse(when), "de")


def test_what_is_a_language() -> None:
    assert [is_known_language(tag) for tag in ("fr", "pt-BR", "zh-Hant-TW", "xx", "nonsense", "fr-")] == [True] * 3 + [
        False
    ] * 3


# -- every date, in every language

OUR = ("fr", "en", "es")
LANGUAGES = (*OUR, "de", "pt-BR", "ca", "eu", "ru", "ar", "he", "fa", "hi", "ko", "ja", "zh-Hant", "th", "sw")
DAYS = st.dates().filter(lambda day: 1583 <= day.year <= 9998)
POINTS = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"{day}T{day.day % 24:02}:{day.month:02}"),
    DAYS.map(lambda day: f"{day}T{day.day % 24:02}:{day.month:02}Z"),
    DAYS.map(lambda day: str(day)[:7]),
    DAYS.map(lambda day: str(day)[:4]),
    DAYS.map(lambda day: f"{str(day)[:7]}-XX"),
    st.builds("{:04}-{}".format, st.integers(1583, 9997), st.integers(21, 41)),
)
MARKED = st.builds("{}{}".format, POINTS, st.sampled_from(("", "?", "~", "%")))


def _sound(text: str) -> bool:
    try:
        parse(text)
    except DateError:
        return False
    return True


def _pair(pattern: str) -> Callable[[str, str], str]:
    return lambda one, other: pattern.format(*sorted((one, other)))


DATES = st.one_of(
    MARKED,
    MARKED.map("{}/..".format),
    MARKED.map("../{}".format),
    st.lists(DAYS.map(str), min_size=2, max_size=10, unique=True).map(lambda days: f"[{','.join(sorted(days))}]"),
    st.builds(_pair("{}/{}"), MARKED, MARKED),
    st.builds(_pair("[{}..{}]"), POINTS, POINTS),
).filter(_sound)


@given(when=DATES.map(parse), language=st.sampled_from(LANGUAGES))
def test_every_date_has_a_text_in_every_language(when: When, language: str) -> None:
    text = format_date(when, language)
    assert text == text.strip() != ""
    assert not re.search("[\u00a0\u2000-\u200a\u202f\u2014\n]", text)
    assert "  " not in text
    assert "{" not in text
    assert (
        when.is_qualified == bool(re.search(r"\(\?\)|\bvers |around|hacia|environ|approximate|aproximada", text))
        or language not in OUR
    )


@given(when=DATES.map(parse), language=st.sampled_from(OUR))
def test_our_patterns_leave_no_preposition_uncontracted(when: When, language: str) -> None:
    text = f" {format_date(when, language)} "
    assert not re.search(r" de (?:le |a|o|é|hiver)| à le | a el ", text) or language != "fr"
    assert not re.search(r" de el | a el ", text)


@given(when=DATES.map(parse), language=st.sampled_from(OUR))
def test_numbers_are_joined_by_a_dash_that_a_terminal_may_replace(when: When, language: str) -> None:
    text = format_date(when, language)
    assert "-" not in re.sub(r"UTC-|four-month", "", text)


@pytest.mark.parametrize(
    ("when", "language", "text"),
    [
        ("2018-04-14/2018-04-16", "fr", "samedi 14 avril 2018 – lundi 16 avril 2018"),
        ("2018-05-01", "es", "martes 1 de mayo de 2018"),
        ("2018-05", "en", "between Tuesday 1 May 2018 and Thursday 31 May 2018"),
        ("2018-05-03T15:00", "fr", "jeudi 3 mai 2018 à 15 h"),
        ("2018-05-03T15:00/2018-05-03T17:30", "en", "Thursday 3 May 2018, 15:00–17:30"),
        (
            "2018-05-03T15:00/2018-05-04T12:00",
            "es",
            "jueves 3 de mayo de 2018 a las 15:00 h – viernes 4 de mayo de 2018 a las 12:00 h",
        ),
        ("2018-05-03/..", "fr", "à partir du jeudi 3 mai 2018"),
        ("../2018-05-03", "en", "until Thursday 3 May 2018"),
        ("[2018-05-12,2018-06-03]", "es", "entre el sábado 12 de mayo de 2018 y el domingo 3 de junio de 2018"),
        ("2018-05-03", "de", "Donnerstag 3. Mai 2018"),
        ("unknown", "fr", ""),
    ],
)
def test_a_date_is_read_as_days_of_the_week(when: str, language: str, text: str) -> None:
    assert format_weekdays(parse(when), language) == text

"""Short dates: abbreviated months, then without the year."""

from __future__ import annotations

import pytest

from wavectl.dates.edtf import parse
from wavectl.i18n.date_format import format_date, shorter_date_texts


@pytest.mark.parametrize(
    ("when", "language", "forms"),
    [
        ("2017-09-14/2017-09-17", "fr", ("14–17 sept. 2017", "14–17 sept.")),
        ("2017-09-14/2017-09-17", "en", ("14–17 Sep 2017", "14–17 Sep")),
        ("2017-09-14/2017-09-17", "es", ("14–17 de sept de 2017", "14–17 de sept")),
        ("2018-02/2018-07", "fr", ("de févr. à juil. 2018", "de févr. à juil.")),
        ("2018-02/2018-07", "en", ("Feb to Jul 2018", "Feb to Jul")),
        ("2018-02/2018-07", "es", ("de feb a jul de 2018", "de feb a jul")),
        ("2017-12-30/2018-01-02", "en", ("30 Dec 2017 – 2 Jan 2018",)),  # both years are needed
        ("2018-05", "en", ("May",)),
        ("2018", "en", ()),
        ("2018-21", "fr", ("printemps",)),
        ("2018-33", "en", ("first quarter",)),
        ("2018-24", "fr", ("hiver",)),
        ("2018-24", "es", ("invierno",)),
        ("2018-10?", "en", ("Oct 2018 (?)", "Oct (?)")),
        ("2018-09-05T15:00/2018-09-05T16:30", "en", ("5 Sep 2018, 15:00–16:30", "5 Sep, 15:00–16:30")),
        ("2017-09-14", "de", ("14. Sept.",)),  # the abbreviation of CLDR
    ],
)
def test_forms_of_a_date(when: str, language: str, forms: tuple[str, ...]) -> None:
    assert shorter_date_texts(format_date(parse(when), language), language) == forms


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "ja", "ar"])
@pytest.mark.parametrize("when", ["unknown", "2017-09-14", "2018-02/2018-07", "[2018-07-05..2018-08-20]", "2018-40"])
def test_each_form_is_shorter_than_the_one_before(when: str, language: str) -> None:
    text = format_date(parse(when), language)
    lengths = [len(form) for form in (text, *shorter_date_texts(text, language))]
    assert lengths == sorted(set(lengths), reverse=True)

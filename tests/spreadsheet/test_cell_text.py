"""Dates in cells are read back as what they were; names of actors tell them apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from support.spreadsheets import FILES, FORMS, plan
from wavectl.dates import edtf, parser
from wavectl.dates.edtf import When
from wavectl.i18n.date_format import format_date
from wavectl.spreadsheet.rows import (
    MAX_TEXT_LENGTH,
    date_cell_text,
    truncate_text,
    unambiguous_labels,
    with_inherited_values,
)

DAYS = st.dates(min_value=edtf.parse("1700-01-01").earliest, max_value=edtf.parse("2300-12-31").earliest)
LANGUAGES = ("fr", "en", "es")


@st.composite
def dates(draw: st.DrawFn) -> When:
    """Return a date of any form."""
    shape = draw(st.sampled_from(["{}", "{}/{}", "{}/..", "[{}..{}]"]))
    points = []
    for day in sorted(draw(st.lists(DAYS, min_size=2, max_size=2))):
        part = draw(st.sampled_from([21, 22, 23, 24, 33, 34, 35, 36, 40, 41]))
        forms = [f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-{part}", f"{day:%Y-%m}-XX"]
        if "[" not in shape:
            clock = draw(st.times()).isoformat("minutes")
            forms += [f"{day}T{clock}", f"{day}T{clock}Z"]
            forms = [form + mark for form in forms for mark in ("", draw(st.sampled_from("?~%")))]
        points.append(draw(st.sampled_from(forms)))
    try:
        return edtf.parse(shape.format(*points))
    except edtf.DateError:
        return edtf.parse(points[0])


@settings(max_examples=examples(400), deadline=None)
@given(when=dates(), language=st.sampled_from(LANGUAGES))
def test_a_date_in_a_cell_is_read_back_as_the_same_date(when: When, language: str) -> None:
    reading = parser.parse_date(date_cell_text(when, language))
    assert (reading.edtf, reading.certain, reading.repeat) in {(when.text, True, None), (when.text, False, None)}
    assert reading.certain or date_cell_text(when, language) == when.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_comes_back(form: str, language: str) -> None:
    assert parser.parse_date(date_cell_text(edtf.parse(form), language)).edtf == form


def test_dates_are_in_words_where_these_say_all(tmp_path: Path) -> None:
    in_words = [form for form in FORMS if date_cell_text(edtf.parse(form), "fr") == format_date(edtf.parse(form), "fr")]
    assert [form for form in FORMS if form not in in_words] == [
        "2018-07-XX", "2018-XX", "2018-10?/2018-12", "2018-10/2018-12~", "2018-10-05/2018-10-06?",
    ]  # fmt: skip


def test_inherited_values_name_their_moment(tmp_path: Path) -> None:
    read = plan(tmp_path)
    one = with_inherited_values(read, "migration", read.waves["migration"].moments[0])
    assert (one.inherited, one.root) == ({"when", "place"}, "housing/forum")
    assert one.moment.when == edtf.parse("2017-09")
    alone = with_inherited_values(read, "housing", read.waves["housing"].moments[0])
    assert (alone.inherited, alone.root) == (frozenset(), "")


def test_ties_in_a_ring_come_to_an_end(tmp_path: Path) -> None:
    ring = "title: T\nperiod: 2017\nmoments:\n- {id: a, title: A, same_as: b}\n- {id: b, title: B, same_as: a}\n"
    read = plan(tmp_path, {"housing": ring})
    assert with_inherited_values(read, "housing", read.waves["housing"].moments[0]).inherited == frozenset()


def test_an_ambiguous_name_is_replaced_by_the_id() -> None:
    named = [("a", ["Nom"]), ("b", ["nom"]), ("c", ["Autre; nom"]), ("d", [{"fr": "Ville", "en": "Town"}]), ("e", [])]
    assert unambiguous_labels(named, ("fr",)) == {"a": "a", "b": "b", "c": "c", "d": "Ville", "e": "e"}
    assert unambiguous_labels([("a", ["B"]), ("b", ["C"])], ("fr",)) == {"a": "a", "b": "C"}


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    assert truncate_text("a" * MAX_TEXT_LENGTH) == "a" * MAX_TEXT_LENGTH
    assert truncate_text("a" * (MAX_TEXT_LENGTH + 1)) == "a" * MAX_TEXT_LENGTH + "…"
    assert FILES

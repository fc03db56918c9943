"""Columns are known by their names in three languages, and by what people write instead."""

from __future__ import annotations

import pytest

from wavectl.i18n.catalogues import LANGUAGES
from wavectl.spreadsheet.columns import FIELDS, Column, columns, known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_heading_is_known_in_every_language(field: str, language: str) -> None:
    column = Column(field, "pt-BR" if FIELDS[field].languages else "")
    assert known(column.heading(language), "fr", {}) == column
    assert known(column.heading(language).upper(), "fr", {}) == column
    assert known(f"  {column.heading(language)} ", "fr", {}) == column


def test_no_two_columns_are_called_alike() -> None:
    for language in LANGUAGES:
        assert len({Column(field).heading(language) for field in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Titre", Column("title", "fr", assumed=True)),
        ("TITULO", Column("title", "es", assumed=True)),
        ("Event", Column("title", "fr", assumed=True)),
        ("Ville", Column("place", "fr", assumed=True)),
        ("date", Column("when")),
        ("Note", Column("note")),
        ("note (en)", Column("note", "en")),
        ("Owner", Column("owner")),
        ("Budget", None),
        ("Budget (fr)", None),
        ("Date (fr)", Column("when")),
        ("()", None),
    ],
)
def test_other_headings(heading: str, column: Column | None) -> None:
    assert known(heading, "fr", {}) == column


def test_a_plan_in_one_language_needs_none_in_headings() -> None:
    assert known("Titre", "", {}) == Column("title")


def test_a_heading_can_be_named() -> None:
    mapped = {"evenement-majeur": "title:en", "ou-ca": "place", "quand-exactement": "when"}
    assert known("Événement majeur", "fr", mapped) == Column("title", "en")
    assert known("Où ça ?", "fr", mapped) == Column("place", "fr", assumed=True)
    assert known("Quand exactement", "fr", mapped) == Column("when")


def test_of_two_alike_the_first_counts() -> None:
    assert columns(["Titre", "", "Date", "Title (fr)", "Dates"], "fr", {}) == {
        0: Column("title", "fr", assumed=True),
        2: Column("when"),
    }

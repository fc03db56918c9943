"""Columns are known by their names in three languages, and by what people write instead."""

from __future__ import annotations

import pytest

from wavectl.i18n import UI_LANGUAGES
from wavectl.spreadsheet.columns import FIELDS, SheetColumn, column_for_heading, match_columns


@pytest.mark.parametrize("language", UI_LANGUAGES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_heading_is_known_in_every_language(field: str, language: str) -> None:
    column = SheetColumn(field, "pt-BR" if FIELDS[field].translatable else "")
    assert column_for_heading(column.heading(language), "fr", {}) == column
    assert column_for_heading(column.heading(language).upper(), "fr", {}) == column
    assert column_for_heading(f"  {column.heading(language)} ", "fr", {}) == column


def test_no_two_columns_are_called_alike() -> None:
    for language in UI_LANGUAGES:
        assert len({SheetColumn(field).heading(language) for field in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Titre", SheetColumn("title", "fr", language_assumed=True)),
        ("TITULO", SheetColumn("title", "es", language_assumed=True)),
        ("Event", SheetColumn("title", "fr", language_assumed=True)),
        ("Ville", SheetColumn("place", "fr", language_assumed=True)),
        ("date", SheetColumn("when")),
        ("Note", SheetColumn("note")),
        ("note (en)", SheetColumn("note", "en")),
        ("Owner", SheetColumn("owner")),
        ("Budget", None),
        ("Budget (fr)", None),
        ("Date (fr)", SheetColumn("when")),
        ("()", None),
    ],
)
def test_other_headings(heading: str, column: SheetColumn | None) -> None:
    assert column_for_heading(heading, "fr", {}) == column


def test_a_plan_in_one_language_needs_none_in_headings() -> None:
    assert column_for_heading("Titre", "", {}) == SheetColumn("title")


def test_a_heading_can_be_named() -> None:
    mapped = {"evenement-majeur": "title:en", "ou-ca": "place", "quand-exactement": "when"}
    assert column_for_heading("Événement majeur", "fr", mapped) == SheetColumn("title", "en")
    assert column_for_heading("Où ça ?", "fr", mapped) == SheetColumn("place", "fr", language_assumed=True)
    assert column_for_heading("Quand exactement", "fr", mapped) == SheetColumn("when")


def test_of_two_alike_the_first_counts() -> None:
    assert match_columns(["Titre", "", "Date", "Title (fr)", "Dates"], "fr", {}) == {
        0: SheetColumn("title", "fr", language_assumed=True),
        2: SheetColumn("when"),
    }

"""Texts in cells: what a spreadsheet changes by itself is not a change, and languages are merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.spreadsheet.cell_values import clean_text, merge_text, same_text
from wavectl.spreadsheet.reader import InvalidCell
from wavectl.spreadsheet.rows import MAX_TEXT_LENGTH


@pytest.mark.parametrize(
    "other",
    [
        "L'été : \"oui\" - non...", "L’été\u00a0: “oui” – non…", " L'été  :\u202f\"oui\" - non... ",
        "L'e\u0301te\u0301 : \"oui\" - non...",
        "L'été :\r\n\"oui\" - non...", "L'été : \u200b\"oui\" - non...", "L'été :\t\"oui\" — non...",
    ],
)  # fmt: skip
def test_spaces_quotation_marks_and_line_ends_do_not_count(other: str) -> None:
    assert same_text('L\'été : "oui" - non...', other)


@pytest.mark.parametrize("other", ['L\'ete : "oui" - non...', "", "L'été : oui - non...", 'l\'été : "oui" - non...'])
def test_words_do(other: str) -> None:
    assert not same_text('L\'été : "oui" - non...', other)


def test_what_is_typed_is_cleaned() -> None:
    assert clean_text(" a\u00a0b \r\n\r\n c\u200b\td\x07 ") == "a b\n\n c d\ufffd"


def test_the_apostrophe_that_keeps_a_text_from_running_does_not_count() -> None:
    assert same_text("=1+1", "'=1+1")
    assert clean_text("'=1+1") == "=1+1"
    assert not same_text("a", "'a")
    assert clean_text("'a") == "'a"


@given(text=st.text())
def test_a_cleaned_text_is_the_same_text(text: str) -> None:
    assert same_text(clean_text(text), text)


@pytest.mark.parametrize(
    ("text", "cells", "new"),
    [
        ("Gwangju", {"fr": "Gwangju", "en": "", "es": ""}, "Gwangju"),
        ("Gwangju", {"fr": "Séoul", "en": "", "es": ""}, "Séoul"),
        ("Gwangju", {"fr": "Gwangju", "en": "Kwangju"}, {"fr": "Gwangju", "en": "Kwangju"}),
        ("Gwangju", {"fr": "", "en": ""}, None),
        ("L’été", {"fr": "L'été"}, "L’été"),
        ("Note", {"": "Note"}, "Note"),
        ("Note", {"": "Autre"}, "Autre"),
        ("Note", {"": ""}, None),
        ({"fr": "A", "en": "B"}, {"fr": "A", "en": "B"}, {"fr": "A", "en": "B"}),
        ({"fr": "A", "en": "B"}, {"fr": "A2", "en": "B"}, {"fr": "A2", "en": "B"}),
        ({"fr": "A", "en": "B"}, {"fr": "A", "en": ""}, {"fr": "A"}),
        ({"fr": "A", "en": "B"}, {"fr": "C"}, {"fr": "C", "en": "B"}),
        ({"fr": "A"}, {"fr": "A", "es": "D"}, {"fr": "A", "es": "D"}),
        ({"fr": "A"}, {"fr": ""}, None),
        ({"fr": "A", "en": "B"}, {"": "B"}, {"fr": "A", "en": "B"}),
        (None, {"fr": "A", "en": ""}, {"fr": "A"}),
        (None, {"": "A"}, "A"),
        (None, {"fr": " ", "": ""}, None),
    ],
)
def test_a_text(text: object, cells: dict[str, str], new: object) -> None:
    assert merge_text(text, cells) == new  # type: ignore[arg-type]


def test_no_wording_is_lost_to_a_column_that_names_no_language() -> None:
    assert isinstance(merge_text({"fr": "A", "en": "B"}, {"": "C"}), InvalidCell)


def test_a_text_that_does_not_fit_is_not_cut_in_the_plan() -> None:
    long = "a" * (MAX_TEXT_LENGTH + 5)
    shown = "a" * MAX_TEXT_LENGTH + "…"
    assert merge_text(long, {"": shown}) == long
    assert merge_text({"fr": long, "en": "B"}, {"fr": shown, "en": "B"}) == {"fr": long, "en": "B"}
    assert isinstance(merge_text(long, {"": shown + "!"}), InvalidCell)

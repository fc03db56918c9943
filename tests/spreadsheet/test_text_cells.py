"""What becomes of a text with the cells of its columns."""

from __future__ import annotations

import pytest

from wavectl.spreadsheet.cell_values import merge_text
from wavectl.spreadsheet.reader import InvalidCell
from wavectl.spreadsheet.rows import MAX_TEXT_LENGTH


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

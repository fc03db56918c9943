"""What a spreadsheet changes by itself is no change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.spreadsheet.cell_values import clean_text, same_text


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

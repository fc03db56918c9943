"""Formulas in cells are escaped with an apostrophe, which is removed when the file is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.text.escaping import escape_formula, is_formula, replace_control_characters, unescape_formula


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u200b=1", "＝1", " -1"])
def test_formulas_are_escaped(text: str) -> None:
    assert is_formula(text)
    assert escape_formula(text) == f"'{text}"
    assert unescape_formula(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "a=b", "'quoted'", "2017-09", "été", "'"])
def test_other_texts_stay(text: str) -> None:
    assert escape_formula(text) == unescape_formula(text) == text


def test_control_characters_are_replaced_and_lines_stay() -> None:
    assert replace_control_characters("a\x1bb\tc\r\nd\re\x00\ud800") == "a\ufffdb c\nd e\ufffd\ufffd"


@given(text=st.text())
def test_an_escaped_text_is_no_formula_and_is_read_back(text: str) -> None:
    assert not is_formula(escape_formula(text))
    if not text.startswith("'"):
        assert unescape_formula(escape_formula(text)) == text

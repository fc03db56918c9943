"""No cell is run: what opens like a formula gets an apostrophe, which goes again on the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.text.escaping import escape_formula, is_formula, replace_control_characters, unescape_formula


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u200b=1", "＝1", " -1"])
def test_what_would_run_is_guarded(text: str) -> None:
    assert is_formula(text)
    assert escape_formula(text) == f"'{text}"
    assert unescape_formula(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "a=b", "'quoted'", "2017-09", "été", "'"])
def test_all_else_stays(text: str) -> None:
    assert escape_formula(text) == unescape_formula(text) == text


def test_what_steers_is_taken_out_and_lines_stay() -> None:
    assert replace_control_characters("a\x1bb\tc\r\nd\re\x00\ud800") == "a\ufffdb c\nd e\ufffd\ufffd"


@given(text=st.text())
def test_a_guarded_text_never_runs_and_comes_back(text: str) -> None:
    assert not is_formula(escape_formula(text))
    if not text.startswith("'"):
        assert unescape_formula(escape_formula(text)) == text

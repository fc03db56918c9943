"""No cell is run: what opens like a formula gets an apostrophe, which goes again on the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.text.csv_injection import guarded, harmless, runs, unguarded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u200b=1", "＝1", " -1"])
def test_what_would_run_is_guarded(text: str) -> None:
    assert runs(text)
    assert guarded(text) == f"'{text}"
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "a=b", "'quoted'", "2017-09", "été", "'"])
def test_all_else_stays(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


def test_what_steers_is_taken_out_and_lines_stay() -> None:
    assert harmless("a\x1bb\tc\r\nd\re\x00\ud800") == "a\ufffdb c\nd e\ufffd\ufffd"


@given(text=st.text())
def test_a_guarded_text_never_runs_and_comes_back(text: str) -> None:
    assert not runs(guarded(text))
    if not text.startswith("'"):
        assert unguarded(guarded(text)) == text

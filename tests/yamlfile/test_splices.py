"""Stretches of a text give way to others."""

from __future__ import annotations

import pytest

from wavectl.yamlfile.changeset import Splice, apply_splices


def test_at_one_place_the_deeper_block_ends_first() -> None:
    splices = [Splice(2, 2, "outer\n", 1), Splice(2, 4, ""), Splice(2, 2, "inner\n", 2)]
    assert apply_splices("a\nb\nc\n", splices, "\r\n") == "a\ninner\r\nouter\r\nc\n"


def test_two_that_meet_are_refused() -> None:
    with pytest.raises(ValueError, match="Splice"):
        apply_splices("abcdef", [Splice(1, 3, ""), Splice(2, 4, "")], "\n")

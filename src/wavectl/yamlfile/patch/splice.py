"""Stretches of a text, and what to write in their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """A stretch of a text and what to write there; a line feed in it stands for the line end of the file.

    Of two that are put in at one offset, the one of the deeper block (``depth``) comes first: it ends before the
    block around it goes on.
    """

    begin: int
    end: int
    text: str
    depth: int = 0


def apply_splices(text: str, splices: Iterable[Splice], newline: str) -> str:
    """Return a text with splices made; raise ``ValueError`` where two of them are about one place."""
    made, at = [], 0
    for one in sorted(splices, key=lambda one: (one.begin, one.end > one.begin, -one.depth)):
        if one.begin < at:
            raise ValueError(one)
        made += [text[at : one.begin], one.text.replace("\n", newline)]
        at = one.end
    return "".join((*made, text[at:]))

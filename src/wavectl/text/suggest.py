"""What somebody meant by a name that there is not: one that differs by a slip, by accents, capitals or spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from wavectl.diagnostics import Message, say

_BETWEEN = re.compile(r"[\W_]+")
_COMPARED = 60
"""How many names one is compared with, letter by letter: the rest of a long list differs from its start on."""
_MANY = 500
"""From how many names on only those are compared that open with the same two letters."""
_LIKE = 0.7
"""How alike two names are at least, from 0 to 1, as difflib counts."""
_LISTED = 20
"""How many names a hint lists."""


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Return a name as a hasty hand writes it: small letters without accents, hyphens between the words."""
    bare = text.casefold()
    if not bare.isascii():
        letters = (sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
        bare = unicodedata.normalize("NFC", "".join(letters))
    return _BETWEEN.sub("-", bare).strip("-")


class Names:
    """Names that there are, to be asked which of them is meant by one that there is not."""

    def __init__(self, known: Iterable[str]) -> None:
        self._shapes: dict[str, list[str]] = {}
        for one in known:
            self._shapes.setdefault(plain(one), []).append(one)
        self._openings: dict[str, list[str]] = {}
        if len(self._shapes) > _MANY:
            for shape in self._shapes:
                self._openings.setdefault(shape[:2], []).append(shape)

    def nearest(self, name: str, like: float = _LIKE) -> str | None:
        """Return the one that is most like a name; None where none is, or two are just as much.

        ``like`` is how alike they are at least, from 0 to 1.
        """
        from difflib import SequenceMatcher  # few runs need it

        wanted = plain(name)[:80]
        if wanted in self._shapes:
            return self._only(wanted)
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        ranked = []
        for shape in self._compared(wanted):
            matcher.set_seq1(shape)
            if matcher.real_quick_ratio() >= like and matcher.quick_ratio() >= like and matcher.ratio() >= like:
                ranked.append((matcher.ratio(), shape))
        ranked.sort(reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return self._only(ranked[0][1])

    def _only(self, shape: str) -> str | None:
        return self._shapes[shape][0] if len(self._shapes[shape]) == 1 else None

    def _compared(self, wanted: str) -> list[str]:
        """Return what is compared letter by letter: not all of many names."""
        shapes: Iterable[str] = self._openings.get(wanted[:2], ())[:_MANY] if self._openings else self._shapes
        compared = [shape for shape in shapes if abs(len(shape) - len(wanted)) <= max(3, len(wanted) // 2)]
        if len(compared) > _COMPARED:
            compared.sort(key=lambda shape: -_opening(shape, wanted))
        return compared[:_COMPARED]


def nearest(name: str, known: Iterable[str], like: float = _LIKE) -> str | None:
    """Return the one of the known names that is most like a name, as ``Names.nearest`` does."""
    return Names(known).nearest(name, like)


def typed(file: str) -> str:
    """Return the name of a file as it is typed into a command: in quotation marks where it has a space."""
    return f'"{file}"' if " " in file else file


def _opening(one: str, other: str) -> int:
    """Return how many letters two names open with alike."""
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def near_called(name: str, known: Mapping[str, Iterable[str]]) -> Message:
    """Return the cure for an id that there is not, where each id has names that people may have written instead."""
    called = {plain(word): one for one, words in known.items() for word in (*words, one)}
    close = nearest(name, called)
    return near(name, known) if close is None else say("did you mean {name}?", name=called[close])


def near(name: str, known: Collection[str]) -> Message:
    """Return the cure for a name that there is not: the one it resembles, else all that there are."""
    close = nearest(name, known)
    if close is not None:
        return say("did you mean {name}?", name=close)
    if not known:
        return say("the plan has none")
    names = list(known)
    if len(names) > _LISTED:
        return say("choose from {names} and {count} more", names=", ".join(names[:_LISTED]), count=len(names) - _LISTED)
    return say("choose from {names}", names=", ".join(names))

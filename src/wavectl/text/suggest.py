"""What somebody meant by a name that there is not: one that differs by a slip, by accents, capitals or spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from wavectl.diagnostics import Message, msg

_SEPARATORS = re.compile(r"[\W_]+")
_MAX_CANDIDATES = 60
"""How many names one is compared with, letter by letter: the rest of a long list differs from its start on."""
_PREFIX_THRESHOLD = 500
"""From how many names on only those are compared that open with the same two letters."""
_CUTOFF = 0.7
"""How alike two names are at least, from 0 to 1, as difflib counts."""
_MAX_LISTED = 20
"""How many names a hint lists."""


@lru_cache(maxsize=16_384)
def normalize_name(text: str) -> str:
    """Return a name as a hasty hand writes it: small letters without accents, hyphens between the words."""
    bare = text.casefold()
    if not bare.isascii():
        letters = (sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
        bare = unicodedata.normalize("NFC", "".join(letters))
    return _SEPARATORS.sub("-", bare).strip("-")


class NameIndex:
    """Names that there are, to be asked which of them is meant by one that there is not."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_normalized: dict[str, list[str]] = {}
        for one in known:
            self._by_normalized.setdefault(normalize_name(one), []).append(one)
        self._by_prefix: dict[str, list[str]] = {}
        if len(self._by_normalized) > _PREFIX_THRESHOLD:
            for shape in self._by_normalized:
                self._by_prefix.setdefault(shape[:2], []).append(shape)

    def nearest(self, name: str, cutoff: float = _CUTOFF) -> str | None:
        """Return the one that is most like a name; None where none is, or two are just as much.

        ``like`` is how alike they are at least, from 0 to 1.
        """
        from difflib import SequenceMatcher  # few runs need it

        wanted = normalize_name(name)[:80]
        if wanted in self._by_normalized:
            return self._unambiguous(wanted)
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        ranked = []
        for shape in self._candidates(wanted):
            matcher.set_seq1(shape)
            if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
                ranked.append((matcher.ratio(), shape))
        ranked.sort(reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return self._unambiguous(ranked[0][1])

    def _unambiguous(self, shape: str) -> str | None:
        return self._by_normalized[shape][0] if len(self._by_normalized[shape]) == 1 else None

    def _candidates(self, wanted: str) -> list[str]:
        """Return what is compared letter by letter: not all of many names."""
        shapes: Iterable[str] = (
            self._by_prefix.get(wanted[:2], ())[:_PREFIX_THRESHOLD] if self._by_prefix else self._by_normalized
        )
        compared = [shape for shape in shapes if abs(len(shape) - len(wanted)) <= max(3, len(wanted) // 2)]
        if len(compared) > _MAX_CANDIDATES:
            compared.sort(key=lambda shape: -_common_prefix_length(shape, wanted))
        return compared[:_MAX_CANDIDATES]


def nearest(name: str, known: Iterable[str], cutoff: float = _CUTOFF) -> str | None:
    """Return the one of the known names that is most like a name, as ``Names.nearest`` does."""
    return NameIndex(known).nearest(name, cutoff)


def quote_file_name(file: str) -> str:
    """Return the name of a file as it is typed into a command: in quotation marks where it has a space."""
    return f'"{file}"' if " " in file else file


def _common_prefix_length(first: str, second: str) -> int:
    """Return how many letters two names open with alike."""
    return next((number for number, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))


def suggest_by_alias(name: str, aliases: Mapping[str, Iterable[str]]) -> Message:
    """Return the cure for an id that there is not, where each id has names that people may have written instead."""
    called = {normalize_name(word): one for one, words in aliases.items() for word in (*words, one)}
    close = nearest(name, called)
    return suggest(name, aliases) if close is None else msg("did you mean {name}?", name=called[close])


def suggest(name: str, known: Collection[str]) -> Message:
    """Return the cure for a name that there is not: the one it resembles, else all that there are."""
    close = nearest(name, known)
    if close is not None:
        return msg("did you mean {name}?", name=close)
    if not known:
        return msg("the plan has none")
    names = list(known)
    if len(names) > _MAX_LISTED:
        return msg(
            "choose from {names} and {count} more", names=", ".join(names[:_MAX_LISTED]), count=len(names) - _MAX_LISTED
        )
    return msg("choose from {names}", names=", ".join(names))

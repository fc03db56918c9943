"""Suggest known names for an unknown one: the closest match ("did you mean"), else the list."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from wavectl.diagnostics import Message, msg

_SEPARATORS = re.compile(r"[\W_]+")
_MAX_CANDIDATES = 60
"""How many names are compared letter by letter; the others differ at the start."""
_PREFIX_THRESHOLD = 500
"""With more names than this, only those with the same two first letters are compared."""
_CUTOFF = 0.7
"""Minimum similarity of a suggestion, from 0 to 1 (``difflib`` ratio)."""
_MAX_LISTED = 20
"""How many names a hint lists."""


@lru_cache(maxsize=16_384)
def normalize_name(text: str) -> str:
    """Return a name in lower case, without accents, with hyphens between its words."""
    bare = text.casefold()
    if not bare.isascii():
        letters = (letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter))
        bare = unicodedata.normalize("NFC", "".join(letters))
    return _SEPARATORS.sub("-", bare).strip("-")


class NameIndex:
    """Known names, indexed for the search of the nearest one."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_normalized: dict[str, list[str]] = {}
        for name in known:
            self._by_normalized.setdefault(normalize_name(name), []).append(name)
        self._by_prefix: dict[str, list[str]] = {}
        if len(self._by_normalized) > _PREFIX_THRESHOLD:
            for normalized in self._by_normalized:
                self._by_prefix.setdefault(normalized[:2], []).append(normalized)

    def nearest(self, name: str, cutoff: float = _CUTOFF) -> str | None:
        """Return the most similar known name; None when none is similar enough or two are equally similar.

        ``cutoff`` is the minimum similarity, from 0 to 1.
        """
        from difflib import SequenceMatcher  # slow to import, rarely needed

        target = normalize_name(name)[:80]
        if target in self._by_normalized:
            return self._unambiguous(target)
        matcher = SequenceMatcher(b=target, autojunk=False)
        ranked = []
        for normalized in self._candidates(target):
            matcher.set_seq1(normalized)
            if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
                ranked.append((matcher.ratio(), normalized))
        ranked.sort(reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return self._unambiguous(ranked[0][1])

    def _unambiguous(self, normalized: str) -> str | None:
        return self._by_normalized[normalized][0] if len(self._by_normalized[normalized]) == 1 else None

    def _candidates(self, target: str) -> list[str]:
        names: Iterable[str] = (
            self._by_prefix.get(target[:2], ())[:_PREFIX_THRESHOLD] if self._by_prefix else self._by_normalized
        )
        compared = [name for name in names if abs(len(name) - len(target)) <= max(3, len(target) // 2)]
        if len(compared) > _MAX_CANDIDATES:
            compared.sort(key=lambda normalized: -_common_prefix_length(normalized, target))
        return compared[:_MAX_CANDIDATES]


def nearest(name: str, known: Iterable[str], cutoff: float = _CUTOFF) -> str | None:
    """Return the known name most similar to ``name`` (see ``NameIndex.nearest``)."""
    return NameIndex(known).nearest(name, cutoff)


def quote_file_name(file: str) -> str:
    """Return a file name as typed on a command line: quoted if it contains a space."""
    return f'"{file}"' if " " in file else file


def _common_prefix_length(first: str, second: str) -> int:
    return next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))


def suggest_by_alias(name: str, aliases: Mapping[str, Iterable[str]]) -> Message:
    """Return the hint for an unknown id, searching the aliases of each known id as well."""
    ids = {normalize_name(alias): known_id for known_id, names in aliases.items() for alias in (*names, known_id)}
    close = nearest(name, ids)
    return suggest(name, aliases) if close is None else msg("did you mean {name}?", name=ids[close])


def suggest(name: str, known: Collection[str]) -> Message:
    """Return the hint for an unknown name: the most similar known name, else the list of known names."""
    close = nearest(name, known)
    if close is not None:
        return msg("did you mean {name}?", name=close)
    if not known:
        return msg("the plan has none")
    names = list(known)
    if len(names) > _MAX_LISTED:
        shown = ", ".join(names[:_MAX_LISTED])
        return msg("choose from {names} and {count} more", names=shown, count=len(names) - _MAX_LISTED)
    return msg("choose from {names}", names=", ".join(names))

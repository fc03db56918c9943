"""The layout of YAML files: the order of keys, which texts need no quotation marks, which lists are on one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from wavectl.diagnostics import KeyPath

KeysAt: TypeAlias = Callable[[KeyPath], tuple[str, ...]]
"""Returns the keys that the mapping at a path can have, in order; none where any key is allowed, such as languages."""

MAX_WIDTH = 100
"""How wide a line with a list may be; the items of a longer list have a line each."""
DATE_SET = re.compile(r"\[[0-9.X-]+\]")
"""A date that is one of a set of days: to YAML a list of one item, which is read back as one."""

_PLAIN_KEY_NAMES = """
    id kind status when repeat same_as country scope timezone period color url confirm_by part_of uid_domain site lang
    fuzzy cancelled languages regions countries priorities was actors waves kinds alarm required_groups except
"""
_PLAIN_KEYS = frozenset(_PLAIN_KEY_NAMES.split())
"""The keys of ids, dates, addresses and words of the format, which are written without quotation marks."""


def is_plain_key(key: str) -> bool:
    """Return whether the values of a key are ids, dates, addresses or words of the format."""
    return key in _PLAIN_KEYS


def is_plain_path(path: KeyPath, keys_at: KeysAt) -> bool:
    """Return whether the value at a path is an id, a date, an address or a word of the format, not a text."""
    above = list(path)
    while above and not isinstance(above[-1], str):
        above.pop()
    *above, key = above
    if above[-1:] == ["except"] and len(above) == 3:
        return True
    return key in _PLAIN_KEYS and key in keys_at(tuple(above))


def style_key(path: KeyPath) -> str:
    """Return the key that decides how a value is written: ``except`` for the status of a date below that key."""
    names = [part for part in path if isinstance(part, str)]
    return "except" if names[-2:-1] == ["except"] else names[-1] if names else ""


def key_to_insert_after(part: str | int, remaining: Sequence[str | int], keys: tuple[str, ...]) -> str | int | None:
    """Return the existing key or item after which to insert a new one; None to insert it before all of them.

    That is the last one that comes before it in ``keys``, or the last of all if ``keys`` does not contain it.
    """
    if part not in keys:
        return remaining[-1]
    before = [other for other in remaining if other in keys[: keys.index(str(part))]]
    return before[-1] if before else None


_Value = TypeVar("_Value")


def _sort_keys(block: Mapping[str, _Value], keys: tuple[str, ...]) -> dict[str, _Value]:
    """Return a mapping with the known keys in order, followed by the others as they were."""
    known = [key for key in keys if key in block]
    return {key: block[key] for key in (*known, *(key for key in block if key not in known))}


def sort_all_keys(data: Any, path: KeyPath, keys_at: KeysAt) -> Any:
    """Return the data at ``path`` with the keys of all its mappings in order."""
    if isinstance(data, Mapping):
        block = _sort_keys(data, keys_at(path))
        return {key: sort_all_keys(value, (*path, key), keys_at) for key, value in block.items()}
    if isinstance(data, list):
        return [sort_all_keys(value, (*path, number), keys_at) for number, value in enumerate(data)]
    return data

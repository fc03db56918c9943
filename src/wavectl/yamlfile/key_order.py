"""The order in which the keys of each block of a plan are written: what it is, when and where, with whom, then notes.

A table of its own, for the models need theirs to validate in: a date asks whether a tie was there before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from wavectl.diagnostics import KeyPath


def _keys(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PROGRAMME = _keys(
    "name description organiser uid_domain site languages timezone priorities regions design feeds actors"
)
_WAVE = _keys(
    "title status slogan hashtags period color url description notice source moments actors content campaigns was waive"
)
_MOMENT = _keys(
    "id title short kind when repeat except status place regions timezone same_as was actors priorities url"
    " description outcome source owner confirm_by note draft"
)
_CHANGE = _keys("when status title place description")
_PLACE = _keys("name country online scope")
_ACTOR = _keys("id name short aliases role confirmed kind part_of regions country url")
_WAVE_ITEM_KEYS: Mapping[str, tuple[str, ...]] = {
    "moments": _MOMENT,
    "actors": _ACTOR,
    "campaigns": _keys("name hashtag url actors description"),
}
_PROGRAMME_ITEM_KEYS: Mapping[str, tuple[str, ...]] = {
    "actors": _ACTOR,
    "regions": _keys("name countries"),
    "feeds": _keys("name waves lang fuzzy cancelled alarm regions countries priorities actors kinds"),
}
_PROGRAMME_BLOCK_KEYS: Mapping[str, tuple[str, ...]] = {
    "organiser": _keys("name url"),
    "design": _keys("min_priorities min_regions months required_groups max_silent_months"),
}


def keys_at(path: KeyPath, *, programme: bool = False) -> tuple[str, ...]:
    """Return the keys that the block at ``path`` can have, in order; none where they are free, as languages are."""
    if not path:
        return _PROGRAMME if programme else _WAVE
    first, *rest = path
    if programme:
        return (
            _PROGRAMME_BLOCK_KEYS.get(str(first), ())
            if not rest
            else _PROGRAMME_ITEM_KEYS.get(str(first), ())
            if len(rest) == 1
            else ()
        )
    if len(rest) == 1:
        return _WAVE_ITEM_KEYS.get(str(first), ())
    if first == "moments" and rest:
        return _keys_in_moment(rest[1:])
    return ()


def _keys_in_moment(path: list[str | int]) -> tuple[str, ...]:
    """Return the keys of a block inside a moment."""
    if path == ["place"] or (len(path) == 3 and path[0] == "except" and path[2] == "place"):
        return _PLACE
    return _CHANGE if len(path) == 2 and path[0] == "except" else ()


def key_to_insert_after(part: str | int, remaining: list[str | int], keys: tuple[str, ...]) -> str | int | None:
    """Return the part of a block that a new one comes behind; None where it comes before all of them.

    That is the last of those that come before it in the layout, and the last of all where the layout leaves it open.
    """
    if part not in keys:
        return remaining[-1]
    rank = keys.index(str(part))
    before = [other for other in remaining if other in keys and keys.index(str(other)) < rank]
    return before[-1] if before else None


_Value = TypeVar("_Value")


def sort_block_keys(block: Mapping[str, _Value], keys: Iterable[str]) -> dict[str, _Value]:
    """Return a block with its keys in order; those that are not among ``keys`` follow as they were."""
    known = [key for key in keys if key in block]
    return {key: block[key] for key in (*known, *(key for key in block if key not in known))}


def sort_all_keys(data: Any, path: KeyPath, *, programme: bool = False) -> Any:
    """Return plain data that stands at ``path`` with the keys of all its blocks in order."""
    if isinstance(data, Mapping):
        block = sort_block_keys(data, keys_at(path, programme=programme))
        return {key: sort_all_keys(value, (*path, key), programme=programme) for key, value in block.items()}
    if isinstance(data, list):
        return [sort_all_keys(value, (*path, number), programme=programme) for number, value in enumerate(data)]
    return data

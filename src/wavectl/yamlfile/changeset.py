"""Changeset: the values to write at paths of a file, and the data that the file then has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from wavectl.diagnostics import KeyPath
from wavectl.yamlfile.document import has_child
from wavectl.yamlfile.emitter import DATE_SET

Changeset: TypeAlias = Mapping[KeyPath, Any]
"""The value to write at each path: a text, a boolean, a list or a mapping, as in a wave file.

None removes the key or the item; an index after the last one of a list adds an item. Missing parents are created.
"""
BlockChanges: TypeAlias = dict[KeyPath, dict[str | int, Any]]
"""The same by mapping or list, and by key or index in it; each path exists in the file."""


def group_by_block(data: Any, changeset: Changeset) -> BlockChanges:
    """Group changes by the deepest existing mapping or list; one that would be left empty is removed as a whole."""
    groups: BlockChanges = {}
    for path, value in changeset.items():
        block, depth = data, 0
        while depth < len(path) - 1 and has_child(block, path[depth]) and isinstance(block[path[depth]], (dict, list)):
            block, depth = block[path[depth]], depth + 1
        part, below = path[depth], path[depth + 1 :]
        if below and value is None:
            continue  # its parent does not exist either
        changes = groups.setdefault(path[:depth], {})
        changes[part] = _nest(changes.get(part), below, value) if below else value
    for depth in range(max(map(len, groups), default=0), 0, -1):
        for path in [path for path in groups if len(path) == depth]:
            if _leaves_block_empty(value_at(data, path), groups[path]):
                del groups[path]
                groups.setdefault(path[:-1], {})[path[-1]] = None
    return {path: changes for path, changes in groups.items() if _drop_unchanged(value_at(data, path), changes)}


def data_after(data: Any, block_changes: BlockChanges) -> Any:
    """Return the data of a file after changes, as it is read back."""
    return as_read_back(_data_after(data, block_changes, ()))


def value_at(data: Any, path: Iterable[str | int]) -> Any:
    """Return the data at a path."""
    for part in path:
        data = data[part]
    return data


def _nest(current: Any, below: KeyPath, value: Any) -> Any:
    """Return what to create at the start of a missing path so that it has a value at its end."""
    if not below:
        return value
    first, rest = below[0], below[1:]
    if isinstance(first, int):
        return [*(current or []), _nest(None, rest, value)]
    block = dict(current or {})
    block[first] = _nest(block.get(first), rest, value)
    return block


def _leaves_block_empty(block: Any, changes: Mapping[str | int, Any]) -> bool:
    """Return whether changes remove everything from a mapping or list and add nothing."""
    parts = range(len(block)) if isinstance(block, list) else block
    return bool(block) and all(part in changes for part in parts) and all(value is None for value in changes.values())


def _drop_unchanged(block: Any, changes: dict[str | int, Any]) -> bool:
    """Drop the changes that change nothing; return whether any are left."""
    for part, value in list(changes.items()):
        if (value is None and not has_child(block, part)) or (
            has_child(block, part) and value is not None and is_unchanged(block[part], value)
        ):
            del changes[part]
    return bool(changes)


def is_unchanged(current: Any, value: Any) -> bool:
    """Return whether a value equals the current one, with its keys in the same order."""
    one, other = as_read_back(current), as_read_back(value)
    return bool(one == other) and _key_order(one) == _key_order(other)


def _key_order(data: Any) -> Any:
    if isinstance(data, dict):
        return [(key, _key_order(value)) for key, value in data.items()]
    return [_key_order(value) for value in data] if isinstance(data, list) else None


def _data_after(data: Any, block_changes: BlockChanges, path: KeyPath) -> Any:
    changes = block_changes.get(path, {})
    if isinstance(data, dict):
        kept = {
            key: _data_after(value, block_changes, (*path, key)) for key, value in data.items() if key not in changes
        }
        return kept | {str(key): value for key, value in changes.items() if value is not None}
    if isinstance(data, list):
        new = (
            changes.get(number, _data_after(value, block_changes, (*path, number))) for number, value in enumerate(data)
        )
        more = (value for part, value in sorted(changes.items()) if isinstance(part, int) and part >= len(data))
        return [value for value in (*new, *more) if value is not None or None in data]
    return data


def as_read_back(data: Any) -> Any:
    """Return data as it is read back: booleans and numbers as texts, a set of days as a list of one item."""
    if isinstance(data, Mapping):
        return {key: as_read_back(value) for key, value in data.items() if value is not None}
    if isinstance(data, (list, tuple)):
        return [as_read_back(value) for value in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, str) and DATE_SET.fullmatch(data):
        return [data[1:-1]]
    return str(data) if isinstance(data, int) else data

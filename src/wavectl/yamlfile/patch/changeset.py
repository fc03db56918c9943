"""What is to become of a file: a value for each path, and what the data of the file is with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from wavectl.diagnostics import Path
from wavectl.yamlfile.formatter import SET

Wishes: TypeAlias = Mapping[Path, Any]
"""What to write at each path, in the shape of a wave file: a text, a truth value, a list or a block of keys.

None takes the key or the item away; an index behind the last one of a list adds an item. What is above a path and is
not there yet is made.
"""
Tasks: TypeAlias = dict[Path, dict[str | int, Any]]
"""What to write by block and by key or index in it; each block is one that the file has."""


def tasks(data: Any, wishes: Wishes) -> Tasks:
    """Return wishes by the block that each is about; a block that would be left empty goes as a whole."""
    found: Tasks = {}
    for path, value in wishes.items():
        block, depth = data, 0
        while depth < len(path) - 1 and has(block, path[depth]) and isinstance(block[path[depth]], (dict, list)):
            block, depth = block[path[depth]], depth + 1
        part, below = path[depth], path[depth + 1 :]
        if below and value is None:
            continue  # what it would stand in is not there either
        task = found.setdefault(path[:depth], {})
        task[part] = _within(task.get(part), below, value) if below else value
    for depth in range(max(map(len, found), default=0), 0, -1):
        for path in [path for path in found if len(path) == depth]:
            if _empties(at(data, path), found[path]):
                del found[path]
                found.setdefault(path[:-1], {})[path[-1]] = None
    return {path: task for path, task in found.items() if _asks(at(data, path), task)}


def applied(data: Any, work: Tasks) -> Any:
    """Return the data of a file as it is with the tasks done, in the form of ``textual``."""
    return textual(_applied(data, work, ()))


def has(block: Any, part: str | int) -> bool:
    """Tell whether a block has that key, or a list that item."""
    if isinstance(block, list):
        return isinstance(part, int) and part < len(block)
    return isinstance(block, dict) and part in block


def at(data: Any, path: Iterable[str | int]) -> Any:
    """Return what stands at a path."""
    for part in path:
        data = data[part]
    return data


def name_of(path: Path) -> str:
    """Return the key that tells how a value is written: under ``except`` that of the whole, as dates have a status."""
    names = [part for part in path if isinstance(part, str)]
    return "except" if names[-2:-1] == ["except"] else names[-1] if names else ""


def _within(there: Any, below: Path, value: Any) -> Any:
    """Return what stands at the start of a path that is not there yet, with a value put at its end."""
    if not below:
        return value
    first, rest = below[0], below[1:]
    if isinstance(first, int):
        return [*(there or []), _within(None, rest, value)]
    block = dict(there or {})
    block[first] = _within(block.get(first), rest, value)
    return block


def _empties(block: Any, task: Mapping[str | int, Any]) -> bool:
    """Tell whether nothing is left of a block: all that it has is taken away, and nothing comes to it."""
    parts = range(len(block)) if isinstance(block, list) else block
    return bool(block) and all(part in task for part in parts) and all(value is None for value in task.values())


def _asks(block: Any, task: dict[str | int, Any]) -> bool:
    """Drop from a task what is there already; tell whether anything is left of it."""
    for part, value in list(task.items()):
        if (value is None and not has(block, part)) or (
            has(block, part) and value is not None and same(block[part], value)
        ):
            del task[part]
    return bool(task)


def same(there: Any, value: Any) -> bool:
    """Tell whether a value is what stands there, in the same order of keys."""
    one, other = textual(there), textual(value)
    return bool(one == other) and _order(one) == _order(other)


def _order(data: Any) -> Any:
    if isinstance(data, dict):
        return [(key, _order(value)) for key, value in data.items()]
    return [_order(value) for value in data] if isinstance(data, list) else None


def _applied(data: Any, work: Tasks, path: Path) -> Any:
    task = work.get(path, {})
    if isinstance(data, dict):
        kept = {key: _applied(value, work, (*path, key)) for key, value in data.items() if key not in task}
        return kept | {str(key): value for key, value in task.items() if value is not None}
    if isinstance(data, list):
        new = (task.get(number, _applied(value, work, (*path, number))) for number, value in enumerate(data))
        more = (value for part, value in sorted(task.items()) if isinstance(part, int) and part >= len(data))
        return [value for value in (*new, *more) if value is not None or None in data]
    return data


def textual(data: Any) -> Any:
    """Return data as it is read again: truth values and numbers are texts, one of a set of days a list of one item."""
    if isinstance(data, Mapping):
        return {key: textual(value) for key, value in data.items() if value is not None}
    if isinstance(data, (list, tuple)):
        return [textual(value) for value in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, str) and SET.fullmatch(data):
        return [data[1:-1]]
    return str(data) if isinstance(data, int) else data

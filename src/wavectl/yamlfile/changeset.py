"""What is to become of a file: a value for each path, and what the data of the file is with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import Any, NamedTuple, TypeAlias

from wavectl.diagnostics import LINE_END, KeyPath, Span
from wavectl.yamlfile.formatter import DATE_SET

Changeset: TypeAlias = Mapping[KeyPath, Any]
"""What to write at each path, in the shape of a wave file: a text, a truth value, a list or a block of keys.

None takes the key or the item away; an index behind the last one of a list adds an item. What is above a path and is
not there yet is made.
"""
BlockChanges: TypeAlias = dict[KeyPath, dict[str | int, Any]]
"""What to write by block and by key or index in it; each block is one that the file has."""


def group_by_block(data: Any, changeset: Changeset) -> BlockChanges:
    """Return wishes by the block that each is about; a block that would be left empty goes as a whole."""
    found: BlockChanges = {}
    for path, value in changeset.items():
        block, depth = data, 0
        while depth < len(path) - 1 and has_child(block, path[depth]) and isinstance(block[path[depth]], (dict, list)):
            block, depth = block[path[depth]], depth + 1
        part, below = path[depth], path[depth + 1 :]
        if below and value is None:
            continue  # what it would stand in is not there either
        task = found.setdefault(path[:depth], {})
        task[part] = _nest(task.get(part), below, value) if below else value
    for depth in range(max(map(len, found), default=0), 0, -1):
        for path in [path for path in found if len(path) == depth]:
            if _leaves_block_empty(value_at(data, path), found[path]):
                del found[path]
                found.setdefault(path[:-1], {})[path[-1]] = None
    return {path: task for path, task in found.items() if _drop_unchanged(value_at(data, path), task)}


def data_after(data: Any, block_changes: BlockChanges) -> Any:
    """Return the data of a file as it is with the tasks done, in the form of ``textual``."""
    return as_read_back(_data_after(data, block_changes, ()))


def has_child(block: Any, part: str | int) -> bool:
    """Tell whether a block has that key, or a list that item."""
    if isinstance(block, list):
        return isinstance(part, int) and part < len(block)
    return isinstance(block, dict) and part in block


def value_at(data: Any, path: Iterable[str | int]) -> Any:
    """Return what stands at a path."""
    for part in path:
        data = data[part]
    return data


def style_key(path: KeyPath) -> str:
    """Return the key that tells how a value is written: under ``except`` that of the whole, as dates have a status."""
    names = [part for part in path if isinstance(part, str)]
    return "except" if names[-2:-1] == ["except"] else names[-1] if names else ""


def _nest(current: Any, below: KeyPath, value: Any) -> Any:
    """Return what stands at the start of a path that is not there yet, with a value put at its end."""
    if not below:
        return value
    first, rest = below[0], below[1:]
    if isinstance(first, int):
        return [*(current or []), _nest(None, rest, value)]
    block = dict(current or {})
    block[first] = _nest(block.get(first), rest, value)
    return block


def _leaves_block_empty(block: Any, changes: Mapping[str | int, Any]) -> bool:
    """Tell whether nothing is left of a block: all that it has is taken away, and nothing comes to it."""
    parts = range(len(block)) if isinstance(block, list) else block
    return bool(block) and all(part in changes for part in parts) and all(value is None for value in changes.values())


def _drop_unchanged(block: Any, changes: dict[str | int, Any]) -> bool:
    """Drop from a task what is there already; tell whether anything is left of it."""
    for part, value in list(changes.items()):
        if (value is None and not has_child(block, part)) or (
            has_child(block, part) and value is not None and is_unchanged(block[part], value)
        ):
            del changes[part]
    return bool(changes)


def is_unchanged(current: Any, value: Any) -> bool:
    """Tell whether a value is what stands there, in the same order of keys."""
    one, other = as_read_back(current), as_read_back(value)
    return bool(one == other) and _key_order(one) == _key_order(other)


def _key_order(data: Any) -> Any:
    if isinstance(data, dict):
        return [(key, _key_order(value)) for key, value in data.items()]
    return [_key_order(value) for value in data] if isinstance(data, list) else None


def _data_after(data: Any, block_changes: BlockChanges, path: KeyPath) -> Any:
    task = block_changes.get(path, {})
    if isinstance(data, dict):
        kept = {key: _data_after(value, block_changes, (*path, key)) for key, value in data.items() if key not in task}
        return kept | {str(key): value for key, value in task.items() if value is not None}
    if isinstance(data, list):
        new = (
            task.get(number, _data_after(value, block_changes, (*path, number))) for number, value in enumerate(data)
        )
        more = (value for part, value in sorted(task.items()) if isinstance(part, int) and part >= len(data))
        return [value for value in (*new, *more) if value is not None or None in data]
    return data


def as_read_back(data: Any) -> Any:
    """Return data as it is read again: truth values and numbers are texts, one of a set of days a list of one item."""
    if isinstance(data, Mapping):
        return {key: as_read_back(value) for key, value in data.items() if value is not None}
    if isinstance(data, (list, tuple)):
        return [as_read_back(value) for value in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, str) and DATE_SET.fullmatch(data):
        return [data[1:-1]]
    return str(data) if isinstance(data, int) else data


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


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Edit(NamedTuple):
    """A place in a text, and what to write there; a line feed in it stands for the line end of the file."""

    span: Span
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made; of two that meet, the one that stands first counts."""
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]
    line_end = LINE_END.search(text)
    made, at = [], 0
    for edit in sorted(edits):
        span = edit.span
        begin, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        if begin < at:
            continue
        before = text[at:begin]
        if edit.text.startswith("\n"):
            before = before.rstrip(" \t")
        made += [before, edit.text.replace("\n", line_end[0] if line_end else "\n")]
        at = end
    return "".join((*made, text[at:]))


def diff_lines(before: str, after: str, name: str) -> Iterator[str]:
    """Return the lines of a unified diff between two states of a file, each with its end."""
    old, new = (_LINE.findall(LINE_END.sub("\n", text)) for text in (before, after))
    for line in unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

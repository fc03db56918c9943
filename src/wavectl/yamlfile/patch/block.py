"""Edits of blocks that have a line for each key or item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from wavectl.diagnostics import Path
from wavectl.yamlfile.formatter import behind, flow_text, item, keys_at, ordered, value, whole
from wavectl.yamlfile.patch.changeset import has, name_of
from wavectl.yamlfile.patch.scalar import in_style
from wavectl.yamlfile.patch.source import Source
from wavectl.yamlfile.patch.splice import Splice


def edits(source: Source, path: Path, task: Mapping[str | int, Any], *, programme: bool) -> Iterator[Splice]:
    """Return the edits that do a task in the block at a path: a line or more for each key or item."""
    block = source.data(path)
    if path and not block:
        new: Any = {str(key): one for key, one in task.items()} if isinstance(block, dict) else list(task.values())
        yield _as_lines(source, path, ordered(new, path, programme=programme))
        return
    if isinstance(block, list):
        yield from _of_list(source, path, task, programme=programme)
        return
    left: list[str | int] = [key for key in block if task.get(key, "") is not None]
    if path and not left:
        kept = {part: new for part, new in task.items() if new is not None}
        yield _as_lines(source, path, ordered(kept, path, programme=programme))
        return
    added: dict[str | int, dict[str, Any]] = {}
    opening = list(takewhile(lambda key: key not in left, block)) if _behind_hyphen(source, path) else []
    if opening:  # the first key that is left comes behind the hyphen
        yield Splice(source.key((*path, opening[0])).begin, source.key((*path, left[0])).begin, "", len(path))
    for key, new in ordered_task(task, path, programme=programme):
        if not has(block, key):
            after = behind(key, left, keys_at(path, programme=programme)) if left else None
            added.setdefault("" if after is None else after, {})[str(key)] = new
        elif key in opening:
            continue
        elif new is None:
            begin, end = source.key((*path, key)).begin, _end(source, (*path, key))
            yield Splice(source.line_begin(begin), source.next_line(end), "", len(path))
        else:
            yield _instead(source, (*path, key), new)
    for after, some in added.items():
        yield _with(source, path, str(after), some)


def ordered_task(task: Mapping[str | int, Any], path: Path, *, programme: bool) -> list[tuple[str | int, Any]]:
    """Return the tasks in the order of the layout, their values with their keys in order too."""
    keys = keys_at(path, programme=programme)
    ranks = {key: rank for rank, key in enumerate(keys)}
    sorted_ = sorted(task.items(), key=lambda one: ranks.get(str(one[0]), len(keys)))
    return [(part, ordered(new, (*path, part), programme=programme)) for part, new in sorted_]


def _with(source: Source, path: Path, after: str, some: Mapping[str, Any]) -> Splice:
    """Return the edit that puts keys behind another one; before all of them where there is none."""
    block = source.data(path)
    if not block:  # an empty file
        return _lines_at(source, len(source.text), whole(some).splitlines(), len(path))
    indent = source.column(source.key((*path, next(iter(block)))).begin)
    new_lines = [line for key, new in some.items() for line in value(key, new, indent)]
    if not after:
        first = source.key((*path, next(iter(block)))).begin
        return Splice(first, first, "\n".join(new_lines).lstrip(" ") + "\n" + " " * indent, len(path))
    return _lines_at(source, source.next_line(_end(source, (*path, after))), new_lines, len(path))


def _lines_at(source: Source, offset: int, new: list[str], depth: int) -> Splice:
    """Return the edit that puts lines where a line begins, or at the end of a text whose last line has no end."""
    whole = not source.text[:offset] or source.text[offset - 1] in "\r\n"
    return Splice(
        offset, offset, "".join(f"{line}\n" for line in new) if whole else "".join(f"\n{line}" for line in new), depth
    )


def _end(source: Source, path: Path) -> int:
    """Return where the value at a path ends; the key, where the value stands somewhere else."""
    end = source.value(path).end
    data = source.data(path)
    if isinstance(data, (dict, list)) and data and not source.is_flow(path):
        last: str | int = next(reversed(data)) if isinstance(data, dict) else len(data) - 1
        return max(end, _end(source, (*path, last)))
    return end


def _behind_hyphen(source: Source, path: Path) -> bool:
    """Tell whether the first key of a block stands behind a hyphen, not on a line of its own."""
    block = source.data(path)
    return bool(block) and not source.opens_line(source.key((*path, next(iter(block)))).begin)


def _instead(source: Source, path: Path, new: Any) -> Splice:
    """Return the edit that writes a value in the place of another."""
    key, old_data = name_of(path), source.data(path)
    where = source.value(path)
    old = source.text[where.begin : where.end]
    behind_it = bool(source.rest(where.end))
    was_block = isinstance(old_data, (dict, list)) and not source.is_flow(path)
    is_block = isinstance(new, (Mapping, list)) or (isinstance(new, str) and "\n" in new)
    if (is_block and not behind_it) or (was_block and isinstance(path[-1], int)):
        return _as_lines(source, path, new)
    if isinstance(new, (Mapping, list)):
        text = flow_text(key, new)
    else:
        text = in_style("" if isinstance(old_data, (dict, list)) else old, new, key, in_braces=False)
    if was_block:
        colon = source.text.index(":", source.key(path).end) + 1
        return Splice(colon, _end(source, path), f" {text}", len(path))
    space = " " if not old and source.text[where.begin - 1 : where.begin] in (":", "-") else ""
    return Splice(*where, space + text, len(path))


def _as_lines(source: Source, path: Path, new: Any) -> Splice:
    """Return the edit that writes a key or an item with all its lines anew, or on one line before a remark."""
    part, key, end = path[-1], name_of(path), _end(source, path)
    if isinstance(part, str):
        begin = source.key(path).begin
        written = value(part, new, source.column(begin))
        short = f"{source.text[slice(*source.key(path))]}: {flow_text(key, new)}"
    else:
        begin = _hyphen(source, path)
        end = max(end, source.value(path).begin)
        written = item(key, new, source.column(begin))
        short = f"- {flow_text(key, new)}"
    text = short if source.rest(end) else "\n".join(written).lstrip(" ")
    return Splice(begin, end, text, len(path))


def _of_list(source: Source, path: Path, task: Mapping[str | int, Any], *, programme: bool) -> Iterator[Splice]:
    """Return the edits that do a task in a list with a hyphen for each item."""
    data = source.data(path)
    left = [number for number in range(len(data)) if task.get(number, "") is not None]
    new = []
    for number, one in sorted((int(part), one) for part, one in task.items()):
        if number >= len(data):
            new.append(ordered(one, (*path, number), programme=programme))
        elif one is None:
            yield _without_item(source, (*path, number))
        else:
            yield _instead(source, (*path, number), ordered(one, (*path, number), programme=programme))
    if new:
        last = (*path, left[-1] if left else len(data) - 1)
        indent = source.column(_hyphen(source, last))
        apart = (
            [""]
            if any(_apart(source, (*path, number)) for number in range(len(data))[1:])
            or (len(data) == 1 and path == ("moments",))
            else []
        )
        added = [line for one in new for line in (*apart, *item(name_of(path), one, indent))]
        yield _lines_at(source, source.next_line(_end(source, last)), added, len(path))


def _without_item(source: Source, path: Path) -> Splice:
    """Return the edit that takes an item away, and the blank lines before it."""
    hyphen, number = _hyphen(source, path), path[-1]
    if not source.opens_line(hyphen) and isinstance(number, int):  # behind the hyphen of a list around this one
        return Splice(hyphen, _hyphen(source, (*path[:-1], number + 1)), "", len(path))
    begin = source.line_begin(hyphen)
    if isinstance(number, int) and number:
        stop = source.next_line(_end(source, (*path[:-1], number - 1)))
        while begin > stop and not source.text[source.line_begin(begin - 1) : begin].strip():
            begin = source.line_begin(begin - 1)
    return Splice(begin, source.next_line(_end(source, path)), "", len(path))


def _apart(source: Source, path: Path) -> bool:
    """Tell whether a blank line stands before an item."""
    begin = source.line_begin(_hyphen(source, path))
    return begin > 0 and not source.text[source.line_begin(begin - 1) : begin].strip()


def _hyphen(source: Source, path: Path) -> int:
    """Return where the hyphen of an item stands: at the column where the list begins, on its line or above."""
    column = source.column(source.value(path[:-1]).begin)
    offset = source.value(path).begin
    while True:
        begin = source.line_begin(offset)
        at = begin + column
        if at < offset and source.text[at : at + 1] == "-":
            return at
        if begin == 0:
            raise ValueError(path)
        offset = begin - 1

"""Edits of blocks that have a line for each key or item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from wavectl.diagnostics import KeyPath
from wavectl.yamlfile.changeset import Splice, has_child, style_key
from wavectl.yamlfile.flow_edits import emit_in_style_of
from wavectl.yamlfile.formatter import (
    emit_file,
    emit_flow,
    emit_item,
    emit_key,
    key_to_insert_after,
    keys_at,
    sort_all_keys,
)
from wavectl.yamlfile.source import SourceFile


def edits(source: SourceFile, path: KeyPath, changes: Mapping[str | int, Any], *, programme: bool) -> Iterator[Splice]:
    """Return the edits that do a task in the block at a path: a line or more for each key or item."""
    block = source.data_at(path)
    if path and not block:
        new: Any = (
            {str(key): one for key, one in changes.items()} if isinstance(block, dict) else list(changes.values())
        )
        yield _rewrite_lines(source, path, sort_all_keys(new, path, programme=programme))
        return
    if isinstance(block, list):
        yield from _list_edits(source, path, changes, programme=programme)
        return
    left: list[str | int] = [key for key in block if changes.get(key, "") is not None]
    if path and not left:
        kept = {part: new for part, new in changes.items() if new is not None}
        yield _rewrite_lines(source, path, sort_all_keys(kept, path, programme=programme))
        return
    added: dict[str | int, dict[str, Any]] = {}
    opening = list(takewhile(lambda key: key not in left, block)) if _starts_after_hyphen(source, path) else []
    if opening:  # the first key that is left comes behind the hyphen
        yield Splice(
            source.key_extent((*path, opening[0])).begin, source.key_extent((*path, left[0])).begin, "", len(path)
        )
    for key, new in sort_changes(changes, path, programme=programme):
        if not has_child(block, key):
            after = key_to_insert_after(key, left, keys_at(path, programme=programme)) if left else None
            added.setdefault("" if after is None else after, {})[str(key)] = new
        elif key in opening:
            continue
        elif new is None:
            begin, end = source.key_extent((*path, key)).begin, _end_of(source, (*path, key))
            yield Splice(source.line_start(begin), source.next_line_start(end), "", len(path))
        else:
            yield _replace_in_block(source, (*path, key), new)
    for after, some in added.items():
        yield _insert_keys(source, path, str(after), some)


def sort_changes(changes: Mapping[str | int, Any], path: KeyPath, *, programme: bool) -> list[tuple[str | int, Any]]:
    """Return the tasks in the order of the layout, their values with their keys in order too."""
    keys = keys_at(path, programme=programme)
    ranks = {key: rank for rank, key in enumerate(keys)}
    sorted_ = sorted(changes.items(), key=lambda one: ranks.get(str(one[0]), len(keys)))
    return [(part, sort_all_keys(new, (*path, part), programme=programme)) for part, new in sorted_]


def _insert_keys(source: SourceFile, path: KeyPath, after: str, new_values: Mapping[str, Any]) -> Splice:
    """Return the edit that puts keys behind another one; before all of them where there is none."""
    block = source.data_at(path)
    if not block:  # an empty file
        return _insert_lines(source, len(source.text), emit_file(new_values).splitlines(), len(path))
    indent = source.column(source.key_extent((*path, next(iter(block)))).begin)
    new_lines = [line for key, new in new_values.items() for line in emit_key(key, new, indent)]
    if not after:
        first = source.key_extent((*path, next(iter(block)))).begin
        return Splice(first, first, "\n".join(new_lines).lstrip(" ") + "\n" + " " * indent, len(path))
    return _insert_lines(source, source.next_line_start(_end_of(source, (*path, after))), new_lines, len(path))


def _insert_lines(source: SourceFile, offset: int, new: list[str], depth: int) -> Splice:
    """Return the edit that puts lines where a line begins, or at the end of a text whose last line has no end."""
    whole = not source.text[:offset] or source.text[offset - 1] in "\r\n"
    return Splice(
        offset, offset, "".join(f"{line}\n" for line in new) if whole else "".join(f"\n{line}" for line in new), depth
    )


def _end_of(source: SourceFile, path: KeyPath) -> int:
    """Return where the value at a path ends; the key, where the value stands somewhere else."""
    end = source.value_extent(path).end
    data = source.data_at(path)
    if isinstance(data, (dict, list)) and data and not source.is_flow(path):
        last: str | int = next(reversed(data)) if isinstance(data, dict) else len(data) - 1
        return max(end, _end_of(source, (*path, last)))
    return end


def _starts_after_hyphen(source: SourceFile, path: KeyPath) -> bool:
    """Tell whether the first key of a block stands behind a hyphen, not on a line of its own."""
    block = source.data_at(path)
    return bool(block) and not source.opens_line(source.key_extent((*path, next(iter(block)))).begin)


def _replace_in_block(source: SourceFile, path: KeyPath, new: Any) -> Splice:
    """Return the edit that writes a value in the place of another."""
    key, old_data = style_key(path), source.data_at(path)
    where = source.value_extent(path)
    old = source.text[where.begin : where.end]
    behind_it = bool(source.rest_of_line(where.end))
    was_block = isinstance(old_data, (dict, list)) and not source.is_flow(path)
    is_block = isinstance(new, (Mapping, list)) or (isinstance(new, str) and "\n" in new)
    if (is_block and not behind_it) or (was_block and isinstance(path[-1], int)):
        return _rewrite_lines(source, path, new)
    if isinstance(new, (Mapping, list)):
        text = emit_flow(key, new)
    else:
        text = emit_in_style_of("" if isinstance(old_data, (dict, list)) else old, new, key, in_flow=False)
    if was_block:
        colon = source.text.index(":", source.key_extent(path).end) + 1
        return Splice(colon, _end_of(source, path), f" {text}", len(path))
    space = " " if not old and source.text[where.begin - 1 : where.begin] in (":", "-") else ""
    return Splice(*where, space + text, len(path))


def _rewrite_lines(source: SourceFile, path: KeyPath, new: Any) -> Splice:
    """Return the edit that writes a key or an item with all its lines anew, or on one line before a remark."""
    part, key, end = path[-1], style_key(path), _end_of(source, path)
    if isinstance(part, str):
        begin = source.key_extent(path).begin
        written = emit_key(part, new, source.column(begin))
        short = f"{source.text[slice(*source.key_extent(path))]}: {emit_flow(key, new)}"
    else:
        begin = _hyphen_offset(source, path)
        end = max(end, source.value_extent(path).begin)
        written = emit_item(key, new, source.column(begin))
        short = f"- {emit_flow(key, new)}"
    text = short if source.rest_of_line(end) else "\n".join(written).lstrip(" ")
    return Splice(begin, end, text, len(path))


def _list_edits(
    source: SourceFile, path: KeyPath, changes: Mapping[str | int, Any], *, programme: bool
) -> Iterator[Splice]:
    """Return the edits that do a task in a list with a hyphen for each item."""
    data = source.data_at(path)
    left = [number for number in range(len(data)) if changes.get(number, "") is not None]
    new = []
    for number, one in sorted((int(part), one) for part, one in changes.items()):
        if number >= len(data):
            new.append(sort_all_keys(one, (*path, number), programme=programme))
        elif one is None:
            yield _remove_item(source, (*path, number))
        else:
            yield _replace_in_block(source, (*path, number), sort_all_keys(one, (*path, number), programme=programme))
    if new:
        last = (*path, left[-1] if left else len(data) - 1)
        indent = source.column(_hyphen_offset(source, last))
        apart = (
            [""]
            if any(_has_blank_line_before(source, (*path, number)) for number in range(len(data))[1:])
            or (len(data) == 1 and path == ("moments",))
            else []
        )
        added = [line for one in new for line in (*apart, *emit_item(style_key(path), one, indent))]
        yield _insert_lines(source, source.next_line_start(_end_of(source, last)), added, len(path))


def _remove_item(source: SourceFile, path: KeyPath) -> Splice:
    """Return the edit that takes an item away, and the blank lines before it."""
    hyphen, number = _hyphen_offset(source, path), path[-1]
    if not source.opens_line(hyphen) and isinstance(number, int):  # behind the hyphen of a list around this one
        return Splice(hyphen, _hyphen_offset(source, (*path[:-1], number + 1)), "", len(path))
    begin = source.line_start(hyphen)
    if isinstance(number, int) and number:
        stop = source.next_line_start(_end_of(source, (*path[:-1], number - 1)))
        while begin > stop and not source.text[source.line_start(begin - 1) : begin].strip():
            begin = source.line_start(begin - 1)
    return Splice(begin, source.next_line_start(_end_of(source, path)), "", len(path))


def _has_blank_line_before(source: SourceFile, path: KeyPath) -> bool:
    """Tell whether a blank line stands before an item."""
    begin = source.line_start(_hyphen_offset(source, path))
    return begin > 0 and not source.text[source.line_start(begin - 1) : begin].strip()


def _hyphen_offset(source: SourceFile, path: KeyPath) -> int:
    """Return where the hyphen of an item stands: at the column where the list begins, on its line or above."""
    column = source.column(source.value_extent(path[:-1]).begin)
    offset = source.value_extent(path).begin
    while True:
        begin = source.line_start(offset)
        at = begin + column
        if at < offset and source.text[at : at + 1] == "-":
            return at
        if begin == 0:
            raise ValueError(path)
        offset = begin - 1

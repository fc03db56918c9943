"""Patch the text of a file: change the values of some paths and no other byte.

A changeset becomes text edits at the positions of the syntax tree. Nothing is dumped, because that would fold lines
and change quotation marks and comments elsewhere. The fixes of findings are text edits too.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from itertools import takewhile
from typing import Any, NamedTuple, TypeAlias

from wavectl.diagnostics import LINE_END, KeyPath, Message, Span, msg
from wavectl.yamlfile import emitter
from wavectl.yamlfile.document import Document, has_child
from wavectl.yamlfile.reader import read_back
from wavectl.yamlfile.syntax_tree import SyntaxNode, SyntaxTree, UnsupportedYamlError

Changeset: TypeAlias = Mapping[KeyPath, Any]
"""The value to write at each path: a text, a boolean, a list or a mapping, as in a wave file.

None removes the key or the item; an index after the last one of a list adds an item. Missing parents are created.
"""
BlockChanges: TypeAlias = dict[KeyPath, dict[str | int, Any]]
"""The same by mapping or list, and by key or index in it; each path exists in the file."""


class CannotEditError(Exception):
    """The file is written in a way that a change cannot be made safely."""

    def __init__(self, file: str) -> None:
        self.message = msg("{file} is written in a way that wavectl cannot change safely", file=file)
        self.hint: Message = msg(
            "change it by hand, or first write out references (&name, *name) and put long values on one line"
        )
        super().__init__(str(self.message))


class RenamedKey(NamedTuple):
    """In a changeset, the new name of the key at a path; its value stays as it is written."""

    name: str


class TextEdit(NamedTuple):
    """What to write between two offsets of a text; a line feed in it becomes the line end of the file.

    Of two insertions at one offset, the one in the deeper block (``depth``) comes first: it ends before the block
    around it continues.
    """

    begin: int
    end: int
    text: str
    depth: int = 0


def apply_edits(text: str, edits: Iterable[TextEdit], *, skip_overlapping: bool = False) -> str:
    """Return a text with edits made.

    Where two edits overlap, the later one is skipped; without ``skip_overlapping``, ``ValueError`` is raised.
    """
    line_end = LINE_END.search(text)
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.begin, edit.end > edit.begin, -edit.depth)):
        if edit.begin >= at:
            pieces += [text[at : edit.begin], edit.text.replace("\n", line_end[0] if line_end else "\n")]
            at = edit.end
        elif not skip_overlapping:
            raise ValueError(edit)
    return "".join((*pieces, text[at:]))


def apply_fixes(text: str, fixes: Iterable[tuple[Span, str]]) -> str:
    """Return a text with fixes made: what to write at each span; of two that overlap, the first one counts.

    A fix that starts a new line replaces the spaces before it.
    """
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    edits = []
    for span, fix in fixes:
        begin, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        if fix.startswith("\n"):
            begin = len(text[:begin].rstrip(" \t"))
        edits.append(TextEdit(begin, end, fix))
    return apply_edits(text, edits, skip_overlapping=True)


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def diff_lines(before: str, after: str, name: str) -> Iterator[str]:
    """Return the lines of a unified diff between two states of a file, each with its end."""
    old, new = (_LINE.findall(LINE_END.sub("\n", text)) for text in (before, after))
    for line in unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def patch_document(document: Document, changeset: Changeset, keys_at: emitter.KeysAt) -> str:
    """Return the text of a file with a changeset made; all other lines stay as they are.

    New keys are inserted in the order of ``keys_at``. The result is read back: ``CannotEditError`` is raised if it has
    not exactly the data that it should have. A changeset that holds a path and one below it is a mistake of the caller:
    ``ValueError``.
    """
    work = group_by_block(document.data, changeset)
    if not work:
        return document.text
    try:
        patcher = _Patcher(document, keys_at)
        edits = [edit for path, changes in work.items() for edit in patcher.edits(path, changes)]
        text = apply_edits(document.text, edits)
    except (LookupError, ValueError, UnsupportedYamlError) as error:
        raise CannotEditError(document.file) from error
    after = read_back(text, document)
    data, expected = as_read_back(after.data), data_after(document.data, work)
    if not document.text.endswith(("\n", "\r")):  # whether a block text there ends with a line end makes no difference
        data, expected = _without_final_newlines(data), _without_final_newlines(expected)
    if data != expected or len(after.findings) > len(document.findings):
        raise CannotEditError(document.file)
    return text


def _without_final_newlines(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_final_newlines(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_final_newlines(value) for value in data]
    return data.rstrip("\n") if isinstance(data, str) else data


class _Patcher:
    def __init__(self, document: Document, keys_at: emitter.KeysAt) -> None:
        self._data, self._text, self._keys_at = document.data, document.text, keys_at
        self._tree = SyntaxTree(document)
        self._line_starts = self._tree.line_starts

    def edits(self, path: KeyPath, changes: Mapping[str | int, Any]) -> Iterator[TextEdit]:
        """Yield the edits that make changes to the mapping or list at a path, by key or index."""
        block = value_at(self._data, path)
        if not path and not block:
            yield self._insert_lines(
                len(self._text), emitter.emit_file(self._sorted(dict(changes), path)).splitlines(), 0
            )
            return
        node = self._tree.node(path)
        has_own_line = isinstance(path[-1], str) and not node.in_flow if path else False
        if node.kind == "alias":
            raise ValueError(path)
        if node.is_flow and (block or not has_own_line):
            yield from self._flow_edits(node, path, changes)
        elif not block:
            new = list(changes.values()) if isinstance(block, list) else dict(changes)
            yield self._rewrite_lines(node, path, self._sorted(new, path))
        elif isinstance(block, list):
            yield from self._list_edits(node, path, changes)
        else:
            yield from self._mapping_edits(node, path, changes)

    # Blocks that have a line for each key or item

    def _mapping_edits(self, node: SyntaxNode, path: KeyPath, changes: Mapping[str | int, Any]) -> Iterator[TextEdit]:
        nodes = {str(child.key): child for child in node.children}
        remaining: list[str | int] = [key for key in nodes if changes.get(key, "") is not None]
        if path and not remaining:
            kept = {key: new for key, new in changes.items() if new is not None}
            yield self._rewrite_lines(node, path, self._sorted(kept, path))
            return
        first = next(iter(nodes.values()))
        opening = [] if self._starts_line(first) else list(takewhile(lambda key: key not in remaining, nodes))
        if opening:  # the first key that remains moves up to the hyphen
            yield TextEdit(self._begin(nodes[opening[0]]), self._begin(nodes[str(remaining[0])]), "", len(path))
        keys = self._keys_at(path)
        added: dict[str, dict[str, Any]] = {}
        for part, new in self._sorted(dict(changes), path).items():
            key = str(part)
            if key not in nodes:
                after = emitter.key_to_insert_after(key, remaining, keys) if remaining else None
                added.setdefault("" if after is None else str(after), {})[key] = new
            elif key in opening:
                continue
            elif isinstance(new, RenamedKey):
                yield self._rename_key(nodes[key], new, len(path))
            elif new is None:
                begin, end = self._begin(nodes[key]), self._subtree_end(nodes[key])
                yield TextEdit(self._line_start(begin), self._next_line_start(end), "", len(path))
            else:
                yield self._replace_in_block(nodes[key], (*path, key), new)
        indent = first.column
        for after_key, values in added.items():
            lines = [line for key, new in values.items() for line in emitter.emit_key(key, new, indent)]
            if after_key:
                end = self._subtree_end(nodes[after_key])
                yield self._insert_lines(self._next_line_start(end), lines, len(path))
            else:
                begin = self._begin(first)
                yield TextEdit(begin, begin, "\n".join(lines).lstrip(" ") + "\n" + " " * indent, len(path))

    def _rename_key(self, node: SyntaxNode, new: RenamedKey, depth: int) -> TextEdit:
        begin, end = self._begin(node), self._tree.offset(node.key_end)
        key = emit_in_style_of(self._text[begin:end], new.name, "id", in_flow=node.in_flow)
        return TextEdit(begin, end, key, depth)

    def _list_edits(self, node: SyntaxNode, path: KeyPath, changes: Mapping[str | int, Any]) -> Iterator[TextEdit]:
        items = node.children
        new_items = []
        for number, new in sorted((int(part), new) for part, new in changes.items()):
            if number >= len(items):
                new_items.append(self._sorted(new, (*path, number)))
            elif new is None:
                yield self._remove_item(items, number, len(path))
            else:
                yield self._replace_in_block(items[number], (*path, number), self._sorted(new, (*path, number)))
        if new_items:
            remaining = [item for number, item in enumerate(items) if changes.get(number, "") is not None]
            last = (remaining or items)[-1]
            apart = any(map(self._has_blank_line_before, items[1:])) or (len(items) == 1 and path == ("moments",))
            blank = [""] if apart else []
            lines = [
                line
                for new in new_items
                for line in (*blank, *emitter.emit_item(emitter.style_key(path), new, last.column))
            ]
            yield self._insert_lines(self._next_line_start(self._subtree_end(last)), lines, len(path))

    def _remove_item(self, items: list[SyntaxNode], number: int, depth: int) -> TextEdit:
        """Return the edit that removes an item, and the blank lines before it."""
        item = items[number]
        if not self._starts_line(item):  # it is after the hyphen of a list around this one
            return TextEdit(self._begin(item), self._begin(items[number + 1]), "", depth)
        begin = self._line_start(self._begin(item))
        if number:
            stop = self._next_line_start(self._subtree_end(items[number - 1]))
            while begin > stop and not self._text[self._line_start(begin - 1) : begin].strip():
                begin = self._line_start(begin - 1)
        return TextEdit(begin, self._next_line_start(self._subtree_end(item)), "", depth)

    def _replace_in_block(self, node: SyntaxNode, path: KeyPath, new: Any) -> TextEdit:
        begin, end = self._value(node)
        old = self._text[begin:end]
        was_block = node.kind in ("map", "list") and not node.is_flow
        becomes_block = isinstance(new, (Mapping, list)) or (isinstance(new, str) and "\n" in new)
        if (becomes_block and not self._rest_of_line(end)) or (was_block and node.key is None):
            return self._rewrite_lines(node, path, new)
        text = self._in_style_of(node, old, new, path)
        if was_block:
            colon = self._text.index(":", self._tree.offset(node.key_end)) + 1
            return TextEdit(colon, self._subtree_end(node), f" {text}", len(path))
        space = " " if not old and self._text[begin - 1 : begin] in (":", "-") else ""
        return TextEdit(begin, end, space + text, len(path))

    def _rewrite_lines(self, node: SyntaxNode, path: KeyPath, new: Any) -> TextEdit:
        """Return the edit that rewrites all lines of a key or an item; as one line if a comment follows it."""
        key, begin, end = emitter.style_key(path), self._begin(node), self._subtree_end(node)
        if node.key is None:
            lines, short = emitter.emit_item(key, new, node.column), "-"
        else:
            lines = emitter.emit_key(node.key, new, node.column)
            short = f"{self._text[begin : self._tree.offset(node.key_end)]}:"
        text = f"{short} {emitter.emit_flow(key, new)}" if self._rest_of_line(end) else "\n".join(lines).lstrip(" ")
        return TextEdit(begin, end, text, len(path))

    # Braces and brackets: {a: b}, [a, b]

    def _flow_edits(self, node: SyntaxNode, path: KeyPath, changes: Mapping[str | int, Any]) -> Iterator[TextEdit]:
        is_list = node.kind == "list"
        parts: list[str | int] = [number if is_list else str(child.key) for number, child in enumerate(node.children)]
        nodes = dict(zip(parts, node.children, strict=True))
        remaining = [part for part in parts if changes.get(part, "") is not None]
        added = {part: new for part, new in changes.items() if part not in nodes}
        if not remaining:
            text = emitter.emit_flow(emitter.style_key(path), list(added.values()) if is_list else added)
            yield TextEdit(*self._value(node), text, len(path))
            return
        for part, new in changes.items():
            if isinstance(new, RenamedKey):
                yield self._rename_key(nodes[part], new, len(path))
            elif part in nodes and new is None:
                yield self._remove_from_flow(nodes, remaining, part, len(path))
            elif part in nodes:
                begin, end = self._value(nodes[part])
                old = self._text[begin:end]
                space = " " if not old and self._text[begin - 1 : begin] == ":" else ""
                text = self._in_style_of(nodes[part], old, new, (*path, part))
                yield TextEdit(begin, end, space + text, len(path) + 1)
        keys = self._keys_at(path)
        for part, new in added.items():
            after = emitter.key_to_insert_after(part, remaining, keys)
            end = self._value(nodes[remaining[-1] if after is None else after])[1]
            key = f"{emitter.emit_scalar(part, 'id')}: " if isinstance(part, str) else ""
            yield TextEdit(end, end, f", {key}{emitter.emit_flow(emitter.style_key((*path, part)), new)}", len(path))

    def _remove_from_flow(
        self, nodes: dict[str | int, SyntaxNode], remaining: list[str | int], part: str | int, depth: int
    ) -> TextEdit:
        """Return the edit that removes a part with the comma before it, or after it if it comes first."""
        parts = list(nodes)
        number = parts.index(part)
        if any(other in remaining for other in parts[:number]):
            begin = self._value(nodes[parts[number - 1]])[1]
            return TextEdit(begin, self._value(nodes[part])[1], "", depth)
        return TextEdit(self._begin(nodes[part]), self._begin(nodes[parts[number + 1]]), "", depth)

    def _in_style_of(self, node: SyntaxNode, old: str, new: Any, path: KeyPath) -> str:
        """Return a new value on one line, with the quotation marks of the old one if possible."""
        key = emitter.style_key(path)
        if isinstance(new, (Mapping, list)):
            return emitter.emit_flow(key, new)
        return emit_in_style_of(old if node.kind in ("scalar", "alias") else "", new, key, in_flow=node.in_flow)

    # Positions, as offsets

    def _begin(self, node: SyntaxNode) -> int:
        return self._tree.offset(node.start)

    def _value(self, node: SyntaxNode) -> tuple[int, int]:
        """Return begin and end of a value; after the colon where nothing is written."""
        if node.is_empty and node.key is not None and node.anchor is None:
            colon = _COLON.match(self._text, self._tree.offset(node.key_end))
            end = colon.end() if colon else self._tree.offset(node.key_end)
            return end, end
        return self._tree.offset(node.value_start), self._subtree_end(node)

    def _subtree_end(self, node: SyntaxNode) -> int:
        """Return the end of a value, without the blank lines after a block text."""
        if node.is_empty and node.key is not None and node.anchor is None:
            return self._value(node)[0]
        if node.is_block_scalar:
            begin, end = self._tree.offset(node.value_start), self._tree.offset(node.end)
            return begin + len(self._text[begin:end].rstrip(" \t\r\n"))
        if node.kind in ("map", "list") and not node.is_flow and node.children:
            return self._subtree_end(node.children[-1])
        return self._tree.offset(node.end)

    def _line_start(self, offset: int) -> int:
        return self._line_starts[bisect_right(self._line_starts, offset) - 1]

    def _next_line_start(self, offset: int) -> int:
        number = bisect_right(self._line_starts, offset)
        return self._line_starts[number] if number < len(self._line_starts) else len(self._text)

    def _rest_of_line(self, offset: int) -> str:
        return self._text[offset : self._next_line_start(offset)].strip()

    def _starts_line(self, node: SyntaxNode) -> bool:
        begin = self._begin(node)
        return not self._text[self._line_start(begin) : begin].strip()

    def _has_blank_line_before(self, node: SyntaxNode) -> bool:
        begin = self._line_start(self._begin(node))
        return begin > 0 and not self._text[self._line_start(begin - 1) : begin].strip()

    def _insert_lines(self, offset: int, lines: list[str], depth: int) -> TextEdit:
        """Return the edit that inserts lines at the start of a line, or at the end of the text."""
        at_line_start = offset == 0 or self._text[offset - 1] in "\r\n"
        text = "".join(f"{line}\n" if at_line_start else f"\n{line}" for line in lines)
        return TextEdit(offset, offset, text, depth)

    def _sorted(self, data: Any, path: KeyPath) -> Any:
        return emitter.sort_all_keys(data, path, self._keys_at)


_COLON = re.compile(r"[ \t]*:")


def emit_in_style_of(old: str, value: Any, key: str, *, in_flow: bool) -> str:
    """Return a value on one line with the quotation marks of the old one, ``old`` as it is in the file, if possible."""
    if not isinstance(value, str):
        return emitter.emit_scalar(value)
    mark = old[:1]
    if mark == '"' or (mark == "'" and value.isprintable()):
        return emitter.emit_quoted(value, mark)
    if mark and mark not in "|>'" and emitter.can_be_plain(value, in_flow=in_flow):
        return value
    return emitter.emit_scalar(value, key)


# Changesets by block, and the data that a file then has


def group_by_block(data: Any, changeset: Changeset) -> BlockChanges:
    """Group changes by the deepest existing mapping or list; one that would be left empty is removed as a whole."""
    groups: BlockChanges = {}
    for path, value in changeset.items():
        above = next((path[:depth] for depth in range(len(path)) if path[:depth] in changeset), None)
        if above is not None:
            raise ValueError(f"the changeset changes both {above} and {path}, which is below it")
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
    for path, changes in list(groups.items()):
        block = value_at(data, path)
        groups[path] = {part: value for part, value in changes.items() if _is_change(block, part, value)}
    return {path: changes for path, changes in groups.items() if changes}


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
    parts = range(len(block)) if isinstance(block, list) else block
    return bool(block) and all(part in changes for part in parts) and all(value is None for value in changes.values())


def _is_change(block: Any, part: str | int, value: Any) -> bool:
    """Return whether a value differs from the current one, or has its keys in another order."""
    if value is None or not has_child(block, part):
        return value is not None or has_child(block, part)
    return json.dumps(as_read_back(block[part])) != json.dumps(as_read_back(value))


def _data_after(data: Any, block_changes: BlockChanges, path: KeyPath) -> Any:
    changes = block_changes.get(path, {})
    if isinstance(data, dict):
        renamed = {key: new.name for key, new in changes.items() if isinstance(new, RenamedKey)}
        kept = {
            renamed.get(key, key): _data_after(old, block_changes, (*path, key))
            for key, old in data.items()
            if key not in changes or key in renamed
        }
        return kept | {str(key): new for key, new in changes.items() if new is not None and key not in renamed}
    if isinstance(data, list):
        new = (changes.get(at, _data_after(old, block_changes, (*path, at))) for at, old in enumerate(data))
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
    if isinstance(data, str) and emitter.DATE_SET.fullmatch(data):
        return [data[1:-1]]
    return str(data) if isinstance(data, int) else data

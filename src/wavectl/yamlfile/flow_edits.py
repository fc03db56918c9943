"""Edits inside braces and brackets: ``{a: b}``, ``[a, b]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wavectl.diagnostics import KeyPath
from wavectl.yamlfile.changeset import Splice, has_child, style_key
from wavectl.yamlfile.formatter import emit_flow, emit_quoted, emit_scalar, key_to_insert_after, keys_at
from wavectl.yamlfile.parser import resolve_scalar as as_read
from wavectl.yamlfile.source import SourceFile


def edits(source: SourceFile, path: KeyPath, changes: Mapping[str | int, Any], *, programme: bool) -> Iterator[Splice]:
    """Return the edits that do a task in the block at a path, which stands in braces or brackets."""
    block = source.data_at(path)
    parts: list[str | int] = list(range(len(block))) if isinstance(block, list) else list(block)
    left = [part for part in parts if part not in changes or changes[part] is not None]
    added = {part: value for part, value in changes.items() if not has_child(block, part)}
    if not left:
        whole = source.value_extent(path)
        yield Splice(
            *whole, emit_flow(style_key(path), list(added.values()) if isinstance(block, list) else added), len(path)
        )
        return
    for part, value in changes.items():
        if part in added:
            continue
        if value is None:
            yield _remove_from_flow(source, path, parts, left, part)
        else:
            yield _replace_in_flow(source, (*path, part), value)
    keys = keys_at(path, programme=programme)
    for after, some in _group_by_predecessor(added, left, keys).items():
        texts = (_flow_entry(path, part, value) for part, value in some.items())
        end = source.value_extent((*path, after)).end
        yield Splice(end, end, "".join(f", {text}" for text in texts), len(path))


def _replace_in_flow(source: SourceFile, path: KeyPath, value: Any) -> Splice:
    where = source.value_extent(path)
    old = source.text[where.begin : where.end]
    key = style_key(path)
    if isinstance(value, (Mapping, list)):
        text = emit_flow(key, value)
    else:
        text = emit_in_style_of("" if isinstance(source.data_at(path), (dict, list)) else old, value, key, in_flow=True)
    space = " " if not old and source.text[where.begin - 1 : where.begin] == ":" else ""
    return Splice(*where, space + text, len(path))


def _remove_from_flow(
    source: SourceFile, path: KeyPath, parts: list[str | int], remaining: list[str | int], part: str | int
) -> Splice:
    """Return the edit that takes a part away, with the comma before it, or behind it where it stands first."""
    number = parts.index(part)
    if any(other in remaining for other in parts[:number]):
        return Splice(
            source.value_extent((*path, parts[number - 1])).end, source.value_extent((*path, part)).end, "", len(path)
        )
    return Splice(_start_of(source, (*path, part)), _start_of(source, (*path, parts[number + 1])), "", len(path))


def _start_of(source: SourceFile, path: KeyPath) -> int:
    return (source.key_extent(path) if isinstance(path[-1], str) else source.value_extent(path)).begin


def _group_by_predecessor(
    added: Mapping[str | int, Any], remaining: list[str | int], keys: tuple[str, ...]
) -> dict[str | int, dict[str | int, Any]]:
    """Return what is added by the part that it comes behind."""
    found: dict[str | int, dict[str | int, Any]] = {}
    for part, value in added.items():
        found.setdefault(key_to_insert_after(part, remaining, keys) or remaining[-1], {})[part] = value
    return found


def _flow_entry(path: KeyPath, part: str | int, value: Any) -> str:
    if isinstance(part, int):
        return emit_flow(style_key(path), value)
    return f"{emit_scalar(part, 'id')}: {emit_flow(style_key((*path, part)), value)}"


_PLAIN_SCALAR = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`=](?:[^\s:#]|:(?=\S)|(?<=\S)\#|[ ](?=[^\s#]))*""")
_FLOW_INDICATORS = re.compile(r"[,\[\]{}]")


def emit_in_style_of(old: str, value: Any, key: str, *, in_flow: bool) -> str:
    """Return a value on one line, written as the old one was: ``old`` is that as it stands in the file."""
    if not isinstance(value, str):
        return emit_scalar(value)
    text = str(value)
    if old[:1] == '"':
        return emit_quoted(text) if not _has_quotes_to_escape(text) else _double_quoted(text)
    if old[:1] == "'" and "\n" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if old and old[:1] not in ("|", ">", "'") and _can_stay_plain(text, in_flow=in_flow):
        return text
    return emit_scalar(text, key)


def _can_stay_plain(text: str, *, in_flow: bool) -> bool:
    plain = _PLAIN_SCALAR.fullmatch(text) and text.isprintable() and as_read(text) is not None
    return bool(plain) and not (in_flow and _FLOW_INDICATORS.search(text))


def _has_quotes_to_escape(text: str) -> bool:
    return '"' in text and "\\" not in text and text.isprintable()


def _double_quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'

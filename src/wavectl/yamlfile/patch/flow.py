"""Edits inside braces and brackets: ``{a: b}``, ``[a, b]``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wavectl.diagnostics import Path
from wavectl.yamlfile.formatter import behind, flow_text, keys_at, scalar
from wavectl.yamlfile.patch.changeset import has, name_of
from wavectl.yamlfile.patch.scalar import in_style
from wavectl.yamlfile.patch.source import Source
from wavectl.yamlfile.patch.splice import Splice


def edits(source: Source, path: Path, task: Mapping[str | int, Any], *, programme: bool) -> Iterator[Splice]:
    """Return the edits that do a task in the block at a path, which stands in braces or brackets."""
    block = source.data(path)
    parts: list[str | int] = list(range(len(block))) if isinstance(block, list) else list(block)
    left = [part for part in parts if part not in task or task[part] is not None]
    added = {part: value for part, value in task.items() if not has(block, part)}
    if not left:
        whole = source.value(path)
        yield Splice(
            *whole, flow_text(name_of(path), list(added.values()) if isinstance(block, list) else added), len(path)
        )
        return
    for part, value in task.items():
        if part in added:
            continue
        if value is None:
            yield _without(source, path, parts, left, part)
        else:
            yield _instead(source, (*path, part), value)
    keys = keys_at(path, programme=programme)
    for after, some in _placed(added, left, keys).items():
        texts = (_entry(path, part, value) for part, value in some.items())
        end = source.value((*path, after)).end
        yield Splice(end, end, "".join(f", {text}" for text in texts), len(path))


def _instead(source: Source, path: Path, value: Any) -> Splice:
    where = source.value(path)
    old = source.text[where.begin : where.end]
    key = name_of(path)
    if isinstance(value, (Mapping, list)):
        text = flow_text(key, value)
    else:
        text = in_style("" if isinstance(source.data(path), (dict, list)) else old, value, key, in_braces=True)
    space = " " if not old and source.text[where.begin - 1 : where.begin] == ":" else ""
    return Splice(*where, space + text, len(path))


def _without(source: Source, path: Path, parts: list[str | int], left: list[str | int], part: str | int) -> Splice:
    """Return the edit that takes a part away, with the comma before it, or behind it where it stands first."""
    number = parts.index(part)
    if any(other in left for other in parts[:number]):
        return Splice(source.value((*path, parts[number - 1])).end, source.value((*path, part)).end, "", len(path))
    return Splice(_begin(source, (*path, part)), _begin(source, (*path, parts[number + 1])), "", len(path))


def _begin(source: Source, path: Path) -> int:
    return (source.key(path) if isinstance(path[-1], str) else source.value(path)).begin


def _placed(
    added: Mapping[str | int, Any], left: list[str | int], keys: tuple[str, ...]
) -> dict[str | int, dict[str | int, Any]]:
    """Return what is added by the part that it comes behind."""
    found: dict[str | int, dict[str | int, Any]] = {}
    for part, value in added.items():
        found.setdefault(behind(part, left, keys) or left[-1], {})[part] = value
    return found


def _entry(path: Path, part: str | int, value: Any) -> str:
    if isinstance(part, int):
        return flow_text(name_of(path), value)
    return f"{scalar(part, 'id')}: {flow_text(name_of((*path, part)), value)}"

"""Wishes -> the text of a file with them: each task becomes edits of the text, and what comes out is read again."""

from __future__ import annotations

from typing import Any

from wavectl.diagnostics import Message, Path, say
from wavectl.yamlfile.document import Document, read
from wavectl.yamlfile.patch import block, flow
from wavectl.yamlfile.patch.changeset import Wishes, applied, tasks, textual
from wavectl.yamlfile.patch.source import Source
from wavectl.yamlfile.patch.splice import Splice, spliced

_BOUND = 1024
"""How large a file may become, in MiB: what was read is not refused for its size afterwards."""


class CannotEditError(Exception):
    """The file is written in a way that a change cannot be put into safely."""

    def __init__(self, file: str) -> None:
        self.message = say("{file} is written in a way that wavectl cannot change safely", file=file)
        self.hint: Message = say(
            "change it by hand: references (&name, *name) and values on several lines are better written out"
        )
        super().__init__(str(self.message))


def changed(document: Document, wishes: Wishes, *, programme: bool = False) -> str:
    """Return the text of a file with wishes put into it; every line that they are not about stays as it is.

    Keys come where the layout of wave files has them. Raises ``CannotEditError`` where what comes out would not read
    as it should: then nothing is changed by guess.
    """
    work = tasks(document.data, wishes)
    if not work:
        return document.text
    source = Source(document)
    edits: list[Splice] = []
    try:
        for path, task in work.items():
            part = flow if path and source.is_flow(path) and not _is_bare(source, path) else block
            edits += part.edits(source, path, task, programme=programme)
    except (IndexError, ValueError) as error:
        raise CannotEditError(document.file) from error
    text = spliced(document.text, edits, source.line_end)
    again = read(text.encode("utf-8", "surrogatepass"), document.file, _BOUND)
    open_end = not document.text.endswith(("\n", "\r"))
    if _even(textual(again.data), open_end) != _even(applied(document.data, work), open_end):
        raise CannotEditError(document.file)
    if len(again.findings) > len(document.findings):
        raise CannotEditError(document.file)
    return text


def _is_bare(source: Source, path: Path) -> bool:
    """Tell whether a block is empty braces or brackets behind a key with a line of its own: ``moments: []``."""
    return not source.data(path) and isinstance(path[-1], str) and not (path[:-1] and source.is_flow(path[:-1]))


def _even(data: Any, open_end: bool) -> Any:
    """Return data to be compared: where the last line of a file has no end, whether its text has one says nothing."""
    if not open_end:
        return data
    if isinstance(data, dict):
        return {key: _even(value, open_end) for key, value in data.items()}
    if isinstance(data, list):
        return [_even(value, open_end) for value in data]
    return data.rstrip("\n") if isinstance(data, str) else data

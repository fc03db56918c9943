"""Changes to the files of a plan: what they are about is written anew, and no other byte of a file changes.

A change is told as wishes, a value for each path: ``changed`` finds the places in the text. Nothing is dumped, for
that would fold lines, and change quotation marks and remarks that nobody asked about.
"""

from __future__ import annotations

from typing import Any

from wavectl.diagnostics import KeyPath, Message, msg
from wavectl.yamlfile import block_edits, flow_edits
from wavectl.yamlfile.builder import Document, parse_document
from wavectl.yamlfile.changeset import Changeset, Splice, apply_splices, as_read_back, data_after, group_by_block
from wavectl.yamlfile.source import SourceFile

__all__ = ["CannotEditError", "Changeset", "patch_document"]


_MAX_REREAD_SIZE = 1024
"""How large a file may become, in MiB: what was read is not refused for its size afterwards."""


class CannotEditError(Exception):
    """The file is written in a way that a change cannot be put into safely."""

    def __init__(self, file: str) -> None:
        self.message = msg("{file} is written in a way that wavectl cannot change safely", file=file)
        self.hint: Message = msg(
            "change it by hand: references (&name, *name) and values on several lines are better written out"
        )
        super().__init__(str(self.message))


def patch_document(document: Document, changeset: Changeset, *, programme: bool = False) -> str:
    """Return the text of a file with wishes put into it; every line that they are not about stays as it is.

    Keys come where the layout of wave files has them. Raises ``CannotEditError`` where what comes out would not read
    as it should: then nothing is changed by guess.
    """
    work = group_by_block(document.data, changeset)
    if not work:
        return document.text
    source = SourceFile(document)
    edits: list[Splice] = []
    try:
        for path, task in work.items():
            part = (
                flow_edits if path and source.is_flow(path) and not _is_empty_flow_value(source, path) else block_edits
            )
            edits += part.edits(source, path, task, programme=programme)
    except (IndexError, ValueError) as error:
        raise CannotEditError(document.file) from error
    text = apply_splices(document.text, edits, source.newline)
    again = parse_document(text.encode("utf-8", "surrogatepass"), document.file, _MAX_REREAD_SIZE)
    open_end = not document.text.endswith(("\n", "\r"))
    if _ignore_final_newline(as_read_back(again.data), open_end) != _ignore_final_newline(
        data_after(document.data, work), open_end
    ):
        raise CannotEditError(document.file)
    if len(again.findings) > len(document.findings):
        raise CannotEditError(document.file)
    return text


def _is_empty_flow_value(source: SourceFile, path: KeyPath) -> bool:
    """Tell whether a block is empty braces or brackets behind a key with a line of its own: ``moments: []``."""
    return not source.data_at(path) and isinstance(path[-1], str) and not (path[:-1] and source.is_flow(path[:-1]))


def _ignore_final_newline(data: Any, no_final_newline: bool) -> Any:
    """Return data to be compared: where the last line of a file has no end, whether its text has one says nothing."""
    if not no_final_newline:
        return data
    if isinstance(data, dict):
        return {key: _ignore_final_newline(value, no_final_newline) for key, value in data.items()}
    if isinstance(data, list):
        return [_ignore_final_newline(value, no_final_newline) for value in data]
    return data.rstrip("\n") if isinstance(data, str) else data

"""The texts of a document as they are written: which stand without quotation marks, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from wavectl.diagnostics import KeyPath, Span
from wavectl.yamlfile.document.document import Document
from wavectl.yamlfile.document.silent_errors import LANGUAGE_CODE, TEXT_KEYS

_KEYS_WITH_TEXT_ENTRIES = frozenset(("content", "priorities", "regions", "waive"))
"""The keys behind whose entries texts stand."""


class UnquotedText(NamedTuple):
    """A text on one line without quotation marks around it, where it stands, and the rest of its line."""

    path: KeyPath
    text: str
    span: Span
    rest_of_line: str


def unquoted_texts(document: Document) -> Iterator[UnquotedText]:
    """Return the texts of a document that stand on one line without quotation marks, in order."""
    for path, text in _walk_texts(document.data, ()):
        span = document.locate(path)
        line = document.line(span.line)
        if span.line == span.end_line and line[span.column - 1 : span.end_column - 1] == text:
            yield UnquotedText(path, text, span, line[span.end_column - 1 :])


def _walk_texts(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in items:
        if isinstance(part, str) and part[:2] == "x-":
            continue
        here = (*path, part)
        if isinstance(value, str):
            if _is_text_path(here):
                yield here, str(value)
        else:
            yield from _walk_texts(value, here)


def _is_text_path(path: KeyPath) -> bool:
    """Tell whether a text for people stands at a path, and no id, date or word of the format."""
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    if name in TEXT_KEYS or (len(path) > 1 and path[0] in _KEYS_WITH_TEXT_ENTRIES):
        return True
    return len(path) > 1 and bool(LANGUAGE_CODE.fullmatch(name))

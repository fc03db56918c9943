"""Cures put in their places: what they replace changes, and no other character of a file does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import NamedTuple

from wavectl.diagnostics import LINE_END, Span

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

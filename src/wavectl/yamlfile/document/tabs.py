"""Tabs between the parts of a file: to a reader they look like spaces, to some parsers they are none."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import LINE_END
from wavectl.yamlfile.parser import Node


def first_tab(text: str, root: Node | None) -> tuple[int, int] | None:
    """Return the line and column, from 0, of the first tab outside texts and comments; None where there is none."""
    scalars = iter(sorted(_scalar_spans(root))) if root is not None else iter(())
    scalar = next(scalars, None)
    for number, line in enumerate(LINE_END.split(text)):
        bare = list(line)
        while scalar is not None and scalar[0] <= number:  # mask the texts of this line
            start, column, end, end_column = scalar
            first, last = column if start == number else 0, end_column if end == number else len(line)
            bare[first:last] = "x" * (min(last, len(line)) - first)
            if end > number:
                break
            scalar = next(scalars, None)
        code = "".join(bare).partition("#")[0]
        if "\t" in code:
            return number, code.index("\t")
    return None


def _scalar_spans(root: Node) -> Iterator[tuple[int, int, int, int]]:
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node.value, str):
            start, end = node.start_mark, node.end_mark
            yield start.line, start.column, end.line, end.column
        else:
            for item in node.value:
                stack.extend(item if isinstance(item, tuple) else (item,))

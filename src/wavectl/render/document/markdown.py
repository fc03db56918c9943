"""A page as Markdown (CommonMark, with GitHub's tables): for an issue, a wiki, a mail to be sent round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wavectl.diagnostics import say
from wavectl.render.context import MARKS, Look
from wavectl.render.document.page import Cell, Line, Page, Part, Table
from wavectl.text.escaping import readable
from wavectl.text.terminal import printable

_STATES = frozenset(MARKS.values())
_STRONG = frozenset(("title", "late", "error", "warning"))
_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://)")
"""What opens HTML, and not an address between angle brackets."""
_FENCE = re.compile(r"`{3,}|~{3,}")
_HEADING = re.compile(r"^#{1,6}(?=\s|$)")


def form(page: Page, look: Look) -> str:
    """Return the page, each heading and part between blank lines."""
    blocks = [f"# {_shown(page.title)}", *_parts(page.lead, look)]
    for section in page.sections:
        blocks += [f"## {_shown(section.heading)}", *_parts(section.parts, look)]
    blocks += _parts(page.notes, look)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _shown(text: str, *, inside: bool = False) -> str:
    return readable(printable(text).strip(), inside=inside)


def _cells(cells: Iterable[Cell]) -> Iterator[str]:
    """Return the cells of a line that hold something, the first as one that may open it."""
    for number, cell in enumerate(one for one in cells if one.text.strip()):
        yield _styled(_shown(cell.text, inside=number > 0), cell)


def _styled(text: str, cell: Cell) -> str:
    if text and cell.style in _STRONG:
        return f"**{text}**"
    return f"~~{text}~~" if text and cell.style == "struck" else text


def _parts(parts: tuple[Part, ...], look: Look) -> Iterator[str]:
    """Return a block for each part; lines are one paragraph, up to one that opens with a title."""
    paragraph: list[str] = []
    for part in parts:
        if isinstance(part, Line):
            if part.cells and part.cells[0].style == "title":
                yield "  \n".join(paragraph)
                paragraph = []
            paragraph.append(_line(part))
            continue
        yield "  \n".join(paragraph)
        paragraph = []
        if isinstance(part, Table):
            yield "\n".join(_table(part))
            yield look.tell(say("and {count} more", count=part.more)) if part.more else ""
        else:
            yield "\n".join(_prose(part.text))
    yield "  \n".join(paragraph)


def _line(part: Line) -> str:
    return " ".join(_cells(part.cells))


def _table(table: Table) -> Iterator[str]:
    """Return the lines of a table, or of a list where it has no headings."""
    if not table.headed:
        yield from (f"- {_item(row)}" for row in table.rows)
        return
    yield _row([_shown(column.heading, inside=True) for column in table.columns])
    yield _row(["--:" if column.right else "---" for column in table.columns])
    yield from (_row([_styled(_shown(cell.text, inside=True), cell) for cell in row]) for row in table.rows)


def _item(row: tuple[Cell, ...]) -> str:
    """Return the cells of an item of a list; a mark stands close to what it is about."""
    marks = [cell.text for cell in row if cell.text in _STATES]
    return " ".join((*marks, " · ".join(_cells(cell for cell in row if cell.text not in _STATES))))


def _row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _prose(text: str) -> Iterator[str]:
    """Return the lines of a text that is Markdown: its headings go below the page's, no HTML gets through.

    What it sets as code stays so, and ends with it (CommonMark §4.5).
    """
    fence = ""
    for one in text.expandtabs(4).strip().splitlines():
        said = one.lstrip()
        found = _FENCE.match(said)
        if found and (not fence or (said.rstrip() == found[0] and found[0].startswith(fence))):
            fence = "" if fence else found[0]
        elif not fence:
            said = _TAG.sub("&lt;", _HEADING.sub(lambda head: "#" * min(6, len(head[0]) + 2), said))
        yield (one[: len(one) - len(one.lstrip())] + printable(said)).rstrip()
    if fence:
        yield fence

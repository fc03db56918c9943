"""The findings for people: each with its line, a marker under the value, the cure, and a summary at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavectl.diagnostics import Diagnostic, Summary
from wavectl.render.diagnostics.style import COLOURS, WORDS, Style
from wavectl.render.diagnostics.summary import counts
from wavectl.text.terminal import cells, cut, printable, visible

_MARGIN = 24  # cells shown before the marker when a line is too long for the screen
_WIDTH = 200  # cells of a line that are shown where there is no screen
_NARROWEST = 20


def report(diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return the diagnostics as rustc and ruff show theirs, and a line that counts them."""
    blocks = ["\n".join(_block(diagnostic, style)) + "\n" for diagnostic in diagnostics]
    return "\n".join((*blocks, counts(summary, style) + "\n"))


def _block(found: Diagnostic, style: Style) -> Iterator[str]:
    translate, colour = style.translate, COLOURS[found.severity]
    gutter = " " * len(str(found.span.line))
    head = style.paint(f"{translate(WORDS[found.severity])}[{found.rule}]", colour)
    yield style.labelled(head, printable(style.tell(found.message)))
    blue = "1;34"
    place = f"{printable(found.file)}:{found.span.line}:{found.span.column}"
    yield f"{gutter}{style.paint('-->', blue)} {style.link(place, found.file)}"
    if found.source.strip():
        room = max(style.width - len(gutter) - 3, _NARROWEST) if style.width else _WIDTH
        line, offset, length = _excerpt(found, room)
        bar = style.paint("|", blue)
        yield f"{style.paint(str(found.span.line), blue)} {bar} {line}"
        yield f"{gutter} {bar} {' ' * offset}{style.paint('^' * length, colour)}"
    if found.hint:
        hint = style.labelled(translate("hint"), printable(style.tell(found.hint)))
        yield f"{gutter} {style.paint('=', blue)} {hint}"


def _excerpt(found: Diagnostic, width: int) -> tuple[str, int, int]:
    """Return the line to show, and the offset and length of the marker, all in cells of the screen.

    A line may be a million characters long: of each of its parts only what can be seen is looked at.
    """
    source, start = found.source, found.span.column - 1
    end = found.span.end_column - 1 if found.span.end_line == found.span.line else len(source)
    before = _shown(source[max(start - width, 0) : start])
    marked = _shown(visible(source[start : min(end, start + width)]))
    after = _shown(source[end : end + width])
    offset, length = cells(before), max(cells(marked), 1)
    margin = min(_MARGIN, width // 2)
    if start > width or (offset > margin and offset + length > width):
        while cells(before) >= margin:
            before = before[1:]
        before = f"…{before}"
    offset = cells(before)
    return cut((before + marked + after).rstrip(), width), offset, max(1, min(length, width - offset))


def _shown(part: str) -> str:
    """Return a part of a line as it is shown: spaces stay, tabs become four, nothing can steer the terminal."""
    return "".join(" " * 4 if char == "\t" else char if char == " " else printable(char) for char in part)

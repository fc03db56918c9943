"""The findings for people: each with its line, a marker under the value, the cure, and a summary at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavectl.diagnostics import Diagnostic, Summary, phrase
from wavectl.report.style import COLOURS, WORDS, Style
from wavectl.screen import cells, printable

_MARGIN = 24  # cells shown before the marker when a line is too long for the screen


def report(diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return the diagnostics as rustc and ruff show theirs, and a line that counts them."""
    blocks = ["\n".join(_block(diagnostic, style)) + "\n" for diagnostic in diagnostics]
    return "\n".join((*blocks, _closing(summary, style) + "\n"))


def _block(found: Diagnostic, style: Style) -> Iterator[str]:
    translate, colour = style.translate, COLOURS[found.severity]
    gutter = " " * len(str(found.span.line))
    head = style.paint(f"{translate(WORDS[found.severity])}[{found.rule}]", colour)
    yield f"{head}: {printable(found.message.filled(translate))}"
    blue = "1;34"
    yield f"{gutter}{style.paint('-->', blue)} {printable(found.file)}:{found.span.line}:{found.span.column}"
    if found.source.strip():
        line, offset, length = _excerpt(found, style.width - len(gutter) - 3 if style.width else 0)
        bar = style.paint("|", blue)
        yield f"{style.paint(str(found.span.line), blue)} {bar} {line}"
        yield f"{gutter} {bar} {' ' * offset}{style.paint('^' * length, colour)}"
    if found.hint:
        yield f"{gutter} {style.paint('=', blue)} {translate('hint')}: {printable(found.hint.filled(translate))}"


def _excerpt(found: Diagnostic, width: int) -> tuple[str, int, int]:
    """Return the line to show, and the offset and length of the marker, all in cells of the screen."""
    source, span = found.source, found.span
    end = span.end_column - 1 if span.end_line == span.line else len(source)
    before, marked, after = (
        _shown(part) for part in (source[: span.column - 1], source[span.column - 1 : end], source[end:])
    )
    offset, length = cells(before), max(cells(marked), 1)
    line = (before + marked + after).rstrip()
    if width <= 0 or cells(line) <= width:
        return line, offset, length
    if offset + length > width:
        while before and cells(before) > _MARGIN:
            before = before[1:]
        before = f"…{before[1:]}"
    offset = cells(before)
    line = before + marked + after
    while cells(line) > max(width, offset + 2):
        line = line[:-2] + "…"
    return line, offset, max(1, min(length, cells(line) - offset))


def _shown(part: str) -> str:
    """Return a part of a line as it is shown: spaces stay, tabs become four, nothing can steer the terminal."""
    return "".join(" " * 4 if char == "\t" else char if char == " " else printable(char) for char in part)


def _closing(summary: Summary, style: Style) -> str:
    """Return the line that counts what was found."""
    translate = style.translate
    counts = [
        (summary.errors, phrase("1 error"), phrase("{count} errors")),
        (summary.warnings, phrase("1 warning"), phrase("{count} warnings")),
        (summary.infos, phrase("1 note"), phrase("{count} notes")),
        (summary.waived, phrase("1 waived"), phrase("{count} waived")),
    ]
    told = [
        translate(one) if count == 1 else translate(many).format(count=count) for count, one, many in counts if count
    ]
    files = translate("1 file") if summary.files == 1 else translate("{count} files").format(count=summary.files)
    if not (summary.errors or summary.warnings or summary.infos):
        told.insert(0, style.paint(translate("nothing to mend"), "1;32"))
    return f"{files}: {', '.join(told)}"

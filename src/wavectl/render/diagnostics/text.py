"""The findings for people: each with its source line, a marker under the value, and a hint; a summary at the end.

The concise report has one line for each finding instead, without source lines, hints and summary.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from wavectl.diagnostics import Diagnostic, Message, Severity, Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import SEVERITY_COLOURS, SEVERITY_NAMES, summary_line
from wavectl.text.terminal import cell_width, printable, show_odd_spaces, truncate

_MARGIN = 24  # cells shown before the marker if a line is too long for the screen
_WIDTH = 200  # cells of a line that are shown without a screen
_MIN_WIDTH = 20


def render(diagnostics: Sequence[Diagnostic], summary: Summary, context: RenderContext) -> str:
    """Return the diagnostics in the layout of rustc and ruff, the most severe first, and a summary line."""
    ordered = sorted(diagnostics, key=lambda one: list(Severity).index(one.severity))
    blocks = ["\n".join(_block(diagnostic, context)) + "\n" for diagnostic in ordered]
    return "\n".join((*blocks, context.wrap(summary_line(summary, context)) + "\n"))


def render_folded(diagnostics: Sequence[Diagnostic], summary: Summary, context: RenderContext) -> str:
    """Return the report with one line for all notes of a rule, which says how to see them."""
    rules = Counter(one.rule for one in diagnostics if one.severity is Severity.INFO)
    blocks, _, closing = render([one for one in diagnostics if one.rule not in rules], summary, context).rpartition(
        "\n\n"
    )
    notes = [
        context.wrap(context.labelled(_head(Severity.INFO, rule, context), context.format_message(_count_notes(count))))
        for rule, count in rules.most_common()
    ]
    return "\n".join((*([blocks, ""] if blocks else []), *notes, *([""] if notes else []), closing))


def _count_notes(count: int) -> Message:
    return msg("once; --notes shows it") if count == 1 else msg("{count} times; --notes shows them", count=count)


def render_concise(diagnostics: Sequence[Diagnostic], _summary: Summary, context: RenderContext) -> str:
    """Return ``file:line:column: severity[rule] message`` for each diagnostic."""
    lines = (
        f"{_position(one)}: {one.severity}[{one.rule}] {context.format_message(one.message)}\n" for one in diagnostics
    )
    return "".join(lines)


def _position(diagnostic: Diagnostic) -> str:
    return f"{printable(diagnostic.file)}:{diagnostic.span.line}:{diagnostic.span.column}"


def _head(severity: Severity, rule: str, context: RenderContext) -> str:
    return context.paint(f"{context.translate(SEVERITY_NAMES[severity])}[{rule}]", SEVERITY_COLOURS[severity])


def _block(diagnostic: Diagnostic, context: RenderContext) -> Iterator[str]:
    translate, colour = context.translate, SEVERITY_COLOURS[diagnostic.severity]
    gutter = " " * len(str(diagnostic.span.line))
    head = _head(diagnostic.severity, diagnostic.rule, context)
    yield context.wrap(context.labelled(head, context.format_message(diagnostic.message)))
    arrow, bar, equals = (context.paint(sign, "36") for sign in ("-->", "|", "="))
    yield f"{gutter}{arrow} {context.link(_position(diagnostic), diagnostic.file)}"
    if diagnostic.source_line.strip():
        room = max(context.width - len(gutter) - 3, _MIN_WIDTH) if context.width else _WIDTH
        line, offset, length = _excerpt(diagnostic, room)
        yield f"{context.paint(str(diagnostic.span.line), '36')} {bar} {line}"
        yield f"{gutter} {bar} {' ' * offset}{context.paint('^' * length, colour)}"
    if diagnostic.hint:
        hint = context.labelled(translate("hint"), context.format_message(diagnostic.hint))
        yield context.wrap(f"{gutter} {equals} {hint}", hang=len(gutter) + 3)


def _excerpt(diagnostic: Diagnostic, width: int) -> tuple[str, int, int]:
    """Return the line to show, and the offset and length of the marker, in cells.

    A line may have a million characters, so only the visible part is processed.
    """
    source, start = diagnostic.source_line, diagnostic.span.column - 1
    end = diagnostic.span.end_column - 1 if diagnostic.span.end_line == diagnostic.span.line else len(source)
    before = _displayed(source[max(start - width, 0) : start])
    marked = _displayed(show_odd_spaces(source[start : min(end, start + width)]))
    after = _displayed(source[end : end + width])
    offset, length = cell_width(before), max(cell_width(marked), 1)
    margin = min(_MARGIN, width // 2)
    if start > width or (offset > margin and offset + length > width):
        while cell_width(before) >= margin:
            before = before[1:]
        before = f"…{before}"
    offset = cell_width(before)
    return truncate((before + marked + after).rstrip(), width), offset, max(1, min(length, width - offset))


def _displayed(part: str) -> str:
    """Return a part of a line with tabs as four spaces and without control characters."""
    return "".join(" " * 4 if char == "\t" else char if char == " " else printable(char) for char in part)

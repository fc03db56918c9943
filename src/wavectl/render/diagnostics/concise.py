"""One line for each finding: file, line, column, severity, rule, message."""

from __future__ import annotations

from collections.abc import Sequence

from wavectl.diagnostics import Diagnostic, Summary
from wavectl.render.diagnostics import Style
from wavectl.text.terminal import printable


def render(diagnostics: Sequence[Diagnostic], _summary: Summary, style: Style) -> str:
    """Return ``file:line:column: severity[rule] message`` for each diagnostic."""
    return "".join(f"{_line(diagnostic, style)}\n" for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, style: Style) -> str:
    message = printable(style.format_message(diagnostic.message))
    place = f"{printable(diagnostic.file)}:{diagnostic.span.line}:{diagnostic.span.column}"
    return f"{place}: {diagnostic.severity}[{diagnostic.rule}] {message}"

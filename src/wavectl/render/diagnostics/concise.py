"""One line a finding: file, line, column, severity, rule, message."""

from __future__ import annotations

from collections.abc import Sequence

from wavectl.diagnostics import Diagnostic, Summary
from wavectl.render.diagnostics.style import Style
from wavectl.text.terminal import printable


def report(diagnostics: Sequence[Diagnostic], _summary: Summary, style: Style) -> str:
    """Return ``file:line:column: severity[rule] message`` for each diagnostic."""
    return "".join(f"{_line(diagnostic, style)}\n" for diagnostic in diagnostics)


def _line(found: Diagnostic, style: Style) -> str:
    message = printable(style.tell(found.message))
    place = f"{printable(found.file)}:{found.span.line}:{found.span.column}"
    return f"{place}: {found.severity}[{found.rule}] {message}"

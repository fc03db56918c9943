"""Diagnostics made by hand, for reports."""

from __future__ import annotations

from wavectl.diagnostics import Diagnostic, KeyPath, Message, Severity, Span, msg

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def diagnostic(
    source: str,
    marked: str = "",
    *,
    rule: str = "invalid-date",
    severity: Severity = ERROR,
    message: Message | None = None,
    hint: Message | None = None,
    line: int = 7,
    file: str = "waves/housing.yaml",
    path: KeyPath = ("moments", 3, "when"),
) -> Diagnostic:
    """Return a diagnostic that points at the part ``marked`` of its line; at the line's end where that is empty."""
    column = source.index(marked) + 1 if marked else len(source) + 1
    span = Span(line, column, line, column + len(marked))
    shown = message or msg("{date} is not a date", date='"soon"')
    return Diagnostic(rule, severity, shown, hint, file, span, path, "housing", source)

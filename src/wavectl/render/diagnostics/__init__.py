"""Diagnostics -> text: one report a file, all of them in ``REPORTERS``.

A report returns its text, it never prints; its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from wavectl.diagnostics import Diagnostic, Finding, Severity, Summary
from wavectl.plan.loader import Plan
from wavectl.render.diagnostics.style import Style

__all__ = ["FOR_PROGRAMS", "REPORTERS", "Style", "diagnose", "report", "summarise"]

REPORTERS: Mapping[str, str] = {
    "text": "wavectl.render.diagnostics.text",
    "concise": "wavectl.render.diagnostics.concise",
    "json": "wavectl.render.diagnostics.json",
    "github": "wavectl.render.diagnostics.github",
    "sarif": "wavectl.render.diagnostics.sarif",
}
"""The reports by name, and the module whose ``report(diagnostics, summary, style)`` makes each."""

FOR_PROGRAMS = frozenset(("json", "github", "sarif"))
"""The reports whose bytes are the same on every console: UTF-8."""


def report(name: str, diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return a report of that name; raise ``KeyError`` for one that there is not."""
    make: Callable[[Sequence[Diagnostic], Summary, Style], str] = import_module(REPORTERS[name]).report
    return make(diagnostics, summary, style)


def diagnose(plan: Plan, findings: Sequence[Finding], home: Path) -> list[Diagnostic]:
    """Return findings as diagnostics, in order of file, line and column.

    Files are named relative to ``home`` where they lie inside it.
    """
    return sorted(
        (_diagnosed(plan, finding, home) for finding in findings),
        key=lambda found: (found.file, found.span.line, found.span.column, found.rule, str(found.message)),
    )


def _diagnosed(plan: Plan, finding: Finding, home: Path) -> Diagnostic:
    span = plan.span(finding)
    return Diagnostic(
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        shown_path(plan.folder / finding.file, home),
        span,
        finding.path,
        finding.wave,
        plan.document(finding.file).line(span.line),
        finding.cure,
    )


def shown_path(path: Path, home: Path) -> str:
    """Return the name of a file as a person in the folder ``home`` would type it."""
    place = path.parent.resolve() / path.name  # a link is shown where it lies, not where it leads
    try:
        return place.relative_to(home.resolve()).as_posix()
    except ValueError:
        return place.as_posix()


def summarise(diagnostics: Sequence[Diagnostic], files: int, waived: int) -> Summary:
    """Return the counts of a check."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return Summary(files, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], waived)

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

__all__ = ["MACHINE_FORMATS", "REPORTERS", "Style", "diagnose", "render_report", "summarise"]

REPORTERS: Mapping[str, str] = {
    "text": "wavectl.render.diagnostics.text",
    "concise": "wavectl.render.diagnostics.concise",
    "json": "wavectl.render.diagnostics.json",
    "github": "wavectl.render.diagnostics.github",
    "sarif": "wavectl.render.diagnostics.sarif",
}
"""The reports by name, and the module whose ``report(diagnostics, summary, style)`` makes each."""

MACHINE_FORMATS = frozenset(("json", "github", "sarif"))
"""The reports whose bytes are the same on every console: UTF-8."""


def render_report(name: str, diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return a report of that name; raise ``KeyError`` for one that there is not."""
    make: Callable[[Sequence[Diagnostic], Summary, Style], str] = import_module(REPORTERS[name]).render
    return make(diagnostics, summary, style)


def diagnose(plan: Plan, findings: Sequence[Finding], base_folder: Path) -> list[Diagnostic]:
    """Return findings as diagnostics, in order of file, line and column.

    Files are named relative to ``home`` where they lie inside it.
    """
    return sorted(
        (_to_diagnostic(plan, finding, base_folder) for finding in findings),
        key=lambda found: (found.file, found.span.line, found.span.column, found.rule, str(found.message)),
    )


def _to_diagnostic(plan: Plan, finding: Finding, base_folder: Path) -> Diagnostic:
    span = plan.span(finding)
    return Diagnostic(
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        display_path(plan.folder / finding.file, base_folder),
        span,
        finding.path,
        finding.wave,
        plan.document(finding.file).line(span.line),
        finding.fix,
    )


def display_path(path: Path, base_folder: Path) -> str:
    """Return the name of a file as a person in the folder ``home`` would type it."""
    place = path.parent.resolve() / path.name  # a link is shown where it lies, not where it leads
    try:
        return place.relative_to(base_folder.resolve()).as_posix()
    except ValueError:
        return place.as_posix()


def summarise(diagnostics: Sequence[Diagnostic], files: int, waived: int) -> Summary:
    """Return the counts of a check."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return Summary(files, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], waived)

"""Diagnostics -> text: one report a file, all of them in ``REPORTERS``. A report returns, it never prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wavectl.diagnostics import Diagnostic, Finding, Severity, Summary
from wavectl.plan import Plan
from wavectl.report import concise, json, text
from wavectl.report.style import Style

__all__ = ["REPORTERS", "Style", "diagnose", "summarise"]

Reporter = Callable[[Sequence[Diagnostic], Summary, Style], str]
REPORTERS: Mapping[str, Reporter] = {
    "text": text.report,
    "concise": concise.report,
    "json": json.report,
}


def diagnose(plan: Plan, findings: Sequence[Finding], home: Path) -> list[Diagnostic]:
    """Return findings as diagnostics, in order of file, line and column.

    Files are named relative to ``home`` where they lie inside it.
    """
    return sorted(
        (_diagnosed(plan, finding, home) for finding in findings),
        key=lambda found: (found.file, found.span.line, found.span.column, found.rule, str(found.message)),
    )


def _diagnosed(plan: Plan, finding: Finding, home: Path) -> Diagnostic:
    document = plan.document(finding.file)
    span = finding.span or document.locate(finding.path, key=finding.key)
    return Diagnostic(
        finding.rule,
        finding.severity,
        finding.message,
        finding.hint,
        shown_path(plan.folder / finding.file, home),
        span,
        finding.path,
        finding.wave,
        document.line(span.line),
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

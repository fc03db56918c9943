"""Reports of diagnostics, one format in each file, listed in ``REPORTERS``.

A report returns its text and never prints. Its module is imported only if that format is requested.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from pkgutil import resolve_name

from wavectl.diagnostics import Diagnostic, Finding, Severity, Summary, phrase
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext

__all__ = ["MACHINE_FORMATS", "REPORTERS", "diagnose", "render_report", "summarise"]

REPORTERS: Mapping[str, str] = {
    "text": "wavectl.render.diagnostics.text:render",
    "concise": "wavectl.render.diagnostics.text:render_concise",
    "json": "wavectl.render.diagnostics.json:render",
    "github": "wavectl.render.diagnostics.github:render",
    "sarif": "wavectl.render.diagnostics.sarif:render",
}
"""The reports by name: ``module:function``, called as ``function(diagnostics, summary, context)``."""

_FOLDED_REPORT = "wavectl.render.diagnostics.text:render_folded"

MACHINE_FORMATS = frozenset(("json", "github", "sarif"))
"""The reports that are always UTF-8, whatever the encoding of the console."""


def render_report(
    name: str, diagnostics: Sequence[Diagnostic], summary: Summary, context: RenderContext, *, fold_notes: bool = False
) -> str:
    """Return the report of that name; raise ``KeyError`` if there is no such report.

    ``fold_notes`` gives the notes of a rule one line in the report ``text``; the others always list all.
    """
    render: Callable[[Sequence[Diagnostic], Summary, RenderContext], str] = resolve_name(REPORTERS[name])
    if fold_notes and name == "text":
        render = resolve_name(_FOLDED_REPORT)
    return render(diagnostics, summary, context)


def diagnose(plan: Plan, findings: Sequence[Finding], base_folder: Path) -> list[Diagnostic]:
    """Convert findings to diagnostics with positions, in order of file, line and column.

    File names inside ``base_folder`` are relative to it.
    """
    return sorted(
        (_to_diagnostic(plan, finding, base_folder) for finding in findings),
        key=lambda one: (one.file, one.span.line, one.span.column, one.rule, str(one.message)),
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
        plan.document(finding.file).line(span.line) if finding.source_line is None else finding.source_line,
        finding.fix,
    )


def display_path(path: Path, base_folder: Path) -> str:
    """Return a path relative to ``base_folder`` if it is inside, else absolute, with forward slashes."""
    absolute = path.parent.resolve() / path.name  # the place of a symbolic link, not its target
    try:
        return absolute.relative_to(base_folder.resolve()).as_posix()
    except ValueError:
        return absolute.as_posix()


def summarise(diagnostics: Sequence[Diagnostic], files: int, waived: int) -> Summary:
    """Count the diagnostics by severity."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return Summary(files, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], waived)


SEVERITY_NAMES = {Severity.ERROR: phrase("error"), Severity.WARNING: phrase("warning"), Severity.INFO: phrase("note")}
SEVERITY_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def summary_line(summary: Summary, context: RenderContext) -> str:
    """Return the line that counts the checked files and their findings."""
    translate = context.translate
    counts = [
        (summary.errors, phrase("1 error"), phrase("{count} errors")),
        (summary.warnings, phrase("1 warning"), phrase("{count} warnings")),
        (summary.infos, phrase("1 note"), phrase("{count} notes")),
        (summary.waived, phrase("1 accepted with a reason (waive)"), phrase("{count} accepted with a reason (waive)")),
    ]
    parts = [
        translate(singular) if count == 1 else translate(plural).format(count=count)
        for count, singular, plural in counts
        if count
    ]
    files = translate("1 file") if summary.files == 1 else translate("{count} files").format(count=summary.files)
    if not (summary.errors or summary.warnings or summary.infos):
        parts.insert(0, context.paint(translate("no problems found"), "1;32"))
    return context.labelled(files, ", ".join(parts))

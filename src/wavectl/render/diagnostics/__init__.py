"""Reports of diagnostics, one format in each file, listed in ``REPORTERS``.

A report returns its text and never prints. Its module is imported only if that format is requested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Diagnostic, Finding, Message, Severity, Summary, phrase
from wavectl.model import localized_text
from wavectl.plan.loader import Plan

__all__ = ["MACHINE_FORMATS", "REPORTERS", "Style", "diagnose", "render_report", "summarise"]

REPORTERS: Mapping[str, str] = {
    "text": "wavectl.render.diagnostics.text",
    "concise": "wavectl.render.diagnostics.concise",
    "json": "wavectl.render.diagnostics.json",
    "github": "wavectl.render.diagnostics.github",
    "sarif": "wavectl.render.diagnostics.sarif",
}
"""The reports by name; the module of each has a function ``render(diagnostics, summary, style)``."""

MACHINE_FORMATS = frozenset(("json", "github", "sarif"))
"""The reports that are always UTF-8, whatever the encoding of the console."""


def render_report(name: str, diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return the report of that name; raise ``KeyError`` if there is no such report."""
    render: Callable[[Sequence[Diagnostic], Summary, Style], str] = import_module(REPORTERS[name]).render
    return render(diagnostics, summary, style)


def diagnose(plan: Plan, findings: Sequence[Finding], base_folder: Path) -> list[Diagnostic]:
    """Convert findings to diagnostics with positions, in order of file, line and column.

    File names inside ``base_folder`` are relative to it.
    """
    return sorted(
        (_to_diagnostic(plan, finding, base_folder) for finding in findings),
        key=lambda diagnostic: (
            diagnostic.file,
            diagnostic.span.line,
            diagnostic.span.column,
            diagnostic.rule,
            str(diagnostic.message),
        ),
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
    """Return a path relative to ``base_folder`` if it is inside, else absolute, with forward slashes."""
    absolute = path.parent.resolve() / path.name  # the place of a symbolic link, not its target
    try:
        return absolute.relative_to(base_folder.resolve()).as_posix()
    except ValueError:
        return absolute.as_posix()


def summarise(diagnostics: Sequence[Diagnostic], files: int, waived: int) -> Summary:
    """Count the diagnostics by severity."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return Summary(files, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], waived)


class Style(NamedTuple):
    """How to write a report: the translation of phrases, the width in cells (0: unlimited), and colours.

    ``languages`` is the order of preference for texts of the plan. ``base_folder`` is the folder that file names are
    relative to; it is set if the terminal supports hyperlinks.
    """

    translate: Callable[[str], str] = str
    width: int = 0
    colour: bool = False
    languages: tuple[str, ...] = ()
    base_folder: Path | None = None

    def format_message(self, message: Message) -> str:
        """Return a message in the reader's language, including texts and dates of the plan."""
        return message.format(self.translate, self._format_value)

    def _format_value(self, value: object) -> str:
        if isinstance(value, When):
            from wavectl.i18n.date_format import format_date  # imports Babel, and few messages contain a date

            return format_date(value, self.languages[0]) if self.languages else value.text
        return localized_text(value, self.languages) if isinstance(value, Mapping) else str(value)

    def labelled(self, label: str, text: str) -> str:
        """Return a label, a colon and a text; French has a space before the colon."""
        return self.translate(_LABELLED).format(label=label, text=text)

    def paint(self, text: str, code: str) -> str:
        """Return a text with an SGR code (ECMA-48 §8.3.117) if the terminal supports colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def link(self, text: str, file: str) -> str:
        """Return a text as a hyperlink (OSC 8) to a file if the terminal supports hyperlinks.

        The address is a file URI without a host (RFC 8089 §2), which means this machine.
        """
        return f"\x1b]8;;{(self.base_folder / file).as_uri()}\x1b\\{text}\x1b]8;;\x1b\\" if self.base_folder else text


_LABELLED = phrase("{label}: {text}")
SEVERITY_NAMES = {
    Severity.ERROR: phrase("error"),
    Severity.WARNING: phrase("warning"),
    Severity.INFO: phrase("note"),
}
SEVERITY_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def summary_line(summary: Summary, style: Style) -> str:
    """Return the line that counts the checked files and their findings."""
    translate = style.translate
    counts = [
        (summary.errors, phrase("1 error"), phrase("{count} errors")),
        (summary.warnings, phrase("1 warning"), phrase("{count} warnings")),
        (summary.infos, phrase("1 note"), phrase("{count} notes")),
        (
            summary.waived,
            phrase("1 accepted with a reason (waive)"),
            phrase("{count} accepted with a reason (waive)"),
        ),
    ]
    parts = [
        translate(singular) if count == 1 else translate(plural).format(count=count)
        for count, singular, plural in counts
        if count
    ]
    files = translate("1 file") if summary.files == 1 else translate("{count} files").format(count=summary.files)
    if not (summary.errors or summary.warnings or summary.infos):
        parts.insert(0, style.paint(translate("no problems found"), "1;32"))
    return style.labelled(files, ", ".join(parts))

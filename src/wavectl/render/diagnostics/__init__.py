"""Diagnostics -> text: one report a file, all of them in ``REPORTERS``.

A report returns its text, it never prints; its module is imported when it is asked for.
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


class Style(NamedTuple):
    """The wording of phrases, the width in cells (0: no bound), and whether the terminal takes colours.

    ``languages`` are those in which texts of the plan are told, in order. ``home`` is the folder that names of files
    start from, where the terminal takes hyperlinks.
    """

    translate: Callable[[str], str] = str
    width: int = 0
    colour: bool = False
    languages: tuple[str, ...] = ()
    base_folder: Path | None = None

    def format_message(self, message: Message) -> str:
        """Return a message in the reader's language, the texts and dates of the plan in it too."""
        return message.format(self.translate, self._format_value)

    def _format_value(self, value: object) -> str:
        if isinstance(value, When):
            from wavectl.i18n.date_format import format_date  # it needs Babel, and few messages tell a date in words

            return format_date(value, self.languages[0]) if self.languages else value.text
        return localized_text(value, self.languages) if isinstance(value, Mapping) else str(value)

    def labelled(self, label: str, text: str) -> str:
        """Return a label, a colon and a text: French sets a space before the colon."""
        return self.translate(_LABELLED).format(label=label, text=text)

    def paint(self, text: str, code: str) -> str:
        """Return a text in a colour (an SGR code of ECMA-48) where the terminal takes it."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def link(self, text: str, file: str) -> str:
        """Return a text that leads to a file (an OSC 8 hyperlink) where the terminal takes hyperlinks.

        The address is a file URI without a host (RFC 8089 §2): a terminal takes it for this machine.
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
    """Return how many files were checked, and what was found in them."""
    translate = style.translate
    table = [
        (summary.errors, phrase("1 error"), phrase("{count} errors")),
        (summary.warnings, phrase("1 warning"), phrase("{count} warnings")),
        (summary.infos, phrase("1 note"), phrase("{count} notes")),
        (
            summary.waived,
            phrase("1 accepted with a reason (waive)"),
            phrase("{count} accepted with a reason (waive)"),
        ),
    ]
    told = [
        translate(one) if count == 1 else translate(many).format(count=count) for count, one, many in table if count
    ]
    files = translate("1 file") if summary.files == 1 else translate("{count} files").format(count=summary.files)
    if not (summary.errors or summary.warnings or summary.infos):
        told.insert(0, style.paint(translate("nothing to mend"), "1;32"))
    return style.labelled(files, ", ".join(told))

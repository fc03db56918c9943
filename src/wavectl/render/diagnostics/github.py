"""The findings as annotations of GitHub Actions: one workflow command each, errors first, and a line that counts them.

The runner reads a line that opens with ``::`` as a command, so every text in it is written with the escapes that the
runner takes back: no message and no file's name can end the command it stands in, or start another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wavectl.diagnostics import Diagnostic, Severity, Summary, msg
from wavectl.render.diagnostics import Style, summary_line
from wavectl.text.terminal import printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MAX_ANNOTATIONS = 10
"""How many annotations of a kind GitHub shows of one step; it drops those that come later."""


def render(diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return a command for each diagnostic, in order of severity and place, and a plain line that counts them."""
    weight = list(Severity).index
    lines = [_command(found, style) for found in sorted(diagnostics, key=lambda found: weight(found.severity))]
    closing = summary_line(summary, style)
    beyond = sum(
        max(number - _MAX_ANNOTATIONS, 0) for number in Counter(found.severity for found in diagnostics).values()
    )
    if beyond:
        closing += f"; {style.format_message(msg('not shown by GitHub, but in this log: {count}', count=beyond))}"
    return "\n".join((*lines, closing)) + "\n"


def _command(diagnostic: Diagnostic, style: Style) -> str:
    text = style.format_message(diagnostic.message) + (
        f" — {style.format_message(diagnostic.hint)}" if diagnostic.hint else ""
    )
    properties = ",".join(f"{name}={_escape_property(value)}" for name, value in _properties(diagnostic).items())
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{_escape_data(text)}"


def _properties(diagnostic: Diagnostic) -> Mapping[str, object]:
    span = diagnostic.span
    start = {"file": diagnostic.file, "line": span.line, "col": span.column}
    if span.line != span.end_line:  # its start alone: the runner takes no columns then, and the end may be far below
        return {**start, "title": diagnostic.rule}
    return {**start, "endLine": span.end_line, "endColumn": span.end_column, "title": diagnostic.rule}


def _escape_data(value: object) -> str:
    """Return a text as the runner wants what follows the second ``::``: in one line, in UTF-8, ``%`` escaped."""
    text = printable(str(value)).encode("utf-8", "replace").decode()
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: object) -> str:
    """Return a text as the runner wants the value of a property, where ``:`` and ``,`` part one from the next."""
    return _escape_data(value).replace(":", "%3A").replace(",", "%2C")

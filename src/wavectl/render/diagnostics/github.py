"""The findings as GitHub Actions annotations: one workflow command each, errors first, and a summary line.

The runner takes a line that starts with ``::`` for a command. All texts are escaped the way the runner expects, so no
message or file name can end its command or start another.
"""

from collections import Counter
from collections.abc import Sequence

from wavectl.diagnostics import Diagnostic, Severity, Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import summary_line
from wavectl.text.terminal import printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MAX_ANNOTATIONS = 10
"""The number of annotations of each kind that GitHub shows for one step; it drops the others."""


def render(diagnostics: Sequence[Diagnostic], summary: Summary, context: RenderContext) -> str:
    """Return a command for each diagnostic in order of severity and position, and a summary line."""
    rank = list(Severity).index
    ordered = sorted(diagnostics, key=lambda diagnostic: rank(diagnostic.severity))
    lines = [_command(diagnostic, context) for diagnostic in ordered]
    closing = summary_line(summary, context)
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    dropped = sum(max(count - _MAX_ANNOTATIONS, 0) for count in counts.values())
    if dropped:
        closing += f"; {context.raw_message(msg('not shown by GitHub, but in this log: {count}', count=dropped))}"
    return "\n".join((*lines, closing)) + "\n"


def _command(diagnostic: Diagnostic, context: RenderContext) -> str:
    text = context.raw_message(diagnostic.message)
    if diagnostic.hint:
        text += f" — {context.raw_message(diagnostic.hint)}"
    span = diagnostic.span
    properties: dict[str, object] = {"file": diagnostic.file, "line": span.line, "col": span.column}
    if span.line == span.end_line:  # else only the start: the runner ignores columns, and the end may be far below
        properties |= {"endLine": span.end_line, "endColumn": span.end_column}
    properties["title"] = diagnostic.rule
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_escape_data(text)}"


def _escape_data(value: object) -> str:
    """Escape the text after the second ``::``: one line, UTF-8, ``%`` escaped."""
    text = printable(str(value)).encode("utf-8", "replace").decode()
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: object) -> str:
    """Escape the value of a property, where ``:`` and ``,`` are separators."""
    return _escape_data(value).replace(":", "%3A").replace(",", "%2C")

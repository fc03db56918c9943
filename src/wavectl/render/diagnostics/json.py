"""The findings as JSON: the schema ``wavectl/diagnostics/1``."""

from collections.abc import Sequence
from typing import Any

from wavectl.diagnostics import Diagnostic, Summary, format_path
from wavectl.render.context import RenderContext
from wavectl.text.escaping import dump_json

SCHEMA = "wavectl/diagnostics/1"


def render(diagnostics: Sequence[Diagnostic], summary: Summary, context: RenderContext) -> str:
    """Return one JSON object with the counts and every diagnostic."""
    found = [_as_data(diagnostic, context) for diagnostic in diagnostics]
    return dump_json({"schema": SCHEMA, "summary": summary._asdict(), "diagnostics": found})


def _as_data(diagnostic: Diagnostic, context: RenderContext) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": context.raw_message(diagnostic.message),
        "hint": context.raw_message(diagnostic.hint) if diagnostic.hint else None,
        "file": diagnostic.file,
        **diagnostic.span._asdict(),
        "path": format_path(diagnostic.path),
        "wave": diagnostic.wave,
    }

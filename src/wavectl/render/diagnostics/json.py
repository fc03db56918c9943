"""The findings as JSON: the schema ``wavectl/diagnostics/1``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wavectl.diagnostics import Diagnostic, Summary, format_path
from wavectl.render.diagnostics import Style
from wavectl.text.escaping import dump_json

SCHEMA = "wavectl/diagnostics/1"


def render(diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
    """Return one JSON object with the counts and every diagnostic."""
    result = {
        "schema": SCHEMA,
        "summary": {
            "files": summary.files,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "waived": summary.waived,
        },
        "diagnostics": [_as_data(diagnostic, style) for diagnostic in diagnostics],
    }
    return dump_json(result)


def _as_data(diagnostic: Diagnostic, style: Style) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": style.format_message(diagnostic.message),
        "hint": style.format_message(diagnostic.hint) if diagnostic.hint else None,
        "file": diagnostic.file,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "end_line": diagnostic.span.end_line,
        "end_column": diagnostic.span.end_column,
        "path": format_path(diagnostic.path),
        "wave": diagnostic.wave,
    }

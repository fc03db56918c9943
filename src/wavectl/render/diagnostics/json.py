"""The findings for programs: the schema ``wavectl/diagnostics/1``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wavectl.diagnostics import Diagnostic, Summary, path_text
from wavectl.render.diagnostics.style import Style
from wavectl.text.escaping import program

SCHEMA = "wavectl/diagnostics/1"


def report(diagnostics: Sequence[Diagnostic], summary: Summary, style: Style) -> str:
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
        "diagnostics": [_record(diagnostic, style) for diagnostic in diagnostics],
    }
    return program(result)


def _record(found: Diagnostic, style: Style) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": style.tell(found.message),
        "hint": style.tell(found.hint) if found.hint else None,
        "file": found.file,
        "line": found.span.line,
        "column": found.span.column,
        "end_line": found.span.end_line,
        "end_column": found.span.end_column,
        "path": path_text(found.path),
        "wave": found.wave,
    }

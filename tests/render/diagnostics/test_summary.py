"""The line that counts what was found."""

from __future__ import annotations

import pytest

from wavectl.diagnostics import Summary
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import summary_line

EN = RenderContext(("en",))


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (Summary(4, 1, 1, 0, 2), "4 files: 1 error, 1 warning, 2 accepted with a reason (waive)"),
        (Summary(1, 2, 3, 4, 0), "1 file: 2 errors, 3 warnings, 4 notes"),
        (Summary(4, 0, 0, 1, 1), "4 files: 1 note, 1 accepted with a reason (waive)"),
        (Summary(4, 0, 0, 0, 0), "4 files: no problems found"),
        (Summary(4, 0, 0, 0, 2), "4 files: no problems found, 2 accepted with a reason (waive)"),
    ],
)
def test_the_last_line_counts(summary: Summary, line: str) -> None:
    assert summary_line(summary, EN) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "4 fichiers : aucun problème trouvé, 2 acceptés avec une raison (waive)"),
        ("es", "4 archivos: no se encontró ningún problema, 2 aceptadas con un motivo (waive)"),
    ],
)
def test_messages_are_in_the_reader_s_language(language: str, line: str) -> None:
    assert summary_line(Summary(4, 0, 0, 0, 2), RenderContext((language,))) == line


def test_a_valid_plan_is_reported_in_green() -> None:
    assert (
        summary_line(Summary(1, 0, 0, 0, 0), EN._replace(colour=True)) == "1 file: \x1b[1;32mno problems found\x1b[0m"
    )

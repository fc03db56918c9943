"""How a result looks on the console: what it cannot show is drawn with what it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, process, write_plan


@pytest.mark.parametrize(
    ("encoding", "drawn"),
    [("utf-8", "┣━┿━"), ("ascii", "[=+="), ("cp1252", "[=+="), ("cp850", "[=+="), ("gb18030", "┣━┿━")],
)
def test_a_chart_is_drawn_in_signs_that_the_console_has(encoding: str, drawn: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND + "moments:\n  - {id: a, title: Été, when: 2017-10}\n"})
    arguments = ("--today", "2017-05-20", "timeline", "--format", "gantt")
    outcome = process(*arguments, cwd=tmp_path, env={"PYTHONIOENCODING": encoding})
    assert outcome.code == 0, outcome.err
    assert drawn in outcome.raw.decode(encoding)


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "html", "svg"])
def test_what_goes_into_files_has_the_same_bytes_on_every_console(form: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND + "moments:\n  - {id: a, title: 한국어 Été, when: 2017-10}\n"})
    made = {
        process("timeline", "--today", "2017-06-01", "--format", form, cwd=tmp_path, env={"PYTHONIOENCODING": name}).raw
        for name in ("utf-8", "ascii")
    }
    (data,) = made
    assert "한국어" in data.decode()

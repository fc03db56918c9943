"""Every single edit by a command is a change in the wave that was edited, and in no other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.plans import REAL, run
from wavectl.plan.loader import Plan, load

EDITS: list[list[str]] = [
    ["moment", "edit", "{moment}", "--title", "Another title"],
    ["moment", "edit", "{moment}", "--short", "Another"],
    ["moment", "edit", "{moment}", "--place", "Tunis", "--country", "TN"],
    ["moment", "edit", "{moment}", "--url", "https://example.org/x"],
    ["moment", "edit", "{moment}", "--description", "en=About it"],
    ["moment", "edit", "{moment}", "--kind", "deadline"],
    ["moment", "edit", "{moment}", "--owner", "cisdpdh"],
    ["moment", "edit", "{moment}", "--actor", "cisdpdh"],
    ["moment", "edit", "{moment}", "--priority", "advocacy"],
    ["moment", "move", "{moment}", "2018-06-05"],
    ["moment", "move", "{moment}", "2018-06"],
    ["moment", "postpone", "{moment}"],
    ["moment", "cancel", "{moment}"],
    ["moment", "remove", "{moment}"],
    ["moment", "add", "{wave}", "--title", "A new moment", "--when", "2018-05-03"],
    ["wave", "edit", "{wave}", "--slogan", "en=Another slogan"],
    ["wave", "edit", "{wave}", "--period", "2017-04/2018-12"],
    ["wave", "edit", "{wave}", "--add-hashtag", "#Another"],
    ["wave", "edit", "{wave}", "--url", "https://example.org/x"],
    ["wave", "edit", "{wave}", "--color", "navy"],
    ["wave", "edit", "{wave}", "--notice", "en=Soon"],
    ["actor", "add", "Another city", "--kind", "member", "--wave", "{wave}"],
]


@pytest.fixture(scope="module")
def real() -> Plan:
    return load(REAL)


def changed_file(file: Path, home: Path) -> bool:
    """Tell whether a file of the plan was edited; of tied moments a command edits the one that the others follow."""
    return file.read_bytes() != (home / "waves" / file.name).read_bytes()


@pytest.mark.parametrize("edit", EDITS, ids=" ".join)
def test_an_edit_is_a_change_of_its_wave(tmp_path: Path, real: Plan, edit: list[str]) -> None:
    moments = sorted(real.moments)
    reference = moments[EDITS.index(edit) * 7 % len(moments)]
    wave = reference.partition("/")[0]
    shutil.copytree(REAL, tmp_path / "waves")
    arguments = [part.format(moment=reference, wave=wave) for part in edit]
    outcome = run(*arguments, "--yes", "--today", "2017-06-01", "--lang", "en", cwd=tmp_path)
    assert outcome.code == 0, outcome.err
    found = json.loads(run("diff", str(REAL), "--format", "json", "--today", "2017-06-01", cwd=tmp_path).out)
    edited = [file.stem for file in sorted(REAL.glob("*.yaml")) if changed_file(file, tmp_path)]
    assert [one["wave"] for one in found["waves"]] == [name for name in edited if name != "programme"]
    changed = found["waves"][0]
    changes = [*changed["moments"], *changed["facts"], *changed["items"], *changed["translations"]]
    assert len([one for one in changes if one.get("kinds") != ["translated"]]) == 1

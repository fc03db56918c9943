"""The findings for the three real waves, as they are and without their waivers and ties."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.plans import REAL, TODAY, run

FINDINGS = """
housing.yaml likely-same-moment fr: "Réunions de CGLU sur la politique du logement"
housing.yaml missing-translation fr: |
housing.yaml missing-translation fr: |
migration.yaml unconfirmed-actor confirmed: false
migration.yaml missing-translation fr: |
migration.yaml missing-translation fr: |
programme.yaml missing-translation fr: |
programme.yaml missing-translation fr: |
"""
UNTIED = """
housing.yaml calendar-length period: 2017-05/2018-12
migration.yaml calendar-length period: 2017-06/2018-12
migration.yaml likely-same-moment fr: "7ème Forum mondial des villes de droits de l’homme"
"""


def reported(folder: Path) -> tuple[list[str], str]:
    """Return each finding with its file and the line that it points at, and the last line of the report."""
    outcome = run("--waves", str(folder), "--today", TODAY, "--lang", "en", "validate", "--notes", cwd=folder)
    assert outcome.code == 0
    found = re.findall(r"^\w+\[(\S+)\]: .*\n *--> (.*?):(\d+):\d+$", outcome.out, re.MULTILINE)
    lines = {name: (folder / name).read_text(encoding="utf-8").splitlines() for _, name, _ in found}
    shown = [
        f"{name} {rule} {lines[name][int(line) - 1].strip().partition(' # ')[0].strip()}" for rule, name, line in found
    ]
    return sorted(re.sub(r" #.*", "", line) for line in shown), outcome.out.splitlines()[-1]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a copy of the waves without their waivers and without the tie between them."""
    for file in REAL.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"^ *same_as: .*\n", "", re.sub(r"^waive:.*\n(  .*\n)+", "", text, flags=re.M), flags=re.M)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_waves_as_they_are() -> None:
    assert reported(REAL) == (
        sorted(FINDINGS.split("\n")[1:-1]),
        "4 files: 1 warning, 7 notes, 2 accepted with a reason (waive)",
    )


def test_the_waves_without_waivers_and_ties(bare: Path) -> None:
    lines = sorted((FINDINGS + UNTIED).replace("\n\n", "\n").split("\n")[1:-1])
    assert reported(bare) == (lines, "4 files: 3 warnings, 8 notes")

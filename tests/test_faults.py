"""What pydantic refuses, told as findings: one sentence a place, with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans import checked, read_plan

KINDS = "event, observance, deadline, publication"
HEAD = "title: A\nstatus: announced\n"


def said(home: Path, wave: str) -> list[tuple[str, str, str]]:
    """Return the rule, message and hint of each finding in a wave."""
    found = checked(read_plan(home, {"housing": HEAD + wave}))
    return [(one.rule, str(one.message), str(one.hint)) for one in found]


@pytest.mark.parametrize(
    ("wave", "rule", "message"),
    [
        ("slogan: []\n", "invalid-value", "a text should stand here"),
        ('slogan: " "\n', "invalid-value", "the text is empty"),
        ("moments: later\n", "invalid-value", "a list should stand here"),
        ("moments: [later]\n", "invalid-value", "a block of keys should stand here"),
        ("color: teall\n", "invalid-value", '"teall" is no colour that has a name in CSS'),
        ("moments: [{title: B, when: 2018}]\n", "missing-key", '"id" is missing'),
        ("moments: [{id: b, title: B, when: 2018, kind: [event]}]\n", "invalid-value", f"this is not one of {KINDS}"),
        ("moments: [{id: b, title: B, when: 2018, kind: talk}]\n", "invalid-value", f'"talk" is not one of {KINDS}'),
        ("moments: [{id: b, title: B, when: 2018, draft: yes}]\n", "invalid-value", "a yes or no should stand here"),
        ("slogn: B\n", "unknown-key", 'the key "slogn" is not known here'),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_with_a_cure(tmp_path: Path, wave: str, rule: str, message: str) -> None:
    ((found, sentence, cure),) = said(tmp_path, wave)
    assert (found, sentence) == (rule, message)
    assert cure != "None"


def test_a_misspelt_key_is_met_with_the_one_that_is_meant(tmp_path: Path) -> None:
    assert said(tmp_path, "slogn: B\n")[0][2] == 'perhaps "slogan" is meant'
    assert "x-" in said(tmp_path, "zzz: B\n")[0][2]


def test_one_place_is_told_once(tmp_path: Path) -> None:
    assert len(said(tmp_path, "source: [1, 2]\n")) == 1

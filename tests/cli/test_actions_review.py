"""``wavectl actions review``: each action is shown whole, and what is decided before the end is written."""

from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import Outcome, run, type_answers
from support.registers import read_actions, register_bytes, write_actions

EXPECTED = Path(__file__).parent / "expected"
TUNIS = {"organiser": "City of Tunis", "country": "TN", "title": "Open day", "when": "2017-11-02"}
ROWS = (
    {**TUNIS, "source": "form", "moment": "forum", "note": "canary \x1b[31m", "evidence": "a photograph"},
    {**TUNIS, "source": "partners", "title": "Open days", "review": "accepted"},
    {"source": "partners", "title": "=1+1", "organiser_type": "person", "publish": "full", "online": "true"},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_actions(tmp_path, *ROWS)


def review(folder: Path, *arguments: str) -> Outcome:
    state = {"XDG_STATE_HOME": str(folder.parent / "state")}
    return run("actions", "review", *arguments, "--today", "2017-12-01", cwd=folder.parent, env=state)


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    type_answers(monkeypatch, ("actions.review",), *answers)


def decisions(folder: Path) -> list[str]:
    return [row.get("review") for row in read_actions(folder).rows.values()]


@pytest.mark.parametrize(
    ("language", "answers", "expected"),
    [
        ("en", ("a", "r", "not here"), ["accepted", "accepted", "refused"]),
        ("en", ("accept", "what?", "s"), ["accepted", "accepted", ""]),
        ("en", ("", "a"), ["", "accepted", "accepted"]),
        ("en", ("a", "q"), ["accepted", "accepted", ""]),
        ("en", ("a", "^C"), ["accepted", "accepted", ""]),
        ("en", ("a", "r", "^C"), ["accepted", "accepted", ""]),
        ("fr", ("p", "ACCEPTER"), ["", "accepted", "accepted"]),
        ("es", ("rechazar", "", "t"), ["refused", "accepted", ""]),
    ],
)
def test_decisions_are_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, answers: tuple[str, ...], expected: list[str]
) -> None:
    typed(monkeypatch, *answers)
    assert review(folder, "--lang", language).code == 0
    assert decisions(folder) == expected
    reason = "not here" if "not here" in answers else ""
    assert read_actions(folder).rows["form-3"].get("reason") == reason


def test_a_reason_is_kept_without_contact_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "r", "not here: ana@ciudad.example", "q")
    assert review(folder).code == 0
    assert "not here" in [row.get("reason") for row in read_actions(folder).rows.values()]


@pytest.mark.parametrize("answers", [("s", "s"), ("q",), ("^C",)])
def test_no_decision_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, answers: tuple[str, ...]) -> None:
    before = (folder / "actions" / "housing.csv").read_bytes()
    typed(monkeypatch, *answers)
    assert review(folder).code == 0
    assert (folder / "actions" / "housing.csv").read_bytes() == before


def test_filters_choose_what_is_reviewed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "r", "")
    assert review(folder, "housing", "--review", "accepted").code == 0
    assert decisions(folder) == ["", "refused", ""]
    assert review(folder, "--country", "FR").code == 0


def test_an_action_that_another_run_changed_stays_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(("a", "a"))

    def answer(*_: object) -> str:
        changed = {**ROWS[0], "title": "Another title"}
        (folder / "actions" / "housing.csv").write_bytes(register_bytes(changed, *ROWS[1:]))
        return next(answers)

    typed(monkeypatch)
    monkeypatch.setattr("builtins.input", answer)
    outcome = review(folder)
    assert "form-1" in outcome.err
    assert decisions(folder) == ["", "accepted", "accepted"]
    assert read_actions(folder).rows["form-1"].get("title") == "Another title"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_reviewer_sees_the_whole_row_in_words(folder: Path, language: str, golden: Golden) -> None:
    outcome = review(folder, "--lang", language)
    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    golden(EXPECTED / f"actions-review.{language}.txt", outcome.out)
    assert "publish: full" in outcome.err


def test_what_changes_is_shown_in_words(folder: Path) -> None:
    done = run("actions", "accept", "--review", "pending", "--yes", "--lang", "fr", cwd=folder)
    assert done.code == 0, done.err
    assert "acceptée" in done.out
    assert not any(word in done.out for word in ("pending", "accepted"))

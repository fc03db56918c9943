"""Local actions beside the moments: in status, coverage, todo, show, and only as they may be published."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from support.plans import SOUND, run, write_plan
from support.registers import register_bytes
from wavectl.actions.action import PRIVATE_COLUMNS
from wavectl.actions.counts import CellCounter, TaskCounter
from wavectl.actions.filters import ActionFilter
from wavectl.actions.register import Row, write_register
from wavectl.actions.twins import likely_twins

PROGRAMME = """
languages: [en]
priorities: {learning: Learning, advocacy: Advocacy}
regions:
  africa: {name: Africa, countries: [TN]}
  mewa: {name: Middle East, countries: [JO, LB]}
design: {max_silent_months: 6}
"""
HOUSING = SOUND + "moments: [{id: forum, title: Forum, when: 2017-11-02, place: {country: TN}}]\n"
PENDING_PEOPLE = "4999"
ROWS = (
    {"country": "JO", "priority": "advocacy", "review": "accepted", "publish": "full", "when": "2017-09-12",
     "organiser": "City of Amman", "title": "Open day", "source": "form", "people": "20-30", "outcome": "A pact"},
    {"country": "JO", "priority": "advocacy", "review": "accepted", "when": "2017-09-13", "source": "partners",
     "organiser": "City of Amman", "title": "Open Day"},
    {"country": "LB", "review": "pending", "when": "2018-03", "people": PENDING_PEOPLE},
    {"country": "TN", "review": "accepted", "publish": "no", "when": "unknown"},
    {"review": "accepted", "publish": "full", "when": "2017-10", "status": "postponed"},
    {"country": "LB", "review": "refused", "when": "2017-09-12"},
    {"country": "LB", "review": "accepted", "status": "cancelled", "when": "2017-09-12"},
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    waves = write_plan(folder, {"programme": PROGRAMME, "housing": HOUSING, "migration": SOUND})
    (waves / "actions").mkdir()
    (waves / "actions" / "housing.csv").write_bytes(register_bytes(*ROWS))
    return folder


def shown(home: Path, *command: str, form: str = "json", today: str = "2017-12-01") -> Any:
    outcome = run("--today", today, *command, "--format", form, cwd=home)
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out) if form == "json" else outcome.out


def test_status_counts_the_actions_of_each_register(home: Path) -> None:
    status = shown(home, "status")
    counts = {"actions": 5, "accepted": 4, "reported": 2, "countries": 3}
    assert status["actions"] == counts
    assert [wave.get("actions") for wave in status["waves"]] == [counts, None]
    assert "Local actions\nWave     Actions  Accepted  With a result  Countries\nhousing        5" in shown(
        home, "status", form="table"
    )


def test_coverage_tells_where_only_actions_are(home: Path) -> None:
    coverage = shown(home, "coverage")
    assert coverage["actions"]["total"] == 5
    assert coverage["actions"]["regions"] == [
        {"region": "africa", "moments": 1, "actions": 1},
        {"region": "mewa", "moments": 0, "actions": 3},
        {"region": None, "moments": 0, "actions": 1},
    ]
    assert {one["priority"]: one["actions"] for one in coverage["actions"]["priorities"]} == {
        "learning": 0,
        "advocacy": 2,
        None: 3,
    }
    assert {one["country"]: one["actions"] for one in coverage["countries"]} == {"TN": 1, "JO": 2, "LB": 1}
    assert coverage["silent_countries"] == []
    assert [gap.rpartition("; ")[2] for gap in coverage["holes"] if "Middle East" in gap] == ["local actions: 3"]
    assert "local actions and no moment: Middle East" in shown(home, "coverage", form="table")


def test_a_region_that_actions_reach_is_no_gap_of_the_priority(tmp_path: Path) -> None:
    plan = SOUND + "content: {learning: L}\nactors: [{name: A, kind: member, country: TN}]\n"
    plan += "moments: [{id: a, title: A, when: 2017-05-02, priorities: [advocacy], place: {country: TN}}]\n"
    waves = write_plan(tmp_path, {"programme": PROGRAMME, "housing": plan})
    text = "The priority {} has no wave or moment in: Middle East"
    gaps = shown(tmp_path, "coverage")["holes"]
    assert {text.format(name) for name in ("Advocacy", "Learning")} <= set(gaps)
    (waves / "actions").mkdir()
    (waves / "actions" / "housing.csv").write_bytes(register_bytes({"country": "JO", "priority": "advocacy"}))
    reached = shown(tmp_path, "coverage")["holes"]
    assert text.format("Learning") in reached
    assert not [gap for gap in reached if "Advocacy" in gap and "Middle East" in gap]
    assert "Advocacy: only local actions reach Middle East" in shown(tmp_path, "coverage", form="table")


def test_todo_counts_what_there_is_to_do_with_actions(home: Path) -> None:
    todo = shown(home, "todo")
    tasks = {"wave": "housing", "to_review": 1, "without_result": 1, "twins": 1, "missing": 0}
    assert todo["actions"] == [tasks]
    others = len(todo["dates"]) + len(todo["actors"]) + len(todo["outcomes"]) + todo["summary"]["texts"]
    assert todo["summary"]["things"] == others + 3
    text = shown(home, "todo", form="table")
    assert "1  to review                         housing  wavectl actions review --wave housing\n" in text
    assert "wavectl actions list --wave housing --without-result\n" in text
    assert shown(home, "actions", "count", "--without-result")["total"]["actions"] == 1
    assert run("--today", "2017-12-01", "todo", "--strict", cwd=home).code == 1


def test_what_is_over_and_has_no_result() -> None:
    def without_result(today: str, **cells: str) -> int:
        counter = TaskCounter(date.fromisoformat(today))
        row = Row.new({"id": "form-1", "title": "A", "review": "accepted", "when": "2017-09-12", **cells})
        counter.add([tuple(row.get(column) for column in counter.columns)])
        matches = ActionFilter(without_result=True).matcher(None, date.fromisoformat(today))
        assert matches(row) is bool(counter.without_result)
        return counter.without_result

    assert without_result("2017-09-13")
    assert not without_result("2017-09-12")
    for cells in (
        {"people": "~50"}, {"people_low": "50"}, {"outcome": "A pact"}, {"reported": "2017-09-13"},
        {"review": "pending"}, {"review": "refused"}, {"status": "cancelled"}, {"status": "postponed"},
        {"when": "unknown"}, {"when": "2017-09-12/.."}, {"title": "—"},
    ):  # fmt: skip
        assert not without_result("2017-09-13", **cells), cells
    assert without_result("2017-09-13", people="TBD")
    assert without_result("2017-09-13", reported="TBD")


def test_twins_of_a_large_register_are_those_of_its_rows(tmp_path: Path) -> None:
    rows = [
        Row.new({"id": f"{source}-{number}", "title": title, "organiser": "City", "country": "TN", "source": source}
                | more)
        for number, (source, title, more) in enumerate(
            [("a", "Open day", {}), ("b", "Open Day", {}), ("a", "Lunch", {"missing_since": "2017-01-01"}),
             ("a", "Lunch!", {}), ("c", "Alone", {"organiser": "Other"}), ("c", "", {"organiser": ""})]
        )
    ]  # fmt: skip
    path = tmp_path / "housing.csv"
    path.write_bytes(b"".join(write_register(rows)))
    counter = TaskCounter(date(2017, 1, 1))
    counter.add(tuple(row.get(column) for column in counter.columns) for row in rows)
    found = counter.twin_search.twins(path)
    assert found == likely_twins(rows)
    assert len(found) == 2


def test_cells_are_counted_as_values(home: Path) -> None:
    def counts(*, only_shown: bool) -> dict[Any, int]:
        counter = CellCounter("country", only_shown=only_shown)
        counter.add(tuple(row.get(column) for column in counter.columns) for row in map(Row.new, ROWS))
        return dict(counter.counts())

    assert counts(only_shown=False) == {("JO",): 2, ("LB",): 1, ("TN",): 1, (None,): 1}
    assert counts(only_shown=True) == {("JO",): 1, (None,): 1}


def test_converge_tells_where_actions_of_several_waves_meet(tmp_path: Path) -> None:
    tied = "moments: [{id: day, title: Day, same_as: housing/forum}]\n"
    waves = write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING, "migration": SOUND + tied})
    (waves / "actions").mkdir()
    town = {"review": "accepted", "publish": "full", "place": "Tunis", "country": "TN"}
    housing = (town | {"when": "2017-11-02"}, town | {"when": "2017-11-04", "moment": "forum"}, {"moment": "forum"},
               town | {"when": "2018-02-01"}, town | {"when": "2017-11", "place": "Sousse"})  # fmt: skip
    migration = (town | {"when": "2017-11-10", "place": "TUNIS", "moment": "day"}, town | {"when": "2018-03-01"},
                 {**town, "publish": "anonymous", "when": "2018-02-01"}, {**town, "review": "", "when": "2018-02-01"},
                 town | {"when": "2017-11-02", "country": "JO"})  # fmt: skip
    (waves / "actions" / "housing.csv").write_bytes(register_bytes(*housing))
    (waves / "actions" / "migration.csv").write_bytes(register_bytes(*migration))
    meeting = {"place": "Tunis", "country": "TN", "first": "2017-11-02", "last": "2017-11-10"}
    assert shown(tmp_path, "converge")["actions"] == {
        "towns": [{**meeting, "waves": {"housing": 2, "migration": 1}}],
        "moments": [{"moment": "housing/forum", "waves": {"housing": 2, "migration": 1}}],
    }
    assert shown(tmp_path, "converge", "--within", "5d")["actions"]["towns"] == []
    assert shown(tmp_path, "converge", "--upcoming")["actions"]["towns"] == []
    text = shown(tmp_path, "converge", form="table")
    assert "2–10 November 2017  Tunis, Tunisia  housing: 2, migration: 1\n" in text


def test_the_card_shows_actions_in_figures_and_the_published_page_only_what_may_be_counted(home: Path) -> None:
    people = {"people_low": 5019, "people_high": 5029}
    counts = {"actions": 5, "accepted": 4, "reported": 2, "with_people": 2, "countries": 3}
    assert shown(home, "show", "housing")["actions"] == counts | people
    assert "Local actions\n5 actions, 4 of them accepted, 2 with a result: 5,019 to 5,029 people\n" in shown(
        home, "show", "housing", form="table"
    )
    page = shown(home, "show", "housing", form="markdown")
    assert "3 actions, 1 with a result: 20 to 30 people" in page
    assert "in 1 country" in page


@pytest.mark.parametrize(
    ("form", "bars"),
    [("svg", r"<title>11 September 2017: 2</title>"), ("html", r"<title>11 September 2017: 2</title>")],
)
def test_a_picture_has_bars_of_what_may_be_counted_in_public(form: str, bars: str, home: Path) -> None:
    text = shown(home, "timeline", form=form)
    assert re.search(bars, text)
    assert "Local actions: 3" in text
    assert "week not known: 1" in text
    assert "Local actions" not in shown(home, "timeline", "migration", form=form)
    assert "Local actions: 2" in shown(home, "timeline", "--country", "JO", form=form)


def test_the_chart_of_a_terminal_has_bars_too(home: Path) -> None:
    text = shown(home, "timeline", form="gantt")
    assert re.search(r"Local actions: 3 +[┊│]? *█", text)
    assert "week not known: 1 " in text


VIEWS = [("status",), ("coverage",), ("todo",), ("show", "housing"), ("converge",)]


@pytest.mark.parametrize("command", VIEWS)
@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_no_text_of_an_action_is_in_a_view_of_counts(command: tuple[str, ...], form: str, tmp_path: Path) -> None:
    texts = ("title", "organiser", "place", "url", "outcome", "hashtags", "expected", *PRIVATE_COLUMNS)
    row = {column: f"CANARY{column}" for column in texts} | {"review": "accepted", "publish": "full", "people": "9"}
    row |= {"hashtags": "#CANARY", "url": "https://www.CANARY.org"}
    waves = write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING})
    (waves / "actions").mkdir()
    (waves / "actions" / "housing.csv").write_bytes(register_bytes(row, row | {"review": "pending"}))
    outcome = run("--today", "2017-12-01", *command, "--format", form, cwd=tmp_path)
    assert outcome.code == 0
    assert "CANARY" not in outcome.out + outcome.err


def test_the_card_tells_equal_findings_once(tmp_path: Path) -> None:
    waves = write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING})
    (waves / "actions").mkdir()
    rows = [{"organiser": ""}, {"organiser": ""}, {"organiser": "City", "lat": "36.8"}]
    (waves / "actions" / "housing.csv").write_bytes(register_bytes(*rows))
    text = shown(tmp_path, "show", "housing", form="table")
    assert "(missing-organiser, 2×)" in text
    assert "(wrong-coordinates)" in text
    rules = [one["rule"] for one in shown(tmp_path, "show", "housing")["findings"]]
    assert rules.count("missing-organiser") == 2  # programs get each


def test_nothing_private_is_in_what_is_published(tmp_path: Path) -> None:
    private = {column: f"CANARY{column}" for column in PRIVATE_COLUMNS}
    shown_row = {**private, "review": "accepted", "publish": "full", "country": "TN", "when": "2017-09-12"}
    programme = PROGRAMME + "uid_domain: waves.uclg.org\nfeeds: {acts: {actions: true}}\n"
    waves = write_plan(tmp_path, {"programme": programme, "housing": HOUSING})
    (waves / "actions").mkdir()
    rows = [shown_row, {**shown_row, "review": "pending", "title": "CANARY"}]
    (waves / "actions" / "housing.csv").write_bytes(register_bytes(*rows, {**shown_row, "publish": "no"}))
    told = ""
    for command in (
        ("site", "-o", "site"), ("export-ics", "-o", "feeds"), ("report", "-o", "r.html"),
        ("actions", "map", "-o", "map.html"), ("actions", "export", "-o", "a.geojson"),
    ):  # fmt: skip
        outcome = run("--today", "2017-12-01", *command, cwd=tmp_path)
        assert outcome.code == 0, outcome.err
        told += outcome.out + outcome.err
    written = [file for file in tmp_path.rglob("*") if file.is_file() and waves not in file.parents]
    assert {"acts.ics", "index.html", "r.html", "map.html", "a.geojson"} <= {file.name for file in written}
    assert [file.name for file in written if b"CANARY" in file.read_bytes()] == []
    assert "CANARY" not in told


@pytest.mark.parametrize("command", [("status",), ("coverage",), ("todo",), ("show", "housing")])
def test_a_register_that_cannot_be_read_ends_the_run(command: tuple[str, ...], tmp_path: Path) -> None:
    waves = write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING})
    (waves / "actions").mkdir()
    (waves / "actions" / "housing.csv").write_bytes(register_bytes({}) + b'form-2,"\n')
    outcome = run("--today", "2017-12-01", *command, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (1, "")
    assert "housing.csv: line 3: " in outcome.err

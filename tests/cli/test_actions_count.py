"""``wavectl actions list`` and ``count``: what they show, in every format, and what they never show."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import Outcome, process, run
from support.registers import write_actions
from wavectl.actions.action import COLUMNS, PRIVATE_COLUMNS
from wavectl.actions.counts import Count, CountBy

EXPECTED = Path(__file__).parent / "expected"
HOSTILE = '=1+1 <script>x</script> "lone | \x07\x1b[31m\u202e, `a` [b](c)'
CANARIES = {column: f"canary-{column}" for column in PRIVATE_COLUMNS}
ROWS = (
    {"title": "Open day", "country": "TN", "when": "2017-11-02", "people": "~50", "organiser": "City of Tunis"},
    {"title": HOSTILE, "organiser": HOSTILE, "place": HOSTILE, "country": "TN", "when": "2017-11", "people": "20-30"},
    {"title": "Charter", "country": "FR", "kind": "measure", "when": "2017-12-05", "outcome": "Adopted", **CANARIES},
    {"title": "Ask canary@b.example, +33 1 23 45 67 89", "review": "refused", "when": "2018-01-15"},
    {"title": "Course", "kind": "learning", "status": "cancelled", "organiser": "Ana Ruiz", "organiser_type": "person"},
    {"title": "Course", "kind": "learning", "review": "accepted", "moment": "forum", "priority": "rights"},
)
SECRETS = (*CANARIES.values(), "canary@b", "23 45 67", "Ana Ruiz")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    write_actions(home, *ROWS)
    return home


def actions(home: Path, *arguments: str) -> Outcome:
    return run("actions", *arguments, "--today", "2017-12-01", cwd=home)


def data(home: Path, *arguments: str):
    outcome = actions(home, *arguments, "--format", "json")
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def test_the_json_of_a_count(home: Path) -> None:
    found = data(home, "count", "--by", "country")
    assert found == {
        "schema": "wavectl/actions/1",
        "waves": ["housing"],
        "by": "country",
        "total": Count(4, 1, 3, 2, 70, 80)._asdict(),
        "rows": [{"key": "TN", **Count(2, 0, 2, 2, 70, 80)._asdict()}, {"key": "FR", **Count(1, 0, 1)._asdict()}],
        "unknown": Count(1, 1)._asdict(),
        "left_out": {"refused": 1, "cancelled": 1},
    }
    total = data(home, "count")
    assert (total["by"], total["total"], total["rows"]) == (None, found["total"], [])


@pytest.mark.parametrize("by", CountBy)
def test_rows_and_the_unknown_make_the_total_by_everything(home: Path, by: CountBy) -> None:
    found = data(home, "count", "--by", by)
    for key in ("actions", "accepted", "reported", "people_low"):
        assert sum(row[key] for row in (*found["rows"], found["unknown"])) == found["total"][key]
    table = list(csv.DictReader(StringIO(actions(home, "count", "--by", by, "--format", "csv").out)))
    assert [row["key"] for row in table if row["key"]] == [row["key"] for row in found["rows"]]
    assert sum(int(row["actions"]) for row in table) == 4
    assert actions(home, "count", "--by", by, "--format", "bars").code == 0


def test_filters_and_waves_choose_what_is_counted_and_listed(home: Path) -> None:
    choices = (
        ((), 4, 6), (("housing",), 4, 6), (("--wave", "housing"), 4, 6), (("--region", "africa"), 2, 2),
        (("--country", "France"), 1, 1), (("--from", "December 2017"), 1, 2), (("--review", "refused"), 0, 1),
        (("--kind", "learning", "--moment", "forum"), 1, 1),
    )  # fmt: skip
    for arguments, counted, listed in choices:
        assert data(home, "count", *arguments)["total"]["actions"] == counted
        assert len(data(home, "list", *arguments)["actions"]) == listed


@pytest.mark.parametrize(
    "arguments",
    [("count", "nowhere"), ("count", "--by", "town"), ("list", "--format", "bars"), ("list", "--limit", "x")],
)
def test_wrong_usage_is_refused(home: Path, arguments: tuple[str, ...]) -> None:
    assert actions(home, *arguments).code == 2


def test_actions_are_listed_in_order_of_time_by_column(home: Path) -> None:
    found = data(home, "list")["actions"]
    assert [one["when"] for one in found] == ["2017-11", "2017-11-02", "2017-12-05", "2018-01-15", None, None]
    assert list(found[0]) == ["wave", *(column for column in COLUMNS if column not in PRIVATE_COLUMNS)]
    expected = {"wave": "housing", "online": None, "hashtags": [], "review": "pending", "country": "TN"}
    assert {column: found[1][column] for column in expected} == expected
    assert list(data(home, "list", "--private")["actions"][0]) == ["wave", *COLUMNS]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_list_breaks_no_word_on_a_screen(tmp_path: Path, width: int, golden: Golden) -> None:
    long = {
        "title": "Session d'apprentissage entre pairs sur l'accompagnement",
        "organiser": "Association des communes",
    }
    write_actions(tmp_path, {**long, "place": "Bruxelles", "country": "BE", "when": "2017-11-02"}, {"title": "Atelier"})
    outcome = run(
        "--lang", "fr", "--color", "always", "actions", "list", cwd=tmp_path, env={"COLUMNS": str(width)}
    )  # fmt: skip
    text = re.sub(r"\x1b\[[0-9;]*m", "", outcome.out)
    golden(Path(__file__).parent / "expected" / f"actions-list-{width}.txt", text)
    assert all(word in text for word in ("d'apprentissage", "l'accompagnement", "Bruxelles", "confirmer"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"review": "accepted"}] * 2, "2 actions, all of them accepted, no result yet"),
        ([{"review": "accepted"}, {}], "2 actions, 1 of them accepted, no result yet"),
        ([{"review": "accepted"}], "1 action, 1 of them accepted, no result yet"),
        (
            [{"review": "accepted", "outcome": "Done"}] * 2,
            "2 actions, all of them accepted, 2 with a result: how many people came is not known",
        ),
    ],
)
def test_what_all_or_no_actions_have_is_said_in_words(tmp_path: Path, rows: list[dict[str, str]], said: str) -> None:
    write_actions(tmp_path, *({"title": f"Course {number}", **row} for number, row in enumerate(rows)))
    assert run("--lang", "en", "actions", "count", cwd=tmp_path).out.splitlines()[1] == said


@pytest.mark.parametrize("output_format", ["table", "json", "csv", "markdown", "bars"])
@pytest.mark.parametrize("command", ["list", "count"])
def test_what_is_private_is_shown_only_where_it_is_asked_for(home: Path, command: str, output_format: str) -> None:
    arguments = ("--by", "kind") if command == "count" else ()
    outcome = actions(home, command, *arguments, "--format", output_format)
    assert [secret for secret in SECRETS if secret in outcome.out + outcome.err] == []
    if command == "list" and output_format in ("json", "csv"):
        assert [
            one for one in SECRETS if one not in actions(home, "list", "--private", "--format", output_format).out
        ] == []


def test_texts_of_a_register_are_data(home: Path) -> None:
    assert "\x1b" not in actions(home, "list").out
    cells = [cell for row in csv.reader(StringIO(actions(home, "list", "--format", "csv").out)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert r"\<script>x\</script>" in actions(home, "list", "--format", "markdown").out


@pytest.mark.parametrize("content", [b"id;title\n", b"\xff\xfe", b"", b'id,"\n'])
def test_a_file_that_is_no_register_is_an_error(tmp_path: Path, content: bytes) -> None:
    (write_actions(tmp_path, *ROWS) / "actions" / "housing.csv").write_bytes(content)
    for arguments in (("count",), ("list",)):
        outcome = actions(tmp_path, *arguments)
        assert (outcome.code, outcome.out) == (1, "")


def test_a_plan_without_actions_has_none(tmp_path: Path) -> None:
    (write_actions(tmp_path) / "actions" / "housing.csv").unlink()
    assert data(tmp_path, "count", "--by", "week")["total"]["actions"] == 0
    for arguments in (("count", "--by", "week", "--format", "bars"), ("list",), ("count", "housing")):
        assert actions(tmp_path, *arguments).code == 0


def test_bars_are_drawn_in_the_characters_of_the_terminal(home: Path) -> None:
    arguments = ("actions", "count", "--by", "country", "--lang", "es", "--format")
    for output_format, expected in (("bars", "##########"), ("csv", "TN,Túnez,2,0,2")):
        outcome = process(*arguments, output_format, cwd=home, env={"PYTHONIOENCODING": "ascii"})
        assert expected in outcome.out
        assert outcome.raw.isascii() == (output_format == "bars")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_words(home: Path, language: str, golden: Golden) -> None:
    shown = [
        actions(home, *arguments, "--lang", language).out
        for arguments in (("count", "--by", "kind"), ("count", "--by", "month", "--format", "bars"), ("list",))
    ]
    golden(EXPECTED / f"actions-count.{language}.txt", "\n".join(shown))

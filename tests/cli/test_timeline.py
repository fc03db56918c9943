"""``wavectl timeline``: the real waves, exit codes, languages and days."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import ANNOUNCED, REAL, SOUND, TODAY, run, timeline_entries, write_plan
from wavectl.render.timeline import VIEWS

EXPECTED = Path(__file__).parent / "expected"

DATED = (
    SOUND + "moments:\n  - {id: past, title: Past, when: 2017-05-31}\n  - {id: month, title: Month, when: 2017-06}\n"
)


# -- what the real waves must show


def test_housing_has_its_six_moments_as_seven_entries() -> None:
    found = timeline_entries("housing", "--today", TODAY)
    assert [(entry["when"], entry["id"]) for entry in found] == [
        ("2017-09-14/2017-09-17", "gwangju-forum"),
        ("2017-11", "housing-policy-meetings"),
        ("2017-11-02/2017-11-03", "cities-for-housing"),
        ("2017-12-10", "human-rights-day"),
        ("2018-03", "rapporteur-report"),
        ("2018-07", "hlpf-2018"),
        ("2018-12-10", "human-rights-day"),
    ]
    gwangju = found[0]
    assert (gwangju["stated"], gwangju["text"], gwangju["also_in"]) == (
        "2017-09",
        "14–17 septembre 2017",
        ["migration/gwangju-forum"],
    )
    assert (gwangju["country"], gwangju["exact"], gwangju["firm"], gwangju["wave"]) == ("KR", True, True, "housing")


def test_all_waves_show_gwangju_once_with_both_waves() -> None:
    found = [entry for entry in timeline_entries() if entry["id"] == "gwangju-forum"]
    assert [(entry["wave"], entry["stated"], entry["also_in"]) for entry in found] == [
        ("migration", None, ["housing/gwangju-forum"])
    ]
    (row,) = [line for line in run("timeline").out.splitlines() if "Gwangju" in line]
    assert row.endswith("Migrations, Le droit au logement")
    assert len(timeline_entries()) == 7 + 9 - 1
    assert len(timeline_entries("--no-merge")) == 7 + 9
    assert timeline_entries("local-finance") == []


ONE_DAY = {  # the wave of each moment on one day, its zone and date, in order
    "Whole day": ("two", "Europe/Paris", "2026-11-13"),
    "Breakfast": ("two", "America/Lima", "2026-11-13T02:30"),
    "Another lunch": ("two", "Europe/Paris", "2026-11-13T12:00"),
    "Lunch": ("one", "Europe/Paris", "2026-11-13T12:00/2026-11-13T13:00"),
    "Supper": ("one", "Europe/Paris", "2026-11-13T18:00"),
}


@pytest.fixture
def one_day(tmp_path: Path) -> Path:
    heads = {wave: f"title: Wave {wave}\nperiod: 2026-01/2027-12\nmoments:\n" for wave in ("one", "two")}
    for number, (title, (wave, zone, when)) in enumerate(reversed(ONE_DAY.items())):
        heads[wave] += f"  - {{id: m{number}, title: {title}, timezone: {zone}, when: {when}}}\n"
    return write_plan(tmp_path, {"programme": "uid_domain: calls.org\ntimezone: Europe/Paris\n", **heads})


@pytest.mark.parametrize(
    "command",
    [
        *(["timeline", "--format", form] for form in ("table", "agenda", "markdown", "json", "csv")),
        ["export-ics", "-o", "-", "all"],
        ["export-ics", "--check", "--format", "json"],
        ["export-ics", "--check", "--format", "text"],
        ["export-ics", "--check", "--format", "markdown"],
    ],
)
def test_moments_of_one_day_are_in_the_same_order_everywhere(command: list[str], one_day: Path) -> None:
    out = run("--waves", str(one_day), *command, "--today", "2026-06-01").out
    found = dict.fromkeys(re.findall("|".join(ONE_DAY), out))
    assert list(found) == list(ONE_DAY)


@pytest.mark.parametrize("command", [["timeline", "--format", "html"], ["export-sheet", "-o", "-"]])
def test_the_moments_of_a_wave_are_in_the_same_order_everywhere(command: list[str], one_day: Path) -> None:
    for wave in ("one", "two"):
        out = run("--waves", str(one_day), *command, wave).out
        found = dict.fromkeys(re.findall("|".join(ONE_DAY), out))
        assert list(found) == [title for title, (own, *_) in ONE_DAY.items() if own == wave]


# -- time zones

ABROAD = {
    "programme": "uid_domain: calls.org\ntimezone: Europe/Paris\nlanguages: [fr, en, es]\n",
    "w": "title: T\nperiod: 2026-01/2027-12\nactors: [{id: a, name: A, kind: member}]\nmoments:\n"
    "  - {id: home, title: Home, when: 2026-11-13T18:00, actors: [a]}\n"
    "  - {id: abroad, title: Abroad, when: 2026-11-13T20:00/2026-11-13T21:00, timezone: Asia/Seoul, actors: [a]}\n"
    "  - {id: doubt, title: Doubt, when: '2026-11-14T20:00?', timezone: America/Lima}\n"
    "  - {id: day, title: Day, when: 2026-11-15, timezone: Asia/Tokyo}\n",
    "other": "title: O\nperiod: 2026-01/2027-12\nmoments:\n  - {id: tied, title: Tied, same_as: w/abroad}\n",
}


@pytest.mark.parametrize("language", ["fr", "en", "es"])
@pytest.mark.parametrize(
    "command",
    [
        *(["timeline", "--format", form] for form in VIEWS),
        *(["show", "w", "--format", form] for form in ("table", "markdown", "json")),
        *(["converge", "--format", form] for form in ("table", "markdown", "json")),
        ["moment", "show", "w/abroad"],
        ["moment", "show", "other/tied", "--format", "json"],
        ["export-ics", "-o", "-", "all"],
        ["export-ics", "--check"],
        ["export-sheet", "w", "-o", "-"],
        ["export-sheet", "other", "-o", "-"],
    ],
)
def test_the_zone_is_named_where_it_is_not_that_of_the_plan(command: list[str], language: str, tmp_path: Path) -> None:
    plan = str(write_plan(tmp_path, ABROAD))
    shown = run("--waves", plan, "--lang", language, "--today", "2026-06-01", *command).out.replace("\r\n ", "")
    assert "Asia/Seoul" in shown
    assert ("Asia/Tokyo" in shown) == (command == ["export-sheet", "w", "-o", "-"])  # a day has no time


@pytest.mark.parametrize("command", [["status"], ["todo"], ["todo", "--format", "json"]])
def test_the_zone_of_the_next_moment_and_of_a_task_is_named(command: list[str], tmp_path: Path) -> None:
    plan = str(write_plan(tmp_path, ABROAD))
    assert "America/Lima" in run("--waves", plan, "--today", "2026-11-14", *command).out


def test_the_zone_of_the_plan_is_not_named(tmp_path: Path) -> None:
    plan = str(write_plan(tmp_path, ABROAD))
    for form in ("table", "agenda", "markdown", "gantt", "svg"):
        assert "Europe/Paris" not in run("--waves", plan, "timeline", "--format", form).out


def test_all_times_are_shown_in_the_requested_zone(tmp_path: Path) -> None:
    plan = str(write_plan(tmp_path, ABROAD))
    found = json.loads(run("--waves", plan, "timeline", "--format", "json", "--timezone", "Asia/Seoul").out)["entries"]
    assert [(one["id"], one["when"], one["starts_at"], one["earliest"], one["timezone"]) for one in found] == [
        ("abroad", "2026-11-13T20:00/2026-11-13T21:00", "2026-11-13T20:00:00+09:00", "2026-11-13", "Asia/Seoul"),
        ("home", "2026-11-13T18:00", "2026-11-14T02:00:00+09:00", "2026-11-14", "Asia/Seoul"),
        ("day", "2026-11-15", None, "2026-11-15", None),
        ("doubt", "2026-11-14T20:00?", "2026-11-15T10:00:00+09:00", "2026-11-15", "Asia/Seoul"),
    ]
    table = run("--waves", plan, "timeline", "--timezone", "Asia/Seoul").out
    assert (table.count("(Asia/Seoul)"), table.count("America/Lima")) == (3, 0)
    kept = run(
        "--waves", plan, "timeline", "w", "--timezone", "Asia/Seoul", "--to", "2026-11-13", "--format", "json"
    ).out
    assert [one["id"] for one in json.loads(kept)["entries"]] == ["abroad"]
    at_home = run("--waves", plan, "timeline", "--timezone", "Europe/Paris").out
    assert "/" not in at_home


def test_a_moment_is_shown_in_the_requested_zone(tmp_path: Path) -> None:
    command = ["--waves", str(write_plan(tmp_path, ABROAD)), "moment", "show", "other/tied"]
    found = json.loads(run(*command, "--format", "json", "--timezone", "America/Lima").out)
    assert (found["starts_at"], found["timezone"]) == ("2026-11-13T06:00:00-05:00", "America/Lima")
    text = run(*command, "--timezone", "America/Lima").out
    assert ("(America/Lima)" in text, "(Asia/Seoul)" in text) == (True, False)


@pytest.mark.parametrize(("zone", "suggestion"), [("Asia/Seul", "Asia/Seoul"), ("", ""), ("+09:00", "")])
@pytest.mark.parametrize("command", [["timeline"], ["moment", "show", "w/home"]])
def test_a_zone_that_there_is_not_is_refused(command: list[str], zone: str, suggestion: str, tmp_path: Path) -> None:
    outcome = run("--waves", str(write_plan(tmp_path, ABROAD)), *command, "--timezone", zone)
    assert (outcome.code, outcome.out) == (2, "")
    assert suggestion in outcome.err


@pytest.mark.parametrize("zone", ["asia/seoul", "Seoul"])
@pytest.mark.parametrize("command", [["timeline"], ["moment", "show", "w/home"]])
def test_a_zone_is_found_by_its_town_in_any_case(command: list[str], zone: str, tmp_path: Path) -> None:
    waves = str(write_plan(tmp_path, ABROAD))
    expected = run("--waves", waves, *command, "--timezone", "Asia/Seoul")
    assert expected.code == 0
    assert run("--waves", waves, *command, "--timezone", zone).out == expected.out


def test_each_format_has_all_entries() -> None:
    rows = list(csv.DictReader(StringIO(run("timeline", "--format", "csv").raw.decode(), newline="")))
    assert [(row["wave"], row["id"], row["when"]) for row in rows] == [
        (e["wave"], e["id"], e["when"]) for e in timeline_entries()
    ]
    table = [line for line in run("timeline").out.partition("\n\n")[2].splitlines() if re.match("[●≈?]  ", line)]
    assert len(table) == len(rows) == 15


# -- exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        (["housing"], 0),
        (["housing", "housing"], 0),
        (["nowhere"], 2),
        (["all"], 2),
        (["waves/housing.yaml"], 2),
        (["--format", "xml"], 2),
        (["--from", "soon"], 2),
        (["--to", ""], 2),
        (["--from", "unknown"], 2),
        (["--kind", "party"], 2),
        (["--today", "2017-06"], 2),
        (["--today", "2017-02-29"], 2),
        (["--lang", "xx"], 2),
        (["--lang", "français"], 2),
        (["--color", "sometimes"], 2),
        (["--upcoming=yes"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": DATED})
    outcome = run("timeline", *arguments, cwd=tmp_path)
    assert (outcome.code, bool(outcome.out), bool(outcome.err)) == (code, code == 0, code != 0)


def test_an_unknown_wave_is_met_with_the_known_one() -> None:
    assert "did you mean housing?" in run("timeline", "hosing", "--lang", "en").err


TIE = SOUND + "moments:\n  - {id: a, title: A, when: 2017-09, same_as: migration/b}\n"
FAULTY = ANNOUNCED + "moments:\n  - {id: b, title: B, when: 2017-09}\n  - {id: c, title: C, when: soon}\n"


@pytest.mark.parametrize(
    ("files", "waves", "code"),
    [
        ({"housing": SOUND, "migration": FAULTY}, ["migration"], 1),
        ({"housing": SOUND, "migration": FAULTY}, [], 1),
        ({"housing": SOUND, "migration": FAULTY}, ["housing"], 0),
        ({"housing": TIE, "migration": FAULTY}, ["housing"], 1),  # a wave that it ties to
        (
            {"housing": FAULTY.replace("}", ", same_as: migration/a}", 1), "migration": DATED.replace("past", "a")},
            ["migration"],
            1,
        ),
        ({"programme": "colour: teal\n", "housing": SOUND}, ["housing"], 1),
        ({"housing": "title: Housing\nperiod: 2017\n"}, [], 0),  # warnings alone
    ],
)
def test_a_plan_with_errors_is_refused(files: dict[str, str], waves: list[str], code: int, tmp_path: Path) -> None:
    write_plan(tmp_path, files)
    outcome = run("timeline", *waves, cwd=tmp_path)
    assert outcome.code == code
    assert bool(outcome.out) is not bool(code)
    if code:
        assert "error[" in outcome.err
        assert "--> waves/" in outcome.err


# -- language and day


def test_texts_and_dates_are_in_the_requested_language() -> None:
    by_language = {lang: timeline_entries("housing", "--lang", lang)[0] for lang in ("fr", "en", "es", "de")}
    assert [by_language[lang]["text"] for lang in ("fr", "en", "es")] == [
        "14–17 septembre 2017",
        "14–17 September 2017",
        "14–17 de septiembre de 2017",
    ]
    assert by_language["en"]["title"] == "7th World Human Rights Cities Forum"
    assert by_language["de"]["title"] == by_language["fr"]["title"]  # the programme's first language
    assert timeline_entries("housing")[0] == by_language["fr"]


@pytest.mark.parametrize(
    ("options", "env", "kept"),
    [
        (["--today", "2017-06-30"], {}, ["month"]),
        (["--today", "2017-07-01"], {}, []),
        (["--today", "2017-05-31"], {}, ["past", "month"]),
        ([], {"WAVECTL_TODAY": "2017-05-31"}, ["past", "month"]),
        ([], {"SOURCE_DATE_EPOCH": "1496188800"}, ["past", "month"]),  # midnight of 31 May 2017
        ([], {"SOURCE_DATE_EPOCH": "1496275199"}, ["month"]),  # its last second is 1 June in Seoul
        (["--today", "2017-07-01"], {"SOURCE_DATE_EPOCH": "1496188800"}, []),
        ([], {}, []),  # the clock: long over
    ],
)
def test_upcoming_depends_on_the_day(options: list[str], env: dict[str, str], kept: list[str], tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "timezone: Asia/Seoul\n", "housing": DATED})
    assert [entry["id"] for entry in timeline_entries("--upcoming", *options, cwd=tmp_path, env=env)] == kept


@pytest.mark.parametrize("epoch", ["soon", "1e9", "9" * 30])
def test_an_epoch_that_is_no_time_is_refused(epoch: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    outcome = run("timeline", cwd=tmp_path, env={"SOURCE_DATE_EPOCH": epoch})
    assert (outcome.code, outcome.out) == (2, "")
    assert "SOURCE_DATE_EPOCH" in outcome.err


def test_drafts_are_marked_in_every_view(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND + "moments:\n  - {id: a, title: A, when: 2017-09, draft: true}\n"})
    assert timeline_entries(cwd=tmp_path)[0]["draft"] is True
    assert re.search(r"September 2017 +A +draft\b", run("timeline", cwd=tmp_path).out)
    assert run("timeline", "--format", "csv", cwd=tmp_path).out.splitlines()[-1].endswith(",true")
    for form in ("gantt", "agenda", "markdown", "html", "svg"):
        assert re.search(r"\bdraft\b", run("timeline", "--format", form, cwd=tmp_path).raw.decode(), re.IGNORECASE), (
            form
        )


def test_no_private_key_is_shown(tmp_path: Path) -> None:
    private = "owner: Secret1, note: Secret2, source: Secret3, confirm_by: 2017-07-04, x-own: Secret5"
    write_plan(tmp_path, {"housing": SOUND + f"moments:\n  - {{id: a, title: A, when: 2017-09, {private}}}\n"})
    for form in ("table", "json", "csv"):
        out = run("timeline", "--format", form, cwd=tmp_path).out
        assert "2017-09" in out or "September 2017" in out
        assert "Secret" not in out
        assert "2017-07-04" not in out


def test_the_day_is_shown() -> None:
    assert json.loads(run("--waves", str(REAL), "timeline", "--today", TODAY, "--format", "json").out)["today"] == TODAY


def test_a_time_that_the_clocks_skip_moves_with_its_length_in_views_and_feeds(tmp_path: Path) -> None:
    moment = "{id: m, title: M, when: 2026-03-22T02:30/2026-03-22T03:00, repeat: FREQ=WEEKLY}"
    wave = f"title: W\nperiod: 2026-03/2026-03\nmoments: [{moment}]\n"
    write_plan(tmp_path, {"programme": "timezone: Europe/Paris\n", "w": wave})
    entries = json.loads(run("timeline", "--format", "json", cwd=tmp_path).out)["entries"]
    assert [(entry["starts_at"], entry["ends_at"]) for entry in entries] == [
        ("2026-03-22T02:30:00+01:00", "2026-03-22T03:00:00+01:00"),
        ("2026-03-29T03:30:00+02:00", "2026-03-29T04:00:00+02:00"),
    ]
    feed = run("export-ics", "w", "-o", "-", cwd=tmp_path).out
    assert "DTSTART;TZID=Europe/Paris:20260329T033000" in feed
    assert "DTEND;TZID=Europe/Paris:20260329T040000" in feed


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_choices_windows_and_open_starts_in_words(lang: str, tmp_path: Path, golden: Golden) -> None:
    whens = (
        "'[2018-05-12,2018-06-03]'",
        "['2018-07-02', '2018-07-09', '2018-07-16']",
        "'[2018-07-05..2018-07-20]'",
        "'[2018-01..2018-06]'",
        "../2018-07-17",
        "2018-09-05/..",
        "2018-29",
        "2018-37",
    )
    lines = [f"  - {{id: m-{number}, title: Moment {number}, when: {when}}}\n" for number, when in enumerate(whens)]
    write_plan(tmp_path, {"forms": f"{SOUND}moments:\n{''.join(lines)}"})
    arguments = (("timeline", "--format", "markdown"), ("timeline", "--format", "csv"), ("show", "forms"))
    outcomes = [run(*one, "--lang", lang, "--today", TODAY, cwd=tmp_path) for one in arguments]
    assert [outcome.code for outcome in outcomes] == [0, 0, 0]
    golden(EXPECTED / f"date-forms.{lang}.txt", "\n".join(outcome.out.replace("\r", "") for outcome in outcomes))

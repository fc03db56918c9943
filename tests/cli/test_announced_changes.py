"""export-ics tells what it changes for subscribers: after it, or under --check instead of it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.plans import Outcome, run, write_plan
from support.rfc5545 import faults
from wavectl.lockfile.reader import parse_lockfile

FIRST, LATER, MUCH_LATER = "2017-06-01", "2017-06-03", "2017-07-20"
PROGRAMME = """\
name: Waves
languages: [en, fr]
timezone: Europe/Madrid
uid_domain: network.org
site: https://network.org/
feeds: {firm: {fuzzy: omit}}
"""
HOUSING = """\
title: Housing
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, when: 2017-09, place: {country: KR}}
  - {id: meeting, title: Meeting, when: 2017-11-02}
"""
MIGRATION = """\
title: Migration
period: 2017-05/2018-12
moments:
  - {id: talk, title: Talk, when: 2018-02-01, kind: deadline}
"""
MOVED = HOUSING.replace("2017-11-02", "2017-11-03")
PLAN = {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION}
WRITTEN = (
    "feeds/housing.ics  2 entries\nfeeds/migration.ics  1 entry\nfeeds/all.ics  3 entries\nfeeds/firm.ics  2 entries\n"
)
NOTHING = "nothing would change\n"
LINE = "3 November 2017 · Meeting · Housing — the date has changed (before: 2 November 2017)"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder that holds a plan that was published."""
    write_plan(tmp_path, PLAN)
    assert export(tmp_path, today=FIRST).out == WRITTEN
    return tmp_path


def export(home: Path, *arguments: str, today: str = LATER, code: int = 0) -> Outcome:
    done = run("export-ics", "--today", today, *arguments, cwd=home)
    assert done.code == code, done.err
    return done


def check(home: Path, *arguments: str, today: str = LATER, code: int = 1) -> Outcome:
    """Check what would change; nothing is written."""
    before = state(home)
    done = export(home, "--check", *arguments, today=today, code=code)
    assert state(home) == before
    return done


def found(home: Path, *arguments: str, today: str = LATER, code: int = 1) -> tuple[list[str], list[str]]:
    """Return the moments and the files of which a check tells."""
    output = json.loads(check(home, "--format", "json", *arguments, today=today, code=code).out)
    assert (output["schema"], output["summary"]["files"]) == ("wavectl/changes/1", len(output["files"]))
    return [one["id"] for one in output["changes"]], [f"{one['file']} {one['state']}" for one in output["files"]]


def state(home: Path) -> dict[str, tuple[bytes, int]]:
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in home.rglob("*") if file.is_file()}


# -- before and after


def test_check_reports_what_export_then_does_and_nothing_afterwards(home):
    assert check(home, code=0)[:4] == (0, "", NOTHING, b"")
    write_plan(home, {"housing": MOVED})
    output = check(home)
    assert output.err == ""
    assert output.out == (
        "Subject: Waves: 1 date changed\n\nWhat has changed in the calendar since 1 June 2017:\n\n"
        f"Please note\n- {LINE}\n\nThe calendar: https://network.org/all.ics\n"
        "Subscribers get these changes automatically. "
        "It can take a day or two: Google Calendar, for example, updates about once a day.\n"
    )
    done = export(home)
    assert (done.out, done.err) == (WRITTEN, f"Waves: 1 date changed\n  {LINE}\n")
    assert check(home, code=0).err == NOTHING
    assert export(home).err == ""


def test_the_standard_output_has_only_the_calendar(home):
    write_plan(home, {"housing": MOVED})
    done = export(home, "-o", "-")
    assert faults(done.raw) == []
    assert done.err == f"Waves: 1 date changed\n  {LINE}\n"


def test_a_first_publication_changes_nothing_for_anybody_yet(tmp_path):
    write_plan(tmp_path, PLAN)
    moments, files = found(tmp_path)
    assert moments == ["forum", "meeting", "talk"]
    assert files == [
        *(f"feeds/{name}.ics missing" for name in ("housing", "migration", "all", "firm")),
        "waves/wavectl.lock missing",
    ]
    assert "What is in the new calendar" in check(tmp_path).out
    lock, _, *addresses, how = export(tmp_path).err.splitlines()
    assert lock == "waves/wavectl.lock is new: it records what subscribers have, so keep it with the plan"
    assert "Outlook" in how
    names = ("all", "housing", "migration", "firm")
    assert addresses == [f"  https://network.org/{name}.ics" for name in names]
    (tmp_path / "feeds" / "firm.ics").unlink()
    assert export(tmp_path).err.splitlines()[1:-1] == ["  https://network.org/firm.ics"]  # only what is new


def test_without_a_site_a_publication_says_how_to_get_addresses(tmp_path):
    write_plan(tmp_path, {**PLAN, "programme": PLAN["programme"].replace("site:", "x-site:")})
    assert "programme edit --site https://" in export(tmp_path).err.splitlines()[-2]
    assert export(tmp_path).err == ""


def test_many_changes_are_cut_short_after_an_export_and_not_before(home):
    many = "".join(f"  - {{id: m{n}, title: M, when: 2017-09-01}}\n" for n in range(30))
    write_plan(home, {"housing": HOUSING + many})
    assert check(home).out.count("\n- ") == 30
    assert len(export(home).err.splitlines()) == 22


@pytest.mark.parametrize(
    ("language", "subject", "address"),
    [
        ("fr", "Objet : Waves : 1 date modifiée", "https://network.org/all.fr.ics"),
        ("es", "Asunto: Waves: 1 fecha modificada", "https://network.org/all.es.ics"),
    ],
)
def test_messages_are_in_the_requested_language(home, language, subject, address):
    write_plan(home, {"housing": MOVED})
    output = check(home, "--lang", language)
    assert output.out.splitlines()[0] == subject
    assert address in output.out
    assert f"feeds/all.{language}.ics" in output.err


def test_every_language_in_one_notice(home):
    export(home, "--lang", "all")
    write_plan(home, {"housing": MOVED})
    output = check(home, "--lang", "all")
    assert [line for line in output.out.splitlines() if "Waves" in line] == [
        "Subject: Waves: 1 date changed",
        "Objet : Waves : 1 date modifiée",
    ]
    assert output.err == ""


# -- which


def test_only_the_named_wave_is_reported(home):
    write_plan(home, {"housing": MOVED, "migration": MIGRATION.replace("title: Talk", "title: Speech")})
    assert found(home)[0] == ["meeting", "talk"]
    assert found(home, "migration")[0] == ["talk"]
    text = check(home, "migration").out
    assert text.startswith("Subject: Migration: 1 other change\n")
    assert "https://network.org/migration.ics" in text
    assert "· Migration" not in text
    export(home, "migration")
    assert found(home) == (["meeting"], [])  # of all.ics too, moments change: it is no news that it would be written


def test_a_filter_keeps_what_it_keeps(home):
    write_plan(home, {"housing": MOVED.replace("2017-09,", "2017-09-05,")})
    assert found(home, "--country", "KR", "-o", "out")[0] == ["forum"]
    assert found(home, "--kind", "deadline", "-o", "-", code=0) == ([], [])


def test_a_tied_moment_matches_a_filter_by_its_published_entry(home):
    tied = HOUSING.replace("when: 2017-11-02", "same_as: migration/talk")
    write_plan(home, {"housing": tied})
    assert found(home, "--kind", "deadline", "-o", "-")[0] == ["meeting", "talk"]
    assert found(home, "--country", "KR", "-o", "-", code=0)[0] == []


def test_one_file_is_compared_alone(home):
    assert found(home, "-o", "mine.ics") == ([], ["mine.ics missing"])
    export(home, "-o", "mine.ics")
    assert found(home, "-o", "mine.ics", code=0) == ([], [])


def test_a_feed_of_the_programme_has_its_name_and_address(home):
    write_plan(home, {"housing": MOVED})
    text = check(home, "firm").out
    assert text.startswith("Subject: firm: 1 date changed\n")
    assert "https://network.org/firm.ics" in text


def test_a_feed_in_a_language_of_its_own_is_found_where_it_is(home):
    write_plan(home, {"programme": PROGRAMME.replace("fuzzy: omit", "lang: fr"), "housing": MOVED})
    assert "https://network.org/firm.fr.ics" in check(home, "firm").out


def test_a_wave_that_is_let_go(home):
    (home / "waves" / "migration.yaml").unlink()
    assert "--withdraw migration" in check(home).err
    output = check(home, "--withdraw", "migration")
    assert "1 February 2018 · Talk · migration — removed from the calendar" in output.out
    assert output.err == ""


# -- files


def test_files_that_are_not_as_they_should_be(home):
    feeds = home / "feeds"
    (feeds / "firm.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//wavectl//wavectl//EN\r\nby hand")
    (feeds / "housing.ics").unlink()
    for name in ("old.ics", "all.nonsense-.ics", "all.fr.ics", "sub.ics"):
        (feeds / name).write_bytes((feeds / "migration.ics").read_bytes())
    (feeds / "mine.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//Somebody//EN\r\n")
    (feeds / "sub.ics").unlink()
    (feeds / "sub.ics").mkdir()
    files = ["feeds/housing.ics missing", "feeds/firm.ics changed"]
    left = ["feeds/all.nonsense-.ics left-over", "feeds/old.ics left-over"]
    assert found(home) == ([], [*files, *left])
    output = check(home)
    assert output.out == ""
    assert output.err == (
        "would change although no moment changes: 1 (feeds/firm.ics)\n"
        "missing: 1 (feeds/housing.ics)\n"
        "left over, feeds that are not in the plan: 2 (feeds/all.nonsense-.ics, feeds/old.ics); "
        "delete them, or write the earlier name of the wave under was\n"
    )
    assert found(home, "housing") == ([], files[:1])
    export(home)
    assert found(home, code=0) == ([], left)


def test_other_options_and_other_days_are_seen_in_the_files(home):
    assert found(home, "--cancelled", "status", code=0) == ([], [])
    assert found(home, "--alarm", "7d")[1] == [
        f"feeds/{name}.ics changed" for name in ("housing", "migration", "all", "firm")
    ]
    write_plan(home, {"housing": HOUSING.replace("  - {id: meeting, title: Meeting, when: 2017-11-02}\n", "")})
    export(home)
    assert found(home, code=0) == ([], [])
    assert found(home, today=MUCH_LATER) == ([], [f"feeds/{name}.ics changed" for name in ("housing", "all", "firm")])


def test_an_invisible_change_only_changes_the_lockfile(home):
    write_plan(home, {"housing": HOUSING.replace("id: meeting", "was: [meeting], id: gathering")})
    assert found(home) == ([], ["waves/wavectl.lock changed"])
    assert export(home).err == ""
    assert found(home, code=0) == ([], [])


def test_a_file_that_cannot_be_read(home):
    (home / "feeds" / "all.ics").unlink()
    (home / "feeds" / "all.ics").mkdir()
    assert "feeds/all.ics cannot be read" in check(home, code=2).err.replace(str(home) + "/", "")


# -- refusals


def test_locked_with_check_reports_what_is_out_of_date(home):
    assert found(home, "--locked", code=0, today=MUCH_LATER) == ([], [])
    write_plan(home, {"housing": MOVED})
    assert found(home, "--locked", today=MUCH_LATER) == (["meeting"], [])
    (home / "waves" / "wavectl.lock").unlink()
    assert "there is no waves/wavectl.lock" in check(home, "--locked").err


def test_a_damaged_lockfile_and_a_plan_with_errors_are_refused(home):
    (home / "waves" / "wavectl.lock").write_bytes(b"{")
    assert "damaged-lock" in check(home).err
    write_plan(home, {"housing": "titel: Housing"})
    assert "unknown-key" in check(home).err


def test_format_is_for_check(home):
    assert "--format sets the form of the report of --check" in export(home, "--format", "html", code=2).err
    assert '"xml"' in export(home, "--check", "--format", "xml", code=2).err


# -- whatever is done to a plan

MOMENTS = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d, was: [a]"]),
    st.sampled_from(
        [
            "when: 2017-09",
            "when: 2017-09-05",
            "when: 2017-09-05, status: cancelled",
            "when: 2017-09-05, note: private",
            "when: 2017-12-10, repeat: yearly",
            "when: unknown",
            "when: 2017-09-05, draft: true",
            "same_as: migration/talk",
        ]
    ),
)
EDITS = st.tuples(
    MOMENTS, st.integers(0, 40), st.sampled_from([(), ("--lang", "all"), ("--fuzzy", "span"), ("housing",)])
)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_check_is_silent_where_export_would_do_nothing_and_only_there(edits):
    with TemporaryDirectory() as place:
        home, day = Path(place), 1
        write_plan(home, PLAN)
        export(home, today=FIRST)
        for moments, days, options in edits:
            day += days
            today = f"2017-{6 + day // 30:02}-{day % 30 + 1:02}"
            names = moments.keys() - ({"a"} if "d, was: [a]" in moments else set())
            listed = "".join(f"  - {{id: {name}, title: T, {moments[name]}}}\n" for name in sorted(names))
            write_plan(home, {"housing": HOUSING + listed})
            hold(home, today, options)


def hold(home: Path, today: str, options: tuple[str, ...]) -> None:
    """Hold what a check says against what the export then does."""
    before, old = state(home), (home / "waves" / "wavectl.lock").read_bytes()
    checked = run("export-ics", "--check", "--today", today, *options, cwd=home)
    assert state(home) == before
    export(home, *options, today=today)
    assert (checked.code == 0) == (state(home) == before)
    new = (home / "waves" / "wavectl.lock").read_bytes()
    if parse_lockfile(new).entries == parse_lockfile(old).entries:
        assert checked.out == ""
    assert check(home, *options, today=today, code=0)[:4] == (0, "", NOTHING, b"")


def test_what_was_over_when_it_was_removed_is_no_news(home: Path) -> None:
    """It leaves the calendar, but nothing was called off."""
    write_plan(home, {"housing": HOUSING.replace("  - {id: meeting, title: Meeting, when: 2017-11-02}\n", "")})
    changes, files = found(home, today="2017-11-02")
    assert changes == ["meeting"]
    changes, files = found(home, today="2017-11-03")
    assert changes == []
    assert "feeds/housing.ics changed" in files
    assert export(home, today="2017-11-03").code == 0
    assert found(home, today="2017-11-03", code=0) == ([], [])

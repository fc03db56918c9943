"""News of a moment goes into the plan with one command, and only the lines that it is about change."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest

from support.feeds import events
from support.plans import REAL, SOUND, TODAY, Outcome, run, state, write_plan
from wavectl.cli.moment import move


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with a copy of the real waves."""
    shutil.copytree(REAL, tmp_path / "waves")
    return tmp_path


def moment(home: Path, *arguments: str) -> Outcome:
    return run("--today", TODAY, "--lang", "en", "moment", *arguments, cwd=home)


def changed(home: Path, name: str) -> list[str]:
    """Return the lines that differ from those of the real wave, with a sign each."""
    before = (REAL / f"{name}.yaml").read_bytes().decode().splitlines(keepends=True)
    after = (home / "waves" / f"{name}.yaml").read_bytes().decode().splitlines(keepends=True)
    return [line.rstrip("\n") for line in ndiff(before, after) if line[:1] in "+-"]


def test_a_moment_moves_and_the_lines_it_is_about_change(home: Path) -> None:
    outcome = moment(home, "move", "migration/gwangju-forum", "--when", "15-18 septembre", "--said", 'mail: "yes" #1')
    assert outcome.code == 0, outcome.err
    assert changed(home, "migration") == [
        "-     when: 2017-09-14/2017-09-17",
        "+     when: 2017-09-15/2017-09-18",
        "+     note: '2017-06-01: mail: \"yes\" #1'",
    ]
    assert changed(home, "housing") == []
    assert "14–17 September 2017 -> 15–18 September 2017: the moment moves" in outcome.err
    assert "the year is not given in" in outcome.err or "2017" in outcome.err.split("\n")[0]
    assert "this moment is in several waves, and changes in all of them: Migration, The right to housing" in outcome.err
    assert "what subscribers will see:" in outcome.err
    assert "15–18 September 2017 · 7th World Human Rights Cities Forum" in outcome.err
    assert run("validate", "--today", TODAY, cwd=home).code == 0


@pytest.mark.parametrize(
    ("when", "output"),
    [
        ("2017-09-15", "more precise"),
        ("2017", "less precise"),
        ("unknown", "less precise"),
        ("2017-10-02/2017-10-04", "the moment moves"),
    ],
)
def test_the_new_date_is_shown(home: Path, when: str, output: str) -> None:
    outcome = moment(home, "move", "migration/compact-vienna", "--when", when, "--same")
    assert outcome.code == 0
    assert output in outcome.err


def test_a_date_that_would_hide_that_of_the_root_gives_way(home: Path) -> None:
    assert moment(home, "move", "migration/gwangju-forum", "--when", "2017-11", "--same").code == 0
    assert changed(home, "housing") == ["-     when: 2017-09"]
    output = json.loads(run("timeline", "housing", "--format", "json", "--today", TODAY, cwd=home).out)
    assert [one["when"] for one in output["entries"] if one["id"] == "gwangju-forum"] == ["2017-11"]


def test_a_script_must_name_a_moment_exactly(home: Path) -> None:
    outcome = moment(home, "move", "forum villes", "--when", "15-18 September")
    assert (outcome.code, outcome.out) == (2, "")
    assert "write migration/gwangju-forum, or add --yes" in outcome.err
    assert moment(home, "move", "forum villes", "--when", "15-18 September", "--yes").code == 0


def test_words_that_fit_several_list_them_in_a_script(home: Path) -> None:
    outcome = moment(home, "move", "pacte", "--when", "2018", "--yes")
    assert outcome.code == 2
    assert "matches 5 moments" in outcome.err
    assert "migration/compact-vienna" in outcome.err
    assert moment(home, "move", "nonsense", "--when", "2018").code == 2


def test_a_date_of_another_edition_needs_a_confirmation(home: Path) -> None:
    far = moment(home, "move", "migration/compact-vienna", "--when", "2018-09")
    assert far.code == 2
    assert "move this one with --same" in far.err
    assert changed(home, "migration") == []
    late = run("--today", "2017-12-01", "moment", "move", "migration/compact-vienna", "--when", "2017-12-05", cwd=home)
    assert late.code == 2
    back = run("--today", "2017-12-01", "moment", "move", "migration/compact-vienna", "--when", "2017-08", cwd=home)
    assert back.code == 2
    inside = ("moment", "move", "migration/compact-vienna", "--when", "2017-09-04", "--dry-run")
    assert run("--today", "2017-12-01", *inside, cwd=home).code == 0
    assert moment(home, "move", "migration/compact-vienna", "--when", "2018-09", "--same").code == 0


def test_what_subscribers_do_not_see_has_nothing_to_publish_next(home: Path) -> None:
    outcome = moment(home, "move", "migration/gwangju-forum", "--when", "14-17 septembre", "--said", "mail")
    assert "subscribers will see no change" in outcome.err
    assert "next:" not in outcome.err


def test_a_plan_with_an_error_more_is_not_written(home: Path) -> None:
    outcome = moment(home, "move", "migration/compact-vienna", "--when", "2019-09", "--same")
    assert outcome.code == 1
    assert "moment-outside-period" in outcome.err
    assert changed(home, "migration") == []


@pytest.mark.parametrize("word", ["reporté", "cancelled", "aplazado"])
def test_a_status_given_for_a_date_names_the_command_for_it(home: Path, word: str) -> None:
    outcome = moment(home, "move", "migration/compact-vienna", "--when", word)
    assert outcome.code == 2
    assert "wavectl moment postpone" in outcome.err
    assert "status:" not in outcome.err


def test_what_is_put_off_comes_back_confirmed_with_a_date(home: Path) -> None:
    assert moment(home, "postpone", "migration/compact-vienna").code == 0
    assert changed(home, "migration") == ["+     status: postponed"]
    assert moment(home, "move", "migration/compact-vienna", "--when", "2017-10-03").code == 0
    assert changed(home, "migration") == ["-     when: 2017-09", "+     when: 2017-10-03", "+     status: confirmed"]


def test_what_is_called_off_is_restored_before_it_moves(home: Path) -> None:
    assert moment(home, "cancel", "migration/gwangju-forum").code == 0
    refused = moment(home, "move", "migration/gwangju-forum", "--when", "2017-09-20")
    assert refused.code == 2
    assert "restore" in refused.err
    assert moment(home, "restore", "migration/gwangju-forum").code == 0
    assert changed(home, "migration") == ["+     status: confirmed"]


def test_one_occurrence_is_called_off_moved_and_restored(home: Path) -> None:
    name = "housing/human-rights-day"
    assert moment(home, "cancel", name, "--on", "2018").code == 0
    assert changed(home, "housing") == ["+     except:", "+       2018-12-10: cancelled"]
    assert moment(home, "restore", name, "--on", "2018").code == 0
    assert moment(home, "move", name, "--on", "2018-12", "--when", "11 December 2018").code == 0
    output = json.loads(run("timeline", "housing", "--format", "json", "--today", TODAY, cwd=home).out)
    days = [(one["when"], one["status"]) for one in output["entries"] if one["id"] == "human-rights-day"]
    assert days == [("2017-12-10", "confirmed"), ("2018-12-11", "confirmed")]
    assert moment(home, "cancel", name, "--on", "décembre 2017").code == 0
    never = moment(home, "cancel", name, "--on", "2019")
    assert never.code == 2
    assert 'none of its occurrences falls on "2019"' in never.err
    assert "cannot be read as a date" in moment(home, "cancel", name, "--on", "demain").err
    assert "--on needs a date" in moment(home, "cancel", name, "--on", "10 décembre").err
    unclear = moment(home, "move", name, "--when", "2018-12-11")
    assert unclear.code == 2
    assert "add --on with one of 2017-12-10, 2018-12-10" in unclear.err
    assert moment(home, "cancel", "migration/compact-vienna", "--on", "2018").code == 2


def test_a_whole_series_moves_with_its_first_date(home: Path) -> None:
    name = "housing/human-rights-day"
    assert moment(home, "move", name, "--series", "--when", "11 December 2017").code == 0
    assert changed(home, "housing") == ["-     when: 2017-12-10", "+     when: 2017-12-11"]
    output = json.loads(run("timeline", "housing", "--format", "json", "--today", TODAY, cwd=home).out)
    assert [one["when"] for one in output["entries"] if one["id"] == "human-rights-day"] == ["2017-12-11", "2018-12-11"]
    assert moment(home, "move", name, "--series", "--on", "2018", "--when", "2017-12-12").code == 2


def test_a_moment_that_others_are_tied_to_says_which_before_it_is_removed(home: Path) -> None:
    outcome = moment(home, "remove", "migration/gwangju-forum", "--yes")
    assert outcome.code == 1
    assert "(housing/gwangju-forum)" in outcome.err
    assert "wavectl moment tie housing/gwangju-forum --undo" in outcome.err
    assert changed(home, "migration") == []


def test_a_tie_is_made_and_undone(home: Path) -> None:
    name, other = "housing/housing-policy-meetings", "housing/cities-for-housing"
    assert moment(home, "tie", name, other).code == 0
    assert changed(home, "housing") == ["+     same_as: cities-for-housing"]
    assert moment(home, "tie", name, other).code == 2
    assert moment(home, "tie", name, "--undo").code == 0
    assert changed(home, "housing") == []
    assert moment(home, "tie", name).code == 2
    assert moment(home, "tie", "migration/gwangju-forum", "housing/gwangju-forum").code == 2
    assert moment(home, "tie", other, "--undo").code == 2


def test_a_change_of_one_tied_moment_is_not_reported_for_its_root(home: Path) -> None:
    outcome = moment(home, "tie", "housing/gwangju-forum", "--undo", "--said", "mail")
    assert outcome.code == 0
    assert outcome.err.startswith("World Human Rights Cities Forum: it is now a separate moment\n")
    assert "in several waves" not in outcome.err
    assert changed(home, "migration") == []
    assert '+     note: "2017-06-01: mail"' in changed(home, "housing")


def test_what_is_untied_takes_its_date_along(home: Path) -> None:
    file = home / "waves" / "housing.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("    when: 2017-09\n", ""), encoding="utf-8")
    assert moment(home, "tie", "housing/gwangju-forum", "--undo").code == 0
    assert "+     when: 2017-09-14/2017-09-17" in changed(home, "housing")


def test_a_new_id_keeps_the_entry_in_calendars(home: Path) -> None:
    def uids() -> list[str]:
        out = run("export-ics", "all", "-o", "-", "--today", TODAY, cwd=home).out
        return sorted(line for line in out.splitlines() if line.startswith("UID:"))

    before = uids()
    assert moment(home, "rename", "migration/gwangju-forum", "forum-gwangju").code == 0
    assert changed(home, "migration") == [
        "-   - id: gwangju-forum # the wave on housing counts on this moment too",
        "+   - id: forum-gwangju # the wave on housing counts on this moment too",
        "+     was: [gwangju-forum]",
    ]
    assert [line for line in changed(home, "housing") if "same_as" in line] == [
        "-     same_as: migration/gwangju-forum # one forum, two waves; the other file knows its exact days",
        "+     same_as: migration/forum-gwangju # one forum, two waves; the other file knows its exact days",
    ]
    assert uids() == before
    assert moment(home, "rename", "migration/forum-gwangju", "Forum").code == 2
    assert moment(home, "rename", "migration/forum-gwangju", "compact-vienna").code == 2
    assert moment(home, "rename", "migration/forum-gwangju", "gwangju-forum").code == 0
    assert uids() == before


def test_a_moment_is_added(home: Path) -> None:
    arguments = (
        "--title",
        "fr=Forum urbain mondial",
        "--title",
        "en=World Urban Forum",
        "--when",
        "7–13 February 2018",
    )
    where = ("--place", "Kuala Lumpur", "--country", "MY", "--actor", "barcelona", "--said", "their site")
    assert moment(home, "add", "housing", *arguments, *where).code == 0
    assert [line for line in changed(home, "housing") if line != "+ "] == [
        "+   - id: forum-urbain-mondial",
        "+     title:",
        '+       fr: "Forum urbain mondial"',
        '+       en: "World Urban Forum"',
        "+     when: 2018-02-07/2018-02-13",
        "+     place:",
        '+       name: "Kuala Lumpur"',
        "+       country: MY",
        "+     actors: [barcelona]",
        '+     note: "2017-06-01: their site"',
    ]
    assert moment(home, "add", "housing").code == 2
    assert moment(home, "add", "housing", "--title", "A", "--id", "hlpf-2018").code == 2
    assert moment(home, "add", "housing", "--title", "A", "--kind", "evnt").code == 2
    assert moment(home, "add", "hosing", "--title", "A").code == 2


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (["--place", "Abidjan, Ivory Coast"], ["name: Abidjan", "country: CI"]),
        (["--place", "Nairobi", "--country", "KEN"], ["name: Nairobi", "country: KE"]),
        (["--place", "Nairobi, Kenia", "--country", "Kenya"], ["name: Nairobi", "country: KE"]),
        (["--place", "Portland, Georgia", "--country", "US"], ["name: Portland", "country: US"]),
        (["--place", "Paris, France", "--country", "US"], ["name: Paris, France", "country: US"]),
        (["--place", "fr=Genève, Suisse", "--place", "en=Geneva, Switzerland"],
         ["name:", "fr: Genève", "en: Geneva", "country: CH"]),
        (["--place", "fr=Genève"], ["name:", "fr: Genève"]),
        (["--place", "en ligne"], ["online: true"]),
        (["--place", "worldwide"], ["scope: worldwide"]),
        (["--place", "?"], []),
        (["--country", "Republic of Korea"], ["country: KR"]),
    ],
)  # fmt: skip
def test_the_place_of_a_new_moment_is_read_in_words(home: Path, options: list[str], place: list[str]) -> None:
    assert moment(home, "add", "housing", "--title", "en=Forum", "--when", "2018-02-07", *options).code == 0
    lines = [line.lstrip("+ ").replace('"', "") for line in changed(home, "housing") if line.strip("+ ")]
    assert lines[4:] == (["place:", *place] if place else [])


@pytest.mark.parametrize(
    "options",
    [
        ["--country", "Congo"],
        ["--country", "Nowhere"],
        ["--place", "Pointe-Noire, Congo"],
        ["--place", "Atlanta, Georgia"],
    ],
)
def test_a_country_is_never_guessed(home: Path, options: list[str]) -> None:
    assert moment(home, "add", "housing", "--title", "en=Forum", *options).code == 2


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("22 mars, chaque année", ["+     when: 2018-03-22", "+     repeat: yearly"]),
        (
            "1st Monday of October, every year",
            ["+     when: 2017-10-02", "+     repeat: FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"],
        ),
    ],
)
def test_a_moment_of_every_year_is_added(home: Path, words: str, lines: list[str]) -> None:
    outcome = moment(home, "add", "housing", "--title", "A day", "--when", words)
    assert outcome.code == 0
    assert "does not say when it is first: 20" in outcome.err
    assert [line for line in changed(home, "housing") if line.startswith(("+     when", "+     repeat"))] == lines
    assert moment(home, "add", "housing", "--like", "hlpf-2018", "--when", words).code == 2
    assert moment(home, "move", "hlpf-2018", "--when", words).code == 2


@pytest.mark.parametrize(
    "wave",
    [
        SOUND + "moments:\n  - {id: Bad Id, title: A, when: 2018}\n  - {id: b, title: B, when: 2018}\n",
        SOUND + "moments: none\n",
        'title: "Housing\n',
        "- a\n",
    ],
)
def test_nothing_is_added_to_a_wave_with_errors(wave: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": wave})
    outcome = moment(tmp_path, "add", "housing", "--title", "City forum", "--when", "2018-02")
    assert outcome.code == 1
    assert "error[" in outcome.err
    assert (tmp_path / "waves" / "housing.yaml").read_text() == wave


def test_a_new_edition_takes_what_lasts(home: Path) -> None:
    outcome = moment(home, "add", "migration", "--like", "migration/gwangju-forum", "--when", "October 2018")
    assert outcome.code == 0
    lines = changed(home, "migration")
    assert lines[1] == "+   - id: gwangju-forum-2018"
    assert "+     when: 2018-10" in lines
    assert '+       name: "Gwangju"' in lines
    assert not [line for line in lines if "source" in line or line.startswith("-")]


def test_a_moment_is_taken_out(home: Path) -> None:
    name = "housing/housing-policy-meetings"
    assert moment(home, "remove", name).code == 2
    assert moment(home, "remove", name, "--yes").code == 0
    lines = changed(home, "housing")
    assert all(line.startswith("-") for line in lines)
    assert lines[:2] == ["- ", "-   - id: housing-policy-meetings"]
    assert run("validate", "--today", TODAY, cwd=home).code == 0


def test_all_that_is_known_of_a_moment_is_shown(home: Path) -> None:
    moment(home, "confirm", "migration/gwangju-forum", "--said", "the mayor")
    assert moment(home, "edit", "migration/gwangju-forum", "--confirm-by", "2017-08-01").code == 0
    out = moment(home, "show", "gwangju").out
    assert "1 August 2017" in out
    assert "14–17 September 2017 (2017-09-14/2017-09-17)" in out
    for title in ("7ème Forum mondial des villes de droits", "7.º Foro Mundial de Ciudades"):
        assert title in out
    assert re.search(r"Short title +Gwangju Forum\nKind +event\n", out)
    assert "every year" in moment(home, "show", "human-rights-day").out
    assert "waves/migration.yaml:43" in out
    assert "2017-06-01: the mayor" in out
    output = json.loads(moment(home, "show", "gwangju", "--format", "json").out)
    assert output["schema"] == "wavectl/moment/1"
    assert [one["wave"] for one in output["moments"]] == ["migration", "housing"]
    assert (output["when"], output["firm"]) == ("2017-09-14/2017-09-17", True)


def test_a_dry_run_and_nothing_new_write_nothing(home: Path) -> None:
    assert moment(home, "cancel", "migration/gwangju-forum", "--dry-run").code == 0
    assert moment(home, "confirm", "migration/gwangju-forum").code == 0
    assert changed(home, "migration") == []


def test_notes_grow_by_a_line_and_stay_what_they_were(tmp_path: Path) -> None:
    text = SOUND + "moments:\n  - id: a\n    title: A\n    when: 2017-09\n    note:\n      fr: Déjà là\n"
    folder = write_plan(tmp_path, {"housing": text})
    for message in ("one", "two"):
        assert moment(tmp_path, "confirm", "housing/a", "--said", message).code == 0
    expected = text.replace("Déjà là\n", "|\n        Déjà là\n        2017-06-01: one\n        2017-06-01: two\n")
    assert (folder / "housing.yaml").read_text() == expected


def test_an_invalid_date_is_reported_with_a_hint(home: Path) -> None:
    unclear = moment(home, "move", "migration/compact-vienna", "--when", "03/09/2017")
    assert unclear.code == 2
    assert "add --yes" in unclear.err
    assert changed(home, "migration") == []
    for words in ("soonish", "every 10 December", "32 September"):
        outcome = moment(home, "move", "migration/compact-vienna", "--when", words)
        assert (outcome.code, outcome.out) == (2, "")
        assert "hint" in outcome.err


def test_a_terminal_prompts_for_an_answer(home: Path) -> None:
    """A moment named by words is shown, and written after a confirmation, in a real terminal."""
    arguments = ["--today", TODAY, "--lang", "fr", "moment", "move", "gwangju", "--when", "15-18 septembre"]
    for answer, code, lines in ((b"n\n", 2, 0), (b"oui\n", 0, 2)):
        keyboard, terminal = pty.openpty()
        running = subprocess.Popen(
            [sys.executable, "-m", "wavectl", *arguments], cwd=home, stdin=terminal, stdout=terminal, stderr=terminal
        )
        os.close(terminal)
        os.write(keyboard, answer)
        seen = b""
        while True:
            try:
                some = os.read(keyboard, 4096)
            except OSError:
                break
            if not some:
                break
            seen += some
        os.close(keyboard)
        assert running.wait(timeout=60) == code
        assert "Écrire ces changements ? [o/N]" in seen.decode()
        assert len(changed(home, "migration")) == lines


# -- certainty

DOUBTS = """\
title: Wave
slogan: Now
hashtags: ["#Wave"]
period: 2026-01/2027-12
moments:
  - {id: mark, title: Mark, when: "2026-11-16?/2026-11-18?", status: tentative}
  - {id: dated, title: Dated, when: 2026-11-16~}
  - {id: both, title: Both, when: 2026-11-17%, status: tentative}
  - {id: timed, title: Timed, when: "2026-11-17T10:00?"}
  - {id: status, title: Status, when: 2026-11-17, status: tentative}
  - {id: month, title: Month, when: "2026-11?", status: tentative}
  - {id: tied, title: Tied, same_as: root}
  - {id: root, title: Root, when: "2026-11-20?"}
  - id: series
    title: Series
    when: 2026-11-21
    repeat: yearly
    except: {2027-11-21: {when: "2027-11-22?", status: tentative}}
"""
EXACT = ("mark", "dated", "both", "timed", "status", "tied", "root")


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """Return a folder with a published plan whose moments are all in doubt."""
    write_plan(tmp_path, {"programme": "uid_domain: waves.uclg.org\n", "wave": DOUBTS})
    assert run("export-ics", "--today", "2026-05-01", cwd=tmp_path).code == 0
    return tmp_path


def facts(home: Path, id_: str) -> dict[str, Any]:
    return json.loads(run("moment", "show", id_, "--format", "json", cwd=home).out)


def feed(home: Path) -> dict[str, tuple[str, str]]:
    """Return the status and title of each entry of the published feed."""
    found = events((home / "feeds" / "all.ics").read_bytes())
    return {event["UID"].partition(".")[0]: (event["STATUS"], event["SUMMARY"]) for event in found}


def notice(home: Path) -> dict[str, list[str]]:
    """Return what the notice says of each entry that changes."""
    out = run("export-ics", "--check", "--format", "json", "--today", "2026-05-02", cwd=home).out
    return {change["id"]: change["kinds"] for change in json.loads(out)["changes"]}


@pytest.mark.parametrize("id_", EXACT)
def test_what_is_confirmed_is_firm_everywhere(doubtful: Path, id_: str) -> None:
    root = "root" if id_ == "tied" else id_
    assert facts(doubtful, id_)["firm"] is False
    assert run("moment", "confirm", f"wave/{id_}", "--today", "2026-05-02", cwd=doubtful).code == 0
    shown = facts(doubtful, id_)
    assert (shown["firm"], shown["exact"], shown["status"]) == (True, True, "confirmed")
    assert not {*"?~%"} & {*shown["when"]}
    assert notice(doubtful)[root][0] in ("firmed-up", "confirmed")
    timeline = run("timeline", "--format", "json", "--today", "2026-05-02", cwd=doubtful).out
    assert {entry["firm"] for entry in json.loads(timeline)["entries"] if entry["id"] in (id_, root)} == {True}
    assert run("export-ics", "--today", "2026-05-02", cwd=doubtful).code == 0
    assert feed(doubtful)[root] == ("CONFIRMED", root.title())
    todo = run("todo", "--format", "json", "--today", "2026-11-01", cwd=doubtful).out
    assert root not in re.findall(r'"id": "([a-z]+)"', todo)


def test_a_confirmed_vague_month_is_not_shown_as_certain(doubtful: Path) -> None:
    assert run("moment", "confirm", "wave/month", "--today", "2026-05-02", cwd=doubtful).code == 0
    shown = facts(doubtful, "month")
    assert (shown["when"], shown["status"], shown["firm"]) == ("2026-11", "confirmed", False)
    assert not {"confirmed", "firmed-up"} & {*notice(doubtful)["month"]}
    assert run("export-ics", "--today", "2026-05-02", cwd=doubtful).code == 0
    assert feed(doubtful)["month"][0] == "TENTATIVE"


def test_one_occurrence_is_confirmed_with_its_date(doubtful: Path) -> None:
    assert run("moment", "confirm", "wave/series", "--on", "2027", cwd=doubtful).code == 0
    assert '{when: "2027-11-22", status: confirmed}' in (doubtful / "waves" / "wave.yaml").read_text()


@pytest.mark.parametrize(
    ("options", "status", "kinds"),
    [
        ([], "TENTATIVE", ["tentative"]),
        (["--tentative"], "TENTATIVE", ["tentative"]),
        (["--confirmed"], "CONFIRMED", ["firmed-up", "confirmed"]),
    ],
)
def test_the_notice_of_a_moved_moment_says_what_the_feed_says(
    doubtful: Path, options: list[str], status: str, kinds: list[str]
) -> None:
    arguments = ("move", "wave/month", "--when", "2026-11-24/2026-11-25", "--today", "2026-05-02", *options)
    assert run("moment", *arguments, cwd=doubtful).code == 0
    assert notice(doubtful)["month"] == kinds
    assert run("export-ics", "--today", "2026-05-02", cwd=doubtful).code == 0
    assert feed(doubtful)["month"][0] == status


def test_a_date_is_confirmed_or_not(doubtful: Path) -> None:
    arguments = ("moment", "move", "wave/month", "--when", "2026-11-24", "--tentative", "--confirmed")
    assert run(*arguments, cwd=doubtful).code == 2


@pytest.mark.parametrize(("typed", "status"), [("y", "confirmed"), ("", "tentative")])
def test_moving_a_moment_at_a_terminal_asks_if_it_is_confirmed(
    doubtful: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: str
) -> None:
    requested = []
    monkeypatch.setattr(move, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: requested.append(1) or typed)
    for id_, when in (("month", "2026-11-24"), ("dated", "2026-11-17"), ("status", "2026-12")):
        assert run("moment", "move", f"wave/{id_}", "--when", when, "--today", "2026-05-02", cwd=doubtful).code == 0
    assert (len(requested), facts(doubtful, "month")["status"]) == (1, status)


@pytest.mark.parametrize(
    "arguments",
    [
        ("move", "wave/month", "--when", "16-18 novembre 2026 (TBD)"),
        ("move", "wave/dated", "--when", "16-18 novembre 2026 (à confirmer)", "--tentative"),
        ("add", "wave", "--title", "Month", "--id", "new", "--when", "16-18 Nov 2026 (tbc)", "--status", "tentative"),
    ],
)
def test_one_doubt_is_written_once(doubtful: Path, arguments: tuple[str, ...]) -> None:
    assert run("moment", *arguments, "--today", "2026-05-02", "-y", cwd=doubtful).code == 0
    id_ = "new" if arguments[0] == "add" else arguments[1].partition("/")[2]
    shown = facts(doubtful, id_)
    assert (shown["when"], shown["status"], shown["firm"]) == ("2026-11-16/2026-11-18", "tentative", False)


def test_a_certain_clash_is_seen_once_both_moments_are_confirmed(tmp_path: Path) -> None:
    head = 'slogan: S\nhashtags: ["#A"]\nperiod: 2026-01/2027-12\nactors: [{id: city}]\nmoments:\n'
    moments = {
        "v": "id: one, title: One, when: 2026-11-16?/2026-11-18?, status: tentative, place: Lyon",
        "w": "id: two, title: Two, when: 2026-11-17, status: tentative, place: Lima",
    }
    register = "uid_domain: waves.uclg.org\nactors: {city: {name: City, kind: member}}\n"
    waves = {name: f"title: T\n{head}  - {{{one}, actors: [city]}}\n" for name, one in moments.items()}
    write_plan(tmp_path, {"programme": register, **waves})

    def seen() -> tuple[list[str], int]:
        clashes = json.loads(run("converge", "--format", "json", "--today", "2026-05-01", cwd=tmp_path).out)["clashes"]
        status = json.loads(run("status", "--format", "json", "--today", "2026-05-01", cwd=tmp_path).out)
        return [clash["how"] for clash in clashes], status["moments"]["firm"]

    assert seen() == (["possible"], 0)
    for reference in ("v/one", "w/two"):
        assert run("moment", "confirm", reference, cwd=tmp_path).code == 0
    assert seen() == (["certain"], 2)


# -- ties that contradict


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("when: 2026-11-16, status: cancelled", "when: 2026-11-16", 1),
        ("when: 2026-11-16", "when: 2026-11-16, status: cancelled", 1),
        ("when: 2026-11-16, status: postponed", "when: 2026-11", 1),
        ("when: 2026-11-16", "when: 2026-12-16", 1),
        ("when: 2026-11-16, place: {country: FR}", "when: 2026-11-16, place: {country: KR}", 1),
        ("when: 2026-11-16, status: cancelled", "when: 2026-11-16, status: cancelled", 0),
        ("when: 2026-11-16, status: tentative", "when: 2026-11", 0),
        ("when: unknown", "when: 2026-11-16, status: cancelled", 0),
        ("when: 2026-11-16", "when: 2026-11-16/2026-11-18", 0),
    ],
)
def test_moments_that_contradict_are_not_tied(tmp_path: Path, one: str, other: str, code: int) -> None:
    head = 'slogan: S\nhashtags: ["#A"]\nperiod: 2026-01/2027-12\nmoments:\n'
    write_plan(
        tmp_path,
        {
            "v": f"title: V\n{head}  - {{id: old, title: Old, {one}}}\n",
            "w": f"title: W\n{head}  - {{id: new, title: New, {other}}}\n",
        },
    )
    before = state(tmp_path)
    assert run("moment", "tie", "v/old", "w/new", cwd=tmp_path).code == code
    assert (state(tmp_path) == before) is bool(code)


# -- what is not published yet


def test_a_change_shows_itself_and_counts_the_others(doubtful: Path) -> None:
    def confirm(id_: str) -> str:
        done = run("moment", "confirm", f"wave/{id_}", "--today", "2026-05-02", cwd=doubtful)
        assert done.code == 0
        return done.err

    assert "not published yet" not in confirm("mark")
    second = confirm("dated")
    assert ("Dated" in second, "Mark" in second, "and 1 more not published yet" in second) == (True, False, True)
    third = confirm("both")
    assert ("Dated" in third, "Mark" in third, "and 2 more not published yet" in third) == (False, False, True)
    message = run("moment", "cancel", "wave/both", "--said", "mail", "--today", "2026-05-02", cwd=doubtful).err
    assert ("cancelled" in message, "and 2 more not published yet" in message) == (True, True)
    assert sorted(notice(doubtful)) == ["both", "dated", "mark"]
    edit = ("moment", "edit", "wave/both", "--owner", "Ada", "--today", "2026-05-02", "--lang", "en")
    unseen = run(*edit, cwd=doubtful).err
    assert "3 earlier changes are not published yet" in unseen
    assert "next:" not in unseen


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("15-17", "2017-09-15/2017-09-17"),
        ("du 15 au 17", "2017-09-15/2017-09-17"),
        ("el 15", "2017-09-15"),
        ("15 au 17 octobre", "2017-10-15/2017-10-17"),
        ("15th at 3 pm", "2017-09-15T15:00"),
    ],
)
def test_days_alone_stay_in_the_month_of_the_date_that_moves(home: Path, words: str, date: str) -> None:
    assert moment(home, "move", "migration/compact-vienna", "--when", words, "--same").code == 0
    assert f"+     when: {date}" in changed(home, "migration")


@pytest.mark.parametrize("words", ["31", "17-15", "15-32"])
def test_days_that_the_month_does_not_have_are_refused(home: Path, words: str) -> None:
    assert moment(home, "move", "migration/compact-vienna", "--when", words).code == 2
    assert changed(home, "migration") == []


@pytest.mark.parametrize(
    ("language", "example"), [("en", "15-17 April"), ("fr", "15-17 avril"), ("es", "15-17 de abril")]
)
@pytest.mark.parametrize("words", ["oups 15-17", "15-32", "demain"])
def test_a_date_that_cannot_be_read_gets_an_example_in_words(
    home: Path, language: str, example: str, words: str
) -> None:
    outcome = run(
        "--today", TODAY, "--lang", language, "moment", "move", "migration/compact-vienna", "--when", words, cwd=home
    )
    assert outcome.code == 2
    assert example in outcome.err


@pytest.mark.parametrize(("options", "zone"), [([], "Europe/Madrid"), (["--timezone", "Perú"], "America/Lima")])
def test_hours_are_shown_with_their_time_zone(home: Path, options: list[str], zone: str) -> None:
    words = ("--when", "15 September 2017 at 3 pm", "--title", "Call")
    assert f"({zone})" in moment(home, "add", "housing", *words, *options, "--dry-run").err.splitlines()[0]


@pytest.mark.parametrize(
    "when",
    ["15 février 2027 à 15 h heure de Paris", "15 February 2027 at 3 pm Paris time", "15/02/2027 15:00 (hora de Lima)"],
)
def test_a_time_zone_in_the_date_points_to_its_option(home: Path, when: str) -> None:
    outcome = moment(home, "add", "housing", "--title", "Call", "--when", when)
    assert (outcome.code, "--timezone Paris" in outcome.err) == (2, True)


IN_NOVEMBER = """\
title: Water
period: 2026-12/2027-12
moments:
  - {id: forum, title: Forum, when: 2026-12-10}
"""


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("add", "water", "--title", "A", "--when", "14 January"), "when: 2027-01-14"),
        (("add", "water", "--title", "A", "--when", "February"), "when: 2027-02"),
        (("add", "water", "--title", "A", "--when", "3 May, every year"), "when: 2027-05-03"),
        (("add", "water", "--like", "forum", "--when", "10 December"), "when: 2027-12-10"),
        (("edit", "forum", "--confirm-by", "15 January"), "confirm_by: 2027-01-15"),
        (("edit", "forum", "--confirm-by", "1 December"), "confirm_by: 2026-12-01"),
        (("move", "forum", "--when", "14 January", "--same"), "when: 2027-01-14"),
        (("move", "forum", "--when", "12 December"), "when: 2026-12-12"),
    ],
)
def test_a_date_without_a_year_is_not_put_into_the_past(tmp_path: Path, arguments: tuple[str, ...], line: str) -> None:
    write_plan(tmp_path, {"water": IN_NOVEMBER})
    done = run("--today", "2026-11-29", "moment", *arguments, cwd=tmp_path)
    assert done.code == 0, done.err
    assert line in (tmp_path / "waves" / "water.yaml").read_text()


def test_a_past_day_whose_year_is_assumed_needs_a_confirmation(tmp_path: Path) -> None:
    write_plan(tmp_path, {"water": "title: Water\nperiod: 2026-01/2026-12\nmoments: []\n"})
    before = state(tmp_path)
    arguments = ("--today", "2026-11-29", "moment", "add", "water", "--title", "Past", "--when", "12 March")
    assert run(*arguments, cwd=tmp_path).code == 2
    assert state(tmp_path) == before
    assert run(*arguments, "--yes", cwd=tmp_path).code == 0
    assert "when: 2026-03-12" in (tmp_path / "waves" / "water.yaml").read_text()

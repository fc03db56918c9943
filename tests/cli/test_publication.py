"""export-ics keeps the record of what was published: written with the feeds, refused where it does not fit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.feeds import events, unsound
from support.plans import Outcome, run, state, write_plan
from wavectl.cli import console, publication
from wavectl.lockfile.reader import parse_lockfile
from wavectl.publishing.ical import encoding

FIRST, LATER = "2017-06-01", "2017-06-03"
PROGRAMME = "languages: [en, fr]\ntimezone: Europe/Madrid\nuid_domain: network.org\nsite: https://network.org/\n"
HOUSING = """\
title: Housing
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, when: 2017-09, place: {name: {en: Geneva, fr: Genève}}}
  - {id: meeting, title: Meeting, when: 2017-11-02}
"""
MIGRATION = """\
title: Migration
period: 2017-05/2018-12
moments:
  - {id: talk, title: Talk, when: 2018-02-01}
"""
PLAN = {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION}
LOCK = "wavectl.lock"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder that holds a plan that was published."""
    write_plan(tmp_path, PLAN)
    assert "wavectl.lock is new" in export(tmp_path).err
    return tmp_path


def export(home: Path, *arguments: str, today: str = FIRST, code: int = 0) -> Outcome:
    done = run("export-ics", "--today", today, *arguments, cwd=home)
    assert done.code == code, done.err
    assert unsound(home, *([done.raw] if done.raw.startswith(b"BEGIN") else [])) == {}
    return done


def lock(home: Path) -> bytes:
    return (home / "waves" / LOCK).read_bytes()


def shown(home: Path, name: str = "all") -> dict[str, dict[str, str]]:
    found = events((home / "feeds" / f"{name}.ics").read_bytes())
    return {event["UID"].removesuffix("@network.org"): event for event in found}


# -- kept


def test_again_touches_no_file_and_says_nothing(home):
    before = state(home)
    for today in (FIRST, LATER, "2017-05-01"):
        assert export(home, today=today).err == ""
    assert state(home) == before


def test_a_moved_moment_moves_in_place(home):
    write_plan(home, {"housing": HOUSING.replace("2017-09,", "2017-09-05,")})
    old = shown(home)
    export(home, today=LATER)
    new = shown(home)
    assert list(new) == ["forum.housing", "meeting.housing", "talk.migration"]
    assert (new["meeting.housing"], new["talk.migration"]) == (old["meeting.housing"], old["talk.migration"])
    forum = new["forum.housing"]
    assert [forum[name] for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART")] == [
        "1",
        "20170603T000000Z",
        "20170603T000000Z",
        "VALUE=DATE:20170905",
    ]
    assert forum["DESCRIPTION"] == "Changed on 3 June 2017 (before: September 2017)\n5 September 2017\nGeneva"


@pytest.mark.parametrize(
    ("old", "new", "lang", "opening"),
    [
        ("when: 2017-09,", "when: 2017-09-05,", "fr", "Modifié le 3 juin 2017 (avant : septembre 2017)"),
        ("when: 2017-09,", "when: 2017-09-05,", "es", "Modificado el 3 de junio de 2017 (antes: septiembre de 2017)"),
        ("{en: Geneva, fr: Genève}", "Rome", "fr", "Modifié le 3 juin 2017 (avant : Genève)"),
        ("when: 2017-09,", "when: 2017-09, status: tentative,", "fr", "Modifié le 3 juin 2017"),
        ("when: 2017-09,", "when: unknown,", "en", "Changed on 3 June 2017"),
        ("when: 2017-09,", "when: 2017-09, status: cancelled,", "en", "Changed on 3 June 2017"),
        ("when: 2017-09,", "when: 2017-09, repeat: yearly,", "en", "Changed on 3 June 2017"),
        (
            "when: 2017-09, place: {name: {en: Geneva, fr: Genève}}",
            "when: 2017-10, place: Rome, status: postponed",
            "fr",
            "Modifié le 3 juin 2017 (avant : septembre 2017, Genève, à confirmer)",
        ),
    ],
)
def test_an_entry_opens_with_its_last_change(home, old, new, lang, opening):
    assert old in HOUSING
    write_plan(home, {"housing": HOUSING.replace(old, new)})
    data = export(home, "--lang", lang, "-o", "-", today=LATER).raw
    (forum,) = [event for event in events(data) if event["UID"] == "forum.housing@network.org"]
    assert forum["DESCRIPTION"].splitlines()[0] == opening


@pytest.mark.parametrize(
    ("lang", "word", "gone", "back"),
    [
        ("en", "WITHDRAWN", "Withdrawn on 3 June 2017", "Restored on 5 June 2017"),
        ("fr", "RETIRÉ\xa0", "Retiré le 3 juin 2017", "Rétabli le 5 juin 2017"),
        ("es", "RETIRADO", "Retirado el 3 de junio de 2017", "Restablecido el 5 de junio de 2017"),
    ],
)
def test_a_withdrawn_moment_is_seen_to_go_and_to_come_back(home, lang, word, gone, back):
    write_plan(home, {"housing": HOUSING.replace("  - {id: meeting, title: Meeting, when: 2017-11-02}\n", "")})

    def meeting(*options: str, today: str) -> dict[str, str] | None:
        export(home, "--lang", lang, *options, today=today)
        name = "housing" if lang == "en" else f"housing.{lang}"
        return shown(home, name).get("meeting.housing")

    entry = meeting(today=LATER)
    assert entry is not None
    assert [entry[name] for name in ("SUMMARY", "STATUS", "SEQUENCE")] == [f"{word}: Meeting", "TENTATIVE", "1"]
    assert entry["DESCRIPTION"].splitlines()[0] == gone
    cancelled = meeting("--cancelled", "status", today=LATER)
    assert cancelled is not None
    assert cancelled["STATUS"] == "CANCELLED"
    assert meeting("--cancelled", "omit", today=LATER) is None
    assert meeting(today="2017-07-03") is None
    write_plan(home, {"housing": HOUSING})
    entry = meeting(today="2017-06-05")
    assert entry is not None
    assert [entry[name] for name in ("SUMMARY", "STATUS", "SEQUENCE")] == ["Meeting", "CONFIRMED", "2"]
    assert entry["DESCRIPTION"].splitlines()[0] == back


def test_a_moment_without_its_date_stays_on_its_last_days_as_postponed(home):
    write_plan(home, {"housing": HOUSING.replace("when: 2017-11-02", "when: unknown")})
    assert "left out" not in export(home, today=LATER).err
    meeting = shown(home)["meeting.housing"]
    assert (meeting["SUMMARY"], meeting["DTSTART"]) == ("POSTPONED: Meeting", "VALUE=DATE:20171102")


CHANGED = HOUSING.replace("2017-09,", "2017-10,")


@pytest.mark.parametrize(
    "options",
    [
        ["-o", "-"], ["-o", "one.ics"], ["-o", "out"], ["-o", "out", "--kind", "event"], ["-o", "-", "--upcoming"],
        ["-o", "feeds/new"], ["migration"], ["--locked", "migration"],
    ],
)  # fmt: skip
def test_options_that_only_read_the_lockfile_do_not_write_it(home, options):
    write_plan(home, {"housing": CHANGED})
    before = lock(home)
    export(home, *options, today=LATER)
    assert lock(home) == before


@pytest.mark.parametrize(
    "options",
    [
        ["--fuzzy", "omit"], ["--fuzzy", "span"], ["--cancelled", "omit"], ["--alarm", "7d"], ["--lang", "fr"],
        ["--lang", "all"], ["housing"], ["all"], ["-o", "elsewhere", "--publish"],
        ["-o", "feeds"], ["-o", "waves/../feeds/"], [],
    ],
)  # fmt: skip
def test_options_never_change_the_lockfile(home, tmp_path_factory, options):
    write_plan(home, {"housing": CHANGED})
    plain = tmp_path_factory.mktemp("plain")
    write_plan(plain, {**PLAN, "housing": CHANGED, LOCK: lock(home)})
    export(plain, today=LATER)
    export(home, *options, today=LATER)
    assert lock(home) == lock(plain) != b""
    assert parse_lockfile(lock(home)).entries["forum.housing@network.org"].sequence == 1


def test_one_calendar_has_the_entries_of_the_next_lockfile(home):
    write_plan(home, {"housing": CHANGED})
    alone = export(home, "-o", "-", today=LATER).raw
    export(home, today=LATER)
    assert (home / "feeds" / "all.ics").read_bytes() == alone


def test_filters_give_the_entries_as_the_whole_has_them(home):
    write_plan(home, {"housing": CHANGED})
    export(home, today=LATER)
    part = events(export(home, "--to", "2017-10", "-o", "-", today="2017-06-09").raw)
    assert part == [shown(home)["forum.housing"]]


def test_a_lost_lockfile_is_rebuilt_with_the_same_identities_and_a_message(home):
    write_plan(home, {"housing": CHANGED})
    export(home, today=LATER)
    (home / "waves" / LOCK).unlink()
    assert "git checkout" in export(home, today="2017-06-09", code=1).err
    shutil.rmtree(home / "feeds")
    assert "wavectl.lock is new" in export(home, today="2017-06-09").err
    forum = shown(home)["forum.housing"]
    assert (forum["SEQUENCE"], forum["DTSTAMP"]) == ("0", "20170609T000000Z")


# -- publication and preview

PREVIEW = "preview only; if subscribers read this folder, set publish.folder or add --publish\n"


def test_a_preview_has_the_same_bytes_and_takes_nothing_from_the_publication(home):
    write_plan(home, {"housing": CHANGED})
    before = lock(home)
    assert export(home, "-o", "trial", today=LATER).err.endswith(PREVIEW)
    assert (lock(home), b"Changed" in (home / "feeds" / "all.ics").read_bytes()) == (before, False)
    done = export(home, today=LATER)
    assert "Forum" in done.err
    assert "preview" not in done.err
    for file in (home / "feeds").iterdir():
        assert (home / "trial" / file.name).read_bytes() == file.read_bytes()
    assert shown(home)["forum.housing"]["SEQUENCE"] == "1"


@pytest.mark.parametrize(
    "options",
    [
        ["--kind", "event"], ["--upcoming"], ["--from", "2017"], ["--to", "2018"], ["--country", "CH"],
        ["--status", "confirmed"], ["--kind", "event", "-o", "feeds"], ["--kind", "event", "-o", "out", "--publish"],
        ["--kind", "event", "--check"], ["--kind", "event", "--locked"], ["housing", "--kind", "event"],
        ["-o", "one.ics", "--publish"], ["-o", "-", "--publish"], ["-o", "feeds/housing.ics"],
        ["-o", "feeds/all.fr.ics"], ["-o", "feeds/all.ics", "--kind", "event"],
    ],
)  # fmt: skip
def test_a_published_feed_is_written_whole_or_not_at_all(home, options):
    before = state(home)
    assert export(home, *options, today=LATER, code=2).out == ""
    assert state(home) == before


def test_a_file_beside_the_published_feeds_is_no_feed(home):
    assert "preview" not in export(home, "-o", "feeds/mine.ics").err


def test_the_folder_and_the_languages_of_a_publication_are_in_the_programme(home):
    write_plan(home, {"programme": f"{PROGRAMME}publish: {{folder: public/calendars, languages: [en, fr]}}\n"})
    folder = home / "public" / "calendars"
    export(home)
    assert sorted(file.name for file in folder.iterdir()) == [
        "all.fr.ics", "all.ics", "housing.fr.ics", "housing.ics", "migration.fr.ics", "migration.ics",
    ]  # fmt: skip
    before = state(home)
    for options in (["--lang", "fr"], ["--lang", "en"], ["--lang", "all"], ["-o", "public/calendars"], ["--check"]):
        export(home, *options, today=LATER)
    assert state(home) == before
    write_plan(home, {"housing": CHANGED})
    assert export(home, "-o", "feeds", today=LATER).err.endswith(PREVIEW)
    export(home, "--lang", "fr", today=LATER)  # no language misses the change
    for name in ("all.ics", "all.fr.ics"):
        assert b"SEQUENCE:1" in (folder / name).read_bytes()
    export(home, "--lang", "es", "-o", "trial")
    names = sorted(file.name for file in (home / "trial").iterdir())
    assert names == ["all.es.ics", "housing.es.ics", "migration.es.ics"]


@pytest.mark.skipif(os.name == "nt", reason="links need a permission")
def test_other_words_for_dates_change_the_feeds_once_and_no_entry(home):
    """An earlier version published with hyphens between days, other words before a change, and another folding."""
    write_plan(home, {"housing": HOUSING.replace("2017-11-02", "2017-11-02/2017-11-03")})
    export(home, today=LATER)
    write_plan(home, {"housing": HOUSING.replace("2017-11-02", "2017-11-09/2017-11-10")})
    export(home, today="2017-06-05")
    record, feeds = lock(home), home / "feeds"
    after = {file.name: file.read_bytes() for file in feeds.iterdir()}
    for file in feeds.iterdir():
        text = file.read_bytes().decode().replace("\r\n ", "")
        assert "2–3" in text or file.name == "migration.ics"
        assert " (before: " in text or file.name == "migration.ics"
        text = re.sub(r" \(before: (.*?)\)", r": before\\, \1", text.replace("–", "-"))
        file.write_bytes(encoding.dump(text.split("\r\n")[:-1]))
    told = export(home, "--check", today="2017-06-09", code=1)
    assert told.out == ""
    assert re.fullmatch(r"would change in wording only, .*en dash.*: 2 \(feeds/.*\); no entry .*\n", told.err)
    assert export(home, today="2017-06-09").err == ""
    # with SEQUENCE, DTSTAMP, LAST-MODIFIED and the record as they were
    assert ({file.name: file.read_bytes() for file in feeds.iterdir()}, lock(home)) == (after, record)
    assert export(home, "--check", today="2017-06-09").err == "nothing would change\n"
    (feeds / "all.ics").write_bytes((feeds / "all.ics").read_bytes().replace(b"SEQUENCE:2", b"SEQUENCE:1"))
    assert "although no moment changes: 1 " in export(home, "--check", today="2017-06-09", code=1).err


def test_a_link_to_the_published_folder_is_that_folder_and_one_out_of_it_is_refused(home, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (home / "site").symlink_to(home / "feeds")
    write_plan(home, {"housing": CHANGED})
    assert "preview" not in export(home, "-o", "site", today=LATER).err
    assert parse_lockfile(lock(home)).entries["forum.housing@network.org"].sequence == 1
    (home / "out").symlink_to(elsewhere)
    write_plan(home, {"programme": f"{PROGRAMME}publish: {{folder: out/feeds}}\n"})
    assert "publish.folder" in export(home, code=1).err
    assert list(elsewhere.iterdir()) == []
    export(home, "-o", str(elsewhere), "--publish")
    assert (elsewhere / "all.ics").exists()


def test_a_check_compares_with_the_named_folder(home):
    write_plan(home, {"housing": CHANGED})
    assert "Forum" in export(home, "--check", "-o", "trial", today=LATER, code=1).out
    export(home, "-o", "trial", today=LATER)
    assert export(home, "--check", "-o", "trial", today=LATER).out == ""
    assert "Forum" in export(home, "--check", today=LATER, code=1).out
    export(home, today=LATER)
    assert export(home, "--check", today=LATER).out == ""
    (home / "trial" / "all.ics").unlink()
    assert "trial" in export(home, "--check", "-o", "trial", today=LATER, code=1).err
    (home / "feeds" / "all.ics").write_bytes((home / "feeds" / "migration.ics").read_bytes())
    assert "all.ics" in export(home, "--check", today=LATER, code=1).err


EXAMPLES = [
    "waves.example.org",
    "example.com",
    "a.b.example",
    "x.invalid",
    "wavectl.invalid",
    "a.test",
    "localhost",
    "",
]


@pytest.mark.parametrize("domain", EXAMPLES)
def test_nothing_is_published_under_an_example_of_a_domain(tmp_path, domain):
    write_plan(tmp_path, {**PLAN, "programme": f"uid_domain: {domain}\n"})
    before = state(tmp_path)
    for options in ([], ["housing"], ["-o", "feeds"], ["-o", "out", "--publish"]):
        assert "--domain" in export(tmp_path, *options, code=1).err
    assert "--domain" in export(tmp_path, "--check", code=1).err
    assert state(tmp_path) == before
    assert "--domain" in export(tmp_path, "-o", "out").err
    assert not (tmp_path / "waves" / LOCK).exists()


@pytest.mark.parametrize("domain", ["examples.org", "test.org", "example.org.uk", "localhost.eu", "x"])
def test_a_domain_that_only_looks_like_an_example_is_published(tmp_path, domain):
    write_plan(tmp_path, {**PLAN, "programme": f"uid_domain: {domain}\n"})
    assert "uid_domain" not in export(tmp_path).err


def test_what_was_published_under_an_example_goes_on(home):
    raw = lock(home).replace(b"network.org", b"waves.example.org")
    write_plan(home, {"programme": PROGRAMME.replace("network.org", "waves.example.org"), LOCK: raw})
    done = export(home, today=LATER)
    assert "uid_domain" not in done.err
    assert lock(home) == raw


@pytest.mark.parametrize(
    ("programme", "expected"),
    [
        (None, "uid_domain: waves.uclg.org\n"),
        ("languages: [en, fr]\n", "uid_domain: waves.uclg.org\nlanguages: [en, fr]\n"),
        (
            "uid_domain: waves.example.org # ours\nlanguages: [en]\n",
            "uid_domain: waves.uclg.org # ours\nlanguages: [en]\n",
        ),
    ],
)
def test_a_terminal_asks_for_the_domain_and_writes_it(tmp_path, monkeypatch, programme, expected):
    write_plan(tmp_path, {"housing": HOUSING, **({"programme": programme} if programme else {})})
    answers = iter(["waves.example.org", "our network", "https://Waves.UCLG.org/feeds"])
    for module in (publication, console):
        monkeypatch.setattr(module, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    export(tmp_path)
    assert (tmp_path / "waves" / "programme.yaml").read_text() == expected
    assert "forum.housing@waves.uclg.org" in parse_lockfile(lock(tmp_path)).entries


def test_a_person_who_names_no_domain_publishes_nothing(tmp_path, monkeypatch):
    write_plan(tmp_path, {"housing": HOUSING})
    before = state(tmp_path)
    monkeypatch.setattr(publication, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: "")
    export(tmp_path, code=2)
    assert state(tmp_path) == before


# -- locked


def test_locked_writes_feeds_from_the_lockfile_on_any_day(home):
    write_plan(home, {"housing": CHANGED.replace("title: Meeting", "title: Meeting, status: cancelled")})
    export(home, today=LATER)
    made, before = (home / "feeds" / "all.ics").read_bytes(), lock(home)
    for today in (FIRST, LATER, "2017-12-01", "2030-01-01"):
        assert export(home, "--locked", "-o", "out", today=today).err == ""
        assert (home / "out" / "all.ics").read_bytes() == made
    assert lock(home) == before


def test_locked_shows_what_was_withdrawn_last(home):
    (home / "waves" / "migration.yaml").unlink()
    export(home, "--withdraw", "migration", today=LATER)
    assert "WITHDRAWN" in shown(home)["talk.migration"]["SUMMARY"]
    export(home, today="2017-08-01")
    assert "talk.migration" not in shown(home)
    export(home, "--locked", today="2017-08-01")
    assert "talk.migration" in shown(home)


def test_locked_fails_naming_what_is_out_of_date_and_writes_nothing(home):
    write_plan(home, {"housing": CHANGED.replace("meeting", "talks")})
    before = state(home)
    done = export(home, "--locked", today=LATER, code=1)
    assert "wavectl.lock is out of date: 3 (housing/forum, housing/meeting, housing/talks)" in done.err
    assert "without --locked" in done.err
    assert (state(home), done.out) == (before, "")
    for options in (["-o", "-"], ["housing"], ["-o", "out", "--upcoming"]):
        assert "out of date" in export(home, "--locked", *options, today=LATER, code=1).err
    assert state(home) == before


def test_locked_without_a_lockfile_fails(home):
    (home / "waves" / LOCK).unlink()
    done = export(home, "--locked", code=1)
    assert "there is no waves/wavectl.lock" in done.err.replace("\\", "/")
    assert "without --locked" in done.err
    assert not (home / "waves" / LOCK).exists()


# -- refused


def test_another_domain_is_refused(home):
    for domain in ("uid_domain: example.com\n", ""):
        write_plan(home, {"programme": PROGRAMME.replace("uid_domain: network.org\n", domain)})
        before = state(home)
        for options in ([], ["-o", "-"], ["--locked"], ["housing"]):
            done = export(home, *options, code=1)
            assert "the feeds were published with network.org" in done.err
            assert "--domain network.org" in done.err
        assert state(home) == before
    (home / "waves" / LOCK).unlink()
    shutil.rmtree(home / "feeds")
    assert "has no domain of its own" in export(home, code=1).err


def test_a_vanished_wave_with_future_entries_is_refused_with_hints(home):
    (home / "waves" / "migration.yaml").rename(home / "waves" / "migrants.yaml")
    before = state(home)
    for options in ([], ["-o", "-"], ["all"], ["--locked"]):
        done = export(home, *options, today=LATER, code=1)
        for part in ('"migration"', "was: [migration]", "status: closed", "--withdraw migration"):
            assert part in done.err
    assert state(home) == before
    write_plan(home, {"migrants": MIGRATION + "was: [migration]\n"})
    export(home, today=LATER)
    assert list(shown(home)) == ["forum.housing", "meeting.housing", "talk.migration"]
    assert shown(home, "migration") == shown(home, "migrants")


def test_a_withdrawn_wave_is_seen_to_go_in_its_own_feed_too(home):
    (home / "waves" / "migration.yaml").unlink()
    done = export(home, "--withdraw", "migration", today=LATER)
    assert [line.split()[0].replace("\\", "/") for line in done.out.splitlines()] == [
        "feeds/housing.ics",
        "feeds/all.ics",
        "feeds/migration.ics",
    ]
    for name in ("all", "migration"):
        assert shown(home, name)["talk.migration"]["SUMMARY"] == "WITHDRAWN: Talk"
    assert "talk.migration" not in shown(home, "housing")
    export(home, today="2017-08-01")
    assert shown(home, "migration") == {}
    assert b"NAME:migration\r\n" in (home / "feeds" / "migration.ics").read_bytes()


def test_filters_pass_over_what_a_wave_that_is_gone_no_longer_says(home):
    write_plan(home, {"programme": PROGRAMME + "actors: {un: {name: UN, kind: international}}\n"})
    (home / "waves" / "migration.yaml").unlink()
    export(home, "--withdraw", "migration", today=LATER)
    assert events(export(home, "--actor", "un", "-o", "-", today=LATER).raw) == []
    (talk,) = events(export(home, "--from", "2018", "-o", "-", today=LATER).raw)
    assert talk["UID"] == "talk.migration@network.org"


def test_only_a_wave_that_was_published_and_is_gone_can_be_withdrawn(home):
    before = state(home)
    done = export(home, "--withdraw", "migration", code=2)
    assert "migration" in done.err
    assert "status: closed" in done.err
    assert "did you mean" not in done.err
    (home / "waves" / "migration.yaml").unlink()
    assert "did you mean migration?" in export(home, "--withdraw", "migraton", code=2).err
    assert lock(home) == before[str(home / "waves" / LOCK)][0]


DAMAGES = {
    "conflict": lambda text: text.replace('\n"meeting', '\n<<<<<<< HEAD\n"meeting'),
    "cut": lambda text: text[:200],
    "hand": lambda text: text.replace('"sequence": 0', '"sequence": zero', 1),
    "twice": lambda text: text.replace("{\n", "{\n" + text.split("\n")[1] + "\n", 1),
    "newer": lambda text: text.replace("wavectl/lock/1", "wavectl/lock/2"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_lockfile_is_reported_with_its_line_and_nothing_is_written(home, damage):
    file = home / "waves" / LOCK
    file.write_bytes(DAMAGES[damage](file.read_text(encoding="utf-8")).encode())
    before = state(home)
    for options in ([], ["housing"], ["-o", "-"], ["--locked"]):
        done = export(home, *options, today=LATER, code=1)
        assert "error[damaged-lock]" in done.err
        assert "waves/wavectl.lock:" in done.err.replace("\\", "/")
        assert "hint: " in done.err
        assert done.raw == b""
    assert state(home) == before
    checked = run("validate", cwd=home)
    assert (checked.code, "error[damaged-lock]" in checked.out) == (1, True)
    assert "3 files: 1 error" in checked.out
    assert run("timeline", cwd=home).code == 0


def test_a_lockfile_that_is_not_a_file_is_reported(home):
    (home / "waves" / LOCK).unlink()
    (home / "waves" / LOCK).mkdir()
    assert "damaged-lock" in export(home, code=1).err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_reported(home):
    write_plan(home, {"housing": CHANGED})
    (home / "waves").chmod(0o555)
    assert "wavectl.lock cannot be written" in export(home, code=2).err


# -- two at once


def test_a_lockfile_written_by_another_program_meanwhile_stays(home, monkeypatch):
    """Runs of wavectl lock the plan; git, for example, does not."""
    write_plan(home, {"housing": CHANGED})
    compute = publication.compute_publication

    def late(*arguments):
        (home / "waves" / "wavectl.lock").write_bytes(b"another")
        return compute(*arguments)

    monkeypatch.setattr(publication, "compute_publication", late)
    assert "wavectl.lock was changed by another program in the meantime" in export(home, code=2).err
    assert lock(home) == b"another"


# -- git


def git(home: Path, *arguments: str, code: int = 0) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@network.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *arguments], cwd=home, capture_output=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr


def branches(home: Path, one: str, other: str) -> None:
    """Publish two versions of a wave of three neighbouring moments on two branches, and be on the second."""
    git(home, "init", "-q")
    git(home, "add", "waves")
    git(home, "commit", "-qm", "first")
    for name, text in (("one", one), ("other", other)):
        git(home, "checkout", "-q", "-b", name, "main")
        write_plan(home, {"housing": text})
        export(home, today=LATER)
        git(home, "commit", "-qam", name)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": THREE})
    export(tmp_path)
    return tmp_path


THREE = (
    "title: Housing\nperiod: 2017/2018\nmoments:\n"
    "  - id: a\n    title: A\n    when: 2017-09\n\n  - id: b\n    title: B\n    when: 2017-10\n\n"
    "  - id: c\n    title: C\n    when: 2017-11\n"
)


def test_branches_that_change_different_moments_merge(repository):
    branches(repository, THREE.replace("2017-09", "2017-09-05"), THREE.replace("2017-10", "2017-10-05"))
    git(repository, "merge", "-q", "one", "-m", "both")
    assert export(repository, "--locked").err == ""
    lines = parse_lockfile(lock(repository)).entries
    assert [(line.when, line.sequence) for line in lines.values()] == [
        ("2017-09-05", 1),
        ("2017-10-05", 1),
        ("2017-11", 0),
    ]


def test_a_conflict_of_branches_in_one_moment_is_reported(repository):
    branches(repository, THREE.replace("2017-10", "2017-10-05"), THREE.replace("2017-10", "2017-10-06"))
    git(repository, "merge", "-q", "one", "-m", "both", code=1)
    write_plan(repository, {"housing": THREE.replace("2017-10", "2017-10-06")})
    done = export(repository, today=LATER, code=1)
    text = lock(repository).decode()
    line = next(number for number, row in enumerate(text.split("\n"), 1) if row.startswith("<<<<<<<"))
    assert f"waves/wavectl.lock:{line}:1" in done.err.replace("\\", "/")
    assert "conflict" in done.err
    assert lock(repository).decode() == text
    kept = text.split("\n")
    del kept[kept.index("=======") : kept.index(">>>>>>> one") + 1]
    kept.remove("<<<<<<< HEAD")
    (repository / "waves" / LOCK).write_text("\n".join(kept), encoding="utf-8")
    export(repository, "--locked")


# -- the programme's own feeds, languages, alarms

FEEDS = PROGRAMME + "feeds:\n  firm: {fuzzy: omit, alarm: [1d], name: Sure}\n  mine: {waves: [migration], lang: fr}\n"


def test_feeds_of_the_programme_are_written_with_the_others_and_by_name(home):
    write_plan(home, {"programme": FEEDS})
    done = export(home, today=LATER)
    assert sorted(file.name for file in (home / "feeds").iterdir()) == [
        "all.ics",
        "firm.ics",
        "housing.ics",
        "migration.ics",
        "mine.fr.ics",
    ]
    assert "ignore the alarms" in done.err
    assert "left out" not in done.err
    assert list(shown(home, "firm")) == ["meeting.housing", "talk.migration"]
    firm = (home / "feeds" / "firm.ics").read_bytes()
    assert firm.count(b"BEGIN:VALARM") == 2
    assert b"\r\nUID:firm@network.org\r\n" in firm
    assert b"\r\nNAME:Sure\r\n" in firm
    assert b"\r\nSOURCE;VALUE=URI:https://network.org/firm.ics\r\n" in firm
    again = export(home, "firm", "-o", "-")
    assert (again.raw, "left out" in again.err) == (firm, False)
    assert export(home, "firm", "-o", "other").out.replace("\\", "/") == "other/firm.ics  2 entries\n"
    mine = (home / "feeds" / "mine.fr.ics").read_bytes()
    assert b"NAME:mine" in mine
    assert "Événement" in mine.decode()
    assert export(home, "mine", "-o", "-", "--lang", "en").raw == mine
    assert "did you mean firm?" in export(home, "fim", code=2).err


def test_a_feed_of_firm_dates_says_what_has_no_date_at_all(home):
    write_plan(home, {"programme": FEEDS, "housing": HOUSING + "  - {id: call, title: Call, when: unknown}\n"})
    assert "left out, the date is not known: 1 (housing/call)" in export(home, "firm").err


def test_what_a_feed_leaves_open_follows_the_command_line(home):
    write_plan(home, {"programme": FEEDS})
    done = export(home, "--fuzzy", "omit", "--alarm", "7d", "--alarm", "2h")
    assert "left out, the date is not exact: 1 (housing/forum)" in done.err
    assert (home / "feeds" / "firm.ics").read_bytes().count(b"BEGIN:VALARM") == 2
    assert (home / "feeds" / "all.ics").read_bytes().count(b"BEGIN:VALARM") == 4


def test_feeds_together_in_one_calendar(home):
    write_plan(home, {"programme": FEEDS})
    data = export(home, "firm", "housing", "-o", "-").raw
    assert b"\r\nUID:all@network.org\r\n" in data
    assert len(events(data)) == 3


def test_every_language(home):
    done = export(home, "--lang", "all")
    assert [line.split()[0].replace("\\", "/") for line in done.out.splitlines()] == [
        f"feeds/{name}{lang}.ics" for name in ("housing", "migration", "all") for lang in ("", ".fr")
    ]
    assert "Événement" in (home / "feeds" / "all.fr.ics").read_text(encoding="utf-8")
    assert done.err.splitlines()[1:-1] == [
        f"  https://network.org/{name}.fr.ics" for name in ("all", "housing", "migration")
    ]
    for output in ("-", "one.ics"):
        assert "one language" in export(home, "--lang", "all", "-o", output, code=2).err
    assert run("timeline", "--lang", "all", cwd=home).code == 2
    assert run("--lang", "all", "export-ics", cwd=home).code == 0


@pytest.mark.parametrize("alarm", ["7", "d", "7y", "7d@25:00", "2h@10:00", "-1d", "7d@9", ""])
def test_an_alarm_that_is_none_is_wrong_usage(home, alarm):
    done = export(home, f"--alarm={alarm}", code=2)
    assert "7d@18:00" in done.err

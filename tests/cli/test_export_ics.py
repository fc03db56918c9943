"""export-ics writes the requested feeds to the requested place, and none of a plan with errors."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from support.feeds import blocks, events, unsound
from support.plans import REAL, TODAY, process, run, write_plan
from support.rfc5545 import faults

PROGRAMME = """\
name: {fr: Vagues, en: Waves}
languages: [fr, en, es]
uid_domain: network.org
site: https://network.org/
regions: {africa: {name: Africa, countries: [CV]}}
"""
HOUSING = """\
title: {fr: Logement, en: Housing}
period: 2017-05/2018-12
was: [logement, habitat]
moments:
  - {id: forum, title: Forum, when: 2017-09, same_as: migration/forum}
  - {id: meeting, title: Meeting, when: 2017-11-02, kind: deadline}
  - {id: call, title: Call, when: unknown}
"""
MIGRATION = """\
title: Migration
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, when: 2017-09-14/2017-09-17, place: {country: CV}}
  - {id: talk, title: Talk, when: 2018-02/2018-07, status: cancelled}
"""
FINANCE = "title: Finance\nstatus: announced\n"
PLAN = {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION, "finance": FINANCE}
EVERY = ["forum.migration", "meeting.logement", "talk.migration"]
FILES = ["all.ics", "finance.ics", "habitat.ics", "housing.ics", "logement.ics", "migration.ics"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder that holds a plan."""
    write_plan(tmp_path, PLAN)
    return tmp_path


def export(home: Path, *arguments: str, code: int = 0):
    """Run export-ics beside the plan, and check how it ends."""
    done = run("export-ics", "--today", TODAY, *arguments, cwd=home)
    assert done.code == code, done.err
    assert unsound(home, *([done.raw] if done.raw.startswith(b"BEGIN") else [])) == {}
    return done


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def uids(data: bytes) -> list[str]:
    return [event["UID"].removesuffix("@network.org") for event in events(data)]


# -- where


def test_feeds_are_beside_the_plan(home):
    done = export(home, "--lang", "en")
    assert names(home / "feeds") == sorted([*FILES, *(name.replace(".ics", ".en.ics") for name in FILES)])
    done = export(home)
    assert done.out.splitlines() == [
        f"{Path('feeds', name)}  {count}"
        for name, count in [
            ("finance.ics", "0 entrées"),
            ("housing.ics", "2 entrées"),
            ("logement.ics", "2 entrées"),
            ("habitat.ics", "2 entrées"),
            ("migration.ics", "2 entrées"),
            ("all.ics", "3 entrées"),
        ]
    ]


def test_feeds_are_beside_the_plan_wherever_the_command_runs(home, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    export(elsewhere, "--waves", str(home / "waves"))
    assert names(home / "feeds") == FILES
    assert names(elsewhere) == []
    (home / "waves" / "deep").mkdir()
    export(home / "waves" / "deep", "finance")
    assert names(home / "waves" / "deep") == []


def test_folder(home):
    export(home, "-o", "public/calendars")
    assert names(home / "public" / "calendars") == FILES
    assert not (home / "feeds").exists()


@pytest.mark.parametrize("arguments", [(), ("--check",), ("-o", "feeds")])
def test_a_calendar_of_someone_else_is_not_replaced(home, arguments):
    (home / "feeds").mkdir()
    (home / "feeds" / "housing.ics").write_text("BEGIN:VCALENDAR\nPRODID:-//other//EN\nEND:VCALENDAR\n")
    before = (home / "feeds" / "housing.ics").read_bytes()
    done = run("export-ics", "--today", TODAY, *arguments, cwd=home)
    assert (done.code, "housing.ics" in done.err) == (1, True)
    assert (home / "feeds" / "housing.ics").read_bytes() == before
    assert names(home / "feeds") == ["housing.ics"]
    assert not (home / "waves" / "wavectl.lock").exists()


def test_one_file(home):
    done = export(home, "-o", "out/mine.ics")
    assert names(home / "out") == ["mine.ics"]
    data = (home / "out" / "mine.ics").read_bytes()
    assert faults(data) == []
    assert uids(data) == EVERY
    assert done.out == f"{Path('out', 'mine.ics')}  3 entrées\n"


def test_one_file_whatever_the_case_of_its_ending_and_wherever_it_is(home):
    (home / "waves" / "deep").mkdir()
    export(home / "waves" / "deep", "--waves", "..", "-o", "../../MINE.ICS")
    assert faults((home / "MINE.ICS").read_bytes()) == []
    assert names(home) == ["MINE.ICS", "waves"]


def test_no_place_at_all_is_wrong_usage(home):
    done = export(home, "-o", "", code=2)
    assert "-o demande le nom d'un fichier ou d'un dossier" in done.err
    assert (names(home), names(home / "waves")) == (["waves"], sorted(f"{name}.yaml" for name in PLAN))


@pytest.mark.parametrize("output", ["folder.ics", "file", "file/deeper", "locked"])
def test_an_unwritable_place_is_reported(home, output):
    (home / "folder.ics").mkdir()
    (home / "file").write_bytes(b"precious")
    (home / "locked").mkdir()
    for name in FILES:
        (home / "locked" / name).mkdir()  # no permission would stop root
    done = export(home, "-o", output, code=2)
    assert re.search(rf"impossible d'écrire {output}.* : ", done.err.replace("\\", "/"))
    assert "-o" in done.err
    assert (home / "file").read_bytes() == b"precious"
    assert names(home / "folder.ics") == []
    assert names(home / "locked") == FILES


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_reported(home):
    (home / "locked").mkdir(mode=0o555)
    assert "impossible d'écrire locked" in export(home, "-o", "locked", code=2).err


def test_standard_output_has_only_the_calendar(home):
    done = export(home, "-o", "-")
    assert faults(done.raw) == []
    export(home)
    assert done.raw == (home / "feeds" / "all.ics").read_bytes()
    assert names(home) == ["feeds", "waves"]


def test_standard_output_is_bytes_whatever_the_console(home):
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = process("export-ics", "--today", TODAY, "-o", "-", cwd=home, env=ascii_only)
    assert done.raw == export(home, "-o", "-").raw
    assert "ANNULÉ\xa0: Talk" in done.raw.decode()


# -- which


@pytest.mark.parametrize(
    ("requested", "written"),
    [
        (["migration"], ["migration.ics"]),
        (["migration", "finance"], ["finance.ics", "migration.ics"]),
        (["all"], ["all.ics"]),
        (["all", "migration"], ["all.ics", "migration.ics"]),
        (["housing"], ["habitat.ics", "housing.ics", "logement.ics"]),
    ],
)
def test_only_what_is_named_is_written(home, requested, written):
    export(home, *requested)
    assert names(home / "feeds") == written
    everything = export(home, "-o", "other")
    assert everything.code == 0
    for name in written:
        assert (home / "feeds" / name).read_bytes() == (home / "other" / name).read_bytes()


@pytest.mark.parametrize(
    ("requested", "uid", "shown"),
    [
        (["migration"], "migration@network.org", ["forum.migration", "talk.migration"]),
        (["housing", "migration"], "housing-migration@network.org", EVERY),
        (["housing", "migration", "finance"], "all@network.org", EVERY),
        (["all"], "all@network.org", EVERY),
    ],
)
def test_one_calendar_of_several_waves_has_a_tied_moment_once(home, requested, uid, shown):
    data = export(home, *requested, "-o", "-").raw
    assert f"\r\nUID:{uid}\r\n".encode() in data
    assert uids(data) == shown


def test_renamed_wave_goes_on_under_its_old_names(home):
    export(home)
    new, *old = [(home / "feeds" / f"{name}.ics").read_bytes() for name in ("housing", "logement", "habitat")]
    assert old == [new, new]
    assert uids(new) == ["forum.migration", "meeting.logement"]


@pytest.mark.parametrize("name", ["houses", "habitat", "programme", "", "../x"])
def test_unknown_feed_is_wrong_usage(home, name):
    done = export(home, name, code=2)
    assert name in done.err
    assert names(home) == ["waves"]


@pytest.mark.parametrize(
    "options",
    [["--fuzzy", "often"], ["--cancelled", "never"], ["--kind", "party"], ["--region", "asia"], ["--from", "soon"]],
)
def test_unknown_values_are_wrong_usage(home, options):
    done = export(home, *options, code=2)
    assert options[1] in done.err
    assert names(home) == ["waves"]


# -- languages


def test_languages(home):
    export(home, "migration", "housing")
    for lang in ("fr", "en", "es", "de"):
        export(home, "migration", "--lang", lang)
    assert names(home / "feeds") == sorted(
        ["habitat.ics", "housing.ics", "logement.ics", *(f"migration{lang}.ics" for lang in ("", ".en", ".es", ".de"))]
    )
    french, spanish = [(home / "feeds" / f"migration{lang}.ics").read_bytes() for lang in ("", ".es")]
    assert "ANNULÉ\xa0: Talk" in french.decode()
    assert "CANCELADO: Talk" in spanish.decode()
    assert uids(french) == uids(spanish)
    assert b"\r\nSOURCE;VALUE=URI:https://network.org/migration.ics\r\n" in french
    assert b"\r\nSOURCE;VALUE=URI:https://network.org/migration.es.ics\r\n" in spanish


def test_language_of_the_programme_adds_nothing_to_the_name(home):
    export(home, "finance", "--lang", "fr")
    assert names(home / "feeds") == ["finance.ics"]


# -- what they hold


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--kind", "deadline"], ["meeting.logement"]),
        (["--country", "CV"], ["forum.migration"]),
        (["--region", "africa"], ["forum.migration"]),
        (["--status", "cancelled"], ["talk.migration"]),
        (["--from", "2017-10", "--to", "2017-12"], ["meeting.logement"]),
        (["--upcoming"], EVERY),
        (["--fuzzy", "omit"], ["forum.migration", "meeting.logement"]),
        (["--cancelled", "omit"], ["forum.migration", "meeting.logement"]),
    ],
)
def test_filters_keep_entries_as_they_are(home, options, shown):
    whole = {event["UID"]: event for event in events(export(home, "-o", "-").raw)}
    part = export(home, *options, "-o", "-").raw
    assert faults(part) == []
    assert uids(part) == shown
    assert all(whole[event["UID"]] == event for event in events(part))


def test_a_filtered_calendar_does_not_pass_for_the_published_one(home):
    assert b"\r\nSOURCE" in export(home, "-o", "-").raw
    for options in (["--kind", "deadline"], ["housing", "finance"], ["--upcoming"]):
        assert b"\r\nSOURCE" not in export(home, *options, "-o", "-").raw


def test_how_dates_and_cancelled_moments_are_written(home):
    (window,) = blocks(export(home, "migration", "--fuzzy", "span", "--cancelled", "status", "-o", "-").raw, "VEVENT")[
        1:
    ]
    assert "DTEND;VALUE=DATE:20180801" in window
    assert "STATUS:CANCELLED" in window


def test_left_out_entries_are_reported(home):
    assert "1 (housing/call)" in export(home).err
    omitted = export(home, "--fuzzy", "omit").err.splitlines()
    assert [line.rpartition(": ")[2] for line in omitted] == ["1 (housing/call)", "1 (migration/talk)"]
    assert "migration/talk" not in export(home, "--cancelled", "omit").err
    assert export(home, "migration").err == ""


def test_a_missing_domain_is_reported(home):
    assert "domain" not in export(home, "finance").err
    (home / "waves" / "programme.yaml").unlink()
    (home / "waves" / "wavectl.lock").unlink()
    assert "--domain" in export(home, "finance", "-o", "out").err
    assert b"UID:finance@wavectl.invalid" in (home / "out" / "finance.ics").read_bytes()


# -- errors

BROKEN = "title: Broken\nstatus: announced\nhastags: []\n"


@pytest.mark.parametrize(
    ("files", "requested"),
    [
        ({"finance": BROKEN}, ["finance"]),
        ({"finance": BROKEN}, []),
        ({"finance": BROKEN}, ["all"]),
        ({"programme": PROGRAMME + "hastags: []\n"}, ["finance"]),
        ({"migration": MIGRATION + "hastags: []\n"}, ["housing"]),
        ({"housing": HOUSING + "hastags: []\n"}, ["migration"]),
        ({"finance": "title: [\n"}, ["finance"]),
    ],
)
@pytest.mark.parametrize("output", [[], ["-o", "-"], ["-o", "x.ics"]])
def test_errors_are_refused(home, files, requested, output):
    write_plan(home, files)
    done = export(home, *requested, *output, code=1)
    assert "hastags" in done.err or "yaml-syntax" in done.err
    assert f"{Path('waves', next(iter(files)))}.yaml:" in done.err
    assert done.raw == b""
    assert names(home) == ["waves"]


def test_errors_elsewhere_do_not_matter(home):
    write_plan(home, {"finance": BROKEN, "other": "title: [\n"})
    done = export(home, "housing", "migration")
    assert "hastags" not in done.err
    assert names(home / "feeds") == ["habitat.ics", "housing.ics", "logement.ics", "migration.ics"]


def test_warnings_do_not_matter(home):
    assert run("validate", "--strict", cwd=home).code == 1
    export(home)


@pytest.mark.parametrize("output", ["taken", "taken/deeper", "taken/one.ics", "folder.ics"])
def test_an_unwritable_output_place_is_reported(home, output):
    (home / "taken").write_bytes(b"")
    (home / "folder.ics").mkdir()
    done = export(home, "finance", "-o", output, code=2)
    assert Path(output).name in done.err
    assert "-o" in done.err
    assert (home / "taken").read_bytes() == b""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_without_permission_is_reported(home):
    (home / "closed").mkdir(mode=0o555)
    assert "closed" in export(home, "-o", "closed", code=2).err


def test_full_disk_leaves_the_old_file(home, monkeypatch):
    export(home, "finance")
    before = (home / "feeds" / "finance.ics").read_bytes()
    write_plan(home, {"finance": FINANCE.replace("Finance", "Money")})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert "le disque est plein" in export(home, "finance", code=2).err
    assert names(home / "feeds") == ["finance.ics"]
    assert (home / "feeds" / "finance.ics").read_bytes() == before


# -- again


def test_second_export_touches_no_file(home):
    export(home)
    for file in (home / "feeds").iterdir():
        os.utime(file, ns=(10**18, 10**18))
    before = {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in (home / "feeds").iterdir()}
    done = export(home)
    assert {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in (home / "feeds").iterdir()} == before
    assert len(done.out.splitlines()) == len(FILES)


def test_today_is_the_stamp(home):
    data = run("export-ics", "--today", "2018-01-02", "-o", "-", cwd=home).raw
    assert {event["DTSTAMP"] for event in events(data)} == {"20180102T000000Z"}
    epoch = run("export-ics", "-o", "-", cwd=home, env={"SOURCE_DATE_EPOCH": "1514851200"}).raw
    assert epoch == data


def test_real_waves(tmp_path):
    done = export(tmp_path, "--waves", str(REAL), "-o", "out", "--locked")
    assert done.err == ""
    feeds = ("all", "firm", "housing", "local-finance", "migration")
    assert names(tmp_path / "out") == [f"{feed}{end}.ics" for feed in feeds for end in (".en", ".es", "")]


def test_a_feed_is_named_by_the_title_of_its_wave_or_its_name(tmp_path: Path) -> None:
    feeds = "feeds: {sure: {fuzzy: omit, name: {fr: Dates sûres, en: Firm dates}}}\n"
    write_plan(tmp_path, {**PLAN, "programme": PROGRAMME + feeds})
    for name, id_ in (("Logement", "housing"), ("HOUSING", "housing"), ("dates sures", "sure"), ("all", "all")):
        named, by_id = (run("export-ics", one, "-o", "-", "--today", TODAY, cwd=tmp_path) for one in (name, id_))
        assert (named.code, named.out) == (0, by_id.out)
    assert " means " in run("export-ics", "Logements", "-o", "-", "--today", TODAY, "--lang", "en", cwd=tmp_path).err
    unknown = run("export-ics", "Jardins", "-o", "-", "--today", TODAY, "--lang", "en", cwd=tmp_path)
    assert (unknown.code, unknown.out) == (2, "")
    assert "choose from finance, housing, migration, all, sure" in unknown.err

"""The filters of timeline and feeds, as options."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, TODAY, run, timeline_entries, write_plan


def ids(*arguments: str) -> list[str]:
    """Return the moments that are kept of the real waves."""
    return [entry["id"] for entry in timeline_entries(*arguments)]


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["--country", "KR"], ["gwangju-forum"]),
        (["--country", "Republic of Korea"], ["gwangju-forum"]),
        (["--country", "kor"], ["gwangju-forum"]),
        (["--country", "Corea del Sur", "--country", "Cap-Vert"], ["gwangju-forum", "local-development-forum"]),
        (["--country", "KR", "--country", "CV"], ["gwangju-forum", "local-development-forum"]),
        (["--region", "asia-pacific"], ["gwangju-forum"]),
        (["--kind", "observance"], ["human-rights-day", "human-rights-day"]),
        (["--status", "cancelled"], []),
        (["--priority", "learning"], []),
        (["--from", "2018-10"], ["compact-conference", "human-rights-day"]),
        (["--from", "2018-07-31", "--to", "2018-10-01"], ["compact-zero-draft", "hlpf-2018", "compact-conference"]),
        (["--to", "2017-09-13"], ["compact-vienna", "un-general-assembly"]),
        (["--from", "2017-09-17", "--to", "2017-09-17", "housing"], ["gwangju-forum"]),
        (["--from", "2018-35", "--to", "2018-09"], ["compact-zero-draft", "hlpf-2018"]),
        (["--actor", "hic", "--country", "CH"], ["rapporteur-report"]),  # of housing's actors, named by no moment
        (["--actor", "hic", "--kind", "observance", "--from", "2018"], ["human-rights-day"]),
        (
            ["--upcoming", "--today", "2018-07-31"],
            ["compact-zero-draft", "hlpf-2018", "compact-conference", "human-rights-day"],
        ),
        (["--from", "octobre 2018"], ["compact-conference", "human-rights-day"]),
        (["--from", "today", "--today", "1 October 2018"], ["compact-conference", "human-rights-day"]),
        (["--from", "Aujourd’hui", "--today", "1 de octubre de 2018"], ["compact-conference", "human-rights-day"]),
        (["--from", "octubre", "--to", "2018", "--today", "2018-06-01"], ["compact-conference", "human-rights-day"]),
        (["--to", "el 13 de septiembre de 2017"], ["compact-vienna", "un-general-assembly"]),
        (["--upcoming", "--today", "2018-08-01"], ["compact-conference", "human-rights-day"]),
    ],
)
def test_filters_keep_the_matching_entries(arguments: list[str], kept: list[str]) -> None:
    assert ids(*arguments) == kept


@pytest.mark.parametrize(
    ("option", "value", "cure"),
    [
        ("--status", "cancelld", "did you mean cancelled?"),
        ("--kind", "events", "did you mean event?"),
        ("--priority", "advocasy", "did you mean advocacy?"),
        ("--actor", "nobody-at-all", ""),
        ("--country", "Nowhere", ""),
        ("--country", "Korea", "write KR for South Korea, KP for North Korea"),
        ("--country", "Congo", "write CG for Congo - Brazzaville, CD for Congo - Kinshasa"),
        ("--region", "europp", "did you mean europe?"),
        ("--from", "2017-13", "months go from 01 to 12"),
        ("--to", "", ""),
        ("--to", "tomorrow", "write it in words, such as"),
        ("--from", "5 Febuary 2018", "did you mean February?"),
        ("--from", "unknown", "write 2017-06-01, 2017-06 or 2017"),
    ],
)
@pytest.mark.parametrize("command", ["timeline", "export-ics"])
def test_a_value_that_there_is_not_is_refused(option: str, value: str, cure: str, command: str) -> None:
    outcome = run(command, option, value, "--lang", "en")
    assert (outcome.code, outcome.out) == (2, "")
    assert {"--priority": "no strategic priority", "--actor": "no actor", "--region": "no region"}.get(
        option, option
    ) in outcome.err
    assert cure in outcome.err


@pytest.mark.parametrize("command", ["timeline", "export-ics", "status"])
@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2018-09", "2018-01", 2),
        ("2018-01-02", "2018-01-01", 2),
        ("2019", "2018-12-31", 2),
        ("2018-36", "2018-35", 2),
        ("2018-01-01", "2018-01-01", 0),
        ("2018-06", "2018", 0),  # it ends with December
    ],
)
def test_a_range_of_dates_that_ends_before_it_begins_is_refused(
    first: str, last: str, code: int, command: str, tmp_path: Path
) -> None:
    target = ["-o", str(tmp_path / "feed.ics"), "housing"] if command == "export-ics" else []
    outcome = run(command, *target, "--from", first, "--to", last, "--lang", "en")
    assert outcome.code == code
    if code:
        assert (outcome.out, list(tmp_path.iterdir())) == ("", [])


def test_an_assumed_part_of_a_date_in_words_gets_a_note() -> None:
    assert "2018" in run("timeline", "--from", "octobre", "--today", "2018-06-01", "--lang", "en").err
    assert run("timeline", "--from", "octobre 2018", "--today", "2018-06-01", "--lang", "en").err == ""


def test_a_range_without_years_is_the_next_one() -> None:
    arguments = ("--from", "janvier", "--to", "mars", "--today", "2017-11-29")
    days = [entry["earliest"] for entry in timeline_entries(*arguments)]
    assert days
    assert all("2017-11" < day <= "2018-03-31" for day in days)


def test_today_is_a_single_day() -> None:
    assert run("timeline", "--today", "octobre 2018").code == 2


NAMED = (
    SOUND
    + """\
moments:
  - {id: a, title: A, when: 2017-09, place: {country: BR}, priorities: [advocacy], actors: [lima], regions: [africa]}
  - {id: b, title: Day, when: 2017-10, status: cancelled, kind: deadline}
"""
)
NAMES = """\
priorities: {advocacy: {en: Advocacy, fr: Plaidoyer}}
regions: {africa: {name: {en: Africa, fr: Afrique}}}
actors: {lima: {name: {en: City of Lima, fr: Ville de Lima}, short: Lima, kind: member}}
"""


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (("--country", "Brésil"), ["a"]),
        (("--status", "annulé"), ["b"]),
        (("--status", "cancelado"), ["b"]),
        (("--kind", "échéance"), ["b"]),
        (("--priority", "Plaidoyer"), ["a"]),
        (("--region", "afrique"), ["a"]),
        (("--actor", "Ville de Lima", "--status", "confirmé"), ["a"]),
        (("--actor", "lima", "--status", "confirmed"), ["a"]),
    ],
)
def test_a_filter_takes_names(tmp_path: Path, filters: tuple[str, ...], ids: list[str]) -> None:
    write_plan(tmp_path, {"programme": NAMES, "housing": NAMED})
    assert [one["id"] for one in timeline_entries(*filters, "--today", TODAY, cwd=tmp_path)] == ids


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("plaidoyer", "--priority advocacy"),
        ("Afrique", "--region africa"),
        ("Ville de Lima", "--actor lima"),
        ("Brésil", "--country BR"),
        ("annulé", "--status cancelled"),
        ("échéance", "--kind deadline"),
    ],
)
def test_a_word_that_is_no_wave_gets_the_filter_that_takes_it(tmp_path: Path, word: str, hint: str) -> None:
    write_plan(tmp_path, {"programme": NAMES, "housing": NAMED})
    done = run("timeline", word, "--today", TODAY, cwd=tmp_path)
    assert done.code == 2
    assert f"wavectl timeline {hint}" in done.err


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_a_command_of_a_group_is_suggested(lang: str) -> None:
    assert "wavectl moment cancel" in run("cancel", "x", "--lang", lang).err
    assert "wavectl moment move" in run("move", "--lang", lang).err
    assert run("help", "--lang", lang).out == run("--help", "--lang", lang).out == run("-h", "--lang", lang).out
    assert run("help", "moment", "move", "--lang", lang).out == run("moment", "move", "-h", "--lang", lang).out != ""


def test_a_whole_word_beats_the_beginning_of_one(tmp_path: Path) -> None:
    titles = ("Village fair", "A villa meeting")
    moments = "".join(f"  - {{id: m{n}, title: {title}, when: 2017-09}}\n" for n, title in enumerate(titles))
    write_plan(tmp_path, {"housing": SOUND + f"moments:\n{moments}"})
    assert "A villa meeting" in run("moment", "show", "villa", "--today", TODAY, cwd=tmp_path).out


def test_a_cancellation_is_confirmed_if_other_titles_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = "  - {id: forum, title: World Forum, when: 2017-09}\n  - {id: city, title: City Forum, when: 2017-10}\n"
    folder = write_plan(tmp_path, {"housing": SOUND + f"moments:\n{moments}"})
    before = (folder / "housing.yaml").read_bytes()
    for module in ("moment.change", "apply_changes"):
        monkeypatch.setattr(f"wavectl.cli.{module}.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda *_: "n")
    done = run("moment", "cancel", "forum", "--today", TODAY, cwd=tmp_path)
    assert "City Forum (housing/city)" in done.err
    assert (folder / "housing.yaml").read_bytes() == before
    exact = run("moment", "cancel", "housing/forum", "--today", TODAY, "-y", cwd=tmp_path)
    assert (exact.code, "City Forum" in exact.err) == (0, False)

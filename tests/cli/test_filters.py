"""The filters of timeline and feeds, as options."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import run, timeline_entries


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
        ("--status", "canceled", "did you mean cancelled?"),
        ("--kind", "events", "did you mean event?"),
        ("--priority", "advocasy", "did you mean advocacy?"),
        ("--actor", "nobody-at-all", ""),
        ("--country", "Nowhere", ""),
        ("--country", "Korea", "write KR for South Korea, KP for North Korea"),
        ("--country", "Congo", "write CG for Congo - Brazzaville, CD for Congo - Kinshasa"),
        ("--region", "europa", "did you mean europe?"),
        ("--from", "2017-13", "months go from 01 to 12"),
        ("--to", "", ""),
        ("--to", "tomorrow", "write the day, the month or the year"),
        ("--from", "5 Febuary 2018", "did you mean February?"),
        ("--from", "unknown", "write 2017-06-01, 2017-06 or 2017"),
    ],
)
@pytest.mark.parametrize("command", ["timeline", "export-ics"])
def test_a_value_that_there_is_not_is_refused(option: str, value: str, cure: str, command: str) -> None:
    outcome = run(command, option, value, "--lang", "en")
    assert (outcome.code, outcome.out) == (2, "")
    assert option in outcome.err
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


def test_today_is_a_single_day() -> None:
    assert run("timeline", "--today", "octobre 2018").code == 2

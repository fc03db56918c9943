"""Which two moments collide, which ones meet, and that a clash has at most one if in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.convergence import clashes, meetings, met, wave

UN = "actors: [un]"


def two(
    home: Path, one: str, other: str, *, own: str = "[]", theirs: str = "[]", within: int = 7
) -> tuple[list[str], list[str]]:
    """Return the clashes and the meetings of two moments of two waves."""
    one, other = (moment.replace("UN", "actors: [un]") for moment in (one, other))
    waves = {"a": wave(f"m | {one}", actors=own), "b": wave(f"n | {other}", actors=theirs)}
    found = met(home, waves, within=within)
    totals = found.totals
    assert len(found.clashes) == totals.clashes
    assert len(found.meetings) == totals.meetings - totals.actors
    return clashes(found), meetings(found)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        # both exact, both name the UN
        ("2017-09-14/2017-09-17 | Gwangju | UN", "2017-09-12/2017-09-25 | New York | UN", "certain"),
        ("2017-09-14 | | UN", "2017-09-14T15:00 | | actors: [un, city]", "certain"),
        ("2017-09-14 | Gwangju | UN", "2017-09-15 | New York | UN", ""),
        ("2017-09-14 | Gwangju | UN", "2017-09-14 | New York | actors: [city]", ""),
        ("2017-01-01/2018-12-31 | Gwangju | UN", "2017-09-14 | New York | UN", "certain"),
        # one after the other on one day: whether there is time to get there
        ("2017-09-14T09:00/2017-09-14T10:00 | X | UN", "2017-09-14T15:00 | Y | UN", "hours"),
        ("2017-09-14T09:00/2017-09-14T10:00 | X | UN", "2017-09-14T09:30 | Y | UN", "certain"),
        ("2017-09-14T09:00 | X | UN", "2017-09-14T15:00/2017-09-14T16:00 | Y | UN", "certain"),  # until when?
        ("2017-09-14T15:00/2017-09-14T16:00 | X | UN", "2017-09-14T07:00Z/2017-09-14T09:00Z | Y | UN", "hours"),
        ("2017-09-14T09:00/2017-09-14T10:00 | X | UN, status: tentative", "2017-09-14T15:00 | Y | UN", ""),
        # the same town: there they meet
        ("2017-09-14 | Barcelone | UN", "2017-09-14 | Barcelona | UN", ""),
        ("2017-09-14 | {name: London, country: CA} | UN", "2017-09-14 | {name: London, country: GB} | UN", "certain"),
        ("2017-09-14 | {country: MX} | UN", "2017-09-14 | {country: MX} | UN", "certain"),
        # vague or tentative: the dates are open
        ("2017-09 | Gwangju | UN", "2017-09-14 | New York | UN", "dates"),
        ("2017-09 | Gwangju | UN", "2017-09 | New York | UN", "dates"),
        ("2017-09-14? | Gwangju | UN", "2017-09-14 | New York | UN", "dates"),
        ("2017-09-14 | Gwangju | UN, status: tentative", "2017-09-14 | New York | UN", "dates"),
        # a choice of days is on one of them, never between them
        ("[2017-09-14,2017-11-20] | Gwangju | UN", "2017-11-20 | New York | UN", "dates"),
        ("[2017-09-14,2017-11-20] | Gwangju | UN", "2017-11 | New York | UN", "dates"),
        ("[2017-09-14,2017-09-20] | Gwangju | UN", "2017-09-15/2017-09-19 | New York | UN", ""),
        ("[2017-09-14,2017-09-20] | Gwangju | UN", "[2017-09-16,2017-09-20] | New York | UN", "dates"),
        ("[2017-09-14,2017-09-20] | Gwangju | UN", "[2017-09-16,2017-09-21] | New York | UN", ""),
        ("../2017-09-20 | Gwangju | UN", "2017-09-20 | New York | UN", "dates"),
        ("../2017-09-20 | Gwangju | UN", "2017-09-19 | New York | UN", ""),
        ("2017-33 | Gwangju | UN", "2017-02-14 | New York | UN", ""),  # a quarter says too little
        ("2017 | Gwangju | UN", "2017-09 | New York | UN", ""),
        ("2017-08 | Gwangju | UN", "2017-09 | New York | UN", ""),
        ("2017-07-01/2017-08-31 | Gwangju | UN, status: tentative", "2017-08-02 | New York | UN", ""),
        # what will not happen, or not then, or needs no travel
        ("2017-09-14 | Gwangju | UN, status: cancelled", "2017-09-14 | New York | UN", ""),
        ("2017-09-14 | Gwangju | UN, status: postponed", "2017-09-14 | New York | UN", ""),
        ("unknown | Gwangju | UN", "2017-09-14 | New York | UN", ""),
        ("2017-09-14 | Gwangju | UN, kind: observance", "2017-09-14 | New York | UN", ""),
        ("2017-09-14 | Gwangju | UN, kind: publication", "2017-09-14 | New York | UN", ""),
        ("2017-09-14 | Gwangju | UN, kind: deadline", "2017-09-14 | New York | UN", ""),
        ("2017-09-14 | {online: true} | UN", "2017-09-14 | New York | UN", ""),
        ("2017-09-14 | {scope: worldwide} | UN", "2017-09-14 | New York | UN", ""),
    ],
)  # fmt: skip
def test_moments_that_name_the_same_actor(one: str, other: str, clash: str, tmp_path: Path) -> None:
    assert [text.partition(":")[0] for text in two(tmp_path, one, other)[0]] == ([clash] if clash else [])


NEW_YORK = ("2017-11-12T20:00/2017-11-12T22:00", "America/New_York")  # in Paris on 13 November, 02:00-04:00


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        # the same instants on other local days
        (NEW_YORK, ("2017-11-13T02:30/2017-11-13T03:00", "Europe/Paris"), "certain: 2017-11-13"),
        (("2017-11-13T02:30/2017-11-13T03:00", "Europe/Paris"), NEW_YORK, "certain: 2017-11-13"),
        (("2017-11-12T23:30", "Pacific/Niue"), ("2017-11-14T00:30", "Pacific/Kiritimati"), "certain: 2017-11-14"),
        # other instants on a day that both touch in one of the zones
        (
            ("2017-11-13T09:00/2017-11-13T10:00", "Asia/Seoul"),
            ("2017-11-13T09:00", "Europe/Paris"),
            "hours: 2017-11-13",
        ),
        (NEW_YORK, ("2017-11-13T15:00/2017-11-13T16:00", "Europe/Paris"), "hours: 2017-11-13"),
        # a whole day, and the days that a time touches in its zone and in that of the day
        (NEW_YORK, ("2017-11-13", "Europe/Paris"), "certain: 2017-11-13"),
        (NEW_YORK, ("2017-11-12", "Europe/Paris"), "certain: 2017-11-12"),
        (NEW_YORK, ("2017-11-14", "Europe/Paris"), ""),
        # one local day, but more than a day apart
        (("2017-11-12T23:00", "America/New_York"), ("2017-11-12T00:30/2017-11-12T01:00", "Europe/Paris"), ""),
    ],
)
@pytest.mark.parametrize("same_wave", [False, True])
def test_clashes_compare_instants_then_days(
    one: tuple[str, str], other: tuple[str, str], clash: str, same_wave: bool, tmp_path: Path
) -> None:
    m, n = (
        f"{name} | {when} | {zone} | actors: [un], timezone: {zone}"
        for name, (when, zone) in (("m", one), ("n", other))
    )
    waves = {"a": wave(m, n)} if same_wave else {"a": wave(m), "b": wave(n)}
    found = [f"{clash.condition}: {clash.first}" for clash in met(tmp_path, waves).clashes]
    assert found == ([clash] if clash.startswith("certain") or (clash and not same_wave) else [])


def test_moments_of_other_zones_meet_on_the_same_days(tmp_path: Path) -> None:
    night = "2017-11-12T20:00/2017-11-12T22:00 | | timezone: America/New_York"
    found = met(
        tmp_path, {"a": wave(f"m | {night}"), "b": wave("n | 2017-11-13T02:30 | | timezone: Europe/Paris")}, within=0
    )
    assert meetings(found) == ["days: a/m + b/n"]
    assert found.meetings[0].days_apart == 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # a moment without actors may need those of its wave
        ("2017-09-14 | Gwangju", "2017-09-14 | New York", ["people: a/m + b/n (un, sections=africa)"]),
        ("2017-09-14 | Gwangju | UN", "2017-09-14 | New York", ["people: a/m + b/n (un)"]),
        ("2017-09-14 | Gwangju | actors: [city]", "2017-09-14 | New York", []),
        ("2017-09-14 | Gwangju", "2017-09-14 | New York | actors: [africa]", ["people: a/m + b/n (sections=africa)"]),
        # a collective and a part of it, both named: another part may go
        ("2017-09-14 || actors: [sections]", "2017-09-14 || actors: [africa]", ["people: a/m + b/n (sections=africa)"]),
        # an actor that a wave is not sure of
        ("2017-09-14 | X | actors: [europe]", "2017-09-14 | Y | actors: [europe]", ["people: a/m + b/n (europe)"]),
        ("2017-07-01/2017-08-31 | X | actors: [europe]", "2017-08-02 | Y | actors: [europe]", []),
        # two ifs: who, and when
        ("2017-09 | Gwangju", "2017-09-14 | New York", []),
        ("2017-09-14 | Gwangju | status: tentative", "2017-09-14 | New York", []),
        ("2017-09 | X | actors: [sections]", "2017-09-14 | Y | actors: [africa]", []),
        ("2017-09 | X | actors: [europe]", "2017-09-14 | Y | actors: [europe]", []),
        ("2017-09-14T09:00/2017-09-14T10:00 | X", "2017-09-14T15:00 | Y", []),  # who, and whether there is time
        ("2017-09-14T09:00/2017-09-14T10:00 | X | actors: [sections]", "2017-09-14T15:00 | Y | actors: [africa]", []),
        ("2017-09-14 | Gwangju | kind: observance", "2017-09-14 | New York", []),
        ("2017-09-14 | {online: true}", "2017-09-14 | New York", []),
        ("2017-09-14 | Gwangju", "2017-09-14 | Gwangju", []),
        ("2017-07-01/2018-08-31 | Gwangju", "2017-09-14 | New York", []),  # no actors stay for all of it
    ],
)  # fmt: skip
def test_moments_that_may_ask_the_same_actors(one: str, other: str, expected: list[str], tmp_path: Path) -> None:
    own, theirs = "[un, sections, {id: europe, confirmed: false}]", "[un, africa]"
    assert two(tmp_path, one, other, own=own, theirs=theirs)[0] == expected


@pytest.mark.parametrize(
    ("one", "other", "meeting"),
    [
        ("2017-09-14 | Barcelone", "2017-09-21 | Barcelona", "place: a/m + b/n"),
        ("2017-09-14 | Barcelone", "2017-09-22 | Barcelona", ""),
        ("2017-09 | Barcelone", "2017-09-21 | Barcelona", "~place: a/m + b/n"),
        ("2017-09 | Barcelone", "2017-09 | Barcelona", "~place: a/m + b/n"),
        ("2017-09 | Barcelone", "2017-10-01 | Barcelona", ""),  # a vague date has to overlap
        ("[2017-09-14,2017-12-20] | Barcelone", "2017-12-20 | Barcelona", "~place: a/m + b/n"),
        ("[2017-09-14,2017-12-20] | Barcelone", "2017-10-01 | Barcelona", ""),
        ("2017-33 | Barcelone", "2017-02-14 | Barcelona", ""),
        ("2017-09-14 | {name: London, country: CA}", "2017-09-14 | {name: London, country: GB}", "days: a/m + b/n"),
        ("2017-09-14 | Barcelona", "2017-09-16 | Barcelona | kind: observance", "days: a/m + b/n"),
        ("2017-09-14 | Barcelona", "2017-09-21 | Geneva", "days: a/m + b/n"),
        ("2017-09-14 |", "2017-09-14 |", "days: a/m + b/n"),
        ("2017-09-14 | Barcelona", "2017-09-22 | Geneva", ""),
        ("2017-09 | Barcelona", "2017-09-21 | Geneva", ""),  # somewhere in a month is not the same days
        ("2017-09-14 | Barcelona", "2017-09-14 | Geneva | kind: publication", "days: a/m + b/n"),
        ("2017-09-14 | Barcelona", "2017-09-14 | Geneva | kind: deadline", ""),
        ("2017-09-14 | Barcelona", "2017-09-14 | Barcelona | status: cancelled", ""),
        ("2017-09-14 | Barcelona", "2017-09-14 | Barcelona | status: tentative", "place: a/m + b/n"),
        ("2017-09-14 | Barcelona", "2017-09-14 | {name: Barcelona, online: true}", "place: a/m + b/n"),
    ],
)
def test_moments_that_meet(one: str, other: str, meeting: str, tmp_path: Path) -> None:
    assert two(tmp_path, one, other)[1] == ([meeting] if meeting else [])


def test_the_window_can_be_wider_or_none(tmp_path: Path) -> None:
    one, other = "2017-09-14 | Barcelona", "2017-09-22 | Barcelona"
    assert two(tmp_path, one, other, within=8)[1] == ["place: a/m + b/n"]
    assert two(tmp_path, one, "2017-09-15 | Barcelona", within=0)[1] == []


def test_a_clash_inside_one_wave_counts_only_if_it_is_certain(tmp_path: Path) -> None:
    both = ("m | 2017-09-14 | X | actors: [un]", "n | 2017-09-14 | Y | actors: [un]")
    found = met(tmp_path / "named", {"a": wave(*both), "b": wave()})
    assert clashes(found) == ["certain: a/m + a/n (un)"]
    assert {pair: counts.certain for pair, counts in found.pairs.items()} == {("a", "a"): 1}
    vague = wave("m | 2017-09 | X | actors: [un]", "n | 2017-09-14 | Y | actors: [un]")
    assert clashes(met(tmp_path / "vague", {"a": vague, "b": wave()})) == []
    day = ("m | 2017-09-14T09:00/2017-09-14T10:00 | X | actors: [un]", "n | 2017-09-14T15:00 | Y | actors: [un]")
    assert clashes(met(tmp_path / "hours", {"a": wave(*day), "b": wave()})) == []
    one_wave = wave("m | 2017-09-14 | X", "n | 2017-09-14 | Y", actors="[un]")
    found = met(tmp_path / "one", {"a": one_wave, "b": wave()})
    assert (clashes(found), meetings(found)) == ([], [])


def test_what_is_tied_or_likely_one_neither_collides_nor_meets_otherwise(tmp_path: Path) -> None:
    tied = {
        "a": wave("m | 2017-09-14 | X | actors: [un]"),
        "b": wave("n | 2017-09-14 | X | actors: [un], same_as: a/m"),
    }
    found = met(tmp_path / "tied", tied)
    assert (meetings(found), clashes(found)) == (["moment: a/m"], [])
    forum = "forum | 2017-09%s | {country: KR} | actors: [un]"
    alike = {"a": wave(forum % "-14"), "b": wave(forum % "")}
    found = met(tmp_path / "alike", alike)
    assert (meetings(found), clashes(found)) == (["~likely: b/forum + a/forum"], [])
    waived = {**alike, "b": alike["b"] + "waive: {likely-same-moment forum: two forums}\n"}
    found = met(tmp_path / "waived", waived)
    assert (meetings(found), clashes(found)) == ([], ["dates: b/forum + a/forum (un)"])


@pytest.mark.parametrize(
    ("actor", "expected"), [("un", "certain: b/n + c/o (un)"), ("{id: un, confirmed: false}", "people: b/n + c/o (un)")]
)
def test_a_moment_asks_those_that_a_wave_it_is_tied_to_names(actor: str, expected: str, tmp_path: Path) -> None:
    """That wave need not be selected: it is the same moment."""
    waves = {
        "a": wave("m | 2017-09-14 | X | actors: [un]", actors=f"[{actor}]"),
        "b": wave("n | 2017-09-14 | X | same_as: a/m"),
        "c": wave("o | 2017-09-14 | Y | actors: [un]"),
    }
    assert clashes(met(tmp_path, waves, "b", "c")) == [expected]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2017-09-14 | X", "2017-09-21 | X", 7),
        ("2017-09-14 | X", "2017-09-15/2017-09-16 | x", 1),
        ("2017-09-14 | X", "2017-09 | X", 0),
        ("2017-09-14 | X", "2017-09-22 | X", None),  # too far apart
        ("2017-09-14 | X", "2017-10 | X", None),
        ("2017-09-14 | X", "2017-09-15 | Y", None),
        ("2017-09-14 | X", "2017-09-15 | X | kind: deadline", None),
        ("2017-09-14 | X", "2017-09-15 | X | status: cancelled", None),
    ],
)
def test_moments_of_one_wave_in_one_town(one: str, other: str, days: int | None, tmp_path: Path) -> None:
    plan = {"a": wave(f"m | {one}", f"n | {other}"), "b": wave()}
    found = [meeting for meeting in met(tmp_path, plan).meetings if meeting.kind == "inside"]
    assert [(meeting.waves, meeting.days_apart) for meeting in found] == ([] if days is None else [(("a",), days)])
    assert met(tmp_path / "focus", plan, "b").meetings == ()


def test_moments_that_are_likely_one_in_one_wave_are_no_meeting(tmp_path: Path) -> None:
    twice = wave("forum | 2017-09-14 | X", "forum-x | 2017-09-14 | X")
    assert meetings(met(tmp_path / "likely", {"a": twice, "b": wave()})) == []
    waived = twice + "waive: {likely-same-moment forum-x: two forums}\n"
    assert meetings(met(tmp_path / "waived", {"a": waived, "b": wave()})) == ["inside: a/forum + a/forum-x"]


def test_moments_that_repeat_meet_once_and_often(tmp_path: Path) -> None:
    weekly = "2017-09-04 | X | actors: [un], repeat: FREQ=WEEKLY"
    found = met(tmp_path, {"a": wave(f"m | {weekly}"), "b": wave("n | 2017-09-11/2017-09-18 | Y | actors: [un]")})
    assert clashes(found) == ["certain: a/m + b/n (un)"]
    assert [(one.first.day, one.times) for one in found.clashes] == [(11, 2)]
    assert meetings(found) == []
    yearly = "2017-12-10 | | kind: observance, repeat: yearly"
    found = met(tmp_path, {"a": wave(f"m | {yearly}"), "b": wave(f"n | {yearly}, same_as: a/m")})
    assert [(one.kind, one.times) for one in found.meetings] == [("moment", 2)]


def test_moments_that_repeat_and_collide_once_do_not_meet_otherwise(tmp_path: Path) -> None:
    weekly = wave("m | 2017-09-04 | X | repeat: FREQ=WEEKLY", actors="[un]")
    found = met(tmp_path, {"a": weekly, "b": wave("n | 2017-09-11 | Y", actors="[un]")})
    assert (clashes(found), meetings(found)) == (["people: a/m + b/n (un)"], [])


def test_a_moment_does_not_meet_itself_when_it_repeats(tmp_path: Path) -> None:
    weekly = "2017-09-04 | X | repeat: FREQ=WEEKLY"
    found = met(tmp_path, {"a": wave(f"m | {weekly}"), "b": wave(f"n | {weekly}, same_as: a/m")})
    assert meetings(found) == ["moment: a/m"]


def test_the_most_certain_time_and_the_last_one_count(tmp_path: Path) -> None:
    weekly = "m | 2017-05-22 | X | actors: [un], repeat: FREQ=WEEKLY, except: {2017-05-22: tentative}"
    waves = {"a": wave(weekly), "b": wave("n | 2017-05-22/2017-06-05 | Y | actors: [un]")}
    found = met(tmp_path, waves)
    assert [(one.condition, one.first.day, one.times) for one in found.clashes] == [("certain", 29, 2)]
    assert found.upcoming_clashes == 1  # the first of them was in May


def test_likely_same_moments_of_other_waves_are_outside_the_focus(tmp_path: Path) -> None:
    forum = wave("forum | 2017-09-14 | Gwangju")
    waves = {"a": forum, "b": forum, "c": wave()}
    assert meetings(met(tmp_path, waves)) == ["likely: a/forum + b/forum"]
    assert meetings(met(tmp_path, waves, "c")) == []
    waves["b"] += "waive: {likely-same-moment: all are two}\n"
    assert meetings(met(tmp_path, waves)) == ["place: a/forum + b/forum"]


def test_a_tie_that_is_cancelled_is_no_meeting(tmp_path: Path) -> None:
    waves = {"a": wave("m | 2017-09-14 | | status: cancelled"), "b": wave("n | 2017-09-14 | | same_as: a/m")}
    assert meetings(met(tmp_path, waves)) == []


def test_what_is_over_counts_unless_only_what_is_ahead_is_wanted(tmp_path: Path) -> None:
    waves = {name: wave(f"m | 2017-05-31 | {name}1 | {UN}", f"n | 2017-06-01 | {name}2 | {UN}") for name in "ab"}
    found = met(tmp_path, waves)
    assert (found.totals.certain, found.upcoming_clashes) == (2, 1)
    found = met(tmp_path, waves, upcoming=True)
    assert clashes(found) == ["certain: a/n + b/n (un)"]

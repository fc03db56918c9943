"""Entries: their order, what filters keep, what merging does, what is stated."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from support.timelines import entries, lines, wave
from wavectl.dates import edtf
from wavectl.timeline.entries import Filter, point_instant

ORDERED = [
    "2017-06",
    "2017-06-05",
    "2017-06-05/2017-06-30",
    "2017-06-05/..",
    "2017-06-05T10:00/2017-06-07T11:00",
    "2017-06-06",
    "[2017-06-06..2017-06-20]",
    "2017-07-01/..",
    "2017-07-05",
    "unknown",
]


def ids(home: Path, files: dict[str, str], shown: tuple[str, ...] = (), **options: Any) -> list[str]:
    """Return the moments that entries tell, without their wave."""
    return [entry.member.moment.id for entry in entries(home, files, shown, **options)]


# -- order


def test_entries_are_in_order_of_their_first_day_then_their_last_then_open_ones(tmp_path: Path) -> None:
    moments = [f'id: m{number}, title: M, when: "{when}"' for number, when in enumerate(ORDERED)]
    found = entries(tmp_path, {"one": wave(*reversed(moments))})
    assert [entry.occurrence.when.text for entry in found] == ORDERED


def test_entries_of_the_same_days_are_in_order_of_title_then_wave_and_id(tmp_path: Path) -> None:
    same = ("id: b, title: B, when: 2017-06-05", "id: a, title: B, when: 2017-06-05")
    undated = ("id: z, title: Y, when: unknown", "id: y, title: Z, when: unknown")
    first = "id: last, title: A, when: 2017-06-05"
    files = {"one-two": wave(*same, *undated, first), "one": wave(*same, *undated)}
    assert lines(tmp_path, files) == [
        "one-two/last 2017-06-05",
        *("one/a 2017-06-05", "one/b 2017-06-05", "one-two/a 2017-06-05", "one-two/b 2017-06-05"),
        *("one/z unknown", "one-two/z unknown", "one/y unknown", "one-two/y unknown"),
    ]


def test_titles_are_in_order_of_the_first_language_of_the_programme(tmp_path: Path) -> None:
    files = {
        "programme": "languages: [es, en]",
        "one": wave(
            "id: one, title: {en: A, es: Z}, when: 2017-06-05", "id: two, title: {en: B, es: Y}, when: 2017-06-05"
        ),
    }
    assert ids(tmp_path, files) == ["two", "one"]


TIMED = [  # the id, the date and the zone of moments on one day, in order
    ("day", "2017-06-05", "Europe/Madrid"),
    ("days", "2017-06-05/2017-06-06", "Europe/Madrid"),
    ("open", "2017-06-05/..", "Europe/Madrid"),
    ("seoul", "2017-06-05T18:00", "Asia/Seoul"),  # 11:00 in Madrid
    ("noon", "2017-06-05T12:00", "Europe/Madrid"),
    ("noon-offset", "2017-06-05T10:00Z", "Europe/Madrid"),
    ("noon-end", "2017-06-05T12:00/2017-06-06T01:00", "Europe/Madrid"),
    ("noon-open", "2017-06-05T12:00/..", "Europe/Madrid"),
    ("evening", "2017-06-05T18:00", "Europe/Madrid"),
    ("lima", "2017-06-05T11:30", "America/Lima"),  # 18:30 in Madrid
    ("next", "2017-06-06", "Europe/Madrid"),
]


def test_whole_days_come_before_times_of_day_which_are_in_order_of_their_instants(tmp_path: Path) -> None:
    moments = [f'id: {name}, title: T, when: "{when}", timezone: {zone}' for name, when, zone in TIMED]
    found = ids(tmp_path, {"two": wave(*reversed(moments[1::2])), "one": wave(*moments[::2])})
    found.remove("noon-offset"), found.insert(found.index("noon") + 1, "noon-offset")  # the same instant
    assert found == [name for name, *_ in TIMED]


def test_a_time_that_occurs_twice_is_in_order_of_its_instants(tmp_path: Path) -> None:
    moments = (
        "id: first, title: Z, when: 2017-10-29T02:30",
        "id: second, title: A, when: 2017-10-29T01:30Z",  # 02:30 for the second time
        "id: last, title: A, when: 2017-10-29T03:00",
    )
    files = {"programme": "timezone: Europe/Madrid", "one": wave(*moments)}
    assert ids(tmp_path, files) == ["first", "second", "last"]


def test_the_days_that_count_are_those_of_the_clocks_of_the_moment(tmp_path: Path) -> None:
    files = {
        "one": wave(
            "id: a, title: A, when: 2017-06-05T20:00Z, timezone: Asia/Seoul", "id: b, title: B, when: 2017-06-05"
        )
    }
    found = entries(tmp_path, files)
    assert [(entry.member.moment.id, str(entry.occurrence.local.earliest)) for entry in found] == [
        ("b", "2017-06-05"),
        ("a", "2017-06-06"),
    ]


# -- merging, what is stated


TIED = {
    "housing": wave("id: forum, title: Forum, when: 2017-09, same_as: migration/forum"),
    "migration": wave(
        "id: forum, title: World forum, when: 2017-09-14/2017-09-17", "id: alone, title: A, when: 2017-10"
    ),
    "rest": wave("id: other, title: Other, when: 2017-09-15, same_as: migration/forum"),
}


def test_each_wave_gives_the_group_s_facts_and_its_own(tmp_path: Path) -> None:
    known = "2017-09-14/2017-09-17"
    assert lines(tmp_path, TIED, ["housing"]) == [
        f"housing/forum {known} stated=2017-09 also=migration/forum,rest/other"
    ]
    assert lines(tmp_path, TIED, merge=False) == [
        f"housing/forum {known} stated=2017-09 also=migration/forum,rest/other",
        f"migration/forum {known} also=housing/forum,rest/other",
        f"rest/other {known} stated=2017-09-15 also=housing/forum,migration/forum",
        "migration/alone 2017-10",
    ]


@pytest.mark.parametrize("merge", [None, True])
def test_a_group_is_one_row_with_its_root_when_several_waves_are_shown(merge: bool | None, tmp_path: Path) -> None:
    assert lines(tmp_path, TIED, merge=merge) == [
        "migration/forum 2017-09-14/2017-09-17 also=housing/forum,rest/other",
        "migration/alone 2017-10",
    ]


def test_the_first_shown_wave_replaces_a_root_that_is_not_shown(tmp_path: Path) -> None:
    (row,) = entries(tmp_path, TIED, ["rest", "housing"])
    assert (row.member.reference, row.title) == ("housing/forum", "World forum")


@pytest.mark.parametrize("merge", [None, True, False])
def test_tied_moments_of_one_wave_are_one_entry(merge: bool | None, tmp_path: Path) -> None:
    tied = wave("id: a, title: A, when: 2017-09", "id: b, title: B, when: 2017-09-14, same_as: a")
    assert lines(tmp_path, {"one": tied}, merge=merge) == ["one/a 2017-09-14 stated=2017-09 also=one/b"]


def test_each_wave_has_tied_moments_once(tmp_path: Path) -> None:
    files = {
        "one": wave("id: root, title: R, when: 2017-09-14"),
        "two": wave(
            "id: c, title: C, same_as: one/root", "id: b, title: B, same_as: c", "id: d, title: D, when: 2017-10"
        ),
    }
    assert lines(tmp_path, files, merge=False) == [
        "one/root 2017-09-14 also=two/b,two/c",
        "two/b 2017-09-14 also=one/root,two/c",
        "two/d 2017-10",
    ]
    assert lines(tmp_path, files, ["two"]) == ["two/b 2017-09-14 also=one/root,two/c", "two/d 2017-10"]


def test_a_draft_is_marked(tmp_path: Path) -> None:
    files = {"one": wave("id: a, title: A, when: 2017-09-14, draft: true", "id: b, title: B, when: 2017-09-15")}
    assert lines(tmp_path, files) == ["one/a 2017-09-14 draft", "one/b 2017-09-15"]


@pytest.mark.parametrize(
    ("moment", "firm"),
    [
        ("when: 2017-09-14", True),
        ("when: 2017-09-14/2017-09-17", True),
        ("when: 2017-09-14T15:00, status: confirmed", True),
        ("when: 2017-09-14, status: tentative", False),
        ("when: 2017-09-14, status: postponed", False),
        ("when: 2017-09-14, status: cancelled", False),
        ("when: 2017-09-14?", False),
        ("when: 2017-09", False),
        ("when: 2017-09-14/..", False),
        ('when: "[2017-09-14..2017-09-15]"', False),
        ("when: unknown", False),
    ],
)
def test_firm_is_exact_and_confirmed(moment: str, firm: bool, tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, {"one": wave(f"id: a, title: A, {moment}")})
    assert entry.firm is firm


# -- filters


DATED = {
    "one": wave(
        "id: day, title: D, when: 2017-06-30",
        "id: month, title: M, when: 2017-07",
        "id: window, title: W, when: 2017-06/2017-08",
        "id: open, title: O, when: 2017-06-15/..",
        "id: never, title: N, when: unknown",
    )
}


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        ("2017-06-30", None, {"day", "month", "window"}),
        ("2017-07-01", None, {"month", "window"}),
        ("2017-09-01", None, set()),
        (None, "2017-05-31", set()),
        (None, "2017-06-01", {"window"}),
        (None, "2017-06-30", {"day", "window", "open"}),
        ("2017-06-15", "2017-06-15", {"window", "open"}),  # of an open end its known day counts
        ("2017-06-16", "2017-06-16", {"window"}),
        ("2017-08-31", "2020-01-01", {"window"}),
    ],
)
def test_from_and_to_keep_what_overlaps(first: str | None, last: str | None, kept: set[str], tmp_path: Path) -> None:
    bounds = [None if text is None else date.fromisoformat(text) for text in (first, last)]
    assert set(ids(tmp_path, DATED, wanted=Filter(*bounds))) == kept


@pytest.mark.parametrize(
    ("today", "kept"),
    [
        ("2017-06-15", {"day", "month", "window", "open", "never"}),
        ("2017-06-30", {"day", "month", "window", "never"}),
        ("2017-07-01", {"month", "window", "never"}),
        ("2017-09-01", {"never"}),
    ],
)
def test_upcoming_keeps_what_is_not_past_or_unknown(today: str, kept: set[str], tmp_path: Path) -> None:
    assert set(ids(tmp_path, DATED, wanted=Filter(upcoming=True), today=today)) == kept


MIXED = {
    "programme": "regions: {asia: {name: Asia, countries: [KR]}, africa: {name: A, countries: [CV]}}\n"
    "actors: {bcn: {name: B, kind: member}, hic: {name: H, kind: partner}, cmi: {name: C, kind: international}}\n",
    "one": wave(
        "id: a, title: A, when: 2017-06, status: tentative, kind: deadline, place: {country: KR}, actors: [bcn]",
        "id: b, title: B, when: 2017-07, status: cancelled, priorities: [learning, advocacy], regions: [africa]",
        "id: c, title: C, when: 2017-08, kind: observance, place: {country: CV}",
        more="actors: [hic, {id: own, name: Own, kind: research}]\n",
    ),
    "two": wave("id: d, title: D, when: 2017-09", more="actors: [cmi]\n"),
}


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Filter(), "abcd"),
        (Filter(statuses=["tentative"]), "a"),
        (Filter(statuses=["tentative", "cancelled"]), "ab"),
        (Filter(statuses=["confirmed"]), "cd"),
        (Filter(kinds=["deadline", "observance"]), "ac"),
        (Filter(kinds=["publication"]), ""),
        (Filter(priorities=["advocacy"]), "b"),
        (Filter(countries=["KR", "ES"]), "a"),
        (Filter(regions=["asia"]), "a"),
        (Filter(regions=["africa"]), "bc"),
        (Filter(actors=["bcn"]), "a"),
        (Filter(actors=["hic"]), "bc"),  # moments without actors, in a wave of that actor
        (Filter(actors=["own"]), "bc"),
        (Filter(actors=["cmi", "bcn"]), "ad"),
        (Filter(statuses=["tentative"], countries=["CV"]), ""),
        (Filter(kinds=["observance"], countries=["CV"], actors=["hic"]), "c"),
    ],
)
def test_filters_keep_what_has_one_of_the_values_of_each(wanted: Filter, kept: str, tmp_path: Path) -> None:
    assert "".join(ids(tmp_path, MIXED, wanted=wanted)) == kept


def test_filters_look_at_the_group_not_at_the_wave(tmp_path: Path) -> None:
    wanted = Filter(first=date(2017, 9, 17), last=date(2017, 9, 17))
    assert lines(tmp_path, TIED, ["rest"], wanted=wanted) == [
        "rest/other 2017-09-14/2017-09-17 stated=2017-09-15 also=housing/forum,migration/forum"
    ]


def test_filters_look_at_each_occurrence(tmp_path: Path) -> None:
    changes = "except: {2018-12-10: {status: cancelled, place: {country: KR}}}"
    files = {"one": wave(f"id: day, title: Day, when: 2017-12-10, repeat: yearly, place: {{country: ES}}, {changes}")}
    assert lines(tmp_path, files, wanted=Filter(statuses=["cancelled"])) == ["one/day 2018-12-10 cancelled"]
    assert lines(tmp_path, files, wanted=Filter(countries=["ES"])) == ["one/day 2017-12-10"]
    assert lines(tmp_path, files, wanted=Filter(first=date(2018, 1, 1))) == ["one/day 2018-12-10 cancelled"]


def test_a_time_that_the_clocks_skip_is_moved_by_the_gap() -> None:
    skipped = edtf.parse("2018-03-25T02:30").start
    instant = point_instant(skipped, "Europe/Madrid")
    assert instant
    assert instant.isoformat() == "2018-03-25T03:30:00+02:00"
    assert point_instant(edtf.parse("2018-03-25").start, "Europe/Madrid") is None

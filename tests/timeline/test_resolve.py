"""Ties and repeats: one real-world moment knows the best of what its members know, and happens when it happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import read_plan
from support.timelines import entries, lines, the_group, title, wave
from wavectl.dates import edtf
from wavectl.timeline.groups import resolve_groups, to_local_time
from wavectl.timeline.ties import InheritedDates


def pair(root: str, follower: str) -> dict[str, str]:
    """Return a root in the wave ``one`` and a moment of the wave ``two`` that is tied to it."""
    return {"one": wave(f"id: a, title: Root, {root}"), "two": wave(f"id: b, title: Other, same_as: one/a, {follower}")}


# -- the date


@pytest.mark.parametrize(
    ("root", "follower", "known"),
    [
        ("2017-09", "2017-09-14/2017-09-17", "2017-09-14/2017-09-17"),
        ("2017-09-14/2017-09-17", "2017-09", "2017-09-14/2017-09-17"),
        ("2017-09-14", "2017-09-15", "2017-09-14"),  # equally precise: the root's
        ("unknown", "2018", "2018"),
        ("2018", "unknown", "2018"),
        ("2018", "2018-40", "2018-40"),
        ("2018-40", "2018-24", "2018-24"),
        ("2018-24", "2018-33", "2018-33"),
        ("2018-33", "2018-02", "2018-02"),
        ("2018-02", "2018-02-05", "2018-02-05"),
        ("2018-02-05", "2018-02-05T15:00", "2018-02-05T15:00"),
        ("[2018-02-01..2018-02-20]", "2018-02-05", "2018-02-05"),
        ("2018-02?", "2018-02", "2018-02?"),  # as precise: doubt may be what the root knows better
        ("2018-02-05/..", "2018-02-05/2018-03-09", "2018-02-05/.."),  # as precise
        ("2018-02-05/2018-03", "2018-02-05/2018-03-09", "2018-02-05/2018-03-09"),  # the coarser end counts
    ],
)
def test_a_group_has_its_most_precise_date(root: str, follower: str, known: str, tmp_path: Path) -> None:
    group = the_group(tmp_path, pair(f'when: "{root}"', f'when: "{follower}"'))
    assert group.when.text == known
    assert [occurrence.when.text for occurrence in group.occurrences] == [known]


def test_the_root_of_a_chain_across_three_waves_is_its_end(tmp_path: Path) -> None:
    files = {
        "zeta": wave("id: root, title: Root, when: 2018-03"),
        "beta": wave("id: b, title: B, same_as: alpha/a, when: 2018-03-05"),
        "alpha": wave("id: a, title: A, same_as: zeta/root, when: 2018-03-06", "id: own, title: Own, same_as: a"),
    }
    group = the_group(tmp_path, files)
    assert [member.reference for member in group.members] == ["zeta/root", "alpha/a", "alpha/own", "beta/b"]
    assert group.waves == ("zeta", "alpha", "beta")
    assert (title(group), group.when.text) == ("Root", "2018-03-06")  # of equally precise ones the first by wave


def test_moments_that_are_not_tied_are_groups_of_their_own(tmp_path: Path) -> None:
    same = "id: forum, title: Forum, when: 2017-09-14"
    plan = read_plan(tmp_path, {"two": wave(same), "one": wave(same)})
    found = [[member.reference for member in group.members] for group in resolve_groups(plan, drafts=True)]
    assert found == [["one/forum"], ["two/forum"]]


# -- what else is known


def test_title_place_and_status_are_those_of_the_root(tmp_path: Path) -> None:
    group = the_group(
        tmp_path,
        pair(
            "when: 2017-09, status: tentative, place: {name: Gwangju, country: KR}, kind: deadline, url: https://a.org/",
            "when: 2017-09, status: cancelled, place: {name: Seoul, country: JP}, kind: event, url: https://b.org/",
        ),
    )
    assert (title(group), group.status, group.kind, group.url) == ("Root", "tentative", "deadline", "https://a.org/")
    assert (group.place.name, group.place.country) == ("Gwangju", "KR")


def test_what_the_root_leaves_out_comes_from_the_others_in_order_of_wave(tmp_path: Path) -> None:
    files = {
        "three": wave("id: root, title: Root, when: 2017-09"),
        "two": wave(
            "id: b, title: B, same_as: three/root, status: cancelled, place: {name: Seoul}, url: https://b.org/"
        ),
        "one": wave("id: a, title: A, same_as: three/root, status: postponed, place: {country: KR, online: true}"),
    }
    group = the_group(tmp_path, files)
    assert (group.status, group.url) == ("confirmed", "https://b.org/")  # a date of its own, and nothing else stated
    assert (group.place.name, group.place.country, group.place.online) == ("Seoul", "KR", True)


def test_a_moment_that_leaves_everything_out_is_shown_as_its_root(tmp_path: Path) -> None:
    files = pair(
        "when: 2017-09-14T10:00, timezone: Asia/Seoul, status: tentative, place: Gwangju, url: https://a.org/",
        "short: B",
    )
    (one, two) = entries(tmp_path, files, merge=False)
    assert two.member.reference == "two/b"
    assert (two.stated, one.stated) == (None, None)
    assert two.occurrence is one.occurrence
    assert str(two.starts_at) == "2017-09-14 10:00:00+09:00"
    assert (two.group.status, two.place.name, two.group.url) == ("tentative", "Gwangju", "https://a.org/")


def test_defaults_are_confirmed_no_place_and_the_zone_of_the_programme(tmp_path: Path) -> None:
    files = {"programme": "timezone: Asia/Seoul\n", "one": wave("id: a, title: A, when: 2017-09-14T10:00")}
    group = the_group(tmp_path, files)
    assert (group.status, group.zone, group.url) == ("confirmed", "Asia/Seoul", None)
    assert (group.place.name, group.place.country, group.place.online, group.place.scope) == (None, None, False, None)


def test_actors_priorities_and_waves_are_united(tmp_path: Path) -> None:
    files = {
        "programme": "actors: {u: {name: U, kind: member}, v: {name: V, kind: member}, w: {name: W, kind: member}}\n",
        **pair(
            "when: 2017, actors: [v, u], priorities: [monitoring]",
            "when: 2017, actors: [w, v], priorities: [learning, advocacy]",
        ),
    }
    group = the_group(tmp_path, files)
    assert group.actors == ("v", "u", "w")
    assert group.priorities == ("advocacy", "learning", "monitoring")  # in the programme's order
    assert group.waves == ("one", "two")


PROGRAMME = """
regions:
  africa: {name: Africa, countries: [CV]}
  asia: {name: Asia, countries: [KR]}
  europe: {name: Europe, countries: [ES]}
  mewa: MEWA
actors:
  uclg: {name: UCLG, kind: association}
  sections: {name: Sections, kind: section, part_of: uclg}
  aspac: {name: ASPAC, kind: section, part_of: sections, regions: [asia]}
  bcn: {name: Barcelona, kind: member, country: ES, part_of: uclg}
"""


@pytest.mark.parametrize(
    ("moment", "regions"),
    [
        ("place: {country: CV}", ("africa",)),
        ("place: {country: CV}, actors: [bcn]", ("africa", "europe")),
        ("place: {country: CV}, actors: [bcn], regions: [mewa]", ("mewa",)),
        ("actors: [sections]", ("asia",)),
        ("actors: [uclg]", ("asia", "europe")),
        ("actors: [house]", ("mewa",)),
        ("actors: [network]", ("africa", "europe")),
        ("place: {country: FR}", ()),
        ("place: Nowhere", ()),
    ],
)
def test_the_regions_of_a_moment(moment: str, regions: tuple[str, ...], tmp_path: Path) -> None:
    more = """actors:
  - {id: house, name: House, kind: research, regions: [mewa]}
  - {id: network, name: Network, kind: partner}
  - {name: Nameless part, kind: partner, part_of: network, country: CV}
  - {id: part, name: Part, kind: partner, part_of: network, regions: [europe]}
"""
    group = the_group(
        tmp_path, {"programme": PROGRAMME, "one": wave(f"id: a, title: A, when: 2017, {moment}", more=more)}
    )
    assert group.regions == regions


# -- drafts


def test_a_draft_is_shown_to_the_team_and_never_published(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, pair("when: 2017-09-14, draft: true", "when: 2017-09"))
    (team,) = resolve_groups(plan, drafts=True)
    (public,) = resolve_groups(plan, drafts=False)
    assert (title(team), team.when.text) == ("Root", "2017-09-14")
    assert (title(public), public.when.text, public.waves) == ("Other", "2017-09", ("two",))


def test_a_draft_between_two_moments_keeps_them_one(tmp_path: Path) -> None:
    files = {
        "one": wave("id: a, title: A, when: 2017-09"),
        "two": wave("id: b, title: B, same_as: one/a, draft: true"),
        "three": wave("id: c, title: C, same_as: two/b, when: 2017-09-14"),
        "four": wave("id: d, title: D, same_as: two/b, when: 2017-09"),
    }
    public = the_group(tmp_path, files, drafts=False)
    assert [member.reference for member in public.members] == ["one/a", "four/d", "three/c"]
    assert public.when.text == "2017-09-14"


def test_the_followers_of_a_draft_stay_one_moment(tmp_path: Path) -> None:
    files = {
        "one": wave("id: a, title: A, when: 2017-09, draft: true"),
        "two": wave("id: b, title: B, same_as: one/a, when: 2017-09"),
        "three": wave("id: c, title: C, same_as: one/a, when: 2017-09"),
    }
    public = the_group(tmp_path, files, drafts=False)
    assert [member.reference for member in public.members] == ["three/c", "two/b"]


# -- times of day


def test_a_time_with_an_offset_is_put_on_the_clocks_of_the_moment(tmp_path: Path) -> None:
    files = {"one": wave("id: a, title: A, when: 2017-11-08T15:00Z/2017-11-08T23:30+02:00, timezone: Asia/Seoul")}
    (entry,) = entries(tmp_path, files)
    assert entry.occurrence.when.text == "2017-11-08T15:00Z/2017-11-08T23:30+02:00"
    assert entry.occurrence.local.text == "2017-11-09T00:00/2017-11-09T06:30"
    assert str(entry.occurrence.local.earliest) == "2017-11-09"
    assert (str(entry.starts_at), str(entry.ends_at)) == ("2017-11-09 00:00:00+09:00", "2017-11-09 06:30:00+09:00")


@pytest.mark.parametrize(
    ("when", "start"),
    [
        ("2018-10-28T02:30", "2018-10-28 02:30:00+02:00"),  # comes twice: the first
        ("2018-10-28T00:30Z", "2018-10-28 02:30:00+02:00"),
        ("2018-10-28T01:30Z", "2018-10-28 02:30:00+01:00"),  # an instant is exact: the second
        ("2018-10-28T02:30:15-01:00", "2018-10-28 04:30:15+01:00"),
    ],
)
def test_a_doubled_hour_is_the_first_unless_an_offset_says_otherwise(when: str, start: str, tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, {"one": wave(f"id: a, title: A, when: {when}, timezone: Europe/Madrid")})
    assert str(entry.starts_at) == start
    assert entry.ends_at is None


@pytest.mark.parametrize(
    ("root", "follower", "start"),
    [
        # each states its own zone: that of the date shown counts
        ("when: 2017-11-08T15:00", "when: 2017-11-08T09:00, timezone: America/New_York", "2017-11-08 15:00:00+01:00"),
        (
            "when: 2017-11, timezone: Asia/Seoul",
            "when: 2017-11-08T09:00, timezone: America/New_York",
            "2017-11-08 09:00:00-05:00",
        ),
        ("when: 2017-11, timezone: Asia/Seoul", "when: 2017-11-08T09:00", "2017-11-08 09:00:00+09:00"),
    ],
)
def test_a_time_is_in_the_zone_of_the_member_that_states_it(
    root: str, follower: str, start: str, tmp_path: Path
) -> None:
    found = entries(tmp_path, {"programme": "timezone: Europe/Madrid\n", **pair(root, follower)})
    assert [str(entry.starts_at) for entry in found] == [start]


def test_local_leaves_dates_without_an_offset_alone() -> None:
    for text in ("unknown", "2017", "2017-11-08", "2017-11-08T15:00", "2017-11-08T15:00/2017-11-09"):
        assert to_local_time(edtf.parse(text), "Asia/Seoul") is edtf.parse(text)
    assert (
        to_local_time(edtf.parse("2017-11-08T15:00Z~/2017-11-10"), "Asia/Seoul").text == "2017-11-09T00:00~/2017-11-10"
    )


# -- repeats


def test_a_yearly_day_falls_in_each_year_of_the_period(tmp_path: Path) -> None:
    files = {"one": wave("id: day, title: Day, when: 2016-12-10, repeat: yearly", period="2017-05/2019-11")}
    assert lines(tmp_path, files) == ["one/day 2017-12-10", "one/day 2018-12-10"]


def test_a_yearly_month_stays_a_month(tmp_path: Path) -> None:
    found = entries(tmp_path, {"one": wave("id: m, title: M, when: 2017-10~, repeat: yearly")})
    assert [entry.occurrence.when.text for entry in found] == ["2017-10~", "2018-10~"]
    assert [entry.firm for entry in found] == [False, False]


@pytest.mark.parametrize(
    ("rule", "when", "dates"),
    [
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2017-10-02", ["2017-10-02", "2018-10-01"]),
        ("FREQ=YEARLY", "2017-10-02/2017-10-03", ["2017-10-02/2017-10-03", "2018-10-02/2018-10-03"]),
        ("FREQ=MONTHLY;INTERVAL=6", "2017-10-31T15:00", ["2017-10-31T15:00", "2018-10-31T15:00"]),
        ("FREQ=MONTHLY;INTERVAL=7;BYMONTHDAY=-1", "2017-10-31", ["2017-10-31", "2018-05-31", "2018-12-31"]),
        (
            "FREQ=WEEKLY;INTERVAL=30;BYDAY=TU,TH",
            "2017-10-03",
            ["2017-10-03", "2017-10-05", "2018-05-01", "2018-05-03", "2018-11-27", "2018-11-29"],
        ),
    ],
)
def test_rules_are_laid_out_to_the_end_of_the_period(rule: str, when: str, dates: list[str], tmp_path: Path) -> None:
    found = entries(tmp_path, {"one": wave(f'id: r, title: R, when: {when}, repeat: "{rule}"')})
    assert [entry.occurrence.when.text for entry in found] == dates
    assert {entry.group.rule.text for entry in found if entry.group.rule} == {rule}


def test_without_a_period_a_moment_repeats_through_the_fifth_year_after(tmp_path: Path) -> None:
    announced = "title: W\nstatus: announced\nmoments:\n  - {id: a, title: A, when: 2017-12-10, repeat: yearly}\n"
    assert lines(tmp_path, {"one": announced}) == [f"one/a {year}-12-10" for year in range(2017, 2023)]


def test_an_occurrence_that_touches_the_period_counts(tmp_path: Path) -> None:
    files = {"one": wave("id: a, title: A, when: 2015-12-30/2016-01-02, repeat: yearly", period="2017-01/2017-12-30")}
    assert lines(tmp_path, files) == ["one/a 2016-12-30/2017-01-02", "one/a 2017-12-30/2018-01-02"]


def test_occurrences_differ_in_status_date_title_and_place(tmp_path: Path) -> None:
    changes = """{
      2018-06-05: cancelled,
      2019-06-05: {when: 2019-06-07, status: tentative, title: Late, place: Bonn, description: Moved}}"""
    moment = f"id: a, title: A, when: 2017-06-05, repeat: yearly, place: Oslo, except: {changes}"
    found = entries(tmp_path, {"one": wave(moment, period="2017/2020")})
    assert [
        (entry.occurrence.when.text, entry.occurrence.status.value, entry.title, entry.place.name, entry.stated)
        for entry in found
    ] == [
        ("2017-06-05", "confirmed", "A", "Oslo", None),
        ("2018-06-05", "cancelled", "A", "Oslo", None),
        ("2019-06-07", "tentative", "Late", "Bonn", None),
        ("2020-06-05", "confirmed", "A", "Oslo", None),
    ]
    assert found[2].group.when.text == "2017-06-05"
    assert found[2].occurrence.planned is not None
    assert found[2].occurrence.planned.text == "2019-06-05"


@pytest.mark.parametrize("key", ["2018-10", "2018-10-01"])
def test_an_exception_names_an_occurrence_by_its_date_or_its_first_day(key: str, tmp_path: Path) -> None:
    moment = f"id: a, title: A, when: 2017-10, repeat: yearly, except: {{{key}: postponed}}"
    assert lines(tmp_path, {"one": wave(moment)}) == ["one/a 2017-10", "one/a 2018-10 postponed"]


# -- repeats that are tied


def test_a_single_merges_with_the_occurrence_it_overlaps(tmp_path: Path) -> None:
    files = pair("when: 2017-10, repeat: yearly", "when: 2018-10-14")
    assert lines(tmp_path, files, merge=False) == [
        "one/a 2017-10",
        "one/a 2018-10-14 stated=2018-10 also=two/b",
        "two/b 2018-10-14 also=one/a",
    ]
    assert lines(tmp_path, files) == ["one/a 2017-10", "one/a 2018-10-14 stated=2018-10 also=two/b"]


def test_a_member_that_meets_no_occurrence_is_a_group_of_its_own(tmp_path: Path) -> None:
    files = pair("when: 2017-10-01, repeat: yearly", "when: 2018-03-05")
    assert lines(tmp_path, files) == ["one/a 2017-10-01", "two/b 2018-03-05", "one/a 2018-10-01"]


def test_a_follower_repeats_a_single_root(tmp_path: Path) -> None:
    files = pair("when: 2017-12-09/2017-12-11", "when: 2017-12-10, repeat: yearly")
    assert lines(tmp_path, files) == [
        "one/a 2017-12-09/2017-12-11 also=two/b",  # equally precise: the root's
        "two/b 2018-12-10",
    ]
    assert lines(tmp_path, files, ["two"]) == [
        "two/b 2017-12-09/2017-12-11 stated=2017-12-10 also=one/a",
        "two/b 2018-12-10",
    ]


def test_a_follower_without_a_date_repeats_with_its_root_inside_its_own_period(tmp_path: Path) -> None:
    files = pair("when: 2016-12-10, repeat: yearly", "short: B")
    files["one"] = files["one"].replace("2017-05/2018-12", "2016/2017")
    assert lines(tmp_path, files, merge=False) == [
        "one/a 2016-12-10",
        "one/a 2017-12-10 also=two/b",
        "two/b 2017-12-10 also=one/a",
        "two/b 2018-12-10",
    ]


def test_an_exception_of_a_follower_counts_for_the_group(tmp_path: Path) -> None:
    files = pair("when: 2017-12-10, repeat: yearly", "except: {2018-12-10: {when: 2018-12-11}}")
    assert lines(tmp_path, files, merge=False) == [
        "one/a 2017-12-10 also=two/b",
        "two/b 2017-12-10 also=one/a",
        "one/a 2018-12-11 stated=2018-12-10 also=two/b",
        "two/b 2018-12-11 also=one/a",
    ]


# -- followed


def test_followed_takes_what_is_left_out_from_the_chain(tmp_path: Path) -> None:
    files = {
        "one": wave("id: a, title: A, same_as: b", "id: b, title: B, same_as: two/c, timezone: Asia/Seoul"),
        "two": wave("id: c, title: C, when: 2017-06-05T10:00, repeat: yearly, timezone: Europe/Oslo"),
    }
    plan = read_plan(tmp_path, files)
    found = InheritedDates(plan).complete("one", plan.waves["one"].moments[0])
    assert (found.id, found.when and found.when.text, found.timezone) == ("a", "2017-06-05T10:00", "Asia/Seoul")
    assert found.repeat is not None


@pytest.mark.parametrize("target", ["a", "two/b", "three/x", "one/x"])
def test_followed_ends_in_a_ring_and_at_a_loose_end(target: str, tmp_path: Path) -> None:
    files = {"one": wave(f"id: a, title: A, same_as: {target}"), "two": wave("id: b, title: B, same_as: one/a")}
    plan = read_plan(tmp_path, files)
    assert InheritedDates(plan).complete("one", plan.waves["one"].moments[0]).when is None
    assert len(resolve_groups(plan, drafts=True)) >= 1

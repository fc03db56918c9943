"""What a plan covers: the real waves, counted by hand, and where moments of every kind of place count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.plans import REAL, read_plan
from support.timelines import wave
from wavectl.insights.coverage import NO_REGION, ONLINE, WORLDWIDE, Coverage, PriorityReach, build_coverage
from wavectl.model import ActorGroup as Side
from wavectl.plan.loader import load
from wavectl.timeline.silent_months import months_as_date

TODAY = date(2017, 6, 1)
Q = 4 * 2017  # the first quarter of 2017


def silences(facts: Coverage) -> dict[str, tuple[int, list[str], list[str]]]:
    """Return for each region and wave how long it is silent, when, and its holes."""
    return {
        one.name: (
            one.longest_length,
            [months_as_date(*run).text for run in one.longest],
            [months_as_date(*run).text for run in one.over_limit],
        )
        for one in facts.silent_months
    }


def test_the_regions_of_the_real_waves_by_priority() -> None:
    """The Sections in housing represent Africa, Asia-Pacific, Europe, and the Middle East; so do those in migration.

    Canada's federation, in migration, is the one actor of North America. Implementation has content in migration alone.
    """
    facts = build_coverage(load(REAL), TODAY)
    both = {"africa", "asia-pacific", "europe", "middle-east-west-asia"}
    for priority in ("advocacy", "learning", "monitoring"):
        found = {region: facts.by_region[priority, region].waves for region in facts.regions}
        assert found == {
            region: ("housing", "migration") if region in both else ("migration",) if region == "north-america" else ()
            for region in facts.regions
        }
    reached = {region for region in facts.regions if facts.by_region["implementation", region]}
    assert reached == both | {"north-america"}
    assert set(facts.by_actor_group.values()) == {
        PriorityReach(("housing", "migration")),
        PriorityReach(("migration",)),
    }
    assert [(regions, sides) for _, regions, sides in facts.unreached] == [
        (("eurasia", "latin-america", "metropolis", "forum-of-regions"), ())
    ] * 4


def test_the_regions_of_the_real_waves_by_quarter() -> None:
    """By country: Praia in Africa; Gwangju in Asia-Pacific; in Europe Barcelona twice, Geneva twice, Vienna, Mechelen.

    Mexico in Latin America; New York four times, the window from February to July in three quarters. Human Rights Day
    is worldwide, twice.
    """
    facts = build_coverage(load(REAL), TODAY)
    assert facts.quarters == tuple(range(Q + 1, Q + 8))
    counts: dict[str, dict[int, tuple[int, int]]] = {}
    for ((_, name), quarter), held in facts.by_quarter.items():
        counts.setdefault(name, {})[quarter - Q] = tuple(held)
    assert counts == {
        "africa": {3: (1, 1)},
        "asia-pacific": {2: (1, 1)},
        "europe": {2: (1, 0), 3: (4, 2), 4: (1, 0)},
        "latin-america": {3: (1, 0)},
        "north-america": {2: (1, 1), 4: (1, 0), 5: (1, 0), 6: (2, 0), 7: (1, 0)},
        WORLDWIDE: {3: (1, 1), 7: (1, 1)},
    }
    assert facts.rows == (*(("region", region) for region in facts.regions), ("other", WORLDWIDE))


def test_the_silence_of_the_real_waves() -> None:
    """The calendars run from May 2017 to December 2018, twenty months.

    Africa has October 2017; Asia-Pacific September; Europe September to November and March; Latin America November;
    North America September, February to July, October.
    """
    facts = build_coverage(load(REAL), TODAY)
    never = (20, ["2017-05/2018-12"], ["2017-05/2018-12"])
    assert silences(facts) == {
        "africa": (14, ["2017-11/2018-12"], ["2017-11/2018-12"]),
        "asia-pacific": (15, ["2017-10/2018-12"], ["2017-10/2018-12"]),
        "eurasia": never,
        "europe": (9, ["2018-04/2018-12"], ["2018-04/2018-12"]),
        "latin-america": (13, ["2017-12/2018-12"], ["2017-12/2018-12"]),
        "middle-east-west-asia": never,
        "north-america": (4, ["2017-05/2017-08", "2017-10/2018-01"], []),
        "metropolis": never,
        "forum-of-regions": never,
        "housing": (4, ["2017-05/2017-08", "2018-08/2018-11"], []),
        "migration": (3, ["2017-06/2017-08"], []),
    }
    assert facts.has_gaps


PROGRAMME = """
languages: [en]
priorities: {learning: Learning}
regions: {africa: {name: Africa, countries: [ZA]}, europe: {name: Europe, countries: [ES]}}
design: {max_silent_months: 3}
actors:
  un: {name: UN, kind: international}
  city: {name: City, kind: member, country: ES}
"""


def test_where_a_moment_counts(tmp_path: Path) -> None:
    plan = read_plan(
        tmp_path,
        {
            "programme": PROGRAMME,
            "one": wave(
                "id: world, title: A, when: 2017-05-02, place: {scope: worldwide}, actors: [city]",
                "id: line, title: A, when: 2017-05-02, place: {online: true}, regions: [africa]",
                "id: both, title: A, when: 2017-05-02, place: {name: Madrid, country: ES, online: true}",
                "id: lost, title: A, when: 2017-05",
                "id: two, title: A, when: 2017-05, regions: [africa, europe]",
                "id: off, title: A, when: 2017-05, status: cancelled, regions: [africa]",
                "id: later, title: A, when: 2017-05, status: postponed, regions: [africa]",
                "id: none, title: A, when: unknown, regions: [africa]",
                "id: weekly, title: A, when: 2017-05-02, repeat: FREQ=WEEKLY, regions: [europe]",
                "id: tied, title: A, when: 2017-06, same_as: weekly",
                period="2017-05/2017-06",
            ),
        },
    )
    facts = build_coverage(plan, TODAY)
    assert facts.quarters == (Q + 1,)
    assert {name: tuple(facts.by_quarter[(kind, name), Q + 1]) for kind, name in facts.rows} == {
        "africa": (1, 0),
        "europe": (3, 2),
        WORLDWIDE: (1, 1),
        ONLINE: (1, 1),
        NO_REGION: (1, 0),
    }


def test_who_works_on_a_priority(tmp_path: Path) -> None:
    """A moment counts for who is named, from the register too; otherwise for its waves' actors."""
    plan = read_plan(
        tmp_path,
        {
            "programme": PROGRAMME,
            "one": wave(
                "id: named, title: A, when: 2017-05, priorities: [learning], actors: [un], regions: [africa]",
                "id: without-actors, title: A, when: 2017-05, priorities: [learning]",
                "id: off, title: A, when: 2017-05, priorities: [learning], status: cancelled",
                more="actors: [city]\n",
            ),
            "two": wave(more="content: {learning: Much}\nactors: [{name: Somebody, kind: research}]\n"),
        },
    )
    facts = build_coverage(plan, TODAY)
    assert facts.by_actor_group == {
        ("learning", Side.NETWORK): PriorityReach((), 1),
        ("learning", Side.EXTERNAL): PriorityReach(("two",), 1),
    }
    assert facts.by_region == {("learning", "africa"): PriorityReach((), 1), ("learning", "europe"): PriorityReach()}
    assert list(facts.unreached) == [("learning", ("europe",), ())]
    assert facts.idle_priorities == ()


def test_a_priority_is_idle_until_there_is_content_or_a_moment(tmp_path: Path) -> None:
    moments = (
        "id: a, title: A, when: unknown, priorities: [b]",
        "id: c, title: C, when: 2017-06, priorities: [c], status: cancelled",
    )
    programme = "priorities: {a: A, b: B, c: C, d: D}\n"
    plan = read_plan(tmp_path, {"programme": programme, "one": wave(*moments, more="content: {a: Much}\n")})
    assert build_coverage(plan, TODAY).idle_priorities == ("c", "d")


def test_silence_that_is_accepted_is_no_hole(tmp_path: Path) -> None:
    files = {
        "programme": "design: {max_silent_months: 3}\n",
        "one": wave("id: a, title: A, when: 2017-05", period="2017-05/2017-12"),
        "two": wave(period="2017-05/2017-12", more="waive: {silent-months: why}\n"),
        "three": "title: T\nstatus: announced\n",
        "four": wave("id: a, title: A, when: 2017-06, status: cancelled", period="2017-05/.."),
    }
    facts = build_coverage(read_plan(tmp_path, files), TODAY)
    assert silences(facts) == {
        "four": (0, [], []),
        "one": (7, ["2017-06/2017-12"], ["2017-06/2017-12"]),
        "two": (8, ["2017-05/2017-12"], []),
    }


def test_a_plan_of_announced_waves_has_nothing_to_cover(tmp_path: Path) -> None:
    facts = build_coverage(read_plan(tmp_path, {"programme": PROGRAMME, "one": "title: T\nstatus: announced\n"}), TODAY)
    assert (facts.quarters, facts.silent_months, facts.idle_priorities) == ((), (), ("learning",))
    assert list(facts.unreached) == []
    assert facts.has_gaps


def test_the_calendar_of_an_announced_wave_is_not_silent_yet(tmp_path: Path) -> None:
    plan = {
        "programme": PROGRAMME,
        "one": "title: T\nperiod: 2017-01/2017-03\nmoments: []\n",
        "two": "title: T\nstatus: announced\nperiod: 2017-06/2019-12\n",
    }
    silences = {one.name: one.longest_length for one in build_coverage(read_plan(tmp_path, plan), TODAY).silent_months}
    assert "two" not in silences
    assert set(silences.values()) == {3}


def test_a_moment_of_centuries_takes_no_time(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"one": wave("id: a, title: A, when: 1600/9000", period="1600/9000")})
    assert len(build_coverage(plan, TODAY).quarters) == 401


def test_a_choice_of_days_counts_in_the_quarters_of_its_days(tmp_path: Path) -> None:
    programme = "regions: {asia: {name: Asia, countries: [KR]}}\n"
    moment = "id: a, title: A, place: {country: KR}, when: [2017-05-08, 2017-12-15]"
    plan = read_plan(tmp_path, {"programme": programme, "one": wave(moment, period="2017-05/2017-12")})
    facts = build_coverage(plan, TODAY)
    counted = {quarter for (_, quarter), counts in facts.by_quarter.items() if counts.moments}
    assert (counted, facts.quarters) == ({Q + 1, Q + 3}, (Q + 1, Q + 2, Q + 3))
    assert silences(facts)["asia"][:2] == silences(facts)["one"][:2] == (6, ["2017-06/2017-11"])


def test_countries_with_their_moments_and_actors(tmp_path: Path) -> None:
    """A cancelled moment counts nowhere; a country of a region that has nothing is silent."""
    programme = (
        "regions: {africa: {name: Africa, countries: [CV, ZA, KE]}, asia: {name: Asia, countries: [KR]}}\n"
        "actors:\n  nairobi: {name: Nairobi, kind: member, country: KE}\n"
        "  seoul: {name: Seoul, kind: member, country: KR}\n"
    )
    one = wave(
        "id: a, title: A, when: 2017-09-01, place: {country: KR}",
        "id: b, title: B, when: 2017-09, place: {name: Praia, country: CV}",
        "id: c, title: C, when: 2017-10, place: {country: KR}",
        "id: d, title: D, when: 2017-10-01, place: {country: ZA}, status: cancelled",
        more="actors: [nairobi, {id: own, name: Own, kind: partner, country: FR}]\n",
    )
    facts = build_coverage(read_plan(tmp_path, {"programme": programme, "one": one}), TODAY)
    assert [(country, *counts) for country, counts in facts.countries.items()] == [
        ("KR", 2, 1, 1),
        ("CV", 1, 0, 0),
        ("FR", 0, 0, 1),
        ("KE", 0, 0, 1),
    ]
    assert facts.silent_countries == ("ZA",)


def test_a_wave_without_actors_or_content_is_a_gap(tmp_path: Path) -> None:
    """Waves that are only announced are left out: they have neither yet."""
    waves = {
        "bare": wave(),
        "full": wave(more="actors: [{id: a, name: A, kind: member}]\ncontent: {advocacy: Yes}\n"),
        "soon": "title: Soon\nstatus: announced\n",
    }
    facts = build_coverage(read_plan(tmp_path, waves), date(2017, 6, 1))
    assert (facts.without_actors, facts.without_content, facts.has_gaps) == (("bare",), ("bare",), True)

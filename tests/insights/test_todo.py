"""What there is to do: which dates, in what order, in whose hands, and what is not on the list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.plans import REAL, read_plan
from support.timelines import wave
from wavectl.insights.todo import OwnerIndex, Todo, build_todo
from wavectl.plan.loader import Plan, load

TODAY = date(2017, 6, 1)


def dates(facts: Todo) -> list[tuple[str, str | None]]:
    """Return the dates to firm up and their days."""
    return [(one.group.root.moment.id, one.due.isoformat() if one.due else None) for one in facts.dates]


def test_what_is_to_do_in_the_real_waves() -> None:
    """The eight months and windows, each 60 days before its first day; nothing of it is late on 1 June.

    One actor is to be confirmed; nothing is over. Into English and Spanish each: 4 texts of housing, 4 of migration, 1
    of the programme.
    """
    facts = build_todo(load(REAL), TODAY)
    assert dates(facts) == [
        ("compact-vienna", "2017-07-03"),
        ("compact-geneva", "2017-08-02"),
        ("compact-mexico", "2017-09-02"),
        ("housing-policy-meetings", "2017-09-02"),
        ("compact-zero-draft", "2017-12-03"),
        ("rapporteur-report", "2017-12-31"),
        ("hlpf-2018", "2018-05-02"),
        ("compact-conference", "2018-08-02"),
    ]
    assert (facts.overdue, [one.actor_id for one in facts.actors], facts.outcomes) == ((), ["cmi"], ())
    assert [(one.wave, one.language, len(one.missing), one.total) for one in facts.translations] == [
        (None, "en", 1, 62),
        (None, "es", 1, 62),
        ("housing", "en", 4, 23),
        ("housing", "es", 4, 23),
        ("migration", "en", 4, 30),
        ("migration", "es", 4, 30),
    ]
    assert facts.total == 8 + 1 + 0 + 2 * (1 + 4 + 4)


def test_the_real_waves_in_autumn() -> None:
    """On 20 October three dates are late, and what September had is over; Praia has its last day."""
    facts = build_todo(load(REAL), date(2017, 10, 20))
    assert [one.group.root.moment.id for one in facts.overdue] == [
        "compact-geneva",
        "compact-mexico",
        "housing-policy-meetings",
    ]
    assert [one.group.root.moment.id for one in facts.outcomes] == [
        "compact-vienna",
        "un-general-assembly",
        "gwangju-forum",
    ]
    assert facts.total == 7 + 1 + 3 + 18


def plan_of(home: Path, *moments: str, more: str = "", others: dict[str, str] | None = None) -> Plan:
    programme = (
        "actors:\n  ana: {name: {fr: Ana López}, short: Ana, kind: member, aliases: [La señora López]}\n"
        "  un: {name: United Nations, kind: international}\n"
    )
    return read_plan(home, {"programme": programme, "one": wave(*moments, more=more), **(others or {})})


def test_the_order_is_by_the_day_the_plan_names_then_by_time_left(tmp_path: Path) -> None:
    facts = build_todo(
        plan_of(
            tmp_path,
            "id: undated, title: A, when: unknown",
            "id: far, title: A, when: 2018-09",
            "id: named, title: A, when: 2018-10, confirm_by: 2017-06-01",
            "id: near, title: A, when: 2017-07-30, status: tentative",
            "id: firm, title: A, when: 2017-07-30",
            "id: late, title: A, when: 2017-05-31, status: postponed",
            "id: stated, title: A, when: unknown, confirm_by: 2017-06-02",
            "id: past, title: A, when: 2017-05, outcome: Done",
            "id: gone, title: A, when: 2017-09, status: cancelled",
        ),
        TODAY,
    )
    assert dates(facts) == [
        ("near", "2017-05-31"),
        ("named", "2017-06-01"),
        ("stated", "2017-06-02"),
        ("far", "2018-07-03"),
        ("late", None),
        ("undated", None),
    ]
    assert [one.group.root.moment.id for one in facts.overdue] == ["near", "named"]
    assert [one.due_is_stated for one in facts.dates] == [False, True, True, False, False, False]


def test_a_repeat_has_its_next_date_on_the_list(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path, "id: a, title: A, when: 2017-05, repeat: yearly", "id: b, title: B, when: 2017-05, same_as: a"
    )
    (one,) = build_todo(plan, TODAY).dates
    assert (one.when.text, one.due) == ("2018-05", date(2018, 3, 2))


def test_what_is_over_waits_for_its_outcome(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "id: reported, title: A, when: 2017-05-02, outcome: Much",
        "id: tied, title: A, when: 2017-05-03",
        "id: teller, title: A, when: 2017-05, same_as: tied, outcome: Something",
        "id: silent, title: A, when: 2017-05-04",
        "id: latest, title: A, when: 2017-05",
        "id: cancelled, title: A, when: 2017-05-05, status: cancelled",
        "id: weekly, title: A, when: 2017-05-01, repeat: FREQ=WEEKLY",
        "id: today, title: A, when: 2017-06-01",
        "id: endless, title: A, when: 2017-05-06/..",
        others={
            "two": wave(
                "id: mixed, title: A, when: 2016-05-02, repeat: yearly, except: {2017-05-02: {when: 2017-05-03/..}}",
                period="2016-05/2017-05",
            )
        },
    )
    assert [one.group.root.moment.id for one in build_todo(plan, TODAY).outcomes] == ["latest", "silent"]


def test_what_a_wave_may_leave_is_not_on_the_list(tmp_path: Path) -> None:
    waive = (
        "actors:\n  - {id: un, confirmed: false}\n  - {id: ana, confirmed: false}\n"
        "slogan: {fr: Oui}\n"
        "waive: {stale-date a: why, unconfirmed-actor un: why, missing-translation: why}\n"
    )
    moments = ("id: a, title: A, when: 2017-09", "id: b, title: B, when: 2017-09")
    facts = build_todo(plan_of(tmp_path, *moments, more=waive), TODAY)
    assert [name for name, _ in dates(facts)] == ["b"]
    assert [one.actor_id for one in facts.actors] == ["ana"]
    assert [one.wave for one in facts.translations] == [None]


def test_of_an_announced_wave_the_title_is_to_be_translated(tmp_path: Path) -> None:
    announced = (
        "title: {fr: Bientôt}\nstatus: announced\nslogan: {fr: Oui}\nactors: [{id: un, confirmed: false}]\n"
        "moments: [{id: a, title: A, when: 2017-09}]\n"
    )
    facts = build_todo(plan_of(tmp_path, others={"two": announced}), TODAY)
    assert (facts.dates, facts.actors) == ((), ())
    assert [(one.wave, [text.name for text in one.missing]) for one in facts.translations] == [
        (None, ["ana name"]),
        ("two", ["title"]),
    ]


def test_the_list_of_one_person(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "id: a, title: A, when: 2017-09, owner: ana",
        "id: b, title: B, when: 2017-10, owner: {fr: Zoé, en: Zoe}",
        "id: c, title: C, when: 2017-08",
        "id: d, title: D, when: 2017-05-04, owner: ana",
        "id: e, title: E, when: 2017-11, same_as: c, owner: Somebody",
        more="actors: [{id: un, confirmed: false}]\n",
    )
    facts = build_todo(plan, TODAY, "Ana")
    assert [one for one, _ in dates(facts)] == ["a"]
    assert [one.group.root.moment.id for one in facts.outcomes] == ["d"]
    assert (facts.actors, facts.translations, facts.owner) == ((), (), "Ana")
    assert [one for one, _ in dates(build_todo(plan, TODAY, "Zoé"))] == ["b"]
    assert [one for one, _ in dates(build_todo(plan, TODAY, "Somebody"))] == ["c"]
    assert build_todo(plan, TODAY, "An").total == 0
    names = OwnerIndex(plan).names()
    assert list(names) == ["Ana", "Zoé", "Somebody"]
    assert {*names["Ana"]} == {"ana", "Ana López", "Ana", "La señora López"}
    assert names["Zoé"] == ["Zoé", "Zoe"]
    assert [one.owner for one in build_todo(plan, TODAY).dates] == ["Somebody", "Ana", {"fr": "Zoé", "en": "Zoe"}]


def test_the_list_of_one_actor(tmp_path: Path) -> None:
    """What names the actor, and what names nobody in a wave that has it; the moments to come, and what is open."""
    plan = plan_of(
        tmp_path,
        "id: a, title: A, when: 2017-09, actors: [un]",
        "id: b, title: B, when: 2017-08-02, place: Lima, actors: [ana, un]",
        "id: c, title: C, when: 2017-10-01, actors: [ana]",
        "id: d, title: D, when: 2017-12-01",
        "id: e, title: E, when: 2017-05-04, actors: [un]",
        "id: f, title: F, when: 2017-07-01, actors: [un], status: cancelled",
        "id: g, title: G, when: unknown, actors: [un]",
        more="actors: [{id: un, confirmed: false}, {id: ana, confirmed: false}]\n",
        others={"two": wave("id: h, title: H, when: 2017-11-01")},
    )
    facts = build_todo(plan, TODAY, actor="un")
    assert [entry.member.moment.id for entry in facts.moments] == ["b", "a", "d", "g"]
    assert [one for one, _ in dates(facts)] == ["a", "g"]
    assert ([one.actor_id for one in facts.actors], facts.translations) == (["un"], ())
    assert [one.group.root.moment.id for one in facts.outcomes] == ["e"]
    named, unnamed = facts.split_by_naming()
    assert [entry.member.moment.id for entry in named.moments] == ["b", "a", "g"]
    assert unnamed is not None
    assert [entry.member.moment.id for entry in unnamed.moments] == ["d"]
    assert build_todo(plan, TODAY).moments == ()
    whole = build_todo(plan_of(tmp_path, "id: d, title: D, when: 2017-12-01", more="actors: [un]\n"), TODAY, actor="un")
    assert (whole.split_by_naming(), len(whole.moments)) == ((whole, None), 1)  # nothing names it: all is shown


def test_what_happens_in_the_next_days(tmp_path: Path) -> None:
    """Through the same day of next week, on known days or in a known month; a longer stretch says too little."""
    plan = plan_of(
        tmp_path,
        "id: today, title: A, when: 2017-06-01",
        "id: week, title: A, when: 2017-06-08",
        "id: later, title: A, when: 2017-06-09",
        "id: month, title: A, when: 2017-06",
        "id: vague, title: A, when: 2017-05/2017-09",
        "id: long, title: A, when: 2017-05-02/2017-09-02",
        "id: over, title: A, when: 2017-05-31",
        "id: none, title: A, when: unknown",
        "id: off, title: A, when: 2017-06-02, status: cancelled",
    )
    assert [one.member.moment.id for one in build_todo(plan, TODAY).moments] == ["long", "today", "month", "week"]


def test_the_moments_to_come_of_one_person(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "id: a, title: A, when: 2017-10-02, owner: ana",
        "id: b, title: B, when: 2017-09-02, owner: ana",
        "id: c, title: C, when: 2017-09-03",
        "id: d, title: D, when: 2017-05-02, owner: ana",
    )
    assert [entry.member.moment.id for entry in build_todo(plan, TODAY, "Ana").moments] == ["b", "a"]


def test_the_other_names_of_an_actor_that_only_a_wave_has(tmp_path: Path) -> None:
    actors = "actors: [{id: own, name: Centre, kind: research, aliases: [The Centre]}]\n"
    plan = plan_of(tmp_path, "id: a, title: A, when: 2017-09, owner: own", more=actors)
    assert [name for name, _ in dates(build_todo(plan, TODAY, "Centre"))] == ["a"]
    assert OwnerIndex(plan).names()["Centre"] == ["own", "Centre", "The Centre"]


def test_a_choice_of_days_and_a_last_day_are_to_firm_up(tmp_path: Path) -> None:
    """A choice 60 days before its first day, as long as one of its days may come; then its outcome is missing."""
    moments = ("id: a, title: A, when: [2017-11-08, 2017-12-15]", "id: b, title: B, when: ../2018-07-20")
    plan = read_plan(tmp_path, {"one": wave(*moments)})
    assert dates(build_todo(plan, TODAY)) == [("a", "2017-09-09"), ("b", "2018-05-21")]
    between = build_todo(plan, date(2017, 12, 1))
    assert ([one.group.root.moment.id for one in between.overdue], between.outcomes) == (["a"], ())
    assert [one.group.root.moment.id for one in build_todo(plan, date(2017, 12, 16)).outcomes] == ["a"]

"""The card of a wave: what is ahead, who takes part, and what stays in the house."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.plans import REAL, read_plan
from support.timelines import wave
from wavectl import rules
from wavectl.insights.card import build_card
from wavectl.model import ActorGroup as Side
from wavectl.plan.loader import load

TODAY = date(2017, 6, 1)


def test_the_card_of_a_real_wave() -> None:
    """Housing: its six moments are seven times; four actors of the network and seven partners, all confirmed."""
    plan = load(REAL)
    facts = build_card(plan, "housing", TODAY, rules.check(plan).findings)
    assert facts.progress is not None
    assert (facts.progress.month, facts.progress.months) == (2, 20)
    assert (len(facts.upcoming), facts.past_count) == (7, 0)
    assert [one.id for one in facts.actors if one.group is Side.NETWORK] == [
        "barcelona",
        "cisdpdh",
        "sections",
        "strategic-planning",
    ]
    assert [one.group for one in facts.actors] == [Side.NETWORK] * 4 + [Side.EXTERNAL] * 7
    assert all(one.confirmed for one in facts.actors)
    assert [priority for priority, _, text in facts.content if text is None] == ["implementation"]
    ((campaign, people),) = facts.campaigns
    assert (campaign.name, len(people)) == ("Make the Shift", 3)
    assert {finding.wave for finding in facts.findings} == {"housing"}
    migration = build_card(plan, "migration", TODAY)
    assert [one.id for one in migration.actors if not one.confirmed] == ["cmi"]
    assert migration.findings == ()


def test_on_a_later_day_some_of_it_is_over() -> None:
    """On 4 November the forum and the two days of Barcelona are over; the meetings of that month may come."""
    facts = build_card(load(REAL), "housing", date(2017, 11, 4))
    assert (len(facts.upcoming), facts.past_count) == (5, 2)


def test_outside_the_house_there_is_no_draft_and_no_finding(tmp_path: Path) -> None:
    moments = ("id: a, title: A, when: 2017-09", "id: b, title: B, when: 2017-09-14, draft: true, same_as: a")
    plan = read_plan(tmp_path, {"one": wave(*moments)})
    findings = rules.check(plan).findings
    inside, outside = (build_card(plan, "one", TODAY, findings, internal=inside) for inside in (True, False))
    assert [entry.occurrence.when.text for entry in inside.upcoming] == ["2017-09-14"]
    assert [entry.occurrence.when.text for entry in outside.upcoming] == ["2017-09"]
    assert (bool(inside.findings), outside.findings) == (True, ())


def test_actors_that_are_not_in_the_register(tmp_path: Path) -> None:
    actors = "actors:\n  - {name: Ours, kind: member, role: lead}\n  - {id: own, name: {fr: Centre}, kind: research}\n"
    facts = build_card(read_plan(tmp_path, {"one": wave(more=actors)}), "one", TODAY)
    assert [(one.group, one.id, one.name, one.role) for one in facts.actors] == [
        (Side.NETWORK, None, "Ours", "lead"),
        (Side.EXTERNAL, "own", {"fr": "Centre"}, None),
    ]

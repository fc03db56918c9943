"""Actors are called as the register says, else as a wave does; doubt of any wave counts."""

from __future__ import annotations

from support.plans import read_plan
from wavectl.model import WaveActor
from wavectl.timeline.actors import ActorName, UnconfirmedActor, actor_kind, resolve_actor_name, unconfirmed_actors


def test_names_and_doubts(tmp_path):
    wave = "title: W\nstatus: announced\nactors: "
    plan = read_plan(
        tmp_path,
        {
            "programme": "actors: {un: {name: UN, kind: international}}",
            "a": wave + "[un, {id: own, name: Ours, kind: member}]\n",
            "b": wave + "[{id: un, confirmed: false}, {id: own, name: Theirs, kind: member}]\n",
        },
    )
    assert resolve_actor_name(plan, "un", ["a"]) == ActorName("UN", unconfirmed=False)
    assert resolve_actor_name(plan, "un", ["a", "b"]) == ActorName("UN", unconfirmed=True)
    assert resolve_actor_name(plan, "own", ["b", "a"]) == ActorName("Theirs", unconfirmed=False)
    assert resolve_actor_name(plan, "own", ["gone", "a"]) == ActorName("Ours", unconfirmed=False)
    assert resolve_actor_name(plan, "unknown", ["a"]) == ActorName(None, unconfirmed=False)


def test_unconfirmed_actors_and_kinds(tmp_path):
    plan = read_plan(
        tmp_path,
        {
            "programme": "actors: {un: {name: UN, kind: international}}",
            "a": "title: W\nstatus: announced\nactors:\n  - un\n  - {id: un, confirmed: false}\n"
            "  - {name: Ours, kind: member, confirmed: false}\n",
        },
    )
    assert list(unconfirmed_actors(plan)) == [
        UnconfirmedActor("a", 1, "un", "UN"),
        UnconfirmedActor("a", 2, None, "Ours"),
    ]
    assert [actor_kind(plan, actor) for actor in plan.waves["a"].actors] == ["international", "international", "member"]
    assert actor_kind(plan, WaveActor(id="unknown")) is None

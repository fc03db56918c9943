"""Actors are called as the register says, else as a wave does; doubt of any wave counts."""

from __future__ import annotations

from plans import read_plan
from wavectl.model import WaveActor
from wavectl.timeline import Named, Unconfirmed, kind_of, named, unconfirmed


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
    assert named(plan, "un", ["a"]) == Named("UN", unsure=False)
    assert named(plan, "un", ["a", "b"]) == Named("UN", unsure=True)
    assert named(plan, "own", ["b", "a"]) == Named("Theirs", unsure=False)
    assert named(plan, "own", ["gone", "a"]) == Named("Ours", unsure=False)
    assert named(plan, "nobody", ["a"]) == Named(None, unsure=False)


def test_who_is_to_be_asked_and_what_they_are(tmp_path):
    plan = read_plan(
        tmp_path,
        {
            "programme": "actors: {un: {name: UN, kind: international}}",
            "a": "title: W\nstatus: announced\nactors:\n  - un\n  - {id: un, confirmed: false}\n"
            "  - {name: Ours, kind: member, confirmed: false}\n",
        },
    )
    assert list(unconfirmed(plan)) == [Unconfirmed("a", 1, "un", "UN"), Unconfirmed("a", 2, None, "Ours")]
    assert [kind_of(plan, actor) for actor in plan.waves["a"].actors] == ["international", "international", "member"]
    assert kind_of(plan, WaveActor(id="nobody")) is None

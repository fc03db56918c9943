"""Actors are called as the register says, else as a wave does; doubt of any wave counts."""

from __future__ import annotations

from plans import read_plan
from wavectl.timeline import Named, named


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

"""Whom waves share: by id of the register, collectives with their parts, and no actor that only has the same id."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.convergence import actors, met, wave


@pytest.mark.parametrize(
    ("one", "two", "shared"),
    [
        ("[un, city]", "[un, africa]", ["un: a b"]),
        ("[sections]", "[africa, europe]", ["sections: a; b (africa europe)"]),
        ("[africa]", "[sections]", ["sections: b; a (africa)"]),
        ("[uclg]", "[africa]", ["uclg: a; b (africa)"]),  # a part of a part
        ("[africa]", "[europe]", []),  # two parts of one whole are two
        ("[sections]", "[sections, africa]", ["sections: a b"]),
        ("[sections, africa]", "[sections]", ["sections: a b"]),
        ("[sections, africa]", "[africa, europe]", ["sections: a; b (europe)", "africa: a b"]),
        ("[sections, africa]", "[africa]", ["africa: a b"]),  # all there is of the whole is shared by name
        ("[{id: x, name: X, kind: member}]", "[{id: x, name: X, kind: member}]", []),  # not in the register
        ("[sections]", "[{id: x, name: X, kind: section, part_of: sections}]", ["sections: a; b (b/x)"]),
        ("[]", "[un]", []),
    ],
)
def test_actors_of_two_waves(one: str, two: str, shared: list[str], tmp_path: Path) -> None:
    found = met(tmp_path, {"a": wave(actors=one), "b": wave(actors=two)})
    assert actors(found) == shared
    assert found.totals.actors == len(shared)
    assert found.pairs.get(("a", "b"), found.totals).actors == len(shared)


def test_who_is_named_by_a_moment_acts_in_its_wave_and_who_runs_a_campaign_does_not(tmp_path: Path) -> None:
    campaign = "campaigns: [{name: C, actors: [city]}]\n"
    waves = {"a": wave("m | 2017-07 | | actors: [un]"), "b": wave(actors="[un, city]"), "c": wave() + campaign}
    assert actors(met(tmp_path, waves)) == ["un: a b"]


def test_a_wave_with_an_unconfirmed_actor_is_named(tmp_path: Path) -> None:
    found = met(tmp_path, {"a": wave(actors="[un]"), "b": wave(actors="[{id: un, confirmed: false}]")})
    assert [one.unconfirmed_in for one in found.shared_actors] == [("b",)]


def test_rings_of_collectives_end(tmp_path: Path) -> None:
    ring = (
        "actors:\n  x: {name: X, kind: member, part_of: y}\n  y: {name: Y, kind: member, part_of: x}\n"
        "  z: {name: Z, kind: member, part_of: z}\n"
    )
    found = met(tmp_path, {"programme": ring, "a": wave(actors="[x, z]"), "b": wave(actors="[y, z]")})
    assert actors(found) == ["x: a; b (y)", "y: b; a (x)", "z: a b"]


def test_one_of_three_waves_in_focus(tmp_path: Path) -> None:
    waves = {"a": wave(actors="[un, city]"), "b": wave(actors="[un, africa]"), "c": wave(actors="[city, sections]")}
    assert actors(met(tmp_path, waves)) == ["un: a b", "sections: c; b (africa)", "city: a c"]
    assert actors(met(tmp_path, waves, "b")) == ["un: a b", "sections: c; b (africa)"]
    assert actors(met(tmp_path, waves, "a", "c")) == ["city: a c"]
    assert list(met(tmp_path, waves, "b").pairs) == [("a", "b"), ("b", "c")]

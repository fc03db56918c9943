"""The regions of actors: their own, their country's, and those of their parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, read_plan
from wavectl.timeline.actors import RegionIndex

PROGRAMME = """
regions:
  africa: {name: Africa, countries: [ZA, MA]}
  europe: {name: Europe, countries: [ES]}
  eurasia: Eurasia
actors:
  all: {name: All, kind: association}
  sections: {name: Sections, kind: section, part_of: all}
  south: {name: South, kind: section, part_of: sections, regions: [africa]}
  city: {name: City, kind: member, country: ES}
  ring: {name: Ring, kind: member, part_of: circle, country: MA}
  circle: {name: Circle, kind: member, part_of: ring, country: ES}
"""
WAVE = (
    ANNOUNCED
    + """
actors:
  - all
  - {id: city, regions: [eurasia]}
  - {name: Someone, kind: research, part_of: sections, country: ES}
  - {id: own, name: Own, kind: research, part_of: sections, regions: [eurasia]}
"""
)


@pytest.mark.parametrize(
    ("actor", "wave", "expected"),
    [
        ("city", "other", {"europe"}),
        ("city", "wave", {"europe", "eurasia"}),  # with what holds in this wave
        ("all", "other", {"africa"}),
        ("all", "wave", {"africa", "europe", "eurasia"}),  # with the wave's own parts of it
        ("ring", "other", {"africa", "europe"}),
        ("ghost", "wave", set()),
    ],
)
def test_an_actor_reaches_what_it_names_its_country_and_its_parts(
    actor: str, wave: str, expected: set[str], tmp_path: Path
) -> None:
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "wave": WAVE, "other": ANNOUNCED})
    assert RegionIndex(plan).of_actor(actor, wave) == expected


def test_a_wave_reaches_what_its_actors_do(tmp_path: Path) -> None:
    nameless = ANNOUNCED + "actors:\n  - {name: Someone, kind: research, country: ZA}\n  - city\n"
    reach = RegionIndex(read_plan(tmp_path, {"programme": PROGRAMME, "wave": nameless, "other": ANNOUNCED}))
    assert (reach.of_wave("wave"), reach.of_wave("other")) == ({"africa", "europe"}, set())

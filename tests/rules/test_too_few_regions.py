"""The regions that a wave's actors reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.rules import too_few_regions

PROGRAMME = """
regions: {africa: {name: Africa, countries: [ZA]}, europe: {name: Europe, countries: [ES]}, mewa: MEWA}
actors:
  all: {name: All, kind: association}
  south: {name: South, kind: section, part_of: all, regions: [africa]}
  city: {name: City, kind: member, country: ES}
design: {min_regions: %d}
"""


@pytest.mark.parametrize(
    ("wanted", "actors", "reached"),
    [
        (2, "[city]", 1),
        (2, "[city, south]", None),
        (2, "[city, all]", None),
        (3, "[city, all]", 2),
        (3, "[city, all, {name: Own, kind: research, regions: [mewa]}]", None),
        (1, "[]", 0),
        (0, "[]", None),
    ],
)
def test_regions_are_counted(wanted: int, actors: str, reached: int | None, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": PROGRAMME % wanted, "wave": f"{SOUND}actors: {actors}\n"})
    expected = [] if reached is None else [f"the wave's actors reach {reached} regions; the programme wants {wanted}"]
    assert [str(finding.message) for finding in too_few_regions.check(plan)] == expected


def test_the_hint_names_those_that_are_missing(tmp_path: Path) -> None:
    plan = read_plan(tmp_path / "some", {"programme": PROGRAMME % 2, "wave": f"{SOUND}actors: [city]\n"})
    assert [str(finding.hint) for finding in too_few_regions.check(plan)] == ["nobody is there yet from africa, mewa"]
    plan = read_plan(tmp_path / "none", {"programme": "design: {min_regions: 2}\n", "wave": SOUND})
    assert [str(finding.hint) for finding in too_few_regions.check(plan)] == ["add regions: to programme.yaml"]

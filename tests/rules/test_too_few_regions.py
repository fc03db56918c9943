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
    ("minimum", "actors", "reached"),
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
def test_regions_are_counted(minimum: int, actors: str, reached: int | None, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": PROGRAMME % minimum, "wave": f"{SOUND}actors: {actors}\n"})
    expected = [] if reached is None else [{"number": reached, "minimum": minimum}]
    assert [finding.message.values for finding in too_few_regions.check(plan)] == expected


def test_the_hint_names_the_missing_regions(tmp_path: Path) -> None:
    plan = read_plan(tmp_path / "some", {"programme": PROGRAMME % 2, "wave": f"{SOUND}actors: [city]\n"})
    (finding,) = too_few_regions.check(plan)
    assert finding.hint is not None
    assert finding.hint.values == {"missing": "africa, mewa"}


def test_without_regions_in_the_programme_the_hint_names_its_file(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": "design: {min_regions: 2}\n", "wave": SOUND})
    (finding,) = too_few_regions.check(plan)
    assert "programme.yaml" in str(finding.hint)

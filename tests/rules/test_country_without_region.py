"""Countries that are in no region."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.diagnostics import format_path

REGIONS = "regions: {africa: {name: Africa, countries: [ZA]}, europe: Europe}\n"


@pytest.mark.parametrize(
    ("programme", "wave", "expected"),
    [
        (REGIONS, "moments: [{id: a, title: A, when: 2017-09, place: {country: CV}}]", ["moments[0].place.country"]),
        (REGIONS, "moments: [{id: a, title: A, when: 2017-09, place: {country: ZA}}]", []),
        (REGIONS, "moments: [{id: a, title: A, when: 2017-09, place: {country: CV}, regions: [africa]}]", []),
        (REGIONS, "actors: [{id: own, name: Own, kind: member, country: CV}]", ["actors[0].country"]),
        (REGIONS, "actors: [{id: own, name: Own, kind: member, country: CV, regions: [africa]}]", []),
        (REGIONS + "actors: {own: {name: Own, kind: member, country: CV}}\n", "actors: [own]", ["actors.own.country"]),
        ("regions: {africa: Africa}\n", "actors: [{id: own, name: Own, kind: member, country: CV}]", []),
        ("languages: [en]\n", "actors: [{id: own, name: Own, kind: member, country: CV}]", []),
        (
            REGIONS,
            "actors: [{name: A, kind: member, country: CV}, {name: B, kind: member, country: FR}]\n"
            "moments: [{id: a, title: A, when: 2017-09, place: {country: CV}}]",
            ["actors[0].country", "actors[1].country"],  # each country once
        ),
    ],
)
def test_countries_are_looked_up(programme: str, wave: str, expected: list[str], tmp_path: Path) -> None:
    found = checked(read_plan(tmp_path, {"programme": programme, "wave": f"{SOUND}{wave}\n"}))
    assert [(one.rule, format_path(one.path)) for one in found] == [
        ("country-without-region", path) for path in expected
    ]


def test_the_hint_names_the_country(tmp_path: Path) -> None:
    wave = SOUND + "actors: [{id: own, name: Own, kind: member, country: CV}]\n"
    (finding,) = checked(read_plan(tmp_path, {"programme": REGIONS, "wave": wave}))
    assert finding.hint is not None
    assert finding.hint.values == {"country": "CV"}

"""What a plan covers, on a page: holes in words, and no more quarters than a screen has room for."""

from __future__ import annotations

import json
from pathlib import Path

from support.pages import of
from support.plans import write_plan
from support.timelines import wave

PROGRAMME = """
languages: [en]
priorities: {learning: Learning}
regions: {africa: {name: Africa, countries: [ZA]}, europe: {name: Europe, countries: [ES]}}
design: {max_silent_months: 5}
"""


def test_gaps_are_described_in_words(tmp_path: Path) -> None:
    moments = (
        "id: a, title: A, when: 2017-01/2018-02, regions: [africa]",
        "id: b, title: B, when: 2018-09, place: {country: ZA}",
    )
    write_plan(
        tmp_path,
        {
            "programme": PROGRAMME,
            "one": wave(
                *moments, period="2018", more="actors: [{name: N, kind: member, country: ZA}]\ncontent: {learning: L}\n"
            ),
        },
    )
    shown = json.loads(of(tmp_path, "coverage", "--format", "json"))
    assert shown["holes"] == [
        "No moment in Africa: March to August 2018",
        "No moment in Europe: January to December 2018",
        "No moment in the wave one: March to August 2018",
        "The priority Learning has no wave or moment in: Europe",
        "The priority Learning has no actors from: Partners",
    ]
    text = of(tmp_path, "coverage")
    assert text.startswith("What the plan covers\n\nGaps\nNo moment in Africa: March to August 2018\n")
    assert "\nAfrica         1\nEurope         ·\n" in text
    assert "Aucun moment pour la région Africa : de mars à août 2018\n" in of(tmp_path, "coverage", lang="fr")


def test_a_plan_without_gaps(tmp_path: Path) -> None:
    write_plan(
        tmp_path,
        {
            "programme": "languages: [en]\npriorities: {}\n",
            "one": wave("id: a, title: A, when: 2017/2018", more="actors: [{name: B, kind: member}]\n"),
        },
    )
    assert of(tmp_path, "coverage").split("\n\n")[1] == "Gaps\nnone"


def test_eight_quarters_are_shown_from_the_current_one_on(tmp_path: Path) -> None:
    moments = [f"id: y{year}, title: A, when: {year}-02-01, regions: [africa]" for year in range(2015, 2021)]
    write_plan(tmp_path, {"programme": PROGRAMME, "one": wave(*moments, period="2015/2020")})

    def quarters(*options: str, today: str = "2017-06-01") -> list[str]:
        text = of(tmp_path, "coverage", *options, today=today)
        (head,) = [line for line in text.splitlines() if line.startswith("Region ") and " Q1 " in line]
        return head.split("  ")[1:]

    assert [quarters()[place].strip() for place in (0, -1)] == ["Q2 2017", "Q1 2019"]
    assert "and 16 more quarters (all with --limit 0)\n" in of(tmp_path, "coverage")
    assert [quarters(today="2014-01-01")[place].strip() for place in (0, -1)] == ["Q1 2015", "Q4 2016"]
    assert [quarters(today="2031-01-01")[place].strip() for place in (0, -1)] == ["Q1 2019", "Q4 2020"]
    assert len(quarters("--limit", "0")) >= 24


def test_moments_that_name_a_priority_follow_a_plus(tmp_path: Path) -> None:
    moment = "id: a, title: A, when: 2017-09, priorities: [learning], regions: [africa]"
    write_plan(tmp_path, {"programme": PROGRAMME, "one": wave(moment)})
    assert "\nAfrica      0 +1\n" in of(tmp_path, "coverage")


def test_a_priority_without_anything_is_one_hole(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "languages: [en]\npriorities: {learning: Learning}\n", "one": wave()})
    text = of(tmp_path, "coverage")
    assert "\nNo content or moment yet for the priority Learning\n\n" in text
    assert "The priority Learning has no actors" not in text
    assert "Regions by priority" not in text


def test_a_plan_without_regions_says_how_to_define_them(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": wave()})
    assert "regions:" in of(tmp_path, "coverage").splitlines()[1]
    data = json.loads(of(tmp_path, "coverage", "--format", "json"))
    assert (data["without_actors"], data["without_content"]) == (["one"], ["one"])

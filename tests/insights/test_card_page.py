"""The card of a wave: what stays in the house is not on the page that is sent round, and nothing breaks out of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.pages import of
from support.plans import write_plan

PRIVATE = """\
title: {en: Housing}
slogan: A right
hashtags: ["#Housing"]
period: 2017-05/2018-12
source: Secret-source
x-own: Secret-x
waive: {calendar-length: Secret-reason}
moments:
  - id: a
    title: Forum
    when: 2017-09
    owner: Secret-owner
    confirm_by: 2017-07-04
    note: Secret-note
    source: Secret-source
    x-own: Secret-x
  - {id: b, title: Secret-draft, when: 2017-10, draft: true}
  - {id: c, title: Old, when: 2017-05-02}
  - {id: d, title: Later, when: 2017-11, status: postponed}
  - {id: e, title: Gone, when: 2017-11, status: cancelled}
  - {id: f, title: Open, when: unknown, status: tentative}
actors:
  - {name: Somebody, kind: partner, role: lead, confirmed: false}
content: {advocacy: "# Big\\n\\n<script>x</script>\\n\\n```\\nopen"}
campaigns: [{name: Shift, hashtag: "#Shift", url: "https://a.example/b"}]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": "languages: [en]\n", "housing": PRIVATE})
    return tmp_path


def test_the_published_card_has_nothing_private(home: Path) -> None:
    text = of(home, "show", "housing", "--format", "markdown")
    assert "Secret" not in text
    assert "2017-07-04" not in text
    assert "4 July" not in text
    assert "missing-" not in text
    assert "unconfirmed-actor" not in text
    assert "| ≈ | September 2017 | **Forum** |" in text
    assert "| » | November 2017 | **Later (postponed)** |" in text
    assert "| ✗ | November 2017 | ~~Gone (cancelled)~~ |" in text
    assert "| ? | date to be confirmed | **Open** |" in text
    assert "- ? Somebody · lead, to be confirmed\n" in text
    assert "**Shift** #Shift https://a.example/b" in text
    assert text.count("over: 1") == 1


def test_what_the_plan_writes_stays_inside_its_part_of_the_page(home: Path) -> None:
    text = of(home, "show", "housing", "--format", "markdown")
    assert "\n### Big\n\n&lt;script>x&lt;/script>\n\n```\nopen\n```\n\n" in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Housing",
        "## Upcoming moments",
        "## Partners",
        "## Content by priority",
        "### Big",
        "## Campaigns",
    ]


def test_the_internal_card_has_findings_and_waivers(home: Path) -> None:
    text = of(home, "show", "housing")
    assert "Secret-draft (draft)" in text
    assert "Secret-reason (calendar-length)" in text
    assert 'the actor "Somebody" is not confirmed' in text
    assert "Secret-owner" not in text
    assert "Secret-note" not in text
    shown = json.loads(of(home, "show", "housing", "--format", "json"))
    assert [one["id"] for one in shown["ahead"]] == ["a", "b", "e", "d", "f"]
    assert (shown["over"], shown["waived"]) == (1, {"calendar-length": "Secret-reason"})
    assert "unconfirmed-actor" in [one["rule"] for one in shown["findings"]]
    for word in ("Secret-owner", "Secret-note", "Secret-source", "Secret-x", "confirm_by"):
        assert word not in json.dumps(shown)


def test_the_card_of_a_wave_without_findings(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": "title: Soon\nstatus: announced\nnotice: Coming\nurl: https://a.example\n"})
    assert of(tmp_path, "show", "one") == (
        "Soon\nComing\nannounced\nhttps://a.example\n\nFindings\nno problems found\n"
    )
    assert of(tmp_path, "show", "one", "--format", "markdown") == (
        "# Soon\n\nComing  \nannounced  \nhttps://a.example\n"
    )


def test_messages_in_json_are_english_by_default(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "languages: [fr, en]\n", "one": "title: {fr: Bientôt}\nstatus: announced\n"})
    from support.plans import run

    (found,) = json.loads(run("show", "one", "--format", "json", cwd=tmp_path).out)["findings"]
    assert found["message"] == "still to be translated into English: title"
    (found,) = json.loads(run("show", "one", "--format", "json", "--lang", "fr", cwd=tmp_path).out)["findings"]
    assert found["message"].startswith("reste à traduire en anglais")

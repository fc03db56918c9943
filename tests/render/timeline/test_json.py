"""The timeline for programs, exactly as the schema promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.timeline_views import KEYS, PLAN, of_moments, of_plan
from wavectl.render.timeline import RenderContext, render_timeline

FR = RenderContext(("fr",))


def data(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def entry_of(home: Path, moment: str) -> dict[str, Any]:
    """Return the first entry of a wave with one moment."""
    entries = data(render_timeline("json", of_moments(home, f"id: a, title: A, {moment}"), FR))["entries"]
    first: dict[str, Any] = entries[0]
    return first


def test_the_schema_is_the_one_that_is_promised(tmp_path: Path) -> None:
    shown = data(render_timeline("json", of_plan(tmp_path, PLAN, ["housing"]), FR))
    (entry,) = shown.pop("entries")
    assert shown == {"schema": "wavectl/timeline/1", "today": "2017-06-01", "waves": ["housing"]}
    assert list(entry)[: len(KEYS)] == KEYS
    assert entry == {
        "wave": "housing",
        "id": "gwangju-forum",
        "kind": "event",
        "title": "7e Forum",
        "when": "2017-09-14/2017-09-17",
        "stated": "2017-09",
        "text": "14–17 septembre 2017",
        "earliest": "2017-09-14",
        "latest": "2017-09-17",
        "precision": "day",
        "exact": True,
        "firm": True,
        "repeat": None,
        "starts_at": None,
        "ends_at": None,
        "timezone": None,
        "status": "confirmed",
        "place": "Gwangju",
        "country": "KR",
        "online": False,
        "regions": ["asia-pacific"],
        "priorities": ["learning"],
        "actors": ["gwangju"],
        "url": None,
        "also_in": ["migration/gwangju-forum"],
        "draft": False,
    }


def test_languages_are_tried_in_order(tmp_path: Path) -> None:
    shown = of_plan(tmp_path, PLAN, ["housing"])
    titles = [
        data(render_timeline("json", shown, RenderContext(langs)))["entries"][0]["title"]
        for langs in (("en", "fr"), ("es", "fr"), ("es",))
    ]
    assert titles == ["7th Forum", "7e Forum", "7e Forum"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (
            "when: unknown",
            {"when": "unknown", "earliest": None, "latest": None, "precision": "unknown", "exact": False},
        ),
        ("when: 2018-07-05/", {"when": "2018-07-05/..", "earliest": "2018-07-05", "latest": None, "precision": "day"}),
        ("when: ../2018-07", {"when": "../2018-07", "earliest": None, "latest": "2018-07-31", "precision": "month"}),
        (
            "when: [2017-11-08, 2017-11-15]",
            {"when": "[2017-11-08,2017-11-15]", "earliest": "2017-11-08", "latest": "2017-11-15", "exact": False},
        ),
        ("when: '[2018-01..2018-06-05]'", {"text": "entre janvier 2018 et le 5 juin 2018", "precision": "year"}),
        ("when: 2018-24", {"earliest": "2018-12-01", "latest": "2019-02-28", "precision": "season", "firm": False}),
        (
            "when: 2017-11-08T15:00/2017-11-08T16:30, timezone: Asia/Seoul",
            {
                "starts_at": "2017-11-08T15:00:00+09:00",
                "ends_at": "2017-11-08T16:30:00+09:00",
                "timezone": "Asia/Seoul",
                "precision": "time",
                "exact": True,
            },
        ),
        (
            "when: 2017-11-08T20:00Z, timezone: Asia/Seoul",
            {
                "when": "2017-11-08T20:00Z",
                "text": "9 novembre 2017 à 5 h",
                "earliest": "2017-11-09",
                "starts_at": "2017-11-09T05:00:00+09:00",
                "ends_at": None,
                "timezone": "Asia/Seoul",
            },
        ),
        (
            "when: 2017-11-08T15:00/2017-11-09",
            {"precision": "day", "starts_at": "2017-11-08T15:00:00+00:00", "timezone": "UTC"},
        ),
        ("when: 2017-11-08, timezone: Asia/Seoul", {"timezone": None, "starts_at": None}),
        ("when: 2017-12-10, repeat: yearly", {"when": "2017-12-10", "repeat": "yearly"}),
        (
            'when: 2017-10-02, repeat: "FREQ=YEARLY;BYDAY=1MO;BYMONTH=10"',
            {"repeat": "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"},
        ),
        (
            "when: 2017-11, status: postponed, kind: deadline",
            {"status": "postponed", "kind": "deadline", "firm": False},
        ),
        ("when: 2017-11, place: {online: true}", {"place": None, "country": None, "online": True}),
        ("when: 2017-11, place: {scope: worldwide}", {"place": None, "country": None, "online": False}),
        ("when: 2017-11, url: https://a.org/?x=1", {"url": "https://a.org/?x=1"}),
        ("when: 2017-11, draft: true", {"draft": True}),
    ],
)
def test_what_an_entry_says(moment: str, expected: dict[str, Any], tmp_path: Path) -> None:
    entry = entry_of(tmp_path, moment)
    assert {key: entry[key] for key in expected} == expected


def test_what_could_steer_a_terminal_is_escaped_and_not_lost(tmp_path: Path) -> None:
    text = render_timeline(
        "json", of_moments(tmp_path, 'id: a, title: "\\e[31m \\x9b31m \\u202E [red] \\x7F", when: 2017-11'), FR
    )
    assert not set(text) & set("\x1b\x9b\u202e\x7f")
    assert data(text)["entries"][0]["title"] == "\x1b[31m \x9b31m \u202e [red] \x7f"


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = {
        render_timeline("json", of_plan(tmp_path / str(n), PLAN), RenderContext(("fr",), width, True))
        for n, width in enumerate((None, 60))
    }
    assert len(texts) == 1
    assert texts.pop().endswith("}\n")

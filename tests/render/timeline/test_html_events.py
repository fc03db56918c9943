"""Events for search engines: no date more precise than it is known, no draft, nothing private."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.timeline_views import everything, of_moments
from wavectl.render.timeline import RenderContext
from wavectl.render.timeline.html import event_graph

EN = RenderContext(("en",))


def event(home: Path, moment: str) -> dict[str, Any]:
    """Return the one event of a wave of one moment."""
    (found,) = event_graph(of_moments(home, f"id: a, title: A, {moment}"), EN)["@graph"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        ("2017-09-14", {"startDate": "2017-09-14", "endDate": "2017-09-14"}),
        ("2017-09-14/2017-09-17", {"startDate": "2017-09-14", "endDate": "2017-09-17"}),
        ("2017-09", {"startDate": "2017-09"}),
        ("2018", {"startDate": "2018"}),
        ("2017-09-14/..", {"startDate": "2017-09-14"}),
        ("2018-02/2018-07", {}),
        ("2017-34", {"startDate": "2017"}),
        ("2017-24", {}),  # a winter of two years
        ("2017-09-14?", {}),
        ("2017-09~", {}),
        ('"[2017-09-05..2017-09-20]"', {"startDate": "2017-09"}),
        ('"[2017-09-05..2017-10-20]"', {"startDate": "2017"}),
        ("unknown", {}),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(when: str, dates: dict[str, str], tmp_path: Path) -> None:
    found = event(tmp_path, f"when: {when}")
    assert {name: text for name, text in found.items() if name.endswith("Date")} == dates
    assert found["description"]


def test_a_time_of_day_has_its_offset(tmp_path: Path) -> None:
    found = event(tmp_path, "when: 2017-11-08T15:00/2017-11-08T16:30, timezone: Asia/Seoul")
    assert (found["startDate"], found["endDate"]) == ("2017-11-08T15:00:00+09:00", "2017-11-08T16:30:00+09:00")
    assert "endDate" not in event(tmp_path / "b", "when: 2017-11-08T15:00")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("confirmed", "https://schema.org/EventScheduled"),
        ("tentative", None),
        ("postponed", "https://schema.org/EventPostponed"),
        ("cancelled", "https://schema.org/EventCancelled"),
    ],
)
def test_a_status_has_the_name_of_schema_org(status: str, expected: str | None, tmp_path: Path) -> None:
    found = event(tmp_path, f"when: 2017-09-14, status: {status}")
    assert found.get("eventStatus") == expected
    assert found["description"] == "14 September 2017" + ("" if status == "confirmed" else f". {status}")


@pytest.mark.parametrize(
    ("place", "mode", "kinds"),
    [
        ("{name: Bonn, country: DE}", "Offline", ["Place"]),
        ("{country: DE}", "Offline", ["Place"]),
        ("{online: true}, url: 'https://example.org/'", "Online", ["VirtualLocation"]),
        ("{name: Bonn, online: true}, url: 'https://example.org/'", "Mixed", ["Place", "VirtualLocation"]),
        ("{online: true}", "Online", ["VirtualLocation"]),
        ("{scope: worldwide}", None, []),
    ],
)
def test_a_place_is_there_or_online(place: str, mode: str | None, kinds: list[str], tmp_path: Path) -> None:
    found = event(tmp_path, f"when: 2017-09-14, place: {place}")
    assert found.get("eventAttendanceMode") == (f"https://schema.org/{mode}EventAttendanceMode" if mode else None)
    places = found.get("location", [])
    assert [one["@type"] for one in (places if isinstance(places, list) else [places])] == kinds


def test_a_country_is_in_the_address(tmp_path: Path) -> None:
    location = event(tmp_path, "when: 2017-09-14, place: {country: DE}")["location"]
    assert location == {
        "@type": "Place",
        "name": "Germany",
        "address": {"@type": "PostalAddress", "addressCountry": "DE"},
    }


def test_drafts_deadlines_and_publications_are_no_events(tmp_path: Path) -> None:
    names = [found["name"] for found in event_graph(everything(tmp_path), EN)["@graph"]]
    assert {"Both", "Year", "Undated", "Once"} <= set(names)
    assert not {"Draft", "Deadline", "Tentative 🎉", "Cancelled"} & set(names)

"""``wavectl actions export``: only what may be published, in files that other programs read."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import rfc5545
from support.fuzz import examples
from support.plans import Outcome, run
from support.registers import write_actions
from wavectl.actions.action import COLUMNS, FORGOTTEN, PRIVATE_COLUMNS
from wavectl.actions.register import Row
from wavectl.insights.action_list import ListedAction, ListFacts, build_page, render_csv, render_geojson
from wavectl.plan.loader import Plan, load
from wavectl.publishing.action_entries import action_entries
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.vcalendar import CalendarTitle, render_calendar
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.render.context import RenderContext
from wavectl.render.page import markdown, terminal_table
from wavectl.text.escaping import is_formula

HOSTILE = '=1+1 <script>x</script> "lone | \x07\x1b[31m\u202e;, `a`\u2028 &amp;'
CANARIES = {column: f"canary-{column}" for column in PRIVATE_COLUMNS}
LEARNING = {"kind": "learning"}
SHOWN = {"review": "accepted", "publish": "full"}
ROWS = (
    {**SHOWN, "title": HOSTILE, "organiser": HOSTILE, "place": HOSTILE, "outcome": HOSTILE, "when": "2017-11-02"},
    {
        **SHOWN,
        **CANARIES,
        "lat": "36.80650049",
        "lon": "-10.1815",
        "country": "TN",
        "when": "2017-11",
        "kind": "learning",
    },
    {**SHOWN, "title": "Write to canary@b.example", "lat": "0", "lon": "0.0", "url": "https://x.example"},
    {**SHOWN, "organiser": "Canary Ruiz", "organiser_type": "person", "lat": "36.8", "when": "2017-12-05T10:00"},
    {**SHOWN, "status": "cancelled", "when": "2018-01-15", "updated": "2017-11-20"},
    *[{"title": "canary", **choice} for choice in ({"review": "accepted"}, {"publish": "full"})],
    *[{**SHOWN, "title": "canary", **choice} for choice in ({"review": "refused"}, {"publish": "no"})],
    {**SHOWN, "title": FORGOTTEN, "country": "TN", "when": "2017-11-02"},
)
IDS = [f"form-{number}" for number in range(1, 6)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    write_actions(home, *ROWS)
    return home


@pytest.fixture(scope="module")
def plan(home: Path) -> Plan:
    return load(home / "waves")


def export(home: Path, *arguments: str) -> Outcome:
    outcome = run("actions", "export", *arguments, "--today", "2017-12-01", "--lang", "en", cwd=home)
    assert outcome.code == 0, outcome.err
    return outcome


@pytest.mark.parametrize("output_format", ["csv", "xlsx", "geojson", "ics"])
def test_only_what_may_be_published_is_in_a_file(home: Path, output_format: str) -> None:
    data = export(home, "-o", f"actions.{output_format}")
    content = (home / f"actions.{output_format}").read_bytes()
    if output_format == "xlsx":
        content = repr([[*row] for row in openpyxl.load_workbook(BytesIO(content)).active.values]).encode()
    assert b"canary" not in content.lower()
    assert "canary" not in data.out + data.err
    assert output_format == "xlsx" or export(home, "--format", output_format).raw == content


def test_csv_and_workbook_have_a_row_for_each_and_no_formula(home: Path) -> None:
    rows = list(csv.reader(StringIO(export(home).out)))
    assert rows[0] == ["wave", *(column for column in COLUMNS if column not in PRIVATE_COLUMNS)]
    assert sorted(row[1] for row in rows[1:]) == IDS
    export(home, "-o", "actions.xlsx")
    sheet = openpyxl.load_workbook(home / "actions.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sorted(str(row[1]) for row in list(sheet.values)[1:]) == IDS
    assert [row[rows[0].index("lon")] for row in rows[1:] if row[1] == "form-2"] == ["-10.1815"]  # a number as it is
    texts = [cell for row in rows for cell in row] + [str(cell) for row in sheet.values for cell in row]
    texts = [text for text in texts if text != "-10.1815"]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []


def test_geojson_has_points_where_coordinates_are_known(home: Path) -> None:
    data = json.loads(export(home, "--format", "geojson").out)
    assert data["type"] == "FeatureCollection"
    points = {feature["id"]: feature["geometry"] for feature in data["features"]}
    place = {"type": "Point", "coordinates": [-10.1815, 36.8065]}
    assert points == {**dict.fromkeys(IDS), "form-2": place}
    assert all(
        feature["type"] == "Feature" and feature["properties"]["wave"] == "housing" for feature in data["features"]
    )


def test_a_calendar_has_an_entry_for_each_action_with_a_date(home: Path) -> None:
    outcome = export(home, "--format", "ics")
    assert rfc5545.faults(outcome.raw) == []
    events = icalendar.Calendar.from_ical(outcome.raw).walk("VEVENT")
    found = {str(event["UID"]): event for event in events}
    assert set(found) == {f"form-{number}.housing.action@waves.uclg.org" for number in (1, 2, 4, 5)}
    fuzzy, cancelled = (found[f"form-{number}.housing.action@waves.uclg.org"] for number in (2, 5))
    assert (fuzzy["STATUS"], str(fuzzy["DTEND"].dt), fuzzy["CATEGORIES"].cats[1]) == (
        "TENTATIVE",
        "2017-12-01",
        "Learning",
    )
    assert (cancelled["SUMMARY"][:9], cancelled["DTSTAMP"].dt.date().isoformat()) == ("CANCELLED", "2017-11-20")
    assert "1" in outcome.err


def test_filters_choose_what_is_written(home: Path) -> None:
    rows = list(csv.reader(StringIO(export(home, "housing", "--country", "Tunisia").out)))
    assert [row[1] for row in rows[1:]] == ["form-2"]


def test_other_files_are_refused(home: Path) -> None:
    for arguments in (("-o", "actions.pdf"), ("--format", "kml"), ("nowhere",)):
        assert run("actions", "export", *arguments, cwd=home).code == 2


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1+1", "@x", "'", '"', "<b>", "]]>", "\u202e", "\r\nX:1", "\\n;,:", "a@b.example", "https://x.example/%zz?<\"' é"]
)
CELLS = st.fixed_dictionaries(
    {"title": TEXTS, "when": st.sampled_from(["2017-11-02", "2017-11", "2017-11-02T10:00", "[2017-11-02,2017-11-05]"])},
    optional=dict.fromkeys(
        ("organiser", "place", "outcome", "url", "hashtags", "people", "actor", "country", "note"), TEXTS
    ),
)


@settings(max_examples=examples(100))
@given(st.lists(CELLS, min_size=1, max_size=3))
def test_no_cell_breaks_a_file(plan: Plan, rows: list[dict[str, str]]) -> None:
    named = [{**row, **SHOWN, "id": f"form-{number}"} for number, row in enumerate(rows, 1)]
    actions = [ListedAction("housing", Row.new(row).action()) for row in named]
    facts, context = ListFacts(actions), RenderContext(("fr", "en"))
    table = list(csv.reader(StringIO(render_csv(facts, context), newline=""), strict=True))
    assert [len(row) for row in table] == [len(table[0])] * (len(rows) + 1)
    assert not any(is_formula(cell) for row in table for cell in row)
    assert len(json.loads(render_geojson(facts, context))["features"]) == len(rows)
    entries = action_entries(plan, actions, date(2017, 12, 1))
    options = FeedOptions(date(2017, 12, 1), identity="waves.uclg.org")
    title, texts = CalendarTitle("actions", "Actions"), EntryTexts(plan, ("fr",))
    calendar = render_calendar(title, ["housing"], entries, options, texts)
    assert rfc5545.faults(calendar.data) == []
    assert calendar.entries == len(rows)
    for page in (terminal_table, markdown):
        text = page.render(build_page(facts, context, None), context)
        assert "\x1b" not in text
        assert "a@b" not in text

"""The columns of a register and their values."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from wavectl.actions.action import (
    COLUMNS,
    HEADER,
    MAX_LATITUDE,
    MAX_LONGITUDE,
    PRIVATE_COLUMNS,
    Action,
    OrganiserType,
    cell_text,
    parse_cell,
    read_degrees,
    value_or_default,
)
from wavectl.actions.register import Row
from wavectl.model import ActorKind

CONTRACT = (
    "id,source,source_id,also,not_same,first_seen,updated,missing_since,kind,title,language,moment,priority,hashtags,"
    "url,organiser,organiser_type,actor,when,status,place,country,online,lat,lon,expected,people,people_low,"
    "people_high,outcome,evidence,reported,review,reason,publish,note"
)


def action(**cells):
    return Row.new({"id": "a-1", "title": "Open day", **cells}).action()


def test_the_columns_are_those_of_the_format():
    assert HEADER == CONTRACT


def test_organisers_are_the_kinds_of_actors_or_persons():
    assert {*OrganiserType} == {*ActorKind, "person"}


def test_cells_have_values_of_their_kind():
    one = action(when="2027-03", lat="-33.5", hashtags="#A #B", also="x-1 x-2", online="true", people_low="20")
    assert (one.when.text, one.lat, one.hashtags, one.also, one.online, one.people_low) == (
        *("2027-03", -33.5, ("#A", "#B"), ("x-1", "x-2"), True, 20),
    )
    assert (one.status, one.review, one.publish, one.kind) == ("confirmed", "pending", "anonymous", None)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *[("lat", text) for text in ("91", "nan", "1e1", "48,85", "1_0", "N 48")],
        *[("when", "3 May"), ("kind", "party"), ("online", "yes"), ("people_low", "-3"), ("people_high", "20-30")],
        *[("country", "FRA"), ("updated", "2027-03"), ("hashtags", "Make"), ("url", "example.org"), ("also", "A b")],
        *[("title", "two\nlines"), ("organiser_type", "town"), ("id", "Á")],
    ],
)
def test_other_texts_are_refused_and_count_as_empty(column, text):
    with pytest.raises(ValidationError):
        parse_cell(column, text)
    assert getattr(action(**{column: text}), column) == getattr(Action.from_cells(()), column)


@given(st.text("0189+-. e٣", max_size=6) | st.floats(-200, 200).map(str))
@example("٣٦.5")
@example("\n1")
def test_degrees_are_read_as_the_values_of_their_cells(text):
    for column, limit in (("lat", MAX_LATITUDE), ("lon", MAX_LONGITUDE)):
        assert read_degrees(text, limit) == value_or_default(column, text)


def test_what_may_be_seen_of_an_action():
    shown = action(review="accepted", publish="full")
    assert (shown.is_counted, shown.is_counted_publicly, shown.is_shown) == (True, True, True)
    for cells in ({"review": "accepted"}, {"review": "accepted", "publish": "anonymous"}):
        assert (action(**cells).is_counted_publicly, action(**cells).is_shown) == (True, False)
    for cells in ({"publish": "full"}, {"review": "accepted", "publish": "no"}):
        assert (action(**cells).is_counted_publicly, action(**cells).is_shown) == (False, False)
    assert not action(review="refused").is_counted
    assert not action(status="cancelled").is_counted


def test_data_leaves_private_columns_out():
    one = action(note="call", when="2027-03-14", source_id="7")
    assert PRIVATE_COLUMNS.isdisjoint(one.as_data())
    assert one.as_data()["when"] == "2027-03-14"
    assert list(one.as_data(private=True)) == list(COLUMNS)


def test_values_have_a_text_on_one_line():
    assert cell_text(None) == ""
    assert [cell_text(value) for value in (True, 48.85, 0.0, ("a", "b"), "a\n\tb\x00 ")] == [
        *("true", "48.85", "0", "a b", "a b")
    ]
    assert cell_text(parse_cell("when", "2018-10~")) == "2018-10~"

"""The filter of actions keeps what it says, on the cells of rows."""

from datetime import date

import pytest

from support.plans import ANNOUNCED, read_plan
from wavectl.actions.filters import KEEP_ALL, ActionFilter
from wavectl.actions.register import Row
from wavectl.timeline.actors import RegionIndex

ROWS = {
    "a": {"when": "2027-03-14", "country": "TN", "kind": "event", "priority": "learning", "review": "accepted"},
    "b": {"when": "2027-03", "country": "FR", "actor": "paris", "status": "cancelled", "source": "form"},
    "c": {"when": "2027-05/..", "moment": "forum", "organiser_type": "person", "publish": "full"},
    "d": {"when": "unknown", "country": "TN", "kind": "no such kind"},
    "e": {"review": "refused"},
}


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    programme = "regions: {africa: {name: Africa, countries: [TN]}}\n"
    files = {"programme.yaml": programme, "housing.yaml": ANNOUNCED}
    return RegionIndex(read_plan(tmp_path_factory.mktemp("plan"), files))


def kept(index, **fields):
    matches = ActionFilter(**fields).matcher(index, date(2027, 4, 1))
    return "".join(name for name, cells in ROWS.items() if matches(Row.new({"id": name, **cells})))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "abcde"),
        ({"first": date(2027, 3, 15)}, "bc"),
        ({"last": date(2027, 3, 14)}, "ab"),
        ({"first": date(2027, 4, 1), "last": date(2027, 4, 30)}, ""),
        ({"upcoming": True}, "cde"),
        ({"statuses": ["confirmed"]}, "acde"),
        ({"kinds": ["event"]}, "a"),
        ({"kinds": [""]}, "bcde"),
        ({"priorities": ["learning"]}, "a"),
        ({"actors": ["paris"]}, "b"),
        ({"countries": ["TN", "FR"]}, "abd"),
        ({"regions": ["africa"]}, "ad"),
        ({"regions": ["africa"], "countries": ["FR"]}, ""),
        ({"moments": ["forum"]}, "c"),
        ({"organiser_types": ["person"]}, "c"),
        ({"reviews": ["pending", "refused"]}, "bcde"),
        ({"sources": ["form"]}, "b"),
        ({"publish": ["anonymous"]}, "abde"),
        ({"ids": ["e", "a"]}, "ae"),
        ({"countries": ["TN"], "first": date(2027, 1, 1)}, "a"),
    ],
)
def test_a_filter_keeps_the_rows_that_have_one_of_the_values_of_every_field(regions, fields, expected):
    assert kept(regions, **fields) == expected


def test_the_empty_filter_asks_for_no_column():
    assert KEEP_ALL.tests(None, None) == {}

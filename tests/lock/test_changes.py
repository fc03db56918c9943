"""What subscribers see change from one record to the next."""

from __future__ import annotations

import pytest

from wavectl.lockfile.entry import Line, Record
from wavectl.publishing.tracking import Change, Kind, changes

OLD = Line(("w/a",), "2017-09", title="A", place={"name": "Rome"}, digest="1", published="2017-06-01")


def kinds(old: Line, new: Line) -> list[tuple[Kind, ...]]:
    return [change.kinds for change in changes(Record({"a": old}), Record({"a": new}))]


def test_all_is_new_without_a_record():
    record = Record({"b": OLD, "a": OLD})
    assert changes(None, record) == [Change("a", (Kind.NEW,), None, OLD), Change("b", (Kind.NEW,), None, OLD)]
    assert changes(record, record) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"when": "2017-10"}, Kind.MOVED),
        ({"when": "2017-09-05"}, Kind.FIRMED_UP),
        ({"zone": "Asia/Seoul"}, Kind.MOVED),
        ({"repeat": "yearly", "until": "2018-09-01"}, Kind.MOVED),
        ({"exceptions": {"2017-09": {"status": "cancelled"}}}, Kind.MOVED),
        ({"exceptions": {"2017-09": {"title": "B"}}}, Kind.REWORDED),
        ({"place": {"name": "Oslo"}}, Kind.RELOCATED),
        ({"status": "cancelled"}, Kind.CANCELLED),
        ({"title": "B"}, Kind.RENAMED),
        ({"short": "B"}, Kind.RENAMED),
        ({"title": "B", "digest": "2"}, Kind.RENAMED),
        ({"title": {"en": "A", "fr": "B"}}, Kind.REWORDED),
        ({"digest": "2"}, Kind.REWORDED),
        ({"withdrawn": "2017-06-03"}, Kind.WITHDRAWN),
        ({"into": "b"}, Kind.JOINED),
        ({"members": ("w/b",)}, None),
        ({"sequence": 7, "modified": "2017-06-03", "published": "2017-06-03"}, None),
    ],
)
def test_one_change(change, expected):
    assert kinds(OLD, OLD._replace(**change)) == ([(expected,)] if expected else [])


def test_what_was_gone_is_restored_or_stays_gone():
    gone = OLD._replace(withdrawn="2017-06-03")
    assert kinds(gone, OLD) == [(Kind.RESTORED,)]
    assert kinds(gone, OLD._replace(when="2017-10", title="B")) == [(Kind.RESTORED, Kind.MOVED, Kind.RENAMED)]
    assert kinds(gone, gone) == []
    assert kinds(gone, OLD._replace(into="b")) == []


def test_a_firm_date_that_moves_has_moved():
    old = OLD._replace(when="2017-09-05")
    assert kinds(old, old._replace(when="2017-09-06")) == [(Kind.MOVED,)]


def test_a_firm_date_that_becomes_a_vague_one_is_blurred():
    old = OLD._replace(when="2017-09-05")
    assert kinds(old, old._replace(when="2017-09")) == [(Kind.BLURRED,)]
    assert kinds(old, old._replace(when="2017-10")) == [(Kind.BLURRED,)]

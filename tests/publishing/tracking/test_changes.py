"""What subscribers see change from one record to the next."""

from __future__ import annotations

import pytest

from wavectl.lockfile.entry import LockEntry, Lockfile
from wavectl.publishing.tracking.changes import ChangeKind, EntryChange, compare_lockfiles

OLD = LockEntry(("w/a",), "2017-09", title="A", place={"name": "Rome"}, digest="1", published="2017-06-01")


def kinds(old: LockEntry, new: LockEntry) -> list[tuple[ChangeKind, ...]]:
    return [change.kinds for change in compare_lockfiles(Lockfile({"a": old}), Lockfile({"a": new}))]


def test_without_a_lockfile_every_entry_is_new():
    record = Lockfile({"b": OLD, "a": OLD})
    assert compare_lockfiles(None, record) == [
        EntryChange("a", (ChangeKind.NEW,), None, OLD),
        EntryChange("b", (ChangeKind.NEW,), None, OLD),
    ]
    assert compare_lockfiles(record, record) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"when": "2017-10"}, ChangeKind.MOVED),
        ({"when": "2017-09-05"}, ChangeKind.FIRMED_UP),
        ({"zone": "Asia/Seoul"}, ChangeKind.MOVED),
        ({"repeat": "yearly", "until": "2018-09-01"}, ChangeKind.MOVED),
        ({"exceptions": {"2017-09": {"status": "cancelled"}}}, ChangeKind.MOVED),
        ({"exceptions": {"2017-09": {"title": "B"}}}, ChangeKind.REWORDED),
        ({"place": {"name": "Oslo"}}, ChangeKind.RELOCATED),
        ({"status": "cancelled"}, ChangeKind.CANCELLED),
        ({"title": "B"}, ChangeKind.RENAMED),
        ({"short": "B"}, ChangeKind.RENAMED),
        ({"title": "B", "digest": "2"}, ChangeKind.RENAMED),
        ({"title": {"en": "A", "fr": "B"}}, ChangeKind.REWORDED),
        ({"digest": "2"}, ChangeKind.REWORDED),
        ({"withdrawn": "2017-06-03"}, ChangeKind.WITHDRAWN),
        ({"into": "b"}, ChangeKind.JOINED),
        ({"members": ("w/b",)}, None),
        ({"sequence": 7, "modified": "2017-06-03", "published": "2017-06-03"}, None),
    ],
)
def test_one_change(change, expected):
    assert kinds(OLD, OLD._replace(**change)) == ([(expected,)] if expected else [])


def test_what_was_gone_is_restored_or_stays_gone():
    gone = OLD._replace(withdrawn="2017-06-03")
    assert kinds(gone, OLD) == [(ChangeKind.RESTORED,)]
    assert kinds(gone, OLD._replace(when="2017-10", title="B")) == [
        (ChangeKind.RESTORED, ChangeKind.MOVED, ChangeKind.RENAMED)
    ]
    assert kinds(gone, gone) == []
    assert kinds(gone, OLD._replace(into="b")) == []


def test_a_firm_date_that_moves_has_moved():
    old = OLD._replace(when="2017-09-05")
    assert kinds(old, old._replace(when="2017-09-06")) == [(ChangeKind.MOVED,)]


def test_a_firm_date_that_becomes_a_vague_one_is_blurred():
    old = OLD._replace(when="2017-09-05")
    assert kinds(old, old._replace(when="2017-09")) == [(ChangeKind.BLURRED,)]
    assert kinds(old, old._replace(when="2017-10")) == [(ChangeKind.BLURRED,)]

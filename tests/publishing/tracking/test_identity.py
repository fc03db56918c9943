"""A moment keeps its entry under any name; a new one gets a UID that no other has."""

from __future__ import annotations

import pytest

from support.plans import read_plan
from support.publication import PROGRAMME, wave
from wavectl.lockfile.entry import LockEntry
from wavectl.publishing.tracking.identity import assign_uids
from wavectl.timeline.groups import resolve_groups
from wavectl.timeline.name_history import NameHistory


def uids(tmp_path, files: dict[str, str], lines: dict[str, LockEntry] | None = None) -> dict[str, str]:
    """Return the UID of each group by the name of its root."""
    plan = read_plan(tmp_path, {"programme": PROGRAMME, **files})
    every = resolve_groups(plan, drafts=False)
    found = assign_uids(NameHistory(plan), every, lines or {}, "x")
    assert len(set(found)) == len(found)
    return {group.root.reference: uid for uid, group in zip(found, every, strict=True)}


def line(*members: str, published: str = "2017-06-01", **more: str) -> LockEntry:
    return LockEntry(members, "2017-09", published=published, **more)


@pytest.mark.parametrize(
    ("head", "was", "uid"),
    [
        ("", "", "m.w@x"),
        ("", "[old]", "old.w@x"),
        ("", "[oldest, old]", "oldest.w@x"),
        ("", "[v/old]", "old.v@x"),
        ("was: [u]\n", "", "m.u@x"),
        ("was: [u]\n", "[old]", "old.u@x"),
        ("was: [t, u]\n", "[v/old]", "old.v@x"),
    ],
)
def test_a_new_uid_is_made_of_the_first_names(tmp_path, head, was, uid):
    moment = f"m, when: 2017-09{was and ', was: '}{was}"
    assert uids(tmp_path, {"w": wave(moment, head=head)}) == {"w/m": uid}


def test_an_earlier_name_that_another_moment_has_now_is_not_ones_own(tmp_path):
    files = {"new": wave("m, when: 2017-09", head="was: [w]\n"), "w": wave("m, when: 2018")}
    assert uids(tmp_path, files, {"m.w@x": line("w/m")}) == {"new/m": "m-2.w@x", "w/m": "m.w@x"}


def test_the_number_is_the_next_that_is_free(tmp_path):
    lines = {"m.w@x": line("w/a"), "m-2.w@x": line("w/b")}
    assert uids(tmp_path, {"w": wave("a, when: 2018", "b, when: 2018", "m, when: 2018")}, lines) == {
        "w/a": "m.w@x",
        "w/b": "m-2.w@x",
        "w/m": "m-3.w@x",
    }


def test_what_was_withdrawn_under_another_name_keeps_its_uid(tmp_path):
    lines = {"m.w@x": line("w/other", withdrawn="2017-06-01")}
    assert uids(tmp_path, {"w": wave("m, when: 2018")}, lines) == {"w/m": "m-2.w@x"}


TIED = {"w": wave("a, when: 2018", "b, when: 2018, same_as: a")}


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        (line("w/a"), line("w/b"), "one"),
        (line("w/a", published="2017-06-02"), line("w/b"), "other"),
        (line("w/a", withdrawn="2017-06-01"), line("w/b", published="2017-06-02"), "other"),
        (line("w/a", into="other@x"), line("w/b", "w/a"), "other"),
        (line("w/a", into="other@x"), line("w/b", withdrawn="2017-06-01"), "other"),
        (line("w/z", "w/a"), line("w/b", published="2017-06-02"), "other"),
    ],
)
def test_which_of_two_entries_a_tie_goes_on_in(tmp_path, one, other, kept):
    assert uids(tmp_path, TIED, {"one@x": one, "other@x": other}) == {"w/a": f"{kept}@x"}


def test_of_moments_left_by_a_tie_the_first_goes_on_in_its_entry(tmp_path):
    lines = {"z.w@x": line("w/z", "w/a", "w/b")}
    assert uids(tmp_path, {"w": wave("b, when: 2018", "a, when: 2018")}, lines) == {"w/a": "z.w@x", "w/b": "b.w@x"}

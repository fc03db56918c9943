"""The history of an entry says what became of it, in three languages, and never more than is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.announcements import AFTER, BACK, BEFORE
from support.golden import Golden
from support.lock_history import publish_often
from wavectl.lockfile.entry import LastChange, LockEntry, Lockfile, LockRevision
from wavectl.plan.loader import Plan
from wavectl.publishing.site.history import ActionNumbers, LockHistory, describe_history
from wavectl.publishing.tracking.changes import ChangeKind

EXPECTED = Path(__file__).parent / "expected" / "history"
DAY = date(2017, 6, 9)
ENTRY = LockEntry(("w/m",), "2017-09", title="M", published="2017-06-01", modified="2017-06-01")
Published = tuple[Plan, list[LockRevision]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish_often(tmp_path_factory.mktemp("home"))


def histories(history: LockHistory, language: str) -> str:
    """Return the history of every entry."""
    uids = sorted(history.lockfile.entries)
    texts = [(uid, describe_history(history, uid, (language, "en"))) for uid in uids]
    return "".join(f"{uid}\n" + "".join(f"  {text}\n" for text in lines) for uid, lines in texts)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_history_of_every_entry_in_each_language(published: Published, language: str, golden: Golden) -> None:
    plan, revisions = published
    golden(EXPECTED / f"all.{language}.txt", histories(LockHistory(plan, revisions), language))


def test_the_lockfile_alone_says_less_but_nothing_else(published: Published, golden: Golden) -> None:
    plan, revisions = published
    whole, last = (LockHistory(plan, known) for known in (revisions, revisions[-1:]))
    golden(EXPECTED / "last.en.txt", histories(last, "en"))
    for uid in last.lockfile.entries:
        known = set(describe_history(whole, uid, ("en",)))
        found = describe_history(last, uid, ("en",))
        assert {text for text in found if text != "first announced on 1 June 2017"} <= known


def test_a_day_that_git_does_not_have_is_not_invented(published: Published) -> None:
    """As when two publications are committed together: each entry knows only its last change."""
    plan, revisions = published
    gap = LockHistory(plan, [revisions[0], revisions[3]])
    assert describe_history(gap, "forum.housing@network.org", ("en",)) == [
        "first announced on 1 June 2017: September 2017",
        "moved on 1 July 2017: 21–24 September 2017 (before: 14–17 September 2017)",
    ]
    gap = LockHistory(plan, [revisions[0], *revisions[2:]])
    assert describe_history(gap, "back.housing@network.org", ("en",)) == [
        "first announced on 1 June 2017: 1 December 2017",
        "back in the calendar since 10 June 2017",
    ]


def test_changes_are_listed_from_the_newest_and_by_date(published: Published, golden: Golden) -> None:
    plan, revisions = published
    history = LockHistory(plan, revisions)
    changes = history.changes
    lines = [f"{one.day} {one.change.uid} {', '.join(one.change.kinds)}\n" for one in changes]
    golden(EXPECTED / "changes.txt", "".join(lines))
    assert {one.change.uid for one in history.changes_by_wave["migration"]} == {"talk.migration@network.org"}
    assert set(history.changes_by_wave) == {"housing", "migration"}


def test_a_first_date_that_is_not_known_is_not_invented(published: Published) -> None:
    plan, _ = published
    moved = ENTRY._replace(sequence=2, modified="2017-06-08", before=LastChange("2017-06-08", when="2017-08"))
    zoned = ENTRY._replace(sequence=1, modified="2017-06-08", before=LastChange("2017-06-08"))
    history = LockHistory(plan, [LockRevision(DAY, Lockfile({"m": moved, "z": zoned}))])
    assert describe_history(history, "m", ("en",)) == [
        "first announced on 1 June 2017",
        "moved on 8 June 2017: September 2017 (before: August 2017)",
    ]
    assert describe_history(history, "z", ("en",)) == ["first announced on 1 June 2017"]
    assert [(one.change.uid, one.change.kinds) for one in history.changes] == [
        ("m", (ChangeKind.MOVED,)),
        ("z", (ChangeKind.REWORDED,)),
    ]


def test_an_entry_that_was_withdrawn_at_once_has_both_days(published: Published) -> None:
    plan, _ = published
    gone = ENTRY._replace(sequence=1, modified="2017-06-05", withdrawn="2017-06-05")
    history = LockHistory(plan, [LockRevision(DAY, Lockfile({"m": gone}))])
    assert describe_history(history, "m", ("en",)) == [
        "first announced on 1 June 2017: September 2017",
        "withdrawn on 5 June 2017",
    ]


def test_changes_of_one_day_are_one(published: Published) -> None:
    """As when a publication is corrected at once: nobody has seen what was between."""
    plan, _ = published
    late = {"sequence": 1, "modified": "2017-06-08"}
    moved = ENTRY._replace(when="2017-10", before=LastChange("2017-06-08", when="2017-09"), **late)
    again = moved._replace(when="2017-11", sequence=2, before=LastChange("2017-06-08", when="2017-10"))
    back = moved._replace(when="2017-09", sequence=2, before=LastChange("2017-06-08", when="2017-10"))
    texts = []
    for last in (again, back):
        revisions = [LockRevision(DAY, Lockfile({"m": entry})) for entry in (ENTRY, moved, last)]
        texts.append(describe_history(LockHistory(plan, revisions), "m", ("en",)))
    first = "first announced on 1 June 2017: September 2017"
    assert texts == [[first, "moved on 8 June 2017: November 2017 (before: September 2017)"], [first]]


def test_changes_on_the_day_of_the_first_publication_are_told(tmp_path: Path) -> None:
    """As when a mistake is seen at once: what subscribers have already is what the change is compared with."""
    told = []
    for name, days in (("two", ["2017-06-01", "2017-06-02"]), ("one", ["2017-06-02"] * 2)):
        publications = zip(days, (BEFORE + BACK, AFTER), strict=True)
        plan, revisions = publish_often(tmp_path / name, tuple(publications))
        told += [
            {one.change.uid: one for one in LockHistory(plan, known).changes[::-1]}
            for known in (revisions, revisions[-1:])
        ]
    two_days, _, one_day, without_git = told
    minor = {ChangeKind.NEW, ChangeKind.RENAMED, ChangeKind.REWORDED}
    later = {uid: one.change.kinds for uid, one in two_days.items() if minor.isdisjoint(one.change.kinds)}
    assert {kind for kinds in later.values() for kind in kinds} >= {
        *(ChangeKind.MOVED, ChangeKind.FIRMED_UP, ChangeKind.CANCELLED, ChangeKind.WITHDRAWN, ChangeKind.RELOCATED)
    }
    assert {uid: one_day[uid].change.kinds for uid in later} == later
    assert {one.change.kinds for uid, one in one_day.items() if uid not in later} == {(ChangeKind.NEW,)}
    assert {uid: one.day for uid, one in one_day.items()} == {uid: one.day for uid, one in without_git.items()}
    unknown = {uid for uid, one in without_git.items() if one.change.kinds != one_day[uid].change.kinds}
    assert {without_git[uid].change.kinds for uid in unknown} == {(ChangeKind.NEW,)}
    assert {kind for uid in unknown for kind in later[uid]} <= {
        *(ChangeKind.MOVED, ChangeKind.RELOCATED, ChangeKind.JOINED)  # another rule or zone, a first place, no day
    }


@pytest.mark.parametrize("has_git", [True, False])
def test_the_history_has_the_first_date_of_a_day_and_what_became_of_it(published: Published, *, has_git: bool) -> None:
    plan, _ = published
    moved = ENTRY._replace(when="2017-10", sequence=1, before=LastChange("2017-06-01", when="2017-09"))
    gone = moved._replace(sequence=2, withdrawn="2017-06-01")
    first = "first announced on 1 June 2017: September 2017"
    for last, text, kind in (
        (moved, "moved on 1 June 2017: October 2017 (before: September 2017)", ChangeKind.MOVED),
        (gone, "withdrawn on 1 June 2017", ChangeKind.WITHDRAWN),
    ):
        known = (ENTRY, moved, last) if has_git else (last,)
        history = LockHistory(plan, [LockRevision(DAY, Lockfile({"m": entry})) for entry in known])
        assert describe_history(history, "m", ("en",)) == [first, text]
        assert [(one.day, one.change.kinds) for one in history.changes] == [("2017-06-01", (kind,))]


@pytest.mark.parametrize("has_git", [True, False])
def test_an_entry_is_new_if_its_first_day_ends_as_it_began(published: Published, *, has_git: bool) -> None:
    plan, _ = published
    moved = ENTRY._replace(repeat="FREQ=YEARLY", sequence=1, before=LastChange("2017-06-01"))
    back = ENTRY._replace(title="N", sequence=2, before=LastChange("2017-06-01"))
    known = (ENTRY, moved, back) if has_git else (back,)
    history = LockHistory(plan, [LockRevision(DAY, Lockfile({"m": entry})) for entry in known])
    assert describe_history(history, "m", ("en",)) == ["first announced on 1 June 2017: September 2017"]
    assert [(one.change.kinds, one.change.after.title) for one in history.changes] == [((ChangeKind.NEW,), "N")]


def test_what_was_never_published_has_no_history(published: Published) -> None:
    plan, revisions = published
    assert describe_history(LockHistory(plan, revisions), "nothing@network.org", ("en",)) == []
    assert LockHistory(plan, []).changes == []


def test_actions_are_numbers(published: Published) -> None:
    """By day of publication; a lockfile has no text of them."""
    plan, _ = published
    action = LockEntry((), "2017-09", published="2017-06-01", modified="2017-06-01")
    moved, gone = action._replace(modified="2017-06-08"), action._replace(modified="2017-06-09", withdrawn="2017-06-09")
    first = Lockfile(actions={"a": action, "b": action})
    second = Lockfile(actions={"a": moved, "b": action})
    third = Lockfile(
        actions={"a": moved, "b": gone, "c": action._replace(published="2017-06-09", modified="2017-06-09")}
    )
    history = LockHistory(plan, [LockRevision(DAY, one) for one in (first, second, third)])
    assert list(history.action_numbers.items()) == [
        ("2017-06-09", ActionNumbers(new=1, withdrawn=1)),
        ("2017-06-08", ActionNumbers(changed=1)),
        ("2017-06-01", ActionNumbers(new=2)),
    ]
    assert LockHistory(plan, [LockRevision(DAY, third)]).action_numbers == history.action_numbers
    merged = moved._replace(into="b", modified="2017-06-10")
    fourth = third._replace(actions={**third.actions, "a": merged})
    later = LockHistory(plan, [LockRevision(DAY, one) for one in (first, second, third, fourth)])
    assert later.action_numbers == {"2017-06-10": ActionNumbers(withdrawn=1), **history.action_numbers}

"""The public plan has nothing of drafts and of what colleagues note, and ties through a draft hold."""

from pathlib import Path

from support.plans import SOUND, read_plan
from wavectl.timeline.groups import resolve_groups
from wavectl.timeline.public_plan import public_plan

HEAD = SOUND + "moments:\n"
WAVES = {
    "one": HEAD
    + """\
  - {id: a, title: A, when: 2017-09-02, owner: SECRET, confirm_by: 2017-08-01, note: SECRET, source: SECRET}
  - {id: root, title: SECRET, when: 2017-10-05, draft: true}
""",
    "three": HEAD + "  - {id: c, title: C, when: 2017-10, same_as: one/root}\n",
    "two": HEAD
    + """\
  - {id: b, title: B, when: 2017-10, same_as: one/root}
  - {id: d, title: D, same_as: one/a}
""",
}


def test_drafts_and_private_facts_are_gone(tmp_path: Path) -> None:
    plan = public_plan(read_plan(tmp_path, WAVES))
    assert "SECRET" not in str([*plan.waves.values(), *plan.moments.values()])
    assert list(plan.moments) == ["one/a", "three/c", "two/b", "two/d"]
    assert plan.moments["one/a"].confirm_by is None


def test_what_was_tied_through_a_draft_stays_tied(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, WAVES)
    groups = resolve_groups(plan, drafts=False)
    again = resolve_groups(public_plan(plan), drafts=True)
    assert [[one.reference for one in group.members] for group in again] == [
        [one.reference for one in group.members] for group in groups
    ]
    assert [group.when.text for group in again] == ["2017-09-02", "2017-10"]

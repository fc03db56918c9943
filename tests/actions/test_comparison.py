"""Two states of a register as counts."""

from __future__ import annotations

from pathlib import Path

from support.registers import register_bytes
from wavectl.actions.action import FORGOTTEN
from wavectl.actions.comparison import ActionChanges, compare_registers

BASE = {
    "a-000000000001": {"title": "March", "when": "2017-09", "place": "Tunis"},
    "a-000000000002": {"title": "Debate", "when": "2017-10-01"},
    "a-000000000003": {"title": "Debate again", "when": "2017-10-01"},
    "a-000000000004": {"title": "Charter", "when": "2017-05-01", "review": "accepted"},
    "a-000000000005": {"title": "Film", "when": "2017-05-02", "note": "Call"},
}


def write(file: Path, rows: dict[str, dict[str, str]]) -> Path:
    file.write_bytes(register_bytes(*({"id": name, **cells} for name, cells in rows.items())))
    return file


def compare(home: Path, changed: dict[str, dict[str, str] | None]) -> ActionChanges:
    """Return what changed if these rows have these cells too, or are gone."""
    kept = {
        name: {**cells, **(changed.get(name) or {})}
        for name, cells in BASE.items()
        if changed.get(name, {}) is not None
    }
    added = {name: cells for name, cells in changed.items() if cells and name not in BASE}
    rows = {**kept, **added}
    return compare_registers(write(home / "old.csv", BASE), write(home / "new.csv", rows))


def test_nothing_happened(tmp_path: Path) -> None:
    assert compare(tmp_path, {}) == ActionChanges()


def test_what_happened_to_each_is_counted(tmp_path: Path) -> None:
    found = compare(
        tmp_path,
        {
            "a-000000000001": {"when": "2017-10", "title": "The March"},
            "a-000000000002": {"also": "a-000000000003", "review": "accepted", "updated": "2017-06-01"},
            "a-000000000003": None,
            "a-000000000004": {"people": "~50", "reported": "2017-06-01"},
            "a-000000000005": {"title": "Films"},
            "a-000000000009": {"title": "New", "review": "accepted"},
        },
    )
    assert found == ActionChanges(new=1, moved=1, changed=1, merged=1, accepted=1, reported=1)


def test_what_wavectl_notes_is_not_a_change(tmp_path: Path) -> None:
    assert (
        compare(tmp_path, {"a-000000000001": {"updated": "2017-06-01", "missing_since": "2017-06-01"}})
        == ActionChanges()
    )


def test_refused_cancelled_forgotten_and_removed(tmp_path: Path) -> None:
    found = compare(
        tmp_path,
        {
            "a-000000000001": {"review": "refused"},
            "a-000000000002": {"status": "cancelled"},
            "a-000000000003": {"title": "—", "when": ""},
            "a-000000000005": None,
        },
    )
    assert found == ActionChanges(refused=1, cancelled=1, forgotten=1, removed=1)


def test_a_register_may_be_new_gone_or_unsorted(tmp_path: Path) -> None:
    file = write(tmp_path / "one.csv", BASE)
    assert compare_registers(None, file) == compare_registers(tmp_path / "none.csv", file) == ActionChanges(new=5)
    assert compare_registers(file, None) == ActionChanges(removed=5)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    shuffled = tmp_path / "shuffled.csv"
    shuffled.write_text("".join([lines[0], *reversed(lines[1:]), lines[1]]), encoding="utf-8")
    assert compare_registers(shuffled, file) == ActionChanges()


def test_the_public_sees_of_actions_what_published_counts_hold(tmp_path: Path) -> None:
    """Those that are accepted and not to be kept out; nothing of what is private, or of one that was forgotten."""
    shown = {"review": "accepted"}
    kept = {f"a-{number}": {"title": f"Debate {number}", **shown} for number in range(7)}
    old = write(tmp_path / "old.csv", {**kept, "a-7": {"title": "Film"}, "a-8": {"title": "Film", "publish": "no"}})
    changed = {
        "a-0": {"note": "Call", "evidence": "Seen", "reason": "None"},
        "a-1": {"title": FORGOTTEN},
        "a-2": {"review": "refused"},
        "a-3": {"when": "2018"},
        "a-4": {"publish": "no"},
        "a-5": {"status": "cancelled"},
        "a-6": {"review": "pending"},
        "a-7": {"title": "Film", **shown},
        "a-8": {"title": "Films", "publish": "no", **shown},
        "a-9": {"title": "Waits"},
    }
    new = write(tmp_path / "new.csv", {name: {**kept.get(name, {}), **cells} for name, cells in changed.items()})
    assert compare_registers(old, new, public=True) == ActionChanges(new=1, moved=1, cancelled=1, removed=3)

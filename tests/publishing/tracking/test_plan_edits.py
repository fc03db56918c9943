"""Whatever a team does to a plan over the years: identities stay, and an entry changes only with what it tells of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from support.feeds import blocks, events
from support.publication import PublishedPlan, wave
from support.rfc5545 import faults
from wavectl.lockfile.entry import LockEntry
from wavectl.plan.loader import load
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.vcalendar import CalendarTitle, render_calendar
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.tracking.changes import ChangeKind
from wavectl.publishing.tracking.next_lock import Publication

DATES = ["2017-09", "2017-09-05", "2017-11-08T15:00", "2018-02/2018-07", "2019-01-05/..", "2017-12-10, repeat: yearly"]
NAMES = ["a", "b", "c", "d"]


class Edits(RuleBasedStateMachine):
    """A plan of two waves under edits, each published at once; what is published is looked at after each."""

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        self.published = PublishedPlan(Path(self._place.name))
        self.today = date(2017, 6, 1)
        self.moments: dict[str, dict[str, str]] = {}
        self.lines: dict[str, LockEntry] = {}
        self.shown: dict[str, str] = {}

    def teardown(self) -> None:
        self._place.cleanup()

    @initialize()
    def begin(self) -> None:
        self.moments = {"v/a": {"when": DATES[0]}, "w/b": {"when": DATES[1]}}
        self.publish()

    @rule(wave=st.sampled_from("vw"), name=st.sampled_from(NAMES), when=st.sampled_from(DATES))
    def set_date(self, wave: str, name: str, when: str) -> None:
        reference = f"{wave}/{name}"
        if not self.moments.get(reference, {}).get("same_as"):
            self.moments.setdefault(reference, {})["when"] = when
        self.publish()

    @precondition(lambda self: self.moments)
    @rule(data=st.data(), key=st.sampled_from(["place: Rome", "status: postponed", "url: 'https://example.org'", ""]))
    def change(self, data: st.DataObject, key: str) -> None:
        facts = self.moments[data.draw(st.sampled_from(sorted(self.moments)))]
        facts["more"] = key
        self.publish()

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def lose_date(self, data: st.DataObject) -> None:
        facts = self.moments[data.draw(st.sampled_from(sorted(self.moments)))]
        if "same_as" not in facts:
            facts["when"] = "unknown"
        self.publish()

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def take_out(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.moments)))
        self.moments.pop(gone)
        for facts in self.moments.values():
            if facts.get("same_as") == gone:
                del facts["same_as"]
                facts["when"] = DATES[1]
        self.publish()

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(sorted(self.moments)))
        new = f"{data.draw(st.sampled_from('vw'))}/{data.draw(st.sampled_from(NAMES))}"
        if new in self.moments:
            return
        self.moments[new] = {**self.moments.pop(old), "was": old}
        for facts in self.moments.values():
            if facts.get("same_as") == old:
                facts["same_as"] = new
        before = self.lines
        known = {name for line in before.values() if line.live for name in line.members}
        self.publish()
        self.moments[new].pop("was")
        if old in known and not any(new in line.members for line in before.values()):
            assert not {ChangeKind.NEW, ChangeKind.WITHDRAWN} & {
                kind for kinds in self.published.changed.values() for kind in kinds
            }

    @precondition(lambda self: len(self.moments) > 1)
    @rule(data=st.data())
    def tie(self, data: st.DataObject) -> None:
        one, other = data.draw(st.permutations(sorted(self.moments)))[:2]
        is_root = any(facts.get("same_as") == one for facts in self.moments.values())
        if not is_root and "same_as" not in self.moments[other]:
            self.moments[one] = {"same_as": other}
        self.publish()

    @precondition(lambda self: any("same_as" in facts for facts in self.moments.values()))
    @rule(data=st.data(), when=st.sampled_from(DATES))
    def untie(self, data: st.DataObject, when: str) -> None:
        tied = sorted(reference for reference, facts in self.moments.items() if "same_as" in facts)
        self.moments[data.draw(st.sampled_from(tied))] = {"when": when}
        self.publish()

    @rule(days=st.integers(-3, 40))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)
        before = self.lines
        self.publish()
        assert self.lines == before

    def publish(self) -> None:
        files: dict[str, list[str]] = {"v": [], "w": []}
        for reference, facts in self.moments.items():
            home, _, name = reference.partition("/")
            keys = [f"{key}: {facts[key]}" for key in ("when", "same_as") if key in facts]
            keys += [f"was: [{facts['was']}]"] if "was" in facts else []
            files[home].append(", ".join(filter(None, (name, *keys, facts.get("more", "")))))
        plan = {name: wave(*moments) for name, moments in files.items()}
        before, was_shown = self.lines, self.shown
        data = self.exported(plan)
        self.hold(before, was_shown)

        raw = (self.published.folder / "wavectl.lock").read_bytes()
        assert self.exported(plan) == data
        assert (self.published.folder / "wavectl.lock").read_bytes() == raw

    def exported(self, files: dict[str, str]) -> bytes:
        followed: Publication = self.published.publish(self.today.isoformat(), files)
        plan = load(self.published.folder)
        manner = FeedOptions(self.today, identity="x")
        feed = render_calendar(
            CalendarTitle("all"), tuple(plan.waves), followed.entries, manner, EntryTexts(plan, ("en",))
        )
        self.lines = dict(self.published.lockfile.entries)
        found: dict[str, str] = {}
        for block in blocks(feed.data, "VEVENT"):
            (one,) = events(block.encode())
            found[one["UID"]] = found.get(one["UID"], "") + block
        self.shown = found
        assert faults(feed.data) == []
        return feed.data

    def hold(self, before: dict[str, LockEntry], was_shown: dict[str, str]) -> None:
        """Hold what is published now against what was published before."""
        assert before.keys() <= self.lines.keys()
        for uid, old in before.items():
            new = self.lines[uid]
            assert new.sequence in (old.sequence, old.sequence + 1)
            assert new.modified >= old.modified
            assert new.published == old.published
            if new._replace(members=old.members) == old and uid in was_shown and uid in self.shown:
                assert self.shown[uid] == was_shown[uid]

    @invariant()
    def every_moment_is_one_entry(self) -> None:
        live = [name for line in self.lines.values() if line.live for name in line.members]
        assert len(live) == len(set(live))
        dated = {reference for reference, facts in self.moments.items() if facts.get("when") not in (None, "unknown")}
        assert dated <= set(live) <= self.moments.keys()
        for line in self.lines.values():
            assert line.into is None or line.into in self.lines


def test_identities_stay_whatever_happens():
    kept = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Edits, settings=kept)

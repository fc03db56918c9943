"""What there is to tell: the changes of a publication, the files that are not as they should be, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from wavectl.lockfile.entry import LockEntry
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import EntryChange, current_wave_names


class FileState(StrEnum):
    """What is wrong with a file, of whose moments none has changed."""

    CHANGED = "changed"
    MISSING = "missing"
    LEFT_OVER = "left-over"  # of a feed that is no more


class StaleFile(NamedTuple):
    """A file that is not as it should be."""

    file: str
    state: FileState


class Announcement:
    """What there is to tell of a plan.

    ``after`` are the lines of the next record, ``waves`` those that are looked at, ``name`` is what the calendar is
    called. ``languages`` are those to tell it in, one after another: each opens a list of those in which a text is
    looked for. ``addresses`` is where people find the calendar in each, "" for nowhere.
    """

    def __init__(
        self,
        plan: Plan,
        changes: Sequence[EntryChange],
        next_entries: Mapping[str, LockEntry],
        *,
        name: Text | None = None,
        waves: Sequence[str] = (),
        languages: Sequence[tuple[str, ...]] = (("en",),),
        addresses: Mapping[str, str] = MappingProxyType({}),
        stale_files: Sequence[StaleFile] = (),
    ) -> None:
        self.plan, self.changes, self.next_entries = plan, changes, next_entries
        self.name, self.waves, self.languages, self.addresses = name, waves, languages, addresses
        self.stale_files = stale_files
        self._wave_names = current_wave_names(plan)

    @property
    def since(self) -> str:
        """The day of the last change that was published, "" where nothing was."""
        lines = self.plan.lockfile.entries.values() if self.plan.lockfile else ()
        return max((line.modified for line in lines), default="")

    def members(self, entry: LockEntry) -> list[tuple[str, str]]:
        """Return the moments that a line stands for, each as the present name of its wave and its id."""
        return list(_present_members(entry, self._wave_names))

    def waves_of(self, entry: LockEntry) -> list[str]:
        """Return the waves that an entry stands in, by their present names."""
        return list(dict.fromkeys(wave for wave, _ in self.members(entry)))


def changed_waves(plan: Plan, changes: Sequence[EntryChange]) -> frozenset[str]:
    """Return the waves of which an entry changes: those that it stands in, and those that it stood in before."""
    now = current_wave_names(plan)
    lines = (line for change in changes for line in (change.before, change.after) if line is not None)
    return frozenset(wave for line in lines for wave, _ in _present_members(line, now))


def _present_members(entry: LockEntry, wave_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in entry.members:
        wave, _, moment = name.partition("/")
        yield wave_names.get(wave, wave), moment

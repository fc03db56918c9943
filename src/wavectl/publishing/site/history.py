"""The history of published entries, from versions of the lockfile, as sentences and as a list of changes.

Where versions are missing, an entry itself still has the day of its first publication, its last change and the day of
its withdrawal. A lockfile has public facts only, and no texts of local actions, which are counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.lockfile.entry import LockEntry, Lockfile, LockRevision
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import Announcement, ChangeWriter
from wavectl.publishing.tracking.changes import (
    ChangeKind,
    EntryChange,
    compare_entries,
    is_scheduled_again,
    visible_status,
)
from wavectl.publishing.tracking.next_lock import current_wave_names, present_members


class DatedChange(NamedTuple):
    """A change of an entry, and the day on which it was published (ISO 8601)."""

    day: str
    change: EntryChange

    @property
    def is_detail(self) -> bool:
        """Whether the date, status, place and title of the entry are as before."""
        return self.change.kinds == (ChangeKind.REWORDED,)


class ActionNumbers(NamedTuple):
    """How many local actions in feeds were new, changed and withdrawn."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0


class LockHistory:
    """What subscribers have seen change, from versions of the lockfile: the oldest first, the present one last."""

    def __init__(self, plan: Plan, revisions: Sequence[LockRevision]) -> None:
        self.plan, self._revisions = plan, revisions
        self.lockfile = revisions[-1].lockfile if revisions else Lockfile()
        self._wave_names = current_wave_names(plan)
        self._writers: dict[tuple[str, ...], ChangeWriter] = {}

    def reference(self, uid: str) -> str:
        """Return the moment that a published entry was created for, as the present name of its wave and its id."""
        return "/".join(present_members(self.lockfile.entries[uid], self._wave_names)[0])

    @cached_property
    def _steps(self) -> Mapping[str, list[DatedChange]]:
        steps: dict[str, list[DatedChange]] = defaultdict(list)
        latest: dict[str, LockEntry] = {}
        for day, lockfile, _ in self._revisions:
            for uid, entry in lockfile.entries.items():
                last = latest.get(uid)
                if last is entry or last == entry:
                    continue
                latest[uid] = entry
                other = lockfile.entries.get(entry.into or "")
                for dated in _changes_to(uid, last, entry, day):
                    _add_step(steps[uid], dated._replace(change=dated.change._replace(other=other)))
        return steps

    def changes_of(self, uid: str) -> list[DatedChange]:
        """Return the changes of an entry, the oldest first; nothing for one that was never published."""
        return self._steps.get(uid, [])

    @cached_property
    def changes(self) -> list[DatedChange]:
        """The changes of all entries: the newest first, those of one day by the date of the entry, mere details last.

        An entry has one change a day: a change on the day of its first publication replaces that publication. The first
        publication is left out where its date then is not known any more.
        """
        by_day = {(one.change.uid, one.day): one for steps in self._steps.values() for one in steps}
        found = [one for one in by_day.values() if not _is_date_lost(one.change)]
        ordered = Announcement(self.plan, [dated.change for dated in found], {}).ordered_changes()
        positions = {id(change): number for number, change in enumerate(ordered)}
        found.sort(key=lambda dated: (dated.is_detail, positions[id(dated.change)]))
        return sorted(found, key=lambda dated: dated.day, reverse=True)

    @cached_property
    def changes_by_wave(self) -> Mapping[str, list[DatedChange]]:
        """The changes of each wave, in the same order; a change of a tied moment is in all its waves."""
        found = defaultdict[str, list[DatedChange]](list)
        for dated in self.changes:
            members = [present_members(entry, self._wave_names) for entry in dated.change[2:4] if entry is not None]
            for wave in dict.fromkeys(wave for names in members for wave, _ in names):
                found[wave].append(dated)
        return found

    def writer(self, languages: tuple[str, ...]) -> ChangeWriter:
        """Return what writes a change in the first of the languages."""
        if languages not in self._writers:
            self._writers[languages] = ChangeWriter(Announcement(self.plan, [], self.lockfile.entries), languages)
        return self._writers[languages]

    @cached_property
    def action_numbers(self) -> dict[str, ActionNumbers]:
        """The numbers of local actions that changed, by day of publication, the newest first."""
        seen = {
            (entry.withdrawn or entry.modified, uid, _action_change(entry))
            for _, lockfile, _ in self._revisions
            for uid, entry in lockfile.actions.items()
        } | {(entry.published, uid, "new") for uid, entry in self.lockfile.actions.items()}
        counts = Counter((day, kind) for day, _, kind in seen)
        days = sorted({day for day, _ in counts}, reverse=True)
        return {day: ActionNumbers(*(counts[day, kind] for kind in ActionNumbers._fields)) for day in days}


def _action_change(entry: LockEntry) -> str:
    if not entry.live:
        return "withdrawn"
    return "changed" if entry.modified != entry.published else "new"


def _is_date_lost(change: EntryChange) -> bool:
    """Tell whether an entry has moved since the day of its first publication, and its first date is not known."""
    return change.before is None and change.after.sequence > 0 and not _is_of_first_day(change.after)


def _is_of_first_day(entry: LockEntry) -> bool:
    """Tell whether the last change of an entry was on the day of its first publication."""
    return entry.before is not None and entry.before.day == entry.published


_MINOR_KINDS = {ChangeKind.REWORDED, ChangeKind.RENAMED}
"""On the day of its first publication, an entry with these is new, as it is in the end."""


def _add_step(steps: list[DatedChange], dated: DatedChange) -> None:
    """Add a change to those of an entry.

    All changes of one day are one, but a first publication is a step of its own: subscribers have it already.
    """
    day, change = dated
    uid, after = change.uid, change.after
    if steps and steps[-1].day == day and steps[-1].change.before is not None:
        change = compare_entries(uid, steps.pop().change.before, after)._replace(other=change.other)
    if steps and steps[-1].day == day and _MINOR_KINDS.issuperset(change.kinds):
        steps[-1] = DatedChange(day, compare_entries(uid, None, after))
    elif change.kinds:
        steps.append(DatedChange(day, change))


def _changes_to(uid: str, last: LockEntry | None, entry: LockEntry, day: date) -> Iterator[DatedChange]:
    """Return the changes from one version of an entry to the next; ``day`` is that of a change without a day."""
    if last is None and entry.into:
        entry = entry._replace(into=None)  # the day of its end is not known
    for version in _versions(entry, -1 if last is None else last.sequence):
        change = compare_entries(uid, last, version)
        known_day = _day_of(last, version)
        if change.kinds and known_day != "":
            yield DatedChange(known_day or day.isoformat(), change)
        if last is None and version.before and not any(version.before[1:]) and not _is_of_first_day(version):
            yield DatedChange(version.before.day, EntryChange(uid, (ChangeKind.REWORDED,), version, version))
        last = version


def _versions(entry: LockEntry, known_sequence: int) -> list[LockEntry]:
    """Return an entry after earlier versions that it tells of and that are not known; their ``modified`` is ""."""
    versions = [entry]
    if entry.withdrawn:
        entry = entry._replace(sequence=entry.sequence - 1, withdrawn=None, modified="")
        versions.append(entry)
    if entry.before and any(entry.before[1:]):  # else its rule, zone or exceptions were others, which are not known
        _, when, status, place = entry.before
        is_back = status == "withdrawn"
        earlier = entry._replace(
            sequence=entry.sequence - 1,
            before=None,
            when=when or entry.when,
            status=entry.status if is_back else status or entry.status,
            place=place or entry.place,
            withdrawn="" if is_back else None,
            modified="",
        )
        versions.append(earlier)
    return [version for version in reversed(versions) if version is versions[0] or version.sequence > known_sequence]


def _day_of(old: LockEntry | None, new: LockEntry) -> str | None:
    """Return the day of a change; None if it is that of the publication, "" if nothing tells it."""
    if old is None:
        return new.published
    if new.withdrawn and not old.withdrawn:
        return new.withdrawn
    if new.before and new.sequence > old.sequence:
        return new.before.day
    return new.modified if new.modified != old.modified else None


# -- in words

_FIRST = phrase("first announced on {day}: {now}")
_FIRST_WITHOUT_DATE = phrase("first announced on {day}")
_DATE_TEXTS = {
    ChangeKind.MOVED: phrase("moved on {day}: {now} (before: {before})"),
    ChangeKind.FIRMED_UP: phrase("firm since {day}: {now} (before: {before})"),
    ChangeKind.BLURRED: phrase("date no longer certain since {day}: {now} (before: {before})"),
    ChangeKind.NARROWED: phrase("date more precise since {day}: {now} (before: {before})"),
    ChangeKind.WIDENED: phrase("date less precise since {day}: {now} (before: {before})"),
    ChangeKind.TENTATIVE: phrase("to be confirmed since {day}: {now} (before: {before})"),
}
"""For changes with another date."""
_PLACE_TEXTS = {
    (True, True): phrase("place changed on {day}: {now} (before: {before})"),
    (False, True): phrase("place known since {day}: {now}"),
    (True, False): phrase("place no longer known since {day} (before: {before})"),
}
"""By whether a place was known before, and is now."""
_SCHEDULED_AGAIN = phrase("scheduled again since {day}")
_TEXTS = {
    ChangeKind.MOVED: phrase("some of its dates changed on {day}"),
    ChangeKind.CONFIRMED: phrase("confirmed on {day}"),
    ChangeKind.TENTATIVE: phrase("to be confirmed since {day}"),
    ChangeKind.POSTPONED: phrase("postponed on {day}"),
    ChangeKind.CANCELLED: phrase("cancelled on {day}"),
    ChangeKind.WITHDRAWN: phrase("withdrawn on {day}"),
    ChangeKind.RESTORED: phrase("back in the calendar since {day}"),
    ChangeKind.JOINED: phrase("merged on {day} with: {now}"),
    ChangeKind.RENAMED: phrase("renamed on {day} (before: {before})"),
}


def describe_history(history: LockHistory, uid: str, languages: tuple[str, ...]) -> list[str]:
    """Return what became of the date, status, place and title of an entry since it was announced, a text for each.

    The texts are in the first of the languages; the others are fallbacks for texts of the plan.
    """
    writer = history.writer(languages)
    steps = [text for dated in history.changes_of(uid) for text in _step_texts(writer, dated)]
    return list(filter(None, steps))


def _step_texts(writer: ChangeWriter, dated: DatedChange) -> Iterator[str]:
    day, change = writer.day_text(dated.day), dated.change
    if change.before is None:
        is_known = not _is_date_lost(change)
        yield writer.format(_FIRST if is_known else _FIRST_WITHOUT_DATE, day=day, now=writer.date_text(change.after))
        status = visible_status(change.after)
        if is_known and status in (Status.POSTPONED, Status.CANCELLED):
            yield writer.format(_TEXTS[ChangeKind(status)], day=day)
        return
    for number, kind in enumerate(change.kinds):
        before, now = _values(writer, kind, change.before, change.after, change.other)
        template = _template(kind, before, now, is_first=number == 0)
        if kind in (ChangeKind.CONFIRMED, ChangeKind.TENTATIVE) and is_scheduled_again(change.before, change.after):
            template = _SCHEDULED_AGAIN
        yield writer.format(template, day=day, before=before, now=now) if template else ""


def _template(kind: ChangeKind, before: str, now: str, *, is_first: bool) -> str:
    """Return the phrase for a change, "" for one that this language does not show."""
    if kind is ChangeKind.RELOCATED:
        return _PLACE_TEXTS.get((bool(before), bool(now)), "") if before != now else ""
    if before == now:
        return "" if kind is ChangeKind.RENAMED else _TEXTS.get(kind, "")
    has_date = kind in _DATE_TEXTS and (is_first or kind is not ChangeKind.TENTATIVE)  # after a move, both are known
    return _DATE_TEXTS[kind] if has_date else _TEXTS.get(kind, "")


def _values(
    writer: ChangeWriter, kind: ChangeKind, old: LockEntry, new: LockEntry, other: LockEntry | None
) -> tuple[str, str]:
    """Return what a change is about, before and now: the place, the title or the date."""
    if kind is ChangeKind.RELOCATED:
        return writer.place_text(old.place), writer.place_text(new.place)
    if kind is ChangeKind.RENAMED:
        return writer.plain_text(old.title), writer.plain_text(new.title)
    if kind is ChangeKind.JOINED:
        return "", writer.plain_text((other or new).title)
    return writer.date_text(old, "{date}, {zone}"), writer.date_text(new, "{date}, {zone}")

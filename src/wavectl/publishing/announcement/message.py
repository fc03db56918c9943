"""Compose the announcement of changes in a language: a subject, then one line a change, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_place
from wavectl.lockfile.entry import JsonObject, LockEntry
from wavectl.model import Text, localized_text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import ChangeKind, EntryChange, current_wave_names
from wavectl.publishing.tracking.changes import without_title
from wavectl.text.terminal import printable
from wavectl.timeline.groups import to_local_time


class FileState(StrEnum):
    """Why a feed file is stale although none of its entries has changed."""

    CHANGED = "changed"
    MISSING = "missing"
    LEFT_OVER = "left-over"  # the feed does not exist any more


class StaleFile(NamedTuple):
    """A feed file that a publication would write differently."""

    file: str
    state: FileState


class Announcement:
    """The changes to announce.

    ``next_entries`` are the entries of the next lockfile, ``name`` is the name of the calendar, ``waves`` are those
    that it covers. There is one text for each item of ``languages``: the language and its fallbacks. ``addresses``
    are the addresses of the calendar by language, "" for none.
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
        """Return the day of the last published change, "" if nothing was published."""
        entries = self.plan.lockfile.entries.values() if self.plan.lockfile else ()
        return max((entry.modified for entry in entries), default="")

    def members(self, entry: LockEntry) -> list[tuple[str, str]]:
        """Return the moments of an entry, each as the present name of its wave and its id."""
        return list(_present_members(entry, self._wave_names))

    def waves_of(self, entry: LockEntry) -> list[str]:
        """Return the waves of an entry by their present names."""
        return list(dict.fromkeys(wave for wave, _ in self.members(entry)))


def changed_waves(plan: Plan, changes: Sequence[EntryChange]) -> frozenset[str]:
    """Return the waves with an entry that changes, those before the change included."""
    wave_names = current_wave_names(plan)
    entries = (entry for change in changes for entry in (change.before, change.after) if entry is not None)
    return frozenset(wave for entry in entries for wave, _ in _present_members(entry, wave_names))


def _present_members(entry: LockEntry, wave_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in entry.members:
        wave, _, moment = name.partition("/")
        yield wave_names.get(wave, wave), moment


class ChangeText(NamedTuple):
    """One change: the present date, title, place and waves of the entry, and what has changed.

    ``place`` and ``waves`` may be "". ``urgent`` marks a change that people have to act on.
    """

    date: str
    title: str
    place: str
    waves: str
    description: str
    urgent: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """Return what identifies the moment: date, title, place and waves, without empty ones."""
        return tuple(part for part in (self.date, self.title, self.place, self.waves) if part)


class ChangeSection(NamedTuple):
    """The changes under one heading, in order of time."""

    heading: str
    changes: tuple[ChangeText, ...]


class AnnouncementText(NamedTuple):
    """An announcement in one language. ``address`` is the address of the calendar, "" for none."""

    language: str
    subject_line: str
    subject: str
    opening: str
    sections: tuple[ChangeSection, ...]
    address_label: str
    address: str
    closing: str


class _ChangeCategory(NamedTuple):
    """Changes that are counted together: their kinds, their heading, and their number as the subject gives it."""

    kinds: tuple[ChangeKind, ...]
    heading: str
    singular: str
    plural: str


_ACTION_REQUIRED = phrase("Please note")
_NOW_CERTAIN = phrase("Now certain")
_NEW = phrase("New")
_OTHER = phrase("Also changed")
_PLACE_KNOWN = _ChangeCategory((), _NOW_CERTAIN, phrase("1 place known"), phrase("{count} places known"))
"""For an entry that had no place before; nothing has to be rearranged, so it is not urgent."""
CHANGE_CATEGORIES = (
    _ChangeCategory((ChangeKind.CANCELLED,), _ACTION_REQUIRED, phrase("1 cancelled"), phrase("{count} cancelled")),
    _ChangeCategory((ChangeKind.WITHDRAWN,), _ACTION_REQUIRED, phrase("1 withdrawn"), phrase("{count} withdrawn")),
    _ChangeCategory((ChangeKind.POSTPONED,), _ACTION_REQUIRED, phrase("1 postponed"), phrase("{count} postponed")),
    _ChangeCategory(
        (ChangeKind.MOVED, ChangeKind.BLURRED),
        _ACTION_REQUIRED,
        phrase("1 date changed"),
        phrase("{count} dates changed"),
    ),
    _ChangeCategory(
        (ChangeKind.RELOCATED,), _ACTION_REQUIRED, phrase("1 place changed"), phrase("{count} places changed")
    ),
    _ChangeCategory((ChangeKind.FIRMED_UP,), _NOW_CERTAIN, phrase("1 date set"), phrase("{count} dates set")),
    _PLACE_KNOWN,
    _ChangeCategory((ChangeKind.CONFIRMED,), _NOW_CERTAIN, phrase("1 confirmed"), phrase("{count} confirmed")),
    _ChangeCategory((ChangeKind.NEW, ChangeKind.RESTORED), _NEW, phrase("1 new"), phrase("{count} new")),
    _ChangeCategory(
        (ChangeKind.TENTATIVE, ChangeKind.RENAMED, ChangeKind.JOINED, ChangeKind.REWORDED),
        _OTHER,
        phrase("1 other change"),
        phrase("{count} other changes"),
    ),
)
"""The categories in order of urgency: what people have to act on, what is certain now, what is new, the rest."""

_HEADINGS = tuple(dict.fromkeys(category.heading for category in CHANGE_CATEGORIES))
_STATUSES = {
    "confirmed": phrase("confirmed"),
    "tentative": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
_DETAILS_CHANGED = phrase("details have changed")


def compose_announcement(announcement: Announcement, languages: tuple[str, ...]) -> AnnouncementText:
    """Return the announcement in the first of the languages; the others are fallbacks for texts of the plan."""
    return _AnnouncementWriter(announcement, languages).compose()


class _AnnouncementWriter:
    """Writes an announcement in one language."""

    def __init__(self, announcement: Announcement, languages: tuple[str, ...]) -> None:
        self._announcement, self._languages = announcement, languages
        self._language = languages[0]
        self.translate = translator(self._language)

    def compose(self) -> AnnouncementText:
        categories = [_category(change) for change in self._announcement.changes]
        counts = [(category, categories.count(category)) for category in CHANGE_CATEGORIES]
        summary = ", ".join(
            self._format(category.singular if count == 1 else category.plural, count=count)
            for category, count in counts
            if count
        )
        subject = self._format(
            phrase("{name}: {changes}"),
            name=self._plain_text(self._announcement.name) or self.translate("Calendar"),
            changes=summary,
        )
        since = self._announcement.since
        return AnnouncementText(
            self._language,
            self._format(phrase("Subject: {subject}"), subject=subject),
            subject,
            self._format(phrase("What has changed in the calendar since {day}:"), day=self._day_text(since))
            if since
            else self.translate("What is in the new calendar:"),
            tuple(self._sections(categories)),
            self.translate("The calendar:"),
            self._announcement.addresses.get(self._language, ""),
            self.translate(
                "Subscribers get these changes automatically. "
                "It can take a day or two: Google Calendar, for example, updates about once a day."
            ),
        )

    def _sections(self, categories: Sequence[_ChangeCategory]) -> Iterator[ChangeSection]:
        categorised = list(zip(self._announcement.changes, categories, strict=True))
        for heading in _HEADINGS:
            changes = sorted(
                (change for change, category in categorised if category.heading == heading), key=_chronological_key
            )
            if changes:
                texts = tuple(self._change_text(change, urgent=heading == _ACTION_REQUIRED) for change in changes)
                yield ChangeSection(self.translate(heading), texts)

    def _change_text(self, change: EntryChange, *, urgent: bool) -> ChangeText:
        entry = change.after
        waves = self._announcement.waves_of(entry)
        is_obvious = waves == list(self._announcement.waves)  # the calendar has no other waves
        return ChangeText(
            date=self._date_text(entry),
            title=self._plain_text(entry.title),
            place=self._place_text(entry.place),
            waves="" if is_obvious else ", ".join(map(self._wave_title, waves)),
            description=", ".join(dict.fromkeys(self._describe(kind, change) for kind in change.kinds)),
            urgent=urgent,
        )

    def _wave_title(self, wave: str) -> str:
        """Return the title of a wave; its id if it is not in the plan any more."""
        present = self._announcement.plan.waves.get(wave)
        return self._plain_text(present.title) if present else wave

    def _describe(self, kind: ChangeKind, change: EntryChange) -> str:
        """Return the text of one kind of change, with the previous value where there was one."""
        old, new = change.before, change.after
        if kind in _FIXED_DESCRIPTIONS:
            return self.translate(_FIXED_DESCRIPTIONS[kind])
        if kind is ChangeKind.JOINED:
            other = self._announcement.next_entries.get(new.into or "")
            return self._format(
                phrase("merged with: {title}"), title=self._plain_text(other.title if other else new.title)
            )
        assert old is not None  # noqa: S101 - every other kind compares with the previous entry
        if kind in (ChangeKind.CONFIRMED, ChangeKind.TENTATIVE):
            return self._format_previous(
                phrase("{now} (before: {before})"), self._status_text(old.status), self._status_text(new.status)
            )
        if kind is ChangeKind.RELOCATED:
            return self._describe_place_change(self._place_text(old.place), self._place_text(new.place))
        if kind is ChangeKind.RENAMED:
            return self._describe_title_change(old, new)
        return self._describe_date_change(kind, old, new)

    def _describe_date_change(self, kind: ChangeKind, old: LockEntry, new: LockEntry) -> str:
        before, now = (self._date_text(entry, "{date}, {zone}") for entry in (old, new))
        if before != now:
            return self._format_previous(_DATE_DESCRIPTIONS[kind], before)
        differing = "; ".join(self._describe_exceptions(old.exceptions, new.exceptions))
        return differing or self.translate("some of its dates have changed")

    def _describe_exceptions(self, old: JsonObject, new: JsonObject) -> Iterator[str]:
        """Return the exceptions from a recurrence that have changed, by date."""
        for key in sorted(old.keys() | new.keys()):
            before, now = without_title(old.get(key, {})), without_title(new.get(key, {}))
            if before != now:
                facts = ", ".join(self._exception_details(now)) or self.translate("as planned")
                yield self._format(phrase("{day}: {facts}"), day=self._day_text(key), facts=facts)

    def _exception_details(self, change: JsonObject) -> Iterator[str]:
        if "when" in change:
            yield self._day_text(change["when"])
        if "status" in change:
            yield self._status_text(change["status"])
        if "place" in change:
            yield self._place_text(change["place"])

    def _describe_place_change(self, before: str, now: str) -> str:
        if before == now:
            return self.translate(_DETAILS_CHANGED)
        if not before:
            return self.translate("the place is now known")
        if not now:
            return self._format_previous(phrase("the place is no longer known (before: {before})"), before)
        return self._format_previous(phrase("the place has changed (before: {before})"), before)

    def _describe_title_change(self, old: LockEntry, new: LockEntry) -> str:
        """Return the previous title; if it is the same in this language, the short titles."""
        before, now = self._plain_text(old.title), self._plain_text(new.title)
        if before != now:
            return self._format_previous(phrase("renamed (before: {before})"), before)
        before, now = (self._plain_text(entry.short or entry.title) for entry in (old, new))
        if before != now:
            return self._format_previous(phrase("the short name is now {now} (before: {before})"), before, now)
        return self.translate(_DETAILS_CHANGED)

    def _date_text(self, entry: LockEntry, timed: str = "{date} ({zone})") -> str:
        """Return the date of an entry; ``timed`` is the form of one with a time of day."""
        when = to_local_time(edtf.parse(entry.when), entry.zone or self._announcement.plan.programme.timezone)
        text = format_date(when, self._language)
        if entry.zone:
            text = timed.format(date=text, zone=entry.zone)
        return f"{text}, {self.translate('then every year')}" if entry.repeat == "yearly" else text

    def _day_text(self, text: str) -> str:
        return format_date(edtf.parse(text), self._language)

    def _place_text(self, place: JsonObject) -> str:
        return format_place(
            self._plain_text(place.get("name")),
            place.get("country"),
            self._language,
            online=bool(place.get("online")),
            worldwide=place.get("scope") is not None,
        )

    def _status_text(self, status: str) -> str:
        return self.translate(_STATUSES[status])

    def _plain_text(self, text: Text | JsonObject | None) -> str:
        """Return a text of the plan, on one line."""
        return printable(localized_text(text, self._languages))

    def _format_previous(self, text: str, before: str, now: str = "") -> str:
        return self._format(text, before=before, now=now)

    def _format(self, text: str, **values: Any) -> str:
        return self.translate(text).format(**values)


_FIXED_DESCRIPTIONS = {
    ChangeKind.NEW: phrase("new"),
    ChangeKind.CANCELLED: phrase("cancelled"),
    ChangeKind.WITHDRAWN: phrase("removed from the calendar"),
    ChangeKind.POSTPONED: phrase("postponed, the new date is not known yet"),
    ChangeKind.RESTORED: phrase("back in the calendar"),
    ChangeKind.REWORDED: _DETAILS_CHANGED,
}
_DATE_DESCRIPTIONS = {
    ChangeKind.MOVED: phrase("the date has changed (before: {before})"),
    ChangeKind.FIRMED_UP: phrase("the date is set (before: {before})"),
    ChangeKind.BLURRED: phrase("the date is no longer certain (before: {before})"),
}


def _category(change: EntryChange) -> _ChangeCategory:
    """Return the category of a change: the most urgent of its kinds."""
    if change.kinds == (ChangeKind.RELOCATED,) and change.before is not None and not change.before.place:
        return _PLACE_KNOWN
    return next(category for category in CHANGE_CATEGORIES if not set(category.kinds).isdisjoint(change.kinds))


def _chronological_key(change: EntryChange) -> tuple[str, str]:
    """Return the sort key of changes in order of time."""
    earliest = edtf.parse(change.after.when).earliest
    return earliest.isoformat() if earliest else "", change.uid

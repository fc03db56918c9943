"""Changes -> what a person is told of them in a language: a subject, then one line a change, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_place
from wavectl.lockfile.entry import JsonObject, LockEntry
from wavectl.model import Text, localized_text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import ChangeKind, EntryChange, current_wave_names
from wavectl.text.terminal import printable
from wavectl.timeline import to_local_time


class ChangeText(NamedTuple):
    """One change: the date as it reads now, what and where it is, its waves, and what has changed.

    ``place`` and ``waves`` are "" where there is nothing to say. ``urgent`` says that people have to act on it.
    """

    date: str
    title: str
    place: str
    waves: str
    description: str
    urgent: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """What there is to say of the moment itself."""
        return tuple(part for part in (self.date, self.title, self.place, self.waves) if part)


class ChangeSection(NamedTuple):
    """The changes that stand under one heading, in order of time."""

    heading: str
    changes: tuple[ChangeText, ...]


class AnnouncementText(NamedTuple):
    """What people are told in one language. ``address`` is where they find the calendar, "" for nowhere."""

    language: str
    subject_line: str
    subject: str
    opening: str
    sections: tuple[ChangeSection, ...]
    address_label: str
    address: str
    closing: str


class _ChangeCategory(NamedTuple):
    """Changes that are counted together, the heading they stand under, and how many of them is said in a subject."""

    kinds: tuple[ChangeKind, ...]
    heading: str
    singular: str
    plural: str


_ACTION_REQUIRED = phrase("Please note")
_NOW_CERTAIN = phrase("Now certain")
_NEW = phrase("New")
_OTHER = phrase("Also changed")
_PLACE_KNOWN = _ChangeCategory((), _NOW_CERTAIN, phrase("1 place known"), phrase("{count} places known"))
"""Where there was no place before, nobody has to go elsewhere."""
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
"""What people have to act on first, then what they can rely on now, then what is new, then the rest."""

_HEADINGS = tuple(dict.fromkeys(sort.heading for sort in CHANGE_CATEGORIES))
_STATUSES = {
    "confirmed": phrase("confirmed"),
    "tentative": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
_DETAILS_CHANGED = phrase("details have changed")


def compose_announcement(announcement: Announcement, languages: tuple[str, ...]) -> AnnouncementText:
    """Return what people are told in the first of the languages."""
    return _AnnouncementWriter(announcement, languages).compose()


class _AnnouncementWriter:
    """Tells news in one language."""

    def __init__(self, announcement: Announcement, languages: tuple[str, ...]) -> None:
        self._announcement, self._languages = announcement, languages
        self._language = languages[0]
        self.translate = translator(self._language)

    def compose(self) -> AnnouncementText:
        sorts = [_category(change) for change in self._announcement.changes]
        counts = [(sort, sorts.count(sort)) for sort in CHANGE_CATEGORIES]
        counted = ", ".join(
            self._format(sort.singular if count == 1 else sort.plural, count=count) for sort, count in counts if count
        )
        subject = self._format(
            phrase("{name}: {changes}"),
            name=self._plain_text(self._announcement.name) or self.translate("Calendar"),
            changes=counted,
        )
        since = self._announcement.since
        return AnnouncementText(
            self._language,
            self._format(phrase("Subject: {subject}"), subject=subject),
            subject,
            self._format(phrase("What has changed in the calendar since {day}:"), day=self._day_text(since))
            if since
            else self.translate("What stands in the calendar, which is new:"),
            tuple(self._sections(sorts)),
            self.translate("The calendar:"),
            self._announcement.addresses.get(self._language, ""),
            self.translate(
                "Whoever has subscribed to it gets these changes without doing anything. "
                "It can take a day or two: Google Calendar, for one, looks about once a day."
            ),
        )

    def _sections(self, sorts: Sequence[_ChangeCategory]) -> Iterator[ChangeSection]:
        found = list(zip(self._announcement.changes, sorts, strict=True))
        for heading in _HEADINGS:
            chosen = sorted((one for one, sort in found if sort.heading == heading), key=_chronological_key)
            if chosen:
                lines = tuple(self._change_text(one, urgent=heading == _ACTION_REQUIRED) for one in chosen)
                yield ChangeSection(self.translate(heading), lines)

    def _change_text(self, change: EntryChange, *, urgent: bool) -> ChangeText:
        line = change.after
        waves = self._announcement.waves_of(line)
        alone = waves == list(self._announcement.waves)  # then there is no other that could be meant
        what = ", ".join(dict.fromkeys(self._describe(kind, change) for kind in change.kinds))
        named = "" if alone else ", ".join(map(self._wave_title, waves))
        return ChangeText(
            self._date_text(line), self._plain_text(line.title), self._place_text(line.place), named, what, urgent
        )

    def _wave_title(self, wave: str) -> str:
        """Return the title of a wave; its id where the plan does not hold it any more."""
        known = self._announcement.plan.waves.get(wave)
        return self._plain_text(known.title) if known else wave

    def _describe(self, kind: ChangeKind, change: EntryChange) -> str:
        """Return what has become of an entry in one respect, and what held before."""
        old, new = change.before, change.after
        if kind in _FIXED_DESCRIPTIONS:
            return self.translate(_FIXED_DESCRIPTIONS[kind])
        if kind is ChangeKind.JOINED:
            other = self._announcement.next_entries.get(new.into or "")
            return self._format(
                phrase("now one with: {title}"), title=self._plain_text(other.title if other else new.title)
            )
        assert old is not None  # noqa: S101 - whatever else happens, happens to what was there
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
        before, now = (self._date_text(line, "{date}, {zone}") for line in (old, new))
        if before != now:
            return self._format_previous(_DATE_DESCRIPTIONS[kind], before)
        differing = "; ".join(self._describe_exceptions(old.exceptions, new.exceptions))
        return differing or self.translate("some of its dates have changed")

    def _describe_exceptions(self, old: JsonObject, new: JsonObject) -> Iterator[str]:
        """Return what differs now from the rule of a repeating moment, by date."""
        for key in sorted(old.keys() | new.keys()):
            was, now = _without_title(old.get(key, {})), _without_title(new.get(key, {}))
            if was != now:
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
            return self.translate("the place is known now")
        changed = phrase("the place has changed (before: {before})")
        return self._format_previous(changed if now else phrase("no place any more (before: {before})"), before)

    def _describe_title_change(self, old: LockEntry, new: LockEntry) -> str:
        """Return the earlier title; where that is the same in this language, the short ones."""
        before, now = self._plain_text(old.title), self._plain_text(new.title)
        if before != now:
            return self._format_previous(phrase("has another name (before: {before})"), before)
        before, now = (self._plain_text(line.short or line.title) for line in (old, new))
        if before != now:
            return self._format_previous(phrase("its short name is now {now} (before: {before})"), before, now)
        return self.translate(_DETAILS_CHANGED)

    def _date_text(self, line: LockEntry, timed: str = "{date} ({zone})") -> str:
        """Return the date of an entry; ``timed`` is how a time of day stands with its zone."""
        when = to_local_time(edtf.parse(line.when), line.zone or self._announcement.plan.programme.timezone)
        text = format_date(when, self._language)
        if line.zone:
            text = timed.format(date=text, zone=line.zone)
        return f"{text}, {self.translate('then every year')}" if line.repeat == "yearly" else text

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
    ChangeKind.WITHDRAWN: phrase("taken out of the calendar"),
    ChangeKind.POSTPONED: phrase("postponed, the new date is not known yet"),
    ChangeKind.RESTORED: phrase("back in the calendar"),
    ChangeKind.REWORDED: _DETAILS_CHANGED,
}
_DATE_DESCRIPTIONS = {
    ChangeKind.MOVED: phrase("the date has changed (before: {before})"),
    ChangeKind.FIRMED_UP: phrase("the date is set (before: {before})"),
    ChangeKind.BLURRED: phrase("the date is not certain any more (before: {before})"),
}


def _category(change: EntryChange) -> _ChangeCategory:
    """Return what a change is counted as: the most urgent thing that has happened."""
    if change.kinds == (ChangeKind.RELOCATED,) and change.before is not None and not change.before.place:
        return _PLACE_KNOWN
    return next(sort for sort in CHANGE_CATEGORIES if not set(sort.kinds).isdisjoint(change.kinds))


def _chronological_key(change: EntryChange) -> tuple[str, str]:
    """Return what puts changes in order of time."""
    earliest = edtf.parse(change.after.when).earliest
    return earliest.isoformat() if earliest else "", change.uid


def _without_title(change: JsonObject) -> dict[str, Any]:
    return {name: fact for name, fact in change.items() if name != "title"}


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

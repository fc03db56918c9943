"""Announce changes of the published entries to people, as text, Markdown (CommonMark), HTML or JSON.

Calendar clients rarely show that an entry has moved, so the publisher has to. An announcement has a subject, then one
line a change, the most urgent first. It is returned, never printed.

The HTML page is for pasting into a mail: Outlook renders mails with the engine of a word processor and Gmail drops
``<style>``, so it is built of tables and ``style`` attributes and loads nothing. See ``templates/announcement.html``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf, recurrence
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_place
from wavectl.i18n.repeat_format import format_repeating_date
from wavectl.lockfile.entry import JsonObject, LockEntry
from wavectl.model import Status, Text, localized_text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking.changes import (
    STATUS_TEXTS,
    ChangeKind,
    EntryChange,
    is_scheduled_again,
    visible_status,
    visible_status_changed,
    without_title,
)
from wavectl.publishing.tracking.next_lock import current_wave_names, present_members
from wavectl.text.escaping import dump_json, escape_markdown, render_template
from wavectl.text.terminal import printable
from wavectl.timeline.groups import ChronologicalKey, chronological_key, to_local_time


class FileState(StrEnum):
    """Why a feed file is stale although none of its entries has changed."""

    CHANGED = "changed"
    MISSING = "missing"
    LEFT_OVER = "left-over"  # the feed does not exist any more


class StaleFile(NamedTuple):
    """A feed file that a publication would write differently; ``reworded`` if only texts of entries differ."""

    file: str
    state: FileState
    reworded: bool = False


class Announcement(NamedTuple):
    """The changes to announce.

    ``next_entries`` are the entries of the next lockfile, ``name`` is the name of the calendar, ``waves`` are those
    that it covers. There is one text for each item of ``languages``: the language and its fallbacks. ``addresses``
    are the addresses of the calendar by language, "" for none.
    """

    plan: Plan
    changes: Sequence[EntryChange]
    next_entries: Mapping[str, LockEntry]
    name: Text | None = None
    waves: Sequence[str] = ()
    languages: Sequence[tuple[str, ...]] = (("en",),)
    addresses: Mapping[str, str] = MappingProxyType({})
    stale_files: Sequence[StaleFile] = ()

    def ordered_changes(self) -> list[EntryChange]:
        """Return the changes in order of time, by the present date of their entries."""
        programme = self.plan.programme

        def order(change: EntryChange) -> ChronologicalKey:
            entry = change.after
            title = localized_text(entry.title, programme.languages)
            return chronological_key(edtf.parse(entry.when), entry.zone or programme.timezone, title, entry.members[0])

        return sorted(self.changes, key=order)


def changed_waves(plan: Plan, changes: Sequence[EntryChange]) -> frozenset[str]:
    """Return the waves with an entry that changes, those before the change included."""
    names = current_wave_names(plan)
    entries = (entry for change in changes for entry in (change.before, change.after) if entry is not None)
    return frozenset(wave for entry in entries for wave, _ in present_members(entry, names))


# -- the text in one language


class ChangeText(NamedTuple):
    """One change: the present date, title, place and waves of the entry, and what has changed.

    For several moments, ``date`` is their number and ``title`` has the first ones. ``place`` and ``waves`` may be "".
    ``urgent`` marks a change that people have to act on.
    """

    date: str
    title: str
    place: str
    waves: str
    description: str
    urgent: bool

    @property
    def facts(self) -> list[str]:
        """Return what identifies the moment: date, title, place and waves, without empty ones."""
        return [part for part in (self.date, self.title, self.place, self.waves) if part]


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
_MOVES = (ChangeKind.MOVED, ChangeKind.BLURRED, ChangeKind.WIDENED)
_OTHERS = (ChangeKind.TENTATIVE, ChangeKind.RENAMED, ChangeKind.JOINED)
_DETAILS = (ChangeKind.REWORDED,)
_MAX_NAMED = 3
"""How many moments with other details have a line each; more than that share one line, which names the first ones."""
CHANGE_CATEGORIES = (
    _ChangeCategory((ChangeKind.CANCELLED,), _ACTION_REQUIRED, phrase("1 cancelled"), phrase("{count} cancelled")),
    _ChangeCategory((ChangeKind.WITHDRAWN,), _ACTION_REQUIRED, phrase("1 withdrawn"), phrase("{count} withdrawn")),
    _ChangeCategory((ChangeKind.POSTPONED,), _ACTION_REQUIRED, phrase("1 postponed"), phrase("{count} postponed")),
    _ChangeCategory(_MOVES, _ACTION_REQUIRED, phrase("1 date changed"), phrase("{count} dates changed")),
    _ChangeCategory(
        (ChangeKind.RELOCATED,), _ACTION_REQUIRED, phrase("1 place changed"), phrase("{count} places changed")
    ),
    _ChangeCategory((ChangeKind.FIRMED_UP,), _NOW_CERTAIN, phrase("1 date set"), phrase("{count} dates set")),
    _PLACE_KNOWN,
    _ChangeCategory((ChangeKind.CONFIRMED,), _NOW_CERTAIN, phrase("1 confirmed"), phrase("{count} confirmed")),
    _ChangeCategory((ChangeKind.NEW, ChangeKind.RESTORED), _NEW, phrase("1 new"), phrase("{count} new")),
    _ChangeCategory(
        (ChangeKind.NARROWED,), _OTHER, phrase("1 date more precise"), phrase("{count} dates more precise")
    ),
    _ChangeCategory(_OTHERS, _OTHER, phrase("1 other change"), phrase("{count} other changes")),
    _ChangeCategory(_DETAILS, _OTHER, phrase("details of 1 moment"), phrase("details of {count} moments")),
)
"""The categories in order of urgency: what people have to act on, what is certain now, what is new, the rest."""

_DETAILS_CHANGED = phrase("details have changed")
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
    ChangeKind.NARROWED: phrase("the date is more precise (before: {before})"),
    ChangeKind.WIDENED: phrase("the date is less precise (before: {before})"),
}


def compose_announcement(announcement: Announcement, languages: tuple[str, ...]) -> AnnouncementText:
    """Return the announcement in the first of the languages; the others are fallbacks for texts of the plan."""
    return ChangeWriter(announcement, languages).compose()


class ChangeWriter:
    """Write changes in the first of the languages; the others are fallbacks for texts of the plan."""

    def __init__(self, announcement: Announcement, languages: tuple[str, ...]) -> None:
        self._announcement, self._languages = announcement, languages
        self._language = languages[0]
        self._wave_names = current_wave_names(announcement.plan)
        self.translate = translator(self._language)

    def compose(self) -> AnnouncementText:
        """Return the announcement."""
        changes = self._announcement.ordered_changes()
        categories = [_category(change) for change in changes]
        counts = [(category, categories.count(category)) for category in CHANGE_CATEGORIES]
        subject = self.format(
            phrase("{name}: {changes}"),
            name=self.plain_text(self._announcement.name) or self.translate("Calendar"),
            changes=", ".join(
                self.format(category.singular if count == 1 else category.plural, count=count)
                for category, count in counts
                if count
            ),
        )
        lockfile = self._announcement.plan.lockfile
        since = max((entry.modified for entry in lockfile.entries.values()), default="") if lockfile else ""
        return AnnouncementText(
            self._language,
            self.format(phrase("Subject: {subject}"), subject=subject),
            subject,
            self.format(phrase("What has changed in the calendar since {day}:"), day=self.day_text(since))
            if since
            else self.translate("What is in the new calendar:"),
            tuple(self._sections(changes, categories)),
            self.translate("The calendar:"),
            self._announcement.addresses.get(self._language, ""),
            self.translate(
                "Subscribers get these changes automatically. "
                "It can take a day or two: Google Calendar, for example, updates about once a day."
            ),
        )

    def _sections(
        self, ordered: Sequence[EntryChange], categories: Sequence[_ChangeCategory]
    ) -> Iterator[ChangeSection]:
        by_heading: dict[str, list[EntryChange]] = {category.heading: [] for category in CHANGE_CATEGORIES}
        for change, category in zip(ordered, categories, strict=True):
            by_heading[category.heading].append(change)
        for heading, changes in by_heading.items():
            if changes:
                yield ChangeSection(self.translate(heading), tuple(self._change_texts(changes)))

    def _change_texts(self, changes: Sequence[EntryChange]) -> Iterator[ChangeText]:
        """Return some changes; many moments of which only details have changed are on one line for their waves."""
        reworded: dict[str, list[ChangeText]] = {}
        for change in changes:
            text = self.change_text(change)
            if change.kinds == _DETAILS:
                reworded.setdefault(text.waves, []).append(text)
            else:
                yield text
        for texts in reworded.values():
            if len(texts) <= _MAX_NAMED:
                yield from texts
                continue
            titles = ", ".join([*dict.fromkeys(text.title for text in texts[:_MAX_NAMED]), "…"])
            number = self.format(phrase("{count} moments"), count=len(texts))
            yield texts[0]._replace(date=number, title=titles, place="")

    def change_text(self, change: EntryChange) -> ChangeText:
        """Return one change, with what identifies its moment."""
        entry = change.after
        waves = list(dict.fromkeys(wave for wave, _ in present_members(entry, self._wave_names)))
        is_obvious = waves == list(self._announcement.waves)  # the calendar has no other waves
        return ChangeText(
            date=self.date_text(entry),
            title=self.plain_text(entry.title),
            place=self.place_text(entry.place),
            waves="" if is_obvious else ", ".join(map(self._wave_title, waves)),
            description=", ".join(dict.fromkeys(self._describe(kind, change) for kind in change.kinds)),
            urgent=_category(change).heading == _ACTION_REQUIRED,
        )

    def _wave_title(self, wave: str) -> str:
        present = self._announcement.plan.waves.get(wave)
        return self.plain_text(present.title) if present else wave

    def _describe(self, kind: ChangeKind, change: EntryChange) -> str:
        """Return the text of one kind of change, with the previous value where there was one."""
        old, new = change.before, change.after
        if kind is ChangeKind.NEW and visible_status(new) in (Status.CANCELLED, Status.POSTPONED):
            return f"{self.translate(_FIXED_DESCRIPTIONS[kind])}, {self.status_text(visible_status(new))}"
        if kind in _FIXED_DESCRIPTIONS:
            return self.translate(_FIXED_DESCRIPTIONS[kind])
        if kind is ChangeKind.JOINED:
            other = change.other or self._announcement.next_entries.get(new.into or "", new)
            title = self.plain_text(other.title)
            if title == self.plain_text(new.title):
                return self.translate(phrase("merged with another entry of the same name"))
            return self.format(phrase("merged with: {title}"), title=title)
        assert old is not None  # noqa: S101 - every other kind compares with the previous entry
        if kind in (ChangeKind.CONFIRMED, ChangeKind.TENTATIVE):
            was, status = visible_status(old), visible_status(new)
            if (
                was == status and old.when == new.when
            ):  # a date as vague as before, of what is sure now, or not any more
                was, status = Status(old.status), Status(new.status)
            is_again = is_scheduled_again(old, new)
            now = self.translate(phrase("scheduled again")) if is_again else self.status_text(status)
            moved = old.when != new.when and not visible_status_changed(old, new)
            before = self.date_text(old) if moved else self.status_text(was)
            return self.format(phrase("{now} (before: {before})"), before=before, now=now)
        if kind is ChangeKind.RELOCATED:
            return self._describe_place_change(self.place_text(old.place), self.place_text(new.place))
        if kind is ChangeKind.RENAMED:
            return self._describe_title_change(old, new)
        return self._describe_date_change(kind, old, new)

    def _describe_date_change(self, kind: ChangeKind, old: LockEntry, new: LockEntry) -> str:
        before, now = (self.date_text(entry, "{date}, {zone}") for entry in (old, new))
        if before != now:
            return self.format(_DATE_DESCRIPTIONS[kind], before=before)
        separator = self.format(phrase("{before}; {date}"), before="", date="")
        differing = separator.join(self._describe_exceptions(old.exceptions, new.exceptions))
        return differing or self.translate("some of its dates have changed")

    def _describe_exceptions(self, old: JsonObject, new: JsonObject) -> Iterator[str]:
        for key in sorted(old.keys() | new.keys()):
            before, now = without_title(old.get(key, {})), without_title(new.get(key, {}))
            if before != now:
                facts = ", ".join(self._exception_details(now)) or self.translate("as planned")
                yield self.format(phrase("{day}: {facts}"), day=self.day_text(key), facts=facts)

    def _exception_details(self, change: JsonObject) -> Iterator[str]:
        if "when" in change:
            yield self.day_text(change["when"])
        if "status" in change:
            yield self.status_text(change["status"])
        if "place" in change:
            yield self.place_text(change["place"])

    def _describe_place_change(self, before: str, now: str) -> str:
        if before == now:
            return self.translate(_DETAILS_CHANGED)
        if not before:
            return self.translate("the place is now known")
        if not now:
            return self.format(phrase("the place is no longer known (before: {before})"), before=before)
        return self.format(phrase("the place has changed (before: {before})"), before=before)

    def _describe_title_change(self, old: LockEntry, new: LockEntry) -> str:
        """Return the previous title; if it is the same in this language, the short titles."""
        before, now = self.plain_text(old.title), self.plain_text(new.title)
        if before != now:
            return self.format(phrase("renamed (before: {before})"), before=before)
        before, now = (self.plain_text(entry.short or entry.title) for entry in (old, new))
        if before != now:
            return self.format(phrase("the short name is now {now} (before: {before})"), before=before, now=now)
        return self.translate(_DETAILS_CHANGED)

    def date_text(self, entry: LockEntry, timed: str = "{date} ({zone})") -> str:
        """Return the date of an entry; ``timed`` is the form of one with a time of day."""
        when = to_local_time(edtf.parse(entry.when), entry.zone or self._announcement.plan.programme.timezone)
        text = format_date(when, self._language)
        if entry.zone:
            text = timed.format(date=text, zone=entry.zone)
        return format_repeating_date(text, recurrence.parse(entry.repeat) if entry.repeat else None, self._language)

    def day_text(self, text: str) -> str:
        """Return a day (ISO 8601) in words."""
        return format_date(edtf.parse(text), self._language)

    def place_text(self, place: JsonObject) -> str:
        """Return a place in words, "" for none."""
        return _format_place(self.plain_text(place.get("name")), place, self._language)

    def status_text(self, status: str) -> str:
        """Return the word for a status."""
        return self.translate(STATUS_TEXTS[status])

    def plain_text(self, text: Text | JsonObject | None) -> str:
        """Return a text of the plan in one line, without characters that are not visible."""
        return printable(localized_text(text, self._languages))

    def format(self, text: str, **values: Any) -> str:
        """Return a phrase of wavectl with values."""
        return self.translate(text).format(**values)


def _category(change: EntryChange) -> _ChangeCategory:
    """Return the category of a change: the most urgent of its kinds; a first place is the least of them."""
    kinds = set(change.kinds)
    if change.before is not None and not change.before.place:
        kinds.discard(ChangeKind.RELOCATED)
    return next((category for category in CHANGE_CATEGORIES if not kinds.isdisjoint(category.kinds)), _PLACE_KNOWN)


def _format_place(name: str, place: JsonObject, language: str) -> str:
    online, worldwide = bool(place.get("online")), place.get("scope") is not None
    return format_place(name, place.get("country"), language, online=online, worldwide=worldwide)


# -- the formats; without changes for subscribers there is nothing to send: only JSON is not empty then


def _compose_all(announcement: Announcement) -> list[AnnouncementText]:
    languages = announcement.languages if announcement.changes else ()
    return [compose_announcement(announcement, each) for each in languages]


def _render_text(announcement: Announcement) -> str:
    return "\n".join("".join(f"{line}\n" for line in _text_lines(text)) for text in _compose_all(announcement))


def _text_lines(text: AnnouncementText) -> Iterator[str]:
    yield from (text.subject_line, "", text.opening)
    for section in text.sections:
        yield from ("", section.heading, *(f"- {change_line(change)}" for change in section.changes))
    yield ""
    if text.address:
        yield f"{text.address_label} {text.address}"
    yield text.closing


def change_line(change: ChangeText) -> str:
    """Return a change on one line: its facts, then what has changed."""
    return f"{' · '.join(change.facts)} — {change.description}"


def render_summary(announcement: Announcement, limit: int = 20) -> str:
    """Return the subject and the first ``limit`` changes as plain text, in the first language."""
    if not announcement.changes:
        return ""
    text = compose_announcement(announcement, announcement.languages[0])
    lines = [f"  {change_line(change)}" for section in text.sections for change in section.changes]
    return "\n".join((text.subject, *lines[:limit], *(["  …"] if len(lines) > limit else []))) + "\n"


def _render_markdown(announcement: Announcement) -> str:
    texts = _compose_all(announcement)
    return "\n---\n\n".join("".join(f"{line}\n" for line in _markdown_lines(text)) for text in texts)


def _markdown_lines(text: AnnouncementText) -> Iterator[str]:
    yield from (f"**{escape_markdown(text.subject_line)}**", "", escape_markdown(text.opening))
    for section in text.sections:
        yield from ("", f"## {escape_markdown(section.heading)}", "")
        for change in section.changes:
            date, *facts = map(escape_markdown, change.facts)
            yield f"- {' · '.join((f'**{date}**', *facts))} — {escape_markdown(change.description)}"
    yield ""
    if text.address:
        yield from (f"{escape_markdown(text.address_label)} <{text.address}>", "")
    yield escape_markdown(text.closing)


def _render_html(announcement: Announcement) -> str:
    texts = _compose_all(announcement)
    return render_template("wavectl.publishing", "announcement.html", texts=texts) if texts else ""


def _render_json(announcement: Announcement) -> str:
    return dump_json(announcement_data(announcement))


def announcement_data(announcement: Announcement) -> dict[str, Any]:
    """Return JSON data: changes in order of time, stale files, and counts; texts in the first language."""
    kinds = {kind.value: sum(kind in change.kinds for change in announcement.changes) for kind in ChangeKind}
    return {
        "schema": "wavectl/changes/1",
        "summary": {
            "changes": len(announcement.changes),
            "files": len(announcement.stale_files),
            "kinds": {kind: count for kind, count in kinds.items() if count},
        },
        "changes": [_change_data(change, announcement) for change in announcement.ordered_changes()],
        "files": [{"file": stale.file, "state": stale.state.value} for stale in announcement.stale_files],
    }


def _change_data(change: EntryChange, announcement: Announcement) -> dict[str, Any]:
    (wave, moment), *others = present_members(change.after, current_wave_names(announcement.plan))
    return {
        "uid": change.uid,
        "kinds": [kind.value for kind in change.kinds],
        "wave": wave,
        "id": moment,
        "also_in": [f"{wave}/{moment}" for wave, moment in others],
        "title": localized_text(change.after.title, announcement.languages[0]),
        "into": change.after.into,
        "before": _entry_data(change.before, announcement) if change.before and not change.before.into else None,
        "after": None if change.after.into else _entry_data(change.after, announcement),
    }


def _entry_data(entry: LockEntry, announcement: Announcement) -> dict[str, Any]:
    languages = announcement.languages[0]
    when = edtf.parse(entry.when)
    return {
        "when": when.text,
        "text": format_date(to_local_time(when, entry.zone or announcement.plan.programme.timezone), languages[0]),
        "exact": when.is_exact,
        "timezone": entry.zone,
        "repeat": entry.repeat,
        "status": "withdrawn" if entry.withdrawn else entry.status,
        "place": _format_place(localized_text(entry.place.get("name"), languages), entry.place, languages[0]) or None,
        "title": localized_text(entry.title, languages),
    }


ANNOUNCEMENT_FORMATS: Mapping[str, Callable[[Announcement], str]] = {
    "text": _render_text,
    "markdown": _render_markdown,
    "html": _render_html,
    "json": _render_json,
}
"""The formats by name."""

UTF8_FORMATS = frozenset(("markdown", "html", "json"))
"""The formats that are written as UTF-8 on every console."""

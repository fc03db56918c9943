"""Changes -> what a person is told of them in a language: a subject, then one line a change, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import date_text
from wavectl.i18n.place_names import place_text
from wavectl.lockfile.entry import Data, Line
from wavectl.model import Text, wording
from wavectl.publishing.announcement.news import News
from wavectl.publishing.tracking import Change, Kind
from wavectl.text.terminal import printable
from wavectl.timeline import local


class Told(NamedTuple):
    """One change: the date as it reads now, what and where it is, its waves, and what has changed.

    ``place`` and ``waves`` are "" where there is nothing to say. ``urgent`` says that people have to act on it.
    """

    date: str
    title: str
    place: str
    waves: str
    what: str
    urgent: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """What there is to say of the moment itself."""
        return tuple(part for part in (self.date, self.title, self.place, self.waves) if part)


class Part(NamedTuple):
    """The changes that stand under one heading, in order of time."""

    heading: str
    lines: tuple[Told, ...]


class Notice(NamedTuple):
    """What people are told in one language. ``address`` is where they find the calendar, "" for nowhere."""

    language: str
    subject_line: str
    subject: str
    opening: str
    parts: tuple[Part, ...]
    find: str
    address: str
    closing: str


class _Sort(NamedTuple):
    """Changes that are counted together, the heading they stand under, and how many of them is said in a subject."""

    kinds: tuple[Kind, ...]
    heading: str
    one: str
    many: str


_ACT = phrase("Please note")
_SURE = phrase("Now certain")
_NEW = phrase("New")
_ELSE = phrase("Also changed")
_PLACED = _Sort((), _SURE, phrase("1 place known"), phrase("{count} places known"))
"""Where there was no place before, nobody has to go elsewhere."""
SORTS = (
    _Sort((Kind.CANCELLED,), _ACT, phrase("1 cancelled"), phrase("{count} cancelled")),
    _Sort((Kind.WITHDRAWN,), _ACT, phrase("1 withdrawn"), phrase("{count} withdrawn")),
    _Sort((Kind.POSTPONED,), _ACT, phrase("1 postponed"), phrase("{count} postponed")),
    _Sort((Kind.MOVED, Kind.BLURRED), _ACT, phrase("1 date changed"), phrase("{count} dates changed")),
    _Sort((Kind.RELOCATED,), _ACT, phrase("1 place changed"), phrase("{count} places changed")),
    _Sort((Kind.FIRMED_UP,), _SURE, phrase("1 date set"), phrase("{count} dates set")),
    _PLACED,
    _Sort((Kind.CONFIRMED,), _SURE, phrase("1 confirmed"), phrase("{count} confirmed")),
    _Sort((Kind.NEW, Kind.RESTORED), _NEW, phrase("1 new"), phrase("{count} new")),
    _Sort(
        (Kind.TENTATIVE, Kind.RENAMED, Kind.JOINED, Kind.REWORDED),
        _ELSE,
        phrase("1 other change"),
        phrase("{count} other changes"),
    ),
)
"""What people have to act on first, then what they can rely on now, then what is new, then the rest."""

_HEADINGS = tuple(dict.fromkeys(sort.heading for sort in SORTS))
_STATUSES = {
    "confirmed": phrase("confirmed"),
    "tentative": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
_DETAILS = phrase("details have changed")


def told(news: News, languages: tuple[str, ...]) -> Notice:
    """Return what people are told in the first of the languages."""
    return _Teller(news, languages).notice()


class _Teller:
    """Tells news in one language."""

    def __init__(self, news: News, languages: tuple[str, ...]) -> None:
        self._news, self._languages = news, languages
        self._language = languages[0]
        self.translate = translator(self._language)

    def notice(self) -> Notice:
        sorts = [_sort(change) for change in self._news.changes]
        counts = [(sort, sorts.count(sort)) for sort in SORTS]
        counted = ", ".join(
            self._say(sort.one if count == 1 else sort.many, count=count) for sort, count in counts if count
        )
        subject = self._say(
            phrase("{name}: {changes}"), name=self._text(self._news.name) or self.translate("Calendar"), changes=counted
        )
        since = self._news.since
        return Notice(
            self._language,
            self._say(phrase("Subject: {subject}"), subject=subject),
            subject,
            self._say(phrase("What has changed in the calendar since {day}:"), day=self._day(since))
            if since
            else self.translate("What stands in the calendar, which is new:"),
            tuple(self._parts(sorts)),
            self.translate("The calendar:"),
            self._news.addresses.get(self._language, ""),
            self.translate(
                "Whoever has subscribed to it gets these changes without doing anything. "
                "It can take a day or two: Google Calendar, for one, looks about once a day."
            ),
        )

    def _parts(self, sorts: Sequence[_Sort]) -> Iterator[Part]:
        found = list(zip(self._news.changes, sorts, strict=True))
        for heading in _HEADINGS:
            chosen = sorted((one for one, sort in found if sort.heading == heading), key=_time)
            if chosen:
                lines = tuple(self._told(one, urgent=heading == _ACT) for one in chosen)
                yield Part(self.translate(heading), lines)

    def _told(self, change: Change, *, urgent: bool) -> Told:
        line = change.after
        waves = self._news.waves_of(line)
        alone = waves == list(self._news.waves)  # then there is no other that could be meant
        what = ", ".join(dict.fromkeys(self._what(kind, change) for kind in change.kinds))
        named = "" if alone else ", ".join(map(self._wave, waves))
        return Told(self._date(line), self._text(line.title), self._place(line.place), named, what, urgent)

    def _wave(self, wave: str) -> str:
        """Return the title of a wave; its id where the plan does not hold it any more."""
        known = self._news.plan.waves.get(wave)
        return self._text(known.title) if known else wave

    def _what(self, kind: Kind, change: Change) -> str:
        """Return what has become of an entry in one respect, and what held before."""
        old, new = change.before, change.after
        if kind in _PLAIN:
            return self.translate(_PLAIN[kind])
        if kind is Kind.JOINED:
            other = self._news.after.get(new.into or "")
            return self._say(phrase("now one with: {title}"), title=self._text(other.title if other else new.title))
        assert old is not None  # noqa: S101 - whatever else happens, happens to what was there
        if kind in (Kind.CONFIRMED, Kind.TENTATIVE):
            return self._before(phrase("{now} (before: {before})"), self._status(old.status), self._status(new.status))
        if kind is Kind.RELOCATED:
            return self._relocated(self._place(old.place), self._place(new.place))
        if kind is Kind.RENAMED:
            return self._renamed(old, new)
        return self._moved(kind, old, new)

    def _moved(self, kind: Kind, old: Line, new: Line) -> str:
        before, now = (self._date(line, "{date}, {zone}") for line in (old, new))
        if before != now:
            return self._before(_MOVES[kind], before)
        differing = "; ".join(self._exceptions(old.exceptions, new.exceptions))
        return differing or self.translate("some of its dates have changed")

    def _exceptions(self, old: Data, new: Data) -> Iterator[str]:
        """Return what differs now from the rule of a repeating moment, by date."""
        for key in sorted(old.keys() | new.keys()):
            was, now = _without_title(old.get(key, {})), _without_title(new.get(key, {}))
            if was != now:
                facts = ", ".join(self._facts(now)) or self.translate("as planned")
                yield self._say(phrase("{day}: {facts}"), day=self._day(key), facts=facts)

    def _facts(self, change: Data) -> Iterator[str]:
        if "when" in change:
            yield self._day(change["when"])
        if "status" in change:
            yield self._status(change["status"])
        if "place" in change:
            yield self._place(change["place"])

    def _relocated(self, before: str, now: str) -> str:
        if before == now:
            return self.translate(_DETAILS)
        if not before:
            return self.translate("the place is known now")
        changed = phrase("the place has changed (before: {before})")
        return self._before(changed if now else phrase("no place any more (before: {before})"), before)

    def _renamed(self, old: Line, new: Line) -> str:
        """Return the earlier title; where that is the same in this language, the short ones."""
        before, now = self._text(old.title), self._text(new.title)
        if before != now:
            return self._before(phrase("has another name (before: {before})"), before)
        before, now = (self._text(line.short or line.title) for line in (old, new))
        if before != now:
            return self._before(phrase("its short name is now {now} (before: {before})"), before, now)
        return self.translate(_DETAILS)

    def _date(self, line: Line, timed: str = "{date} ({zone})") -> str:
        """Return the date of an entry; ``timed`` is how a time of day stands with its zone."""
        when = local(edtf.parse(line.when), line.zone or self._news.plan.programme.timezone)
        text = date_text(when, self._language)
        if line.zone:
            text = timed.format(date=text, zone=line.zone)
        return f"{text}, {self.translate('then every year')}" if line.repeat == "yearly" else text

    def _day(self, text: str) -> str:
        return date_text(edtf.parse(text), self._language)

    def _place(self, place: Data) -> str:
        return place_text(
            self._text(place.get("name")),
            place.get("country"),
            self._language,
            online=bool(place.get("online")),
            worldwide=place.get("scope") is not None,
        )

    def _status(self, status: str) -> str:
        return self.translate(_STATUSES[status])

    def _text(self, text: Text | Data | None) -> str:
        """Return a text of the plan, on one line."""
        return printable(wording(text, self._languages))

    def _before(self, text: str, before: str, now: str = "") -> str:
        return self._say(text, before=before, now=now)

    def _say(self, text: str, **values: Any) -> str:
        return self.translate(text).format(**values)


_PLAIN = {
    Kind.NEW: phrase("new"),
    Kind.CANCELLED: phrase("cancelled"),
    Kind.WITHDRAWN: phrase("taken out of the calendar"),
    Kind.POSTPONED: phrase("postponed, the new date is not known yet"),
    Kind.RESTORED: phrase("back in the calendar"),
    Kind.REWORDED: _DETAILS,
}
_MOVES = {
    Kind.MOVED: phrase("the date has changed (before: {before})"),
    Kind.FIRMED_UP: phrase("the date is set (before: {before})"),
    Kind.BLURRED: phrase("the date is not certain any more (before: {before})"),
}


def _sort(change: Change) -> _Sort:
    """Return what a change is counted as: the most urgent thing that has happened."""
    if change.kinds == (Kind.RELOCATED,) and change.before is not None and not change.before.place:
        return _PLACED
    return next(sort for sort in SORTS if not set(sort.kinds).isdisjoint(change.kinds))


def _time(change: Change) -> tuple[str, str]:
    """Return what puts changes in order of time."""
    earliest = edtf.parse(change.after.when).earliest
    return earliest.isoformat() if earliest else "", change.uid


def _without_title(change: Data) -> dict[str, Any]:
    return {name: fact for name, fact in change.items() if name != "title"}

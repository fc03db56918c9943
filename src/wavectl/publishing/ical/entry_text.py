"""What an entry says, in the language of its feed: summary, description, place and categories, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_place
from wavectl.lockfile.entry import LastChange
from wavectl.model import MomentKind, Place, Programme, Status, Text, Wave, localized_text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import PublishedEntry
from wavectl.timeline import MomentGroup, Occurrence, resolve_actor_name, to_local_time

_STATUS_PREFIXES = {Status.POSTPONED: phrase("POSTPONED"), Status.CANCELLED: phrase("CANCELLED")}
_WITHDRAWN = phrase("WITHDRAWN")
_STATUSES = {
    "confirmed": phrase("confirmed"),
    "tentative": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
_KINDS = {
    "event": phrase("Event"),
    "observance": phrase("Observance"),
    "deadline": phrase("Deadline"),
    "publication": phrase("Publication"),
}


class EntryTexts:
    """Says things of a plan in a language: texts are looked for in ``languages``, in order."""

    def __init__(self, plan: Plan, languages: tuple[str, ...]) -> None:
        self.plan, self.languages = plan, languages
        # for many entries the same
        self._actor_name = cache(self._find_actor_name)
        self._wave_message = cache(self._build_wave_message)
        self._categories = cache(self._build_categories)

    @property
    def programme(self) -> Programme:
        """The programme of the plan."""
        return self.plan.programme

    def plan_text(self, text: Text | None) -> str:
        """Return a text of the plan."""
        return localized_text(text, self.languages)

    def translate(self, text: str) -> str:
        """Return a phrase of wavectl."""
        return translator(self.languages[0])(text)

    def plain_text(self, text: Text | None) -> str:
        """Return a text in Markdown as people read it: without its marks, a paragraph on one line."""
        words = re.sub(r"\[([^]]+)\]\(([^)\s]+)\)", r"\1 (\2)", self.plan_text(text).strip())
        words = re.sub(r"(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)", "", words)
        words = re.sub(r"(?m)^(?!#)(.*\S)[ \t]*\n(?![\s#*+>-]|\d+[.)] )", r"\1 ", words)
        return re.sub(r"(?m)^#+[ \t]+", "", words)

    def summary(self, published: PublishedEntry, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the line that a calendar shows: the title, and all that keeps it from being sure."""
        group, change = published.group, occurrence.change
        title = self.plan_text(change.title) if change and change.title else self.plan_text(group.short or group.title)
        exact = occurrence.when.is_exact
        opening = _WITHDRAWN if published.lock_entry.withdrawn else _STATUS_PREFIXES.get(occurrence.status)
        if exact and opening is None and occurrence.status is Status.CONFIRMED:
            return title
        date = format_date(occurrence.local, self.languages[0])
        if opening is not None:
            known = "" if exact or repeats else f" ({date})"
            return f"{self.translate(opening)}: {title}{known}"
        if exact:
            return f"{title} ({self.translate('to be confirmed')})"
        if repeats:  # the same stretch of every year
            date = re.sub(r"( de| of)? \d{4}(-\d{4})?", "", date)
        return f"≈ {title} ({date}, {self.translate('date to be confirmed')})"

    def description(self, published: PublishedEntry, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the last change, the date as people write it, where, who, what and the link, and each wave's message.

        The full title stands behind the date where the summary has the short one.
        """
        group = published.group
        parts = [
            self._last_change(published),
            self._date(group, occurrence, repeats=repeats),
            self._full_title(group, occurrence),
            self.place(group, occurrence),
            self._actors(group),
            self._moment_description(group, occurrence),
            group.url or "",
        ]
        facts = "\n".join(part for part in parts if part)
        return "\n\n".join(filter(None, (facts, *map(self._wave_message, group.waves))))

    def _last_change(self, published: PublishedEntry) -> str:
        """Return the day of the last change, and what held before; "" where nothing has changed that matters."""
        line = published.lock_entry
        if line.withdrawn:
            return self._dated_phrase(phrase("Withdrawn on {day}"), line.withdrawn)
        if line.before is None:
            return ""
        if line.before.status == "withdrawn":
            return self._dated_phrase(phrase("Restored on {day}"), line.before.day)
        facts = ", ".join(filter(None, self._earlier_values(line.before, published.group.zone)))
        changed = phrase("Changed on {day}: before, {facts}") if facts else phrase("Changed on {day}")
        return self._dated_phrase(changed, line.before.day, facts=facts)

    def _dated_phrase(self, text: str, day: str, **values: str) -> str:
        return self.translate(text).format(day=format_date(edtf.parse(day), self.languages[0]), **values)

    def _earlier_values(self, before: LastChange, zone: str) -> Iterator[str]:
        """Return what held before a change: the date, the place, the status."""
        if before.when:
            yield format_date(to_local_time(edtf.parse(before.when), zone), self.languages[0])
        if before.place:
            yield self._place(Place.model_validate(before.place))
        if before.status:
            yield self.translate(_STATUSES[before.status])

    def _full_title(self, group: MomentGroup, occurrence: Occurrence) -> str:
        retitled = occurrence.change is not None and occurrence.change.title is not None
        return self.plan_text(group.title) if group.short and not retitled else ""

    def place(self, group: MomentGroup, occurrence: Occurrence) -> str:
        """Return where it happens; "" where that is not known."""
        change = occurrence.change
        return self._place(change.place if change and change.place else group.place)

    def _place(self, place: Place) -> str:
        return format_place(
            self.plan_text(place.name),
            place.country,
            self.languages[0],
            online=place.online,
            worldwide=place.scope is not None,
        )

    def categories(self, group: MomentGroup) -> list[str]:
        """Return the waves, the kind and the strategic priorities, by their names."""
        return self._categories(group.waves, group.kind, group.priorities)

    def _build_categories(self, waves: tuple[str, ...], kind: MomentKind, priorities: tuple[str, ...]) -> list[str]:
        titles = [self.plan_text(wave.title) for wave in self._waves(waves)]
        names = [self.plan_text(self.programme.priorities[name]) for name in priorities]
        return [*titles, self.translate(_KINDS[kind]), *names]

    def _waves(self, names: Iterable[str]) -> Iterator[Wave]:
        """Return the waves of these names; one that the plan does not hold any more has nothing to say."""
        return (self.plan.waves[name] for name in names if name in self.plan.waves)

    def _date(self, group: MomentGroup, occurrence: Occurrence, *, repeats: bool) -> str:
        text = format_date(occurrence.local, self.languages[0])
        if occurrence.when.precision is Precision.TIME:
            text = f"{text} ({group.zone})"
        if repeats and group.rule is not None and not group.rule.parts:
            text = f"{text}, {self.translate('then every year')}"
        return text

    def _actors(self, group: MomentGroup) -> str:
        return ", ".join(filter(None, (self._actor_name(actor, group.waves) for actor in group.actors)))

    def _find_actor_name(self, actor: str, waves: tuple[str, ...]) -> str:
        """Return the name of an actor, with the doubt where one of the moment's waves is not sure of it."""
        name, unsure = resolve_actor_name(self.plan, actor, waves)
        said = self.plan_text(name)
        return f"{said} ({self.translate('to be confirmed')})" if said and unsure else said

    def _moment_description(self, group: MomentGroup, occurrence: Occurrence) -> str:
        change = occurrence.change
        return self.plan_text(change.description if change and change.description else group.description).strip()

    def _build_wave_message(self, wave_id: str) -> str:
        """Return what a wave says of itself: its slogan and its hashtags."""
        told = ((self.plan_text(wave.slogan), " ".join(wave.hashtags)) for wave in self._waves([wave_id]))
        return "\n".join(part for parts in told for part in parts if part)

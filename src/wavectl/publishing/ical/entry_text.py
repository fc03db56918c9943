"""What an entry says, in the language of its feed: summary, description, place and categories, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import date_text
from wavectl.i18n.place_names import place_text
from wavectl.lockfile.entry import Before
from wavectl.model import Kind, Place, Programme, Status, Text, Wave, wording
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import Published
from wavectl.timeline import Group, Occurrence, local, named

_OPENINGS = {Status.POSTPONED: phrase("POSTPONED"), Status.CANCELLED: phrase("CANCELLED")}
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


class Wording:
    """Says things of a plan in a language: texts are looked for in ``languages``, in order."""

    def __init__(self, plan: Plan, languages: tuple[str, ...]) -> None:
        self.plan, self.languages = plan, languages
        # for many entries the same
        self._name = cache(self._name_of)
        self._message = cache(self._message_of)
        self._categories = cache(self._categories_of)

    @property
    def programme(self) -> Programme:
        """The programme of the plan."""
        return self.plan.programme

    def say(self, text: Text | None) -> str:
        """Return a text of the plan."""
        return wording(text, self.languages)

    def phrase(self, text: str) -> str:
        """Return a phrase of wavectl."""
        return translator(self.languages[0])(text)

    def plain(self, text: Text | None) -> str:
        """Return a text in Markdown as people read it: without its marks, a paragraph on one line."""
        words = re.sub(r"\[([^]]+)\]\(([^)\s]+)\)", r"\1 (\2)", self.say(text).strip())
        words = re.sub(r"(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)", "", words)
        words = re.sub(r"(?m)^(?!#)(.*\S)[ \t]*\n(?![\s#*+>-]|\d+[.)] )", r"\1 ", words)
        return re.sub(r"(?m)^#+[ \t]+", "", words)

    def summary(self, published: Published, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the line that a calendar shows: the title, and all that keeps it from being sure."""
        group, change = published.group, occurrence.change
        title = self.say(change.title) if change and change.title else self.say(group.short or group.title)
        exact = occurrence.when.exact
        opening = _WITHDRAWN if published.line.withdrawn else _OPENINGS.get(occurrence.status)
        if exact and opening is None and occurrence.status is Status.CONFIRMED:
            return title
        date = date_text(occurrence.local, self.languages[0])
        if opening is not None:
            known = "" if exact or repeats else f" ({date})"
            return f"{self.phrase(opening)}: {title}{known}"
        if exact:
            return f"{title} ({self.phrase('to be confirmed')})"
        if repeats:  # the same stretch of every year
            date = re.sub(r"( de| of)? \d{4}(-\d{4})?", "", date)
        return f"≈ {title} ({date}, {self.phrase('date to be confirmed')})"

    def description(self, published: Published, occurrence: Occurrence, *, repeats: bool = False) -> str:
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
            self._about(group, occurrence),
            group.url or "",
        ]
        facts = "\n".join(part for part in parts if part)
        return "\n\n".join(filter(None, (facts, *map(self._message, group.waves))))

    def _last_change(self, published: Published) -> str:
        """Return the day of the last change, and what held before; "" where nothing has changed that matters."""
        line = published.line
        if line.withdrawn:
            return self._on(phrase("Withdrawn on {day}"), line.withdrawn)
        if line.before is None:
            return ""
        if line.before.status == "withdrawn":
            return self._on(phrase("Restored on {day}"), line.before.day)
        facts = ", ".join(filter(None, self._past(line.before, published.group.zone)))
        changed = phrase("Changed on {day}: before, {facts}") if facts else phrase("Changed on {day}")
        return self._on(changed, line.before.day, facts=facts)

    def _on(self, text: str, day: str, **values: str) -> str:
        return self.phrase(text).format(day=date_text(edtf.parse(day), self.languages[0]), **values)

    def _past(self, before: Before, zone: str) -> Iterator[str]:
        """Return what held before a change: the date, the place, the status."""
        if before.when:
            yield date_text(local(edtf.parse(before.when), zone), self.languages[0])
        if before.place:
            yield self._place(Place.model_validate(before.place))
        if before.status:
            yield self.phrase(_STATUSES[before.status])

    def _full_title(self, group: Group, occurrence: Occurrence) -> str:
        retitled = occurrence.change is not None and occurrence.change.title is not None
        return self.say(group.title) if group.short and not retitled else ""

    def place(self, group: Group, occurrence: Occurrence) -> str:
        """Return where it happens; "" where that is not known."""
        change = occurrence.change
        return self._place(change.place if change and change.place else group.place)

    def _place(self, place: Place) -> str:
        return place_text(
            self.say(place.name),
            place.country,
            self.languages[0],
            online=place.online,
            worldwide=place.scope is not None,
        )

    def categories(self, group: Group) -> list[str]:
        """Return the waves, the kind and the strategic priorities, by their names."""
        return self._categories(group.waves, group.kind, group.priorities)

    def _categories_of(self, waves: tuple[str, ...], kind: Kind, priorities: tuple[str, ...]) -> list[str]:
        titles = [self.say(wave.title) for wave in self._waves(waves)]
        names = [self.say(self.programme.priorities[name]) for name in priorities]
        return [*titles, self.phrase(_KINDS[kind]), *names]

    def _waves(self, names: Iterable[str]) -> Iterator[Wave]:
        """Return the waves of these names; one that the plan does not hold any more has nothing to say."""
        return (self.plan.waves[name] for name in names if name in self.plan.waves)

    def _date(self, group: Group, occurrence: Occurrence, *, repeats: bool) -> str:
        text = date_text(occurrence.local, self.languages[0])
        if occurrence.when.precision is Precision.TIME:
            text = f"{text} ({group.zone})"
        if repeats and group.rule is not None and not group.rule.parts:
            text = f"{text}, {self.phrase('then every year')}"
        return text

    def _actors(self, group: Group) -> str:
        return ", ".join(filter(None, (self._name(actor, group.waves) for actor in group.actors)))

    def _name_of(self, actor: str, waves: tuple[str, ...]) -> str:
        """Return the name of an actor, with the doubt where one of the moment's waves is not sure of it."""
        name, unsure = named(self.plan, actor, waves)
        said = self.say(name)
        return f"{said} ({self.phrase('to be confirmed')})" if said and unsure else said

    def _about(self, group: Group, occurrence: Occurrence) -> str:
        change = occurrence.change
        return self.say(change.description if change and change.description else group.description).strip()

    def _message_of(self, wave_id: str) -> str:
        """Return what a wave says of itself: its slogan and its hashtags."""
        told = ((self.say(wave.slogan), " ".join(wave.hashtags)) for wave in self._waves([wave_id]))
        return "\n".join(part for parts in told for part in parts if part)

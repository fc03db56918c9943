"""What an entry says, in the language of its feed: summary, description, place and categories, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.edtf import Precision
from wavectl.language.dates import date_text
from wavectl.language.phrases import translator
from wavectl.language.places import place_text
from wavectl.model import Programme, Status, Text, Wave, wording
from wavectl.plan import Plan
from wavectl.timeline import Group, Occurrence

_OPENINGS = {Status.POSTPONED: phrase("POSTPONED"), Status.CANCELLED: phrase("CANCELLED")}
_KINDS = {
    "event": phrase("Event"),
    "observance": phrase("Observance"),
    "deadline": phrase("Deadline"),
    "publication": phrase("Publication"),
}


class Wording(NamedTuple):
    """Says things of a plan in a language: texts are looked for in ``languages``, in order."""

    plan: Plan
    languages: tuple[str, ...]

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

    def summary(self, group: Group, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the line that a calendar shows: the title, and all that keeps it from being sure."""
        change = occurrence.change
        title = self.say(change.title) if change and change.title else self.say(group.short or group.title)
        exact, date = occurrence.when.exact, date_text(occurrence.local, self.languages[0])
        opening = _OPENINGS.get(occurrence.status)
        if opening is not None:
            known = "" if exact or repeats else f" ({date})"
            return f"{self.phrase(opening)}: {title}{known}"
        doubt = self.phrase("date to be confirmed")
        if occurrence.status is Status.TENTATIVE:
            doubt = self.phrase("to be confirmed")
        elif exact:
            return title
        if exact:
            return f"{title} ({doubt})"
        return f"≈ {title} ({doubt})" if repeats else f"≈ {title} ({date}, {doubt})"

    def description(self, group: Group, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the date as people write it, where, who, what and the link, then the message of each wave."""
        parts = [
            self._date(group, occurrence, repeats=repeats),
            self.place(group, occurrence),
            self._actors(group),
            self._about(group, occurrence),
            group.url or "",
        ]
        facts = "\n".join(part for part in parts if part)
        messages = [message for wave in group.waves for message in self._message(self.plan.waves[wave])]
        return "\n\n".join((facts, *messages))

    def place(self, group: Group, occurrence: Occurrence) -> str:
        """Return where it happens; "" where that is not known."""
        change = occurrence.change
        place = change.place if change and change.place else group.place
        return place_text(
            self.say(place.name),
            place.country,
            self.languages[0],
            online=place.online,
            worldwide=place.scope is not None,
        )

    def categories(self, group: Group) -> list[str]:
        """Return the waves, the kind and the strategic priorities, by their names."""
        waves = [self.say(self.plan.waves[wave].title) for wave in group.waves]
        priorities = [self.say(self.programme.priorities[name]) for name in group.priorities]
        return [*waves, self.phrase(_KINDS[group.kind]), *priorities]

    def _date(self, group: Group, occurrence: Occurrence, *, repeats: bool) -> str:
        text = date_text(occurrence.local, self.languages[0])
        if occurrence.when.precision is Precision.TIME:
            text = f"{text} ({group.zone})"
        if repeats and group.rule is not None and not group.rule.parts:
            text = f"{text}, {self.phrase('then every year')}"
        return text

    def _actors(self, group: Group) -> str:
        names = [self._name(group, actor) for actor in group.actors]
        return ", ".join(name for name in names if name)

    def _name(self, group: Group, actor: str) -> str:
        """Return the name of an actor, with the doubt where one of the moment's waves is not sure of it."""
        known = self.programme.actors.get(actor)
        own = [somebody for wave in group.waves for somebody in self.plan.waves[wave].actors if somebody.id == actor]
        named = known.name if known else next((somebody.name for somebody in own if somebody.name), None)
        unsure = any(not somebody.confirmed for somebody in own)
        return f"{self.say(named)} ({self.phrase('to be confirmed')})" if named and unsure else self.say(named)

    def _about(self, group: Group, occurrence: Occurrence) -> str:
        change = occurrence.change
        return self.say(change.description if change and change.description else group.description).strip()

    def _message(self, wave: Wave) -> Iterator[str]:
        lines = [self.say(wave.slogan), " ".join(wave.hashtags)]
        message = "\n".join(text for text in lines if text)
        if message:
            yield message

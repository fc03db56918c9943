"""What the cells of a moment say: its date in words that are read back exactly, names of actors, words for its status.

What a tied moment leaves to the one it is the same as is shown with it, as in every view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.dates.edtf import When
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import date_text
from wavectl.i18n.place_names import country_name
from wavectl.model import Kind, Moment, Place, Status, Text, wording
from wavectl.plan.loader import Plan
from wavectl.render.context import Look
from wavectl.spreadsheet.columns import Column
from wavectl.text.suggest import plain
from wavectl.timeline.ties import absolute

KINDS: Mapping[Kind, str] = {
    Kind.EVENT: phrase("event"),
    Kind.OBSERVANCE: phrase("observance"),
    Kind.DEADLINE: phrase("deadline"),
    Kind.PUBLICATION: phrase("publication"),
}
WORLDWIDE, ONLINE, YES = phrase("worldwide"), phrase("online"), phrase("yes")
LONGEST = 32_000
"""How many characters of a text a cell shows: Excel takes 32,767."""
INHERITED = ("when", "repeat", "status", "place", "url")
"""What a moment may leave to the one it is tied to."""


class Told(NamedTuple):
    """A moment as the sheet shows it. ``inherited`` are the keys that ``root`` (wave/id) gives it."""

    wave: str
    moment: Moment
    inherited: frozenset[str] = frozenset()
    root: str = ""


def told(plan: Plan, wave: str, moment: Moment) -> Told:
    """Return a moment with what it leaves to those it is tied to, and the first of them that gives something."""
    found: dict[str, object] = {}
    root, seen, here, at = "", {f"{wave}/{moment.id}"}, moment, wave
    while here.same_as:
        reference = absolute(here.same_as, at)
        target = plan.moments.get(reference)
        if target is None or reference in seen:
            break
        seen.add(reference)
        here, at = target, reference.partition("/")[0]
        given = {
            key: value
            for key in INHERITED
            if getattr(moment, key) is None and key not in found and (value := getattr(here, key)) is not None
        }
        root = root or (reference if given else "")
        found |= given
    return Told(wave, moment.model_copy(update=found), frozenset(found), root) if found else Told(wave, moment)


@lru_cache(maxsize=4096)
def date_cell(when: When, language: str) -> str:
    """Return a date in words of the language, as EDTF where these would not be read back as the same date."""
    text = date_text(when, language)
    try:
        reading = parser.read(text)
    except parser.WordsError:
        return when.text
    return text if reading == parser.Reading(when.text) else when.text


class Teller:
    """Tells the cells of moments in a language: the words are its own, texts are in that of their column."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._programme = plan.programme
        self._look = Look((language, *plan.programme.languages))
        self._translate = translator(language)
        self._actors = {wave: labels(actors, self._look.languages) for wave, actors in actor_names(plan).items()}
        self._priorities = labels(((k, [v]) for k, v in plan.programme.priorities.items()), self._look.languages)
        self.language = language

    def cell(self, told: Told, column: Column, *, first: bool = True) -> str:
        """Return the text of a cell; ``first`` says that this is the first column of its field.

        That one shows the texts that are the same in every language.
        """
        moment = told.moment
        if column.field in ("title", "short", "outcome", "owner", "note", "place"):
            text = (moment.place or Place()).name if column.field == "place" else getattr(moment, column.field)
            return shortened(self._text(text, column.language, first=first))
        if column.field == "wave":
            return told.wave
        return shortened(self._fact(told.wave, moment, column.field))

    def _text(self, text: Text | None, language: str, *, first: bool) -> str:
        if isinstance(text, dict) and language:
            return text.get(language, "")
        return wording(text, self._look.languages) if first else ""

    def _fact(self, wave: str, moment: Moment, field: str) -> str:
        """Return what a moment says that is no text in several languages."""
        if field == "status":
            return self._look.status(moment.status or Status.CONFIRMED)
        if field == "kind":
            return self._translate(KINDS[moment.kind])
        if field == "country":
            return ", ".join(self._where(moment.place or Place()))
        if field == "actors":
            names = self._actors.get(wave, {})
            return "; ".join(names.get(one, one) for one in moment.actors)
        if field == "priorities":
            return "; ".join(self._priorities.get(one, one) for one in moment.priorities)
        if field == "draft":
            return self._translate(YES) if moment.draft else ""
        return self._plainly(moment, field)

    def _plainly(self, moment: Moment, field: str) -> str:
        """Return what is shown as it stands, or as a date."""
        if field in ("when", "confirm_by"):
            when: When | None = getattr(moment, field)
            return date_cell(when, self.language) if when else ""
        if field == "edtf":
            return moment.when.text if moment.when else ""
        if field == "source":
            return source_text(moment, self._look.languages)
        value = getattr(moment, field)
        return value.text if field == "repeat" and value else str(value or "")

    def _where(self, place: Place) -> Iterator[str]:
        """Return the country, and whether it is everywhere or online."""
        if place.country:
            yield country_name(place.country, self.language)
        if place.scope:
            yield self._translate(WORLDWIDE)
        if place.online:
            yield self._translate(ONLINE)


def source_text(moment: Moment, languages: tuple[str, ...]) -> str:
    """Return the words a moment was taken from: one text, or one a line with the key that it is about."""
    source = moment.source
    if source is None or isinstance(source, str):
        return source or ""
    return "\n".join(f"{key}: {wording(text, languages)}" for key, text in source.items())


def shortened(text: str) -> str:
    """Return a text that a cell can hold."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def actor_names(plan: Plan) -> dict[str, list[tuple[str, list[Text]]]]:
    """Return by wave the ids of the actors that its moments can name, each with its names, the shortest first."""
    shared = [
        (id_, [text for text in (one.short, one.name, *one.aliases) if text])
        for id_, one in plan.programme.actors.items()
    ]
    return {
        wave_id: [
            *shared,
            *(
                (one.id, [text for text in (one.short, one.name, *one.aliases) if text])
                for one in wave.actors
                if one.id and one.name and one.id not in plan.programme.actors
            ),
        ]
        for wave_id, wave in plan.waves.items()
    }


def labels(named: Iterable[tuple[str, list[Text]]], languages: tuple[str, ...]) -> dict[str, str]:
    """Return what each id is called in a cell of several: its first name, its id where that would not tell it apart."""
    found = {id_: wording(names[0], languages) if names else id_ for id_, names in named}
    times: dict[str, int] = {}
    for name in (*found.values(), *found):
        times[plain(name)] = times.get(plain(name), 0) + 1
    return {
        id_: name if ";" not in name and times[plain(name)] == 1 + (plain(name) == plain(id_)) else id_
        for id_, name in found.items()
    }

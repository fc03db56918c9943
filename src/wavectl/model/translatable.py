"""The texts of a plan that readers see, and that are written for more than one language: what is to be translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wavectl.diagnostics import Path
from wavectl.model.programme import Programme
from wavectl.model.types import Place, texts
from wavectl.model.wave import Wave

_OF_WAVE = ("title", "slogan", "description", "notice")
_OF_MOMENT = ("title", "short", "description", "outcome")
_OF_CHANGE = ("title", "description")
_OF_ACTOR = ("name", "short", "role")
_OF_CAMPAIGN = ("name", "description")


class Spoken(NamedTuple):
    """A text that readers see: where it stands in its file, what it is called in a list, and its languages."""

    path: Path
    name: str
    text: Mapping[str, str]

    def lacks(self, language: str) -> bool:
        """Tell whether it has nothing for the readers of a language (BCP 47): fr serves those of fr-CA."""
        return language not in self.text and language.partition("-")[0] not in self.text


def of_wave(wave: Wave, *, announced: bool = False) -> Iterator[Spoken]:
    """Return the texts of a wave in the order in which the format names them; of an announced one the title."""
    if announced:
        yield from _each(wave, ("title",), (), "")
        return
    yield from _each(wave, _OF_WAVE, (), "")
    for number, moment in enumerate(wave.moments):
        path: Path = ("moments", number)
        yield from _each(moment, _OF_MOMENT, path, moment.id)
        yield from _place(moment.place, path, moment.id)
        for key, change in moment.exceptions.items() if moment.exceptions else ():
            yield from _each(change, _OF_CHANGE, (*path, "except", key), f"{moment.id} {key}")
            yield from _place(change.place, (*path, "except", key), f"{moment.id} {key}")
    for number, actor in enumerate(wave.actors):
        yield from _each(actor, _OF_ACTOR, ("actors", number), actor.id or _called(actor.name))
    for priority, text in wave.content.items():
        yield from _text(text, ("content", priority), f"content {priority}")
    for number, campaign in enumerate(wave.campaigns):
        yield from _each(campaign, _OF_CAMPAIGN, ("campaigns", number), _called(campaign.name))


def of_programme(programme: Programme) -> Iterator[Spoken]:
    """Return the texts of the programme that readers see; what it leaves to the defaults is translated."""
    yield from _each(programme, ("name", "description"), (), "")
    if programme.organiser:
        yield from _each(programme.organiser, ("name",), ("organiser",), "organiser")
    if "priorities" in programme.model_fields_set:
        for priority, text in programme.priorities.items():
            yield from _text(text, ("priorities", priority), priority)
    for region_id, region in programme.regions.items():
        yield from _each(region, ("name",), ("regions", region_id), region_id)
    for feed_id, feed in programme.feeds.items():
        yield from _each(feed, ("name",), ("feeds", feed_id), feed_id)
    for actor_id, actor in programme.actors.items():
        yield from _each(actor, ("name", "short"), ("actors", actor_id), actor_id)


def _called(text: str | Mapping[str, str] | None) -> str:
    """Return what something without an id is called in a list: its name, in the first language that it has."""
    return next(iter(texts(text)), "")


def _each(part: object, keys: tuple[str, ...], path: Path, name: str) -> Iterator[Spoken]:
    for key in keys:
        text = getattr(part, key)
        if isinstance(text, dict):
            yield Spoken((*path, key), f"{name} {key}" if name else key, text)


def _place(place: Place | None, path: Path, name: str) -> Iterator[Spoken]:
    if place is not None:
        yield from _text(place.name, (*path, "place", "name"), f"{name} place")


def _text(text: object, path: Path, name: str) -> Iterator[Spoken]:
    if isinstance(text, dict):
        yield Spoken(path, name, text)

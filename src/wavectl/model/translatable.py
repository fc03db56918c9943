"""List the texts of a plan that readers see and that may need a translation."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wavectl.diagnostics import KeyPath
from wavectl.model.programme import Programme
from wavectl.model.types import Place, all_translations
from wavectl.model.wave import Wave


class TranslatableText(NamedTuple):
    """A text that readers see: its place in the file, its name in lists, and its translations by language."""

    path: KeyPath
    name: str
    text: Mapping[str, str]

    def lacks(self, language: str) -> bool:
        """Tell whether there is no translation for a language (BCP 47); one in fr serves fr-CA too."""
        return language not in self.text and language.partition("-")[0] not in self.text


def wave_texts(wave: Wave, *, announced: bool = False) -> Iterator[TranslatableText]:
    """Return the texts of a wave, in the order of its keys; only the title if it is ``announced``."""
    if announced:
        yield from _block_texts(wave, ("title",), (), "")
        return
    yield from _block_texts(wave, ("title", "slogan", "description", "notice"), (), "")
    for number, moment in enumerate(wave.moments):
        path: KeyPath = ("moments", number)
        yield from _block_texts(moment, ("title", "short", "description", "outcome"), path, moment.id)
        yield from _place_texts(moment.place, path, moment.id)
        for key, change in moment.exceptions.items() if moment.exceptions else ():
            below, name = (*path, "except", key), f"{moment.id} {key}"
            yield from _block_texts(change, ("title", "description"), below, name)
            yield from _place_texts(change.place, below, name)
    for number, actor in enumerate(wave.actors):
        label = actor.id or _first_wording(actor.name)
        yield from _block_texts(actor, ("name", "short", "role"), ("actors", number), label)
    for priority, text in wave.content.items():
        yield from _translatable(text, ("content", priority), f"content {priority}")
    for number, campaign in enumerate(wave.campaigns):
        label = _first_wording(campaign.name)
        yield from _block_texts(campaign, ("name", "description"), ("campaigns", number), label)


def programme_texts(programme: Programme) -> Iterator[TranslatableText]:
    """Return the texts of the programme; the default priorities are translated already."""
    yield from _block_texts(programme, ("name", "description"), (), "")
    if programme.organiser:
        yield from _block_texts(programme.organiser, ("name",), ("organiser",), "organiser")
    if "priorities" in programme.model_fields_set:
        for priority, text in programme.priorities.items():
            yield from _translatable(text, ("priorities", priority), priority)
    for region_id, region in programme.regions.items():
        yield from _block_texts(region, ("name",), ("regions", region_id), region_id)
    for feed_id, feed in programme.feeds.items():
        yield from _block_texts(feed, ("name",), ("feeds", feed_id), feed_id)
    for actor_id, actor in programme.actors.items():
        yield from _block_texts(actor, ("name", "short"), ("actors", actor_id), actor_id)


def _first_wording(text: str | Mapping[str, str] | None) -> str:
    """Return the first translation of a name, to label what has no id."""
    return next(iter(all_translations(text)), "")


def _block_texts(block: object, keys: tuple[str, ...], path: KeyPath, name: str) -> Iterator[TranslatableText]:
    for key in keys:
        text = getattr(block, key)
        if isinstance(text, dict):
            yield TranslatableText((*path, key), f"{name} {key}" if name else key, text)


def _place_texts(place: Place | None, path: KeyPath, name: str) -> Iterator[TranslatableText]:
    if place is not None and len(all_translations(place.name)) > 1:  # most towns have one name in all languages
        yield from _translatable(place.name, (*path, "place", "name"), f"{name} place")


def _translatable(text: object, path: KeyPath, name: str) -> Iterator[TranslatableText]:
    if isinstance(text, dict):
        yield TranslatableText(path, name, text)

"""List the texts of a plan that readers see and that may need a translation."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wavectl.diagnostics import KeyPath, Message, msg, phrase
from wavectl.model.programme import Programme
from wavectl.model.types import Place, Text, all_translations
from wavectl.model.wave import Wave


class TranslatableText(NamedTuple):
    """A text that readers see: its place in the file, its name by ids, its translations by language, and its owner.

    ``owner`` is the title or name of what it belongs to, ``""`` for the wave or the programme itself.
    """

    path: KeyPath
    name: str
    text: Mapping[str, str]
    owner: Text | Message = ""

    @property
    def label(self) -> Message:
        """The text in words: "title of Water Day"."""
        block, key = self.path[0], self.path[-1]
        if block in ("content", "priorities"):
            key = block
        elif self.path[-2:-1] == ("place",):
            key = "place"
        elif block == "actors" and key == "short":
            key = "short name"
        what = Message(_LABELS[key])
        return msg("{text} of {owner}", text=what, owner=self.owner) if self.owner else what

    def lacks(self, language: str) -> bool:
        """Tell whether there is no translation for a language (BCP 47); one in fr serves fr-CA too."""
        return language not in self.text and language.partition("-")[0] not in self.text


_LABELS: Mapping[str | int, str] = {
    "title": phrase("title"),
    "short": phrase("short title"),
    "slogan": phrase("slogan"),
    "description": phrase("description"),
    "notice": phrase("notice"),
    "outcome": phrase("outcome"),
    "name": phrase("name"),
    "short name": phrase("short name"),
    "role": phrase("role"),
    "place": phrase("place"),
    "content": phrase("content"),
    "priorities": phrase("name"),
}
"""The keys of texts in words."""


def wave_texts(wave: Wave, programme: Programme, *, announced: bool = False) -> Iterator[TranslatableText]:
    """Return the texts of a wave, in the order of its keys; only the title if it is ``announced``."""
    if announced:
        yield from _block_texts(wave, ("title",), (), "")
        return
    yield from _block_texts(wave, ("title", "slogan", "description", "notice"), (), "")
    for number, moment in enumerate(wave.moments):
        path: KeyPath = ("moments", number)
        yield from _block_texts(moment, ("title", "short", "description", "outcome"), path, moment.id, moment.title)
        yield from _place_texts(moment.place, path, moment.id, moment.title)
        for key, change in moment.exceptions.items() if moment.exceptions else ():
            below, name = (*path, "except", key), f"{moment.id} {key}"
            owner = Message("{moment}, {day}", {"moment": moment.title, "day": key})
            yield from _block_texts(change, ("title", "description"), below, name, owner)
            yield from _place_texts(change.place, below, name, owner)
    for number, actor in enumerate(wave.actors):
        label = actor.id or _first_wording(actor.name)
        registered = programme.actors.get(actor.id or "")
        named = actor.name or (registered.name if registered else label)
        yield from _block_texts(actor, ("name", "short", "role"), ("actors", number), label, named)
    for priority, text in wave.content.items():
        named = programme.priorities.get(priority, priority)
        yield from _translatable(text, ("content", priority), f"content {priority}", named)
    for number, campaign in enumerate(wave.campaigns):
        label = _first_wording(campaign.name)
        yield from _block_texts(campaign, ("name", "description"), ("campaigns", number), label, campaign.name)


def programme_texts(programme: Programme) -> Iterator[TranslatableText]:
    """Return the texts of the programme; the default priorities are translated already."""
    yield from _block_texts(programme, ("name", "description"), (), "")
    if programme.organiser:
        name = programme.organiser.name
        yield from _block_texts(programme.organiser, ("name",), ("organiser",), "organiser", name)
    if "priorities" in programme.model_fields_set:
        for priority, text in programme.priorities.items():
            yield from _translatable(text, ("priorities", priority), priority, text)
    for region_id, region in programme.regions.items():
        yield from _block_texts(region, ("name",), ("regions", region_id), region_id, region.name)
    for feed_id, feed in programme.feeds.items():
        yield from _block_texts(feed, ("name",), ("feeds", feed_id), feed_id, feed.name or feed_id)
    for actor_id, actor in programme.actors.items():
        yield from _block_texts(actor, ("name", "short"), ("actors", actor_id), actor_id, actor.name)


def _first_wording(text: str | Mapping[str, str] | None) -> str:
    """Return the first translation of a name, to label what has no id."""
    return next(iter(all_translations(text)), "")


def _block_texts(
    block: object, keys: tuple[str, ...], path: KeyPath, name: str, owner: Text | Message = ""
) -> Iterator[TranslatableText]:
    for key in keys:
        yield from _translatable(getattr(block, key), (*path, key), f"{name} {key}" if name else key, owner)


def _place_texts(place: Place | None, path: KeyPath, name: str, owner: Text | Message) -> Iterator[TranslatableText]:
    if place is not None and len(all_translations(place.name)) > 1:  # most towns have one name in all languages
        yield from _translatable(place.name, (*path, "place", "name"), f"{name} place", owner)


def _translatable(text: object, path: KeyPath, name: str, owner: Text | Message) -> Iterator[TranslatableText]:
    if isinstance(text, dict):
        yield TranslatableText(path, name, text, owner)

"""Texts of a wave, or of the programme, lack a language that the programme speaks.

What it does: looks in every text that readers see and that is written for more than one language for each of the
programme's ``languages``. A text without languages is the same in all. Of an announced wave the title is looked at.

Why it matters: whoever asks for that language reads another one in its place.

Bad::

    # programme.yaml
    languages: [en, fr]
    # wave.yaml
    title:
      en: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04

Good::

    # programme.yaml
    languages: [en, fr]
    # wave.yaml
    title:
      en: "The right to housing"
      fr: "Le droit au logement"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wavectl.diagnostics import Finding, Message, Path, say
from wavectl.model import Place, Programme, Wave, WaveStatus, texts
from wavectl.plan import Plan
from wavectl.rules.rule import Rule

RULE = Rule("missing-translation")
_NAMED = 5
"""How many texts are named, before the rest is counted."""
_STATUS = frozenset(("status",))  # where it could not be read, the wave may be one that is only announced
_OF_WAVE = ("title", "slogan", "description", "notice")
_OF_MOMENT = ("title", "short", "description", "outcome")
_OF_CHANGE = ("title", "description")
_OF_ACTOR = ("name", "short", "role")
_OF_CAMPAIGN = ("name", "description")
_LANGUAGES: Mapping[str, Message] = MappingProxyType({"en": say("English"), "es": say("Spanish"), "fr": say("French")})

Found = tuple[Path, str, object]
"""A text that readers see: where it stands, what it is called in a list, and the text."""


def check(plan: Plan) -> Iterator[Finding]:
    """Find languages in which something is missing."""
    languages = plan.programme.languages
    if plan.programme_file is not None:
        yield from _told(plan, None, languages, _of_programme(plan.programme))
    for wave_id, wave in plan.waves.items():
        announced = wave.status is WaveStatus.ANNOUNCED or plan.lacks(wave_id, _STATUS)
        found = _each(wave, ("title",), (), "") if announced else _of_wave(wave)
        yield from _told(plan, wave_id, languages, found)


def _told(plan: Plan, wave: str | None, languages: list[str], found: Iterator[Found]) -> Iterator[Finding]:
    """Return one finding for each language in which some of the texts are missing, at the first of them."""
    wanted = frozenset(languages)
    missing: dict[str, list[tuple[Path, str]]] = {}
    for path, name, text in found:
        if isinstance(text, dict) and not wanted <= text.keys():
            for language in languages:
                if language not in text and language.partition("-")[0] not in text:
                    missing.setdefault(language, []).append((path, name))
    for language, places in missing.items():
        listed = ", ".join(name for _, name in places[:_NAMED])
        spoken = _LANGUAGES.get(language, language)
        message = say("still to be translated into {language}: {texts}", language=spoken, texts=listed)
        if len(places) > _NAMED:
            message = say("{list} and {count} more", list=message, count=len(places) - _NAMED)
        if "languages" in plan.programme.model_fields_set:
            hint = say(
                "add the line {language}: beside the other languages; until then one of those is shown",
                language=language,
            )
        else:
            hint = say(
                "write {language}: there, or name the languages of the plan in programme.yaml", language=language
            )
        yield RULE.broken(plan, wave, places[0][0], message, hint)


def _each(part: object, keys: tuple[str, ...], path: Path, name: str) -> Iterator[Found]:
    for key in keys:
        text = getattr(part, key)
        if isinstance(text, dict):
            yield (*path, key), f"{name} {key}" if name else key, text


def _place(place: Place | None, path: Path, name: str) -> Iterator[Found]:
    if place is not None and isinstance(place.name, dict):
        yield (*path, "place", "name"), f"{name} place", place.name


def _of_wave(wave: Wave) -> Iterator[Found]:
    """Return the texts of a wave that readers see, in the order in which the format names them."""
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
        yield ("content", priority), f"content {priority}", text
    for number, campaign in enumerate(wave.campaigns):
        yield from _each(campaign, _OF_CAMPAIGN, ("campaigns", number), _called(campaign.name))


def _of_programme(programme: Programme) -> Iterator[Found]:
    """Return the texts of the programme that readers see; what it leaves to the defaults is translated."""
    yield from _each(programme, ("name", "description"), (), "")
    if programme.organiser:
        yield from _each(programme.organiser, ("name",), ("organiser",), "organiser")
    if "priorities" in programme.model_fields_set:
        for priority, text in programme.priorities.items():
            yield ("priorities", priority), priority, text
    for region_id, region in programme.regions.items():
        yield from _each(region, ("name",), ("regions", region_id), region_id)
    for feed_id, feed in programme.feeds.items():
        yield from _each(feed, ("name",), ("feeds", feed_id), feed_id)
    for actor_id, actor in programme.actors.items():
        yield from _each(actor, ("name", "short"), ("actors", actor_id), actor_id)


def _called(text: str | Mapping[str, str] | None) -> str:
    """Return what something without an id is called in a list: its name, in the first language that it has."""
    return next(iter(texts(text)), "")

"""An actor is named that is neither in the programme's register nor in the wave.

What it does: looks up each id under ``actors`` of waves, moments, campaigns and feeds, and each ``part_of``.

Why it matters: a typing mistake in an id drops an actor from the wave without a warning.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    actors: [barcelona]

Good::

    # programme.yaml
    actors:
      barcelona:
        name: "Barcelona"
        kind: member
    # wave.yaml
    title: "The right to housing"
    status: announced
    actors: [barcelona]
"""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, KeyPath, msg, quoted
from wavectl.model import Actor, WaveActor, all_translations
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.text.suggest import NameIndex, normalize_name

RULE = Rule("unknown-actor", reads=frozenset(("actors",)))


def check(plan: Plan) -> Iterator[Finding]:
    """Find actor ids that are neither in the register nor in the wave."""
    register = plan.programme.actors
    for actor_id, actor in register.items():
        if actor.part_of and actor.part_of not in register:
            yield _finding(plan, None, ("actors", actor_id, "part_of"), actor.part_of)
    all_read = not any(plan.is_incomplete(wave_id, RULE.reads) for wave_id in plan.files)
    wave_actors = {actor.id for wave in plan.waves.values() for actor in wave.actors}
    for feed_id, feed in plan.programme.feeds.items():
        for number, name in enumerate(feed.actors if all_read else ()):
            if name not in register and name not in wave_actors:
                yield _finding(plan, None, ("feeds", feed_id, "actors", number), name)
    for wave_id in plan.waves:
        index = None
        for path, name in _unknown_actors(plan, wave_id):
            index = index or _ActorIndex(plan, wave_id)
            yield _finding(plan, wave_id, path, name, index)


def _unknown_actors(plan: Plan, wave_id: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield the path and id of each unknown actor that a wave names."""
    wave, register = plan.waves[wave_id], plan.programme.actors
    in_wave = {actor.id for actor in wave.actors if actor.name is not None}
    for position, actor in enumerate(wave.actors):
        if actor.id and actor.name is None and actor.id not in register and actor.id not in in_wave:
            yield ("actors", position, "id"), actor.id
        if actor.part_of and actor.part_of not in register and actor.part_of not in in_wave:
            yield ("actors", position, "part_of"), actor.part_of
    named = [(("moments", position), moment.actors) for position, moment in enumerate(wave.moments)]
    named += [(("campaigns", position), campaign.actors) for position, campaign in enumerate(wave.campaigns)]
    for path, names in named:
        for number, name in enumerate(names):
            if name not in register and name not in in_wave:
                yield (*path, "actors", number), name


def _finding(plan: Plan, wave_id: str | None, path: KeyPath, name: str, index: _ActorIndex | None = None) -> Finding:
    message = msg("the actor {id} is not known", id=quoted(name))
    suggestion = (index or _ActorIndex(plan, wave_id)).nearest(name)
    if suggestion:
        hint = msg("did you mean {name}?", name=suggestion)
    else:
        hint = msg("add {id} to the actors of the programme or of the wave, or correct the id", id=name)
    return RULE.finding(plan, wave_id, path, message, hint)


class _ActorIndex:
    """The actors that a wave, or the programme, can name: by id and by all their names in all languages."""

    def __init__(self, plan: Plan, wave_id: str | None) -> None:
        known: list[tuple[str | None, Actor | WaveActor]] = list(plan.programme.actors.items())
        if wave_id is not None:
            known += [(actor.id, actor) for actor in plan.waves[wave_id].actors if actor.name is not None]
        self._ids: dict[str, str] = {}
        for actor_id, actor in known:
            if actor_id:
                names = (
                    actor_id,
                    *(name for text in (actor.name, actor.short, *actor.aliases) for name in all_translations(text)),
                )
                for name in map(normalize_name, names):
                    self._ids.setdefault(name, actor_id)
        self._names = NameIndex(self._ids)

    def nearest(self, name: str) -> str | None:
        """Return the id of the actor with the most similar name."""
        close = self._names.nearest(name)
        return self._ids[close] if close else None

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

from collections.abc import Iterator

from wavectl.diagnostics import KeyPath, msg, quoted
from wavectl.model import Actor, WaveActor, all_translations
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, listed_ids
from wavectl.text.suggest import NameIndex, normalize_name


def check(plan: Plan) -> Violations:
    register = plan.programme.actors
    in_wave = {wave_id: {actor.id for actor in wave.actors if actor.name} for wave_id, wave in plan.waves.items()}
    in_any_wave = {actor.id for wave in plan.waves.values() for actor in wave.actors}
    all_read = not any(plan.is_incomplete(wave_id, "actors") for wave_id in plan.files)
    indexes: dict[str | None, _ActorIndex] = {}
    for wave_id, path, name in _named_actors(plan):
        if path[0] == "feeds":
            known = not all_read or name in in_any_wave
        else:
            known = wave_id is not None and name in in_wave[wave_id]
        if not known and name not in register:
            if wave_id not in indexes:
                indexes[wave_id] = _ActorIndex(plan, wave_id)
            message = msg("the actor {id} is not known", id=quoted(name))
            hint = msg("add {id} to the actors of the programme or of the wave, or correct the id", id=name)
            if close := indexes[wave_id].nearest(name):
                hint = msg("did you mean {name}?", name=close)
            yield Violation(wave_id, path, message, hint)


def _named_actors(plan: Plan) -> Iterator[tuple[str | None, KeyPath, str]]:
    for actor_id, actor in plan.programme.actors.items():
        if actor.part_of:
            yield None, ("actors", actor_id, "part_of"), actor.part_of
    for wave_id, wave in plan.waves.items():
        for position, wave_actor in enumerate(wave.actors):
            if wave_actor.id and wave_actor.name is None:
                yield wave_id, ("actors", position, "id"), wave_actor.id
            if wave_actor.part_of:
                yield wave_id, ("actors", position, "part_of"), wave_actor.part_of
    yield from listed_ids(plan, "actors")


class _ActorIndex:
    """The actors that a wave, or the programme, can name: by id and by all their names in all languages."""

    def __init__(self, plan: Plan, wave_id: str | None) -> None:
        known: list[tuple[str | None, Actor | WaveActor]] = list(plan.programme.actors.items())
        if wave_id is not None:
            known += [(actor.id, actor) for actor in plan.waves[wave_id].actors if actor.name is not None]
        self._ids: dict[str, str] = {}
        for actor_id, actor in known:
            if actor_id:
                texts = (actor_id, actor.name, actor.short, *actor.aliases)
                for name in (name for text in texts for name in all_translations(text)):
                    self._ids.setdefault(normalize_name(name), actor_id)
        self._names = NameIndex(self._ids)

    def nearest(self, name: str) -> str | None:
        """Return the id of the actor with the most similar name."""
        close = self._names.nearest(name)
        return self._ids[close] if close else None

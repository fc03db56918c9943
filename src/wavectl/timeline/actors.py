"""Look up actors: names, kinds, regions and whether they are confirmed, in the waves and the programme's register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wavectl.model import ActorKind, Text, WaveActor
from wavectl.plan.loader import Plan


class ActorName(NamedTuple):
    """The name of an actor, None where the plan gives none, and whether one of the waves has it as unconfirmed."""

    name: Text | None
    unconfirmed: bool


def resolve_actor_name(plan: Plan, actor_id: str, waves: Iterable[str]) -> ActorName:
    """Return the name of an actor: from the register, else from the first of these waves that gives one."""
    registered = plan.programme.actors.get(actor_id)
    in_waves = [
        actor for wave in waves if wave in plan.waves for actor in plan.waves[wave].actors if actor.id == actor_id
    ]
    name = registered.name if registered else next((actor.name for actor in in_waves if actor.name), None)
    return ActorName(name, any(not actor.confirmed for actor in in_waves))


class UnconfirmedActor(NamedTuple):
    """An actor that still has to confirm: its wave, its position in the wave's list, its id and name, if any."""

    wave: str
    position: int
    actor_id: str | None
    name: Text | None


def unconfirmed_actors(plan: Plan) -> Iterator[UnconfirmedActor]:
    """Return the actors that their waves have as unconfirmed, in the order of the plan."""
    for wave_id, wave in plan.waves.items():
        for position, actor in enumerate(wave.actors):
            if not actor.confirmed:
                registered = plan.programme.actors.get(actor.id or "")
                name = actor.name or (registered.name if registered else actor.id)
                yield UnconfirmedActor(wave_id, position, actor.id, name)


def actor_kind(plan: Plan, actor: WaveActor) -> ActorKind | None:
    """Return the kind of an actor: from the wave, else from the register; None where neither gives one."""
    registered = plan.programme.actors.get(actor.id or "")
    return actor.kind or (registered.kind if registered else None)


class RegionIndex:
    """The regions of a plan: which include a country, and which an actor covers in a wave. Results are cached."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_country: dict[str, list[str]] = {}
        for name, region in plan.programme.regions.items():
            for country in region.countries:
                self._by_country.setdefault(country, []).append(name)
        self._parts: dict[str, list[str]] = {}
        for actor_id, actor in plan.programme.actors.items():
            if actor.part_of:
                self._parts.setdefault(actor.part_of, []).append(actor_id)
        self._wave_actors: dict[str, _WaveActors] = {}
        self._actor_regions: dict[tuple[str, str], frozenset[str]] = {}

    def of_country(self, country: str | None) -> Iterable[str]:
        """Return the regions that include a country."""
        return self._by_country.get(country or "", ())

    def of_wave(self, wave: str) -> frozenset[str]:
        """Return the regions that the actors of a wave cover together."""
        regions: set[str] = set()
        for actor in self._plan.waves[wave].actors:
            regions |= (
                self.of_actor(actor.id, wave) if actor.id else self._with_country_regions(actor.regions, actor.country)
            )
        return frozenset(regions)

    def of_actor(self, actor: str, wave: str) -> frozenset[str]:
        """Return the regions of an actor: its own, its country's, and those of its parts."""
        cached = self._actor_regions.get((wave, actor))
        if cached is not None:
            return cached
        self._actor_regions[wave, actor] = frozenset()  # stops the recursion for an actor that is part of itself
        in_wave = self._actors_of_wave(wave)
        regions: set[str] = set()
        for description in (in_wave.by_id.get(actor), self._plan.programme.actors.get(actor)):
            if description is not None:
                regions |= self._with_country_regions(description.regions, description.country)
        for part_id in self._parts.get(actor, ()):
            regions |= self.of_actor(part_id, wave)
        for part in in_wave.parts.get(actor, ()):
            regions |= (
                self.of_actor(part.id, wave) if part.id else self._with_country_regions(part.regions, part.country)
            )
        self._actor_regions[wave, actor] = frozenset(regions)
        return self._actor_regions[wave, actor]

    def _with_country_regions(self, regions: Iterable[str], country: str | None) -> set[str]:
        return {*regions, *self.of_country(country)}

    def _actors_of_wave(self, wave: str) -> _WaveActors:
        actors = self._wave_actors.get(wave)
        if actors is None:
            actors = self._wave_actors[wave] = _WaveActors({}, {})
            for actor in self._plan.waves[wave].actors:
                if actor.id:
                    actors.by_id[actor.id] = actor
                if actor.part_of:
                    actors.parts.setdefault(actor.part_of, []).append(actor)
        return actors


class _WaveActors(NamedTuple):
    """The actors in a wave's own list: by id, and by the actor that they are part of."""

    by_id: dict[str, WaveActor]
    parts: dict[str, list[WaveActor]]

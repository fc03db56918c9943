"""Who takes part in a moment, as its waves and the programme's register know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wavectl.model import ActorKind, Text, WaveActor
from wavectl.plan.loader import Plan


class ActorName(NamedTuple):
    """The name of an actor, None where nobody gives one, and whether one of the waves is not sure of it."""

    name: Text | None
    unconfirmed: bool


def resolve_actor_name(plan: Plan, actor_id: str, waves: Iterable[str]) -> ActorName:
    """Return what an actor is called: by the register, else by the first of these waves that says so."""
    known = plan.programme.actors.get(actor_id)
    own = [one for wave in waves if wave in plan.waves for one in plan.waves[wave].actors if one.id == actor_id]
    name = known.name if known else next((one.name for one in own if one.name), None)
    return ActorName(name, any(not one.confirmed for one in own))


class UnconfirmedActor(NamedTuple):
    """An actor who still has to be asked: in which wave, at which place in its list, the id and the name, if any."""

    wave: str
    position: int
    actor_id: str | None
    name: Text | None


def unconfirmed_actors(plan: Plan) -> Iterator[UnconfirmedActor]:
    """Return the actors that their waves are not sure of, in the order of the plan."""
    for wave_id, wave in plan.waves.items():
        for place, actor in enumerate(wave.actors):
            if not actor.confirmed:
                known = plan.programme.actors.get(actor.id or "")
                yield UnconfirmedActor(wave_id, place, actor.id, actor.name or (known.name if known else actor.id))


def actor_kind(plan: Plan, actor: WaveActor) -> ActorKind | None:
    """Return what an actor of a wave is: by the wave, else by the register; None where neither says so."""
    known = plan.programme.actors.get(actor.id or "")
    return actor.kind or (known.kind if known else None)


class RegionIndex:
    """What a plan says of regions: which hold a country, and which an actor reaches in a wave."""

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
        """Return the regions that hold a country."""
        return self._by_country.get(country or "", ())

    def of_wave(self, wave: str) -> frozenset[str]:
        """Return the regions that the actors of a wave reach together."""
        found: set[str] = set()
        for actor in self._plan.waves[wave].actors:
            found |= (
                self.of_actor(actor.id, wave) if actor.id else self._with_country_regions(actor.regions, actor.country)
            )
        return frozenset(found)

    def of_actor(self, actor: str, wave: str) -> frozenset[str]:
        """Return the regions of an actor: its own, its country's, and those of its parts."""
        known = self._actor_regions.get((wave, actor))
        if known is None:
            self._actor_regions[wave, actor] = frozenset()  # an actor that is part of itself ends here
            own = self._actors_of_wave(wave)
            found: set[str] = set()
            for somebody in (own.by_id.get(actor), self._plan.programme.actors.get(actor)):
                if somebody is not None:
                    found |= self._with_country_regions(somebody.regions, somebody.country)
            for part in self._parts.get(actor, ()):
                found |= self.of_actor(part, wave)
            for part_here in own.parts.get(actor, ()):
                if part_here.id:
                    found |= self.of_actor(part_here.id, wave)
                else:
                    found |= self._with_country_regions(part_here.regions, part_here.country)
            known = self._actor_regions[wave, actor] = frozenset(found)
        return known

    def _with_country_regions(self, regions: Iterable[str], country: str | None) -> set[str]:
        return {*regions, *self.of_country(country)}

    def _actors_of_wave(self, wave: str) -> _WaveActors:
        own = self._wave_actors.get(wave)
        if own is None:
            own = self._wave_actors[wave] = _WaveActors({}, {})
            for actor in self._plan.waves[wave].actors:
                if actor.id:
                    own.by_id[actor.id] = actor
                if actor.part_of:
                    own.parts.setdefault(actor.part_of, []).append(actor)
        return own


class _WaveActors(NamedTuple):
    """The actors of a wave as it describes them: by their id, and by whom they are part of."""

    by_id: dict[str, WaveActor]
    parts: dict[str, list[WaveActor]]

"""Look up actors: names, kinds, regions and whether they are confirmed, in the waves and the programme's register."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wavectl.diagnostics import KeyPath
from wavectl.model import Actor, ActorKind, Text, WaveActor, all_translations
from wavectl.plan.loader import Plan
from wavectl.text.suggest import normalize_name


class ActorName(NamedTuple):
    """The name of an actor, None where the plan gives none, and whether one of the waves has it as unconfirmed."""

    name: Text | None
    unconfirmed: bool


def resolve_actor_name(plan: Plan, actor_id: str, waves: Iterable[str]) -> ActorName:
    """Return the name of an actor: from the register, else from the first of these waves that gives one."""
    registered = plan.programme.actors.get(actor_id)
    listed = (actor for wave in waves if wave in plan.waves for actor in plan.waves[wave].actors)
    in_waves = [actor for actor in listed if actor.id == actor_id]
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


class KnownActor(NamedTuple):
    """An actor of the register, or one that only the list of a wave describes: at ``position`` in ``wave``."""

    id: str | None
    actor: Actor | WaveActor
    wave: str | None = None
    position: int = 0

    @property
    def names(self) -> list[str]:
        """The names in all languages, the full ones first."""
        texts: list[Text | None] = [self.actor.name, self.actor.short, *self.actor.aliases]
        return [name for text in texts for name in all_translations(text)]

    @property
    def path(self) -> KeyPath:
        """The path of the description in its file."""
        return ("actors", self.position) if self.wave else ("actors", self.id or "")


def known_actors(plan: Plan) -> dict[str, KnownActor]:
    """Return all actors: those of the register by id, those of a wave alone by ``wave/id``."""
    actors = {id_: KnownActor(id_, actor) for id_, actor in plan.programme.actors.items()}
    for wave_id, wave in plan.waves.items():
        for position, listed in enumerate(wave.actors):
            if listed.name and listed.id not in plan.programme.actors:
                name = listed.id or normalize_name(all_translations(listed.name)[0])
                actors[f"{wave_id}/{name}"] = KnownActor(listed.id, listed, wave_id, position)
    return actors


def actor_names(plan: Plan, wave: str | None = None) -> dict[str, list[str]]:
    """Return the names of the actors that have an id, by id: all, or those that the moments of a wave can name."""
    names: dict[str, list[str]] = {}
    for known in known_actors(plan).values():
        if known.id and (wave is None or known.wave in (None, wave)):
            names.setdefault(known.id, []).extend(known.names)
    return names


def positions_in_waves(plan: Plan, known: KnownActor) -> dict[str, int]:
    """Return the position of an actor in the list of each wave that has it."""
    if known.wave:
        return {known.wave: known.position}
    return {
        wave_id: position
        for wave_id, wave in plan.waves.items()
        for position, listed in enumerate(wave.actors)
        if listed.id == known.id
    }


class RegionIndex:
    """The regions of a plan: which include a country, and which an actor covers in a wave. Results are cached."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_country: dict[str, list[str]] = {}
        for name, region in plan.programme.regions.items():
            for country in region.countries:
                self._by_country.setdefault(country, []).append(name)
        self._registered_parts: dict[str, list[str]] = {}
        for actor_id, registered in plan.programme.actors.items():
            if registered.part_of:
                self._registered_parts.setdefault(registered.part_of, []).append(actor_id)
        self._in_wave: dict[tuple[str, str], WaveActor] = {}
        self._parts: dict[tuple[str, str], list[WaveActor]] = {}
        for wave_id, wave in plan.waves.items():
            for actor in wave.actors:
                if actor.id:
                    self._in_wave[wave_id, actor.id] = actor
                if actor.part_of:
                    self._parts.setdefault((wave_id, actor.part_of), []).append(actor)
        self._regions: dict[tuple[str, str], frozenset[str]] = {}

    def of_country(self, country: str | None) -> Iterable[str]:
        """Return the regions that include a country."""
        return self._by_country.get(country or "", ())

    def of_wave(self, wave: str) -> frozenset[str]:
        """Return the regions that the actors of a wave cover together."""
        return frozenset().union(*(self._of_listed(actor, wave) for actor in self._plan.waves[wave].actors))

    def of_actor(self, actor: str, wave: str) -> frozenset[str]:
        """Return the regions of an actor: its own, its country's, and those of its parts."""
        stack, expanded = [actor], set[str]()
        while stack:
            current = stack[-1]
            if current not in expanded and (wave, current) not in self._regions:
                expanded.add(current)
                stack += (part for part in self._parts_of(current, wave) if part not in expanded)  # loops end
                continue
            stack.pop()
            if (wave, current) not in self._regions:
                self._regions[wave, current] = self._with_parts(current, wave)
        return self._regions[wave, actor]

    def _with_parts(self, actor: str, wave: str) -> frozenset[str]:
        """Return the regions of an actor, and those of its parts that are known."""
        regions: set[str] = set()
        for description in (self._in_wave.get((wave, actor)), self._plan.programme.actors.get(actor)):
            if description is not None:
                regions.update(description.regions, self.of_country(description.country))
        for part in self._parts.get((wave, actor), ()):
            regions.update(() if part.id else self._of_listed(part, wave))
        return frozenset(regions.union(*(self._regions.get((wave, part), ()) for part in self._parts_of(actor, wave))))

    def _parts_of(self, actor: str, wave: str) -> Iterator[str]:
        """Return the ids of the parts of an actor, in the register and in a wave."""
        yield from self._registered_parts.get(actor, ())
        yield from (part.id for part in self._parts.get((wave, actor), ()) if part.id)

    def _of_listed(self, actor: WaveActor, wave: str) -> Iterable[str]:
        """Return the regions of an actor in a wave's list, which may have no id."""
        return self.of_actor(actor.id, wave) if actor.id else (*actor.regions, *self.of_country(actor.country))

"""Build the changesets for actors: confirm one, or rename or remove one wherever the plan names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wavectl.diagnostics import KeyPath
from wavectl.editing.moments import PROGRAMME, PlanChangeset
from wavectl.model import all_translations
from wavectl.plan.loader import Plan
from wavectl.timeline.actors import KnownActor, positions_in_waves
from wavectl.yamlfile.patch import RenamedKey


class ActorUse(NamedTuple):
    """A place that names an actor: in the file of a wave or in ``PROGRAMME``, and what people call it.

    ``path`` is what goes if the actor goes. ``id_path`` has its id; it is None where the id is part of a key.
    """

    file: str
    path: KeyPath
    id_path: KeyPath | None
    label: str


def actor_uses(plan: Plan, known: KnownActor) -> Iterator[ActorUse]:
    """Return the places that name an actor, beside the one that describes it."""
    if known.id is None:
        return
    if known.wave is None:
        for id_, actor in plan.programme.actors.items():
            if actor.part_of == known.id:
                path: KeyPath = ("actors", id_, "part_of")
                yield ActorUse(PROGRAMME, path, path, f"programme: {id_}")
        for feed_id, feed in plan.programme.feeds.items():
            yield from _in_list(feed.actors, known.id, PROGRAMME, ("feeds", feed_id, "actors"), f"programme: {feed_id}")
    for wave_id in [known.wave] if known.wave else plan.waves:
        yield from _uses_in_wave(plan, wave_id, known)


def _uses_in_wave(plan: Plan, wave_id: str, known: KnownActor) -> Iterator[ActorUse]:
    wave, actor = plan.waves[wave_id], known.id or ""
    raw = plan.documents[plan.files[wave_id]].data
    for position, listed in enumerate(wave.actors):
        path: KeyPath = ("actors", position)
        if listed.id == actor and path != known.path:
            yield ActorUse(wave_id, path, path if isinstance(raw["actors"][position], str) else (*path, "id"), wave_id)
        if listed.part_of == actor:
            yield ActorUse(wave_id, (*path, "part_of"), (*path, "part_of"), wave_id)
    for number, moment in enumerate(wave.moments):
        label = f"{wave_id}/{moment.id}"
        yield from _in_list(moment.actors, actor, wave_id, ("moments", number, "actors"), label)
        if moment.owner == actor:
            yield ActorUse(wave_id, ("moments", number, "owner"), ("moments", number, "owner"), label)
    for number, campaign in enumerate(wave.campaigns):
        label = f"{wave_id}: {all_translations(campaign.name)[0]}"
        yield from _in_list(campaign.actors, actor, wave_id, ("campaigns", number, "actors"), label)
    for key in wave.waive:
        if key.partition(" ")[2] == actor:
            yield ActorUse(wave_id, ("waive", key), None, f"{wave_id}: {key}")


def _in_list(actors: list[str], actor: str, file: str, path: KeyPath, label: str) -> Iterator[ActorUse]:
    for number, named in enumerate(actors):
        if named == actor:
            yield ActorUse(file, (*path, number), (*path, number), label)


def rename_actor(plan: Plan, known: KnownActor, new: str) -> PlanChangeset:
    """Give an actor another id, everywhere that it is named."""
    changesets: PlanChangeset = {}
    key: Any = (*known.path, "id") if known.wave else known.path
    changesets[known.wave or PROGRAMME] = {key: new if known.wave else RenamedKey(new)}
    for use in actor_uses(plan, known):
        changes = changesets.setdefault(use.file, {})
        if use.id_path is None:
            rule = str(use.path[-1]).partition(" ")[0]
            changes[use.path] = RenamedKey(f"{rule} {new}")
        else:
            changes[use.id_path] = new
    return changesets


def remove_actor(plan: Plan, known: KnownActor, uses: list[ActorUse]) -> PlanChangeset:
    """Remove an actor, and these places that name it."""
    changesets: PlanChangeset = {known.wave or PROGRAMME: {known.path: None}}
    return _without(changesets, uses)


def remove_from_wave(plan: Plan, known: KnownActor, wave: str, uses: list[ActorUse]) -> PlanChangeset:
    """Remove an actor from the list of a wave, and these places that name it."""
    return _without({wave: {("actors", positions_in_waves(plan, known)[wave]): None}}, uses)


def _without(changesets: PlanChangeset, uses: list[ActorUse]) -> PlanChangeset:
    for use in uses:
        changesets.setdefault(use.file, {})[use.path] = None
    return changesets


def set_confirmed(plan: Plan, positions: Mapping[str, int], *, confirmed: bool) -> PlanChangeset:
    """Say in the lists of waves, by the positions there, whether an actor has agreed to take part."""
    changesets: PlanChangeset = {}
    for wave, position in positions.items():
        entry = plan.documents[plan.files[wave]].data["actors"][position]
        path: KeyPath = ("actors", position)
        if isinstance(entry, str):
            changesets[wave] = {} if confirmed else {path: {"id": entry, "confirmed": False}}
        else:
            changesets[wave] = {(*path, "confirmed"): None if confirmed else False}
    return changesets

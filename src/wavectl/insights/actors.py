"""The actors of a plan: those of the register and of the waves, with their kinds and the waves that they act in."""

from collections.abc import Collection
from typing import Any, NamedTuple

from wavectl.i18n.names import country_name
from wavectl.insights.progress import ACTOR_GROUP_LABELS
from wavectl.model import ActorGroup, ActorKind
from wavectl.plan.loader import Plan
from wavectl.render.context import ACTOR_KIND_LABELS, RenderContext
from wavectl.render.page import Column, Page, styled_line, table_section
from wavectl.timeline.actors import KnownActor, known_actors, positions_in_waves


class ListedActor(NamedTuple):
    """An actor, and the waves that it acts in, each with whether it has agreed to."""

    known: KnownActor
    kind: ActorKind
    waves: dict[str, bool]


def list_actors(plan: Plan, waves: Collection[str] = (), *, unconfirmed: bool = False) -> list[ListedActor]:
    """Return the actors in order of the register and of the waves: all, or those of some waves or still unconfirmed."""
    actors = []
    for known in known_actors(plan).values():
        positions = positions_in_waves(plan, known)
        confirmed = {wave: plan.waves[wave].actors[position].confirmed for wave, position in positions.items()}
        if waves:
            confirmed = {wave: agreed for wave, agreed in confirmed.items() if wave in waves}
        is_listed = bool(confirmed) or not waves
        if is_listed and known.actor.kind and not (unconfirmed and all(confirmed.values())):
            actors.append(ListedActor(known, known.actor.kind, confirmed))
    return actors


def build_page(actors: list[ListedActor], context: RenderContext, limit: int | None) -> Page:
    """Return the page: a table for each of the two groups."""
    t = context.translate

    def waves(listed: ListedActor) -> str:
        unconfirmed = f" ({t('to be confirmed')})"
        return ", ".join(context.wave(wave) + (not agreed) * unconfirmed for wave, agreed in listed.waves.items())

    def country(listed: ListedActor) -> str:
        code = listed.known.actor.country
        return country_name(code, context.languages[0]) if code else ""

    sections = [
        table_section(
            t(ACTOR_GROUP_LABELS[group]),
            [listed for listed in actors if listed.kind.group is group],
            limit,
            (Column(t("Name"), min_width=20), lambda listed: context.text(listed.known.actor.name)),
            (Column(t("Kind"), min_width=14), lambda listed: t(ACTOR_KIND_LABELS[listed.kind])),
            (Column(t("Country"), min_width=7), country),
            (Column(t("Waves")), waves),
        )
        for group in ActorGroup
    ]
    lead = () if actors else (styled_line(t("There are no actors.")),)
    return Page(t("Actors"), lead, tuple(section for section in sections if section))


def as_data(actors: list[ListedActor], context: RenderContext) -> dict[str, Any]:
    """Return the data for JSON."""
    return {
        "schema": "wavectl/actors/1",
        "actors": [
            {
                "id": listed.known.id,
                "name": context.text(listed.known.actor.name),
                "kind": listed.kind.value,
                "group": listed.kind.group.value,
                "country": listed.known.actor.country,
                "registered": listed.known.wave is None,
                "waves": [{"wave": wave, "confirmed": agreed} for wave, agreed in listed.waves.items()],
            }
            for listed in actors
        ],
    }

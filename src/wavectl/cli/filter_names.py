"""The names of what filters take: priorities, regions and actors of a plan, in every language."""

from wavectl.diagnostics import Message, msg
from wavectl.editing.references import find_by_name
from wavectl.model import MomentKind, Status, all_translations
from wavectl.plan.loader import Plan
from wavectl.timeline.actors import actor_names


def named_values(plan: Plan) -> dict[str, dict[str, list[str]]]:
    """Return the values of the filters for priorities, actors and regions, each with its names."""
    programme = plan.programme
    return {
        "--priority": {id_: all_translations(text) for id_, text in programme.priorities.items()},
        "--actor": actor_names(plan),
        "--region": {id_: all_translations(region.name) for id_, region in programme.regions.items()},
    }


def filter_hint(plan: Plan, name: str) -> Message | None:
    """Return the filter that takes a name which is not a wave: a priority, an actor, a region, a country, a status."""
    from wavectl.i18n.country_names import find_countries
    from wavectl.plan.errors.values import find_by_synonym

    named = {option: find_by_name(name, ids) for option, ids in named_values(plan).items()}
    found = [(option, ids[0]) for option, (ids, is_whole) in named.items() if is_whole]
    for option, choices in (("--status", list(Status)), ("--kind", list(MomentKind))):
        value = name if name in choices else find_by_synonym(name, choices)
        found += [(option, value)] if value else []
    found += [("--country", code) for code in find_countries(name)]
    if not found:
        return None
    option, value = found[0]
    return msg("did you mean {name}?", name=f"wavectl timeline {option} {value}")

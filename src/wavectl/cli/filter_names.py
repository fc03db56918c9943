"""The names of what filters take: priorities, regions and actors of a plan, in every language."""

from collections.abc import Mapping, Sequence

from wavectl.diagnostics import Message, msg
from wavectl.model import MomentKind, Status, Text, all_translations
from wavectl.plan.loader import Plan
from wavectl.text.suggest import normalize_name
from wavectl.timeline.actors import known_actors


def named_values(plan: Plan) -> dict[str, dict[str, set[str]]]:
    """Return the values of the filters for priorities, actors and regions, each with its names, normalised."""
    programme = plan.programme
    actors: dict[str, list[Text]] = {}
    for known in known_actors(plan).values():
        if known.id:
            actors.setdefault(known.id, []).extend(known.names)
    texts: Mapping[str, Mapping[str, Sequence[Text]]] = {
        "--priority": {id_: [text] for id_, text in programme.priorities.items()},
        "--actor": actors,
        "--region": {id_: [region.name] for id_, region in programme.regions.items()},
    }
    return {
        option: {
            id_: {normalize_name(word) for text in (id_, *several) for word in all_translations(text)}
            for id_, several in ids.items()
        }
        for option, ids in texts.items()
    }


def filter_hint(plan: Plan, name: str) -> Message | None:
    """Return the filter that takes a name which is not a wave: a priority, an actor, a region, a country, a status."""
    from wavectl.i18n.country_names import find_countries
    from wavectl.plan.errors.values import find_by_synonym

    word = normalize_name(name)
    found = [(option, id_) for option, ids in named_values(plan).items() for id_, names in ids.items() if word in names]
    for option, choices in (("--status", list(Status)), ("--kind", list(MomentKind))):
        value = name if name in choices else find_by_synonym(name, choices)
        found += [(option, value)] if value else []
    found += [("--country", code) for code in find_countries(name)]
    if not found:
        return None
    option, value = found[0]
    return msg("did you mean {name}?", name=f"wavectl timeline {option} {value}")

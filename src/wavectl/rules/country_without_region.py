"""A country is in no region of the programme, although its regions list countries.

What it does: looks up the ``country`` of moments and actors that name no regions of their own. Each country is
reported once for each file.

Why it matters: people who look at one region miss what happens in this country, and it counts for no region.

Bad::

    # programme.yaml
    regions:
      europe:
        name: "Europe"
        countries: [ES, FR]
    # wave.yaml
    title: "Migration"
    slogan: "All migrants, all citizens"
    hashtags:
      - "#Cities4Migration"
    period: 2017-06/2018-05
    moments:
      - id: forum
        title: "Forum in Praia"
        when: 2017-10-17
        place:
          name: "Praia"
          country: CV

Good::

    # programme.yaml
    regions:
      africa:
        name: "Africa"
        countries: [CV]
      europe:
        name: "Europe"
        countries: [ES, FR]
    # wave.yaml
    title: "Migration"
    slogan: "All migrants, all citizens"
    hashtags:
      - "#Cities4Migration"
    period: 2017-06/2018-05
    moments:
      - id: forum
        title: "Forum in Praia"
        when: 2017-10-17
        place:
          name: "Praia"
          country: CV
"""

from collections.abc import Iterator

from wavectl.diagnostics import KeyPath, msg
from wavectl.i18n.names import country_names
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    """Find countries that are in no region; each is reported once for a file."""
    known = {country for region in plan.programme.regions.values() for country in region.countries}
    reported: set[tuple[str | None, str]] = set()
    for wave_id, path, country in _countries_in_use(plan) if known else ():
        if country not in known and (wave_id, country) not in reported:
            reported.add((wave_id, country))
            message = msg("the country {country} is in no region of the programme", country=country_names(country))
            hint = msg("add {country} to the countries of its region in programme.yaml", country=country)
            yield Violation(wave_id, path, message, hint)


def _countries_in_use(plan: Plan) -> Iterator[tuple[str | None, KeyPath, str]]:
    """Yield the countries of moments and actors that name no regions: the wave, the path and the country."""
    for actor_id, actor in plan.programme.actors.items():
        if actor.country and not actor.regions:
            yield None, ("actors", actor_id, "country"), actor.country
    for wave_id, wave in plan.waves.items():
        for position, wave_actor in enumerate(wave.actors):
            if wave_actor.country and not wave_actor.regions:
                yield wave_id, ("actors", position, "country"), wave_actor.country
    for wave_id, position, moment in plan.each_moment("place"):
        if moment.place is not None and moment.place.country and not moment.regions:
            yield wave_id, ("moments", position, "place", "country"), moment.place.country

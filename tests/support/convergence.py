"""Plans of a few moments, and what converge finds in them, in one line each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from support.plans import read_plan
from wavectl.insights.convergence import Convergence, find_convergence

TODAY = date(2017, 6, 1)
PROGRAMME = """\
actors:
  un: {name: UN, kind: international}
  uclg: {name: UCLG, kind: association}
  sections: {name: Sections, kind: section, part_of: uclg}
  africa: {name: Africa, kind: section, part_of: sections}
  europe: {name: Europe, kind: section, part_of: sections}
  city: {name: City, kind: member}
"""


def wave(*moments: str, actors: str = "[]") -> str:
    """Return a wave of moments, each ``id | when | town`` and whatever else is known of it: ``actors: [un]``."""
    lines = []
    for text in moments:
        name, when, town, *more = (part.strip() for part in text.split("|"))
        place = [f"place: {town if town.startswith('{') else repr(town)}"] if town else []
        known = ", ".join([f"id: {name}", f"title: {name.title()}", f"when: '{when}'", *place, *more])
        lines.append(f"  - {{{known}}}\n")
    return f"title: W\nperiod: 2017-01/2018-12\nactors: {actors}\nmoments:\n{''.join(lines) or '  []'}\n"


def met(home: Path, waves: Mapping[str, str], *named: str, within: int = 7, upcoming: bool = False) -> Convergence:
    """Return what converge finds in a plan of these waves."""
    plan = read_plan(home, {"programme": PROGRAMME, **waves})
    assert plan.findings == ()
    return find_convergence(plan, named, TODAY, within_days=within, upcoming=upcoming)


def clashes(found: Convergence) -> list[str]:
    """Return each clash as ``how: moment + moment (actors)``."""
    return [
        f"{one.condition}: {' + '.join(entry.member.reference for entry in one.moments)} "
        f"({', '.join((*one.actors, *(f'{c.actor}={c.parts[0]}' for c in one.collectives)))})"
        for one in found.clashes
    ]


def meetings(found: Convergence) -> list[str]:
    """Return each meeting as ``kind: moment + moment``, with ``~`` where a date is vague."""
    return [
        f"{'' if one.exact else '~'}{one.kind}: {' + '.join(entry.member.reference for entry in one.moments)}"
        for one in found.meetings
    ]


def actors(found: Convergence) -> list[str]:
    """Return each shared actor as ``actor: waves; wave (parts)``."""
    return [
        f"{one.actor}: {' '.join(one.waves)}" + "".join(f"; {at} ({' '.join(two)})" for at, two in one.parts.items())
        for one in found.shared_actors
    ]

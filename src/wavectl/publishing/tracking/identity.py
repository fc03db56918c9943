"""Which entry of the record a real-world moment goes on in: its UID, kept for good.

A moment is known by its name in the plan, and by the earlier names that ``was`` gives it and its wave. Where several
entries could be meant, it is the one that subscribers see now; then the one made for the moment itself; then the one
published first. What a moment leaves another one can never take over by its name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavectl.lockfile.entry import LockEntry
from wavectl.plan.loader import Plan
from wavectl.timeline import Member, MomentGroup, full_reference


class NameHistory:
    """The names that the moments of a plan have and had."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._first_wave_names = {wave_id: wave.was[0] for wave_id, wave in plan.waves.items() if wave.was}

    def names_of(self, member: Member) -> Iterator[str]:
        """Return the names of a moment as ``wave/id``: its own, then earlier ones that no other moment has now."""
        yield member.reference
        waves = self._plan.waves
        for name in (member.reference, *(full_reference(old, member.wave) for old in member.moment.was)):
            wave, _, moment = name.partition("/")
            was = waves[wave].was if wave in waves else ()
            for earlier in (name, *(f"{old}/{moment}" for old in was)):
                if earlier not in self._plan.moments:
                    yield earlier

    def new_uid(self, group: MomentGroup, domain: str) -> str:
        """Return the UID of a group that was never published: ``<moment>.<wave>@<domain>`` of its root.

        It is made of the first names these ever had, so that it is the same again where the record is lost.
        """
        root = group.root
        wave, moment = root.wave, root.moment.id
        if root.moment.was:
            wave, _, moment = full_reference(root.moment.was[0], wave).partition("/")
        return f"{moment}.{self._first_wave_names.get(wave, wave)}@{domain}"


def assign_uids(
    names: NameHistory, groups: Sequence[MomentGroup], entries: Mapping[str, LockEntry], domain: str
) -> list[str]:
    """Return the UID of each group, in their order: no two have the same."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for *_, uid, number in sorted(_candidates(names, groups, entries, domain)) if entries else ():
        if number not in found and uid not in taken:
            found[number] = uid
            taken.add(uid)
    taken.update(entries)
    for number, group in enumerate(groups):
        if number not in found:
            found[number] = _make_unique(names.new_uid(group, domain), taken)
            taken.add(found[number])
    return [found[number] for number in range(len(groups))]


def _candidates(
    names: NameHistory, groups: Sequence[MomentGroup], entries: Mapping[str, LockEntry], domain: str
) -> Iterator[tuple[int, int, str, bool, str, int]]:
    """Return the pairs of an entry and a group, by its number, that may be the same; the likeliest is the least."""
    mentioned: dict[str, list[tuple[str, int]]] = {}
    for uid, line in entries.items():
        for place, name in enumerate(line.members):
            mentioned.setdefault(name, []).append((uid, place))
    for number, group in enumerate(groups):
        for member in group.members:
            for name in names.names_of(member):
                known = mentioned.get(name, ())
                made = _original_uid(name, domain)
                if made in entries and name != member.reference:  # a name that it had long ago, as ``was`` still tells
                    known = (*known, (made, _LOWEST_RANK))
                for uid, place in known:
                    line = entries[uid]
                    state = 0 if line.live else 1 if line.withdrawn else 2
                    yield state, place, line.published, member is not group.root, uid, number


_LOWEST_RANK = 1_000_000
"""The place of a name that an entry was made of: whoever goes by a name of its members comes before."""


def _original_uid(name: str, domain: str) -> str:
    """Return the UID of an entry that was made for a moment of this name."""
    wave, _, moment = name.partition("/")
    return f"{moment}.{wave}@{domain}"


def _make_unique(uid: str, used_uids: set[str]) -> str:
    """Return the UID, with a number where another moment took it along under another name."""
    moment, _, rest = uid.partition(".")
    number = 1
    while uid in used_uids:
        number += 1
        uid = f"{moment}-{number}.{rest}"
    return uid

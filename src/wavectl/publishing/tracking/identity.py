"""Assign UIDs: find the lockfile entry that a real-world moment continues, or make a new UID (RFC 7986 §5.3).

A moment is recognised by its name in the plan, and by the earlier names in its ``was`` and its wave's. Of several
candidates, the entry that subscribers see now wins; then the one created for the moment itself; then the one published
first. A moment cannot take over another's entry by its name alone.
"""

from collections.abc import Iterator, Mapping, Sequence

from wavectl.lockfile.entry import LockEntry
from wavectl.timeline.groups import MomentGroup
from wavectl.timeline.name_history import NameHistory


def new_uid(names: NameHistory, group: MomentGroup, domain: str) -> str:
    """Return the UID of a group that was never published: ``<moment>.<wave>@<domain>`` of its root.

    It uses the first names that these ever had, so that it is the same again if the lockfile is lost.
    """
    wave, moment = names.first_name(group.root)
    return f"{moment}.{wave}@{domain}"


def assign_uids(
    names: NameHistory, groups: Sequence[MomentGroup], entries: Mapping[str, LockEntry], domain: str
) -> list[str]:
    """Return the UID of each group, in their order; no two are the same."""
    uids: dict[int, str] = {}
    taken: set[str] = set()
    for *_, uid, number in sorted(_candidates(names, groups, entries, domain)) if entries else ():
        if number not in uids and uid not in taken:
            uids[number] = uid
            taken.add(uid)
    taken.update(entries)
    for number, group in enumerate(groups):
        if number not in uids:
            uids[number] = _make_unique(new_uid(names, group, domain), taken)
            taken.add(uids[number])
    return [uids[number] for number in range(len(groups))]


def _candidates(
    names: NameHistory, groups: Sequence[MomentGroup], entries: Mapping[str, LockEntry], domain: str
) -> Iterator[tuple[int, int, str, bool, str, int]]:
    """Return the pairs of an entry's UID and a group's number that may belong together; the best sort first."""
    by_name: dict[str, list[tuple[str, int]]] = {}
    for uid, entry in entries.items():
        for position, name in enumerate(entry.members):
            by_name.setdefault(name, []).append((uid, position))
    for number, group in enumerate(groups):
        for member in group.members:
            for name in names.names_of(member):
                candidates = by_name.get(name, ())
                original = _original_uid(name, domain)
                if original in entries and name != member.reference:  # an earlier name, still in ``was``
                    candidates = (*candidates, (original, _LAST_POSITION))
                for uid, position in candidates:
                    entry = entries[uid]
                    state = 0 if entry.live else 1 if entry.withdrawn else 2
                    yield state, position, entry.published, member is not group.root, uid, number


_LAST_POSITION = 1_000_000
"""The position of a name that is only in an entry's UID: every name among its members comes first."""


def _original_uid(name: str, domain: str) -> str:
    wave, _, moment = name.partition("/")
    return f"{moment}.{wave}@{domain}"


def _make_unique(uid: str, taken: set[str]) -> str:
    """Return the UID, with a number if another moment already has it."""
    moment, _, rest = uid.partition(".")
    number = 1
    while uid in taken:
        number += 1
        uid = f"{moment}-{number}.{rest}"
    return uid

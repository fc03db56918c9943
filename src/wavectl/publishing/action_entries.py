"""Local actions as calendar entries: written by the same rules as moments, with UIDs of their own.

An action is recognised by its id, by those that were merged into it, and by the names of its wave. What the lockfile
holds of it has no text: an action that is not published any more leaves the feeds at once.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from wavectl.actions.action import Action
from wavectl.dates.edtf import UNKNOWN, DateForm
from wavectl.lockfile.entry import LastChange, LockEntry
from wavectl.model import Moment, MomentKind, Place
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking.changes import EntryFacts
from wavectl.publishing.tracking.next_lock import PublishedEntry, current_wave_names, postponed_group, revise_entry
from wavectl.timeline.actors import RegionIndex
from wavectl.timeline.groups import MomentGroup, Occurrence, to_local_time
from wavectl.timeline.ties import Member


def action_uid(wave: str, action_id: str, domain: str) -> str:
    """Return the UID of an action in calendars, which never changes."""
    return f"{action_id}.{wave}.action@{domain}"


def action_entries(plan: Plan, actions: Iterable[tuple[str, Action]], today: date) -> list[PublishedEntry]:
    """Return the entries of actions, each with its wave: those that may be shown, without what is private."""
    regions, domain = RegionIndex(plan), plan.programme.effective_uid_domain
    entries = []
    for wave, action in actions:
        if action.is_shown:
            group = _action_group(plan, regions, wave, action.without_private())
            modified = str(action.updated or action.first_seen or today)
            lock_entry = LockEntry((group.root.reference,), group.when.text, modified=modified)
            entries.append(PublishedEntry(action_uid(_first_name(plan, wave), action.id, domain), group, lock_entry))
    return entries


class ActionPublication(NamedTuple):
    """The entries of actions in feeds, and the entries of all actions in the next lockfile, by UID."""

    entries: tuple[PublishedEntry, ...]
    lock_entries: Mapping[str, LockEntry]


def publish_actions(
    plan: Plan, actions: Iterable[tuple[str, Action]], waves: Collection[str], today: date
) -> ActionPublication:
    """Return the publication of the ``actions`` of ``waves``, each with its wave; those of other waves do not change.

    What was published of these waves and is not among the actions is withdrawn.
    """
    old = plan.lockfile.actions if plan.lockfile else {}
    lock_entries, regions, facts = dict(old), RegionIndex(plan), EntryFacts(plan)
    entries: list[PublishedEntry] = []
    continued: dict[str, str] = {}
    for wave, action in actions:
        uids = _known_uids(plan, wave, action, old)
        uid = uids[0] if uids else action_uid(_first_name(plan, wave), action.id, plan.programme.effective_uid_domain)
        continued |= dict.fromkeys(uids, uid)
        group, before = _action_group(plan, regions, wave, action.without_private()), old.get(uid)
        is_dated = group.when.form is not DateForm.UNKNOWN
        shown = group if is_dated or before is None else postponed_group(group, before, plan)
        entry = _revise(before, _lock_facts(facts, shown), today.isoformat() if is_dated or before else "")
        if is_dated or before:
            lock_entries[uid] = entry
        entries.append(PublishedEntry(uid, shown, entry))
    wave_names = current_wave_names(plan)
    for uid, entry in old.items():
        wave = uid.partition("@")[0].split(".")[1]
        wave, day = wave_names.get(wave, wave), max(today.isoformat(), entry.modified)
        is_requested = wave in waves or (wave not in plan.files and plan.files.keys() <= set(waves))
        if continued.get(uid, uid) != uid:
            modified = day if entry.live else entry.modified
            lock_entries[uid] = entry._replace(into=continued[uid], withdrawn=None, modified=modified, digest="")
        elif uid not in continued and entry.live and is_requested:
            gone = entry._replace(sequence=entry.sequence + 1, modified=day, withdrawn=day, digest="", before=None)
            lock_entries[uid] = gone
    return ActionPublication(tuple(entries), dict(sorted(lock_entries.items())))


def _first_name(plan: Plan, wave: str) -> str:
    return next(iter(plan.waves[wave].was), wave)


def _known_uids(plan: Plan, wave: str, action: Action, old: Mapping[str, LockEntry]) -> list[str]:
    """Return the UIDs under which an action was published: first those that are live, then those of long ago."""
    names, domain = (wave, *plan.waves[wave].was), plan.programme.effective_uid_domain
    uids = [action_uid(name, id_, domain) for id_ in (action.id, *action.also) for name in names]
    return sorted((uid for uid in uids if uid in old), key=lambda uid: (not old[uid].live, old[uid].published))


def _lock_facts(facts: EntryFacts, group: MomentGroup) -> dict[str, Any]:
    """Return what the lockfile holds of an action."""
    all_facts = facts.for_group(group, ())
    place, rest = repr(all_facts["place"]), repr((all_facts["title"], all_facts["digest"]))
    digests = (sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8] for text in (place, rest))
    kept = {name: all_facts[name] for name in ("members", "when", "zone", "status")}
    return {**kept, "digest": "-".join(digests)}


def _revise(old: LockEntry | None, facts: dict[str, Any], today: str) -> LockEntry:
    """Return the entry with these facts, as for moments: another place raises SEQUENCE too."""
    new = revise_entry(old, facts, today)
    if old is None or new.sequence > old.sequence or _place_digest(old) == _place_digest(new):
        return new
    return new._replace(sequence=old.sequence + 1, before=LastChange(new.modified))


def _place_digest(entry: LockEntry) -> str:
    return entry.digest.partition("-")[0]


def _action_group(plan: Plan, regions: RegionIndex, wave: str, action: Action) -> MomentGroup:
    """Return an action in the form of a moment; who it is from and what came of it are its description."""
    zone, when = plan.programme.timezone, action.when or UNKNOWN
    description = "\n".join(filter(None, (action.organiser, action.outcome)))
    kind: Any = action.kind or MomentKind.EVENT  # a category in calendars
    moment = Moment.model_construct(id=action.id, title=action.title, kind=kind, description=description or None)
    return MomentGroup(
        (Member(wave, moment),),
        when,
        None,
        action.status,
        Place.model_construct(name=action.place, country=action.country, online=bool(action.online)),
        zone,
        action.url,
        (action.actor,) if action.actor else (),
        (action.priority,) if action.priority in plan.programme.priorities else (),
        tuple(regions.of_country(action.country)),
        (Occurrence(when, to_local_time(when, zone), action.status),),
    )

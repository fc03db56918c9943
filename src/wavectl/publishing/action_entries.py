"""Local actions as calendar entries: written by the same rules as moments, with UIDs of their own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wavectl.actions.action import Action
from wavectl.dates.edtf import UNKNOWN
from wavectl.lockfile.entry import LockEntry
from wavectl.model import Moment, MomentKind, Place
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking.next_lock import PublishedEntry
from wavectl.timeline.actors import RegionIndex
from wavectl.timeline.groups import MomentGroup, Occurrence, to_local_time
from wavectl.timeline.ties import Member


def action_uid(wave: str, action: Action, domain: str) -> str:
    """Return the UID of an action in calendars, which never changes."""
    return f"{action.id}.{wave}.action@{domain}"


def action_entries(plan: Plan, actions: Iterable[tuple[str, Action]], today: date) -> list[PublishedEntry]:
    """Return the entries of actions, each with its wave: those that may be shown, without what is private."""
    regions, domain = RegionIndex(plan), plan.programme.effective_uid_domain
    entries = []
    for wave, action in actions:
        if action.is_shown:
            group = _action_group(plan, regions, wave, action.without_private())
            modified = str(action.updated or action.first_seen or today)
            lock_entry = LockEntry((group.root.reference,), group.when.text, modified=modified)
            entries.append(PublishedEntry(action_uid(wave, action, domain), group, lock_entry))
    return entries


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

"""The record of what was published, as ``export-ics`` keeps it: followed, refused where it does not fit, written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.cli.atomic_files import BusyError, exchange
from wavectl.cli.common import FAULTY, Session, first_few, near
from wavectl.cli.file_errors import unwritten
from wavectl.diagnostics import quoted, say
from wavectl.lockfile.entry import FILE as RECORD
from wavectl.lockfile.writing import dump
from wavectl.plan.loader import Plan, recorded
from wavectl.publishing.tracking import Followed, follow, present_names
from wavectl.render.diagnostics import shown_path

_TRIES = 5
"""How many times an export begins anew because another one was quicker."""


class Wish(NamedTuple):
    """What an export asks of the record: whether it may be written, must be up to date already, what may vanish.

    ``looks`` says that the export is only looked at: nothing is written, and what is out of date is no reason to stop.
    """

    writes: bool
    locked: bool
    withdraw: Collection[str]
    looks: bool = False


def checked(session: Session, plan: Plan, wish: Wish) -> None:
    """End the run where the record is not of this plan, or a wave is withdrawn that is there or never was."""
    file = shown_path(plan.folder / RECORD, session.home)
    known = plan.record
    if wish.locked and known is None:
        session.refuse(
            say("there is no {file} that could be followed", file=file),
            say("run wavectl export-ics once without --locked, and keep {file} with the plan", file=file),
            FAULTY,
        )
    if known is not None and known.domain != plan.programme.identity:
        session.refuse(
            say("uid_domain is {new}, and {old} is what was published", new=plan.programme.identity, old=known.domain),
            say(
                "write uid_domain: {old} again; or, if every subscriber is to get every entry anew, delete {file}",
                old=known.domain,
                file=file,
            ),
            FAULTY,
        )
    lines = known.lines.values() if known else ()
    named = {name.partition("/")[0] for line in lines for name in line.members}
    gone = named - plan.files.keys() - present_names(plan).keys()
    for wave in wish.withdraw:
        if wave in plan.files:
            session.refuse(
                say("the wave {wave} is in the plan", wave=quoted(wave)),
                say("take its file out of the plan first; or write status: closed in it, and it goes on as it is"),
            )
        if wave not in gone:
            session.refuse(say("no wave {wave} was ever published", wave=quoted(wave)), near(wave, sorted(gone)))


def settle(session: Session, waves: Sequence[str], wish: Wish) -> tuple[Followed, date]:
    """Return what is published of the waves once the record says so, and the day on which it is looked at.

    Ends the run where the record must not change and would, and where a wave has vanished with entries ahead.
    """
    tries = _TRIES
    while True:
        plan = session.plan
        day = _last_day(plan) or session.today if wish.locked else session.today
        followed = follow(plan, waves, day, wish.withdraw)
        _refuse_vanished(session, followed)
        same = plan.record is not None and followed.record.lines == plan.record.lines
        if wish.looks:
            return followed, day
        if wish.locked and not same:
            _refuse_stale(session, plan, followed)
        if same or not wish.writes or _written(session, plan, followed):
            return followed, day
        tries -= 1
        if not tries:
            session.refuse(say("{file} is changed all the time", file=RECORD), say("wait a while, and try again"))
        session.plan = plan._replace(record=recorded(plan.folder))
        session.sound([], session.plan.record.findings if session.plan.record else (), record=True)


def _last_day(plan: Plan) -> date | None:
    """Return the day of the last change that the record knows of."""
    lines = plan.record.lines.values() if plan.record else ()
    return max((date.fromisoformat(line.modified) for line in lines), default=None)


def _refuse_vanished(session: Session, followed: Followed) -> None:
    for wave, uids in followed.vanished.items():
        session.refuse(
            say(
                "the wave {wave} is not in the plan any more, and subscribers still have entries of it ahead: {count}",
                wave=quoted(wave),
                count=len(uids),
            ),
            say(
                "if it has another name, write was: [{wave}] in its file; if it is over, bring its file back with "
                "status: closed; to tell subscribers that it is off, add --withdraw {wave}",
                wave=wave,
            ),
            FAULTY,
        )


def _refuse_stale(session: Session, plan: Plan, followed: Followed) -> None:
    old = plan.record.lines if plan.record else {}
    stale = [line.members[0] for uid, line in followed.record.lines.items() if old.get(uid) != line]
    names = sorted(dict.fromkeys(stale))
    file = shown_path(plan.folder / RECORD, session.home)
    session.refuse(
        say(
            "{file} is out of date: {count} ({moments})",
            file=file,
            count=len(names),
            moments=first_few(names),
        ),
        say("run wavectl export-ics without --locked, and keep {file} with the plan", file=file),
        FAULTY,
    )


def _written(session: Session, plan: Plan, followed: Followed) -> bool:
    """Write the record; return False where another run has written it since it was read."""
    file = plan.folder / RECORD
    shown = shown_path(file, session.home)
    data = dump(followed.record.lines, followed.record.domain)
    try:
        done = exchange(file, plan.record.raw if plan.record else None, data)
    except BusyError as error:
        session.refuse(
            say("another run of wavectl is writing {file}", file=shown),
            say("wait for it; if there is none, delete the file {name} beside it", name=str(error)),
        )
    except OSError as error:
        hint = say("the record of what was published has to be written with the feeds; -o FILE.ics does without")
        unwritten(session, shown, error, hint)
    if done and plan.record is None:
        session.note(say("{file} is new: it remembers what subscribers have, so keep it with the plan", file=shown))
    return done

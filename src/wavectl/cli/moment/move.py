"""``wavectl moment move``: gives a moment another date."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.common import USAGE, Session, shared
from wavectl.cli.moment.date_option import told_date
from wavectl.cli.moment.finish import end
from wavectl.cli.moment.options import DryRun, On, Said, Told, Yes
from wavectl.cli.moment.resolve import Found, found, occurrence
from wavectl.cli.prompts import agreed, is_attended
from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, phrase, say
from wavectl.editing.moments import PlanWishes, Shift, except_for, is_far, move, shift, standing, stated
from wavectl.i18n.date_format import date_text
from wavectl.model import Status

_SHIFTS = {
    Shift.FIRMED_UP: phrase("{old} -> {new}: the date has firmed up"),
    Shift.BLURRED: phrase("{old} -> {new}: the date is less certain than it was"),
    Shift.MOVED: phrase("{old} -> {new}: the moment moves"),
    Shift.SAME: phrase("{new}: the date stays as it is"),
}


@shared
def command(
    session: Session,
    moment: Told,
    when: Annotated[
        str, typer.Option("--when", metavar="DATE", help="The new date, in words (14-17 September) or in EDTF.")
    ],
    said: Said = None,
    tentative: Annotated[bool, typer.Option("--tentative", help="The new date is not confirmed yet.")] = False,
    on: On = None,
    series: Annotated[
        bool, typer.Option("--series", help="All occurrences of a repeating moment: the date is that of the first.")
    ] = False,
    same: Annotated[
        bool, typer.Option("--same", help="It is the same moment, however far it moves; not a new edition.")
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Give a moment another date, in words or in EDTF.

    Words are read in French, English and Spanish; a year that is not said is that of the present date.

    Example: wavectl moment move migration/gwangju-forum --when "15-18 septembre 2017"
    """
    one = found(session, moment, yes=yes)
    if series and on is not None:
        session.refuse(say("--series means all occurrences, --on one of them"), say("leave one of the two out"))
    time = None if series else occurrence(session, one.members, on)
    old = stated(one.members) if time is None else time.when
    new, unclear = told_date(session, when, old)
    standing_now = standing(one.members) if time is None else time.status
    if standing_now is Status.CANCELLED:
        session.refuse(say("the moment is cancelled"), say("wavectl moment restore says that it happens after all"))
    if is_far(old, new, session.today) and not same:
        _ask_whether_same(session, one, old, new)
    if time is None or time.planned is None:
        wishes: PlanWishes = move(session.plan, one.members, new, Status.TENTATIVE if tentative else None)
    else:
        change = {"when": new.text, **({"status": "tentative"} if tentative else {})}
        wishes = except_for(session.plan, one.members[0], time.planned, change)
    one = one._replace(ask=one.ask or (unclear and not yes))
    end(session, one, wishes, told=_told(session, old, new), said=said, dry_run=dry_run)


def _told(session: Session, old: When, new: When) -> Message:
    language = session.languages[0]
    return say(_SHIFTS[shift(old, new)], old=date_text(old, language), new=date_text(new, language))


def _ask_whether_same(session: Session, one: Found, old: When, new: When) -> None:
    """End the run where another edition of the moment is meant, or nobody can say that it is the same one."""
    language = session.languages[0]
    told = say(
        "from {old} to {new}: this may be another edition of the moment, not the same one moved",
        old=date_text(old, language),
        new=date_text(new, language),
    )
    root = one.members[0]
    hint = say(
        "wavectl moment add {wave} --like {moment} --when … adds a new edition; --same moves this one",
        wave=root.wave,
        moment=root.reference,
    )
    if not is_attended():
        session.refuse(told, hint)
    session.note(told)
    if not agreed(session, say("Is it the same moment?")):
        session.refuse(say("nothing is written"), hint, USAGE)

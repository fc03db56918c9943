"""The moment that is told on the command line: named, or asked for where words may mean several."""

from __future__ import annotations

from typing import NamedTuple

from wavectl import rules
from wavectl.cli.common import USAGE, Session, first_few, near
from wavectl.cli.prompts import chosen, is_attended
from wavectl.dates import edtf, parser
from wavectl.diagnostics import Message, quoted, say
from wavectl.editing.moments import stated
from wavectl.editing.resolve_reference import Together, meant
from wavectl.i18n.date_format import date_text
from wavectl.model import wording
from wavectl.timeline import Member, Occurrence, groups

_LISTED = 20
"""How many moments are listed to choose from."""


class Found(NamedTuple):
    """The moment that is meant, with all that it is tied to, and whether a person should look before it changes.

    ``named`` is the one of the tied moments that was named, the root where words told it.
    """

    members: Together
    named: Member
    ask: bool


def found(session: Session, told: str, *, yes: bool = False) -> Found:
    """Return the moment that is meant; ends the run where none is, or several and nobody can be asked.

    The programme and the waves that it stands in have to be sound.
    """
    plan = session.plan
    one = meant(plan, told)
    if not one.moments:
        session.sound(list(plan.files), rules.errors(plan))
        session.refuse(say("there is no moment {name}", name=quoted(told)), near(told, list(plan.moments)))
    if len(one.moments) > 1:
        members = _one_of(session, told, one.moments)
    else:
        members = one.moments[0]
        if not one.sure and not yes and not is_attended():
            session.refuse(
                say("{words} may mean {moments}", words=quoted(told), moments=members[0].reference),
                say("write {moment}, or add --yes", moment=members[0].reference),
            )
    session.sound([member.wave for member in members], rules.errors(plan))
    if not one.sure:
        session.note(say("the moment that is meant: {moment}", moment=described(session, members)))
    named = next((member for member in members if told == member.reference), members[0])
    return Found(members, named, ask=len(one.moments) == 1 and not one.sure and not yes)


def described(session: Session, members: Together) -> str:
    """Return a moment in words: its name, its title and its date."""
    title = wording(members[0].moment.title, session.languages)
    names = ", ".join(member.reference for member in members)
    return f"{title} · {date_text(stated(members), session.languages[0])} ({names})"


def _one_of(session: Session, told: str, moments: list[Together]) -> Together:
    """Return the one of several moments that a person chooses; ends the run in a script."""
    if not is_attended():
        names = first_few([members[0].reference for members in moments])
        session.refuse(
            say("{words} may mean {count} moments", words=quoted(told), count=len(moments)),
            say("choose from {names}", names=names),
        )
    if len(moments) > _LISTED:
        session.refuse(
            say("{words} may mean {count} moments", words=quoted(told), count=len(moments)),
            say("add a word of its title, its place or its wave"),
        )
    place = chosen(session, say("Which one? (number)"), [described(session, members) for members in moments])
    if place is None:
        session.refuse(say("no moment is chosen"), code=USAGE)
    return moments[place]


def occurrence(session: Session, members: Together, on: str | None) -> Occurrence | None:
    """Return the occurrence of a repeating moment that is meant, None of one that happens once."""
    group = next(one for one in groups(session.plan, drafts=True) if one.root.reference == members[0].reference)
    dates = [one for one in group.occurrences if one.planned is not None]
    if group.rule is None or not dates:
        if on is not None:
            session.refuse(say("the moment does not repeat"), say("leave --on out"))
        return None
    fit = _on(session, dates, on) if on is not None else []
    if len(fit) != 1:
        listed = first_few([one.planned.text for one in dates if one.planned])
        session.refuse(
            _unclear(on, len(fit)),
            say("add --on with one of {dates}; --series moves all of them", dates=listed)
            if on is None
            else say("add --on with one of {dates}", dates=listed),
        )
    return fit[0]


def _unclear(on: str | None, count: int) -> Message:
    if on is None:
        return say("the moment repeats: which time is meant?")
    if not count:
        return say("none of its occurrences falls on {date}", date=quoted(on))
    return say("{date} means {count} of its occurrences", date=quoted(on), count=count)


def _on(session: Session, dates: list[Occurrence], on: str) -> list[Occurrence]:
    """Return the occurrences in what --on says, in words or in EDTF."""
    try:
        when = edtf.parse(parser.read(on).edtf)
    except parser.WordsError as error:
        session.refuse(say("{option}: {fault}", option="--on", fault=error.message), error.hint)
    if when.earliest is None:
        session.refuse(say("{option} needs a date", option="--on"), say("write 2017-06-01, 2017-06 or 2017"))
    return [one for one in dates if one.planned and one.planned.overlaps(when.earliest, when.latest)]

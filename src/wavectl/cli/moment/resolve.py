"""The moment that is told on the command line: named, or asked for where words may mean several."""

from __future__ import annotations

from typing import NamedTuple

from wavectl import rules
from wavectl.cli.common import EXIT_USAGE, AppContext, first_few, suggest
from wavectl.cli.prompts import ask_choice, is_interactive
from wavectl.dates import edtf, parser
from wavectl.diagnostics import Message, msg, quoted
from wavectl.editing.moments import most_precise_date
from wavectl.editing.references import TiedMoments, resolve_reference
from wavectl.i18n.date_format import format_date
from wavectl.model import localized_text
from wavectl.timeline import Member, Occurrence, resolve_groups

_MAX_CHOICES = 20
"""How many moments are listed to choose from."""


class ResolvedMoment(NamedTuple):
    """The moment that is meant, with all that it is tied to, and whether a person should look before it changes.

    ``named`` is the one of the tied moments that was named, the root where words told it.
    """

    members: TiedMoments
    named_member: Member
    needs_confirmation: bool


def resolve_moment(app: AppContext, reference: str, *, yes: bool = False) -> ResolvedMoment:
    """Return the moment that is meant; ends the run where none is, or several and nobody can be asked.

    The programme and the waves that it stands in have to be sound.
    """
    plan = app.plan
    one = resolve_reference(plan, reference)
    if not one.moments:
        app.require_valid(list(plan.files), rules.errors(plan))
        app.fail(msg("there is no moment {name}", name=quoted(reference)), suggest(reference, list(plan.moments)))
    if len(one.moments) > 1:
        members = _choose_moment(app, reference, one.moments)
    else:
        members = one.moments[0]
        if not one.is_exact and not yes and not is_interactive():
            app.fail(
                msg("{words} may mean {moments}", words=quoted(reference), moments=members[0].reference),
                msg("write {moment}, or add --yes", moment=members[0].reference),
            )
    app.require_valid([member.wave for member in members], rules.errors(plan))
    if not one.is_exact:
        app.write_message(msg("the moment that is meant: {moment}", moment=summarise_moment(app, members)))
    named = next((member for member in members if reference == member.reference), members[0])
    return ResolvedMoment(members, named, needs_confirmation=len(one.moments) == 1 and not one.is_exact and not yes)


def summarise_moment(app: AppContext, members: TiedMoments) -> str:
    """Return a moment in words: its name, its title and its date."""
    title = localized_text(members[0].moment.title, app.languages)
    names = ", ".join(member.reference for member in members)
    return f"{title} · {format_date(most_precise_date(members), app.languages[0])} ({names})"


def _choose_moment(app: AppContext, reference: str, moments: list[TiedMoments]) -> TiedMoments:
    """Return the one of several moments that a person chooses; ends the run in a script."""
    if not is_interactive():
        names = first_few([members[0].reference for members in moments])
        app.fail(
            msg("{words} may mean {count} moments", words=quoted(reference), count=len(moments)),
            msg("choose from {names}", names=names),
        )
    if len(moments) > _MAX_CHOICES:
        app.fail(
            msg("{words} may mean {count} moments", words=quoted(reference), count=len(moments)),
            msg("add a word of its title, its place or its wave"),
        )
    place = ask_choice(app, msg("Which one? (number)"), [summarise_moment(app, members) for members in moments])
    if place is None:
        app.fail(msg("no moment is chosen"), code=EXIT_USAGE)
    return moments[place]


def resolve_occurrence(app: AppContext, members: TiedMoments, on: str | None) -> Occurrence | None:
    """Return the occurrence of a repeating moment that is meant, None of one that happens once."""
    group = next(one for one in resolve_groups(app.plan, drafts=True) if one.root.reference == members[0].reference)
    dates = [one for one in group.occurrences if one.planned is not None]
    if group.rule is None or not dates:
        if on is not None:
            app.fail(msg("the moment does not repeat"), msg("leave --on out"))
        return None
    fit = _occurrences_on(app, dates, on) if on is not None else []
    if len(fit) != 1:
        listed = first_few([one.planned.text for one in dates if one.planned])
        app.fail(
            _occurrence_error(on, len(fit)),
            msg("add --on with one of {dates}; --series moves all of them", dates=listed)
            if on is None
            else msg("add --on with one of {dates}", dates=listed),
        )
    return fit[0]


def _occurrence_error(on: str | None, count: int) -> Message:
    if on is None:
        return msg("the moment repeats: which time is meant?")
    if not count:
        return msg("none of its occurrences falls on {date}", date=quoted(on))
    return msg("{date} means {count} of its occurrences", date=quoted(on), count=count)


def _occurrences_on(app: AppContext, occurrences: list[Occurrence], on: str) -> list[Occurrence]:
    """Return the occurrences in what --on says, in words or in EDTF."""
    try:
        when = edtf.parse(parser.parse_date(on).edtf)
    except parser.DatePhraseError as error:
        app.fail(msg("{option}: {fault}", option="--on", fault=error.message), error.hint)
    if when.earliest is None:
        app.fail(msg("{option} needs a date", option="--on"), msg("write 2017-06-01, 2017-06 or 2017"))
    return [one for one in occurrences if one.planned and one.planned.overlaps(when.earliest, when.latest)]

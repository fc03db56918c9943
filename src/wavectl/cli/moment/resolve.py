"""Find the moment, or the occurrence of it, that the command line names; ask if several fit."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from wavectl import rules
from wavectl.cli.console import first_few, is_interactive
from wavectl.cli.context import AppContext
from wavectl.dates import edtf, parser
from wavectl.diagnostics import Message, msg, quoted
from wavectl.editing.moments import most_precise_date
from wavectl.editing.references import TiedMoments, resolve_reference
from wavectl.i18n.date_format import format_date
from wavectl.model import localized_text
from wavectl.text.suggest import suggest
from wavectl.timeline.groups import Occurrence, resolve_groups
from wavectl.timeline.ties import Member

MomentArgument = Annotated[
    str, typer.Argument(metavar="MOMENT", help="The moment: wave and id, the id alone, or words of its title.")
]
OccurrenceOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The occurrence of a repeating moment, by its year, month or day."),
]

_MAX_CHOICES = 20
"""How many moments are listed to choose from."""


class ResolvedMoment(NamedTuple):
    """A moment with all moments tied to it, the root first.

    ``named_member`` is the one that the command line names, or the root if words describe it. ``needs_confirmation``
    is true if the words were not exact, so that a person confirms the change.
    """

    members: TiedMoments
    named_member: Member
    needs_confirmation: bool


def resolve_moment(app: AppContext, reference: str, *, yes: bool = False) -> ResolvedMoment:
    """Return the moment that a reference names; end the run if there is none, or several in a script.

    The run ends too if the programme or one of the moment's waves has errors.
    """
    plan = app.plan
    result = resolve_reference(plan, reference)
    if not result.moments:
        app.require_valid(list(plan.files), rules.errors(plan))
        app.console.fail(
            msg("there is no moment {name}", name=quoted(reference)), suggest(reference, list(plan.moments))
        )
    if len(result.moments) > 1:
        members = _choose_moment(app, reference, result.moments)
    else:
        members = result.moments[0]
        if not result.is_exact and not yes and not is_interactive():
            app.console.fail(
                msg(
                    "{words} is not exact; it matches {moments}", words=quoted(reference), moments=members[0].reference
                ),
                msg("write {moment}, or add --yes", moment=members[0].reference),
            )
    app.require_valid([member.wave for member in members], rules.errors(plan))
    if not result.is_exact:
        app.console.write_message(msg("moment found: {moment}", moment=summarise_moment(app, members)))
    named = next((member for member in members if reference == member.reference), members[0])
    return ResolvedMoment(
        members, named, needs_confirmation=len(result.moments) == 1 and not result.is_exact and not yes
    )


def summarise_moment(app: AppContext, members: TiedMoments) -> str:
    """Return the title, date and references of a moment on one line."""
    title = localized_text(members[0].moment.title, app.languages)
    names = ", ".join(member.reference for member in members)
    return f"{title} · {format_date(most_precise_date(members), app.languages[0])} ({names})"


def _choose_moment(app: AppContext, reference: str, moments: list[TiedMoments]) -> TiedMoments:
    """Return the moment that a person chooses from several; end the run in a script."""
    if not is_interactive():
        names = first_few([members[0].reference for members in moments])
        app.console.fail(
            msg("{words} matches {count} moments", words=quoted(reference), count=len(moments)),
            msg("choose from {names}", names=names),
        )
    if len(moments) > _MAX_CHOICES:
        app.console.fail(
            msg("{words} matches {count} moments", words=quoted(reference), count=len(moments)),
            msg("add a word of its title, its place or its wave"),
        )
    index = app.console.ask_choice(msg("Which one? (number)"), [summarise_moment(app, members) for members in moments])
    if index is None:
        app.console.fail(msg("no moment is chosen"))
    return moments[index]


def resolve_occurrence(app: AppContext, members: TiedMoments, on: str | None) -> Occurrence | None:
    """Return the occurrence of a repeating moment on a date; None for a moment that does not repeat."""
    group = next(one for one in resolve_groups(app.plan, drafts=True) if one.root.reference == members[0].reference)
    repeats = [one for one in group.occurrences if one.planned is not None]
    if group.rule is None or not repeats:
        if on is not None:
            app.console.fail(msg("the moment does not repeat"), msg("remove --on"))
        return None
    matches = _occurrences_on(app, repeats, on) if on is not None else []
    if len(matches) != 1:
        listed = first_few([one.planned.text for one in repeats if one.planned])
        app.console.fail(
            _occurrence_error(on, len(matches)),
            msg("add --on with one of {dates}; --series moves all of them", dates=listed)
            if on is None
            else msg("add --on with one of {dates}", dates=listed),
        )
    return matches[0]


def _occurrence_error(on: str | None, count: int) -> Message:
    if on is None:
        return msg("the moment repeats, and the occurrence is missing")
    if not count:
        return msg("none of its occurrences falls on {date}", date=quoted(on))
    return msg("{date} matches {count} of its occurrences", date=quoted(on), count=count)


def _occurrences_on(app: AppContext, occurrences: list[Occurrence], on: str) -> list[Occurrence]:
    """Return the occurrences that overlap the value of ``--on``, in words or EDTF."""
    try:
        when = edtf.parse(parser.parse_date(on).edtf)
    except parser.DatePhraseError as error:
        app.console.fail(msg("{option}: {fault}", option="--on", fault=error.message), error.hint)
    if when.earliest is None:
        app.console.fail(msg("{option} needs a date", option="--on"), msg("write 2017-06-01, 2017-06 or 2017"))
    return [one for one in occurrences if one.planned and one.planned.overlaps(when.earliest, when.latest)]

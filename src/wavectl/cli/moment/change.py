"""Options of the commands that change a moment, checks of their values, and the last step of a change."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, NamedTuple

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.console import Console
from wavectl.cli.context import AppContext
from wavectl.cli.moment.resolve import ResolvedMoment
from wavectl.dates import edtf, parser
from wavectl.diagnostics import Message, msg, quoted
from wavectl.editing.moments import PlanChangeset, add_note, merge_changesets
from wavectl.model import localized_text
from wavectl.model.types import ID_PATTERN
from wavectl.timeline.ties import Member

NoteOption = Annotated[
    str | None,
    typer.Option("--said", metavar="TEXT", help="The source of the news, for the note, which is never published."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]


def check_id(console: Console, id_: str, existing_ids: Collection[str]) -> None:
    """End the run if an id is not valid, or if another moment of the wave has it."""
    if not ID_PATTERN.fullmatch(id_):
        console.fail(
            msg("{value} is not a valid id", value=quoted(id_)),
            msg("write small letters without accents, digits and single hyphens: gwangju-forum"),
        )
    if id_ in existing_ids:
        console.fail(msg("the wave has a moment {name} already", name=quoted(id_)), msg("choose another id"))


class InterpretedDate(NamedTuple):
    """A date, and whether its words can be read in another way. A year that was left out is not ambiguous."""

    when: edtf.When
    is_ambiguous: bool


def parse_date_option(app: AppContext, text: str, reference_date: edtf.When = edtf.UNKNOWN) -> InterpretedDate:
    """Return the value of ``--when``, in words or EDTF, and write what was assumed; end the run if it is not a date.

    A missing year is that of ``reference_date``, else the current one.
    """
    year = reference_date.earliest.year if reference_date.earliest else app.today.year
    try:
        reading = parser.parse_date(text, default_year=year)
    except parser.DatePhraseError as error:
        postponed = msg(
            "use wavectl moment postpone if the new date is not known, wavectl moment cancel if it is cancelled"
        )
        hint = postponed if error.hint.text == parser.POSTPONED_HINT else error.hint
        app.console.fail(msg("--when: {fault}", fault=error.message), hint)
    if reading.repeat is not None:
        app.console.fail(
            msg("{words} is a date in every year", words=quoted(text)), msg("write one date, with its year")
        )
    for doubt in reading.doubts:
        app.console.write_message(doubt)
    return InterpretedDate(edtf.parse(reading.edtf), any(doubt.text != parser.YEAR_ASSUMED for doubt in reading.doubts))


def finish_change(
    app: AppContext,
    resolved: ResolvedMoment,
    changesets: PlanChangeset,
    *,
    summary: Message,
    member: Member | None = None,
    note: str | None = None,
    dry_run: bool = False,
) -> None:
    """Write the summary of a change, add the note, and apply it.

    ``member`` is the only one of the tied moments that changes; without it, the change is made at their root.
    """
    changed = member or resolved.members[0]
    app.console.write_message(
        msg("{moment}: {change}", moment=localized_text(changed.moment.title, app.languages), change=summary)
    )
    if len(resolved.members) > 1 and member is None:
        names = ", ".join(each.reference for each in resolved.members)
        app.console.write_message(msg("one moment in several waves, changed at its root: {moments}", moments=names))
    if note:
        language = app.console.requested_language or app.plan.programme.languages[0]
        changesets = merge_changesets(changesets, add_note(app.plan, changed, note, app.today, language))
    apply_changes(app, edited_texts(app, changesets), dry_run=dry_run, ask=resolved.needs_confirmation and not dry_run)

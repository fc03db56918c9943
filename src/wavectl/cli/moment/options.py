"""The options that commands on moments share, and what an id has to be that is given for a moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, NamedTuple

import typer

from wavectl.cli.common import AppContext
from wavectl.dates import edtf, parser
from wavectl.diagnostics import msg, quoted
from wavectl.model.types import ID_PATTERN

MomentArgument = Annotated[
    str, typer.Argument(metavar="MOMENT", help="The moment: its name, its id, or words of its title.")
]
NoteOption = Annotated[
    str | None, typer.Option("--said", metavar="TEXT", help="Who said so, for the note: it is never published.")
]
OccurrenceOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Which occurrence of a repeating moment: its year, month or day."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]


def check_id(app: AppContext, id_: str, existing_ids: Collection[str]) -> None:
    """End the run where a moment cannot have this id, or another one of its wave has it."""
    if not ID_PATTERN.fullmatch(id_):
        app.fail(
            msg("{value} is no id", value=quoted(id_)),
            msg("an id is made of small letters without accents, digits and single hyphens: gwangju-forum"),
        )
    if id_ in existing_ids:
        app.fail(msg("the wave has a moment {name} already", name=quoted(id_)), msg("choose another id"))


class InterpretedDate(NamedTuple):
    """A date that was told, and whether it may have been meant otherwise; a year left out counts as clear."""

    when: edtf.When
    is_ambiguous: bool


def parse_date_option(app: AppContext, text: str, reference_date: edtf.When = edtf.UNKNOWN) -> InterpretedDate:
    """Return the date that a text tells, and say what had to be assumed; ends the run where it tells none.

    A year that is not said is that of ``near``, else the present one.
    """
    year = reference_date.earliest.year if reference_date.earliest else app.today.year
    try:
        reading = parser.parse_date(text, default_year=year)
    except parser.DatePhraseError as error:
        put_off = msg("wavectl moment postpone says that no new date is known, wavectl moment cancel that it is off")
        hint = put_off if error.hint.text == parser.POSTPONED_HINT else error.hint
        app.fail(msg("--when: {fault}", fault=error.message), hint)
    if reading.repeat is not None:
        app.fail(msg("{words} names a day of each year", words=quoted(text)), msg("write one date, with its year"))
    for doubt in reading.doubts:
        app.write_message(doubt)
    return InterpretedDate(edtf.parse(reading.edtf), any(doubt.text != parser.YEAR_ASSUMED for doubt in reading.doubts))

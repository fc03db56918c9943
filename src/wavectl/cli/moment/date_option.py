"""Dates told on the command line: EDTF, or words in French, English or Spanish."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.cli.common import AppContext
from wavectl.dates import edtf, parser
from wavectl.diagnostics import msg, quoted


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

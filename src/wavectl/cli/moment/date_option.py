"""Dates told on the command line: EDTF, or words in French, English or Spanish."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.cli.common import Session
from wavectl.dates import edtf, parser
from wavectl.diagnostics import quoted, say


class ToldDate(NamedTuple):
    """A date that was told, and whether it may have been meant otherwise; a year left out counts as clear."""

    when: edtf.When
    unclear: bool


def told_date(session: Session, text: str, near: edtf.When = edtf.UNKNOWN) -> ToldDate:
    """Return the date that a text tells, and say what had to be assumed; ends the run where it tells none.

    A year that is not said is that of ``near``, else the present one.
    """
    year = near.earliest.year if near.earliest else session.today.year
    try:
        reading = parser.read(text, year=year)
    except parser.WordsError as error:
        put_off = say("wavectl moment postpone says that no new date is known, wavectl moment cancel that it is off")
        hint = put_off if error.hint.text == parser.PUT_OFF else error.hint
        session.refuse(say("--when: {fault}", fault=error.message), hint)
    if reading.repeat is not None:
        session.refuse(
            say("{words} names a day of each year", words=quoted(text)), say("write one date, with its year")
        )
    for doubt in reading.doubts:
        session.note(doubt)
    return ToldDate(edtf.parse(reading.edtf), any(doubt.text != parser.YEAR_TAKEN for doubt in reading.doubts))

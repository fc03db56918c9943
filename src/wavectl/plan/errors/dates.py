"""A date in words where EDTF should stand: what it means, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import Any, NamedTuple

from wavectl import diagnostics
from wavectl.dates import edtf, parser, recurrence
from wavectl.diagnostics import Message, quoted, say

_LETTER = re.compile(r"[^\W\d_TXZ]")
"""A letter that no date in EDTF has."""

_SERIAL = re.compile(r"[2-7]\d{4}")
"""A day from 1954 to 2119 as the number that a spreadsheet gives it."""

_FAR = 20
"""How many moments before and behind one are looked at for the year that it may be in."""


class Told(NamedTuple):
    """What is said of a value: the rule it breaks, fault and cure, and what to write instead if that is sure.

    ``yaml`` is the same where it is no text, and is written as it is.
    """

    rule: str
    message: Message
    hint: Message | None
    instead: str | None = None
    yaml: str | None = None


def in_words(text: str, path: diagnostics.Path, data: Any, refused: Message) -> Told | None:
    """Return what is said of a text that is no EDTF, at ``path`` in a file's data; None where there is no more to say.

    ``refused`` is what was said of it as EDTF. A year that is not written is taken from the moments before and
    behind, else from the calendar of the wave.
    """
    if _is_edtf(text):
        return None
    if _SERIAL.fullmatch(text):
        return Told("invalid-date", refused, _serial(int(text)))
    message = say("{words} is a date in words", words=quoted(text)) if _LETTER.search(text) else refused
    try:
        found = _read(text, list(_years(path, data)), data)
    except parser.WordsError as error:
        return Told("invalid-date", error.message, error.hint) if _LETTER.search(text) else None
    key = path[-1] if path else ""
    if key == "period":
        found = found._replace(edtf=re.sub(r"\[(.*)\.\.(.*)\]", r"\1/\2", found.edtf))
    when = edtf.parse(found.edtf)
    if key == "period" and when.form is edtf.Form.UNKNOWN:
        hint = say("write its first and its last month, 2017-05/2018-12, or status: announced until they are known")
        return Told("invalid-date", message, hint)
    if key == "confirm_by" and not (when.exact and when.days == 1):
        return Told("invalid-date", say("{value} is not one day", value=quoted(text)), say("write a day: 2017-06-30"))
    if found.edtf == "unknown" and found.repeat is None:
        message = say("{words} says that no date is known yet", words=quoted(text))
    if found.sure and found.repeat is None:
        return Told("date-in-words", message, say("write {date}", date=found.edtf), found.edtf)
    return Told("date-in-words", message, _doubtful(found))


def _serial(days: int) -> Message:
    """Return the cure for a date as a spreadsheet counts it, in days since the end of 1899."""
    day = date(1899, 12, 30) + timedelta(days)
    return say("perhaps {date} is meant, to which a spreadsheet gives this number", date=day)


def _doubtful(found: parser.Reading) -> Message:
    """Return the cure for a date of which not all is sure: what it means, and what was assumed."""
    if found.repeat and found.edtf == "unknown":
        hint = say("write the day with its year, and repeat: {rule} below it if it comes back every year",
                   rule=_short(found.repeat))  # fmt: skip
    elif found.repeat:
        hint = say(
            "write {date}, and repeat: {rule} below it if it comes back every year",
            date=found.edtf,
            rule=_short(found.repeat),
        )
    else:
        hint = say("perhaps {date} is meant", date=found.edtf)
    return reduce(lambda sentence, doubt: say("{hint}; {doubt}", hint=sentence, doubt=doubt), found.doubts, hint)


def _short(rule: str) -> str:
    """Return a rule as a plan writes it: the same day of each year is ``yearly``."""
    return "yearly" if re.fullmatch(r"FREQ=YEARLY;BYMONTH=\d+;BYMONTHDAY=\d+", rule) else rule


def _is_edtf(text: str) -> bool:
    try:
        edtf.parse(text)
    except edtf.DateError:
        return False
    return True


def _read(text: str, years: list[int], data: Any) -> parser.Reading:
    """Return what words mean, in the first of some years that lies in the calendar of the wave."""
    try:
        found = parser.read(text)
    except parser.WordsError:
        if not years:
            raise
        found = None
    if found is not None and found.edtf != "unknown":
        return found  # the year is written
    if found is not None and (not found.repeat or not years):
        return found
    period = _date(data.get("period"))
    readings = [parser.read(text, year=year) for year in dict.fromkeys(years)]
    dates = [edtf.parse(one.edtf) for one in readings]
    inside = [period is None or period.overlaps(when.earliest, when.latest) for when in dates]
    best = readings[inside.index(True) if True in inside else 0]
    return best if found is None else best._replace(repeat=found.repeat)


def _years(path: diagnostics.Path, data: Any) -> Iterator[int]:
    """Return the years that a date may be in: those of the moments around it, and of the wave's calendar."""
    moments = data.get("moments") if path[:1] == ("moments",) and len(path) > 1 else None
    if isinstance(moments, list) and isinstance(path[1], int):
        here = path[1]
        for neighbour in (*reversed(moments[max(here - _FAR, 0) : here]), *moments[here + 1 : here + _FAR]):
            when = _date(neighbour.get("when")) if isinstance(neighbour, dict) else None
            if when is not None and when.earliest is not None:
                yield when.earliest.year
                yield when.earliest.year + 1
                break
    period = _date(data.get("period"))
    if period is not None and period.earliest is not None:
        last = period.latest or period.earliest
        yield from range(period.earliest.year, min(last.year, period.earliest.year + recurrence.YEARS) + 1)


def _date(value: object) -> edtf.When | None:
    """Return a value of a plan as a date; None where it is none."""
    return _date_of(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _date_of(text: str) -> edtf.When | None:
    try:
        return edtf.parse(text)
    except edtf.DateError:
        try:
            return edtf.parse(parser.read(text).edtf)
        except parser.WordsError:
            return None

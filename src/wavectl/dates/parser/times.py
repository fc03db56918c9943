"""Parse times of day: ``15h``, ``3-4:30 pm``, ``a las 7 de la tarde``, ``15:00-16:30``, ``de 9 a 14``.

After a hyphen hours are hours: a UTC offset needs ``UTC``, ``GMT``, ``Z`` or a plus sign, except in ISO 8601
(``T15:00-05:00``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.phrase import DatePhraseError, PartialDate, TimeOfDay
from wavectl.dates.parser.tokens import Cursor
from wavectl.diagnostics import Message, msg, quoted

_MAX_TIMES = 8
"""Four stretches of hours, each with a start and an end."""
_MIDNIGHT = "midnight"
"""The half of the day of midnight in words."""


def read_times(
    cursor: Cursor, *, before_date: bool = False, after_day: bool = False, after_year: bool = False
) -> tuple[TimeOfDay, ...]:
    """Read the times after a date, or before it with ``before_date``: one, or the start and end of each stretch.

    ``after_day``: the date has a day and a month, so that "a las 19" or "de 9 a 14" after it are hours; with a year
    (``after_year``), so are "9-17", "15.00-16.30" and "0900-1700".
    """
    reader = partial(_read_times, before_date=before_date, after_day=after_day, after_year=after_year)
    return cursor.attempt(reader, quiet=before_date) or ()


def _read_times(
    cursor: Cursor, *, before_date: bool, after_day: bool, after_year: bool
) -> tuple[TimeOfDay, ...] | None:
    bracket = marked = False
    if not before_date:
        marked = cursor.read_mark(",")
        bracket = cursor.read_mark("(")
    if cursor.read_phrase(vocabulary.BETWEEN):
        return _read_between(cursor, before_date=before_date)
    is_iso = cursor.current.value == "t" and cursor.current.adjacent
    opening = cursor.attempt(partial(_read_opening, may_be_dash=not before_date))
    if opening is None and (before_date or after_day):
        opening = cursor.attempt(partial(_read_bare_opening, before_date=before_date), quiet=True)
    times = None
    if opening is None and after_year:
        times = cursor.attempt(partial(_read_plain_times, marked=marked or bracket), quiet=True)
    if opening is None and times is None:
        return None
    if opening and is_iso and not opening.offset:
        opening = opening._replace(offset=_read_signed_offset(cursor, "-"))
    times = times or (_read_stretch(cursor, opening) if opening else ())
    while len(times) in range(2, _MAX_TIMES) and (following := cursor.attempt(_read_next_stretch)):
        times += following
    if cursor.attempt(_read_other_time, quiet=True):
        message = msg("{words} has more times than a start and an end", words=quoted(cursor.text.strip()))
        hint = msg("write the first and the last time: 2017-11-08T15:00/2017-11-08T16:30")
        raise DatePhraseError(message, hint, cursor.text.strip())
    offset = cursor.attempt(_read_offset_in_brackets) or ""
    if bracket:
        cursor.read_mark(")")
    return share_offset(*times, offset=offset)


def _read_opening(cursor: Cursor, *, may_be_dash: bool) -> TimeOfDay | None:
    if not cursor.read_phrase(vocabulary.AT) and may_be_dash:
        cursor.read_mark("-")
    return _read_time(cursor) or _read_start_hour(cursor)


def _read_between(cursor: Cursor, *, before_date: bool) -> tuple[TimeOfDay, ...] | None:
    """Read the hours of "entre 9h et 17h"; before a date, one of them is surely an hour."""
    is_hour = not before_date or cursor.current.value == "las"
    cursor.read_phrase(vocabulary.AT)
    start = _read_time(cursor)
    is_hour |= start is not None
    start = start or cursor.attempt(_read_bare_hour)
    if start is None or not (cursor.read_phrase(vocabulary.AND) or cursor.read_phrase(vocabulary.TO)):
        return None
    cursor.read_phrase(vocabulary.ARTICLE)
    end = _read_time(cursor)
    is_hour |= end is not None
    end = end or cursor.attempt(_read_bare_hour)
    return share_offset(*_name_bare_hours(*_resolve_halves_of_day(start, end))) if end and is_hour else None


def _read_plain_times(cursor: Cursor, *, marked: bool) -> tuple[TimeOfDay, ...] | None:
    """Read times in digits alone after a date with a year: "9-17", "15.00-16.30", "0900-1700", "15.00".

    ``marked``: a comma or a bracket is before them. "2018-2019" are years.
    """
    begin = cursor.position
    start = _read_military_time(cursor) or (_read_hour_in_digits(cursor) if marked else None)
    is_military = cursor.tokens[begin].value[2:] != ""
    reader = _read_military_time if is_military else _read_hour_in_digits
    end = cursor.attempt(lambda cursor: reader(cursor) if cursor.read_mark("-") else None)
    words, offset = cursor.text_since(begin), _read_utc_offset(cursor)
    is_date = cursor.attempt(_read_rest_of_date) or cursor.current.kind in ("number", "clock")
    if start is None or is_date or (end and end.time == start.time):
        return None
    has_minutes = any(clock.time[3:] > "12" for clock in (start, end or start)) or ".00" in words
    is_clear = words < "19" if is_military else has_minutes
    if end is None:
        return (start._replace(offset=offset),) if is_clear and not start.written else None
    if is_military and not is_clear and int(words[-4:]) - int(words[:4]) < 30:
        return None
    times = _name_bare_hours(*_resolve_halves_of_day(start, end))
    if not is_clear and not any(clock.doubts for clock in times):
        doubt = msg("{words} may be hours or days: the hours are assumed", words=quoted(words))
        times = (times[0]._replace(doubts=(doubt,)), *times[1:])
    return share_offset(*(clock._replace(written="") for clock in times), offset=offset)


def _read_military_time(cursor: Cursor) -> TimeOfDay | None:
    """Read a time of four digits: "0900"."""
    digits = cursor.current.value
    if cursor.read_number(4) is None or digits > "2400" or digits[2:] > "59":
        return None
    return TimeOfDay(f"{digits[:2]}:{digits[2:]}")


def _read_hour_in_digits(cursor: Cursor) -> TimeOfDay | None:
    """Read an hour in digits alone: "9", "15.00"."""
    token = cursor.current
    hour = cursor.read_number(1, 2)
    if hour is None or hour > 24:
        return None
    minutes = cursor.attempt(_read_minutes, quiet=True)
    is_clear = hour == 0 or hour > 12 or minutes is not None
    return TimeOfDay(f"{hour:02}:{minutes or 0:02}", written="" if is_clear else token.raw)


def _read_bare_opening(cursor: Cursor, *, before_date: bool) -> TimeOfDay | None:
    """Read an hour without ``h``, am or pm: "a las 19", "à 18", or the 9 of "de 9 a 14"."""
    if cursor.read_phrase(vocabulary.AT_HOUR):
        is_year = cursor.current.value > "19"
        return cursor.attempt(_read_bare_hour) or (None if is_year else _read_military_time(cursor))
    word = cursor.current
    if before_date:
        return None
    if cursor.read_word(("a",)):
        hour = _read_bare_hour(cursor)
        if hour is None or word.raw in ("à", "À"):
            return hour
        doubt = msg("{words} may be an hour or a day: the hour is assumed", words=quoted(f"{word.raw} {hour.time[:2]}"))
        return hour._replace(doubts=(doubt,))
    hour = _read_bare_hour(cursor) if cursor.read_phrase(vocabulary.FROM_HOUR) else None
    start = cursor.position
    has_end = hour is not None and _read_end(cursor) is not None
    cursor.position = start
    return hour if has_end else None


def _read_stretch(cursor: Cursor, start: TimeOfDay) -> tuple[TimeOfDay, ...]:
    """Read the end of a stretch, and resolve both ends."""
    if start.half_of_day == _MIDNIGHT:
        doubt = msg("midnight may be the beginning or the end of the day: the beginning is assumed")
        start = start._replace(time="00:00", half_of_day="", doubts=(doubt,))
    end = cursor.attempt(_read_end)
    if end is None:
        start = cursor.attempt(partial(_read_late_end, start=start), quiet=True) or start
    return _name_bare_hours(*((start,) if end is None else _resolve_halves_of_day(start, end)))


def _name_bare_hours(*times: TimeOfDay) -> tuple[TimeOfDay, ...]:
    """Return the times with a doubt for each hour without am or pm, if no other one is clear."""
    if all(clock.written or clock.half_of_day == _MIDNIGHT for clock in times):
        return tuple(_assume_hour(clock, clock.time) if clock.written else clock for clock in times)
    return times


def _read_late_end(cursor: Cursor, start: TimeOfDay) -> TimeOfDay | None:
    """Read an end without an hour, "8pm-late", which is left out."""
    begin = cursor.position
    joined = cursor.read_phrase(vocabulary.TO) or cursor.read_phrase(vocabulary.UNTIL)
    if not joined or not cursor.read_phrase(vocabulary.LATE):
        return None
    doubt = msg("{words} is not part of the date and is left out", words=quoted(cursor.text_since(begin)))
    return start._replace(doubts=(*start.doubts, doubt))


def _read_next_stretch(cursor: Cursor) -> tuple[TimeOfDay, ...] | None:
    """Read a further start and end: "9h-12h et 14h-17h"."""
    has_mark = cursor.read_mark(",", ";", "/")
    if not cursor.read_phrase(vocabulary.AND) and not has_mark:
        return None
    start = cursor.attempt(partial(_read_opening, may_be_dash=False))
    start = start or cursor.attempt(partial(_read_bare_opening, before_date=False))
    times = _read_stretch(cursor, start) if start else ()
    return times if len(times) == 2 else None


def _read_other_time(cursor: Cursor) -> bool:
    """Read "and", "or" or "to" and another time."""
    if not any(cursor.read_phrase(phrases) for phrases in (vocabulary.AND, vocabulary.OR, vocabulary.TO)):
        return False
    cursor.read_phrase(vocabulary.AT)
    return _read_time(cursor) is not None


def _read_end(cursor: Cursor) -> TimeOfDay | None:
    """Read "to" and the end of a stretch; the number of "au 9" is a day."""
    is_until = cursor.current.value in vocabulary.UNTIL_WORDS
    if not cursor.read_phrase(vocabulary.TO) and not cursor.read_mark("/"):
        return None
    cursor.read_phrase(vocabulary.ARTICLE)
    return _read_time(cursor) or (None if is_until else cursor.attempt(_read_bare_hour, quiet=True))


def _read_time(cursor: Cursor) -> TimeOfDay | None:
    token = cursor.current
    if token.kind not in ("clock", "am", "pm"):  # the number may still be part of a date
        return cursor.attempt(_read_hour_with_daytime, quiet=True)
    cursor.advance()
    if token.kind == "clock" and (half := _read_daytime(cursor, int(token.value[:2]))):
        return _from_twelve_hour_clock(token.value, half)
    if token.value == "12:00" and _is_word(cursor):  # "12:00 noon"
        token = cursor.advance()
    half = token.kind if token.kind != "clock" else _MIDNIGHT if token.raw.isalpha() and token.value == "24:00" else ""
    return TimeOfDay(token.value, _read_utc_offset(cursor), half)


def _is_word(cursor: Cursor) -> bool:
    """Tell whether the next token is noon or midnight in words."""
    return cursor.current.kind == "clock" and cursor.current.raw.isalpha()


def _read_hour_with_daytime(cursor: Cursor) -> TimeOfDay | None:
    """Read an hour followed by a part of the day: "7 de la tarde", "12 noon"."""
    hour = cursor.read_number(1, 2)
    if hour == 12 and cursor.read_phrase(vocabulary.AT_NIGHT):
        return TimeOfDay("24:00", half_of_day=_MIDNIGHT)
    if hour == 12:  # "12 noon"
        cursor.read_word(("del", "du"))
        return _read_time(cursor) if _is_word(cursor) else None
    half = _read_daytime(cursor, hour) if hour is not None else ""
    return _from_twelve_hour_clock(f"{hour:02}:00", half) if half else None


def _read_daytime(cursor: Cursor, hour: int) -> str:
    """Return ``am`` or ``pm`` for the part of the day after an hour from 1 to 11; "12 at night" is ambiguous."""
    if not 1 <= hour < 12:
        return ""
    return "am" if cursor.read_phrase(vocabulary.MORNING) else "pm" if cursor.read_phrase(vocabulary.AFTERNOON) else ""


def _from_twelve_hour_clock(time: str, half: str) -> TimeOfDay:
    return TimeOfDay(f"{int(time[:2]) + (12 if half == 'pm' else 0):02}{time[2:]}", half_of_day=half)


def _read_start_hour(cursor: Cursor) -> TimeOfDay | None:
    """Read a start without minutes that is followed by an end: the 3 of "3-4:30 pm"."""
    start, furthest = cursor.position, cursor.furthest
    hour = cursor.read_number(1, 2)
    has_end = hour is not None and hour < 24 and cursor.read_phrase(vocabulary.TO) and _read_time(cursor) is not None
    cursor.position, cursor.furthest = start + has_end, furthest  # the number may still be part of a date
    return TimeOfDay(f"{hour:02}:00", written=str(hour)) if has_end else None


def _read_bare_hour(cursor: Cursor) -> TimeOfDay | None:
    """Read an hour without ``h``, am or pm, or minutes after a dot: "19", "8.30"; None if the number is a day."""
    token = cursor.current
    hour = cursor.read_number(1, 2)
    if hour is None or hour > 24:
        return None
    if token.value == "12" and cursor.read_phrase(vocabulary.AT_NIGHT):
        return TimeOfDay("24:00", half_of_day=_MIDNIGHT)
    minutes = cursor.attempt(_read_minutes, quiet=True)
    if minutes is None and cursor.attempt(_read_rest_of_date, quiet=True):
        return None
    has_name = cursor.read_phrase(vocabulary.O_CLOCK)
    time = f"{hour:02}:{minutes or 0:02}"
    if half := _read_daytime(cursor, hour):
        return _from_twelve_hour_clock(time, half)
    is_clear = hour == 0 or hour > 12 or (minutes is not None and not has_name)
    return TimeOfDay(time, _read_utc_offset(cursor), written="" if is_clear else token.raw)


def _read_minutes(cursor: Cursor) -> int | None:
    """Read the minutes of "8.30"; "8.30.2018" is a date."""
    minutes = cursor.read_number(2) if cursor.read_mark(".", adjacent=True) else None
    return minutes if minutes is not None and minutes < 60 and cursor.current.value != "." else None


def _read_rest_of_date(cursor: Cursor) -> bool:
    """Read what makes the number before it a day: a separator, a month, a year or a time."""
    if cursor.read_mark("-", "/", ".", adjacent=True):
        return cursor.current.kind == "number"
    if cursor.read_phrase(vocabulary.AT) and cursor.current.kind in ("clock", "am", "pm"):
        return True
    cursor.read_phrase(vocabulary.OF_YEAR)
    cursor.read_phrase(vocabulary.OF)
    return cursor.current.value in vocabulary.MONTHS or cursor.read_number(4) is not None


def _read_utc_offset(cursor: Cursor) -> str:
    """Read the offset from UTC: ``Z``, ``+02:00``, ``UTC``, ``UTC-5``, ``AoE``."""
    if cursor.current.adjacent and cursor.read_word(("z",)):
        return "Z"
    if cursor.read_phrase(vocabulary.ANYWHERE_ON_EARTH):
        return "-12:00"
    has_utc = bool(cursor.read_word(("utc", "gmt")))
    return _read_signed_offset(cursor, "+") or (_read_signed_offset(cursor, "-") or "Z" if has_utc else "")


def _read_signed_offset(cursor: Cursor, sign: str) -> str:
    """Read ``+2`` or ``-05:00``; a minus sign has no space on either side."""
    start = cursor.position
    if cursor.read_mark(sign, adjacent=sign == "-") and cursor.current.adjacent:
        token = cursor.current
        if token.kind == "clock" and re.fullmatch(r"(0\d|1[0-4]):\d\d", token.value):
            cursor.advance()
            if cursor.current.value not in ("utc", "gmt"):
                return sign + token.value
        elif (hour := cursor.read_number(1, 2)) is not None:
            return f"{sign}{hour:02}:00"
        elif (digits := cursor.read_number(4)) is not None:
            return f"{sign}{digits // 100:02}:{digits % 100:02}"
    cursor.position = start
    return ""


def _read_offset_in_brackets(cursor: Cursor) -> str | None:
    has_zone = cursor.read_mark("(") and cursor.current.value not in "+-"  # "(+1)" may be the next day
    offset = _read_utc_offset(cursor) if has_zone else ""
    return offset if offset and cursor.read_mark(")") else None


def share_offset(*times: TimeOfDay, offset: str = "") -> tuple[TimeOfDay, ...]:
    """Return the times with the only UTC offset that they have: "15:00-16:30 UTC" is UTC at both ends."""
    offsets = {clock.offset for clock in times if clock.offset} or {offset}
    only = offsets.pop() if len(offsets) == 1 else ""
    return tuple(clock._replace(offset=clock.offset or only) for clock in times)


def _resolve_halves_of_day(start: TimeOfDay, end: TimeOfDay) -> tuple[TimeOfDay, TimeOfDay]:
    """Resolve an hour without am or pm by the other end: "3-4:30 pm", "7pm-9", "9 to 5"."""
    if end.half_of_day in ("am", "pm") and not start.half_of_day:
        return _in_half_of_day(start, before=end), end
    if start.half_of_day and not end.half_of_day:
        return start, _in_half_of_day(end, after=start)
    later = _on_twelve_hour_clock(end)[-1]
    if end.written and end.time < start.time < later:
        return start, end._replace(time=later) if start.written else _assume_hour(end, later)
    return start, end


def _in_half_of_day(clock: TimeOfDay, *, before: TimeOfDay | None = None, after: TimeOfDay | None = None) -> TimeOfDay:
    """Return the time in the half of the day in which it comes ``before`` or ``after`` the other end."""
    times = _on_twelve_hour_clock(clock)
    if after:
        time = next((time for time in times if time > after.time), times[0])
    else:
        time = next((time for time in reversed(times) if before and time <= before.time), times[-1])
    return clock._replace(time=time, written="")


def _on_twelve_hour_clock(clock: TimeOfDay) -> tuple[str, ...]:
    """Return the times of the day that a time without am or pm can be."""
    hour, rest = int(clock.time[:2]), clock.time[2:]
    return (f"{hour % 12:02}{rest}", f"{hour % 12 + 12:02}{rest}") if 1 <= hour <= 12 else (clock.time,)


def _assume_hour(clock: TimeOfDay, time: str) -> TimeOfDay:
    doubt = msg("{words} has no am or pm: {time} is assumed", words=quoted(clock.written), time=time)
    return clock._replace(time=time, written="", doubts=(*clock.doubts, doubt))


def single_time(found: PartialDate) -> TimeOfDay | None:
    """Return the time of a date; None if it has none or several."""
    return found.times[0] if len(found.times) == 1 else None


def is_overnight(times: Sequence[TimeOfDay]) -> bool:
    """Tell whether the last time is on the day after the first."""
    return times[-1].time < times[0].time and times[-1].offset == times[0].offset


def time_doubts(found: PartialDate) -> Iterator[Message]:
    """Return the doubts about the times of a date; several stretches of hours are joined."""
    words, times = quoted(found.text), found.times
    for clock in times:
        yield from clock.doubts
    if len(times) > 2:
        stretches = zip(times[::2], times[1::2], strict=True)
        hours = ", ".join(f"{start.time}-{end.time}" for start, end in stretches)
        yield msg("{words} has several stretches of hours: {hours}; they are joined", words=words, hours=hours)
    if is_overnight(times):
        yield msg("{words} ends before it starts: the end is assumed to be on the next day", words=words)

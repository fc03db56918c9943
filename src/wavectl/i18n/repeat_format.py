"""Say in words how often a moment comes again: ``every month (first Monday), 6 times in all``."""

import re
from collections.abc import Iterator

from wavectl.dates.edtf import parse
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import babel_locale, month_names

_FREQUENCIES = {
    "YEARLY": (phrase("every year"), phrase("every {count} years")),
    "MONTHLY": (phrase("every month"), phrase("every {count} months")),
    "WEEKLY": (phrase("every week"), phrase("every {count} weeks")),
}
_POSITIONS = {
    "1": phrase("first {weekday}"),
    "2": phrase("second {weekday}"),
    "3": phrase("third {weekday}"),
    "4": phrase("fourth {weekday}"),
    "5": phrase("fifth {weekday}"),
    "-1": phrase("last {weekday}"),
    "-2": phrase("last {weekday} but one"),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOLD_BY_FIRST_DATE = (
    ("YEARLY", {"BYMONTH"}),
    ("YEARLY", {"BYMONTH", "BYMONTHDAY"}),
    ("MONTHLY", {"BYMONTHDAY"}),
    ("WEEKLY", {"BYDAY"}),
)
"""Parts of a rule that say no more than its first date, if each has one value that counts from the start."""


def format_repeating_date(date: str, rule: RecurrenceRule | None, language: str) -> str:
    """Return the first date of a moment, which is in words, and how often it comes again, if it does."""
    if rule is None:
        return date
    return translator(language)(phrase("{date}, then {repeat}")).format(date=date, repeat=format_repeat(rule, language))


def format_repeat(rule: RecurrenceRule, language: str) -> str:
    """Return how often a moment comes again, and on which days where its first date does not tell."""
    translate, parts = translator(language), dict(rule.parts) or {"FREQ": "YEARLY"}
    one, several = _FREQUENCIES[parts["FREQ"]]
    interval = parts.get("INTERVAL", "1")
    text = translate(one) if interval == "1" else translate(several).format(count=interval)
    days = _format_days(parts, language)
    return ", ".join((f"{text} ({days})" if days else text, *_format_end(parts, language)))


def _format_end(parts: dict[str, str], language: str) -> Iterator[str]:
    translate, count, until = translator(language), parts.get("COUNT"), parts.get("UNTIL")
    if count:
        yield translate("once in all") if count == "1" else translate("{count} times in all").format(count=count)
    if until:
        yield format_date(parse(f"../{until[:4]}-{until[4:6]}-{until[6:8]}"), language)


def _format_days(parts: dict[str, str], language: str) -> str:
    """Return the months and days of a rule: October: first Monday."""
    translate = translator(language)
    lists = {name: value.split(",") for name, value in parts.items() if name.startswith("BY")}
    if (parts["FREQ"], set(lists)) in _TOLD_BY_FIRST_DATE and not any(map(re.compile("[,-]").search, parts.values())):
        return ""
    names = month_names(language, standalone=True)
    months = ", ".join(names[int(month)] for month in lists.get("BYMONTH", ()))
    days = [_format_month_day(day, language) for day in lists.get("BYMONTHDAY", ())]
    days += [_format_weekday(day, language) for day in lists.get("BYDAY", ())]
    if positions := lists.get("BYSETPOS"):
        days = [_format_position(position, "/".join(days or [months]), language) for position in positions]
    if months and days:
        return translate("{label}: {text}").format(label=months, text=", ".join(days))
    return months or ", ".join(days)


def _format_month_day(number: str, language: str) -> str:
    translate = translator(language)
    return translate("last day of the month") if number == "-1" else translate("day {number}").format(number=number)


def _format_weekday(day: str, language: str) -> str:
    name = babel_locale(language).days["format"]["wide"][_WEEKDAYS.index(day[-2:])]
    return _format_position(day[:-2], name, language) if day[:-2] else str(name)


def _format_position(number: str, weekday: str, language: str) -> str:
    if number in _POSITIONS:
        return translator(language)(_POSITIONS[number]).format(weekday=weekday)
    return translator(language)(phrase("{weekday} no. {number}")).format(weekday=weekday, number=number)

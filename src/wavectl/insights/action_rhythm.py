"""Whether the actions of a wave gather around its moments: in words, as bars by week, and as data."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from wavectl.actions.counts import week_of
from wavectl.actions.rhythm import MIN_ACTIONS, Rhythm, Silence
from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_decimal, format_number
from wavectl.insights.action_counts import SCHEMA, bar_cell, bar_width, date_of_key, keys_between
from wavectl.model import Text
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, PageBlock, Section, build_table, page_line, styled_line

_MOMENT_MARK, _WINDOW_MARK = "●", "│"
_LEGEND = phrase("● a firm moment in this week   │ a week within 7 days of one")
_REASONS = {
    Silence.NO_CALENDAR: phrase("Nothing can be said yet: the wave has no calendar."),
    Silence.NO_FIRM_MOMENTS: phrase("Nothing can be said yet: no moment in the calendar has a firm date."),
    Silence.WINDOW_TOO_LARGE: phrase(
        "Nothing can be said: the firm moments, with 7 days on each side, fill more than half of the calendar."
    ),
    Silence.TOO_FEW_ACTIONS: phrase(
        "Nothing can be said yet: that takes {least} actions whose days are known, and there are {count}."
    ),
}
_VERDICTS = {
    "more": phrase("Around the firm moments there are more actions than with an even spread over the calendar."),
    "fewer": phrase("Around the firm moments there are fewer actions than with an even spread over the calendar."),
    "even": phrase("Nothing shows that the actions gather around the firm moments, or keep away from them."),
}
_LIMITS = (
    phrase("In 95 of 100 cases like this one, the true number lies between the lowest and the highest one."),
    phrase("This does not show that the moments bring actions about: season, holidays or deadlines may move both."),
    phrase("It only knows actions that were registered, and counts one for each organiser and week."),
)
"""What the numbers mean, and what they do not prove."""


def describe_rhythm(rhythm: Rhythm, context: RenderContext) -> list[str]:
    """Say whether the actions gather around the moments and how much, then what that does not prove."""
    ratio = context.format_message(_describe_ratio(rhythm, context))
    if rhythm.ratio is None:
        return [ratio]
    verdict = "more" if rhythm.ratio.low > 1 else "fewer" if rhythm.ratio.high < 1 else "even"
    return [context.translate(_VERDICTS[verdict]), ratio, *map(context.translate, _LIMITS)]


def _describe_ratio(rhythm: Rhythm, context: RenderContext) -> Message:
    """Say what comes out: "3.1 times as many as an even spread, 2.4 to 3.9, from 214 actions; 58 left out"."""
    count = format_number(rhythm.inside + rhythm.outside, context.language)
    if rhythm.ratio is None:
        return msg(_REASONS[rhythm.silence or Silence.NO_CALENDAR], least=MIN_ACTIONS, count=count)
    value, low, high = (format_decimal(number, context.language) for number in rhythm.ratio)
    return msg(
        "{ratio} times as many as an even spread, {low} to {high}, from {count} actions; {left_out} left out",
        ratio=value,
        low=low,
        high=high,
        count=count,
        left_out=format_number(rhythm.left_out, context.language),
    )


def build_page(facts: Sequence[tuple[Text, Rhythm]], context: RenderContext, limit: int | None) -> Page:
    """Return the page, with a section for each wave; ``limit`` is the maximum number of weeks."""
    t = context.translate
    sections = tuple(Section(context.text(title), (*_blocks(rhythm, context, limit),)) for title, rhythm in facts)
    lead = () if facts else (styled_line(t("There are no actions.")),)
    return Page(t("Do the actions gather around the moments?"), lead, sections)


def _blocks(rhythm: Rhythm, context: RenderContext, limit: int | None) -> list[PageBlock]:
    t = context.translate
    sentences = describe_rhythm(rhythm, context)
    blocks: list[PageBlock] = [*map(page_line, sentences[:2]), *map(styled_line, sentences[2:])]
    if rhythm.weeks:
        blocks += [_week_table(rhythm, context, limit), styled_line(t(_LEGEND))]
    return blocks


def _week_table(rhythm: Rhythm, context: RenderContext, limit: int | None) -> PageBlock:
    moments: dict[str, list[str]] = {}
    for moment in rhythm.moments:
        moments.setdefault(week_of(moment.first), []).append(context.text(moment.group.short or moment.group.title))
    close = {week for first, last in rhythm.window for week in _weeks_between(first, last)}
    weeks = keys_between(week_of, {*rhythm.weeks, *moments})
    most, width = max(rhythm.weeks.values()), bar_width(context, 45)

    def cells(week: str) -> list[Cell | str]:
        number = rhythm.weeks.get(week, 0)
        mark = _MOMENT_MARK if week in moments else _WINDOW_MARK if week in close else ""
        label = format_date(date_of_key(week), context.language)
        titles = ", ".join(moments.get(week, ()))
        return [
            label,
            Cell(mark, "firm"),
            format_number(number, context.language),
            bar_cell(number, most, width),
            titles,
        ]

    headings = (Column(min_width=20), Column(width=1), Column(align_right=True), Column(width=width), Column())
    return build_table(headings, weeks, cells, limit)


def _weeks_between(first: date, last: date) -> list[str]:
    return [week_of(first + timedelta(days=days)) for days in range((last - first).days + 1)]


def as_data(facts: Sequence[tuple[Text, Rhythm]], context: RenderContext) -> dict[str, Any]:
    """Return the data for JSON."""
    return {"schema": SCHEMA, "waves": [_wave_data(rhythm) for _, rhythm in facts]}


def _wave_data(rhythm: Rhythm) -> dict[str, Any]:
    first, last = rhythm.calendar or (None, None)
    ratio = rhythm.ratio._asdict() if rhythm.ratio else {"value": None, "low": None, "high": None}
    return {
        "wave": rhythm.wave,
        "calendar": {"first": first, "last": last},
        "window": [{"first": start, "last": end} for start, end in rhythm.window],
        "window_share": round(rhythm.window_share, 4),
        "moments": [
            {"moment": moment.group.root.reference, "first": moment.first, "last": moment.last}
            for moment in rhythm.moments
        ],
        "actions": rhythm.inside + rhythm.outside,
        "inside": rhythm.inside,
        "left_out": rhythm.left_out,
        "ratio": {name: number and round(number, 4) for name, number in ratio.items()},
        "silent": rhythm.silence,
        "weeks": [{"key": week, "actions": number} for week, number in rhythm.weeks.items()],
    }

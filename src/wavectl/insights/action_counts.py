"""The counts of local actions as a table, as bars, and as data: how many, in words that say what is counted."""

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from io import StringIO
from typing import Any, NamedTuple

from wavectl.actions.counts import KEYS_OF_DATES, Count, CountBy, Counts, first_day
from wavectl.dates.edtf import When, parse
from wavectl.diagnostics import msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_number
from wavectl.plan.loader import Plan
from wavectl.render.context import ACTION_KIND_LABELS, ORGANISER_TYPE_LABELS, RenderContext
from wavectl.render.page import Cell, Column, Page, PageLine, build_table, page_line, styled_line, terminal_table
from wavectl.render.timeline.csv import csv_cell

SCHEMA = "wavectl/actions/1"
REVIEW_LABELS = {"pending": phrase("to review"), "accepted": phrase("accepted"), "refused": phrase("refused")}
"""The labels of what the team decided about actions."""
_HEADINGS = {
    CountBy.COUNTRY: (phrase("Country"), phrase("country not known")),
    CountBy.REGION: (phrase("Region"), phrase("region not known")),
    CountBy.MONTH: (phrase("Month"), phrase("month not known")),
    CountBy.WEEK: (phrase("Week"), phrase("week not known")),
    CountBy.PRIORITY: (phrase("Strategic priority"), phrase("no priority named")),
    CountBy.KIND: (phrase("Kind"), phrase("kind not known")),
    CountBy.ORGANISER_TYPE: (phrase("Type of organiser"), phrase("type not known")),
    CountBy.MOMENT: (phrase("Moment"), phrase("no moment named")),
    CountBy.REVIEW: (phrase("Review"), phrase("to review")),
}
"""The heading of the keys, and the label of what is in no row."""
_WORDS: Mapping[CountBy | None, Mapping[str, str]] = {
    CountBy.KIND: ACTION_KIND_LABELS,
    CountBy.ORGANISER_TYPE: ORGANISER_TYPE_LABELS,
    CountBy.REVIEW: REVIEW_LABELS,
}
_BAR_WIDTH = 40
"""The length of the longest bar without a screen, in cells."""
_LONGEST_AXIS = 3660
"""From how many days on bars show only the weeks or months with actions."""


class CountFacts(NamedTuple):
    """The counts of the actions of some waves of a plan."""

    plan: Plan
    waves: Sequence[str]
    counts: Counts


class _Row(NamedTuple):
    key: str
    label: str
    sums: Count


# -- words


def describe_count(count: Count, context: RenderContext, *, is_public: bool = False) -> str:
    """Say what a count counts: "1,204 actions, 512 with a result: at least 61,000 people".

    With ``is_public`` all of them are accepted, which is not said.
    """
    texts = [counted(count.actions, phrase("1 action"), phrase("{count} actions"), context)]
    if count.accepted == count.actions > 1 and not is_public:
        texts.append(context.translate("all of them accepted"))
    elif not is_public:
        texts.append(counted(count.accepted, phrase("1 of them accepted"), phrase("{count} of them accepted"), context))
    if count.reported:
        reported = counted(count.reported, phrase("1 with a result"), phrase("{count} with a result"), context)
        texts.append(context.labelled(reported, _people_in_words(count, context)))
    elif count.actions:
        texts.append(context.translate("no result yet"))
    return ", ".join(texts)


def counted(number: int, one: str, many: str, context: RenderContext) -> str:
    """Return a phrase for one, or that with ``{count}`` for another number, as the reader's language writes it."""
    if number == 1:
        return context.translate(one)
    return context.translate(many).format(count=format_number(number, context.language))


def _people_in_words(count: Count, context: RenderContext) -> str:
    if not count.with_people:
        return context.translate("how many people came is not known")
    people = counted(count.people_low, phrase("1 person"), phrase("{count} people"), context)
    if count.people_high is None or count.with_people < count.reported:
        return context.format_message(msg("at least {people}", people=people))
    if count.people_high == count.people_low:
        return people
    low, high = (format_number(number, context.language) for number in (count.people_low, count.people_high))
    return context.format_message(msg("{low} to {high} people", low=low, high=high))


def people_text(count: Count, context: RenderContext) -> str:
    """Return the people of a count in few characters: "1,200", "1,200–1,500" or "1,200+"; "" for none."""
    low = format_number(count.people_low, context.language)
    if not count.with_people:
        return ""
    if count.people_high is None:
        return f"{low}+"
    high = format_number(count.people_high, context.language)
    return low if high == low else f"{low}–{high}"


def key_label(facts: CountFacts, key: str, context: RenderContext) -> str:
    """Return the key of a row in words; the key itself where the plan does not know it."""
    programme, by = facts.plan.programme, facts.counts.by
    if by is CountBy.COUNTRY:
        return country_name(key, context.language)
    if by in (CountBy.MONTH, CountBy.WEEK):
        return format_date(date_of_key(key), context.language)
    if by is CountBy.REGION and key in programme.regions:
        return context.text(programme.regions[key].name)
    if by is CountBy.PRIORITY and key in programme.priorities:
        return context.text(programme.priorities[key])
    if by is CountBy.MOMENT:
        return _moment_title(facts, key, context)
    words = _WORDS.get(by, {})
    return context.translate(words[key]) if key in words else key


def _moment_title(facts: CountFacts, key: str, context: RenderContext) -> str:
    wave, _, moment_id = key.rpartition("/")
    moments = facts.plan.waves[wave or facts.waves[0]].moments if (wave or facts.waves) else ()
    return next((context.text(moment.title) for moment in moments if moment.id == moment_id), key)


def date_of_key(key: str) -> When:
    """Return the month or week of a key as a date."""
    first = first_day(key)
    return parse(f"{first}/{first + timedelta(days=6)}" if "W" in key else key)


# -- page


def build_page(facts: CountFacts, context: RenderContext, limit: int | None) -> Page:
    """Return the page: what is counted in words, then a table."""
    t = context.translate

    def cells(row: _Row) -> list[Cell | str]:
        count = row.sums
        numbers = [format_number(number, context.language) for number in count[:3]]
        return [Cell(row.label, "" if row.key else "aside"), *numbers, people_text(count, context)]

    rows, by = _rows(facts, context), facts.counts.by
    headings = [phrase("Actions"), phrase("Accepted"), phrase("With a result"), phrase("People")]
    columns = [Column(t(_HEADINGS[by][0])) if by else Column()]
    columns += [Column(t(heading), align_right=True, min_width=6) for heading in headings]
    table = (build_table(columns, rows, cells, limit),) if rows else ()
    return Page(t("Local actions"), (*_lead(facts, context), *table), notes=_notes(facts, context))


def render_bars(facts: CountFacts, context: RenderContext) -> str:
    """Return what is counted in words, then a bar for each row; weeks and months without actions too."""
    rows = _with_empty_rows(facts, _rows(facts, context), context)
    most = max((row.sums.actions for row in rows), default=0)
    labels = max((len(row.label) for row in rows), default=0)
    width = bar_width(context, labels + 12)

    def cells(row: _Row) -> list[Cell | str]:
        number = row.sums.actions
        return [row.label, format_number(number, context.language), bar_cell(number, most, width)]

    columns = (Column(), Column(align_right=True, min_width=6), Column())
    table = (build_table(columns, rows, cells),) if rows else ()
    page = Page(context.translate("Local actions"), (*_lead(facts, context), *table), notes=_notes(facts, context))
    return terminal_table.render(page, context)


def _lead(facts: CountFacts, context: RenderContext) -> list[PageLine]:
    return [page_line(describe_count(facts.counts.total, context))]


def _notes(facts: CountFacts, context: RenderContext) -> tuple[PageLine, ...]:
    counts = facts.counts
    if not (counts.refused or counts.cancelled):
        return ()
    numbers = [format_number(number, context.language) for number in (counts.refused, counts.cancelled)]
    left_out = msg("Left out: refused {refused}, cancelled {cancelled}.", refused=numbers[0], cancelled=numbers[1])
    return (styled_line(context.format_message(left_out)),)


def _rows(facts: CountFacts, context: RenderContext) -> list[_Row]:
    counts, by = facts.counts, facts.counts.by
    if by is None:
        return []
    rows = [_Row(key, key_label(facts, key, context), count) for key, count in counts.rows.items()]
    if counts.unknown.actions:
        rows.append(_Row("", context.translate(_HEADINGS[by][1]), counts.unknown))
    return rows


def _with_empty_rows(facts: CountFacts, rows: list[_Row], context: RenderContext) -> list[_Row]:
    """Return the rows, with those of the weeks or months between them that have no actions."""
    key_of, known = KEYS_OF_DATES.get(facts.counts.by), {row.key: row for row in rows if row.key}
    if key_of is None:
        return rows
    filled = (
        known.get(key) or _Row(key, key_label(facts, key, context), Count()) for key in keys_between(key_of, known)
    )
    return [*filled, *(row for row in rows if not row.key)]


def keys_between(key_of: Callable[[date], str], keys: Collection[str]) -> list[str]:
    """Return the keys of all weeks or months from the first to the last of some; only these if that is too long."""
    if not keys:
        return []
    day, last, found = first_day(min(keys)), first_day(max(keys)), dict[str, None]()
    if (last - day).days > _LONGEST_AXIS:
        return sorted(keys)
    while day <= last:
        found[key_of(day)] = None
        day += timedelta(days=7)
    return list({**found, key_of(last): None})


def bar_width(context: RenderContext, others: int) -> int:
    """Return the length of the longest bar on the screen, beside other columns of a width, in cells."""
    return min(_BAR_WIDTH, max(10, context.width - others)) if context.width else _BAR_WIDTH


def bar_cell(number: int, most: int, width: int) -> Cell:
    """Return a bar whose length is a number; ``most`` is as long as ``width``, and what is there is seen."""
    return Cell("█" * -(-number * width // most) if number else "", "note")


# -- data


def as_data(facts: CountFacts, context: RenderContext) -> dict[str, Any]:
    """Return the data for JSON."""
    counts = facts.counts
    return {
        "schema": SCHEMA,
        "waves": list(facts.waves),
        "by": counts.by,
        "total": counts.total._asdict(),
        "rows": [{"key": key, **count._asdict()} for key, count in counts.rows.items()],
        "unknown": counts.unknown._asdict(),
        "left_out": {"refused": counts.refused, "cancelled": counts.cancelled},
    }


def render_csv(facts: CountFacts, context: RenderContext) -> str:
    """Return a row for each key, then one for what is in none of them; a total alone where nothing is counted by."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("key", "label", *Count._fields))
    rows = _rows(facts, context) or [_Row("", context.translate("total"), facts.counts.total)]
    writer.writerows([csv_cell(value) for value in (row.key, row.label, *row.sums)] for row in rows)
    return out.getvalue()


OTHER_FORMATS = {"bars": render_bars, "csv": render_csv}
"""The formats beside those of all pages."""

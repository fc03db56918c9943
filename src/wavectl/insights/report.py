"""The report on a plan: one page for those who decide, then annexes with tables.

The first page has a few figures and the first lines of what the annexes hold in full.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.actions.counts import Count, Counts, sum_counts
from wavectl.dates import edtf
from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_number, format_percent, language_name
from wavectl.insights.action_counts import counted, describe_count, people_text
from wavectl.insights.convergence import Convergence, find_convergence
from wavectl.insights.convergence import page as convergence_page
from wavectl.insights.coverage import Coverage, SilentMonths, build_coverage, quarter_section, silence_section
from wavectl.insights.plan_changes import page as diff_page
from wavectl.insights.plan_changes.moments import MomentChangeKind
from wavectl.insights.plan_changes.page import PlanDiff
from wavectl.insights.plan_changes.texts import ChangeRow, ChangeWriter
from wavectl.insights.status import CertaintyCounts, EarlierStatus, PlanStatus, build_status, moments_sections
from wavectl.insights.todo import RECKONED, Todo, build_todo, dates_section, moments_section, translations_section
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, entry_state
from wavectl.render.page import (
    Bar,
    Bars,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Page,
    PageBlock,
    PageLine,
    Section,
    Table,
    build_table,
    legend,
    page_line,
    styled_line,
    table_section,
)
from wavectl.text.terminal import truncate
from wavectl.timeline.entries import Entry, Filter, build_timeline
from wavectl.timeline.firm_by import FIRM_LEAD_TIME
from wavectl.timeline.silent_months import MonthRange, month_number, months_as_date

DAYS_AHEAD = 60
"""How many days the report looks ahead, unless a period is given."""
MAX_ROWS = 200
"""The most rows of a table in the annexes."""
FRONT_ROWS = 3
"""The most rows of a table on the first page."""
_FRONT_WAVES, _CELL_LENGTH, _LINE_LENGTH = 4, 44, 90
"""The most waves with a bar, and characters of a cell, in a list longer."""


class Report(NamedTuple):
    """What the report says; ``status`` has the period, the earlier plan and the actions.

    ``entries`` are the moments of the period, ``diff`` is what has changed since the earlier plan.
    ``is_public`` is False if the plan holds what is never published. ``todo`` is None for the public site, which leaves
    out what only those who plan have to know: dates to firm up, clashes, texts to translate.
    """

    organiser: Text | None
    status: PlanStatus
    entries: tuple[Entry, ...]
    todo: Todo | None
    coverage: Coverage
    convergence: Convergence
    diff: PlanDiff | None
    is_public: bool


def build_report(
    plan: Plan,
    today: date,
    period: tuple[date, date] | None = None,
    earlier: EarlierStatus | None = None,
    actions: Mapping[str, Counts] = MappingProxyType({}),
    diff: PlanDiff | None = None,
    *,
    is_public: bool = True,
    for_site: bool = False,
) -> Report:
    """Gather what the report says about a plan in a period, both ends included; see ``timeline.public_plan``.

    ``actions`` are the local actions of the waves that have a register, counted by country. ``for_site`` leaves out
    what only those who plan have to know.
    """
    first, last = period or (today, today + timedelta(DAYS_AHEAD))
    in_countries = Counter[tuple[str | None, str | None]]()
    for counts in actions.values():
        in_countries[None, None] += counts.unknown.actions
        in_countries.update({(country, None): count.actions for country, count in counts.rows.items()})
    timeline = build_timeline(plan, list(plan.waves), today, entry_filter=Filter(first=first, last=last), merge=True)
    organiser = plan.programme.organiser
    return Report(
        organiser.name if organiser else None,
        build_status(plan, today, period=(first, last), earlier=earlier, actions=actions),
        timeline.entries,
        None if for_site else build_todo(plan, today),
        build_coverage(plan, today, in_countries if actions else None),
        find_convergence(plan, [], today, upcoming=True, by_pair=not for_site),
        diff._replace(changes=diff.changes.without_translations()) if diff and for_site else diff,
        is_public,
    )


def build_page(facts: Report, context: RenderContext, limit: int | None = MAX_ROWS) -> Page:
    """Build the page: figures, bars and the first lines of each subject, then the annexes."""
    status = facts.status
    name = status.name or context.translate("The plan")
    title = msg("{name}: report", name=name) if facts.is_public else msg("{name}: internal report", name=name)
    internal = () if facts.is_public else (styled_line(context.translate(_INTERNAL)),)
    subtitle = [context.day(status.today), *([context.text(facts.organiser)] if facts.organiser else [])]
    front = (
        _changes(facts.diff, context) if facts.diff else None,
        _moments_ahead(facts, context, FRONT_ROWS) or _nothing(_moments_heading(facts, context), context),
        _dates_to_chase(facts.todo, context, FRONT_ROWS) if facts.todo else None,
        _meetings(facts, context),
        _silence(facts, context) if facts.todo else None,
        _local_actions(facts, context),
        _translations(facts, context),
    )
    states = [entry_state(entry) for entry in facts.entries[:limit]]
    return Page(
        context.format_message(title),
        (styled_line(" · ".join(subtitle)), _key_figures(facts, context), _certainty_bars(facts, context)),
        (*(_shorten(section) for section in front if section), *_annexes(facts, context, limit)),
        (*legend(states, context), *internal),
    )


_INTERNAL = phrase("Internal: with drafts and all else that is not published, for the team alone.")


# -- the first page


def _share(part: int, whole: int, context: RenderContext) -> str:
    """Return a share in percent, rounded down, so that 100% means all; "-" of nothing."""
    return format_percent(100 * part // whole, context.language) if whole else "-"


def _period_text(facts: Report, context: RenderContext) -> str:
    period = facts.status.period
    return format_date(edtf.parse(f"{period.first}/{period.last}"), context.language)


def _key_figures(facts: Report, context: RenderContext) -> KeyFigures:
    status, figures = facts.status, list[KeyFigure]()
    counts, period, actions = status.counts, status.period.counts, sum_counts(_totals(facts))

    def add(number: int, labels: tuple[str, str], note: str) -> None:
        label = context.translate(labels[number != 1])
        figures.append(KeyFigure(format_number(number, context.language), label, note))

    if counts.total:
        change = context.format_message(_firm_change(status, context))
        label = context.translate("of the dates are firm")
        figures.append(KeyFigure(_share(counts.firm, counts.total, context), label, change))
    note = _period_text(facts, context)
    if period.total:
        note = context.format_message(msg("{list}; {hint}", list=note, hint=_firm_in_words(period, context)))
    add(period.total, _MOMENTS, note)
    if facts.todo:
        overdue = msg("overdue: {count}", count=len(facts.todo.overdue))
        add(len(facts.todo.dates), _DATES_TO_FIRM_UP, context.format_message(overdue))
    if status.actions:
        with_result = msg("with a result: {share}", share=_share(actions.reported, actions.actions, context))
        add(actions.actions, _LOCAL_ACTIONS, context.format_message(with_result) if actions.actions else "")
    return KeyFigures(tuple(figures))


_MOMENTS = (phrase("Moment"), phrase("Moments"))
_DATES_TO_FIRM_UP = (phrase("Date to firm up"), phrase("Dates to firm up"))
_LOCAL_ACTIONS = (phrase("Local action"), phrase("Local actions"))


def _firm_in_words(counts: CertaintyCounts, context: RenderContext) -> str:
    if counts.total == 1:
        return context.translate("with a firm date" if counts.firm else "without a firm date")
    if not counts.firm:
        return context.translate("none of them firm")
    return context.format_message(msg("{count} of them firm", count=counts.firm))


def _firm_change(status: PlanStatus, context: RenderContext) -> Message:
    """Describe how many moments are firm, and the share of an earlier plan."""
    now = msg("{firm} of {total}", firm=status.counts.firm, total=status.counts.total)
    if status.earlier is None:
        return now
    name, day, counts = status.earlier
    before = msg("{firm} of {total}", firm=counts.firm, total=counts.total)
    share = _share(counts.firm, counts.total, context)
    if day is None:
        return msg("{now}; in {name} {share}, {before}", now=now, name=name, share=share, before=before)
    return msg("{now}; on {day} {share}, {before}", now=now, day=edtf.parse(f"{day}"), share=share, before=before)


_CERTAINTY_LABELS = {
    "firm": phrase("firm"),
    "provisional": phrase("to be confirmed"),
    "vague": phrase("date not exact"),
    "undated": phrase("without a date"),
}


def _certainty_bars(facts: Report, context: RenderContext) -> Bars:
    """Return the shares of certainty of all moments, of those of the earlier plan, and of those of each wave."""
    status = facts.status
    rows: list[tuple[str, CertaintyCounts]] = [(context.translate("All waves"), status.counts)]
    if status.earlier:
        name, day, counts = status.earlier
        label = context.day(day) if day else name
        rows.append((f"{context.translate('All waves')}, {label}", counts))
    if len(status.waves) > 1:
        rows += [(context.wave(one.wave), one.counts) for one in status.waves if one.counts.total][:_FRONT_WAVES]
    kinds = [kind for kind in _CERTAINTY_LABELS if any(getattr(counts, kind) for _, counts in rows)]
    return Bars(
        tuple((kind, context.translate(_CERTAINTY_LABELS[kind])) for kind in kinds),
        tuple(Bar(label, tuple(getattr(counts, kind) for kind in kinds)) for label, counts in rows if counts.total),
    )


def _changes(diff: PlanDiff, context: RenderContext) -> Section:
    """Return how many moments have changed in which way, and the first changes of moments but for details."""
    heading, writer = _changes_heading(diff, context), ChangeWriter(diff.changes, context)
    moments = [one for one in diff.changes.moments if not {*one.kinds} <= _DETAILS]
    rows = sorted((row for moment in moments for row in writer.moment_rows(moment)), key=ChangeRow.is_minor)
    found = table_section(
        heading,
        rows,
        FRONT_ROWS,
        (Column(context.translate("What")), lambda row: Cell(row.subject, "title")),
        (Column(context.translate("Change")), lambda row: Cell(row.happened, row.state)),
        (Column(context.translate("Before → after")), _short_details),
    )
    lead = diff_page.summary(diff, context) or (page_line(context.translate("No moment has changed.")),)
    if actions := writer.all_actions():
        lead = (*lead, page_line(context.labelled(context.translate("Local actions"), actions)))
    return Section(heading, (*lead, *(found.blocks if found else ())))


def _changes_heading(diff: PlanDiff, context: RenderContext) -> str:
    if diff.old_day:
        return context.format_message(msg("What has changed since {day}", day=context.day(diff.old_day)))
    return diff_page.build_page(diff, context, 0).title


def _short_details(row: ChangeRow) -> str:
    """Return how something was and is; cut if these are texts, never if there is a date in it."""
    return _cut(row.details, _LINE_LENGTH) if row.kinds and _TEXTS.issuperset(row.kinds) else row.details


_TEXTS = {MomentChangeKind.RENAMED, MomentChangeKind.RELOCATED, MomentChangeKind.ACTORS}
_DETAILS = {MomentChangeKind.DETAILS, MomentChangeKind.TRANSLATED}


def _nothing(heading: str, context: RenderContext) -> Section:
    return Section(heading, (styled_line(context.translate("none")),))


def _moments_heading(facts: Report, context: RenderContext) -> str:
    return context.labelled(context.translate("Moments"), _period_text(facts, context))


def _moments_ahead(facts: Report, context: RenderContext, limit: int | None) -> Section | None:
    section = moments_section(_moments_heading(facts, context), facts.entries, context, limit)
    note = facts.status.period.counts.explain(len(facts.entries), context)
    return section._replace(blocks=(*section.blocks, styled_line(note))) if section and note else section


def _dates_to_chase(todo: Todo, context: RenderContext, limit: int | None) -> Section:
    heading = context.translate("Dates to firm up")
    section = dates_section(heading, todo.dates, todo, context, limit, has_hint=False)
    if section is None:
        return _nothing(heading, context)
    if all(one.due is None or one.due_is_stated for one in todo.dates[:limit]):
        return section
    note = msg("{mark} {days} days before the first possible day", mark=RECKONED, days=FIRM_LEAD_TIME.days)
    return section._replace(blocks=(*section.blocks, styled_line(context.format_message(note))))


def _meetings(facts: Report, context: RenderContext) -> Section | None:
    """Return in how many ways waves meet from today on, and the first moments in which they do."""
    if len(facts.status.waves) < 2:
        return None
    heading, found = context.translate("Where waves meet"), facts.convergence
    lead = convergence_page.build_page(found, context, 0).lead if facts.todo else ()

    def sentence(meeting: Any) -> Iterator[Cell]:
        yield Cell(convergence_page.title_with_place(meeting.moments[0], context), "title")
        yield Cell(convergence_page.date_with_status(meeting.moments[0], context))
        yield Cell(_cut(context.waves(meeting.waves), _LINE_LENGTH))

    shared = [meeting for meeting in found.meetings if meeting.kind == "moment"]
    table = build_table((Column(),) * 3, shared, sentence, FRONT_ROWS)
    return Section(heading, (*lead, *([table] if shared else []))) if lead or shared else None


def _silence(facts: Report, context: RenderContext) -> Section:
    """Return the regions and waves that are silent for too long, today or later, by the months of their silence."""
    names: defaultdict[MonthRange, list[str]] = defaultdict(list)
    for silent in facts.coverage.silent_months:
        name = _name_of_silent(silent, facts.coverage, context)
        for months in silent.over_limit:
            if months[1] >= month_number(facts.status.today):
                names[months].append(name)
    heading = context.translate("Silent months and regions")
    section = table_section(
        heading,
        sorted(names, key=lambda months: (months[0] - months[1], months)),
        FRONT_ROWS,
        (Column(), lambda months: Cell(format_date(months_as_date(*months), context.language), "title")),
        (Column(), lambda months: _cut(", ".join(names[months]), _LINE_LENGTH)),
    )
    return section or _nothing(heading, context)


def _name_of_silent(silent: SilentMonths, coverage: Coverage, context: RenderContext) -> str:
    """Return the name of a wave, or that of a region with the number of its local actions."""
    if silent.kind == "wave":
        return context.wave(silent.name)
    name, actions = context.text(coverage.regions[silent.name]), coverage.actions
    number = actions.in_region(silent.name) if actions else 0
    return f"{name} ({counted(number, *_ACTIONS, context)})" if number else name


_ACTIONS = (phrase("1 action"), phrase("{count} actions"))


def _totals(facts: Report) -> list[Count]:
    return [counts.total for counts in facts.status.actions.values()]


def _local_actions(facts: Report, context: RenderContext) -> Section | None:
    if not facts.status.actions:
        return None
    total = sum_counts(_totals(facts))
    countries = {country for counts in facts.status.actions.values() for country in counts.rows}
    lines = [describe_count(total, context, is_public=facts.is_public)]
    lines.append(context.format_message(msg("countries: {count}", count=len(countries))))
    return Section(context.translate("Local actions"), tuple(page_line(line) for line in lines))


def _translations(facts: Report, context: RenderContext) -> Section | None:
    languages = facts.status.languages
    if len(languages) < 2 or facts.todo is None:
        return None
    shares = [
        context.labelled(language_name(one.language, context.language), format_percent(one.percent, context.language))
        for one in languages
    ]
    missing = msg("texts to translate: {count}", count=facts.todo.texts)
    lines = (context.join(shares), context.format_message(missing))
    return Section(context.translate("Translations"), tuple(page_line(line) for line in lines))


def _shorten(section: Section) -> Section:
    """Return a section of the first page, which is one page, with long titles in its tables cut, but no date."""

    def shortened(block: PageBlock) -> PageBlock:
        if not isinstance(block, Table):
            return block
        length = _CELL_LENGTH if block.has_headings else _LINE_LENGTH
        rows = (tuple(_shorten_cell(cell, length) for cell in row) for row in block.rows)
        return block._replace(rows=tuple(rows))

    return section._replace(blocks=tuple(map(shortened, section.blocks)))


def _shorten_cell(cell: Cell, length: int) -> Cell:
    return cell._replace(text=_cut(cell.text, length)) if cell.style in ("title", "aside") else cell


def _cut(text: str, length: int) -> str:
    """Return a text of at most ``length`` characters, cut after a word; after a part of it if there is only one."""
    shorter = truncate(text, length)
    if shorter == text or text[len(shorter) - 1] == " ":
        return shorter
    return f"{shorter[:-1].rpartition(' ')[0] or shorter[:-1]}…"


# -- annexes


def _annexes(facts: Report, context: RenderContext, limit: int | None) -> Iterator[Section]:
    translate = context.translate
    todo = facts.todo
    if todo:
        converge = convergence_page.build_page(facts.convergence, context, limit)
        where_waves_meet, meetings = converge.title, (Section("", converge.lead), *converge.sections)
    else:
        where_waves_meet = translate("Where waves meet")
        meetings = convergence_page.meeting_sections(facts.convergence, context, limit)
    silence = silence_section(facts.coverage, context, limit) if todo else None
    changes = diff_page.build_page(facts.diff, context, limit) if facts.diff else Page("")
    annexes: list[tuple[str, tuple[Section | None, ...]]] = [
        (translate("Certainty of dates"), moments_sections(facts.status, context, limit)),
        (
            _changes_heading(facts.diff, context) if facts.diff else "",
            (Section("", changes.lead), *changes.sections) if changes.sections else (),
        ),
        ("", (_moments_ahead(facts, context, limit),)),
        ("", (_dates_to_chase(todo, context, limit) if todo and todo.dates else None,)),
        (where_waves_meet, meetings if len(facts.status.waves) > 1 else ()),
        (
            translate("Silent months and regions") if todo else "",
            (silence, quarter_section(facts.coverage, context, limit)),
        ),
        (translate("Local actions"), tuple(_action_tables(facts, context, limit))),
        ("", (translations_section(todo.translations, context, limit) if todo else None,)),
    ]
    yield Section(translate("Annexes"), (), starts_annexes=True)
    number = 0
    for heading, found in annexes:
        sections = [_without_commands(section) for section in found if section]
        if not sections:
            continue
        number += 1
        own = sections.pop(0) if not heading or not sections[0].heading else Section("", ())
        annex = context.format_message(msg("Annex {number}", number=number))
        yield Section(context.labelled(annex, heading or own.heading), own.blocks, level=3)
        yield from (section._replace(level=4) for section in sections)


def _without_commands(section: Section) -> Section:
    """Return a section without the lines that say what to type, which mean nothing to a board."""

    def is_command(block: PageBlock) -> bool:
        return isinstance(block, PageLine) and any(
            cell.style == "hint" and ("wavectl " in cell.text or "--limit" in cell.text) for cell in block.cells
        )

    return section._replace(blocks=tuple(block for block in section.blocks if not is_command(block)))


def _action_tables(facts: Report, context: RenderContext, limit: int | None) -> Iterator[Section | None]:
    """Return the actions and results of each wave, then of each country, with their shares."""
    actions = facts.status.actions
    countries: defaultdict[str, list[Count]] = defaultdict(list)
    for counts in actions.values():
        for country, count in counts.rows.items():
            countries[country].append(count)
    by_country = {country: sum_counts(found) for country, found in countries.items()}
    unknown = sum_counts(counts.unknown for counts in actions.values())
    rows = sorted(by_country.items(), key=lambda item: (-item[1].actions, item[0]))
    named = [(country_name(country, context.language), count) for country, count in rows]
    if unknown.actions:
        named.append((context.translate("country not known"), unknown))
    waves = [(context.wave(wave), counts.total) for wave, counts in actions.items()]
    yield _action_table(phrase("By wave"), phrase("Wave"), waves, context, limit)
    yield _action_table(phrase("By country"), phrase("Country"), named, context, limit)


def _action_table(
    heading: str, label: str, rows: list[tuple[str, Count]], context: RenderContext, limit: int | None
) -> Section | None:
    total = sum(count.actions for _, count in rows)

    def number(count: int) -> str:
        return format_number(count, context.language)

    headings = [phrase("Actions"), phrase("Share"), phrase("With a result"), phrase("Share"), phrase("People")]
    columns = [Column(context.translate(one), align_right=True, min_width=6) for one in headings]
    return table_section(
        context.translate(heading),
        rows,
        limit,
        (Column(context.translate(label)), lambda row: Cell(row[0], "title")),
        (columns[0], lambda row: number(row[1].actions)),
        (columns[1], lambda row: _share(row[1].actions, total, context)),
        (columns[2], lambda row: number(row[1].reported)),
        (columns[3], lambda row: _share(row[1].reported, row[1].actions, context)),
        *([(columns[4], lambda row: people_text(row[1], context))] if any(one.with_people for _, one in rows) else []),
    )

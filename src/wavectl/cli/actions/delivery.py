"""``wavectl actions import``: read a delivery of actions into the register of a wave."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn

import typer

from wavectl.actions.action import Action, value_or_default
from wavectl.actions.identity import Change, Delivery, compare
from wavectl.actions.register import Register, Row
from wavectl.actions.sources import MAPPED_COLUMNS, SOURCES_FILE, LoadedSources, Source, load_sources
from wavectl.cli.actions.change import RegisterChange, apply_register_changes, shown_cell
from wavectl.cli.actions.selection import open_register
from wavectl.cli.arguments import check_choice
from wavectl.cli.console import Console, is_interactive
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, YearOption
from wavectl.cli.sheet_files import ask_year, read_sheet, reason_text, report_problems, write_rows_to_fix
from wavectl.dates.edtf import UNKNOWN
from wavectl.diagnostics import Message, msg, quoted
from wavectl.i18n import UI_LANGUAGES
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_number
from wavectl.model.types import ID_PATTERN
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, PageLine, Section, build_table
from wavectl.render.page.terminal_table import render
from wavectl.spreadsheet.action_columns import ACTION_HEADINGS
from wavectl.spreadsheet.action_delivery import MAX_DELIVERY_SIZE, ReadDelivery, read_delivery
from wavectl.spreadsheet.columns import FIELDS, column_for_heading
from wavectl.spreadsheet.mapped_table import rows_to_fix
from wavectl.spreadsheet.reader import Problem, SheetError
from wavectl.spreadsheet.writer import plain_workbook
from wavectl.text.escaping import dump_json
from wavectl.text.suggest import nearest, normalize_name, quote_file_name, suggest
from wavectl.yamlfile.patch import CannotEditError

_FORMATS = ("table", "json")
_FormatOption = Annotated[str, typer.Option("--format", metavar="FORMAT", help="The output format: table or json.")]
_MAX_LISTED = 25
"""How many actions of each group are listed."""
_MAX_NEW = 5
"""How many new actions are listed."""


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The workbook (.xlsx) or CSV file to read.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="NAME",
            help="Who delivers: the name of a source, or a new one; required, and asked for on a terminal.",
        ),
    ] = None,
    wave: Annotated[
        str | None, typer.Option("--wave", metavar="WAVE", help="The wave of the actions, if the plan has several.")
    ] = None,
    column_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN",
            help='The column of the register for a heading of the source, "Event=title"; it is remembered.',
        ),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept the new actions at once: the source is trusted.")
    ] = False,
    year: YearOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    format: _FormatOption = "table",  # noqa: A002
) -> None:
    """Read actions that a form or a partner delivers: show what changes, then write it.

    Actions that are known are updated, also where their date or place has changed. Mail addresses and telephone
    numbers are left out. Rows that cannot be read are written into a file beside this one, each with the reason.

    Example: wavectl actions import answers.csv --wave housing --source form --dry-run
    """
    console = open_console(ctx.obj)
    check_choice(console, "--format", format, _FORMATS)
    given = _parse_column_map(console, column_map or [])
    if source is None and not is_interactive():
        _fail_without_source(console)
    app = load_app(ctx.obj, console, lock=ctx)
    wave_id = one_wave(app, wave)
    app.require_valid([wave_id])
    source = source or _ask_source(app)
    run = _read(app, wave_id, Path(file), source, given, year, accept=accept)
    if format == "json":
        app.console.write(dump_json(_as_data(run)), as_utf8=True)
    else:
        app.console.write(render(_summary_page(run, app.render_context()), app.render_context()))
    report_problems(app.console, run.read.notes, "note")
    _write(app, run, yes=yes, dry_run=dry_run)
    if run.delivery.refused:
        _give_rows_back(app, run, dry_run=dry_run)
    raise typer.Exit(EXIT_FAILURE if run.delivery.refused else EXIT_OK)


def one_wave(app: AppContext, name: str | None) -> str:
    """Return the wave that an option names, or the only one of the plan; end the run if there are several."""
    waves = app.resolve_waves([name] if name else [])
    if len(waves) != 1:
        app.console.fail(
            msg("the plan has several waves: say which one the actions belong to"),
            msg("add --wave with one of {names}", names=", ".join(waves)),
        )
    return waves[0]


class _Import(NamedTuple):
    """A delivery that was read and compared with the register of its wave."""

    plan: Plan
    wave: str
    file: Path
    source: str
    read: ReadDelivery
    delivery: Delivery
    register: Register
    sources_text: str | None
    """The new text of the file of sources; None if it stays."""
    language: str
    """The language of the source; "" if it is not known."""

    def title(self, id_: str) -> str:
        """Return the title of an action after the import."""
        row = self.delivery.rows.get(id_) or self.register.rows.get(id_)
        return row.get("title") if row else id_


def _read(
    app: AppContext, wave: str, file: Path, name: str, given: Mapping[str, str], year: int | None, *, accept: bool
) -> _Import:
    """Read the delivery and compare it; end the run if that is not possible."""
    console, loaded = app.console, load_sources(app.plan.folder)
    if loaded.findings:
        documents = {**app.plan.documents, SOURCES_FILE: loaded.document}
        console.report_findings(replace(app.plan, documents=documents), loaded.findings)
        raise typer.Exit(EXIT_FAILURE)
    _check_source(console, name, loaded)
    source = loaded.sources.get(name, Source())
    columns = {normalize_name(heading): column for heading, column in {**source.columns, **given}.items()}
    tables = read_sheet(console, file, max(MAX_DELIVERY_SIZE, app.max_size), ACTION_HEADINGS)
    try:
        read = read_delivery(app.plan, wave, tables, source, columns, year)
        if read.rows_without_year and is_interactive():
            year = ask_year(console, read.rows_without_year, app.today.year)
            read = read_delivery(app.plan, wave, tables, source, columns, year)
    except SheetError as error:
        console.fail(msg("{file}: {fault}", file=file.name, fault=error.message), error.hint)
    unknown = next((heading for heading in given if normalize_name(heading) not in read.headings), None)
    if unknown is not None:
        console.fail(
            msg("{file} has no column {name}", file=file.name, name=quoted(unknown)), suggest(unknown, read.headings)
        )
    register = open_register(app, wave)
    delivery = compare(register.rows, name, read.rows, app.today, accept=accept, is_complete=read.is_complete)
    text = _remembered(app, loaded, name, given, read, has_rows=bool(delivery.rows))
    return _Import(app.plan, wave, file, name, read, delivery, register, text, source.language or "")


def _fail_without_source(console: Console) -> NoReturn:
    console.fail(
        msg("{option} is missing", option="--source"),
        msg("write {option} {value}", option="--source", value=Message("NAME")),
    )


def _ask_source(app: AppContext) -> str:
    """Return the source that a person names, by its number or in words; end the run without one."""
    known = list(load_sources(app.plan.folder).sources)
    for number, name in enumerate(known, 1):
        app.console.write_stderr(f"{number:>3}  {name}\n")

    def read(typed: str) -> str:
        if typed.isdecimal() and 0 < int(typed) <= len(known):
            return known[int(typed) - 1]
        name = typed if ID_PATTERN.fullmatch(typed) else normalize_name(typed)
        _check_name(app.console, name)
        return name

    question = msg("Who sends these actions? (a short name, such as town-network, or a number of the list)")
    if not known:
        question = msg("Who sends these actions? (a short name, such as town-network)")
    return app.console.ask_valid(question, read) or _fail_without_source(app.console)


def _check_name(console: Console, name: str) -> None:
    if not ID_PATTERN.fullmatch(name):
        close = normalize_name(name)
        hint = msg("write small letters without accents, digits and single hyphens: town-network")
        if ID_PATTERN.fullmatch(close):
            hint = msg("did you mean {name}?", name=close)
        console.fail(msg("{id} is not a valid name for a source", id=quoted(name)), hint)


def _check_source(console: Console, name: str, loaded: LoadedSources) -> None:
    _check_name(console, name)
    close_name = None if name in loaded.sources else nearest(name, loaded.sources)
    if close_name:
        console.write_message(
            msg("{name} is a new source, besides {other}: its actions are new ones", name=name, other=close_name)
        )


def _parse_column_map(console: Console, pairs: Sequence[str]) -> Mapping[str, str]:
    """Return the columns of ``--map`` by heading; end the run if one is not a column."""
    columns = {}
    for pair in pairs:
        heading, _, name = pair.rpartition("=")
        heading = " ".join(heading.split())
        if not heading:
            console.fail(
                msg("--map {value} does not name a column", value=quoted(pair)), msg('write --map "Event=title"')
            )
        column = column_for_heading(name, "", {}, ACTION_HEADINGS)
        if column is None or column.field == "reason":
            console.fail(
                msg("--map {value}: {name} is not a column of the register", value=quoted(pair), name=quoted(name)),
                suggest(name.strip(), MAPPED_COLUMNS),
            )
        columns[heading] = column.field
    return columns


def _remembered(
    app: AppContext, loaded: LoadedSources, name: str, given: Mapping[str, str], read: ReadDelivery, *, has_rows: bool
) -> str | None:
    """Return the text of the file of sources with what is new: the mapping, the order of day and month, the source."""
    source = loaded.sources.get(name, Source())
    others = {
        heading: column
        for heading, column in source.columns.items()
        if normalize_name(heading) not in map(normalize_name, given)
    }
    order = {False: "day-month", True: "month-day", None: None}[read.month_first]
    new = source.model_copy(update={"columns": {**others, **given}, "dates": source.dates or order})
    if new == source and (name in loaded.sources or not has_rows):
        return None
    try:
        return loaded.with_source(name, new)
    except CannotEditError as error:
        app.console.fail(error.message, error.hint, EXIT_FAILURE)


def _write(app: AppContext, run: _Import, *, yes: bool, dry_run: bool) -> None:
    """Confirm and write the register and the file of sources."""
    rows, others = run.delivery.rows, {Path(SOURCES_FILE).name: run.sources_text} if run.sources_text else {}
    if not rows and not others:
        app.console.write_message(msg("no action is new or changed"))
        return
    summary = msg("actions that are new or change: {count}")
    apply_register_changes(
        app,
        [RegisterChange(run.register, rows)],
        summary,
        yes=yes,
        ask=True,
        dry_run=dry_run,
        others=others,
        show=False,
    )
    if run.delivery.new and not dry_run:
        app.console.write_message(msg("next: wavectl actions review"))


# -- what is shown


def _as_data(run: _Import) -> dict[str, Any]:
    """Return the counts as JSON has them."""
    found = run.delivery
    return {
        "schema": "wavectl/actions/1",
        "wave": run.wave,
        "source": run.source,
        "rows": found.row_count,
        "new": len(found.new),
        "changed": len(found.changed),
        "moved": len(found.moved),
        "unchanged": len(found.unchanged),
        "twins": len(found.twins),
        "missing": len(found.missing),
        "refused": len(found.refused),
        "dropped": dict(sorted(run.read.dropped.items())),
    }


def _summary_page(run: _Import, context: RenderContext) -> Page:
    """Return the page that says what the delivery changes, first in figures, then with the first actions of each."""
    t, found, dropped = context.translate, run.delivery, run.read.dropped
    counts = [
        (t("New actions"), len(found.new)),
        (t("Changed actions"), len(found.changed)),
        (t("Moved actions"), len(found.moved)),
        (t("Unchanged actions"), len(found.unchanged)),
        (t("Refused rows"), len(found.refused)),
        (t("Rows of the file"), found.row_count),
        (t("Likely the same as another action"), len(found.twins)),
        (t("Actions that are no longer delivered"), len(found.missing)),
        (t("Contact data left out"), dropped.total()),
    ]
    shown = [(label, number) for position, (label, number) in enumerate(counts) if number or position < 6]
    title = msg("{file}: actions of {wave}", file=run.file.name, wave=context.text(run.plan.waves[run.wave].title))
    figures = build_table(
        [Column(), Column(align_right=True)], shown, lambda one: (one[0], format_number(one[1], context.language))
    )
    return Page(context.format_message(title), (figures,), tuple(_sections(run, context)))


def _sections(run: _Import, context: RenderContext) -> Iterator[Section]:
    """Yield the groups that have actions."""
    t, found, read = context.translate, run.delivery, run.read
    new = [_new_cells(change, context) for change in found.new]
    if new:
        yield _section(f"{t('New actions')} ({len(new)})", new, None, context, _MAX_NEW)
    groups: list[tuple[str, list[tuple[str, ...]], Message | None]] = [
        (t("Moved actions"), [_changed_cells(change, context) for change in found.moved], None),
        (t("Changed actions"), [_changed_cells(change, context) for change in found.changed], None),
        (
            t("Likely the same as another action"),
            [(run.title(pair.first), pair.first, run.title(pair.second), pair.second) for pair in found.twins],
            msg(
                "if they are one, wavectl actions merge ID OTHER; if not, add --not-same; "
                "all: wavectl actions list --twins"
            ),
        ),
        (
            t("Actions that are no longer delivered"),
            [(change.after.get("title"), change.id) for change in found.missing],
            msg("they still count; if one is off, wavectl actions cancel ID; all: wavectl actions list --missing"),
        ),
        (
            t("Merged before, and different now"),
            [(run.title(one.id), one.id, _column_names(one.columns, context)) for one in found.merged],
            msg("nothing changes: compare them, and change the action by hand"),
        ),
        (t("Refused rows"), [_refused_cells(run, index, context) for index in range(len(found.refused))], None),
    ]
    for heading, rows, hint in groups:
        if rows:
            yield _section(f"{heading} ({len(rows)})", rows, hint, context)
    if read.left_out:
        cells = [(heading, text, str(number)) for (heading, text), number in read.left_out.most_common()]
        hint = msg("correct them at the source, and import its next delivery")
        yield _section(t("Cells left empty, because they cannot be read"), cells, hint, context)
    if read.dropped:
        columns = [(heading, str(number)) for heading, number in read.dropped.most_common()]
        yield _section(t("Contact data left out"), columns, None, context)


def _section(
    heading: str,
    rows: Sequence[tuple[str, ...]],
    hint: Message | None,
    context: RenderContext,
    limit: int = _MAX_LISTED,
) -> Section:
    limit += len(rows) == limit + 1  # a line that counts one more is no shorter
    table = build_table([Column(min_width=10)] * len(rows[0]), rows[:limit], lambda row: row)
    notes = [msg("and {count} more", count=len(rows) - limit)] if len(rows) > limit else []
    notes += [hint] if hint else []
    lines = tuple(PageLine((Cell(context.format_message(note), "aside"),)) for note in notes)
    return Section(heading, (table, *lines))


def _new_cells(change: Change, context: RenderContext) -> tuple[str, ...]:
    row = change.after
    return row.get("title"), _date(row.get("when"), context), _place(row, context)


def _changed_cells(change: Change, context: RenderContext) -> tuple[str, ...]:
    """Return the title of an action, and its first change: which column, before and after."""
    before, after, columns = change.before or change.after, change.after, change.columns
    column = next(column for column in ("when", "place", *columns) if column in columns)
    old, new = (
        _date(row.get(column), context) if column == "when" else shown_cell(row, column) for row in (before, after)
    )
    others = tuple(name for name in columns if name != column)
    more = context.format_message(msg("also: {names}", names=_column_names(others, context))) if others else ""
    return before.get("title"), _column_names((column,), context), old, new, more


def _refused_cells(run: _Import, index: int, context: RenderContext) -> tuple[str, ...]:
    refusal = run.delivery.refused[index]
    sheet, number = run.read.keys[refusal.delivered.number]
    where = context.format_message(Problem(refusal.reason, sheet=sheet, row=number).location[-1])
    return where, refusal.delivered.cells.get("title", ""), reason_text(_problems(run, index), context)


def _problems(run: _Import, index: int) -> list[Problem]:
    """Return the problems of a refused row: those of its cells, else that of the comparison."""
    refusal = run.delivery.refused[index]
    return run.read.problems.get(refusal.delivered.number) or [Problem(refusal.reason)]


def _date(text: str, context: RenderContext) -> str:
    return format_date(value_or_default("when", text) or UNKNOWN, context.language)


def _place(row: Row, context: RenderContext) -> str:
    country = row.get("country")
    return ", ".join(filter(None, (row.get("place"), country and country_name(country, context.language))))


def _column_names(columns: Sequence[str], context: RenderContext) -> str:
    return ", ".join(context.translate(Action.model_fields[column].title or column) for column in columns)


# -- rows to fix


def _give_rows_back(app: AppContext, run: _Import, *, dry_run: bool) -> None:
    """Write the refused rows into a workbook beside the delivery, each with the reason in its language."""
    refused = run.delivery.refused
    app.console.write_message(msg("rows that do not go in: {count}", count=len(refused)))
    if run.read.rows_without_year:
        app.console.write_hint(
            msg("if all dates without a year are in one year, name it: {option}", option=f"--year {app.today.year}")
        )
    if dry_run:
        return
    context = app.console.context(sys.stderr)
    reasons = {}
    for index, refusal in enumerate(refused):
        language = refusal.delivered.cells.get("language") or run.language
        own = context._replace(languages=(language, *context.languages)) if language in UI_LANGUAGES else context
        reasons[run.read.keys[refusal.delivered.number]] = reason_text(_problems(run, index), own)
    language = run.language if run.language in UI_LANGUAGES else context.language
    heading = context._replace(languages=(language,)).translate(FIELDS["reason"].label)
    tables = rows_to_fix(run.read.tables, run.read.heading_rows, reasons, heading)
    named = [table._replace(name=table.name or run.source) for table in tables]
    target = write_rows_to_fix(app.console, run.file.with_suffix(".xlsx"), plain_workbook(named))
    command = f"{quote_file_name(str(target))} --source {run.source}"
    command += f" --wave {run.wave}" if len(run.plan.files) > 1 else ""
    app.console.write_hint(msg("correct them in this file, and run wavectl actions import {command}", command=command))

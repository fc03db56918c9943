"""``wavectl actions export``: write the actions that may be published, for a website, a map or a calendar."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from wavectl.actions.sources import SOURCES_FILE
from wavectl.cli.actions.selection import Selection, WavesArgument, with_selection
from wavectl.cli.arguments import check_choice
from wavectl.cli.atomic_files import write_output
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.diagnostics import msg
from wavectl.insights.action_list import ListedAction, ListFacts, in_order, list_rows, render_csv, render_geojson

_FORMATS = ("csv", "xlsx", "geojson", "ics")
_SUFFIXES = {".csv": "csv", ".xlsx": "xlsx", ".geojson": "geojson", ".json": "geojson", ".ics": "ics"}


@with_selection
def command(
    ctx: typer.Context,
    selection: Selection,
    names: WavesArgument = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option("--format", metavar="FORMAT", help="The format: csv, xlsx, geojson or ics [as the file ends]."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The file, or - for standard output [-].")
    ] = "-",
) -> None:
    """Write the actions that may be published.

    These are accepted actions with publish: full; the others are in counts only. Notes, reasons, evidence and contacts
    are in no file.

    Example: wavectl actions export housing --country TN -o actions.geojson
    """
    console = open_console(ctx.obj)
    file = Path(output)
    format = format or _SUFFIXES.get(file.suffix.lower(), file.suffix or "csv")  # noqa: A001
    check_choice(console, "--format", format, _FORMATS)
    if format == "xlsx" and output == "-" and sys.stdout.isatty():
        console.fail(msg("a workbook cannot be shown on a screen"), msg("name a file: -o actions.xlsx"))
    app = load_app(ctx.obj, console)
    selection = selection.in_waves(names)
    app.require_valid(selection.waves(app))
    registers = selection.load(app)
    found = [ListedAction(register.wave, action) for register in registers for action in register.actions()]
    shown = [listed for listed in found if listed.action.is_shown]
    data = _content(app, format, ListFacts(in_order(shown, app.plan.programme.timezone)))
    if len(shown) < len(found):
        app.console.write_message(
            msg(
                "not for publication, and left out: {count} of {total}", count=len(found) - len(shown), total=len(found)
            )
        )
    if found and not shown:
        app.console.write_hint(
            msg(
                "accept actions; for a source that agrees, write publish: full below its defaults in {file}, and "
                "import its file again",
                file=app.console.display_path(app.plan.folder / SOURCES_FILE),
            )
        )
    if output == "-":
        app.console.write_bytes(data)
    else:
        write_output(app.console, file, data, msg("name another place with -o"))


def _content(app: AppContext, output_format: str, facts: ListFacts) -> bytes:
    context = app.render_context()
    if output_format == "ics":
        return _calendar(app, facts)
    if output_format == "xlsx":
        from wavectl.spreadsheet.reader import SheetCell, SheetRow, SheetTable
        from wavectl.spreadsheet.writer import plain_workbook

        rows = [SheetRow(number, [*map(SheetCell, row)]) for number, row in enumerate(list_rows(facts), 1)]
        return plain_workbook([SheetTable(context.translate("Actions"), rows)])
    render = render_csv if output_format == "csv" else render_geojson
    return render(facts, context).encode("utf-8", "replace")


def _calendar(app: AppContext, facts: ListFacts) -> bytes:
    """Return the actions with a date as a calendar, and say how many have none."""
    from wavectl.publishing.action_entries import action_entries
    from wavectl.publishing.ical.entry_text import EntryTexts
    from wavectl.publishing.ical.vcalendar import CalendarTitle, render_calendar
    from wavectl.publishing.ical.vevent import FeedOptions

    plan = app.plan
    waves = list(dict.fromkeys(listed.wave for listed in facts.actions))
    options = FeedOptions(app.today, identity=plan.programme.effective_uid_domain)
    title = CalendarTitle("actions", app.render_context().translate("Local actions"))
    texts = EntryTexts(plan, app.languages)
    calendar = render_calendar(title, waves, action_entries(plan, facts.actions, app.today), options, texts)
    if calendar.undated:
        app.console.write_message(msg("without a date, and left out: {count}", count=len(calendar.undated)))
    return calendar.data

"""``wavectl report``: write the report on the plan, one page and annexes."""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wavectl import rules
from wavectl.cli.action_counts import compare_actions, count_by_country
from wavectl.cli.arguments import check_choice, parse_date_range
from wavectl.cli.atomic_files import write_output
from wavectl.cli.console import Console
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.revisions import open_earlier_plan
from wavectl.cli.shared_options import SinceOption
from wavectl.diagnostics import msg, quoted
from wavectl.files import MIB, os_error_reason, read_file
from wavectl.insights.plan_changes import compare_plans
from wavectl.insights.plan_changes.page import PlanDiff
from wavectl.insights.report import DAYS_AHEAD, build_page, build_report
from wavectl.insights.status import EarlierStatus, count_by_certainty
from wavectl.render.page import html, markdown
from wavectl.timeline.groups import resolve_groups
from wavectl.timeline.public_plan import public_plan

if TYPE_CHECKING:
    from datetime import date

_TEXT_FORMATS = {"html": html.render, "markdown": markdown.render}
_DOCX = "docx"
_SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".docx": _DOCX}


def command(
    ctx: typer.Context,
    since: SinceOption = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Show the moments from this date on [today].")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Show the moments until this date [60 days later].")
    ] = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="The output format: html, markdown or docx [that of the file]."
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write [standard output].")
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="FILE", help="A Word document whose styles, header and footer to use."),
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="Include drafts, owners, and actions that are not accepted.")
    ] = False,
) -> None:
    """Write a report on the plan: one printed page, then annexes.

    It holds what may be published, unless --internal is given: how many dates are firm, the moments of the next 60
    days, dates to firm up, where waves meet, silent months and regions, local actions and translations.

    Example: wavectl report -o report.html
    """
    console = open_console(ctx.obj)
    output_format = _choose_format(console, format, output)
    styles = None
    if output_format == _DOCX:
        _require_docx(console)
        styles = _read_template(console, template) if template is not None else None
    elif template is not None:
        option = "--format docx" if output is None or format is not None else "-o report.docx"
        console.fail(msg("--template is for Word documents only"), msg("write {option}", option=option))
    app = load_app(ctx.obj, console)
    app.require_valid()
    period = _period(app, first, last)
    plan = app.plan if internal else public_plan(app.plan)
    earlier, diff = compare_with(app, since, internal=internal) if since is not None else (None, None)
    actions = count_by_country(app, is_public=not internal)
    facts = build_report(plan, app.today, period, earlier, actions, diff, is_public=not internal)
    context = app.render_context()._replace(width=None, colour=False).with_waves(app.plan.waves)
    page = build_page(facts, context)
    if output_format == _DOCX:
        from wavectl.render.page import docx  # needs an extra

        data = docx.render(page, context, app.today, styles)
    else:
        data = _TEXT_FORMATS[output_format](page, context).encode()
    if output in (None, "-"):
        app.console.write(data.decode(), as_utf8=True)
    else:
        write_output(console, Path(output or ""), data, msg("name another place with -o"))


def _choose_format(console: Console, name: str | None, output: str | None) -> str:
    """Return the format of that name, else that of the output file, else HTML; end the run if there is none."""
    suffix = Path(output or "-").suffix.lower()
    if name is not None:
        check_choice(console, "--format", name, [*_TEXT_FORMATS, _DOCX])
    elif suffix and suffix not in _SUFFIXES:
        console.fail(
            msg("-o {file} does not end in .html, .md or .docx", file=output),
            msg("write -o report.html, -o report.md or -o report.docx"),
        )
    found = name or _SUFFIXES.get(suffix, "html")
    if found == _DOCX and output in (None, "-"):
        console.fail(msg("a Word document needs a file"), msg("add {option}", option="-o report.docx"))
    return found


def _require_docx(console: Console) -> None:
    """End the run if the package that writes Word documents is not installed."""
    if find_spec("docx") is None:
        console.fail(
            msg("Word documents need the package python-docx (the extra wavectl[docx]), which is not installed"),
            msg("install it beside wavectl: {command}", command="pipx inject wavectl python-docx"),
        )


def _read_template(console: Console, name: str) -> bytes:
    """Return the bytes of a template that may be used; end the run if it cannot be read or is refused."""
    from wavectl.render.page.docx_template import MAX_TEMPLATE_SIZE, TemplateError, open_template

    try:
        data = read_file(Path(name), MAX_TEMPLATE_SIZE * MIB)
        open_template(data)
    except OSError as error:
        console.fail(
            msg("{file} cannot be read: {reason}", file=quoted(name), reason=os_error_reason(error)),
            msg("name a Word document (.docx)"),
        )
    except TemplateError as error:
        console.fail(error.message, error.hint)
    return data


def _period(app: AppContext, first: str | None, last: str | None) -> "tuple[date, date]":
    """Return the first and last day of the period; the default is 60 days from today."""
    start, end = parse_date_range(app.console, app.today.isoformat() if first is None else first, last, app.today)
    opening = start or app.today
    return opening, end or opening + timedelta(DAYS_AHEAD)


def compare_with(app: AppContext, since: str, *, internal: bool = False) -> tuple[EarlierStatus, PlanDiff]:
    """Return the certainty of the dates of an earlier plan, and what has changed since; end the run without one.

    A folder to compare with is shown by its name only.
    """
    with open_earlier_plan(app, since, actions=True) as (then, day):
        if rules.errors(then):
            app.console.write_message(msg("the earlier plan has errors, so the change may be inaccurate"))
        shown = then if internal else public_plan(then)
        name = Path(since).resolve().name if os.path.isdir(since) else since
        status = EarlierStatus(name, day, count_by_certainty(resolve_groups(shown, drafts=True)))
        actions = compare_actions(app, then, app.plan, public=not internal)
        changes = compare_plans(then, app.plan, public=not internal, actions=actions)
    return status, PlanDiff(changes, name, old_day=day)

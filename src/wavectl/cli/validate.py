"""``wavectl validate``: checks the plan and says what is wrong, where, and how to mend it."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.arguments import resolve_file_arguments
from wavectl.cli.common import EXIT_FAILURE, EXIT_OK, AppContext, check_choice, with_common_options
from wavectl.diagnostics import msg
from wavectl.lockfile.entry import LOCKFILE_NAME as RECORD
from wavectl.render.diagnostics import MACHINE_FORMATS, REPORTERS, diagnose, display_path, render_report, summarise


@with_common_options
def command(
    app: AppContext,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="WAVE or FILE", help="What to check; the whole plan if nothing is named."),
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The form: text, concise, json, github or sarif.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check too.")] = False,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="RULE", help="Check this rule only.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="Leave this rule out.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended in one way only.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
) -> None:
    """Check the plan: what is wrong, where it stands, and how to mend it.

    The whole plan is read, and what is found in the waves or files named is shown and counts.
    Errors give exit code 1, under --strict warnings do too.

    Example: wavectl validate housing --strict
    """
    check_choice(app, "--format", format, REPORTERS)
    for option, given in (("--select", select), ("--ignore", ignore)):
        for name in given or ():
            check_choice(app, option, name, rules.ALL_RULES)
    app, files = resolve_file_arguments(app, names or [])
    check = partial(rules.check, select=frozenset(select or ()), ignore=frozenset(ignore or ()))
    if fix or diff:
        from wavectl.cli.apply_changes import show_diff, write_file_changes
        from wavectl.cli.fix import fix_files  # most runs change nothing

        found = fix_files(app, files, lambda plan: check(plan).findings)
        if diff:
            show_diff(app, [one.change for one in found])
            raise typer.Exit(EXIT_FAILURE if found else EXIT_OK)
        write_file_changes(app, [one.change for one in found])
        for one in found:
            file = display_path(one.change.file, app.working_folder)
            app.write_message(msg("{file}: {count} places mended", file=file, count=one.fix_count))
        app = app.reloaded()
    checked = check(app.plan)
    looked_at = files if names else {*files, RECORD}
    diagnostics = diagnose(
        app.plan, [found for found in checked.findings if found.file in looked_at], app.working_folder
    )
    waived = sum(found.file in files for found in checked.waived)
    summary = summarise(diagnostics, len(files), waived)
    style = app.style(sys.stdout, english=format != "text")
    app.write(render_report(format, diagnostics, summary, style), as_utf8=format in MACHINE_FORMATS)
    raise typer.Exit(EXIT_FAILURE if summary.errors or (strict and summary.warnings) else EXIT_OK)

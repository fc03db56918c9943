"""``wavectl validate``: check the plan, report findings, and fix those that have one sure fix."""

import sys
from functools import partial
from typing import Annotated

import typer

from wavectl import rules
from wavectl.actions.sources import SOURCES_FILE
from wavectl.cli.action_counts import registers_of
from wavectl.cli.arguments import check_choice
from wavectl.cli.context import load_app, load_app_for_files, open_console
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK
from wavectl.diagnostics import msg, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME
from wavectl.plan.loader import ACTIONS_FOLDER
from wavectl.render.diagnostics import MACHINE_FORMATS, REPORTERS, diagnose, render_report, summarise


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE or FILE", help="The waves or files to check [the whole plan].")
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The output format: text, concise, json, github or sarif.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="RULE", help="Check this rule only.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="Ignore this rule.")] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Show every note in full.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Fix what can be fixed in one way only.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
) -> None:
    """Check the plan: what is wrong, where it is, and how to fix it.

    The whole plan is read. Only findings in the named waves or files are shown and counted. Errors come first, then
    warnings; the notes of a rule have one line, unless --notes or --select asks for them. Errors give exit code 1;
    with --strict, warnings do too.

    Example: wavectl validate housing --strict
    """
    console = open_console(ctx.obj)
    check_choice(console, "--format", format, REPORTERS)
    for option, given in (("--select", select), ("--ignore", ignore)):
        for name in given or ():
            check_choice(console, option, name, rules.ALL_RULES)
    app, files = load_app_for_files(ctx.obj, names or [], console, lock=ctx if fix else None)
    registers = registers_of(app, files, everything=not names)
    check = partial(rules.check, select=frozenset(select or ()), ignore=frozenset(ignore or ()))
    if fix or diff:
        from wavectl.cli.apply_changes import show_diff, write_file_changes
        from wavectl.cli.fix import changed_lines, fix_files  # most runs change nothing

        fixed_files = fix_files(app, files, lambda plan: check(plan, registers=()).findings)
        if diff:
            show_diff(app, [fixed.change for fixed in fixed_files])
            raise typer.Exit(EXIT_FAILURE if fixed_files else EXIT_OK)
        undo_hint = write_file_changes(app, [fixed.change for fixed in fixed_files])
        for fixed in fixed_files:
            file = app.console.display_path(fixed.change.file)
            app.console.write_message(msg("{file}: {count} places fixed", file=file, count=fixed.fix_count))
            for line, old, new in changed_lines(fixed.change):
                values = {"line": line, "old": quoted(old, 120), "new": quoted(new, 120)}
                app.console.write_message(msg("line {line}: {new} in place of {old}", **values))
        if undo_hint:
            app.console.write_message(undo_hint)
        app = load_app(app.options, app.console)
    result = check(app.plan, registers=list(registers) if names else None)
    shown = {*files, *registers.values()}
    reported = shown if names else {*shown, LOCKFILE_NAME, SOURCES_FILE, ACTIONS_FOLDER}
    diagnostics = diagnose(
        app.plan, [finding for finding in result.findings if finding.file in reported], app.console.working_folder
    )
    waived = sum(finding.file in shown for finding in result.waived)
    summary = summarise(diagnostics, len(files), waived)
    context = app.console.context(sys.stdout, english=format != "text")
    report = render_report(format, diagnostics, summary, context, fold_notes=not (notes or select))
    app.console.write(report, as_utf8=format in MACHINE_FORMATS)
    raise typer.Exit(EXIT_FAILURE if summary.errors or (strict and summary.warnings) else EXIT_OK)

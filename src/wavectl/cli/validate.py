"""``wavectl validate``: checks the plan and says what is wrong, where, and how to mend it."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.arguments import named
from wavectl.cli.common import DONE, FAULTY, Session, choice, shared
from wavectl.diagnostics import say
from wavectl.lockfile.entry import FILE as RECORD
from wavectl.render.diagnostics import FOR_PROGRAMS, REPORTERS, diagnose, report, shown_path, summarise


@shared
def command(
    session: Session,
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
    choice(session, "--format", format, REPORTERS)
    for option, given in (("--select", select), ("--ignore", ignore)):
        for name in given or ():
            choice(session, option, name, rules.KNOWN)
    session, files = named(session, names or [])
    check = partial(rules.check, select=frozenset(select or ()), ignore=frozenset(ignore or ()))
    if fix or diff:
        from wavectl.cli.file_changes import show, write
        from wavectl.cli.fix import mend  # most runs change nothing

        found = mend(session, files, lambda plan: check(plan).findings)
        if diff:
            show(session, [one.rewritten for one in found])
            raise typer.Exit(FAULTY if found else DONE)
        write(session, [one.rewritten for one in found])
        for one in found:
            file = shown_path(one.rewritten.file, session.home)
            session.note(say("{file}: {count} places mended", file=file, count=one.places))
        session = session.again()
    checked = check(session.plan)
    looked_at = files if names else {*files, RECORD}
    diagnostics = diagnose(session.plan, [found for found in checked.findings if found.file in looked_at], session.home)
    waived = sum(found.file in files for found in checked.waived)
    summary = summarise(diagnostics, len(files), waived)
    style = session.style(sys.stdout, english=format != "text")
    session.write(report(format, diagnostics, summary, style), bytewise=format in FOR_PROGRAMS)
    raise typer.Exit(FAULTY if summary.errors or (strict and summary.warnings) else DONE)

"""``wavectl fmt``: lays the files of the plan out alike, so that what differs between two states of them is news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from wavectl.cli.arguments import named
from wavectl.cli.common import DONE, FAULTY, Session, shared
from wavectl.cli.file_changes import Rewritten, rewritten, show, write
from wavectl.diagnostics import say
from wavectl.render.diagnostics import shown_path
from wavectl.yamlfile.formatter.formatter import laid_out


@shared
def command(
    session: Session,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="WAVE or FILE", help="What to lay out; the whole plan if nothing is named."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Name what would change, and write nothing.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and write nothing.")] = False,
) -> None:
    """Lay the files of the plan out alike.

    Keys come in one order, texts in quotation marks, dates in their normal form.
    What the files say stays the same, and every remark stays with what it is about.
    A file that cannot be read is left alone.

    Example: wavectl fmt --check
    """
    session, files = named(session, names or [])
    unread = {name for name in files if session.plan.documents[name].findings}
    if unread:
        findings = [finding for name in sorted(unread) for finding in session.plan.documents[name].findings]
        session.report(session.plan, findings)
    found, odd = _rewritten(session, sorted(files - unread))
    if diff:
        show(session, found)
    elif not check:
        write(session, found)
    if not diff:
        session.write("".join(f"{shown_path(one.file, session.home)}\n" for one in found))
    if found or not (unread or odd):
        _sum_up(session, len(found), len(files), written=not (check or diff))
    raise typer.Exit(FAULTY if unread or odd or (found and (check or diff)) else DONE)


def _rewritten(session: Session, names: Iterable[str]) -> tuple[list[Rewritten], bool]:
    """Return the files that are laid out otherwise, and whether there is one that cannot be laid out."""
    plan, found, odd = session.plan, [], False
    for name in names:
        text = laid_out(plan.documents[name], programme=name == plan.programme_file)
        if text is None:
            odd = True
            shown = shown_path(plan.folder / name, session.home)
            session.note(
                say("{file} is left as it is: a reference (*name) stands in it where a word should", file=shown)
            )
        elif text != plan.documents[name].text:
            found.append(rewritten(session, name, text))
    return found, odd


def _sum_up(session: Session, count: int, total: int, *, written: bool) -> None:
    """Tell how many files changed, or would."""
    if not count:
        session.note(say("there is nothing to lay out anew"))
    elif written:
        session.note(say("laid out anew: {count} of {total} files", count=count, total=total))
    else:
        session.note(say("to be laid out anew: {count} of {total} files", count=count, total=total))

"""``wavectl diff``: say in words what has changed between two states of the plan, and what subscribers will see."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from wavectl.cli.action_counts import compare_actions
from wavectl.cli.arguments import check_choice
from wavectl.cli.console import first_few
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK
from wavectl.cli.revisions import is_continued, open_earlier_plan
from wavectl.diagnostics import Severity, msg, phrase, quoted
from wavectl.files import MIB, os_error_reason, read_file
from wavectl.plan.loader import FILE_SUFFIXES, Plan

if TYPE_CHECKING:
    from wavectl.actions.sources import SourceChanges
    from wavectl.insights.plan_changes import PlanChanges
    from wavectl.insights.plan_changes.page import PlanDiff
    from wavectl.lockfile.entry import LockEntry
    from wavectl.publishing.announcement import Announcement
    from wavectl.render.page import PageBlock

_FORMATS = ("text", "markdown", "json")
_MAX_SUBSCRIBER_LINES = 50
"""How many changes for subscribers Markdown shows under one heading, so that it fits a comment."""


class _State(NamedTuple):
    """A state of the plan, its name (None for the files as they are), and the day of a revision."""

    plan: Plan
    name: str | None
    day: date | None = None


def command(
    ctx: typer.Context,
    old: Annotated[
        str | None,
        typer.Argument(metavar="OLD", help="A git revision, a folder or a file of the plan [the last commit]."),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The same, to compare with [the files as they are].")
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The output format: text, markdown or json.")
    ] = "text",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with exit code 1 if something has changed.")
    ] = False,
) -> None:
    """Say in words what has changed since the last commit, or between two states of the plan.

    A moment that has another id, wave or date is the same moment. Local actions are only counted. Markdown is short
    enough for a comment on a pull request.

    Example: wavectl diff HEAD --format markdown
    """
    from wavectl.insights import JSON, render_page
    from wavectl.insights.plan_changes import compare_plans
    from wavectl.insights.plan_changes.page import LAST_COMMIT, PlanDiff

    console = open_console(ctx.obj)
    check_choice(console, "--format", format, _FORMATS)
    is_folder = new is not None and os.path.isdir(new)
    app = load_app(replace(ctx.obj, waves=new) if is_folder else ctx.obj, console)
    only = _named_wave(app, old) if new is None else None
    with ExitStack() as stack:
        before = stack.enter_context(_opened(app, LAST_COMMIT if old is None or only else old, new))
        after = _State(app.plan, new if is_folder else None)
        if new is not None and not is_folder:
            after = stack.enter_context(_opened(app, new, new))
        if _is_file(old) and not _is_file(new):
            _require_wave(app, Path(str(old)), after.plan)
        _warn_of_errors(app, before.plan, after.plan)
        changes = compare_plans(before.plan, after.plan, actions=compare_actions(app, before.plan, after.plan))
        changes = changes._replace(sources=_compare_sources(app, before.plan, after.plan))
    if only:
        changes = changes.of_wave(only)
    facts = PlanDiff(changes, before.name or "", after.name, before.day, after.day)
    facts = _add_subscriber_changes(app, facts, shortened=format == "markdown")
    text = render_page("diff", {"text": "table"}.get(format, format), facts, app.render_context())
    console.write(text, as_utf8=format in (JSON, "markdown"))
    raise typer.Exit(EXIT_FAILURE if exit_code and not changes.is_empty else EXIT_OK)


def _named_wave(app: AppContext, name: str | None) -> str | None:
    """Return the wave whose file in the plan's folder is named: its changes since the last commit are requested."""
    path = Path(name or "")
    is_own = _is_file(name) and path.parent.resolve() == app.plan.folder.resolve()
    return path.stem if is_own and path.stem in app.plan.files else None


def _require_wave(app: AppContext, file: Path, plan: Plan) -> None:
    """End the run if a plan has no file of the name of a file that is to be compared with it."""
    if file.stem not in {Path(own).stem for own in plan.documents}:
        app.console.fail(
            msg(
                "{file} cannot be compared: the plan has no wave {wave}", file=quoted(file.name), wave=quoted(file.stem)
            ),
            msg(
                "name the file to compare with too, or give this one the name of its wave: {waves}",
                waves=first_few(sorted(plan.files)),
            ),
        )


def _is_file(name: str | None) -> bool:
    return bool(name) and str(name).endswith(FILE_SUFFIXES) and os.path.isfile(str(name))


@contextmanager
def _opened(app: AppContext, name: str, new: str | None) -> Iterator[_State]:
    """Give the state of the plan at a revision, in a folder, or with another file in the place of one of its own.

    Of two files, both stand in the place of the one that has the name of ``new``.
    """
    if not _is_file(name):
        with open_earlier_plan(app, name, lockfile=True, actions=True) as (plan, day):
            yield _State(plan, name, day)
        return
    place = Path(new if new is not None and _is_file(new) else name)
    own = next((file for file in app.plan.documents if Path(file).stem == place.stem), place.name)
    try:
        content = read_file(Path(name), int(app.max_size * MIB))
    except OSError as error:
        app.console.fail(
            msg(
                "{file} cannot be read: {reason}",
                file=app.console.display_path(Path(name)),
                reason=os_error_reason(error),
            ),
            msg("name a file of the plan that you may read"),
        )
    yield _State(app.with_changes({own: content}).plan, name)


def _warn_of_errors(app: AppContext, old: Plan, new: Plan) -> None:
    """Say that a state could not be read as a whole; what loads of it is compared."""
    if _has_errors(old):
        app.console.write_message(msg("the earlier plan has errors, so the change may be inaccurate"))
    if _has_errors(new):
        app.console.write_message(
            msg("the plan has errors, so some changes may be missing; run wavectl validate to see the errors")
        )


def _has_errors(plan: Plan) -> bool:
    return any(finding.severity is Severity.ERROR for finding in plan.findings)


def _compare_sources(app: AppContext, old: Plan, new: Plan) -> "SourceChanges":
    """Return how many sources of actions changed; none, and say so, where a file of them has errors."""
    from wavectl.actions.sources import SOURCES_FILE, SourceChanges, compare_sources, load_sources

    before, after = (load_sources(plan.folder) for plan in (old, new))
    if before.findings or after.findings:
        app.console.write_message(msg("{file} has errors, so its changes are missing", file=SOURCES_FILE))
        return SourceChanges()
    return compare_sources(before.sources, after.sources)


def _add_subscriber_changes(app: AppContext, facts: "PlanDiff", *, shortened: bool) -> "PlanDiff":
    """Return the facts with what subscribers will see, if something was published before these changes."""
    old, new = facts.changes.old, replace(facts.changes.new, lockfile=facts.changes.old.lockfile, today=app.today)
    lockfile = old.lockfile
    if lockfile is None or lockfile.findings or new.programme.effective_uid_domain != lockfile.domain:
        return facts
    from wavectl.publishing.announcement import Announcement, announcement_data
    from wavectl.publishing.tracking.next_lock import compare_publications
    from wavectl.render.page import Section, page_line

    changes, reworded, _, entries = compare_publications(old, new, app.today, _withdrawals(facts.changes))
    announcement = Announcement(new, changes, entries, new.programme.name, list(new.files), [app.languages])
    blocks = list(_announcement_blocks(announcement, app, _MAX_SUBSCRIBER_LINES if shortened else None))
    context = app.render_context()
    if reworded:
        text = msg("the slogan or the hashtags of the wave have changed, in {count} entries", count=len(reworded))
        blocks.append(page_line(context.format_message(text)))
    heading = context.translate(phrase("What subscribers will see"))
    return facts._replace(
        subscribers=(Section(heading, tuple(blocks)),) if blocks else (),
        subscriber_changes=announcement_data(announcement._replace(changes=(*changes, *reworded))),
    )


def _withdrawals(changes: "PlanChanges") -> "dict[str, LockEntry]":
    """Return the entries that the new state's own lockfile has withdrawn, if it continues that of the old state."""
    old, new = changes.old.lockfile, changes.new.lockfile
    if old is None or new is None or not is_continued(old, new):
        return {}
    return {uid: entry for uid, entry in new.entries.items() if entry.withdrawn and old.entries.get(uid) != entry}


def _announcement_blocks(announcement: "Announcement", app: AppContext, limit: int | None) -> Iterator["PageBlock"]:
    """Yield the headings of an announcement and at most so many changes below each; None for all."""
    from wavectl.publishing.announcement import change_line, compose_announcement
    from wavectl.render.page import Column, build_table, page_line, styled_line

    sections = compose_announcement(announcement, app.languages).sections if announcement.changes else ()
    for section in sections:
        shown = section.changes[:limit]
        yield styled_line(section.heading, "title")
        yield build_table([Column()], shown, lambda change: [change_line(change)])
        if len(shown) < len(section.changes):
            more = msg("and {count} more", count=len(section.changes) - len(shown))
            yield page_line(app.render_context().format_message(more))

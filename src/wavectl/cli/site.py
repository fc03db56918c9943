"""``wavectl site``: write the public pages of a plan."""

import os
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from wavectl.cli.apply_changes import check_unchanged
from wavectl.cli.console import ProgressLine
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.plan_lock import plan_lock
from wavectl.cli.publication import resolve_destination
from wavectl.cli.report import compare_with
from wavectl.cli.revisions import load_lock_history
from wavectl.cli.site_actions import read_site_actions
from wavectl.cli.site_templates import TemplatesOption, read_templates
from wavectl.cli.staged_files import StagedFiles
from wavectl.diagnostics import msg, phrase
from wavectl.insights.report import Report, build_report
from wavectl.publishing.site.facts import SiteActions, SiteFacts
from wavectl.publishing.site.history import LockHistory
from wavectl.publishing.site.site import build_site
from wavectl.publishing.site.templates import SiteTemplateError
from wavectl.timeline.public_plan import public_plan


def command(
    ctx: typer.Context,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="DIR", help="The folder of the pages [that of the feeds].")
    ] = None,
    templates: TemplatesOption = None,
) -> None:
    """Write the public pages: waves, moments, regions and countries.

    They are for people who never open a terminal, and go into the folder that
    subscribers read: publish.folder in programme.yaml, else feeds beside the plan. Only files that change are written,
    those that the plan has no longer are deleted, and files of others stay. Drafts, notes and all else that is private
    are never in them.

    Example: wavectl site -o public
    """
    app = load_app(ctx.obj, lock=ctx)
    replaced = read_templates(app.console, templates)
    app.require_valid(lockfile=True)
    folder = resolve_destination(app, output, single=False, publish=False).path
    ctx.with_resource(plan_lock(app.console, app.plan.folder))
    check_unchanged(app)
    with StagedFiles(app.console, folder) as staged:
        stage_site(app, staged, replaced)
        deleted = len(staged.left_over)
        staged.replace()
    shown = app.console.display_path(folder)
    app.console.write(f"{shown}{os.sep}index.html\n")
    app.console.write_message(
        msg(
            "files written: {written}, unchanged: {unchanged}",
            written=len(staged.new) + len(staged.changed),
            unchanged=staged.unchanged,
        )
    )
    if deleted:
        app.console.write_message(msg(FILES_DELETED, count=deleted))
    app.console.write_message(
        msg(
            "to look at them: {command}, then open {address}",
            command=f"python -m http.server -d {shown}",
            address="http://localhost:8000/",
        )
    )


FILES_DELETED = phrase("files deleted that the plan has no longer: {count}")


def stage_site(app: AppContext, staged: StagedFiles, templates: Mapping[str, str], since: str | None = None) -> None:
    """Stage all pages; a page comes after those that it leads to, so that no link is broken in between.

    ``templates`` are those that ``read_templates`` returned. The report says what has changed since an earlier plan; by
    default, since the one that was published before.
    """
    progress = ProgressLine(sys.stderr)
    try:
        revisions, actions = load_lock_history(app), read_site_actions(app)
        report = _build_report(app, actions, since or (revisions[-2].commit if revisions[1:] else None))
        facts = SiteFacts(app.plan, app.today, actions, LockHistory(app.plan, revisions), report)
        for file in build_site(facts, templates):
            progress.update(file.path)
            staged.add_site_file(file.path, file.data)
    except SiteTemplateError as error:
        progress.clear()
        place = error.file if error.line is None else f"{error.file}:{error.line}"
        app.console.fail(msg("template {file}: {fault}", file=place, fault=error.fault), error.hint)
    finally:
        progress.clear()


def _build_report(app: AppContext, actions: SiteActions, since: str | None) -> Report:
    """Return the report for the site."""
    earlier, diff = compare_with(app, since) if since is not None else (None, None)
    counts = {wave: one.by_country for wave, one in actions.waves.items()}
    return build_report(public_plan(app.plan), app.today, None, earlier, counts, diff, for_site=True)

"""``wavectl publish``: check the plan, and write its feeds and pages as one publication."""

import os
import sys
from dataclasses import replace
from typing import Annotated

import typer

from wavectl.cli.action_feeds import read_feed_actions
from wavectl.cli.apply_changes import check_unchanged
from wavectl.cli.console import first_few
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.feed_files import FeedExport, build_announcement, feed_targets, report_left_out, subscriber_changes
from wavectl.cli.plan_lock import plan_lock
from wavectl.cli.publication import (
    LockfileOptions,
    check_domain,
    check_lockfile,
    check_lost_lockfile,
    prepare_publication,
    report_addresses,
    report_changes,
    resolve_destination,
    write_lockfile,
)
from wavectl.cli.revisions import committed_lockfile
from wavectl.cli.site import FILES_DELETED, stage_site
from wavectl.cli.site_templates import TemplatesOption, read_templates
from wavectl.cli.staged_files import StagedFiles
from wavectl.diagnostics import msg
from wavectl.i18n import UI_LANGUAGES
from wavectl.i18n.names import language_name
from wavectl.model import localized_text
from wavectl.publishing.ical.feeds import select_feeds
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.site import addresses
from wavectl.timeline.actors import unconfirmed_actors
from wavectl.timeline.entries import Filter


def command(
    ctx: typer.Context,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Write nothing, and show what would change for subscribers and in the folder."),
    ] = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="Do not write wavectl.lock, and fail if it is out of date.")
    ] = False,
    withdraw: Annotated[
        list[str] | None,
        typer.Option(
            "--withdraw", metavar="WAVE", help="Tell subscribers that this wave, no longer in the plan, is cancelled."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV, DATE or FOLDER",
            help="Let the report say what changed since then [the commit that last changed wavectl.lock before].",
        ),
    ] = None,
    templates: TemplatesOption = None,
) -> None:
    """Publish the plan: its calendar feeds, its pages and the report, as one.

    The plan is checked, then feeds, pages and report are prepared; if a part fails, nothing changes. Then the files
    that differ are replaced in the folder that subscribers read: publish.folder in programme.yaml, else feeds beside
    the plan; files of the site that the plan has no longer are deleted. Files of others stay. wavectl.lock records what
    was published.

    Example: wavectl publish --dry-run
    """
    app = load_app(ctx.obj, lock=None if dry_run else ctx)
    replaced = read_templates(app.console, templates)
    app.require_valid(lockfile=True)
    destination = resolve_destination(app, None, single=False, publish=False)
    lockfile_options = LockfileOptions(not locked and not dry_run, locked, withdraw or [], command="wavectl publish")
    check_lockfile(app, app.plan, lockfile_options)
    check_lost_lockfile(app, destination.path)
    app = check_domain(app, must_have=not dry_run)
    if not dry_run:
        ctx.with_resource(plan_lock(app.console, app.plan.folder))
        check_unchanged(app)
    plan, waves = app.plan, list(app.plan.files)
    publication, day = prepare_publication(app, waves, lockfile_options, read_feed_actions(app, (), waves))
    options = FeedOptions(day, identity=plan.programme.effective_uid_domain)
    languages = plan.programme.published_languages
    export = FeedExport(app, plan, publication.entries, options, Filter(), languages, every_language=False, rendered={})
    feeds = select_feeds(plan, ())
    with StagedFiles(app.console, destination.path, dry_run=dry_run) as staged:
        targets = list(feed_targets(export, feeds, destination.path))
        for target in targets:
            for file in target.files:
                staged.add_feed(file.name, target.calendar.data)
        new_feeds = tuple(staged.new)
        feed_counts = staged.take_counts()
        stage_site(replace(app, plan=replace(plan, lockfile=publication.lockfile)), staged, replaced, since)
        page_counts, deleted = staged.take_counts(), len(staged.left_over)
        if lockfile_options.may_write:
            write_lockfile(app, publication)
        if not dry_run:
            staged.replace()
    app.console.write(f"{app.console.display_path(destination.path)}{os.sep}\n")
    for text in (
        msg("calendar feeds: new {new}, changed {changed}, unchanged {unchanged}", **feed_counts._asdict()),
        msg("pages: new {new}, changed {changed}, unchanged {unchanged}", **page_counts._asdict()),
        *([msg(FILES_DELETED, count=deleted)] if deleted else []),
    ):
        app.console.write(f"  {app.console.translate(text)}\n")
    report_left_out(app, targets)
    _report_unconfirmed_actors(app)
    _report_languages(app)
    if staged.follows_killed_run:  # its lockfile has the changes, but it may not have printed the notice
        export = export._replace(app=replace(app, plan=replace(plan, lockfile=committed_lockfile(app))))
    report_changes(app, build_announcement(export, feeds, waves, publication, subscriber_changes(export, publication)))
    if dry_run:
        app.console.write_message(msg("nothing is written"))
    elif not locked:
        report_addresses(app, new_feeds, destination.path)
        _report_page(app)


def _report_page(app: AppContext) -> None:
    """Tell the address of the page of calendars, which also has the steps to subscribe, where the site is known."""
    site, languages = app.plan.programme.site, app.plan.programme.page_languages
    if site is not None:
        language = next((code for code in app.languages if code in languages), languages[0])
        page = addresses.absolute(site, addresses.feeds(language))
        app.console.write_message(msg("to subscribe, send people to this page: {address}", address=page))


def _report_unconfirmed_actors(app: AppContext) -> None:
    """Tell which actors are named in public although they have not agreed yet."""
    actors = unconfirmed_actors(app.plan)
    names = sorted({localized_text(actor.name, app.languages) for actor in actors})
    if names:
        app.console.write_message(
            msg(
                "actors named in public as still unconfirmed: {count} ({actors})",
                count=len(names),
                actors=first_few(names),
            )
        )


def _report_languages(app: AppContext) -> None:
    """Tell in which languages there are pages and no calendar feeds, and in which wavectl has no words of its own."""
    programme, language = app.plan.programme, app.console.context(sys.stderr).language
    only = [
        language_name(code, language) for code in programme.page_languages if code not in programme.published_languages
    ]
    if only:
        app.console.write_message(
            msg(
                "pages without calendar feeds: {languages}; publish.languages in programme.yaml sets both",
                languages=", ".join(only),
            )
        )
    without_words = [
        language_name(code, language)
        for code in dict.fromkeys((*programme.page_languages, *programme.published_languages))
        if code.partition("-")[0] not in UI_LANGUAGES
    ]
    if without_words:
        app.console.write_message(
            msg(
                "wavectl has no words in {languages}: pages and calendars in it mix the texts of the plan with English",
                languages=", ".join(without_words),
            )
        )

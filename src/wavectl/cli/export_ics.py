"""``wavectl export-ics``: write calendar feeds, or check what would change for subscribers."""

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from wavectl.cli import shared_options
from wavectl.cli.action_feeds import read_feed_actions
from wavectl.cli.apply_changes import check_unchanged
from wavectl.cli.arguments import check_choice
from wavectl.cli.console import Console
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.feed_files import (
    FeedExport,
    are_files_current,
    build_announcement,
    check_feed_files,
    feed_targets,
    leftover_feed_files,
    single_target,
    stale_feed_files,
    subscriber_changes,
    write_targets,
)
from wavectl.cli.language import language_tag
from wavectl.cli.plan_lock import plan_lock
from wavectl.cli.publication import (
    Destination,
    LockfileOptions,
    check_domain,
    check_lockfile,
    check_lost_lockfile,
    prepare_publication,
    report_addresses,
    report_changes,
    report_check,
    resolve_destination,
    stale_lockfile,
    write_lockfile,
)
from wavectl.diagnostics import msg, quoted
from wavectl.model import all_translations
from wavectl.model.types import ALARM_PATTERN
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import ANNOUNCEMENT_FORMATS, changed_waves
from wavectl.publishing.ical.feeds import ALL_FEED, select_feeds
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.timeline.entries import Filter

FUZZY_CHOICES = ("auto", "span", "first-day", "omit")
CANCELLED_CHOICES = ("show", "status", "omit")


def command(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="WAVE or FEED", help="The feeds to write [all].")] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="A folder, one .ics file, or - for standard output: a preview."
        ),
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Subscribers read the folder of -o: write wavectl.lock too.")
    ] = False,
    fuzzy: Annotated[
        str,
        typer.Option(
            "--fuzzy", metavar="HOW", help="How to publish dates that are not exact: auto, span, first-day or omit."
        ),
    ] = "auto",
    cancelled: Annotated[
        str, typer.Option("--cancelled", metavar="HOW", help="How to publish cancelled moments: show, status or omit.")
    ] = "show",
    alarm: Annotated[
        list[str] | None,
        typer.Option("--alarm", metavar="BEFORE", help="Add an alarm before firm moments: 7d, or 7d@18:00."),
    ] = None,
    locked: Annotated[
        bool, typer.Option("--locked", help="Do not write wavectl.lock, and fail if it is out of date.")
    ] = False,
    withdraw: Annotated[
        list[str] | None,
        typer.Option(
            "--withdraw", metavar="WAVE", help="Tell subscribers that this wave, no longer in the plan, is cancelled."
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing, report what would change for subscribers, and fail if anything would."
        ),
    ] = False,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="The form of the report of --check: text, markdown, html or json."
        ),
    ] = None,
    first: shared_options.FromOption = None,
    last: shared_options.ToOption = None,
    upcoming: shared_options.UpcomingOption = False,
    status: shared_options.StatusOption = None,
    kind: shared_options.KindOption = None,
    priority: shared_options.PriorityOption = None,
    actor: shared_options.ActorOption = None,
    country: shared_options.CountryOption = None,
    region: shared_options.RegionOption = None,
) -> None:
    """Write calendar feeds, one for each wave and one for all.

    The feeds go into the folder that subscribers read: publish.folder in programme.yaml, else feeds beside the plan.
    wavectl.lock, in the folder of the plan, records what was published, so that every calendar entry keeps its
    identity. With -o, the feeds are only a preview, unless it names that folder.

    Example: wavectl export-ics housing --lang fr -o housing.ics
    """
    filters = shared_options.FilterOptions(first, last, upcoming, status, kind, priority, actor, country, region)
    requested_language = ctx.obj.lang and language_tag(ctx.obj.lang)
    every_language = requested_language == "all"
    options = replace(ctx.obj, lang=None) if every_language else ctx.obj
    console = open_console(options)
    check_choice(console, "--fuzzy", fuzzy, FUZZY_CHOICES)
    check_choice(console, "--cancelled", cancelled, CANCELLED_CHOICES)
    _check_alarms(console, alarm or [])
    _check_format(console, format, check=check)
    app = load_app(options, console, lock=None if check or output == "-" else ctx)
    plan = app.plan
    names = _resolve_names(app, names or [])
    waves = _resolve_waves(plan, names)
    single = _is_single(console, output, publish=publish, every_language=every_language)
    app.require_valid(waves, lockfile=True)
    keep = shared_options.build_filter(app, filters)
    destination = resolve_destination(app, output, single=single, publish=publish)
    _check_publication(app, destination, keep)
    lockfile_options = LockfileOptions(not locked and destination.is_publication, locked, withdraw or [], check)
    check_lockfile(app, plan, lockfile_options)
    if destination.is_publication and not check:
        check_lost_lockfile(app, destination.path)
    app = check_domain(app, must_have=destination.is_publication and not check)
    plan = app.plan
    if not check and output != "-":
        ctx.with_resource(plan_lock(app.console, plan.folder))
        check_unchanged(app)
    publication, day = prepare_publication(app, waves, lockfile_options, read_feed_actions(app, names, waves))
    feed_options = FeedOptions(day, fuzzy, cancelled, plan.programme.effective_uid_domain, tuple(alarm or ()))
    languages = _export_languages(app, destination, requested_language)
    export = FeedExport(app, plan, publication.entries, feed_options, keep, languages, every_language, {})
    feeds = select_feeds(plan, names)
    path = destination.path
    targets = [single_target(export, names, path)] if single else list(feed_targets(export, feeds, path))
    if not single:
        check_feed_files(app, targets)
    changes = subscriber_changes(export, publication)
    if check:
        if not destination.is_publication and are_files_current(app, targets):
            changes = []
        files = [
            *stale_feed_files(app, targets, changed_waves(plan, changes)),
            *stale_lockfile(app, publication, lockfile_options, changes),
        ]
        if not names and not single and keep == Filter():
            files += leftover_feed_files(app, path, {name for feed in feeds for name in (feed.name, *feed.aliases)})
        announcement = build_announcement(export, feeds, waves, publication, changes, files)
        raise typer.Exit(report_check(app, format or "text", announcement))
    new = [target.files[0].name for target in targets if target.files and not os.path.exists(target.files[0])]
    if lockfile_options.may_write:
        write_lockfile(app, publication)
    write_targets(export, targets)
    report_changes(app, build_announcement(export, feeds, waves, publication, changes))
    if destination.is_publication:
        report_addresses(app, new if not locked else (), path)
    elif not (single or locked):
        app.console.write_message(
            msg("preview only; if subscribers read this folder, set publish.folder or add --publish")
        )


def _export_languages(app: AppContext, destination: Destination, requested: str | None) -> Sequence[str]:
    """Return the languages to write feeds in.

    A publication always has those of ``publish.languages``: a feed that is left out would miss the changes for good.
    """
    programme = app.plan.programme
    if destination.is_single:
        return app.languages[:1]
    languages = programme.languages if requested == "all" else [requested] if requested else []
    if destination.is_publication or not languages:
        languages = [*programme.published_languages, *languages]
    return tuple(dict.fromkeys(languages))


def _check_publication(app: AppContext, destination: Destination, entry_filter: Filter) -> None:
    """End the run if a publication would have only some of the moments of its feeds."""
    if destination.is_publication and entry_filter != Filter():
        app.console.fail(
            msg("a filter would remove moments from the calendars of subscribers"),
            msg("name another place with -o; or define a feed with a filter under feeds in programme.yaml"),
        )


def _is_single(console: Console, output: str | None, *, publish: bool, every_language: bool) -> bool:
    """Tell whether ``-o`` names one calendar, not a folder; end the run if that is not possible."""
    if output == "":
        console.fail(msg("-o needs the name of a file or a folder"), msg("name a file or a folder, or remove -o"))
    single = output is not None and (output == "-" or output.lower().endswith(".ics"))
    if single and every_language:
        console.fail(
            msg("one calendar has one language"), msg("choose the language with --lang, or name a folder with -o")
        )
    if single and publish:
        console.fail(msg("--publish needs a folder, not one calendar"), msg("name a folder, or remove --publish"))
    return single


def _check_format(console: Console, output_format: str | None, *, check: bool) -> None:
    check_choice(console, "--format", output_format or "text", ANNOUNCEMENT_FORMATS)
    if output_format and not check:
        console.fail(
            msg("--format sets the form of the report of --check"),
            msg("add --check, which writes nothing; then export without --check and --format"),
        )


def _check_alarms(console: Console, alarms: Sequence[str]) -> None:
    for text in alarms:
        if not re.fullmatch(ALARM_PATTERN, text):
            console.fail(
                msg("--alarm {value} is not a valid time before a moment", value=quoted(text)),
                msg("write 7d for seven days before, or 7d@18:00 for six o'clock on that day"),
            )


def _resolve_names(app: AppContext, names: Sequence[str]) -> list[str]:
    """Return the waves and feeds with these ids, titles or names; end the run if there is none."""
    feeds = {ALL_FEED: [], **{id_: all_translations(feed.name) for id_, feed in app.plan.programme.feeds.items()}}
    known = {*app.plan.files, *feeds}
    return [name if name in known else app.find_wave(name, feeds) for name in names]


def _resolve_waves(plan: Plan, names: Sequence[str]) -> list[str]:
    """Return the waves of these waves and feeds, or all without names."""
    of_feeds = [plan.programme.feeds[name].waves or [ALL_FEED] for name in names if name in plan.programme.feeds]
    selected = {*names, *(wave for waves in of_feeds for wave in waves)}
    return [wave for wave in plan.files if not names or ALL_FEED in selected or wave in selected]

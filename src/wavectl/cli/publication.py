"""The record of what was published, as ``export-ics`` keeps it: followed, refused where it does not fit, written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from wavectl.cli.atomic_files import BusyError, fail_unwritable, replace_if_unchanged
from wavectl.cli.console import first_few
from wavectl.cli.context import AppContext
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK
from wavectl.diagnostics import msg, os_error_reason, phrase, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME
from wavectl.lockfile.writer import dump_lockfile
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.plan.loader import Plan, load_lockfile
from wavectl.publishing.announcement import (
    UTF8_FORMATS,
    Announcement,
    FileState,
    StaleFile,
    render_announcement,
    render_summary,
)
from wavectl.publishing.ical import CalendarFeed, RenderedCalendar
from wavectl.publishing.ical.vcalendar import PRODUCT_ID
from wavectl.publishing.tracking import EntryChange, Publication, compute_publication, current_wave_names
from wavectl.text.suggest import suggest

_MAX_TRIES = 5
"""How many times an export begins anew because another one was quicker."""


class LockfileOptions(NamedTuple):
    """What an export asks of the record: whether it may be written, must be up to date already, what may vanish.

    ``looks`` says that the export is only looked at: nothing is written, and what is out of date is no reason to stop.
    """

    may_write: bool
    locked: bool
    withdraw: Collection[str]
    check_only: bool = False


def check_lockfile(app: AppContext, plan: Plan, lockfile_options: LockfileOptions) -> None:
    """End the run where the record is not of this plan, or a wave is withdrawn that is there or never was."""
    file = app.console.display_path(plan.folder / LOCKFILE_NAME)
    known = plan.lockfile
    if lockfile_options.locked and known is None:
        app.console.fail(
            msg("there is no {file}, which --locked needs", file=file),
            msg("run wavectl export-ics once without --locked, and keep {file} with the plan", file=file),
            EXIT_FAILURE,
        )
    if known is not None and known.domain != plan.programme.effective_uid_domain:
        app.console.fail(
            msg(
                "uid_domain is {new}, but the feeds were published with {old}",
                new=plan.programme.effective_uid_domain,
                old=known.domain,
            ),
            msg(
                "write uid_domain: {old} again; or, if subscribers may get every entry a second time, delete {file}",
                old=known.domain,
                file=file,
            ),
            EXIT_FAILURE,
        )
    lines = known.entries.values() if known else ()
    named = {name.partition("/")[0] for line in lines for name in line.members}
    gone = named - plan.files.keys() - current_wave_names(plan).keys()
    for wave in lockfile_options.withdraw:
        if wave in plan.files:
            app.console.fail(
                msg("the wave {wave} is still in the plan", wave=quoted(wave)),
                msg("remove its file from the plan first; or write status: closed in it to keep its published entries"),
            )
        if wave not in gone:
            app.console.fail(msg("the wave {wave} was never published", wave=quoted(wave)), suggest(wave, sorted(gone)))


def update_lockfile(
    app: AppContext, waves: Sequence[str], lockfile_options: LockfileOptions
) -> tuple[AppContext, Publication, date]:
    """Return what is published of the waves once the record says so, and the day on which it is looked at.

    Ends the run where the record must not change and would, and where a wave has vanished with entries ahead.
    """
    tries = _MAX_TRIES
    while True:
        plan = app.plan
        day = _last_change_day(plan) or app.today if lockfile_options.locked else app.today
        followed = compute_publication(plan, waves, day, lockfile_options.withdraw)
        _check_no_vanished_waves(app, followed)
        same = plan.lockfile is not None and followed.lockfile.entries == plan.lockfile.entries
        if lockfile_options.check_only:
            return app, followed, day
        if lockfile_options.locked and not same:
            _fail_outdated(app, plan, followed)
        if same or not lockfile_options.may_write or _write_lockfile(app, plan, followed):
            return app, followed, day
        tries -= 1
        if not tries:
            app.console.fail(
                msg("{file} keeps changing while it is written", file=LOCKFILE_NAME), msg("wait a while, and try again")
            )
        app = replace(app, plan=plan._replace(lockfile=load_lockfile(plan.folder)))
        app.require_valid([], app.plan.lockfile.findings if app.plan.lockfile else (), lockfile=True)


def _last_change_day(plan: Plan) -> date | None:
    """Return the day of the last change that the record knows of."""
    lines = plan.lockfile.entries.values() if plan.lockfile else ()
    return max((date.fromisoformat(line.modified) for line in lines), default=None)


def _check_no_vanished_waves(app: AppContext, publication: Publication) -> None:
    for wave, uids in publication.vanished_waves.items():
        app.console.fail(
            msg(
                "the wave {wave} is no longer in the plan, but subscribers still have future entries of it: {count}",
                wave=quoted(wave),
                count=len(uids),
            ),
            msg(
                "if the wave has another name now, write was: [{wave}] in its file; if it is over, restore its "
                "file with status: closed; if it is cancelled, add --withdraw {wave} to tell subscribers",
                wave=wave,
            ),
            EXIT_FAILURE,
        )


def _fail_outdated(app: AppContext, plan: Plan, publication: Publication) -> None:
    old = plan.lockfile.entries if plan.lockfile else {}
    stale = [line.members[0] for uid, line in publication.lockfile.entries.items() if old.get(uid) != line]
    names = sorted(dict.fromkeys(stale))
    file = app.console.display_path(plan.folder / LOCKFILE_NAME)
    app.console.fail(
        msg(
            "{file} is out of date: {count} ({moments})",
            file=file,
            count=len(names),
            moments=first_few(names),
        ),
        msg("run wavectl export-ics without --locked, and keep {file} with the plan", file=file),
        EXIT_FAILURE,
    )


def _write_lockfile(app: AppContext, plan: Plan, publication: Publication) -> bool:
    """Write the record; return False where another run has written it since it was read."""
    file = plan.folder / LOCKFILE_NAME
    shown = app.console.display_path(file)
    data = dump_lockfile(publication.lockfile.entries, publication.lockfile.domain)
    try:
        done = replace_if_unchanged(file, plan.lockfile.raw if plan.lockfile else None, data)
    except BusyError as error:
        app.console.fail(
            msg("another run of wavectl is writing {file}", file=shown),
            msg("wait for it; if no other run exists, delete the file {name} beside it", name=str(error)),
        )
    except OSError as error:
        hint = msg(
            "wavectl.lock must be written together with the feeds; export to one file with -o FILE.ics to do without"
        )
        fail_unwritable(app.console, shown, error, hint)
    if done and plan.lockfile is None:
        app.console.write_message(
            msg("{file} is new: it records what subscribers have, so keep it with the plan", file=shown)
        )
    return done


_MAX_LISTED_CHANGES = 20
"""How many changes are told after an export; ``--check`` tells all."""


class ExportTarget(NamedTuple):
    """A feed, its calendar in a language, and the files that this goes into: none for the standard output."""

    feed: CalendarFeed
    calendar: RenderedCalendar
    files: tuple[Path, ...]


def stale_feed_files(
    app: AppContext, targets: Sequence[ExportTarget], changing_waves: frozenset[str]
) -> Iterator[StaleFile]:
    """Return the files that would be written anew, save those that hold moments of ``changing`` waves."""
    for target in targets:
        for file in target.files:
            held = _read_if_exists(app, file)
            if held is None:
                yield StaleFile(app.console.display_path(file), FileState.MISSING)
            elif held != target.calendar.data and changing_waves.isdisjoint(target.feed.waves):
                yield StaleFile(app.console.display_path(file), FileState.CHANGED)


def _read_if_exists(app: AppContext, file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        app.console.fail(
            msg("{file} cannot be read: {reason}", file=str(file), reason=os_error_reason(error)),
            msg("name another place with -o"),
        )


def stale_lockfile(
    app: AppContext, publication: Publication, lockfile_options: LockfileOptions, changes: Sequence[EntryChange]
) -> Iterator[StaleFile]:
    """Return the record where it would be written though nothing changes for subscribers."""
    known = app.plan.lockfile
    file = app.console.display_path(app.plan.folder / LOCKFILE_NAME)
    if not (lockfile_options.may_write or lockfile_options.locked):
        return
    if known is None:
        yield StaleFile(file, FileState.MISSING)
    elif known.entries != publication.lockfile.entries and not changes:
        yield StaleFile(file, FileState.CHANGED)


def leftover_feed_files(app: AppContext, folder: Path, names: Collection[str]) -> Iterator[StaleFile]:
    """Return the feeds in a folder that have none of these names, in any language; only those that wavectl wrote."""
    for file in sorted(folder.glob("*.ics")):
        name, _, language = file.stem.partition(".")
        known = name in names and (not language or LANGUAGE_PATTERN.fullmatch(language))
        if not known and file.is_file() and f"PRODID:{PRODUCT_ID}".encode() in (_read_if_exists(app, file) or b""):
            yield StaleFile(app.console.display_path(file), FileState.LEFT_OVER)


def report_changes(app: AppContext, announcement: Announcement) -> None:
    """Tell what has changed for subscribers, once it is written; of a first publication there is nothing to tell."""
    if app.plan.lockfile is not None:
        app.console.write_stderr(render_summary(announcement, _MAX_LISTED_CHANGES))


def report_check(app: AppContext, output_format: str, announcement: Announcement) -> int:
    """Tell what would change, to send it or for a program, and of files beside it; return the exit code."""
    app.console.write(render_announcement(output_format, announcement), as_utf8=output_format in UTF8_FORMATS)
    for state, text in _STATE_MESSAGES.items():
        files = [one.file for one in announcement.stale_files if one.state is state]
        if files:
            shown = first_few(files)
            app.console.write_message(msg(text, count=len(files), files=shown))
    if announcement.changes or any(one.state is not FileState.LEFT_OVER for one in announcement.stale_files):
        return EXIT_FAILURE
    app.console.write_message(msg("nothing would change"))
    return EXIT_OK


_STATE_MESSAGES = {
    FileState.CHANGED: phrase("would change although no moment changes: {count} ({files})"),
    FileState.MISSING: phrase("missing: {count} ({files})"),
    FileState.LEFT_OVER: phrase(
        "left over, feeds that are not in the plan: {count} ({files}); delete them, or write the earlier name "
        "of the wave under was"
    ),
}

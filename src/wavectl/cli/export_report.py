"""What an export changes for subscribers: told after it, or under ``--check`` instead of it.

What they have is what the record says was published. The files in the output folder are looked at too: one may be
missing, written by hand, of other options, or left over from a feed that is no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wavectl.cli.common import EXIT_FAILURE, EXIT_OK, AppContext, first_few
from wavectl.cli.publication import LockfileOptions
from wavectl.diagnostics import msg, os_error_reason, phrase
from wavectl.lockfile.entry import LOCKFILE_NAME as RECORD
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.publishing.announcement import UTF8_FORMATS, Announcement, FileState, StaleFile, render_announcement
from wavectl.publishing.announcement.text import render_summary
from wavectl.publishing.ical import CalendarFeed, RenderedCalendar
from wavectl.publishing.ical.vcalendar import PRODUCT_ID
from wavectl.publishing.tracking import EntryChange, Publication
from wavectl.render.diagnostics import display_path

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
                yield StaleFile(display_path(file, app.working_folder), FileState.MISSING)
            elif held != target.calendar.data and changing_waves.isdisjoint(target.feed.waves):
                yield StaleFile(display_path(file, app.working_folder), FileState.CHANGED)


def _read_if_exists(app: AppContext, file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        app.fail(
            msg("{file} cannot be read: {reason}", file=str(file), reason=os_error_reason(error)),
            msg("name another place with -o"),
        )


def stale_lockfile(
    app: AppContext, publication: Publication, lockfile_options: LockfileOptions, changes: Sequence[EntryChange]
) -> Iterator[StaleFile]:
    """Return the record where it would be written though nothing changes for subscribers."""
    known = app.plan.lockfile
    file = display_path(app.plan.folder / RECORD, app.working_folder)
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
            yield StaleFile(display_path(file, app.working_folder), FileState.LEFT_OVER)


def report_changes(app: AppContext, announcement: Announcement) -> None:
    """Tell what has changed for subscribers, once it is written; of a first publication there is nothing to tell."""
    if app.plan.lockfile is not None:
        app.write_stderr(render_summary(announcement, _MAX_LISTED_CHANGES))


def report_check(app: AppContext, output_format: str, announcement: Announcement) -> int:
    """Tell what would change, to send it or for a program, and of files beside it; return the exit code."""
    app.write(render_announcement(output_format, announcement), as_utf8=output_format in UTF8_FORMATS)
    for state, text in _STATE_MESSAGES.items():
        files = [one.file for one in announcement.stale_files if one.state is state]
        if files:
            shown = first_few(files)
            app.write_message(msg(text, count=len(files), files=shown))
    if announcement.changes or any(one.state is not FileState.LEFT_OVER for one in announcement.stale_files):
        return EXIT_FAILURE
    app.write_message(msg("nothing would change"))
    return EXIT_OK


_STATE_MESSAGES = {
    FileState.CHANGED: phrase("would be written anew, though no moment changes: {count} ({files})"),
    FileState.MISSING: phrase("missing: {count} ({files})"),
    FileState.LEFT_OVER: phrase(
        "left over from feeds that this plan does not have: {count} ({files}); "
        "delete them, or write the earlier name of the wave under was"
    ),
}

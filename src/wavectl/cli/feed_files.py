"""Build the calendar feeds of an export and their files, compare these with what is there, and write them."""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wavectl.cli.atomic_files import fail_not_ours, write_output
from wavectl.cli.console import first_few
from wavectl.cli.context import AppContext
from wavectl.dates.edtf import DateForm
from wavectl.diagnostics import msg, phrase
from wavectl.files import MIB, open_file, os_error_reason, read_file
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import Announcement, FileState, StaleFile
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.feeds import (
    ALL_FEED,
    CalendarFeed,
    feed_address,
    feed_file_name,
    feed_names,
    matching_entries,
    select_feeds,
)
from wavectl.publishing.ical.vcalendar import CalendarTitle, RenderedCalendar, is_own_calendar, render_calendar
from wavectl.publishing.ical.vevent import FeedEntry, FeedOptions
from wavectl.publishing.tracking.changes import EntryChange, compare_lockfiles
from wavectl.publishing.tracking.next_lock import Publication, PublishedEntry
from wavectl.timeline.entries import Filter

MAX_FEED_SIZE = 64
"""How large a published feed may be, in MiB, to be compared."""


_HEAD_SIZE = 1024
"""How many bytes of a calendar are read to see who wrote it."""


class ExportTarget(NamedTuple):
    """A feed, its calendar in one language, and the files to write; no file means standard output."""

    feed: CalendarFeed
    calendar: RenderedCalendar
    files: tuple[Path, ...]


def are_files_current(app: AppContext, targets: Sequence[ExportTarget]) -> bool:
    """Tell whether every file has the bytes that an export would write; False for standard output."""
    files = [(file, target.calendar.data) for target in targets for file in target.files]
    return bool(files) and all(_read_if_exists(app, file) == data for file, data in files)


_TEXT_LINES = re.compile(rb"^(?:SUMMARY|DESCRIPTION):.*\n(?: .*\n)*", re.MULTILINE)
"""The lines of a feed with the texts of its entries, folded ones included."""


def stale_feed_files(
    app: AppContext, targets: Sequence[ExportTarget], changing_waves: frozenset[str]
) -> Iterator[StaleFile]:
    """Return the files that would change, except those with moments of ``changing_waves``."""
    for target in targets:
        for file in target.files:
            content = _read_if_exists(app, file)
            if content is None:
                yield StaleFile(app.console.display_path(file), FileState.MISSING)
            elif content != target.calendar.data and changing_waves.isdisjoint(target.feed.waves):
                reworded = _TEXT_LINES.sub(b"", content) == _TEXT_LINES.sub(b"", target.calendar.data)
                yield StaleFile(app.console.display_path(file), FileState.CHANGED, reworded)


def _read_if_exists(app: AppContext, file: Path) -> bytes | None:
    try:
        return read_file(file, MAX_FEED_SIZE * MIB)
    except FileNotFoundError:
        return None
    except OSError as error:
        app.console.fail(
            msg("{file} cannot be read: {reason}", file=str(file), reason=os_error_reason(error)),
            msg("name another place with -o"),
        )


def leftover_feed_files(app: AppContext, folder: Path, names: Collection[str]) -> Iterator[StaleFile]:
    """Return the feeds in a folder that wavectl wrote and that have none of these names, in any language."""
    for file in sorted(folder.glob("*.ics")):
        name, _, language = file.stem.partition(".")
        known = name in names and (not language or LANGUAGE_PATTERN.fullmatch(language))
        if not known and is_own_feed(file):
            yield StaleFile(app.console.display_path(file), FileState.LEFT_OVER)


def is_own_feed(file: Path) -> bool:
    """Tell whether a file is a calendar that wavectl wrote."""
    try:
        with open_file(file) as start:
            return is_own_calendar(start.read(_HEAD_SIZE))
    except OSError:
        return False


def check_feed_files(app: AppContext, targets: Sequence[ExportTarget]) -> None:
    """End the run if a feed would replace a file that is no calendar of wavectl."""
    for target in targets:
        for file in target.files:
            if os.path.isfile(file) and not is_own_feed(file):  # False where a name is too long
                fail_not_ours(app.console, file)


class FeedExport(NamedTuple):
    """One export: the entries, the options and the filter; ``rendered`` caches entries by language and options."""

    app: AppContext
    plan: Plan
    entries: Sequence[PublishedEntry]
    options: FeedOptions
    entry_filter: Filter
    requested_languages: Sequence[str]
    every_language: bool
    rendered: dict[tuple[str, FeedOptions], tuple[EntryTexts, dict[str, FeedEntry]]]

    def calendar(self, feed: CalendarFeed, language: str, url: str) -> RenderedCalendar:
        """Return the calendar of a feed in one language."""
        entries = matching_entries(
            [entry for entry in self.entries if feed.has(entry)],
            feed.waves,
            (self.entry_filter, feed.filter),
            self.plan,
            self.options.today,
        )
        options = feed.options_for(self.options)
        if (language, options) not in self.rendered:
            self.rendered[language, options] = EntryTexts(self.plan, self.app.languages_for(language)), {}
        texts, rendered = self.rendered[language, options]
        title = CalendarTitle(feed.name, feed.title, url)
        calendar = render_calendar(title, feed.waves, entries, options, texts, rendered)
        if feed.settings is None or "fuzzy" not in feed.settings.model_fields_set:
            return calendar
        unknown = (group for group in calendar.undated if group.when.form is DateForm.UNKNOWN)
        return calendar._replace(undated=tuple(unknown))  # inexact dates are left out on purpose

    def languages(self, feed: CalendarFeed) -> Sequence[str]:
        """Return the languages to write a feed in: its own, else the requested ones."""
        return [feed.settings.lang] if feed.settings and feed.settings.lang else self.requested_languages


def single_target(export: FeedExport, names: Sequence[str], output: Path) -> ExportTarget:
    """Return one calendar of all named waves and feeds, for one file or standard output.

    It contains the address of the feed if it is the whole feed.
    """
    feeds = select_feeds(export.plan, names or [ALL_FEED])
    feed = feeds[0] if len(feeds) == 1 else _combined_feed(export, feeds)
    language = export.languages(feed)[0]
    whole = export.entry_filter == Filter() and feed.name in feed_names(export.plan)
    calendar = export.calendar(feed, language, feed_address(export.plan, feed.name, language) if whole else "")
    return ExportTarget(feed, calendar, () if str(output) == "-" else (output,))


def _combined_feed(export: FeedExport, selected_feeds: Sequence[CalendarFeed]) -> CalendarFeed:
    """Return one feed with the waves of several feeds, each entry once."""
    waves = tuple(dict.fromkeys(wave for feed in selected_feeds for wave in feed.waves))
    return CalendarFeed(ALL_FEED if set(waves) >= set(export.plan.waves) else "-".join(waves), waves)


def feed_targets(export: FeedExport, selected_feeds: Sequence[CalendarFeed], folder: Path) -> Iterator[ExportTarget]:
    """Return every feed in all its languages, with a file in the folder for each of its names."""
    for feed in selected_feeds:
        for language in export.languages(feed):
            calendar = export.calendar(feed, language, feed_address(export.plan, feed.name, language))
            names = (feed_file_name(export.plan, name, language) for name in (feed.name, *feed.aliases))
            yield ExportTarget(feed, calendar, tuple(folder / name for name in names))


def subscriber_changes(export: FeedExport, publication: Publication) -> list[EntryChange]:
    """Return the changes for subscribers; with filters, only those of entries that match."""
    changes = compare_lockfiles(export.app.plan.lockfile, publication.lockfile)
    if export.entry_filter == Filter():
        return changes
    waves = tuple({wave for entry in export.entries for wave in entry.group.waves})
    matching = matching_entries(export.entries, waves, (export.entry_filter,), export.plan, export.options.today)
    kept = {entry.uid for entry in matching}
    return [change for change in changes if (change.after.into or change.uid) in kept]


def build_announcement(
    export: FeedExport,
    selected_feeds: Sequence[CalendarFeed],
    waves: Sequence[str],
    publication: Publication,
    entry_changes: Sequence[EntryChange],
    stale_files: Sequence[StaleFile] = (),
) -> Announcement:
    """Return the announcement of changes; for a single feed it has the name and address of that feed."""
    feed = selected_feeds[0] if len(selected_feeds) == 1 else None
    name = feed.name if feed else ALL_FEED
    wave = export.plan.waves.get(name)
    feed_language = feed.settings.lang if feed and feed.settings else None
    languages = export.plan.programme.languages if export.every_language else export.app.languages[:1]
    return Announcement(
        export.app.plan,
        entry_changes,
        publication.lockfile.entries,
        name=wave.title if wave else (feed and feed.title) or export.plan.programme.name,
        waves=waves,
        languages=[export.app.languages_for(language) for language in dict.fromkeys(languages)],
        addresses={language: feed_address(export.plan, name, feed_language or language) for language in languages},
        stale_files=stale_files,
    )


def write_targets(export: FeedExport, targets: list[ExportTarget]) -> None:
    """Write the feeds, and report alarms that some programs ignore and what a filter leaves out."""
    if any(target.feed.options_for(export.options).alarms for target in targets):
        export.app.console.write_message(msg("Google Calendar and Outlook ignore the alarms of subscribed calendars"))
    for target in targets:
        _write_target(export.app, target)
    report_left_out(export.app, targets)


def _write_target(app: AppContext, target: ExportTarget) -> None:
    """Write a calendar to its files and list them, or to standard output."""
    calendar = target.calendar
    if not target.files:
        app.console.write_bytes(calendar.data)
    entries = msg("1 entry") if calendar.entries == 1 else msg("{count} entries", count=calendar.entries)
    note = f"  {app.console.translate(entries)}"
    for file in target.files:
        write_output(app.console, file, calendar.data, msg("name another place with -o"), note)


def report_left_out(app: AppContext, targets: Sequence[ExportTarget]) -> None:
    """List the moments that are in no feed because their date is unknown, or not exact under ``--fuzzy omit``."""
    groups = (group for target in targets for group in target.calendar.undated)
    undated = {group.root.reference: group.when.form is DateForm.UNKNOWN for group in groups}
    for unknown, text in (
        (True, phrase("left out, the date is not known: {count} ({moments})")),
        (False, phrase("left out, the date is not exact: {count} ({moments})")),
    ):
        names = sorted(name for name, is_unknown in undated.items() if is_unknown is unknown)
        if names:
            app.console.write_message(msg(text, count=len(names), moments=first_few(names)))

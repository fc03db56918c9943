"""Check, compute and write the lockfile of a publication, and report what changes."""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wavectl.cli.apply_changes import build_file_change, fail_changed_meanwhile, write_file_changes
from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.console import Console, first_few, is_interactive
from wavectl.cli.context import AppContext
from wavectl.cli.feed_files import is_own_feed
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, EXIT_USAGE
from wavectl.diagnostics import Message, msg, phrase, quoted
from wavectl.files import MIB, read_file
from wavectl.lockfile.entry import LOCKFILE_NAME, dump_lockfile
from wavectl.lockfile.reader import MAX_LOCK_SIZE
from wavectl.model.key_order import programme_keys_at
from wavectl.model.types import MAX_DOMAIN_LENGTH, PATTERNS, PLACEHOLDER_DOMAIN
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import (
    ANNOUNCEMENT_FORMATS,
    UTF8_FORMATS,
    Announcement,
    FileState,
    StaleFile,
    render_summary,
)
from wavectl.publishing.ical.feeds import ALL_FEED, feed_names
from wavectl.publishing.tracking.changes import EntryChange
from wavectl.publishing.tracking.next_lock import Publication, compute_publication, vanished_waves
from wavectl.text.suggest import suggest
from wavectl.yamlfile.patch import CannotEditError, patch_document

if TYPE_CHECKING:
    from wavectl.actions.action import Action


class LockfileOptions(NamedTuple):
    """How an export uses the lockfile: may it write it, must it be up to date, which waves are withdrawn.

    ``check_only`` writes nothing, and accepts a lockfile that is out of date. ``command`` is the one that writes it.
    """

    may_write: bool
    locked: bool
    withdraw: Collection[str]
    check_only: bool = False
    command: str = "wavectl export-ics"


class Destination(NamedTuple):
    """Where an export goes: a folder, or one calendar in a file ("-" for standard output).

    ``is_publication`` if subscribers read the folder: only then the export may write the lockfile.
    """

    path: Path
    is_single: bool
    is_publication: bool


def resolve_destination(app: AppContext, output: str | None, *, single: bool, publish: bool) -> Destination:
    """Return where an export goes for the value of ``-o``; end the run if the place is not allowed."""
    base = app.plan.folder.resolve().parent
    published = base / app.plan.programme.publish.folder
    actual = os.path.realpath(published)
    if single:
        _check_not_published(app, Path(output or ""), actual)
    is_publication = not single and (output is None or publish or os.path.realpath(output) == actual)
    if output is None and not Path(actual).is_relative_to(base):
        app.console.fail(
            msg("publish.folder {folder} leads to another place: {place}", folder=quoted(published.name), place=actual),
            msg("replace the link by a folder, or name the other place with -o and --publish"),
            EXIT_FAILURE,
        )
    return Destination(published if output is None else Path(output), single, is_publication)


def _check_not_published(app: AppContext, file: Path, folder: str) -> None:
    """End the run if one calendar would replace a published feed, so that subscribers lose entries without notice."""
    feed = file.name.partition(".")[0]
    if os.path.realpath(file.parent) == folder and feed in feed_names(app.plan):
        app.console.fail(
            msg("{file} is a feed that subscribers read", file=app.console.display_path(file)),
            msg("run wavectl export-ics {feed} without -o, or name another file", feed=feed),
        )


def check_domain(app: AppContext, *, must_have: bool) -> AppContext:
    """Make sure that a first publication has a domain of its own: return the context with it.

    At a terminal the domain is asked for and written into the programme; in a script the run ends. Without
    ``must_have``, say only what is missing. What was published keeps its domain.
    """
    programme = app.plan.programme
    if app.plan.lockfile is not None or programme.has_own_domain:
        return app
    problem = (
        msg("the plan has no domain of its own yet, which is part of every calendar entry's identity")
        if programme.uid_domain is None
        else msg("the domain {domain} is only an example", domain=quoted(programme.uid_domain))
    )
    if must_have and is_interactive():
        app.console.write_message(problem)
        return write_domain(app, ask_domain(app.console))
    hint = msg(
        "write down a domain of your network: {command}; it cannot change once you publish",
        command="wavectl programme edit --domain …",
    )
    if must_have:
        app.console.fail(problem, hint, EXIT_FAILURE)
    app.console.write_message(problem)
    app.console.write_hint(hint)
    return app


def check_lockfile(app: AppContext, plan: Plan, lockfile_options: LockfileOptions) -> None:
    """End the run if the lockfile is of another domain, or if a withdrawn wave was not published or is in the plan."""
    file = app.console.display_path(plan.folder / LOCKFILE_NAME)
    lockfile = plan.lockfile
    if lockfile_options.locked and lockfile is None:
        app.console.fail(
            msg("there is no {file}, which --locked needs", file=file),
            msg(
                "run {command} once without --locked, and keep {file} with the plan",
                command=lockfile_options.command,
                file=file,
            ),
            EXIT_FAILURE,
        )
    if lockfile is not None and lockfile.domain != plan.programme.effective_uid_domain:
        app.console.fail(
            msg(
                "the domain is {new}, but the feeds were published with {old}",
                new=plan.programme.effective_uid_domain,
                old=lockfile.domain,
            ),
            msg(
                "go back to it: {command}; or, if subscribers may get every entry a second time, delete {file} and the "
                "calendars",
                command=f"wavectl programme edit --domain {lockfile.domain}",
                file=file,
            ),
            EXIT_FAILURE,
        )
    gone = vanished_waves(plan)
    for wave in lockfile_options.withdraw:
        if wave in plan.files:
            app.console.fail(
                msg("the wave {wave} is still in the plan", wave=quoted(wave)),
                msg("remove its file from the plan first; or write status: closed in it to keep its published entries"),
            )
        if wave not in gone:
            hint = suggest(wave, sorted(gone)) if gone else msg("no wave that was published has left the plan")
            app.console.fail(msg("the wave {wave} was never published", wave=quoted(wave)), hint)


def check_lost_lockfile(app: AppContext, folder: Path) -> None:
    """End the run if a folder has calendars that were published, and the plan has no lockfile any more.

    All subscribers would get every entry a second time, and nothing would be known of what was withdrawn.
    """
    if app.plan.lockfile is not None or not os.path.isdir(folder):
        return
    feed = next(filter(is_own_feed, sorted(folder.glob("*.ics"))), None)
    if feed is not None:
        file = app.console.display_path(app.plan.folder / LOCKFILE_NAME)
        app.console.fail(
            msg("there is no {file}, but {feed} was published", file=file, feed=app.console.display_path(feed)),
            msg(
                "restore {file}, from git: {command}; or, if subscribers may get every entry a second time, delete the "
                "calendars in that folder",
                file=file,
                command=f"git checkout -- {file}",
            ),
            EXIT_FAILURE,
        )


def prepare_publication(
    app: AppContext,
    waves: Sequence[str],
    lockfile_options: LockfileOptions,
    actions: Sequence[tuple[str, "Action"]] | None = None,
) -> tuple[Publication, date]:
    """Return the publication of some waves, with the next lockfile, and its day; nothing is written.

    ``actions`` are the local actions in feeds, each with its wave; None leaves what the lockfile has of them.
    End the run if the lockfile would change under ``--locked``, or if a vanished wave has future entries.
    """
    plan = app.plan
    day = _last_change_day(plan) or app.today if lockfile_options.locked else app.today
    publication = compute_publication(plan, waves, day, lockfile_options.withdraw)
    _check_no_vanished_waves(app, publication)
    if actions is not None:
        publication = _add_actions(app, publication, actions, waves, day)
    if lockfile_options.locked and not lockfile_options.check_only and lockfile_changes(plan, publication):
        _fail_outdated(app, plan, publication, lockfile_options.command)
    return publication, day


def lockfile_changes(plan: Plan, publication: Publication) -> bool:
    """Tell whether a publication changes the lockfile of the plan, or begins one."""
    return plan.lockfile is None or publication.lockfile.all_entries != plan.lockfile.all_entries


def _add_actions(
    app: AppContext, publication: Publication, actions: Sequence[tuple[str, "Action"]], waves: Sequence[str], day: date
) -> Publication:
    """Return a publication with the entries of local actions, and say how many of these change."""
    from wavectl.publishing.action_entries import publish_actions  # few plans have actions in feeds

    old = app.plan.lockfile.actions if app.plan.lockfile else {}
    entries, new = publish_actions(app.plan, actions, waves, day)
    gone = sum(entry.live and not new[uid].live for uid, entry in old.items())
    changed = sum(entry != new[uid] for uid, entry in old.items()) - gone
    if gone or changed or len(new) > len(old):
        numbers = {"new": len(new) - len(old), "changed": changed, "gone": gone}
        app.console.write_message(
            msg("local actions in feeds: new {new}, changed {changed}, withdrawn {gone}", **numbers)
        )
    lockfile = publication.lockfile._replace(actions=new)
    return publication._replace(entries=(*publication.entries, *entries), lockfile=lockfile)


def _last_change_day(plan: Plan) -> date | None:
    entries = plan.lockfile.all_entries.values() if plan.lockfile else ()
    return max((date.fromisoformat(entry.modified) for entry in entries), default=None)


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


def _fail_outdated(app: AppContext, plan: Plan, publication: Publication, command: str) -> None:
    old = plan.lockfile.all_entries if plan.lockfile else {}
    new = publication.lockfile.all_entries
    stale = [next(iter(entry.members), uid.partition("@")[0]) for uid, entry in new.items() if old.get(uid) != entry]
    names = sorted(dict.fromkeys(stale))
    file = app.console.display_path(plan.folder / LOCKFILE_NAME)
    app.console.fail(
        msg("{file} is out of date: {count} ({moments})", file=file, count=len(names), moments=first_few(names)),
        msg("run {command} without --locked, and keep {file} with the plan", command=command, file=file),
        EXIT_FAILURE,
    )


def write_lockfile(app: AppContext, publication: Publication) -> None:
    """Write the lockfile of a plan that is locked, if the publication changes it."""
    plan = app.plan
    if not lockfile_changes(plan, publication):
        return
    file = plan.folder / LOCKFILE_NAME
    name = app.console.display_path(file)
    try:
        if os.path.lexists(file) is (plan.lockfile is None) or (
            plan.lockfile and read_file(file, MAX_LOCK_SIZE * MIB) != plan.lockfile.raw
        ):
            fail_changed_meanwhile(app, LOCKFILE_NAME)
        write_atomically(file, dump_lockfile(publication.lockfile.all_entries, publication.lockfile.domain))
    except OSError as error:
        hint = msg(
            "wavectl.lock must be written together with the feeds; export to one file with -o FILE.ics to do without"
        )
        fail_unwritable(app.console, name, error, hint)
    if plan.lockfile is None:
        app.console.write_message(
            msg("{file} is new: it records what subscribers have, so keep it with the plan", file=name)
        )


def stale_lockfile(
    app: AppContext, publication: Publication, lockfile_options: LockfileOptions, changes: Sequence[EntryChange]
) -> Iterator[StaleFile]:
    """Return the lockfile if it would change although nothing changes for subscribers."""
    lockfile = app.plan.lockfile
    file = app.console.display_path(app.plan.folder / LOCKFILE_NAME)
    if not (lockfile_options.may_write or lockfile_options.locked):
        return
    if lockfile is None:
        yield StaleFile(file, FileState.MISSING)
    elif lockfile.all_entries != publication.lockfile.all_entries and not changes:
        yield StaleFile(file, FileState.CHANGED)


def report_changes(app: AppContext, announcement: Announcement) -> None:
    """Write what has changed for subscribers; nothing after a first publication."""
    if app.plan.lockfile is not None:
        app.console.write_lines(render_summary(announcement))


def report_addresses(app: AppContext, names: Sequence[str], folder: Path) -> None:
    """Write the addresses of new feeds, first those in the first language, or how to get them; nothing without any."""
    site, present = app.plan.programme.site, feed_names(app.plan)
    names = [name for name in names if name.partition(".")[0] in present]  # not the feeds of waves that are withdrawn
    if not names:
        return
    files = sorted(names, key=lambda name: (name.count("."), name.partition(".")[0] != ALL_FEED))
    if site is None:
        shown = app.console.display_path(folder)
        app.console.write_message(
            msg(
                "to let people subscribe, put the folder {folder} on a website, and write down its address: {command}",
                folder=shown,
                command="wavectl programme edit --site https://…",
            )
        )
        app.console.write_message(msg(_SUBSCRIBE, file=files[0]))
        return
    app.console.write_message(
        msg("addresses to subscribe to (as a link, begin them with webcal:// instead of https://):")
    )
    for file in files[:_MAX_ADDRESSES]:
        app.console.write_stderr(f"  {site.rstrip('/')}/{file}\n")
    if len(files) > _MAX_ADDRESSES:
        app.console.write_message(msg("and {count} more", count=len(files) - _MAX_ADDRESSES))
    app.console.write_message(msg(_SUBSCRIBE, file=files[0]))


_SUBSCRIBE = phrase(
    "a colleague adds the address of one file, such as {file}, to a calendar: in Outlook with Add calendar, Subscribe "
    "from web; in Google Calendar with Other calendars, From URL"
)
_MAX_ADDRESSES = 8
"""How many addresses are listed after a publication."""


def report_check(app: AppContext, output_format: str, announcement: Announcement) -> int:
    """Write what would change for subscribers, and which files are out of date; return the exit code."""
    app.console.write(ANNOUNCEMENT_FORMATS[output_format](announcement), as_utf8=output_format in UTF8_FORMATS)
    for (state, reworded), text in _STATE_MESSAGES.items():
        files = [stale.file for stale in announcement.stale_files if (stale.state, stale.reworded) == (state, reworded)]
        if files:
            app.console.write_message(msg(text, count=len(files), files=first_few(files)))
    if announcement.changes or any(stale.state is not FileState.LEFT_OVER for stale in announcement.stale_files):
        return EXIT_FAILURE
    app.console.write_message(msg("nothing would change"))
    return EXIT_OK


_STATE_MESSAGES = {
    (FileState.CHANGED, False): phrase("would change although no moment changes: {count} ({files})"),
    (FileState.CHANGED, True): phrase(
        "would change in wording only, as after a new version of wavectl, which may write dates in another way "
        "(2–3 November, with an en dash): {count} ({files}); no entry counts as changed"
    ),
    (FileState.MISSING, False): phrase("missing: {count} ({files})"),
    (FileState.LEFT_OVER, False): phrase(
        "left over, feeds that are not in the plan: {count} ({files}); delete them, or write the earlier name "
        "of the wave under was"
    ),
}


def read_domain(text: str) -> str | None:
    """Return the domain in a text, which may be the address of a page; None for a placeholder or no domain at all."""
    name = _domain_name(text)
    valid = "." in name and len(name) <= MAX_DOMAIN_LENGTH and re.fullmatch(PATTERNS["domain"][0], name)
    return name if valid and not PLACEHOLDER_DOMAIN.fullmatch(name) else None


def _domain_name(text: str) -> str:
    return re.sub(r"^https?://|/.*$", "", text.strip().casefold())


def domain_problem(text: str) -> Message:
    """Return what is wrong with a text that ``read_domain`` does not take."""
    if PLACEHOLDER_DOMAIN.fullmatch(_domain_name(text)):
        return msg("{value} is only an example and cannot belong to your network", value=quoted(text))
    return msg("{value} is not a valid domain name", value=quoted(text))


def ask_domain(console: Console, *, may_skip: bool = False) -> str:
    """Return the domain that a person types; "" for an empty answer if that is possible, else the run ends."""
    question = msg("A domain of your network, such as waves.uclg.org; it cannot change once you publish:")
    if may_skip:
        console.write_message(msg("Enter leaves the domain out; wavectl export-ics asks for it before it publishes."))
    while True:
        text = console.ask_line(question)
        if not text and may_skip:
            return ""
        if not text:
            console.fail(msg("nothing is written"), code=EXIT_USAGE)
        if domain := read_domain(text):
            return domain
        console.write_message(domain_problem(text))


def write_domain(app: AppContext, domain: str) -> AppContext:
    """Write the domain into the programme, which is created if there is none; return the context with it."""
    plan = app.plan
    name = plan.programme_file or "programme.yaml"
    line = f"uid_domain: {domain}\n"
    try:
        document = plan.documents.get(name)
        text = patch_document(document, {("uid_domain",): domain}, programme_keys_at) if document else line
    except CannotEditError as error:
        app.console.fail(error.message, error.hint, EXIT_FAILURE)
    change = build_file_change(app, name, text)
    write_file_changes(app, [change], undoable=False)
    app.console.write_message(msg("{file} is written", file=app.console.display_path(change.file)))
    return app.with_changes()

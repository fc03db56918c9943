"""``wavectl export-ics``: writes the calendar feeds that teams subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from wavectl import rules
from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.common import Session, choice, first_few, near, shared_in_all
from wavectl.cli.export_report import Target, left_over, stale, stale_record, tell, told
from wavectl.cli.file_errors import unwritten
from wavectl.cli.filters import Asked, filtered, wanted
from wavectl.cli.publication import Wish, checked, settle
from wavectl.dates.edtf import Form
from wavectl.diagnostics import phrase, quoted, say
from wavectl.model.types import ALARM
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import NOTICES, News, Stale, changing
from wavectl.publishing.ical import (
    ALL,
    Calendar,
    Drawn,
    Feed,
    Manner,
    Title,
    Wording,
    calendar,
    feed_names,
    feeds,
    kept,
)
from wavectl.publishing.tracking import Change, Followed, Published, changes
from wavectl.render.diagnostics import shown_path
from wavectl.timeline import Filter

FUZZY = ("auto", "span", "first-day", "omit")
CANCELLED = ("show", "status", "omit")


@shared_in_all
@filtered
def command(
    session: Session,
    asked: Asked,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE or FEED", help="The feeds to write; all if none is named.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="A folder, one .ics file, or - for the standard output [feeds]."
        ),
    ] = None,
    fuzzy: Annotated[
        str, typer.Option("--fuzzy", metavar="HOW", help="Dates that are not exact: auto, span, first-day or omit.")
    ] = "auto",
    cancelled: Annotated[
        str, typer.Option("--cancelled", metavar="HOW", help="Cancelled moments: show, status or omit.")
    ] = "show",
    alarm: Annotated[
        list[str] | None, typer.Option("--alarm", metavar="BEFORE", help="Ring before firm moments: 7d, 7d@18:00.")
    ] = None,
    locked: Annotated[
        bool, typer.Option("--locked", help="Leave wavectl.lock as it is, and fail where it is out of date.")
    ] = False,
    withdraw: Annotated[
        list[str] | None, typer.Option("--withdraw", metavar="WAVE", help="Let this wave vanish, and say so.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, tell what would change for subscribers; fail if anything.")
    ] = False,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option("--format", metavar="FORMAT", help="How --check tells it: text, markdown, html or json."),
    ] = None,
) -> None:
    """Write calendar feeds, one for each wave and one of all.

    They go into the folder feeds beside the plan, unless -o names another place. What was published is kept in
    wavectl.lock, in the plan's folder, so that every entry stays the same entry.

    Example: wavectl export-ics housing --lang fr -o housing.ics
    """
    choice(session, "--fuzzy", fuzzy, FUZZY)
    choice(session, "--cancelled", cancelled, CANCELLED)
    _check_alarms(session, alarm or [])
    _check_format(session, format, check=check)
    plan = session.plan
    waves = _waves(session, names or [])
    single = _is_single(session, output)
    session.sound(waves, rules.errors(plan), record=True)
    keep = wanted(session, asked)
    wish = Wish(not locked and not single and keep == Filter(), locked, withdraw or [], check)
    checked(session, plan, wish)
    if plan.programme.uid_domain is None:
        session.note(say("programme.yaml names no uid_domain: subscribers get every entry anew once it does"))
    followed, day = settle(session, waves, wish)
    manner = Manner(day, fuzzy, cancelled, plan.programme.identity, tuple(alarm or ()))
    job = _Job(session, plan, followed.entries, manner, keep, {})
    listed = feeds(plan, names or [])
    folder = plan.folder.resolve().parent / "feeds" if output is None else Path(output)
    targets = [_one(job, names or [], folder)] if single else list(_several(job, listed, folder))
    found = _changes(job, followed)
    if check:
        files = [*stale(session, targets, changing(plan, found)), *stale_record(session, followed, wish, found)]
        if not names and not single and keep == Filter():
            files += left_over(session, folder, {name for feed in listed for name in (feed.name, *feed.aliases)})
        raise typer.Exit(told(session, format or "text", _news(job, listed, waves, followed, found, files)))
    _tell_of_alarms(job, targets)
    for target in targets:
        _write(session, target)
    _tell_left_out(session, targets)
    tell(session, _news(job, listed, waves, followed, found))


def _is_single(session: Session, output: str | None) -> bool:
    """Tell whether one calendar is asked for, not a folder; ends the run where that cannot be."""
    if output == "":
        session.refuse(say("-o names no file and no folder"), say("name one, or leave -o out"))
    single = output is not None and (output == "-" or output.lower().endswith(".ics"))
    if single and session.every_language:
        session.refuse(say("one calendar has one language"), say("name it with --lang, or a folder with -o"))
    return single


def _check_format(session: Session, form: str | None, *, check: bool) -> None:
    choice(session, "--format", form or "text", NOTICES)
    if form and not check:
        session.refuse(
            say("--format is how --check tells what would change"),
            say("add --check, which writes nothing; then export without both"),
        )


def _check_alarms(session: Session, alarms: Sequence[str]) -> None:
    for text in alarms:
        if not re.fullmatch(ALARM, text):
            session.refuse(
                say("--alarm {value} is no time before a moment", value=quoted(text)),
                say("write 7d for seven days before, or 7d@18:00 for six o'clock on that day"),
            )


def _waves(session: Session, names: Sequence[str]) -> list[str]:
    """Return the waves of which something is asked for, by their own names or by those of feeds; all by default."""
    plan = session.plan
    known = list(dict.fromkeys((*plan.files, *feed_names(plan))))
    for name in names:
        if name not in known:
            session.refuse(say("there is no wave and no feed named {name}", name=quoted(name)), near(name, known))
    own = [plan.programme.feeds[name].waves or [ALL] for name in names if name in plan.programme.feeds]
    meant = {*names, *(wave for waves in own for wave in waves)}
    return [wave for wave in plan.files if not names or ALL in meant or wave in meant]


class _Job(NamedTuple):
    """What is to be written: the entries, how, and which of them; ``drawn`` holds those that are drawn already."""

    session: Session
    plan: Plan
    entries: Sequence[Published]
    manner: Manner
    keep: Filter
    drawn: dict[tuple[str, Manner], tuple[Wording, dict[str, Drawn]]]

    def calendar(self, feed: Feed, language: str, address: str) -> Calendar:
        """Return a feed in a language."""
        entries = kept(self.entries, feed.waves, (self.keep, feed.filter), self.plan, self.manner.today)
        manner = feed.manner(self.manner)
        if (language, manner) not in self.drawn:
            self.drawn[language, manner] = Wording(self.plan, self.session.speaking(language)), {}
        wording, drawn = self.drawn[language, manner]
        title = Title(feed.name, feed.title, address)
        made = calendar(title, feed.waves, entries, manner, wording, drawn)
        if feed.wanted is None or "fuzzy" not in feed.wanted.model_fields_set:
            return made
        unknown = (group for group in made.undated if group.when.form is Form.UNKNOWN)
        return made._replace(undated=tuple(unknown))  # what is not exact is left out on purpose

    def languages(self, feed: Feed) -> list[str]:
        """Return the languages to write a feed in: its own, or those asked for."""
        if feed.wanted and feed.wanted.lang:
            return [feed.wanted.lang]
        own = self.plan.programme.languages
        return list(dict.fromkeys(own)) if self.session.every_language else [self.session.languages[0]]

    def file_name(self, name: str, language: str) -> str:
        """Return the name of a feed's file, with the language where that is not the programme's own."""
        return f"{name}.ics" if language == self.plan.programme.languages[0] else f"{name}.{language}.ics"

    def address(self, name: str, language: str) -> str:
        """Return the address that a feed is published at; "" where the programme names no site."""
        site = self.plan.programme.site
        return f"{site.rstrip('/')}/{self.file_name(name, language)}" if site else ""


def _one(job: _Job, names: Sequence[str], output: Path) -> Target:
    """Return one calendar of all that is asked for: for a file, or for the standard output.

    Where that is the whole of a feed, it says where the feed is published.
    """
    listed = feeds(job.plan, names or [ALL])
    feed = listed[0] if len(listed) == 1 else _together(job, listed)
    language = job.languages(feed)[0]
    whole = job.keep == Filter() and feed.name in feed_names(job.plan)
    made = job.calendar(feed, language, job.address(feed.name, language) if whole else "")
    return Target(feed, made, () if str(output) == "-" else (output,))


def _together(job: _Job, listed: Sequence[Feed]) -> Feed:
    """Return the feed of all that several hold: the waves of all, each entry once."""
    waves = tuple(dict.fromkeys(wave for feed in listed for wave in feed.waves))
    return Feed(ALL if set(waves) >= set(job.plan.waves) else "-".join(waves), waves)


def _several(job: _Job, listed: Sequence[Feed], folder: Path) -> Iterator[Target]:
    """Return each feed in all its languages, for a folder that holds it under all its names."""
    for feed in listed:
        for language in job.languages(feed):
            made = job.calendar(feed, language, job.address(feed.name, language))
            names = (job.file_name(name, language) for name in (feed.name, *feed.aliases))
            yield Target(feed, made, tuple(folder / name for name in names))


def _changes(job: _Job, followed: Followed) -> list[Change]:
    """Return what changes for subscribers; with filters, of the entries that these keep."""
    found = changes(job.session.plan.record, followed.record)
    if job.keep == Filter():
        return found
    waves = tuple({wave for one in job.entries for wave in one.group.waves})
    shown = {one.uid for one in kept(job.entries, waves, (job.keep,), job.plan, job.manner.today)}
    return [change for change in found if (change.after.into or change.uid) in shown]


def _news(
    job: _Job,
    listed: Sequence[Feed],
    waves: Sequence[str],
    followed: Followed,
    found: Sequence[Change],
    files: Sequence[Stale] = (),
) -> News:
    """Return what there is to tell; where one feed is asked for, it has its name and its address."""
    one = listed[0] if len(listed) == 1 else None
    wave = job.plan.waves.get(one.name) if one else None
    own = one.wanted.lang if one and one.wanted else None
    languages = job.plan.programme.languages if job.session.every_language else job.session.languages[:1]
    return News(
        job.session.plan,
        found,
        followed.record.lines,
        name=wave.title if wave else (one and one.title) or job.plan.programme.name,
        waves=waves,
        languages=[job.session.speaking(language) for language in dict.fromkeys(languages)],
        addresses={language: job.address(one.name if one else ALL, own or language) for language in languages},
        files=files,
    )


def _tell_of_alarms(job: _Job, targets: Sequence[Target]) -> None:
    if any(target.feed.manner(job.manner).alarms for target in targets):
        job.session.note(say("Google Calendar and Outlook do not ring for feeds that people subscribe to"))


def _write(session: Session, target: Target) -> None:
    """Write a calendar to its files, and say what is in each; or to the standard output, which then holds no more."""
    made = target.calendar
    if not target.files:
        session.write_bytes(made.data)
    for file in target.files:
        try:
            write_atomically(file, made.data)
        except OSError as error:
            unwritten(session, str(file), error, say("name another place with -o"))
        entries = say("1 entry") if made.entries == 1 else say("{count} entries", count=made.entries)
        session.write(f"{shown_path(file, session.home)}  {session.said(entries)}\n")


def _tell_left_out(session: Session, targets: Sequence[Target]) -> None:
    """Say which moments are in no feed because their date is not known, or not exact where that was asked for."""
    every = (group for target in targets for group in target.calendar.undated)
    undated = {group.root.reference: group.when.form is Form.UNKNOWN for group in every}
    for unknown, text in (
        (True, phrase("left out, the date is not known: {count} ({moments})")),
        (False, phrase("left out, the date is not exact: {count} ({moments})")),
    ):
        names = sorted(name for name, is_unknown in undated.items() if is_unknown is unknown)
        if names:
            shown = first_few(names)
            session.note(say(text, count=len(names), moments=shown))

"""``wavectl export-ics``: writes the calendar feeds that teams subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from wavectl import rules
from wavectl.cli.common import Session, choice, near, shared_in_all
from wavectl.cli.files import write_atomically
from wavectl.cli.filters import Asked, filtered, wanted
from wavectl.cli.recording import Wish, checked, settle
from wavectl.diagnostics import phrase, quoted, say
from wavectl.edtf import Form
from wavectl.feeds import ALL, Calendar, Feed, Manner, Title, Wording, calendar, feed_names, feeds, kept
from wavectl.lock import Published
from wavectl.model.values import ALARM
from wavectl.plan import Plan
from wavectl.report import shown_path
from wavectl.timeline import Filter

FUZZY = ("auto", "span", "first-day", "omit")
_NAMED = 10
"""How many of the moments that are left out are told by name."""
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
) -> None:
    """Write calendar feeds, one for each wave and one of all.

    They go into the folder feeds beside the plan, unless -o names another place. What was published is kept in
    wavectl.lock, in the plan's folder, so that every entry stays the same entry.

    Example: wavectl export-ics housing --lang fr -o housing.ics
    """
    choice(session, "--fuzzy", fuzzy, FUZZY)
    choice(session, "--cancelled", cancelled, CANCELLED)
    _check_alarms(session, alarm or [])
    plan = session.plan
    waves = _waves(session, names or [])
    if output == "":
        session.refuse(say("-o names no file and no folder"), say("name one, or leave -o out"))
    single = output is not None and (output == "-" or output.lower().endswith(".ics"))
    if single and session.every_language:
        session.refuse(say("one calendar has one language"), say("name it with --lang, or a folder with -o"))
    session.sound(waves, rules.check(plan).findings, record=True)
    keep = wanted(session, asked)
    wish = Wish(not locked and not single and keep == Filter(), locked, withdraw or [])
    checked(session, plan, wish)
    if plan.programme.uid_domain is None:
        session.note(say("programme.yaml names no uid_domain: subscribers get every entry anew once it does"))
    followed, day = settle(session, waves, wish)
    manner = Manner(day, fuzzy, cancelled, plan.programme.identity, tuple(alarm or ()))
    job = _Job(session, plan, followed.entries, manner, keep)
    listed = feeds(plan, names or [])
    if output is not None and single:
        made = [_one(job, listed if names else feeds(plan, [ALL]), output)]
    else:
        folder = Path(output) if output is not None else plan.folder.resolve().parent / "feeds"
        made = list(_several(job, listed, folder))
    _tell_left_out(session, made)


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
    """What is to be written: the entries, how, and which of them."""

    session: Session
    plan: Plan
    entries: Sequence[Published]
    manner: Manner
    keep: Filter

    def calendar(self, feed: Feed, language: str, address: str) -> Calendar:
        """Return a feed in a language."""
        entries = kept(self.entries, feed.waves, (self.keep, feed.filter), self.plan, self.manner.today)
        wording = Wording(self.plan, self.session.speaking(language))
        title = Title(feed.name, feed.title, address)
        made = calendar(title, feed.waves, entries, feed.manner(self.manner), wording)
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


def _one(job: _Job, listed: Sequence[Feed], output: str) -> Calendar:
    """Write one calendar of all that is asked for: to a file, or to the standard output.

    Where that is the whole of a feed, it says where the feed is published.
    """
    feed = listed[0] if len(listed) == 1 else _together(job, listed)
    language = job.languages(feed)[0]
    whole = job.keep == Filter() and feed.name in feed_names(job.plan)
    made = job.calendar(feed, language, job.address(feed.name, language) if whole else "")
    _tell_of_alarms(job, [feed])
    if output == "-":
        job.session.write_bytes(made.data)
    else:
        _put(job.session, Path(output), made)
    return made


def _together(job: _Job, listed: Sequence[Feed]) -> Feed:
    """Return the feed of all that several hold: the waves of all, each entry once."""
    waves = tuple(dict.fromkeys(wave for feed in listed for wave in feed.waves))
    return Feed(ALL if set(waves) >= set(job.plan.waves) else "-".join(waves), waves)


def _several(job: _Job, listed: Sequence[Feed], folder: Path) -> Iterator[Calendar]:
    """Write each feed into a folder, under all its names and in all its languages."""
    _tell_of_alarms(job, listed)
    for feed in listed:
        for language in job.languages(feed):
            made = job.calendar(feed, language, job.address(feed.name, language))
            for name in (feed.name, *feed.aliases):
                _put(job.session, folder / job.file_name(name, language), made)
            yield made


def _tell_of_alarms(job: _Job, listed: Sequence[Feed]) -> None:
    if any(feed.manner(job.manner).alarms for feed in listed):
        job.session.note(say("Google Calendar and Outlook do not ring for feeds that people subscribe to"))


def _put(session: Session, file: Path, made: Calendar) -> None:
    """Write a calendar to a file, and say what is in it."""
    try:
        write_atomically(file, made.data)
    except OSError as error:
        session.refuse(
            say("{file} cannot be written: {reason}", file=str(file), reason=error.strerror or error),
            say("name another place with -o"),
        )
    entries = say("1 entry") if made.entries == 1 else say("{count} entries", count=made.entries)
    session.write(f"{shown_path(file, session.home)}  {session.said(entries)}\n")


def _tell_left_out(session: Session, made: Sequence[Calendar]) -> None:
    """Say which moments are in no feed because their date is not known, or not exact where that was asked for."""
    undated = {group.root.reference: group.when.form is Form.UNKNOWN for found in made for group in found.undated}
    for unknown, text in (
        (True, phrase("left out, the date is not known: {count} ({moments})")),
        (False, phrase("left out, the date is not exact: {count} ({moments})")),
    ):
        names = sorted(name for name, is_unknown in undated.items() if is_unknown is unknown)
        if names:
            shown = ", ".join((*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])))
            session.note(say(text, count=len(names), moments=shown))

"""What an export changes for subscribers: told after it, or under ``--check`` instead of it.

What they have is what the record says was published. The files in the output folder are looked at too: one may be
missing, written by hand, of other options, or left over from a feed that is no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wavectl.cli.common import DONE, FAULTY, Session, first_few
from wavectl.cli.publication import Wish
from wavectl.diagnostics import phrase, say, why
from wavectl.lockfile.entry import FILE as RECORD
from wavectl.model.types import LANGUAGE
from wavectl.publishing.announcement import FOR_PROGRAMS, News, Stale, State, notice
from wavectl.publishing.announcement.text import brief
from wavectl.publishing.ical import Calendar, Feed
from wavectl.publishing.ical.vcalendar import PRODUCT
from wavectl.publishing.tracking import Change, Followed
from wavectl.render.diagnostics import shown_path

_SHOWN = 20
"""How many changes are told after an export; ``--check`` tells all."""


class Target(NamedTuple):
    """A feed, its calendar in a language, and the files that this goes into: none for the standard output."""

    feed: Feed
    calendar: Calendar
    files: tuple[Path, ...]


def stale(session: Session, targets: Sequence[Target], changing: frozenset[str]) -> Iterator[Stale]:
    """Return the files that would be written anew, save those that hold moments of ``changing`` waves."""
    for target in targets:
        for file in target.files:
            held = _held(session, file)
            if held is None:
                yield Stale(shown_path(file, session.home), State.MISSING)
            elif held != target.calendar.data and changing.isdisjoint(target.feed.waves):
                yield Stale(shown_path(file, session.home), State.CHANGED)


def _held(session: Session, file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        session.refuse(
            say("{file} cannot be read: {reason}", file=str(file), reason=why(error)),
            say("name another place with -o"),
        )


def stale_record(session: Session, followed: Followed, wish: Wish, changes: Sequence[Change]) -> Iterator[Stale]:
    """Return the record where it would be written though nothing changes for subscribers."""
    known = session.plan.record
    file = shown_path(session.plan.folder / RECORD, session.home)
    if not (wish.writes or wish.locked):
        return
    if known is None:
        yield Stale(file, State.MISSING)
    elif known.lines != followed.record.lines and not changes:
        yield Stale(file, State.CHANGED)


def left_over(session: Session, folder: Path, names: Collection[str]) -> Iterator[Stale]:
    """Return the feeds in a folder that have none of these names, in any language; only those that wavectl wrote."""
    for file in sorted(folder.glob("*.ics")):
        name, _, language = file.stem.partition(".")
        known = name in names and (not language or LANGUAGE.fullmatch(language))
        if not known and file.is_file() and f"PRODID:{PRODUCT}".encode() in (_held(session, file) or b""):
            yield Stale(shown_path(file, session.home), State.LEFT_OVER)


def tell(session: Session, news: News) -> None:
    """Tell what has changed for subscribers, once it is written; of a first publication there is nothing to tell."""
    if session.plan.record is not None:
        session.tell(brief(news, _SHOWN))


def told(session: Session, form: str, news: News) -> int:
    """Tell what would change, to send it or for a program, and of files beside it; return the exit code."""
    session.write(notice(form, news), bytewise=form in FOR_PROGRAMS)
    for state, text in _STATES.items():
        files = [one.file for one in news.files if one.state is state]
        if files:
            shown = first_few(files)
            session.note(say(text, count=len(files), files=shown))
    if news.changes or any(one.state is not State.LEFT_OVER for one in news.files):
        return FAULTY
    session.note(say("nothing would change"))
    return DONE


_STATES = {
    State.CHANGED: phrase("would be written anew, though no moment changes: {count} ({files})"),
    State.MISSING: phrase("missing: {count} ({files})"),
    State.LEFT_OVER: phrase(
        "left over from feeds that this plan does not have: {count} ({files}); "
        "delete them, or write the earlier name of the wave under was"
    ),
}

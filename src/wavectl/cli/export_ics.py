"""``wavectl export-ics``: writes the calendar feeds that teams subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, choice, near, shared
from wavectl.cli.files import write_atomically
from wavectl.cli.filters import Asked, filtered, wanted
from wavectl.diagnostics import phrase, quoted, say
from wavectl.edtf import Form
from wavectl.feeds import ALL, Calendar, Feed, Manner, Wording, calendar, feed_names, feeds, of_waves
from wavectl.report import shown_path
from wavectl.timeline import Filter, Group, published

FUZZY = ("auto", "span", "first-day", "omit")
_NAMED = 10
"""How many of the moments that are left out are told by name."""
CANCELLED = ("show", "status", "omit")


@shared
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
) -> None:
    """Write calendar feeds, one for each wave and one of all.

    They go into the folder feeds beside the plan, unless -o names another place.

    Example: wavectl export-ics housing --lang fr -o housing.ics
    """
    choice(session, "--fuzzy", fuzzy, FUZZY)
    choice(session, "--cancelled", cancelled, CANCELLED)
    plan = session.plan
    for name in names or ():
        if name not in (*plan.files, ALL):
            session.refuse(
                say("there is no wave and no feed named {name}", name=quoted(name)), near(name, [*plan.files, ALL])
            )
    waves = list(plan.files) if not names or ALL in names else [name for name in plan.files if name in names]
    session.sound(waves, rules.check(plan).findings)
    keep = wanted(session, asked)
    groups = published(plan, waves, session.today, keep)
    manner = Manner(session.today, fuzzy, cancelled, plan.programme.identity)
    wording = Wording(plan, session.languages)
    if plan.programme.uid_domain is None:
        session.note(say("programme.yaml names no uid_domain: subscribers get every entry anew once it does"))
    if output is not None and (output == "-" or output.endswith(".ics")):
        made = _one(session, feeds(plan, names or []), groups, manner, wording, output, whole=keep == Filter())
    else:
        folder = Path(output) if output is not None else plan.folder.resolve().parent / "feeds"
        made = _several(session, feeds(plan, names or []), groups, manner, wording, folder)
    _tell_left_out(session, made)


def _one(
    session: Session,
    listed: Sequence[Feed],
    groups: Sequence[Group],
    manner: Manner,
    wording: Wording,
    output: str,
    *,
    whole: bool,
) -> list[Calendar]:
    """Write one calendar of all that is asked for: to a file, or to the standard output.

    Where that is the ``whole`` of a feed, it says where the feed is published.
    """
    plan = session.plan
    waves = list(dict.fromkeys(wave for feed in listed for wave in feed.waves))
    name = listed[0].name if len(listed) == 1 else ALL if set(waves) == set(plan.waves) else "-".join(waves)
    address = _address(session, name) if whole and name in feed_names(plan) else ""
    made = calendar(name, waves, of_waves(groups, waves), manner, wording, address)
    if output == "-":
        session.write_bytes(made.data)
    else:
        _put(session, Path(output), made)
    return [made]


def _several(
    session: Session, listed: Sequence[Feed], groups: Sequence[Group], manner: Manner, wording: Wording, folder: Path
) -> list[Calendar]:
    """Write each feed into a folder, under all its names."""
    made = []
    for feed in listed:
        address = _address(session, feed.name)
        found = calendar(feed.name, feed.waves, of_waves(groups, feed.waves), manner, wording, address)
        made.append(found)
        for name in (feed.name, *feed.aliases):
            _put(session, folder / _file_name(session, name), found)
    return made


def _file_name(session: Session, name: str) -> str:
    """Return the name of a feed's file, with the language where that is not the programme's own."""
    language = session.languages[0]
    own = session.plan.programme.languages[0]
    return f"{name}.ics" if language == own else f"{name}.{language}.ics"


def _address(session: Session, name: str) -> str:
    """Return the address that a feed is published at; "" where the programme names no site."""
    site = session.plan.programme.site
    return f"{site.rstrip('/')}/{_file_name(session, name)}" if site else ""


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

"""Questions to whoever sits at the terminal; in a script nobody does, and an option has to answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from wavectl.cli.options import USAGE
from wavectl.cli.session import Session
from wavectl.diagnostics import Message, say
from wavectl.text.terminal import printable

_YES = frozenset(("y", "yes", "o", "oui", "s", "si", "sí"))


def is_attended() -> bool:
    """Tell whether somebody can be asked: both the keyboard and the screen are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed(session: Session, question: Message) -> bool:
    """Return whether a question is answered with yes, in any of the languages; nothing typed is no."""
    told = session.style(sys.stderr).tell(say("{question} [y/N]", question=question))
    return answer(session, told).casefold() in _YES


def chosen(session: Session, question: Message, choices: Sequence[str]) -> int | None:
    """Return the place in a list, from 0, of what is chosen by its number; None where nothing is typed."""
    for number, choice in enumerate(choices, 1):
        session.tell(f"{number:>3}  {printable(choice)}\n")
    while True:
        typed = answer(session, session.style(sys.stderr).tell(question))
        if not typed:
            return None
        if typed.isdecimal() and 0 < int(typed) <= len(choices):
            return int(typed) - 1


def answer(session: Session, question: str) -> str:
    """Return what is typed behind a question, without spaces around it; ends the run where the keyboard is closed."""
    session.tell(f"{printable(question)} ")
    try:
        return input().strip()
    except (EOFError, KeyboardInterrupt):
        session.tell("\n")
        raise typer.Exit(USAGE) from None

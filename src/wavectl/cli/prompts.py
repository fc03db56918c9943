"""Questions to whoever sits at the terminal; in a script nobody does, and an option has to answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from wavectl.cli.options import EXIT_USAGE
from wavectl.cli.session import AppContext
from wavectl.diagnostics import Message, msg
from wavectl.text.terminal import printable

_YES_ANSWERS = frozenset(("y", "yes", "o", "oui", "s", "si", "sí"))


def is_interactive() -> bool:
    """Tell whether somebody can be asked: both the keyboard and the screen are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_yes_no(app: AppContext, question: Message) -> bool:
    """Return whether a question is answered with yes, in any of the languages; nothing typed is no."""
    told = app.style(sys.stderr).format_message(msg("{question} [y/N]", question=question))
    return ask_line(app, told).casefold() in _YES_ANSWERS


def ask_choice(app: AppContext, question: Message, choices: Sequence[str]) -> int | None:
    """Return the place in a list, from 0, of what is chosen by its number; None where nothing is typed."""
    for number, choice in enumerate(choices, 1):
        app.write_stderr(f"{number:>3}  {printable(choice)}\n")
    while True:
        typed = ask_line(app, app.style(sys.stderr).format_message(question))
        if not typed:
            return None
        if typed.isdecimal() and 0 < int(typed) <= len(choices):
            return int(typed) - 1


def ask_line(app: AppContext, question: str) -> str:
    """Return what is typed behind a question, without spaces around it; ends the run where the keyboard is closed."""
    app.write_stderr(f"{printable(question)} ")
    try:
        return input().strip()
    except (EOFError, KeyboardInterrupt):
        app.write_stderr("\n")
        raise typer.Exit(EXIT_USAGE) from None

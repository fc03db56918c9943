"""Files of a plan with other contents than they have: shown as a difference, and written whole or not at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.file_errors import unwritten
from wavectl.cli.session import Session
from wavectl.diagnostics import say
from wavectl.plan.loader import Plan
from wavectl.render.diagnostics import shown_path
from wavectl.text.terminal import printable
from wavectl.yamlfile.fixes import differences

BOM = b"\xef\xbb\xbf"
_PARTS = re.compile("[^ ]+")  # of a line whose spaces count


class Rewritten(NamedTuple):
    """A file of the plan before and after a change; ``before`` is None for a file that is new."""

    file: Path
    before: bytes | None
    after: bytes


def rewritten(session: Session, name: str, text: str) -> Rewritten:
    """Return a file of the plan, by its name, with another text; one that opens with a mark of its encoding keeps it.

    Ends the run where the file is not as it was read any more. A name that is not there yet is a new file.
    """
    before = unchanged(session, session.plan, name) if name in session.plan.documents else None
    return Rewritten(session.plan.folder / name, before, encoded(text, before or b""))


def encoded(text: str, before: bytes) -> bytes:
    """Return the bytes of a file with this text, which opens as it did before: with a byte order mark, or without."""
    return (BOM if before.startswith(BOM) else b"") + text.encode("utf-8", "surrogatepass")


def show(session: Session, files: Iterable[Rewritten]) -> None:
    """Write what changes to the standard output, as a unified diff."""
    for one in files:
        name = shown_path(one.file, session.home)
        for line in differences((one.before or b"").decode(), one.after.decode(), name):
            session.write(_painted(line, session) if sys.stdout.isatty() else line, bytewise=True)


def write(session: Session, files: Iterable[Rewritten]) -> None:
    """Write files, each whole or not at all; ends the run where one was changed meanwhile."""
    for one in files:
        target = one.file.resolve()
        try:
            if (target.read_bytes() if target.exists() else None) != one.before:
                refuse_changed(session, one.file.name)
            write_atomically(target, one.after)
        except OSError as error:
            unwritten(session, str(one.file), error, say("see whether the file may be changed, and run this again"))


def unchanged(session: Session, plan: Plan, name: str) -> bytes:
    """Return the bytes of a file as it was read; ends the run where they are others by now."""
    try:
        data = (plan.folder / name).read_bytes()
    except OSError:
        data = b""
    if data.removeprefix(BOM) != plan.documents[name].text.encode():
        refuse_changed(session, name)
    return data


def refuse_changed(session: Session, name: str) -> None:
    """End the run because of a file that is not as it was read."""
    session.refuse(say("{file} was changed meanwhile", file=name), say("run this again"))


def _painted(line: str, session: Session) -> str:
    """Return a line of a diff as a terminal shows it: nothing in it can steer that."""
    style = session.style(sys.stdout)
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")
    shown = _PARTS.sub(lambda found: printable(found[0]), line.rstrip())
    return f"{style.paint(shown, code)}\n"

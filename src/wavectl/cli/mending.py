"""The sure cures of findings, put into the files of a plan: what ``validate --fix`` does, and ``--diff`` shows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from wavectl import document
from wavectl.cli.files import write_atomically
from wavectl.cli.session import DONE, FAULTY, Session
from wavectl.diagnostics import START, Finding, Severity, say
from wavectl.mend import Edit, differences, mended
from wavectl.plan import Plan
from wavectl.report import shown_path
from wavectl.screen import printable

_ROUNDS = 1000
"""How often a file is looked at again: a fault in its YAML hides those behind it."""
_BOM = b"\xef\xbb\xbf"


class Mended(NamedTuple):
    """A file of the plan before and after its cures, and how many places changed."""

    file: Path
    before: bytes
    after: bytes
    places: int


def mend(session: Session, names: Collection[str], check: Callable[[Plan], Iterable[Finding]]) -> list[Mended]:
    """Return the files of these names that have sure cures, with them; nothing is written.

    Cures are tried before they count: a file whose YAML is sound never gets more errors than it has.
    """
    plan = session.plan
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    places: dict[str, int] = {}
    left = set(names)
    for _ in range(_ROUNDS):
        found = list(check(plan))
        edits = _edits(plan, found, left)
        if not edits:
            break
        tried = {}
        for name, one in edits.items():
            if name not in after:
                before[name] = after[name] = _unchanged(session, plan, name)
            tried[name] = _cured(name, _with(after[name], one), places, len(one))
        ahead = session.read({**after, **tried})
        worse = _worse(found, list(check(ahead)), tried)
        left -= worse
        after |= {name: data for name, data in tried.items() if name not in worse}
        plan = session.read(after) if worse else ahead
    return [
        Mended(session.folder / name, before[name], data, places[name])
        for name, data in sorted(after.items())
        if data != before[name]
    ]


def write(session: Session, files: Iterable[Mended]) -> None:
    """Write mended files, each whole or not at all; ends the run where one was changed meanwhile."""
    for one in files:
        target = one.file.resolve()
        try:
            if target.read_bytes() != one.before:
                _refuse_changed(session, one.file.name)
            write_atomically(target, one.after)
        except OSError as error:
            session.refuse(
                say("{file} cannot be written: {reason}", file=str(one.file), reason=error.strerror or error),
                say("see whether the file may be changed, and run this again"),
            )


def show(session: Session, found: list[Mended]) -> int:
    """Write what would change as a unified diff; return the exit code."""
    for one in found:
        name = shown_path(one.file, session.home)
        for line in differences(one.before.decode(), one.after.decode(), name):
            session.write(_painted(line, session) if sys.stdout.isatty() else line, bytewise=True)
    return FAULTY if found else DONE


def _painted(line: str, session: Session) -> str:
    """Return a line of a diff as a terminal shows it: nothing in it can steer that."""
    style = session.style(sys.stdout)
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")
    return f"{style.paint(printable(line.rstrip()), code)}\n"


def _edits(plan: Plan, found: Iterable[Finding], names: Collection[str]) -> dict[str, list[Edit]]:
    """Return the cures of findings by file."""
    edits: dict[str, list[Edit]] = {}
    for finding in found:
        if finding.cure is not None and finding.file in names:
            edits.setdefault(finding.file, []).append(Edit(plan.span(finding), finding.cure))
    return edits


def _with(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file with edits made."""
    bom = data.startswith(_BOM)
    return (_BOM if bom else b"") + mended(data.removeprefix(_BOM).decode(), edits).encode()


def _cured(name: str, data: bytes, places: dict[str, int], count: int) -> bytes:
    """Return a file with the faults of its YAML mended too that stand behind the first; ``places`` counts all."""
    places[name] = places.get(name, 0) + count
    for _ in range(_ROUNDS):
        faults = document.read(data, name).findings
        edits = [Edit(one.span or START, one.cure) for one in faults if one.cure is not None]
        if not edits:
            break
        data = _with(data, edits)
        places[name] += len(edits)
    return data


def _worse(before: list[Finding], after: list[Finding], names: Mapping[str, bytes]) -> set[str]:
    """Return the files that have more errors than before, or can be read no more; one that could not is never worse."""
    unread, lost = _unread(before), _unread(after)
    return {
        name for name in names if name not in unread and (name in lost or _errors(after, name) > _errors(before, name))
    }


def _unread(found: Iterable[Finding]) -> set[str]:
    return {one.file for one in found if one.rule in ("yaml-syntax", "unreadable-file")}


def _errors(found: Iterable[Finding], name: str) -> int:
    return sum(one.file == name and one.severity is Severity.ERROR for one in found)


def _unchanged(session: Session, plan: Plan, name: str) -> bytes:
    """Return the bytes of a file as it was read; ends the run where they are others by now."""
    try:
        data = (plan.folder / name).read_bytes()
    except OSError:
        data = b""
    if data.removeprefix(_BOM) != plan.documents[name].text.encode():
        _refuse_changed(session, name)
    return data


def _refuse_changed(session: Session, name: str) -> None:
    session.refuse(say("{file} was changed meanwhile", file=name), say("run this again"))

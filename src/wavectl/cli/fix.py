"""The sure cures of findings, put into the files of a plan: what ``validate --fix`` does, and ``--diff`` shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from wavectl.cli.file_changes import BOM, Rewritten, encoded, unchanged
from wavectl.cli.session import Session
from wavectl.diagnostics import START, Finding, Severity
from wavectl.plan.loader import Plan
from wavectl.yamlfile import document
from wavectl.yamlfile.fixes import Edit, mended

_ROUNDS = 1000
"""How often a file is looked at again: a fault in its YAML hides those behind it."""


class Mended(NamedTuple):
    """A file of the plan before and after its cures, and how many places changed."""

    rewritten: Rewritten
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
                before[name] = after[name] = unchanged(session, plan, name)
            tried[name] = _cured(name, _with(after[name], one), places, len(one))
        ahead = session.read({**after, **tried})
        worse = _worse(found, list(check(ahead)), tried)
        left -= worse
        after |= {name: data for name, data in tried.items() if name not in worse}
        plan = session.read(after) if worse else ahead
    return [
        Mended(Rewritten(session.folder / name, before[name], data), places[name])
        for name, data in sorted(after.items())
        if data != before[name]
    ]


def _edits(plan: Plan, found: Iterable[Finding], names: Collection[str]) -> dict[str, list[Edit]]:
    """Return the cures of findings by file."""
    edits: dict[str, list[Edit]] = {}
    for finding in found:
        if finding.cure is not None and finding.file in names:
            edits.setdefault(finding.file, []).append(Edit(plan.span(finding), finding.cure))
    return edits


def _with(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file with edits made."""
    return encoded(mended(data.removeprefix(BOM).decode(), edits), data)


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

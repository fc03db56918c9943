"""The sure cures of findings, put into the files of a plan: what ``validate --fix`` does, and ``--diff`` shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from wavectl.cli.apply_changes import BOM, FileChange, encode_keeping_bom, read_unchanged
from wavectl.cli.context import AppContext
from wavectl.diagnostics import FILE_START, Finding, Severity
from wavectl.plan.loader import Plan
from wavectl.yamlfile import builder
from wavectl.yamlfile.changeset import Edit, apply_edits

_MAX_ROUNDS = 1000
"""How often a file is looked at again: a fault in its YAML hides those behind it."""


class FixedFile(NamedTuple):
    """A file of the plan before and after its cures, and how many places changed."""

    change: FileChange
    fix_count: int


def fix_files(app: AppContext, names: Collection[str], check: Callable[[Plan], Iterable[Finding]]) -> list[FixedFile]:
    """Return the files of these names that have sure cures, with them; nothing is written.

    Cures are tried before they count: a file whose YAML is sound never gets more errors than it has.
    """
    plan = app.plan
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    places: dict[str, int] = {}
    left = set(names)
    for _ in range(_MAX_ROUNDS):
        found = list(check(plan))
        edits = _fixes_by_file(plan, found, left)
        if not edits:
            break
        tried = {}
        for name, one in edits.items():
            if name not in after:
                before[name] = after[name] = read_unchanged(app, plan, name)
            tried[name] = _fix_yaml_errors(name, _apply_edits(after[name], one), places, len(one))
        changed = app.with_changes({**after, **tried}).plan
        worse = _files_with_more_errors(found, list(check(changed)), tried)
        left -= worse
        after |= {name: data for name, data in tried.items() if name not in worse}
        plan = app.with_changes(after).plan if worse else changed
    return [
        FixedFile(FileChange(app.plan.folder / name, before[name], data), places[name])
        for name, data in sorted(after.items())
        if data != before[name]
    ]


def _fixes_by_file(plan: Plan, findings: Iterable[Finding], names: Collection[str]) -> dict[str, list[Edit]]:
    """Return the cures of findings by file."""
    edits: dict[str, list[Edit]] = {}
    for finding in findings:
        if finding.fix is not None and finding.file in names:
            edits.setdefault(finding.file, []).append(Edit(plan.span(finding), finding.fix))
    return edits


def _apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file with edits made."""
    return encode_keeping_bom(apply_edits(data.removeprefix(BOM).decode(), edits), data)


def _fix_yaml_errors(name: str, data: bytes, fix_counts: dict[str, int], count: int) -> bytes:
    """Return a file with the faults of its YAML mended too that stand behind the first; ``places`` counts all."""
    fix_counts[name] = fix_counts.get(name, 0) + count
    for _ in range(_MAX_ROUNDS):
        faults = builder.parse_document(data, name).findings
        edits = [Edit(one.span or FILE_START, one.fix) for one in faults if one.fix is not None]
        if not edits:
            break
        data = _apply_edits(data, edits)
        fix_counts[name] += len(edits)
    return data


def _files_with_more_errors(before: list[Finding], after: list[Finding], names: Mapping[str, bytes]) -> set[str]:
    """Return the files that have more errors than before, or can be read no more; one that could not is never worse."""
    unread, lost = _unreadable_files(before), _unreadable_files(after)
    return {
        name
        for name in names
        if name not in unread and (name in lost or _count_errors(after, name) > _count_errors(before, name))
    }


def _unreadable_files(findings: Iterable[Finding]) -> set[str]:
    return {one.file for one in findings if one.rule in ("yaml-syntax", "unreadable-file")}


def _count_errors(findings: Iterable[Finding], name: str) -> int:
    return sum(one.file == name and one.severity is Severity.ERROR for one in findings)

"""Apply the fixes of findings to the files of a plan: what ``validate --fix`` does, and ``--diff`` shows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from wavectl.cli.apply_changes import encode_keeping_bom, read_unchanged
from wavectl.cli.context import AppContext
from wavectl.cli.plan_lock import FileChange
from wavectl.diagnostics import FILE_START, LINE_END, Finding, Severity, Span
from wavectl.plan.loader import BOM, Plan
from wavectl.yamlfile.patch import apply_fixes
from wavectl.yamlfile.reader import parse_document

_MAX_ROUNDS = 1000
"""How often a file is fixed and checked again: an error in its YAML hides those after it."""


class FixedFile(NamedTuple):
    """A file of the plan before and after its fixes, and how many there are."""

    change: FileChange
    fix_count: int


def fix_files(app: AppContext, names: Collection[str], check: Callable[[Plan], Iterable[Finding]]) -> list[FixedFile]:
    """Return the files of these names that have fixes, with the fixes made; write nothing.

    Fixes are tried before they count: a readable file never gets more errors than it has.
    """
    plan = app.plan
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    fix_counts: dict[str, int] = {}
    remaining = set(names)
    for _ in range(_MAX_ROUNDS):
        findings = list(check(plan))
        fixes_by_file = _fixes_by_file(plan, findings, remaining)
        if not fixes_by_file:
            break
        tried = {}
        for name, fixes in fixes_by_file.items():
            if name not in after:
                before[name] = after[name] = read_unchanged(app, plan, name)
            tried[name] = _fix_yaml_errors(name, _apply_fixes(after[name], fixes), fix_counts, len(fixes))
        next_plan = app.with_changes({**after, **tried}).plan
        worse = _files_with_more_errors(findings, list(check(next_plan)), tried)
        remaining -= worse
        after |= {name: data for name, data in tried.items() if name not in worse}
        plan = app.with_changes(after).plan if worse else next_plan
    return [
        FixedFile(FileChange(app.plan.folder / name, before[name], data), fix_counts[name])
        for name, data in sorted(after.items())
        if data != before[name]
    ]


def changed_lines(change: FileChange) -> Iterator[tuple[int, str, str]]:
    """Return what differs between two versions of a file: the new line number, the old lines and the new ones."""
    old, new = (LINE_END.split((data or b"").decode(errors="replace")) for data in (change.before, change.after))
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and last - first == new_last - new_first:
            for before, after in zip(range(first, last), range(new_first, new_last), strict=True):
                yield after + 1, old[before].strip(), new[after].strip()
        elif tag != "equal":
            before_lines, after_lines = old[first:last], new[new_first:new_last]
            yield new_first + 1, " ".join(map(str.strip, before_lines)), " ".join(map(str.strip, after_lines))


def _fixes_by_file(
    plan: Plan, findings: Iterable[Finding], names: Collection[str]
) -> dict[str, list[tuple[Span, str]]]:
    fixes: dict[str, list[tuple[Span, str]]] = {}
    for finding in findings:
        if finding.fix is not None and finding.file in names:
            fixes.setdefault(finding.file, []).append((plan.span(finding), finding.fix))
    return fixes


def _apply_fixes(data: bytes, fixes: Iterable[tuple[Span, str]]) -> bytes:
    return encode_keeping_bom(apply_fixes(data.removeprefix(BOM).decode(), fixes), data)


def _fix_yaml_errors(name: str, data: bytes, fix_counts: dict[str, int], count: int) -> bytes:
    """Return a file with the YAML errors fixed that appear after the first; count all fixes in ``fix_counts``."""
    fix_counts[name] = fix_counts.get(name, 0) + count
    for _ in range(_MAX_ROUNDS):
        findings = parse_document(data, name).findings
        fixes = [(finding.span or FILE_START, finding.fix) for finding in findings if finding.fix is not None]
        if not fixes:
            break
        data = _apply_fixes(data, fixes)
        fix_counts[name] += len(fixes)
    return data


def _files_with_more_errors(before: list[Finding], after: list[Finding], names: Mapping[str, bytes]) -> set[str]:
    """Return the files that have more errors than before or became unreadable; those unreadable before never count."""
    unreadable, now_unreadable = _unreadable_files(before), _unreadable_files(after)
    return {
        name
        for name in names
        if name not in unreadable
        and (name in now_unreadable or _count_errors(after, name) > _count_errors(before, name))
    }


def _unreadable_files(findings: Iterable[Finding]) -> set[str]:
    return {finding.file for finding in findings if finding.rule in ("yaml-syntax", "unreadable-file")}


def _count_errors(findings: Iterable[Finding], name: str) -> int:
    return sum(finding.file == name and finding.severity is Severity.ERROR for finding in findings)

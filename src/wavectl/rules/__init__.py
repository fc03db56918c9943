"""Check a plan against the rules. A house rule has a file of its own; ``rule.py`` has the table of all rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple, cast

from wavectl.diagnostics import MAX_FINDINGS, Finding, Severity, msg
from wavectl.model import WaveStatus
from wavectl.plan.loader import Plan, gc_disabled
from wavectl.rules.rule import ALL_RULES, HOUSE_RULES, Rule, RuleModule

__all__ = ["ALL_RULES", "ALWAYS_REPORTED", "RULES", "CheckResult", "Rule", "RuleModule", "check", "errors"]

RULES: Sequence[RuleModule] = tuple(
    cast("RuleModule", import_module(f"{__name__}.{name.replace('-', '_')}")) for name in HOUSE_RULES
)

ALWAYS_REPORTED = frozenset(("yaml-syntax", "unreadable-file"))
"""Rules that ``select`` cannot switch off: without them, a file that was not read would seem to be fine."""

_STATUS_KEY = frozenset(("status",))


class CheckResult(NamedTuple):
    """The findings of a check, and those that the waves waive."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def check(plan: Plan, select: Collection[str] = (), ignore: Collection[str] = ()) -> CheckResult:
    """Check a plan against all rules, or those in ``select``, except those in ``ignore``."""
    selected = [
        finding
        for finding in _all_findings(plan, RULES)
        if _is_selected(finding, select, ignore) and _is_relevant(plan, finding)
    ]
    reported: list[Finding] = []
    waived: list[Finding] = []
    for finding in _limit_per_rule_and_file(selected):
        (waived if _is_waived(plan, finding) else reported).append(finding)
    return CheckResult(tuple(reported), tuple(waived))


def errors(plan: Plan) -> list[Finding]:
    """Return only the errors of a plan, which keep it from being shown or published. Faster than ``check``."""
    findings = _all_findings(plan, [module for module in RULES if module.RULE.severity is Severity.ERROR])
    return _limit_per_rule_and_file([finding for finding in findings if finding.severity is Severity.ERROR])


def _all_findings(plan: Plan, modules: Sequence[RuleModule]) -> Iterator[Finding]:
    """Yield the findings from reading the plan, then those of some house rules."""
    yield from plan.findings
    dropped = _dropped_positions(plan)
    with gc_disabled():
        for module in modules:
            kept = (finding for finding in module.check(plan) if not _may_be_consequence(plan, module.RULE, finding))
            yield from (_with_file_position(finding, dropped) for finding in kept)


def _limit_per_rule_and_file(findings: list[Finding]) -> list[Finding]:
    """Return at most ``MAX_FINDINGS`` findings for each rule and file, and one more that counts the rest."""
    counts = Counter((finding.rule, finding.file) for finding in findings)
    if not counts or max(counts.values()) <= MAX_FINDINGS:
        return findings
    kept: list[Finding] = []
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = finding.rule, finding.file
        seen[key] += 1
        if seen[key] <= MAX_FINDINGS:
            kept.append(finding)
        elif seen[key] == MAX_FINDINGS + 1:
            message = msg("{count} more of these follow in this file", count=counts[key] - MAX_FINDINGS)
            kept.append(finding._replace(message=message, hint=msg("fix those above, then check again"), fix=None))
    return kept


def _dropped_positions(plan: Plan) -> dict[tuple[str, str | int], list[int]]:
    """Return, by file and top-level key, the sorted positions of list items that could not be read.

    These items are missing in the wave that rules see.
    """
    dropped: dict[tuple[str, str | int], list[int]] = {}
    for file, paths in plan.dropped_items.items():
        for key, position in sorted(paths, key=str):
            if isinstance(position, int):
                dropped.setdefault((file, key), []).append(position)
    return {place: sorted(positions) for place, positions in dropped.items()}


def _with_file_position(finding: Finding, dropped: dict[tuple[str, str | int], list[int]]) -> Finding:
    """Return a finding whose position in a list counts the dropped items too, as the file does."""
    positions = dropped.get((finding.file, finding.path[0])) if finding.path else None
    if not positions or len(finding.path) < 2 or not isinstance(finding.path[1], int):
        return finding
    position = finding.path[1]
    for dropped_position in positions:
        position += dropped_position <= position
    return finding._replace(path=(finding.path[0], position, *finding.path[2:]))


def _is_selected(finding: Finding, select: Collection[str], ignore: Collection[str]) -> bool:
    if finding.rule in ignore:
        return False
    return not select or finding.rule in select or finding.rule in ALWAYS_REPORTED


def _may_be_consequence(plan: Plan, rule: Rule, finding: Finding) -> bool:
    """Tell whether a finding may only follow from something that could not be read."""
    return bool(rule.reads) and plan.is_incomplete(finding.wave or "", rule.reads)


def _is_relevant(plan: Plan, finding: Finding) -> bool:
    """Tell whether a finding matters for its wave: for an announced wave, only errors and missing translations do.

    A wave whose status could not be read may be an announced one.
    """
    if finding.severity is Severity.ERROR or finding.rule == "missing-translation" or finding.wave is None:
        return True
    wave = plan.waves.get(finding.wave)
    return wave is None or not (wave.status is WaveStatus.ANNOUNCED or plan.is_incomplete(finding.wave, _STATUS_KEY))


def _is_waived(plan: Plan, finding: Finding) -> bool:
    wave = plan.waves.get(finding.wave or "")
    if wave is None or finding.severity is Severity.ERROR:
        return False
    return wave.waives(finding.rule, finding.waiver_id)

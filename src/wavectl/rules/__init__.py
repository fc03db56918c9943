"""The rules of plans, one a file: its docstring is the manual page, its ``check`` finds what breaks it.

A new rule is one file, and one line in ``names.py`` from which ``RULES`` is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple, cast

from wavectl.diagnostics import MAX_FINDINGS, Finding, Severity, msg
from wavectl.model import WaveStatus
from wavectl.plan.loader import Plan, gc_disabled
from wavectl.rules.names import ALL_RULES, HOUSE_RULES
from wavectl.rules.rule import Rule, RuleModule

RULES: Sequence[RuleModule] = tuple(
    cast("RuleModule", import_module(f"{__name__}.{name.replace('-', '_')}")) for name in HOUSE_RULES
)

_STATUS = frozenset(("status",))  # where it could not be read, the wave may be one that is only announced

ALWAYS_REPORTED = frozenset(("yaml-syntax", "unreadable-file"))
"""What is told whatever rules are selected: without it, silence would not mean that all is well."""

__all__ = ["ALL_RULES", "ALWAYS_REPORTED", "RULES", "CheckResult", "Rule", "RuleModule", "check", "errors"]


class CheckResult(NamedTuple):
    """What there is to say about a plan, and how much of it the waves waive."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def check(plan: Plan, select: Collection[str] = (), ignore: Collection[str] = ()) -> CheckResult:
    """Hold a plan against all rules, or those in ``select``, less those in ``ignore``."""
    found = [one for one in _all_findings(plan, RULES) if _is_selected(one, select, ignore) and _is_relevant(plan, one)]
    found = _limit_per_rule_and_file(found)
    told: list[Finding] = []
    waived: list[Finding] = []
    for finding in found:
        (waived if _is_waived(plan, finding) else told).append(finding)
    return CheckResult(tuple(told), tuple(waived))


def errors(plan: Plan) -> list[Finding]:
    """Return the errors of a plan alone: what keeps it from being shown or published, found in less time."""
    found = _all_findings(plan, [module for module in RULES if module.RULE.severity is Severity.ERROR])
    return _limit_per_rule_and_file([one for one in found if one.severity is Severity.ERROR])


def _all_findings(plan: Plan, modules: Sequence[RuleModule]) -> Iterator[Finding]:
    """Return what was found while the plan was read, then what breaks the rules of some modules."""
    yield from plan.findings
    lost = _dropped_positions(plan)
    with gc_disabled():
        for module in modules:
            kept = (finding for finding in module.check(plan) if not _may_be_consequence(plan, module.RULE, finding))
            yield from (_with_file_position(finding, lost) for finding in kept)


def _limit_per_rule_and_file(findings: list[Finding]) -> list[Finding]:
    """Return findings without those of one rule and file that nobody would read to the end; one stands for the rest."""
    counts = Counter((finding.rule, finding.file) for finding in findings)
    if not counts or max(counts.values()) <= MAX_FINDINGS:
        return findings
    kept: list[Finding] = []
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        kind = finding.rule, finding.file
        seen[kind] += 1
        if seen[kind] <= MAX_FINDINGS:
            kept.append(finding)
        elif seen[kind] == MAX_FINDINGS + 1:
            message = msg("{count} more of these follow in this file", count=counts[kind] - MAX_FINDINGS)
            kept.append(finding._replace(message=message, hint=msg("mend those above, then check again"), fix=None))
    return kept


def _dropped_positions(plan: Plan) -> dict[tuple[str, str | int], list[int]]:
    """Return, by file and key, the places in its list of what could not be read: the wave that rules see lacks it."""
    lost: dict[tuple[str, str | int], list[int]] = {}
    for file, paths in plan.dropped_items.items():
        for top, place in sorted(paths, key=str):
            if isinstance(place, int):
                lost.setdefault((file, top), []).append(place)
    return {place: sorted(numbers) for place, numbers in lost.items()}


def _with_file_position(finding: Finding, dropped: dict[tuple[str, str | int], list[int]]) -> Finding:
    """Return a finding with its place in a list counted as the file counts."""
    gone = dropped.get((finding.file, finding.path[0])) if finding.path else None
    if not gone or len(finding.path) < 2 or not isinstance(finding.path[1], int):
        return finding
    number = finding.path[1]
    for place in gone:
        number += place <= number
    return finding._replace(path=(finding.path[0], number, *finding.path[2:]))


def _is_selected(finding: Finding, select: Collection[str], ignore: Collection[str]) -> bool:
    if finding.rule in ignore:
        return False
    return not select or finding.rule in select or finding.rule in ALWAYS_REPORTED


def _may_be_consequence(plan: Plan, rule: Rule, finding: Finding) -> bool:
    """Tell whether a finding may only follow from something that could not be read."""
    return bool(rule.reads) and plan.is_incomplete(finding.wave or "", rule.reads)


def _is_relevant(plan: Plan, finding: Finding) -> bool:
    """Tell whether a finding counts: of a wave that is only announced, errors and the title's translation do."""
    if finding.severity is Severity.ERROR or finding.rule == "missing-translation" or finding.wave is None:
        return True
    wave = plan.waves.get(finding.wave)
    return wave is None or not (wave.status is WaveStatus.ANNOUNCED or plan.is_incomplete(finding.wave, _STATUS))


def _is_waived(plan: Plan, finding: Finding) -> bool:
    wave = plan.waves.get(finding.wave or "")
    if wave is None or finding.severity is Severity.ERROR:
        return False
    return wave.waives(finding.rule, finding.waiver_id)

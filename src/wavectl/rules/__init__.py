"""Check a plan against the rules. A house rule has a file of its own; ``rule.py`` has the table of all rules."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wavectl.diagnostics import MAX_FINDINGS, Finding, Severity, msg
from wavectl.model import WaveStatus
from wavectl.plan.loader import ACTIONS_FOLDER, Plan, gc_disabled
from wavectl.rules.rule import ALL_RULES, HOUSE_RULES, Check, Violation, load_check

__all__ = ["ALL_RULES", "ALWAYS_REPORTED", "RULES", "CheckResult", "check", "errors"]

RULES: Mapping[str, Check] = MappingProxyType({name: load_check(name) for name in HOUSE_RULES})
"""The checks of the house rules by name."""

ALWAYS_REPORTED = frozenset(("yaml-syntax", "unreadable-file"))
"""Rules that ``select`` cannot switch off: without them, a file that was not read would seem to be fine."""


class CheckResult(NamedTuple):
    """The findings of a check, and those that the waves waive."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def check(
    plan: Plan, select: Collection[str] = (), ignore: Collection[str] = (), registers: Collection[str] | None = None
) -> CheckResult:
    """Check a plan against all rules, or those in ``select``, except those in ``ignore``.

    ``registers`` are the waves whose local actions are checked; None for all.
    """
    selected = [
        finding
        for finding in (*_all_findings(plan, HOUSE_RULES), *_action_findings(plan, registers))
        if finding.rule not in ignore
        and (not select or finding.rule in select or finding.rule in ALWAYS_REPORTED)
        and _is_relevant(plan, finding)
    ]
    reported: list[Finding] = []
    waived: list[Finding] = []
    for finding in _limit_per_rule_and_file(selected):
        (waived if _is_waived(plan, finding) else reported).append(finding)
    return CheckResult(tuple(reported), tuple(waived))


def errors(plan: Plan) -> list[Finding]:
    """Return only the errors of a plan, which keep it from being shown or published. Faster than ``check``."""
    findings = _all_findings(plan, [name for name, rule in HOUSE_RULES.items() if rule.severity is Severity.ERROR])
    return _limit_per_rule_and_file([finding for finding in findings if finding.severity is Severity.ERROR])


def _all_findings(plan: Plan, names: Iterable[str]) -> Iterator[Finding]:
    """Yield the findings from reading the plan, then those of some house rules.

    Findings that may only follow from something that could not be read are left out.
    """
    yield from plan.findings
    with gc_disabled():
        for name in names:
            reads = HOUSE_RULES[name].reads
            for violation in RULES[name](plan):
                if not (reads and plan.is_incomplete(violation.wave or "", *reads)):
                    yield _to_finding(plan, name, violation)


def _action_findings(plan: Plan, waves: Collection[str] | None) -> Iterator[Finding]:
    """Yield the findings in the folder of local actions, of these waves or of all."""
    if not (plan.folder / ACTIONS_FOLDER).is_dir() or waves == ():
        return
    from wavectl.actions.checks import check_actions  # most plans have no actions

    with gc_disabled():
        yield from check_actions(plan, waves)


def _to_finding(plan: Plan, name: str, violation: Violation) -> Finding:
    """Return the finding of a rule, whose position in a list counts the items that could not be read."""
    wave, path, message, hint, at_key, waiver_id, rule = violation
    file = plan.programme_file or "" if wave is None else plan.files[wave]
    if len(path) > 1 and isinstance(path[1], int):
        position = path[1]
        for dropped in plan.dropped_items.get((file, path[0]), ()):
            position += dropped <= position
        path = (path[0], position, *path[2:])
    severity = HOUSE_RULES[name].severity
    return Finding(rule or name, file, path, message, hint, severity, wave, at_key, waiver_id=waiver_id)


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


def _is_relevant(plan: Plan, finding: Finding) -> bool:
    """Tell whether a finding matters for its wave: for an announced wave, only errors and missing translations do.

    A wave whose status could not be read may be an announced one.
    """
    if finding.severity is Severity.ERROR or finding.rule == "missing-translation" or finding.wave is None:
        return True
    wave = plan.waves.get(finding.wave)
    return wave is None or not (wave.status is WaveStatus.ANNOUNCED or plan.is_incomplete(finding.wave, "status"))


def _is_waived(plan: Plan, finding: Finding) -> bool:
    wave = plan.waves.get(finding.wave or "")
    return wave is not None and finding.severity is not Severity.ERROR and wave.waives(finding.rule, finding.waiver_id)

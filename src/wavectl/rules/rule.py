"""What a house rule is: a name that says the fault, how much it weighs, and what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from wavectl.diagnostics import Finding, KeyPath, Message, Severity
from wavectl.plan.loader import Plan
from wavectl.rules.names import ALL_RULES


class Rule(NamedTuple):
    """A rule of plans. ``reads`` are top-level keys: where part of one could not be read, the rule holds its tongue."""

    name: str
    reads: frozenset[str] = frozenset()

    @property
    def severity(self) -> Severity:
        """How much the rule weighs."""
        return ALL_RULES[self.name]

    def finding(
        self,
        plan: Plan,
        wave: str | None,
        path: KeyPath,
        message: Message,
        hint: Message | None = None,
        *,
        key: bool = False,
        waiver: str = "",
        fix: str | None = None,
    ) -> Finding:
        """Return the finding that this rule is broken at ``path`` in the file of a wave, or of the programme (None)."""
        file = plan.files[wave] if wave is not None else plan.programme_file or ""
        return Finding(self.name, file, path, message, hint, self.severity, wave, at_key=key, waiver_id=waiver, fix=fix)


class RuleModule(Protocol):
    """The file of a house rule: the rule, and the generator of its findings. The docstring is its manual page."""

    __name__: str
    __doc__: str | None
    RULE: Rule

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Return what breaks the rule, in any order."""

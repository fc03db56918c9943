"""What a rule is, and the table of all rules.

To add a rule, write its file (copy ``missing_slogan.py``) and add a line to ``HOUSE_RULES``. Released names stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from wavectl.diagnostics import Finding, KeyPath, Message, Severity
from wavectl.plan.loader import Plan
from wavectl.rules.reading import READING_RULES

HOUSE_RULES: Mapping[str, Severity] = MappingProxyType(
    {
        "calendar-length": Severity.WARNING,
        "country-without-region": Severity.INFO,
        "damaged-lock": Severity.ERROR,
        "duplicate-actor": Severity.ERROR,
        "duplicate-moment": Severity.ERROR,
        "invalid-date": Severity.ERROR,
        "likely-same-moment": Severity.INFO,
        "lost-hashtag": Severity.WARNING,
        "missing-group": Severity.WARNING,
        "missing-hashtag": Severity.WARNING,
        "missing-slogan": Severity.WARNING,
        "missing-translation": Severity.INFO,
        "moment-outside-period": Severity.ERROR,
        "outcome-too-early": Severity.WARNING,
        "postponed-with-new-date": Severity.WARNING,
        "same-as-cycle": Severity.ERROR,
        "same-moment-disagrees": Severity.WARNING,
        "season-or-years": Severity.WARNING,
        "silent-months": Severity.INFO,
        "stale-date": Severity.INFO,
        "too-few-priorities": Severity.WARNING,
        "too-few-regions": Severity.WARNING,
        "typographic-quotes": Severity.WARNING,
        "unconfirmed-actor": Severity.WARNING,
        "unknown-actor": Severity.ERROR,
        "unknown-moment": Severity.ERROR,
        "unknown-occurrence": Severity.ERROR,
        "unknown-priority": Severity.ERROR,
        "unknown-region": Severity.ERROR,
        "unknown-rule": Severity.ERROR,
        "unknown-wave": Severity.ERROR,
        "unused-waiver": Severity.INFO,
    }
)
"""The rules for plans that can be read. The file of the same name (``missing_slogan.py``) has the manual page and the
check."""

ALL_RULES: Mapping[str, Severity] = MappingProxyType({**dict.fromkeys(READING_RULES, Severity.ERROR), **HOUSE_RULES})
"""The severity of every rule by its name. Only warnings and notes can be waived."""


class Rule(NamedTuple):
    """A house rule.

    ``reads`` names top-level keys. Where a part of one of these could not be read, the findings of the rule are
    dropped, because they may only follow from that.
    """

    name: str
    reads: frozenset[str] = frozenset()

    @property
    def severity(self) -> Severity:
        """The severity of the rule's findings."""
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
        """Return a finding of this rule at ``path`` in the file of a wave, or of the programme (None)."""
        file = plan.files[wave] if wave is not None else plan.programme_file or ""
        return Finding(self.name, file, path, message, hint, self.severity, wave, at_key=key, waiver_id=waiver, fix=fix)


class RuleModule(Protocol):
    """The module of a house rule. Its docstring is the manual page of the rule."""

    __name__: str
    __doc__: str | None
    RULE: Rule

    def check(self, plan: Plan) -> Iterator[Finding]:
        """Yield the findings of the rule, in any order."""

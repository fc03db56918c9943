"""The names of all rules: released ones stay, and waves may waive by name what comes with a later release."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wavectl.diagnostics import Severity

KNOWN: Mapping[str, Severity] = MappingProxyType(
    {
        # found while reading
        "yaml-syntax": Severity.ERROR,
        "unreadable-file": Severity.ERROR,
        "invalid-wave-id": Severity.ERROR,
        "duplicate-key": Severity.ERROR,
        "unknown-key": Severity.ERROR,
        "missing-key": Severity.ERROR,
        "invalid-value": Severity.ERROR,
        "invalid-date": Severity.ERROR,
        "inverted-dates": Severity.ERROR,
        "bad-hashtag": Severity.ERROR,
        # found by the rules of this folder
        "duplicate-actor": Severity.ERROR,
        "duplicate-moment": Severity.ERROR,
        "moment-outside-period": Severity.ERROR,
        "same-as-cycle": Severity.ERROR,
        "unknown-actor": Severity.ERROR,
        "unknown-moment": Severity.ERROR,
        "unknown-occurrence": Severity.ERROR,
        "unknown-priority": Severity.ERROR,
        "unknown-region": Severity.ERROR,
        "unknown-rule": Severity.ERROR,
        "unknown-wave": Severity.ERROR,
        "calendar-length": Severity.WARNING,
        "missing-hashtag": Severity.WARNING,
        "missing-slogan": Severity.WARNING,
        "too-few-priorities": Severity.WARNING,
        "unconfirmed-actor": Severity.WARNING,
        # names that are kept for rules to come
        "date-in-words": Severity.ERROR,
        "missing-group": Severity.WARNING,
        "postponed-with-new-date": Severity.WARNING,
        "same-moment-disagrees": Severity.WARNING,
        "season-or-years": Severity.WARNING,
        "too-few-regions": Severity.WARNING,
        "likely-same-moment": Severity.INFO,
        "missing-translation": Severity.INFO,
        "silent-months": Severity.INFO,
        "stale-date": Severity.INFO,
    }
)
"""How much each rule weighs; only what is no error can be waived."""

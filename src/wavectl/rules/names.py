"""The names of all rules and how much each weighs: the table that all else about rules comes from.

A rule is a line here and a file of this folder with the same name. Released names stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wavectl.diagnostics import Severity

LOADING_RULES: Mapping[str, Severity] = MappingProxyType(
    {
        "yaml-syntax": Severity.ERROR,
        "unreadable-file": Severity.ERROR,
        "invalid-wave-id": Severity.ERROR,
        "duplicate-key": Severity.ERROR,
        "unknown-key": Severity.ERROR,
        "missing-key": Severity.ERROR,
        "invalid-value": Severity.ERROR,
        "inverted-dates": Severity.ERROR,
        "date-in-words": Severity.ERROR,
        "bad-hashtag": Severity.ERROR,
    }
)
"""What keeps a plan from being read as it is meant, found on the way from text to model: a file is its manual page."""

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
"""What is wrong with a plan that can be read: each file is a manual page, and has a check."""

ALL_RULES: Mapping[str, Severity] = MappingProxyType({**LOADING_RULES, **HOUSE_RULES})
"""All of them; only what is no error can be waived."""

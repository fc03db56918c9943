"""Local actions: what members do in a wave, in the register ``actions/<wave>.csv`` beside the wave files."""

from wavectl.diagnostics import Severity

ACTION_RULES: dict[str, Severity] = {
    "duplicate-action": Severity.ERROR,
    "implausible-figures": Severity.WARNING,
    "missing-header": Severity.WARNING,
    "missing-organiser": Severity.WARNING,
    "personal-data": Severity.ERROR,
    "resaved-register": Severity.WARNING,
    "result-too-early": Severity.WARNING,
    "unknown-country": Severity.ERROR,
    "wrong-coordinates": Severity.WARNING,
}
"""The rules that only registers can break, with their severities; registers break rules for values too."""

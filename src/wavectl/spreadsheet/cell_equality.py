"""When two texts are the same to a spreadsheet, which changes spaces, quotation marks and line ends unasked."""

from __future__ import annotations

import re
import unicodedata

from wavectl.text.csv_injection import harmless, unguarded
from wavectl.text.terminal import ODD_SPACES

_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "…": "..."}
)
_SPACES = re.compile(rf"[\s{ODD_SPACES}]+")
_UNSEEN = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def same(one: str, other: str) -> bool:
    """Tell whether two texts differ by nothing that anybody typed."""
    return one == other or bare(one) == bare(other)


def bare(text: str) -> str:
    """Return a text without what a spreadsheet or a word processor changes, and without what keeps it from running."""
    text = unicodedata.normalize("NFC", harmless(_UNSEEN.sub("", text))).translate(_SIGNS)
    return unguarded(_SPACES.sub(" ", text).strip())


def cleaned(text: str) -> str:
    """Return what was typed into a cell as a text of the plan: ordinary spaces, no blanks at the ends of lines."""
    text = re.sub(f"[{ODD_SPACES}]", " ", _UNSEEN.sub("", harmless(text.replace("\r\n", "\n").replace("\r", "\n"))))
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return unguarded(unicodedata.normalize("NFC", "\n".join(lines)))

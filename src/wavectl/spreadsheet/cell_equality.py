"""When two texts are the same to a spreadsheet, which changes spaces, quotation marks and line ends unasked."""

from __future__ import annotations

import re
import unicodedata

from wavectl.text.csv_injection import replace_control_characters, unescape_formula
from wavectl.text.terminal import ODD_SPACES

_TYPOGRAPHIC_CHARS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "…": "..."}
)
_SPACES = re.compile(rf"[\s{ODD_SPACES}]+")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def same_text(first: str, second: str) -> bool:
    """Tell whether two texts differ by nothing that anybody typed."""
    return first == second or normalised_text(first) == normalised_text(second)


def normalised_text(text: str) -> str:
    """Return a text without what a spreadsheet or a word processor changes, and without what keeps it from running."""
    text = unicodedata.normalize("NFC", replace_control_characters(_INVISIBLE.sub("", text))).translate(
        _TYPOGRAPHIC_CHARS
    )
    return unescape_formula(_SPACES.sub(" ", text).strip())


def clean_text(text: str) -> str:
    """Return what was typed into a cell as a text of the plan: ordinary spaces, no blanks at the ends of lines."""
    text = re.sub(
        f"[{ODD_SPACES}]",
        " ",
        _INVISIBLE.sub("", replace_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))),
    )
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return unescape_formula(unicodedata.normalize("NFC", "\n".join(lines)))

"""What a spreadsheet would run instead of showing it, and how a text is kept from that in a file of plain cells.

A cell that opens with one of ``= + - @``, in whatever width and behind whatever nobody sees, is taken for a formula.
An apostrophe before it makes it a text again.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_FIRST_CHARACTER = re.compile(r"[\s\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*(.?)", re.DOTALL)
"""What a cell opens with, behind what nobody sees."""


def replace_control_characters(text: str) -> str:
    """Return a text without the characters that steer a terminal, or that no sheet can hold; its lines stay."""
    text = text.replace("\r\n", "\n").replace("\r", " ").replace("\t", " ")
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet that opens a file of plain cells would take this one for a formula."""
    opening = _FIRST_CHARACTER.match(text)
    return opening is not None and unicodedata.normalize("NFKC", opening[1]) in ("=", "+", "-", "@")


def escape_formula(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return f"'{text}" if is_formula(text) else text


def unescape_formula(text: str) -> str:
    """Return the text of a cell without the apostrophe that kept it from being run."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text

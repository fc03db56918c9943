"""Texts of a plan inside markup: HTML, SVG, Markdown and JSON show them as they are, whatever they hold."""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape
from typing import Any

from wavectl.text.terminal import escape_json

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_INLINE_SPECIAL = re.compile(r"([\\`*_\[\]<|~&])")
_BLOCK_MARKER = re.compile(r"^(\s*)([-+=:#>]|\d+(?=[.)]))")
"""What would make a list, a heading or a quotation of a line that opens with it (CommonMark §4.2, §5)."""
_INVALID_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (§2.2) has no way to write."""
_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def escape_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is (CommonMark §2.4)."""
    return _MARKDOWN_SPECIAL.sub(r"\\\1", text)


def escape_markdown_minimal(text: str, *, inline: bool = False) -> str:
    """Return a text that Markdown shows as it is, with a backslash before no more than it would take for its own.

    For pages that people read as they stand. ``inside`` is a text inside a line, where hashtags and hyphens are none.
    """
    text = _INLINE_SPECIAL.sub(r"\\\1", text)
    return text if inline else _BLOCK_MARKER.sub(_escape_block_marker, text)


def _escape_block_marker(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def replace_invalid_xml(text: str) -> str:
    """Replace the characters that XML 1.0 does not allow, such as control characters."""
    return _INVALID_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def escape_html(text: str) -> str:
    """Escape a text for HTML and XML, between tags and inside a quoted attribute."""
    return escape(replace_invalid_xml(text))


def dump_json(data: Any) -> str:
    """Return data as the JSON that programs are given: nothing in it steers a terminal, and UTF-8 holds it all."""
    return escape_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def dump_script_json(data: Any) -> str:
    """Return data as JSON that can stand inside a script element: nothing in it ends the element, or opens another."""
    return escape_json(json.dumps(data, ensure_ascii=False)).translate(_SCRIPT_ESCAPES)


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

"""Texts of a plan inside markup: HTML, SVG, Markdown and JSON show them as they are, whatever they hold."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from wavectl.text.terminal import escaped

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_ANYWHERE = re.compile(r"([\\`*_\[\]<|~&])")
_OPENING = re.compile(r"^(\s*)([-+=:#>]|\d+(?=[.)]))")
"""What would make a list, a heading or a quotation of a line that opens with it (CommonMark §4.2, §5)."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (§2.2) has no way to write."""
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def markdown(text: str) -> str:
    """Return a text that Markdown shows as it is (CommonMark §2.4)."""
    return _MARKS.sub(r"\\\1", text)


def readable(text: str, *, inside: bool = False) -> str:
    """Return a text that Markdown shows as it is, with a backslash before no more than it would take for its own.

    For pages that people read as they stand. ``inside`` is a text inside a line, where hashtags and hyphens are none.
    """
    text = _ANYWHERE.sub(r"\\\1", text)
    return text if inside else _OPENING.sub(_harmless, text)


def _harmless(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def html(text: str) -> str:
    """Return a text that HTML and XML show as it is, between tags and inside a quoted attribute."""
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def program(data: Any) -> str:
    """Return data as the JSON that programs are given: nothing in it steers a terminal, and UTF-8 holds it all."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def script(data: Any) -> str:
    """Return data as JSON that can stand inside a script element: nothing in it ends the element, or opens another."""
    return escaped(json.dumps(data, ensure_ascii=False)).translate(_IN_SCRIPT)

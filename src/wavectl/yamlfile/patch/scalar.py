"""One value in the place of another: in the same quotation marks, as long as it can stand in them."""

from __future__ import annotations

import re
from typing import Any

from wavectl.yamlfile.formatter import quoted, scalar
from wavectl.yamlfile.scalars import scalar as as_read

_PLAIN = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`=](?:[^\s:#]|:(?=\S)|(?<=\S)\#|[ ](?=[^\s#]))*""")
_IN_BRACES = re.compile(r"[,\[\]{}]")


def in_style(old: str, value: Any, key: str, *, in_braces: bool) -> str:
    """Return a value on one line, written as the old one was: ``old`` is that as it stands in the file."""
    if not isinstance(value, str):
        return scalar(value)
    text = str(value)
    if old[:1] == '"':
        return quoted(text) if not _holds_double(text) else _double(text)
    if old[:1] == "'" and "\n" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if old and old[:1] not in ("|", ">", "'") and _stays_plain(text, in_braces=in_braces):
        return text
    return scalar(text, key)


def _stays_plain(text: str, *, in_braces: bool) -> bool:
    plain = _PLAIN.fullmatch(text) and text.isprintable() and as_read(text) is not None
    return bool(plain) and not (in_braces and _IN_BRACES.search(text))


def _holds_double(text: str) -> bool:
    return '"' in text and "\\" not in text and text.isprintable()


def _double(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'

"""One value in the place of another: in the same quotation marks, as long as it can stand in them."""

from __future__ import annotations

import re
from typing import Any

from wavectl.yamlfile.formatter import emit_quoted, emit_scalar
from wavectl.yamlfile.scalars import resolve_scalar as as_read

_PLAIN_SCALAR = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`=](?:[^\s:#]|:(?=\S)|(?<=\S)\#|[ ](?=[^\s#]))*""")
_FLOW_INDICATORS = re.compile(r"[,\[\]{}]")


def emit_in_style_of(old: str, value: Any, key: str, *, in_flow: bool) -> str:
    """Return a value on one line, written as the old one was: ``old`` is that as it stands in the file."""
    if not isinstance(value, str):
        return emit_scalar(value)
    text = str(value)
    if old[:1] == '"':
        return emit_quoted(text) if not _has_quotes_to_escape(text) else _double_quoted(text)
    if old[:1] == "'" and "\n" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if old and old[:1] not in ("|", ">", "'") and _can_stay_plain(text, in_flow=in_flow):
        return text
    return emit_scalar(text, key)


def _can_stay_plain(text: str, *, in_flow: bool) -> bool:
    plain = _PLAIN_SCALAR.fullmatch(text) and text.isprintable() and as_read(text) is not None
    return bool(plain) and not (in_flow and _FLOW_INDICATORS.search(text))


def _has_quotes_to_escape(text: str) -> bool:
    return '"' in text and "\\" not in text and text.isprintable()


def _double_quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'

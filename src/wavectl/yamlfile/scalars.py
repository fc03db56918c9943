"""What an unquoted scalar is in YAML 1.2: its text as written, and beside it the value of a number or a truth value.

And how a text is written in quotation marks.
"""

from __future__ import annotations

import re


class TypedScalar(str):
    """The text of an unquoted scalar that YAML 1.2 reads as a whole number or a truth value: ``value``.

    Where a plan wants a text, a date or an id, the text as written counts (``2018``, ``1.10``, ``NO``).
    """

    __slots__ = ("value",)
    value: int | bool


_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}", re.ASCII)
TYPED_FIRST_CHARACTERS = frozenset("0123456789+-tTfFnN~")
"""What a scalar can open with that is not just a text."""


def resolve_scalar(text: str) -> str | None:
    """Return an unquoted scalar as the core schema of YAML 1.2 (§10.3.2) reads it; None for null and for nothing."""
    if text in _NULL:
        return None
    value: int | bool | None = _BOOLEANS.get(text)
    if value is None and _INTEGER.fullmatch(text):
        value = int(text, 10 if text[:2] not in ("0o", "0x") else 0)
    if value is None:
        return text
    plain = TypedScalar(text)
    plain.value = value
    return plain


def quote_scalar(text: str) -> str:
    """Return a text in quotation marks, as YAML takes it: double ones, or single ones around those and backslashes."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'

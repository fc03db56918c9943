"""Plain data of a plan -> lines of YAML: texts in quotation marks, ids and dates plain, a key or an item a line.

What is read back is the data that was written (YAML 1.2 §7.3, §8.1): a text that a style cannot hold gets another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wavectl.diagnostics import KeyPath
from wavectl.yamlfile.key_order import keys_at
from wavectl.yamlfile.parser import resolve_scalar as as_read

MAX_WIDTH = 100
"""How wide a line with a list of ids may be; a longer list has a line for each."""

_PLAIN_KEY_NAMES = """
    id kind status when repeat same_as country scope timezone period color url confirm_by part_of uid_domain site lang
    fuzzy cancelled languages regions countries priorities was actors waves kinds alarm required_groups except
"""
_PLAIN_KEYS = frozenset(_PLAIN_KEY_NAMES.split())
"""The keys whose texts are names of something, dates or addresses, and stand without quotation marks."""
_PLAIN_SCALAR = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`=<](?:[^\s,\[\]{}#:]|:(?=[^\s,\[\]{}])|(?<=[^\s])\#)*""")
_DATE_SET_KEYS = ("when", "period")
DATE_SET = re.compile(r"\[[0-9.X-]+\]")
"""A date that is one of a set of days: a list of one item to YAML, and read the same."""
_NEEDS_ESCAPE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_ALLOWED_IN_LITERAL = frozenset('\n"\\')  # of what is escaped in quotation marks, what a text of several lines can hold
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\", "\r": "\\r"}


def emit_scalar(text: str | bool | int | None, key: str = "") -> str:
    """Return one value as it stands on the line of its key, or behind the hyphen of a list of that key."""
    if text is None:
        return "null"
    if isinstance(text, bool):
        return "true" if text else "false"
    if isinstance(text, int):
        return str(text)
    return str(text) if key in _PLAIN_KEYS and can_be_plain(text, key) else emit_quoted(text)


def is_plain_path(path: KeyPath, *, programme: bool = False) -> bool:
    """Tell whether what stands at a path is an id, a date, an address or a word of the format, and no text."""
    *above, key = path[: len(path) - next((n for n, part in enumerate(reversed(path)) if isinstance(part, str)), 0)]
    if above[-1:] == ["except"] and len(above) == 3:
        return True
    return key in _PLAIN_KEYS and key in keys_at(tuple(above), programme=programme)


def can_be_plain(text: str, key: str) -> bool:
    """Tell whether a text can stand without quotation marks behind a key of ids, dates or addresses."""
    if key in _DATE_SET_KEYS and DATE_SET.fullmatch(text):
        return True
    return bool(_PLAIN_SCALAR.fullmatch(text)) and text.isprintable() and as_read(text) is not None


def emit_quoted(text: str) -> str:
    """Return a text in quotation marks, on one line: double ones, or single ones around those."""
    odd = set(_NEEDS_ESCAPE.findall(text))
    if odd and odd <= {'"', "\\"}:
        return "'" + text.replace("'", "''") + "'"
    return '"' + _NEEDS_ESCAPE.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT_ESCAPES.get(character) or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


def emit_file(data: Mapping[str, Any]) -> str:
    """Return the text of a file that says this and nothing else."""
    return "".join(f"{line}\n" for line in _emit_block(data, 0, ""))


def emit_key(key: str, data: Any, indent: int = 0) -> list[str]:
    """Return the lines of a key and its value, at an indentation of so many spaces, without their ends."""
    head = f"{' ' * indent}{emit_scalar(key, 'id')}:"
    if isinstance(data, Mapping):
        return [head, *_emit_block(data, indent + 2, key)] if data else [f"{head} {{}}"]
    if isinstance(data, str) and _fits_literal_block(data):
        return [f"{head} {_literal_header(data)}", *_literal_lines(data, indent + 2)]
    if isinstance(data, Sequence) and not isinstance(data, str):
        return _emit_list(key, head, data, indent)
    return [f"{head} {emit_scalar(data, key)}"]


def emit_item(key: str, data: Any, indent: int) -> list[str]:
    """Return the lines of an item of the list ``key`` whose hyphen stands behind so many spaces."""
    hyphen = f"{' ' * indent}- "
    if isinstance(data, Mapping) and data:
        lines = _emit_block(data, indent + 2, key)
        return [hyphen + lines[0].lstrip(" "), *lines[1:]]
    if isinstance(data, Mapping):
        return [f"{hyphen}{{}}"]
    if isinstance(data, str) and _fits_literal_block(data):
        return [f"{hyphen}{_literal_header(data)}", *_literal_lines(data, indent + 2)]
    return [hyphen + (emit_flow(key, data) if isinstance(data, list) else emit_scalar(data, key))]


def emit_flow(key: str, data: Any) -> str:
    """Return data on one line, in braces or brackets."""
    if isinstance(data, Mapping):
        return (
            "{"
            + ", ".join(
                f"{emit_scalar(name, 'id')}: {emit_flow(_style_key_below(key, name), one)}"
                for name, one in data.items()
            )
            + "}"
        )
    if isinstance(data, Sequence) and not isinstance(data, str):
        return "[" + ", ".join(emit_flow(key, one) for one in data) + "]"
    return emit_scalar(data, key)


def _emit_block(data: Mapping[str, Any], indent: int, key: str) -> list[str]:
    """Return the lines of the keys of a block; under ``except`` each date has its status."""
    lines = []
    for name, one in data.items():
        if isinstance(one, str) and not _fits_literal_block(one):
            lines.append(f"{' ' * indent}{emit_scalar(name, 'id')}: {emit_scalar(one, _style_key_below(key, name))}")
        else:
            lines += emit_key(name, one, indent)
    return lines


def _style_key_below(key: str, name: str) -> str:
    return key if key == "except" else name


def _emit_list(key: str, head: str, data: Sequence[Any], indent: int) -> list[str]:
    """Return the lines of a list: ids on one line as far as they fit, all else an item a line."""
    short = f"{head} {emit_flow(key, data)}"
    listed = indent == 0 and key == "actors"
    if not data or (
        key in _PLAIN_KEYS
        and not listed
        and not any(isinstance(one, Mapping) for one in data)
        and len(short) <= MAX_WIDTH
    ):
        return [short]
    if key == "months":
        return [short]
    return [head, *(line for one in data for line in emit_item(key, one, indent + 2))]


def _fits_literal_block(text: str) -> bool:
    """Tell whether a text stands best as lines of its own below a ``|``: it has several, and they survive there."""
    first, *others = text.removesuffix("\n").split("\n")
    if not first.strip() or first[0].isspace() or (not others and not text.endswith("\n")):
        return False
    kept = all(line.strip() or not line for line in others) and (not others or others[-1])
    return bool(kept) and not any(character not in _ALLOWED_IN_LITERAL for character in _NEEDS_ESCAPE.findall(text))


def _literal_header(text: str) -> str:
    return "|" if text.endswith("\n") else "|-"


def _literal_lines(text: str, indent: int) -> list[str]:
    lines = text.removesuffix("\n").split("\n")
    return [f"{' ' * indent}{line}" if line.strip() else line for line in lines]

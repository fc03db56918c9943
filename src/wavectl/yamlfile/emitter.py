"""Data -> lines of YAML: texts in quotation marks, ids and dates without them, a key or an item a line.

wavectl chooses the style of each scalar and the layout; the emitter of ruamel.yaml writes the scalars. Reading the
lines gives the data that was written (YAML 1.2 §7.3, §8.1): a text that a style cannot hold gets another style.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import StringIO
from itertools import chain
from typing import Any, TypeAlias

from wavectl.diagnostics import KeyPath
from wavectl.yamlfile.parser import resolve_scalar

_DATE_SET_KEYS = ("when", "period")


class _ScalarWriter:
    """Writes one scalar at a time with ruamel.yaml; imported on first use, as that takes about 60 ms."""

    def __init__(self) -> None:
        from ruamel.yaml import YAML

        yaml = YAML()
        yaml.width, yaml.allow_unicode = sys.maxsize, True
        self._stream = StringIO()
        self._emitter = yaml.get_serializer_representer_emitter(self._stream, None)[2]
        self._emitter.allow_space_break = True

    def write(self, text: str, style: str) -> str:
        """Return a text in a style: ``'``, ``"`` or, from the sign to the last line without indentation, ``|``."""
        self._stream.seek(0)
        self._stream.truncate()
        self._emitter.column, self._emitter.whitespace = 0, True
        if style == "|":
            self._emitter.write_literal(text)
        elif style == "'":
            self._emitter.write_single_quoted(text, split=False)
        else:
            self._emitter.write_double_quoted(text, split=False)
        return self._stream.getvalue()

    def analyze(self, text: str) -> Any:
        """Return which styles can hold a text."""
        return self._emitter.analyze_scalar(text)


_writer = cache(_ScalarWriter)


def emit_scalar(value: str | bool | int | None, key: str = "") -> str:
    """Return a value on one line, as the value of a key or as an item of the list of that key."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if key in _PLAIN_KEYS and (
        (key in _DATE_SET_KEYS and DATE_SET.fullmatch(text)) or (" " not in text and can_be_plain(text, in_flow=True))
    ):
        return text
    return emit_quoted(text)


def can_be_plain(text: str, *, in_flow: bool) -> bool:
    """Return whether a text can be written without quotation marks; ``in_flow``: in brackets or braces.

    A text that starts with ``=`` or ``<`` cannot, because of YAML 1.1; one that YAML reads as null cannot either.
    """
    if text.replace("-", "").isalnum() and text[0] != "-":  # most ids and dates, without loading ruamel.yaml
        return resolve_scalar(text) is not None
    if not text.isprintable() or text[:1] in "-?:=<" or resolve_scalar(text) is None:
        return False
    analysis = _writer().analyze(text)
    return bool(analysis.allow_flow_plain if in_flow else analysis.allow_block_plain)


def emit_quoted(text: str, style: str | None = None) -> str:
    """Return a text in quotation marks on one line: double ones, or single ones around those and backslashes."""
    if style is None:
        analysis = _writer().analyze(text) if '"' in text or "\\" in text else None
        style = "'" if analysis and analysis.allow_single_quoted and not analysis.multiline else '"'
    return _writer().write(text, style)


def emit_file(data: Mapping[str, Any]) -> str:
    """Return the text of a file with this data."""
    return "".join(f"{line}\n" for line in _emit_block(data, 0, ""))


def emit_key(key: str, data: Any, indent: int = 0, style: str = "") -> list[str]:
    """Return the lines of a key and its value, without their ends, indented by so many spaces.

    ``style`` is the key that decides how a scalar is written, where it is another one.
    """
    head = f"{' ' * indent}{emit_scalar(key, 'id')}:"
    if isinstance(data, Mapping):
        return [head, *_emit_block(data, indent + 2, key)] if data else [f"{head} {{}}"]
    if isinstance(data, str) and fits_literal_block(data):
        return emit_literal(head, data, indent + 2)
    if isinstance(data, Sequence) and not isinstance(data, str):
        return _emit_list(key, head, data, indent)
    return [f"{head} {emit_scalar(data, style or key)}"]


def emit_item(key: str, data: Any, indent: int) -> list[str]:
    """Return the lines of an item of the list of a key, with its hyphen after so many spaces."""
    hyphen = f"{' ' * indent}-"
    if isinstance(data, Mapping) and data:
        lines = _emit_block(data, indent + 2, key)
        return [f"{hyphen} {lines[0].lstrip(' ')}", *lines[1:]]
    if isinstance(data, str) and fits_literal_block(data):
        return emit_literal(hyphen, data, indent + 2)
    return [f"{hyphen} {emit_flow(key, data)}"]


def emit_flow(key: str, data: Any) -> str:
    """Return data on one line, in braces or brackets."""
    if isinstance(data, Mapping):
        pairs = (f"{emit_scalar(name, 'id')}: {emit_flow(_style_below(key, name), data[name])}" for name in data)
        return f"{{{', '.join(pairs)}}}"
    if isinstance(data, Sequence) and not isinstance(data, str):
        return f"[{', '.join(emit_flow(key, item) for item in data)}]"
    return emit_scalar(data, key)


def emit_literal(head: str, text: str, indent: int) -> list[str]:
    """Return the lines of a text below a ``|``, the first one after ``head``."""
    header, *lines = _writer().write(text, "|").removesuffix("\n").split("\n")
    return [f"{head} {header}", *(f"{' ' * indent}{line}" if line.strip() else line for line in lines)]


def fits_literal_block(text: str) -> bool:
    """Return whether a text is best written below a ``|``: it has several lines, and none of them would be changed."""
    if "\n" not in text:
        return False
    first, *others = text.removesuffix("\n").split("\n")
    if not first.strip() or first[0].isspace() or not all(line.strip() or not line for line in others):
        return False
    if (others and not others[-1]) or any(line_end in text for line_end in "\x85\u2028\u2029"):  # of YAML 1.1
        return False
    return bool(_writer().analyze(text).allow_block)


def _emit_block(data: Mapping[str, Any], indent: int, key: str) -> list[str]:
    lines = (emit_key(name, value, indent, _style_below(key, name)) for name, value in data.items())
    return [*chain.from_iterable(lines)]


def _style_below(key: str, name: str) -> str:
    return key if key == "except" else name


def _emit_list(key: str, head: str, data: Sequence[Any], indent: int) -> list[str]:
    """Return the lines of a list: ids on one line if they fit, everything else an item a line."""
    short = f"{head} {emit_flow(key, data)}"
    are_ids = key in _PLAIN_KEYS and (indent or key != "actors") and not any(isinstance(one, Mapping) for one in data)
    if not data or key == "months" or (are_ids and len(short) <= MAX_WIDTH):
        return [short]
    return [head, *(line for item in data for line in emit_item(key, item, indent + 2))]


KeysAt: TypeAlias = Callable[[KeyPath], tuple[str, ...]]
"""Returns the keys that the mapping at a path can have, in order; none where any key is allowed, such as languages."""

MAX_WIDTH = 100
"""How wide a line with a list may be; the items of a longer list have a line each."""
DATE_SET = re.compile(r"\[[0-9.X-]+\]")
"""A date that is one of a set of days: to YAML a list of one item, which is read back as one."""

_PLAIN_KEYS = frozenset(
    ("id", "kind", "status", "when", "repeat", "same_as", "country", "scope", "timezone", "period", "color", "url",
     "confirm_by", "part_of", "uid_domain", "site", "lang", "fuzzy", "cancelled", "languages", "regions", "countries",
     "priorities", "was", "actors", "waves", "kinds", "alarm", "required_groups", "except")
)  # fmt: skip
"""The keys of ids, dates, addresses and words of the format, which are written without quotation marks."""


def is_plain_path(path: KeyPath, keys_at: KeysAt) -> bool:
    """Return whether the value at a path is an id, a date, an address or a word of the format, not a text."""
    above = list(path)
    while above and not isinstance(above[-1], str):
        above.pop()
    *above, key = above
    if above[-1:] == ["except"] and len(above) == 3:
        return True
    return key in _PLAIN_KEYS and key in keys_at(tuple(above))


def style_key(path: KeyPath) -> str:
    """Return the key that decides how a value is written: ``except`` for the status of a date below that key."""
    names = [part for part in path if isinstance(part, str)]
    return "except" if names[-2:-1] == ["except"] else names[-1] if names else ""


def key_to_insert_after(part: str | int, remaining: Sequence[str | int], keys: tuple[str, ...]) -> str | int | None:
    """Return the existing key or item after which to insert a new one; None to insert it before all of them.

    That is the last one that comes before it in ``keys``, or the last of all if ``keys`` does not contain it.
    """
    if part not in keys:
        return remaining[-1]
    before = [other for other in remaining if other in keys[: keys.index(str(part))]]
    return before[-1] if before else None


def sort_all_keys(data: Any, path: KeyPath, keys_at: KeysAt) -> Any:
    """Return the data at ``path`` with the keys of all its mappings in order."""
    if isinstance(data, Mapping):
        rank = {key: number for number, key in enumerate(keys_at(path))}
        order = sorted(data, key=lambda key: rank.get(key, len(rank)))
        return {key: sort_all_keys(data[key], (*path, key), keys_at) for key in order}
    if isinstance(data, list):
        return [sort_all_keys(value, (*path, number), keys_at) for number, value in enumerate(data)]
    return data

"""Findings, diagnostics and translatable messages: what is reported about a plan.

A mistake in a plan is a value, not an exception. Readers and rules return findings, which name a place by its path;
the command line turns them into diagnostics, which name it by line and column; a report formats these.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The place of a value in a file: keys and list positions from the top, e.g. ``("moments", 3, "when")``."""

MAX_FINDINGS = 1000
"""How many findings of one file, and of one rule in it, are reported."""


class Severity(StrEnum):
    """How serious a finding is: errors fail a plan, warnings only under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Message(NamedTuple):
    """A translatable sentence: ``text`` is English, with ``{name}`` where ``values[name]`` goes."""

    text: str
    values: Mapping[str, object] = MappingProxyType({})

    def __str__(self) -> str:
        return self.format()

    def format(self, translate: Callable[[str], str] = str, format_value: Callable[[object], str] = str) -> str:
        """Return the sentence, translated by ``translate``, its values formatted by ``format_value``.

        A value that is a message is formatted in the same way; the items of a list are joined with commas.
        """

        def formatted(value: object) -> str:
            if isinstance(value, Message):
                return value.format(translate, format_value)
            return ", ".join(map(formatted, value)) if isinstance(value, list) else format_value(value)

        return translate(self.text).format_map({name: formatted(value) for name, value in self.values.items()})


def msg(text: str, /, **values: object) -> Message:
    """Return the message ``text`` with its values."""
    return Message(text, values)


def phrase(text: str) -> str:
    """Return a phrase unchanged: marks phrases in tables for translation, as scripts/catalogues.py finds them."""
    return text


def quoted(value: object, limit: int = 60) -> Message:
    """Return a value in the quotation marks of the reader's language, shortened to ``limit`` characters."""
    text = str(value)
    return msg('"{text}"', text=text if len(text) <= limit else f"{text[: limit - 1]}…")


LINE_END = re.compile(r"\r\n|\r|\n")
"""A line ending, wherever lines are counted."""


class Span(NamedTuple):
    """A range of text: lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


FILE_START = Span(1, 1, 1, 1)
"""The start of a file: the position of findings about the whole file."""


class Finding(NamedTuple):
    """A problem in a plan, placed by file and path.

    ``file`` is the name inside the plan's folder. ``at_key`` places it at the key instead of the value.
    ``span`` places what no path can: an error in the YAML itself, or the second of two equal keys.
    ``waiver_id`` is the id that a ``waive`` entry may name: a moment or actor, ``""`` for the whole wave.
    ``fix`` is the YAML to write in that place instead, if it is certain. ``source_line`` is the text of the first line
    of ``span`` in a file that is read as a stream, and so has no document.
    """

    rule: str
    file: str
    path: KeyPath
    message: Message
    hint: Message | None = None
    severity: Severity = Severity.ERROR
    wave: str | None = None
    at_key: bool = False
    span: Span | None = None
    waiver_id: str = ""
    fix: str | None = None
    source_line: str | None = None


class Diagnostic(NamedTuple):
    """A finding with its position in the file.

    ``file`` is the name to show. ``source_line`` is the text of the first line of ``span``. ``fix`` is the YAML to
    write in place of ``span``; None if it is not certain.
    """

    rule: str
    severity: Severity
    message: Message
    hint: Message | None
    file: str
    span: Span
    path: KeyPath
    wave: str | None
    source_line: str
    fix: str | None = None


class Summary(NamedTuple):
    """The counts of a check."""

    files: int
    errors: int
    warnings: int
    infos: int
    waived: int


def format_path(path: KeyPath) -> str:
    """Return a path as people write it: ``moments[3].when``; empty for the file itself."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text

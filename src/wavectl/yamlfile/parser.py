"""YAML text -> graph of nodes with marks, by PyYAML: with libyaml or, where that is missing, in pure Python.

Both parsers get a resolver that does nothing, so that every scalar keeps its text. Both stop at the same depth and
number of nodes while they parse: libyaml crashes on 100,000 nested brackets, and the Python one recurses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol, cast

from yaml import YAMLError
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

from wavectl.diagnostics import Message, msg

MAX_DEPTH = 100
"""How deep lists and blocks may be nested."""


class Mark(Protocol):
    """A place in the text; line and column count from 0, columns in characters."""

    line: int
    column: int


class Node(Protocol):
    """A scalar (``value`` a text), a sequence (a list of nodes) or a mapping (a list of pairs of nodes)."""

    tag: str | None
    value: Any
    style: str | None
    flow_style: bool
    start_mark: Mark
    end_mark: Mark


class ComposeError(Exception):
    """A text that is not YAML, or that exceeds a limit; ``line`` and ``column`` count from 0."""

    def __init__(self, message: Message, hint: Message | None, line: int, column: int) -> None:
        super().__init__(str(message))
        self.message, self.hint, self.line, self.column = message, hint, line, column


class LimitExceededError(ComposeError):
    """A text with more nodes than allowed, or nested too deep."""


class TooLargeError(Exception):
    """More nodes than the caller allows, or nested too deep."""


class _NodeLimits:
    """Count nodes and levels while a parser composes them, and leave tags unresolved.

    Its methods replace those of a parser object. As a base class of the parsers it would slow them down by a fifth.
    """

    def __init__(self, max_nodes: int) -> None:
        self.remaining, self.depth = max_nodes, 0
        self.parent: Node | None = None

    def attach_to(self, parser: Any) -> None:
        """Replace the resolver methods of a parser."""
        parser.resolve = self.resolve
        parser.descend_resolver, parser.ascend_resolver = self.descend_resolver, self.ascend_resolver

    def resolve(self, kind: type, value: object, implicit: object) -> None:
        """Return no tag for a node of the class ``kind``."""
        if self.depth > MAX_DEPTH and kind.__name__ != "ScalarNode":
            raise TooLargeError

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        """Count a node that begins inside ``parent``."""
        self.parent = parent
        self.remaining -= 1
        self.depth += 1
        if self.remaining < 0 or self.depth > MAX_DEPTH + 1:
            raise TooLargeError

    def ascend_resolver(self) -> None:
        """Go back up one level at the end of a node."""
        self.depth -= 1

    def error(self) -> LimitExceededError:
        """Return the error for the limit that was exceeded, at the list or block that exceeds it."""
        line, column = (self.parent.start_mark.line, self.parent.start_mark.column) if self.parent else (0, 0)
        if self.depth > MAX_DEPTH:
            message = msg("lists and blocks are nested more than {depth} levels deep", depth=MAX_DEPTH)
            return LimitExceededError(message, msg("close the brackets that were left open"), line, column)
        message = msg("the file contains more than wavectl reads at once")
        return LimitExceededError(message, msg("split it, or raise the limit with --max-size"), line, column)


try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML built without libyaml
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

    class _LibyamlParser(CParser):
        """libyaml's parser. A subclass, as attributes cannot be set on an object of a class written in C."""


class _PureParser(Reader, Scanner, Parser, Composer):
    """PyYAML's parser in Python, which reads what libyaml reads, some twenty times slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def scan_plain(self) -> Any:
        """Scan an unquoted text. As in libyaml, it may have tabs, in brackets ``?``, but not ``:`` before a sign."""
        peek = self.peek

        def peek_in_text(index: int = 0) -> str:
            character: str = peek(index)
            if character == ":" and self.flow_level and peek(index + 1) in ",?[]{}":
                mark = self.get_mark()
                mark.column += index
                raise ScannerError(None, None, "found unexpected ':'", mark)
            if character == "\t" and self.column <= self.indent:
                raise ScannerError(None, None, "found a tab character that violates indentation", self.get_mark())
            return {"\t": " ", "?": "x"}.get(character, character)

        self.peek = peek_in_text  # type: ignore[method-assign]
        try:
            return super().scan_plain()
        finally:
            del self.peek

    def scan_directive(self) -> Any:
        """Scan a line that opens with ``%``; refuse those that YAML does not define, as libyaml does."""
        token = super().scan_directive()
        if token.name not in ("YAML", "TAG"):
            raise ScannerError(None, None, "found unknown directive name", token.start_mark)
        return token

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> list[str]:
        """Scan a part of a quoted text; refuse escapes that are not a character, as libyaml does."""
        try:
            chunks: list[str] = super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError):  # of chr()
            chunks = ["\ud800"]
        if any("\ud800" <= character <= "\udfff" for chunk in chunks for character in chunk):
            raise ScannerError(None, None, "invalid character escape code", self.get_mark())
        return chunks


def _new_parser(text: str) -> Any:
    return _LibyamlParser(text) if HAS_LIBYAML else _PureParser(text)


def compose(text: str, max_nodes: int) -> Node | None:
    """Return the root node of the one document in ``text``, None for an empty one; raise ``ComposeError``.

    At most ``max_nodes`` nodes are read, each of which takes two tokens or more.
    """
    parser = _new_parser(text)
    limits = _NodeLimits(max_nodes)
    limits.attach_to(parser)
    try:
        return cast("Node | None", parser.get_single_node())
    except TooLargeError:
        raise limits.error() from None
    except YAMLError as error:
        from wavectl.yamlfile.syntax_errors import translate_error  # few files need it

        raise ComposeError(*translate_error(error, text)) from None
    finally:
        parser.dispose()


def parse_events(text: str) -> Iterator[Any]:
    """Yield the events of a text that ``compose`` could read, from its root node on."""
    parser = _new_parser(text)
    try:
        while parser.check_event():
            event = parser.get_event()
            if type(event).__name__ not in ("StreamStartEvent", "DocumentStartEvent"):
                yield event
    finally:
        parser.dispose()


class TypedScalar(str):
    """The text of an unquoted scalar, with its ``value`` as an integer or a boolean of YAML 1.2.

    Where a plan needs a text, a date or an id, the text as written counts (``2018``, ``1.10``, ``NO``).
    """

    __slots__ = ("value",)
    value: int | bool


_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}", re.ASCII)
TYPED_FIRST_CHARACTERS = frozenset("0123456789+-tTfFnN~")
"""The first characters of scalars that YAML may read as something else than a text."""


def resolve_scalar(text: str) -> str | None:
    """Return an unquoted scalar as the core schema of YAML 1.2 (§10.3.2) reads it; None for null and nothing."""
    if text in _NULL:
        return None
    value: int | bool | None = _BOOLEANS.get(text)
    if value is None and _INTEGER.fullmatch(text):
        value = int(text, 0 if text[:2] in ("0o", "0x") else 10)
    if value is None:
        return text
    scalar = TypedScalar(text)
    scalar.value = value
    return scalar


def quote_scalar(text: str) -> str:
    """Return a text in double quotation marks, or in single ones if it contains double ones or backslashes."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'

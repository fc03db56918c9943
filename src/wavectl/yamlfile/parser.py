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

from wavectl.diagnostics import LINE_END, Message, msg, phrase, quoted

MAX_DEPTH = 100
"""How many lists and blocks may stand in one another."""


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
    """A text that is not YAML, or more of it than is read; ``line`` and ``column`` count from 0."""

    def __init__(self, message: Message, hint: Message | None, line: int, column: int) -> None:
        super().__init__(str(message))
        self.message, self.hint, self.line, self.column = message, hint, line, column


class LimitExceededError(ComposeError):
    """More of a text than is read, be it YAML or not."""


class TooLargeError(Exception):
    """More nodes than the caller allows, or deeper ones."""


class _NodeLimits:
    """What a parser asks at every node: the tags are left open, and the nodes are counted while they are read.

    This stands beside the parsers, not among their bases: to compose a file takes a fifth less time so.
    """

    def __init__(self, max_nodes: int) -> None:
        self.remaining, self.depth = max_nodes, 0
        self.parent: Node | None = None

    def attach_to(self, parser: Any) -> None:
        """Have a parser ask here."""
        parser.resolve = self.resolve
        parser.descend_resolver, parser.ascend_resolver = self.descend_resolver, self.ascend_resolver

    def resolve(self, kind: type, value: object, implicit: object) -> None:
        """Leave the tag of a node open; ``kind`` is its class."""
        if self.depth > MAX_DEPTH and kind.__name__ != "ScalarNode":
            raise TooLargeError

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        """Note that the composer begins a node inside ``parent``."""
        self.parent = parent
        self.remaining -= 1
        self.depth += 1
        if self.remaining < 0 or self.depth > MAX_DEPTH + 1:
            raise TooLargeError

    def ascend_resolver(self) -> None:
        """Note that the composer has ended a node."""
        self.depth -= 1

    def error(self) -> LimitExceededError:
        """Return what is said of the bound that was passed, at the list or block that holds too much."""
        line, column = (self.parent.start_mark.line, self.parent.start_mark.column) if self.parent else (0, 0)
        if self.depth > MAX_DEPTH:
            message = msg("lists and blocks stand in one another more than {depth} deep", depth=MAX_DEPTH)
            return LimitExceededError(message, msg("close the brackets that were left open"), line, column)
        message = msg("the file holds more than can be read at once")
        return LimitExceededError(message, msg("split it, or allow more with --max-size"), line, column)


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


def compose(text: str, max_nodes: int) -> Node | None:
    """Return the root node of the one document in ``text``, None for an empty one; raise ``ComposeError``.

    At most ``max_nodes`` nodes are read, each of which takes two tokens or more.
    """
    parser: Any = _LibyamlParser(text) if HAS_LIBYAML else _PureParser(text)
    limits = _NodeLimits(max_nodes)
    limits.attach_to(parser)
    try:
        return cast("Node | None", parser.get_single_node())
    except TooLargeError:
        raise limits.error() from None
    except YAMLError as error:
        raise _translate_error(error, text) from None
    finally:
        parser.dispose()


_QUOTE_HINT = phrase("put the text in quotation marks")
MISALIGNED = phrase("this line does not line up with the lines above it")
MISALIGNED_IN_LIST = phrase("this line does not line up with the list that it stands in")
MISSING_COLON = phrase("this line does not open with a word and a colon")
_ALIGN_HYPHENS_HINT = phrase("give all hyphens of a list the same number of spaces")
_BACKSLASH_ESCAPE = phrase("a backslash between double quotation marks means something else")
_TEXT_AFTER_VALUE = phrase("something stands behind the end of a value")
_ONE_PAIR_HINT = phrase("put all of it in one pair of quotation marks; inside single ones, write an apostrophe twice")
_SINGLE_QUOTES_HINT = phrase("use single quotation marks")
_COMMA_OR_QUOTES_MISSING = phrase(
    "a comma is missing here, or a text with a comma or a colon lacks its quotation marks"
)
_QUOTE_IN_BRACKETS_HINT = phrase("put texts inside brackets and braces in quotation marks")
_DIRECTIVE = phrase("a line that opens with % is an instruction to YAML, which wave files do not use")
_TAG = phrase("the text opens with !, which marks a type in YAML")
_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    # what libyaml or ruamel says; what it means; the cure
    ("mapping values are not allowed", phrase("a colon followed by a space stands inside a text"), _QUOTE_HINT),
    ("unexpected ':'", phrase("a colon comes directly before another punctuation mark"), _QUOTE_HINT),
    ("mapping keys are not allowed", phrase("a text cannot open with a question mark and a space"), _QUOTE_HINT),
    ("found undefined alias", phrase("the text opens with *, which points to another part of the file"), _QUOTE_HINT),
    ("cannot start any token", phrase("a text cannot open with {character}"), _QUOTE_HINT),
    (
        "could not find expected ':'",
        MISSING_COLON,
        phrase("set it in by two spaces if it goes on with the text above; else write a word and a colon before it"),
    ),
    (
        "unexpected end of stream",
        phrase("the quotation mark that opens here is never closed"),
        phrase("close it at the end of the text"),
    ),
    (
        "expected ',' or ']'",
        phrase("the bracket [ that opens here is not closed"),
        phrase("close it with ]"),
    ),
    (
        "expected ',' or '}'",
        phrase("the brace {{ that opens here is not closed"),
        phrase("close it with }}"),
    ),
    ("expected '-'", MISALIGNED_IN_LIST, _ALIGN_HYPHENS_HINT),
    (
        "did not find expected key",
        MISALIGNED,
        phrase("put as many spaces in front of it as in front of the lines that it belongs to"),
    ),
    (
        "expected <block end>",
        MISALIGNED,
        phrase("put as many spaces in front of it as in front of the lines that it belongs to"),
    ),
    (
        "<document start>",
        MISALIGNED,
        phrase("put as many spaces in front of it as in front of the lines that it belongs to"),
    ),
    ("unknown escape character", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    ("character escape code", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    ("hexdecimal", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    ("hexadecimal", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    (
        "sequence entries are not allowed",
        phrase("a hyphen opens a list where a text stands"),
        phrase("begin the list on the next line, with two spaces in front of its hyphen"),
    ),
    (
        "expected a single document",
        phrase("three hyphens (---) begin another file here"),
        phrase("delete this line; a second wave goes into a file of its own"),
    ),
    ("scanning an anchor", phrase("the text opens with &, which names a part of the file"), _QUOTE_HINT),
    ("scanning an alias", phrase("the text opens with *, which points to another part of the file"), _QUOTE_HINT),
    (
        "duplicate anchor",
        phrase("two parts of the file have the same name (&name)"),
        phrase("give them different names"),
    ),
    (
        "node content",
        phrase("a value is missing here"),
        phrase("write it, in quotation marks where it opens with a sign such as #"),
    ),
    (
        "block scalar",
        phrase("a text that opens with | or > begins on the next line"),
        phrase("begin it there, indented, or put the text in quotation marks"),
    ),
    ("directive", _DIRECTIVE, phrase("delete the line")),
    ("incompatible YAML", _DIRECTIVE, phrase("delete the line")),
    (" tag", _TAG, _QUOTE_HINT),
)
_CLOSE_BEFORE_COMMENT_HINTS = {
    "close it with ]": phrase("close it with ], and put texts with # in quotation marks"),
    "close it with }}": phrase("close it with }}, and put texts with # in quotation marks"),
}
"""What is said where the sign that closes may stand behind a remark."""
_REPORTED_AT_OPENING = ("unexpected end of stream", "expected ',' or", "could not find expected ':'")
_CAUSED_BY_TEXT_AFTER_VALUE = ("did not find expected key", "expected <block end>", "expected '-'")


def _translate_error(error: Any, text: str) -> ComposeError:
    """Return a parser's complaint in the words of somebody who writes a plan."""
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    mark = getattr(error, "problem_mark", None)
    opening = getattr(error, "context_mark", None)
    lines = LINE_END.split(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    before, here = (lines[line][:column], lines[line][column : column + 1]) if line < len(lines) else ("", "")
    if here == "\t":
        return ComposeError(msg("a tab stands here"), msg("type spaces instead"), line, column)
    if "node content" in problem and not here and line >= len(lines) - 1:
        return ComposeError(
            msg("the file ends inside a bracket or a brace"), msg("close it with ] or }}"), line, column
        )
    if any(words in problem for words in _CAUSED_BY_TEXT_AFTER_VALUE) and before.strip(" -"):
        return ComposeError(msg(_TEXT_AFTER_VALUE), msg(_ONE_PAIR_HINT), line, column)
    if opening is not None and any(words in problem for words in _REPORTED_AT_OPENING):
        if "expected ',' or" in problem and here and opening.line == line:
            return ComposeError(msg(_COMMA_OR_QUOTES_MISSING), msg(_QUOTE_IN_BRACKETS_HINT), line, column)
        line, column = opening.line, opening.column
    for words, fault, cure in _TRANSLATIONS:
        if words in problem:
            if cure in _CLOSE_BEFORE_COMMENT_HINTS and "#" in lines[line][column:]:
                return ComposeError(msg(fault), msg(_CLOSE_BEFORE_COMMENT_HINTS[cure]), line, column)
            return ComposeError(msg(fault, character=quoted(here)), msg(cure), line, column)
    return ComposeError(msg("the file cannot be read here"), msg("compare with the lines above"), line, column)


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


def parse_events(text: str) -> Iterator[Any]:
    """Return the events (YAML 1.2 §3.1.1) of a text."""
    parser: Any = _LibyamlParser(text) if HAS_LIBYAML else _PureParser(text)
    while parser.check_event():
        yield parser.get_event()

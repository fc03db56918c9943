"""YAML text -> graph of nodes with marks, by PyYAML: with libyaml or, where that is missing, in pure Python.

Both parsers get a resolver that does nothing, so that every scalar keeps its text. Both stop at the same depth and
number of nodes while they parse: libyaml crashes on 100,000 nested brackets, and the Python one recurses.
"""

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

    def __init__(self, parser: Any, max_nodes: int) -> None:
        self.remaining, self.depth = max_nodes, 0
        self.parent: Node | None = None
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
    limits = _NodeLimits(parser, max_nodes)
    try:
        return cast("Node | None", parser.get_single_node())
    except TooLargeError:
        raise limits.error() from None
    except YAMLError as error:
        raise ComposeError(*_translate_error(error, text)) from None
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


MISALIGNED = phrase("this line does not line up with the lines above it")
MISALIGNED_IN_LIST = phrase("this line does not line up with the list that it belongs to")
MISSING_COLON = phrase("this line does not start with a word and a colon")
_QUOTE_HINT = phrase("put the text in quotation marks")
_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    # what libyaml or PyYAML reports, as a regular expression; message; hint
    ("mapping values are not allowed", phrase("the text contains a colon followed by a space"), _QUOTE_HINT),
    ("unexpected ':'", phrase("a colon comes directly before another punctuation mark"), _QUOTE_HINT),
    ("mapping keys are not allowed", phrase("a text cannot start with a question mark and a space"), _QUOTE_HINT),
    (
        "found undefined alias|scanning an alias",
        phrase("the text starts with *, which points to another part of the file"),
        _QUOTE_HINT,
    ),
    ("cannot start any token", phrase("a text cannot start with {character}"), _QUOTE_HINT),
    (
        "could not find expected ':'",
        MISSING_COLON,
        phrase("put two spaces before it if it continues the text above; otherwise write a word and a colon before it"),
    ),
    (
        "unexpected end of stream",
        phrase("the quotation mark that opens here is never closed"),
        phrase("close it at the end of the text"),
    ),
    ("expected ',' or ']'", phrase("the bracket [ that opens here is not closed"), phrase("close it with ]")),
    ("expected ',' or '}'", phrase("the brace {{ that opens here is not closed"), phrase("close it with }}")),
    ("expected '-'", MISALIGNED_IN_LIST, phrase("put the same number of spaces before each hyphen of the list")),
    (
        "did not find expected key|expected <block end>|<document start>",
        MISALIGNED,
        phrase("put as many spaces before it as before the lines that it belongs with"),
    ),
    (
        "unknown escape character|character escape code|hexa?decimal",
        phrase("a backslash in double quotation marks has a special meaning"),
        phrase("use single quotation marks"),
    ),
    (
        "sequence entries are not allowed",
        phrase("a hyphen starts a list on the line of its key"),
        phrase("start the list on the next line, with two spaces before each hyphen"),
    ),
    (
        "expected a single document",
        phrase("three hyphens (---) start another file here"),
        phrase("delete this line; put a second wave in a file of its own"),
    ),
    ("scanning an anchor", phrase("the text starts with &, which gives a name to a part of the file"), _QUOTE_HINT),
    (
        "duplicate anchor",
        phrase("two parts of the file have the same name (&name)"),
        phrase("give them different names"),
    ),
    (
        "node content",
        phrase("a value is missing here"),
        phrase("write the value; if it starts with a sign such as #, put it in quotation marks"),
    ),
    (
        "block scalar",
        phrase("after | or > the text must start on the next line"),
        phrase("move the text to the next line, with spaces before it, or put it in quotation marks"),
    ),
    (
        "directive|incompatible YAML",
        phrase("a line that starts with % is an instruction to YAML, which wave files do not use"),
        phrase("delete the line"),
    ),
    (" tag", phrase("the text starts with !, which marks a type in YAML"), _QUOTE_HINT),
)
_CLOSE_BEFORE_COMMENT_HINTS = {
    "close it with ]": phrase("close it with ], and put texts with # in quotation marks"),
    "close it with }}": phrase("close it with }}, and put texts with # in quotation marks"),
}
"""Hints for lines where the closing sign may be part of a comment."""
_REPORTED_AT_OPENING = re.compile("unexpected end of stream|expected ',' or|could not find expected ':'")
_CAUSED_BY_TEXT_AFTER_VALUE = re.compile("did not find expected key|expected <block end>|expected '-'")


def _translate_error(error: Any, text: str) -> tuple[Message, Message, int, int]:
    """Return message, hint, line and column of an error of the parser; line and column count from 0."""
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    mark, opening = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    lines = LINE_END.split(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    before, character = (lines[line][:column], lines[line][column : column + 1]) if line < len(lines) else ("", "")
    if character == "\t":
        return msg("there is a tab here"), msg("type spaces instead"), line, column
    if "node content" in problem and not character and line >= len(lines) - 1:
        return msg("the file ends inside a bracket or a brace"), msg("close it with ] or }}"), line, column
    if before.strip(" -") and _CAUSED_BY_TEXT_AFTER_VALUE.search(problem):
        hint = msg("put the whole value in one pair of quotation marks; in single ones, write each apostrophe twice")
        return msg("there is text after the end of the value"), hint, line, column
    if opening is not None and _REPORTED_AT_OPENING.search(problem):
        if "expected ',' or" in problem and character and opening.line == line:
            message = msg("a comma is missing here, or a text with a comma or a colon needs quotation marks")
            return message, msg("put texts inside brackets and braces in quotation marks"), line, column
        line, column = opening.line, opening.column
    for words, message_text, hint_text in _TRANSLATIONS:
        if re.search(words, problem):
            closing = _CLOSE_BEFORE_COMMENT_HINTS.get(hint_text) if "#" in lines[line][column:] else None
            return msg(message_text, character=quoted(character)), msg(closing or hint_text), line, column
    return msg("the file cannot be read here"), msg("compare it with the lines above"), line, column


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

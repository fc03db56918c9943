"""YAML text -> graph of nodes with marks, by libyaml through PyYAML, or by pure ruamel.yaml where that is missing.

Both are given a resolver that does nothing, so that every scalar keeps its text; both stop at the same
depth and number of nodes, while they parse: libyaml's composer would crash on a hundred thousand brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Protocol, cast

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


def compose(text: str, max_nodes: int) -> Node | None:
    """Return the root node of the one document in ``text``, None for an empty one; raise ``ComposeError``.

    At most ``nodes`` nodes are read, each of which takes two tokens or more.
    """
    return _compose_c(text, max_nodes) if HAS_LIBYAML else compose_pure(text, max_nodes)


try:
    from yaml import YAMLError
    from yaml._yaml import CParser
except ImportError:  # PyYAML built without libyaml
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

    class _Composer(CParser):
        """libyaml's composer, which can be watched."""

    def _compose_c(text: str, nodes: int) -> Node | None:
        parser, bounds = _Composer(text), _NodeLimits(nodes)
        bounds.attach_to(parser)
        try:
            return cast("Node | None", parser.get_single_node())
        except TooLargeError:
            raise bounds.error() from None
        except YAMLError as error:
            raise _translate_error(error, text) from None
        finally:
            parser.dispose()


def compose_pure(text: str, max_nodes: int) -> Node | None:
    """Do what ``compose`` does without libyaml: the same nodes, some twenty times slower."""
    from ruamel.yaml import YAML
    from ruamel.yaml.composer import Composer, ComposerError
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode
    from ruamel.yaml.resolver import VersionedResolver

    class Pure(Composer):
        """ruamel's composer, as strict with names and escapes as libyaml's."""

        def compose_scalar_node(self, anchor: object) -> Any:
            event = self.parser.peek_event()
            if re.search("[\ud800-\udfff]", event.value):
                raise ComposerError(None, None, "invalid character escape code", event.start_mark)
            return super().compose_scalar_node(anchor)

        def compose_node(self, parent: object, index: object) -> Any:
            event = self.parser.peek_event()
            fault = _libyaml_error(event, self.anchors, is_key=index is None and isinstance(parent, MappingNode))
            if fault:
                raise ComposerError(None, None, fault, event.start_mark)
            node = super().compose_node(parent, index)
            if str(node.ctag) == "None":
                node.ctag = None
            return node

    bounds = _NodeLimits(max_nodes)

    class Open(VersionedResolver):
        """ruamel's resolver with bounds."""

        def __init__(self, version: Any = None, loader: object = None) -> None:
            VersionedResolver.__init__(self, version, loader)
            bounds.attach_to(self)

    yaml = YAML(typ="safe", pure=True)
    yaml.Composer, yaml.Resolver = Pure, Open
    try:
        return cast("Node | None", yaml.compose(text))
    except TooLargeError:
        raise bounds.error() from None
    except YAMLError as error:
        raise _translate_error(error, text) from None
    except (ValueError, OverflowError):  # an escape for a character that there is not
        before = LINE_END.split(re.split(r"\\U(?!000|0010)", text, maxsplit=1)[0])
        raise ComposeError(msg(_BACKSLASH_ESCAPE), msg(_SINGLE_QUOTES_HINT), len(before) - 1, len(before[-1])) from None


def parse_events(text: str) -> Iterator[Any]:
    """Return the events (YAML 1.2 §3.1.1) of a text that can be composed: they know references, nodes do not."""
    if HAS_LIBYAML:
        parser = CParser(text)
        try:
            while parser.check_event():
                yield parser.get_event()
        finally:
            parser.dispose()
    else:
        from ruamel.yaml import YAML

        yield from YAML(typ="safe", pure=True).parse(text)


def _libyaml_error(event: Any, known_anchors: Collection[str], *, is_key: bool) -> str | None:
    """Return what libyaml would say of an event that ruamel takes: an empty key, a strange or a second name."""
    name, alias = event.anchor, type(event).__name__ == "AliasEvent"
    if is_key and getattr(event, "value", None) == "" and event.start_mark.index == event.end_mark.index:
        return "did not find expected key"
    if name is not None and not re.fullmatch("[0-9A-Za-z_-]+", name):
        return f"while scanning an {'alias' if alias else 'anchor'}"
    return "found duplicate anchor" if name in known_anchors and not alias else None


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

"""YAML text -> graph of nodes with marks, by libyaml through PyYAML, or by pure ruamel.yaml where that is missing.

Both are given a resolver that does nothing, so that every scalar keeps its text; both stop at the same
depth and number of nodes, while they parse: libyaml's composer would crash on a hundred thousand brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Protocol, cast

from wavectl.diagnostics import LINE_END, Message, phrase, quoted, say

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


class PassedBoundError(ComposeError):
    """More of a text than is read, be it YAML or not."""


class TooLarge(Exception):  # noqa: N818 - a bound, not an error of the program
    """More nodes than the caller allows, or deeper ones."""


class _Bounds:
    """What a parser asks at every node: the tags are left open, and the nodes are counted while they are read.

    This stands beside the parsers, not among their bases: to compose a file takes a fifth less time so.
    """

    def __init__(self, nodes: int) -> None:
        self.left, self.depth = nodes, 0
        self.parent: Node | None = None

    def watch(self, parser: Any) -> None:
        """Have a parser ask here."""
        parser.resolve = self.resolve
        parser.descend_resolver, parser.ascend_resolver = self.descend_resolver, self.ascend_resolver

    def resolve(self, kind: type, value: object, implicit: object) -> None:
        """Leave the tag of a node open; ``kind`` is its class."""
        if self.depth > MAX_DEPTH and kind.__name__ != "ScalarNode":
            raise TooLarge

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        """Note that the composer begins a node inside ``parent``."""
        self.parent = parent
        self.left -= 1
        self.depth += 1
        if self.left < 0 or self.depth > MAX_DEPTH + 1:
            raise TooLarge

    def ascend_resolver(self) -> None:
        """Note that the composer has ended a node."""
        self.depth -= 1

    def error(self) -> PassedBoundError:
        """Return what is said of the bound that was passed, at the list or block that holds too much."""
        line, column = (self.parent.start_mark.line, self.parent.start_mark.column) if self.parent else (0, 0)
        if self.depth > MAX_DEPTH:
            message = say("lists and blocks stand in one another more than {depth} deep", depth=MAX_DEPTH)
            return PassedBoundError(message, say("close the brackets that were left open"), line, column)
        message = say("the file holds more than can be read at once")
        return PassedBoundError(message, say("split it, or allow more with --max-size"), line, column)


def compose(text: str, nodes: int) -> Node | None:
    """Return the root node of the one document in ``text``, None for an empty one; raise ``ComposeError``.

    At most ``nodes`` nodes are read, each of which takes two tokens or more.
    """
    return _compose_c(text, nodes) if HAS_LIBYAML else compose_pure(text, nodes)


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
        parser, bounds = _Composer(text), _Bounds(nodes)
        bounds.watch(parser)
        try:
            return cast("Node | None", parser.get_single_node())
        except TooLarge:
            raise bounds.error() from None
        except YAMLError as error:
            raise _translated(error, text) from None
        finally:
            parser.dispose()


def compose_pure(text: str, nodes: int) -> Node | None:
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
            fault = _fault_of(event, self.anchors, key=index is None and isinstance(parent, MappingNode))
            if fault:
                raise ComposerError(None, None, fault, event.start_mark)
            node = super().compose_node(parent, index)
            if str(node.ctag) == "None":
                node.ctag = None
            return node

    bounds = _Bounds(nodes)

    class Open(VersionedResolver):
        """ruamel's resolver with bounds."""

        def __init__(self, version: Any = None, loader: object = None) -> None:
            VersionedResolver.__init__(self, version, loader)
            bounds.watch(self)

    yaml = YAML(typ="safe", pure=True)
    yaml.Composer, yaml.Resolver = Pure, Open
    try:
        return cast("Node | None", yaml.compose(text))
    except TooLarge:
        raise bounds.error() from None
    except YAMLError as error:
        raise _translated(error, text) from None
    except (ValueError, OverflowError):  # an escape for a character that there is not
        before = LINE_END.split(re.split(r"\\U(?!000|0010)", text, maxsplit=1)[0])
        raise ComposeError(say(_BACKSLASH), say(_SINGLE), len(before) - 1, len(before[-1])) from None


def events(text: str) -> Iterator[Any]:
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


def _fault_of(event: Any, known: Collection[str], *, key: bool) -> str | None:
    """Return what libyaml would say of an event that ruamel takes: an empty key, a strange or a second name."""
    name, alias = event.anchor, type(event).__name__ == "AliasEvent"
    if key and getattr(event, "value", None) == "" and event.start_mark.index == event.end_mark.index:
        return "did not find expected key"
    if name is not None and not re.fullmatch("[0-9A-Za-z_-]+", name):
        return f"while scanning an {'alias' if alias else 'anchor'}"
    return "found duplicate anchor" if name in known and not alias else None


_QUOTE = phrase("put the text in quotation marks")
ALIGN = phrase("this line does not line up with the lines above it")
ALIGN_LIST = phrase("this line does not line up with the list that it stands in")
NO_COLON = phrase("this line does not open with a word and a colon")
_HYPHENS = phrase("give all hyphens of a list the same number of spaces")
_BACKSLASH = phrase("a backslash between double quotation marks means something else")
_BEHIND = phrase("something stands behind the end of a value")
_ONE_PAIR = phrase("put all of it in one pair of quotation marks; inside single ones, write an apostrophe twice")
_SINGLE = phrase("use single quotation marks")
_COMMA = phrase("a comma is missing here, or a text with a comma or a colon lacks its quotation marks")
_INSIDE = phrase("put texts inside brackets and braces in quotation marks")
_DIRECTIVE = phrase("a line that opens with % is an instruction to YAML, which wave files do not use")
_TAG = phrase("the text opens with !, which marks a type in YAML")
_KNOWN: tuple[tuple[str, str, str], ...] = (
    # what libyaml or ruamel says; what it means; the cure
    ("mapping values are not allowed", phrase("a colon followed by a space stands inside a text"), _QUOTE),
    ("mapping keys are not allowed", phrase("a text cannot open with a question mark and a space"), _QUOTE),
    ("found undefined alias", phrase("the text opens with *, which points to another part of the file"), _QUOTE),
    ("cannot start any token", phrase("a text cannot open with {character}"), _QUOTE),
    (
        "could not find expected ':'",
        NO_COLON,
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
    ("expected '-'", ALIGN_LIST, _HYPHENS),
    (
        "did not find expected key",
        ALIGN,
        phrase("put as many spaces in front of it as in front of the lines that it belongs to"),
    ),
    (
        "expected <block end>",
        ALIGN,
        phrase("put as many spaces in front of it as in front of the lines that it belongs to"),
    ),
    (
        "<document start>",
        ALIGN,
        phrase("put as many spaces in front of it as in front of the lines that it belongs to"),
    ),
    ("unknown escape character", _BACKSLASH, _SINGLE),
    ("character escape code", _BACKSLASH, _SINGLE),
    ("hexdecimal", _BACKSLASH, _SINGLE),
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
    ("scanning an anchor", phrase("the text opens with &, which names a part of the file"), _QUOTE),
    ("scanning an alias", phrase("the text opens with *, which points to another part of the file"), _QUOTE),
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
    (" tag", _TAG, _QUOTE),
)
_CLOSE = {
    "close it with ]": phrase("close it with ], and put texts with # in quotation marks"),
    "close it with }}": phrase("close it with }}, and put texts with # in quotation marks"),
}
"""What is said where the sign that closes may stand behind a remark."""
_AT_OPENING = ("unexpected end of stream", "expected ',' or", "could not find expected ':'")
_AFTER = ("did not find expected key", "expected <block end>", "expected '-'")


def _translated(error: Any, text: str) -> ComposeError:
    """Return a parser's complaint in the words of somebody who writes a plan."""
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    mark = getattr(error, "problem_mark", None)
    opening = getattr(error, "context_mark", None)
    lines = LINE_END.split(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    before, here = (lines[line][:column], lines[line][column : column + 1]) if line < len(lines) else ("", "")
    if here == "\t":
        return ComposeError(say("a tab stands here"), say("type spaces instead"), line, column)
    if "node content" in problem and not here and line >= len(lines) - 1:
        return ComposeError(
            say("the file ends inside a bracket or a brace"), say("close it with ] or }}"), line, column
        )
    if any(words in problem for words in _AFTER) and before.strip(" -"):
        return ComposeError(say(_BEHIND), say(_ONE_PAIR), line, column)
    if opening is not None and any(words in problem for words in _AT_OPENING):
        if "expected ',' or" in problem and here and opening.line == line:
            return ComposeError(say(_COMMA), say(_INSIDE), line, column)
        line, column = opening.line, opening.column
    for words, fault, cure in _KNOWN:
        if words in problem:
            if cure in _CLOSE and "#" in lines[line][column:]:
                return ComposeError(say(fault), say(_CLOSE[cure]), line, column)
            return ComposeError(say(fault, character=quoted(here)), say(cure), line, column)
    return ComposeError(say("the file cannot be read here"), say("compare with the lines above"), line, column)

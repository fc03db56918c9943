"""YAML text -> graph of nodes with marks, by libyaml through PyYAML, or by pure ruamel.yaml where that is missing.

Both are given a resolver that does nothing, so that every scalar keeps its text; both stop at the same
depth and number of nodes, while they parse: libyaml's composer would crash on a hundred thousand brackets.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from wavectl.diagnostics import Message, quoted, say

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


class TooLarge(Exception):  # noqa: N818 - a bound, not an error of the program
    """More nodes than the caller allows, or deeper ones."""


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

    class _Composer(CParser):  # type: ignore[misc]
        """libyaml's composer, with the hooks of a resolver used to count."""

        def __init__(self, text: str, nodes: int) -> None:
            CParser.__init__(self, text)
            self.left, self.depth = nodes, 0

        def resolve(self, kind: type, value: object, implicit: object) -> None:
            """Leave the tag of a node open."""
            self.left -= 1
            if self.left < 0:
                raise TooLarge

        def descend_resolver(self, parent: object, key: object) -> None:
            """Note that the composer goes one level down."""
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise TooLarge

        def ascend_resolver(self) -> None:
            """Note that the composer comes back up."""
            self.depth -= 1

    def _compose_c(text: str, nodes: int) -> Node | None:
        parser = _Composer(text, nodes)
        try:
            return parser.get_single_node()  # type: ignore[no-any-return]
        except TooLarge:
            raise _too_large(parser.depth) from None
        except YAMLError as error:
            raise _translated(error, text) from None
        finally:
            parser.dispose()


def compose_pure(text: str, nodes: int) -> Node | None:
    """Do what ``compose`` does without libyaml: the same nodes, some twenty times slower."""
    from ruamel.yaml import YAML, YAMLError  # noqa: PLC0415 - only where libyaml is missing
    from ruamel.yaml.composer import Composer, ComposerError
    from ruamel.yaml.events import AliasEvent
    from ruamel.yaml.resolver import VersionedResolver

    class Pure(Composer):
        left, depth = nodes, 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.left -= 1
            self.depth += 1
            if self.left < 0 or self.depth > MAX_DEPTH + 1:
                raise TooLarge
            event = self.parser.peek_event()
            if event.anchor in self.anchors and not isinstance(event, AliasEvent):
                raise ComposerError(None, None, "found duplicate anchor", event.start_mark)
            node = super().compose_node(parent, index)
            self.depth -= 1
            if str(node.ctag) == "None":
                node.ctag = None
            return node

    class Open(VersionedResolver):
        def resolve(self, kind: Any, value: Any, implicit: Any) -> None:
            return None

    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = Pure
    yaml.Resolver = Open
    try:
        root = yaml.compose(text)
    except TooLarge:
        raise _too_large(yaml.composer.depth) from None
    except YAMLError as error:
        raise _translated(error, text) from None
    return root  # type: ignore[no-any-return]


def _too_large(depth: int) -> ComposeError:
    if depth > MAX_DEPTH:
        message = say("lists and blocks stand in one another more than {depth} deep", depth=MAX_DEPTH)
        return ComposeError(message, say("close the brackets that were left open"), 0, 0)
    return ComposeError(
        say("the file holds more than can be read at once"), say("split it, or allow more with --max-size"), 0, 0
    )


_QUOTE = "put the text in quotation marks"
_KNOWN: tuple[tuple[str, str, str], ...] = (
    # what libyaml or ruamel says; what it means; the cure
    ("mapping values are not allowed", "a colon followed by a space stands inside a text", _QUOTE),
    ("found undefined alias", "the text opens with *, which points to another part of the file", _QUOTE),
    ("cannot start any token", "a text cannot open with {character}", _QUOTE),
    ("could not find expected ':'", "this line has no colon after its key", "write key: value, or indent the line under its key"),
    ("unexpected end of stream", "the quotation mark that opens here is never closed", "close it at the end of the text"),
    ("expected ',' or ']'", "the bracket [ that opens here is not closed", "close it with ], or put one item on each line after a hyphen"),
    ("expected ',' or '}'", "the brace {{ that opens here is not closed", "close it with }}, or put one key on each line"),
    ("did not find expected '-'", "this line does not line up with the list that it stands in", "give all hyphens of a list the same number of spaces"),
    ("expected <block end>, but found '-'", "this line does not line up with the list that it stands in", "give all hyphens of a list the same number of spaces"),
    ("did not find expected key", "this line does not line up with the lines above it", "give all keys of a block the same number of spaces"),
    ("expected <block end>", "this line does not line up with the lines above it", "give all keys of a block the same number of spaces"),
    ("unknown escape character", "a backslash in a text between double quotation marks means something else", "use single quotation marks"),
    ("sequence entries are not allowed", "a hyphen opens a list where a text stands", "put the list on the lines below the key"),
    ("expected a single document", "a second document (---) begins here", "keep one wave in each file"),
    ("expected a single document in the stream", "a second document (---) begins here", "keep one wave in each file"),
    ("while scanning an anchor", "the text opens with &, which names a part of the file", _QUOTE),
    ("expected alphabetic or numeric character", "the text opens with a sign that means something else in YAML", _QUOTE),
    ("duplicate anchor", "two parts of the file have the same name (&name)", "give them different names"),
)  # fmt: skip
_AT_OPENING = ("unexpected end of stream", "expected ',' or")


def _translated(error: Any, text: str) -> ComposeError:
    """Return a parser's complaint in the words of somebody who writes a plan."""
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    mark = getattr(error, "problem_mark", None)
    opening = getattr(error, "context_mark", None)
    if opening is not None and any(words in problem for words in _AT_OPENING):
        mark = opening
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = re.split(r"\r\n|\r|\n", text)
    here = lines[line][column : column + 1] if line < len(lines) else ""
    for words, fault, cure in _KNOWN:
        if words in problem:
            if here == "\t" and "token" in words:
                return ComposeError(say("a tab stands here"), say("type spaces instead"), line, column)
            return ComposeError(say(fault, character=quoted(here)), say(cure), line, column)
    return ComposeError(
        say("the file cannot be read here: {problem}", problem=problem),
        say("compare with the lines above", quote=_QUOTE),
        line,
        column,
    )

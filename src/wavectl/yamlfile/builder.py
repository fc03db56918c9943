"""YAML text -> Document: plain data, and where each part of it stands.

The node graph is composed once, by PyYAML's ``CParser`` (libyaml) or, where that is missing, by the pure
ruamel.yaml parser; data and positions both come from its marks, so a position is read and never guessed.
What is too large, too deep or too entangled is refused.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import Any

from wavectl.diagnostics import LINE_END, Finding, Message, Span, msg, quoted
from wavectl.yamlfile.document import CELLS_PER_NODE, Document, add_finding
from wavectl.yamlfile.parser import (
    TYPED_FIRST_CHARACTERS,
    ComposeError,
    LimitExceededError,
    Node,
    TooLargeError,
    compose,
    quote_scalar,
    resolve_scalar,
)
from wavectl.yamlfile.silent_errors import MAX_MISSING_VALUES, add_lost_text_findings, may_have_lost_value

__all__ = ["MAX_SIZE", "MIB", "Document", "parse_document"]

MIB = 1024 * 1024
MAX_SIZE = 4
"""How large a file may be, in MiB, unless the caller says otherwise."""
_TOKENS_PER_MIB = 62_500  # 250,000 for a file of 4 MiB

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What may not stand in a file as it is: control characters, and U+0085, U+2028, U+2029 (line ends to YAML 1.1)."""


def parse_document(raw: bytes, file: str, max_size: float = MAX_SIZE) -> Document:
    """Return the document of a file's bytes: UTF-8 with or without BOM, at most ``max_size`` MiB."""
    document = Document(file)
    if len(raw) > max_size * MIB:
        add_finding(
            document,
            msg("the file is larger than {size} MiB", size=f"{max_size:g}"),
            msg("split it, or allow more with --max-size"),
            rule="unreadable-file",
        )
        return document
    text = _decode(document, raw)
    if text is None:
        return document
    document.text = text
    strange = _UNPRINTABLE.search(text)
    if strange:
        add_finding(
            document,
            msg("an invisible character ({code}) stands here", code=f"U+{ord(strange[0]):04X}"),
            msg("delete it and type the text again"),
            span=document.span_at_offset(strange.start()),
        )
        return document
    nodes = int(max_size * _TOKENS_PER_MIB) // 2
    try:
        root = compose(text, nodes)
    except ComposeError as error:
        from wavectl.yamlfile.hints import explain_syntax_error  # few files need it

        trap = None if isinstance(error, LimitExceededError) else explain_syntax_error(text, error, nodes)
        if trap is not None:
            document.findings.append(trap.to_finding(file))
        else:
            add_finding(document, error.message, error.hint, span=document.span(error.line, error.column))
        return document
    place = first_tab(text, root) if "\t" in text else None
    if place is not None:
        from wavectl.yamlfile.hints import tab_problem

        line, column = place
        document.findings.append(tab_problem(line, document.line(line + 1), column).to_finding(file))
        return document
    if root is not None:
        DocumentBuilder(document, limit=int(max_size * _TOKENS_PER_MIB) * CELLS_PER_NODE).fill(root)
    else:
        document.data = {}
    return document


def _decode(document: Document, raw: bytes) -> str | None:
    """Return the text of the file's bytes, without a BOM; None, with a finding, where they are not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        add_finding(
            document,
            msg("the file is saved as UTF-16"),
            msg("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding)"),
            rule="unreadable-file",
        )
        return None
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        document.text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
        good = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        add_finding(
            document,
            msg("the file is not saved as UTF-8, so this letter cannot be read"),
            msg("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding)"),
            rule="unreadable-file",
            span=document.span_at_offset(len(good)),
        )
        return None


class DocumentBuilder:
    """Turns nodes into data, and their marks into the index of the document."""

    def __init__(self, document: Document, limit: int) -> None:
        self._document, self._limit = document, limit
        self._cells: list[int] = []
        self._built: dict[int, tuple[Any, int]] = {}  # collections by id of their node: data, place in the index
        self._in_progress: set[int] = set()
        self._duplicate_keys: list[
            tuple[int, int, str]
        ] = []  # second keys: number of the finding, place of the block, name
        self._missing_values: list[tuple[int, str | None]] = []  # no value: place of the block and name, or of the item

    def fill(self, root: Node) -> None:
        """Give the document its data; findings tell what could not be taken."""
        document = self._document
        try:
            data = self._build(root)
        except TooLargeError:
            add_finding(
                document,
                msg("the references (*name) of this file unfold into more than can be read"),
                msg("write the repeated parts out, or repeat fewer of them"),
            )
            return
        document._index = array("I", self._cells)
        if isinstance(data, dict):
            document.data = data
            for number, at, name in self._duplicate_keys:
                finding = document.findings[number]
                document.findings[number] = finding._replace(path=(*document.path_at(at), name))
            if self._missing_values:
                paths = [(document.path_at(at), name) for at, name in self._missing_values]
                add_lost_text_findings(document, [path if name is None else (*path, name) for path, name in paths])
        elif data is None and not document.findings:  # three hyphens, or null: as good as empty
            document.data, document._index = {}, array("I")
        elif not document.findings:
            listed = isinstance(data, list)
            add_finding(
                document,
                msg("the file opens with a list") if listed else msg("the file does not open with a word and a colon"),
                msg('open it with the lines title: "…" and moments:, and leave the list below')
                if listed
                else msg("open it with a line such as {example}", example='title: "…"'),
                rule="invalid-value",
                span=document.locate(()),
            )

    def _build(self, node: Node) -> object:
        value = node.value
        if node.tag is not None:
            self._reject_tag(node)
        start, end = node.start_mark, node.end_mark
        if isinstance(value, str):
            self._cells += (start.line, start.column, end.line, end.column, CELLS_PER_NODE)
            if node.style or value[:1] not in TYPED_FIRST_CHARACTERS:
                return value if node.style or value else None
            return resolve_scalar(value)
        if id(node) in self._built:
            return self._reuse(node)
        if id(node) in self._in_progress:
            self._report(
                node,
                msg("a part of the file holds itself, by a reference (*name)"),
                msg("write the part out where the reference stands"),
            )
            self._cells += (start.line, start.column, start.line, start.column, CELLS_PER_NODE)
            return None
        self._in_progress.add(id(node))
        cells = self._cells
        at = len(cells)
        cells += (start.line, start.column, end.line, end.column, 0)
        inside = self._mapping(value) if type(node).__name__ == "MappingNode" else self._sequence(value)
        data, last = inside
        if last is not None and not node.flow_style:  # a block ends where its last part does, not where the next begins
            cells[at + 2 : at + 4] = max(last, (start.line, start.column))
        cells[at + 4] = len(cells) - at
        if len(cells) > self._limit:
            raise TooLargeError
        self._in_progress.discard(id(node))
        self._built[id(node)] = (data, at)
        return data

    def _sequence(self, items: list[Node]) -> tuple[list[Any], tuple[int, int] | None]:
        """Return the data of a list, and where its last item ends."""
        cells, data = self._cells, []
        for item in items:
            at = len(cells)
            data.append(self._build(item))
            if data[-1] is None and not item.value:
                self._note_missing_value(at, None, cells[at], cells[at + 1])
        return data, (cells[at + 2], cells[at + 3]) if data else None

    def _mapping(self, pairs: list[tuple[Node, Node]]) -> tuple[dict[str, Any], tuple[int, int] | None]:
        """Return the data of a block of keys, and where its last value ends."""
        cells = self._cells
        here = len(cells) - CELLS_PER_NODE
        data: dict[str, Any] = {}
        taken: Any
        for key, value in pairs:
            name = key.value
            if not isinstance(name, str):
                self._report(key, msg("a word should stand before this colon"), msg("write a word before the colon"))
                continue
            if not name and not key.style:
                self._report(key, msg("the word before this colon is missing"), msg("write a word before the colon"))
                continue
            if key.tag is not None:
                self._reject_tag(key)
            if name in data:
                self._duplicate_keys.append((len(self._document.findings), here, name))
                message = msg("{key} stands here a second time", key=quoted(f"{name}:"))
                self._report(key, message, self._duplicate_key_hint(key, name), rule="duplicate-key")
                continue
            start, end = key.start_mark, key.end_mark
            line, column, left = end.line, end.column, start.column
            at = len(cells) + CELLS_PER_NODE
            text = value.value
            if value.tag is None and isinstance(text, str):  # as in _build, without the call: most values are texts
                first, end = value.start_mark, value.end_mark
                cells += (
                    start.line,
                    left,
                    line,
                    column,
                    CELLS_PER_NODE,
                    first.line,
                    first.column,
                    end.line,
                    end.column,
                    CELLS_PER_NODE,
                )
                taken = (
                    text if value.style or (text and text[0] not in TYPED_FIRST_CHARACTERS) else resolve_scalar(text)
                )
            else:
                cells += (start.line, left, line, column, CELLS_PER_NODE)
                taken = self._build(value)
            data[name] = taken
            if taken is None and not text:  # nothing is written there: the parsers disagree on where
                cells[at + 2 : at + 4] = cells[at : at + 2] = (line, column)
                self._note_missing_value(here, name, line, left)
        # the last key counts too: what stands behind it may be a reference, which ends where its part does, above
        return data, max((line, column), (cells[at + 2], cells[at + 3])) if data else None

    def _duplicate_key_hint(self, key: Node, name: str) -> Message:
        """Return the cure of a second key: below a hyphen it may belong to the item, a second title to a wave."""
        above = self._document.line(key.start_mark.line)
        if above.lstrip().startswith("- ") and key.start_mark.column <= len(above) - len(above.lstrip()):
            from wavectl.yamlfile.hints import alignment_hint  # few files need it

            return alignment_hint(above)
        if name == "id":
            return msg("keep one of the two; where something else begins, write - id: below the hyphen above")
        if name == "title":
            return msg("keep one of the two; a second wave goes into a file of its own")
        return msg("keep one of the two")

    def _note_missing_value(self, at: int, name: str | None, line: int, column: int) -> None:
        """Note a key or an item behind which nothing is written, where that may not be as it was meant."""
        if len(self._missing_values) < MAX_MISSING_VALUES and may_have_lost_value(
            self._document.line(line + 1), column
        ):
            self._missing_values.append((at, name))

    def _reuse(self, node: Node) -> object:
        """Return the data of a collection met before, through a reference, and index it once more."""
        data, at = self._built[id(node)]
        size = self._cells[at + 4]
        if len(self._cells) + size > self._limit:
            raise TooLargeError
        self._cells += self._cells[at : at + size]
        return data

    def _reject_tag(self, node: Node) -> None:
        if node.tag not in _ALLOWED_TAGS:
            start, end = node.start_mark, node.end_mark
            text = self._document.line(start.line + 1)[start.column : end.column]
            if isinstance(node.value, str) and not node.style and start.line == end.line and text[:1] == "!":
                message = msg("a text cannot open with {character}", character=quoted("!"))
                cure = quote_scalar(text)
                self._report(node, message, msg("write it so: {text}", text=cure), cure=cure)
                return
            self._report(
                node,
                msg("{tag} is a YAML tag, which wave files do not use", tag=quoted(node.tag)),
                msg("put the text in quotation marks if it opens with an exclamation mark"),
            )

    def _report(
        self, node: Node, message: Message, hint: Message, rule: str = "yaml-syntax", cure: str | None = None
    ) -> None:
        start, end = node.start_mark, node.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if end.line > start.line:
            span = self._document.span(start.line, start.column)
        self._document.findings.append(Finding(rule, self._document.file, (), message, hint, span=span, fix=cure))


_STANDARD_TYPES = ("str", "int", "bool", "null", "float", "map", "seq")
_ALLOWED_TAGS = frozenset(("!", *(f"tag:yaml.org,2002:{name}" for name in _STANDARD_TYPES)))


def first_tab(text: str, root: Node | None) -> tuple[int, int] | None:
    """Return the line and column, from 0, of the first tab outside texts and comments; None where there is none."""
    scalars = iter(sorted(_scalar_spans(root))) if root is not None else iter(())
    scalar = next(scalars, None)
    for number, line in enumerate(LINE_END.split(text)):
        bare = list(line)
        while scalar is not None and scalar[0] <= number:  # mask the texts of this line
            start, column, end, end_column = scalar
            first, last = column if start == number else 0, end_column if end == number else len(line)
            bare[first:last] = "x" * (min(last, len(line)) - first)
            if end > number:
                break
            scalar = next(scalars, None)
        code = "".join(bare).partition("#")[0]
        if "\t" in code:
            return number, code.index("\t")
    return None


def _scalar_spans(root: Node) -> Iterator[tuple[int, int, int, int]]:
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node.value, str):
            start, end = node.start_mark, node.end_mark
            yield start.line, start.column, end.line, end.column
        else:
            for item in node.value:
                stack.extend(item if isinstance(item, tuple) else (item,))

"""YAML text -> Document: plain data, and where each part of it stands.

The node graph is composed once, by PyYAML's ``CParser`` (libyaml) or, where that is missing, by the pure
ruamel.yaml parser; data and positions both come from its marks, so a position is read and never guessed.
What is too large, too deep or too entangled is refused.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import Any

from wavectl.composer import LINE_END, ComposeError, Node, TooLarge, compose
from wavectl.diagnostics import START, Finding, Message, Path, Span, quoted, say
from wavectl.document.tabs import first_tab
from wavectl.scalars import OPENING, scalar

MIB = 1024 * 1024
MAX_SIZE = 4
"""How large a file may be, in MiB, unless the caller says otherwise."""
_TOKENS_PER_MIB = 62_500  # 250,000 for a file of 4 MiB
_CELLS = 5  # of the index, for each node: line, column, end line, end column (from 0), cells of it with all below it


class Document:
    """One file of a plan: its data (dicts, lists, texts, None), its text, and what is wrong with it as YAML.

    ``data`` is None when the file cannot be used at all; ``findings`` then say why.
    """

    def __init__(self, file: str, text: str = "", data: Any = None, findings: Iterable[Finding] = ()) -> None:
        self.file, self.text, self.data = file, text, data
        self.findings = list(findings)
        self._index: array[int] = array("I")
        self._steps: dict[int, list[int]] = {}
        self._lines: list[str] = []

    def locate(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of the value at ``path``, or of its key.

        Parts that the document lacks are passed over, and the walk ends at the nearest ancestor there is:
        this never fails. Lines and columns count from 1, the end is exclusive.
        """
        data, at, key_at = self.data, 0, 0
        for part in path:
            child = self._child(data, at, part)
            if child is not None:
                data, at, key_at = child
        if not self._index:
            return START
        return self._span(key_at if key else at)

    def path(self, path: Path) -> Path:
        """Return ``path`` without the parts that the document lacks."""
        found: list[str | int] = []
        data: Any = self.data
        for part in path:
            if _holds(data, part):
                found.append(part)
                data = data[part]
        return tuple(found)

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its end."""
        lines = self._all_lines()
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def span(self, line: int, column: int) -> Span:
        """Return the one-character span at a line and column counted from 0, moved to where the file has text."""
        lines = self._all_lines()
        line = min(line, len(lines) - 1)
        column = min(column, len(lines[line]))
        return Span(line + 1, column + 1, line + 1, min(column + 1, len(lines[line])) + 1)

    def spot(self, offset: int) -> Span:
        """Return the span of the character at an offset into the text."""
        before = LINE_END.split(self.text[:offset])
        return self.span(len(before) - 1, len(before[-1]))

    def _child(self, data: object, at: int, part: str | int) -> tuple[Any, int, int] | None:
        """Return the data, the place and the place of the key of one child; None where there is none."""
        if isinstance(data, dict) and _holds(data, part):
            steps = self._steps_of(at, 2 * len(data))
            number = 2 * next(number for number, name in enumerate(data) if name == part)
            return data[part], steps[number + 1], steps[number]
        if isinstance(data, list) and isinstance(part, int) and _holds(data, part):
            steps = self._steps_of(at, len(data))
            return data[part], steps[part], steps[part]
        return None

    def _steps_of(self, at: int, count: int) -> list[int]:
        """Return the places of the nodes right below a collection, each key before its value."""
        steps = self._steps.get(at)
        if steps is None:
            steps, place = [], at + _CELLS
            for _ in range(count):
                steps.append(place)
                place += self._index[place + _CELLS - 1]
            self._steps[at] = steps
        return steps

    def _span(self, at: int) -> Span:
        line, column, end_line, end_column = self._index[at : at + 4]
        lines = self._all_lines()
        if end_line > line and end_column == 0:  # the end of a block: step back to the text it ends with
            end_line -= 1
            while end_line > line and not lines[end_line].strip():
                end_line -= 1
            end_column = len(lines[end_line])
        return Span(line + 1, column + 1, end_line + 1, end_column + 1)

    def _all_lines(self) -> list[str]:
        if not self._lines:
            self._lines = LINE_END.split(self.text)
        return self._lines


def _holds(data: object, part: str | int) -> bool:
    """Tell whether a block has that key, or a list that many items."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What may not stand in a file as it is: control characters, and U+0085, U+2028, U+2029 (line ends to YAML 1.1)."""


def read(raw: bytes, file: str, max_size: float = MAX_SIZE) -> Document:
    """Return the document of a file's bytes: UTF-8 with or without BOM, at most ``max_size`` MiB."""
    document = Document(file)
    if len(raw) > max_size * MIB:
        _fault(
            document,
            say("the file is larger than {size} MiB", size=f"{max_size:g}"),
            say("split it, or allow more with --max-size"),
            rule="unreadable-file",
        )
        return document
    text = _decoded(document, raw)
    if text is None:
        return document
    document.text = text
    strange = _UNPRINTABLE.search(text)
    if strange:
        _fault(
            document,
            say("an invisible character ({code}) stands here", code=f"U+{ord(strange[0]):04X}"),
            say("delete it and type the text again"),
            span=document.spot(strange.start()),
        )
        return document
    try:
        root = compose(text, nodes=int(max_size * _TOKENS_PER_MIB) // 2)
    except ComposeError as error:
        _fault(document, error.message, error.hint, span=document.span(error.line, error.column))
        return document
    tab = first_tab(text, root) if "\t" in text else None
    if tab is not None:
        _fault(document, say("a tab stands here"), say("type spaces instead"), span=document.span(*tab))
        return document
    if root is not None:
        _Builder(document, limit=int(max_size * _TOKENS_PER_MIB) * _CELLS).fill(root)
    else:
        document.data = {}
    return document


def _fault(
    document: Document, message: Message, hint: Message | None, *, rule: str = "yaml-syntax", span: Span | None = None
) -> None:
    document.findings.append(Finding(rule, document.file, (), message, hint, span=span or START))


def _decoded(document: Document, raw: bytes) -> str | None:
    """Return the text of the file's bytes, without a BOM; None, with a finding, where they are not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        _fault(
            document,
            say("the file is saved as UTF-16"),
            say("save it again with the encoding UTF-8"),
            rule="unreadable-file",
        )
        return None
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        document.text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
        good = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        _fault(
            document,
            say("the file is not saved as UTF-8: byte {byte} stands here", byte=f"0x{raw[error.start]:02X}"),
            say("save it again with the encoding UTF-8"),
            rule="unreadable-file",
            span=document.spot(len(good)),
        )
        return None


class _Builder:
    """Turns nodes into data, and their marks into the index of the document."""

    def __init__(self, document: Document, limit: int) -> None:
        self._document, self._limit = document, limit
        self._cells: list[int] = []
        self._known: dict[int, tuple[Any, int]] = {}  # collections by id of their node: data, place in the index
        self._open: set[int] = set()

    def fill(self, root: Node) -> None:
        """Give the document its data; findings tell what could not be taken."""
        document = self._document
        try:
            data = self._build(root)
        except TooLarge:
            _fault(
                document,
                say("the references (*name) of this file unfold into more than can be read"),
                say("write the repeated parts out, or repeat fewer of them"),
            )
            return
        document._index = array("I", self._cells)
        if isinstance(data, dict):
            document.data = data
        elif data is None and not document.findings:  # three hyphens, or null: as good as empty
            document.data, document._index = {}, array("I")
        elif not document.findings:
            _fault(
                document,
                say("the file holds no keys"),
                say("open it with a line such as {example}", example='title: "…"'),
                rule="invalid-value",
                span=document.locate(()),
            )

    def _build(self, node: Node) -> object:
        value = node.value
        if node.tag is not None:
            self._refuse_tag(node)
        start, end = node.start_mark, node.end_mark
        if isinstance(value, str):
            self._cells += (start.line, start.column, end.line, end.column, _CELLS)
            if node.style or value[:1] not in OPENING:
                return value if node.style or value else None
            return scalar(value)
        if id(node) in self._known:
            return self._again(node)
        if id(node) in self._open:
            self._refuse(
                node,
                say("a part of the file holds itself, by a reference (*name)"),
                say("write the part out where the reference stands"),
            )
            self._cells += (start.line, start.column, start.line, start.column, _CELLS)
            return None
        self._open.add(id(node))
        cells = self._cells
        at = len(cells)
        cells += (start.line, start.column, end.line, end.column, 0)
        inside = self._mapping(value) if type(node).__name__ == "MappingNode" else self._sequence(value)
        data, last = inside
        if last is not None and not node.flow_style:  # a block ends where its last part does, not where the next begins
            cells[at + 2 : at + 4] = max(last, (start.line, start.column))
        cells[at + 4] = len(cells) - at
        if len(cells) > self._limit:
            raise TooLarge
        self._open.discard(id(node))
        self._known[id(node)] = (data, at)
        return data

    def _sequence(self, items: list[Node]) -> tuple[list[Any], tuple[int, int] | None]:
        """Return the data of a list, and where its last item ends."""
        data, last = [], None
        for item in items:
            at = len(self._cells)
            data.append(self._build(item))
            last = self._cells[at + 2], self._cells[at + 3]
        return data, last

    def _mapping(self, pairs: list[tuple[Node, Node]]) -> tuple[dict[str, Any], tuple[int, int] | None]:
        """Return the data of a block of keys, and where its last value ends."""
        cells = self._cells
        data: dict[str, object] = {}
        last = None
        for key, value in pairs:
            name = key.value
            if not isinstance(name, str):
                self._refuse(key, say("a key is a list or a block of keys"), say("write a word before the colon"))
                continue
            if not name and not key.style:
                self._refuse(key, say("the key before this colon is missing"), say("write a word before the colon"))
                continue
            if key.tag is not None:
                self._refuse_tag(key)
            if name in data:
                self._refuse(
                    key,
                    say("the key {key} stands here a second time", key=quoted(name)),
                    say("keep one of the two"),
                    rule="duplicate-key",
                )
                continue
            start, end = key.start_mark, key.end_mark
            line, column = end.line, end.column
            cells += (start.line, start.column, line, column, _CELLS)
            at = len(cells)
            data[name] = self._build(value)
            if data[name] is None and not value.value:  # nothing is written there: the parsers disagree on where
                cells[at + 2 : at + 4] = cells[at : at + 2] = (line, column)
            last = max((line, column), (cells[at + 2], cells[at + 3]))  # a reference ends where its part does, above
        return data, last

    def _again(self, node: Node) -> object:
        """Return the data of a collection met before, through a reference, and index it once more."""
        data, at = self._known[id(node)]
        size = self._cells[at + 4]
        if len(self._cells) + size > self._limit:
            raise TooLarge
        self._cells += self._cells[at : at + size]
        return data

    def _refuse_tag(self, node: Node) -> None:
        if node.tag not in _TAGS:
            self._refuse(
                node,
                say("{tag} is a YAML tag, which wave files do not use", tag=quoted(node.tag)),
                say("put the text in quotation marks if it opens with an exclamation mark"),
            )

    def _refuse(self, node: Node, message: Message, hint: Message, rule: str = "yaml-syntax") -> None:
        start, end = node.start_mark, node.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if end.line > start.line:
            span = self._document.span(start.line, start.column)
        self._document.findings.append(Finding(rule, self._document.file, (), message, hint, span=span))


_TYPES = ("str", "int", "bool", "null", "float", "map", "seq")
_TAGS = frozenset(("!", *(f"tag:yaml.org,2002:{name}" for name in _TYPES)))

"""Nodes -> data, and their marks -> the index of the document."""

from __future__ import annotations

from array import array
from typing import Any

from wavectl.diagnostics import Finding, Message, Span, quoted, say
from wavectl.yamlfile.document.document import CELLS, Document, fault
from wavectl.yamlfile.document.silent_errors import MOST, lost, seems_lost
from wavectl.yamlfile.parser import Node, TooLarge
from wavectl.yamlfile.scalars import OPENING, in_quotes, scalar


class Builder:
    """Turns nodes into data, and their marks into the index of the document."""

    def __init__(self, document: Document, limit: int) -> None:
        self._document, self._limit = document, limit
        self._cells: list[int] = []
        self._known: dict[int, tuple[Any, int]] = {}  # collections by id of their node: data, place in the index
        self._open: set[int] = set()
        self._twice: list[tuple[int, int, str]] = []  # second keys: number of the finding, place of the block, name
        self._blank: list[tuple[int, str | None]] = []  # no value: place of the block and name, or of the item

    def fill(self, root: Node) -> None:
        """Give the document its data; findings tell what could not be taken."""
        document = self._document
        try:
            data = self._build(root)
        except TooLarge:
            fault(
                document,
                say("the references (*name) of this file unfold into more than can be read"),
                say("write the repeated parts out, or repeat fewer of them"),
            )
            return
        document._index = array("I", self._cells)
        if isinstance(data, dict):
            document.data = data
            for number, at, name in self._twice:
                finding = document.findings[number]
                document.findings[number] = finding._replace(path=(*document.path_to(at), name))
            if self._blank:
                paths = [(document.path_to(at), name) for at, name in self._blank]
                lost(document, [path if name is None else (*path, name) for path, name in paths])
        elif data is None and not document.findings:  # three hyphens, or null: as good as empty
            document.data, document._index = {}, array("I")
        elif not document.findings:
            listed = isinstance(data, list)
            fault(
                document,
                say("the file opens with a list") if listed else say("the file does not open with a word and a colon"),
                say('open it with the lines title: "…" and moments:, and leave the list below')
                if listed
                else say("open it with a line such as {example}", example='title: "…"'),
                rule="invalid-value",
                span=document.locate(()),
            )

    def _build(self, node: Node) -> object:
        value = node.value
        if node.tag is not None:
            self._refuse_tag(node)
        start, end = node.start_mark, node.end_mark
        if isinstance(value, str):
            self._cells += (start.line, start.column, end.line, end.column, CELLS)
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
            self._cells += (start.line, start.column, start.line, start.column, CELLS)
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
        cells, data = self._cells, []
        for item in items:
            at = len(cells)
            data.append(self._build(item))
            if data[-1] is None and not item.value:
                self._note_blank(at, None, cells[at], cells[at + 1])
        return data, (cells[at + 2], cells[at + 3]) if data else None

    def _mapping(self, pairs: list[tuple[Node, Node]]) -> tuple[dict[str, Any], tuple[int, int] | None]:
        """Return the data of a block of keys, and where its last value ends."""
        cells = self._cells
        here = len(cells) - CELLS
        data: dict[str, Any] = {}
        taken: Any
        for key, value in pairs:
            name = key.value
            if not isinstance(name, str):
                self._refuse(key, say("a word should stand before this colon"), say("write a word before the colon"))
                continue
            if not name and not key.style:
                self._refuse(key, say("the word before this colon is missing"), say("write a word before the colon"))
                continue
            if key.tag is not None:
                self._refuse_tag(key)
            if name in data:
                self._twice.append((len(self._document.findings), here, name))
                message = say("{key} stands here a second time", key=quoted(f"{name}:"))
                self._refuse(key, message, self._kept_apart(key, name), rule="duplicate-key")
                continue
            start, end = key.start_mark, key.end_mark
            line, column, left = end.line, end.column, start.column
            at = len(cells) + CELLS
            text = value.value
            if value.tag is None and isinstance(text, str):  # as in _build, without the call: most values are texts
                first, end = value.start_mark, value.end_mark
                cells += (start.line, left, line, column, CELLS, first.line, first.column, end.line, end.column, CELLS)
                taken = text if value.style or (text and text[0] not in OPENING) else scalar(text)
            else:
                cells += (start.line, left, line, column, CELLS)
                taken = self._build(value)
            data[name] = taken
            if taken is None and not text:  # nothing is written there: the parsers disagree on where
                cells[at + 2 : at + 4] = cells[at : at + 2] = (line, column)
                self._note_blank(here, name, line, left)
        # the last key counts too: what stands behind it may be a reference, which ends where its part does, above
        return data, max((line, column), (cells[at + 2], cells[at + 3])) if data else None

    def _kept_apart(self, key: Node, name: str) -> Message:
        """Return the cure of a second key: below a hyphen it may belong to the item, a second title to a wave."""
        above = self._document.line(key.start_mark.line)
        if above.lstrip().startswith("- ") and key.start_mark.column <= len(above) - len(above.lstrip()):
            from wavectl.yamlfile.document.line_hints import under  # few files need it

            return under(above)
        if name == "id":
            return say("keep one of the two; where something else begins, write - id: below the hyphen above")
        if name == "title":
            return say("keep one of the two; a second wave goes into a file of its own")
        return say("keep one of the two")

    def _note_blank(self, at: int, name: str | None, line: int, column: int) -> None:
        """Note a key or an item behind which nothing is written, where that may not be as it was meant."""
        if len(self._blank) < MOST and seems_lost(self._document.line(line + 1), column):
            self._blank.append((at, name))

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
            start, end = node.start_mark, node.end_mark
            text = self._document.line(start.line + 1)[start.column : end.column]
            if isinstance(node.value, str) and not node.style and start.line == end.line and text[:1] == "!":
                message = say("a text cannot open with {character}", character=quoted("!"))
                cure = in_quotes(text)
                self._refuse(node, message, say("write it so: {text}", text=cure), cure=cure)
                return
            self._refuse(
                node,
                say("{tag} is a YAML tag, which wave files do not use", tag=quoted(node.tag)),
                say("put the text in quotation marks if it opens with an exclamation mark"),
            )

    def _refuse(
        self, node: Node, message: Message, hint: Message, rule: str = "yaml-syntax", cure: str | None = None
    ) -> None:
        start, end = node.start_mark, node.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if end.line > start.line:
            span = self._document.span(start.line, start.column)
        self._document.findings.append(Finding(rule, self._document.file, (), message, hint, span=span, cure=cure))


_TYPES = ("str", "int", "bool", "null", "float", "map", "seq")
_TAGS = frozenset(("!", *(f"tag:yaml.org,2002:{name}" for name in _TYPES)))

"""YAML text -> Document: the data of a file with positions, and findings about what cannot be used.

The text is composed once into a graph of nodes, from which come both data and positions. Files that are too large,
nested too deep or full of references are rejected.
"""

import re
from array import array
from itertools import pairwise
from typing import Any

from wavectl.diagnostics import LINE_END, Finding, Message, Span, msg, quoted
from wavectl.files import MIB
from wavectl.yamlfile import parser
from wavectl.yamlfile.document import CELLS_PER_NODE, Document

MAX_SIZE = 4
"""How large a file may be, in MiB, unless the caller sets another limit."""
_TOKENS_PER_MIB = 62_500  # 250,000 for a file of 4 MiB

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What a file may not contain: control characters, and U+0085, U+2028, U+2029 (line ends in YAML 1.1)."""


def parse_document(raw: bytes, file: str, max_size: float = MAX_SIZE) -> Document:
    """Parse the bytes of a file: UTF-8 with or without BOM, at most ``max_size`` MiB."""
    document = Document(file)
    if len(raw) > max_size * MIB:
        message = msg("the file is larger than {size} MiB", size=f"{max_size:g}")
        document.add_finding(message, msg("split it, or raise the limit with --max-size"), rule="unreadable-file")
        return document
    text = _decode(document, raw)
    if text is None:
        return document
    document.text = text
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        message = msg("there is an invisible character ({code}) here", code=f"U+{ord(unprintable[0]):04X}")
        span = document.span_at_offset(unprintable.start())
        document.add_finding(message, msg("delete it and type the text again"), span=span)
        return document
    tokens = int(max_size * _TOKENS_PER_MIB)
    try:
        root = parser.compose(text, max_nodes=tokens // 2)
    except parser.ComposeError as error:
        _add_syntax_error(document, error, tokens // 2)
        return document
    tab = _first_tab(text) if "\t" in text else None
    if tab is not None:
        from wavectl.yamlfile.hints import tab_problem  # few files need it

        line, column = tab
        document.findings.append(tab_problem(line, document.line(line + 1), column).to_finding(file))
    elif root is None:
        document.data = {}
    else:
        _DocumentBuilder(document, tokens * CELLS_PER_NODE, max_size * MIB).build(root)
    return document


def read_back(text: str, document: Document) -> Document:
    """Parse what was made of a document; the limit for its size does not count again."""
    return parse_document(text.encode("utf-8", "surrogatepass"), document.file, max_size=1024)


def _decode(document: Document, raw: bytes) -> str | None:
    """Return the text of a file without its BOM; add a finding and return None if it is not UTF-8."""
    hint = msg("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding)")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.add_finding(msg("the file is saved as UTF-16"), hint, rule="unreadable-file")
        return None
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        document.text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
        valid = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        message, span = (
            msg("the file is not saved as UTF-8, so this letter cannot be read"),
            document.span_at_offset(len(valid)),
        )
        document.add_finding(message, hint, rule="unreadable-file", span=span)
        return None


def _add_syntax_error(document: Document, error: parser.ComposeError, max_nodes: int) -> None:
    from wavectl.yamlfile.hints import explain_syntax_error  # few files need it

    is_limit = isinstance(error, parser.LimitExceededError)
    problem = None if is_limit else explain_syntax_error(document.text, error, max_nodes)
    if problem is not None:
        document.findings.append(problem.to_finding(document.file))
    else:
        document.add_finding(error.message, error.hint, span=document.span(error.line, error.column))


class _DocumentBuilder:
    def __init__(self, document: Document, limit: int, max_characters: float) -> None:
        self._document, self._limit, self._max_characters = document, limit, max_characters
        self._cells: list[int] = []
        self._built: dict[int, tuple[Any, int]] = {}  # collections by id of their node: data, place in the index
        self._in_progress: set[int] = set()
        self._duplicate_keys: list[tuple[int, int, str]] = []  # number of the finding, place of the mapping, key
        self._missing_values: list[tuple[int, str | None]] = []  # place of the mapping and key, or place of the item

    def build(self, root: parser.Node) -> None:
        """Set the data of the document, and add findings about what cannot be used."""
        document = self._document
        try:
            data = self._build(root)
            if "&" in document.text:
                self._check_characters(data)
        except parser.TooLargeError:
            document.add_finding(
                msg("the references (*name) of this file expand to more than wavectl reads"),
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
                from wavectl.yamlfile.lost_values import add_lost_value_findings  # few files need it

                paths = [(document.path_at(at), name) for at, name in self._missing_values]
                add_lost_value_findings(document, [path if name is None else (*path, name) for path, name in paths])
        elif data is None and not document.findings:  # three hyphens, or null: as good as empty
            document.data, document._index = {}, array("I")
        elif not document.findings:
            is_list = isinstance(data, list)
            document.add_finding(
                msg("the file starts with a list")
                if is_list
                else msg("the file does not start with a word and a colon"),
                msg('start it with the lines title: "…" and moments:, and keep the list below them')
                if is_list
                else msg("start it with a line such as {example}", example='title: "…"'),
                rule="invalid-value",
                span=document.locate(()),
            )

    def _build(self, node: parser.Node) -> object:
        value = node.value
        if node.tag is not None:
            self._reject_tag(node)
        start, end = node.start_mark, node.end_mark
        if isinstance(value, str):
            self._cells += (start.line, start.column, end.line, end.column, CELLS_PER_NODE)
            if node.style or value[:1] not in parser.TYPED_FIRST_CHARACTERS:
                return value if node.style or value else None
            return parser.resolve_scalar(value)
        if id(node) in self._built:
            return self._reuse(node)
        if id(node) in self._in_progress:
            message = msg("a part of the file contains itself, through a reference (*name)")
            self._report(node, message, msg("write the part out in place of the reference"))
            self._cells += (start.line, start.column, start.line, start.column, CELLS_PER_NODE)
            return None
        self._in_progress.add(id(node))
        cells = self._cells
        at = len(cells)
        cells += (start.line, start.column, end.line, end.column, 0)
        is_mapping = type(node).__name__ == "MappingNode"
        data, last = self._mapping(value) if is_mapping else self._sequence(value)
        if last is not None and not node.flow_style:  # a block ends where its last part does, not where the next begins
            cells[at + 2 : at + 4] = max(last, (start.line, start.column))
        cells[at + 4] = len(cells) - at
        if len(cells) > self._limit:
            raise parser.TooLargeError
        self._in_progress.discard(id(node))
        self._built[id(node)] = (data, at)
        return data

    def _check_characters(self, data: object) -> None:
        """Raise ``TooLargeError`` if the file would be too large with its repeated texts written out."""
        if _count_characters(data) > self._max_characters:
            raise parser.TooLargeError

    def _sequence(self, items: list[parser.Node]) -> tuple[list[Any], tuple[int, int] | None]:
        cells, data = self._cells, []
        for item in items:
            at = len(cells)
            data.append(self._build(item))
            if data[-1] is None and not item.value:
                self._note_missing_value(at, None, cells[at], cells[at + 1])
        return data, (cells[at + 2], cells[at + 3]) if data else None

    def _mapping(self, pairs: list[tuple[parser.Node, parser.Node]]) -> tuple[dict[str, Any], tuple[int, int] | None]:
        cells = self._cells
        mapping_at = len(cells) - CELLS_PER_NODE
        data: dict[str, Any] = {}
        new: Any
        for key, value in pairs:
            name = key.value
            sound = isinstance(name, str) and name and key.tag is None and name not in data
            if not sound and not self._is_valid_key(key, data, mapping_at):
                continue
            start, end = key.start_mark, key.end_mark
            line, column, left = end.line, end.column, start.column
            at = len(cells) + CELLS_PER_NODE
            text = value.value
            cells += (start.line, left, line, column, CELLS_PER_NODE)
            if value.tag is None and isinstance(text, str):  # as in _build, without the call: most values are texts
                start, end = value.start_mark, value.end_mark
                cells += (start.line, start.column, end.line, end.column, CELLS_PER_NODE)
                new = (
                    text
                    if value.style or (text and text[0] not in parser.TYPED_FIRST_CHARACTERS)
                    else parser.resolve_scalar(text)
                )
            else:
                new = self._build(value)
            data[name] = new
            if new is None and not text:  # an empty value: the parsers disagree on its position
                cells[at + 2 : at + 4] = cells[at : at + 2] = (line, column)
                self._note_missing_value(mapping_at, name, line, left)
        # the last key counts too: a reference as its value has the position of what it refers to, further up
        return data, max((line, column), (cells[at + 2], cells[at + 3])) if data else None

    def _is_valid_key(self, key: parser.Node, data: dict[str, Any], mapping_at: int) -> bool:
        """Return whether a key is a text that the mapping does not have yet; report it otherwise."""
        name = key.value
        if not isinstance(name, str):
            self._report(key, msg("only a word can come before this colon"), msg("write a word before the colon"))
            return False
        if not name and not key.style:
            self._report(key, msg("the word before this colon is missing"), msg("write a word before the colon"))
            return False
        if key.tag is not None:
            self._reject_tag(key)
        if name in data:
            self._duplicate_keys.append((len(self._document.findings), mapping_at, name))
            message = msg("{key} appears a second time", key=quoted(f"{name}:"))
            self._report(key, message, self._duplicate_key_hint(key, name), rule="duplicate-key")
            return False
        return True

    def _duplicate_key_hint(self, key: parser.Node, name: str) -> Message:
        """Return the hint for a second key: it may belong to the list item above, or to another wave."""
        above = self._document.line(key.start_mark.line)
        if above.lstrip().startswith("- ") and key.start_mark.column <= len(above) - len(above.lstrip()):
            from wavectl.yamlfile.hints import alignment_hint  # few files need it

            return alignment_hint(above)
        if name == "id":
            return msg("keep one of the two; to start another entry, write - id: below the hyphen above")
        if name == "title":
            return msg("keep one of the two; put a second wave in a file of its own")
        return msg("keep one of the two")

    def _note_missing_value(self, at: int, name: str | None, line: int, column: int) -> None:
        """Note a key or an item without a value, if a comment or a comma may have cut it off."""
        text = self._document.line(line + 1)
        may_be_lost = "#" in text[column:] or text[:column].rstrip().endswith(",")
        if may_be_lost and len(self._missing_values) < _MAX_MISSING_VALUES:
            self._missing_values.append((at, name))

    def _reuse(self, node: parser.Node) -> object:
        """Return the data of a collection that a reference repeats, and index it once more."""
        data, at = self._built[id(node)]
        size = self._cells[at + 4]
        if len(self._cells) + size > self._limit:
            raise parser.TooLargeError
        self._cells += self._cells[at : at + size]
        return data

    def _reject_tag(self, node: parser.Node) -> None:
        """Report a tag, unless it is one of YAML's own types, which makes no difference."""
        if node.tag in _ALLOWED_TAGS:
            return
        start, end = node.start_mark, node.end_mark
        text = self._document.line(start.line + 1)[start.column : end.column]
        if isinstance(node.value, str) and not node.style and start.line == end.line and text[:1] == "!":
            message = msg("a text cannot start with {character}", character=quoted("!"))
            fix = parser.quote_scalar(text)
            self._report(node, message, msg("write it like this: {text}", text=fix), fix=fix)
            return
        message = msg("{tag} is a YAML tag, which wave files do not use", tag=quoted(node.tag))
        self._report(node, message, msg("put the text in quotation marks if it starts with an exclamation mark"))

    def _report(
        self, node: parser.Node, message: Message, hint: Message, rule: str = "yaml-syntax", fix: str | None = None
    ) -> None:
        start, end = node.start_mark, node.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if end.line > start.line:
            span = self._document.span(start.line, start.column)
        self._document.findings.append(Finding(rule, self._document.file, (), message, hint, span=span, fix=fix))


def _count_characters(data: object) -> int:
    """Return the length of all texts of the data together, of a repeated text each time."""
    if isinstance(data, str):
        return len(data)
    if isinstance(data, dict):
        return sum(len(key) + _count_characters(value) for key, value in data.items())
    return sum(map(_count_characters, data)) if isinstance(data, list) else 0


_MAX_MISSING_VALUES = 100
"""How many keys without a value are examined in one file."""
_STANDARD_TYPES = ("str", "int", "bool", "null", "float", "map", "seq")
_ALLOWED_TAGS = frozenset(("!", *(f"tag:yaml.org,2002:{name}" for name in _STANDARD_TYPES)))


def _first_tab(text: str) -> tuple[int, int] | None:
    """Return the line and column, from 0, of the first tab outside texts and comments; None where there is none."""
    starts = [0, *(end.end() for end in LINE_END.finditer(text)), len(text)]
    texts = [
        (starts[event.start_mark.line] + event.start_mark.column, starts[event.end_mark.line] + event.end_mark.column)
        for event in parser.parse_events(text)
        if type(event).__name__ == "ScalarEvent"
    ]
    for (_, begin), (end, _) in pairwise([(0, 0), *texts, (len(text), 0)]):
        for match in _COMMENT_OR_TAB.finditer(text, begin, max(begin, end)):
            if match[0] == "\t":
                lines = LINE_END.split(text[: match.start()])
                return len(lines) - 1, len(lines[-1])
    return None


_COMMENT_OR_TAB = re.compile(r"#[^\r\n]*|\t")

"""The canonical layout of a file of a plan: keys in order, texts in quotation marks, dates in their normal form.

Every remark stays with the part that it belongs to, what a plan keeps for itself (``x-``) stays as it is, and what is
read from the file is the same as before, but for the normal form of dates. In a file with references (*name) the
order of keys stays: a part has to stand above those that refer to it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from wavectl.dates import edtf
from wavectl.diagnostics import LINE_END, KeyPath
from wavectl.yamlfile import document
from wavectl.yamlfile.document.document import Document
from wavectl.yamlfile.formatter.comments import attach_comments, is_extension, subtree_end
from wavectl.yamlfile.formatter.emitter import MAX_WIDTH, emit_key, emit_quoted, is_plain_path
from wavectl.yamlfile.formatter.emitter import emit_scalar as name_or_text
from wavectl.yamlfile.formatter.key_order import keys_at
from wavectl.yamlfile.formatter.syntax_tree import (
    SyntaxNode,
    SyntaxTree,
    UnsupportedYamlError,
    block_header,
    has_references,
    last_block_line,
)
from wavectl.yamlfile.scalars import TypedScalar, resolve_scalar

_DATE_KEYS = frozenset(("when", "period", "confirm_by"))
_TYPED_KEYS = frozenset(
    ("draft", "online", "confirmed", "min_priorities", "min_regions", "months", "max_silent_months")
)  # what is a number, or true or false, not a text
_SECTION_KEYS = frozenset(
    ("moments", "actors", "content", "campaigns", "waive", "priorities", "regions", "design", "feeds")
)
"""The keys of a file that open a section of it, with a blank line above."""
_MODELINE = "# yaml-language-server:"
_MAX_REREAD_SIZE = 1024
"""In MiB: what was read once is read again."""


def format_document(source: Document, *, programme: bool = False) -> str | None:
    """Return the text of a document in its canonical layout; None where that would change what it says.

    The document has no findings. The lines end as its first one does.
    """
    try:
        text = SyntaxTree(source.text)
    except UnsupportedYamlError:
        return None
    if text.root is None:
        return source.text
    attach_comments(text)
    said = count_comments(text)
    lines = _Formatter(text, text.root, programme=programme).lines()
    made = "".join(f"{line}\n" for line in lines)
    if not _has_same_content(source, said, made, programme=programme):
        return None
    end = LINE_END.search(source.text)
    return made.replace("\n", end[0]) if end else made


def _has_same_content(source: Document, comments: Counter[str], formatted: str, *, programme: bool) -> bool:
    """Tell whether a text is read as the document is, with each of its remarks, ``said``."""
    after = document.parse_document(formatted.encode("utf-8", "surrogatepass"), source.file, max_size=_MAX_REREAD_SIZE)
    if after.findings or normalise_dates(after.data, (), programme=programme) != normalise_dates(
        source.data, (), programme=programme
    ):
        return False
    again = SyntaxTree(formatted)
    attach_comments(again)
    return comments == count_comments(again)


def count_comments(tree: SyntaxTree) -> Counter[str]:
    """Return the remarks of a file whose parts have theirs, each with how often it stands there."""
    parts = tree.root.walk() if tree.root else ()
    return Counter(
        line for part in parts for line in (*part.comments_above, *part.comments_after, *part.comments_below) if line
    )


def normalise_dates(data: Any, path: KeyPath, *, programme: bool) -> Any:
    """Return plain data with its dates in their normal form."""
    if _is_date_path(path, programme=programme):
        given = f"[{data[0]}]" if isinstance(data, list) and len(data) == 1 else data
        return _normal_date(given) if isinstance(given, str) else data
    if isinstance(data, dict):
        return {key: normalise_dates(one, (*path, key), programme=programme) for key, one in data.items()}
    if isinstance(data, list):
        return [normalise_dates(one, (*path, number), programme=programme) for number, one in enumerate(data)]
    return data


def _is_date_path(path: KeyPath, *, programme: bool) -> bool:
    """Tell whether a date stands at a path."""
    if programme or not path or path[-1] not in _DATE_KEYS or any(str(part).startswith("x-") for part in path):
        return False
    if path == ("period",):
        return True
    return path[0] == "moments" and (len(path) == 3 or (len(path) == 5 and path[2] == "except"))


def _normal_date(text: str) -> str:
    try:
        return edtf.parse(text).text
    except edtf.DateError:
        return str(text)


class _Formatter:
    """The lines of a file, made anew from its parts."""

    def __init__(self, tree: SyntaxTree, root: SyntaxNode, *, programme: bool) -> None:
        self._source_lines, self._root, self._programme = tree.lines, root, programme
        if not has_references(root):
            self._sort_keys(root, ())

    def lines(self) -> list[str]:
        """Return the lines of the file, without their ends."""
        header = [*self._root.comments_above, *self._header_lines()]
        lines = [*header, *self._lines_below(self._root, 0, ())]
        while lines and not lines[-1] and not self._owns_trailing_blanks(self._root):
            lines.pop()
        return lines

    def _header_lines(self) -> list[str]:
        """Take the remarks on the whole file from its first key: those above a blank line, or for an editor."""
        first = min(self._root.children, key=lambda part: part.start, default=None)
        above = first.comments_above if first is not None else []
        last = max((n for n, line in enumerate(above) if not line or line.startswith(_MODELINE)), default=-1)
        header, above[:] = _collapse_blank_lines(above[: last + 1]), above[last + 1 :]
        return header[1:] if header and not header[0] else header

    def _lines_below(self, part: SyntaxNode, indent: int, path: KeyPath) -> list[str]:
        """Return the lines of what a block or a list holds, and of the remarks at its end."""
        lines: list[str] = []
        before: SyntaxNode | None = None
        for number, below in enumerate(part.children):
            here = (*path, number if below.key is None else below.key)
            above, main = self._node_lines(below, indent, here)
            if before is None:
                above = above if any(above) or (indent == 0 and part.comments_above) else []
                above = above[1:] if above and not above[0] and indent == 0 else above
            elif (
                self._needs_blank_between(before, below, here)
                and (not above or above[0])
                and not self._owns_trailing_blanks(before)
            ):
                above = ["", *above]
            elif above and not above[0] and self._owns_trailing_blanks(before):
                above = above[1:]
            lines += (*above, *main)
            before = below
        return lines + _indented(part.comments_below, indent)

    def _sort_keys(self, part: SyntaxNode, path: KeyPath) -> None:
        """Put the keys of all blocks in order, those that the plan keeps for itself at the end."""
        if part.kind == "map":
            rank = {key: number for number, key in enumerate(keys_at(path, programme=self._programme))}
            part.children.sort(key=lambda one: (is_extension(one), rank.get(str(one.key), len(rank))))
        for number, one in enumerate(part.children):
            self._sort_keys(one, (*path, number if one.key is None else one.key))

    def _needs_blank_between(self, before: SyntaxNode, part: SyntaxNode, path: KeyPath) -> bool:
        """Tell whether a blank line has to stand between two parts."""
        if len(path) == 1:
            return bool({before.key, part.key} & _SECTION_KEYS)
        return len(path) == 2 and path[0] == "moments" and not self._programme

    def _owns_trailing_blanks(self, part: SyntaxNode) -> bool:
        """Tell whether the blank lines behind a part are a part of its last text."""
        own = is_extension(part)
        while part.children:
            part = part.children[-1]
            own = own or is_extension(part)
        if own:
            return part.style in ("|", ">") and "+" in block_header(part, self._source_lines)
        given = part.value or ""
        return part.style == "|" and given.endswith("\n\n") and bool(given.strip(" \n"))

    def _node_lines(self, part: SyntaxNode, indent: int, path: KeyPath) -> tuple[list[str], list[str]]:
        """Return the lines above a part, and its own."""
        above = _collapse_blank_lines([*part.comments_above, *part.comments_after[:-1]])
        behind = part.comments_after[-1:]
        if is_extension(part):
            main = self._verbatim_lines(part, indent)
            main[-1] = " ".join((main[-1], *behind))
            return _indented(_collapse_blank_lines([*above, *filter(None, part.comments_below)]), indent), main
        if part.key is None and part.kind in ("map", "list") and part.children and not part.anchor:
            first = part.children[0]
            if part.kind == "map" or not self._is_short_list(part, path):
                first.comments_after[:0] = behind
                above += [
                    line for line in _collapse_blank_lines([*first.comments_above, *first.comments_after[:-1]]) if line
                ]
                first.comments_above, first.comments_after = [], first.comments_after[-1:]
                lines = self._lines_below(part, indent + 2, path)
                return _indented(above, indent), [f"{' ' * indent}- {lines[0][indent + 2 :]}", *lines[1:]]
        head = (
            f"{' ' * indent}-"
            if part.key is None
            else f"{' ' * indent}{part.key if part.plain_key else name_or_text(part.key, 'id')}:"
        )
        main = self._key_and_value_lines(
            part, f"{head} &{part.anchor}" if part.anchor and part.kind != "alias" else head, indent, path
        )
        main[0] = " ".join((main[0], *behind))
        return _indented(above, indent), main

    def _key_and_value_lines(self, part: SyntaxNode, head: str, indent: int, path: KeyPath) -> list[str]:
        """Return the lines of a part that opens with a key or a hyphen, without what is remarked on it."""
        if part.kind == "alias":
            return [f"{head} *{part.anchor}"]
        if part.kind == "scalar":
            return [*self._scalar_lines(part, head, indent, path), *_indented(part.comments_below, indent + 2)]
        if not part.children:
            return [f"{head} {'{}' if part.kind == 'map' else '[]'}", *_indented(part.comments_below, indent + 2)]
        if part.kind == "list" and self._is_short_list(part, path):
            line = f"{head} {self._flow_list(part, path)}"
            if len(line) <= MAX_WIDTH or self._is_date_set(part, path):
                return [line]
        return [head, *self._lines_below(part, indent + 2, path)]

    def _is_date_set(self, part: SyntaxNode, path: KeyPath) -> bool:
        return _is_date_path(path, programme=self._programme) and len(part.children) == 1

    def _is_short_list(self, part: SyntaxNode, path: KeyPath) -> bool:
        """Tell whether a list is one of ids, numbers or days, with no remark among them."""
        if any(part.comments_below) or any(
            any(one.comments_above) or one.comments_after or one.anchor or one.kind != "scalar" for one in part.children
        ):
            return False
        if self._is_date_set(part, path):
            return True
        return path != ("actors",) and all(
            not one.is_empty and (is_plain_path((*path, n), programme=self._programme) or path[-1] == "months")
            for n, one in enumerate(part.children)
        )

    def _flow_list(self, part: SyntaxNode, path: KeyPath) -> str:
        if self._is_date_set(part, path):
            return _normal_date(f"[{part.children[0].value}]")
        items = (self._scalar_text(one, (*path, number)) for number, one in enumerate(part.children))
        return f"[{', '.join(items)}]"

    def _scalar_lines(self, part: SyntaxNode, head: str, indent: int, path: KeyPath) -> list[str]:
        """Return the lines of a text, an id, a date, a number or nothing."""
        if part.is_empty:
            return [head]
        given = str(part.value)
        if part.style == ">" and block_header(part, self._source_lines) in (">", ">-") and given.strip(" \n"):
            return self._folded_scalar_lines(part, head, indent)
        if part.style == "|" and given.strip(" \n"):
            sign, lines = _literal_block(given)
            return [f"{head} {sign}", *_indented_text(lines, indent + 2)]
        if "\n" in given and not is_plain_path(path, programme=self._programme):
            first, *rest = emit_key("title", given, indent)
            return [f"{head}{first.partition(':')[2]}", *rest]
        return [f"{head} {self._scalar_text(part, path)}"]

    def _scalar_text(self, part: SyntaxNode, path: KeyPath) -> str:
        """Return a scalar on one line."""
        given = str(part.value)
        read = given if part.style else resolve_scalar(given)
        if read is None:
            return given  # null, as it was said
        if isinstance(read, TypedScalar) and self._allows_typed_scalar(path):
            return given
        if _is_date_path(path, programme=self._programme):
            return name_or_text(_normal_date(given), "when")
        return name_or_text(given, "id") if is_plain_path(path, programme=self._programme) else emit_quoted(given)

    def _allows_typed_scalar(self, path: KeyPath) -> bool:
        """Tell whether a number, or true or false, may stand at a path, as it may behind a key that nobody knows."""
        *above, key = path if isinstance(path[-1], str) else path[:-1]
        keys = keys_at(tuple(above), programme=self._programme)
        return key in _TYPED_KEYS or bool(keys and key not in keys)

    def _folded_scalar_lines(self, part: SyntaxNode, head: str, indent: int) -> list[str]:
        """Return the lines of a text below a ``>``, which go on as they are."""
        lines = self._source_lines[part.value_start[0] + 1 : last_block_line(part, self._source_lines) + 1]
        left = next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" \t"))
        return [
            f"{head} {block_header(part, self._source_lines)}",
            *_indented_text([line[left:] for line in lines], indent + 2),
        ]

    def _verbatim_lines(self, part: SyntaxNode, indent: int) -> list[str]:
        """Return the lines of what the plan keeps for itself, set in as what stands around it."""
        (line, column), (end_line, end_column) = part.start, subtree_end(part, self._source_lines)
        lines = self._source_lines[line : end_line + 1]
        if part.in_flow:
            lines[-1] = lines[-1][:end_column]
        lines[0] = lines[0][column:]
        first, *others = lines
        return [" " * indent + first.rstrip(" "), *(_shifted(one, indent - part.column) for one in others)]


def _formatted_key(node: SyntaxNode) -> str:
    return str(node.key) if node.plain_key else name_or_text(node.key, "id")


def _literal_block(text: str) -> tuple[str, list[str]]:
    """Return what opens a text of several lines, and its lines."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    sign = ("-", "", "+")[min(ends, 2)]
    lines = body.split("\n") + [""] * (ends - 1)
    first = next(line for line in lines if line)
    return f"|{'2' if first[0] == ' ' else ''}{sign}", lines


def _indented_text(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else line for line in lines]


def _shifted(line: str, by: int) -> str:
    """Return a line set in by so many spaces more, or less."""
    if not line.strip(" \t"):
        return line
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _collapse_blank_lines(lines: list[str]) -> list[str]:
    """Return remarks and blank lines with one blank line where several stand."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]


def _indented(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else line for line in lines]

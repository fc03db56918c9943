"""How the files of a plan are laid out: the order of their keys, and how each value is written."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any

from wavectl.dates import edtf
from wavectl.diagnostics import LINE_END, KeyPath
from wavectl.yamlfile import builder
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.emitter import (
    DATE_SET,
    MAX_WIDTH,
    emit_file,
    emit_flow,
    emit_item,
    emit_key,
    emit_quoted,
    emit_scalar,
    is_plain_path,
)
from wavectl.yamlfile.emitter import emit_scalar as name_or_text
from wavectl.yamlfile.key_order import key_to_insert_after, keys_at, sort_all_keys, sort_block_keys
from wavectl.yamlfile.parser import TypedScalar, resolve_scalar
from wavectl.yamlfile.syntax_tree import (
    Position,
    SyntaxNode,
    SyntaxTree,
    UnsupportedYamlError,
    block_header,
    has_references,
    last_block_line,
    text_extents,
)

__all__ = [
    "DATE_SET",
    "emit_file",
    "emit_flow",
    "emit_item",
    "emit_key",
    "emit_quoted",
    "emit_scalar",
    "key_to_insert_after",
    "keys_at",
    "sort_all_keys",
    "sort_block_keys",
]


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
    after = builder.parse_document(formatted.encode("utf-8", "surrogatepass"), source.file, max_size=_MAX_REREAD_SIZE)
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


def attach_comments(tree: SyntaxTree) -> None:
    """Give the parts of a file the remarks and blank lines that belong to them, ``above``, ``behind`` and ``below``."""
    if tree.root is not None:
        _CommentAttacher(tree, tree.root).attach_all()


class _CommentAttacher:
    def __init__(self, tree: SyntaxTree, root: SyntaxNode) -> None:
        self._lines, self._root = tree.lines, root
        self._nodes = list(root.walk())[1:]
        self._starts = [part.start for part in self._nodes]
        self._parents = {id(below): part for part in root.walk() for below in part.children}
        points = [(part.key_end, number) for number, part in enumerate(self._nodes)]
        points += [(part.end, number) for number, part in enumerate(self._nodes) if part.is_flow or part.kind != "map"]
        points += [(part.value_start, number) for number, part in enumerate(self._nodes) if part.style in ("|", ">")]
        self._node_ends = sorted(points)
        self._end_positions = [place for place, _ in self._node_ends]

    def attach_all(self) -> None:
        """Go through the lines that are not inside a text."""
        blank = False
        following: SyntaxNode | None = None  # the part that the remarks right above belong to
        for number, column in self._lines_outside_texts():
            line = self._lines[number]
            if not line.strip(" \t"):
                blank = True
                continue
            after = self._next_node((number, 0))
            if line[:column].strip(" \t"):
                if column < len(line):
                    self._comments_after((number, column)).append(line[column:].rstrip(" \t"))
                if blank and after is not None and after.start[0] == number and not after.in_flow:
                    after.comments_above.append("")
                following = None
            else:
                owned = (
                    self._comment_list_for((number, column), after)
                    if following is not after or not after
                    else after.comments_above
                )
                following = after if after is not None and owned is after.comments_above else None
                owned += ["", line[column:].rstrip(" \t")] if blank else [line[column:].rstrip(" \t")]
            blank = False

    def _lines_outside_texts(self) -> Iterator[tuple[int, int]]:
        """Return the lines that are not inside a text, each with the column of its remark; its length without one."""
        covered: dict[int, list[tuple[int, int]]] = {}
        inside: set[int] = set()
        for (first, column), (last, end) in self._text_ranges():
            covered.setdefault(first, []).append((column, end if first == last else len(self._lines[first])))
            if first < last:
                covered.setdefault(last, []).append((0, end))
                inside.update(range(first + 1, last))
        for part in self._nodes:
            if part.style in ("|", ">"):
                inside.update(range(part.value_start[0] + 1, last_block_line(part, self._lines) + 1))
        for number, line in enumerate(self._lines):
            if number not in inside:
                signs = (at for at, sign in enumerate(line) if sign == "#")
                taken = covered.get(number, ())
                yield number, next((at for at in signs if not any(b <= at < e for b, e in taken)), len(line))

    def _text_ranges(self) -> Iterator[tuple[Position, Position]]:
        """Return what of the file is text or kept as it is: no remark opens there."""
        yield from text_extents(self._root)
        for part in self._nodes:
            if is_extension(part):
                stop = subtree_end(part, self._lines)
                yield part.start, stop if part.in_flow else (stop[0], len(self._lines[stop[0]]))

    def _next_node(self, place: Position) -> SyntaxNode | None:
        """Return the first part that opens at a place or behind it."""
        number = bisect_right(self._starts, (place[0], place[1] - 1))
        return self._nodes[number] if number < len(self._nodes) else None

    def _comments_after(self, place: Position) -> list[str]:
        """Return the remarks that stand behind what ends last before a place."""
        number = bisect_right(self._end_positions, place) - 1
        if number < 0:
            return self._root.comments_above
        return self._extension_or_self(self._nodes[self._node_ends[number][1]]).comments_after

    def _extension_or_self(self, part: SyntaxNode) -> SyntaxNode:
        """Return a part, or the one that is kept as it is with all that it holds."""
        chain = [part, *self._ancestors(part)]
        return next((one for one in reversed(chain) if is_extension(one)), part)

    def _ancestors(self, part: SyntaxNode) -> Iterator[SyntaxNode]:
        while id(part) in self._parents:
            part = self._parents[id(part)]
            yield part

    def _comment_list_for(self, place: Position, after: SyntaxNode | None) -> list[str]:
        """Return the remarks among which one on a line of its own belongs."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return after.comments_above if after is not None else self._root.comments_below
        before = self._nodes[number]
        if before.kind in ("scalar", "alias") and not before.is_empty and before.value_start > place:
            return before.comments_above  # between a key and its value
        chain = [before, *self._ancestors(before)]
        flow = next((one for one in chain if one.is_flow and one.value_start <= place < one.end), None)
        if flow is not None:
            return after.comments_above if after is not None and after.start < flow.end else flow.comments_below
        if after is not None and place[1] <= after.column:
            return after.comments_above
        around = [] if after is None else list(self._ancestors(after))
        for one in chain:
            if one.is_empty and place[1] > one.column:
                return self._extension_or_self(one).comments_below
            set_in = place[1] >= one.child_indent and (place[1] > one.column or one is self._root)
            if one.kind in ("map", "list") and not one.is_flow and set_in and one not in around:
                return self._extension_or_self(one).comments_below
        return after.comments_above if after is not None else self._root.comments_below


def is_extension(node: SyntaxNode) -> bool:
    """Tell whether a key is one that a plan keeps for itself."""
    return node.key is not None and node.key.startswith("x-")


def subtree_end(node: SyntaxNode, lines: list[str]) -> Position:
    """Return where a part ends with all that it holds."""
    if node.style in ("|", ">"):
        line = last_block_line(node, lines)
        return line, len(lines[line])
    below = [] if node.is_flow else [subtree_end(one, lines) for one in node.children]
    return max([node.end, node.key_end, *below])

"""Format a file of a plan: keys in one order, each kind of value in one style, comments where they belong."""

import re
from collections import Counter
from typing import Any

from wavectl.dates import edtf
from wavectl.diagnostics import LINE_END, KeyPath
from wavectl.yamlfile import emitter, syntax_tree
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import TypedScalar, resolve_scalar
from wavectl.yamlfile.reader import read_back

_DATE_KEYS = frozenset(("when", "period", "confirm_by"))
_TYPED_KEYS = {"draft", "online", "confirmed", "min_priorities", "min_regions", "months", "max_silent_months"}
"""The keys whose values are numbers or true and false, not texts."""
_SECTION_KEYS = frozenset(
    ("moments", "actors", "content", "campaigns", "waive", "priorities", "regions", "design", "publish", "feeds")
)
"""The keys of a file that start a section, with a blank line above."""
_MAY_NEED_QUOTES = re.compile(r"^[-?:=<]|[ ,\[\]{}]")
"""What decides whether an unquoted text of a file may stay unquoted on any line."""
_MODELINE = "# yaml-language-server:"


def format_document(document: Document, keys_at: emitter.KeysAt) -> str | None:
    """Return the text of a document in its canonical layout; None if that would change its data or lose a comment.

    ``keys_at`` gives the order of keys. The document must have no findings. All lines end as the first one does.
    """
    try:
        tree = syntax_tree.SyntaxTree(document)
    except syntax_tree.UnsupportedYamlError:
        return None
    if tree.root is None:
        return document.text
    syntax_tree.attach_comments(tree)
    comments = syntax_tree.count_comments(tree)
    formatted = "".join(f"{line}\n" for line in _Formatter(tree, tree.root, keys_at).lines())
    if not _has_same_content(document, comments, formatted, keys_at):
        return None
    line_end = LINE_END.search(document.text)
    return formatted.replace("\n", line_end[0]) if line_end else formatted


def _has_same_content(document: Document, comments: Counter[str], formatted: str, keys_at: emitter.KeysAt) -> bool:
    after = read_back(formatted, document)
    if after.findings or normalise_dates(after.data, (), keys_at) != normalise_dates(document.data, (), keys_at):
        return False
    tree = syntax_tree.SyntaxTree(after)
    syntax_tree.attach_comments(tree)
    return comments == syntax_tree.count_comments(tree)


def normalise_dates(data: Any, path: KeyPath, keys_at: emitter.KeysAt) -> Any:
    """Return plain data with its dates in their normal form."""
    if _is_date_path(path, keys_at):
        date = f"[{data[0]}]" if isinstance(data, list) and len(data) == 1 else data
        return _normal_date(date) if isinstance(date, str) else data
    if isinstance(data, dict):
        return {key: normalise_dates(value, (*path, key), keys_at) for key, value in data.items()}
    if isinstance(data, list):
        return [normalise_dates(value, (*path, number), keys_at) for number, value in enumerate(data)]
    return data


def _is_date_path(path: KeyPath, keys_at: emitter.KeysAt) -> bool:
    return bool(path) and path[-1] in _DATE_KEYS and path[-1] in keys_at(path[:-1])


def _normal_date(text: str) -> str:
    try:
        return edtf.parse(text).text
    except edtf.DateError:
        return str(text)


class _Formatter:
    def __init__(self, tree: syntax_tree.SyntaxTree, root: syntax_tree.SyntaxNode, keys_at: emitter.KeysAt) -> None:
        self._tree, self._root, self._keys_at = tree, root, keys_at
        if not syntax_tree.has_references(root):
            self._sort_keys(root, ())

    def lines(self) -> list[str]:
        """Return the lines of the file, without their ends."""
        header = [*self._root.comments_above, *self._header_lines()]
        lines = [*header, *self._lines_below(self._root, 0, ())]
        while lines and not lines[-1] and not self._owns_trailing_blanks(self._root):
            lines.pop()
        return lines

    def _header_lines(self) -> list[str]:
        """Take the comments on the whole file from its first key: those above a blank line, or for an editor."""
        first = min(self._root.children, key=lambda node: node.start, default=None)
        above = first.comments_above if first is not None else []
        last = max((n for n, line in enumerate(above) if not line or line.startswith(_MODELINE)), default=-1)
        header, above[:] = _collapse_blank_lines(above[: last + 1]), above[last + 1 :]
        return header[1:] if header and not header[0] else header

    def _lines_below(self, node: syntax_tree.SyntaxNode, indent: int, path: KeyPath) -> list[str]:
        lines: list[str] = []
        before: syntax_tree.SyntaxNode | None = None
        for number, child in enumerate(node.children):
            child_path = (*path, number if child.key is None else child.key)
            above, main = self._node_lines(child, indent, child_path)
            if before is None:
                above = above if any(above) or (indent == 0 and node.comments_above) else []
                above = above[1:] if above and not above[0] and indent == 0 else above
            elif (
                self._needs_blank_between(before, child, child_path)
                and (not above or above[0])
                and not self._owns_trailing_blanks(before)
            ):
                above = ["", *above]
            elif above and not above[0] and self._owns_trailing_blanks(before):
                above = above[1:]
            lines += (*above, *main)
            before = child
        return lines + _indented(node.comments_below, indent)

    def _sort_keys(self, node: syntax_tree.SyntaxNode, path: KeyPath) -> None:
        """Put the keys of all mappings in order, extensions (``x-…``) at the end."""
        if node.kind == "map":
            rank = {key: number for number, key in enumerate(self._keys_at(path))}
            node.children.sort(key=lambda child: (child.is_extension, rank.get(str(child.key), len(rank))))
        for number, child in enumerate(node.children):
            self._sort_keys(child, (*path, number if child.key is None else child.key))

    def _needs_blank_between(self, before: syntax_tree.SyntaxNode, node: syntax_tree.SyntaxNode, path: KeyPath) -> bool:
        if len(path) == 1:
            return bool({before.key, node.key} & _SECTION_KEYS)
        return len(path) == 2 and path[0] == "moments"

    def _owns_trailing_blanks(self, node: syntax_tree.SyntaxNode) -> bool:
        """Return whether the blank lines after a node belong to the text that it ends with."""
        is_extension = node.is_extension
        while node.children:
            node = node.children[-1]
            is_extension = is_extension or node.is_extension
        if is_extension:
            return node.is_block_scalar and "+" in self._tree.block_header(node)
        text = node.value or ""
        return node.style == "|" and text.endswith("\n\n") and bool(text.strip(" \n"))

    def _node_lines(self, node: syntax_tree.SyntaxNode, indent: int, path: KeyPath) -> tuple[list[str], list[str]]:
        above = _collapse_blank_lines([*node.comments_above, *node.comments_after[:-1]])
        after = node.comments_after[-1:]
        if node.is_extension:
            main = self._verbatim_lines(node, indent)
            main[-1] = " ".join((main[-1], *after))
            return _indented(_collapse_blank_lines([*above, *filter(None, node.comments_below)]), indent), main
        is_block_item = node.key is None and node.kind in ("map", "list") and node.children and not node.anchor
        if is_block_item and (node.kind == "map" or not self._is_short_list(node, path)):
            first = node.children[0]
            first.comments_after[:0] = after
            moved = _collapse_blank_lines([*first.comments_above, *first.comments_after[:-1]])
            above += [line for line in moved if line]
            first.comments_above, first.comments_after = [], first.comments_after[-1:]
            lines = self._lines_below(node, indent + 2, path)
            return _indented(above, indent), [f"{' ' * indent}- {lines[0][indent + 2 :]}", *lines[1:]]
        key = "-" if node.key is None else f"{node.key if node.plain_key else emitter.emit_scalar(node.key, 'id')}:"
        anchor = f" &{node.anchor}" if node.anchor and node.kind != "alias" else ""
        main = self._key_and_value_lines(node, f"{' ' * indent}{key}{anchor}", indent, path)
        main[0] = " ".join((main[0], *after))
        return _indented(above, indent), main

    def _key_and_value_lines(self, node: syntax_tree.SyntaxNode, head: str, indent: int, path: KeyPath) -> list[str]:
        """Return the lines of a node that start with ``head``, its key or hyphen, without the comment after it."""
        if node.kind == "alias":
            return [f"{head} *{node.anchor}"]
        if node.kind == "scalar":
            return [*self._scalar_lines(node, head, indent, path), *_indented(node.comments_below, indent + 2)]
        if not node.children:
            return [f"{head} {'{}' if node.kind == 'map' else '[]'}", *_indented(node.comments_below, indent + 2)]
        if node.kind == "list" and self._is_short_list(node, path):
            line = f"{head} {self._flow_list(node, path)}"
            if len(line) <= emitter.MAX_WIDTH or self._is_date_set(node, path):
                return [line]
        return [head, *self._lines_below(node, indent + 2, path)]

    def _is_date_set(self, node: syntax_tree.SyntaxNode, path: KeyPath) -> bool:
        return _is_date_path(path, self._keys_at) and len(node.children) == 1

    def _is_short_list(self, node: syntax_tree.SyntaxNode, path: KeyPath) -> bool:
        """Return whether a list contains only ids, numbers or days, without comments between them."""
        if any(node.comments_below) or any(
            any(item.comments_above) or item.comments_after or item.anchor or item.kind != "scalar"
            for item in node.children
        ):
            return False
        if self._is_date_set(node, path):
            return True
        return path != ("actors",) and all(
            not item.is_empty and (emitter.is_plain_path((*path, number), self._keys_at) or path[-1] == "months")
            for number, item in enumerate(node.children)
        )

    def _flow_list(self, node: syntax_tree.SyntaxNode, path: KeyPath) -> str:
        if self._is_date_set(node, path):
            return _normal_date(f"[{node.children[0].value}]")
        items = (self._scalar_text(item, (*path, number)) for number, item in enumerate(node.children))
        return f"[{', '.join(items)}]"

    def _scalar_lines(self, node: syntax_tree.SyntaxNode, head: str, indent: int, path: KeyPath) -> list[str]:
        if node.is_empty:
            return [head]
        text = str(node.value)
        has_text = bool(text.strip(" \n"))
        if node.style == ">" and self._tree.block_header(node) in (">", ">-") and has_text:
            return self._folded_scalar_lines(node, head, indent)
        if node.style == "|" and has_text:
            header, lines = _literal_block(text)
            return [f"{head} {header}", *_indented(lines, indent + 2)]
        if emitter.fits_literal_block(text) and not emitter.is_plain_path(path, self._keys_at):
            return emitter.emit_literal(head, text, indent + 2)
        return [f"{head} {self._scalar_text(node, path)}"]

    def _scalar_text(self, node: syntax_tree.SyntaxNode, path: KeyPath) -> str:
        text = str(node.value)
        resolved = text if node.style else resolve_scalar(text)
        if resolved is None or (isinstance(resolved, TypedScalar) and self._allows_typed_scalar(path)):
            return text  # null, a number, or true and false, as written
        is_date = _is_date_path(path, self._keys_at)
        if is_date or emitter.is_plain_path(path, self._keys_at):
            name = _normal_date(text) if is_date else text
            if node.style is None and name == text and name.isprintable() and not _MAY_NEED_QUOTES.search(name):
                return name
            return emitter.emit_scalar(name, "when" if is_date else "id")
        return self._as_written(node, text) or emitter.emit_quoted(text)

    def _as_written(self, node: syntax_tree.SyntaxNode, text: str) -> str | None:
        """Return a text as it is in the file if it has the right quotation marks and no escapes.

        To copy a text is 30 times faster than to have ruamel.yaml write it (1 and 40 microseconds).
        """
        mark = "'" if '"' in text or "\\" in text else '"'
        begin, end = self._tree.offset(node.value_start), self._tree.offset(node.end)
        written = f"{mark}{text}{mark}"
        return written if node.style == mark and self._tree.text[begin:end] == written else None

    def _allows_typed_scalar(self, path: KeyPath) -> bool:
        """Return whether the value at a path can be a number or a boolean; unknown keys can have any value."""
        *above, key = path if isinstance(path[-1], str) else path[:-1]
        keys = self._keys_at(tuple(above))
        return key in _TYPED_KEYS or bool(keys and key not in keys)

    def _folded_scalar_lines(self, node: syntax_tree.SyntaxNode, head: str, indent: int) -> list[str]:
        lines = self._tree.lines[node.value_start[0] + 1 : self._tree.last_block_line(node) + 1]
        left = next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" \t"))
        return [f"{head} {self._tree.block_header(node)}", *_indented([line[left:] for line in lines], indent + 2)]

    def _verbatim_lines(self, node: syntax_tree.SyntaxNode, indent: int) -> list[str]:
        (line, column), (end_line, end_column) = node.start, self._tree.subtree_end(node)
        lines = self._tree.lines[line : end_line + 1]
        if node.in_flow:
            lines[-1] = lines[-1][:end_column]
        first, *others = lines
        return [" " * indent + first[column:].rstrip(" "), *(_shifted(other, indent - column) for other in others)]


def _literal_block(text: str) -> tuple[str, list[str]]:
    """Return the signs that start a block text with this content, and its lines, copied as they are."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    sign = ("-", "", "+")[min(ends, 2)]
    lines = body.split("\n") + [""] * (ends - 1)
    first = next(line for line in lines if line)
    return f"|{'2' if first[0] == ' ' else ''}{sign}", lines


def _indented(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else line for line in lines]


def _shifted(line: str, by: int) -> str:
    """Return a line with so many spaces more, or fewer, before it."""
    if not line.strip(" \t"):
        return line
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _collapse_blank_lines(lines: list[str]) -> list[str]:
    """Return comments and blank lines, with one blank line in place of several."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]

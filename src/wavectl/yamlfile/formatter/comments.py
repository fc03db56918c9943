"""Which part of a file each remark belongs to: the one that it stands behind, else the next one.

What is set in as far as the parts of a block that ends above it belongs to that block: a moment that was taken out by
putting # before its lines stays among the moments. Blank lines go with what follows them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from wavectl.yamlfile.formatter.syntax_tree import Position, SyntaxNode, SyntaxTree, last_block_line, text_extents


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

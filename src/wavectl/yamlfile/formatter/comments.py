"""Which part of a file each remark belongs to: the one that it stands behind, else the next one.

What is set in as far as the parts of a block that ends above it belongs to that block: a moment that was taken out by
putting # before its lines stays among the moments. Blank lines go with what follows them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from wavectl.yamlfile.formatter.syntax_tree import Part, Place, Text, last_line, texts


def attach(text: Text) -> None:
    """Give the parts of a file the remarks and blank lines that belong to them, ``above``, ``behind`` and ``below``."""
    if text.root is not None:
        _Remarks(text, text.root).attach()


class _Remarks:
    def __init__(self, text: Text, root: Part) -> None:
        self._lines, self._root = text.lines, root
        self._parts = list(root.all())[1:]
        self._starts = [part.start for part in self._parts]
        self._parents = {id(below): part for part in root.all() for below in part.parts}
        points = [(part.opening, number) for number, part in enumerate(self._parts)]
        points += [(part.end, number) for number, part in enumerate(self._parts) if part.flow or part.kind != "map"]
        points += [(part.at, number) for number, part in enumerate(self._parts) if part.style in ("|", ">")]
        self._points = sorted(points)
        self._places = [place for place, _ in self._points]

    def attach(self) -> None:
        """Go through the lines that are not inside a text."""
        blank = False
        following: Part | None = None  # the part that the remarks right above belong to
        for number, column in self._open_lines():
            line = self._lines[number]
            if not line.strip(" \t"):
                blank = True
                continue
            after = self._next((number, 0))
            if line[:column].strip(" \t"):
                if column < len(line):
                    self._behind((number, column)).append(line[column:].rstrip(" \t"))
                if blank and after is not None and after.start[0] == number and not after.braced:
                    after.above.append("")
                following = None
            else:
                owned = self._belongs((number, column), after) if following is not after or not after else after.above
                following = after if after is not None and owned is after.above else None
                owned += ["", line[column:].rstrip(" \t")] if blank else [line[column:].rstrip(" \t")]
            blank = False

    def _open_lines(self) -> Iterator[tuple[int, int]]:
        """Return the lines that are not inside a text, each with the column of its remark; its length without one."""
        covered: dict[int, list[tuple[int, int]]] = {}
        inside: set[int] = set()
        for (first, column), (last, end) in self._covered():
            covered.setdefault(first, []).append((column, end if first == last else len(self._lines[first])))
            if first < last:
                covered.setdefault(last, []).append((0, end))
                inside.update(range(first + 1, last))
        for part in self._parts:
            if part.style in ("|", ">"):
                inside.update(range(part.at[0] + 1, last_line(part, self._lines) + 1))
        for number, line in enumerate(self._lines):
            if number not in inside:
                signs = (at for at, sign in enumerate(line) if sign == "#")
                taken = covered.get(number, ())
                yield number, next((at for at in signs if not any(b <= at < e for b, e in taken)), len(line))

    def _covered(self) -> Iterator[tuple[Place, Place]]:
        """Return what of the file is text or kept as it is: no remark opens there."""
        yield from texts(self._root)
        for part in self._parts:
            if is_own(part):
                stop = stop_of(part, self._lines)
                yield part.start, stop if part.braced else (stop[0], len(self._lines[stop[0]]))

    def _next(self, place: Place) -> Part | None:
        """Return the first part that opens at a place or behind it."""
        number = bisect_right(self._starts, (place[0], place[1] - 1))
        return self._parts[number] if number < len(self._parts) else None

    def _behind(self, place: Place) -> list[str]:
        """Return the remarks that stand behind what ends last before a place."""
        number = bisect_right(self._places, place) - 1
        if number < 0:
            return self._root.above
        return self._owner(self._parts[self._points[number][1]]).behind

    def _owner(self, part: Part) -> Part:
        """Return a part, or the one that is kept as it is with all that it holds."""
        chain = [part, *self._above(part)]
        return next((one for one in reversed(chain) if is_own(one)), part)

    def _above(self, part: Part) -> Iterator[Part]:
        while id(part) in self._parents:
            part = self._parents[id(part)]
            yield part

    def _belongs(self, place: Place, after: Part | None) -> list[str]:
        """Return the remarks among which one on a line of its own belongs."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return after.above if after is not None else self._root.below
        before = self._parts[number]
        if before.kind in ("scalar", "alias") and not before.empty and before.at > place:
            return before.above  # between a key and its value
        chain = [before, *self._above(before)]
        flow = next((one for one in chain if one.flow and one.at <= place < one.end), None)
        if flow is not None:
            return after.above if after is not None and after.start < flow.end else flow.below
        if after is not None and place[1] <= after.column:
            return after.above
        around = [] if after is None else list(self._above(after))
        for one in chain:
            if one.empty and place[1] > one.column:
                return self._owner(one).below
            set_in = place[1] >= one.inside and (place[1] > one.column or one is self._root)
            if one.kind in ("map", "list") and not one.flow and set_in and one not in around:
                return self._owner(one).below
        return after.above if after is not None else self._root.below


def is_own(part: Part) -> bool:
    """Tell whether a key is one that a plan keeps for itself."""
    return part.key is not None and part.key.startswith("x-")


def stop_of(part: Part, lines: list[str]) -> Place:
    """Return where a part ends with all that it holds."""
    if part.style in ("|", ">"):
        line = last_line(part, lines)
        return line, len(lines[line])
    below = [] if part.flow else [stop_of(one, lines) for one in part.parts]
    return max([part.end, part.opening, *below])

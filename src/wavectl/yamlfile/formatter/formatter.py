"""The canonical layout of a file of a plan: keys in order, texts in quotation marks, dates in their normal form.

Every remark stays with the part that it belongs to, what a plan keeps for itself (``x-``) stays as it is, and what is
read from the file is the same as before, but for the normal form of dates. In a file with references (*name) the
order of keys stays: a part has to stand above those that refer to it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from wavectl.dates import edtf
from wavectl.diagnostics import LINE_END, Path
from wavectl.yamlfile import document
from wavectl.yamlfile.document.document import Document
from wavectl.yamlfile.formatter.comments import attach, is_own, stop_of
from wavectl.yamlfile.formatter.emitter import WIDTH, is_name, quoted, value
from wavectl.yamlfile.formatter.emitter import scalar as name_or_text
from wavectl.yamlfile.formatter.key_order import keys_at
from wavectl.yamlfile.formatter.syntax_tree import Part, StrangeError, Text, has_references, last_line, opening
from wavectl.yamlfile.scalars import Plain, scalar

_DATES = frozenset(("when", "period", "confirm_by"))
_TYPED = frozenset(
    ("draft", "online", "confirmed", "min_priorities", "min_regions", "months", "max_silent_months")
)  # what is a number, or true or false, not a text
_SECTIONS = frozenset(
    ("moments", "actors", "content", "campaigns", "waive", "priorities", "regions", "design", "feeds")
)
"""The keys of a file that open a section of it, with a blank line above."""
_MODELINE = "# yaml-language-server:"
_ANY_SIZE = 1024
"""In MiB: what was read once is read again."""


def laid_out(source: Document, *, programme: bool = False) -> str | None:
    """Return the text of a document in its canonical layout; None where that would change what it says.

    The document has no findings. The lines end as its first one does.
    """
    try:
        text = Text(source.text)
    except StrangeError:
        return None
    if text.root is None:
        return source.text
    attach(text)
    said = remarks(text)
    lines = _Layout(text, text.root, programme=programme).lines()
    made = "".join(f"{line}\n" for line in lines)
    if not _says_the_same(source, said, made, programme=programme):
        return None
    end = LINE_END.search(source.text)
    return made.replace("\n", end[0]) if end else made


def _says_the_same(source: Document, said: Counter[str], made: str, *, programme: bool) -> bool:
    """Tell whether a text is read as the document is, with each of its remarks, ``said``."""
    after = document.read(made.encode("utf-8", "surrogatepass"), source.file, max_size=_ANY_SIZE)
    if after.findings or normal(after.data, (), programme=programme) != normal(source.data, (), programme=programme):
        return False
    again = Text(made)
    attach(again)
    return said == remarks(again)


def remarks(text: Text) -> Counter[str]:
    """Return the remarks of a file whose parts have theirs, each with how often it stands there."""
    parts = text.root.all() if text.root else ()
    return Counter(line for part in parts for line in (*part.above, *part.behind, *part.below) if line)


def normal(data: Any, path: Path, *, programme: bool) -> Any:
    """Return plain data with its dates in their normal form."""
    if _is_date(path, programme=programme):
        given = f"[{data[0]}]" if isinstance(data, list) and len(data) == 1 else data
        return _date(given) if isinstance(given, str) else data
    if isinstance(data, dict):
        return {key: normal(one, (*path, key), programme=programme) for key, one in data.items()}
    if isinstance(data, list):
        return [normal(one, (*path, number), programme=programme) for number, one in enumerate(data)]
    return data


def _is_date(path: Path, *, programme: bool) -> bool:
    """Tell whether a date stands at a path."""
    if programme or not path or path[-1] not in _DATES or any(str(part).startswith("x-") for part in path):
        return False
    if path == ("period",):
        return True
    return path[0] == "moments" and (len(path) == 3 or (len(path) == 5 and path[2] == "except"))


def _date(text: str) -> str:
    try:
        return edtf.parse(text).text
    except edtf.DateError:
        return str(text)


class _Layout:
    """The lines of a file, made anew from its parts."""

    def __init__(self, text: Text, root: Part, *, programme: bool) -> None:
        self._source, self._root, self._programme = text.lines, root, programme
        if not has_references(root):
            self._in_order(root, ())

    def lines(self) -> list[str]:
        """Return the lines of the file, without their ends."""
        header = [*self._root.above, *self._header()]
        lines = [*header, *self._below(self._root, 0, ())]
        while lines and not lines[-1] and not self._keeps_blank(self._root):
            lines.pop()
        return lines

    def _header(self) -> list[str]:
        """Take the remarks on the whole file from its first key: those above a blank line, or for an editor."""
        first = min(self._root.parts, key=lambda part: part.start, default=None)
        above = first.above if first is not None else []
        last = max((n for n, line in enumerate(above) if not line or line.startswith(_MODELINE)), default=-1)
        header, above[:] = _folded(above[: last + 1]), above[last + 1 :]
        return header[1:] if header and not header[0] else header

    def _below(self, part: Part, indent: int, path: Path) -> list[str]:
        """Return the lines of what a block or a list holds, and of the remarks at its end."""
        lines: list[str] = []
        before: Part | None = None
        for number, below in enumerate(part.parts):
            here = (*path, number if below.key is None else below.key)
            above, main = self._part(below, indent, here)
            if before is None:
                above = above if any(above) or (indent == 0 and part.above) else []
                above = above[1:] if above and not above[0] and indent == 0 else above
            elif self._apart(before, below, here) and (not above or above[0]) and not self._keeps_blank(before):
                above = ["", *above]
            elif above and not above[0] and self._keeps_blank(before):
                above = above[1:]
            lines += (*above, *main)
            before = below
        return lines + _set_in(part.below, indent)

    def _in_order(self, part: Part, path: Path) -> None:
        """Put the keys of all blocks in order, those that the plan keeps for itself at the end."""
        if part.kind == "map":
            rank = {key: number for number, key in enumerate(keys_at(path, programme=self._programme))}
            part.parts.sort(key=lambda one: (is_own(one), rank.get(str(one.key), len(rank))))
        for number, one in enumerate(part.parts):
            self._in_order(one, (*path, number if one.key is None else one.key))

    def _apart(self, before: Part, part: Part, path: Path) -> bool:
        """Tell whether a blank line has to stand between two parts."""
        if len(path) == 1:
            return bool({before.key, part.key} & _SECTIONS)
        return len(path) == 2 and path[0] == "moments" and not self._programme

    def _keeps_blank(self, part: Part) -> bool:
        """Tell whether the blank lines behind a part are a part of its last text."""
        own = is_own(part)
        while part.parts:
            part = part.parts[-1]
            own = own or is_own(part)
        if own:
            return part.style in ("|", ">") and "+" in opening(part, self._source)
        given = part.value or ""
        return part.style == "|" and given.endswith("\n\n") and bool(given.strip(" \n"))

    def _part(self, part: Part, indent: int, path: Path) -> tuple[list[str], list[str]]:
        """Return the lines above a part, and its own."""
        above = _folded([*part.above, *part.behind[:-1]])
        behind = part.behind[-1:]
        if is_own(part):
            main = self._as_it_is(part, indent)
            main[-1] = " ".join((main[-1], *behind))
            return _set_in(_folded([*above, *filter(None, part.below)]), indent), main
        if part.key is None and part.kind in ("map", "list") and part.parts and not part.name:
            first = part.parts[0]
            if part.kind == "map" or not self._is_short(part, path):
                first.behind[:0] = behind
                above += [line for line in _folded([*first.above, *first.behind[:-1]]) if line]
                first.above, first.behind = [], first.behind[-1:]
                lines = self._below(part, indent + 2, path)
                return _set_in(above, indent), [f"{' ' * indent}- {lines[0][indent + 2 :]}", *lines[1:]]
        head = (
            f"{' ' * indent}-"
            if part.key is None
            else f"{' ' * indent}{part.key if part.plain_key else name_or_text(part.key, 'id')}:"
        )
        main = self._valued(part, f"{head} &{part.name}" if part.name and part.kind != "alias" else head, indent, path)
        main[0] = " ".join((main[0], *behind))
        return _set_in(above, indent), main

    def _valued(self, part: Part, head: str, indent: int, path: Path) -> list[str]:
        """Return the lines of a part that opens with a key or a hyphen, without what is remarked on it."""
        if part.kind == "alias":
            return [f"{head} *{part.name}"]
        if part.kind == "scalar":
            return [*self._scalar(part, head, indent, path), *_set_in(part.below, indent + 2)]
        if not part.parts:
            return [f"{head} {'{}' if part.kind == 'map' else '[]'}", *_set_in(part.below, indent + 2)]
        if part.kind == "list" and self._is_short(part, path):
            line = f"{head} {self._flow(part, path)}"
            if len(line) <= WIDTH or self._is_set(part, path):
                return [line]
        return [head, *self._below(part, indent + 2, path)]

    def _is_set(self, part: Part, path: Path) -> bool:
        return _is_date(path, programme=self._programme) and len(part.parts) == 1

    def _is_short(self, part: Part, path: Path) -> bool:
        """Tell whether a list is one of ids, numbers or days, with no remark among them."""
        if any(part.below) or any(
            any(one.above) or one.behind or one.name or one.kind != "scalar" for one in part.parts
        ):
            return False
        if self._is_set(part, path):
            return True
        return path != ("actors",) and all(
            not one.empty and (is_name((*path, n), programme=self._programme) or path[-1] == "months")
            for n, one in enumerate(part.parts)
        )

    def _flow(self, part: Part, path: Path) -> str:
        if self._is_set(part, path):
            return _date(f"[{part.parts[0].value}]")
        items = (self._one_line(one, (*path, number)) for number, one in enumerate(part.parts))
        return f"[{', '.join(items)}]"

    def _scalar(self, part: Part, head: str, indent: int, path: Path) -> list[str]:
        """Return the lines of a text, an id, a date, a number or nothing."""
        if part.empty:
            return [head]
        given = str(part.value)
        if part.style == ">" and opening(part, self._source) in (">", ">-") and given.strip(" \n"):
            return self._folded_text(part, head, indent)
        if part.style == "|" and given.strip(" \n"):
            sign, lines = _in_lines(given)
            return [f"{head} {sign}", *_text(lines, indent + 2)]
        if "\n" in given and not is_name(path, programme=self._programme):
            first, *rest = value("title", given, indent)
            return [f"{head}{first.partition(':')[2]}", *rest]
        return [f"{head} {self._one_line(part, path)}"]

    def _one_line(self, part: Part, path: Path) -> str:
        """Return a scalar on one line."""
        given = str(part.value)
        read = given if part.style else scalar(given)
        if read is None:
            return given  # null, as it was said
        if isinstance(read, Plain) and self._is_typed(path):
            return given
        if _is_date(path, programme=self._programme):
            return name_or_text(_date(given), "when")
        return name_or_text(given, "id") if is_name(path, programme=self._programme) else quoted(given)

    def _is_typed(self, path: Path) -> bool:
        """Tell whether a number, or true or false, may stand at a path, as it may behind a key that nobody knows."""
        *above, key = path if isinstance(path[-1], str) else path[:-1]
        keys = keys_at(tuple(above), programme=self._programme)
        return key in _TYPED or bool(keys and key not in keys)

    def _folded_text(self, part: Part, head: str, indent: int) -> list[str]:
        """Return the lines of a text below a ``>``, which go on as they are."""
        lines = self._source[part.at[0] + 1 : last_line(part, self._source) + 1]
        left = next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" \t"))
        return [f"{head} {opening(part, self._source)}", *_text([line[left:] for line in lines], indent + 2)]

    def _as_it_is(self, part: Part, indent: int) -> list[str]:
        """Return the lines of what the plan keeps for itself, set in as what stands around it."""
        (line, column), (end_line, end_column) = part.start, stop_of(part, self._source)
        lines = self._source[line : end_line + 1]
        if part.braced:
            lines[-1] = lines[-1][:end_column]
        lines[0] = lines[0][column:]
        first, *others = lines
        return [" " * indent + first.rstrip(" "), *(_moved(one, indent - part.column) for one in others)]


def _key(part: Part) -> str:
    return str(part.key) if part.plain_key else name_or_text(part.key, "id")


def _in_lines(text: str) -> tuple[str, list[str]]:
    """Return what opens a text of several lines, and its lines."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    sign = ("-", "", "+")[min(ends, 2)]
    lines = body.split("\n") + [""] * (ends - 1)
    first = next(line for line in lines if line)
    return f"|{'2' if first[0] == ' ' else ''}{sign}", lines


def _text(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else line for line in lines]


def _moved(line: str, by: int) -> str:
    """Return a line set in by so many spaces more, or less."""
    if not line.strip(" \t"):
        return line
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _folded(lines: list[str]) -> list[str]:
    """Return remarks and blank lines with one blank line where several stand."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]


def _set_in(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else line for line in lines]

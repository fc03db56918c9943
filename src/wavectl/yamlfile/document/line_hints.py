"""What somebody meant by a line that is no YAML: a text without quotation marks, signs pasted from a word processor.

A parser only knows where it gave up. Here the line is looked at as a person would, and where it can be meant in one
way only, that way is the cure: it counts if the file can then be read further than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from wavectl.diagnostics import LINE_END, Message, quoted, say
from wavectl.text.terminal import ODD_SPACES
from wavectl.yamlfile.document.value_hints import ENTRY, LONGEST, Trap, Value, meant, value_of
from wavectl.yamlfile.parser import ALIGN, ALIGN_LIST, NO_COLON, ComposeError, compose

_ODD_INDENT = re.compile(rf"[ ]*(?P<odd>[{ODD_SPACES}][{ODD_SPACES} ]*)")
_BULLET = re.compile(r"[ ]*(?P<bullet>[•·‣▪●◦–—*]|\d{1,2}[.)])[ \t]+(?=\S)")
_TIGHT = re.compile(r"[ ]*(?:-[ ]+)*[a-z_]{2,}(?P<colon>:)(?!//)[^\s:]")
_TIGHT_HYPHEN = re.compile(r"[ ]*(?P<hyphen>-)[a-z_]{2,}:(\s|$)")
_OPENING = re.compile(r"[ ]*(?:-[ ]+)*")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( .*)?$")


def trapped(text: str, error: ComposeError, nodes: int) -> Trap | None:
    """Return what was meant where a parser gave up; None where that cannot be told.

    ``nodes`` bounds what is read to try a cure.
    """
    lines = LINE_END.split(text)
    if len(lines[min(error.line, len(lines) - 1)]) > LONGEST:
        return None
    for trap in _found(lines, error):
        if trap.cure is None or _mends(lines, trap, error, nodes):
            return trap
        return trap._replace(cure=None)
    return None


def _mends(lines: Sequence[str], trap: Trap, error: ComposeError, nodes: int) -> bool:
    """Tell whether the file can be read further with a cure than without."""
    line = lines[trap.line]
    cured = [*lines]
    cured[trap.line] = f"{line[: trap.column]}{trap.cure}{line[trap.end :]}"
    try:
        compose("\n".join(cured), nodes)
    except ComposeError as other:
        grown = len(cured[trap.line]) - len(line) if other.line == trap.line else 0
        return (other.line, other.column - max(grown, 0)) > (error.line, error.column)
    return True


def _found(lines: Sequence[str], error: ComposeError) -> Iterator[Trap]:
    """Return what may be meant, the likeliest first: what stands on the line, or on the one above that it goes on."""
    here = min(error.line, len(lines) - 1)
    above = next((number for number in range(here - 1, -1, -1) if lines[number].strip()), here)
    if lines[here][error.column : error.column + 1] == "\t":
        yield tab(here, lines[here], error.column)
    yield from (_conflict(number, line) for number, line in enumerate(lines) if _CONFLICT.match(line))
    for number in dict.fromkeys((here, above)):
        yield from filter(None, (look(number, lines[number][:LONGEST]) for look in _WHOLE_LINE))
    if above < here and _goes_on(lines[above], lines[here], error.column):
        yield _no_colon(above, lines[above])
    value = value_of(lines[here])
    if value is not None and error.column >= value.start:
        if error.column == value.start + 1 and value.text[0] in "'\"":  # it may be a closing one
            opening = next((n for n in range(here - 1, max(here - _FAR, -1), -1) if _opens(lines[n])), None)
            yield from [] if opening is None else [_unclosed(opening, lines[opening])]
        if value.text[0] not in "|>" or here + 1 == len(lines) or _depth(lines[here + 1]) <= _depth(lines[here]):
            yield from meant(here, value)
    yield from _hashtags(lines, here)
    if above < here and _stands_in(lines[above], lines[here], error.column):
        yield _further(here, lines[here], lines[above])
    elif error.message.text in (ALIGN, ALIGN_LIST) and not lines[here][: error.column].strip(" -"):
        yield from _out_of_line(here, lines)


_FAR = 40
"""How many lines above a fault a quotation mark is looked for that was never closed."""


def tab(number: int, line: str, column: int) -> Trap:
    """Return what is said of a tab; behind a colon or a hyphen it can only be a space, at the start of a line many."""
    run = re.compile(r"[ \t]+").match(line, column)
    end = run.end() if run else column + 1
    cure = (" " if line[end:] else "") if line[:column].strip() else None
    return Trap(say("a tab stands here"), say("type spaces instead"), number, column, end, cure)


def _conflict(number: int, line: str) -> Trap:
    return Trap(
        say("two versions of the file stand here, from a git merge that was not finished"),
        say("keep the lines of one version, and delete the lines of <, = and > signs"),
        number,
        0,
        len(line),
    )


def _odd_indent(number: int, line: str) -> Trap | None:
    match = _ODD_INDENT.match(line)
    if match is None:
        return None
    start, end = match.span("odd")
    message = say("no-break spaces stand at the start of this line")
    return Trap(message, say("type ordinary spaces instead"), number, start, end, " " * (end - start))


def _bullet(number: int, line: str) -> Trap | None:
    match = _BULLET.match(line)
    if match is None:
        return None
    start, end = match.span("bullet")
    message = say("{sign} opens this line, where a list has a hyphen", sign=quoted(match["bullet"]))
    return Trap(message, say("type a hyphen and a space instead"), number, start, end, "-")


def _tight(number: int, line: str) -> Trap | None:
    match = _TIGHT.match(line)
    if match is None:
        return None
    start, end = match.span("colon")
    hint = say("write it so: {text}", text=f"{line[:start].lstrip(' -')}: {line[end:].strip()}")
    return Trap(say("the space behind this colon is missing"), hint, number, start, end, ": ")


def _tight_hyphen(number: int, line: str) -> Trap | None:
    match = _TIGHT_HYPHEN.match(line)
    if match is None:
        return None
    start, end = match.span("hyphen")
    hint = say("write it so: {text}", text=f"- {line[end:].strip()}")
    return Trap(say("the space behind this hyphen is missing"), hint, number, start, end, "- ")


_WHOLE_LINE: tuple[Callable[[int, str], Trap | None], ...] = (_odd_indent, _bullet, _tight, _tight_hyphen)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _hashtags(lines: Sequence[str], here: int) -> Iterator[Trap]:
    """Return the list of hashtags above a fault whose closing bracket is part of a remark."""
    for number in range(here - 1, max(here - _FAR, -1), -1):
        value = value_of(lines[number])
        if value is not None and value.text[:2] == "[#":
            yield from meant(number, value)


def _key_of(line: str) -> str:
    return line.strip(" -").partition(":")[0].rstrip()


def _goes_on(above: str, line: str, column: int) -> bool:
    """Tell whether a line is read on from one above it that has no colon, up to its own colon at ``column``."""
    return (
        line[column : column + 1] == ":"
        and ":" not in line[:column]
        and not re.search(r":(\s|$)", above)
        and not above.lstrip().startswith(("-", "#"))
        and _depth(above) == _depth(line)
    )


def _no_colon(number: int, line: str) -> Trap:
    start = _depth(line)
    hint = say("write title: in front of it if it is the title, or set it in if it goes on with the line above")
    return Trap(say(NO_COLON), hint, number, start, len(line.rstrip()))


def _out_of_line(number: int, lines: Sequence[str]) -> Iterator[Trap]:
    """Return what is said of a line that stands under none of those above: the nearest that it may belong under."""
    line = lines[number]
    start = _depth(line)
    hyphen = line[start : start + 1] == "-"
    near = []
    for other in lines[max(number - _FAR, 0) : number]:
        opening = _OPENING.match(other)
        key = opening.end() if opening and ENTRY.match(other[:LONGEST]) else None
        column = _depth(other) if hyphen and other.lstrip().startswith("- ") else None if hyphen else key
        if column is not None and column != start:
            near.append((abs(column - start), -column, _key_of(other)))
    if near:
        _, column, key_above = min(reversed(near), key=lambda one: one[:2])
        hint = (
            say("put as many spaces in front of its hyphen as in the lines above: {count}", count=-column)
            if hyphen
            else say("begin it with {count} spaces, so that it stands under {key}", count=-column, key=f"{key_above}:")
        )
        yield Trap(say(ALIGN), hint, number, start, len(line.rstrip()))


def _opens(line: str) -> bool:
    """Tell whether a value opens with a quotation mark that the line does not close."""
    value = value_of(line)
    return value is not None and value.text[0] in "'\"" and value.text.rstrip().count(value.text[0]) % 2 == 1


def _unclosed(number: int, line: str) -> Trap:
    value = value_of(line) or Value("", 0, line)
    message = say("the quotation mark that opens here is never closed")
    return Trap(message, say("close it at the end of the text"), number, value.start, value.start + 1)


def _stands_in(above: str, line: str, column: int) -> bool:
    """Tell whether a line is set in below one that has its value already, so that it seems to go on with that."""
    entry, value = ENTRY.match(line), value_of(above)
    if value is None or value.text[0] in "|>{[" or not (entry or line.rstrip().endswith(":")):
        return False
    return _depth(line) > len(above) - len(above.lstrip(" -")) and ":" not in line[:column].strip()


def _further(number: int, line: str, above: str) -> Trap:
    start = _depth(line)
    message = say("this line is set in further than the line above it, which holds a text already")
    return Trap(message, under(above), number, start, len(line.rstrip()))


def under(above: str) -> Message:
    """Return the cure of a line that should stand under another one."""
    opening = _OPENING.match(above)
    count = opening.end() if opening else 0
    if not count:
        return say("take away the spaces in front of it")
    return say("begin it with {count} spaces, so that it stands under {key}", count=count, key=f"{_key_of(above)}:")

"""What somebody meant by a line that is no YAML: a text without quotation marks, signs pasted from a word processor.

A parser only knows where it gave up. Here the line is looked at as a person would, and where it can be meant in one
way only, that way is the cure: it counts if the file can then be read further than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from wavectl.diagnostics import LINE_END, Message, msg, quoted
from wavectl.text.terminal import ODD_SPACES
from wavectl.yamlfile.document.value_hints import (
    KEY_VALUE_LINE,
    MAX_LINE_LENGTH,
    LineValue,
    SyntaxProblem,
    value_of,
    value_problems,
)
from wavectl.yamlfile.parser import MISALIGNED, MISALIGNED_IN_LIST, MISSING_COLON, ComposeError, compose

_ODD_INDENT = re.compile(rf"[ ]*(?P<odd>[{ODD_SPACES}][{ODD_SPACES} ]*)")
_BULLET = re.compile(r"[ ]*(?P<bullet>[•·‣▪●◦–—*]|\d{1,2}[.)])[ \t]+(?=\S)")
_COLON_WITHOUT_SPACE = re.compile(r"[ ]*(?:-[ ]+)*[a-z_]{2,}(?P<colon>:)(?!//)[^\s:]")
_HYPHEN_WITHOUT_SPACE = re.compile(r"[ ]*(?P<hyphen>-)[a-z_]{2,}:(\s|$)")
_INDENT_AND_HYPHENS = re.compile(r"[ ]*(?:-[ ]+)*")
_CONFLICT_MARKER = re.compile(r"^(<{7}|={7}|>{7})( .*)?$")


def explain_syntax_error(text: str, error: ComposeError, max_nodes: int) -> SyntaxProblem | None:
    """Return what was meant where a parser gave up; None where that cannot be told.

    ``nodes`` bounds what is read to try a cure.
    """
    lines = LINE_END.split(text)
    if len(lines[min(error.line, len(lines) - 1)]) > MAX_LINE_LENGTH:
        return None
    for trap in _candidate_problems(lines, error):
        if trap.fix is None or _fix_helps(lines, trap, error, max_nodes):
            return trap
        return trap._replace(fix=None)
    return None


def _fix_helps(lines: Sequence[str], problem: SyntaxProblem, error: ComposeError, max_nodes: int) -> bool:
    """Tell whether the file can be read further with a cure than without."""
    line = lines[problem.line]
    cured = [*lines]
    cured[problem.line] = f"{line[: problem.column]}{problem.fix}{line[problem.end :]}"
    try:
        compose("\n".join(cured), max_nodes)
    except ComposeError as other:
        grown = len(cured[problem.line]) - len(line) if other.line == problem.line else 0
        return (other.line, other.column - max(grown, 0)) > (error.line, error.column)
    return True


def _candidate_problems(lines: Sequence[str], error: ComposeError) -> Iterator[SyntaxProblem]:
    """Return what may be meant, the likeliest first: what stands on the line, or on the one above that it goes on."""
    here = min(error.line, len(lines) - 1)
    above = next((number for number in range(here - 1, -1, -1) if lines[number].strip()), here)
    if lines[here][error.column : error.column + 1] == "\t":
        yield tab_problem(here, lines[here], error.column)
    yield from (_merge_conflict(number, line) for number, line in enumerate(lines) if _CONFLICT_MARKER.match(line))
    for number in dict.fromkeys((here, above)):
        yield from filter(None, (look(number, lines[number][:MAX_LINE_LENGTH]) for look in _LINE_CHECKS))
    if above < here and _is_continuation(lines[above], lines[here], error.column):
        yield _missing_colon(above, lines[above])
    value = value_of(lines[here])
    if value is not None and error.column >= value.start:
        if error.column == value.start + 1 and value.text[0] in "'\"":  # it may be a closing one
            opening = next(
                (n for n in range(here - 1, max(here - _MAX_LINES_ABOVE, -1), -1) if _opens_quote(lines[n])), None
            )
            yield from [] if opening is None else [_unclosed_quote(opening, lines[opening])]
        if (
            value.text[0] not in "|>"
            or here + 1 == len(lines)
            or _indent_of(lines[here + 1]) <= _indent_of(lines[here])
        ):
            yield from value_problems(here, value)
    yield from _unclosed_hashtag_list(lines, here)
    if above < here and _is_indented_below_value(lines[above], lines[here], error.column):
        yield _indented_too_far(here, lines[here], lines[above])
    elif error.message.text in (MISALIGNED, MISALIGNED_IN_LIST) and not lines[here][: error.column].strip(" -"):
        yield from _misaligned(here, lines)


_MAX_LINES_ABOVE = 40
"""How many lines above a fault a quotation mark is looked for that was never closed."""


def tab_problem(number: int, line: str, column: int) -> SyntaxProblem:
    """Return what is said of a tab; behind a colon or a hyphen it can only be a space, at the start of a line many."""
    run = re.compile(r"[ \t]+").match(line, column)
    end = run.end() if run else column + 1
    cure = (" " if line[end:] else "") if line[:column].strip() else None
    return SyntaxProblem(msg("a tab stands here"), msg("type spaces instead"), number, column, end, cure)


def _merge_conflict(number: int, line: str) -> SyntaxProblem:
    return SyntaxProblem(
        msg("two versions of the file stand here, from a git merge that was not finished"),
        msg("keep the lines of one version, and delete the lines of <, = and > signs"),
        number,
        0,
        len(line),
    )


def _odd_indent(number: int, line: str) -> SyntaxProblem | None:
    match = _ODD_INDENT.match(line)
    if match is None:
        return None
    start, end = match.span("odd")
    message = msg("no-break spaces stand at the start of this line")
    return SyntaxProblem(message, msg("type ordinary spaces instead"), number, start, end, " " * (end - start))


def _bullet(number: int, line: str) -> SyntaxProblem | None:
    match = _BULLET.match(line)
    if match is None:
        return None
    start, end = match.span("bullet")
    message = msg("{sign} opens this line, where a list has a hyphen", sign=quoted(match["bullet"]))
    return SyntaxProblem(message, msg("type a hyphen and a space instead"), number, start, end, "-")


def _missing_space_after_colon(number: int, line: str) -> SyntaxProblem | None:
    match = _COLON_WITHOUT_SPACE.match(line)
    if match is None:
        return None
    start, end = match.span("colon")
    hint = msg("write it so: {text}", text=f"{line[:start].lstrip(' -')}: {line[end:].strip()}")
    return SyntaxProblem(msg("the space behind this colon is missing"), hint, number, start, end, ": ")


def _missing_space_after_hyphen(number: int, line: str) -> SyntaxProblem | None:
    match = _HYPHEN_WITHOUT_SPACE.match(line)
    if match is None:
        return None
    start, end = match.span("hyphen")
    hint = msg("write it so: {text}", text=f"- {line[end:].strip()}")
    return SyntaxProblem(msg("the space behind this hyphen is missing"), hint, number, start, end, "- ")


_LINE_CHECKS: tuple[Callable[[int, str], SyntaxProblem | None], ...] = (
    _odd_indent,
    _bullet,
    _missing_space_after_colon,
    _missing_space_after_hyphen,
)


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _unclosed_hashtag_list(lines: Sequence[str], error_line: int) -> Iterator[SyntaxProblem]:
    """Return the list of hashtags above a fault whose closing bracket is part of a remark."""
    for number in range(error_line - 1, max(error_line - _MAX_LINES_ABOVE, -1), -1):
        value = value_of(lines[number])
        if value is not None and value.text[:2] == "[#":
            yield from value_problems(number, value)


def _key_of(line: str) -> str:
    return line.strip(" -").partition(":")[0].rstrip()


def _is_continuation(above: str, line: str, column: int) -> bool:
    """Tell whether a line is read on from one above it that has no colon, up to its own colon at ``column``."""
    return (
        line[column : column + 1] == ":"
        and ":" not in line[:column]
        and not re.search(r":(\s|$)", above)
        and not above.lstrip().startswith(("-", "#"))
        and _indent_of(above) == _indent_of(line)
    )


def _missing_colon(number: int, line: str) -> SyntaxProblem:
    start = _indent_of(line)
    hint = msg("write title: in front of it if it is the title, or set it in if it goes on with the line above")
    return SyntaxProblem(msg(MISSING_COLON), hint, number, start, len(line.rstrip()))


def _misaligned(number: int, lines: Sequence[str]) -> Iterator[SyntaxProblem]:
    """Return what is said of a line that stands under none of those above: the nearest that it may belong under."""
    line = lines[number]
    start = _indent_of(line)
    hyphen = line[start : start + 1] == "-"
    near = []
    for other in lines[max(number - _MAX_LINES_ABOVE, 0) : number]:
        opening = _INDENT_AND_HYPHENS.match(other)
        key = opening.end() if opening and KEY_VALUE_LINE.match(other[:MAX_LINE_LENGTH]) else None
        column = _indent_of(other) if hyphen and other.lstrip().startswith("- ") else None if hyphen else key
        if column is not None and column != start:
            near.append((abs(column - start), -column, _key_of(other)))
    if near:
        _, column, key_above = min(reversed(near), key=lambda one: one[:2])
        hint = (
            msg("put as many spaces in front of its hyphen as in the lines above: {count}", count=-column)
            if hyphen
            else msg("begin it with {count} spaces, so that it stands under {key}", count=-column, key=f"{key_above}:")
        )
        yield SyntaxProblem(msg(MISALIGNED), hint, number, start, len(line.rstrip()))


def _opens_quote(line: str) -> bool:
    """Tell whether a value opens with a quotation mark that the line does not close."""
    value = value_of(line)
    return value is not None and value.text[0] in "'\"" and value.text.rstrip().count(value.text[0]) % 2 == 1


def _unclosed_quote(number: int, line: str) -> SyntaxProblem:
    value = value_of(line) or LineValue("", 0, line)
    message = msg("the quotation mark that opens here is never closed")
    return SyntaxProblem(message, msg("close it at the end of the text"), number, value.start, value.start + 1)


def _is_indented_below_value(above: str, line: str, column: int) -> bool:
    """Tell whether a line is set in below one that has its value already, so that it seems to go on with that."""
    entry, value = KEY_VALUE_LINE.match(line), value_of(above)
    if value is None or value.text[0] in "|>{[" or not (entry or line.rstrip().endswith(":")):
        return False
    return _indent_of(line) > len(above) - len(above.lstrip(" -")) and ":" not in line[:column].strip()


def _indented_too_far(number: int, line: str, above: str) -> SyntaxProblem:
    start = _indent_of(line)
    message = msg("this line is set in further than the line above it, which holds a text already")
    return SyntaxProblem(message, alignment_hint(above), number, start, len(line.rstrip()))


def alignment_hint(above: str) -> Message:
    """Return the cure of a line that should stand under another one."""
    opening = _INDENT_AND_HYPHENS.match(above)
    count = opening.end() if opening else 0
    if not count:
        return msg("take away the spaces in front of it")
    return msg("begin it with {count} spaces, so that it stands under {key}", count=count, key=f"{_key_of(above)}:")

"""Text on a terminal: control characters removed, cell widths, padding, truncation, wrapping and encodings."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import accumulate, pairwise, takewhile

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")
_UNSAFE_IN_LINE = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f\ud800-\udfff"))
_UNSAFE_IN_JSON = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\ud800-\udfff").rstrip("+"))
ODD_SPACES = "\xa0\u2000-\u200a\u202f\u205f\u3000"
"""No-break and other typographic spaces, as a character class of a regular expression."""
_ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
_WHITESPACE = re.compile(r"(?!\xa0%)\s+")  # a percent sign stays on the line of its number


def printable(text: str) -> str:
    """Return a text as one line without control, bidi and invisible characters."""
    if text.isprintable() and (text.isascii() or "  " not in text):
        return text  # the usual case, kept fast
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _WHITESPACE.sub(" ", text))


def printable_line(line: str) -> str:
    """Return a line of a file without control, bidi and invisible characters; its spaces and tabs stay."""
    return _UNSAFE_IN_LINE.sub("\N{REPLACEMENT CHARACTER}", line)


def show_odd_spaces(text: str) -> str:
    """Replace no-break and similar spaces with ``␣``, so that they can be seen."""
    return text if text.isascii() else _ODD_SPACE.sub("␣", text)


def escape_json(json_text: str) -> str:
    """Escape characters in JSON that a terminal interprets or UTF-8 cannot encode."""
    if json_text.isprintable():
        return json_text  # the usual case of one line, kept fast
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text)


_has_single_cells = re.compile("[\x00-\x7f\xa0-\u02ff\u2010-\u2027\u202f]*").fullmatch
"""Matches a text whose characters take one cell each, as nearly all in Latin letters do."""


def cell_width(text: str) -> int:
    """Return the width of a text on a terminal, in cells (wide characters take two)."""
    return len(text) if _has_single_cells(text) else _load_cell_len()(text)


@cache
def _load_cell_len() -> Callable[[str], int]:
    """Import rich only for a text that needs its tables."""
    from rich.cells import cell_len

    return cell_len


def truncate(text: str, width: int) -> str:
    """Shorten a text to at most ``width`` cells; ``…`` marks the cut."""
    if cell_width(text) <= width:
        return text
    return _fitting_prefix(text, width - 1).rstrip() + "…"


_WORD_GAP = re.compile(r"(?<!«) +(?!»|[:;!?%](?:\s|$))")
"""The spaces that a line may end at: none before the double punctuation of French, or inside its quotes."""
_SGR_CODE = re.compile(r"\x1b\[[\d;]*m")
_ITEM_GAP = re.compile(" {3,}")
"""What separates the items of a legend, which stay whole."""


def wrap_lines(text: str, width: int) -> list[str]:
    """Break a text into lines; see ``wrap_spans``."""
    return [text[start:end] for start, end in wrap_spans(text, width)]


def wrap_painted(text: str, width: int, hang: int) -> str:
    """Break a text with SGR codes into lines; all but the first are indented by ``hang`` cells."""
    pieces = _SGR_CODE.split(text)
    spans = wrap_spans("".join(pieces), width, hang)
    lines, at = ["".join(pieces)[start:end] for start, end in spans], len("".join(pieces))
    for code, piece in zip(_SGR_CODE.findall(text)[::-1], pieces[:0:-1], strict=True):
        at -= len(piece)
        number = max(number for number, (start, _) in enumerate(spans) if start <= at)
        column = at - spans[number][0]
        lines[number] = lines[number][:column] + code + lines[number][column:]
    return f"\n{' ' * hang}".join(lines)


def wrap_spans(text: str, width: int, hang: int = 0) -> list[tuple[int, int]]:
    """Return where each line of a text starts and ends, if a line has at most ``width`` cells.

    All but the first line have ``hang`` cells less. Lines end between items that are three spaces apart, or else
    between words. Only a word longer than a line is split.
    """
    lines: list[tuple[int, int]] = []
    for start, end in _unbroken_spans(text, width - hang):
        if lines and cell_width(text[lines[-1][0] : end]) <= width - hang * (len(lines) > 1):
            lines[-1] = lines[-1][0], end
            continue
        while start < end:
            piece = _fitting_prefix(text[start:end], width - hang * bool(lines)) or text[start]
            lines.append((start, start + len(piece.rstrip())))
            start += len(piece)
    return lines or [(0, 0)]


def _unbroken_spans(text: str, width: int) -> list[tuple[int, int]]:
    """Return where the parts of a text are that should stay on one line."""
    for gap in (_ITEM_GAP, _WORD_GAP):
        gaps = [(0, 0), *(match.span() for match in gap.finditer(text)), (len(text), len(text))]
        spans = [(before[1], after[0]) for before, after in pairwise(gaps) if before[1] < after[0]]
        spans[:1] = [(0, end) for _, end in spans[:1]]  # an indent stays
        if len(gaps) > 2 and max((cell_width(text[start:end]) for start, end in spans), default=0) <= width:
            break
    return spans


def _fitting_prefix(text: str, width: int) -> str:
    if _has_single_cells(text):
        return text[: max(width, 0)]
    ends = accumulate(map(cell_width, text))
    return text[: sum(1 for _ in takewhile(lambda end: end <= width, ends))]


_ASCII_SUBSTITUTES = str.maketrans(
    {
        "≈": "~", "…": "...", "→": "->", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "•": "*", "·": "-",
        "─": "-", "●": "*", "»": ">", "«": "<", "│": "|", "━": "-", "✓": "+", "✗": "x", "œ": "oe", "Œ": "OE",
        "█": "#", "▌": "|", "░": ".", "\xa0": " ", "\N{REPLACEMENT CHARACTER}": "?", "␣": "_",
    }
)  # fmt: skip

_GUILLEMETS = re.compile("«( ?)([^«»]*)\\1»")
"""A quotation in French or Spanish; alone, » is the mark of postponed moments."""


def replace_unencodable(text: str, encoding: str) -> str:
    """Replace characters that an encoding lacks: by a look-alike, the letter without accents, or ``?``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        if _replace_unencodable_character("«", encoding) != "«":
            text = _GUILLEMETS.sub(r'"\2"', text)
        return "".join(_replace_unencodable_character(character, encoding) for character in text)
    except LookupError:
        return replace_unencodable(text, "ascii")
    return text


def _replace_unencodable_character(character: str, encoding: str) -> str:
    for candidate in (character, character.translate(_ASCII_SUBSTITUTES), _without_accents(character)):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"


def _without_accents(character: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))

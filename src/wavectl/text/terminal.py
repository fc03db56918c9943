"""What a screen shows of a text: one line without control codes, and how many cells wide it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")
_UNSAFE_IN_JSON = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\ud800-\udfff").rstrip("+"))
ODD_SPACES = "\xa0\u2000-\u200a\u202f\u205f\u3000"
"""No-break spaces and others that a word processor writes, as characters of a regular expression."""
_ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
_WHITESPACE = re.compile(r"\s+")


def printable(text: str) -> str:
    """Return a text of a plan as one line: whatever could move a cursor, change a colour or turn the writing is out."""
    if text.isprintable() and (text.isascii() or "  " not in text):
        return text  # as are most: the rest of the work would change nothing
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _WHITESPACE.sub(" ", text))


def show_odd_spaces(text: str) -> str:
    """Return a text whose no-break spaces, and others that look like ordinary ones, can be seen."""
    return text if text.isascii() else _ODD_SPACE.sub("␣", text)


def escape_json(json_text: str) -> str:
    """Return a JSON text with the escapes of JSON for what could steer a terminal, and for what UTF-8 cannot hold."""
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


def cell_width(text: str) -> int:
    """Return the width of a text on a terminal, in cells."""
    return len(text) if text.isascii() else _load_cell_len()(text)


@cache
def _load_cell_len() -> Callable[[str], int]:
    """Return what measures a text; it is imported once, and only where there is such a text."""
    from rich.cells import cell_len

    return cell_len


def pad_column(texts: Sequence[str], *, align_right: bool = False) -> list[str]:
    """Return the texts of a column, all as wide as the widest; ``right`` puts the spaces before them."""
    widths = [cell_width(text) for text in texts]
    most = max(widths, default=0)
    spaces = [" " * (most - width) for width in widths]
    return [space + text if align_right else text + space for text, space in zip(texts, spaces, strict=True)]


def truncate(text: str, width: int) -> str:
    """Return a text of at most ``width`` cells, with … where something is left out."""
    if cell_width(text) <= width:
        return text
    if text.isascii():
        return text[: width - 1].rstrip() + "…"
    kept, used = [], 0
    for character in text:
        used += cell_width(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def wrap_lines(text: str, width: int) -> list[str]:
    """Return a text as lines of at most ``width`` cells, broken between words, or inside one that is wider."""
    lines = [""]
    for word in text.split():
        room = width - cell_width(lines[-1]) - 1
        if lines[-1] and cell_width(word) <= room:
            lines[-1] += f" {word}"
            continue
        rest = word
        while rest:
            piece = _fitting_prefix(rest, width)
            lines.append(piece)
            rest = rest[len(piece) :]
    return lines[1:] or lines


def _fitting_prefix(word: str, width: int) -> str:
    """Return as much of the start of a word as fits, one character at least."""
    if cell_width(word) <= width:
        return word
    used = 0
    for place, character in enumerate(word):
        used += cell_width(character)
        if used > width:
            return word[: max(place, 1)]
    return word


_ASCII_SUBSTITUTES = str.maketrans(
    {
        "≈": "~", "…": "...", "→": "->", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "•": "*", "·": "-",
        "─": "-", "●": "*", "»": ">", "«": "<", "│": "|", "━": "-", "✓": "+", "✗": "x", "œ": "oe", "Œ": "OE",
        "█": "#", "░": ".", "\xa0": " ", "\N{REPLACEMENT CHARACTER}": "?", "␣": "_",
    }
)  # fmt: skip


def replace_unencodable(text: str, encoding: str) -> str:
    """Return a text that an encoding can carry: what it cannot is written with what it has, and never fails."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
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
    """Return a letter without its accents."""
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))

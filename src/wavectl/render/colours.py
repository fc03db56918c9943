"""The colours of waves, the same in every view, those of pages and pictures, and the styles of a terminal."""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from zlib import crc32

from wavectl.model import Wave
from wavectl.model.types import COLOURS

_AUTOMATIC_COLOURS = ("steelblue", "darkcyan", "palevioletred", "dimgray", "dodgerblue", "mediumvioletred")
"""The colours of waves without one of their own: readable on black and on white, and unlike those of the states."""
_SGR_CODES = {
    "firm": "32", "vague": "33", "open": "33", "postponed": "35", "cancelled": "31",
    "title": "1", "aside": "2", "slogan": "3", "struck": "9", "late": "1;31", "gap": "33",
    "hint": "2", "error": "1;31", "warning": "1;33", "note": "36", "grid": "2", "today": "1;36",
}  # fmt: skip
"""The SGR codes of the styles (ECMA-48 §8.3.117)."""
LIGHT_COLOURS: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1f2328", "muted": "#57606a", "grid": "#e3e6ea", "year": "#b4bcc6",
    "firm": "#1a7f37", "vague": "#9a6700", "postponed": "#8250df", "cancelled": "#cf222e", "today": "#0b57d0",
}  # fmt: skip
DARK_COLOURS: Mapping[str, str] = {
    "paper": "#14181d", "ink": "#e8ebef", "muted": "#a3adb8", "grid": "#2a3038", "year": "#4b545f",
    "firm": "#4ac26b", "vague": "#e3b341", "postponed": "#c297ff", "cancelled": "#ff7b72", "today": "#79b8ff",
}  # fmt: skip
"""The colours of pages and pictures by what they are for; ``DARK_COLOURS`` for screens with a dark background."""
_CUBE = (0, 95, 135, 175, 215, 255)
_MIN_CONTRAST = 3.0
"""Between a colour and black or white (WCAG 2.2, 1.4.11)."""

_Rgb = tuple[int, int, int]


def wave_colours(waves: Mapping[str, Wave]) -> dict[str, str]:
    """Return the colours of all waves of a plan by id: names of CSS.

    The automatic colour of a wave follows from its id; if another wave has it, in order of id, it is the next one that
    is free. Only where none is free, two waves have the same.
    """
    colours = {wave_id: wave.color for wave_id, wave in waves.items() if wave.color}
    for wave_id in sorted(waves.keys() - colours.keys()):
        taken = {COLOURS[colour] for colour in colours.values()}
        start = crc32(wave_id.encode()) % len(_AUTOMATIC_COLOURS)
        turn = _AUTOMATIC_COLOURS[start:] + _AUTOMATIC_COLOURS[:start]
        colours[wave_id] = next((colour for colour in turn if COLOURS[colour] not in taken), turn[0])
    return colours


@cache
def sgr_code(style: str) -> str:
    """Return the SGR code of a style or of a colour of CSS: the nearest of 256 that is readable on black and white."""
    if style not in COLOURS:
        return _SGR_CODES[style]
    wanted = _rgb(COLOURS[style])
    cube = (
        (16 + 36 * r + 6 * g + b, (_CUBE[r], _CUBE[g], _CUBE[b])) for r in range(6) for g in range(6) for b in range(6)
    )
    greys = ((232 + step, (8 + 10 * step,) * 3) for step in range(24))
    readable = ((number, colour) for number, colour in chain(cube, greys) if _is_readable(colour))
    return f"38;5;{min(readable, key=lambda one: sum((a - b) ** 2 for a, b in zip(one[1], wanted, strict=True)))[0]}"


def _rgb(digits: str) -> _Rgb:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _is_readable(colour: _Rgb) -> bool:
    """Return whether a colour has enough contrast with black and with white (WCAG 2.2, relative luminance)."""
    channels = (value / 3294.6 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in colour)
    luminance = sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True))
    return (luminance + 0.05) / 0.05 >= _MIN_CONTRAST and 1.05 / (luminance + 0.05) >= _MIN_CONTRAST

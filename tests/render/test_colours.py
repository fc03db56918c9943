"""The colours of waves: from their ids, the same everywhere, unlike those of certainties, readable on every ground."""

import re
from itertools import permutations, product
from pathlib import Path

import pytest

from support.plans import read_plan, run, write_plan
from wavectl.model.types import COLOURS
from wavectl.render import colours
from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS, sgr_code, wave_colours

WAVE = "title: T\nperiod: 2017-05/2018-12\nmoments:\n  - {id: a, title: A, when: 2017-09-14}\n"
STATES = ("firm", "vague", "postponed", "cancelled")
TERMINALS = ("cd0000", "00cd00", "cdcd00", "cd00cd", "aa0000", "00aa00", "aa5500", "aa00aa")
"""Red, green, yellow and magenta of xterm and of VGA, in which terminals show the states."""


def lab(digits: str) -> tuple[float, float, float]:
    """Return a colour in CIELAB, in which distances are as people see them."""
    red, green, blue = (
        value / 12.92 if value <= 0.04 else ((value + 0.055) / 1.055) ** 2.4
        for value in (byte / 255 for byte in bytes.fromhex(digits))
    )
    x, y, z = (
        share ** (1 / 3) if share > 0.0089 else 7.787 * share + 4 / 29
        for share in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0888,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    """Return how far apart two colours are; 10 and more differ at a glance."""
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def test_an_automatic_colour_is_never_that_of_a_certainty() -> None:
    certain = [theme[state].lstrip("#") for theme in (LIGHT_COLOURS, DARK_COLOURS) for state in STATES]
    automatic = [COLOURS[name] for name in colours._AUTOMATIC_COLOURS]
    assert min(distance(*pair) for pair in product(automatic, (*certain, *TERMINALS))) > 25
    assert min(distance(*pair) for pair in permutations(automatic, 2)) > 25


def test_it_follows_from_the_id_and_a_collision_takes_the_next_free_one_in_order_of_id(tmp_path: Path) -> None:
    names = [f"wave-{number:02}" for number in range(12)]
    alone = {}
    for name in names:
        alone |= wave_colours(read_plan(tmp_path / name, {name: WAVE}).waves)
    together = wave_colours(read_plan(tmp_path / "all", dict.fromkeys(reversed(names), WAVE)).waves)
    taken: list[str] = []
    for name in names[:6]:
        turn = colours._AUTOMATIC_COLOURS.index(alone[name])
        after = colours._AUTOMATIC_COLOURS[turn:] + colours._AUTOMATIC_COLOURS[:turn]
        assert together[name] == next(colour for colour in after if colour not in taken)
        taken.append(together[name])
    assert len(set(taken)) == 6
    assert {name: together[name] for name in names[6:]} == {name: alone[name] for name in names[6:]}


def test_a_colour_that_the_plan_gives_is_kept_and_not_given_again(tmp_path: Path) -> None:
    (automatic,) = wave_colours(read_plan(tmp_path / "1", {"b": WAVE}).waves).values()
    given = wave_colours(read_plan(tmp_path / "2", {"a": WAVE, "b": f"{WAVE}color: {automatic}\n"}).waves)
    assert given["b"] == automatic != given["a"]
    other = wave_colours(read_plan(tmp_path / "3", {"a": f"{WAVE}color: {automatic}\n", "b": WAVE}).waves)
    assert other["a"] == automatic != other["b"]


@pytest.mark.parametrize("shown", [(), ("two",), ("two", "one")])
def test_a_wave_has_one_colour_in_every_view(shown: tuple[str, ...], tmp_path: Path) -> None:
    waves = write_plan(tmp_path, dict.fromkeys(("one", "two", "zone"), WAVE))
    colour = wave_colours(read_plan(tmp_path / "same", dict.fromkeys(("one", "two", "zone"), WAVE)).waves)["two"]
    for view, sign in {
        "svg": f'fill="{colour}"',
        "html": f"--wave:{colour}",
        "gantt": f"\x1b[{sgr_code(colour)}m",
    }.items():
        outcome = run("--waves", str(waves), "--color", "always", "timeline", *shown, "--format", view)
        assert sign in outcome.out, view
    for command in (("show", "two"), ("status",), ("converge", "two", "zone"), ("timeline",)):
        outcome = run("--waves", str(waves), "--color", "always", *command)
        assert f"\x1b[{sgr_code(colour)}m▌\x1b[0m" in outcome.out, command


def test_every_colour_of_a_terminal_is_readable_on_black_and_on_white() -> None:
    codes = {name: sgr_code(name) for name in COLOURS}
    assert all(re.fullmatch(r"38;5;(1[6-9]|[2-9]\d|1\d\d|2[0-4]\d|25[0-5])", code) for code in codes.values())
    dark_blue, pale_yellow, white, black = "38;5;17", "38;5;230", "38;5;231", "38;5;16"
    assert set(codes.values()).isdisjoint((dark_blue, pale_yellow, white, black))

"""Terminal text: control characters, cell widths, truncation, wrapping and encodings."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wavectl.text.terminal import (
    cell_width,
    escape_json,
    printable,
    printable_line,
    replace_unencodable,
    truncate,
    wrap_lines,
    wrap_painted,
)

STEERING = [
    "\x1b",
    "\x9b",
    "\x07",
    "\x00",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200e",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\u061c",
]


@pytest.mark.parametrize("character", STEERING)
def test_control_characters_are_replaced(character: str) -> None:
    assert character not in printable(f"a{character}[31mb")
    assert printable_line(f" \ta  b\xa0{character}[31m\n") == " \ta  b\xa0\N{REPLACEMENT CHARACTER}[31m\n"
    assert printable(f"a{character}b") in ("a\ufffdb", "a b")


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\r\nb", "a\u00a0b", "a\u3000b"])
def test_a_text_is_one_line_of_ordinary_spaces(text: str) -> None:
    assert printable(text) == "a b"


@pytest.mark.parametrize("text", ["plain", "Réunions", "한국어", "مرحبا", "👩‍🚀", "[red]", "a  b"])
def test_other_texts_stay(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("été", 3), ("한국", 4), ("é", 1), ("", 0), ("l’e\u0301te\u0301", 5)]
)
def test_cells_are_counted_not_characters(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),  # no space before the dots
        ("à l’été", 6, "à l’é…"),
        ("한국어말", 8, "한국어말"),
        ("한국어말", 7, "한국어…"),
        ("한국어말", 6, "한국…"),
        ("abc", 1, "…"),
    ],
)
def test_a_text_is_cut_to_a_width(text: str, width: int, shown: str) -> None:
    assert truncate(text, width) == shown


@given(text=st.text(), width=st.integers(1, 12))
def test_a_cut_text_is_never_wider(text: str, width: int) -> None:
    assert cell_len(truncate(printable(text), width)) <= width


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("≈ été … 2-3", "utf-8", "≈ été … 2-3"),
        ("≈ été … 2-3", "cp1252", "~ été … 2-3"),
        ("≈ été … œuvre ’", "ascii", "~ ete ... oeuvre '"),
        ("한국어", "cp1252", "???"),
        ("●≈?»✗", "ascii", "*~?>x"),
        ("●≈?»✗", "cp1252", "*~?»x"),
        ("Ĝis", "latin-1", "Gis"),
        ("été", "no-such-encoding", "ete"),
        ("a\udcffb", "utf-8", "a?b"),
    ],
)
def test_unencodable_characters_are_replaced(text: str, encoding: str, shown: str) -> None:
    assert replace_unencodable(text, encoding) == shown


@given(text=st.text(), encoding=st.sampled_from(("ascii", "cp1252", "cp850", "utf-8", "shift_jis")))
def test_no_text_fails_in_any_encoding(text: str, encoding: str) -> None:
    replace_unencodable(text, encoding).encode(encoding)


@given(data=st.dictionaries(st.text(), st.text()))
def test_escaped_json_has_the_same_data(data: dict[str, str]) -> None:
    shown = escape_json(json.dumps(data, ensure_ascii=False))
    assert json.loads(shown) == data
    assert not set(shown) & set(STEERING)


def test_a_name_that_is_no_unicode_is_escaped() -> None:
    assert escape_json('"a\udcff"').encode() == b'"a\\udcff"'


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 80, ["one two three"]),
        ("seventeen", 4, ["seve", "ntee", "n"]),
        ("a 한국어말 b", 4, ["a", "한국", "어말", "b"]),
        ("Réfugiés : un toit", 10, ["Réfugiés :", "un toit"]),  # French spaces its double punctuation
        ("Réfugiés : un toit", 9, ["Réfugiés", ": un toit"]),  # it does not fit
        ("Qui dit « oui » ?", 11, ["Qui dit", "« oui » ?"]),
        ("● ferme   ≈ date approximative   ? à voir", 25, ["● ferme", "≈ date approximative", "? à voir"]),
        ("● ferme   ≈ date approximative", 12, ["● ferme   ≈", "date", "approximativ", "e"]),
        ("a  b", 9, ["a  b"]),
        ("한", 1, ["한"]),  # nothing narrower is left of it
        ("", 5, [""]),
    ],
)
def test_a_text_is_broken_between_words(text: str, width: int, lines: list[str]) -> None:
    assert wrap_lines(text, width) == lines


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("error: no such wave here", "error: no\n  such\n  wave\n  here"),
        ("\x1b[1;31merror\x1b[0m: no such wave", "\x1b[1;31merror\x1b[0m: no\n  such\n  wave"),
        ("no such \x1b[2mwave here\x1b[0m", "no such\n  \x1b[2mwave\n  here\x1b[0m"),
        (" = a hint", " = a hint"),
        (" = a longer", " = a\n  longer"),
        ("\x1b[1mshort\x1b[0m", "\x1b[1mshort\x1b[0m"),
        ("", ""),
    ],
)
def test_a_painted_line_hangs_below_its_start(text: str, wrapped: str) -> None:
    assert wrap_painted(text, 9, hang=2) == wrapped


@given(text=st.text().map(printable), width=st.integers(2, 30))
def test_no_line_is_wider_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap_lines(text, width)
    assert max(map(cell_width, lines)) <= width
    assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_spaces_in_a_text_with_accents_become_one() -> None:
    assert printable("é  è\xa0à\n\nb") == "é è à b"

"""Ids and names of sheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.spreadsheet.matching import sheet_name, wave_id_from_name


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Agenda climat 2018", "agenda-climat-2018"),
        ("Feuille1", None),
        ("Sheet 2", None),
        ("Hoja1", None),
        ("", None),
        ("All", None),
        ("Programme", None),
        ("../../etc/passwd", "etc-passwd"),
        ("계획", None),
    ],
)
def test_a_wave_is_called_after_a_sheet(name: str, made: str | None) -> None:
    assert wave_id_from_name(name) == made


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Le droit au logement", "Le droit au logement"),
        ("a/b\\c:d*e?f[g]h", "a b c d e f g h"),
        ("'Entre guillemets'", "Entre guillemets"),
        ("History", "History_"),
        ("x" * 40, "x" * 31),
        ("???", "-"),
        ("../../etc", ".. .. etc"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title, ()) == name


def test_no_two_sheets_have_one_name() -> None:
    first = sheet_name("Vague " * 10, ())
    second = sheet_name("vague " * 10, {first.casefold()})
    assert (len(second) <= 31, second[-4:]) == (True, " (2)")


@given(title=st.text())
def test_every_title_gives_a_name(title: str) -> None:
    name = sheet_name(title, ())
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
    assert name[0] != "'"
    assert name[-1] != "'"

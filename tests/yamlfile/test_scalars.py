"""Unquoted scalars: always their text, and a value beside it where YAML 1.2 sees one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.yamlfile.parser import TYPED_FIRST_CHARACTERS, TypedScalar, resolve_scalar


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(text: str) -> None:
    assert resolve_scalar(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("0", 0),
        ("2018", 2018),
        ("-3", -3),
        ("+3", 3),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("9" * 18, 10**18 - 1),
    ],
)
def test_numbers_and_truth_values_keep_their_text(text: str, value: int | bool) -> None:
    read = resolve_scalar(text)
    assert isinstance(read, TypedScalar)
    assert read == text
    assert read.value == value
    assert type(read.value) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "on",
        "NO",
        "tRUE",
        "nULL",
        "1.10",
        "1e3",
        "0b1",
        "0o8",
        "0xG",
        "1_000",
        "12:30",
        "--3",
        "\u0663",
        "9" * 19,
        "0x" + "F" * 16,
        "2017-11-02",
        ".inf",
        "none",
    ],
)
def test_everything_else_is_a_text(text: str) -> None:
    read = resolve_scalar(text)
    assert read == text
    assert type(read) is str


@given(st.text(max_size=8))
def test_only_some_characters_open_what_is_no_text(text: str) -> None:
    if text[:1] not in TYPED_FIRST_CHARACTERS and text:
        assert type(resolve_scalar(text)) is str

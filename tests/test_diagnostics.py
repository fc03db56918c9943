"""Translatable messages, quotation marks, paths."""

from __future__ import annotations

import pytest

from wavectl.diagnostics import FILE_START, Finding, Severity, Span, format_path, msg, quoted


def test_a_message_is_its_sentence() -> None:
    assert str(msg("{date} is no {thing}", date='"x"', thing="day")) == '"x" is no day'
    assert str(msg("plain")) == "plain"


def test_a_message_is_translated() -> None:
    message = msg("the nearest matching day is {date}", date="2017-10-02")
    french = {"the nearest matching day is {date}": "le plus proche : {date}"}
    assert (
        message.format(french.__getitem__, lambda value: str(value).replace("-", "/")) == "le plus proche : 2017/10/02"
    )


def test_values_are_never_read_as_patterns() -> None:
    assert str(msg("{value} is no id", value='"{value.__class__} {0} {}"')) == '"{value.__class__} {0} {}" is no id'


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", '"a"'), (2018, '"2018"'), ("x" * 60, '"' + "x" * 60 + '"'), ("x" * 61, '"' + "x" * 59 + '…"')],
)
def test_a_quoted_value_fits_into_a_sentence(value: object, text: str) -> None:
    assert str(quoted(value)) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("title",), "title"),
        (("moments", 3, "when"), "moments[3].when"),
        (("actors", 0), "actors[0]"),
        (("x", 1, 2, "y", "z"), "x[1][2].y.z"),
    ],
)
def test_a_path_is_written_as_people_write_it(path: tuple[str | int, ...], text: str) -> None:
    assert format_path(path) == text


def test_findings_are_values() -> None:
    finding = Finding("invalid-date", "a.yaml", ("period",), msg("x"))
    assert (finding.severity, finding.hint, finding.wave, finding.at_key, finding.span, finding.waiver_id) == (
        Severity.ERROR,
        None,
        None,
        False,
        None,
        "",
    )
    with pytest.raises(AttributeError):
        finding.rule = "other"  # type: ignore[misc]
    assert Span(1, 1, 1, 1) == FILE_START
    assert [str(severity) for severity in Severity] == ["error", "warning", "info"]

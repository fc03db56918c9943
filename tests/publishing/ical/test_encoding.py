"""Values and lines of calendars: what goes in comes out, within 75 octets, and nothing opens a line of its own."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from ics.grammar.parse import Container

from support.feeds import plain, unfolded
from support.rfc5545 import faults
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import EncodeError, content_line, dump

ANYTHING = st.text(st.characters(), max_size=300)
"""Every code point, lone surrogates too."""


def normal(text: str) -> str:
    """Return a text as a feed carries it: each end of a line is one, other control characters are gone."""
    text = re.sub("\r\n|[\r\n\x85\u2028\u2029]", "\n", text)
    return (
        "".join(one for one in text if one in "\n\t" or not (one < " " or "\x7f" <= one <= "\x9f"))
        .encode(errors="ignore")
        .decode()
    )


def feed(*lines: object) -> bytes:
    event = Container(
        "VEVENT",
        content_line("UID", "a@b"),
        content_line("DTSTAMP", "20170601T000000Z"),
        content_line("DTSTART", "20170601", VALUE="DATE"),
        *lines,
    )
    return dump([Container("VCALENDAR", content_line("VERSION", "2.0"), content_line("PRODID", "x"), event)])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Le logement", "Le logement"),
        ("a, b; c", r"a\, b\; c"),
        (r"C:\new", r"C:\\new"),
        ("one\ntwo\r\nthree\rfour", r"one\ntwo\nthree\nfour"),
        ("one\x85two\u2028three\u2029four", r"one\ntwo\nthree\nfour"),
        ("a\x00b\x07c\x0bd\x0ce\x1bf\x7fg\x9bh", "abcdefgh"),
        ("a\tb", "a\tb"),
        ("a\ud800b", "ab"),
        ('"a": b', '"a": b'),
        ("", ""),
    ],
)
def test_text(value, text):
    assert encoding.text(value) == text


def test_texts_keep_their_commas_apart():
    assert encoding.texts(["a", "b, c"]) == r"a,b\, c"


def test_texts_of_which_nothing_is_left_are_left_out():
    assert encoding.texts(["\x1b", "a", "\x00", "b"]) == "a,b"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("https://example.org/a;b=c,d?e=f&g=%C3%A9#h", "https://example.org/a;b=c,d?e=f&g=%C3%A9#h"),
        ("https://example.org/été", "https://example.org/%C3%A9t%C3%A9"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/\ud800", "https://example.org/%3F"),
    ],
)
def test_uri(value, text):
    assert encoding.uri(value) == text


@pytest.mark.parametrize(
    "value",
    ["", "example.org", "https://a b", "https://a\r\nX:y", "https://a\tb", 'https://"', "https://<a>", "https:\\a"],
)
def test_what_is_no_uri_is_refused(value):
    with pytest.raises(EncodeError, match="not a URI"):
        encoding.uri(value)


def test_day():
    assert encoding.day(date(2017, 11, 2)) == "20171102"
    assert encoding.day(date(987, 1, 1)) == "09870101"


def test_clock_and_utc():
    wall = datetime(2017, 11, 8, 15, 5, 9)  # noqa: DTZ001
    assert encoding.local_datetime(wall) == "20171108T150509"
    assert encoding.utc_datetime(wall.replace(tzinfo=UTC)) == "20171108T150509Z"
    assert encoding.utc_datetime(wall.replace(tzinfo=timezone(timedelta(hours=9)))) == "20171108T060509Z"
    with pytest.raises(EncodeError, match="no zone"):
        encoding.utc_datetime(wall)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "+0000"), (60, "+0100"), (345, "+0545"), (-210, "-0330"), (-1, "-0001"), (-60 - 8 / 60, "-010008")],
)
def test_offset(minutes, text):
    assert encoding.offset(timedelta(minutes=minutes)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("a:b", '"a:b"'),
        ("a;b,c", '"a;b,c"'),
        ('say "x"', "say ^'x^'"),
        ("a^b", "a^^b"),
        ("a\nb\r\nc", "a^nb^nc"),
        ("a\x00\x1bb", "ab"),
    ],
)
def test_parameter(value, text):
    assert encoding.parameter(value) == text


@settings(deadline=None)
@given(ANYTHING)
@example("^n")
@example('"^^\'"')
def test_parameter_comes_back_from_the_feed(value):
    data = feed(content_line("SUMMARY", "x", ALTREP=value))
    (summary,) = [content for content in unfolded(data) if content.startswith("SUMMARY;")]
    written = re.fullmatch(r'SUMMARY;ALTREP=("[^"]*"|[^";:,]*):x', summary)[1].strip('"')
    assert re.sub(r"\^([n^'])", lambda found: {"n": "\n", "'": '"'}.get(found[1], "^"), written) == normal(value)
    assert [fault for fault in faults(data) if "is empty" not in fault] == []


def test_each_line_has_parameters_of_its_own():
    first, second = content_line("SUMMARY", "x"), content_line("SUMMARY", "y")
    first.params["LANGUAGE"] = ["fr"]
    assert second.params == {}
    assert str(content_line("REFRESH-INTERVAL", "P1D", VALUE="DURATION")) == "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    assert str(content_line("X-A", "b", X_B="c")) == "X-A;X-B=c:b"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUMMARY", "a\r\nX:b"),
        ("SUMMARY", "a\nb"),
        ("SUMMARY", "a\rb"),
        ("SUMMARY", "a\x85b"),
        ("SUMMARY", "a\x00"),
        ("SUM:MARY", "a"),
        ("", "a"),
        ("A\r\nB", "a"),
        ("A;B", "a"),
    ],
)
def test_what_would_open_another_line_is_refused(name, value):
    with pytest.raises(EncodeError, match="not a line"):
        content_line(name, value)


@settings(deadline=None)
@given(ANYTHING)
@example("\r\nATTENDEE:mailto:x@example.org\r\n")
@example("END:VEVENT")
@example("é" * 200)
@example("x" * 66 + "🌊" * 40)
@example(" " * 200)
@example("\\" * 200)
def test_text_comes_back_from_the_feed(value):
    data = feed(content_line("SUMMARY", encoding.text(value)))
    assert all(len(physical) <= 75 for physical in data.split(b"\r\n"))
    for physical in data.split(b"\r\n"):
        physical.decode()
    (summary,) = [content for content in unfolded(data) if content.startswith("SUMMARY:")]
    assert len(unfolded(data)) == 10
    assert plain(summary.removeprefix("SUMMARY:")) == normal(value)
    assert faults(data) == []


@settings(deadline=None)
@given(ANYTHING.map(normal))
def test_clients_read_the_same_text(value):
    data = feed(content_line("DESCRIPTION", encoding.text(value)))
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["DESCRIPTION"]) == value
    (calendar,) = IcsCalendarStream.from_ics(data.decode()).calendars
    assert (calendar.events[0].description or "") == value


@pytest.mark.parametrize("length", range(60, 160))
def test_folds_as_late_as_a_line_allows(length):
    for letter in ("x", "é", "語", "🌊"):
        text = f"SUMMARY:{letter * length}"
        first, *rest = dump([content_line("SUMMARY", letter * length)]).split(b"\r\n")[:-1]
        assert (first + b"".join(part[1:] for part in rest)).decode() == text
        width = len(letter.encode())
        assert all(part[:1] == b" " for part in rest)
        assert all(75 - width < len(part) <= 75 for part in [first, *rest][:-1])


def test_file_has_no_mark_and_ends_with_a_line_end():
    data = dump(
        [Container("VCALENDAR", content_line("VERSION", "2.0"), Container("VEVENT", content_line("SUMMARY", "é")))]
    )
    assert (
        data
        == "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:é\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    )

"""The raw check of calendars finds each kind of fault, and nothing in sound ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.rfc5545 import HOUSE, faults

SOUND = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//wavectl//tests//EN
CALSCALE:GREGORIAN
UID:housing@example.org
NAME:Droit au logement
COLOR:teal
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
SOURCE;VALUE=URI:https://example.org/housing.ics
BEGIN:VTIMEZONE
TZID:Europe/Madrid
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:forum.migration@example.org
DTSTAMP:20170601T000000Z
LAST-MODIFIED:20170601T000000Z
SEQUENCE:2
DTSTART;VALUE=DATE:20170914
DTEND;VALUE=DATE:20170918
SUMMARY;LANGUAGE=fr:Forum\\, Gwangju
DESCRIPTION:Une ligne\\nUne autre \\; et \\\\ encore ‘été’ : une phrase
  qu’il faut plier
LOCATION;ALTREP="https://example.org/a;b:c,d":Gwangju ^ "Corée"
URL:https://example.org/a;b,c?d=%C3%A9
CATEGORIES:Logement,Plaidoyer\\, alliances
STATUS:CONFIRMED
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P6DT15H
DESCRIPTION:Forum
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:hearing.migration@example.org
DTSTAMP:20170601T000000Z
DTSTART;TZID=Europe/Madrid:20180201T100000
DURATION:PT1H30M
RRULE:FREQ=MONTHLY;BYDAY=1TH;UNTIL=20180503T080000Z
SUMMARY:Audition
END:VEVENT
BEGIN:VEVENT
UID:hearing.migration@example.org
DTSTAMP:20170601T000000Z
RECURRENCE-ID;TZID=Europe/Madrid:20180301T100000
DTSTART;TZID=Europe/Madrid:20180302T120000
DTEND;TZID=Europe/Madrid:20180302T123000
END:VEVENT
BEGIN:VEVENT
UID:day.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART;VALUE=DATE:20171210
RRULE:FREQ=YEARLY;UNTIL=20201210
END:VEVENT
BEGIN:VEVENT
UID:publication.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART:20180706T090000Z
END:VEVENT
END:VCALENDAR
"""

EMPTY = SOUND[: SOUND.index("BEGIN:VEVENT")] + "END:VCALENDAR\n"


def encode(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("text", [SOUND, EMPTY], ids=["events", "zone-alone"])
def test_sound_calendar_has_no_fault(text):
    assert faults(encode(text)) == []


# A text of the valid calendar, its replacement, and the one fault to be found.
BYTES = [
    (b"BEGIN:VCAL", b"\xef\xbb\xbfBEGIN:VCAL", "Line 1: a byte order mark opens the calendar."),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\n", "Line 2: the line ends in a bare LF, not in CRLF."),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\r", "Line 2: the line ends in a bare CR, not in CRLF."),
    (b"SUMMARY:Audition\r\n", b"SUMMARY:Audi\r tion\r\n", "Line 54: the line ends in a bare CR, not in CRLF."),
    (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "Line 74: the line ends in nothing, not in CRLF."),
    (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\n\r\n", "Line 75: the line is empty."),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\r\n\r\n", "Line 3: the line is empty."),
    (
        "SUMMARY:Audition",
        "SUMMARY:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "Line 54: the line has 76 octets, more than 75.",
    ),
    (
        "SUMMARY:Audition",
        "SUMMARY:éééééééééééééééééééééééééééééééééé",
        "Line 54: the line has 76 octets, more than 75.",
    ),
    (
        "SUMMARY:Audition",
        "SUMMARY:a\n aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "Line 55: the line has 76 octets, more than 75.",
    ),
    (b"\xc3\xa9t\xc3\xa9", b"\xc3\r\n \xa9t\xc3\xa9", "Line 35: a fold cuts a UTF-8 character."),
    (b"SUMMARY:Audition", b"SUMMARY:Audition \xe9", "Line 54: the line is not UTF-8."),
    (b"SUMMARY:Audition", b"SUMMARY:\xed\xa0\x80", "Line 54: the line is not UTF-8."),
    (b"SUMMARY:Audition", b"SUMMARY:Audi\x07tion", "Line 54: the line holds the control character U+0007."),
    (b"SUMMARY:Audition", b"SUMMARY:Audi\x7ftion", "Line 54: the line holds the control character U+007F."),
    (b"SUMMARY:Audition", b"SUMMARY:Audi\xc2\x85tion", "Line 54: the line holds the control character U+0085."),
    (b"SUMMARY:Audition", b"SUMMARY:Audi\xe2\x80\xa8tion", "Line 54: the line holds the control character U+2028."),
    (b"BEGIN:VCALENDAR", b" :\r\nBEGIN:VCALENDAR", "Line 1: the first line continues nothing."),
]

CONTENT_LINES = [
    ("SUMMARY:Audition", ":Audition", "Line 54: the line does not open with the name of a property."),
    ("SUMMARY:Audition", "SUMMARY", "Line 54: the parameters are malformed, or no colon follows them."),
    ("SUMMARY:Audition", "SUM_MARY:Audition", "Line 54: the parameters are malformed, or no colon follows them."),
    (
        "SUMMARY:Audition",
        "SUMMARY;LANGUAGE:Audition",
        "Line 54: the parameters are malformed, or no colon follows them.",
    ),
    ("SUMMARY:Audition", "SUMMARY;=fr:Audition", "Line 54: the parameters are malformed, or no colon follows them."),
    ("SUMMARY:Audition", "SUMMARY;LANGUAGE=:Audition", "Line 54: the parameter LANGUAGE is empty."),
    (
        "SUMMARY:Audition",
        'SUMMARY;X-A=a"b:Audition',
        "Line 54: the parameters are malformed, or no colon follows them.",
    ),
    (
        "SUMMARY:Audition",
        'SUMMARY;X-A="a"b":Audition',
        "Line 54: the parameters are malformed, or no colon follows them.",
    ),
    (
        "SUMMARY:Audition",
        'SUMMARY;X-A="ab:Audition',
        "Line 54: the parameters are malformed, or no colon follows them.",
    ),
    ("SUMMARY:Audition", "SUMMARY;LANGUAGE=fr;LANGUAGE=en:Audition", "Line 54: the parameter LANGUAGE is given twice."),
    (
        "SUMMARY:Audition",
        'SUMMARY;X-A="a^b":Audition',
        "Line 54: the parameter X-A holds a ^ that escapes nothing (RFC 6868).",
    ),
]

COMPONENTS = [
    ("END:VALARM\n", "", "Line 46: END:VEVENT closes the open VALARM."),
    ("END:VALARM\n", "END:VALARM\nEND:VALARM\n", "Line 47: END:VALARM closes the open VEVENT."),
    ("END:VCALENDAR\n", "", "Line 1: VCALENDAR is not closed."),
    ("END:VCALENDAR\n", "END:VCALENDAR\nEND:VCALENDAR\n", "Line 75: END:VCALENDAR closes nothing."),
    ("END:VCALENDAR\n", "END:VCALENDAR\nX-A:1\n", "Line 75: X-A is outside the calendar."),
    (
        "END:VCALENDAR\n",
        "END:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "Line 75: something follows the end of the calendar.",
    ),
    ("BEGIN:VCALENDAR\n", "X-A:1\nBEGIN:VCALENDAR\n", "Line 1: X-A is outside the calendar."),
    ("END:VCALENDAR\n", "BEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n", "Line 74: VTODO has no place in VCALENDAR."),
    (
        "END:VCALENDAR\n",
        "BEGIN:\nEND:\nEND:VCALENDAR\n",
        "Line 74: a component without a name has no place in VCALENDAR.",
    ),
    (
        "END:VCALENDAR\n",
        "X-WR-CALNAME:Late\nEND:VCALENDAR\n",
        "Line 74: X-WR-CALNAME of VCALENDAR is after a component.",
    ),
    ("END:VALARM\n", "END:VALARM\nX-LATE:1\n", "Line 47: X-LATE of VEVENT is after a component."),
    (
        "END:VCALENDAR\n",
        "BEGIN:VTIMEZONE\nTZID:UTC\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR\n",
        "Line 74: VTIMEZONE is after a VEVENT.",
    ),
]

CARDINALITY = [
    ("VERSION:2.0\n", "", "Line 1: VCALENDAR has no VERSION."),
    ("PRODID:-//wavectl//tests//EN\n", "", "Line 1: VCALENDAR has no PRODID."),
    ("PRODID:-//wavectl//tests//EN\n", "PRODID:\n", "Line 3: PRODID of VCALENDAR is empty."),
    ("VERSION:2.0\n", "VERSION:1.0\n", "Line 2: VERSION of VCALENDAR is not 2.0."),
    ("CALSCALE:GREGORIAN\n", "CALSCALE:JULIAN\n", "Line 4: CALSCALE of VCALENDAR is not GREGORIAN."),
    ("CALSCALE:GREGORIAN\n", "METHOD:PUBLISH\n", "Line 4: METHOD makes Outlook open a new calendar."),
    ("CALSCALE:GREGORIAN\n", "SUMMARY:Waves\n", "Line 4: SUMMARY has no place in VCALENDAR."),
    ("COLOR:teal\n", "COLOR:#008080\n", "Line 7: COLOR of VCALENDAR is no name of a CSS3 colour."),
    ("COLOR:teal\n", "COLOUR:teal\n", "Line 7: COLOUR has no place in VCALENDAR."),
    (
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "REFRESH-INTERVAL:PT12H",
        "Line 8: REFRESH-INTERVAL is not of the type that it must declare.",
    ),
    (
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "REFRESH-INTERVAL;VALUE=DURATION:-PT12H",
        "Line 8: REFRESH-INTERVAL is not positive.",
    ),
    ("SOURCE;VALUE=URI", "SOURCE", "Line 10: SOURCE is not of the type that it must declare."),
    ("UID:forum.migration@example.org\n", "", "Line 27: VEVENT has no UID."),
    ("UID:forum.migration@example.org\n", "UID:\n", "Line 28: UID of VEVENT is empty."),
    ("DTSTAMP:20170601T000000Z\n", "", "Line 27: VEVENT has no DTSTAMP."),
    ("DTSTART;VALUE=DATE:20170914\n", "", "Line 27: VEVENT has no DTSTART."),
    ("SEQUENCE:2\n", "SEQUENCE:2\nCLASS:PUBLIC\nCLASS:PUBLIC\n", "Line 33: CLASS is a duplicate in VEVENT."),
    (
        "SEQUENCE:2\n",
        "SEQUENCE:2\nCREATED:20170601T000000Z\nCREATED:20170601T000000Z\n",
        "Line 33: CREATED is a duplicate in VEVENT.",
    ),
    ("SEQUENCE:2\n", "SEQUENCE:2\nGEO:1;2\nGEO:1;2\n", "Line 33: GEO is a duplicate in VEVENT."),
    (
        "SEQUENCE:2\n",
        "SEQUENCE:2\nORGANIZER:mailto:a@example.org\nORGANIZER:mailto:a@example.org\n",
        "Line 33: ORGANIZER is a duplicate in VEVENT.",
    ),
    ("SEQUENCE:2\n", "SEQUENCE:2\nPRIORITY:1\nPRIORITY:1\n", "Line 33: PRIORITY is a duplicate in VEVENT."),
    ("SUMMARY:Audition", "LOCATION:a\nLOCATION:b", "Line 55: LOCATION is a duplicate in VEVENT."),
    ("SUMMARY:Audition", "DESCRIPTION:a\nDESCRIPTION:b", "Line 55: DESCRIPTION is a duplicate in VEVENT."),
    ("SUMMARY:Audition", "RDATE;VALUE=DATE:20180101", "Line 54: RDATE is not read by every client."),
    ("SUMMARY:Audition", "ALTREP:a", "Line 54: ALTREP has no place in VEVENT."),
]

VALUES = [
    ("DTSTART;VALUE=DATE:20171210", "DTSTART;VALUE=DATE:2017-12-10", "Line 66: DTSTART is no DATE such as 20171102."),
    ("DTSTART;VALUE=DATE:20171210", "DTSTART;VALUE=DATE:20171131", "Line 66: DTSTART is no day of the calendar."),
    (
        "DTSTART;VALUE=DATE:20171210",
        "DTSTART:20171210",
        "Line 66: DTSTART is no DATE-TIME such as 20171102T150000 or 20171102T150000Z.",
    ),
    (
        "DTSTART;VALUE=DATE:20171210",
        "DTSTART;TZID=Europe/Madrid;VALUE=DATE:20171210",
        "Line 66: DTSTART of the type DATE has a TZID.",
    ),
    ("DTSTART:20180706T090000Z", "DTSTART:20180706T250000Z", "Line 72: DTSTART is no moment of the calendar."),
    (
        "DTSTART:20180706T090000Z",
        "DTSTART:20180706T0900Z",
        "Line 72: DTSTART is no DATE-TIME such as 20171102T150000 or 20171102T150000Z.",
    ),
    (
        "DTSTART:20180706T090000Z",
        "DTSTART:20180706T090000",
        "Line 72: DTSTART floats: it has no TZID and is not in UTC.",
    ),
    (
        "DTSTART:20180706T090000Z",
        "DTSTART;TZID=Europe/Madrid:20180706T090000Z",
        "Line 72: DTSTART is in UTC and has a TZID.",
    ),
    (
        "DTSTART:20180706T090000Z",
        "DTSTART;VALUE=PERIOD:20180706T090000Z/PT1H",
        "Line 72: DTSTART is not of the type PERIOD.",
    ),
    ("DTSTAMP:20170601T000000Z", "DTSTAMP:20170601T000000", "Line 29: DTSTAMP is not in UTC."),
    ("DTSTAMP:20170601T000000Z", "DTSTAMP;VALUE=DATE:20170601", "Line 29: DTSTAMP is not of the type DATE."),
    (
        "LAST-MODIFIED:20170601T000000Z",
        "LAST-MODIFIED;TZID=Europe/Madrid:20170601T000000",
        "Line 30: LAST-MODIFIED is not in UTC.",
    ),
    ("DURATION:PT1H30M", "DURATION:PT1H30S", "Line 52: DURATION is no DURATION such as P1D or PT12H."),
    ("DURATION:PT1H30M", "DURATION:P1W2D", "Line 52: DURATION is no DURATION such as P1D or PT12H."),
    ("DURATION:PT1H30M", "DURATION:-PT1H", "Line 52: DURATION is not positive."),
    ("DURATION:PT1H30M", "DURATION:PT0S", "Line 52: DURATION is not positive."),
    ("SEQUENCE:2", "SEQUENCE:-2", "Line 31: SEQUENCE of VEVENT is negative."),
    ("SEQUENCE:2", "SEQUENCE:two", "Line 31: SEQUENCE is no INTEGER."),
    ("SEQUENCE:2", "SEQUENCE:2.0", "Line 31: SEQUENCE is no INTEGER."),
    ("SEQUENCE:2", "PRIORITY:10", "Line 31: PRIORITY of VEVENT is not one of 0 to 9."),
    (
        "SUMMARY:Audition",
        "SUMMARY:a, b",
        "Line 54: SUMMARY is no TEXT: backslashes, commas and semicolons are escaped, nothing else is.",
    ),
    (
        "SUMMARY:Audition",
        "SUMMARY:a; b",
        "Line 54: SUMMARY is no TEXT: backslashes, commas and semicolons are escaped, nothing else is.",
    ),
    (
        "SUMMARY:Audition",
        "SUMMARY:a\\: b",
        "Line 54: SUMMARY is no TEXT: backslashes, commas and semicolons are escaped, nothing else is.",
    ),
    (
        "SUMMARY:Audition",
        "SUMMARY:a\\",
        "Line 54: SUMMARY is no TEXT: backslashes, commas and semicolons are escaped, nothing else is.",
    ),
    (
        "SUMMARY:Audition",
        "SUMMARY:a\\t",
        "Line 54: SUMMARY is no TEXT: backslashes, commas and semicolons are escaped, nothing else is.",
    ),
    (
        "SUMMARY:Audition",
        "CATEGORIES:a;b",
        "Line 54: CATEGORIES is no list of TEXT: backslashes and semicolons are escaped, nothing else is.",
    ),
    (
        "SUMMARY:Audition",
        "X-WR-CALNAME:a, b",
        "Line 54: X-WR-CALNAME is no TEXT: backslashes, commas and semicolons are escaped, nothing else is.",
    ),
    ("SUMMARY:Audition", "URL:https://example.org/a\\;b", "Line 54: URL is no URI of RFC 3986."),
    ("SUMMARY:Audition", "URL:https://example.org/é", "Line 54: URL is no URI of RFC 3986."),
    ("SUMMARY:Audition", "URL:example.org", "Line 54: URL is no URI of RFC 3986."),
    ("SUMMARY:Audition", "URL:https://example.org/a b", "Line 54: URL is no URI of RFC 3986."),
    (
        "SUMMARY:Audition",
        "STATUS:POSTPONED",
        "Line 54: STATUS of VEVENT is not one of TENTATIVE, CONFIRMED, CANCELLED.",
    ),
    ("SUMMARY:Audition", "TRANSP:FREE", "Line 54: TRANSP of VEVENT is not one of OPAQUE, TRANSPARENT."),
    ("SUMMARY:Audition", "CLASS:SECRET", "Line 54: CLASS of VEVENT is not one of PUBLIC, PRIVATE, CONFIDENTIAL."),
]

RULES = [
    ("UNTIL=20180503T080000Z", "UNTIL=20180503", "Line 53: UNTIL and DTSTART are not of the same type."),
    ("UNTIL=20180503T080000Z", "UNTIL=20180503T080000", "Line 53: UNTIL is not in UTC."),
    ("UNTIL=20180503T080000Z", "UNTIL=20170503T080000Z", "Line 53: UNTIL is before DTSTART."),
    (
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20370329T020000",
        "Line 18: UNTIL is not in UTC.",
    ),
]

RELATIONS = [
    ("DTEND;VALUE=DATE:20170918", "DTEND;VALUE=DATE:20170914", "Line 33: DTEND is not after DTSTART."),
    ("DTEND;VALUE=DATE:20170918", "DTEND:20170918T000000Z", "Line 33: DTEND and DTSTART are not of the same type."),
    (
        "DTEND;TZID=Europe/Madrid:20180302T123000",
        "DTEND;TZID=Europe/Madrid:20180302T120000",
        "Line 61: DTEND is not after DTSTART.",
    ),
    ("DTEND;TZID=Europe/Madrid:20180302T123000", "DTEND:20180227T123000Z", "Line 61: DTEND is not after DTSTART."),
    (
        "DTEND;VALUE=DATE:20170918",
        "DTEND;VALUE=DATE:20170918\nDURATION:P4D",
        "Line 34: DTEND and DURATION are both present.",
    ),
    ("DTEND;VALUE=DATE:20170918", "DURATION:PT4H", "Line 33: DURATION of an all-day event is not in days or weeks."),
    ("SUMMARY:Audition", "EXDATE;VALUE=DATE:20180301", "Line 54: EXDATE and DTSTART are not of the same type."),
]

ZONES = [
    ("TZID:Europe/Madrid", "TZID:Europe/Paris", "Line 51: no VTIMEZONE describes Europe/Madrid."),
    (
        "END:VTIMEZONE\n",
        "END:VTIMEZONE\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\n",
        "Line 27: VTIMEZONE has no TZID.",
    ),
    ("TZNAME:CEST\nTZOFFSETFROM:+0100\n", "TZNAME:CEST\n", "Line 13: DAYLIGHT has no TZOFFSETFROM."),
    ("TZOFFSETTO:+0200\n", "", "Line 13: DAYLIGHT has no TZOFFSETTO."),
    ("DTSTART:19810329T020000\n", "", "Line 13: DAYLIGHT has no DTSTART."),
    ("DTSTART:19810329T020000\n", "DTSTART:19810329T020000Z\n", "Line 14: DTSTART of DAYLIGHT is not a local time."),
    ("DTSTART:19810329T020000\n", "DTSTART;VALUE=DATE:19810329\n", "Line 14: DTSTART of DAYLIGHT is not a local time."),
    ("TZOFFSETTO:+0200", "TZOFFSETTO:+2", "Line 17: TZOFFSETTO is no UTC-OFFSET such as +0100."),
    ("TZOFFSETTO:+0200", "TZOFFSETTO:-0000", "Line 17: TZOFFSETTO is no UTC-OFFSET such as +0100."),
    ("TZNAME:CEST", "RDATE:19820328T020000", "Line 15: RDATE in a time zone makes Outlook reject the feed."),
    (
        "END:VTIMEZONE\n",
        "END:VTIMEZONE\nBEGIN:VTIMEZONE\nTZID:UTC\nEND:VTIMEZONE\n",
        "Line 27: VTIMEZONE has neither STANDARD nor DAYLIGHT.",
    ),
    (
        "END:VTIMEZONE\n",
        "END:VTIMEZONE\nBEGIN:VTIMEZONE\nTZID:Europe/Madrid\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\n",
        "Line 27: VTIMEZONE Europe/Madrid is a duplicate.",
    ),
]

IDENTITIES = [
    (
        "UID:day.housing@example.org",
        "UID:forum.migration@example.org",
        "Line 63: forum.migration@example.org names a second VEVENT.",
    ),
    (
        "RECURRENCE-ID;TZID=Europe/Madrid:20180301T100000\n",
        "",
        "Line 56: hearing.migration@example.org names a second VEVENT.",
    ),
    (
        "UID:hearing.migration@example.org",
        "UID:other@example.org",
        "Line 59: RECURRENCE-ID belongs to no VEVENT with an RRULE.",
    ),
    (
        "RRULE:FREQ=MONTHLY;BYDAY=1TH;UNTIL=20180503T080000Z\n",
        "",
        "Line 58: RECURRENCE-ID belongs to no VEVENT with an RRULE.",
    ),
    (
        "RECURRENCE-ID;TZID=Europe/Madrid:20180301T100000",
        "RECURRENCE-ID;VALUE=DATE:20180301",
        "Line 59: RECURRENCE-ID and DTSTART of the repeated VEVENT are not of the same type.",
    ),
    (
        "RECURRENCE-ID;TZID=Europe/Madrid:20180301T100000",
        "RECURRENCE-ID:20180301T090000Z",
        "Line 59: RECURRENCE-ID and DTSTART of the repeated VEVENT are not of the same type.",
    ),
]

ALARMS = [
    ("ACTION:DISPLAY\n", "", "Line 42: VALARM has no ACTION."),
    ("TRIGGER:-P6DT15H\n", "", "Line 42: VALARM has no TRIGGER."),
    ("TRIGGER:-P6DT15H", "TRIGGER:7d", "Line 44: TRIGGER is no DURATION such as P1D or PT12H."),
    ("TRIGGER:-P6DT15H", "TRIGGER;VALUE=DATE-TIME:20170901T090000", "Line 44: TRIGGER is not in UTC."),
    ("ACTION:DISPLAY", "ACTION:SHOUT", "Line 43: ACTION of VALARM is not one of AUDIO, DISPLAY, EMAIL."),
    ("DESCRIPTION:Forum\n", "", "Line 42: VALARM of DISPLAY has no DESCRIPTION."),
    ("ACTION:DISPLAY", "ACTION:EMAIL\nSUMMARY:Forum", "Line 42: VALARM of EMAIL has no ATTENDEE."),
    (
        "DESCRIPTION:Forum\n",
        "DESCRIPTION:Forum\nREPEAT:2\n",
        "Line 42: VALARM has one of DURATION and REPEAT, not both.",
    ),
]

TWICE = [
    "VERSION:2.0",
    "PRODID:-//wavectl//tests//EN",
    "UID:forum.migration@example.org",
    "DTSTAMP:20170601T000000Z",
    "LAST-MODIFIED:20170601T000000Z",
    "SEQUENCE:2",
    "DTSTART;VALUE=DATE:20170914",
    "DTEND;VALUE=DATE:20170918",
    "SUMMARY:Audition",
    "URL:https://example.org/a;b,c?d=%C3%A9",
    "STATUS:CONFIRMED",
    "TRANSP:TRANSPARENT",
    "DURATION:PT1H30M",
    "RRULE:FREQ=YEARLY;UNTIL=20201210",
    "RECURRENCE-ID;TZID=Europe/Madrid:20180301T100000",
]

# Instead of the yearly rule of an all-day event.
RULES_ALONE = [
    ("BYMONTH=1", "RRULE has no FREQ."),
    ("FREQ=FORTNIGHTLY", "RRULE has a bad part FREQ=FORTNIGHTLY."),
    ("FREQ=YEARLY;FREQ=YEARLY", "RRULE gives a part twice."),
    ("FREQ=YEARLY;", "RRULE has a bad part =."),
    ("FREQ=YEARLY;INTERVAL=0", "RRULE has a bad part INTERVAL=0."),
    ("FREQ=YEARLY;COUNT=0", "RRULE has a bad part COUNT=0."),
    ("FREQ=YEARLY;COUNT=2;UNTIL=20201210", "RRULE has COUNT and UNTIL."),
    ("FREQ=YEARLY;BYMONTH=13", "RRULE has a bad part BYMONTH=13."),
    ("FREQ=YEARLY;BYMONTHDAY=0", "RRULE has a bad part BYMONTHDAY=0."),
    ("FREQ=YEARLY;BYDAY=54MO", "RRULE has a bad part BYDAY=54MO."),
    ("FREQ=YEARLY;BYDAY=XX", "RRULE has a bad part BYDAY=XX."),
    ("FREQ=WEEKLY;BYDAY=1MO", "RRULE counts weekdays where it cannot."),
    ("FREQ=WEEKLY;BYMONTHDAY=1", "RRULE has BYMONTHDAY in a WEEKLY rule."),
    ("FREQ=MONTHLY;BYWEEKNO=1", "RRULE has BYWEEKNO in a MONTHLY rule."),
    ("FREQ=MONTHLY;BYSETPOS=1", "RRULE has BYSETPOS alone."),
    ("FREQ=YEARLY;BYHOUR=24", "RRULE has a bad part BYHOUR=24."),
    ("FREQ=YEARLY;BYHOUR=9", "RRULE of an all-day event names times."),
    ("FREQ=YEARLY;WKST=XX", "RRULE has a bad part WKST=XX."),
    ("FREQ=YEARLY;X-A=1", "RRULE has a bad part X-A=1."),
    ("FREQ=YEARLY;UNTIL=20201310", "RRULE has a bad part UNTIL=20201310."),
    ("FREQ=YEARLY;UNTIL=20201210T000000Z", "UNTIL and DTSTART are not of the same type."),
    ("FREQ=YEARLY;UNTIL=20161210", "UNTIL is before DTSTART."),
]

BROKEN = [*BYTES, *CONTENT_LINES, *COMPONENTS, *CARDINALITY, *VALUES, *RULES, *RELATIONS, *ZONES, *IDENTITIES, *ALARMS]


def broken(old: str | bytes, new: str | bytes) -> bytes:
    """Return the sound calendar with the first ``old`` turned into ``new``; bytes are put in raw."""
    data = encode(SOUND)
    old, new = (one if isinstance(one, bytes) else encode(one) for one in (old, new))
    assert old in data
    return data.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new", "fault"), BROKEN, ids=[fault for _, _, fault in BROKEN])
def test_each_kind_of_fault_is_found_alone(old, new, fault):
    assert faults(broken(old, new)) == [fault]


@pytest.mark.parametrize("line", TWICE)
def test_a_duplicate_property_is_found(line):
    number = SOUND.split("\n").index(line) + 2
    name = line.replace(";", ":").partition(":")[0]
    component = "VCALENDAR" if number < 11 else "VEVENT"
    found = faults(broken(f"{line}\n", f"{line}\n{line}\n"))
    assert found == [f"Line {number}: {name} is a duplicate in {component}."]


@pytest.mark.parametrize(("rule", "fault"), RULES_ALONE)
def test_each_fault_of_a_rule_is_found_alone(rule, fault):
    assert faults(broken("FREQ=YEARLY;UNTIL=20201210", rule)) == [f"Line 67: {fault}"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "Line 1: this is no VCALENDAR."),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "Line 1: this is no VCALENDAR."),
        (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nEND:VCALENDAR\r\n",
            "Line 1: the calendar holds no component.",
        ),
    ],
    ids=["empty", "event-alone", "no-component"],
)
def test_calendar_without_substance_is_a_fault(data, fault):
    assert faults(data) == [fault]


@pytest.mark.parametrize(("place", "reason"), HOUSE.items(), ids=[" ".join(place) for place in HOUSE])
def test_rules_of_the_house_are_among_the_broken(place, reason):
    assert any(fault.endswith(reason) for _, _, fault in BROKEN), place


@settings(deadline=None)
@given(st.data())
def test_no_bytes_make_the_check_fail_itself(data):
    sound = encode(SOUND)
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(start + 40, len(sound))))
    put = data.draw(st.binary(max_size=12) | st.sampled_from([b"\r\n", b":", b";", b'"', b"=", b"END:", b"BEGIN:"]))
    assert all(fault.startswith("Line ") for fault in faults(sound[:start] + put + sound[end:]))

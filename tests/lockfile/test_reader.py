"""The lockfile reader is strict: a line that wavectl would not write is reported with its number and a hint."""

from __future__ import annotations

import json

import pytest

from wavectl.diagnostics import Finding
from wavectl.lockfile.entry import LastChange, LockEntry, dump_lockfile
from wavectl.lockfile.reader import parse_lockfile, unreadable_lockfile

FACTS = {
    "members": ["w/a", "v/b"],
    "when": "2017-12-10",
    "zone": "Asia/Seoul",
    "repeat": "yearly",
    "until": "2018-12-10",
    "except": {"2018-12-10": {"when": "2018-12-12", "status": "postponed"}},
    "status": "tentative",
    "place": {"name": {"en": "Rome"}, "country": "IT", "online": True},
    "title": {"en": "A", "fr": "Ä\u2028"},
    "short": "a",
    "digest": "0123456789ab",
    "sequence": 3,
    "published": "2017-06-01",
    "modified": "2017-06-03",
    "before": {"day": "2017-06-03", "when": "2017-12", "status": "withdrawn", "place": {"country": "FR"}},
    "withdrawn": "2017-06-03",
    "into": "b.w@x",
    "former": ["v/a", "v/c"],
}
LINE = LockEntry(
    members=("w/a", "v/b"),
    when="2017-12-10",
    zone="Asia/Seoul",
    repeat="yearly",
    until="2018-12-10",
    exceptions={"2018-12-10": {"when": "2018-12-12", "status": "postponed"}},
    status="tentative",
    place={"name": {"en": "Rome"}, "country": "IT", "online": True},
    title={"en": "A", "fr": "Ä\u2028"},
    short="a",
    digest="0123456789ab",
    sequence=3,
    published="2017-06-01",
    modified="2017-06-03",
    before=LastChange("2017-06-03", "2017-12", "withdrawn", {"country": "FR"}),
    withdrawn="2017-06-03",
    into="b.w@x",
    former=("v/a", "v/c"),
)
PLAIN = LockEntry(("w/b",), "2017-09", title="B", digest="0", published="2017-06-01", modified="2017-06-01")
LINES = {"a.w@x": LINE, "b.w@x": PLAIN}
DATA = dump_lockfile(LINES, "x")
NEEDED = ("members", "when", "title", "digest", "sequence", "published", "modified")


def found(data: bytes) -> list[Finding]:
    """Return the line and message of each finding; a damaged file has no entries."""
    record = parse_lockfile(data)
    assert record.raw == data
    if record.findings:
        assert dict(record.entries) == {}
        rows = record.text.split("\n")
        assert all(one.span and one.span.line <= len(rows) for one in record.findings)
        assert {(one.rule, one.file) for one in record.findings} == {("damaged-lock", "wavectl.lock")}
        assert all(one.hint for one in record.findings)
    return list(record.findings)


def places(data: bytes) -> list[tuple[int, str]]:
    return [(one.span.line if one.span else 0, str(one.message)) for one in found(data)]


def test_what_was_written_is_read():
    record = parse_lockfile(DATA)
    assert (record.findings, record.domain, record.raw) == ((), "x", DATA)
    assert record.entries == LINES
    assert list(record.entries) == ["a.w@x", "b.w@x"]


def test_line_ends_of_windows_are_read_alike():
    assert parse_lockfile(DATA.replace(b"\n", b"\r\n")).entries == LINES


def with_facts(**changes: object) -> bytes:
    """Return the record with some facts of its first line changed; None takes one out."""
    facts = {key: fact for key, fact in {**FACTS, **changes}.items() if fact is not None}
    rows = DATA.decode().split("\n")
    rows[1] = f'"a.w@x": {json.dumps(facts, ensure_ascii=False)},'
    return "\n".join(rows).encode()


def test_facts_are_in_the_order_of_the_form():
    assert with_facts() == DATA


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("members", []), ("members", "w/a"), ("members", ["W/a"]), ("members", [1]),
        ("when", "soon"), ("when", "unknown"), ("when", 2017), ("zone", "Europe/Paname"), ("repeat", "often"),
        ("until", "2018-12"), ("until", "20181210"), ("except", []), ("except", {"2018-12-10": {"note": "x"}}),
        ("status", "gone"), ("status", "withdrawn"), ("place", {"town": "Rome"}), ("place", {"country": "Italy"}),
        ("title", 1), ("title", {}), ("short", []), ("digest", 1), ("sequence", -1), ("sequence", "3"),
        ("sequence", True), ("sequence", 1.0), ("published", "2017-6-1"), ("modified", "yesterday"), ("modified", 1),
        ("before", {}), ("before", {"day": "2017-06-03", "title": "x"}), ("before", {"day": "2017", "status": "x"}),
        ("withdrawn", "2017-02-30"), ("withdrawn", True), ("into", 1), ("into", "c.w@x"), ("mood", "good"),
        ("x-a", "b"), ("modified", "1582-12-31"), ("withdrawn", "9999-12-31"),
        *((name, None) for name in NEEDED),
    ],
)  # fmt: skip
def test_an_invalid_fact_is_reported(fact, value):
    assert places(with_facts(**{fact: value})) == [(2, f'this line is damaged at "{fact}"')]


@pytest.mark.parametrize(
    "changes",
    [
        {"repeat": None},
        {"until": None},
        {"until": "2017-12-09"},
        {"repeat": "FREQ=MONTHLY;BYMONTHDAY=11"},
        {"when": "2017-12-10/.."},
        {"when": "2017", "repeat": "FREQ=YEARLY"},
    ],
)
def test_a_rule_that_does_not_fit_is_reported(changes):
    assert places(with_facts(**changes)) == [(2, 'this line is damaged at "repeat"')]
    assert places(with_facts(until="2017-12-10")) == places(with_facts(repeat=None, until=None)) == []


@pytest.mark.parametrize(
    ("row", "damaged"),
    [
        (2, '"a.w@x": {"members": ["w/a"], "when": "2017-'),
        (2, '"a.w@x": {},'),
        (2, "a.w@x: {},"),
        (2, '"a.w@x": [],'),
        (2, "{"),
        (2, "}"),
        (4, '"b.w@x": {"members": ["w/b"], "members": ["w/c"]},'),
    ],
)
def test_a_damaged_line_is_reported(row, damaged):
    rows = DATA.decode().split("\n")
    rows[row - 1] = damaged
    assert [number for number, _ in places("\n".join(rows).encode())] == [row]


def test_every_damaged_line_is_reported():
    rows = DATA.decode().split("\n")
    rows[1], rows[3] = rows[1][:50], rows[3][:-1]
    assert places("\n".join(rows).encode()) == [(2, "this line is damaged"), (4, "this line is damaged")]


def test_invalid_utf8_is_reported():
    assert places(DATA.replace("Ä".encode(), b"\xff")) == [(2, "this line is damaged")]


@pytest.mark.parametrize("cut", [1, 2, 5, 30, len(DATA) // 2, len(DATA) - 5, len(DATA) - 2])
def test_an_incomplete_file_is_reported(cut):
    assert found(DATA[:cut])


@pytest.mark.parametrize("data", [b"", b"\n", b"{\n}\n", b"{}", b"null", b"\xef\xbb\xbf" + DATA])
def test_a_file_without_schema_is_reported(data):
    assert found(data)


def test_reformatted_json_is_reported():
    assert found(json.dumps(json.loads(DATA), indent=2).encode())


def test_a_duplicate_entry_is_reported_at_the_second():
    rows = DATA.decode().split("\n")
    rows[4:4] = [rows[1]]
    assert places("\n".join(rows).encode()) == [(5, "this entry is in the file twice")]


def test_an_entry_of_another_domain_is_reported():
    assert places(DATA.replace(b'"b.w@x": ', b'"b.w@y": ').replace(b'"into": "b.w@x"', b'"into": "a.w@x"')) == [
        (4, 'this line is damaged at "uid"')
    ]


OTHER = {"wavectl/lock/2": "newer", "wavectl/lock/10": "newer", "wavectl/lock/0": "schema", "lock": "schema"}


@pytest.mark.parametrize(("schema", "says"), [*OTHER.items(), (f"wavectl/lock/{'9' * 9999}", "schema")])
def test_another_schema_is_reported(schema, says):
    ((line, message),) = places(DATA.replace(b"wavectl/lock/1", schema.encode()))
    assert (line, says in message) == (6, True)


@pytest.mark.parametrize("uid", ['"b@x": ', '".w@x": ', '"B.w@x": ', '"b.w@x ": ', '"\\ud800.w@x": ', '"b\\".w@x": '])
def test_an_invalid_uid_is_reported(uid):
    data = DATA.replace(b'"b.w@x": ', uid.encode()).replace(b'"into": "b.w@x"', b'"into": "a.w@x"')
    assert places(data) == [(4, 'this line is damaged at "uid"')]


def test_a_fact_without_a_value_is_as_if_it_were_left_out():
    rows = DATA.decode().split("\n")
    empty = dict.fromkeys(("zone", "repeat", "until", "place", "short", "before", "withdrawn", "into"))
    rows[3] = rows[3].replace("},", f", {json.dumps(empty)[1:-1]}}},")
    assert parse_lockfile("\n".join(rows).encode()).entries == LINES


def test_a_deeply_nested_line_is_reported():
    rows = DATA.decode().split("\n")
    rows[3] = '"b.w@x": ' + '{"a": ' * 100_000 + "1" + "}" * 100_000 + ","
    assert places("\n".join(rows).encode()) == [(4, "this line is damaged")]


@pytest.mark.parametrize("domain", [b'""', b"1", b"null", b'"\\ud800"', b'"x y"'])
def test_an_invalid_domain_is_reported(domain):
    assert places(DATA.replace(b'"uid_domain": "x"', b'"uid_domain": ' + domain)) == [
        (6, 'this line is damaged at "uid_domain"')
    ]


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> branch", "||||||| merged"])
def test_a_conflict_is_reported_at_its_first_line(marker):
    rows = DATA.decode().split("\n")
    rows[3:3] = [marker]
    ((line, message),) = places("\n".join(rows).encode())
    assert (line, "conflict" in message) == (4, True)


def test_a_file_that_cannot_be_read_is_reported():
    (finding,) = unreadable_lockfile("Permission denied").findings
    assert "Permission denied" in str(finding.message)

"""The record is one valid JSON object, an entry a line, and the same lines give the same bytes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from wavectl.lockfile.entry import LockEntry, dump_lockfile, place_to_json, text_to_json
from wavectl.lockfile.reader import parse_lockfile
from wavectl.model import Place

DAY = "2017-06-01"
PLAIN = LockEntry(("w/b",), "2017-09", title="Été", digest="0", published=DAY, modified=DAY)


def test_every_byte():
    data = dump_lockfile({"b.w@x": PLAIN, "a.w@x": PLAIN._replace(members=("w/a", "v/a"), sequence=2)}, "x")
    rest = '"when": "2017-09", "title": "Été", "digest": "0"'
    days = '"published": "2017-06-01", "modified": "2017-06-01"'
    assert data.decode() == (
        "{\n"
        f'"a.w@x": {{"members": ["w/a", "v/a"], {rest}, "sequence": 2, {days}}},\n'
        "\n"
        f'"b.w@x": {{"members": ["w/b"], {rest}, "sequence": 0, {days}}},\n'
        "\n"
        '"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "x"}\n'
        "}\n"
    )
    assert list(json.loads(data)) == ["a.w@x", "b.w@x", "wavectl"]


def test_a_lockfile_without_entries_is_read():
    assert dump_lockfile({}, "x") == b'{\n"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "x"}\n}\n'
    assert parse_lockfile(dump_lockfile({}, "x")).domain == "x"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_any_text_stays_on_its_line(text):
    lines = {"b.w@x": PLAIN._replace(title=text, short={"en": text})}
    data = dump_lockfile(lines, "x")
    assert data.count(b"\n") == 5
    assert parse_lockfile(data).entries == lines


def test_texts_and_places_are_plain_data_in_order():
    assert text_to_json({"fr": "b", "en": "a"}) == {"en": "a", "fr": "b"}
    assert list(text_to_json({"fr": "b", "en": "a"}) or ()) == ["en", "fr"]
    assert (text_to_json("a"), text_to_json(None)) == ("a", None)
    place = Place(name={"fr": "b", "en": "a"}, country="FR")
    assert list(place_to_json(place).items()) == [("name", {"en": "a", "fr": "b"}), ("country", "FR")]
    assert place_to_json(Place(online=True, scope="worldwide")) == {"online": True, "scope": "worldwide"}
    assert place_to_json(None) == place_to_json(Place()) == {}


def test_live():
    line = LockEntry(("w/a",), "2017")
    assert line.live
    assert not line._replace(withdrawn="2017-06-01").live
    assert not line._replace(into="b.w@x").live

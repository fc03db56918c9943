"""The record is one valid JSON object, an entry a line, and the same lines give the same bytes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from wavectl.lockfile.entry import Line
from wavectl.lockfile.reading import read
from wavectl.lockfile.writing import dump, plain_place, plain_text
from wavectl.model import Place

DAY = "2017-06-01"
PLAIN = Line(("w/b",), "2017-09", title="Été", digest="0", published=DAY, modified=DAY)


def test_every_byte():
    data = dump({"b.w@x": PLAIN, "a.w@x": PLAIN._replace(members=("w/a", "v/a"), sequence=2)}, "x")
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


def test_a_record_without_entries():
    assert dump({}, "x") == b'{\n"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "x"}\n}\n'
    assert read(dump({}, "x")).domain == "x"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_any_text_stays_on_its_line(text):
    lines = {"b.w@x": PLAIN._replace(title=text, short={"en": text})}
    data = dump(lines, "x")
    assert data.count(b"\n") == 5
    assert read(data).lines == lines


def test_texts_and_places_are_plain_data_in_order():
    assert plain_text({"fr": "b", "en": "a"}) == {"en": "a", "fr": "b"}
    assert list(plain_text({"fr": "b", "en": "a"}) or ()) == ["en", "fr"]
    assert (plain_text("a"), plain_text(None)) == ("a", None)
    place = Place(name={"fr": "b", "en": "a"}, country="FR")
    assert list(plain_place(place).items()) == [("name", {"en": "a", "fr": "b"}), ("country", "FR")]
    assert plain_place(Place(online=True, scope="worldwide")) == {"online": True, "scope": "worldwide"}
    assert plain_place(None) == plain_place(Place()) == {}

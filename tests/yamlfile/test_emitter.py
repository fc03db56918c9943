"""The data of emitted YAML is the data that was given; its style is that of the files of a plan."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wavectl.model.key_order import wave_keys_at
from wavectl.yamlfile.emitter import DATE_SET, emit_file, emit_flow, emit_item, emit_key, sort_all_keys
from wavectl.yamlfile.reader import parse_document


def back(lines: list[str]) -> Any:
    """Return the data of these lines."""
    document = parse_document("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"), "x.yaml")
    assert not document.findings
    return document.data


KEYS = st.sampled_from(["id", "title", "when", "fr", "except", "2018-12-10", "url", "x-y", "actors", "a key", "yes"])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30),
    st.sampled_from(
        [
            "",
            " ",
            "null",
            "~",
            "2018",
            "true",
            "yes",
            "a: b",
            "a #b",
            "#b",
            "- x",
            "a\n\nb\n",
            "a\n  b",
            "a\n ",
            "\na",
            "a\n\n",
            "it's",
            'a "b"',
            "\\",
            "[2018-07-05..2018-07-20]",
            "2018-07-05/..",
            "2018-10?",
            "2017-11-08T15:00/2017-11-08T16:30",
            "FREQ=YEARLY;BYDAY=1MO",
            "https://a.org/x?y=z#w",
            "@a",
            "%",
            "été",
            "한국어",
            "a\tb",
            "a\n\tb",
            "---",
            "...",
            "a\x85b\n",
            "a\u2028b\nc\n",
            "a \nb\n",
            " a\nb",
            "NO",
            "=",
            "<<",
            '\xa0a "b"',
            "😀",
        ]
    ),
)
DATA = st.recursive(
    TEXTS | st.none(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
    max_leaves=8,
)


def same(data: Any) -> Any:
    """Return data with each set of days as a list of one item, as YAML reads it without quotation marks."""
    if isinstance(data, dict):
        return {key: same(one) for key, one in data.items()}
    if isinstance(data, list):
        return [same(one) for one in data]
    return [data[1:-1]] if isinstance(data, str) and DATE_SET.fullmatch(data) else data


@settings(deadline=None)  # the first use imports ruamel.yaml
@given(KEYS, DATA)
def test_emitted_keys_are_read_back(key: str, data: Any) -> None:
    assert same(back(emit_key(key, data))) == same({key: data})


@settings(deadline=None)  # the first use imports ruamel.yaml
@given(KEYS, DATA)
def test_emitted_items_and_flows_are_read_back(key: str, data: Any) -> None:
    assert same(back([f"{key}:", *emit_item(key, data, 2)])) == same({key: [data]})
    assert same(back([f"{key}: {emit_flow(key, data)}"])) == same({key: data})


@settings(deadline=None)
@given(TEXTS)
def test_texts_for_people_are_read_as_texts_by_yaml_1_1_too(text: str) -> None:
    assert yaml.safe_load("\n".join(emit_key("title", text)) + "\n") == {"title": text}


MOMENT = {
    "note": 'Mail: "14-17"',
    "when": "2018-10~",
    "id": "forum",
    "title": {"fr": "Forum : l’été", "en": "Forum"},
    "actors": ["gwangju", "cisdpdh"],
    "except": {"2018-12-10": "cancelled"},
    "place": {"country": "KR", "name": "Gwangju"},
    "description": {"fr": "Un\n\ndeux\n"},
    "x-own": "1",
    "draft": True,
}

WRITTEN = """\
  - id: forum
    title:
      fr: "Forum : l’été"
      en: "Forum"
    when: 2018-10~
    except:
      2018-12-10: cancelled
    place:
      name: "Gwangju"
      country: KR
    actors: [gwangju, cisdpdh]
    description:
      fr: |
        Un

        deux
    note: 'Mail: "14-17"'
    draft: true
    x-own: "1"
"""


def test_a_file_has_the_lines_of_its_keys() -> None:
    assert emit_file({"title": "T", "actors": ["a"], "except": {"2018": "cancelled"}, "note": "a\nb\n"}) == (
        'title: "T"\nactors:\n  - a\nexcept:\n  2018: cancelled\nnote: |\n  a\n  b\n'
    )


def test_a_moment_looks_like_those_of_the_waves() -> None:
    lines = emit_item("moments", sort_all_keys(MOMENT, ("moments", 0), wave_keys_at), 2)
    assert "".join(f"{line}\n" for line in lines) == WRITTEN
    assert back(["moments:", *lines])["moments"][0] | {"draft": True} == MOMENT


def test_short_lists_are_on_one_line() -> None:
    assert emit_key("was", ["a", "b"]) == ["was: [a, b]"]
    assert emit_key("hashtags", ["#A"]) == ["hashtags:", '  - "#A"']
    assert emit_key("actors", ["a"]) == ["actors:", "  - a"]
    assert len(emit_key("regions", ["a" * 20] * 5)) == 6
    assert emit_key("months", ["6", "18"])[0].startswith("months: [")

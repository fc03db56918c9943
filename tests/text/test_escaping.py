"""Escaped text is shown unchanged: a parser of each format gives it back."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.text import markdown
from wavectl.text.escaping import (
    dump_json,
    dump_script_json,
    escape_formula,
    escape_html,
    escape_markdown,
    escape_markdown_minimal,
    is_formula,
    replace_control_characters,
    unescape_formula,
)
from wavectl.text.terminal import printable


class _Read(HTMLParser):
    """Collect the text, tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.tags = "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@given(text=st.text().map(printable))
def test_html_and_xml_give_a_text_back(text: str) -> None:
    page = f'<p title="{escape_html(text)}">{escape_html(text)}</p>'
    read = _Read(page)
    expected = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert (read.words, read.tags) == (expected, [("p", {"title": expected})])
    element = ElementTree.fromstring(page)  # noqa: S314 - it is our own
    assert (element.text or "", element.attrib["title"]) == (expected, expected)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\ufffe", "\uffff", "\ud800"])
def test_characters_invalid_in_xml_are_replaced(character: str) -> None:
    assert escape_html(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<script>", r"\<script\>"),
        ("`c` [d](e) *f* _g_ ~h~", r"\`c\` \[d\](e) \*f\* \_g\_ \~h\~"),
        (r"\| &amp; #1 !", r"\\\| \&amp; \#1 \!"),
        ("14-17 été", "14-17 été"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, shown: str) -> None:
    assert escape_markdown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ [c](d) <e> `f` # | ~ ! &", r"\*a\* \_b\_ \[c\](d) \<e> \`f\` # \| \~ ! \&"),
        ("# a", r"\# a"),
        ("#Droit", r"\#Droit"),
        ("> a", r"\> a"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("4ème Forum", "4ème Forum"),
        ("= a", r"\= a"),
        ("a - 1. b", "a - 1. b"),
    ],
)
def test_minimal_escaping_of_markdown(text: str, shown: str) -> None:
    assert escape_markdown_minimal(text) == shown
    assert escape_markdown_minimal(text, inline=True).replace("\\", "") == text


@given(data=st.dictionaries(st.text(st.characters()), st.text(st.characters())))
def test_json_has_the_data_and_no_control_characters(data: dict[str, str]) -> None:
    text = dump_json(data)
    assert json.loads(text.encode()) == data
    assert not {one for one in text if unicodedata.category(one) == "Cc" and one != "\n"}


@given(data=st.dictionaries(st.text(), st.text()))
def test_data_cannot_leave_its_script(data: dict[str, str]) -> None:
    text = dump_script_json(data)
    assert json.loads(text) == data
    assert not set(text) & set("<>&\u2028\u2029")


def test_a_script_inside_data_stays_data() -> None:
    assert dump_script_json({"a": "</script><!--"}) == '{"a": "\\u003c/script\\u003e\\u003c!--"}'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u200b=1", "＝1", " -1"])
def test_formulas_are_escaped(text: str) -> None:
    assert is_formula(text)
    assert escape_formula(text) == f"'{text}"
    assert unescape_formula(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "a=b", "'quoted'", "2017-09", "été", "'"])
def test_other_texts_stay(text: str) -> None:
    assert escape_formula(text) == unescape_formula(text) == text


def test_control_characters_are_replaced_and_lines_stay() -> None:
    assert replace_control_characters("a\x1bb\tc\r\nd\re\x00\ud800") == "a\ufffdb c\nd e\ufffd\ufffd"


@given(text=st.text())
def test_an_escaped_text_is_no_formula_and_is_read_back(text: str) -> None:
    assert not is_formula(escape_formula(text))
    if not text.startswith("'"):
        assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize(
    "text", ["A day of work, with cities (no 7): towns’ halls?", "Élus; habitants - et/ou 10. 11) ", "ぁ 世界"]
)
def test_a_plain_text_is_what_the_markdown_parser_makes_of_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = markdown.render_markdown(text)
    monkeypatch.setattr(markdown, "_PLAIN", re.compile("(?!)"))
    assert quick == markdown.render_markdown(text) == f"<p>{text.strip()}</p>\n"

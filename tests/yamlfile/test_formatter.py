"""Formatted files: they look like the waves of the network, and keep their data and their comments."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support.plans import REAL, ROOT
from wavectl.model.key_order import programme_keys_at, wave_keys_at
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.emitter import KeysAt
from wavectl.yamlfile.formatter import format_document, normalise_dates
from wavectl.yamlfile.reader import parse_document

FILES = sorted(
    file
    for folder in ("waves", "tests/cases")
    for file in (ROOT / folder).rglob("*.y*ml")
    if not parse_document(file.read_bytes(), file.name).findings
)


def document(text: str) -> Document:
    parsed = parse_document(text.encode(), "x.yaml")
    assert not parsed.findings, (parsed.findings, text)
    return parsed


def formatted(text: str, keys_at: KeysAt = wave_keys_at) -> str:
    """Return a text formatted; check that its data stays and that formatting it again changes nothing."""
    before = document(text)
    result = format_document(before, keys_at)
    assert result is not None, text
    after = document(result)
    assert normalise_dates(after.data, (), keys_at) == normalise_dates(before.data, (), keys_at), text
    assert format_document(after, keys_at) == result
    return result


def keys_of(file: Path) -> KeysAt:
    return programme_keys_at if file.stem == "programme" else wave_keys_at


def test_there_are_files_to_format() -> None:
    assert len(FILES) > 100


@pytest.mark.parametrize("file", sorted(REAL.glob("*.yaml")), ids=lambda file: file.name)
def test_the_waves_of_the_network_are_formatted(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert formatted(text, keys_of(file)) == text


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_file_keeps_its_data(file: Path) -> None:
    formatted(file.read_text(encoding="utf-8-sig"), keys_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_comment_is_lost(file: Path) -> None:
    text = file.read_text(encoding="utf-8-sig")
    chance = random.Random(file.name)  # noqa: S311 - the same every time
    for round_ in range(6):
        text_with = with_comments(text, chance)
        if parse_document(text_with.encode(), "x.yaml").findings:
            continue
        after = formatted(text_with, keys_of(file))
        assert Counter(words(after)) == Counter(words(text_with)), round_


def words(text: str) -> list[str]:
    """Return the comments that were inserted into a text."""
    return re.findall(r"#zz(?:last|\d+b?)", text)


def with_comments(text: str, chance: random.Random) -> str:
    """Return a text with comments and blank lines between its lines, and comments after them, at random."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if chance.random() < 0.2:
            lines.append(f"{' ' * chance.randrange(8)}#zz{number}")
        if chance.random() < 0.2:
            lines.append(chance.choice(["", "  "]))
        lines.append(f"{line} #zz{number}b" if chance.random() < 0.3 else line)
    lines.append(f"{' ' * chance.randrange(5)}#zzlast")
    return "\n".join(lines) + "\n"


MESSY = """\
# The wave of Ana.

waive: {calendar-length: "As published"}   # agreed on Monday
moments:
- {when: 2018-07-05/, id: forum, title: Forum}
-
  # moved twice
  title: 'The "Assembly"'   # in English only
  id: assembly
  x-room:   {b: 1,
     a: 2}
  when:   [2018-01..2018-06]
  place: Bonn
  # place: Paris

# no actor yet
- id: day
  title: >
    One
    two
  draft: true # not sure
  when: "2018"
  regions:
    - africa # and no other
    - europe
  priorities:
    - learning
    - advocacy
  # - id: old
  #   title: "Old"
# as the city writes
period: "2018"
x-team: [Ana,
  Bob]
description: "Two\\nlines"
title: 2018
actors: [uclg, cmi]


"""
NEAT = """\
# The wave of Ana.

title: "2018"
# as the city writes
period: 2018
description: |-
  Two
  lines

moments:
  - id: forum
    title: "Forum"
    when: 2018-07-05/..

  - id: assembly
    # moved twice
    title: 'The "Assembly"' # in English only
    when: [2018-01..2018-06]
    place: "Bonn"
    x-room:   {b: 1,
       a: 2}
    # place: Paris

  # no actor yet
  - id: day
    title: >
      One
      two
    when: 2018
    regions:
      - africa # and no other
      - europe
    priorities: [learning, advocacy]
    draft: true # not sure
    # - id: old
    #   title: "Old"

actors:
  - uclg
  - cmi

waive: # agreed on Monday
  calendar-length: "As published"

x-team: [Ana,
  Bob]
"""


def test_a_messy_wave() -> None:
    assert formatted(MESSY) == NEAT


def test_keys_without_values_and_texts_that_end_with_blank_lines() -> None:
    text = "title: T\nslogan:\nactors: # who?\n  # Ana\n\nmoments: []\ndescription: |+\n  a\n\n\nnotice: null\n"
    assert formatted(text) == (
        'title: "T"\nslogan:\ndescription: |+\n  a\n\n\nnotice: null\n\nmoments: []\n\nactors: # who?\n  # Ana\n'
    )
    assert formatted("title: T\ndescription: |+\n  a\n\nmoments: []\n") == (
        'title: "T"\ndescription: |+\n  a\n\nmoments: []\n'
    )


def test_extensions_are_kept_as_they_are_at_the_end() -> None:
    assert formatted("title: {x-by: Ana, fr: T}\n") == 'title:\n  fr: "T"\n  x-by: Ana\n'
    assert formatted("x-a: |+\n  b\n\n\ntitle: T\n") == 'title: "T"\nx-a: |+\n  b\n\n\n'


def test_a_file_with_only_comments_stays_as_it_is() -> None:
    assert formatted("\n# nothing yet\n") == "\n# nothing yet\n"


def test_keys_are_not_sorted_in_a_file_with_references() -> None:
    text = "x-place: &bonn {name: Bonn}\nmoments:\n  - title: T\n    place: *bonn\n    id: a\ntitle: T\n"
    assert formatted(text) == (
        'x-place: &bonn {name: Bonn}\n\nmoments:\n  - title: "T"\n    place: *bonn\n    id: a\n\ntitle: "T"\n'
    )


def test_a_file_with_a_reference_as_a_key_is_left_alone() -> None:
    assert format_document(document("x-a: &status b\n*status : c\n"), wave_keys_at) is None


def test_line_ends_stay() -> None:
    assert formatted("title: T\r\nmoments:\r\n- id: a\r\n  title: |\r\n    A\r\n    B\r\n") == (
        'title: "T"\r\n\r\nmoments:\r\n  - id: a\r\n    title: |\r\n      A\r\n      B\r\n'
    )


def test_a_comment_for_an_editor_stays_at_the_top() -> None:
    text = "# yaml-language-server: $schema=.wave.schema.json\nstatus: announced\ntitle: T\n"
    assert formatted(text) == '# yaml-language-server: $schema=.wave.schema.json\ntitle: "T"\nstatus: announced\n'


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=20),
    st.sampled_from(["a\n\nb\n", " a\nb", "a\n\n", "\n\na", "null", "2018", "#a", "a: b", 'say "no"', "\\", "\n"]),
)


@st.composite
def styled(draw: st.DrawFn) -> str:
    """Return a wave file with texts in any style and keys in any order."""

    class Styled(str):
        __slots__ = ("style",)

    class Dumper(yaml.SafeDumper):
        pass

    Dumper.add_representer(
        Styled, lambda dumper, one: dumper.represent_scalar("tag:yaml.org,2002:str", str(one), style=one.style)
    )

    def text() -> Styled:
        one = Styled(draw(TEXTS))
        one.style = draw(st.sampled_from(["'", '"', "|", ">"]))
        return one

    moments = [
        dict(draw(st.permutations([("id", f"m{number}"), ("title", text()), ("when", "2018-03"), ("note", text())])))
        for number in range(draw(st.integers(0, 3)))
    ]
    block = [("title", {"fr": text(), "en": text()}), ("moments", moments), ("x-own", [text()]), ("slogan", text())]
    chosen = dict(draw(st.permutations(block)))
    flow = draw(st.sampled_from([True, False, None]))
    width = draw(st.integers(20, 200))
    return yaml.dump(chosen, Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=width)


@given(styled(), st.randoms(use_true_random=False))
def test_any_style_is_formatted(text: str, chance: random.Random) -> None:
    text = "".join(
        f"{' ' * chance.randrange(6)}#zz{number}\n{line}" if chance.random() < 0.1 else line
        for number, line in enumerate(text.splitlines(keepends=True))
    )
    if not parse_document(text.encode(), "x.yaml").findings:
        after = formatted(text)
        assert Counter(words(after)) == Counter(words(text))

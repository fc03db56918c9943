"""The pages of the real waves: golden in a pipe, as Markdown, in a terminal; within the screen; in three languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.golden import Golden
from support.pages import SGR, real
from support.plans import TODAY
from support.terminal import screen, wavectl
from wavectl.insights import PAGES

EXPECTED = Path(__file__).parent / "expected"
PAGED = {"status": (), "show": ("migration",), "todo": (), "coverage": (), "converge": ()}
"""The pages shown here, and what their commands are given."""
LANGUAGES = ("fr", "en", "es")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGED)
def test_a_page_in_a_pipe(name: str, lang: str, golden: Golden) -> None:
    golden(EXPECTED / f"{name}-pipe-{lang}.txt", real(name, *PAGED[name], lang=lang))


@pytest.mark.parametrize("name", PAGED)
def test_a_page_as_markdown(name: str, golden: Golden) -> None:
    golden(EXPECTED / f"{name}.md", real(name, *PAGED[name], "--format", "markdown", lang="fr"))


@pytest.mark.parametrize("name", PAGED)
def test_a_page_for_programs(name: str, golden: Golden) -> None:
    golden(EXPECTED / f"{name}.json", real(name, *PAGED[name], "--format", "json"))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGED)
def test_no_line_is_wider_than_the_screen(name: str, lang: str, width: int) -> None:
    text = real(name, *PAGED[name], lang=lang, width=width)
    plain = re.sub(SGR, "", text)
    assert max(map(cell_len, plain.splitlines())) <= width
    assert plain != text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGED)
def test_a_screen_says_what_a_pipe_says(name: str, lang: str) -> None:
    """Whatever folds on a screen, every word is there: tables lose none to their columns."""
    wide = re.sub(SGR, "", real(name, *PAGED[name], lang=lang, width=400))
    assert wide.replace("▌", "").split() == real(name, *PAGED[name], lang=lang).split()


def test_every_page_is_looked_at() -> None:
    assert PAGED.keys() <= PAGES.keys()


@pytest.mark.clients
@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("name", PAGED)
def test_a_page_on_a_terminal(name: str, width: int, golden: Golden) -> None:
    command = wavectl("--today", TODAY, "--lang", "en", name, *PAGED[name])
    text = screen(command, width)
    golden(EXPECTED / f"{name}-{width}.txt", text)
    assert max(map(cell_len, text.splitlines())) <= width
    for dress in ({"colour": False}, {"env": {"TERM": "dumb"}}):
        assert screen(command, width, **dress) == text
    bare = screen(command, width, colour=False, unicode=False)
    assert bare.isascii()
    assert "?" not in bare.replace("? Center", "").replace("? to be", "").replace("?  Center", "")
    if width == 80:
        golden(EXPECTED / f"{name}-{width}-colour.txt", screen(command, width, shades=True))

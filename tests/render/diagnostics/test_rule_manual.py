"""Manual pages as text, Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.golden import Golden
from wavectl.diagnostics import Severity
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import SEVERITY_NAMES
from wavectl.render.diagnostics.rule_manual import (
    MANUAL_FORMS,
    body_text,
    manual_markdown,
    page_markdown,
    page_text,
    table_text,
)
from wavectl.rules.rule import RulePage, rule_pages

EN = RenderContext(("en",))

EXPECTED = Path(__file__).parent / "expected"
NAMED = RulePage(
    "wave-upside-down",
    Severity.WARNING,
    "A wave stands on its head, or on the head of another one | which is worse.",
    "Turns each `title` around and looks whether it reads better then; where `x-head: down` stands it does not.\n\n"
    "Slogans are turned too.",
    "Whoever reads it has to turn the screen.",
    {"programme.yaml": "design:\n  head: up\n", "wave.yaml": 'title: "¡Ola!"\n'},
    {"wave.yaml": 'title: "¡Hola!"\n\nstatus: announced\n'},
)
ERROR = RulePage(
    "no-head", Severity.ERROR, "A wave has no head.", "Looks.", "It is lost.", {"a.yaml": "a\n"}, {"b.yaml": "b\n"}
)


@pytest.mark.parametrize("width", [0, 40, 80])
def test_a_page_and_the_table_at_each_width(width: int, golden: Golden) -> None:
    style = EN._replace(width=width)
    shown = "\n".join((page_text(NAMED, style), page_text(ERROR, style), table_text([ERROR, NAMED], style)))
    golden(EXPECTED / f"explained-{width or 'none'}.txt", shown)


def test_a_page_and_the_table_in_colour(golden: Golden) -> None:
    style = EN._replace(width=80, colour=True)
    golden(EXPECTED / "explained-colour.txt", "\n".join((page_text(NAMED, style), table_text([ERROR, NAMED], style))))


def test_the_manual_as_markdown(golden: Golden) -> None:
    golden(EXPECTED / "explained.md", manual_markdown([ERROR, NAMED], EN))


@pytest.mark.parametrize("language", UI_LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_but_examples_is_wider_than_the_screen(language: str, width: int) -> None:
    style = RenderContext((language,), width)
    lines = table_text(rule_pages(), style).splitlines()
    lines += [
        line for page in rule_pages() for line in page_text(page, style).splitlines() if not line.startswith("    ")
    ]
    assert len(lines) > 250
    assert [line for line in lines if len(line) > width] == []


@pytest.mark.parametrize("width", range(20, 60))
def test_names_and_dates_stay_whole_and_no_line_opens_with_a_colon(width: int) -> None:
    title = "Il faut wave-upside-down : 2017-11-02 ou non ; 2018-05-03 ?"
    lines = page_text(ERROR._replace(title=title), EN._replace(width=width)).split("\n\n")[0].splitlines()
    assert " ".join(lines) == f"error[no-head]: {title}"
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line[0] in ":;?"] == []


def test_in_a_pipe_each_rule_has_one_line() -> None:
    lines = table_text(rule_pages(), EN).splitlines()
    assert [line.split()[0] for line in lines] == [page.name for page in rule_pages()]
    assert all(line.endswith(page.title) for line, page in zip(lines, rule_pages(), strict=True))


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_each_page_is_in_the_language_of_the_reader(language: str) -> None:
    translate = translator(language)
    for page in rule_pages():
        for form in MANUAL_FORMS.values():
            text = form.render_page(page, RenderContext((language,)))
            if form is MANUAL_FORMS["json"]:
                rule = json.loads(text)["rules"][0]
                text = "\n".join((rule["title"], rule["what"], rule["why"]))
            for phrase in page.translatable_paragraphs:
                assert translate(phrase) in text or translate(phrase).replace("`", '"') in text
                assert language == "en" or translate(phrase) != phrase
        assert translate(SEVERITY_NAMES[page.severity]) in page_text(page, RenderContext((language,)))


def test_only_what_can_be_waived_shows_how() -> None:
    for page in rule_pages():
        text, markdown = body_text(page, EN), page_markdown(page, EN)
        assert text.endswith(f'    waive:\n      {page.name}: "…"\n') is page.waivable
        assert markdown.endswith(f'```yaml\nwaive:\n  {page.name}: "…"\n```\n') is page.waivable
        for rendered in (text, markdown):
            assert rendered.endswith("cannot be waived.\n") is not page.waivable


def test_the_schema_is_the_one_that_is_promised() -> None:
    manual = json.loads(MANUAL_FORMS["json"].render_all([ERROR, NAMED], EN))
    assert manual["schema"] == "wavectl/rules/1"
    assert [rule["name"] for rule in manual["rules"]] == ["no-head", "wave-upside-down"]
    assert json.loads(MANUAL_FORMS["json"].render_page(NAMED, EN)) == {
        "schema": "wavectl/rules/1",
        "rules": [
            {
                "name": "wave-upside-down",
                "severity": "warning",
                "waivable": True,
                "title": NAMED.title,
                "what": NAMED.what,
                "why": NAMED.why,
                "bad": {"programme.yaml": "design:\n  head: up\n", "wave.yaml": 'title: "¡Ola!"\n'},
                "good": {"wave.yaml": 'title: "¡Hola!"\n\nstatus: announced\n'},
            }
        ],
    }

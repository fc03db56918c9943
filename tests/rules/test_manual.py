"""Parsing of the manual pages. ``test_rules.py`` checks that their examples are true."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wavectl.diagnostics import Severity
from wavectl.rules import ALL_RULES
from wavectl.rules.rule import RulePage, parse_page, rule_page, rule_pages

TEXT = """A wave is
upside down.

What it does: turns each ``title``
around.

Says ``so``.

Why it matters: it reads badly.

Bad::

    # programme.yaml
    design:
      months: [6, 18]
    # Housing Wave.yml
    # a comment
    title: "A"

    status: announced

Good::

    # wave.yaml
    title: "B"
"""


def test_a_page_is_parsed() -> None:
    assert parse_page("upside-down", Severity.WARNING, TEXT) == RulePage(
        "upside-down",
        Severity.WARNING,
        "A wave is upside down.",
        "Turns each `title` around.\n\nSays `so`.",
        "It reads badly.",
        {
            "programme.yaml": "design:\n  months: [6, 18]\n",
            "Housing Wave.yml": '# a comment\ntitle: "A"\n\nstatus: announced\n',
        },
        {"wave.yaml": 'title: "B"\n'},
    )


@pytest.mark.parametrize("part", ["A wave is\nupside down.\n\n", "What it does: ", "Why it matters: ", "Bad:", "Good:"])
def test_a_page_of_another_form_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="the page of upside-down is not"):
        parse_page("upside-down", Severity.ERROR, TEXT.replace(part, "", 1))


def test_each_paragraph_is_translated_and_examples_are_not() -> None:
    page = parse_page("upside-down", Severity.INFO, TEXT)
    assert page.translatable_paragraphs == [
        "A wave is upside down.",
        "Turns each `title` around.",
        "Says `so`.",
        "It reads badly.",
    ]
    translated = page.translated(str.upper)
    assert translated.translatable_paragraphs == [text.upper() for text in page.translatable_paragraphs]
    assert (translated.bad, translated.good, translated.name) == (page.bad, page.good, page.name)


@pytest.mark.parametrize(("severity", "waivable"), [("error", False), ("warning", True), ("info", True)])
def test_only_errors_cannot_be_waived(severity: str, waivable: bool) -> None:
    assert parse_page("x", Severity(severity), TEXT).waivable is waivable


def test_errors_come_first_then_names_are_in_order() -> None:
    severities = list(Severity)
    order = [(severities.index(page.severity), page.name) for page in rule_pages()]
    assert order == sorted(order)
    assert len({severity for severity, _ in order}) >= 2


@pytest.mark.parametrize("name", sorted(ALL_RULES))
def test_a_page_has_the_usual_form(name: str) -> None:
    page = rule_page(name)
    assert page.title.endswith(".")
    assert "`" not in page.title  # it is shown in tables and headings
    for text in page.translatable_paragraphs:
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.count("`") % 2 == 0


def test_an_unknown_rule_has_no_page() -> None:
    with pytest.raises(KeyError):
        rule_page("no-such-rule")


def test_validate_does_not_import_reports_that_it_does_not_write() -> None:
    code = "import sys; from wavectl.cli import validate; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "wavectl.rules.missing_slogan" in found
    assert not {"wavectl.render.diagnostics.json", "wavectl.render.diagnostics.sarif"} & set(found)

"""The manual of the rules: docstrings taken apart; that their examples are true is held by ``test_rules.py``."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wavectl.diagnostics import Severity
from wavectl.rules import ALL_RULES
from wavectl.rules.manual import RulePage, parse_page, rule_page, rule_pages

TEXT = """A wave stands
on its head.

What it does: turns each ``title``
around.

Says ``so``.

Why it matters: it reads badly.

Bad::

    # programme.yaml
    design:
      months: [6, 18]
    # Housing Wave.yml
    # a remark
    title: "A"

    status: announced

Good::

    # wave.yaml
    title: "B"
"""


def test_a_docstring_is_taken_apart() -> None:
    assert parse_page("on-its-head", Severity.WARNING, TEXT) == RulePage(
        "on-its-head",
        Severity.WARNING,
        "A wave stands on its head.",
        "Turns each `title` around.\n\nSays `so`.",
        "It reads badly.",
        {
            "programme.yaml": "design:\n  months: [6, 18]\n",
            "Housing Wave.yml": '# a remark\ntitle: "A"\n\nstatus: announced\n',
        },
        {"wave.yaml": 'title: "B"\n'},
    )


@pytest.mark.parametrize(
    "part", ["A wave stands\non its head.\n\n", "What it does: ", "Why it matters: ", "Bad:", "Good:"]
)
def test_a_docstring_of_another_form_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="the page of on-its-head is not"):
        parse_page("on-its-head", Severity.ERROR, TEXT.replace(part, "", 1))


def test_each_paragraph_is_a_phrase_and_examples_are_none() -> None:
    told = parse_page("on-its-head", Severity.INFO, TEXT)
    assert told.translatable_paragraphs == [
        "A wave stands on its head.",
        "Turns each `title` around.",
        "Says `so`.",
        "It reads badly.",
    ]
    other = told.translated(str.upper)
    assert other.translatable_paragraphs == [phrase.upper() for phrase in told.translatable_paragraphs]
    assert (other.bad, other.good, other.name) == (told.bad, told.good, told.name)


@pytest.mark.parametrize(("severity", "waivable"), [("error", False), ("warning", True), ("info", True)])
def test_only_errors_cannot_be_waived(severity: str, waivable: bool) -> None:
    assert parse_page("x", Severity(severity), TEXT).waivable is waivable


def test_errors_come_first_then_names_are_in_order() -> None:
    weights = {"error": 0, "warning": 1, "info": 2}
    order = [(weights[one.severity], one.name) for one in rule_pages()]
    assert order == sorted(order)
    assert len({weight for weight, _ in order}) >= 2


@pytest.mark.parametrize("name", sorted(ALL_RULES))
def test_a_page_is_written_as_all_are(name: str) -> None:
    told = rule_page(name)
    assert told.title.endswith(".")
    assert "`" not in told.title  # it stands in tables and in headings
    for text in told.translatable_paragraphs:
        assert text[0].isupper()
        assert text.endswith(".")
        assert text.count("`") % 2 == 0


def test_a_rule_that_there_is_not_has_no_page() -> None:
    with pytest.raises(KeyError):
        rule_page("no-such-rule")


def test_no_check_of_a_plan_waits_for_the_manual() -> None:
    code = "import sys; from wavectl.cli import validate; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "wavectl.rules.missing_slogan" in found
    unwanted = {
        "wavectl.rules.manual",
        "wavectl.render.diagnostics.json",
        "wavectl.render.diagnostics.sarif",
    }
    assert not unwanted & set(found)

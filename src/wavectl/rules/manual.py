"""Parse the manual pages of the rules, which are the docstrings of their modules and the texts of ``reading.py``.

``wavectl explain``, the rules of a SARIF report, ``docs/rules.md`` and the first test of each rule use the same pages.
A page has this form, in which a comment with a file name starts each file of an example::

    A wave has no slogan.

    What it does: …

    Why it matters: …

    Bad::

        # wave.yaml
        …

    Good::

        # wave.yaml
        …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from textwrap import dedent
from typing import NamedTuple

from wavectl.diagnostics import Severity
from wavectl.rules.reading import READING_RULES
from wavectl.rules.rule import ALL_RULES

_PAGE_PATTERN = re.compile(
    r"(?P<title>.+?)\n\nWhat it does: (?P<what>.+?)\n\nWhy it matters: (?P<why>.+?)\n\n"
    r"Bad::\n\n(?P<bad>.+?)\n\nGood::\n\n(?P<good>.+)",
    re.DOTALL,
)
_FILE_HEADING = re.compile(r"^# (\S.*\.(?:ya?ml|lock))\n", re.MULTILINE)


class RulePage(NamedTuple):
    """The manual page of a rule.

    ``title`` states the problem in one sentence. ``what`` the rule does and ``why`` it matters are paragraphs with an
    empty line between them; code is in backticks. ``bad`` and ``good`` are plans: file names to file contents.
    """

    name: str
    severity: Severity
    title: str
    what: str
    why: str
    bad: Mapping[str, str]
    good: Mapping[str, str]

    @property
    def waivable(self) -> bool:
        """Whether a wave may waive the rule."""
        return self.severity is not Severity.ERROR

    @property
    def translatable_paragraphs(self) -> list[str]:
        """The paragraphs that the catalogues translate. Examples are the same in all languages."""
        return [text for part in (self.title, self.what, self.why) for text in part.split("\n\n")]

    def translated(self, translate: Callable[[str], str]) -> RulePage:
        """Return the page with each paragraph replaced by its translation."""
        title, what, why = ("\n\n".join(map(translate, part.split("\n\n"))) for part in self[2:5])
        return self._replace(title=title, what=what, why=why)


def rule_pages() -> tuple[RulePage, ...]:
    """Return all pages: errors first, then warnings and notes, each in order of name."""
    severities = list(Severity)
    return tuple(
        rule_page(name) for name in sorted(ALL_RULES, key=lambda name: (severities.index(ALL_RULES[name]), name))
    )


def rule_page(name: str) -> RulePage:
    """Return the page of a rule; raise ``KeyError`` if there is no such rule."""
    severity = ALL_RULES[name]
    text = READING_RULES.get(name) or import_module(f"{__package__}.{name.replace('-', '_')}").__doc__
    return parse_page(name, severity, text or "")


def parse_page(name: str, severity: Severity, text: str) -> RulePage:
    """Parse the text of a page; raise ``ValueError`` if it does not have the form of a page."""
    match = _PAGE_PATTERN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"the page of {name} is not: title, What it does:, Why it matters:, Bad::, Good::")
    title, what, why = (_join_paragraphs(match[part]) for part in ("title", "what", "why"))
    return RulePage(name, severity, title, what, why, _example_files(match["bad"]), _example_files(match["good"]))


def _join_paragraphs(text: str) -> str:
    """Return text with one line for each paragraph, a capital at its start, and code in single backticks."""
    paragraphs = (" ".join(part.split()).replace("``", "`") for part in text.split("\n\n"))
    return "\n\n".join(part[:1].upper() + part[1:] for part in paragraphs)


def _example_files(block: str) -> dict[str, str]:
    """Return the files of an example by their names."""
    parts = _FILE_HEADING.split(dedent(block) + "\n")
    return dict(zip(parts[1::2], parts[2::2], strict=True))

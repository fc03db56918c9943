"""The manual of the rules: the docstring of a rule's file, taken apart into a ``Page``.

So the manual, ``wavectl explain``, the rules of a SARIF report and the first test of each rule are one text. The files
of rules are imported when a page is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from textwrap import dedent
from typing import NamedTuple

from wavectl.diagnostics import Severity
from wavectl.rules.names import HOUSE_RULES, LOADING_RULES

SEVERITIES: Mapping[str, Severity] = {**LOADING_RULES, **HOUSE_RULES}
"""The rules that have a page: all under which something is found."""

_PAGE_PATTERN = re.compile(
    r"(?P<title>.+?)\n\nWhat it does: (?P<what>.+?)\n\nWhy it matters: (?P<why>.+?)\n\n"
    r"Bad::\n\n(?P<bad>.+?)\n\nGood::\n\n(?P<good>.+)",
    re.DOTALL,
)
_FILE_HEADING = re.compile(r"^# (\S.*\.(?:ya?ml|lock))\n", re.MULTILINE)


class RulePage(NamedTuple):
    """The manual page of a rule.

    ``title`` says the fault in a sentence; ``what`` the rule does and ``why`` it matters are paragraphs with an empty
    line between them; code stands in backticks. ``bad`` and ``good`` are plans: the text of each file by its name.
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
        """Whether a wave may break the rule where it says why."""
        return self.severity is not Severity.ERROR

    @property
    def translatable_paragraphs(self) -> list[str]:
        """What of the page is said in other languages too, by paragraph: the examples are the same in all."""
        return [text for part in (self.title, self.what, self.why) for text in part.split("\n\n")]

    def translated(self, translate: Callable[[str], str]) -> RulePage:
        """Return the page in another language: ``translate`` gives the wording of each paragraph."""
        title, what, why = ("\n\n".join(map(translate, part.split("\n\n"))) for part in self[2:5])
        return self._replace(title=title, what=what, why=why)


def rule_pages() -> tuple[RulePage, ...]:
    """Return all pages, errors first, then in order of name."""
    weights = list(Severity)
    return tuple(
        rule_page(name) for name in sorted(SEVERITIES, key=lambda name: (weights.index(SEVERITIES[name]), name))
    )


def rule_page(name: str) -> RulePage:
    """Return the page of a rule; raise ``KeyError`` for a name under which nothing is found."""
    severity = SEVERITIES[name]
    return parse_page(name, severity, import_module(f"{__package__}.{name.replace('-', '_')}").__doc__ or "")


def parse_page(name: str, severity: Severity, text: str) -> RulePage:
    """Return a docstring as a page; raise ``ValueError`` where it has another form than all pages."""
    found = _PAGE_PATTERN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"the page of {name} is not: title, What it does:, Why it matters:, Bad::, Good::")
    title, what, why = (_join_paragraphs(found[part]) for part in ("title", "what", "why"))
    return RulePage(name, severity, title, what, why, _example_files(found["bad"]), _example_files(found["good"]))


def _join_paragraphs(text: str) -> str:
    """Return text with each paragraph on a line of its own, opened with a capital, its code marked as in Markdown."""
    paragraphs = (" ".join(part.split()).replace("``", "`") for part in text.split("\n\n"))
    return "\n\n".join(part[:1].upper() + part[1:] for part in paragraphs)


def _example_files(block: str) -> dict[str, str]:
    """Return the files of an example: a remark with its name opens each."""
    parts = _FILE_HEADING.split(dedent(block) + "\n")
    return dict(zip(parts[1::2], parts[2::2], strict=True))

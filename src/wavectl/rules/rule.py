"""The table of all rules, what they find, and their manual pages.

To add a rule, write its file (copy ``missing_slogan.py``) and add a line to ``HOUSE_RULES``. Released names stay.

A manual page is the docstring of a rule's module, or a section of ``reading.rst`` or ``actions.rst``. ``wavectl
explain``, the rules of a SARIF report, ``docs/rules.md`` and the first test of each rule use it. It has this form, in
which a comment with a file name starts each file of an example; of a register, an example may show some columns only::

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
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from wavectl.actions import ACTION_RULES
from wavectl.dates.edtf import When
from wavectl.diagnostics import KeyPath, Message, Severity
from wavectl.model import Moment
from wavectl.plan.loader import Plan
from wavectl.yamlfile.lost_values import UnquotedText, unquoted_texts


class Rule(NamedTuple):
    """A house rule: the severity of its findings, and the top-level keys that it reads.

    Where a part of one of these keys could not be read, the findings of the rule are dropped, because they may only
    follow from that.
    """

    severity: Severity
    reads: tuple[str, ...] = ()


HOUSE_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "calendar-length": Rule(Severity.WARNING, ("design",)),
        "country-without-region": Rule(Severity.INFO, ("regions",)),
        "duplicate-actor": Rule(Severity.ERROR),
        "duplicate-moment": Rule(Severity.ERROR),
        "duplicate-was": Rule(Severity.ERROR),
        "invalid-date": Rule(Severity.ERROR, ("timezone",)),
        "likely-same-moment": Rule(Severity.INFO),
        "lost-hashtag": Rule(Severity.WARNING),
        "missing-group": Rule(Severity.WARNING, ("design", "actors")),
        "missing-hashtag": Rule(Severity.WARNING, ("hashtags",)),
        "missing-slogan": Rule(Severity.WARNING, ("slogan",)),
        "missing-translation": Rule(Severity.INFO),
        "moment-outside-period": Rule(Severity.ERROR),
        "outcome-too-early": Rule(Severity.WARNING),
        "postponed-with-new-date": Rule(Severity.WARNING),
        "same-as-cycle": Rule(Severity.ERROR),
        "same-moment-disagrees": Rule(Severity.WARNING, ("moments", "period")),
        "season-or-years": Rule(Severity.WARNING),
        "silent-months": Rule(Severity.INFO, ("design", "moments", "period")),
        "stale-date": Rule(Severity.INFO),
        "too-few-priorities": Rule(Severity.WARNING, ("design", "content", "priorities")),
        "too-few-regions": Rule(Severity.WARNING, ("design", "actors", "regions")),
        "typographic-quotes": Rule(Severity.WARNING),
        "unconfirmed-actor": Rule(Severity.WARNING),
        "unknown-actor": Rule(Severity.ERROR, ("actors",)),
        "unknown-moment": Rule(Severity.ERROR),
        "unknown-occurrence": Rule(Severity.ERROR, ("period",)),
        "unknown-priority": Rule(Severity.ERROR, ("priorities",)),
        "unknown-region": Rule(Severity.ERROR, ("regions",)),
        "unknown-rule": Rule(Severity.ERROR),
        "unknown-wave": Rule(Severity.ERROR),
        "unlisted-language": Rule(Severity.WARNING, ("languages", "publish")),
        "unused-waiver": Rule(Severity.INFO),
    }
)
"""The rules for plans that can be read. The file of the same name (``missing_slogan.py``) has the manual page and the
check."""

READING_RULES = (
    *("yaml-syntax", "unreadable-file", "invalid-wave-id", "duplicate-key", "unknown-key", "missing-key"),
    *("invalid-value", "inverted-dates", "date-in-words", "bad-hashtag", "damaged-lock"),
)
"""The rules that are checked while a plan is read, in ``yamlfile``, ``plan`` and ``lockfile``; all are errors."""

ALL_RULES: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(READING_RULES, Severity.ERROR)
    | {name: rule.severity for name, rule in HOUSE_RULES.items()}
    | ACTION_RULES
)
"""The severity of every rule by its name. Only warnings and notes can be waived."""


class Violation(NamedTuple):
    """A place where a rule is broken, in the file of a wave, or of the programme (None); see ``Finding``."""

    wave: str | None
    path: KeyPath
    message: Message
    hint: Message | None
    at_key: bool = False
    waiver_id: str = ""
    rule: str = ""
    """The name of another rule that this breaks; "" for the one that is checked."""


Violations = Iterator[Violation]
Check = Callable[[Plan], Violations]


def load_check(name: str) -> Check:
    """Return the check of a house rule."""
    check: Check = _module(name).check
    return check


def _module(name: str) -> ModuleType:
    return import_module(f"{__package__}.{name.replace('-', '_')}")


def moment_dates(plan: Plan) -> Iterator[tuple[str, KeyPath, Moment, When]]:
    """Yield the dates of all moments and exceptions, with the wave, the path and the moment."""
    for wave_id, position, moment in plan.each_moment():
        if moment.when is not None:
            yield wave_id, ("moments", position, "when"), moment, moment.when
        for key, change in moment.exceptions.items():
            if change.when is not None:
                yield wave_id, ("moments", position, "except", key, "when"), moment, change.when


def listed_ids(plan: Plan, key: str) -> Iterator[tuple[str | None, KeyPath, str]]:
    """Yield the ids in the lists ``key`` of all actors, feeds, moments and campaigns, with the wave and the path."""
    for wave_id, top in ((None, plan.programme), *plan.waves.items()):
        for section in ("actors", "feeds", "moments", "campaigns"):
            blocks = getattr(top, section, ())
            for part, block in blocks.items() if isinstance(blocks, dict) else enumerate(blocks):
                for number, name in enumerate(getattr(block, key, ())):
                    yield wave_id, (section, part, key, number), name


def unquoted_texts_near(plan: Plan, pattern: re.Pattern[str]) -> Iterator[tuple[str | None, UnquotedText]]:
    """Yield the texts without quotation marks in files in which a pattern is found, with the wave."""
    waves = {file: wave_id for wave_id, file in plan.files.items()} | {plan.programme_file: None}
    for file, document in plan.documents.items():
        if file in waves and pattern.search(document.text):  # else the file name is not a valid wave id
            for text in unquoted_texts(document):
                yield waves[file], text


_PAGE_PATTERN = (
    r"(?P<title>.+?)\n\nWhat it does: (?P<what>.+?)\n\nWhy it matters: (?P<why>.+?)\n\n"
    r"Bad::\n\n(?P<bad>.+?)\n\nGood::\n\n(?P<good>.+)"
)


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
    return tuple(map(rule_page, sorted(ALL_RULES, key=lambda name: (severities.index(ALL_RULES[name]), name))))


def rule_page(name: str) -> RulePage:
    """Return the page of a rule; raise ``KeyError`` if there is no such rule."""
    severity = ALL_RULES[name]
    text = _module(name).__doc__ if name in HOUSE_RULES else _pages()[name]
    return parse_page(name, severity, text or "")


@cache
def _pages() -> dict[str, str]:
    """Return the pages of the rules that have no file of their own."""
    files = (Path(__file__).with_name(name) for name in ("reading.rst", "actions.rst"))
    return _sections("".join(file.read_text(encoding="utf-8") for file in files), r"^([a-z-]+)\n=+\n")


def parse_page(name: str, severity: Severity, text: str) -> RulePage:
    """Parse the text of a page; raise ``ValueError`` if it does not have the form of a page."""
    match = re.fullmatch(_PAGE_PATTERN, text.strip(), re.DOTALL)
    if match is None:
        raise ValueError(f"the page of {name} is not: title, What it does:, Why it matters:, Bad::, Good::")
    title, what, why = (_join_paragraphs(match[part]) for part in ("title", "what", "why"))
    return RulePage(name, severity, title, what, why, _example_files(match["bad"]), _example_files(match["good"]))


def _join_paragraphs(text: str) -> str:
    """Return text with one line for each paragraph, a capital at its start, and code in single backticks."""
    paragraphs = (" ".join(part.split()).replace("``", "`") for part in text.split("\n\n"))
    return "\n\n".join(part[:1].upper() + part[1:] for part in paragraphs)


def _example_files(block: str) -> dict[str, str]:
    return _sections(dedent(block) + "\n", r"^# (\S.*\.(?:ya?ml|lock|csv)(?: \(some columns\))?)\n")


def _sections(text: str, heading: str) -> dict[str, str]:
    parts = re.split(heading, text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))

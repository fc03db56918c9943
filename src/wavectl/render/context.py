"""The render context: languages, screen width and colours, and the labels and marks that all views share.

A mark shows how certain an entry is: ● firm, ≈ date not exact, ? no date or tentative, » postponed, ✗ cancelled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from wavectl.dates import recurrence
from wavectl.dates.edtf import When, parse
from wavectl.diagnostics import Message, phrase
from wavectl.i18n import translator
from wavectl.model import ActorKind, Place, Status, Text, Wave, WaveStatus, localized_text
from wavectl.text.terminal import printable, wrap_lines, wrap_painted
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

if TYPE_CHECKING:
    from wavectl.timeline.entries import Entry

STATUSES = (
    *(phrase("confirmed"), phrase("tentative"), phrase("postponed"), phrase("cancelled")),
    *(phrase("announced"), phrase("active"), phrase("closed")),
)
"""The statuses of moments and waves, which are their own labels."""
STATE_MARKS = {"firm": "●", "vague": "≈", "open": "?", "postponed": "»", "cancelled": "✗"}
"""The mark of each state of an entry."""
DRAWING_CHARACTERS = "".join(STATE_MARKS.values()) + "░▒▓█■◆▼▲►━┣┫┿│┊┄"
"""The characters that charts use; if the console lacks one of these, everything is drawn in ASCII."""
STATE_LABELS = {
    "firm": phrase("firm"),
    "vague": phrase("date not exact"),
    "open": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
"""The label of each state."""
KIND_LABELS = {
    "event": phrase("event"),
    "observance": phrase("observance day"),
    "deadline": phrase("deadline"),
    "publication": phrase("publication"),
}
"""The label of each kind of moment."""
ACTOR_KIND_LABELS = {
    ActorKind.MEMBER: phrase("member"),
    ActorKind.SECTION: phrase("section"),
    ActorKind.COMMITTEE: phrase("committee"),
    ActorKind.WORKING_GROUP: phrase("working group"),
    ActorKind.TASK_FORCE: phrase("task force"),
    ActorKind.ASSOCIATION: phrase("association"),
    ActorKind.INTERNATIONAL: phrase("international organisation"),
    ActorKind.CIVIL_SOCIETY: phrase("civil society"),
    ActorKind.RESEARCH: phrase("research"),
    ActorKind.PUBLIC_BODY: phrase("public body"),
    ActorKind.PRIVATE: phrase("company"),
    ActorKind.PARTNER: phrase("partner"),
}
"""The labels of the kinds of actors."""
ACTION_KIND_LABELS = {
    "event": phrase("event"),
    "learning": phrase("learning"),
    "measure": phrase("measure"),
    "commitment": phrase("commitment"),
    "communication": phrase("communication"),
}
"""The labels of the kinds of actions."""
ORGANISER_TYPE_LABELS = {**{kind.value: label for kind, label in ACTOR_KIND_LABELS.items()}, "person": phrase("person")}
"""The labels of the types of organisers."""


def legend_labels(states: Iterable[str]) -> list[tuple[str, str]]:
    """Return these states with their labels, each once, in the order of ``STATE_LABELS``."""
    present = set(states)
    return [(state, label) for state, label in STATE_LABELS.items() if state in present]


def entry_state(entry: Entry) -> str:
    """Return the state of an entry, a key of ``STATE_MARKS``."""
    return date_state(entry.occurrence.when, entry.occurrence.status)


def date_state(when: When, status: Status) -> str:
    """Return the state of a date with a status, a key of ``STATE_MARKS``."""
    if status not in SCHEDULED_STATUSES:
        return status.value
    if is_firm(when, status):
        return "firm"
    return "open" if when.start is None or when.is_exact else "vague"


_SHORT_TITLE_LENGTH, _SHORTER_TITLE_LENGTH = 28, 20
"""The length of a wave's short title, in cells, and that on a screen less than ``_WIDE_SCREEN`` cells wide."""
_WIDE_SCREEN = 140


def _short_title(title: str, length: int) -> str:
    """Return a title up to its first colon or dash, or as many of its words as fit."""
    head = re.split(r"\s?[:–—]\s", title)[0] or title
    first = wrap_lines(head, length)[0]
    return first if first == head else f"{first}…"


@cache
def _separator(language: str) -> str:
    return translator(language)("{before}; {date}").format(before="", date="")


def _format_date(when: When, language: str) -> str:
    from wavectl.i18n.date_format import format_date  # has large tables, and few messages contain a date

    return format_date(when, language)


class RenderContext(NamedTuple):
    """How to render: the languages of texts, the screen, and its colours.

    ``languages`` is the order of preference for texts; the first is the reader's. ``width`` is the width of the screen
    in cells, None for a pipe or a file. ``machine_languages`` are the languages of messages in JSON, if they differ.
    ``ascii_only`` limits charts to ASCII characters. ``base_folder`` is the folder that file names are relative to; it
    is set if the terminal supports hyperlinks. ``timezone`` is the programme's: times of day in another zone name it.
    ``wave_titles`` are the short titles of waves by id; see ``with_waves``.
    """

    languages: tuple[str, ...]
    width: int | None = None
    colour: bool = False
    machine_languages: tuple[str, ...] = ()
    ascii_only: bool = False
    base_folder: Path | None = None
    timezone: str = ""
    wave_titles: Mapping[str, str] = MappingProxyType({})

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.languages[0]

    @property
    def translate(self) -> Callable[[str], str]:
        """The function that translates an English phrase of wavectl into the reader's language."""
        return translator(self.language)

    def text(self, text: Text | None) -> str:
        """Return a text of the plan in the reader's language, safe for a terminal."""
        return printable(localized_text(text, self.languages))

    def with_waves(self, waves: Mapping[str, Wave]) -> RenderContext:
        """Return the context that knows the short titles of waves.

        Waves that share one have their whole titles, and those that share the whole one their ids.
        """
        length = _SHORTER_TITLE_LENGTH if self.width and self.width < _WIDE_SCREEN else _SHORT_TITLE_LENGTH
        whole = {wave_id: self.text(wave.title) for wave_id, wave in waves.items()}
        short = {wave_id: _short_title(title, length) for wave_id, title in whole.items()}
        alike, same = Counter(short.values()), Counter(whole.values())
        titles = {id_: one if alike[one] == 1 else whole[id_] for id_, one in short.items()}
        return self._replace(wave_titles={id_: id_ if same[whole[id_]] > 1 else one for id_, one in titles.items()})

    def wave(self, wave_id: str) -> str:
        """Return the short title of a wave, as people read it everywhere; its id if it is not in the plan."""
        return self.wave_titles.get(wave_id, wave_id)

    def waves(self, wave_ids: Iterable[str]) -> str:
        """Return the short titles of waves, joined by commas."""
        return ", ".join(map(self.wave, wave_ids))

    def raw_message(self, message: Message) -> str:
        """Return a message in the reader's language, including texts and dates of the plan."""
        return message.format(self.translate, self._format_value)

    def format_message(self, message: Message) -> str:
        """Return a message in the reader's language, including texts and dates of the plan, safe for a terminal."""
        return printable(self.raw_message(message))

    def format_machine_message(self, message: Message) -> str:
        """Return a message for JSON output."""
        return self._replace(languages=self.machine_languages or self.languages).format_message(message)

    def _format_value(self, value: object) -> str:
        if isinstance(value, When):
            return _format_date(value, self.language)
        return localized_text(value, self.languages) if isinstance(value, Mapping) else str(value)

    def labelled(self, label: str, text: str) -> str:
        """Return a label, a colon and a text; French has a space before the colon."""
        return self.translate("{label}: {text}").format(label=label, text=text)

    def join(self, texts: Iterable[str]) -> str:
        """Return texts with semicolons between them; French has a space before each."""
        return _separator(self.language).join(texts)

    def paint(self, text: str, code: str) -> str:
        """Return a text with an SGR code (ECMA-48 §8.3.117) if the terminal supports colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def wrap(self, text: str, hang: int = 2) -> str:
        """Return a line, painted or not, wrapped to the screen; further lines are indented by ``hang`` cells."""
        return wrap_painted(text, self.width, hang) if self.width else text

    def link(self, text: str, file: str) -> str:
        """Return a text as a hyperlink (OSC 8) to a file if the terminal supports hyperlinks.

        The address is a file URI without a host (RFC 8089 §2), which means this machine.
        """
        return f"\x1b]8;;{(self.base_folder / file).as_uri()}\x1b\\{text}\x1b]8;;\x1b\\" if self.base_folder else text

    def status(self, status: Status | WaveStatus) -> str:
        """Return the label of the status of a moment or a wave."""
        return self.translate(status.value)

    def repeat(self, rule: str) -> str:
        """Return how often a moment comes again in words; a rule that is not valid as it is."""
        from wavectl.i18n.repeat_format import format_repeat

        try:
            return format_repeat(recurrence.parse(rule), self.language)
        except recurrence.RecurrenceRuleError:
            return printable(rule)

    def place(self, place: Place) -> str:
        """Return a place in the reader's language."""
        from wavectl.i18n.names import format_place

        return format_place(
            self.text(place.name), place.country, self.language, online=place.online, worldwide=place.scope is not None
        )

    def title(self, entry: Entry) -> str:
        """Return the short title of an entry, or its title; an occurrence with a title of its own comes first."""
        changed = entry.occurrence.change and entry.occurrence.change.title
        return self.text(changed or entry.group.short or entry.title)

    def label(self, entry: Entry) -> str:
        """Return the label of an entry in a chart: draft marker, title, and the other waves that share it."""
        draft = f"[{self.translate('draft')}] " if entry.draft else ""
        others = self.waves(entry.waves[1:])
        return f"{draft}{self.title(entry)}{f' + {others}' if others else ''}"

    def kind(self, entry: Entry) -> str:
        """Return the label of the kind of an entry."""
        return self.translate(KIND_LABELS[entry.group.kind.value])

    def status_note(self, entry: Entry) -> str:
        """Return the status of an entry, unless it is confirmed, and whether it is a draft; "" for neither."""
        status = entry.occurrence.status
        labels = [] if status is Status.CONFIRMED else [self.status(status)]
        if entry.draft:
            labels.append(self.translate("draft"))
        return ", ".join(labels)

    def period(self, wave: Wave) -> str:
        """Return the period of a wave in words, or its status if it has no period."""
        return _format_date(wave.period, self.language) if wave.period else self.status(wave.status)

    def day(self, day: date) -> str:
        """Return a day in words."""
        return _format_date(parse(day.isoformat()), self.language)

    def month(self, day: date) -> str:
        """Return the month and year of a day in words."""
        return _format_date(parse(f"{day:%Y-%m}"), self.language)

    def date(self, entry: Entry) -> str:
        """Return the date of an entry in words, in the time zone of the moment."""
        return self.local_date(entry.occurrence.local, entry.group.zone)

    def local_date(self, local: When, zone: str) -> str:
        """Return a date in words, in the time of a zone, which is named where it is not the programme's."""
        from wavectl.i18n.date_format import format_local_date

        return format_local_date(local, self.language, zone, self.timezone or zone)

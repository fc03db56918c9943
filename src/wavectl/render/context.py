"""How what is shown looks: its languages, what the screen can show, and the words and marks that views share.

A mark tells how sure an entry is: ● firm, ≈ not exact, ? nothing known or tentative, » postponed, ✗ cancelled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import IO, TYPE_CHECKING, NamedTuple

from wavectl.dates.edtf import When, parse
from wavectl.diagnostics import Message, phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.place_names import format_place
from wavectl.model import Place, Status, Text, Wave, WaveStatus, localized_text
from wavectl.text.terminal import printable
from wavectl.timeline import Entry

if TYPE_CHECKING:
    from rich.console import Console

STATUS_LABELS = {
    "confirmed": phrase("confirmed"),
    "tentative": phrase("tentative"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
    "announced": phrase("announced"),
    "active": phrase("active"),
    "closed": phrase("closed"),
}

STATE_MARKS = {"firm": "●", "vague": "≈", "open": "?", "postponed": "»", "cancelled": "✗"}
"""The mark of each state that an entry can be in."""
DRAWING_CHARACTERS = "".join(STATE_MARKS.values()) + "░■◆▼▲►━┣┫┿│┊┄"
"""What is drawn with; where the console lacks one of these, all is drawn in ASCII."""
STATE_STYLES = {"firm": "green", "vague": "yellow", "open": "yellow", "postponed": "magenta", "cancelled": "red"}
"""The colour of each state, as rich names it."""
STATE_LABELS = {
    "firm": phrase("firm"),
    "vague": phrase("date not exact"),
    "open": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
"""The words for each state."""


KIND_LABELS = {
    "event": phrase("event"),
    "observance": phrase("observance day"),
    "deadline": phrase("deadline"),
    "publication": phrase("publication"),
}
"""The words for each kind of moment."""


def entry_state(entry: Entry) -> str:
    """Return how sure an entry is: a key of ``MARKS``."""
    return date_state(entry.occurrence.when, entry.occurrence.status)


def date_state(when: When, status: Status) -> str:
    """Return how sure a date is: a key of ``MARKS``."""
    if status in (Status.CANCELLED, Status.POSTPONED):
        return status.value
    if when.start is None or (status is Status.TENTATIVE and when.is_exact):
        return "open"
    return "firm" if when.is_exact else "vague"


class RenderContext(NamedTuple):
    """``languages`` are looked through in order for each text; the first is the reader's.

    ``width`` is the screen's, in cells, None where there is no screen (a pipe, a file). ``messages`` are the languages
    in which programs are told what messages say, where these are not the reader's. ``ascii`` says that what is drawn
    has to be drawn with the letters and signs of ASCII.
    """

    languages: tuple[str, ...]
    width: int | None = None
    colour: bool = False
    machine_languages: tuple[str, ...] = ()
    ascii_only: bool = False

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.languages[0]

    @property
    def translate(self) -> Callable[[str], str]:
        """What turns an English phrase of wavectl into the reader's language."""
        return translator(self.language)

    def text(self, text: Text | None) -> str:
        """Return a text of the plan in the reader's language, safe for a screen."""
        return printable(localized_text(text, self.languages))

    def format_message(self, message: Message) -> str:
        """Return a message in the reader's language, with the texts and dates of the plan in it, safe for a screen."""
        return printable(message.format(self.translate, self._format_value))

    def format_machine_message(self, message: Message) -> str:
        """Return a message as programs are told it."""
        return self._replace(languages=self.machine_languages or self.languages).format_message(message)

    def _format_value(self, value: object) -> str:
        if isinstance(value, When):
            return format_date(value, self.language)
        return localized_text(value, self.languages) if isinstance(value, Mapping) else str(value)

    def status(self, status: Status | WaveStatus) -> str:
        """Return the word for how sure a moment is, or how far a wave."""
        return self.translate(STATUS_LABELS[status.value])

    def place(self, place: Place) -> str:
        """Return a place in the reader's language."""
        return format_place(
            self.text(place.name), place.country, self.language, online=place.online, worldwide=place.scope is not None
        )

    def title(self, entry: Entry) -> str:
        """Return the short title of an entry where it has one, else its title: for charts."""
        own = entry.occurrence.change and entry.occurrence.change.title
        return self.text(own or entry.group.short or entry.title)

    def label(self, entry: Entry) -> str:
        """Return the title of an entry for a chart: what must not be overlooked stands before and behind it."""
        draft = f"[{self.translate('draft')}] " if entry.draft else ""
        others = ", ".join(entry.waves[1:])
        return f"{draft}{self.title(entry)}{f' + {others}' if others else ''}"

    def kind(self, entry: Entry) -> str:
        """Return the word for what an entry is."""
        return self.translate(KIND_LABELS[entry.group.kind.value])

    def status_note(self, entry: Entry) -> str:
        """Return the words for what is not settled of an entry: its status, and that it is a draft; "" for nothing."""
        status = entry.occurrence.status
        words = [] if status is Status.CONFIRMED else [self.status(status)]
        if entry.draft:
            words.append(self.translate("draft"))
        return ", ".join(words)

    def period(self, wave: Wave) -> str:
        """Return the calendar of a wave in the reader's language; how far it is, where it has none."""
        return format_date(wave.period, self.language) if wave.period else self.status(wave.status)

    def day(self, day: date) -> str:
        """Return a day in the reader's language."""
        return format_date(parse(day.isoformat()), self.language)

    def month(self, day: date) -> str:
        """Return the month of a day in the reader's language, with its year."""
        return format_date(parse(f"{day:%Y-%m}"), self.language)

    def date(self, entry: Entry) -> str:
        """Return the date of an entry in the reader's language."""
        return format_date(entry.occurrence.local, self.language)

    def create_console(self, out: IO[str]) -> Console:
        """Return what draws on a screen of this width and colour, into ``out``; nothing but the look decides."""
        from rich.console import Console

        return Console(
            file=out,
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            _environ={},  # rich would take the width of a dumb terminal for 80
        )

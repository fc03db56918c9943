"""How a report is written: in which language, how wide, with or without colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, Severity, phrase
from wavectl.model import localized_text


class Style(NamedTuple):
    """The wording of phrases, the width in cells (0: no bound), and whether the terminal takes colours.

    ``languages`` are those in which texts of the plan are told, in order. ``home`` is the folder that names of files
    start from, where the terminal takes hyperlinks.
    """

    translate: Callable[[str], str] = str
    width: int = 0
    colour: bool = False
    languages: tuple[str, ...] = ()
    base_folder: Path | None = None

    def format_message(self, message: Message) -> str:
        """Return a message in the reader's language, the texts and dates of the plan in it too."""
        return message.format(self.translate, self._format_value)

    def _format_value(self, value: object) -> str:
        if isinstance(value, When):
            from wavectl.i18n.date_format import format_date  # it needs Babel, and few messages tell a date in words

            return format_date(value, self.languages[0]) if self.languages else value.text
        return localized_text(value, self.languages) if isinstance(value, Mapping) else str(value)

    def labelled(self, label: str, text: str) -> str:
        """Return a label, a colon and a text: French sets a space before the colon."""
        return self.translate(_LABELLED).format(label=label, text=text)

    def paint(self, text: str, code: str) -> str:
        """Return a text in a colour (an SGR code of ECMA-48) where the terminal takes it."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def link(self, text: str, file: str) -> str:
        """Return a text that leads to a file (an OSC 8 hyperlink) where the terminal takes hyperlinks.

        The address is a file URI without a host (RFC 8089 §2): a terminal takes it for this machine.
        """
        return f"\x1b]8;;{(self.base_folder / file).as_uri()}\x1b\\{text}\x1b]8;;\x1b\\" if self.base_folder else text


_LABELLED = phrase("{label}: {text}")
SEVERITY_NAMES = {
    Severity.ERROR: phrase("error"),
    Severity.WARNING: phrase("warning"),
    Severity.INFO: phrase("note"),
}
SEVERITY_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}

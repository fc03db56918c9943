"""Console: write results, messages and diagnostics, ask questions, and end the run with an exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, NoReturn, TypeVar

import typer

from wavectl.cli.language import find_plan_folder, language_of_plan, language_tag
from wavectl.cli.options import EXIT_FAILURE, EXIT_USAGE, CommonOptions
from wavectl.diagnostics import Finding, Message, msg, quoted
from wavectl.files import os_error_reason
from wavectl.model import fallback_languages
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import diagnose, display_path, summarise
from wavectl.render.diagnostics.text import render as render_text_report
from wavectl.text.terminal import printable, replace_unencodable, truncate

Value = TypeVar("Value")

_MAX_NAMES = 10
"""How many names a message lists."""
_YES_ANSWERS = frozenset(("y", "yes", "o", "oui", "s", "si", "sí"))


@dataclass(frozen=True)
class Console:
    """Where and how a run writes.

    ``requested_language`` is the value of ``--lang`` as a BCP 47 tag. ``programme_languages`` is empty until the plan
    is read; messages then follow the programme file in ``plan_folder``.
    """

    color: str = "auto"
    requested_language: str | None = None
    plan_folder: Path | None = None
    programme_languages: tuple[str, ...] = ()
    working_folder: Path = field(default_factory=Path.cwd)

    @classmethod
    def from_options(cls, options: CommonOptions) -> Console:
        """Return the console for the common options. Their values are not checked here."""
        working_folder = Path.cwd()
        return cls(
            options.color or "auto",
            options.lang and language_tag(options.lang),
            Path(options.waves) if options.waves is not None else find_plan_folder(working_folder),
            working_folder=working_folder,
        )

    # -- how to write

    def context(self, stream: IO[str], *, english: bool = False) -> RenderContext:
        """Return how to write a report to a stream. ``english`` means: in English, unless ``--lang`` is given."""
        languages = self.programme_languages
        if not languages:  # no need to read the programme's language if another one is requested
            languages = ("en",) if self.requested_language else (language_of_plan(self.plan_folder),)
        language = self.requested_language or ("en" if english else languages[0])
        return RenderContext(
            fallback_languages(language, languages),
            self.terminal_width(stream),
            self.uses_colour(stream),
            base_folder=self.working_folder if self.uses_hyperlinks(stream) else None,
        )

    def uses_colour(self, stream: IO[str]) -> bool:
        """Tell whether to write colours to a stream."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return stream.isatty() and (os.name != "nt" or bool(os.environ.keys() & {"WT_SESSION", "ANSICON", "TERM"}))

    def uses_hyperlinks(self, stream: IO[str]) -> bool:
        """Tell whether to write hyperlinks to a stream: only to a terminal that shows them, and only with colours."""
        return stream.isatty() and self.uses_colour(stream) and supports_hyperlinks(os.environ)

    def terminal_width(self, stream: IO[str]) -> int | None:
        """Return the width of a terminal in cells; None for a pipe or a file, unless colours are requested."""
        if stream.isatty() or self.color == "always":
            return shutil.get_terminal_size((80, 24)).columns
        return None

    def display_path(self, file: Path) -> str:
        """Return the path of a file as users see it, on one line: relative to the working folder if it is inside."""
        return printable(display_path(file, self.working_folder))

    # -- results, on standard output

    def write(self, text: str, *, as_utf8: bool = False) -> None:
        """Write a result; ``as_utf8`` keeps it in UTF-8 for programs, whatever the encoding of a pipe."""
        if as_utf8 and not sys.stdout.isatty():
            self.write_bytes(text.encode("utf-8", "surrogatepass"))
        else:
            with self._writing_results():
                sys.stdout.write(replace_unencodable(text, sys.stdout.encoding or "utf-8"))
                sys.stdout.flush()

    def write_bytes(self, data: bytes) -> None:
        """Write a result as it is."""
        with self._writing_results():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    @contextmanager
    def _writing_results(self) -> Iterator[None]:
        """End the run if standard output cannot be written, as on a full disk."""
        try:
            with _ignore_broken_pipe():
                yield
        except OSError as error:
            reason = os_error_reason(error)
            self.fail(msg("the output cannot be written: {reason}", reason=reason), code=EXIT_FAILURE)

    def translate(self, message: Message) -> str:
        """Return a message in the language of the results."""
        return self.context(sys.stdout).raw_message(message)

    # -- messages, on standard error

    def write_stderr(self, text: str) -> None:
        """Write text that is not a result."""
        sys.stderr.write(replace_unencodable(text, sys.stderr.encoding or "utf-8"))

    def write_line(self, text: str, hang: int = 2) -> None:
        """Write a line that is not a result; a terminal wraps it at words, and indents what follows by ``hang``."""
        self.write_stderr(f"{self.context(sys.stderr).wrap(text, hang)}\n")

    def write_lines(self, text: str) -> None:
        """Write lines that are not a result; see ``write_line``."""
        for line in text.splitlines():
            self.write_line(line, hang=4)

    def write_message(self, message: Message) -> None:
        """Write a message on a line of its own."""
        self.write_line(self.context(sys.stderr).format_message(message))

    def write_hint(self, hint: Message) -> None:
        """Write a hint below an error."""
        context = self.context(sys.stderr)
        self.write_line(f"  = {context.labelled(context.translate('hint'), context.format_message(hint))}", hang=4)

    def report_findings(self, plan: Plan, findings: Sequence[Finding]) -> None:
        """Write findings the way ``validate`` shows them."""
        diagnostics = diagnose(plan, findings, self.working_folder)
        files = len({diagnostic.file for diagnostic in diagnostics})
        self.write_stderr(render_text_report(diagnostics, summarise(diagnostics, files, 0), self.context(sys.stderr)))

    def fail(self, message: Message, hint: Message | None = None, code: int = EXIT_USAGE) -> NoReturn:
        """Write an error and its hint, then end the run."""
        context = self.context(sys.stderr)
        head = context.paint(context.translate("error"), "1;31")
        self.write_line(context.labelled(head, context.format_message(message)))
        if hint is not None:
            self.write_hint(hint)
        raise typer.Exit(code)

    # -- questions

    def ask_yes_no(self, question: Message, *, default: bool = False) -> bool:
        """Return whether the answer is yes, in any of the languages; an empty answer is the default."""
        text = msg("{question} [Y/n]", question=question) if default else msg("{question} [y/N]", question=question)
        typed = self.ask_line(text).casefold()
        return typed in _YES_ANSWERS if typed else default

    def ask_choice(self, question: Message, choices: Sequence[str]) -> int | None:
        """Return the index, from 0, of the choice whose number or words are typed; None for an empty answer."""
        for number, choice in enumerate(choices, 1):
            self.write_line(f"{number:>3}  {printable(choice)}", hang=5)
        while True:
            typed = self.ask_line(question)
            if not typed:
                return None
            if typed.isdecimal() and 0 < int(typed) <= len(choices):
                return int(typed) - 1
            same = [index for index, choice in enumerate(choices) if choice.casefold() == typed.casefold()]
            if len(same) == 1:
                return same[0]
            self.write_message(msg("{value} is not a number of the list", value=quoted(typed)))

    def ask_valid(self, question: Message, read: Callable[[str], Value]) -> Value | None:
        """Ask until ``read`` takes the answer, and return what it makes of it; None for an empty answer.

        ``read`` reports an answer that is not valid as it would end the run.
        """
        while typed := self.ask_line(question):
            with suppress(typer.Exit):
                return read(typed)
        return None

    def ask_line(self, question: Message) -> str:
        """Return the answer without surrounding spaces; end the run if the input is closed."""
        self.write_stderr(f"{self.context(sys.stderr).wrap(printable(self.translate(question)), hang=0)} ")
        try:
            return input().strip()
        except (EOFError, KeyboardInterrupt):
            self.write_stderr("\n")
            raise typer.Exit(EXIT_USAGE) from None


def is_interactive() -> bool:
    """Tell whether a person can answer questions: standard input and standard error are terminals."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def first_few(names: Sequence[str]) -> str:
    """Return the first names, joined by commas, with … for the rest."""
    return ", ".join((*names[:_MAX_NAMES], *(["…"] if len(names) > _MAX_NAMES else [])))


@contextmanager
def _ignore_broken_pipe() -> Iterator[None]:
    """Discard output once the reader of a pipe has closed it; the exit code stays the same."""
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


class ProgressLine:
    """A line on a terminal that names the file being read, once reading has taken a second; nothing in a pipe."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._started, self._shown = stream, monotonic(), False
        self._enabled = stream.isatty()

    def update(self, file: str) -> None:
        """Show the name of the file that is read now."""
        if self._enabled and monotonic() - self._started > 1:
            self._shown = True
            self._stream.write(f"\r{truncate(printable(file), 60)} …\x1b[K")
            self._stream.flush()

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


_TERM_PROGRAMS = frozenset(("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"))
"""Values of TERM_PROGRAM."""
_TERM_PREFIXES = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
"""Prefixes of TERM."""
_TERMINAL_VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
"""Variables that only such a terminal sets."""
_MIN_VTE_VERSION = 5001
"""GNOME's terminal shows hyperlinks from VTE 0.50 on; version 0.50.0 itself crashes on them."""


def supports_hyperlinks(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal shows hyperlinks (OSC 8): FORCE_HYPERLINK decides (0: no), else the terminal's name.

    A terminal inside another one inherits its variables, so TERM=dumb always means no.
    """
    kind = environment.get("TERM", "")
    if kind == "dumb":
        return False
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _TERM_PROGRAMS
        or kind.startswith(_TERM_PREFIXES)
        or any(environment.get(mark) for mark in _TERMINAL_VARIABLES)
        or (vte.isascii() and vte.isdigit() and int(vte) >= _MIN_VTE_VERSION)
    )

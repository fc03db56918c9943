"""One run of a command: the plan it works on, its language and day, the consoles it writes to, how it ends."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import IO, NoReturn

import typer

from wavectl.cli.language import found_folder, of_plan, tag
from wavectl.cli.options import DONE, FAULTY, USAGE, Given
from wavectl.cli.progress import Progress
from wavectl.cli.terminal import takes_links
from wavectl.dates import edtf, timezones
from wavectl.diagnostics import Finding, Message, Severity, quoted, say
from wavectl.lockfile.entry import FILE as RECORD
from wavectl.model import fallback
from wavectl.model.types import LANGUAGE
from wavectl.plan.loader import Plan, PlanError, load
from wavectl.render.diagnostics import Style, diagnose, summarise
from wavectl.render.diagnostics.text import report as text_report
from wavectl.text.suggest import near
from wavectl.text.terminal import encodable, printable
from wavectl.yamlfile.document import MAX_SIZE

__all__ = ["DONE", "FAULTY", "USAGE", "Given", "Session", "choice"]

_SMALLEST, _LARGEST = 0.001, 1024
"""What ``--max-size`` can be, in MiB."""


class Session:
    """One run of a command: its plan, its language, its day, and where it writes."""

    def __init__(self, given: Given, *, takes_all: bool = False) -> None:
        self.every_language = takes_all and given.lang == "all"
        if self.every_language:
            given = given._replace(lang=None)
        self._given = given
        self.home = Path.cwd()
        if given.color not in (None, "auto", "always", "never"):
            self.refuse(say("--color {value} is none of auto, always, never", value=quoted(given.color)))
        if given.lang is not None:
            self._check_language(given.lang)
        if given.today is not None:
            self.day(given.today, "--today")
        self.max_size = self._size(given.max_size)

    # -- the plan

    @cached_property
    def plan(self) -> Plan:
        """The plan to work on; ends the run where there is none."""
        progress = Progress(sys.stderr)
        try:
            plan = self.read(each=progress.at)
        except PlanError as error:
            self.refuse(error.message, error.hint)
        finally:
            progress.clear()
        return plan

    @cached_property
    def plan_if_any(self) -> Plan | None:
        """The plan to work on, None where there is none yet; ends the run where one is named and is none."""
        if not self.names_folder:
            try:
                found = found_folder(self.home)
                return self.__dict__.setdefault("plan", self.read()) if found else None
            except PlanError:
                return None
        return self.plan

    def read(
        self, instead: Mapping[str, bytes] = MappingProxyType({}), each: Callable[[str], None] = lambda _: None
    ) -> Plan:
        """Read the plan as it would be with other contents of some of its files, by name; raise ``PlanError``."""
        plan = load(self.folder, self.max_size, each, instead)
        return plan._replace(today=self.day_in(plan.programme.timezone))

    def _size(self, text: str | None) -> float:
        """Return the largest file to read, in MiB; ends the run on a size that cannot be."""
        try:
            size = MAX_SIZE if text is None else float(text)
        except ValueError:
            size = 0
        if not _SMALLEST <= size <= _LARGEST:
            self.refuse(
                say("--max-size {value} is no size", value=quoted(text)),
                say("write a number of MiB, from {smallest} to {largest}", smallest=_SMALLEST, largest=_LARGEST),
            )
        return size

    @cached_property
    def folder(self) -> Path:
        """The folder of the plan: ``--waves``, else ``waves`` here or in a folder above."""
        if self._given.waves is not None:
            return Path(self._given.waves)
        found = found_folder(self.home)
        if found is None:
            self.refuse(
                say("there is no folder named waves here or above"),
                say("run wavectl where the plan is, name its folder with --waves, or begin one with wavectl init"),
            )
        return found

    @property
    def names_folder(self) -> bool:
        """Whether the folder of the plan was named."""
        return self._given.waves is not None

    def at(self, folder: Path) -> Session:
        """Return this run on the plan in another folder."""
        return Session(Given(str(folder)).over(self._given))

    def on(self, plan: Plan) -> Session:
        """Return this run on a plan that is read already."""
        run = Session(self._given)
        run.__dict__["plan"] = plan
        return run

    def again(self) -> Session:
        """Return this run on the plan as it is now: it is read anew."""
        return Session(self._given)

    def waves(self, names: Sequence[str]) -> list[str]:
        """Return the waves of these names, all waves where none is named; ends the run on an unknown one."""
        known = list(self.plan.files)
        for name in names:
            if name not in known:
                self.refuse(say("there is no wave {name}", name=quoted(name)), near(name, known))
        return [name for name in known if name in names] if names else known

    def sound(self, waves: Sequence[str], findings: Iterable[Finding], *, record: bool = False) -> None:
        """End the run with the diagnostics where the programme, these waves or those they tie to have errors.

        ``record`` says that the record of what was published is needed too.
        """
        concerned = _tied(self.plan, waves)
        programme = self.plan.programme_file
        everything = len(waves) == len(self.plan.files)  # then a file whose name is wrong counts too
        named = {programme, *([RECORD] if record else ())}
        errors = [
            finding
            for finding in findings
            if finding.severity is Severity.ERROR
            and (finding.file != RECORD or record)
            and (everything or finding.wave in concerned or finding.file in named or _twin(finding.file, concerned))
        ]
        if errors:
            self.report(self.plan, errors)
            raise typer.Exit(FAULTY)

    def report(self, plan: Plan, findings: Sequence[Finding]) -> None:
        """Tell what is found in a plan on the standard error, as ``validate`` would."""
        diagnostics = diagnose(plan, findings, self.home)
        files = len({diagnostic.file for diagnostic in diagnostics})
        self.tell(text_report(diagnostics, summarise(diagnostics, files, 0), self.style(sys.stderr)))

    # -- language and day

    @property
    def asked_language(self) -> str | None:
        """The language that was asked for; None where none was."""
        return self._given.lang and tag(self._given.lang)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to say things in, in order."""
        return self.speaking(self.asked_language or self.plan.programme.languages[0])

    def speaking(self, language: str) -> tuple[str, ...]:
        """Return the languages to say things in, in order, where this one is wanted."""
        return fallback(language, self.plan.programme.languages)

    @cached_property
    def today(self) -> date:
        """The day to take for today: ``--today``, else SOURCE_DATE_EPOCH, else the date in the programme's zone."""
        return self.day_in(self.plan.programme.timezone)

    def day_in(self, timezone: str) -> date:
        """Return the day to take for today where the clocks show that zone's time."""
        if self._given.today is not None:
            return self.day(self._given.today, "--today")
        here = timezones.zone(timezone)
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if not epoch:
            return datetime.now(here).date()
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(here).date()
        except (ValueError, OverflowError, OSError):
            self.refuse(
                say("SOURCE_DATE_EPOCH={value} is no time", value=quoted(epoch)), say("unset it, or give seconds")
            )

    def day(self, text: str, option: str) -> date:
        """Return the one day that an option gives; ends the run where it gives none."""
        when = self.when(text, option)
        if when.precision is not edtf.Precision.DAY or when.days != 1 or when.earliest is None:
            self.refuse(
                say("{option} {value} is not one day", option=option, value=quoted(text)), say("write 2017-06-01")
            )
        return when.earliest

    def when(self, text: str, option: str) -> edtf.When:
        """Return the date that an option gives, in EDTF; ends the run where it gives none."""
        try:
            when = edtf.parse(text)
        except edtf.DateError as error:
            self.refuse(say("{option}: {fault}", option=option, fault=error.message), error.hint)
        if when.earliest is None:
            self.refuse(say("{option} needs a date", option=option), say("write 2017-06-01, 2017-06 or 2017"))
        return when

    def _check_language(self, language: str) -> None:
        from wavectl.i18n.date_format import is_language

        known = tag(language)
        if not LANGUAGE.fullmatch(known) or not is_language(known):
            from wavectl.plan.errors.values import CURES

            meant, _ = CURES["language"](language)
            cure = meant or say("write fr, en, es or another code")
            self.refuse(say("{value} is no language", value=quoted(language)), cure)

    def style(self, stream: IO[str], *, english: bool = False) -> Style:
        """Return how a report is written to a stream; ``english`` says so unless a language was asked for."""
        from wavectl.i18n.catalogues import translator

        own = self._own_languages()
        language = self.asked_language or ("en" if english else own[0])
        home = self.home if self.links(stream) else None
        return Style(translator(language), self.width(stream) or 0, self.colour(stream), fallback(language, own), home)

    def _own_languages(self) -> tuple[str, ...]:
        """Return the languages of the programme; of one that is not read yet, the first."""
        plan = self.__dict__.get("plan")
        if plan:
            return tuple(plan.programme.languages)
        if self.asked_language:  # then the programme's does not matter
            return ("en",)
        return (of_plan(Path(self._given.waves) if self._given.waves else found_folder(self.home)),)

    def colour(self, stream: IO[str]) -> bool:
        """Tell whether a stream takes colours."""
        asked = self._given.color or "auto"
        if asked != "auto":
            return asked == "always"
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return stream.isatty() and (os.name != "nt" or bool(os.environ.keys() & {"WT_SESSION", "ANSICON", "TERM"}))

    def links(self, stream: IO[str]) -> bool:
        """Tell whether a stream takes hyperlinks: a terminal that is known to, and where colours are welcome."""
        return stream.isatty() and self.colour(stream) and takes_links(os.environ)

    def width(self, stream: IO[str]) -> int | None:
        """Return the width of a terminal, in cells; None for a pipe or a file that no colours are asked for."""
        if stream.isatty() or self._given.color == "always":
            return shutil.get_terminal_size((80, 24)).columns
        return None

    def write(self, text: str, *, bytewise: bool = False) -> None:
        """Write a result to the standard output; ``bytewise`` in UTF-8 whatever the console, for programs."""
        if bytewise and not sys.stdout.isatty():
            self.write_bytes(text.encode("utf-8", "surrogatepass"))
        else:
            with _while_read():
                sys.stdout.write(encodable(text, sys.stdout.encoding or "utf-8"))
                sys.stdout.flush()

    def write_bytes(self, data: bytes) -> None:
        """Write a result to the standard output as it is."""
        with _while_read():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def said(self, message: Message) -> str:
        """Return a message in the language of the results."""
        return self.style(sys.stdout).tell(message)

    def tell(self, text: str) -> None:
        """Write what is no result to the standard error."""
        sys.stderr.write(encodable(text, sys.stderr.encoding or "utf-8"))

    def note(self, message: Message) -> None:
        """Tell a message on a line of its own."""
        self.tell(printable(self.style(sys.stderr).tell(message)) + "\n")

    def refuse(self, message: Message, hint: Message | None = None, code: int = USAGE) -> NoReturn:
        """End the run with a message and its cure."""
        style = self.style(sys.stderr)
        head = style.paint(style.translate("error"), "1;31")
        self.tell(f"{style.labelled(head, printable(style.tell(message)))}\n")
        if hint is not None:
            self.tell(f"  = {style.labelled(style.translate('hint'), printable(style.tell(hint)))}\n")
        raise typer.Exit(code)


@contextmanager
def _while_read() -> Iterator[None]:
    """Write to the standard output; once whoever reads it has seen enough, into nothing: the exit code stays."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _twin(file: str, waves: Collection[str]) -> bool:
    """Tell whether a file has the name of one of the waves, be it under another ending."""
    return file.rpartition(".")[0] in waves


def _tied(plan: Plan, waves: Sequence[str]) -> set[str]:
    """Return the waves, and all whose moments are tied to theirs."""
    ties: dict[str, set[str]] = {}
    for wave_id, wave in plan.waves.items():
        for moment in wave.moments:
            if moment.same_as and "/" in moment.same_as:
                other = moment.same_as.partition("/")[0]
                ties.setdefault(wave_id, set()).add(other)
                ties.setdefault(other, set()).add(wave_id)
    found: set[str] = set()
    ahead = list(waves)
    while ahead:
        wave_id = ahead.pop()
        if wave_id not in found:
            found.add(wave_id)
            ahead.extend(ties.get(wave_id, ()))
    return found


def choice(session: Session, option: str, value: str, known: Collection[str], hint: Message | None = None) -> None:
    """End the run where the value of an option is none of those it can have; ``hint`` stands for a list of them."""
    if value not in known:
        session.refuse(
            say("{option} {value} is not known", option=option, value=quoted(value)), hint or near(value, known)
        )

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

from wavectl.cli.console import ProgressLine, supports_hyperlinks
from wavectl.cli.language import find_plan_folder, language_of_plan, language_tag
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, EXIT_USAGE, CommonOptions
from wavectl.dates import edtf, timezones
from wavectl.diagnostics import Finding, Message, Severity, msg, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME as RECORD
from wavectl.model import fallback_languages
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.plan.loader import Plan, PlanError, load
from wavectl.render.diagnostics import Style, diagnose, summarise
from wavectl.render.diagnostics.text import render as text_report
from wavectl.text.suggest import suggest
from wavectl.text.terminal import printable, replace_unencodable
from wavectl.yamlfile.builder import MAX_SIZE

__all__ = ["EXIT_FAILURE", "EXIT_OK", "EXIT_USAGE", "AppContext", "CommonOptions", "check_choice"]

_MIN_SIZE_MIB, _MAX_SIZE_MIB = 0.001, 1024
"""What ``--max-size`` can be, in MiB."""


class AppContext:
    """One run of a command: its plan, its language, its day, and where it writes."""

    def __init__(self, options: CommonOptions, *, accept_all_languages: bool = False) -> None:
        self.all_languages = accept_all_languages and options.lang == "all"
        if self.all_languages:
            options = options._replace(lang=None)
        self._options = options
        self.working_folder = Path.cwd()
        if options.color not in (None, "auto", "always", "never"):
            self.fail(msg("--color {value} is none of auto, always, never", value=quoted(options.color)))
        if options.lang is not None:
            self._check_language(options.lang)
        if options.today is not None:
            self.parse_day(options.today, "--today")
        self.max_size = self._parse_max_size(options.max_size)

    # -- the plan

    @cached_property
    def plan(self) -> Plan:
        """The plan to work on; ends the run where there is none."""
        progress = ProgressLine(sys.stderr)
        try:
            plan = self.read_plan(each=progress.update)
        except PlanError as error:
            self.fail(error.message, error.hint)
        finally:
            progress.clear()
        return plan

    @cached_property
    def plan_if_any(self) -> Plan | None:
        """The plan to work on, None where there is none yet; ends the run where one is named and is none."""
        if not self.has_explicit_folder:
            try:
                found = find_plan_folder(self.working_folder)
                return self.__dict__.setdefault("plan", self.read_plan()) if found else None
            except PlanError:
                return None
        return self.plan

    def read_plan(
        self, instead: Mapping[str, bytes] = MappingProxyType({}), each: Callable[[str], None] = lambda _: None
    ) -> Plan:
        """Read the plan as it would be with other contents of some of its files, by name; raise ``PlanError``."""
        plan = load(self.plan_folder, self.max_size, each, instead)
        return plan._replace(today=self.today_in(plan.programme.timezone))

    def _parse_max_size(self, text: str | None) -> float:
        """Return the largest file to read, in MiB; ends the run on a size that cannot be."""
        try:
            size = MAX_SIZE if text is None else float(text)
        except ValueError:
            size = 0
        if not _MIN_SIZE_MIB <= size <= _MAX_SIZE_MIB:
            self.fail(
                msg("--max-size {value} is no size", value=quoted(text)),
                msg(
                    "write a number of MiB, from {smallest} to {largest}", smallest=_MIN_SIZE_MIB, largest=_MAX_SIZE_MIB
                ),
            )
        return size

    @cached_property
    def plan_folder(self) -> Path:
        """The folder of the plan: ``--waves``, else ``waves`` here or in a folder above."""
        if self._options.waves is not None:
            return Path(self._options.waves)
        found = find_plan_folder(self.working_folder)
        if found is None:
            self.fail(
                msg("there is no folder named waves here or above"),
                msg("run wavectl where the plan is, name its folder with --waves, or begin one with wavectl init"),
            )
        return found

    @property
    def has_explicit_folder(self) -> bool:
        """Whether the folder of the plan was named."""
        return self._options.waves is not None

    def with_folder(self, folder: Path) -> AppContext:
        """Return this run on the plan in another folder."""
        return AppContext(CommonOptions(str(folder)).with_defaults(self._options))

    def with_plan(self, plan: Plan) -> AppContext:
        """Return this run on a plan that is read already."""
        run = AppContext(self._options)
        run.__dict__["plan"] = plan
        return run

    def reloaded(self) -> AppContext:
        """Return this run on the plan as it is now: it is read anew."""
        return AppContext(self._options)

    def resolve_waves(self, names: Sequence[str]) -> list[str]:
        """Return the waves of these names, all waves where none is named; ends the run on an unknown one."""
        known = list(self.plan.files)
        for name in names:
            if name not in known:
                self.fail(msg("there is no wave {name}", name=quoted(name)), suggest(name, known))
        return [name for name in known if name in names] if names else known

    def require_valid(self, waves: Sequence[str], findings: Iterable[Finding], *, record: bool = False) -> None:
        """End the run with the diagnostics where the programme, these waves or those they tie to have errors.

        ``record`` says that the record of what was published is needed too.
        """
        concerned = _with_tied_waves(self.plan, waves)
        programme = self.plan.programme_file
        everything = len(waves) == len(self.plan.files)  # then a file whose name is wrong counts too
        named = {programme, *([RECORD] if record else ())}
        errors = [
            finding
            for finding in findings
            if finding.severity is Severity.ERROR
            and (finding.file != RECORD or record)
            and (
                everything
                or finding.wave in concerned
                or finding.file in named
                or _has_wave_name(finding.file, concerned)
            )
        ]
        if errors:
            self.report_findings(self.plan, errors)
            raise typer.Exit(EXIT_FAILURE)

    def report_findings(self, plan: Plan, findings: Sequence[Finding]) -> None:
        """Tell what is found in a plan on the standard error, as ``validate`` would."""
        diagnostics = diagnose(plan, findings, self.working_folder)
        files = len({diagnostic.file for diagnostic in diagnostics})
        self.write_stderr(text_report(diagnostics, summarise(diagnostics, files, 0), self.style(sys.stderr)))

    # -- language and day

    @property
    def requested_language(self) -> str | None:
        """The language that was asked for; None where none was."""
        return self._options.lang and language_tag(self._options.lang)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to say things in, in order."""
        return self.languages_for(self.requested_language or self.plan.programme.languages[0])

    def languages_for(self, language: str) -> tuple[str, ...]:
        """Return the languages to say things in, in order, where this one is wanted."""
        return fallback_languages(language, self.plan.programme.languages)

    @cached_property
    def today(self) -> date:
        """The day to take for today: ``--today``, else SOURCE_DATE_EPOCH, else the date in the programme's zone."""
        return self.today_in(self.plan.programme.timezone)

    def today_in(self, timezone: str) -> date:
        """Return the day to take for today where the clocks show that zone's time."""
        if self._options.today is not None:
            return self.parse_day(self._options.today, "--today")
        here = timezones.get_zone(timezone)
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if not epoch:
            return datetime.now(here).date()
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(here).date()
        except (ValueError, OverflowError, OSError):
            self.fail(
                msg("SOURCE_DATE_EPOCH={value} is no time", value=quoted(epoch)), msg("unset it, or give seconds")
            )

    def parse_day(self, text: str, option: str) -> date:
        """Return the one day that an option gives; ends the run where it gives none."""
        when = self.parse_date(text, option)
        if when.precision is not edtf.Precision.DAY or when.days != 1 or when.earliest is None:
            self.fail(
                msg("{option} {value} is not one day", option=option, value=quoted(text)), msg("write 2017-06-01")
            )
        return when.earliest

    def parse_date(self, text: str, option: str) -> edtf.When:
        """Return the date that an option gives, in EDTF; ends the run where it gives none."""
        try:
            when = edtf.parse(text)
        except edtf.DateError as error:
            self.fail(msg("{option}: {fault}", option=option, fault=error.message), error.hint)
        if when.earliest is None:
            self.fail(msg("{option} needs a date", option=option), msg("write 2017-06-01, 2017-06 or 2017"))
        return when

    def _check_language(self, language: str) -> None:
        from wavectl.i18n.date_format import is_known_language

        known = language_tag(language)
        if not LANGUAGE_PATTERN.fullmatch(known) or not is_known_language(known):
            from wavectl.plan.errors.values import VALUE_SUGGESTERS

            meant, _ = VALUE_SUGGESTERS["language"](language)
            cure = meant or msg("write fr, en, es or another code")
            self.fail(msg("{value} is no language", value=quoted(language)), cure)

    def style(self, stream: IO[str], *, english: bool = False) -> Style:
        """Return how a report is written to a stream; ``english`` says so unless a language was asked for."""
        from wavectl.i18n.catalogues import translator

        own = self._programme_languages()
        language = self.requested_language or ("en" if english else own[0])
        home = self.working_folder if self.uses_hyperlinks(stream) else None
        return Style(
            translator(language),
            self.terminal_width(stream) or 0,
            self.uses_colour(stream),
            fallback_languages(language, own),
            home,
        )

    def _programme_languages(self) -> tuple[str, ...]:
        """Return the languages of the programme; of one that is not read yet, the first."""
        plan = self.__dict__.get("plan")
        if plan:
            return tuple(plan.programme.languages)
        if self.requested_language:  # then the programme's does not matter
            return ("en",)
        return (
            language_of_plan(
                Path(self._options.waves) if self._options.waves else find_plan_folder(self.working_folder)
            ),
        )

    def uses_colour(self, stream: IO[str]) -> bool:
        """Tell whether a stream takes colours."""
        asked = self._options.color or "auto"
        if asked != "auto":
            return asked == "always"
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return stream.isatty() and (os.name != "nt" or bool(os.environ.keys() & {"WT_SESSION", "ANSICON", "TERM"}))

    def uses_hyperlinks(self, stream: IO[str]) -> bool:
        """Tell whether a stream takes hyperlinks: a terminal that is known to, and where colours are welcome."""
        return stream.isatty() and self.uses_colour(stream) and supports_hyperlinks(os.environ)

    def terminal_width(self, stream: IO[str]) -> int | None:
        """Return the width of a terminal, in cells; None for a pipe or a file that no colours are asked for."""
        if stream.isatty() or self._options.color == "always":
            return shutil.get_terminal_size((80, 24)).columns
        return None

    def write(self, text: str, *, as_utf8: bool = False) -> None:
        """Write a result to the standard output; ``bytewise`` in UTF-8 whatever the console, for programs."""
        if as_utf8 and not sys.stdout.isatty():
            self.write_bytes(text.encode("utf-8", "surrogatepass"))
        else:
            with _ignore_broken_pipe():
                sys.stdout.write(replace_unencodable(text, sys.stdout.encoding or "utf-8"))
                sys.stdout.flush()

    def write_bytes(self, data: bytes) -> None:
        """Write a result to the standard output as it is."""
        with _ignore_broken_pipe():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def translate_message(self, message: Message) -> str:
        """Return a message in the language of the results."""
        return self.style(sys.stdout).format_message(message)

    def write_stderr(self, text: str) -> None:
        """Write what is no result to the standard error."""
        sys.stderr.write(replace_unencodable(text, sys.stderr.encoding or "utf-8"))

    def write_message(self, message: Message) -> None:
        """Tell a message on a line of its own."""
        self.write_stderr(printable(self.style(sys.stderr).format_message(message)) + "\n")

    def fail(self, message: Message, hint: Message | None = None, code: int = EXIT_USAGE) -> NoReturn:
        """End the run with a message and its cure."""
        style = self.style(sys.stderr)
        head = style.paint(style.translate("error"), "1;31")
        self.write_stderr(f"{style.labelled(head, printable(style.format_message(message)))}\n")
        if hint is not None:
            self.write_stderr(f"  = {style.labelled(style.translate('hint'), printable(style.format_message(hint)))}\n")
        raise typer.Exit(code)


@contextmanager
def _ignore_broken_pipe() -> Iterator[None]:
    """Write to the standard output; once whoever reads it has seen enough, into nothing: the exit code stays."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _has_wave_name(file: str, waves: Collection[str]) -> bool:
    """Tell whether a file has the name of one of the waves, be it under another ending."""
    return file.rpartition(".")[0] in waves


def _with_tied_waves(plan: Plan, waves: Sequence[str]) -> set[str]:
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


def check_choice(app: AppContext, option: str, value: str, known: Collection[str], hint: Message | None = None) -> None:
    """End the run where the value of an option is none of those it can have; ``hint`` stands for a list of them."""
    if value not in known:
        app.fail(
            msg("{option} {value} is not known", option=option, value=quoted(value)), hint or suggest(value, known)
        )

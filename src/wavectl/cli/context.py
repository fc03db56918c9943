"""AppContext: the plan that a command works on, the languages, the day and the console."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import typer

from wavectl.cli.arguments import check_language, parse_day, parse_max_size
from wavectl.cli.console import Console, ProgressLine, is_interactive
from wavectl.cli.options import COLOR_CHOICES, EXIT_FAILURE, CommonOptions
from wavectl.cli.plan_lock import has_interrupted_change, plan_lock
from wavectl.dates import edtf, timezones
from wavectl.diagnostics import msg, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME
from wavectl.model import all_translations, fallback_languages
from wavectl.plan.loader import ACTIONS_FOLDER, FILE_SUFFIXES, Plan, PlanError, load
from wavectl.text.suggest import suggest

if TYPE_CHECKING:
    from wavectl.render.context import RenderContext

YEARS_AHEAD = 10
"""How many years after today a plan may look ahead."""
_NO_CHANGES: Mapping[str, bytes | None] = MappingProxyType({})
_NO_FEEDS: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class AppContext:
    """What a command works with. A command that tries out a change makes a new context for the changed plan.

    ``languages`` are those to show texts in, in order of preference. ``max_size`` is in MiB.
    """

    options: CommonOptions
    console: Console
    plan: Plan
    languages: tuple[str, ...]
    today: date
    max_size: float

    def languages_for(self, language: str) -> tuple[str, ...]:
        """Return the languages to show texts in, in order of preference, if this one is preferred."""
        return fallback_languages(language, self.plan.programme.languages)

    def with_changes(self, contents: Mapping[str, bytes | None] = _NO_CHANGES) -> AppContext:
        """Return the plan with new contents for some files, by name; without any, read it again from the folder.

        The other files are as they were read: another run may be writing several of them. End the run if no plan is
        left.
        """
        if contents:
            documents = self.plan.documents.items()
            texts = {name: document.text.encode("utf-8", "surrogatepass") for name, document in documents}
            contents = {**{name: text for name, text in texts.items() if text}, **contents}
        try:
            return read_app(replace(self.options, waves=str(self.plan.folder)), self.console, contents)
        except PlanError as error:
            self.console.fail(error.message, error.hint)

    def render_context(self) -> RenderContext:
        """Return how to show results on standard output."""
        from wavectl.render.context import DRAWING_CHARACTERS, RenderContext
        from wavectl.text.terminal import replace_unencodable

        console, stream = self.console, sys.stdout
        ascii_only = replace_unencodable(DRAWING_CHARACTERS, stream.encoding or "utf-8") != DRAWING_CHARACTERS
        messages = () if console.requested_language else self.languages_for("en")
        return RenderContext(
            self.languages,
            console.terminal_width(stream),
            console.uses_colour(stream),
            messages,
            ascii_only=ascii_only,
            timezone=self.plan.programme.timezone,
        ).with_waves(self.plan.waves)

    def resolve_waves(self, names: Sequence[str]) -> list[str]:
        """Return the waves with these ids or titles, in order of the plan, or all if no name is given."""
        known = list(self.plan.files)
        found = {name if name in known else self.find_wave(name) for name in names}
        return [name for name in known if name in found] if names else known

    @property
    def wave_titles(self) -> dict[str, list[str]]:
        """The titles of the waves in all languages, by id."""
        return {id_: all_translations(wave.title) for id_, wave in self.plan.waves.items()}

    def find_wave(self, title: str, feeds: Mapping[str, Sequence[str]] = _NO_FEEDS) -> str:
        """Return the wave with a title, or the feed with a name, in any language; end the run if there is none.

        Words of one title alone are enough; what they mean is written. ``feeds`` are the names of feeds by id.
        """
        from wavectl.cli.filter_names import filter_hint  # not needed for an id
        from wavectl.editing.references import find_by_name

        titles = self.wave_titles
        matches, is_title = find_by_name(title, {**titles, **feeds})
        hint = None if is_title else filter_hint(self.plan, title)
        if not is_title and hint is None and len(matches) == 1:
            label = f"{next(iter(titles.get(matches[0], ())), matches[0])} ({matches[0]})"
            self.console.write_message(msg("{words} means {name}", words=quoted(title), name=label))
        elif not is_title:
            unknown = msg("there is no wave {name}", name=quoted(title))
            if feeds:
                unknown, hint = msg("the plan has no wave or feed named {name}", name=quoted(title)), None
            self.console.fail(unknown, hint or suggest(title, list({**self.plan.files, **feeds})))
        return matches[0]

    def require_valid(self, waves: Sequence[str] | None = None, *, lockfile: bool = False) -> None:
        """Report errors in the programme, in these waves or in waves they tie to, and end the run if there are any.

        The default is all waves. ``lockfile`` includes errors in the lockfile.
        """
        from wavectl import rules  # some commands check nothing

        all_waves = waves is None or len(waves) == len(self.plan.files)  # includes files whose names are not valid
        concerned = _with_tied_waves(self.plan, waves or ())
        files = {self.plan.programme_file, *([LOCKFILE_NAME] if lockfile else ())}
        errors = [
            finding
            for finding in rules.errors(self.plan)
            if (finding.file != LOCKFILE_NAME or lockfile)
            and (
                all_waves
                or finding.wave in concerned
                or finding.file in files
                or finding.file.rpartition(".")[0] in concerned  # the same name with another suffix
            )
        ]
        if errors:
            self.console.report_findings(self.plan, errors)
            raise typer.Exit(EXIT_FAILURE)


def _with_tied_waves(plan: Plan, waves: Sequence[str]) -> set[str]:
    """Return the waves and, transitively, all waves whose moments are tied to theirs."""
    ties: dict[str, set[str]] = {}
    for wave_id, wave in plan.waves.items():
        for moment in wave.moments:
            if moment.same_as and "/" in moment.same_as:
                other = moment.same_as.partition("/")[0]
                ties.setdefault(wave_id, set()).add(other)
                ties.setdefault(other, set()).add(wave_id)
    seen: set[str] = set()
    queue = list(waves)
    while queue:
        wave_id = queue.pop()
        if wave_id not in seen:
            seen.add(wave_id)
            queue.extend(ties.get(wave_id, ()))
    return seen


def open_console(options: CommonOptions) -> Console:
    """Return the console for the common options; end the run if one of these is not valid."""
    console = Console.from_options(options)
    if options.color not in (None, *COLOR_CHOICES):
        console.fail(msg("--color {value} is not auto, always or never", value=quoted(options.color)))
    if options.lang is not None:
        check_language(console, options.lang)
    if options.today is not None:
        parse_day(console, options.today, "--today")
    parse_max_size(console, options.max_size)
    return console


def today_in(options: CommonOptions, console: Console, timezone: str) -> date:
    """Return the day to use as today; end the run if no calendar can go on from it."""
    day = _requested_day(options, console, timezone)
    if not edtf.FIRST_YEAR < day.year <= edtf.LAST_YEAR - YEARS_AHEAD:
        console.fail(
            msg("{day} is too far away to be today", day=day.isoformat()), msg("write a day such as 2017-06-01")
        )
    return day


def _requested_day(options: CommonOptions, console: Console, timezone: str) -> date:
    """Return the value of ``--today``, else the day of SOURCE_DATE_EPOCH, else the current day in a time zone."""
    if options.today is not None:
        return parse_day(console, options.today, "--today")
    zone = timezones.get_zone(timezone)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(zone).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        console.fail(
            msg("SOURCE_DATE_EPOCH={value} is not a number of seconds", value=quoted(epoch)),
            msg("unset it, or write a number of seconds"),
        )


def read_app(
    options: CommonOptions,
    console: Console,
    contents: Mapping[str, bytes | None] = _NO_CHANGES,
    progress: ProgressLine | None = None,
) -> AppContext:
    """Read the plan, with new contents for some files, by name; raise ``PlanError`` if there is none.

    None is a file to be removed.
    """
    folder = Path(options.waves) if options.waves is not None else console.plan_folder
    if folder is None:
        console.fail(
            msg("there is no folder named waves here or in the folders above"),
            msg(
                "run wavectl in the folder of the plan, name that folder with --waves, or start a plan with "
                "wavectl init"
            ),
        )
    max_size = parse_max_size(console, options.max_size)
    plan = load(folder, max_size, progress.update if progress else lambda _: None, contents)
    languages = tuple(plan.programme.languages)
    today = today_in(options, console, plan.programme.timezone)
    return AppContext(
        options,
        replace(console, plan_folder=folder, programme_languages=languages),
        replace(plan, today=today),
        fallback_languages(console.requested_language or languages[0], languages),
        today,
        max_size,
    )


def lock_plan(options: CommonOptions, console: Console, lock: typer.Context | None) -> None:
    """Finish a change of the plan that was interrupted, and lock the plan until the end of the command ``lock``.

    At a terminal the plan is not locked yet, because a question may stay open for long: the files are locked and read
    again before they are written.
    """
    folder = Path(options.waves) if options.waves is not None else console.plan_folder
    if folder is None or not os.path.isdir(folder):
        return
    if lock is not None and not is_interactive():
        lock.with_resource(plan_lock(console, folder))
    elif has_interrupted_change(folder):
        with plan_lock(console, folder):
            pass


_MAX_READS = 3
"""How often the plan is read where another run writes it in between, which may be changing several files."""


def _last_write(options: CommonOptions, console: Console) -> int | None:
    """Return when a file of the plan was last replaced, in nanoseconds; None if there is no folder."""
    folder = Path(options.waves) if options.waves is not None else console.plan_folder
    try:
        return folder.stat().st_mtime_ns if folder else None
    except OSError:
        return None


def load_app(
    options: CommonOptions, console: Console | None = None, *, lock: typer.Context | None = None
) -> AppContext:
    """Read the plan; end the run if there is none. A command that already has a console passes it.

    A command that writes passes its context as ``lock``; see ``lock_plan``.
    """
    console = console or open_console(options)
    lock_plan(options, console, lock)
    progress = ProgressLine(sys.stderr)
    try:
        for _ in range(_MAX_READS - 1):
            before = _last_write(options, console)
            app = read_app(options, console, progress=progress)
            if _last_write(options, console) == before:
                return app
            lock_plan(options, console, None)
        return read_app(options, console, progress=progress)
    except PlanError as error:
        progress.clear()
        console.fail(error.message, error.hint)
    finally:
        progress.clear()


def load_app_if_any(
    options: CommonOptions, console: Console, *, lock: typer.Context | None = None
) -> AppContext | None:
    """Read the plan, or return None if there is none; a folder that is named with ``--waves`` must hold one."""
    if options.waves is not None:
        return load_app(options, console, lock=lock)
    lock_plan(options, console, lock)
    try:
        return read_app(options, console) if console.plan_folder else None
    except PlanError:
        return None


def load_app_for_files(
    options: CommonOptions, names: Sequence[str], console: Console | None = None, *, lock: typer.Context | None = None
) -> tuple[AppContext, set[str]]:
    """Read the plan that these waves and files belong to; return it, with the names of the files in its folder.

    Without names, all files of the plan are returned.
    """
    folders = {_plan_folder_of(Path(name)) for name in names if _is_plan_file(name) and os.path.isfile(name)}
    if len(folders) == 1 and options.waves is None:
        options = replace(options, waves=str(folders.pop()))
        console = Console.from_options(options)
    app = load_app(options, console, lock=lock)
    return app, {_resolve_file(app, name) for name in names} or set(app.plan.documents)


def _is_plan_file(name: str) -> bool:
    return name.endswith(FILE_SUFFIXES) or (name.endswith(".csv") and Path(name).parent.name == ACTIONS_FOLDER)


def _plan_folder_of(file: Path) -> Path:
    """Return the folder of the plan that a file belongs to, which may be in its folder of actions."""
    folder = file.parent.resolve()
    return folder.parent if folder.name == ACTIONS_FOLDER else folder


def _resolve_file(app: AppContext, name: str) -> str:
    """Return the file, inside the folder of the plan, of a wave's id or of a path."""
    plan, path = app.plan, Path(name)
    if name in plan.files:
        return plan.files[name]
    if path.suffix in FILE_SUFFIXES and path.parent.resolve() == plan.folder.resolve() and path.name in plan.documents:
        return path.name
    if name == "programme" and plan.programme_file:
        return plan.programme_file
    if path.parent.resolve() == (plan.folder / ACTIONS_FOLDER).resolve() and os.path.isfile(path):
        return f"{ACTIONS_FOLDER}/{path.name}"
    return app.console.fail(
        msg("the plan has no wave or file named {name}", name=quoted(name)), suggest(name, list(plan.files))
    )

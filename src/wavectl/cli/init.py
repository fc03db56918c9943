"""``wavectl init``: write an example plan to start from, in the team's language.

The texts are in ``starter/<language>/``; their dates follow the day of the run.
"""

import os
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.arguments import parse_value
from wavectl.cli.atomic_files import fail_unwritable
from wavectl.cli.console import Console, is_interactive
from wavectl.cli.context import open_console, today_in
from wavectl.cli.language import find_plan_folder, language_of_locale
from wavectl.cli.plan_lock import README, FileChange, plan_lock, replace_files
from wavectl.cli.publication import ask_domain, domain_problem, read_domain
from wavectl.dates.timezones import zone_names
from wavectl.diagnostics import msg, quoted
from wavectl.files import os_error_reason
from wavectl.lockfile.entry import LOCKFILE_NAME
from wavectl.plan.errors.values import zones_of_country
from wavectl.plan.loader import FILE_SUFFIXES
from wavectl.text.suggest import quote_file_name
from wavectl.yamlfile.emitter import emit_quoted

_LANGUAGE_NAMES = {"en": "English", "fr": "français", "es": "español"}


def command(
    ctx: typer.Context,
    folder: Annotated[str | None, typer.Argument(metavar="DIR", help="The folder of the new plan [waves].")] = None,
    domain: Annotated[
        str | None,
        typer.Option("--domain", metavar="DOMAIN", help="A domain of your network, for the identity of its calendars."),
    ] = None,
    network: Annotated[str | None, typer.Option("--network", metavar="TEXT", help="The name of your network.")] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            "--timezone", metavar="ZONE", help="The time zone of your network: Europe/Paris, Paris or France."
        ),
    ] = None,
    example: Annotated[
        bool | None, typer.Option("--example/--no-example", help="With an example wave, or without one [with].")
    ] = None,
) -> None:
    """Write a plan to start from, with an example.

    The plan has a programme, an example of a wave and a page for the team, in the language of --lang: en, fr or es;
    else in the language of the system. Existing files are never changed: the folder must not contain a plan.

    At a terminal, what no option states is asked for. The domain is part of every calendar entry, and cannot change
    after the first publication; without one, nothing can be published yet.

    Example: wavectl init --network "UCLG" --domain waves.uclg.org
    """
    console = open_console(ctx.obj)
    target = Path(folder or ctx.obj.waves or console.working_folder / "waves")
    _check_empty(console, target)
    language = _choose_language(console)
    console = replace(console, requested_language=language)
    if network is None and is_interactive():
        network = console.ask_line(msg("The name of your network (Enter: later, with {command}):", command=_EDIT))
    own_domain = _choose_domain(console, domain)
    if example is None:
        question = msg("Add an example wave, which shows how a wave is written?")
        example = not is_interactive() or console.ask_yes_no(question, default=True)
    zone = _choose_zone(console, timezone)
    today = today_in(ctx.obj, console, "UTC")
    texts = starter_files(language, today, own_domain, network or "", zone, example=example)
    changes = [FileChange(target / name, None, text.encode()) for name, text in texts.items()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        with plan_lock(console, target):
            _check_empty(console, target)  # another run may have written a plan in the meantime
            replace_files(target, changes)
    except OSError as error:
        fail_unwritable(console, str(target), error, msg("name another folder: wavectl init my-waves"))
    console.write("".join(f"{console.display_path(change.file)}\n" for change in changes))
    _print_next_steps(console, target, f"{EXAMPLE_WAVE_IDS[language]}.yaml" if example else "")


def _check_empty(console: Console, target: Path) -> None:
    """End the run if the target is not a folder, or contains files of a plan."""
    shown = console.display_path(target)
    if os.path.exists(target) and not os.path.isdir(target):
        console.fail(msg("{folder} is not a folder", folder=shown), msg("name another folder: wavectl init my-waves"))
    try:
        names = [one.name for one in target.iterdir()] if os.path.exists(target) else []
    except OSError as error:
        console.fail(
            msg("the folder {folder} cannot be read: {reason}", folder=quoted(shown), reason=os_error_reason(error)),
            msg("name another folder: wavectl init my-waves"),
        )
    found = sorted(name for name in names if name.endswith(FILE_SUFFIXES) or name in (LOCKFILE_NAME, README))
    if found:
        console.fail(
            msg("{folder} contains {file} already, so nothing is written", folder=shown, file=found[-1]),
            msg("add a wave with wavectl new, or write the new plan into another folder: wavectl init my-waves"),
        )


def _choose_language(console: Console) -> str:
    """Return the requested language, else the one chosen on the terminal, else that of the system."""
    requested = console.requested_language
    if requested is None:
        present = list(_LANGUAGE_NAMES).index(language_of_locale())
        question = msg("In which language is the plan written? (the number) [{number}]", number=present + 1)
        console = replace(console, requested_language=language_of_locale())
        chosen = console.ask_choice(question, list(_LANGUAGE_NAMES.values())) if is_interactive() else None
        return list(_LANGUAGE_NAMES)[present if chosen is None else chosen]
    base = requested.partition("-")[0]
    if base not in EXAMPLE_WAVE_IDS:
        console.fail(msg("there is no example in {language}", language=quoted(requested)), msg("write en, fr or es"))
    return base


def _choose_domain(console: Console, requested: str | None) -> str:
    """Return the domain of the calendar entries: the requested one, else the one typed; "" to decide later."""
    if requested is None:
        return ask_domain(console, may_skip=True) if is_interactive() else ""
    domain = read_domain(requested)
    if domain is None:
        console.fail(domain_problem(requested), msg("write a name such as waves.uclg.org"))
    return domain


def _choose_zone(console: Console, requested: str | None) -> str:
    """Return the time zone of the network: the requested one, else the one typed; that of the system by default."""
    if requested is not None:
        return parse_value(console, "--timezone", "zone", requested)
    if not is_interactive():
        return "UTC"
    question = msg("In which country are your times of day? [{zone}]", zone=_system_zone())
    return console.ask_valid(question, partial(_read_zone, console)) or _system_zone()


def _read_zone(console: Console, typed: str) -> str:
    """Return the time zone that an answer names; of a country with several, the one that is chosen from a list."""
    zones = zones_of_country(typed)
    if len(zones) < 2:
        return parse_value(console, "", "zone", typed)
    return zones[console.ask_choice(msg("The number of its time zone [1]:"), zones) or 0]


def _system_zone() -> str:
    """Return the time zone of the system; UTC where it is not known."""
    name = os.environ.get("TZ", "") or os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    return name if name in zone_names() else "UTC"


def _print_next_steps(console: Console, target: Path, example: str) -> None:
    """Say what comes next; ``example`` is the name of the file of the example wave, if there is one."""
    found = find_plan_folder(console.working_folder)
    elsewhere = found is None or found.resolve() != target.resolve()
    option = f" --waves {quote_file_name(console.display_path(target))}" if elsewhere else ""
    if example:
        file = console.display_path(target / example)
        console.write_message(msg("{file} is an example: to remove it, delete this file", file=file))
        console.write_message(msg("next: look at the example with {command}", command=f"wavectl timeline{option}"))
    new = f'wavectl new "…"{option}'
    console.write_message(msg("then: add a wave of your own by its title: {command}", command=new))
    edit = f"{_EDIT}{option} --name … --languages …"
    console.write_message(msg("to change what all waves share: {command}", command=edit))


_EDIT = "wavectl programme edit"
"""The command that changes what all waves share."""


# -- the example plan

EXAMPLE_WAVE_IDS = {"en": "climate", "fr": "climat", "es": "clima"}
"""The id of the example wave, by language."""
_EXAMPLE_DOMAIN = "waves.example.org"
_NETWORK_NAME = re.compile(r'name:(?:\n +\w\w: "(?:Our network|Notre réseau|Nuestra red)"){3}')
_PROGRAMME_NAMES = {
    "Our Waves of Action": "Waves of Action",
    "Nos vagues d’action": "Vagues d’action",
    "Nuestras olas de acción": "Olas de acción",
}
"""What stands after the name of the network, where it is known, by the names of the programme without it."""
_PROGRAMME_NAME = re.compile(f'"({"|".join(_PROGRAMME_NAMES)})([^"]*)"')
_THURSDAY = 3


def starter_files(
    language: str, today: date, domain: str = "", network: str = "", zone: str = "UTC", *, example: bool = True
) -> Mapping[str, str]:
    """Return the files of the plan to start from by name, in one of the languages of ``EXAMPLE_WAVE_IDS``.

    Without a domain of the network, the programme has an example, which cannot be published. ``example`` adds a wave.
    """
    folder = files(__package__) / "starter" / language
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ("programme.yaml", "wave.yaml", "README.md")}
    wave = texts.pop("wave.yaml")
    for name, when in example_dates(today).items():
        wave = wave.replace(f"{{{name}}}", when)
    if domain:
        texts["programme.yaml"] = texts["programme.yaml"].replace(_EXAMPLE_DOMAIN, domain)
    texts["programme.yaml"] = texts["programme.yaml"].replace("timezone: UTC", f"timezone: {zone}")
    if network.strip():
        own = network.strip()
        programme = _NETWORK_NAME.sub(lambda _: f"name: {emit_quoted(own)}", texts["programme.yaml"])
        texts["programme.yaml"] = _PROGRAMME_NAME.sub(
            lambda found: emit_quoted(f"{own} – {_PROGRAMME_NAMES[found[1]]}{found[2]}"), programme
        )
    return {**({f"{EXAMPLE_WAVE_IDS[language]}.yaml": wave} if example else {}), **texts}


def example_dates(today: date) -> dict[str, str]:
    """Return the dates of the example in EDTF, all in a period of twelve months that begins with this month."""
    launch = today + timedelta(days=45)
    launch += timedelta(days=(_THURSDAY - launch.weekday()) % 7)
    call, forum, last = (_month_start(today, months) for months in (3, 6, 11))
    cities = date(today.year, 10, 31)
    return {
        "period": f"{today:%Y-%m}/{last:%Y-%m}",
        "launch": f"{launch}/{launch + timedelta(days=1)}",
        "call": str(call.replace(day=monthrange(call.year, call.month)[1])),
        "forum": f"{forum:%Y-%m}",
        "confirm": str(forum - timedelta(days=90)),
        "day": str(cities if cities >= today else cities.replace(year=today.year + 1)),
        "report": f"{last:%Y-%m}",
    }


def _month_start(day: date, months: int) -> date:
    """Return the first day of the month a number of months after a day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)

"""Help and wrong usage: in each language, complete, fast, and reported like every other error."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from contextlib import redirect_stderr
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import typer

from support.golden import Golden
from support.plans import ANNOUNCED, GROUPS, ROOT, SOUND, commands, process, program, run, write_plan
from wavectl.cli import help as helping
from wavectl.cli.app import COMMAND_GROUPS, COMMANDS, Command
from wavectl.i18n import UI_LANGUAGES

EXPECTED = Path(__file__).parent / "expected"
NAMES = list(commands())
"""All commands, and the program itself under no name."""


def shown(name: str, *arguments: str) -> str:
    """Return the help of a command, 80 cells wide."""
    outcome = run(*name.split(), "--help", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


# -- help


@pytest.mark.parametrize("language", UI_LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_help_in_each_language(name: str, language: str, golden: Golden) -> None:
    golden(EXPECTED / f"help-{name.replace(' ', '-') or 'wavectl'}.{language}.txt", shown(name, "--lang", language))


def test_options_with_a_text_in_one_language_say_how_to_give_the_next() -> None:
    for name in NAMES:
        described = re.sub(r"\s+", " ", shown(name, "--lang", "en"))
        assert described.count("fr=… for one language") == len(
            re.findall("fr=… for one language(?:; repeat the option|, and another argument)", described)
        ), name


@cache
def catalogue() -> set[str]:
    """Return the phrases that the catalogues hold."""
    spec: Any = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return set(module.collect_messages())


@pytest.mark.parametrize("name", NAMES)
def test_all_that_help_says_goes_through_the_catalogues(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    messages: set[str] = set()

    def hidden(text: str) -> str:
        messages.add(text)
        return re.sub(r"\w", "#", text)

    monkeypatch.setattr(helping, "_get_translator", lambda _: hidden)
    kept = ["wavectl", *" ".join(commands()).split(), "MIB", "URL"]
    text = re.sub(r"(?<!\w)--?[a-z][a-z-]*|\[[a-z][a-z-]*\]|\[WAVECTL_[A-Z]+\]", "", shown(name))
    assert [word for word in re.findall(r"\w+(?:-\w+)*", text) if word.strip("#") and word not in kept] == []
    assert len(messages) > (8 if name in GROUPS else 5)
    assert sorted(messages - catalogue()) == []


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_a_narrow_screen(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    program().main([*name.split(), "--help", "--lang", "fr"], "wavectl", terminal_width=50, standalone_mode=False)
    assert 40 < max(map(len, capsys.readouterr().out.splitlines())) <= 50


def test_help_asks_for_the_width_of_the_screen() -> None:
    out = process("moment", "move", "--help", "--lang", "fr", env={"COLUMNS": "50"}).out
    assert 40 < max(map(len, out.splitlines())) <= 50


def test_help_lists_every_command_with_its_summary() -> None:
    out = " ".join(shown("", "--lang", "en").split())
    for name, (_, summary) in COMMANDS.items():
        assert f"{name} {summary}" in out


def test_help_groups_the_commands_by_purpose() -> None:
    grouped = [name for names in COMMAND_GROUPS.values() for name in names]
    assert len(grouped) == len(set(grouped))
    assert COMMANDS.keys() - {"help"} <= set(grouped)
    lines = shown("", "--lang", "en").splitlines()
    for heading, names in COMMAND_GROUPS.items():
        rows = lines[lines.index(heading) + 1 :]
        assert rows[0].split()[0] == names[0]


@pytest.mark.parametrize("name", [name for name in NAMES if name])
def test_common_options_have_one_line_with_a_pointer(name: str) -> None:
    out = " ".join(shown(name, "--lang", "en").split())
    assert out.endswith("Common options: --waves, --lang, --today, --color, --max-size, --help (see wavectl --help)")
    assert "--max-size MIB" in shown("", "--lang", "en")


@pytest.mark.parametrize(
    ("arguments", "env", "language"),
    [
        (("--lang", "es"), {}, "es"),
        (("--lang=es",), {}, "es"),
        (("--lang", "fr", "--lang", "es"), {}, "es"),
        ((), {"WAVECTL_LANG": "es"}, "es"),
        (("--lang", "en"), {"WAVECTL_LANG": "es"}, "en"),
        (("--lang", "de"), {}, "en"),
        ((), {}, "fr"),  # the plan's
        (("--waves", "nowhere"), {}, "en"),
        ((), {"WAVECTL_WAVES": "nowhere"}, "en"),
    ],
)
@pytest.mark.parametrize("command", [(), ("validate",)])
def test_help_is_in_the_requested_language_else_the_plan_s(
    command: tuple[str, ...], arguments: tuple[str, ...], env: dict[str, str], language: str
) -> None:
    usage = {"en": "Usage: ", "es": "Uso: ", "fr": "Utilisation : "}[language]
    for line in ((*command, "--help", *arguments), (*arguments, *command, "--help")):
        assert run(*line, env=env).out.startswith(usage), line


def test_no_command_is_answered_with_help_as_a_mistake() -> None:
    for arguments, usage in (((), "Utilisation : "), (("--lang", "es"), "Uso: ")):
        outcome = run(*arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(usage)
        assert "export-ics" in outcome.err


@pytest.mark.parametrize("name", [name for name in NAMES if name and name not in GROUPS])
def test_the_usage_names_an_argument_once(name: str) -> None:
    usage = shown(name, "--lang", "en").splitlines()[0]
    assert re.fullmatch(
        rf"Usage: wavectl {name} \[OPTIONS\](?: \[?[A-Za-z-]+(?:(?:,| or) [A-Za-z]+)*\]?(?:\.\.\.)?)*", usage
    )


# -- what help imports


def imported(*arguments: str) -> set[str]:
    """Return the modules that a run imports."""
    code = (
        "import sys\nfrom wavectl.cli.app import app\n"
        f"app({list(arguments)}, standalone_mode=False)\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "export-ics" in done.stdout
    return set(done.stdout.splitlines()[-1].split())


def test_help_imports_what_it_needs_and_no_more() -> None:
    heavy = {"pydantic", "rich", "babel", "ics", "ruamel"}
    assert not imported("--help", "--lang", "fr") & {*heavy, "yaml", "wavectl.model", "wavectl.cli.context"}
    of_a_plan = imported("--help")
    assert "yaml" in of_a_plan
    assert not of_a_plan & {*heavy, "wavectl.model", "wavectl.cli.context", "wavectl.cli.validate"}


# -- wrong usage


@pytest.mark.parametrize(
    ("arguments", "fault", "hint"),
    [
        (("valdate",), 'there is no command "valdate"', "did you mean validate?"),
        (("nonsense",), 'there is no command "nonsense"', f"choose from {', '.join(list(COMMANDS)[:20])}"),
        (("--", "--foo"), 'there is no command "--foo"', f"choose from {', '.join(list(COMMANDS)[:20])}"),
        (("validate", "--formt", "json"), 'there is no option "--formt"', "did you mean --format?"),
        (("validate", "--formt=json"), 'there is no option "--formt"', "did you mean --format?"),
        (("--wave", "x", "validate"), 'there is no option "--wave"', "did you mean --waves?"),
        (("validate", "-x"), 'there is no option "-x"', "run wavectl validate --help to see arguments and options"),
        (
            ("validate", "--names"),
            'there is no option "--names"',
            "run wavectl validate --help to see arguments and options",
        ),
        (("--nonsense",), 'there is no option "--nonsense"', "run wavectl --help to see arguments and options"),
        (("validate", "--format"), "--format needs a value", "write --format FORMAT"),
        (("export-ics", "-o"), "-o needs a value", "write -o PATH"),
        (("validate", "--strict=yes"), "--strict takes no value", "write --strict alone"),
        (
            ("validate", "--max-size", "big"),
            '--max-size "big" is not a valid size',
            "write a number of MiB, from 0.001 to 1024",
        ),
        (
            ("validate", "--max-size", "nan"),
            '--max-size "nan" is not a valid size',
            "write a number of MiB, from 0.001 to 1024",
        ),
        (("validate", "--format", "xml"), '"xml" is not a valid value for --format', "choose from "),
    ],
)
def test_wrong_usage_is_reported_like_every_error(arguments: tuple[str, ...], fault: str, hint: str) -> None:
    outcome = run(*arguments, env={"WAVECTL_LANG": "en"})
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {fault}\n  = hint: {hint}")
    assert outcome.err.count("\n") == 2


def test_wrong_usage_is_reported_in_the_reader_s_language() -> None:
    output = {language: run("validate", "--formt", "json", "--lang", language).err for language in UI_LANGUAGES}
    assert output == {
        "en": 'error: there is no option "--formt"\n  = hint: did you mean --format?\n',
        "es": "error: no hay ninguna opción «--formt»\n  = consejo: ¿se trata de --format?\n",
        "fr": "erreur : il n'y a pas d'option « --formt »\n  = conseil : faut-il lire --format ?\n",
    }
    assert run("validate", "--formt").err == output["fr"]  # the plan's language
    assert (
        run("validate", "--select").err
        == "erreur : il faut une valeur à --select\n  = conseil : écrire --select RÈGLE\n"
    )


def test_a_mistake_beside_wrong_usage_hides_it_not() -> None:
    outcome = run("--lang", "xx", "validate", "--color", "green", "--formt")
    assert outcome.err.startswith('error: there is no option "--formt"\n')


def test_wrong_usage_is_coloured_on_request_and_has_no_control_characters() -> None:
    err = run("--lang", "en", "validate", "--color", "always", "--\x1b[2Jx").err
    assert err.startswith('\x1b[1;31merror\x1b[0m: there is no option "--')
    assert "\x1b[2J" not in err


def test_a_word_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAVECTL_LANG", "en")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)

    @single.command(cls=Command)
    def explain(rule: str = typer.Argument(metavar="RULE")) -> None:
        """Explain."""

    command: Any = typer.main.get_command(single)
    for arguments, output in (
        (
            ["a", "b"],
            'error: "b" is one argument too many\n  = hint: run explain --help to see arguments and options\n',
        ),
        ([], "error: RULE is missing\n  = hint: run explain --help to see arguments and options\n"),
    ):
        assert invoked(command, arguments) == (2, output)


def invoked(command: Any, arguments: list[str]) -> tuple[int, str]:
    """Return the exit code of a command on its own, and what it writes to the standard error."""
    err = StringIO()
    with redirect_stderr(err), pytest.raises(SystemExit) as ended:
        command.main(arguments, prog_name="explain")
    return ended.value.code, err.getvalue()  # type: ignore[return-value]


# -- what a plan's language is, before it is read


@pytest.mark.parametrize(
    ("programme", "word"),
    [
        ("languages: [es, fr]\n", "consejo"),
        ("languages: [fr]\n", "conseil "),
        ("languages: [pt]\n", "hint"),
        ("name: A\n", "hint"),
        ("languages: [\n", "hint"),
        ("languages: {fr: 1}\n", "hint"),
        ("- a list\n", "hint"),
        ("", "hint"),
    ],
)
def test_an_error_before_the_plan_is_read_is_in_its_language(programme: str, word: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": programme, "housing": ANNOUNCED})
    for arguments in (("valdate",), ("validate", "--formt"), ("validate", "--format", "xml")):
        assert f"= {word}: " in run(*arguments, cwd=tmp_path).err


def test_output_is_english_without_a_programme(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    assert run("--help", cwd=tmp_path).out.startswith("Usage: ")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_help_degrades_on_a_narrow_console(encoding: str) -> None:
    out = process("validate", "--help", "--lang", "fr", env={"PYTHONIOENCODING": encoding}).raw.decode(encoding)
    assert ("Vérifier" if encoding == "cp1252" else "Verifier") in out


def test_completion_goes_on() -> None:
    line = {"_WAVECTL_COMPLETE": "complete_bash", "COMP_WORDS": "wavectl va", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "from wavectl.cli.app import run; run()"],
        cwd=ROOT,
        env={"PATH": "", **line},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.split() == ["validate"]

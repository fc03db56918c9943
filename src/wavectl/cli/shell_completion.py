"""What a shell offers to complete: commands, options and their values, waves, moments, actors, feeds, rules.

A shell asks at every press of a key, so this stands apart from the command line: no Typer, no models. What commands
and options there are is told by ``completions.json``, which a test keeps as they are. What is offered of a plan is
read for its ids alone, as far as it can be read, and holds nothing that a shell could run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SUFFIXES = (".yaml", ".yml")
_MAX_BYTES = 2 * 1024 * 1024
"""The largest file, in bytes, whose moments are offered: whoever waits for a shell would rather type."""
_MAX_NODES = 250_000
_COMPLETIONS_FILE = Path(__file__).with_name("completions.json")


class Completion(NamedTuple):
    """A word that may stand at a place, and what it means in English, where there is something to say of it."""

    word: str
    help: str = ""


class ShellResponse(NamedTuple):
    """What a shell is answered, and the exit code, by which one asks whether there is anything to offer."""

    text: str
    code: int = 0


def respond_to_shell(instruction: str, environment: Mapping[str, str], working_folder: Path) -> ShellResponse:
    """Answer a shell that runs in the folder ``home``; ``instruction`` is what its script asks for: complete_bash."""
    shell = instruction.removeprefix("complete_")
    words, typed = _split_words(shell, environment)
    line = CommandLine(words, environment, working_folder)
    offers = [
        offer for offer in line.completions(typed) if offer.word.startswith(typed) and not re.search(r"\s", offer.word)
    ]
    if shell == "fish" and environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return ShellResponse("", 0 if offers else 1)
    helps = [] if shell == "bash" else [line.translate(offer.help) for offer in offers]
    return ShellResponse(_FORMATTERS.get(shell, _format_bash)(offers, helps))


def _split_words(shell: str, environment: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the words that are typed already, behind the program's name, and the one that is being typed."""
    if shell == "bash":
        words = [_unquote(word) for word in environment.get("COMP_WORDS", "").split("\n")]
        place = int(environment.get("COMP_CWORD", "0"))
        typed = words[place] if place < len(words) else ""
        return [word for word in words[1:place] if word != "="], "" if typed == "=" else typed
    text = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = [_unquote(word) for word in re.findall(r"""(?:\\.|"[^"]*"?|'[^']*'?|[^\s"'\\])+""", text)]
    if shell in ("powershell", "pwsh"):
        typed = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return words[1:-1] if typed else words[1:], typed
    return (words[1:], "") if not words[1:] or text[-1:].isspace() else (words[1:-1], words[-1])


def _unquote(word: str) -> str:
    """Return a word without the quotation marks and backslashes that a shell takes away."""
    return re.sub(r"""\\(.)|["']""", r"\1", word)


class CommandLine:
    """A command line as far as it is typed."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], working_folder: Path) -> None:
        self._environment, self._working_folder = environment, working_folder
        self._table = json.loads(_COMPLETIONS_FILE.read_bytes())
        self._words = list(words)
        self._option_values: dict[str, str] = {}
        self._command, self._argument_count, self._pending_option = self._parse_words()

    def completions(self, typed: str) -> Iterator[Completion]:
        """Return what may stand in the place of the word that is being typed, if it goes on as that does."""
        name, sign, _ = typed.partition("=")
        if self._pending_option is not None:
            yield from self._parameter_values(self._pending_option)
        elif typed.startswith("-") and sign:
            option = self._options().get(name)
            if option is not None:
                yield from (Completion(f"{name}={offer.word}", offer.help) for offer in self._parameter_values(option))
        elif typed.startswith("-"):
            yield from (
                Completion(one, option["help"]) for one, option in self._options().items() if one.startswith("--")
            )
        elif "commands" in self._command and not self._argument_count:
            yield from (Completion(one, below["help"]) for one, below in self._command["commands"].items())
        else:
            arguments = self._command.get("arguments", [])
            argument = arguments[min(self._argument_count, len(arguments) - 1)] if arguments else None
            if argument is not None and (argument["many"] or self._argument_count < len(arguments)):
                yield from self._parameter_values(argument)

    def translate(self, text: str) -> str:
        """Return what there is to say of an offer in the language of the line, else of the plan."""
        if not text:
            return ""
        from wavectl.i18n.catalogues import UI_LANGUAGES, translator

        language = (
            self._option_values.get("--lang")
            or self._environment.get("WAVECTL_LANG")
            or (self._programme_languages() or ["en"])[0]
        )
        base = language.replace("_", "-").partition("-")[0].lower()
        return translator(base if base in UI_LANGUAGES else "en")(text)

    def _parse_words(self) -> tuple[Any, int, Any]:
        """Return the command that the words lead to, how many arguments it has, the option that lacks its value."""
        self._command, taken, ahead = self._table, 0, list(self._words)
        while ahead:
            word = ahead.pop(0)
            name, sign, value = word.partition("=")
            option = self._options().get(name) if word.startswith("-") else None
            if option is not None and option["value"] and not sign and not ahead:
                return self._command, taken, option
            if option is not None:
                self._option_values[name] = value if sign or not option["value"] else ahead.pop(0)
            elif word in self._command.get("commands", {}):
                self._command = self._command["commands"][word]
            elif not word.startswith("-"):
                taken += 1
        return self._command, taken, None

    def _options(self) -> dict[str, Any]:
        return {name: option for option in self._command["options"] for name in option["names"]}

    # -- values

    def _parameter_values(self, parameter: Mapping[str, Any]) -> Iterator[Completion]:
        """Return the values that an option or an argument can have; none where they are anybody's guess."""
        yield from map(Completion, parameter["choices"])
        kinds: Mapping[str, Callable[[], Iterator[str]]] = {
            "WAVE": self._wave_ids,
            "WAVE or FILE": partial(iter, ("programme",)),
            "MOMENT": self._moment_references,
            "WAVE/MOMENT": self._moment_references,
            "OTHER": self._moment_references,
            "--wave": self._wave_ids,
            "FEED": self._feed_names,
            "ACTOR": partial(self._programme_ids, "actors"),
            "--actor": partial(self._programme_ids, "actors"),
            "--owner": partial(self._programme_ids, "actors"),
            "--region": partial(self._programme_ids, "regions"),
            "--priority": partial(self._programme_ids, "priorities"),
            "RULE": partial(iter, self._table["rules"]),
            "CC": partial(iter, self._table["countries"]),
            "LANG": self._suggested_languages,
        }
        value = parameter["value"]
        for word in dict.fromkeys((*value.split(" or "), value, *parameter.get("names", ()))):
            if word in kinds:
                yield from map(Completion, kinds[word]())

    def _plan_folder(self) -> Path | None:
        named = self._option_values.get("--waves") or self._environment.get("WAVECTL_WAVES")
        if named:
            return self._working_folder / named
        return next(
            (
                place / "waves"
                for place in (self._working_folder, *self._working_folder.parents)
                if (place / "waves").is_dir()
            ),
            None,
        )

    def _plan_files(self) -> dict[str, Path]:
        """Return the files of the plan by the ids that they give, the programme's too."""
        folder = self._plan_folder()
        files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
        return {file.stem: file for file in files if file.suffix in _SUFFIXES and _ID.fullmatch(file.stem)}

    def _wave_ids(self) -> Iterator[str]:
        return (wave for wave in self._plan_files() if wave != "programme")

    def _moment_references(self) -> Iterator[str]:
        for wave, file in self._plan_files().items():
            if wave != "programme":
                for _, moment in _child_nodes(_child_node(_root_node(file), "moments")):
                    name = _scalar_value(_child_node(moment, "id"))
                    if _ID.fullmatch(name):
                        yield f"{wave}/{name}"

    def _feed_names(self) -> Iterator[str]:
        yield "all"
        yield from self._programme_ids("feeds")

    def _programme_ids(self, key: str) -> Iterator[str]:
        """Return the ids of the programme below a key, and of actors those that waves describe themselves."""
        files = self._plan_files()
        found = (name for name, _ in _child_nodes(_child_node(_root_node(files.get("programme")), key)))
        yield from (name for name in found if _ID.fullmatch(name))
        if key == "actors":
            for wave, file in files.items():
                if wave != "programme":
                    described = (
                        _scalar_value(_child_node(one, "id"))
                        for _, one in _child_nodes(_child_node(_root_node(file), key))
                    )
                    yield from (name for name in described if _ID.fullmatch(name))

    def _programme_languages(self) -> list[str]:
        listed = _child_nodes(_child_node(_root_node(self._plan_files().get("programme")), "languages"))
        return [language for _, one in listed if re.fullmatch("[A-Za-z-]{2,12}", language := _scalar_value(one))]

    def _suggested_languages(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._programme_languages(), "fr", "en", "es"))


# -- files


def _root_node(file: Path | None) -> Any:
    """Return the root node of a file; None where there is none, or it cannot be read."""
    if file is None or not file.is_file() or file.stat().st_size > _MAX_BYTES:
        return None
    from wavectl.yamlfile.parser import ComposeError, compose

    try:
        return compose(file.read_bytes().decode("utf-8-sig"), _MAX_NODES)
    except (ComposeError, UnicodeDecodeError, OSError):
        return None


def _child_nodes(node: Any) -> Iterator[tuple[str, Any]]:
    """Return the names and the nodes of a block, or of a list, whose items have none."""
    for one in node.value if isinstance(getattr(node, "value", None), list) else ():
        yield (_scalar_value(one[0]), one[1]) if isinstance(one, tuple) else ("", one)


def _child_node(node: Any, key: str) -> Any:
    return next((one for name, one in _child_nodes(node) if name == key), None)


def _scalar_value(node: Any) -> str:
    return node.value if isinstance(getattr(node, "value", None), str) else ""


# -- the forms that shells want their answers in


def _format_bash(completions: Sequence[Completion], _descriptions: Sequence[str]) -> str:
    return "".join(f"{offer.word}\n" for offer in completions)


def _format_zsh(completions: Sequence[Completion], descriptions: Sequence[str]) -> str:
    """Return what zsh runs: words and what they mean, without a sign that a shell takes for its own."""
    if not completions:
        return "_files\n"
    rows = [
        f'"{offer.word}"' + (f':"{_escape_zsh(told)}"' if told else "")
        for offer, told in zip(completions, descriptions, strict=True)
    ]
    return "_arguments '*: :(({}))'\n".format("\n".join(rows))


def _escape_zsh(text: str) -> str:
    return re.sub(r'[`$\\"()\[\]{}|&;<>!*?~#]', " ", text).replace("'", "’").replace(":", r"\\:")


def _format_fish(completions: Sequence[Completion], descriptions: Sequence[str]) -> str:
    return "".join(
        f"{offer.word}\t{told}\n" if told else f"{offer.word}\n"
        for offer, told in zip(completions, descriptions, strict=True)
    )


def _format_powershell(completions: Sequence[Completion], descriptions: Sequence[str]) -> str:
    return "".join(f"{offer.word}:::{told or ' '}\n" for offer, told in zip(completions, descriptions, strict=True))


_FORMATTERS = {
    "bash": _format_bash,
    "zsh": _format_zsh,
    "fish": _format_fish,
    "powershell": _format_powershell,
    "pwsh": _format_powershell,
}

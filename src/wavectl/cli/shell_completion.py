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
_LARGEST = 2 * 1024 * 1024
"""The largest file, in bytes, whose moments are offered: whoever waits for a shell would rather type."""
_NODES = 250_000
_TABLE = Path(__file__).with_name("completions.json")


class Offer(NamedTuple):
    """A word that may stand at a place, and what it means in English, where there is something to say of it."""

    word: str
    help: str = ""


class Answer(NamedTuple):
    """What a shell is answered, and the exit code, by which one asks whether there is anything to offer."""

    text: str
    code: int = 0


def answer(instruction: str, environment: Mapping[str, str], home: Path) -> Answer:
    """Answer a shell that runs in the folder ``home``; ``instruction`` is what its script asks for: complete_bash."""
    shell = instruction.removeprefix("complete_")
    words, typed = _asked(shell, environment)
    line = Line(words, environment, home)
    offers = [
        offer for offer in line.offers(typed) if offer.word.startswith(typed) and not re.search(r"\s", offer.word)
    ]
    if shell == "fish" and environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return Answer("", 0 if offers else 1)
    helps = [] if shell == "bash" else [line.translated(offer.help) for offer in offers]
    return Answer(_FORMS.get(shell, _bash)(offers, helps))


def _asked(shell: str, environment: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the words that are typed already, behind the program's name, and the one that is being typed."""
    if shell == "bash":
        words = [_bare(word) for word in environment.get("COMP_WORDS", "").split("\n")]
        place = int(environment.get("COMP_CWORD", "0"))
        typed = words[place] if place < len(words) else ""
        return [word for word in words[1:place] if word != "="], "" if typed == "=" else typed
    text = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = [_bare(word) for word in re.findall(r"""(?:\\.|"[^"]*"?|'[^']*'?|[^\s"'\\])+""", text)]
    if shell in ("powershell", "pwsh"):
        typed = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return words[1:-1] if typed else words[1:], typed
    return (words[1:], "") if not words[1:] or text[-1:].isspace() else (words[1:-1], words[-1])


def _bare(word: str) -> str:
    """Return a word without the quotation marks and backslashes that a shell takes away."""
    return re.sub(r"""\\(.)|["']""", r"\1", word)


class Line:
    """A command line as far as it is typed."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], home: Path) -> None:
        self._environment, self._home = environment, home
        self._table = json.loads(_TABLE.read_bytes())
        self._words = list(words)
        self._given: dict[str, str] = {}
        self._place, self._taken, self._open = self._walked()

    def offers(self, typed: str) -> Iterator[Offer]:
        """Return what may stand in the place of the word that is being typed, if it goes on as that does."""
        name, sign, _ = typed.partition("=")
        if self._open is not None:
            yield from self._values(self._open)
        elif typed.startswith("-") and sign:
            option = self._options().get(name)
            if option is not None:
                yield from (Offer(f"{name}={offer.word}", offer.help) for offer in self._values(option))
        elif typed.startswith("-"):
            yield from (Offer(one, option["help"]) for one, option in self._options().items() if one.startswith("--"))
        elif "commands" in self._place and not self._taken:
            yield from (Offer(one, below["help"]) for one, below in self._place["commands"].items())
        else:
            arguments = self._place.get("arguments", [])
            argument = arguments[min(self._taken, len(arguments) - 1)] if arguments else None
            if argument is not None and (argument["many"] or self._taken < len(arguments)):
                yield from self._values(argument)

    def translated(self, text: str) -> str:
        """Return what there is to say of an offer in the language of the line, else of the plan."""
        if not text:
            return ""
        from wavectl.i18n.catalogues import LANGUAGES, translator

        language = (
            self._given.get("--lang") or self._environment.get("WAVECTL_LANG") or (self._languages() or ["en"])[0]
        )
        base = language.replace("_", "-").partition("-")[0].lower()
        return translator(base if base in LANGUAGES else "en")(text)

    def _walked(self) -> tuple[Any, int, Any]:
        """Return the command that the words lead to, how many arguments it has, the option that lacks its value."""
        self._place, taken, ahead = self._table, 0, list(self._words)
        while ahead:
            word = ahead.pop(0)
            name, sign, value = word.partition("=")
            option = self._options().get(name) if word.startswith("-") else None
            if option is not None and option["value"] and not sign and not ahead:
                return self._place, taken, option
            if option is not None:
                self._given[name] = value if sign or not option["value"] else ahead.pop(0)
            elif word in self._place.get("commands", {}):
                self._place = self._place["commands"][word]
            elif not word.startswith("-"):
                taken += 1
        return self._place, taken, None

    def _options(self) -> dict[str, Any]:
        return {name: option for option in self._place["options"] for name in option["names"]}

    # -- values

    def _values(self, parameter: Mapping[str, Any]) -> Iterator[Offer]:
        """Return the values that an option or an argument can have; none where they are anybody's guess."""
        yield from map(Offer, parameter["choices"])
        kinds: Mapping[str, Callable[[], Iterator[str]]] = {
            "WAVE": self._waves,
            "WAVE or FILE": partial(iter, ("programme",)),
            "MOMENT": self._moments,
            "WAVE/MOMENT": self._moments,
            "OTHER": self._moments,
            "--wave": self._waves,
            "FEED": self._feeds,
            "ACTOR": partial(self._ids, "actors"),
            "--actor": partial(self._ids, "actors"),
            "--owner": partial(self._ids, "actors"),
            "--region": partial(self._ids, "regions"),
            "--priority": partial(self._ids, "priorities"),
            "RULE": partial(iter, self._table["rules"]),
            "CC": partial(iter, self._table["countries"]),
            "LANG": self._known_languages,
        }
        value = parameter["value"]
        for word in dict.fromkeys((*value.split(" or "), value, *parameter.get("names", ()))):
            if word in kinds:
                yield from map(Offer, kinds[word]())

    def _folder(self) -> Path | None:
        named = self._given.get("--waves") or self._environment.get("WAVECTL_WAVES")
        if named:
            return self._home / named
        return next(
            (place / "waves" for place in (self._home, *self._home.parents) if (place / "waves").is_dir()), None
        )

    def _files(self) -> dict[str, Path]:
        """Return the files of the plan by the ids that they give, the programme's too."""
        folder = self._folder()
        files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
        return {file.stem: file for file in files if file.suffix in _SUFFIXES and _ID.fullmatch(file.stem)}

    def _waves(self) -> Iterator[str]:
        return (wave for wave in self._files() if wave != "programme")

    def _moments(self) -> Iterator[str]:
        for wave, file in self._files().items():
            if wave != "programme":
                for _, moment in _below(_part(_root(file), "moments")):
                    name = _scalar(_part(moment, "id"))
                    if _ID.fullmatch(name):
                        yield f"{wave}/{name}"

    def _feeds(self) -> Iterator[str]:
        yield "all"
        yield from self._ids("feeds")

    def _ids(self, key: str) -> Iterator[str]:
        """Return the ids of the programme below a key, and of actors those that waves describe themselves."""
        files = self._files()
        found = (name for name, _ in _below(_part(_root(files.get("programme")), key)))
        yield from (name for name in found if _ID.fullmatch(name))
        if key == "actors":
            for wave, file in files.items():
                if wave != "programme":
                    described = (_scalar(_part(one, "id")) for _, one in _below(_part(_root(file), key)))
                    yield from (name for name in described if _ID.fullmatch(name))

    def _languages(self) -> list[str]:
        listed = _below(_part(_root(self._files().get("programme")), "languages"))
        return [language for _, one in listed if re.fullmatch("[A-Za-z-]{2,12}", language := _scalar(one))]

    def _known_languages(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._languages(), "fr", "en", "es"))


# -- files


def _root(file: Path | None) -> Any:
    """Return the root node of a file; None where there is none, or it cannot be read."""
    if file is None or not file.is_file() or file.stat().st_size > _LARGEST:
        return None
    from wavectl.yamlfile.parser import ComposeError, compose

    try:
        return compose(file.read_bytes().decode("utf-8-sig"), _NODES)
    except (ComposeError, UnicodeDecodeError, OSError):
        return None


def _below(node: Any) -> Iterator[tuple[str, Any]]:
    """Return the names and the nodes of a block, or of a list, whose items have none."""
    for one in node.value if isinstance(getattr(node, "value", None), list) else ():
        yield (_scalar(one[0]), one[1]) if isinstance(one, tuple) else ("", one)


def _part(node: Any, key: str) -> Any:
    return next((one for name, one in _below(node) if name == key), None)


def _scalar(node: Any) -> str:
    return node.value if isinstance(getattr(node, "value", None), str) else ""


# -- the forms that shells want their answers in


def _bash(offers: Sequence[Offer], _helps: Sequence[str]) -> str:
    return "".join(f"{offer.word}\n" for offer in offers)


def _zsh(offers: Sequence[Offer], helps: Sequence[str]) -> str:
    """Return what zsh runs: words and what they mean, without a sign that a shell takes for its own."""
    if not offers:
        return "_files\n"
    rows = [
        f'"{offer.word}"' + (f':"{_harmless(told)}"' if told else "") for offer, told in zip(offers, helps, strict=True)
    ]
    return "_arguments '*: :(({}))'\n".format("\n".join(rows))


def _harmless(text: str) -> str:
    return re.sub(r'[`$\\"()\[\]{}|&;<>!*?~#]', " ", text).replace("'", "’").replace(":", r"\\:")


def _fish(offers: Sequence[Offer], helps: Sequence[str]) -> str:
    return "".join(
        f"{offer.word}\t{told}\n" if told else f"{offer.word}\n" for offer, told in zip(offers, helps, strict=True)
    )


def _powershell(offers: Sequence[Offer], helps: Sequence[str]) -> str:
    return "".join(f"{offer.word}:::{told or ' '}\n" for offer, told in zip(offers, helps, strict=True))


_FORMS = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell, "pwsh": _powershell}

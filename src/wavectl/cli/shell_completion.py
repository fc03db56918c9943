"""Complete a command line for a shell: commands, options and their values, and the ids of a plan.

A shell calls this at every press of the Tab key, so no Typer and no models are imported. Commands and options come
from ``completions.json``, which a test keeps equal to the command line. Of a plan only the ids are read, as far as
they can be read within a bound. No completion contains characters that are special to a shell.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from wavectl.cli.language import find_plan_folder
from wavectl.files import open_file
from wavectl.i18n import UI_LANGUAGES, translator

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SUFFIXES = (".yaml", ".yml")
_MAX_BYTES = 180_000
"""How many bytes of a plan are read for one completion, all files together: about 800 moments, which takes six times
as long as an empty Python program."""
_MAX_NODES = 30_000
"""How many YAML nodes are read for one completion, all files together."""
_MAX_REGISTER_BYTES = 4_000_000
"""How many bytes of registers of local actions are read for one completion, all files together."""
_MAX_ACTIONS = 500
"""How many actions are offered; further letters of an id choose among more."""
_COMPLETIONS_FILE = Path(__file__).with_name("completions.json")


class Completion(NamedTuple):
    """A word that completes the line, and its description in English, if there is one."""

    word: str
    help: str = ""


class ShellResponse(NamedTuple):
    """The output for a shell, and the exit code; fish asks for the code alone."""

    text: str
    code: int = 0


def respond_to_shell(instruction: str, environment: Mapping[str, str], working_folder: Path) -> ShellResponse:
    """Return the response to a shell; ``instruction`` is what its script requests, such as ``complete_bash``."""
    shell = instruction.removeprefix("complete_")
    words, typed, kept = _split_words(shell, environment)
    line = CommandLine(words, typed, environment, working_folder)
    completions = [one for one in line.completions() if one.word.startswith(typed) and not re.search(r"\s", one.word)]
    if shell == "fish" and environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return ShellResponse("", 0 if completions else 1)
    described = shell in ("zsh", "fish", "powershell", "pwsh")
    rows = [(one.word.removeprefix(kept), line.translate(one.help) if described else "") for one in completions]
    return ShellResponse(_format(shell, rows))


def _split_words(shell: str, environment: Mapping[str, str]) -> tuple[list[str], str, str]:
    """Return the complete words after the program's name, the word that is being typed, and its part that stays.

    For bash, ``Event=ti`` is three words, of which it replaces the last.
    """
    if shell == "bash":
        words = [_unquote(word) for word in environment.get("COMP_WORDS", "").split("\n")]
        index = int(environment.get("COMP_CWORD", "0"))
        typed = words[index] if index < len(words) else ""
        before, typed = ([*words[1:index], "="], "") if typed == "=" else (words[1:index], typed)
        kept = f"{before[-2]}=" if before[-1:] == ["="] and not before[-2:][0].startswith(("-", "=")) else ""
        before = before[:-2] if kept else before
        return [word for word in before if word != "="], kept + typed, kept
    text = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = [_unquote(word) for word in re.findall(r"""(?:\\.|"[^"]*"?|'[^']*'?|[^\s"'\\])+""", text)]
    if shell in ("powershell", "pwsh"):
        typed = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return words[1:-1] if typed else words[1:], typed, ""
    return (words[1:], "", "") if not words[1:] or text[-1:].isspace() else (words[1:-1], words[-1], "")


def _unquote(word: str) -> str:
    """Return a word without the quotation marks and backslashes that a shell removes."""
    return re.sub(r"""\\(.)|["']""", r"\1", word)


class CommandLine:
    """A command line of complete words and the word that is being typed."""

    def __init__(self, words: Sequence[str], typed: str, environment: Mapping[str, str], working_folder: Path) -> None:
        self._typed, self._environment = typed, environment
        self._table = json.loads(_COMPLETIONS_FILE.read_bytes())
        self._option_values: dict[str, str] = {}
        self._arguments: list[str] = []
        self._is_about_actions = False
        self._command, self._pending_option = self._parse_words(list(words))
        folder = self._option_values.get("--waves") or environment.get("WAVECTL_WAVES")
        self._plan = PlanIds(working_folder / folder if folder else find_plan_folder(working_folder))

    def completions(self) -> Iterator[Completion]:
        """Return the completions in the place of the typed word. Not all of them start with it."""
        name, sign, _ = self._typed.partition("=")
        if self._pending_option is not None:
            yield from self._parameter_values(self._pending_option, self._typed)
        elif self._typed.startswith("-") and sign:
            option = self._options().get(name)
            if option is not None:
                values = self._parameter_values(option, self._typed.removeprefix(f"{name}="))
                yield from (Completion(f"{name}={value.word}", value.help) for value in values)
        elif self._typed.startswith("-"):
            options = self._options().items()
            yield from (Completion(name, option["help"]) for name, option in options if name.startswith("--"))
        elif "commands" in self._command and not self._arguments:
            yield from (Completion(name, command["help"]) for name, command in self._command["commands"].items())
        else:
            arguments, count = self._command.get("arguments", []), len(self._arguments)
            argument = arguments[min(count, len(arguments) - 1)] if arguments else None
            if argument is not None and (argument["many"] or count < len(arguments)):
                yield from self._parameter_values(argument, self._typed)

    def translate(self, text: str) -> str:
        """Return a description in the language of the command line, else of the plan."""
        if not text:
            return ""
        language = (
            self._option_values.get("--lang")
            or self._environment.get("WAVECTL_LANG")
            or (self._plan.languages() or ["en"])[0]
        )
        base = language.replace("_", "-").partition("-")[0].lower()
        return translator(base if base in UI_LANGUAGES else "en")(text)

    def _parse_words(self, words: list[str]) -> tuple[Any, Any]:
        """Store arguments and option values; return the command, and the option that lacks its value, if any."""
        self._command = self._table
        while words:
            word = words.pop(0)
            name, sign, value = word.partition("=")
            option = self._options().get(name) if word.startswith("-") else None
            if option is not None and option["value"] and not sign and not words:
                return self._command, option
            if option is not None:
                self._option_values[name] = value if sign or not option["value"] else words.pop(0)
            elif word in self._command.get("commands", {}):
                self._is_about_actions |= word == "actions"
                self._command = self._command["commands"][word]
            elif not word.startswith("-"):
                self._arguments.append(word)
        return self._command, None

    def _options(self) -> dict[str, Any]:
        return {name: option for option in self._command["options"] for name in option["names"]}

    def _parameter_values(self, parameter: Mapping[str, Any], typed: str) -> Iterator[Completion]:
        """Return the values of an option or an argument; none if it takes free text."""
        yield from map(Completion, parameter["choices"])
        plan = self._plan
        moments = partial(plan.moment_references, typed)
        words = [*self._arguments, *self._option_values.values()]
        actors = partial(plan.actor_ids, words)
        priorities = partial(plan.programme_ids, "priorities")
        kinds: Mapping[str, Callable[[], Iterator[str]]] = {
            "WAVE": plan.wave_ids,
            "WAVE or FILE": partial(iter, ("programme",)),
            "MOMENT": moments,
            "WAVE/MOMENT": moments,
            "ID": partial(plan.action_ids, words, typed) if self._is_about_actions else partial(iter, ()),
            "--wave": plan.wave_ids,
            "FEED": plan.feed_names,
            "ACTOR": actors,
            **dict.fromkeys(("--actor", "--add-actor", "--remove-actor"), actors),
            "--owner": actors,
            "--moment": partial(plan.moment_ids, words),
            "--source": plan.source_names,
            "--region": partial(plan.programme_ids, "regions"),
            **dict.fromkeys(("--priority", "--add-priority", "--remove-priority"), priorities),
            "--organiser-type": partial(iter, self._table["organiser_types"]),
            "RULE": partial(iter, self._table["rules"]),
            "COUNTRY": partial(iter, self._table["countries"]),
            "LANG": plan.suggested_languages,
            "ZONE": _zone_names,
            "COLUMN": partial(self._mapped_fields, typed),
        }
        value = parameter["value"]
        if value == "OTHER":
            value = self._command["arguments"][0]["value"]
        own = [name for name in parameter.get("names", ()) if name in kinds]
        names = own or [name for name in (*value.split(" or "), value) if name in kinds]
        for list_values in dict.fromkeys(kinds[name] for name in names):
            yield from map(Completion, list_values())

    def _mapped_fields(self, typed: str) -> Iterator[str]:
        """Return the fields of a sheet after a heading and "="; none for a heading with special characters."""
        heading, sign, _ = typed.rpartition("=")
        if sign and re.fullmatch(r"[\w-]+", heading):
            fields = self._table["action_columns" if self._is_about_actions else "fields"]
            yield from (f"{heading}={field}" for field in fields)


def _zone_names() -> Iterator[str]:
    from wavectl.dates import timezones

    return iter(sorted(timezones.zone_names()))


# -- ids of a plan


class PlanIds:
    """The ids in the files of a plan. What exceeds the bound of one completion is left out."""

    def __init__(self, folder: Path | None) -> None:
        files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
        self._files = {file.stem: file for file in files if file.suffix in _SUFFIXES and _ID.fullmatch(file.stem)}
        self._programme_file = self._files.pop("programme", None)
        self._actions_folder = folder / "actions" if folder is not None else Path()
        self._bytes_left, self._nodes_left = _MAX_BYTES, _MAX_NODES
        self._register_bytes_left = _MAX_REGISTER_BYTES

    def wave_ids(self) -> Iterator[str]:
        """Return the ids of all waves."""
        return iter(self._files)

    def moment_references(self, typed: str) -> Iterator[str]:
        """Return ``wave/id`` of the moments that can complete a typed word; other waves are not read."""
        typed_wave, slash, _ = typed.partition("/")
        for wave, file in self._files.items():
            if wave == typed_wave if slash else wave.startswith(typed_wave):
                yield from (f"{wave}/{id_}" for id_ in _item_ids(_child_node(self._root_node(file), "moments")))

    def moment_ids(self, words: Sequence[str]) -> Iterator[str]:
        """Return the ids of the moments of the waves among the words, or of all waves, each once."""
        files = [self._files[word] for word in words if word in self._files] or self._files.values()
        nodes = (_child_node(self._root_node(file), "moments") for file in files)
        return iter(dict.fromkeys(id_ for node in nodes for id_ in _item_ids(node)))

    def source_names(self) -> Iterator[str]:
        """Return the names of the sources of local actions."""
        sources = _child_node(self._root_node(self._actions_folder / "sources.yaml"), "sources")
        return (name for name, _ in _child_nodes(sources) if _ID.fullmatch(name))

    def action_ids(self, words: Sequence[str], typed: str) -> Iterator[str]:
        """Return the ids that start with a typed word, of the actions of the waves among the words, or of all waves."""
        waves = [word for word in words if word in self._files] or self._files
        ids = (id_ for wave in waves for id_ in self._first_cells(self._actions_folder / f"{wave}.csv"))
        return islice((id_ for id_ in ids if id_.startswith(typed) and _ID.fullmatch(id_)), _MAX_ACTIONS)

    def _first_cells(self, file: Path) -> Iterator[str]:
        """Return the first cell of each line below the first, as far as the file is read within the bound."""
        try:
            with open_file(file) as source:
                lines = source.read(self._register_bytes_left).splitlines()
        except OSError:
            return
        self._register_bytes_left -= sum(map(len, lines))
        yield from (line.partition(b",")[0].decode("ascii", "replace") for line in lines[1:] if b"," in line)

    def actor_ids(self, words: Sequence[str]) -> Iterator[str]:
        """Return the ids of the register's actors, then of the waves' own; waves among the words are read first."""
        yield from self.programme_ids("actors")
        for wave in dict.fromkeys((*(word for word in words if word in self._files), *self._files)):
            yield from _item_ids(_child_node(self._root_node(self._files[wave]), "actors"))

    def feed_names(self) -> Iterator[str]:
        """Return the names of the feeds that are not waves."""
        yield "all"
        yield from self.programme_ids("feeds")

    def programme_ids(self, key: str) -> Iterator[str]:
        """Return the ids below a key of the programme."""
        return (name for name, _ in _child_nodes(_child_node(self._programme, key)) if _ID.fullmatch(name))

    def languages(self) -> list[str]:
        """Return the languages of the programme."""
        codes = (_scalar_value(node) for _, node in _child_nodes(_child_node(self._programme, "languages")))
        return [code for code in codes if re.fullmatch("[A-Za-z-]{2,12}", code)]

    def suggested_languages(self) -> Iterator[str]:
        """Return the languages of the programme and of wavectl."""
        return iter(dict.fromkeys((*self.languages(), "fr", "en", "es")))

    @cached_property
    def _programme(self) -> Any:
        return self._root_node(self._programme_file)

    def _root_node(self, file: Path | None) -> Any:
        """Return the root node of a file, of a long one its beginning; None if it cannot be read within the bound."""
        if file is None or self._bytes_left <= 0 or self._nodes_left <= 0:
            return None
        from wavectl.yamlfile.parser import ComposeError, compose

        try:
            with open_file(file) as source:
                data = source.read(self._bytes_left + 1)
            if len(data) > self._bytes_left:  # end with the last item of a list that is read as a whole
                data = data[: max(data.rfind(b"\n- "), data.rfind(b"\n  - "), 0)]
            self._bytes_left -= len(data)
            root = compose(data.decode("utf-8-sig"), self._nodes_left)
        except (ComposeError, UnicodeDecodeError, OSError):
            return None
        self._nodes_left -= _count_nodes(root)
        return root


def _count_nodes(root: Any) -> int:
    """Return the number of nodes below and including a node; an alias counts once."""
    seen: set[int] = set()
    queue = [root]
    while queue:
        node = queue.pop()
        if id(node) not in seen:
            seen.add(id(node))
            for child in node.value if isinstance(getattr(node, "value", None), list) else ():
                queue.extend(child if isinstance(child, tuple) else (child,))
    return len(seen)


def _item_ids(items: Any) -> Iterator[str]:
    """Return the valid ids of the items of a list."""
    ids = (_scalar_value(_child_node(item, "id")) for _, item in _child_nodes(items))
    return (id_ for id_ in ids if _ID.fullmatch(id_))


def _child_nodes(node: Any) -> Iterator[tuple[str, Any]]:
    """Return the keys and nodes of a mapping, or of a list, whose items have no key."""
    for child in node.value if isinstance(getattr(node, "value", None), list) else ():
        yield (_scalar_value(child[0]), child[1]) if isinstance(child, tuple) else ("", child)


def _child_node(node: Any, key: str) -> Any:
    return next((child for name, child in _child_nodes(node) if name == key), None)


def _scalar_value(node: Any) -> str:
    return node.value if isinstance(getattr(node, "value", None), str) else ""


# -- output formats of the shells


def _format(shell: str, rows: Sequence[tuple[str, str]]) -> str:
    """Return words and their descriptions, or "", in the form of a shell; PowerShell needs a description."""
    if shell == "zsh":
        return _format_zsh(rows)
    if shell in ("powershell", "pwsh"):
        return "".join(f"{word}:::{description or ' '}\n" for word, description in rows)
    return "".join(f"{word}\t{description}\n" if description else f"{word}\n" for word, description in rows)


def _format_zsh(rows: Sequence[tuple[str, str]]) -> str:
    """Return the code that zsh runs: words and descriptions, without characters that are special to a shell."""
    if not rows:
        return "_files\n"
    parts = [f'"{word}"' + (f':"{_escape_zsh(description)}"' if description else "") for word, description in rows]
    return "_arguments '*: :(({}))'\n".format("\n".join(parts))


def _escape_zsh(text: str) -> str:
    return re.sub(r'[`$\\"()\[\]{}|&;<>!*?~#]', " ", text).replace("'", "’").replace(":", r"\\:")

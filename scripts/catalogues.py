"""Update and compile the gettext catalogues ``src/wavectl/i18n/locale/<language>.po``.

Run it after any change of a message, translate the empty entries of the ``.po`` files, and run it again. It exits
with 1 if a translation is missing or wrong. ``--check`` writes nothing, and exits with 1 if a file is out of date too.
Messages come from the modules, the templates and the manual pages of the rules. The output does not depend on the day
or on the version of Babel.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import escape, read_po

from wavectl.actions import ACTION_RULES
from wavectl.rules.rule import READING_RULES, rule_pages

SOURCE = Path(__file__).parent.parent / "src" / "wavectl"
HOME = SOURCE / "i18n" / "locale"
LANGUAGES = ("fr", "es")
MARKERS: Mapping[str, tuple[str | int, ...]] = {
    "msg": (0,),
    "phrase": (0,),
    "translate": (0,),
    "t": (0,),
    "optional": (0, 1),
    "optional_list": (0, 1),
    "_one_of": (1, 2, "message", "hint"),
    "Field": ("title", "description"),
    "Option": ("help", "metavar"),
    "Argument": ("help", "metavar"),
}
"""Functions whose arguments are messages, and which arguments: by position from 0 or by name."""
TEMPLATE_PHRASE = re.compile(r'\btranslate\("([^"]+)"\)')
"""A message in a Jinja2 template."""

PLACEHOLDER = re.compile(r"\{\{|\}\}|\{\w*\}")
"""``{name}``, and doubled braces for single ones."""
EXAMPLE = re.compile(
    r"`[^`]+`"  # code in manual pages
    r"|(?<!\S)--?[a-z][a-z-]*"  # options
    r"|[\w-]+\.yaml|\"(?!\{text\}\")[^\"]+\"|\w+=[\w=;]+|\b\d{4}-\d\d(?:[\d/.T:-]*\d)?"  # files, texts, rules, dates
    r"|\b(?:confirmed|hashtags|id|kind|months|name|period|regions|repeat|slogan|status|when):"  # keys in wave files
)
"""Text that users type and that is never translated."""
STRANGE = re.compile("[\xa0\u2007\u202f\u2060\ufeff\u2018-\u201f]")
"""No-break spaces, and quotation marks and apostrophes that messages do not use."""


def collect_messages() -> dict[str, list[str]]:
    """Return every message in alphabetical order, with the files that contain it."""
    files: dict[str, list[str]] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        name = file.relative_to(SOURCE).as_posix()
        for text in messages_in(file.read_text(encoding="utf-8")):
            if name not in files.setdefault(text, []):
                files[text].append(name)
    for file in sorted(SOURCE.rglob("templates/**/*.html")):
        for text in TEMPLATE_PHRASE.findall(file.read_text(encoding="utf-8")):
            files.setdefault(text, []).append(file.relative_to(SOURCE).as_posix())
    for page in rule_pages():
        for text in page.translatable_paragraphs:
            file = f"{page.name.replace('-', '_')}.py"
            file = "reading.rst" if page.name in READING_RULES else "actions.rst" if page.name in ACTION_RULES else file
            files.setdefault(text, []).append(f"rules/{file}")
    return dict(sorted(files.items()))


def messages_in(code: str) -> Iterator[str]:
    """Return the messages of a module: constants passed to ``MARKERS``, and the docstrings of commands."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef) and _is_command(node):
            yield from (" ".join(part.split()) for part in (ast.get_docstring(node) or "").split("\n\n"))
        if isinstance(node, ast.Call):
            for argument in _arguments(node, MARKERS.get(_name(node), ())):
                yield from _constants(argument)


def _is_command(function: ast.FunctionDef) -> bool:
    """Tell whether a function is a command (it takes a Typer context): each paragraph of its docstring is a message."""
    parameters = function.args.args
    return bool(parameters and parameters[0].annotation and ast.unparse(parameters[0].annotation) == "typer.Context")


def _name(call: ast.Call) -> str:
    """Return the name of the called function, without its module or object."""
    function = call.func
    return getattr(function, "attr", getattr(function, "id", ""))


def _arguments(call: ast.Call, selected: tuple[str | int, ...]) -> Iterator[ast.expr]:
    yield from (argument for position, argument in enumerate(call.args) if position in selected)
    yield from (keyword.value for keyword in call.keywords if keyword.arg in selected)


def _constants(argument: ast.expr) -> Iterator[str]:
    """Return the text of an argument, or both texts of ``one if … else other``."""
    if isinstance(argument, ast.IfExp):
        yield from _constants(argument.body)
        yield from _constants(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
        yield argument.value


def translations(language: str, home: Path = HOME) -> dict[str, str]:
    """Return the translations in the ``.po`` file of a language, by English text; empty if there is no file."""
    file = home / f"{language}.po"
    if not file.exists():
        return {}
    with file.open("rb") as opened:
        return {
            str(entry.id): str(entry.string) for entry in read_po(opened, locale=language) if entry.id and entry.string
        }


def _fixed_parts(text: str, english: str) -> list[str]:
    """Return what a text and its translation share; of the example of a command that is its options, not its texts."""
    is_help = english.startswith("Example: ")
    return sorted(part for part in EXAMPLE.findall(text) if part.startswith("-") or not is_help)


def errors(messages: Mapping[str, object], known: Mapping[str, str]) -> list[str]:
    """Return the missing and wrong translations of a language."""
    lines = []
    for text in messages:
        translated = known.get(text, "")
        if not translated:
            lines.append(f"has no translation: {text}")
        elif sorted(PLACEHOLDER.findall(translated)) != sorted(PLACEHOLDER.findall(text)):
            lines.append(f"has other placeholders: {text} -> {translated}")
        elif _fixed_parts(text, text) != _fixed_parts(translated, text):
            lines.append(f"has other examples: {text} -> {translated}")
        elif STRANGE.search(translated):
            lines.append(f"has strange spaces or marks: {text} -> {translated}")
    return lines


def as_po(language: str, messages: Mapping[str, list[str]], known: Mapping[str, str]) -> bytes:
    """Return the ``.po`` file of a language: every message, the files that contain it, its translation if known."""
    header = f"Language: {language}\n", "MIME-Version: 1.0\n", "Content-Type: text/plain; charset=utf-8\n"
    lines = ["# The messages of wavectl. The English text is the key.", 'msgid ""', 'msgstr ""', *map(escape, header)]
    for text, files in messages.items():
        lines += ["", f"#: {' '.join(files)}"]
        if PLACEHOLDER.search(text):
            lines.append("#, python-brace-format")
        lines += [f"msgid {escape(text)}", f"msgstr {escape(known.get(text, ''))}"]
    return ("\n".join(lines) + "\n").encode()


class _Bare(Catalog):
    """A catalogue whose header has neither the date nor the version of Babel."""

    mime_headers = [("Content-Type", "text/plain; charset=utf-8")]  # noqa: RUF012 - constant


def as_mo(language: str, messages: Mapping[str, object], known: Mapping[str, str]) -> bytes:
    """Return the compiled catalogue of a language, for gettext."""
    catalog = _Bare(locale=language, fuzzy=False)
    for text in messages:
        if known.get(text):
            catalog.add(text, known[text])
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def render(language: str, messages: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, bytes]:
    """Return the up-to-date files of a language by name."""
    return {f"{language}.po": as_po(language, messages, known), f"{language}.mo": as_mo(language, messages, known)}


def outdated(rendered: Mapping[str, bytes], home: Path = HOME) -> list[str]:
    """Return the names of the files that are out of date or missing."""
    return [name for name, data in rendered.items() if not (home / name).exists() or (home / name).read_bytes() != data]


def main() -> int:
    """Write or check the catalogues; return 1 if something is wrong."""
    check = "--check" in sys.argv[1:]
    messages = collect_messages()
    count = 0
    for language in LANGUAGES:
        known = translations(language)
        rendered = render(language, messages, known)
        problems = [f"{language}: {error}" for error in errors(messages, known)]
        if check:
            problems += [f"{name} is out of date: run scripts/catalogues.py" for name in outdated(rendered)]
        else:
            for name, data in rendered.items():
                (HOME / name).write_bytes(data)
        print("".join(f"{line}\n" for line in problems), end="")
        count += len(problems)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

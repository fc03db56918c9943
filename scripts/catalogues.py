"""Bring the catalogues of phrases up to date: ``src/wavectl/i18n/locale/<language>.po`` and, compiled, ``.mo``.

Run it after any change to a phrase, translate what the ``.po`` files lack, and run it again. With ``--check`` it
writes nothing. It exits 1 where a translation is missing or wrong, with ``--check`` also where a file is stale.
Phrases are the sentences of the modules and templates, and the paragraphs of the rules' manual pages.
The same phrases give the same bytes, whatever the day and the version of Babel.
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

from wavectl.rules.manual import rule_pages
from wavectl.rules.reading import READING_RULES

SOURCE = Path(__file__).parent.parent / "src" / "wavectl"
HOME = SOURCE / "i18n" / "locale"
LANGUAGES = ("fr", "es")
MARKERS: Mapping[str, tuple[str | int, ...]] = {
    "msg": (0,),
    "phrase": (0,),
    "translate": (0,),
    "told": (0,),
    "_pattern_validator": (1, 2, "message", "hint"),
    "_choice_validator": (1, 2, "message", "hint"),
    "Option": ("help", "metavar"),
    "Argument": ("help", "metavar"),
}
"""The functions that are given phrases, and in which of their arguments, by position from 0 or by name."""
TEMPLATE_PHRASE = re.compile(r'\btranslate\("([^"]+)"\)')
"""A phrase in a Jinja2 template."""

PLACEHOLDER = re.compile(r"\{\{|\}\}|\{\w*\}")
"""``{name}``, and the doubled braces that stand for single ones."""
EXAMPLE = re.compile(
    r"`[^`]+`"  # code on the manual pages
    r"|(?<!\S)--?[a-z][a-z-]*"  # options
    r"|[\w-]+\.yaml|\"[^\"]+\"|\w+=[\w=;]+|\b\d{4}-\d\d(?:[\d/.T:-]*\d)?"  # files, texts, rules, dates
    r"|\b(?:confirmed|hashtags|id|kind|months|name|period|regions|repeat|slogan|status|when):"  # keys of wave files
)
"""What a reader types as it stands, in every language."""
STRANGE = re.compile("[\xa0\u2007\u202f\u2060\ufeff\u2018-\u201f\xab\xbb]")
"""No-break spaces, and quotation marks that are not on every keyboard: texts are as plain as the English ones."""


def phrases() -> dict[str, list[str]]:
    """Return every phrase of the source and of the manual in order, with the files it stands in."""
    found: dict[str, list[str]] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        name = file.relative_to(SOURCE).as_posix()
        for text in marked(file.read_text(encoding="utf-8")):
            if name not in found.setdefault(text, []):
                found[text].append(name)
    for file in sorted(SOURCE.rglob("templates/*.html")):
        for text in TEMPLATE_PHRASE.findall(file.read_text(encoding="utf-8")):
            found.setdefault(text, []).append(file.relative_to(SOURCE).as_posix())
    for page in rule_pages():
        for text in page.translatable_paragraphs:
            file = "reading" if page.name in READING_RULES else page.name.replace("-", "_")
            found.setdefault(text, []).append(f"rules/{file}.py")
    return dict(sorted(found.items()))


def marked(code: str) -> Iterator[str]:
    """Return the phrases of a module: the constants that are handed to a marker, and the descriptions of commands."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef) and _is_command(node):
            yield from (" ".join(part.split()) for part in (ast.get_docstring(node) or "").split("\n\n"))
        if isinstance(node, ast.Call):
            for argument in _arguments(node, MARKERS.get(_name(node), ())):
                yield from _constants(argument)


def _is_command(function: ast.FunctionDef) -> bool:
    """Tell whether a function is a command: it takes the Typer context. Each paragraph of its docstring is a phrase."""
    parameters = function.args.args
    return bool(parameters and parameters[0].annotation and ast.unparse(parameters[0].annotation) == "typer.Context")


def _name(called: ast.expr) -> str:
    """Return the last name of what is called, or decorates."""
    function = called.func if isinstance(called, ast.Call) else called
    return getattr(function, "attr", getattr(function, "id", ""))


def _arguments(call: ast.Call, wanted: tuple[str | int, ...]) -> Iterator[ast.expr]:
    yield from (argument for place, argument in enumerate(call.args) if place in wanted)
    yield from (keyword.value for keyword in call.keywords if keyword.arg in wanted)


def _constants(argument: ast.expr) -> Iterator[str]:
    """Return the text of an argument, or both texts of ``one if … else other``."""
    if isinstance(argument, ast.IfExp):
        yield from _constants(argument.body)
        yield from _constants(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
        yield argument.value


def translations(language: str, home: Path = HOME) -> dict[str, str]:
    """Return what the ``.po`` file of a language holds, by English phrase; nothing where there is no file."""
    file = home / f"{language}.po"
    if not file.exists():
        return {}
    with file.open("rb") as opened:
        return {str(one.id): str(one.string) for one in read_po(opened, locale=language) if one.id and one.string}


def faults(found: Mapping[str, object], known: Mapping[str, str]) -> list[str]:
    """Return what keeps the translations of a language from being complete and right."""
    listed = []
    for text in found:
        translated = known.get(text, "")
        if not translated:
            listed.append(f"has no translation: {text}")
        elif sorted(PLACEHOLDER.findall(translated)) != sorted(PLACEHOLDER.findall(text)):
            listed.append(f"has other placeholders: {text} -> {translated}")
        elif sorted(EXAMPLE.findall(translated)) != sorted(EXAMPLE.findall(text)):
            listed.append(f"has other examples: {text} -> {translated}")
        elif STRANGE.search(translated):
            listed.append(f"has strange spaces or marks: {text} -> {translated}")
    return listed


def as_po(language: str, found: Mapping[str, list[str]], known: Mapping[str, str]) -> bytes:
    """Return the catalogue of a language as text: every phrase, the files it stands in, its translation if known."""
    header = f"Language: {language}\n", "MIME-Version: 1.0\n", "Content-Type: text/plain; charset=utf-8\n"
    lines = ["# The phrases of wavectl. English is the key.", 'msgid ""', 'msgstr ""', *map(escape, header)]
    for text, files in found.items():
        lines += ["", f"#: {' '.join(files)}"]
        if PLACEHOLDER.search(text):
            lines.append("#, python-brace-format")
        lines += [f"msgid {escape(text)}", f"msgstr {escape(known.get(text, ''))}"]
    return ("\n".join(lines) + "\n").encode()


class _Bare(Catalog):
    """A catalogue whose header tells neither the day nor the version of Babel."""

    mime_headers = [("Content-Type", "text/plain; charset=utf-8")]  # noqa: RUF012 - never changed


def as_mo(language: str, found: Mapping[str, object], known: Mapping[str, str]) -> bytes:
    """Return the catalogue of a language compiled for gettext."""
    catalog = _Bare(locale=language, fuzzy=False)
    for text in found:
        if known.get(text):
            catalog.add(text, known[text])
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def files(language: str, found: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a language by name, as they have to be."""
    return {f"{language}.po": as_po(language, found, known), f"{language}.mo": as_mo(language, found, known)}


def stale(made: Mapping[str, bytes], home: Path = HOME) -> list[str]:
    """Return the names of the files that hold something else than they have to, or are missing."""
    return [name for name, data in made.items() if not (home / name).exists() or (home / name).read_bytes() != data]


def main() -> int:
    """Write the catalogues, or check them; return 1 where something is wrong."""
    check = "--check" in sys.argv[1:]
    found = phrases()
    wrong = 0
    for language in LANGUAGES:
        known = translations(language)
        made = files(language, found, known)
        told = [f"{language}: {fault}" for fault in faults(found, known)]
        if check:
            told += [f"{name} is stale: run scripts/catalogues.py" for name in stale(made)]
        else:
            for name, data in made.items():
                (HOME / name).write_bytes(data)
        print("".join(f"{line}\n" for line in told), end="")
        wrong += len(told)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""The language to speak before the plan is read, for help and for wrong usage: asked for, or the programme's first.

Of the plan, only the programme's file is read: enough to know its language, and soon done.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from wavectl.i18n.catalogues import UI_LANGUAGES

_PROGRAMME_FILES = ("programme.yaml", "programme.yml")
_MAX_BYTES = 1024 * 1024
"""The largest file, in bytes, that is read only to learn a language."""


def option_value(arguments: Sequence[str], option: str, variable: str = "") -> str | None:
    """Return the last value that a command line gives an option, else the environment's; None where there is none."""
    found = os.environ.get(variable) or None
    words = list(arguments[: arguments.index("--")]) if "--" in arguments else list(arguments)
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == option:
            found = following or found
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2] or found
    return found


def language_of_arguments(arguments: Sequence[str]) -> str:
    """Return the language to speak: what a command line or the environment asks for, else that of the plan they name.

    It is one that wavectl speaks: English, where another was asked for.
    """
    language = option_value(arguments, "--lang", "WAVECTL_LANG")
    if not language:
        named = option_value(arguments, "--waves", "WAVECTL_WAVES")
        language = language_of_plan(Path(named) if named else find_plan_folder(Path.cwd()))
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base in UI_LANGUAGES else "en"


def language_tag(language: str) -> str:
    """Return a language as BCP 47 writes it: fr, pt-BR."""
    base, *rest = language.replace("_", "-").split("-")
    return "-".join((base.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


def language_of_plan(folder: Path | None) -> str:
    """Return the first language of the programme in a folder; English where that cannot be read."""
    file = next((folder / name for name in _PROGRAMME_FILES if (folder / name).is_file()), None) if folder else None
    if file is None:
        return "en"
    from wavectl.yamlfile.document import parse_document  # only here: help without a plan does not need it

    try:
        data = parse_document(file.read_bytes(), file.name).data if file.stat().st_size <= _MAX_BYTES else None
    except OSError:
        return "en"
    languages = data.get("languages") if isinstance(data, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if isinstance(first, str) else "en"


def find_plan_folder(working_folder: Path) -> Path | None:
    """Return the folder of the plan where none is named: ``waves`` here or in a folder above; None without one."""
    return next(
        (place / "waves" for place in (working_folder, *working_folder.parents) if (place / "waves").is_dir()), None
    )

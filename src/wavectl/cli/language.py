"""The language to speak before the plan is read, for help and for wrong usage: asked for, or the programme's first.

Of the plan, only the programme's file is read: enough to know its language, and soon done.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from wavectl.i18n.catalogues import LANGUAGES

_PROGRAMME = ("programme.yaml", "programme.yml")
_LARGEST = 1024 * 1024
"""The largest file, in bytes, that is read only to learn a language."""


def given(line: Sequence[str], option: str, variable: str = "") -> str | None:
    """Return the last value that a command line gives an option, else the environment's; None where there is none."""
    found = os.environ.get(variable) or None
    words = list(line[: line.index("--")]) if "--" in line else list(line)
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == option:
            found = following or found
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2] or found
    return found


def of_line(line: Sequence[str]) -> str:
    """Return the language to speak: what a command line or the environment asks for, else that of the plan they name.

    It is one that wavectl speaks: English, where another was asked for.
    """
    language = given(line, "--lang", "WAVECTL_LANG")
    if not language:
        named = given(line, "--waves", "WAVECTL_WAVES")
        language = of_plan(Path(named) if named else found_folder(Path.cwd()))
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base in LANGUAGES else "en"


def tag(language: str) -> str:
    """Return a language as BCP 47 writes it: fr, pt-BR."""
    base, *rest = language.replace("_", "-").split("-")
    return "-".join((base.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


def of_plan(folder: Path | None) -> str:
    """Return the first language of the programme in a folder; English where that cannot be read."""
    file = next((folder / name for name in _PROGRAMME if (folder / name).is_file()), None) if folder else None
    if file is None:
        return "en"
    from wavectl.yamlfile.document import read  # only here: help without a plan does not need it

    try:
        data = read(file.read_bytes(), file.name).data if file.stat().st_size <= _LARGEST else None
    except OSError:
        return "en"
    languages = data.get("languages") if isinstance(data, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if isinstance(first, str) else "en"


def found_folder(home: Path) -> Path | None:
    """Return the folder of the plan where none is named: ``waves`` here or in a folder above; None without one."""
    return next((place / "waves" for place in (home, *home.parents) if (place / "waves").is_dir()), None)

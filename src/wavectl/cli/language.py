"""Find the folder of the plan, and the language of help and usage errors, before the plan is read.

Only the programme's file is read, which is fast.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from wavectl.files import MIB, read_file
from wavectl.i18n import UI_LANGUAGES

_PROGRAMME_FILES = ("programme.yaml", "programme.yml")
_MAX_BYTES = MIB
"""The largest file, in bytes, that is read for the language alone."""


def option_value(arguments: Sequence[str], option: str, variable: str = "") -> str | None:
    """Return the last value of an option on the command line, else the environment variable, else None."""
    value = os.environ.get(variable) or None
    words = list(arguments[: arguments.index("--")]) if "--" in arguments else list(arguments)
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == option:
            value = following or value
        elif word.startswith(f"{option}="):
            value = word.partition("=")[2] or value
    return value


def language_of_arguments(arguments: Sequence[str]) -> str:
    """Return the language of help: the requested one, else that of the plan; English if it has no translation."""
    language = option_value(arguments, "--lang", "WAVECTL_LANG")
    if not language:
        folder = option_value(arguments, "--waves", "WAVECTL_WAVES")
        language = language_of_plan(Path(folder) if folder else find_plan_folder(Path.cwd()))
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base in UI_LANGUAGES else "en"


def language_tag(language: str) -> str:
    """Return a language as a BCP 47 tag: fr, pt-BR."""
    base, *rest = language.replace("_", "-").split("-")
    return "-".join((base.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


def language_of_plan(folder: Path | None) -> str:
    """Return the first language of the programme in a folder; English if it cannot be read.

    Without a folder, it is the language of the environment.
    """
    if folder is None:
        return language_of_locale()
    file = next((folder / name for name in _PROGRAMME_FILES if os.path.exists(folder / name)), None)
    if file is None:
        return "en"
    from wavectl.yamlfile.reader import parse_document  # only here: help without a plan does not need it

    try:
        data = parse_document(read_file(file, _MAX_BYTES), file.name).data
    except OSError:
        return "en"
    languages = data.get("languages") if isinstance(data, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if isinstance(first, str) else "en"


def language_of_locale() -> str:
    """Return the language of the environment, else on Windows that of its user; English if it has no translation."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if not locale and sys.platform == "win32":
        import ctypes  # only on Windows

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        locale = {0x0A: "es", 0x0C: "fr"}.get(primary, "")
    return locale[:2] if locale[:2] in UI_LANGUAGES and not locale[2:3].isalpha() else "en"


def find_plan_folder(working_folder: Path) -> Path | None:
    """Return the folder named ``waves`` in the working folder or in the nearest folder above it, or None."""
    return next(
        (folder / "waves" for folder in (working_folder, *working_folder.parents) if os.path.isdir(folder / "waves")),
        None,
    )

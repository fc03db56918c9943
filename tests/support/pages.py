"""Pages as the commands show them, of the real waves and of plans written as texts."""

from __future__ import annotations

from pathlib import Path

from support.plans import REAL, TODAY, run

SGR = "\x1b\\[[0-9;]*m"


def real(*arguments: str, lang: str = "en", width: int | None = None, today: str = TODAY) -> str:
    """Return a page of the real waves, on a coloured screen of that width, or in a pipe."""
    env = {"COLUMNS": str(width)} if width else {}
    options = ("--color", "always") if width else ()
    outcome = run("--waves", str(REAL), "--today", today, "--lang", lang, *options, *arguments, env=env)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def of(home: Path, *arguments: str, today: str = TODAY, lang: str = "en") -> str:
    """Return a page of the plan in a folder, in a pipe."""
    outcome = run("--today", today, "--lang", lang, *arguments, cwd=home)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out

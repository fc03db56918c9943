"""The plans in ``tests/cases``: good ones, bad ones with one fault each, and some with several.

A case is a wave file, or a folder with a whole plan; its expected reports are beside it, or in the folder under the
name ``report``.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree, ignore_patterns

CASES = Path(__file__).parents[1] / "cases"


def cases(kind: str) -> list[Path]:
    """Return the cases of a folder: plans of one file, and folders that are plans."""
    return sorted(path for path in (CASES / kind).iterdir() if path.is_dir() or path.suffix in (".yaml", ".yml"))


def beside(case: Path, ending: str) -> Path:
    """Return the file of what is expected of a case."""
    return case / f"report{ending}" if case.is_dir() else case.with_suffix(ending)


def laid_out(case: Path, home: Path) -> Path:
    """Return the folder of a plan that is a copy of a case."""
    waves = home / "waves"
    if case.is_dir():
        copytree(case, waves, ignore=ignore_patterns("report.*"))
    else:
        waves.mkdir()
        copy(case, waves)
    return waves

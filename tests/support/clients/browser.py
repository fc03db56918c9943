"""A browser, Chromium without a window, that opens a page as readers do; axe-core says what keeps people out of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from support.clients.process import run_client
from support.clients.seen import MissingClientError

_HERE = Path(__file__).parent


def browsed(page: Path, folder: Path) -> dict[str, Any]:
    """Return what the browser meets in a page; pictures of it go into a folder (see ``browse.mjs``)."""
    seen: dict[str, Any] = _seen("browse.mjs", page, folder)
    return seen


def toured(site: Path, pages: Mapping[str, bool], folder: Path) -> dict[str, list[str]]:
    """Return what goes wrong in each page of a site at three widths, by path.

    axe-core looks at those pages that have True, in light and in dark.
    """
    faults: dict[str, list[str]] = _seen("tour.mjs", site, folder, json.dumps([*pages.items()]))
    return faults


def _seen(script: str, page: Path, folder: Path, text: str = "") -> Any:
    program = shutil.which("chromium")
    if program is None or not shutil.which("node") or not (_HERE / "node_modules" / "puppeteer-core").is_dir():
        raise MissingClientError("chromium or puppeteer-core is not installed: `make clients` does that")
    command = ["node", str(_HERE / script), program, str(page), str(folder)]
    return json.loads(run_client(command, text.encode(), timeout=300).stdout)

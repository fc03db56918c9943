"""A browser, Chromium without a window, that opens a page as readers do; axe-core says what keeps people out of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from support.clients.process import run_client
from support.clients.seen import MissingClientError

_HERE = Path(__file__).parent


def browsed(page: Path, folder: Path) -> dict[str, Any]:
    """Return what the browser meets in a page; pictures of it go into a folder (see ``browse.mjs``)."""
    program = shutil.which("chromium")
    if program is None or not shutil.which("node") or not (_HERE / "node_modules" / "puppeteer-core").is_dir():
        raise MissingClientError("chromium or puppeteer-core is not installed: `make clients` does that")
    command = ["node", str(_HERE / "browse.mjs"), program, str(page), str(folder)]
    seen: dict[str, Any] = json.loads(run_client(command, timeout=120).stdout)
    return seen

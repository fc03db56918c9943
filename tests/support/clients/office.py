"""LibreOffice Calc without a screen: opens a sheet as a person does, types into cells, and saves it.

It is driven over UNO, by the Python that Debian's package python3-uno belongs to.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from support.clients.process import ClientFailedError, ending, run_client
from support.clients.seen import MissingClientError

_DESK = Path(__file__).with_name("office_desk.py")
_PYTHON = "/usr/bin/python3"
XLSX = "Calc MS Excel 2007 XML"
CSV = "Text - txt - csv (StarCalc)"


class Typed(NamedTuple):
    """What is typed into a cell: ``row`` and ``column`` count from 0; ``sheet`` is a name, "" for the only one.

    As ``free`` it is taken as the program likes, so that it may make a day of it; else it is a text.
    """

    row: int
    column: int
    text: str
    sheet: str = ""
    free: bool = False


class Page(NamedTuple):
    """A sheet as LibreOffice shows it; ``locked`` are the columns, from 0, whose cells in the second row are locked."""

    name: str
    hidden: bool
    protected: bool
    locked: list[int]
    formulas: list[str]
    cells: list[list[str]]


class Office:
    """LibreOffice, running until it is closed."""

    def __init__(self, home: Path) -> None:
        if not shutil.which("soffice") or not _has_uno():
            raise MissingClientError("LibreOffice Calc or python3-uno is not installed: `make clients` does that")
        self._pipe = f"wavectl-{os.getpid()}-{home.name.replace(' ', '-')}"
        self._home = home
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [
                "soffice", "--headless", "--norestore", "--nologo", "--nodefault",
                f"-env:UserInstallation={(self._home / 'profile').as_uri()}", f"--accept=pipe,name={self._pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def close(self) -> None:
        """End it, and what it has started itself."""
        with suppress(ProcessLookupError):  # nothing is left of one that has crashed
            self.crash()

    def crash(self) -> None:
        """Kill it as a crash does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def edited(
        self, file: Path, typed: Sequence[Typed], saved: Sequence[Path], *, separator: str = ";", page: int = 1
    ) -> list[Page]:
        """Open a file, type, save it under other names, and return its sheets as they are shown at the end.

        A CSV file is made of the sheet ``page``, counted from 1.
        """
        plain = file.suffix == ".csv"
        text = f"{ord(separator)},34,76,1"  # the separator, quotation marks, UTF-8, from the first row on
        csv = f"{text},,0,false,true,false,false,false,{0 if plain else page}"
        request = {
            "pipe": self._pipe,
            "file": file.resolve().as_uri(),
            "filter": CSV if plain else "",
            "options": text if plain else "",
            "cells": [[one.sheet, one.row, one.column, one.text, one.free] for one in typed],
            "saved": [[one.resolve().as_uri(), *((CSV, csv) if one.suffix == ".csv" else (XLSX, ""))] for one in saved],
        }
        done = self._drive(json.dumps(request).encode())
        for one in saved:  # of one sheet among several, a file is called after the sheet too
            for made in sorted(one.parent.glob(f"{one.stem}-*.csv")) if one.suffix == ".csv" else ():
                made.rename(one)
        return [Page(**one) for one in json.loads(done.stdout)]

    def _drive(self, request: bytes) -> subprocess.CompletedProcess[bytes]:
        """Send a request to LibreOffice; start it again and repeat the request once if it has crashed."""
        command = [_PYTHON, str(_DESK)]
        try:
            return run_client(command, request, timeout=180)
        except ClientFailedError as error:
            code = self._process.poll()
            if code is None:
                raise
            self.close()
            self._start()
            try:
                return run_client(command, request, timeout=180)
            except ClientFailedError as again:
                raise ClientFailedError(f"LibreOffice {ending(code)}; first: {error}; then: {again}") from again


def printed(files: Sequence[Path], home: Path) -> list[bytes]:
    """Return what LibreOffice Writer prints of documents, as PDF; they need different names."""
    if not shutil.which("soffice") or not any(Path("/usr").glob("lib*/libreoffice/program/libswlo.so")):
        raise MissingClientError("LibreOffice Writer is not installed: `make clients` does that")
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = ["soffice", "--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", str(home)]
    run_client([*command, *map(str, files)], timeout=180)
    return [(home / f"{file.stem}.pdf").read_bytes() for file in files]


def _has_uno() -> bool:
    return Path(_PYTHON).is_file() and not subprocess.run([_PYTHON, "-c", "import uno"], check=False).returncode

"""Why a run ends when a file cannot be written."""

from __future__ import annotations

import pytest
import typer

from wavectl.cli.atomic_files import fail_unwritable
from wavectl.cli.console import Console
from wavectl.diagnostics import msg


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (PermissionError(13, "Permission denied"), "close it in Excel, Word or another program"),
        (OSError(28, "No space left on device"), "make room"),
    ],
)
def test_the_cure_is_to_close_it_or_the_one_given(
    error: OSError, cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        fail_unwritable(Console(requested_language="en"), "waves/a.yaml", error, msg("make room"))
    told = capsys.readouterr().err
    assert (ended.value.exit_code, cure in told) == (2, True)
    assert told.startswith(f"error: waves/a.yaml cannot be written: {error.strerror}\n")


@pytest.mark.parametrize(("language", "told"), [("fr", "le disque est plein"), ("es", "el disco está lleno")])
def test_what_the_disk_says_is_said_in_the_readers_language(
    language: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        fail_unwritable(
            Console(requested_language=language), "a.yaml", OSError(28, "No space left on device"), msg("make room")
        )
    assert told in capsys.readouterr().err

"""The program ``wavectl``: answers ``--version`` at once, hands everything else to the command line."""

from __future__ import annotations

import gc
import os
import sys

from wavectl import __version__


def main() -> None:
    """Run wavectl with the arguments of the process."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"wavectl {__version__}\n")
        return
    asked = os.environ.get("_WAVECTL_COMPLETE", "")
    if asked.startswith("complete_"):
        sys.exit(_answer_shell(asked))
    gc.disable()  # a run is short and leaves no rings of garbage behind
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # wavectl uses none, and looking for them takes time
    from wavectl.cli.app import run

    run()


def _answer_shell(instruction: str) -> int:
    """Answer a shell that completes a line, return the exit code; whatever is wrong is not told into that line."""
    from pathlib import Path

    from wavectl.cli.shell_completion import respond_to_shell
    from wavectl.text.terminal import replace_unencodable

    try:
        text, code = respond_to_shell(instruction, os.environ, Path.cwd())
        sys.stdout.write(replace_unencodable(text, sys.stdout.encoding or "utf-8"))
        sys.stdout.flush()
    except Exception:
        return 1
    return code


if __name__ == "__main__":
    main()

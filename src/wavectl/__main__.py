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
    gc.disable()  # a run is short and leaves no rings of garbage behind
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # wavectl uses none, and looking for them takes time
    from wavectl.cli import run

    run()


if __name__ == "__main__":
    main()

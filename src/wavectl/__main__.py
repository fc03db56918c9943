"""Entry point of the program ``wavectl``: ``--version`` and shell completion without Typer, then the command line."""

import gc
import os
import sys

from wavectl import __version__


def main() -> None:
    """Run wavectl with the arguments of the process."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"wavectl {__version__}\n")
        return
    instruction = os.environ.get("_WAVECTL_COMPLETE", "")
    if instruction.startswith("complete_"):
        sys.exit(_complete(instruction))
    gc.disable()  # a run is short, and has no need of the cyclic garbage collector
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # wavectl uses none, and the search takes time
    try:
        from wavectl.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(1)


def _complete(instruction: str) -> int:
    """Write completions for a shell, return the exit code; an error writes nothing into the user's command line."""
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

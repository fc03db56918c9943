"""Entry point of the program ``wavectl``: ``--version`` and shell completion without Typer, then the command line."""

import atexit
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
    atexit.register(gc.freeze)  # nor at its end, where Python would search all that a large plan has left
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # wavectl uses none, and the search takes time
    try:
        from wavectl.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.exit(_report_interruption())


def _report_interruption() -> int:
    """Say in the reader's language that the run was interrupted, return the exit code; a second Ctrl-C ends it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    text = "interrupted"
    try:
        from wavectl.cli.language import language_of_arguments
        from wavectl.diagnostics import phrase
        from wavectl.i18n import translator
        from wavectl.text.terminal import replace_unencodable

        translation = translator(language_of_arguments(sys.argv[1:]))(phrase("interrupted"))
        text = replace_unencodable(translation, sys.stderr.encoding or "utf-8")
    except Exception:  # noqa: S110 - the interruption may have left an import incomplete
        pass
    sys.stderr.write(f"{text}\n")
    return 1


def _complete(instruction: str) -> int:
    """Write completions for a shell, return the exit code; an error writes nothing into the user's command line."""
    from pathlib import Path

    from wavectl.cli.shell_completion import respond_to_shell
    from wavectl.text.terminal import replace_unencodable

    try:
        text, code = respond_to_shell(instruction, os.environ, Path.cwd())
        sys.stdout.write(replace_unencodable(text, sys.stdout.encoding or "utf-8"))
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):
        return 1
    return code


if __name__ == "__main__":
    main()

"""T, the least any command can take: a Typer program with one command and one list argument."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def main(names: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()

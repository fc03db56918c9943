"""Plans with local actions, for tests."""

import csv
from collections.abc import Mapping
from pathlib import Path

from support.plans import SOUND, write_plan
from wavectl.actions.action import HEADER
from wavectl.actions.register import Register, Row, format_row, load_register, write_register

PROGRAMME = "regions: {africa: {name: Africa, countries: [TN]}}\nuid_domain: waves.uclg.org\n"
MOMENT = "moments: [{id: forum, title: Forum, when: 2017-11-02}]\n"


def register_bytes(*rows: Mapping[str, str]) -> bytes:
    """Return a register of these rows, given by column; a row without an id or a title gets one."""
    named = ({"id": f"form-{number}", "title": f"Action {number}", **row} for number, row in enumerate(rows, 1))
    return b"".join(write_register(map(Row.new, named)))


SOME_COLUMNS = " (some columns)"
"""What follows the name of a register in an example that shows some columns."""


def with_all_columns(text: str) -> str:
    """Return a register of which some columns are given, with all columns; its delimiter stays."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    lines = [HEADER + "\n", *(format_row(Row.new(row).cells) for row in rows)]
    return "".join(line.replace(",", delimiter) for line in lines)


def write_actions(home: Path, *rows: Mapping[str, str], wave: str = "housing") -> Path:
    """Write a plan with one wave, and its register with these rows; return the plan's folder."""
    folder = write_plan(home, {"programme": PROGRAMME, wave: SOUND + MOMENT})
    (folder / "actions").mkdir(exist_ok=True)
    (folder / "actions" / f"{wave}.csv").write_bytes(register_bytes(*rows))
    return folder


def read_actions(folder: Path, wave: str = "housing") -> Register:
    """Return the register of a wave."""
    return load_register(folder / "actions" / f"{wave}.csv", wave)

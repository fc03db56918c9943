"""Plans with local actions, for tests."""

from collections.abc import Mapping
from pathlib import Path

from support.plans import SOUND, write_plan
from wavectl.actions.register import Register, Row, load_register, write_register

PROGRAMME = "regions: {africa: {name: Africa, countries: [TN]}}\nuid_domain: waves.uclg.org\n"
MOMENT = "moments: [{id: forum, title: Forum, when: 2017-11-02}]\n"


def register_bytes(*rows: Mapping[str, str]) -> bytes:
    """Return a register of these rows, given by column; a row without an id or a title gets one."""
    named = ({"id": f"form-{number}", "title": f"Action {number}", **row} for number, row in enumerate(rows, 1))
    return b"".join(write_register(map(Row.new, named)))


def write_actions(home: Path, *rows: Mapping[str, str], wave: str = "housing") -> Path:
    """Write a plan with one wave, and its register with these rows; return the plan's folder."""
    folder = write_plan(home, {"programme": PROGRAMME, wave: SOUND + MOMENT})
    (folder / "actions").mkdir(exist_ok=True)
    (folder / "actions" / f"{wave}.csv").write_bytes(register_bytes(*rows))
    return folder


def read_actions(folder: Path, wave: str = "housing") -> Register:
    """Return the register of a wave."""
    return load_register(folder / "actions" / f"{wave}.csv", wave)

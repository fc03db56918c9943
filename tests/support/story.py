"""Reads ``story.md``: a plan that a team changes step by step, and what its subscribers see after each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from support.clients.seen import Seen
from support.plans import Files, run, state

STORY_FILE = Path(__file__).with_name("story.md")
LANGUAGES = ("en", "fr", "es")


class Edit(NamedTuple):
    """A file of the plan, the text that goes and the one that comes; ``named`` is the file's new name, "" for none."""

    file: str
    old: str
    new: str
    named: str

    def make(self, folder: Path) -> None:
        """Change the file; one without an old text begins."""
        file = folder / f"{self.file}.yaml"
        text = file.read_text(encoding="utf-8") if self.old else ""
        assert not self.old or text.count(self.old) == 1, f"{file.name} has other than one of: {self.old}"
        file.write_text(text.replace(self.old, self.new) if self.old else self.new, encoding="utf-8", newline="\n")
        if self.named:
            file.rename(folder / f"{self.named}.yaml")


class Row(NamedTuple):
    """A line of a table: one time of an entry as it is seen; ``changed`` where it is other bytes than before."""

    changed: bool
    uid: str
    feeds: tuple[str, ...]
    first: date
    last: date
    sequence: int
    status: str
    title: str

    @property
    def seen(self) -> Seen:
        """Return the row as a client shows it; of what it does not tell, nothing."""
        end = self.last + timedelta(days=1)
        return Seen(self.first, end, self.uid, self.title, status=self.status, sequence=self.sequence)


class Step(NamedTuple):
    """The edits of a step, the day of publication, and what clients show.

    ``openings`` are the first words of an entry, by language.
    """

    name: str
    today: str
    edits: tuple[Edit, ...]
    rows: tuple[Row, ...]
    openings: Mapping[str, str]

    @property
    def changed(self) -> list[str]:
        """The UIDs of the entries that changed, in the order of the table."""
        return list(dict.fromkeys(row.uid for row in self.rows if row.changed))


def steps() -> list[Step]:
    """Return the steps of the story."""
    _, *parts = re.split(r"^## ", STORY_FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_step(part) for part in parts]


def _step(text: str) -> Step:
    name, today = text.splitlines()[0].rsplit(", ", 1)
    fences = re.findall(r"^```(\w+) title=(\w+)(?: named=(\w+))?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| ([* ]) +\| (?!entry )(.+?) \|$", text, re.MULTILINE)
    return Step(
        name,
        today,
        tuple(_edit(*fence) for fence in fences),
        tuple(_row(mark == "*", *re.split(r" +\| ", row)) for mark, row in rows),
        dict(re.findall(r"^- (\w\w): (.+)$", text, re.MULTILINE)),
    )


def _edit(kind: str, file: str, named: str, text: str) -> Edit:
    if kind == "yaml":
        return Edit(file, "", text, named)
    lines = text.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    return Edit(file, old, new, named)


def _row(changed: bool, uid: str, feeds: str, days: str, sequence: str, status: str, title: str) -> Row:
    first, _, last = days.partition("/")
    ends = date.fromisoformat(first), date.fromisoformat(last or first)
    return Row(changed, f"{uid}@network.org", tuple(feeds.split(", ")), *ends, int(sequence), status, title.strip())


class Issue(NamedTuple):
    """A step, the feeds published with it by the names of their files, and all files after that and after once more."""

    step: Step
    feeds: dict[str, bytes]
    files: Files
    again: Files

    @property
    def all_feeds(self) -> dict[str, bytes]:
        """The feed of all waves in each language."""
        return {lang: self.feeds["all.ics" if lang == LANGUAGES[0] else f"all.{lang}.ics"] for lang in LANGUAGES}


def published(home: Path) -> Files:
    """Return the feeds and the record of what was published."""
    return {name: facts for name, facts in state(home).items() if not name.endswith(".yaml")}


def live(home: Path) -> list[Issue]:
    """Make the steps in a folder, and publish after each; a preview before it shows the same, and changes nothing."""
    folder = home / "waves"
    folder.mkdir()
    found = []
    for step in steps():
        for edit in step.edits:
            edit.make(folder)
        before, trial = published(home), home.with_name("trial")
        done = run("export-ics", "--lang", "all", "--today", step.today, "-o", str(trial), cwd=home)
        assert (done.code, published(home)) == (0, before), f"{step.name}: {done.err}"
        preview = {file.name: file.read_bytes() for file in trial.iterdir()}
        rmtree(trial)
        after = []
        for _ in range(2):
            done = run("export-ics", "--lang", "all", "--today", step.today, cwd=home)
            assert done.code == 0, f"{step.name}: {done.err}"
            after.append(state(home))
        feeds = {file.name: file.read_bytes() for file in (home / "feeds").iterdir()}
        assert feeds.items() >= preview.items(), step.name
        found.append(Issue(step, feeds, *after))
    return found

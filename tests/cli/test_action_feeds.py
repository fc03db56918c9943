"""Local actions in feeds of their own: which are in them, and how their entries keep their identity."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from support.plans import SOUND, run, write_plan
from support.registers import register_bytes
from wavectl.actions.action import PRIVATE_COLUMNS
from wavectl.lockfile.reader import parse_lockfile

PROGRAMME = """
languages: [en]
timezone: UTC
uid_domain: waves.uclg.org
regions: {africa: {name: Africa, countries: [TN]}, mewa: {name: Middle East, countries: [JO]}}
feeds:
  africa: {actions: true, moments: false, regions: [africa]}
  everything: {actions: true}
  firm: {fuzzy: omit}
"""
HOUSING = SOUND + "moments: [{id: forum, title: Forum, when: 2017-11-02, place: {country: TN}}]\n"
SHOWN = {"review": "accepted", "publish": "full", "country": "TN", "when": "2017-09-12", "place": "Tunis",
         "title": "Open day", "kind": "learning"}  # fmt: skip
UID = "form-1.housing.action@waves.uclg.org"


class Published:
    """A plan that is published again and again, a day later each time."""

    def __init__(self, home: Path) -> None:
        self.home, self.day = home, 0
        self.waves = write_plan(home, {"programme": PROGRAMME, "housing": HOUSING})
        (self.waves / "actions").mkdir()

    def write(self, *rows: dict[str, str], wave: str = "housing") -> None:
        (self.waves / "actions" / f"{wave}.csv").write_bytes(register_bytes(*rows))

    def run(self, *arguments: str, code: int = 0) -> str:
        self.day += 1
        outcome = run("--today", f"2017-06-{self.day:02}", "export-ics", *arguments, cwd=self.home)
        assert outcome.code == code, outcome.err
        return outcome.out + outcome.err

    def publish(self, *rows: dict[str, str]) -> None:
        self.write(*rows)
        self.run()

    def feed(self, name: str) -> str:
        return (self.home / "feeds" / f"{name}.ics").read_text(encoding="utf-8").replace("\n ", "")

    def entry(self, uid: str = UID) -> dict[str, Any]:
        return json.loads((self.waves / "wavectl.lock").read_text(encoding="utf-8"))[uid]


@pytest.fixture
def plan(tmp_path: Path) -> Published:
    return Published(tmp_path)


def uids(feed: str) -> set[str]:
    return {uid.partition(".")[0] for uid in re.findall(r"^UID:(\S+)\s*$", feed, re.MULTILINE)[1:]}


def test_actions_are_only_in_feeds_that_ask_for_them_and_only_if_they_may_be_shown(plan: Published) -> None:
    hidden = [{"review": "pending"}, {"review": "refused"}, {"publish": "anonymous"}, {"publish": "no"},
              {"publish": ""}, {"title": "—"}, {"when": "unknown"}]  # fmt: skip
    private = {column: f"CANARY{column}" for column in PRIVATE_COLUMNS}
    plan.publish(SHOWN | private, SHOWN | {"country": "JO"}, *(SHOWN | private | cells for cells in hidden))
    assert uids(plan.feed("africa")) == {"form-1"}
    assert uids(plan.feed("everything")) == {"form-1", "form-2", "forum"}
    for name in ("housing", "all", "firm"):
        assert uids(plan.feed(name)) == {"forum"}
    lock = (plan.waves / "wavectl.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"form-\d", lock)) == {"form-1", "form-2"}
    assert "CANARY" not in lock + plan.feed("everything")
    event = plan.feed("africa")
    for line in (f"UID:{UID}", "SUMMARY:Open day", "SEQUENCE:0", "LOCATION:Tunis\\, Tunisia", "STATUS:CONFIRMED"):
        assert f"{line}\n" in event
    assert "CATEGORIES:Housing,Learning\n" in event


def test_the_lock_holds_no_text_of_an_action(plan: Published) -> None:
    plan.publish(SHOWN | {"organiser": "City", "outcome": "A pact", "url": "https://www.uclg.org"})
    assert plan.entry().keys() == {"when", "digest", "sequence", "published", "modified"}
    plan.publish(SHOWN | {"status": "tentative", "when": "2017-09-13T10:00"})
    assert plan.entry().keys() == {*("when", "zone", "status", "digest", "sequence", "published", "modified", "before")}
    assert "Open day" not in (plan.waves / "wavectl.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cells", "sequence", "modified"),
    [
        ({"when": "2017-09-13"}, 1, 2),
        ({"when": "2017-09"}, 1, 2),
        ({"status": "cancelled"}, 1, 2),
        ({"place": "Sousse"}, 1, 2),
        ({"country": "JO"}, 1, 2),
        ({"title": "Open days"}, 0, 2),
        ({"organiser": "City"}, 0, 2),
        ({"outcome": "A pact"}, 0, 2),
        ({"note": "Call", "reason": "So", "evidence": "Photo", "source_id": "7", "updated": "2017-06-02"}, 0, 1),
    ],
)
def test_an_entry_moves_as_that_of_a_moment_does(
    cells: dict[str, str], sequence: int, modified: int, plan: Published
) -> None:
    plan.publish(SHOWN)
    plan.publish(SHOWN | cells)
    entry = plan.entry()
    assert (entry["sequence"], entry["modified"]) == (sequence, f"2017-06-0{modified}")
    event = plan.feed("everything")
    assert f"SEQUENCE:{sequence}\nDTSTART" in event
    before = plan.feed("everything"), (plan.waves / "wavectl.lock").read_bytes()
    plan.run()
    assert (plan.feed("everything"), (plan.waves / "wavectl.lock").read_bytes()) == before


def test_a_cancelled_action_is_shown_so_and_one_that_lost_its_date_stays_on_its_days(plan: Published) -> None:
    plan.publish(SHOWN)
    plan.publish(SHOWN | {"status": "cancelled"})
    assert "SUMMARY:CANCELLED: Open day\n" in plan.feed("africa")
    plan.publish(SHOWN | {"when": "unknown"})
    assert "SUMMARY:POSTPONED: Open day\n" in plan.feed("africa")
    assert plan.entry()["when"] == "2017-09-12"


@pytest.mark.parametrize(
    "rows", [[SHOWN | {"publish": "no"}], [SHOWN | {"review": "refused"}], [SHOWN | {"title": "—"}], []]
)
def test_an_action_that_may_not_be_shown_any_more_is_gone_at_once(rows: list[dict[str, str]], plan: Published) -> None:
    plan.publish(SHOWN)
    assert "new 0, changed 0, withdrawn 1" not in plan.run("--check")
    plan.write(*rows)
    assert "new 0, changed 0, withdrawn 1" in plan.run("--check", code=1)
    plan.run("--locked", code=1)
    plan.run()
    assert "Open day" not in plan.feed("africa")
    gone = plan.entry()
    assert gone.keys() == {"when", "sequence", "published", "modified", "withdrawn"}
    assert (gone["sequence"], gone["withdrawn"]) == (1, gone["modified"])
    plan.publish(SHOWN)
    assert plan.entry()["sequence"] == 2
    assert "Restored on" in plan.feed("africa")


def test_a_merged_action_keeps_the_entry_that_was_published_first(plan: Published) -> None:
    other = SHOWN | {"id": "partners-1"}
    plan.publish(SHOWN)
    plan.publish(SHOWN, other)
    plan.publish(other | {"also": "form-1"})
    merged = plan.entry(UID.replace("form-1", "partners-1"))
    assert (merged["into"], merged["published"] < merged["modified"]) == (UID, True)  # the day of its end
    assert uids(plan.feed("africa")) == {"form-1"}
    plan.publish(SHOWN, other)
    assert uids(plan.feed("africa")) == {"form-1", "partners-1"}


def test_an_action_that_was_published_goes_on_under_its_id_when_it_is_merged(plan: Published) -> None:
    plan.publish(SHOWN)
    plan.publish(SHOWN | {"id": "partners-1", "also": "form-1"})
    assert uids(plan.feed("africa")) == {"form-1"}
    assert plan.entry()["sequence"] == 0


def test_a_wave_with_another_name_keeps_the_entries_of_its_actions(plan: Published) -> None:
    plan.publish(SHOWN)
    (plan.waves / "housing.yaml").rename(plan.waves / "homes.yaml")
    (plan.waves / "homes.yaml").write_text(HOUSING + "was: [housing]\n", encoding="utf-8")
    (plan.waves / "actions" / "housing.csv").rename(plan.waves / "actions" / "homes.csv")
    plan.run()
    assert plan.entry() == {**plan.entry(), "sequence": 0, "modified": "2017-06-01"}
    assert f"UID:{UID}\n" in plan.feed("africa")


def test_a_publication_of_other_feeds_leaves_the_actions_alone(plan: Published) -> None:
    plan.publish(SHOWN)
    lock = (plan.waves / "wavectl.lock").read_bytes()
    plan.write()
    for names in (["housing"], ["firm"], ["all"]):
        plan.run(*names)
        assert (plan.waves / "wavectl.lock").read_bytes() == lock
    plan.run("africa")
    assert "withdrawn" in plan.entry()


def test_a_preview_shows_actions_and_leaves_the_lock_alone(plan: Published) -> None:
    plan.write(SHOWN, SHOWN | {"country": "JO"})
    assert uids(plan.run("africa", "-o", "-")) == {"form-1"}
    assert uids(plan.run("everything", "--country", "JO", "-o", "-")) == {"form-2"}
    assert not (plan.waves / "wavectl.lock").exists()


@pytest.mark.parametrize("fact", ['"title": "Open day"', '"members": ["housing/form-1"]', '"place": {"name": "Tunis"}'])
def test_a_line_of_an_action_with_a_text_is_damaged(fact: str) -> None:
    facts = '"when": "2017-09-12", "digest": "", "sequence": 0, "published": "2017-06-01", "modified": "2017-06-01"'
    last = '"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}\n}\n'
    sound = parse_lockfile(f'{{\n"{UID}": {{{facts}}},\n{last}'.encode())
    assert (list(sound.actions), sound.entries, sound.findings) == ([UID], {}, ())
    damaged = parse_lockfile(f'{{\n"{UID}": {{{facts}, {fact}}},\n{last}'.encode())
    assert [finding.rule for finding in damaged.findings] == ["damaged-lock"]

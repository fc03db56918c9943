"""Whatever is edited in a plan, in whatever order: exactly that is named, both ways, and nothing else.

What to expect comes from the two states as data, in which every block has a number of its own (``uid``) that no edit
changes; the plan that is compared knows nothing of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from support.plans import read_plan
from wavectl.insights.plan_changes import PlanChanges, compare_plans
from wavectl.plan.loader import Plan

Block = dict[str, Any]
DATES = ["2017-09", "2017-10", "2017-09-14", "2017-10-03", "2018-05-02", "2018"]
DAYS = ["2017-12-10", "2017-12-11"]
STATUSES = [None, "tentative", "postponed", "cancelled"]
WORDS = ["Forum", "Talk", "March", "Assembly", "Debate", "Summit"]
SCHEDULED = ("confirmed", "tentative")
TEXTS = {"title", "short", "description", "outcome", "slogan", "notice", "name"}


def base() -> Block:
    """Return a small plan in which there is something of every kind."""

    def moment(uid: int, when: str | None = "2017-09", **more: Any) -> Block:
        return {"uid": uid, "id": f"m{uid}", "title": {"en": f"Moment {uid}"}, "when": when, **more}

    def wave(uid: int, *moments: Block) -> Block:
        texts = {"title": {"en": f"Wave {uid}"}, "slogan": {"en": "A right", "fr": "Un droit"}}
        lists: Block = {"hashtags": ["#One"], "actors": {"tunis": {}, "uclg": {"confirmed": False}}}
        content = {"learning": {"en": "Much to learn"}}
        return {
            "uid": uid, "id": f"w{uid}", **texts, **lists, "content": content, "period": "2017-05/2018-12",
            "waive": {"calendar-length": "Agreed"}, "moments": list(moments),
        }  # fmt: skip

    return {
        "programme": {
            "name": {"en": "Waves"}, "languages": ["en", "fr"], "timezone": "Europe/Madrid",
            "priorities": {"learning": {"en": "Learning"}, "advocacy": {"en": "Advocacy"}},
            "regions": {"africa": {"en": "Africa"}},
            "actors": {"tunis": {"en": "Tunis"}, "uclg": {"en": "UCLG"}},
        },
        "waves": [
            wave(
                101, moment(1, place="Gwangju"), moment(2, "2017-10-03"), moment(3, "2018-05-02", status="tentative"),
                moment(4, "2017-12-10", repeat="yearly", kind="observance"), moment(5, draft=True),
            ),
            wave(102, moment(6, None, tie=1), moment(7, "2018", actors=["tunis"]), moment(8, "2017-09-14")),
            wave(103),
        ],
    }  # fmt: skip


# -- edits


class Editor:
    """A plan that is edited, and what it was at first."""

    def __init__(self, plan: Block, random: Random) -> None:
        self.plan, self.random = plan, random
        self.taken = max(block["uid"] for block in (*plan["waves"], *self.moments()))

    def moments(self) -> list[Block]:
        return [moment for wave in self.plan["waves"] for moment in wave["moments"]]

    def new_uid(self) -> int:
        self.taken += 1
        return self.taken

    def any_moment(self, fit: Callable[[Block], bool] = lambda _: True) -> Block:
        """Return a moment that fits; one of its own that is in no plan if none does, so that nothing happens."""
        return self.random.choice([one for one in self.moments() if fit(one)] or [{"title": {"en": ""}}])

    def any_wave(self) -> Block:
        found: Block = self.random.choice(self.plan["waves"])
        return found

    def is_free(self, moment: Block) -> bool:
        """Tell whether a moment is neither tied nor one that others are tied to."""
        return "tie" not in moment and all(one.get("tie") != moment["uid"] for one in self.moments())

    def reword(self, block: Block, field: str) -> None:
        """Write another text in one language, add a language, or remove one."""
        text = block.setdefault(field, {"en": self.random.choice(WORDS)})
        language = self.random.choice(["en", "fr", "es"])
        if language in text and language != "en" and self.random.random() < 0.5:
            del text[language]
        else:
            text[language] = self.random.choice(WORDS)

    def toggle(self, block: Block, field: str, value: Any) -> None:
        if block.pop(field, None) is None:
            block[field] = value


def put_date(edit: Editor) -> None:
    moment = edit.any_moment(lambda one: "tie" not in one)
    moment["when"] = edit.random.choice(DAYS if "repeat" in moment else DATES)


def put_status(edit: Editor) -> None:
    edit.any_moment(lambda one: "tie" not in one)["status"] = edit.random.choice(STATUSES)


def put_text(edit: Editor) -> None:
    edit.reword(edit.any_moment(), edit.random.choice(["title", "title", "short", "description", "outcome"]))


def put_place(edit: Editor) -> None:
    place = edit.random.choice([None, "Busan", {"name": "Seoul", "country": "KR"}, {"country": "FR"}])
    edit.any_moment(lambda one: "tie" not in one)["place"] = place


def put_detail(edit: Editor) -> None:
    moment, random = edit.any_moment(), edit.random
    field, values = random.choice([
        ("url", ["https://example.org/a", "https://example.org/b", None]), ("kind", ["deadline", "publication", None]),
        ("actors", [["tunis"], ["uclg", "tunis"], None]), ("priorities", [["learning"], ["advocacy"], None]),
        ("owner", ["uclg", "Ana", None]), ("regions", [["africa"], None]), ("note", ["Ask", None]),
        ("confirm_by", ["2017-06-30", None]), ("source", ["A page", None]),
    ])  # fmt: skip
    moment[field] = random.choice(values)


def toggle_repeat(edit: Editor) -> None:
    moment = edit.any_moment(lambda one: one.get("when") in DAYS and edit.is_free(one))
    edit.toggle(moment, "repeat", "yearly")


def toggle_draft(edit: Editor) -> None:
    edit.toggle(edit.any_moment(edit.is_free), "draft", True)


def add_moment(edit: Editor) -> None:
    uid = edit.new_uid()
    moment = {"uid": uid, "id": f"m{uid}", "title": {"en": "New"}, "when": edit.random.choice(DATES)}
    edit.any_wave()["moments"].append(moment)


def remove_moment(edit: Editor) -> None:
    moment = edit.any_moment(lambda one: "tie" in one or edit.is_free(one))
    for wave in edit.plan["waves"]:
        wave["moments"] = [one for one in wave["moments"] if one is not moment]


def move_moment(edit: Editor) -> None:
    moment = edit.any_moment()
    remove = [wave for wave in edit.plan["waves"] if moment in wave["moments"]]
    for wave in remove:
        wave["moments"].remove(moment)
        edit.any_wave()["moments"].append(moment)


def rename_id(edit: Editor) -> None:
    edit.any_moment()["id"] = f"n{edit.new_uid()}"


def tie(edit: Editor) -> None:
    moment = edit.any_moment(lambda one: edit.is_free(one) and not {"draft", "repeat"} & {*one})
    root = edit.any_moment(lambda one: "tie" not in one and one is not moment and not {"draft", "repeat"} & {*one})
    if {"uid"} <= {*moment} & {*root}:
        for field in ("when", "status", "place"):
            moment.pop(field, None)
        moment["tie"] = root["uid"]


def untie(edit: Editor) -> None:
    moment = edit.any_moment(lambda one: "tie" in one)
    if moment.pop("tie", None):
        moment["when"] = edit.random.choice(DATES)


def shuffle(edit: Editor) -> None:
    edit.random.shuffle(edit.any_wave()["moments"])


def add_wave(edit: Editor) -> None:
    uid = edit.new_uid()
    wave = {"uid": uid, "id": f"w{uid}", "title": {"en": "New wave"}, "period": "2017-05/2018-12", "moments": []}
    edit.plan["waves"].append({**wave, "actors": {}, "content": {}, "waive": {}, "slogan": {"en": "Hope"}})


def remove_wave(edit: Editor) -> None:
    wave = edit.any_wave()
    if len(edit.plan["waves"]) > 1 and all("tie" in one or edit.is_free(one) for one in wave["moments"]):
        edit.plan["waves"].remove(wave)


def rename_wave(edit: Editor) -> None:
    edit.any_wave()["id"] = f"v{edit.new_uid()}"


def put_wave_text(edit: Editor) -> None:
    edit.reword(edit.any_wave(), edit.random.choice(["title", "slogan", "slogan", "notice", "description"]))


def put_wave_fact(edit: Editor) -> None:
    field, values = edit.random.choice([
        ("hashtags", [["#One"], ["#One", "#Two"], None]), ("period", ["2017-05/2018-12", "2017-04/2019-01"]),
        ("status", ["closed", "active", None]), ("color", ["teal", "navy", None]), ("source", ["A letter", None]),
        ("url", ["https://example.org/w", None]),
    ])  # fmt: skip
    edit.any_wave()[field] = edit.random.choice(values)


def put_actor(edit: Editor) -> None:
    actors, actor = edit.any_wave()["actors"], edit.random.choice(["tunis", "uclg", "metropolis"])
    if actor in actors and edit.random.random() < 0.4:
        del actors[actor]
    else:
        named = {"name": "Metropolis", "kind": "association"} if actor == "metropolis" else {}
        actors[actor] = {**named, **edit.random.choice([{}, {"confirmed": False}])}


def put_content(edit: Editor) -> None:
    content, priority = edit.any_wave()["content"], edit.random.choice(["learning", "advocacy"])
    if edit.random.random() < 0.3:
        content.pop(priority, None)
    else:
        edit.reword(content, priority)


def put_waiver(edit: Editor) -> None:
    waivers, rule = edit.any_wave()["waive"], edit.random.choice(["calendar-length", "missing-slogan"])
    if waivers.pop(rule, None) is None or edit.random.random() < 0.5:
        waivers[rule] = edit.random.choice(["As planned", "As published"])


def put_programme_fact(edit: Editor) -> None:
    field, values = edit.random.choice([
        ("timezone", ["Europe/Madrid", "Africa/Tunis"]), ("languages", [["en", "fr"], ["en", "fr", "es"]]),
        ("site", ["https://example.org/", None]), ("uid_domain", ["network.org", None]),
        ("publish", [{"folder": "public"}, {"languages": ["en"]}, None]), ("design", [{"min_priorities": 1}, None]),
        ("feeds", [{"firm": {"fuzzy": "omit"}}, {"firm": {"fuzzy": "span"}}, None]),
    ])  # fmt: skip
    edit.plan["programme"][field] = edit.random.choice(values)


def put_programme_text(edit: Editor) -> None:
    programme = edit.plan["programme"]
    block, field = edit.random.choice([
        (programme, "name"), (programme["priorities"], "learning"), (programme["priorities"], "campaigning"),
        (programme["regions"], "africa"), (programme["regions"], "europe"), (programme["actors"], "uclg"),
        (programme["actors"], "paris"),
    ])  # fmt: skip
    if field in ("campaigning", "europe", "paris") and edit.random.random() < 0.3:
        block.pop(field, None)
    else:
        edit.reword(block, field)


EDITS = [
    put_date, put_date, put_status, put_text, put_place, put_detail, toggle_repeat, toggle_draft, add_moment,
    remove_moment, move_moment, rename_id, tie, untie, shuffle, add_wave, remove_wave, rename_wave, put_wave_text,
    put_wave_fact, put_actor, put_content, put_waiver, put_programme_fact, put_programme_text,
]  # fmt: skip


# -- the plan of a state


def references(state: Block) -> dict[int, tuple[str, str]]:
    """Return the wave and the id of each moment, by its number."""
    return {moment["uid"]: (wave["id"], moment["id"]) for wave in state["waves"] for moment in wave["moments"]}


def load(home: Path, state: Block, earlier: Block) -> Plan:
    """Return the plan of a state, in which ``was`` has the names that blocks had in an earlier one."""
    now, before = references(state), references(earlier)
    old_ids = {wave["uid"]: wave["id"] for wave in earlier["waves"]}
    programme = dict(state["programme"])
    programme["actors"] = {key: {"name": name, "kind": "member"} for key, name in programme["actors"].items()}
    programme["regions"] = {key: {"name": name} for key, name in programme["regions"].items()}
    files: dict[str, str | bytes] = {"programme": as_yaml(programme)}
    for wave in state["waves"]:
        data = {key: value for key, value in wave.items() if key != "id"}
        data["actors"] = [{"id": key, **actor} for key, actor in wave["actors"].items()]
        data["moments"] = []
        for moment in wave["moments"]:
            name, old = now[moment["uid"]], before.get(moment["uid"], now[moment["uid"]])
            is_at_home = old[0] == old_ids.get(wave["uid"], wave["id"])
            was = [] if name[1] == old[1] and is_at_home else [old[1] if is_at_home else "/".join(old)]
            root = {"same_as": "/".join(now[moment["tie"]])} if "tie" in moment else {}
            data["moments"].append({**moment, **root, "was": was})
        data["was"] = [old_ids[wave["uid"]]] if old_ids.get(wave["uid"], wave["id"]) != wave["id"] else []
        files[wave["id"]] = as_yaml(data)
    home.mkdir(parents=True, exist_ok=True)
    for file in home.rglob("*.yaml"):
        file.unlink()
    plan = read_plan(home, files)
    assert [one for one in plan.findings if one.rule != "unused-waiver"] == []
    return plan


def as_yaml(block: Block) -> str:
    def kept(value: Any) -> Any:
        if isinstance(value, list):
            return [kept(one) for one in value]
        if isinstance(value, dict):
            return {key: kept(one) for key, one in value.items() if one is not None and key not in ("uid", "tie")}
        return value

    return json.dumps(kept(block))


# -- what is to be named

Line = tuple[Any, ...]
Facts = dict[str, Counter[Line]]
"""The facts of each moment: field, kinds, and how it is shown before and after where tied moments share it."""


class Named:
    """What changed: lines for all but the facts of moments, and these by moment."""

    def __init__(self) -> None:
        self.lines: Counter[Line] = Counter()
        self.facts: dict[str, set[Line]] = {}

    def compare_text(self, where: str, old: Block | None, new: Block | None) -> bool:
        """Count the languages that a text got and lost; return whether its words changed otherwise."""
        if not old or not new:
            return bool(old) != bool(new)
        self.lines.update((where, "translation", language, True) for language in new.keys() - old.keys())
        self.lines.update((where, "translation", language, False) for language in old.keys() - new.keys())
        return any(old[language] != new[language] for language in old.keys() & new.keys())

    def differs(self, where: str, field: str, old: Any, new: Any) -> bool:
        return self.compare_text(where, old, new) if field in TEXTS else (old or None) != (new or None)

    def compare_items(self, where: str, field: str, old: Block, new: Block) -> None:
        for key in old.keys() | new.keys():
            state = "new" if key not in old else "removed" if key not in new else "changed"
            is_text = field not in ("actors", "waive", "feeds") or (where == "programme" and field == "actors")
            before, after = old.get(key), new.get(key)
            if state != "changed" or (self.compare_text(where, before, after) if is_text else before != after):
                self.lines[where, field, key, state] += 1


WAVE_FACTS = ("title", "slogan", "notice", "description", "hashtags", "period", "status", "color", "source", "url")
PROGRAMME_FACTS = ("name", "languages", "timezone", "site", "uid_domain")
DETAILS = (
    "short",
    "description",
    "outcome",
    "url",
    "kind",
    "priorities",
    "owner",
    "regions",
    "note",
    "confirm_by",
    "source",
)


def expected(old: Block, new: Block) -> Named:
    """Return what is to be named between two states."""
    named = Named()
    compare_programmes(named, old["programme"], new["programme"])
    old_waves, new_waves = ({wave["uid"]: wave for wave in state["waves"]} for state in (old, new))
    for uid in old_waves.keys() | new_waves.keys():
        before, after = old_waves.get(uid), new_waves.get(uid)
        if after is None:
            named.lines[old_waves[uid]["id"], "removed"] += 1
            continue
        wave = after["id"]
        if before is None:
            named.lines[wave, "new"] += 1
        elif before["id"] != wave:
            named.lines[wave, "renamed", before["id"]] += 1
        empty: Block = {"title": after["title"], "actors": {}, "content": {}, "waive": {}}
        for field in WAVE_FACTS:
            values = [(block or empty).get(field) for block in (before, after)]
            values = ["active" if field == "status" and value is None else value for value in values]
            if named.differs(wave, field, *values):
                named.lines[wave, field] += 1
        for field in ("actors", "content", "waive"):
            named.compare_items(wave, field, (before or empty)[field], after[field])
    compare_all_moments(named, old, new)
    return named


def compare_programmes(named: Named, old: Block, new: Block) -> None:
    for field in PROGRAMME_FACTS:
        if named.differs("programme", field, old.get(field), new.get(field)):
            named.lines["programme", field] += 1
    for block in ("publish", "design"):
        before, after = old.get(block) or {}, new.get(block) or {}
        named.lines.update(
            ("programme", f"{block}.{key}") for key in before.keys() | after.keys() if before.get(key) != after.get(key)
        )
    for field in ("priorities", "regions", "actors", "feeds"):
        named.compare_items("programme", field, old.get(field) or {}, new.get(field) or {})


def compare_all_moments(named: Named, old: Block, new: Block) -> None:
    """Compare moments by number; what is gone belongs to the present name of its wave."""
    now = {wave["uid"]: wave["id"] for wave in new["waves"]}
    states = [
        {moment["uid"]: (wave, moment) for wave in state["waves"] for moment in wave["moments"]} for state in (old, new)
    ]
    for uid in states[0].keys() | states[1].keys():
        before, after = (state.get(uid) for state in states)
        if before and after:
            named.facts["/".join((after[0]["id"], after[1]["id"]))] = set(moment_facts(named, before, after, states))
        elif before:
            wave = now.get(before[0]["uid"], before[0]["id"])
            named.lines[wave, "/".join((before[0]["id"], before[1]["id"])), "removed"] += 1
        elif after:
            named.lines[after[0]["id"], "/".join((after[0]["id"], after[1]["id"])), "added"] += 1


def moment_facts(named: Named, before: Any, after: Any, states: list[Any]) -> Iterator[Line]:
    """Yield the facts of a moment that is in both states."""
    (old_wave, old), (new_wave, new) = before, after
    if old.get("draft") != new.get("draft"):
        yield "draft", ("published" if old.get("draft") else "unpublished",)
    if old_wave["uid"] != new_wave["uid"]:
        yield "wave", ("wave-changed",)
    if old["id"] != new["id"]:
        yield "id", ("id-changed",)
    is_retied = old.get("tie") != new.get("tie")
    if is_retied:
        yield "same_as", ("tied" if "tie" in new else "untied",)
    shown_old, shown_new = (state[one.get("tie", one["uid"])][1] for state, one in zip(states, (old, new), strict=True))
    yield from shown_facts(named, shown_old, shown_new)
    wave = new_wave["id"]
    if named.compare_text(wave, old["title"], new["title"]):
        yield "title", ("renamed",)
    if (old.get("actors") or []) != (new.get("actors") or []):
        yield "actors", ("actors",)
    for field in DETAILS:
        is_from_root = field in ("short", "description", "url") and new.get(field) is None and shown_new.get(field)
        if named.differs(wave, field, old.get(field), new.get(field)) and not (is_retied and is_from_root):
            yield field, ("details",)


def shown_facts(named: Named, old: Block, new: Block) -> Iterator[Line]:
    """Yield what changed in the date, the status, the rule and the place that are shown of a moment."""
    statuses = [one.get("status") or "confirmed" for one in (old, new)]
    dates = [str(one["when"]) for one in (old, new)]
    kinds: list[str] = []
    if statuses[0] != statuses[1]:
        back = statuses[1] in SCHEDULED and statuses[0] not in SCHEDULED
        kinds = ["restored"] if back else []
        kinds += [statuses[1]] if statuses[1] != "confirmed" or not back else []
    firm = [len(one) == 10 and status == "confirmed" for one, status in zip(dates, statuses, strict=True)]
    firmness = "" if firm[0] == firm[1] else "firmed-up" if firm[1] else "blurred" if statuses[1] in SCHEDULED else ""
    if dates[0] != dates[1]:
        moved = not (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]))
        lengths = [len(one) for one in dates]
        precision = "narrowed" if lengths[0] < lengths[1] else "widened" if lengths[0] > lengths[1] else ""
        yield "when", tuple(filter(None, ("moved" if moved else "", firmness or precision))), *dates
        firmness = ""
    if kinds:
        yield "status", tuple(filter(None, (*kinds, firmness))), *statuses
    if old.get("repeat") != new.get("repeat"):
        yield "repeat", ("repeated",), old.get("repeat"), new.get("repeat")
    if old.get("place") != new.get("place"):
        yield "place", ("relocated",), str(old.get("place")), str(new.get("place"))


# -- what is named


def found(changes: PlanChanges) -> Named:
    named = Named()
    programme = changes.programme
    parts: list[Any] = [("programme", programme.facts, programme.items, programme.translations)]
    for wave in changes.waves:
        if wave.earlier_id:
            named.lines[wave.wave, "renamed", wave.earlier_id] += 1
        elif wave.before is None or wave.after is None:
            named.lines[wave.wave, "new" if wave.after else "removed"] += 1
        parts.append((wave.wave, wave.facts, wave.items, wave.translations))
        for moment in wave.moments:
            if moment.before is None or moment.after is None:
                named.lines[wave.wave, moment.reference, *moment.kinds] += 1
            else:
                facts = [(fact.field, tuple(map(str, fact.kinds))) for fact in moment.facts]
                assert len(facts) == len(set(facts))
                named.facts[moment.reference] = set(facts)
                assert wave.wave == moment.reference.partition("/")[0]
    for where, facts, items, translations in parts:
        named.lines.update((where, fact.field) for fact in facts)
        for item in items:
            state = "new" if item.before is None else "removed" if item.after is None else "changed"
            named.lines[where, item.field, item.key, state] += 1
        for each in translations:
            named.lines[where, "translation", each.language, True] += len(each.added)
            named.lines[where, "translation", each.language, False] += len(each.removed)
    return named


def check(old: Plan, new: Plan, states: tuple[Block, Block]) -> None:
    actual, wanted = found(compare_plans(old, new)), expected(*states)
    assert +actual.lines == +wanted.lines
    roots = {
        moment["uid"]: moment.get("tie", moment["uid"]) for wave in states[1]["waves"] for moment in wave["moments"]
    }
    shared: dict[int, list[Line]] = {}
    named: dict[int, list[Line]] = {}
    for uid, names in references(states[1]).items():
        facts, given = wanted.facts.get("/".join(names), set()), actual.facts.get("/".join(names), set())
        own = {fact for fact in facts if len(fact) == 2}
        assert {fact for fact in given if fact[0] not in ("when", "status", "repeat", "place")} == own, names
        shared.setdefault(roots[uid], []).extend(sorted({fact for fact in facts if len(fact) == 4}, key=str))
        named.setdefault(roots[uid], []).extend(
            fact for fact in given if fact[0] in ("when", "status", "repeat", "place")
        )
    # what tied moments share is named once, at one of them
    assert {root: sorted({fact[:2]: 0 for fact in dict.fromkeys(facts)}) for root, facts in shared.items()} == {
        root: sorted(set(facts)) for root, facts in named.items()
    }


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load(tmp_path_factory.mktemp("old"), base(), base())


@settings(max_examples=examples(400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.sampled_from(EDITS), max_size=12), seed=st.integers(0, 10_000))
def test_exactly_the_edits_are_named(
    tmp_path: Path, old: Plan, edits: list[Callable[[Editor], None]], seed: int
) -> None:
    first, last = base(), base()
    editor = Editor(last, Random(seed))  # noqa: S311 - not for secrets
    for edit in edits:
        edit(editor)
    new = load(tmp_path / "new", last, first)
    check(old, new, (first, last))
    check(new, old, (last, first))  # what was done is undone
    assert compare_plans(new, new).is_empty

"""The facts of a moment, and which changes of them are news to a calendar."""

from __future__ import annotations

import pytest

from support.plans import read_plan
from support.publication import PROGRAMME, wave
from wavectl.lockfile.entry import LockEntry
from wavectl.publishing.tracking.changes import EntryFacts, is_significant_change, place_changed, visible_facts_changed
from wavectl.timeline.groups import resolve_groups


def facts(tmp_path, *moments: str, **files: str) -> dict[str, object]:
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "w": wave(*moments), **files})
    group = next(one for one in resolve_groups(plan, drafts=False) if one.root.reference == "w/m")
    found = EntryFacts(plan).for_group(group, ("w/m",))
    assert len(str(found.pop("digest"))) == 12
    assert LockEntry(**found).members == ("w/m",)
    return {name: fact for name, fact in found.items() if fact}


def test_facts_of_a_moment(tmp_path):
    assert facts(tmp_path, "m, when: 2017-09, short: {fr: B, en: A}") == {
        "members": ("w/m",),
        "when": "2017-09",
        "status": "confirmed",
        "title": "T",
        "short": {"en": "A", "fr": "B"},
    }


def test_zone_counts_for_times_of_day_alone(tmp_path):
    assert "zone" not in facts(tmp_path, "m, when: 2017-09-05, timezone: Asia/Seoul")
    assert facts(tmp_path, "m, when: 2017-09-05T10:00")["zone"] == "Europe/Madrid"
    rule = "m, when: 2017-12-10, repeat: yearly, timezone: Asia/Seoul, except: {2018-12-10: {when: 2018-12-10T10:00}}"
    assert facts(tmp_path, rule)["zone"] == "Asia/Seoul"


def test_facts_of_a_rule(tmp_path):
    found = facts(
        tmp_path,
        "m, when: 2017-12-10, repeat: yearly, place: Rome, except: {2018-12-10: {when: 2018-12-12, status: tentative, "
        "title: {fr: B, en: A}, place: Oslo, description: D}, 2019-12-10: {description: D}}",
    )
    assert found == {
        "members": ("w/m",),
        "when": "2017-12-10",
        "repeat": "yearly",
        "until": "2019-12-10",
        "exceptions": {
            "2018-12-10": {
                "when": "2018-12-12",
                "status": "tentative",
                "title": {"en": "A", "fr": "B"},
                "place": {"name": "Oslo"},
            }
        },
        "status": "confirmed",
        "place": {"name": "Rome"},
        "title": "T",
    }


def test_a_tied_date_that_is_closer_is_an_exception(tmp_path):
    found = facts(tmp_path, "m, when: 2017-09, repeat: yearly", "n, when: 2018-09-14, same_as: m")
    assert found["exceptions"] == {"2018-09": {"when": "2018-09-14"}}


DIGESTED = {
    "kind": "kind: deadline",
    "url": "url: 'https://example.org'",
    "description": "description: D",
    "priority": "priorities: [learning]",
    "actor": "actors: [a]",
}


OTHER = ("slogan", "hashtag", "title", "doubt", "name", "priority text", "exception")


@pytest.mark.parametrize("change", [*DIGESTED, *OTHER])
def test_digest_covers_all_other_public_facts(tmp_path, change):
    def digest(home, *, new: bool) -> str:
        more = DIGESTED.get(change, "actors: [a], priorities: [learning]") if new or change not in DIGESTED else ""
        value = change if new else "other"
        head = (
            f"slogan: {value if change == 'slogan' else 'S'}\nhashtags: ['#{value if change == 'hashtag' else 'H'}']\n"
        )
        sure = "false" if change == "doubt" and new else "true"
        name = value if change == "name" else "A"
        head += f"actors: [{{id: a, name: {name}, kind: member, confirmed: {sure}}}]\n"
        priority = value if change == "priority text" else "L"
        programme = f"{{languages: [en], uid_domain: x, priorities: {{learning: {priority}}}}}"
        rule = "repeat: yearly, except: {2018: {description: %s}}" % (value if change == "exception" else "D")
        text = wave(f"m, when: '2017', {rule}{more and ', '}{more}", head=head)
        text = text.replace("title: Wave", f"title: {value}") if change == "title" else text
        plan = read_plan(home, {"programme": programme, "w": text})
        assert plan.findings == ()
        (group,) = resolve_groups(plan, drafts=False)
        return str(EntryFacts(plan).for_group(group, ())["digest"])

    assert digest(tmp_path / "a", new=False) == digest(tmp_path / "b", new=False)
    assert digest(tmp_path / "a", new=False) != digest(tmp_path / "c", new=True)


def test_digest_does_not_mind_the_order_of_languages(tmp_path):
    found = []
    for number, text in enumerate(("{en: A, fr: B}", "{fr: B, en: A}", "{fr: A, en: B}")):
        plan = read_plan(tmp_path / str(number), {"w": wave(f"m, when: '2017', description: {text}")})
        (group,) = resolve_groups(plan, drafts=False)
        found.append(EntryFacts(plan).for_group(group, ())["digest"])
    assert found[0] == found[1] != found[2]


LINE = LockEntry(
    ("w/m",), "2017-09", place={"name": {"en": "Rome", "fr": "Rome"}, "country": "IT"}, title="A", digest="1"
)


@pytest.mark.parametrize(
    ("place", "other"),
    [
        ({"name": {"en": "Rome", "fr": "Rome"}, "country": "IT"}, False),
        ({"name": {"en": "Rome", "fr": "Rome", "es": "Roma"}, "country": "IT"}, False),
        ({"name": {"en": "Rome"}, "country": "IT"}, False),
        ({"name": "Rome", "country": "IT"}, False),
        ({"name": "Oslo", "country": "IT"}, True),
        ({"name": {"es": "Roma"}, "country": "IT"}, True),
        ({"name": {"en": "Oslo", "fr": "Rome"}, "country": "IT"}, True),
        ({"name": {"en": "Rome", "fr": "Rome"}}, True),
        ({"name": {"en": "Rome", "fr": "Rome"}, "country": "IT", "online": True}, True),
        ({"country": "IT"}, True),
        ({}, True),
    ],
)
def test_a_place_with_one_more_language_is_the_same(place, other):
    new = LINE._replace(place=place)
    assert place_changed(LINE, new) is place_changed(new, LINE) is is_significant_change(LINE, new) is other
    assert visible_facts_changed(LINE, new) is (place != LINE.place)


@pytest.mark.parametrize(
    ("change", "news", "words"),
    [
        ({"when": "2017-10"}, True, False),
        ({"zone": "UTC"}, True, False),
        ({"repeat": "yearly"}, True, False),
        ({"until": "2018-09-01"}, True, False),
        ({"status": "tentative"}, True, False),
        ({"exceptions": {"2018-09": {"when": "2018-10"}}}, True, True),
        ({"exceptions": {"2018-09": {"title": "B"}}}, False, True),
        ({"title": "B"}, False, True),
        ({"short": "B"}, False, True),
        ({"digest": "2"}, False, True),
        ({"members": ("w/n",)}, False, False),
    ],
)
def test_news(change, news, words):
    new = LINE._replace(**change)
    assert (is_significant_change(LINE, new), visible_facts_changed(LINE, new)) == (news, words)

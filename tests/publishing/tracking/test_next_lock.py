"""What becomes of an entry: each row of the table in ``wavectl.lock``."""

from __future__ import annotations

import pytest

from support.publication import PublishedPlan, published_days, wave
from wavectl.lockfile.entry import LastChange, LockEntry
from wavectl.publishing.tracking.changes import ChangeKind

FIRST, LATER = "2017-06-01", "2017-06-03"
PLACE = "place: {name: Geneva, country: CH}"


@pytest.fixture
def published(tmp_path):
    return PublishedPlan(tmp_path)


def revision(line: LockEntry) -> tuple[int, str]:
    return line.sequence, line.modified


def test_first_publication(published):
    line = published.one(FIRST, "m, when: 2017-09", "n, when: unknown")
    assert (line.members, line.when, line.title) == (("w/m",), "2017-09", "T")
    assert (line.sequence, line.published, line.modified, line.before) == (0, FIRST, FIRST, None)
    assert list(published.entries) == ["m.w"]
    assert published.changed == {"m.w": (ChangeKind.NEW,)}


def test_a_first_date_makes_the_entry_new(published):
    published.one(FIRST, "m, when: 2017-09", "n, when: unknown")
    published.one(LATER, "m, when: 2017-09", "n, when: 2018")
    assert published.changed == {"n.w": (ChangeKind.NEW,)}
    assert revision(published.entries["n.w"]) == (0, LATER)


def test_nothing_changed_changes_nothing(published):
    published.one(FIRST, "m, when: 2017-09", "n, when: 2017-12-10, repeat: yearly")
    before = (published.folder / "wavectl.lock").read_bytes()
    for today in (LATER, "2019-01-01", "2016-01-01"):
        published.one(today, "m, when: 2017-09", "n, when: 2017-12-10, repeat: yearly")
        assert (published.folder / "wavectl.lock").read_bytes() == before
        assert published.changes == []


@pytest.mark.parametrize(
    ("old", "new", "before", "kinds"),
    [
        ("when: 2017-09", "when: 2017-10", {"when": "2017-09"}, (ChangeKind.MOVED,)),
        ("when: 2017-09", "when: 2017-09-05", {"when": "2017-09"}, (ChangeKind.FIRMED_UP,)),
        ("when: 2017-09-05", "when: 2017-09", {"when": "2017-09-05"}, (ChangeKind.BLURRED,)),
        ("when: 2017-09-05", "when: 2017-09-06", {"when": "2017-09-05"}, (ChangeKind.MOVED,)),
        ("when: 2018", "when: 2018-03", {"when": "2018"}, (ChangeKind.NARROWED,)),
        ("when: 2018-03", "when: 2018", {"when": "2018-03"}, (ChangeKind.WIDENED,)),
        ("when: 2018-03", "when: 2018-04", {"when": "2018-03"}, (ChangeKind.MOVED,)),
        ("when: 2018", "when: 2019-03", {"when": "2018"}, (ChangeKind.MOVED,)),
        ("when: 2017-10-05", "when: 2017-10-05T10:00/2017-10-05T12:00", {"when": "2017-10-05"}, (ChangeKind.NARROWED,)),
        ("when: 2017-10-05T10:00", "when: 2017-10-05T11:00", {"when": "2017-10-05T10:00"}, (ChangeKind.MOVED,)),
        ("when: 2017-10-05", "when: 2017-10-05T10:00, repeat: yearly", {"when": "2017-10-05"}, (ChangeKind.MOVED,)),
        ("when: 2017-09", "when: 2017-09, status: tentative", {}, (ChangeKind.TENTATIVE,)),
        ("when: 2017-09, status: tentative", "when: 2017-09", {}, (ChangeKind.CONFIRMED,)),
        ("when: 2017-09-05", "when: 2017-09-05, status: tentative", {"status": "confirmed"}, (ChangeKind.TENTATIVE,)),
        ("when: 2017-09-05, status: tentative", "when: 2017-09-05", {"status": "tentative"}, (ChangeKind.CONFIRMED,)),
        ("when: 2017-09-05, status: tentative", "when: 2017-09-05?", {"when": "2017-09-05"}, (ChangeKind.BLURRED,)),
        ("when: 2017-09-05?", "when: 2017-09-05", {"when": "2017-09-05?"}, (ChangeKind.FIRMED_UP,)),
        (
            "when: 2017-09, status: tentative",
            "when: 2017-09-05, status: tentative",
            {"when": "2017-09"},
            (ChangeKind.TENTATIVE,),
        ),
        ("when: 2017-09", "when: 2017-09-05, status: tentative", {"when": "2017-09"}, (ChangeKind.TENTATIVE,)),
        (
            "when: 2017-09, status: tentative",
            f"when: 2017-09, {PLACE}",
            {},
            (ChangeKind.RELOCATED, ChangeKind.CONFIRMED),
        ),
        ("when: 2017-09-05", "when: 2017-09-05, status: postponed", {"status": "confirmed"}, (ChangeKind.POSTPONED,)),
        ("when: 2017-09", "when: 2017-09, status: cancelled", {"status": "tentative"}, (ChangeKind.CANCELLED,)),
        (f"when: 2017-09, {PLACE}", "when: 2017-09, place: Rome", {"place": {"name": "Geneva", "country": "CH"}}, None),
        (f"when: 2017-09, {PLACE}", "when: 2017-09", {"place": {"name": "Geneva", "country": "CH"}}, None),
        ("when: 2017-09", f"when: 2017-09, {PLACE}", {}, (ChangeKind.RELOCATED,)),
        ("when: 2017-09-05", "when: 2017-09-05, repeat: yearly", {}, (ChangeKind.MOVED,)),
        ("when: 2017-09-05, repeat: yearly", "when: 2017-09-05, repeat: FREQ=MONTHLY", {}, (ChangeKind.MOVED,)),
        (
            "when: 2017-09-05, repeat: yearly",
            "when: 2017-09-05, repeat: yearly, except: {2018-09-05: cancelled}",
            {},
            (ChangeKind.MOVED,),
        ),
        ("when: 2017-09-05T10:00", "when: 2017-09-05T10:00, timezone: Asia/Seoul", {}, (ChangeKind.MOVED,)),
        (
            "when: 2017-09-05",
            "when: 2017-10-05, status: tentative, place: Rome",
            {"when": "2017-09-05", "status": "confirmed"},
            (ChangeKind.MOVED, ChangeKind.RELOCATED, ChangeKind.TENTATIVE),
        ),
    ],
)
def test_what_moves_raises_the_sequence_by_one_once(published, old, new, before, kinds):
    published.one(FIRST, f"m, {old}", "n, when: 2018")
    line = published.one(LATER, f"m, {new}", "n, when: 2018")
    assert revision(line) == (1, LATER)
    assert line.before == LastChange(LATER, **before)
    assert published.changed == {"m.w": kinds or (ChangeKind.RELOCATED,)}
    assert revision(published.entries["n.w"]) == (0, FIRST)
    again = published.one("2017-06-05", f"m, {new}", "n, when: 2018")
    assert again == line


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("when: 2017-09, title: A", "when: 2017-09, title: B", ChangeKind.RENAMED),
        ("when: 2017-09, short: A", "when: 2017-09, short: B", ChangeKind.RENAMED),
        ("when: 2017-09", "when: 2017-09, description: D", ChangeKind.REWORDED),
        ("when: 2017-09", "when: 2017-09, url: 'https://example.org'", ChangeKind.REWORDED),
        ("when: 2017-09", "when: 2017-09, kind: deadline", ChangeKind.REWORDED),
        ("when: 2017-09", "when: 2017-09, priorities: [learning]", ChangeKind.REWORDED),
        ("when: 2017-09", "when: 2017-09, actors: [a]", ChangeKind.REWORDED),
        (
            "when: 2017-09, place: {name: {en: Rome}}",
            "when: 2017-09, place: {name: {en: Rome, fr: R}}",
            ChangeKind.REWORDED,
        ),
    ],
)
def test_other_public_changes_move_the_day_alone(published, old, new, kind):
    head = "actors: [{id: a, name: A, kind: member}]\n"
    for today, moment in ((FIRST, old), (LATER, new)):
        moment = moment if "title" in moment else f"title: T, {moment}"
        published.publish(today, {"w": f"title: Wave\nperiod: 2017/2018\n{head}moments:\n  - {{id: m, {moment}}}\n"})
    line = published.entries["m.w"]
    assert (revision(line), line.before) == ((0, LATER), None)
    assert published.changed == {"m.w": (kind,)}


@pytest.mark.parametrize(
    ("old", "new"),
    [("slogan: A\n", "slogan: B\n"), ("hashtags: ['#A']\n", ""), ("", "actors: [{id: a, name: B, kind: member}]\n")],
)
def test_what_an_entry_says_of_its_wave_counts(published, old, new):
    known = "actors: [{id: a, name: A, kind: member}]\n"
    for today, head in ((FIRST, old), (LATER, new)):
        head = head if "actors" in head else head + known
        published.publish(today, {"w": wave("m, when: 2017-09, actors: [a]", head=head)})
    assert revision(published.entries["m.w"]) == (0, LATER)


@pytest.mark.parametrize(
    "new",
    [
        "note: secret", "owner: me", "source: page", "confirm_by: 2017-07-07", "x-budget: 12", "outcome: fine",
        "regions: [africa]", "was: [old]", "timezone: Asia/Seoul",
    ],
)  # fmt: skip
def test_what_subscribers_do_not_see_changes_nothing(published, new):
    programme = "{languages: [en], timezone: Europe/Madrid, uid_domain: x, regions: {africa: Africa}}"
    line = published.one(FIRST, "m, when: 2017-09", programme=programme)
    assert published.one(LATER, f"m, when: 2017-09, {new}", programme=programme) == line


def test_a_clock_that_goes_backwards_keeps_the_later_day(published):
    published.one(LATER, "m, when: 2017-09", "n, when: 2017-09", "o, when: 2017-09")
    line = published.one(FIRST, "m, when: 2017-10", "n, when: 2017-09, url: 'https://example.org'")
    assert revision(line) == (1, LATER)
    assert line.before == LastChange(LATER, when="2017-09")
    assert revision(published.entries["n.w"]) == (0, LATER)
    assert (revision(published.entries["o.w"]), published.entries["o.w"].withdrawn) == ((1, LATER), LATER)


def test_the_last_change_that_matters_is_remembered(published):
    published.one(FIRST, "m, when: 2017-09")
    published.one(LATER, "m, when: 2017-10-05")
    line = published.one("2017-06-05", "m, when: 2017-10-05, url: 'https://example.org'")
    assert (revision(line), line.before) == ((1, "2017-06-05"), LastChange(LATER, when="2017-09"))
    line = published.one("2017-06-06", "m, when: 2017-10-05, url: 'https://example.org', status: tentative")
    assert (revision(line), line.before) == ((2, "2017-06-06"), LastChange("2017-06-06", status="confirmed"))


def test_the_end_of_a_rule_moves_with_the_wave(published):
    for today, period in ((FIRST, "2017/2018"), (LATER, "2017/2019")):
        published.publish(today, {"w": wave("m, when: 2017-12-10, repeat: yearly", period=period)})
    line = published.entries["m.w"]
    assert (line.until, line.sequence) == ("2019-12-10", 1)


def test_a_title_of_one_time_is_no_move(published):
    published.one(FIRST, "m, when: 2017-12-10, repeat: yearly, except: {2018-12-10: {title: A, status: tentative}}")
    line = published.one(
        LATER, "m, when: 2017-12-10, repeat: yearly, except: {2018-12-10: {title: B, status: tentative}}"
    )
    assert revision(line) == (0, LATER)
    line = published.one(LATER, "m, when: 2017-12-10, repeat: yearly, except: {2018-12-10: {title: B}}")
    assert revision(line) == (1, LATER)


# -- going and coming back


def test_a_lost_date_leaves_the_entry_on_its_last_days_as_postponed(published):
    published.one(FIRST, "m, when: 2017-09-05T10:00, timezone: Asia/Seoul")
    publication = published.publish(LATER, {"w": wave("m, when: unknown")})
    line = published.entries["m.w"]
    assert (line.when, line.zone, line.status, line.before) == (
        "2017-09-05T10:00",
        "Asia/Seoul",
        "postponed",
        LastChange(LATER, status="confirmed"),
    )
    assert revision(line) == (1, LATER)
    assert published_days(publication) == {"m.w": "2017-09-05T10:00"}
    assert publication.entries[0].group.status == "postponed"
    assert publication.entries[0].group.zone == "Asia/Seoul"
    assert published.changed == {"m.w": (ChangeKind.POSTPONED,)}
    assert published.one("2017-06-05", "m, when: unknown") == line
    line = published.one("2017-06-06", "m, when: 2017-10-01")
    assert (line.sequence, line.status, line.before) == (
        2,
        "confirmed",
        LastChange("2017-06-06", when="2017-09-05T10:00", status="postponed"),
    )


def test_a_cancelled_moment_that_loses_its_date_stays_cancelled(published):
    line = published.one(FIRST, "m, when: 2017-09, status: cancelled")
    assert published.one(LATER, "m, when: unknown, status: cancelled") == line


def test_a_rule_that_loses_its_date_keeps_its_days(published):
    rule = "m, when: 2017-12-10, repeat: yearly, except: {2018-12-10: {when: 2018-12-12}}"
    old = published.one(FIRST, rule)
    publication = published.publish(LATER, {"w": wave("m, when: unknown")})
    assert published.entries["m.w"]._replace(sequence=0, modified=FIRST, status="confirmed", before=None) == old
    assert [one.when.text for one in publication.entries[0].group.occurrences] == [
        "2017-12-10",
        "2018-12-12",
        "2019-12-10",
    ]


@pytest.mark.parametrize("gone", [(), ("m, when: 2017-09-05, draft: true",)])
def test_what_leaves_the_plan_is_withdrawn(published, gone):
    published.one(FIRST, "m, when: 2017-09-05", "n, when: 2018")
    line = published.one(LATER, *gone, "n, when: 2018")
    assert (revision(line), line.withdrawn, line.before) == ((1, LATER), LATER, None)
    assert published.changed == {"m.w": (ChangeKind.WITHDRAWN,)}
    assert published.one("2017-06-05", *gone, "n, when: 2018") == line
    assert published.changed == {}


@pytest.mark.parametrize(
    ("when", "today", "shown"),
    [
        ("2017-09-05", LATER, True),
        ("2017-09-05", "2017-07-02", True),
        ("2017-09-05", "2017-07-03", False),
        ("2017-06-10", "2017-06-10", True),
        ("2017-06-10", "2017-06-11", False),
        ("2017-06", "2017-06-30", True),
        ("2017-06", "2017-07-01", False),
        ("2017-05-05", LATER, False),
    ],
)
def test_a_withdrawal_is_shown_for_thirty_days_or_until_the_last_day(published, when, today, shown):
    published.one(FIRST, f"m, when: {when}", "n, when: 2018")
    published.publish(LATER, {"w": wave("n, when: 2018")})
    publication = published.publish(today, {"w": wave("n, when: 2018")})
    assert published_days(publication) == {"n.w": "2018"} | ({"m.w": f"{when} x"} if shown else {})
    assert published.entries["m.w"].withdrawn == LATER


def test_a_withdrawn_recurrence_is_shown_until_its_last_occurrence(published):
    published.one(FIRST, "m, when: 2017-05-05, repeat: FREQ=MONTHLY, except: {2017-06-05: {when: 2017-06-20}}")
    publication = published.publish(LATER, {"w": wave(period="2017-01/2017-06")})
    assert published_days(publication) == {"m.w": "2017-05-05 x"}
    assert {one.status for one in publication.entries[0].group.occurrences} == {"cancelled"}


@pytest.mark.parametrize("today", ["2017-06-05", "2019-01-01"])
def test_what_comes_back_goes_on(published, today):
    published.one(FIRST, "m, when: 2017-09", "n, when: 2018")
    published.publish(LATER, {"w": wave("n, when: 2018")})
    line = published.one(today, "m, when: 2017-09", "n, when: 2018")
    assert (revision(line), line.withdrawn, line.published) == ((2, today), None, FIRST)
    assert line.before == LastChange(today, status="withdrawn")
    assert published.changed == {"m.w": (ChangeKind.RESTORED,)}


def test_what_comes_back_on_other_days_says_both(published):
    published.one(FIRST, "m, when: 2017-09-05")
    published.publish(LATER, {"w": wave()})
    line = published.one("2017-06-05", "m, when: 2017-10-05, status: tentative")
    assert line.before == LastChange("2017-06-05", when="2017-09-05", status="withdrawn")
    assert published.changed == {"m.w": (ChangeKind.RESTORED, ChangeKind.MOVED, ChangeKind.TENTATIVE)}


# -- names


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"w": wave("new, when: 2017-09, was: [m]")}, "w/new"),
        ({"v": wave("m, when: 2017-09", head="was: [w]\n")}, "v/m"),
        ({"v": wave("new, when: 2017-09, was: [m]", head="was: [w]\n")}, "v/new"),
        ({"v": wave("new, when: 2017-09, was: [w/m]")}, "v/new"),
        ({"v": wave("m, when: 2017-09, was: [w/m]"), "w": wave()}, "v/m"),
    ],
)
def test_a_new_name_is_the_same_entry(published, files, name):
    old = published.one(FIRST, "m, when: 2017-09")
    published.publish(LATER, files)
    assert published.entries == {"m.w": old._replace(members=(name,), former=("w/m",))}
    assert published.changed == {}


def test_the_lockfile_keeps_a_name_that_the_plan_no_longer_has(published):
    published.one(FIRST, "m, when: 2017-09")
    published.publish(LATER, {"w": wave("new, when: 2017-09, was: [m]")})
    published.publish(LATER, {"w": wave("new, when: 2017-09")})
    assert list(published.entries) == ["m.w"]


def test_a_name_that_went_along_leads_to_an_identity_with_a_number(published):
    published.one(FIRST, "m, when: 2017-09")
    published.publish(LATER, {"w": wave("new, when: 2017-09, was: [m]")})
    for _ in range(2):
        published.publish(LATER, {"w": wave("new, when: 2017-09", "m, when: 2018")})
        assert {uid: entry.members for uid, entry in published.entries.items()} == {
            "m.w": ("w/new",),
            "m-2.w": ("w/m",),
        }


def test_a_name_of_long_ago_is_enough(published):
    """The record knows the last name alone; the one that the entry was made of leads to it all the same."""
    published.one(FIRST, "m, when: 2017-09")
    published.publish(LATER, {"w": wave("new, when: 2017-09, was: [m]")})
    published.publish(LATER, {"v": wave("other, when: 2017-09, was: [w/m]"), "w": wave()})
    assert {uid: entry.members for uid, entry in published.entries.items()} == {"m.w": ("v/other",)}
    published.publish(LATER, {"v": wave("other, when: 2017-09"), "w": wave("late, when: 2018, was: [m]")})
    assert {uid: entry.members for uid, entry in published.entries.items()} == {
        "m.w": ("v/other",),
        "m-2.w": ("w/late",),
    }


def test_a_new_name_without_the_old_one_is_another_entry(published):
    published.one(FIRST, "m, when: 2017-09")
    published.publish(LATER, {"w": wave("new, when: 2017-09")})
    assert published.changed == {"m.w": (ChangeKind.WITHDRAWN,), "new.w": (ChangeKind.NEW,)}


# -- ties


A, B, TIED = "a, when: 2017-09-05", "b, when: 2017-09", "b, when: 2017-09, same_as: v/a"


def pair(*of_v: str, w: tuple[str, ...] = ()) -> dict[str, str]:
    return {"v": wave(*of_v), "w": wave(*w)}


def test_tied_from_the_start_is_the_root(published):
    published.publish(FIRST, pair(A, w=(TIED,)))
    assert {uid: entry.members for uid, entry in published.entries.items()} == {"a.v": ("v/a", "w/b")}


@pytest.mark.parametrize(("first", "kept", "gone"), [((A, ()), "a.v", "b.w"), ((None, (B,)), "b.w", "a.v")])
def test_a_tie_keeps_the_entry_that_was_published_first(published, first, kept, gone):
    of_v, of_w = first
    published.publish(FIRST, pair(*([of_v] if of_v else []), w=of_w))
    published.publish(LATER, pair(A, w=(B,)))
    both = published.entries
    publication = published.publish("2017-06-05", pair(A, w=(TIED,)))
    assert published_days(publication) == {kept: "2017-09-05"}
    assert published.entries[gone] == both[gone]._replace(into=f"{kept}@x", modified="2017-06-05")
    assert sorted(published.entries[kept].members) == ["v/a", "w/b"]
    assert published.entries[kept].members[0] == both[kept].members[0]
    assert published.changed[gone] == (ChangeKind.JOINED,)
    again = published.entries
    published.publish("2017-06-06", pair(A, w=(TIED,)))
    assert published.entries == again


def test_of_two_published_on_one_day_the_root_is_kept(published):
    published.publish(FIRST, pair("z, when: 2017-09-05", w=(B,)))
    published.publish(LATER, pair("z, when: 2017-09-05", w=("b, same_as: v/z",)))
    assert [uid for uid, entry in published.entries.items() if entry.into] == ["b.w"]


@pytest.mark.parametrize("first", [pair(A), pair(w=(B,))])
def test_a_tie_undone_gives_each_its_own_again(published, first):
    published.publish(FIRST, first)
    published.publish(LATER, pair(A, w=(B,)))
    apart = published.entries
    published.publish("2017-06-05", pair(A, w=(TIED,)))
    publication = published.publish("2017-06-06", pair(A, w=(B,)))
    assert published_days(publication) == {"a.v": "2017-09-05", "b.w": "2017-09"}
    assert {uid: entry.members for uid, entry in published.entries.items()} == {"a.v": ("v/a",), "b.w": ("w/b",)}
    assert all(
        entry.sequence > apart[uid].sequence and entry.live for uid, entry in published.entries.items() if uid != "a.v"
    )
    assert not any(line.before and line.before.status for line in published.entries.values())


def test_one_that_was_never_published_alone_gets_an_entry_when_the_tie_ends(published):
    published.publish(FIRST, pair(A, w=(TIED,)))
    published.publish(LATER, pair(A, w=(B,)))
    assert {uid: entry.members for uid, entry in published.entries.items()} == {"a.v": ("v/a",), "b.w": ("w/b",)}
    assert published.changed["b.w"] == (ChangeKind.NEW,)


@pytest.mark.parametrize(
    "root", [(), ("a, when: 2017-09-05, draft: true",), ("a, when: 2017-09-05, draft: true, was: [old]",)]
)
def test_an_entry_goes_on_with_the_moment_that_was_tied_to_it(published, root):
    published.publish(FIRST, pair(A, w=(B,)))
    published.publish(LATER, pair(A, w=(TIED,)))
    rest = "b, when: 2017-09-05, same_as: v/a" if root else "b, when: 2017-09-05"
    publication = published.publish("2017-06-05", pair(*root, w=(rest,)))
    assert published_days(publication) == {"a.v": "2017-09-05"}
    assert published.entries["a.v"].members == ("w/b",)
    assert published.entries["b.w"].into == "a.v@x"


def test_a_draft_root_is_published_later_in_the_same_entry(published):
    published.publish(FIRST, pair("a, when: 2017-09-05, draft: true", w=(TIED,)))
    assert list(published.entries) == ["b.w"]
    published.publish(LATER, pair(A, w=(TIED,)))
    assert list(published.entries) == ["b.w"]
    assert published.entries["b.w"].members == ("w/b", "v/a")


def test_the_names_of_former_members_are_kept(published):
    published.publish(FIRST, {"w": wave("m, when: 2017-09", "n, same_as: m")})
    published.publish(LATER, {"w": wave("m, when: 2017-09")})
    assert (published.entries["m.w"].former, published.changed) == (("w/n",), {})
    published.publish(LATER, {"v": wave("m, when: 2017-09", head="was: [w]\n")})
    assert published.entries["m.w"].former == ("w/m", "w/n")
    published.publish(LATER, {"w": wave("m, when: 2017-09", head="was: [v]\n")})
    assert published.entries["m.w"].former == ("v/m", "w/n")


def test_both_gone_is_one_withdrawal(published):
    published.publish(FIRST, pair(A, w=(B,)))
    published.publish(LATER, pair(A, w=(TIED,)))
    assert published_days(published.publish("2017-06-05", pair())) == {"a.v": "2017-09-05 x"}
    assert published.changed == {"a.v": (ChangeKind.WITHDRAWN,)}
    assert published_days(published.publish("2017-06-06", pair(w=("b, when: 2017-09-05",)))) == {"a.v": "2017-09-05"}


def test_a_withdrawn_entry_tied_to_another_is_not_shown(published):
    published.publish(FIRST, pair(A, w=(B,)))
    published.publish(LATER, pair(w=(B,)))
    assert published.entries["a.v"].withdrawn == LATER
    assert published_days(published.publish("2017-06-05", pair(A, w=(TIED,)))) == {"b.w": "2017-09-05"}
    assert (published.entries["a.v"].withdrawn, published.entries["a.v"].into) == (None, "b.w@x")


def test_a_moment_that_joins_another_group_takes_its_own_entry_along_only_if_it_was_made_for_it(published):
    files = {"v": wave(A, "c, when: 2017-10-01"), "w": wave(TIED)}
    published.publish(FIRST, files)
    publication = published.publish(LATER, {"v": wave(A, "c, when: 2017-10-01"), "w": wave("b, same_as: v/c")})
    assert published_days(publication) == {"a.v": "2017-09-05", "c.v": "2017-10-01"}
    assert published.entries["c.v"].members == ("v/c", "w/b")
    publication = published.publish("2017-06-05", {"v": wave("c, when: 2017-10-01"), "w": wave("b, same_as: v/c")})
    assert published_days(publication) == {"c.v": "2017-10-01", "a.v": "2017-09-05 x"}


# -- some waves, and waves that vanish


def test_an_export_of_some_waves_does_not_change_entries_of_others(published):
    published.publish(FIRST, {"u": wave("z, when: 2018"), **pair(A, "c, when: 2017-10", w=(B,))})
    changed = {"u": wave(), **pair("a, when: 2017-09-06", w=("b, when: 2017-10", "d, when: 2018"))}
    publication = published.publish(LATER, changed, waves=["w"])
    assert published.changed == {"b.w": (ChangeKind.MOVED,), "d.w": (ChangeKind.NEW,)}
    assert published_days(publication) == {"b.w": "2017-10", "d.w": "2018"}
    publication = published.publish(LATER, changed, waves=["v"])
    assert published.changed == {"a.v": (ChangeKind.MOVED,), "c.v": (ChangeKind.WITHDRAWN,)}
    assert published_days(publication) == {"a.v": "2017-09-06", "c.v": "2017-10 x"}
    assert published_days(published.publish(LATER, changed, waves=["w"])) == {"b.w": "2017-10", "d.w": "2018"}


def test_a_tie_of_other_waves_is_left_alone_too(published):
    published.publish(FIRST, {"u": wave("z, when: 2018"), **pair(A, w=(B,))})
    publication = published.publish(LATER, {"u": wave("z, when: 2018"), **pair(A, w=(TIED,))}, waves=["u"])
    assert (published_days(publication), published.changed) == ({"z.u": "2018"}, {})


def test_an_entry_that_is_also_in_an_unpublished_wave_is_not_withdrawn(published):
    published.publish(FIRST, pair(A, w=(TIED,)))
    publication = published.publish(LATER, pair(), waves=["w"])
    assert (published_days(publication), published.changed) == ({}, {})
    assert published_days(published.publish(LATER, pair())) == {"a.v": "2017-09-05 x"}


def test_a_wave_that_vanishes_with_entries_ahead_is_kept_until_withdraw(published):
    published.publish(FIRST, pair(A, "c, when: 2017-05", w=(B,)))
    rest = {"w": wave(B)}
    publication = published.publish(LATER, rest)
    assert publication.vanished_waves == {"v": ("a.v@x",)}
    assert published.entries["a.v"].live
    publication = published.publish(LATER, rest, withdraw=["v"])
    assert publication.vanished_waves == {}
    assert published.entries["a.v"].withdrawn == LATER
    assert published_days(publication) == {"b.w": "2017-09", "a.v": "2017-09-05 x"}
    assert published.publish("2017-06-05", rest).vanished_waves == {}
    two = {**rest, "u": wave()}
    assert published_days(published.publish("2017-06-05", two, waves=["w"])) == {"b.w": "2017-09"}
    assert published_days(published.publish("2017-06-05", two)) == {"b.w": "2017-09", "a.v": "2017-09-05 x"}


def test_a_wave_may_vanish_once_it_is_over(published):
    published.publish(FIRST, pair(A, w=(B,)))
    assert published.publish("2017-09-05", {"w": wave(B)}).vanished_waves == {"v": ("a.v@x",)}
    assert published.publish("2017-09-06", {"w": wave(B)}).vanished_waves == {}
    assert published.entries["a.v"].withdrawn == "2017-09-06"


def test_an_export_of_some_waves_does_not_mind_one_that_vanished(published):
    published.publish(FIRST, {"u": wave("z, when: 2018"), **pair(A, w=(B,))})
    publication = published.publish(LATER, pair(A, w=(B,)), waves=["w"])
    assert (publication.vanished_waves, published.changed) == ({}, {})


def test_a_moment_tied_to_one_of_a_wave_that_vanished_goes_on(published):
    published.publish(FIRST, pair(A, w=(TIED,)))
    publication = published.publish(LATER, {"w": wave("b, when: 2017-09-05")})
    assert (publication.vanished_waves, published_days(publication)) == ({}, {"a.v": "2017-09-05"})


def test_two_waves_do_not_vanish_for_one_word(published):
    published.publish(FIRST, {"u": wave("z, when: 2018"), **pair(A, w=(B,))})
    publication = published.publish(LATER, {"w": wave(B)}, withdraw=["v"])
    assert publication.vanished_waves == {"u": ("z.u@x",)}


def test_a_new_wave_under_the_old_name_of_another_keeps_its_own_entries(published):
    both = {"new": wave("z, when: 2018", head="was: [w]\n"), "w": wave("m, when: 2017-09-05", "n, when: 2018")}
    published.publish(FIRST, both)
    publication = published.publish(LATER, {**both, "w": wave("n, when: 2018")})
    (gone,) = [one for one in publication.entries if one.lock_entry.withdrawn]
    assert (gone.uid, gone.group.waves) == ("m.w@x", ("w",))


def test_a_withdrawn_entry_of_a_renamed_wave_is_shown_in_it(published):
    published.one(FIRST, "m, when: 2017-09-05", "n, when: 2018")
    publication = published.publish(LATER, {"new": wave("n, when: 2018", head="was: [w]\n")})
    (gone,) = [one for one in publication.entries if one.lock_entry.withdrawn]
    assert (gone.uid, gone.group.waves) == ("m.w@x", ("new",))


@pytest.mark.parametrize("field", ["title", "short", "place"])
@pytest.mark.parametrize(
    "names", [("The forum", "The forum ", " The  forum"), ("{en: A B, fr: C D}", "{en: 'A  B', fr: 'C D '}")]
)
def test_white_space_in_a_name_is_no_change(published, field, names):
    locks = []
    for name in names:
        facts = {"title": "T", field: f"{{name: {name}}}" if field == "place" else name}
        text = ", ".join(f"{key}: {value if '{' in value else repr(value)}" for key, value in facts.items())
        moment = f"{{id: m, when: 2017-09, {text}}}"
        published.publish(FIRST, {"w": f"title: Wave\nperiod: 2017-01/2019-12\nmoments: [{moment}]\n"})
        locks.append((published.folder / "wavectl.lock").read_bytes())
    assert (set(locks), published.changes) == ({locks[0]}, [])


def test_white_space_in_the_title_of_a_wave_is_no_change(published):
    published.publish(FIRST, {"w": wave("m, when: 2017-09").replace("title: Wave", "title: 'The  wave '")})
    published.publish(LATER, {"w": wave("m, when: 2017-09").replace("title: Wave", "title: The wave")})
    assert published.changes == []

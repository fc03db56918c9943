"""What a line of the record tells of is a moment again, though the plan does not say so any more."""

from __future__ import annotations

from datetime import date

import pytest

from support.plans import read_plan
from support.publication import wave
from wavectl.lockfile.entry import LockEntry
from wavectl.model import Status
from wavectl.publishing.tracking.changes import EntryFacts
from wavectl.publishing.tracking.entry_dates import entry_dates
from wavectl.publishing.tracking.next_lock import postponed_group, withdrawn_group
from wavectl.timeline.groups import resolve_groups

PROGRAMME = (
    "{languages: [en], timezone: Europe/Madrid, uid_domain: x, "
    "regions: {asia: {name: Asia, countries: [KR]}, europe: {name: Europe, countries: [ES]}}}"
)
MOMENTS = [
    "m, when: 2017-09-05/2017-09-07, place: {name: {en: Seoul}, country: KR}, short: {en: S}",
    "m, when: 2018-02/2018-07",
    "m, when: 2018-07-05/..",
    "m, when: '[2018-07-05..2018-07-20]'",
    "m, when: 2017-11-08T15:00/2017-11-08T16:30, timezone: Asia/Seoul",
    "m, when: 2017-11-08T15:00Z",
    "m, when: 2016-02-29, repeat: yearly",
    "m, when: 2017-09, repeat: yearly",
    "m, when: 2018-01-31, repeat: FREQ=MONTHLY",
    "m, when: 2017-12-10, repeat: yearly, "
    "except: {2018-12-10: {when: 2018-12-12, title: Other, place: Rome}, 2019-12-10: cancelled}",
    "m, when: 2018-03-19T15:00, repeat: FREQ=WEEKLY, except: {2018-03-26T15:00: {when: 2018-03-27T09:00}}",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_days_come_back_as_they_were(tmp_path, moment):
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "w": wave(moment)})
    (group,) = resolve_groups(plan, drafts=False)
    line = LockEntry(**EntryFacts(plan).for_group(group, ("w/m",)), published="2017-06-01", modified="2017-06-01")
    days = entry_dates(line, plan.programme.timezone, Status.CONFIRMED)
    assert (days.when, days.rule, days.zone) == (group.when, group.rule, group.zone)
    expected = [(one.when, one.local, one.planned, one.status) for one in group.occurrences]
    assert [(one.when, one.local, one.planned, one.status) for one in days.occurrences] == expected
    assert days.last_day == max(one.local.last_known for one in group.occurrences if one.local.last_known)
    postponed = postponed_group(group, line, plan)
    assert EntryFacts(plan).for_group(postponed, ("w/m",))["exceptions"].keys() >= line.exceptions.keys()
    assert (postponed.status, postponed.when) == (Status.POSTPONED, group.when)


def test_what_is_withdrawn_is_a_cancelled_moment_of_its_waves(tmp_path):
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "w": wave(MOMENTS[0])})
    (group,) = resolve_groups(plan, drafts=False)
    line = LockEntry(
        **EntryFacts(plan).for_group(group, ("old/m", "w/n")), published="2017-06-01", modified="2017-06-01"
    )
    found = withdrawn_group(line, plan, {"old": "new"})
    assert [member.reference for member in found.members] == ["new/m", "w/n"]
    assert (found.title, found.short, found.place) == (group.title, group.short, group.place)
    assert (found.when, found.zone, found.regions) == (group.when, group.zone, ("asia",))
    assert found.status is Status.CANCELLED
    assert [one.status for one in found.occurrences] == [Status.CANCELLED]
    nowhere = withdrawn_group(line._replace(place={}), plan, {})
    assert (nowhere.place.name, nowhere.regions) == (None, ())


def test_every_time_of_what_is_withdrawn_is_off(tmp_path):
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "w": wave(MOMENTS[9])})
    (group,) = resolve_groups(plan, drafts=False)
    line = LockEntry(**EntryFacts(plan).for_group(group, ("w/m",)), published="2017-06-01", modified="2017-06-01")
    found = withdrawn_group(line, plan, {})
    assert {one.status for one in found.occurrences} == {Status.CANCELLED}
    assert entry_dates(line, plan.programme.timezone).last_day == date(2019, 12, 10)

"""The status of a plan: what counts once, what is separate, and the figures of the real waves, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support.plans import REAL, read_plan
from support.timelines import wave
from wavectl import rules
from wavectl.dates import edtf
from wavectl.insights.status import (
    CertaintyCounts,
    FindingCounts,
    PlanStatus,
    TranslationProgress,
    build_status,
    certainty,
    count_by_certainty,
    count_changes,
    last_of_twelve_months,
)
from wavectl.model import Status as Surety
from wavectl.plan.loader import load
from wavectl.timeline.groups import resolve_groups

TODAY = date(2017, 6, 1)


@pytest.fixture(scope="module")
def real() -> PlanStatus:
    """Return how far the real waves are."""
    plan = replace(load(REAL), today=TODAY)
    checked = rules.check(plan)
    return build_status(plan, TODAY, checked.findings, checked.waived)


def test_the_moments_of_the_real_waves(real: PlanStatus) -> None:
    """Six moments in housing, nine in migration, the Gwangju forum in both.

    Exact: in housing cities-for-housing, human-rights-day and, as migration knows its days, gwangju-forum; in migration
    un-general-assembly, gwangju-forum, local-development-forum and cities-and-migration. All others are months, but for
    one window of them; none is tentative, without a date, postponed or cancelled.
    """
    assert real.counts == CertaintyCounts(firm=3 + 4 - 1, vague=3 + 5)
    assert real.counts.total == 6 + 9 - 1
    assert {one.wave: one.counts for one in real.waves} == {
        "housing": CertaintyCounts(firm=3, vague=3),
        "local-finance": CertaintyCounts(),
        "migration": CertaintyCounts(firm=4, vague=5),
    }


def test_the_years_of_the_real_waves(real: PlanStatus) -> None:
    """2018 has the report, the political forum, the zero draft, the conference, Human Rights Day again; 2017 the rest.

    The twelve months to the end of May 2018 have all of 2017, the report of March and the window from February on.
    """
    assert real.years == ((2017, CertaintyCounts(firm=6, vague=4)), (2018, CertaintyCounts(firm=1, vague=4)))
    assert real.period == (TODAY, date(2018, 5, 31), CertaintyCounts(firm=6, vague=4 + 2))


def test_the_calendars_of_the_real_waves(real: PlanStatus) -> None:
    """To 14 September there are 29 days of June, 31 of July, 31 of August and 14; to the first, 13 less."""
    found = {one.wave: (one.progress, one.next_moment) for one in real.waves}
    housing, housing_next = found["housing"]
    migration, migration_next = found["migration"]
    assert housing is not None
    assert housing_next is not None
    assert migration is not None
    assert migration_next is not None
    assert (housing.month, housing.months, migration.month, migration.months) == (2, 8 + 12, 1, 7 + 12)
    assert (housing_next.group.root.reference, housing_next.days_until_start) == ("migration/gwangju-forum", 105)
    assert (migration_next.group.root.reference, migration_next.days_until_start) == ("migration/compact-vienna", 92)
    assert found["local-finance"] == (None, None)


def test_the_languages_of_the_real_waves(real: PlanStatus) -> None:
    """Texts written by language; French has all, the content and some descriptions are in French alone.

    housing: title and slogan; 6 titles, 6 short ones, 3 places; a role and a name of actors; 3 contents, 1 description
    of a campaign: 23, of which the last 4 in French alone. migration: title and slogan; 9 titles, 9 short ones, 6
    places; 4 contents, in French alone: 30. local-finance is announced: its title. The programme: name;
    description, in French alone; 4 priorities, 8 regions, 1 feed; 28 names and 15 short names of actors: 58.
    """
    found = {one.wave: one.languages for one in real.waves}
    assert found["housing"] == (
        TranslationProgress("fr", 23, 23),
        TranslationProgress("en", 19, 23),
        TranslationProgress("es", 19, 23),
    )
    assert found["migration"] == (
        TranslationProgress("fr", 30, 30),
        TranslationProgress("en", 26, 30),
        TranslationProgress("es", 26, 30),
    )
    assert found["local-finance"] == (
        TranslationProgress("fr", 1, 1),
        TranslationProgress("en", 1, 1),
        TranslationProgress("es", 1, 1),
    )
    assert real.programme_languages == (
        TranslationProgress("fr", 62, 62),
        TranslationProgress("en", 61, 62),
        TranslationProgress("es", 61, 62),
    )
    assert real.languages == (
        TranslationProgress("fr", 116, 116),
        TranslationProgress("en", 107, 116),
        TranslationProgress("es", 107, 116),
    )
    assert [one.percent for one in real.languages] == [100, 92, 92]


def test_the_findings_of_the_real_waves(real: PlanStatus) -> None:
    """One actor to confirm; texts for two languages in three files, one likely pair; two long calendars."""
    assert real.findings == FindingCounts(errors=0, warnings=1, infos=3 * 2 + 1, waived=2)
    assert [one.findings for one in real.waves] == [
        FindingCounts(infos=3, waived=1),
        FindingCounts(),
        FindingCounts(warnings=1, infos=2, waived=1),
    ]


@pytest.mark.parametrize(
    ("when", "how", "kind"),
    [
        ("2017-09-14", Surety.CONFIRMED, "firm"),
        ("2017-09-14T15:00", Surety.CONFIRMED, "firm"),
        ("2017-09-14", Surety.TENTATIVE, "provisional"),
        ("2017-09", Surety.CONFIRMED, "vague"),
        ("2017-09", Surety.TENTATIVE, "vague"),
        ("2017-09-14/..", Surety.CONFIRMED, "vague"),
        ("2017-09-14?", Surety.CONFIRMED, "vague"),
        ("unknown", Surety.CONFIRMED, "undated"),
        ("unknown", Surety.TENTATIVE, "undated"),
        ("2017-09-14", Surety.POSTPONED, "postponed"),
        ("unknown", Surety.CANCELLED, "cancelled"),
    ],
)
def test_the_certainty_of_a_date_is_recognised(when: str, how: Surety, kind: str) -> None:
    assert certainty(edtf.parse(when), how) == kind


def test_what_is_postponed_or_cancelled_is_separate(tmp_path: Path) -> None:
    plan = read_plan(
        tmp_path,
        {
            "one": wave(
                "id: a, title: A, when: 2017-09-14",
                "id: b, title: B, when: 2017-09-14, status: tentative",
                "id: c, title: C, when: 2017-12-20/2018-01-10, draft: true",
                "id: d, title: D, when: unknown",
                "id: e, title: E, when: 2017-09-14, status: postponed",
                "id: f, title: F, when: 2018-09-14, status: cancelled",
                "id: g, title: G, when: 2017-10-02, repeat: FREQ=WEEKLY, except: {2017-10-02: cancelled}",
                "id: h, title: H, when: 2018-05, same_as: a",
            )
        },
    )
    facts = build_status(plan, date(2017, 12, 1))
    assert facts.counts == CertaintyCounts(firm=3, provisional=1, undated=1, postponed=1, cancelled=1)
    assert facts.counts.total == 5
    assert facts.years == (
        (2017, CertaintyCounts(firm=3, provisional=1, postponed=1)),
        (2018, CertaintyCounts(firm=2, cancelled=1)),
    )
    only = build_status(plan, TODAY, period=(date(2017, 10, 1), date(2017, 10, 8)))
    assert only.period.counts == CertaintyCounts(cancelled=1)  # the one time in that week


def test_twelve_months_end_a_day_before_their_day() -> None:
    assert last_of_twelve_months(date(2017, 6, 1)) == date(2018, 5, 31)
    assert last_of_twelve_months(date(2016, 2, 29)) == date(2017, 2, 28)


def test_a_moment_of_centuries_takes_no_time(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"one": wave("id: a, title: A, when: 1600/9000", period="1600/9000")})
    assert len(build_status(plan, TODAY).years) == 101


def test_changes_are_counted_by_kind() -> None:
    assert dict(count_changes(CertaintyCounts(firm=9, vague=5), CertaintyCounts(firm=6, vague=8, postponed=1))) == {
        "firm": 3, "provisional": 0, "vague": -3, "undated": 0, "postponed": -1, "cancelled": 0, "total": 0,
    }  # fmt: skip


def test_a_plan_without_a_programme_has_no_texts_of_its_own(tmp_path: Path) -> None:
    facts = build_status(read_plan(tmp_path, {"one": "title: {en: A}\nstatus: announced\n"}), TODAY)
    assert (facts.programme_languages, facts.languages, facts.name) == (
        (TranslationProgress("en", 0, 0),),
        (TranslationProgress("en", 1, 1),),
        None,
    )
    assert facts.programme_languages[0].percent == 100
    assert count_by_certainty(resolve_groups(load(tmp_path / "waves"), drafts=True)) == CertaintyCounts()


def test_a_choice_of_days_counts_in_the_years_of_its_days(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"one": wave("id: a, title: A, when: [2017-11-08, 2019-02-15]", period="2017/2019")})
    found = build_status(plan, TODAY)
    assert found.years == ((2017, CertaintyCounts(vague=1)), (2019, CertaintyCounts(vague=1)))
    assert build_status(plan, date(2018, 1, 1)).period[2].total == 0

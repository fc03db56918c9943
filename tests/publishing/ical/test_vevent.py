"""A real-world moment is one entry: one UID, one content, honest about what is not sure, in every feed."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest
import recurring_ical_events

from support.feeds import blocks, entries, events, made, one, times, wave
from wavectl.plan.loader import load
from wavectl.timeline.groups import resolve_groups

DAY = "VALUE=DATE:"
MADRID = "TZID=Europe/Madrid:"


def shown(data: bytes, first: date = date(1990, 1, 1), last: date = date(2040, 1, 1)) -> list[tuple[str, str]]:
    """Return the first day and the summary of each occurrence as a calendar lays them out."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(first, last)
    return sorted((str(event.start)[:10], str(event["SUMMARY"])) for event in found)


# -- what every entry has


def test_every_line_of_an_entry(tmp_path):
    actors = "{iom: {name: Organization for Migration, kind: international}}"
    programme = f"{{languages: [en], uid_domain: example.org, actors: {actors}}}"
    housing = wave(
        "id: m, title: Moment, short: Short, when: 2017-11-02, place: {name: Mechelen, country: BE}, actors: [iom], "
        "priorities: [learning, advocacy], url: 'https://example.org/a,b', description: 'One, two'",
        head="slogan: A right\nhashtags: ['#Housing', '#Now']\n",
    )
    data = made(tmp_path, {"programme": programme, "housing": housing}).data
    (event,) = events(data)
    assert list(event.items()) == [
        ("UID", "m.housing@example.org"),
        ("DTSTAMP", "20170601T000000Z"),
        ("LAST-MODIFIED", "20170601T000000Z"),
        ("SEQUENCE", "0"),
        ("DTSTART", "VALUE=DATE:20171102"),
        ("DTEND", "VALUE=DATE:20171103"),
        ("SUMMARY", "Short"),
        (
            "DESCRIPTION",
            "2 November 2017\nMoment\nMechelen, Belgium\nOrganization for Migration\nOne, two\nhttps://example.org/a,b\n\n"
            "A right\n#Housing #Now",
        ),
        ("LOCATION", "Mechelen, Belgium"),
        ("URL", "https://example.org/a,b"),
        ("CATEGORIES", "Housing,Event,Advocacy,Learning"),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "TRANSPARENT"),
        ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
    ]


PRIVATE = {
    "owner": "OwnerSecret",
    "note": "NoteSecret",
    "source": "SourceSecret",
    "outcome": "OutcomeSecret",
    "confirm_by": "2017-07-07",
    "x-budget": "BudgetSecret",
}


def test_what_is_private_is_nowhere_in_the_bytes(tmp_path):
    expected = "".join(f", {key}: {value}" for key, value in PRIVATE.items())
    housing = wave(
        f"id: m, title: M, when: 2017-11-02{expected}",
        f"id: d, title: DraftSecret, when: 2017-11-03, draft: true, same_as: m, url: 'https://draft.example'{expected}",
        f"id: r, title: RootSecret, when: 2017-11-09, draft: true, place: PlaceSecret{expected}",
        "id: f, title: F, when: 2017-11, same_as: r",
        head="x-plan: PlanSecret\nsource: {period: PeriodSecret}\nwaive: {missing-slogan: WaiveSecret}\n",
    )
    found = made(tmp_path, {"housing": housing})
    text = found.data.replace(b"\r\n ", b"").decode()
    assert "Secret" not in text
    assert "draft" not in text
    assert "20170707" not in text
    assert "2017-07-07" not in text
    assert [(event["UID"], times(event)) for event in events(found.data)] == [
        ("f.housing@example.org", (DAY + "20171101", DAY + "20171201")),
        ("m.housing@example.org", (DAY + "20171102", DAY + "20171103")),
    ]


# -- how sure it is


@pytest.mark.parametrize(
    ("when", "status", "summary", "state"),
    [
        ("2017-11-02", "confirmed", "M", "CONFIRMED"),
        ("2017-11-02", "tentative", "M (to be confirmed)", "TENTATIVE"),
        ("2017-11-02", "postponed", "POSTPONED: M", "TENTATIVE"),
        ("2017-11-02", "cancelled", "CANCELLED: M", "TENTATIVE"),
        ("2017-11", "confirmed", "≈ M (November 2017, date to be confirmed)", "TENTATIVE"),
        ("2017-11", "tentative", "≈ M (November 2017, date to be confirmed)", "TENTATIVE"),
        ("2017-11", "postponed", "POSTPONED: M (November 2017)", "TENTATIVE"),
        ("2017-11", "cancelled", "CANCELLED: M (November 2017)", "TENTATIVE"),
        ("2017-11-02?", "confirmed", "≈ M (2 November 2017 (?), date to be confirmed)", "TENTATIVE"),
        ("2017-11-02T15:00", "tentative", "M (to be confirmed)", "TENTATIVE"),
    ],
)
def test_statuses(tmp_path, when, status, summary, state):
    event = one(tmp_path, when, f"status: {status}")
    assert (event["SUMMARY"], event["STATUS"]) == (summary, state)


def test_postponed_stays_on_its_old_days(tmp_path):
    for today in ("2017-06-01", "2019-06-01"):
        event = one(tmp_path, "2017-11-02/2017-11-03", "status: postponed", today=today, cancelled="omit")
        assert times(event) == (DAY + "20171102", DAY + "20171104")


@pytest.mark.parametrize(
    ("today", "cancelled", "state"),
    [
        ("2017-11-03", "show", "TENTATIVE"),
        ("2017-11-04", "show", None),
        ("2017-06-01", "omit", None),
        ("2017-06-01", "status", "CANCELLED"),
        ("2019-06-01", "status", "CANCELLED"),
    ],
)
def test_cancelled(tmp_path, today, cancelled, state):
    moment = "id: m, title: M, when: 2017-11-02/2017-11-03, status: cancelled"
    found = made(tmp_path, {"housing": wave(moment)}, today=today, cancelled=cancelled)
    assert [(event["SUMMARY"], event["STATUS"]) for event in events(found.data)] == (
        [("CANCELLED: M", state)] if state else []
    )
    assert found.entries == (state is not None)
    assert found.undated == ()


def test_unknown_date_is_left_out_and_counted(tmp_path):
    housing = wave("id: a, title: A, when: unknown", "id: b, title: B, when: 2017-11-02")
    found = made(tmp_path, {"housing": housing})
    assert [event["UID"] for event in events(found.data)] == ["b.housing@example.org"]
    assert [group.root.reference for group in found.undated] == ["housing/a"]


def test_omitted_dates_are_counted(tmp_path):
    housing = wave(
        "id: a, title: A, when: 2017-09",
        "id: b, title: B, when: 2017-11-02",
        "id: c, title: C, when: 2017-09, status: cancelled",
        "id: d, title: D, when: 2017-09, repeat: yearly",
    )
    found = made(tmp_path, {"housing": housing}, fuzzy="omit", cancelled="omit")
    assert [event["UID"] for event in events(found.data)] == ["b.housing@example.org"]
    assert [group.root.reference for group in found.undated] == ["housing/a", "housing/d"]
    assert found.entries == 1


# -- what comes again


@pytest.mark.parametrize(
    ("moment", "period", "expected"),
    [
        (
            "when: 2017-12-10, repeat: yearly",
            "2017-05/2018-12",
            (DAY + "20171210", DAY + "20171211", "FREQ=YEARLY;UNTIL=20181210"),
        ),
        (
            "when: 2017-10-02, repeat: FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
            "2017/2019",
            (DAY + "20171002", DAY + "20171003", "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO;UNTIL=20191007"),
        ),
        (
            "when: 2017-01-31, repeat: FREQ=MONTHLY",
            "2017",
            (DAY + "20170131", DAY + "20170201", "FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20171231"),
        ),
        (
            "when: 2017-12-31/2018-01-01, repeat: yearly",
            "2017/2019",
            (DAY + "20171231", DAY + "20180102", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=12;UNTIL=20191231"),
        ),
        (
            "when: '2017-09', repeat: yearly",
            "2017/2018",
            (DAY + "20170901", DAY + "20171001", "FREQ=YEARLY;UNTIL=20180901"),
        ),
        (
            "when: '2017', repeat: yearly",
            "2017/2019",
            (DAY + "20170101", DAY + "20170102", "FREQ=YEARLY;UNTIL=20190101"),
        ),
        (
            "when: 2016-02-29, repeat: yearly",
            "2016/2024",
            (DAY + "20160229", DAY + "20160301", "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2;UNTIL=20240229"),
        ),
        (
            "when: 2017-11-08T15:00/2017-11-08T16:00, repeat: yearly",
            "2017/2018",
            (MADRID + "20171108T150000", MADRID + "20171108T160000", "FREQ=YEARLY;UNTIL=20181108T140000Z"),
        ),
        (
            "when: 2017-12-10, repeat: yearly",
            "2017",
            (DAY + "20171210", DAY + "20171211", "FREQ=YEARLY;UNTIL=20171210"),
        ),
    ],
)
def test_a_rule_is_one_entry_that_ends_with_the_wave(tmp_path, moment, period, expected):
    (event,) = entries(tmp_path, f"id: m, title: M, {moment}", period=period)
    assert times(event) == expected


@pytest.mark.parametrize(
    ("when", "rule", "expected"),
    [
        ("2018-01-31", "FREQ=YEARLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("2018-01-15", "FREQ=YEARLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("2018-01-31", "FREQ=YEARLY;BYMONTH=1,3", "FREQ=MONTHLY;BYMONTH=1,3;BYMONTHDAY=31"),
        ("2018-01-31", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"),
        ("2018-01-15", "FREQ=YEARLY;BYMONTH=1,3", "FREQ=YEARLY;BYMONTH=1,3"),
        ("2018-01-31", "FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("2018-01-31", "FREQ=MONTHLY;BYDAY=-1WE", "FREQ=MONTHLY;BYDAY=-1WE"),
        ("2018-04-13", "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("2018-12-10T21:00", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "FREQ=YEARLY"),
        ("2018-12-10T21:00", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10", "FREQ=MONTHLY;INTERVAL=2"),
        ("2018-12-11T21:00", "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY"),
        ("2018-12-10T21:00", "FREQ=MONTHLY;BYMONTHDAY=10,20", "FREQ=MONTHLY;BYMONTHDAY=10,20"),
        ("2018-12-10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
        ("2018-12-11", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20190226T235959Z", "FREQ=WEEKLY"),
        ("2018-01-31", "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=-1", "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=-1"),
        ("2018-01-31", "FREQ=YEARLY;BYMONTHDAY=-1;BYSETPOS=1", "FREQ=YEARLY;BYMONTHDAY=-1;BYSETPOS=1"),
    ],
)
def test_rules_are_written_as_all_calendars_read_them(tmp_path, when, rule, expected):
    """The days of the rule are those of the plan: ``test_feeds`` has clients lay them out."""
    moment = f"id: m, title: M, when: {when}, repeat: '{rule}'"
    (event,) = entries(tmp_path, moment, period="2018/2020")
    assert event["RRULE"].rpartition(";UNTIL=")[0] == expected
    data = made(tmp_path, {"housing": wave(moment, period="2018/2020")}).data
    (group,) = resolve_groups(load(tmp_path / "waves"), drafts=False)
    assert [day for day, _ in shown(data)] == [str(one.local.earliest) for one in group.occurrences]


def test_a_rule_without_a_period_ends_after_five_years(tmp_path):
    housing = "title: Housing\nstatus: announced\nmoments: [{id: m, title: M, when: 2017-12-10, repeat: yearly}]\n"
    (event,) = events(made(tmp_path, {"housing": housing}).data)
    assert event["RRULE"] == "FREQ=YEARLY;UNTIL=20221210"


def test_fuzzy_rule_says_the_stretch_of_each_year_in_its_summary(tmp_path):
    (event,) = entries(tmp_path, "id: m, title: M, when: '2017-09', repeat: yearly")
    assert (event["SUMMARY"], event["STATUS"]) == ("≈ M (September, date to be confirmed)", "TENTATIVE")


def test_cancelled_fuzzy_rule_says_no_date_in_its_summary(tmp_path):
    (event,) = entries(tmp_path, "id: m, title: M, when: '2017-09', repeat: yearly, status: cancelled")
    assert event["SUMMARY"] == "CANCELLED: M"


def test_an_exact_date_on_the_first_day_of_a_fuzzy_rule_is_shown(tmp_path):
    rule, tied = "id: m, title: M, when: '2017-09', repeat: yearly", "id: n, title: N, when: 2018-09-01, same_as: m"
    master, exception = entries(tmp_path, rule, tied, fuzzy="first-day")
    assert (master["SUMMARY"], master["STATUS"]) == ("≈ M (September, date to be confirmed)", "TENTATIVE")
    assert (exception["SUMMARY"], exception["STATUS"]) == ("M", "CONFIRMED")
    assert times(exception)[0] == exception["RECURRENCE-ID"] == DAY + "20180901"


EXCEPT = "id: m, title: M, when: 2017-12-10, place: Paris, repeat: yearly, except: {2018-12-10: %s}"


def excepted(tmp_path, change, **options):
    found = entries(tmp_path, EXCEPT % change, period="2017/2019", **options)
    assert times(found[0])[2:] == ("FREQ=YEARLY;UNTIL=20191210",)
    assert [event["UID"] for event in found] == ["m.housing@example.org"] * len(found)
    return found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("cancelled", {"SUMMARY": "CANCELLED: M", "STATUS": "TENTATIVE"}),
        ("postponed", {"SUMMARY": "POSTPONED: M", "STATUS": "TENTATIVE"}),
        ("tentative", {"SUMMARY": "M (to be confirmed)", "STATUS": "TENTATIVE"}),
        ("{title: Ten years}", {"SUMMARY": "Ten years", "STATUS": "CONFIRMED"}),
        ("{place: Rome}", {"LOCATION": "Rome", "DESCRIPTION": "10 December 2018\nRome"}),
        ("{description: In two halls}", {"DESCRIPTION": "10 December 2018\nParis\nIn two halls"}),
        ("{when: 2018-12-12}", {"DTSTART": DAY + "20181212", "DTEND": DAY + "20181213", "SUMMARY": "M"}),
        (
            "{when: 2018-12-12T15:00, title: Late}",
            {
                "DTSTART": MADRID + "20181212T150000",
                "SUMMARY": "Late",
                "DESCRIPTION": "12 December 2018, 15:00 (Europe/Madrid)\nParis",
            },
        ),
        (
            "{when: 2018-12}",
            {"DTSTART": DAY + "20181201", "DTEND": DAY + "20190101", "STATUS": "TENTATIVE"}
            | {"SUMMARY": "≈ M (December 2018, date to be confirmed)"},
        ),
    ],
)
def test_exceptions(tmp_path, change, expected):
    exception = next(event for event in excepted(tmp_path, change) if "RECURRENCE-ID" in event)
    assert exception["RECURRENCE-ID"] == DAY + "20181210"
    assert {name: exception[name] for name in expected} == expected
    assert "RRULE" not in exception


@pytest.mark.parametrize(
    ("change", "options"),
    [
        ("cancelled", {"cancelled": "omit"}),
        ("cancelled", {"today": "2018-12-11"}),
        ("{when: unknown}", {}),
        ("{when: 2018-12}", {"fuzzy": "omit"}),
    ],
)
def test_what_is_left_out_of_a_rule(tmp_path, change, options):
    (event,) = entries(tmp_path, EXCEPT % change, period="2017/2019", **options)
    assert times(event)[2:] == ("FREQ=YEARLY;UNTIL=20191210", DAY + "20181210")
    found = made(tmp_path, {"housing": wave(EXCEPT % change, period="2017/2019")}, **options)
    assert shown(found.data) == [("2017-12-10", "M"), ("2019-12-10", "M")]
    assert bool(found.undated) == ("when" in change)


def test_exception_with_the_status_cancelled(tmp_path):
    exception = excepted(tmp_path, "cancelled", cancelled="status")[1]
    assert exception["STATUS"] == "CANCELLED"


def test_a_cancelled_rule_is_shown_until_its_last_day(tmp_path):
    moment = "id: m, title: M, when: 2017-12-10, repeat: yearly, status: cancelled"
    for today, count in (("2017-12-11", 1), ("2018-12-10", 1), ("2018-12-11", 0)):
        found = entries(tmp_path, moment, today=today)
        assert [event["SUMMARY"] for event in found] == ["CANCELLED: M"] * count
        assert all("EXDATE" not in event for event in found)
    assert entries(tmp_path, moment, cancelled="omit") == []


def test_one_time_of_a_cancelled_rule_may_be_held(tmp_path):
    moment = "id: m, title: M, when: 2017-12-10, repeat: yearly, status: cancelled, except: {2018-12-10: confirmed}"
    found = made(tmp_path, {"housing": wave(moment)}, cancelled="omit")
    assert shown(found.data) == [("2018-12-10", "M")]


def test_an_exact_time_of_a_fuzzy_rule_is_shown_where_fuzzy_ones_are_not(tmp_path):
    moment = "id: m, title: M, when: 2017-10, repeat: yearly, except: {2018-10: {when: 2018-10-05}}"
    found = made(tmp_path, {"housing": wave(moment)}, fuzzy="omit")
    assert shown(found.data) == [("2018-10-05", "M")]
    assert len(found.undated) == 1


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2017-02-27/2017-03-02", {2017: 4, 2018: 4, 2019: 4, 2020: 5, 2021: 4}),
        ("2017-02", {2017: 28, 2018: 28, 2019: 28, 2020: 29, 2021: 28}),
        ("2020-02-27/2020-03-02", {2020: 5, 2021: 4}),
        ("2020-02-29", {2020: 1, 2024: 1}),
        ("2020-02-29/2020-03-01", {2020: 2, 2024: 2}),
    ],
)
def test_leap_years(tmp_path, when, days):
    period = f"{min(days)}/{max(days)}"
    moment = f"id: m, title: M, when: '{when}', repeat: yearly"
    data = made(tmp_path, {"housing": wave(moment, period=period)}).data
    calendar = icalendar.Calendar.from_ical(data)
    found = recurring_ical_events.of(calendar).between(date(2016, 1, 1), date(2026, 1, 1))
    assert {event.start.year: (event.end - event.start).days for event in found} == days


def test_a_night_keeps_its_clocks_when_they_change(tmp_path):
    """Clients give every time of a rule the same length; the night that is an hour shorter differs."""
    moment = "id: m, title: M, when: 2018-03-17T22:00/2018-03-18T04:00, repeat: FREQ=WEEKLY"
    found = entries(tmp_path, moment, period="2018-03")
    assert [(times(event)[:2], event.get("RECURRENCE-ID")) for event in found] == [
        ((MADRID + "20180317T220000", MADRID + "20180318T040000"), None),
        ((MADRID + "20180324T220000", MADRID + "20180325T040000"), MADRID + "20180324T220000"),
    ]


def test_exceptions_of_times(tmp_path):
    moment = (
        "id: m, title: M, when: 2018-03-19T15:00, repeat: FREQ=WEEKLY, except: {2018-03-26: {when: 2018-03-27T09:00}, "
        "2018-04-02T15:00: cancelled, 2018-04-09: {when: 2018-04-10}}"
    )
    found = entries(tmp_path, moment, period="2018-03/2018-04")
    assert [(event["DTSTART"], event.get("RECURRENCE-ID"), event["SUMMARY"]) for event in found[1:]] == [
        (MADRID + "20180327T090000", MADRID + "20180326T150000", "M"),
        (MADRID + "20180402T150000", MADRID + "20180402T150000", "CANCELLED: M"),
        (DAY + "20180410", MADRID + "20180409T150000", "M"),
    ]


# -- ties


TIES = {
    "housing": wave(
        "id: forum, title: Housing says, when: 2017-09, same_as: migration/forum, actors: [un], priorities: [learning]",
        "id: other, title: Other, when: 2017-09-20",
        head="slogan: A right\nactors: [{id: un, name: United Nations, kind: international}]\n",
    ),
    "migration": "title: Migration\nslogan: All\nperiod: 2017-06/2018-12\nmoments:\n"
    "  - {id: forum, title: Forum, when: 2017-09-14/2017-09-17, place: {name: Gwangju, country: KR}}\n",
}


def test_a_tied_group_is_one_entry_and_the_same_bytes_everywhere(tmp_path):
    found = [
        [block for block in blocks(made(tmp_path, TIES, waves=waves).data, "VEVENT") if "UID:forum" in block]
        for waves in ((), ("housing",), ("migration",), ("migration", "housing"))
    ]
    assert found == [found[0]] * 4
    (block,) = found[0]
    (event,) = events(block.encode())
    assert event["UID"] == "forum.migration@example.org"
    assert times(event) == (DAY + "20170914", DAY + "20170918")
    assert event["SUMMARY"] == "Forum"
    assert event["LOCATION"] == "Gwangju, South Korea"
    assert event["CATEGORIES"] == "Migration,Housing,Event,Learning"
    assert event["DESCRIPTION"] == "14–17 September 2017\nGwangju, South Korea\nUnited Nations\n\nAll\n\nA right"


def test_times_of_a_tied_group_are_the_same_bytes_beside_older_times(tmp_path):
    """Amman's clocks follow yearly rules from 2018 on, not before: a neighbour changes nothing for a moment."""
    plan = {
        "housing": wave(
            "id: new, title: New, when: 2018-11-08T15:00, timezone: Asia/Amman, same_as: migration/new",
            "id: old, title: Old, when: 2012-11-08T15:00, timezone: Asia/Amman",
            period="2010/2018",
        ),
        "migration": wave("id: new, title: New, when: 2018-11-08T15:00, timezone: Asia/Amman"),
    }
    starts = {
        waves: {event["UID"][:3]: event["DTSTART"] for event in events(made(tmp_path, plan, waves=waves).data)}
        for waves in (("housing",), ("migration",))
    }
    assert starts == {
        ("housing",): {"new": "TZID=Asia/Amman:20181108T150000", "old": "20121108T120000Z"},
        ("migration",): {"new": "TZID=Asia/Amman:20181108T150000"},
    }


# -- identity


@pytest.mark.parametrize(
    ("head", "was", "uid"),
    [
        ("", "", "m.housing@example.org"),
        ("", "was: [old]", "old.housing@example.org"),
        ("", "was: [oldest, old]", "oldest.housing@example.org"),
        ("", "was: [migration/old]", "old.migration@example.org"),
        ("was: [logement]\n", "", "m.logement@example.org"),
        ("was: [logement]\n", "was: [old]", "old.logement@example.org"),
        ("was: [premier, logement]\n", "was: [migration/old]", "old.migration@example.org"),
    ],
)
def test_identity_keeps_the_first_names(tmp_path, head, was, uid):
    moment = f"id: m, title: M, when: 2017-11-02{was and ', '}{was}"
    (event,) = events(made(tmp_path, {"housing": wave(moment, head=head)}).data)
    assert event["UID"] == uid


def test_without_a_domain_the_identity_says_so(tmp_path):
    (event,) = events(
        made(tmp_path, {"programme": "{languages: [en]}", "housing": wave("id: m, title: M, when: 2017")}).data
    )
    assert event["UID"] == "m.housing@wavectl.invalid"


# -- what a wave file holds opens no line of its own


def test_nothing_a_plan_says_opens_a_property(tmp_path):
    """A line break is refused in a text of one line; in a longer one it is a part of the value."""
    line = r'"x;ATTENDEE:mailto:e@example.org\\nEND:VEVENT\0\x1b[31m"'
    evil = r'"x\r\nATTENDEE:mailto:e@example.org\r\nEND:VEVENT\u0085\u2028\0\x1b[31m"'
    housing = wave(
        f"id: m, title: {line}, short: {line}, description: {evil}, place: {{name: {line}}}, when: 2017, actors: [a]",
        head=f"slogan: {line}\nnotice: {evil}\ndescription: {evil}\nactors: [{{id: a, name: {line}, kind: member}}]\n",
    ).replace("title: Housing", f"title: {line}")
    data = made(tmp_path, {"housing": housing}).data
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert not [one for one in lines if one.startswith((b"ATTENDEE", b"END:VEVENT\\"))]
    assert lines.count(b"END:VEVENT") == 1
    assert b"\x1b" not in data
    assert b"\x00" not in data

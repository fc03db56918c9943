"""Waves and moments on one scale, in days: what both the terminal and the picture draw."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.plans import read_plan
from support.timeline_views import everything, of_moments, of_plan
from wavectl.render.timeline import RenderContext, render_timeline
from wavectl.render.timeline.chart import Chart, ScaleSpan, build_chart
from wavectl.timeline.entries import Filter, build_timeline

ONE_YEAR = "title: T\nperiod: 2017\n"


def spans(chart: Chart) -> list[list[ScaleSpan]]:
    """Return the spans of the marks of the first wave, by row."""
    return [[mark.span for mark in row.marks] for row in chart.bands[0].rows]


@pytest.mark.parametrize(
    ("when", "span"),
    [
        ("2017-01-01", ScaleSpan(0, 1, open_ended=False)),
        ("2017-02-01/2017-02-02", ScaleSpan(31, 33, open_ended=False)),
        ("2017-02", ScaleSpan(31, 59, open_ended=False)),
        ("2017", ScaleSpan(0, 365, open_ended=False)),
        ("2017-33", ScaleSpan(0, 90, open_ended=False)),
        ('"[2017-01-05..2017-01-20]"', ScaleSpan(4, 20, open_ended=False)),
        ("2017-01-02?", ScaleSpan(1, 2, open_ended=False)),
        ("2017-01-05/..", ScaleSpan(4, 5, open_ended=True)),
        ("../2017-01-05", ScaleSpan(4, 5, open_ended=False)),
        ("../2017-01", ScaleSpan(30, 31, open_ended=False)),
        ("2017-01-03T10:00/2017-01-04T09:00", ScaleSpan(2, 4, open_ended=False)),
    ],
)
def test_a_mark_covers_all_days_that_its_date_may_touch(when: str, span: ScaleSpan, tmp_path: Path) -> None:
    assert spans(build_chart(of_moments(tmp_path, f"id: a, title: A, when: {when}", head=ONE_YEAR))) == [[span]]


def test_a_moment_has_one_row_with_a_mark_for_each_time(tmp_path: Path) -> None:
    moments = ("id: a, title: A, when: 2017-01-03, repeat: yearly", "id: b, title: B, when: 2017-01-02")
    head = "title: T\nperiod: 2017/2018\n"
    chart = build_chart(of_moments(tmp_path, *moments, "id: c, title: C, when: unknown", head=head))
    assert spans(chart) == [
        [ScaleSpan(1, 2, open_ended=False)],
        [ScaleSpan(2, 3, open_ended=False), ScaleSpan(367, 368, open_ended=False)],
        [],
    ]


def test_a_choice_has_a_mark_for_each_of_its_days_and_its_date_once(tmp_path: Path) -> None:
    timeline = of_moments(tmp_path, "id: a, title: A, when: [2017-01-05, 2017-02-01, 2018-01-03]", head=ONE_YEAR)
    days = [ScaleSpan(4, 5, open_ended=False), ScaleSpan(31, 32, open_ended=False)]
    assert spans(build_chart(timeline)) == [[*days, ScaleSpan(367, 368, open_ended=False)]]
    (row,) = build_chart(timeline._replace(filter=Filter(last=date(2017, 6, 30)))).bands[0].rows
    assert [(mark.span, mark.dated) for mark in row.marks] == [(days[0], False), (days[1], True)]  # those on the scale
    for view in ("svg", "html", "gantt"):
        picture = render_timeline(view, timeline, RenderContext(("en",), 120))
        assert "5 January, 1 February 2017 or 3 January 2018" in picture


def test_waves_share_a_scale_and_a_shared_moment_is_drawn_once(tmp_path: Path) -> None:
    files = {
        "one": "title: One\nperiod: 2017\nmoments:\n  - {id: a, title: A, when: 2017-05, same_as: two/a}\n",
        "two": "title: Two\nperiod: 2017-04/2018-03\nmoments:\n  - {id: a, title: B, when: 2017-05-02}\n",
        "three": "title: Three\nstatus: announced\n",
    }
    chart = build_chart(of_plan(tmp_path, files))
    assert (chart.scale.first, chart.scale.last) == (date(2017, 1, 1), date(2018, 3, 31))
    assert [(band.wave.title, band.span, len(band.rows)) for band in chart.bands] == [
        ("One", ScaleSpan(0, 365, open_ended=False), 0),
        ("Three", None, 0),
        ("Two", ScaleSpan(90, 455, open_ended=False), 1),
    ]
    assert [len(band.rows) for band in build_chart(of_plan(tmp_path, files, merge=False)).bands] == [1, 0, 1]
    assert chart.today_offset == 151


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        (Filter(), "2017-05-01", "2018-12-31"),
        (Filter(first=date(2017, 9, 14)), "2017-09-01", "2018-12-31"),
        (Filter(last=date(2018, 2, 3)), "2017-05-01", "2018-02-28"),
        (Filter(upcoming=True), "2017-06-01", "2018-12-31"),
        (Filter(first=date(2030, 1, 1)), "2018-12-01", "2018-12-31"),
        (Filter(last=date(2010, 1, 1)), "2017-05-01", "2017-05-31"),
        (Filter(first=date(2017, 9, 1), last=date(2017, 10, 31)), "2017-09-01", "2017-10-31"),
    ],
)
def test_the_scale_is_cut_to_the_filter(wanted: Filter, first: str, last: str, tmp_path: Path) -> None:
    files = {"one": "title: T\nperiod: 2017-05/2018-12\nmoments:\n  - {id: a, title: A, when: 2017-10}\n"}
    chart = build_chart(build_timeline(read_plan(tmp_path, files), ["one"], date(2017, 6, 1), entry_filter=wanted))
    assert (chart.scale.first.isoformat(), chart.scale.last.isoformat()) == (first, last)


def test_an_open_end_has_room_after_it(tmp_path: Path) -> None:
    chart = build_chart(of_moments(tmp_path, "id: a, title: A, when: 2017-12-20/..", head=ONE_YEAR))
    assert chart.scale.last == date(2018, 2, 28)
    assert build_chart(of_plan(tmp_path / "two", {"one": "title: T\nperiod: 2017-05/..\n"})).bands[0].span == ScaleSpan(
        0, 31, open_ended=True
    )


def test_a_plan_without_a_date_has_a_scale_from_today(tmp_path: Path) -> None:
    chart = build_chart(of_plan(tmp_path, {"one": "title: T\nstatus: announced\n"}))
    assert (chart.scale.first, chart.scale.last, chart.today_offset) == (date(2017, 6, 1), date(2017, 10, 31), 0)


def test_today_is_not_on_a_scale_that_ends_before(tmp_path: Path) -> None:
    shown = of_moments(tmp_path, head="title: T\nperiod: 2017-01/2017-05\nmoments: []\n#")
    assert build_chart(shown).today_offset is None


def test_every_entry_is_on_the_chart(tmp_path: Path) -> None:
    shown = everything(tmp_path)
    rows = [row for band in build_chart(shown).bands for row in band.rows]
    marks = [mark.entry for row in rows for mark in row.marks] + [row.entry for row in rows if not row.marks]
    assert sorted(map(id, marks)) == sorted(map(id, shown.entries))

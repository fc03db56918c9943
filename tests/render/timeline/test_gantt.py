"""The chart for a terminal: golden screens, marks that tell what they are, widths that hold, nothing injected."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.golden import Golden
from support.plans import REAL, TODAY, read_plan, run
from support.timeline_views import everything, of_moments, of_plan
from wavectl.render.context import DRAWING_CHARACTERS
from wavectl.render.timeline import RenderContext, render_timeline
from wavectl.render.timeline.chart import TimelineActions, WeeklyActions
from wavectl.timeline.entries import Filter, build_timeline

EXPECTED = Path(__file__).parent / "expected"
EN = RenderContext(("en",))
SGR = re.compile("\x1b\\[[0-9;]*m")
WIDTHS = (40, 60, 80, 120, 200)


def rows(text: str) -> list[str]:
    """Return the lines under the band of the first wave."""
    lines = text.splitlines()
    start = next(place for place, line in enumerate(lines) if "┣" in line) + 1
    return lines[start : lines.index("", start)]


# -- golden


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_real_waves_in_a_pipe(lang: str, golden: Golden) -> None:
    outcome = run("--waves", str(REAL), "--today", TODAY, "--lang", lang, "timeline", "--format", "gantt")
    golden(EXPECTED / f"gantt-{lang}.txt", outcome.out)


@pytest.mark.parametrize("width", [60, 120])
def test_moments_of_every_kind(width: int, golden: Golden, tmp_path: Path) -> None:
    golden(
        EXPECTED / f"gantt-everything-{width}.txt",
        render_timeline("gantt", everything(tmp_path), RenderContext(("en",), width)),
    )


def test_moments_of_every_kind_in_ascii(golden: Golden, tmp_path: Path) -> None:
    text = render_timeline("gantt", everything(tmp_path), RenderContext(("en",), 80, ascii_only=True))
    golden(EXPECTED / "gantt-everything-ascii.txt", text)
    assert not set(text) & set(DRAWING_CHARACTERS.replace("?", "").replace("»", ""))


# -- marks


@pytest.mark.parametrize(
    ("moment", "drawn"),
    [
        ("when: 2017-02-01/2017-03-31", "●●●●●●●●●●●● 1 February – 31 March 2017"),
        ("when: 2017-02/2017-03", "≈≈≈≈≈≈≈≈≈≈≈≈ Feb to Mar"),
        ("when: 2017-02-01?", "≈ 1 February 2017 (?)"),
        ("when: 2017-02-01, kind: deadline", "● 1 February 2017"),
        ("when: 2017-02-01, kind: observance", "● 1 February 2017"),
        ("when: 2017-02-01, kind: publication", "● 1 February 2017"),
        ("when: 2017-02, kind: deadline", "≈≈≈≈≈≈ February 2017"),
        ("when: 2017-02-01, status: tentative", "? 1 Feb 2017, tentative"),
        ("when: 2017-02, status: postponed", "»»»»»» Feb, postponed"),
        ("when: 2017-02-01/2017-02-28, status: cancelled", "✗✗✗✗✗✗ 1–28 February 2017, cancelled"),
        ("when: 2017-02-01/..", "≈ from 1 February 2017 " + "┄" * 45 + "►"),
        ("when: 2017-02-01, draft: true", "● 1 Feb 2017, draft"),
        ("when: unknown", "? date to be confirmed"),
    ],
)
def test_a_mark_shows_what_is_known(moment: str, drawn: str, tmp_path: Path) -> None:
    shown = of_moments(tmp_path, f"id: a, title: A, {moment}", head="title: T\nperiod: 2017\n")
    (row,) = rows(render_timeline("gantt", shown, RenderContext(("en",), 80)))
    bare = row.replace("│", " ").split("  ", 2)
    assert bare[2].strip() == drawn
    assert bare[1] == ("[draft] A" if "draft" in moment else "A")


def test_a_cancelled_moment_is_struck_out(tmp_path: Path) -> None:
    moments = "id: a, title: Off, when: 2018-03-14, status: cancelled", "id: b, title: On, when: 2018-03-14"
    text = render_timeline("gantt", of_moments(tmp_path, *moments), RenderContext(("en",), 80, colour=True))
    assert "\x1b[9mOff\x1b[0m" in text
    assert "\x1b[9mOn" not in text


def test_kinds_are_marked_if_there_are_several_and_the_legend_explains_them(tmp_path: Path) -> None:
    one = render_timeline("gantt", of_moments(tmp_path / "1", "id: a, title: A, when: 2017-05"), EN)
    assert one.splitlines()[-1] == "≈ date not exact   │ today, 1 June 2017"
    assert rows(one)[0].startswith("  A ")
    two = "id: a, title: A, when: 2017-05", "id: b, title: B, when: 2017-08, kind: deadline"
    text = render_timeline("gantt", of_moments(tmp_path / "2", *two), EN)
    assert [row.split()[0] for row in rows(text)] == ["■", "▼"]
    assert "■ event   ▼ deadline   ≈ date not exact" in text.splitlines()[-1]


def test_months_tile(tmp_path: Path) -> None:
    """Adjacent months do not overlap, and each starts under its name."""
    moments = [f"id: m{n}, title: M, when: 2017-{n:02}" for n in range(1, 13)]
    text = render_timeline(
        "gantt", of_moments(tmp_path, *moments, head="title: T\nperiod: 2017\n"), RenderContext(("en",), 90)
    )
    head = next(line for line in text.splitlines() if line.split()[:2] == ["Jan", "Feb"])
    starts = [found.start() for found in re.finditer(r"\w+", head)]
    found = [(row.index("≈"), row.rindex("≈") + 1) for row in rows(text)]
    assert [start for start, _ in found] == starts
    assert [end for _, end in found][:-1] == starts[1:]


@pytest.mark.parametrize(
    ("wanted", "ends"),
    [
        (Filter(), "┣┫"),
        (Filter(upcoming=True), "━┫"),
        (Filter(first=date(2017, 5, 1), last=date(2018, 12, 31)), "┣┫"),
        (Filter(first=date(2017, 6, 1)), "━┫"),
        (Filter(last=date(2018, 11, 30)), "┣━"),
        (Filter(first=date(2017, 9, 1), last=date(2018, 9, 30)), "━━"),
    ],
)
def test_a_band_ends_where_its_wave_does_and_not_where_the_scale_is_cut(
    wanted: Filter, ends: str, tmp_path: Path
) -> None:
    files = {"one": "title: T\nperiod: 2017-05/2018-12\nmoments:\n  - {id: a, title: A, when: 2018-02-14}\n"}
    shown = build_timeline(read_plan(tmp_path, files), ["one"], date(2017, 6, 1), entry_filter=wanted)
    band = next(line for line in render_timeline("gantt", shown, EN).splitlines() if "━━" in line).strip()
    assert band[0] + band[-1] == ends


def test_today_crosses_everything(tmp_path: Path) -> None:
    shown = of_moments(tmp_path, "id: a, title: A, when: 2018-10", "id: b, title: B, when: 2018-11")
    lines = render_timeline("gantt", shown, RenderContext(("en",), 80)).splitlines()
    band = next(line for line in lines if "┿" in line)
    column = band.index("┿")
    assert [row[column] for row in rows("\n".join(lines))] == ["│", "│"]
    past = shown._replace(today=shown.today.replace(year=2030))
    assert "today" not in render_timeline("gantt", past, EN)


def test_a_date_is_beside_its_mark_if_there_is_room(tmp_path: Path) -> None:
    moment = "id: a, title: A, when: 2018-02/2018-07, place: {name: Bonn, country: DE}"
    shown = of_moments(tmp_path, moment)
    texts = {
        width: re.sub(
            "[^a-z0-9, ]",
            "",
            rows(render_timeline("gantt", shown, RenderContext(("en",), width)))[0].strip(),
            flags=re.I,
        )
        for width in (40, 60, 80, 120)
    }
    assert [text.removeprefix("A").strip() for text in texts.values()] == [
        "Feb to Jul",
        "Feb to Jul 2018",
        "February to July 2018",
        "February to July 2018, Bonn, Germany",
    ]


def test_the_marks_are_those_of_the_table(tmp_path: Path) -> None:
    shown = everything(tmp_path)
    legends = [render_timeline(view, shown, EN).rpartition("\n\n")[2] for view in ("table", "gantt")]
    table, gantt = (set(re.split(" {3}|\n", legend.strip())) for legend in legends)
    assert table <= gantt


def test_a_date_gives_way_to_the_line_of_today(tmp_path: Path) -> None:
    head = "title: T\nperiod: 2017-01/2017-12\n"
    for day in ("2017-05-20", "2017-05-01", "2017-04-01", "2017-06-01"):
        shown = of_moments(tmp_path / day, f"id: a, title: A, when: {day}", head=head)
        lines = render_timeline("gantt", shown, RenderContext(("en",), 100)).splitlines()
        today = next(line for line in lines if "┿" in line).index("┿")
        (row,) = rows("\n".join(lines))
        assert day == "2017-06-01" or row[today] == "│"
        assert f"{int(day[-2:])} " in row
        assert "January to December 2017" in next(line for line in lines if line.startswith("T"))


def test_a_shared_moment_names_its_other_waves(tmp_path: Path) -> None:
    files = {
        "one": "title: T\nperiod: 2017\nmoments:\n  - {id: a, title: A, when: 2017-05, same_as: two/a}\n",
        "two": "title: U\nperiod: 2017\nmoments:\n  - {id: a, title: B, short: S, when: 2017-05-02}\n",
    }
    text = render_timeline("gantt", of_plan(tmp_path, files), EN)
    assert [line.split("  ")[1] for line in text.splitlines() if "2 May" in line] == ["S + T"]


def test_a_wave_without_a_calendar_says_how_far_it_is(tmp_path: Path) -> None:
    text = render_timeline("gantt", of_plan(tmp_path, {"one": "title: T\nstatus: announced\nnotice: Soon more\n"}), EN)
    assert "\n  announced. Soon more" in text
    assert text.endswith("\n\nno moments\n")


# -- widths and injections


@pytest.mark.parametrize("width", [*WIDTHS, 41, 77, 99])
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("lang", ["fr", "en", "es", "ja", "ar"])
def test_no_line_is_wider_than_the_screen(width: int, colour: bool, lang: str, tmp_path: Path) -> None:
    text = render_timeline("gantt", everything(tmp_path), RenderContext((lang,), width, colour))
    assert max(cell_len(SGR.sub("", line)) for line in text.splitlines()) <= width
    assert ("\x1b" in text) is colour
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", SGR.sub("", text))
    assert SGR.sub("", text) == render_timeline("gantt", everything(tmp_path / "again"), RenderContext((lang,), width))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_real_waves_fit(width: int, lang: str) -> None:
    env = {"COLUMNS": str(width)}
    arguments = ("--waves", str(REAL), "--today", TODAY, "--lang", lang, "--color", "always", "timeline")
    text = run(*arguments, "--format", "gantt", env=env).out
    assert max(cell_len(SGR.sub("", line)) for line in text.splitlines()) <= width
    assert len([line for line in text.splitlines() if re.match("  [■◆]", SGR.sub("", line))]) == 14


def test_wide_titles_do_not_move_their_marks(tmp_path: Path) -> None:
    """A mark is in the same cell, whatever the characters of its label."""
    titles = ("Plain", "한국어 포럼", "日本語のタイトル", "المنتدى العالمي", "Fête 🎉")
    moments = [f'id: m{n}, title: "{title}", when: 2018-03-14' for n, title in enumerate(titles)]
    found = rows(render_timeline("gantt", of_moments(tmp_path, *moments), RenderContext(("en",), 80)))
    assert len({cell_len(row.partition("■")[0]) for row in found}) == 1
    assert len({cell_len(row.partition("┊")[0]) for row in found}) == 1


# -- local actions


def test_bars_of_actions_by_week_are_under_the_band(tmp_path: Path) -> None:
    timeline = of_moments(tmp_path, "id: a, title: A, when: 2017-09-14", head="title: H\nperiod: 2017-09/2017-10\n")
    weeks = {date(2017, 9, 4): 8, date(2017, 9, 11): 1, date(2017, 9, 25): 4, date(2019, 1, 7): 5}
    (wave,) = timeline.shown_waves
    actions = TimelineActions({wave: WeeklyActions(weeks, 1203)})
    bars, note, moment = rows(render_timeline("gantt", timeline, EN, actions))
    assert bars.startswith("  Local actions: 1,221  ")
    assert re.sub(r"(.)\1+", r"\1", bars[24:].replace(" ", "")) == "█░▒"
    assert note.strip() == "week not known: 1,203, outside of the chart: 5"
    assert moment.startswith("  A ")
    shown = render_timeline("gantt", timeline, RenderContext(("en",), 40, ascii_only=True), actions)
    assert shown.isascii()
    assert max(map(cell_len, shown.splitlines())) <= 40
    assert "local actions by week, at most: 8" in render_timeline("gantt", timeline, EN, actions)


def test_a_wave_without_actions_has_no_bars(tmp_path: Path) -> None:
    timeline = of_moments(tmp_path, "id: a, title: A, when: 2017-09-14")
    (wave,) = timeline.shown_waves
    without = render_timeline("gantt", timeline, EN)
    assert render_timeline("gantt", timeline, EN, TimelineActions({})) == without
    assert render_timeline("gantt", timeline, EN, TimelineActions({wave: WeeklyActions({})})) == without

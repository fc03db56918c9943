"""The timeline as a table: golden screens, widths that hold, aligned columns, nothing injected."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.city_plan import PLAN
from support.golden import Golden
from support.plans import REAL, TODAY, read_plan, run
from support.timeline_views import of_moments, of_plan
from support.timelines import wave
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date
from wavectl.render.colours import sgr_code, wave_colours
from wavectl.render.context import STATE_MARKS
from wavectl.render.timeline import RenderContext, render_timeline
from wavectl.render.timeline.table import short_ids
from wavectl.timeline.entries import NOBODY_NAMED, OTHER_MOMENTS, Filter, Timeline, build_timeline

EXPECTED = Path(__file__).parent / "expected"
WIDTHS = (60, 80, 120, 200)
EN = RenderContext(("en",))
SGR = re.compile("\x1b\\[[0-9;]*m")


def plain(text: str) -> str:
    """Return a text without colours."""
    return SGR.sub("", text)


def rows_of(text: str) -> list[str]:
    """Return the lines of a table that open with a mark."""
    return [line for line in plain(text).splitlines() if line[:1] in STATE_MARKS.values()]


# -- golden screens of the real waves


def real(*arguments: str, lang: str = "en", width: int | None = None, waves: tuple[str, ...] = ()) -> str:
    """Return the timeline of the real waves, on a coloured screen of that width, or in a pipe."""
    env = {"COLUMNS": str(width)} if width else {}
    options = ("--color", "always") if width else ()
    outcome = run(
        "--waves", str(REAL), "--today", TODAY, "--lang", lang, *options, "timeline", *waves, *arguments, env=env
    )
    assert outcome.code == 0, outcome.err
    return outcome.out


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("waves", [(), ("housing",)], ids=["all", "housing"])
def test_the_real_waves_on_a_screen(waves: tuple[str, ...], width: int, golden: Golden) -> None:
    text = real(width=width, waves=waves)
    name = waves[0] if waves else "all"
    golden(EXPECTED / f"{name}-{width}.txt", "".join(f"{line.rstrip()}\n" for line in plain(text).splitlines()))
    if width == 80:
        golden(EXPECTED / f"{name}-{width}-colour.txt", text)


@pytest.mark.parametrize("lang", ["en"])
@pytest.mark.parametrize("waves", [(), ("housing",), ("local-finance",)], ids=["all", "housing", "local-finance"])
def test_the_real_waves_in_a_pipe(waves: tuple[str, ...], lang: str, golden: Golden) -> None:
    golden(EXPECTED / f"{waves[0] if waves else 'all'}-pipe-{lang}.txt", real(lang=lang, waves=waves))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["fr", "en", "es", "de"])
@pytest.mark.parametrize(
    "waves", [(), ("housing",), ("local-finance",), ("migration",)], ids=lambda waves: "-".join(waves) or "all"
)
def test_no_line_is_wider_than_the_screen(waves: tuple[str, ...], lang: str, width: int) -> None:
    text = real(lang=lang, width=width, waves=waves)
    assert max(cell_len(plain(line)) for line in text.splitlines()) <= width
    assert plain(text) != text


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_words_are_those_of_the_reader(lang: str) -> None:
    text, translate = real(lang=lang, width=120), translator(lang)
    for phrase in ("firm", "date not exact", "worldwide", "announced"):
        assert translate(phrase) in text


# -- what a table shows


STATES = (
    "id: firm, title: Firm, when: 2017-09-14",
    "id: vague, title: Vague, when: 2017-10",
    "id: doubt, title: Doubt, when: 2017-11-14?",
    "id: tentative, title: Tentative, when: 2017-12-14, status: tentative",
    "id: both, title: Both, when: 2018-01, status: tentative",
    "id: postponed, title: Postponed, when: 2018-02-14, status: postponed",
    "id: cancelled, title: Cancelled, when: 2018-03-14, status: cancelled",
    "id: draft, title: Draft, when: 2018-04-14, status: tentative, draft: true",
    "id: unknown, title: Unknown, when: unknown",
)


@pytest.mark.parametrize("width", [None, 80])
def test_a_mark_shows_how_certain_a_moment_is(width: int | None, tmp_path: Path) -> None:
    text = render_timeline("table", of_moments(tmp_path, *STATES), RenderContext(("en",), width))
    assert [(row[0], row[1:].split()[-1].strip(",()")) for row in rows_of(text)[:9]] == [
        ("●", "Firm"),
        ("≈", "Vague"),
        ("≈", "Doubt"),
        ("?", "tentative"),
        ("≈", "tentative"),
        ("»", "postponed"),
        ("✗", "cancelled"),
        ("?", "draft"),
        ("?", "Unknown"),
    ]


@pytest.mark.parametrize("width", [None, 60, 80, 200])
def test_a_table_is_grouped_by_year_and_explains_its_marks(width: int | None, tmp_path: Path) -> None:
    text = render_timeline("table", of_moments(tmp_path, *STATES), RenderContext(("en",), width))
    lines = text.splitlines()
    assert [line for line in lines if line in ("2017", "2018", "without a date")] == ["2017", "2018", "without a date"]
    legend = ["● firm", "≈ date not exact", "? to be confirmed", "» postponed", "✗ cancelled"]
    assert [item for line in lines[lines.index("", 3) + 1 :] for item in line.split("   ")] == legend
    short = render_timeline("table", of_moments(tmp_path / "one", STATES[0]), RenderContext(("en",), 80))
    assert short.splitlines()[-1] == "● firm"


def test_the_head_has_slogan_hashtags_and_notice(tmp_path: Path) -> None:
    head = 'title: Housing\nperiod: 2017-05/2018-12\nslogan: A right\nhashtags: ["#A", "#B"]\nnotice: Soon more\n'
    for width in (None, 80):
        lines = render_timeline(
            "table", of_moments(tmp_path, STATES[0], head=head), RenderContext(("en",), width)
        ).splitlines()
        assert lines[:4] == ["Housing   May 2017 to December 2018", "  A right   #A #B", "  Soon more", ""]


@pytest.mark.parametrize("width", [None, 80])
def test_an_empty_timeline_says_that_there_are_no_moments(width: int | None, tmp_path: Path) -> None:
    text = render_timeline(
        "table", of_plan(tmp_path, {"one": "title: Housing\nstatus: announced\n"}), RenderContext(("en",), width)
    )
    assert text == "Housing   announced\n\nno moments\n"


def test_columns_that_have_nothing_to_say_are_left_out(tmp_path: Path) -> None:
    heads = []
    for number, moment in enumerate(("id: a, title: A, when: 2017", "id: a, title: A, when: 2017, status: tentative")):
        heads.append(render_timeline("table", of_moments(tmp_path / str(number), moment), EN).splitlines()[2].split())
    assert heads == [["Date", "Moment", "Place"], ["Date", "Moment", "Place", "Status"]]
    several = dict.fromkeys(("one", "two"), "title: T\nperiod: 2017\nmoments:\n  - {id: a, title: A, when: 2017}\n")
    assert render_timeline("table", of_plan(tmp_path / "two", several), EN).splitlines()[3].split() == [
        "Date",
        "Moment",
        "Place",
        "Wave",
    ]


def test_a_merged_row_names_its_waves(tmp_path: Path) -> None:
    files = {
        "one": "title: T\nperiod: 2017\nmoments:\n  - {id: a, title: A, when: 2017, same_as: two/a}\n",
        "two": "title: U\nperiod: 2017\nmoments:\n  - {id: a, title: B, when: 2017-05}\n",
    }
    row, _ = rows_of(render_timeline("table", of_plan(tmp_path, files), EN))
    assert row.split() == ["≈", "May", "2017", "B", "U,", "T"]
    row, _ = rows_of(render_timeline("table", of_plan(tmp_path, files), RenderContext(("en",), 80)))
    assert row.split() == ["≈", "May", "▌two", "B", "+", "one"]


# -- widths, wide characters, injections


WIDE = (
    "id: a, title: 세계인권도시포럼 한국어, when: 2017-09-14, place: {name: 광주, country: KR}",
    "id: b, title: 👩‍🚀 Emoji 🎉 Fête, when: 2017-10, place: Ångström",
    "id: c, title: المنتدى العالمي, when: 2017-11-14/2017-11-15, place: {name: عمّان, country: JO}",
    "id: d, title: Plain, when: 2017-12, status: tentative, place: Bonn",
)


def test_a_piped_table_is_aligned_by_cells(tmp_path: Path) -> None:
    lines = render_timeline("table", of_moments(tmp_path, *WIDE), EN).splitlines()[2:-2]
    assert lines.pop(1) == "2017"
    starts = [cell_len(lines[0][: lines[0].index(name)]) for name in ("Date", "Moment", "Place", "Status")]
    for line, cells in zip(lines[1:], (("14", "세"), ("Oct", "👩"), ("14", "ا"), ("Dec", "Plain")), strict=True):
        places = [line.index(text) for text in cells]
        assert [cell_len(line[:place]) for place in places] == starts[:2]
    assert cell_len(lines[4][: lines[4].index("tentative")]) == starts[3]
    assert [
        cell_len(line[: line.index(town)])
        for line, town in zip(lines[1:], ("광주", "Ång", "عمّان", "Bonn"), strict=True)
    ] == [starts[2]] * 4


@pytest.mark.parametrize("width", [60, 61, 77, 80, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_wide_characters_fit_the_screen(width: int, colour: bool, tmp_path: Path) -> None:
    long = (
        'id: e, title: "'
        + "한국어말" * 40
        + '", when: "[2017-09-28..2018-09-30]", status: postponed, place: "'
        + "x" * 90
        + '"'
    )
    text = render_timeline("table", of_moments(tmp_path, *WIDE, long), RenderContext(("en",), width, colour))
    assert max(cell_len(plain(line)) for line in text.splitlines()) <= width
    assert (plain(text) != text) is colour


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
@pytest.mark.parametrize("width", [60, 75, 76, 80])
def test_marks_and_statuses_are_whole_on_the_narrowest_screen(width: int, lang: str, tmp_path: Path) -> None:
    wave = "title: T\nperiod: 2017-05/2018-12\nmoments:\n" + "".join(
        f"  - {{{moment}, place: {{name: Santiago, country: US}}}}\n" for moment in STATES
    )
    look = RenderContext((lang,), width)
    text = render_timeline("table", of_plan(tmp_path, {"local-finance": wave, "migration": wave}), look)
    assert max(map(cell_len, text.splitlines())) <= width
    assert len(rows_of(text.rpartition("\n\n")[0])) == 2 * len(STATES)
    words = re.findall(r"\w+", text)
    for status in ("tentative", "postponed", "cancelled", "draft"):
        assert look.translate(status) in words


HOSTILE = "[red]a[/red] \\e[31mb \\x9b31mc \\u202Ed :smile: \\u0007\\te"


@pytest.mark.parametrize(
    "look", [EN, RenderContext(("en",), 200), RenderContext(("en",), 200, True)], ids=["pipe", "screen", "colour"]
)
def test_a_plan_cannot_steer_the_screen(look: RenderContext, tmp_path: Path) -> None:
    head = f'title: "{HOSTILE}"\nslogan: "{HOSTILE}"\nnotice: "{HOSTILE}"\nperiod: 2017-05/2018-12\n'
    text = render_timeline(
        "table", of_moments(tmp_path, f'id: a, title: "{HOSTILE}", when: 2017, place: "{HOSTILE}"', head=head), look
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain(text))
    joined = " ".join(plain(text).split())
    assert joined.count("[red]a[/red] \ufffd[31mb \ufffd31mc \ufffdd :smile: \ufffd e") == 5


def test_a_dumb_terminal_has_the_width_that_it_says(tmp_path: Path) -> None:
    outcome = run(
        "--waves", str(REAL), "--color", "always", "timeline", env={"TERM": "dumb", "COLUMNS": "60", "NO_COLOR": "1"}
    )
    assert max(cell_len(plain(line)) for line in outcome.out.splitlines()) <= 60
    assert plain(outcome.out) != outcome.out


def test_many_rows_have_the_same_columns(tmp_path: Path) -> None:
    shown = of_moments(
        tmp_path, *(f"id: m{n}, title: {'T' * (1 + n % 40)}, when: 2017-09, place: P" for n in range(600))
    )
    rows = rows_of(render_timeline("table", shown, RenderContext(("en",), 120)))[:600]
    assert len(rows) == 600
    assert {row.rindex("P") for row in rows} == {rows[0].rindex("P")}


@pytest.mark.parametrize("colour", [False, True])
def test_28_moments_have_at_most_40_lines(colour: bool, tmp_path: Path, golden: Golden) -> None:
    timeline = of_plan(tmp_path, PLAN)._replace(today=date(2026, 5, 1))
    assert len(timeline.entries) == 28
    text = render_timeline("table", timeline, RenderContext(("fr",), 80, colour, timezone="Europe/Paris"))
    lines = plain(text).splitlines()
    assert len(lines) <= 40
    assert max(map(cell_len, lines)) <= 80
    assert [line for line in lines if "2026" in line or "2027" in line][3:] == ["2026", "2027"]
    assert not any(line.startswith(" ") and line.lstrip().startswith((":", ";", "!", "?")) for line in lines)
    if not colour:
        golden(EXPECTED / "city-80.txt", text)


@pytest.mark.parametrize(
    ("when", "screen"),
    [
        ("2017-09-14/2017-09-17", "14–17 September"),
        ("2017-09-30/2017-10-01", "30 September – 1 October"),
        ("2017-12-30/2018-01-02", "30 December 2017 – 2 January 2018"),
        ("2017-09?", "September (?)"),
        ("2017-33", "first quarter"),
        ("2017-24", "winter 2017–2018"),
        ("2017", "2017"),
        ("2017/2018", "2017–2018"),
        ("2017~", "around 2017"),
        ("2017/..", "from 2017"),
        ("../2017-09-14", "until 14 September"),
        ("[2017-05-12,2017-06-03]", "12 May or 3 June"),
        ("2017-11-08T15:00", "8 November, 15:00"),
    ],
)
def test_the_year_is_in_the_heading_and_not_in_the_dates(when: str, screen: str, tmp_path: Path) -> None:
    shown = of_moments(tmp_path, f'id: a, title: A, when: "{when}"', head="title: T\nperiod: 2017/2018\n")
    for width, text in ((120, screen), (None, shown.entries[0].occurrence.when)):
        (row,) = rows_of(render_timeline("table", shown, RenderContext(("en",), width)))[:1]
        wanted = text if isinstance(text, str) else format_date(text, "en")
        assert row[1:].strip().rpartition("A")[0].strip() == wanted


def test_a_narrow_screen_has_a_short_title_only_where_the_title_has_no_room(tmp_path: Path) -> None:
    title = "World Forum of Cities for Human Rights"
    shown = of_moments(tmp_path, f"id: a, title: {title}, short: Forum, when: 2017-09, place: Gwangju")
    for width, wanted in ((40, "Forum · Gwangju"), (80, f"{title} · Gwangju"), (120, f"{title}  Gwangju")):
        (row,) = rows_of(render_timeline("table", shown, RenderContext(("en",), width)))[:1]
        assert row.endswith(wanted)


@pytest.mark.parametrize(
    ("ids", "short"),
    [
        (["housing", "migration"], ["hou", "mig"]),
        (["a", "ab", "abc", "abcd"], ["a", "ab", "abc", "abcd"]),
        (["local-finance", "local-housing"], ["local-f", "local-h"]),
    ],
)
def test_waves_have_short_names_that_tell_them_apart(ids: list[str], short: list[str]) -> None:
    assert list(short_ids(ids).values()) == short


def test_a_wave_is_a_bar_of_its_colour_and_a_name_that_never_breaks(tmp_path: Path) -> None:
    wave = f"title: {'long ' * 30}\nperiod: 2017\nmoments:\n  - {{id: a, title: {'word ' * 30}, when: 2017-09}}\n"
    shown = of_plan(tmp_path, {"local-finance": wave, "local-housing": wave})
    colours = wave_colours(shown.waves)
    for width in (60, 80, 120):
        text = render_timeline("table", shown, RenderContext(("en",), width, colour=True))
        for wave_id, tag in short_ids(list(colours)).items():
            name, times = (wave_id, 1) if width == 120 else (tag, 2)
            assert len(re.findall(rf"\x1b\[{sgr_code(colours[wave_id])}m▌\x1b\[0m\x1b\[2m{name}\b", text)) == times


def test_years_are_those_of_the_first_day(tmp_path: Path) -> None:
    timeline: Timeline = of_moments(tmp_path, "id: a, title: A, when: 2017-12-30/2018-01-02")
    assert "\n2017\n" in render_timeline("table", timeline, RenderContext(("en",), 80))


# -- of an actor


@pytest.mark.parametrize("view", ["table", "agenda", "markdown"])
def test_moments_that_name_the_actor_come_before_those_of_its_waves(view: str, tmp_path: Path) -> None:
    def shown(actor: str | None, *numbers: int) -> str:
        moments = (
            "id: a, title: Aa, when: 2017-06-02",
            "id: b, title: Bb, when: 2017-07-02, actors: [un]",
            "id: c, title: Cc, when: 2017-08-02, actors: [two]",
        )
        actors = "actors: [{id: un, name: UN, kind: partner}, {id: two, name: Two, kind: partner}]\n"
        plan = read_plan(tmp_path, {"one": wave(*(moments[number] for number in numbers or range(3)), more=actors)})
        kept = Filter(actors=[actor] if actor else ())
        return render_timeline(view, build_timeline(plan, ["one"], date(2017, 6, 1), entry_filter=kept), EN)

    text = shown("un")
    assert text.index("Bb") < text.index(OTHER_MOMENTS) < text.index("Aa")
    assert "Cc" not in text
    none = shown("un", 0)
    assert none.index(NOBODY_NAMED) < none.index("Aa")
    for text in (shown("un", 1), shown("un", 2), shown(None)):
        assert OTHER_MOMENTS not in text
        assert NOBODY_NAMED not in text

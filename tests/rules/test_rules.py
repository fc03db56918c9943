"""The rules: manual pages as tests, where findings point, boundaries, consequences of other errors, waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support.plans import ANNOUNCED, SOUND, TODAY, checked, read_plan
from support.registers import SOME_COLUMNS, with_all_columns
from wavectl import rules
from wavectl.actions import ACTION_RULES
from wavectl.diagnostics import Severity, format_path, quoted
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.rules import ALL_RULES, ALWAYS_REPORTED, RULES
from wavectl.rules.rule import HOUSE_RULES, READING_RULES, RulePage, rule_pages

ERRORS = (
    "yaml-syntax unreadable-file invalid-wave-id duplicate-key unknown-key missing-key invalid-value invalid-date "
    "inverted-dates date-in-words duplicate-moment duplicate-actor unknown-actor unknown-moment same-as-cycle "
    "unknown-priority unknown-region unknown-rule moment-outside-period bad-hashtag"
)
WARNINGS = (
    "too-few-priorities too-few-regions calendar-length missing-group missing-slogan missing-hashtag unconfirmed-actor "
    "same-moment-disagrees postponed-with-new-date season-or-years"
)
INFOS = "missing-translation likely-same-moment stale-date silent-months"
RELEASED = [
    (name, severity)
    for names, severity in ((ERRORS, Severity.ERROR), (WARNINGS, Severity.WARNING), (INFOS, Severity.INFO))
    for name in names.split()
]
"""Names that users rely on: none may be removed or change its severity."""

PAGES = rule_pages()


def names_found(home: Path, files: Mapping[str, str | bytes], today: str | None = None, **options: object) -> list[str]:
    """Return the rules that a plan breaks, in the order of its files."""
    plan = replace(read_plan(home, files), today=date.fromisoformat(today) if today else None)
    return [found.rule for found in checked(plan, **options)]


def places(plan: Plan) -> list[str]:
    """Return the findings for a plan as ``rule file:line:column path <marked text>``."""
    return [
        f"{found.rule} {found.file.partition('/')[2]}:{found.span.line}:{found.span.column} {format_path(found.path)} "
        f"<{found.source_line[found.span.column - 1 : found.span.end_column - 1]}>"
        for found in checked(plan)
    ]


def saved(files: Mapping[str, str]) -> dict[str, str | bytes]:
    """Return the files of an example as they are saved: in UTF-8 unless their text names another encoding.

    A register of which some columns are shown gets all others.
    """
    whole = {
        name.removesuffix(SOME_COLUMNS): with_all_columns(text) if name.endswith(SOME_COLUMNS) else text
        for name, text in files.items()
    }
    return {name: text.encode("cp1252") if "saved as Windows-1252" in text else text for name, text in whole.items()}


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_examples_of_a_manual_page_are_true(page: RulePage, tmp_path: Path) -> None:
    bad = names_found(tmp_path / "bad", saved(page.bad), TODAY)
    assert bad
    assert set(bad) == {page.name}
    assert names_found(tmp_path / "good", saved(page.good), TODAY) == []


def test_each_file_of_the_room_is_a_rule_of_the_table() -> None:
    folder = Path(rules.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "rule"}
    assert {name.replace("-", "_") for name in HOUSE_RULES} == files
    assert not set(READING_RULES) & HOUSE_RULES.keys()
    assert {page.name for page in PAGES} == {*READING_RULES, *HOUSE_RULES, *ACTION_RULES} == ALL_RULES.keys()
    assert len(PAGES) == len(files) + len(READING_RULES) + len(ACTION_RULES) >= 27


def test_each_rule_has_its_check_in_its_file() -> None:
    modules = [check.__module__.rpartition(".")[2].replace("_", "-") for check in RULES.values()]
    assert modules == list(RULES) == list(HOUSE_RULES) == sorted(HOUSE_RULES)


@pytest.mark.parametrize(("name", "severity"), RELEASED)
def test_a_released_rule_keeps_its_name_and_severity(name: str, severity: Severity) -> None:
    assert ALL_RULES[name] is severity


# -- where findings point


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"wave": SOUND + "moments:\n  - {id: a, title: A, when: 2017-06}\n  - {id: a, title: B, when: 2017-07}\n"},
            ["duplicate-moment wave.yaml:7:10 moments[1].id <a>"],
        ),
        (
            {
                "programme": "actors:\n  bcn: {name: Barcelona, kind: member}\n",
                "wave": ANNOUNCED + "actors:\n  - bcn\n  - bcn\n  - {id: bcn, name: City, kind: member}\n",
            },
            ["duplicate-actor wave.yaml:5:5 actors[1].id <bcn>", "duplicate-actor wave.yaml:6:10 actors[2].id <bcn>"],
        ),
        (
            {
                "programme": "actors:\n  bcn: {name: Barcelona, kind: member}\n",
                "wave": ANNOUNCED + "actors:\n  - {id: bcn, name: City, kind: member}\n",
            },
            ["duplicate-actor wave.yaml:4:10 actors[0].id <bcn>"],
        ),
        (
            {
                "programme": "actors:\n  bcn: {name: Barcelona, kind: member, part_of: uclg}\n"
                "feeds:\n  mine: {actors: [hic], priorities: [sport], regions: [europe], waves: [houses]}\n",
                "wave": ANNOUNCED
                + "actors: [nobody]\nmoments:\n  - {id: a, title: A, when: 2017, actors: [bcn, ghost]}\n"
                + "campaigns:\n  - {name: Shift, actors: [spectre]}\n",
            },
            [
                "unknown-actor programme.yaml:2:49 actors.bcn.part_of <uclg>",
                "unknown-actor programme.yaml:4:19 feeds.mine.actors[0] <hic>",
                "unknown-priority programme.yaml:4:38 feeds.mine.priorities[0] <sport>",
                "unknown-region programme.yaml:4:56 feeds.mine.regions[0] <europe>",
                "unknown-wave programme.yaml:4:73 feeds.mine.waves[0] <houses>",
                "unknown-actor wave.yaml:3:10 actors[0].id <nobody>",
                "unknown-actor wave.yaml:5:49 moments[0].actors[1] <ghost>",
                "unknown-actor wave.yaml:7:28 campaigns[0].actors[0] <spectre>",
            ],
        ),
        (
            {
                "wave": ANNOUNCED
                + "content: {advocasy: Text}\nmoments:\n  - {id: a, title: A, when: 2017, priorities: [x]}\n"
            },
            [
                "unknown-priority wave.yaml:3:11 content.advocasy <advocasy>",
                "unknown-priority wave.yaml:5:48 moments[0].priorities[0] <x>",
            ],
        ),
        (
            {
                "programme": "regions: {africa: Africa}\nactors:\n  bcn: {name: B, kind: member, regions: [europe]}\n",
                "wave": ANNOUNCED + "actors:\n  - {name: C, kind: research, regions: [asia]}\n"
                "moments:\n  - {id: a, title: A, when: 2017, regions: [africa, mewa]}\n",
            },
            [
                "unknown-region programme.yaml:3:42 actors.bcn.regions[0] <europe>",
                "unknown-region wave.yaml:4:41 actors[0].regions[0] <asia>",
                "unknown-region wave.yaml:6:53 moments[0].regions[1] <mewa>",
            ],
        ),
        (
            {"wave": ANNOUNCED + "waive:\n  missing-slogans: why\n  unknown-key: why\n  missing-slogan ghost: why\n"},
            [
                "unknown-rule wave.yaml:4:3 waive.missing-slogans <missing-slogans>",
                "unknown-rule wave.yaml:5:3 waive.unknown-key <unknown-key>",
                "unknown-moment wave.yaml:6:3 waive.missing-slogan ghost <missing-slogan ghost>",
            ],
        ),
        (
            {"programme": "feeds:\n  wave: {}\n  all: {}\n  own: {}\n", "wave": ANNOUNCED},
            ["unknown-wave programme.yaml:2:3 feeds.wave <wave>", "unknown-wave programme.yaml:3:3 feeds.all <all>"],
        ),
        (
            {
                "programme": "design: {min_priorities: 1, months: [3, 4]}\n",
                "wave": SOUND.replace("slogan: A right\n", ""),
            },
            [
                "missing-slogan wave.yaml:1:1 slogan <title: Housing>",
                "too-few-priorities wave.yaml:1:1 content <title: Housing>",
                "calendar-length wave.yaml:3:9 period <2017-05/2018-12>",
            ],
        ),
        (
            {
                "wave": ANNOUNCED
                + "moments:\n  - {id: a, title: A, when: 2017-11-02, except: {2018-11-02: cancelled}}\n"
            },
            ["unknown-occurrence wave.yaml:4:50 moments[0].except.2018-11-02 <2018-11-02>"],
        ),
        (
            {"wave": SOUND + "moments:\n  - {id: a, title: A, when: 2016}\n"},
            ["moment-outside-period wave.yaml:6:29 moments[0].when <2016>"],
        ),
    ],
)
def test_a_finding_points_at_the_value(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert places(read_plan(tmp_path, files)) == expected


# -- boundaries


@pytest.mark.parametrize(
    ("period", "broken"),
    [
        ("2017-05/2017-09", True),  # five months
        ("2017-05/2017-10", False),  # six
        ("2017-05-31/2017-10-01", False),  # touched with one day each
        ("2017-05/2018-10", False),  # eighteen
        ("2017-05-31/2018-11-01", True),  # nineteen
        ("2017", False),
        ("2018-24", True),  # December to February
        ("2017-05/..", False),  # the end is not known
    ],
)
def test_a_calendar_is_counted_in_months_touched(period: str, broken: bool, tmp_path: Path) -> None:
    files = {"programme": "design: {months: [6, 18]}\n", "wave": SOUND.replace("2017-05/2018-12", period)}
    assert names_found(tmp_path, files) == ["calendar-length"] * broken


@pytest.mark.parametrize(
    ("wanted", "content", "broken"),
    [
        (2, "{advocacy: a, learning: b}", False),
        (2, "{advocacy: a}", True),
        (2, "{advocacy: a, x-learning: b, learning: null}", True),  # x- keys and empty texts do not count
        (0, "{}", False),
        (5, "{advocacy: a, learning: b, implementation: c, monitoring: d}", True),
    ],
)
def test_priorities_with_content_are_counted(wanted: int, content: str, broken: bool, tmp_path: Path) -> None:
    wave = SOUND + f"content: {content}\n"
    found = names_found(tmp_path, {"programme": f"design: {{min_priorities: {wanted}}}\n", "wave": wave})
    assert [name for name in found if name == "too-few-priorities"] == ["too-few-priorities"] * broken


def test_content_under_unknown_keys_counts_for_none(tmp_path: Path) -> None:
    wave = SOUND + "content: {advocacy: a, learnin: b}\n"
    found = checked(read_plan(tmp_path, {"programme": "design: {min_priorities: 2}\n", "wave": wave}))
    assert [diagnostic.rule for diagnostic in found] == ["too-few-priorities", "unknown-priority"]
    assert found[0].message.values == {"number": 1, "minimum": 2}


@pytest.mark.parametrize(
    ("priorities", "language", "missing"),
    [
        ("", "en", "Learning, Implementation, Monitoring and follow-up"),
        ("", "fr", "Apprentissage, Mise en œuvre, Suivi"),
        ("priorities: {advocacy: A, b: {fr: Bé}, c: Cé}\n", "es", "Bé, Cé"),
    ],
)
def test_missing_priorities_are_named_in_the_language_of_the_reader(
    priorities: str, language: str, missing: str, tmp_path: Path
) -> None:
    wave = SOUND + "content: {advocacy: a}\n"
    plan = read_plan(tmp_path, {"programme": priorities + "design: {min_priorities: 2}\n", "wave": wave})
    (found,) = checked(plan, select={"too-few-priorities"})
    assert RenderContext((language, "en")).format_message(found.hint).endswith(f" {missing}")


@pytest.mark.parametrize(
    ("when", "broken"),
    [
        ("2017-04-30", True),
        ("2017-04-30/2017-05-01", False),
        ("2018-12-31", False),
        ("2019-01-01", True),
        ("2018-24", False),  # the winter of 2018 begins inside
        ("2017", False),
        ("2016-01/..", True),  # open: its known day counts
        ("2017-05-01/..", False),
        ("[2016-12-01..2017-05-01]", False),
        ("unknown", False),
        ("2017-04-30T23:59/2017-05-01T00:10", False),
    ],
)
def test_a_moment_may_touch_the_period(when: str, broken: bool, tmp_path: Path) -> None:
    wave = SOUND + f'moments:\n  - {{id: a, title: A, when: "{when}"}}\n'
    assert names_found(tmp_path, {"wave": wave}) == ["moment-outside-period"] * broken


@pytest.mark.parametrize(
    ("moment", "broken"),
    [
        ("when: 2016-12-10, repeat: yearly", False),
        ("when: 2010-12-10, repeat: yearly", False),
        ("when: 2016-02-29, repeat: yearly", True),  # the next one is in 2020
        ('when: 2016-10-03, repeat: "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"', False),
    ],
)
def test_one_occurrence_inside_the_period_is_enough(moment: str, broken: bool, tmp_path: Path) -> None:
    wave = SOUND + f"moments:\n  - {{id: a, title: A, {moment}}}\n"
    assert names_found(tmp_path, {"wave": wave}) == ["moment-outside-period"] * broken


@pytest.mark.parametrize(
    ("root", "broken"), [("when: 2016-09", True), ("when: 2017-09", False), ("when: 2016-12-10, repeat: yearly", False)]
)
def test_a_moment_without_a_date_has_that_of_its_root(root: str, broken: bool, tmp_path: Path) -> None:
    files = {"wave": SOUND + "moments:\n  - {id: a, title: A, same_as: other/b}\n"}
    files["other"] = ANNOUNCED + f"moments:\n  - {{id: b, title: B, {root}}}\n"
    assert (
        places(read_plan(tmp_path, files))
        == ["moment-outside-period wave.yaml:6:5 moments[0].when <{id: a, title: A, same_as: other/b}>"] * broken
    )


@pytest.mark.parametrize(
    ("when", "zone", "rule"),
    [
        ("2018-03-25T02:00", "Europe/Madrid", "invalid-date"),
        ("2018-03-25T02:59/2018-03-25T04:00", "Europe/Madrid", "invalid-date"),
        ("2018-03-25T01:00/2018-03-25T02:30", "Europe/Madrid", "invalid-date"),
        ("2018-03-25T02:30/2018-03-26", "Europe/Madrid", "invalid-date"),
        ("2018-03-25T02:00", "Asia/Seoul", None),
        ("2018-03-25T02:30Z", "Europe/Madrid", None),  # an instant, which always exists
        ("2018-10-28T02:30", "Europe/Madrid", None),  # comes twice: the first
        ("2018-10-28T00:30Z/2018-10-28T01:15Z", "Europe/Madrid", None),  # from the first 2:30 to the second 2:15
        ("2018-07-05T15:00Z/2018-07-05T16:30", "Europe/Madrid", "inverted-dates"),  # from 17:00 to 16:30 there
        ("2018-07-05T15:00Z/2018-07-05T17:00", "Europe/Madrid", None),
    ],
)
def test_times_are_checked_on_the_clocks_of_their_zone(when: str, zone: str, rule: str | None, tmp_path: Path) -> None:
    wave = ANNOUNCED + f'moments:\n  - {{id: a, title: A, when: "{when}", timezone: {zone}}}\n'
    assert names_found(tmp_path, {"wave": wave}) == ([rule] if rule else [])


def test_the_zone_of_the_programme_and_of_the_root_count(tmp_path: Path) -> None:
    night = "when: 2018-03-25T02:30"
    files = {
        "programme": "timezone: Europe/Madrid\n",
        "one": ANNOUNCED + f"moments:\n  - {{id: a, title: A, {night}}}\n",
        "two": ANNOUNCED + f"moments:\n  - {{id: a, title: A, {night}, same_as: root/a}}\n",
        "root": ANNOUNCED + "moments:\n  - {id: a, title: A, when: 2018-03-25, timezone: Asia/Seoul}\n",
    }
    assert places(read_plan(tmp_path, files)) == ["invalid-date one.yaml:4:29 moments[0].when <2018-03-25T02:30>"]


def test_a_moved_occurrence_is_checked_on_the_clocks_too(tmp_path: Path) -> None:
    moved = "except: {2018-03-25: {when: 2018-03-25T02:30}}"
    moment = f"{{id: a, title: A, when: 2017-03-25, repeat: yearly, timezone: Europe/Madrid, {moved}}}"
    found = checked(read_plan(tmp_path, {"wave": ANNOUNCED + f"moments:\n  - {moment}\n"}))
    assert [(one.rule, format_path(one.path)) for one in found] == [
        ("invalid-date", "moments[0].except.2018-03-25.when")
    ]


# -- loops and dangling ties


def tied(*ties: str) -> str:
    """Return an announced wave of moments, each ``id>target``."""
    found = ANNOUNCED + "moments:\n"
    for tie in ties:
        name, _, target = tie.partition(">")
        found += f"  - {{id: {name}, title: T, when: 2017-09" + (f", same_as: {target}}}\n" if target else "}\n")
    return found


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"one": tied("a>a")}, ["same-as-cycle one.yaml:4:47 moments[0].same_as <a>"]),
        ({"one": tied("a>b", "b>c", "c>a", "d>a")}, ["same-as-cycle one.yaml:4:47 moments[0].same_as <b>"]),
        (
            {"two": tied("b>one/a"), "one": tied("x>two/b", "a>two/b")},
            ["same-as-cycle one.yaml:5:47 moments[1].same_as <two/b>"],
        ),
        (
            {"one": tied("a>b", "b>a", "c>d", "d>c")},
            [
                "same-as-cycle one.yaml:4:47 moments[0].same_as <b>",
                "same-as-cycle one.yaml:6:47 moments[2].same_as <d>",
            ],
        ),
        ({"one": tied("a>b", "b>two/c"), "two": tied("c")}, []),
        ({"one": tied("a>b"), "two": tied("b")}, ["unknown-moment one.yaml:4:47 moments[0].same_as <b>"]),
        ({"one": tied("a>two/b")}, ["unknown-moment one.yaml:4:47 moments[0].same_as <two/b>"]),
    ],
)
def test_ties_end_at_a_root(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert places(read_plan(tmp_path, files)) == expected


# -- consequences of other errors are not reported


BROKEN = "title: [\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # an id in the register is known even if its entry has errors; if an id cannot be read, no actor is unknown
        (
            {"programme": "actors:\n  bcn: {kind: member}\n", "wave": ANNOUNCED + "actors: [bcn, hic]\n"},
            ["missing-key", "unknown-actor"],
        ),
        (
            {"programme": "actors:\n  Bcn: {kind: member}\n", "wave": ANNOUNCED + "actors: [bcn, hic]\n"},
            ["invalid-value", "missing-key"],
        ),
        (
            {
                "programme": BROKEN,
                "wave": ANNOUNCED
                + "actors: [bcn]\ncontent: {a: b}\n"
                + "moments:\n  - {id: a, title: A, when: 2017, regions: [x], priorities: [y]}\n",
            },
            ["yaml-syntax"],
        ),
        ({"programme": "feeds: {own: {actors: [hic]}}\n", "wave": BROKEN}, ["yaml-syntax"]),
        ({"programme": "feeds: {own: {waves: [wave]}}\n", "wave": BROKEN}, ["yaml-syntax"]),
        (
            {"wave": ANNOUNCED + "actors:\n  - {id: hic, kind: club}\nwaive:\n  unconfirmed-actor hic: why\n"},
            ["invalid-value"],
        ),
        # a tie to a moment that could not be read
        ({"wave": tied("a>other/b"), "other": BROKEN}, ["yaml-syntax"]),
        (
            {"wave": tied("a>other/b"), "other": ANNOUNCED + "moments:\n  - {id: b, title: B, when: never}\n"},
            ["invalid-date"],
        ),
        (
            {
                "wave": ANNOUNCED
                + "moments:\n  - {id: a, title: A, same_as: other/b, except: {2018-01-01: cancelled}}\n",
                "other": BROKEN,
            },
            ["yaml-syntax"],
        ),
        # the wave may be one that is only announced
        ({"wave": "title: Housing\nstatus: anounced\n"}, ["invalid-value"]),
        ({"wave": SOUND.replace("A right", "[a, b]")}, ["invalid-value"]),
        ({"wave": SOUND.replace('"#Housing"', '"Housing"')}, ["bad-hashtag"]),
        (
            {"wave": SOUND.replace("2018-12", "2018-13") + "moments:\n  - {id: a, title: A, when: 2016}\n"},
            ["invalid-date"],
        ),
        ({"programme": "design: {min_priorities: many, months: [30, 40]}\n", "wave": SOUND}, ["invalid-value"]),
        ({"programme": "design: {min_priorities: 1}\n", "wave": SOUND + "content: [advocacy]\n"}, ["invalid-value"]),
        (
            {
                "programme": "timezone: Madrid\n",
                "wave": ANNOUNCED + "moments:\n  - {id: a, title: A, when: 2018-03-25T02:30}\n",
            },
            ["invalid-value"],
        ),
    ],
)
def test_an_error_is_reported_once(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert names_found(tmp_path, files) == expected


def test_an_error_in_one_moment_hides_none_in_another(tmp_path: Path) -> None:
    wave = SOUND + "moments:\n  - {id: a, title: A, when: never}\n  - {id: b, title: B, when: 2016}\n"
    assert places(read_plan(tmp_path, {"wave": wave})) == [
        "invalid-date wave.yaml:6:29 moments[0].when <never>",
        "moment-outside-period wave.yaml:7:29 moments[1].when <2016>",
    ]


# -- waivers, announced waves, selection


def test_an_unconfirmed_actor_has_the_name_of_the_register(tmp_path: Path) -> None:
    files = {
        "programme": "languages: [fr, en]\nactors:\n  cmi: {name: {fr: Centre, en: Center}, kind: international}\n",
        "wave": SOUND
        + "actors:\n  - {id: cmi, confirmed: false}\n  - {name: Somebody, kind: research, confirmed: false}\n",
    }
    found = checked(read_plan(tmp_path, files))
    for language, name in (("fr", "Centre"), ("en", "Center"), ("es", "Centre")):
        style = RenderContext((language, "fr", "en"))
        messages = [style.format_message(one.message) for one in found]
        quotes = {"fr": "« {} »", "en": '"{}"', "es": "«{}»"}[language]
        assert quotes.format(name) in messages[0]
        assert quotes.format("Somebody") in messages[1]
        assert len(messages) == 2


@pytest.mark.parametrize(
    ("waive", "kept", "waived"),
    [
        ("", 2, 0),
        ("unconfirmed-actor: all will come", 0, 2),
        ("unconfirmed-actor cmi: they will come", 1, 1),
        ("unconfirmed-actor meeting: another", 2, 0),
        ("missing-slogan: another rule", 2, 0),
    ],
)
def test_a_rule_is_waived_as_a_whole_or_for_one(waive: str, kept: int, waived: int, tmp_path: Path) -> None:
    wave = SOUND + (
        "moments:\n  - {id: meeting, title: M, when: 2017-09}\n"
        "actors:\n  - {id: cmi, name: CMI, kind: international, confirmed: false}\n"
        "  - {id: iom, name: IOM, kind: international, confirmed: false}\n"
    )
    plan = read_plan(tmp_path, {"wave": wave + (f"waive:\n  {waive}\n" if waive else "")})
    found = rules.check(plan, ignore=["unused-waiver"])
    assert ([one.rule for one in found.findings], len(found.waived)) == (["unconfirmed-actor"] * kept, waived)


def test_a_waiver_counts_in_its_own_wave_only(tmp_path: Path) -> None:
    bare = "title: Housing\nhashtags: ['#Housing']\nperiod: 2017\n"
    plan = read_plan(tmp_path, {"one": bare, "two": bare + "waive: {missing-slogan: none yet}\n"})
    found = rules.check(plan)
    assert [one.wave for one in found.findings] == ["one"]
    assert [one.wave for one in found.waived] == ["two"]


def test_an_error_is_never_waived(tmp_path: Path) -> None:
    wave = SOUND + "moments:\n  - {id: a, title: A, when: 2016}\nwaive: {moment-outside-period: why}\n"
    plan = read_plan(tmp_path, {"wave": wave})
    assert [one.rule for one in checked(plan)] == ["moment-outside-period", "unknown-rule"]
    assert rules.check(plan).waived == ()


def test_of_an_announced_wave_only_errors_are_reported(tmp_path: Path) -> None:
    wave = (
        ANNOUNCED
        + "period: 2017-05\nactors:\n  - {name: X, kind: research, confirmed: false}\n"
        + "moments:\n  - {id: a, title: A, when: 2016}\n"
    )
    files = {"programme": "design: {min_priorities: 3, months: [6, 18]}\n", "wave": wave}
    assert names_found(tmp_path / "announced", files) == ["moment-outside-period"]
    files["wave"] = wave.replace("announced", "closed")
    assert sorted(names_found(tmp_path / "closed", files)) == [
        "calendar-length",
        "missing-hashtag",
        "missing-slogan",
        "moment-outside-period",
        "too-few-priorities",
        "unconfirmed-actor",
    ]


MANY = {
    "wave": "title: Housing\nhashtags: [Housing]\nperiod: 2017\nmoments:\n  - {id: a, title: A, when: 2016}\n"
    "  - {id: b, title: B, when: 2017-07-05T15:00Z/2017-07-05T10:00}\n"
}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["missing-slogan", "bad-hashtag", "moment-outside-period", "inverted-dates"]),
        (("missing-slogan",), (), ["missing-slogan"]),
        (("bad-hashtag", "missing-slogan"), (), ["missing-slogan", "bad-hashtag"]),
        (("inverted-dates",), (), ["inverted-dates"]),
        (("invalid-date",), (), []),
        ((), ("bad-hashtag", "invalid-date"), ["missing-slogan", "moment-outside-period", "inverted-dates"]),
        (("missing-slogan",), ("missing-slogan",), []),
    ],
)
def test_rules_are_selected_and_ignored(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    assert names_found(tmp_path, MANY, select=select, ignore=ignore) == expected


def test_an_unreadable_file_is_reported_whatever_is_selected(tmp_path: Path) -> None:
    files = {"one": BROKEN, "two": b"title: \xff\n"}
    assert set(names_found(tmp_path, files, select=("missing-slogan",))) == ALWAYS_REPORTED
    assert names_found(tmp_path, files, ignore=("yaml-syntax",)) == ["unreadable-file"]


YEARLY = "moments:\n  - {id: a, title: A, when: 2017-12-10%s, except: {x: cancelled}}\n"
IN_REGION_X = "moments:\n  - {id: a, title: A, when: 2017, regions: [x]}\n"


@pytest.mark.parametrize(
    ("files", "values"),
    [
        (
            {"wave": ANNOUNCED + YEARLY % ", repeat: yearly"},
            {"dates": "2017-12-10, 2018-12-10, 2019-12-10, 2020-12-10, 2021-12-10"},
        ),
        ({"wave": ANNOUNCED + YEARLY % ""}, {}),
        ({"wave": ANNOUNCED + IN_REGION_X}, {}),
        (
            {"programme": "regions: {africa: Africa, mewa: MEWA}\n", "wave": ANNOUNCED + IN_REGION_X},
            {"names": "africa, mewa"},
        ),
        ({"wave": ANNOUNCED + "actors:\n  - {id: own, name: O, kind: partner, part_of: x}\n"}, {"id": "x"}),
    ],
)
def test_a_hint_names_the_possible_values(files: dict[str, str], values: dict[str, object], tmp_path: Path) -> None:
    (found,) = checked(read_plan(tmp_path, files))
    assert found.hint is not None
    assert found.hint.values == values


def test_actors_of_a_wave_are_known_in_it_and_to_feeds(tmp_path: Path) -> None:
    files = {
        "programme": "actors: {bcn: {name: B, kind: member}}\nfeeds: {mine: {actors: [own, bcn]}}\n",
        "wave": ANNOUNCED
        + "actors:\n  - {id: own, name: O, kind: partner, part_of: bcn}\n  - {name: P, kind: partner, part_of: own}\n"
        + "moments:\n  - {id: a, title: A, when: 2017, actors: [own, bcn]}\n"
        + "campaigns:\n  - {name: C, actors: [own, bcn]}\n",
    }
    assert names_found(tmp_path, files) == []


def test_a_misspelt_waiver_gets_a_suggestion(tmp_path: Path) -> None:
    (found,) = checked(read_plan(tmp_path, {"wave": ANNOUNCED + "waive: {calender-length: why}\n"}))
    assert found.hint is not None
    assert (found.rule, found.message.values, found.hint.values) == (
        "unknown-rule",
        {"name": quoted("calender-length")},
        {"name": "calendar-length"},
    )


def test_an_earlier_id_that_another_moment_has_now_is_reported(tmp_path: Path) -> None:
    wave = """
title: "Housing"
status: announced
moments:
  - {id: forum, title: "New forum", when: 2017-11-02}
  - {id: meeting, title: "Old forum", when: 2018-03, was: [forum, housing/call, migration/forum]}
"""
    found = rules.check(read_plan(tmp_path, {"housing": wave})).findings
    assert [(finding.rule, finding.path) for finding in found] == [("duplicate-moment", ("moments", 1, "was", 0))]


def test_a_bad_date_hides_no_other_error_of_its_moment(tmp_path: Path) -> None:
    wave = """
title: "Housing"
status: announced
moments:
  - {id: a, title: "A", when: 2018-13, actors: [nobody], same_as: wave/zz}
  - {id: b, title: "B", when: 2018-01, priorities: [nothing]}
  - {id: a, title: "C", when: 2018-02}
"""
    assert sorted(names_found(tmp_path, {"wave": wave})) == [
        "duplicate-moment",
        "invalid-date",
        "unknown-actor",
        "unknown-moment",
        "unknown-priority",
    ]


def test_an_earlier_id_belongs_to_one_moment_only(tmp_path: Path) -> None:
    head = "title: Housing\nstatus: announced\nmoments:\n"
    files = {
        "housing": head
        + "  - {id: a, title: A, when: 2018-01, was: [old]}\n  - {id: b, title: B, when: 2018-02, was: [old]}\n",
        "migration": head + "  - {id: c, title: C, when: 2018-01, was: [housing/a, c, housing/old, old]}\n",
    }
    found = rules.check(read_plan(tmp_path, files)).findings
    assert [(one.rule, one.wave, one.path) for one in found] == [
        ("duplicate-moment", "housing", ("moments", 1, "was", 0)),
        ("duplicate-moment", "migration", ("moments", 0, "was", 0)),
        ("duplicate-moment", "migration", ("moments", 0, "was", 2)),
    ]
    owners = [one.message.values.get("owner") for one in found if str(one.message.values["id"]) != '"housing/a"']
    assert owners == ["housing/a", "housing/a"]
    assert all(one.hint for one in found)


def test_an_earlier_id_of_a_wave_belongs_to_one_wave_only(tmp_path: Path) -> None:
    files = {
        "housing": ANNOUNCED + "was: [old, housing]\n",
        "land": ANNOUNCED + "was: [housing, oldest]\n",
        "shelter": ANNOUNCED + "was: [land, old]\n",
    }
    found = rules.check(read_plan(tmp_path, files)).findings
    assert [(one.rule, one.wave, one.path) for one in found if one.rule == "duplicate-was"] == [
        ("duplicate-was", "land", ("was", 0)),
        ("duplicate-was", "shelter", ("was", 0)),
        ("duplicate-was", "shelter", ("was", 1)),
    ]


def test_very_many_findings_are_cut_and_counted(tmp_path: Path) -> None:
    actors = "".join(f"  - nobody-{number}\n" for number in range(1_500))
    found = checked(
        read_plan(tmp_path, {"housing": f"{ANNOUNCED}actors:\n{actors}", "other": f"{ANNOUNCED}actors: [a]"})
    )
    assert [one.file for one in found].count("waves/other.yaml") == 1
    reported = [one for one in found if one.file == "waves/housing.yaml"]
    assert len(reported) == 1_001
    assert reported[-1].message.values == {"count": 500}


# -- rules that read the lockfile

LOCKFILE = (
    '{\n"a.wave@x": {"members": ["wave/a"], "when": "2017-11-02", %s"title": "A", "digest": "", "sequence": 0, '
    '"published": "2017-06-01", "modified": "2017-06-01"%s},\n\n'
    '"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "x"}\n}\n'
)


@pytest.mark.parametrize(
    ("facts", "moment", "found"),
    [
        (("", ""), "when: 2017-11-09, status: postponed", True),
        (("", ""), "when: 2017-11-02, status: postponed", False),
        (("", ""), "when: 2017-11-09", False),
        (("", ""), "when: 2017-11-09, status: cancelled", False),
        (("", ""), "when: unknown, status: postponed", False),
        (("", ', "withdrawn": "2017-06-01"'), "when: 2017-11-09, status: postponed", False),
        # published like this already: it was moved while it was postponed, or as it was
        (
            ('"status": "postponed", ', ', "before": {"day": "2017-06-01", "when": "2017-10-01"}'),
            "when: 2017-11-02, status: postponed",
            True,
        ),
        (
            ('"status": "postponed", ', ', "before": {"day": "2017-06-01", "status": "confirmed"}'),
            "when: 2017-11-02, status: postponed",
            False,
        ),
        (("", ', "before": {"day": "2017-06-01", "when": "2017-10-01"}'), "when: 2017-11-02, status: postponed", False),
    ],
)
def test_a_postponed_moment_is_compared_with_the_published_date(
    tmp_path: Path, facts: tuple[str, str], moment: str, found: bool
) -> None:
    files = {"wave": f"{SOUND}moments:\n  - {{id: a, title: A, {moment}}}\n", "wavectl.lock": LOCKFILE % facts}
    names = ["postponed-with-new-date"] if found else []
    assert names_found(tmp_path / "with", files) == names
    del files["wavectl.lock"]
    assert names_found(tmp_path / "without", files) == []


def test_a_postponed_moment_is_reported_at_its_date_and_can_be_waived(tmp_path: Path) -> None:
    moments = "{id: b, title: B, when: 2017-11, same_as: a}", "{id: a, title: A, when: 2017-11-09, status: postponed}"
    tied = "moments:\n" + "".join(f"  - {moment}\n" for moment in moments)
    waived = "waive: {postponed-with-new-date a: Reason}\n"
    files = {"wave": SOUND + tied, "wavectl.lock": LOCKFILE % ("", "")}
    assert places(read_plan(tmp_path, files)) == ["postponed-with-new-date wave.yaml:7:29 moments[1].when <2017-11-09>"]
    assert names_found(tmp_path, {**files, "wave": SOUND + tied + waived}) == []


def test_damage_of_the_lockfile_is_placed_in_it(tmp_path: Path) -> None:
    lockfile = LOCKFILE.replace('"digest"', '"digset"') % ("", "")
    files = {"wave": SOUND, "wavectl.lock": lockfile}
    (found,) = checked(read_plan(tmp_path, files))
    assert (found.rule, found.file, found.span.line, found.span.column) == (
        "damaged-lock",
        str(Path("waves", "wavectl.lock").as_posix()),
        2,
        1,
    )
    assert found.source_line == lockfile.split("\n")[1]
    assert found.span.end_column == len(found.source_line) + 1


def test_errors_alone_are_those_among_all_findings(tmp_path: Path) -> None:
    for number, case in enumerate(sorted((Path(__file__).parents[1] / "cases" / "bad").glob("*.yaml"))):
        plan = read_plan(tmp_path / str(number), {case.name: case.read_bytes()})
        assert rules.errors(plan) == [one for one in rules.check(plan).findings if one.severity is Severity.ERROR]

"""``wavectl actions import``: a delivery is summarised in full, written once, and no row is lost silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from support.deliveries import as_csv, delivery, next_delivery, write_wave
from support.fuzz import FUZZ
from support.golden import Golden
from support.plans import Outcome, run, state, type_answers
from support.registers import read_actions
from wavectl.actions.sources import Source, load_sources

EXPECTED = Path(__file__).parent / "expected"
FIRST, NEXT = "2027-01-10", "2027-01-11"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_wave(tmp_path)
    return tmp_path


def take(home: Path, rows: Any, *options: str, today: str = FIRST, file: str = "day.csv", lang: str = "en") -> Outcome:
    """Import rows, or a file that is there already for None."""
    if rows is not None:
        (home / file).write_bytes(rows if isinstance(rows, bytes) else as_csv(rows))
    given = ("--source", "form") if "--source" not in options else ()
    env = {"XDG_STATE_HOME": str(home / "state")}
    common = ("--today", today, "--lang", lang)
    return run("actions", "import", file, *given, *options, *common, cwd=home, env=env)


def counts(outcome: Outcome) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(outcome.out)
    assert data["rows"] == sum(data[name] for name in ("new", "changed", "moved", "unchanged", "refused"))
    return data


def taken(home: Path, rows: Any, *options: str, today: str = FIRST, **others: Any) -> dict[str, Any]:
    """Import rows and return the counts."""
    return counts(take(home, rows, "-y", "--format", "json", *options, today=today, **others))


def without_ids(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{heading: text for heading, text in row.items() if heading != "slug"} for row in rows]


def column(home: Path, name: str) -> list[str]:
    return [row.get(name) for row in read_actions(home / "waves").rows.values()]


def test_the_next_delivery_is_told_exactly_where_the_source_has_ids(home: Path) -> None:
    rows = delivery(10_000 if FUZZ else 100)
    count = len(rows)
    assert taken(home, rows)["new"] == count
    data = taken(home, next_delivery(rows), today=NEXT)
    expected = {"rows": count + 10, "new": 15, "changed": 10, "moved": 20, "unchanged": count - 35, "missing": 5}
    assert {name: data[name] for name in expected} == expected
    assert column(home, "missing_since").count(NEXT) == 5
    assert column(home, "updated").count(NEXT) == 45
    assert len(column(home, "id")) == count + 15


@pytest.mark.parametrize(("lang", "more"), [("en", "and 25 more"), ("fr", "et 25 de plus"), ("es", "y 25 más")])
def test_five_new_actions_are_listed_in_every_language(home: Path, lang: str, more: str) -> None:
    outcome = take(home, delivery(30), "--dry-run", lang=lang)
    assert more in outcome.out + outcome.err


def test_without_ids_every_unique_match_is_told(home: Path) -> None:
    rows = delivery(100)
    assert taken(home, without_ids(rows))["new"] == 100
    data = taken(home, without_ids(next_delivery(rows)), today=NEXT)
    expected = {"rows": 110, "new": 25, "changed": 0, "moved": 20, "unchanged": 65, "missing": 15, "refused": 0}
    assert {name: data[name] for name in expected} == expected
    assert data["twins"] == 10  # the renamed ones: a person says whether they are the same


def test_what_a_person_has_to_decide_is_listed(home: Path) -> None:
    rows = without_ids(delivery(100))
    taken(home, rows)
    second = take(home, without_ids(next_delivery(delivery(100))), "-y", today=NEXT)
    waves = ("--waves", str(home / "waves"))

    def listed(*options: str) -> list[dict[str, Any]]:
        found = run("actions", "list", *options, "--format", "json", "--today", NEXT, *waves, cwd=home)
        return list(json.loads(found.out)["actions"])

    pairs, missing = listed("--twins"), listed("--missing")
    assert len(pairs) == 20
    for first, other in zip(pairs[::2], pairs[1::2], strict=True):
        assert (first["organiser"], first["place"]) == (other["organiser"], other["place"])
        assert f"{first['id']}" in second.out
        assert f"{other['id']}" in second.out
    assert len(missing) == 15
    assert {one["missing_since"] for one in missing} == {NEXT}
    assert all(one["id"] in second.out for one in missing)
    todo = run("todo", "--format", "json", "--today", NEXT, *waves, cwd=home)
    tasks = json.loads(todo.out)["actions"]
    assert [(one["twins"], one["missing"]) for one in tasks] == [(10, 15)]
    cancel = ("actions", "cancel", "--missing", "-y", "--today", NEXT, *waves)
    assert run(*cancel, cwd=home, env={"XDG_STATE_HOME": str(home / "state")}).code == 0
    assert listed("--missing") == []


def test_ids_of_a_source_may_look_like_those_of_the_register(home: Path) -> None:
    rows = [{"Id": f"evt-0123456789a{n}", "Title": f"Day {n}", "Place": "Lima"} for n in range(3)]
    assert taken(home, rows)["new"] == 3
    renamed = taken(home, [{**row, "Title": row["Title"] + " renamed"} for row in rows], today=NEXT)
    assert (renamed["changed"], renamed["new"], renamed["missing"]) == (3, 0, 0)
    assert take(home, [rows[0], rows[0]], "-y").code == 1


def test_rows_that_may_be_several_actions_are_listed_and_come_back_with_ids(home: Path) -> None:
    twice = [{"Title": "Day", "Place": "Lima", "Date": date} for date in ("2027-03-01", "2027-03-08")]
    assert taken(home, twice)["new"] == 2
    moved = [{**row, "Date": date} for row, date in zip(twice, ("2027-04-01", "2027-04-08"), strict=True)]
    outcome = take(home, moved, "-y", "--format", "json", today=NEXT)
    data = counts(outcome)
    assert (outcome.code, data["refused"], data["missing"]) == (1, 2, 0)
    book = load_workbook(home / "day-to-fix.xlsx")
    ids = column(home, "id")
    sheet = book.worksheets[0]
    assert all(name in sheet.cell(2, 4).value for name in ids)
    sheet.cell(1, 5).value = "Id"
    for line, name in enumerate(ids, 2):
        sheet.cell(line, 5).value = name
    book.save(home / "day-to-fix.xlsx")
    assert taken(home, None, file="day-to-fix.xlsx", today=NEXT)["moved"] == 2
    assert sorted(column(home, "when")) == ["2027-04-01", "2027-04-08"]


def test_the_same_file_again_changes_and_writes_nothing(home: Path) -> None:
    rows = [*delivery(30), {**delivery(1)[0], "slug": "x", "event_name": ""}]
    assert taken(home, rows, "--map", "event_purpose=note")["refused"] == 1
    before = state(home)
    again = take(home, None, "-y", today=NEXT)
    assert again.code == 1
    assert state(home) == before


def test_bad_rows_come_back_with_the_reason_in_their_language_and_enter_once_they_are_fixed(home: Path) -> None:
    rows = [
        {"Titre": "Fête", "Lieu": "Lyon", "Date": "32 mars", "Langue": "fr", "Mail": "a@example.org"},
        {"Titre": "", "Lieu": "Lima", "Date": "", "Langue": "es", "Mail": ""},
        {"Titre": "Visite", "Lieu": "Lyon", "Date": "mars 2027", "Langue": "", "Mail": ""},
    ]
    outcome = take(home, rows, "-y")
    assert outcome.code == 1
    book = load_workbook(home / "day-to-fix.xlsx")
    (sheet,) = book.worksheets
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert [line[:4] for line in lines] == [
        ["Titre", "Lieu", "Date", "Langue"], ["Fête", "Lyon", "32 mars", "fr"], [None, "Lima", None, "es"],
    ]  # fmt: skip
    assert "écrire" in str(lines[1][-1])
    assert "título" in str(lines[2][-1])
    assert not any("@" in str(cell) for line in lines for cell in line)
    assert '"Mail"' not in take(home, None, "--dry-run", file="day-to-fix.xlsx", today=NEXT).err  # empty by now
    sheet["C2"], sheet["A3"] = "31 mars 2027", "Visita"
    book.save(home / "day-to-fix.xlsx")
    data = taken(home, None, file="day-to-fix.xlsx", today=NEXT)
    assert (data["new"], data["missing"], data["refused"]) == (2, 0, 0)
    assert sorted(column(home, "when")) == ["", "2027-03", "2027-03-31"]


def test_no_mail_address_is_in_any_output(home: Path) -> None:
    rows = delivery(40)
    rows[2] |= {"event_date": "soon@example.org", "event_name": "who@example.org"}
    rows[3] |= {"event_date": "32 March, ask b@example.org"}
    outcome = take(home, rows, "-y", "--map", "email=note")
    assert "@example" not in outcome.out + outcome.err
    written = [file for file in home.rglob("*") if file.is_file() and file.name != "day.csv"]
    assert not [file for file in written if b"@example" in file.read_bytes()]
    texts = [str(cell.value) for line in load_workbook(home / "day-to-fix.xlsx").worksheets[0] for cell in line]
    assert not any("@example" in text for text in texts)


def test_a_source_is_new_only_once(home: Path) -> None:
    rows = [{"Title": "A", "Date": "2027-04-13"}]
    take(home, rows, "-y")
    assert "new source" in take(home, rows, "-y", "--source", "forms").err  # it may be a slip
    assert "new source" not in take(home, rows, "-y", "--source", "forms").err
    assert list(load_sources(home / "waves").sources) == ["form", "forms"]
    refused = [{"Title": "", "Date": "2027-04-13"}]
    take(home, refused, "-y", "--source", "another")
    assert "another" not in load_sources(home / "waves").sources  # nothing of it went in


def test_a_mapping_is_remembered_and_comments_of_the_file_stay(home: Path) -> None:
    (home / "waves/actions").mkdir()
    sources = home / "waves/actions/sources.yaml"
    sources.write_text("sources:\n  # our friends\n  form: {name: The form}  # ours\n  other: {language: fr}\n")
    rows = [{"Activity name": "A", "Hosts (all)": "Tunis", "Date": "13/04/2027"}]
    assert taken(home, rows, "--map", "Hosts (all)=organiser")["new"] == 1
    text = sources.read_text()
    assert "# our friends" in text
    assert load_sources(home / "waves").sources["form"] == Source(
        name="The form", columns={"Hosts (all)": "organiser"}, dates="day-month"
    )
    later = [{"Activity name": "B", "Hosts (all)": "Lima", "Date": "03/04/2027"}]
    assert taken(home, later, today=NEXT)["new"] == 1
    assert column(home, "organiser") in (["Tunis", "Lima"], ["Lima", "Tunis"])
    assert "2027-04-03" in column(home, "when")
    assert sources.read_text() == text


def test_the_parts_of_a_date_can_be_mapped_and_are_remembered_too(home: Path) -> None:
    rows = [{"Title": "A", "Opens": "2027-03-14", "Closes": "2027-03-16"}]
    taken(home, rows, "--map", "Opens=when", "--map", "Closes=end")
    assert taken(home, None, today=NEXT)["unchanged"] == 1
    assert column(home, "when") == ["2027-03-14/2027-03-16"]


def test_defaults_of_the_source_fill_what_is_empty_and_leave_what_a_person_has_written(home: Path) -> None:
    (home / "waves/actions").mkdir()
    (home / "waves/actions/sources.yaml").write_text('sources: {form: {defaults: {country: "PE", kind: "event"}}}\n')
    rows = [{"Title": "A", "Place": "Lima", "Date": ""}, {"Title": "B", "Place": "Tunis, Tunisia", "Date": ""}]
    taken(home, rows)
    assert (sorted(column(home, "country")), column(home, "kind")) == (["PE", "TN"], ["event"] * 2)
    register = home / "waves/actions/housing.csv"
    register.write_text(register.read_text().replace(",event,", ",measure,"))
    assert taken(home, None, today=NEXT)["unchanged"] == 2
    (home / "waves/actions/sources.yaml").write_text('sources: {form: {defaults: {when: "2027-03-06"}}}\n')
    assert taken(home, None, today=NEXT)["moved"] == 2
    assert (column(home, "when"), column(home, "kind")) == (["2027-03-06"] * 2, ["measure"] * 2)


def test_one_mapping_is_enough_for_a_sheet_of_one_known_column(home: Path) -> None:
    rows = [{"Programme": "", "Libellé long": "A", "Où": "Lima"}, {"Programme": "", "Libellé long": "B", "Où": "Tunis"}]
    data = taken(home, rows, "--map", "Libellé long=title", "--map", "Programme=expected")
    assert (data["new"], data["refused"]) == (2, 0)


def test_trusted_sources_skip_review(home: Path) -> None:
    taken(home, delivery(3), "--accept")
    assert column(home, "review") == ["accepted"] * 3


def test_likely_twins_of_another_source_are_counted_and_an_answer_is_remembered(home: Path) -> None:
    row = {"Title": "Open day of the town hall", "Organiser": "City of Tunis", "Place": "Tunis, Tunisia"}
    taken(home, [{**row, "Date": "2027-03-14"}])
    data = taken(home, [{**row, "Date": "2027-03-15", "Title": "The Town Hall open day"}], "--source", "partners")
    assert (data["new"], data["twins"]) == (1, 1)
    ids = column(home, "id")
    assert run("actions", "merge", *ids, "--not-same", "-y", "--today", FIRST, cwd=home).code == 0
    again = [{**row, "Date": "2027-03-15", "Title": "The Town Hall open day", "Note": "new"}]
    assert taken(home, again, "--source", "partners")["twins"] == 0


def test_nothing_is_written_without_an_answer_or_with_dry_run(home: Path) -> None:
    before = state(home / "waves")
    assert take(home, delivery(3)).code == 2
    outcome = take(home, [*delivery(3), {"slug": "x"}], "--dry-run")
    assert outcome.code == 1
    assert state(home / "waves") == before
    assert not (home / "day-to-fix.xlsx").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--source", "Our Form"),
        ("--map", "event_purpose"),
        ("--map", "event_purpose=colour"),
        ("--map", "No such column=title"),
        ("--wave", "nowhere"),
        ("--format", "xml"),
    ],
)
def test_what_cannot_be_meant_ends_the_run(home: Path, options: tuple[str, ...]) -> None:
    before = state(home / "waves")
    assert take(home, delivery(3), "-y", *options).code == 2
    assert state(home / "waves") == before


def test_a_plan_with_several_waves_needs_the_wave(home: Path) -> None:
    write_wave(home, other="title: Other\nstatus: announced\n")
    assert take(home, delivery(3), "-y").code == 2
    assert taken(home, delivery(3), "--wave", "housing")["wave"] == "housing"


def test_sources_with_errors_stop_the_import(home: Path) -> None:
    (home / "waves/actions").mkdir()
    (home / "waves/actions/sources.yaml").write_text("sources: {form: {dates: upside-down}}\n")
    assert take(home, delivery(3), "-y").code == 1


def test_an_empty_delivery_marks_nothing_as_missing(home: Path) -> None:
    taken(home, delivery(3))
    before = state(home / "waves")
    assert take(home, as_csv(delivery(1)).splitlines()[0], "-y", today=NEXT).code == 2
    assert state(home / "waves") == before


def test_an_id_of_the_source_is_in_no_output(home: Path) -> None:
    outcome = take(home, [{"ID": "canary-7", "Title": title} for title in ("A", "B", "C")], "-y")
    assert (outcome.code, outcome.out.count("an earlier row of this delivery has the same id")) == (1, 2)
    assert "canary" not in outcome.out + outcome.err


def test_hostile_cells_stay_text(home: Path) -> None:
    texts = [
        "=cmd|'/c calc'!A0",
        "<script>alert(1)</script>",
        "a\x1b[31mb",
        'lone " quote',
        "\u202egnihton",
        "@SUM(A1)",
    ]
    rows = [{"Title": text, "Place": text, "Date": "32 mars" if n % 2 else ""} for n, text in enumerate(texts)]
    outcome = take(home, rows, "-y")
    assert "\x1b" not in outcome.out + outcome.err
    assert "\u202e" not in outcome.out + outcome.err
    assert len(column(home, "title")) == 3
    sheet = load_workbook(home / "day-to-fix.xlsx").worksheets[0]
    assert all(cell.data_type == "s" for line in sheet.iter_rows() for cell in line if cell.value is not None)
    assert taken(home, None, today=NEXT)["unchanged"] == 3


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_summary_comes_first(home: Path, language: str, golden: Golden) -> None:
    rows = delivery(40)
    taken(home, [*rows, {**rows[0], "slug": "x", "event_date": "14 March", "place": "Lima, Perú"}])
    later = [*next_delivery(rows), {**rows[0], "slug": "y", "event_date": "32 March"}]
    later[30]["latitude"] = "east"
    outcome = take(home, later, "--dry-run", today=NEXT, lang=language)
    golden(EXPECTED / f"actions-import.{language}.txt", f"{outcome.out}---\n{outcome.err}")


def test_a_row_that_was_fixed_is_not_missing_when_the_file_comes_again(home: Path) -> None:
    rows = [{"Title": "", "Organiser": "Tunis", "Date": "", "Place": "Tunis"}, {"Title": "A", "Date": "32 March"}]
    taken(home, rows)
    book = load_workbook(home / "day-to-fix.xlsx")
    book.worksheets[0]["A2"], book.worksheets[0]["C3"] = "Visit", "31 March 2027"
    book.save(home / "day-to-fix.xlsx")
    assert taken(home, None, file="day-to-fix.xlsx", today=NEXT)["new"] == 2
    before = state(home / "waves")
    data = taken(home, None, today=NEXT)
    assert (data["refused"], data["missing"]) == (2, 0)
    assert state(home / "waves") == before


@pytest.mark.parametrize(("typed", "name"), [(["1"], "form"), (["!", "Réseau des villes"], "reseau-des-villes")])
def test_a_terminal_asks_who_sends_the_actions(
    home: Path, typed: list[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert taken(home, delivery(1), "--map", "event_purpose=note")["new"] == 1
    monkeypatch.setattr("wavectl.cli.actions.delivery.is_interactive", lambda: True)
    left = iter(typed)
    monkeypatch.setattr("builtins.input", lambda: next(left))
    outcome = run("actions", "import", "day.csv", "-y", "--format", "json", "--today", NEXT, cwd=home)
    assert counts(outcome)["source"] == name


def test_a_script_has_to_say_who_sends_the_actions(home: Path) -> None:
    outcome = run("actions", "import", "day.csv", cwd=home)
    assert (outcome.code, "--source" in outcome.err) == (2, True)


@pytest.fixture
def long_wave(home: Path) -> Path:
    """Write a wave of two calendar years, and a delivery whose dates have no year."""
    wave = home / "waves" / "housing.yaml"
    wave.write_text(wave.read_text().replace("2027-01/2027-12", "2027-01/2028-06"))
    rows = [{"Title": "Fair", "Date": "15 April"}, {"Title": "Walk", "Date": "May or June"}]
    (home / "day.csv").write_bytes(as_csv([*rows, {"Title": "Talk", "Date": "3 May 2028"}]))
    return home


def test_the_year_of_dates_without_one_is_named_once(long_wave: Path) -> None:
    refused = take(long_wave, None, "-y", "--dry-run")
    assert (refused.code, "--year 2027" in refused.err) == (1, True)
    assert "2028" in take(long_wave, None, "--dry-run", "--year", "2028").out
    assert taken(long_wave, None, "--year", "2027")["new"] == 3
    assert sorted(column(long_wave, "when")) == ["2027-04-15", "2028-05-03", "[2027-05..2027-06]"]
    before = state(long_wave / "waves")
    assert taken(long_wave, None, "--year", "2027")["unchanged"] == 3
    assert state(long_wave / "waves") == before
    assert run("actions", "import", "day.csv", "--source", "form", "--year", "27", cwd=long_wave).code == 2


@pytest.mark.parametrize(("typed", "year"), [([""], "2027"), (["27", "next", "2028"], "2028")])
def test_a_terminal_asks_for_the_year(
    long_wave: Path, typed: list[str], year: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_answers(monkeypatch, ["actions.delivery"], *typed)
    assert taken(long_wave, None)["new"] == 3
    assert f"{year}-04-15" in column(long_wave, "when")

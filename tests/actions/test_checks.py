"""What is wrong in registers: rules, places, hints that correct coordinates, and the time it takes."""

import json

import pytest

from support.plans import run
from support.registers import read_actions, register_bytes, write_actions
from wavectl.actions import checks
from wavectl.actions.action import HEADER, PRIVATE_COLUMNS
from wavectl.actions.checks import Known, check_register
from wavectl.actions.register import Row, format_row
from wavectl.diagnostics import MAX_FINDINGS
from wavectl.i18n.names import country_names

SOUND_ROW = {"organiser": "City of Tunis"}
ANYTHING = Known()


def found(tmp_path, *rows, raw=None, known=ANYTHING):
    file = tmp_path / "housing.csv"
    file.write_bytes(register_bytes(*({**SOUND_ROW, **row} for row in rows)) if raw is None else raw)
    return list(check_register(file, "actions/housing.csv", "housing", known))


def rules_found(tmp_path, *rows, **options):
    return [finding.rule for finding in found(tmp_path, *rows, **options)]


@pytest.mark.parametrize(
    ("cells", "rule", "column"),
    [
        ({"country": "Tunisia"}, "unknown-country", "country"),
        ({"country": "tn"}, "unknown-country", "country"),
        ({"moment": "gwangju"}, "unknown-moment", "moment"),
        ({"priority": "sport"}, "unknown-priority", "priority"),
        ({"actor": "nobody"}, "unknown-actor", "actor"),
        ({"when": "3 mai 2017"}, "date-in-words", "when"),
        ({"when": "03/02/2017"}, "date-in-words", "when"),
        ({"when": "2017-13"}, "invalid-date", "when"),
        ({"when": "2017-05-02/2017-05-01"}, "inverted-dates", "when"),
        ({"kind": "party"}, "invalid-value", "kind"),
        ({"review": "oui"}, "invalid-value", "review"),
        ({"online": "yes"}, "invalid-value", "online"),
        ({"url": "example.org"}, "invalid-value", "url"),
        ({"hashtags": "#Ok Make"}, "bad-hashtag", "hashtags"),
        ({"lat": "48,8", "lon": "2"}, "invalid-value", "lat"),
        ({"lat": "91", "lon": "2"}, "invalid-value", "lat"),
        ({"people_high": "many"}, "invalid-value", "people_high"),
        ({"title": ""}, "missing-key", "title"),
        ({"id": ""}, "missing-key", "id"),
        ({"id": "z z"}, "invalid-value", "id"),
        ({"title": "one\ntwo"}, "invalid-value", "title"),
        ({"organiser": ""}, "missing-organiser", "organiser"),
        ({"organiser_type": "person"}, "personal-data", "organiser"),
        ({"note": "call +33 1 23 45 67 89"}, "personal-data", "note"),
        ({"source_id": "ana@ciudad.example"}, "personal-data", "source_id"),
        ({"country": "ana@ciudad.example"}, "personal-data", "country"),
        ({"url": "https://x.example/?to=ana@ciudad.example"}, "personal-data", "url"),
        ({"hashtags": "ana@ciudad.example"}, "personal-data", "hashtags"),
        ({"people_low": "30", "people_high": "20"}, "implausible-figures", "people_low"),
        ({"people": "17.6 million"}, "implausible-figures", "people"),
        ({"people_high": "200000"}, "implausible-figures", "people_high"),
        ({"people": "~50", "people_low": "30"}, "implausible-figures", "people"),
        ({"when": "2017-05-20", "reported": "2017-05-19"}, "result-too-early", "reported"),
        ({"lat": "0", "lon": "0"}, "wrong-coordinates", "lat"),
        ({"lat": "0.0", "lon": "-0.0", "country": "GH"}, "wrong-coordinates", "lat"),
        ({"lat": "5"}, "wrong-coordinates", "lon"),
    ],
)
def test_a_fault_has_its_rule_and_its_cell(tmp_path, cells, rule, column):
    known = Known({"forum": ["Forum"]}, {"learning": ["Learning"]}, {"tunis": ["Tunis"]})
    faults = found(tmp_path, {}, cells, known=known)
    assert [(one.rule, one.path[-1]) for one in faults] == [(rule, column)]
    (fault,) = faults
    if cells.get(column) and "\n" not in cells[column]:
        shown = fault.source_line[fault.span.column - 1 : fault.span.end_column - 1]
        hidden = rule == "personal-data" or column in PRIVATE_COLUMNS
        assert (fault.span.line, shown.strip('"')) == (3, "·" * len(cells[column]) if hidden else cells[column])


def test_the_line_of_a_fault_hides_what_is_private(tmp_path):
    canaries = {column: f"canary {column}" for column in PRIVATE_COLUMNS}
    contact = {"title": "canary@ciudad.example", "organiser": "canary@ciudad.example"}
    person = {"organiser": "canary", "organiser_type": "person", "lat": "0", "lon": "0"}
    for cells in ({"country": "Tunisia"}, {"lat": "91"}, {"note": "canary@ciudad.example"}, contact, person):
        for fault in found(tmp_path, {**canaries, **cells}):
            assert "canary" not in f"{fault.source_line}{fault.message}{fault.hint}"
    (fault,) = found(tmp_path, raw=f"{HEADER}\nx-1,canary\n".encode())
    assert "canary" not in fault.source_line


def test_a_separator_of_lines_in_a_cell_is_no_end_of_line(tmp_path):
    cells = {"title": "one \x0b\x0c\x1c\x85\u2028 two", "outcome": "three\nfour", "review": "oui"}
    fault = found(tmp_path, cells)[-1]
    assert (fault.span.line, fault.path[-1]) == (3, "review")
    assert fault.source_line[fault.span.column - 1 : fault.span.end_column - 1] == "oui"


@pytest.mark.parametrize(
    "cells",
    [
        *[{"when": text} for text in ("unknown", "2017-05", "2017-05/..", "[2017-05-01..2017-05-20]")],
        {"actor": "tunis", "organiser": ""},
        {"organiser": "", "organiser_type": "person"},
        {"people": "TBD"},
        {"people": "70+", "people_low": "70"},
        {"when": "2017-05", "reported": "2017-05-01", "people": "20"},
        {"lat": "-33.9", "lon": "18.4", "country": "ZA"},
        {"lat": "-17.8", "lon": "178.1", "country": "FJ"},
        {"lat": "14.6", "lon": "-61.0", "country": "FR"},  # Martinique
        {"lat": "5", "lon": "5"},
        {"title": "—", "organiser": ""},
        {"title": "=HYPERLINK(1)", "note": "<b>& \u202e"},
    ],
)
def test_a_sound_row_has_no_finding(tmp_path, cells):
    assert rules_found(tmp_path, cells, known=Known(actors={"tunis": []})) == []


@pytest.mark.parametrize(
    ("cells", "lat", "lon"),
    [
        ({"country": "ZA", "lat": "33.9249", "lon": "18.4241"}, "-33.9249", "18.4241"),
        ({"country": "MX", "lat": "19.43", "lon": "99.13"}, "19.43", "-99.13"),
        ({"country": "AR", "lat": "34.6", "lon": "58.4"}, "-34.6", "-58.4"),
        ({"country": "TN", "lat": "10.18", "lon": "36.8"}, "36.8", "10.18"),
        ({"country": "BR", "lat": "46.6", "lon": "23.5"}, "-23.5", "-46.6"),
        ({"country": "FR", "lat": "36.8", "lon": "10.2"}, None, None),
        ({"country": "FR", "lat": "90.0", "lon": "002.0"}, None, None),
    ],
)
def test_a_point_outside_its_country_is_mended_by_a_sign_or_the_other_order(tmp_path, cells, lat, lon):
    (fault,) = found(tmp_path, cells)
    assert fault.rule == "wrong-coordinates"
    assert fault.message.values["country"] == country_names(cells["country"])
    assert (fault.hint.values.get("lat"), fault.hint.values.get("lon")) == (lat, lon)


def test_rows_of_the_wrong_length_and_second_ids_are_found(tmp_path):
    raw = (
        register_bytes(SOUND_ROW, SOUND_ROW)
        + b"form-3,too short\n"
        + format_row(Row.new({"id": "form-1"}).cells).encode()
    )
    faults = found(tmp_path, raw=raw)
    assert [(one.rule, one.span.line) for one in faults] == [
        *(("invalid-value", 4), ("missing-key", 5), ("missing-organiser", 5), ("duplicate-action", 5))
    ]
    assert rules_found(tmp_path, {"also": "form-2"}, {}) == ["duplicate-action"]


def test_rows_in_another_order_are_no_fault(tmp_path):
    lines = register_bytes(SOUND_ROW, SOUND_ROW).splitlines(keepends=True)
    assert rules_found(tmp_path, raw=b"".join([lines[0], lines[2], lines[1]])) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace(",", ";"), ["resaved-register"]),
        (lambda text: "\ufeff" + text.replace("\n", "\r\n"), ["resaved-register"]),
        (lambda text: text.partition("\n")[2], ["missing-header"]),
        (lambda _: "", ["missing-header"]),
        (lambda text: text + 'x,"\n', ["unreadable-file"]),
    ],
)
def test_a_file_that_is_not_as_it_was_written_is_recognised(tmp_path, change, expected):
    raw = change(register_bytes({**SOUND_ROW, "when": "2017-05"}).decode()).encode()
    assert rules_found(tmp_path, raw=raw) == expected


def test_the_place_in_a_file_with_semicolons_is_that_of_the_cell(tmp_path):
    raw = register_bytes({**SOUND_ROW, "title": 'A "b" c', "country": "XX"}).replace(b",", b";")
    fault = found(tmp_path, raw=raw)[1]
    assert fault.source_line[fault.span.column - 1 : fault.span.end_column - 1] == "XX"


def test_what_is_wrong_thousands_of_times_is_counted(tmp_path):
    faults = found(tmp_path, *({"country": f"X{number}"} for number in range(MAX_FINDINGS + 50)))
    assert len(faults) == MAX_FINDINGS
    assert faults[-1].message.values["count"] == 51


def test_equal_cells_are_looked_at_once(tmp_path, monkeypatch):
    seen = []
    parse = checks.parse_cell
    monkeypatch.setattr(checks, "parse_cell", lambda column, text: seen.append((column, text)) or parse(column, text))
    found(tmp_path, *({"country": "TN", "when": "2017-05", "kind": "event"} for _ in range(500)))
    assert sorted(one for one in seen if one[0] != "id") == [("country", "TN"), ("kind", "event"), ("when", "2017-05")]


# -- validate


def validate(folder, *arguments):
    outcome = run("validate", "--format", "json", "--today", "2017-06-01", *arguments, cwd=folder.parent)
    report = json.loads(outcome.out)
    return outcome.code, [(one["rule"], one["file"], one["line"]) for one in report["diagnostics"]], report["summary"]


def test_validate_reports_registers_and_sources_with_their_places(tmp_path):
    folder = write_actions(tmp_path, {}, {**SOUND_ROW, "moment": "forun"})
    (folder / "actions/sources.yaml").write_text("sources:\n  form: {dates: dmy}\n")
    (folder / "actions/water.csv").write_bytes(register_bytes())
    (folder / "actions/notes.txt").write_text("not a register")
    (folder / "actions/notes.csv").write_text("town,people\nLima,3\n")
    code, faults, summary = validate(folder)
    assert code == 1
    assert faults == [
        ("missing-organiser", "waves/actions/housing.csv", 2),
        ("unknown-moment", "waves/actions/housing.csv", 3),
        ("missing-header", "waves/actions/notes.csv", 1),
        ("invalid-value", "waves/actions/sources.yaml", 2),
        ("unknown-wave", "waves/actions/water.csv", 1),
    ]
    assert (summary["errors"], summary["warnings"]) == (3, 2)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("housing",), ["missing-organiser", "unknown-country"]),
        (("waves/actions/housing.csv",), ["missing-organiser", "unknown-country"]),
        (("waves/housing.yaml",), ["missing-organiser", "unknown-country"]),
        (("programme",), []),
        (("--select", "unknown-country"), ["unknown-country"]),
        (("--ignore", "unknown-country"), ["missing-organiser"]),
    ],
)
def test_what_is_asked_for_is_checked(tmp_path, arguments, expected):
    folder = write_actions(tmp_path, {"country": "XX"})
    assert sorted(rule for rule, _, _ in validate(folder, *arguments)[1]) == expected


def test_a_warning_about_an_action_can_be_waived(tmp_path):
    folder = write_actions(tmp_path, {}, {})
    wave = folder / "housing.yaml"
    wave.write_text(wave.read_text() + "waive: {missing-organiser form-1: A person asked for it}\n")
    code, faults, summary = validate(folder)
    assert (code, [line for _, _, line in faults], summary["waived"]) == (0, [3], 1)


@pytest.mark.parametrize("form", ["text", "concise", "github", "sarif"])
def test_every_report_shows_where_the_cell_is(tmp_path, form):
    folder = write_actions(tmp_path, {**SOUND_ROW, "country": "XX"})
    outcome = run("validate", "--format", form, cwd=folder.parent)
    assert outcome.code == 1
    assert "waves/actions/housing.csv" in outcome.out
    assert "unknown-country" in outcome.out


def test_a_link_out_of_the_plan_is_not_followed(tmp_path):
    folder = write_actions(tmp_path, SOUND_ROW)
    (folder / "actions").rename(tmp_path / "elsewhere")
    (folder / "actions").symlink_to(tmp_path / "elsewhere")
    assert [rule for rule, _, _ in validate(folder)[1]] == ["unreadable-file"]
    (folder / "actions").unlink()
    assert not read_actions(folder).rows

"""The findings as SARIF: held against the schema of the standard, and read back as a consumer would.

``sarif/schema.json`` is that of SARIF 2.1.0; ``sarif/README.md`` tells where it is from.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator

from support.golden import Golden
from support.plans import ANNOUNCED, REAL, ROOT, checked, process, read_plan, run, write_plan
from support.sample_findings import ERROR, INFO, WARNING, diagnostic
from wavectl.diagnostics import FILE_START, Diagnostic, Summary, msg
from wavectl.i18n import translator
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics.sarif import render
from wavectl.rules.rule import rule_pages

EN = RenderContext(("en",))

HERE = Path(__file__).parent
SCHEMA = Draft4Validator(json.loads((HERE / "sarif" / "schema.json").read_text(encoding="utf-8")))
NOTHING = Summary(0, 0, 0, 0, 0)
PLAIN = EN
FAULTY = (
    'titel: "Été 한국"\nstatus: announced\nhashtags: [MakeTheShift, "#Housing"]\n'
    'moments:\n  - {id: a, title: "한국 A", when: "2-3 novembre 2017"}\n  - {id: b, title: B, when: soon}\n'
)
"""Two findings with a fix, one of them after wide characters, and one without a fix."""


def read(text: str) -> dict[str, Any]:
    """Return the run of a log that is as the schema says."""
    log = json.loads(text)
    assert [f"{list(error.path)}: {error.message}" for error in SCHEMA.iter_errors(log)] == []
    (only,) = log["runs"]
    return only  # type: ignore[no-any-return]


def results(*found: Diagnostic, style: RenderContext = PLAIN) -> list[dict[str, Any]]:
    return read(render(found, NOTHING, style))["results"]  # type: ignore[no-any-return]


def place(result: dict[str, Any]) -> dict[str, Any]:
    (location,) = result["locations"]
    return location["physicalLocation"]  # type: ignore[no-any-return]


# -- the schema


def test_the_validator_finds_what_the_schema_does_not_allow() -> None:
    log = json.loads(render([diagnostic("a: soon", "soon")], NOTHING, EN))
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    region["startLine"] = 0
    log["runs"][0]["results"][0]["lvel"] = "error"
    assert len(list(SCHEMA.iter_errors(log))) == 2


def test_every_report_of_a_broken_plan_is_as_the_schema_says(tmp_path: Path) -> None:
    cases = sorted((ROOT / "tests" / "cases" / "bad").iterdir())
    plans = [{case.name: case.read_bytes()} for case in cases if case.suffix == ".yaml"]
    plans += [{file.name: file.read_bytes() for file in case.iterdir()} for case in cases if case.is_dir()]
    assert len(plans) > 30
    fixed = 0
    for number, files in enumerate(plans):
        found = checked(read_plan(tmp_path / str(number), files))
        reported = results(*found)
        assert [one["ruleId"] for one in reported] == [one.rule for one in found]
        assert len({one["partialFingerprints"]["wavectl/v1"] for one in reported}) == len(reported)
        fixed += sum("fixes" in one for one in reported)
    assert fixed > 10


def test_the_report_of_a_plan(tmp_path: Path, golden: Golden) -> None:
    files = {"Housing wave #1 100%é": FAULTY, "migration": ANNOUNCED.replace("status: announced", "period: 2017")}
    write_plan(tmp_path, {f"{name}.yaml": text for name, text in files.items()})
    outcome = run("validate", "--format", "sarif", cwd=tmp_path)
    assert outcome.code == 1
    golden(HERE / "expected" / "report.sarif", outcome.raw.decode())
    read(outcome.out)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_rule_is_described_in_every_language(language: str) -> None:
    translate = translator(language)
    pages = rule_pages()
    found = [diagnostic("a: soon", "soon", rule=page.name, severity=page.severity) for page in pages]
    only = read(render(found, NOTHING, RenderContext((language, "en"), 80, True)))
    described = only["tool"]["driver"]["rules"]
    assert only["language"] == language
    assert [one["id"] for one in described] == sorted(page.name for page in pages)
    for result, page in zip(only["results"], pages, strict=True):
        rule = described[result["ruleIndex"]]
        translated = page.translated(translate)
        assert rule["id"] == result["ruleId"] == page.name
        assert rule["shortDescription"]["text"] == translated.title
        assert rule["fullDescription"]["text"] == translated.what
        assert rule["defaultConfiguration"]["level"] == result["level"]
        assert translated.why in rule["help"]["markdown"]
        assert translated.why.replace("`", '"') in rule["help"]["text"]  # on one line, whatever the screen
        assert "\x1b" not in rule["help"]["text"]


def test_only_rules_that_are_broken_are_described() -> None:
    found = [diagnostic("a: soon", "soon", rule=rule) for rule in ("unknown-key", "bad-hashtag", "unknown-key")]
    only = read(render(found, NOTHING, EN))
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == ["bad-hashtag", "unknown-key"]
    assert [result["ruleIndex"] for result in only["results"]] == [1, 0, 1]
    assert read(render([], NOTHING, EN))["results"] == []


# -- results


@pytest.mark.parametrize(("severity", "level"), [(ERROR, "error"), (WARNING, "warning"), (INFO, "note")])
def test_the_level_is_that_of_the_finding(severity: Any, level: str) -> None:
    (result,) = results(diagnostic("a: soon", "soon", severity=severity))
    assert result["level"] == level


def test_the_message_and_the_hint_are_in_the_reader_s_language() -> None:
    message = msg("the wave has no slogan")
    found = diagnostic("a: soon", "soon", message=message, hint=msg("write {date}", date="2017-09"))
    (result,) = results(found, style=RenderContext(("fr-CA", "fr")))
    assert result["message"]["text"] == "la vague n'a pas de slogan\nconseil : écrire 2017-09"
    (bare,) = results(found._replace(hint=None))
    assert bare["message"]["text"] == "the wave has no slogan"


@pytest.mark.parametrize(
    ("languages", "expected"), [(("fr-CA", "fr"), "fr"), (("de",), "en"), (("zh-Hant",), "en"), (("en",), "en")]
)
def test_the_language_of_the_run_is_one_of_the_catalogues(languages: tuple[str, ...], expected: str) -> None:
    assert read(render([], NOTHING, RenderContext(languages)))["language"] == expected


def test_positions_count_characters_from_one_and_end_after_the_value(tmp_path: Path) -> None:
    found = checked(read_plan(tmp_path, {"wave": FAULTY}))
    lines = FAULTY.splitlines()
    marked = []
    for result in results(*found):
        region = place(result)["region"]
        assert region["startLine"] == region["endLine"]
        marked.append(lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1])
    assert marked == ["titel", "MakeTheShift", '"2-3 novembre 2017"', "soon"]
    (whole,) = results(diagnostic("", "")._replace(span=FILE_START))
    assert place(whole)["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    assert read(render(found, NOTHING, EN))["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("waves/housing.yaml", "waves/housing.yaml"),
        ("waves/Housing Wave.yaml", "waves/Housing%20Wave.yaml"),
        ("waves/été.yaml", "waves/%C3%A9t%C3%A9.yaml"),
        ("waves/100%.yaml", "waves/100%25.yaml"),
        ("waves/100%25.yaml", "waves/100%2525.yaml"),
        ("waves/#1?.yaml", "waves/%231%3F.yaml"),
        ("c:a.yaml", "c%3Aa.yaml"),
        ("waves/a\\b.yaml", "waves/a%5Cb.yaml"),
        ("waves/\udcff.yaml", "waves/%FF.yaml"),
        ("waves/\x1b\n.yaml", "waves/%1B%0A.yaml"),
    ],
)
def test_a_file_below_the_root_is_named_from_it(file: str, uri: str) -> None:
    (result,) = results(diagnostic("a: soon", "soon", file=file))
    assert place(result)["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert unquote_to_bytes(uri).decode("utf-8", "surrogateescape") == file


def test_a_file_elsewhere_is_named_whole() -> None:
    (result,) = results(diagnostic("a: soon", "soon", file="/srv/mes vagues/été.yaml"))
    assert place(result)["artifactLocation"] == {"uri": "file://" + "/srv/mes%20vagues/%C3%A9t%C3%A9.yaml"}


def test_what_could_steer_a_terminal_is_escaped_and_not_lost() -> None:
    odd = "\x1b[31m \x9b31m \u202e \u2028 \x7f \udcff"
    text = render([diagnostic("a: b", "b", message=msg("{value}", value=odd))], NOTHING, EN)
    assert not set(text) & set("\x1b\x9b\u202e\u2028\x7f\udcff")
    (result,) = read(text)["results"]
    assert result["message"]["text"] == odd


# -- cures


def fixed_text(text: str, fix: dict[str, Any]) -> str:
    """Return a text in which the replacements of a fix are made."""
    lines = text.splitlines(keepends=True)
    (change,) = fix["artifactChanges"]
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        before = "".join(lines[: region["startLine"] - 1]) + lines[region["startLine"] - 1][: region["startColumn"] - 1]
        after = lines[region["endLine"] - 1][region["endColumn"] - 1 :] + "".join(lines[region["endLine"] :])
        text = before + replacement["insertedContent"]["text"] + after
    return text


def test_a_fix_removes_its_finding(tmp_path: Path) -> None:
    found = checked(read_plan(tmp_path / "before", {"wave": FAULTY}))
    fixes = [fix for result in results(*found) for fix in result.get("fixes", ())]
    assert len(fixes) == 2
    for number, fix in enumerate(fixes):
        text = fixed_text(FAULTY, fix)
        left = checked(read_plan(tmp_path / str(number), {"wave": text}))
        assert len(left) == len(found) - 1, text
    assert [fix["description"]["text"] for fix in fixes] == [
        'write it like this: "#MakeTheShift"',
        "write 2017-11-02/2017-11-03",
    ]


def test_an_error_without_a_single_correction_has_no_fix() -> None:
    (without,) = results(diagnostic("a: soon", "soon", hint=msg("write a date")))
    assert "fixes" not in without
    (cured,) = results(diagnostic("a: soon", "soon")._replace(fix="2017-09"))
    (fix,) = cured["fixes"]
    assert "description" not in fix
    assert fix["artifactChanges"][0]["artifactLocation"] == place(cured)["artifactLocation"]


# -- fingerprints


def fingerprints(home: Path, text: str) -> dict[str, str]:
    """Return what each finding is known by, by its message."""
    found = results(*checked(read_plan(home, {"wave": text})))
    return {result["message"]["text"]: result["partialFingerprints"]["wavectl/v1"] for result in found}


def test_a_finding_is_known_again_when_lines_move(tmp_path: Path) -> None:
    first = fingerprints(tmp_path / "first", FAULTY)
    moved = FAULTY.replace("moments:\n", "# a remark\nmoments:\n  - {id: new, title: N, when: 2017}\n")
    assert fingerprints(tmp_path / "moved", moved) == first
    indented = FAULTY.replace("  - {", "    - {")
    assert fingerprints(tmp_path / "indented", indented) == first
    changed = fingerprints(tmp_path / "changed", FAULTY.replace("id: b", "id: c"))
    assert {text for text in first if first[text] != changed[text]} == {text for text in first if "soon" in text}


def test_a_finding_is_known_by_its_rule_file_keys_and_line_and_not_by_its_words() -> None:
    one = diagnostic("a: soon", "soon")

    def known(found: Diagnostic) -> str:
        return results(found)[0]["partialFingerprints"]["wavectl/v1"]  # type: ignore[no-any-return]

    for same in (
        one._replace(message=msg("other")),
        one._replace(span=FILE_START),
        one._replace(path=("moments", 9, "when")),
    ):
        assert known(same) == known(one)
    for other in (
        one._replace(rule="invalid-value"),
        one._replace(file="waves/other.yaml"),
        one._replace(path=("moments", 3, "title")),
        one._replace(source_line="b: soon"),
    ):
        assert known(other) != known(one)


def test_equal_findings_are_counted() -> None:
    marks = [result["partialFingerprints"]["wavectl/v1"] for result in results(*[diagnostic("a: soon", "soon")] * 3)]
    assert [mark.partition(":")[2] for mark in marks] == ["1", "2", "3"]
    assert len({mark.partition(":")[0] for mark in marks}) == 1


# -- the same bytes


def test_the_encoding_of_the_console_does_not_matter(tmp_path: Path) -> None:
    write_plan(tmp_path, {"wave": FAULTY, "programme": "languages: [fr]\n"})
    options = ("validate", "--format", "sarif", "--lang", "fr")
    narrow = process(*options, cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert narrow.raw == run(*options, cwd=tmp_path).raw
    assert not narrow.raw.isascii()


def test_the_real_waves_give_the_same_bytes_in_every_release() -> None:
    outcome = run("--waves", str(REAL), "validate", "--format", "sarif", "--select", "unconfirmed-actor")
    driver = read(outcome.out)["tool"]["driver"]
    assert outcome.code == 0
    assert driver.keys() == {"name", "rules"}  # no version: a release that finds the same writes the same
    assert [result["ruleId"] for result in read(outcome.out)["results"]] == ["unconfirmed-actor"]

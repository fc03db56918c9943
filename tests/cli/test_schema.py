"""``wavectl schema``: what it prints and writes, in which language, with and without a plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.plans import REAL, run, write_plan
from wavectl.plan.loader import load

SPANISH = 'languages: [es, fr]\npriorities: {paz: "Paz"}\nregions: {norte: "Norte"}\nactors: {}\n'
WAVE = 'title: "Vivienda"\nstatus: announced\n'


def test_the_schema_of_a_wave_is_printed_and_that_of_the_programme() -> None:
    wave, same, programme = (json.loads(run("schema", *names).out) for names in ((), ("wave",), ("programme",)))
    assert wave == same
    assert "moments" in wave["properties"]
    assert "uid_domain" in programme["properties"]
    assert wave["$schema"] == programme["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_output_is_in_the_first_language_of_the_programme_or_the_requested_one(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": SPANISH, "vivienda": WAVE})
    titles = [json.loads(run(*words, cwd=tmp_path).out)["title"] for words in (["schema"], ["--lang", "fr", "schema"])]
    assert titles == ["Una ola de acción", "Une vague d'action"]


def test_without_a_plan_it_is_in_english(tmp_path: Path) -> None:
    outcome = run("schema", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["title"] == "A wave of action"
    assert json.loads(run("schema", "--lang", "es", cwd=tmp_path).out)["title"] == "Una ola de acción"
    (tmp_path / "waves").mkdir()  # no wave in it yet
    assert run("schema", cwd=tmp_path).out == outcome.out


def test_the_names_of_the_programme_are_offered(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": SPANISH, "vivienda": WAVE})
    made = json.loads(run("schema", cwd=tmp_path).out)
    assert list(made["properties"]["content"]["oneOf"][0]["properties"]) == ["paz"]
    assert made["$defs"]["Moment"]["properties"]["regions"]["items"]["examples"] == ["norte"]
    assert list(made["$defs"]["Text"]["oneOf"][0]["properties"]) == ["es", "fr"]


def test_a_plan_with_errors_has_a_schema_too(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "languages: [fr]\nnmae: a\n", "vivienda": "titel: A\n"})
    assert json.loads(run("schema", cwd=tmp_path).out)["title"] == "Une vague d'action"


def test_it_is_written_to_a_file_that_the_plan_passes_over(tmp_path: Path) -> None:
    write_plan(tmp_path, {"vivienda": WAVE})
    outcome = run("schema", "wave", "-o", "waves/.wave.schema.json", cwd=tmp_path)
    assert (outcome.out, outcome.err, outcome.code) == ("waves/.wave.schema.json\n", "", 0)
    assert (tmp_path / "waves/.wave.schema.json").read_bytes() == run("schema", "-o", "-", cwd=tmp_path).raw
    assert list(load(tmp_path / "waves").documents) == ["vivienda.yaml"]
    assert run("validate", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["waves"], '"waves" is not a valid value for schema'),
        (["-o", "file/below"], "file/below cannot be written"),
        (["--waves", "nowhere"], "nowhere"),
        (["--lang", "klingonese"], "not a known language"),
    ],
)
def test_what_cannot_be_done_is_refused(words: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = run("schema", *words, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.startswith("error: ")


def test_the_real_waves_give_the_same_bytes_from_anywhere(tmp_path: Path) -> None:
    there = run("--waves", str(REAL), "schema", cwd=tmp_path)
    assert there.raw == run("schema").raw
    assert there.raw.endswith(b"}\n")

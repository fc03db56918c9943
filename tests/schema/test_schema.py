"""The schemas take what wavectl takes, refuse what it refuses where a schema can tell, and explain every key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

import wavectl
from support.cases import cases
from support.model_keys import KEYS
from support.plans import REAL
from support.yaml12 import core
from wavectl import rules
from wavectl.actions.action import COLUMNS
from wavectl.actions.register import Row
from wavectl.diagnostics import Finding
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.model import Moment, Programme, Wave, WaveActor
from wavectl.model.types import ModelBase
from wavectl.plan.loader import load
from wavectl.schema import FILES, SuggestedIds, build_action_schema, build_schema
from wavectl.yamlfile.reader import parse_document

SAMPLE = Path(__file__).parents[1] / "cases" / "good" / "every-key"


@cache
def validator(file: str = "wave") -> Draft202012Validator:
    return Draft202012Validator(build_schema(file, SuggestedIds(), "en"))


@cache
def part_validator(part: type[ModelBase]) -> Draft202012Validator:
    """Return what checks one block of keys; the schemas of whole files hold those of the others."""
    for file, (top, *_) in FILES.items():
        whole: dict[str, Any] = dict(validator(file).schema)
        if top is part:
            return validator(file)
        if part.__name__ in whole["$defs"]:
            return Draft202012Validator({"$ref": f"#/$defs/{part.__name__}", "$defs": whole["$defs"]})
    raise AssertionError(part)


def of_file(name: str) -> Draft202012Validator:
    return validator("programme" if name.startswith("programme.") else "wave")


def takes(text: str, file: str = "wave") -> bool:
    return bool(validator(file).is_valid(core(text)))


# -- plans


@pytest.mark.parametrize("language", [*UI_LANGUAGES, "de"])
@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_one_and_comes_out_the_same(file: str, language: str) -> None:
    made = build_schema(file, SuggestedIds(), language)
    Draft202012Validator.check_schema(made)
    assert json.dumps(made) == json.dumps(build_schema(file, SuggestedIds(), language))


GOOD = [
    *sorted(REAL.glob("*.yaml")),
    *(case for case in cases("good") if case.is_file()),
    *sorted(file for file in SAMPLE.iterdir() if file.suffix in (".yaml", ".yml") and file.name[0] != "."),
]


@pytest.mark.parametrize("file", GOOD, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_good_file_passes(file: Path) -> None:
    assert [error.message for error in of_file(file.name).iter_errors(core(file.read_text(encoding="utf-8")))] == []


UNTOLD = {
    "yaml-syntax": "is for the reader of YAML",
    "unreadable-file": "is for the reader of YAML",
    "duplicate-key": "is for the reader of YAML",
    "invalid-wave-id": "is about the name of the file",
    "inverted-dates": "compares two values",
    "moment-outside-period": "compares two values",
    "unknown-occurrence": "compares two values",
    "duplicate-actor": "compares two values",
    "duplicate-moment": "compares two values",
    "unknown-actor": "asks another file",
    "unknown-moment": "asks another file",
    "unknown-priority": "asks another file",
    "unknown-region": "asks another file",
    "unknown-wave": "asks another file",
    "same-as-cycle": "asks another file",
}
"""The errors that a schema cannot tell, and why."""
UNTOLD_HERE = {
    ("hour-that-the-clocks-skip.yaml", ("moments", 0, "when")): "asks the clocks",
    ("repeat-that-does-not-fit.yaml", ("moments", 0, "repeat")): "compares two values",
    ("repeat-that-does-not-fit.yaml", ("moments", 1, "repeat")): "compares two values",
    ("repeat-that-does-not-fit.yaml", ("moments", 2, "repeat")): "counts occurrences",
    ("months-the-wrong-way-round", ("design", "months")): "compares two values",
}
"""Single findings of other rules that a schema cannot tell either."""


def places(errors: Iterable[Any]) -> Iterator[tuple[str | int, ...]]:
    """Return the places of errors, those inside alternatives too."""
    for error in errors:
        yield tuple(error.absolute_path)
        yield from places(error.context)


@cache
def found(case: Path, home: Path) -> list[tuple[Finding, bool]]:
    """Return the errors in a case, each with whether its schema finds one there too."""
    waves = home / "waves"
    if case.is_dir():
        copytree(case, waves)
    else:
        waves.mkdir()
        copy(case, waves)
    reported = []
    for finding in rules.check(load(waves)).findings:
        if finding.severity != "error":
            continue
        there: set[tuple[str | int, ...]] = set()
        if finding.rule not in ("yaml-syntax", "unreadable-file"):
            data = core((waves / finding.file).read_text(encoding="utf-8"))
            there = set(places(of_file(finding.file).iter_errors(data)))
        # a key that is unknown or missing is reported for its block
        reported.append((finding, finding.path in there or finding.path[:-1] in there))
    return reported


@pytest.mark.parametrize("case", [*cases("bad"), *cases("several")], ids=lambda path: path.name)
def test_errors_of_a_bad_plan_have_their_positions(case: Path, tmp_path: Path) -> None:
    for finding, reported in found(case, tmp_path):
        unreported = finding.rule in UNTOLD or (case.name, finding.path) in UNTOLD_HERE
        assert reported is not unreported, (finding.rule, finding.path, str(finding.message))


def test_the_bad_plans_contain_every_error_that_a_schema_can_find(tmp_path: Path) -> None:
    seen, here = set(), set()
    for number, case in enumerate([*cases("bad"), *cases("several")]):
        home = tmp_path / str(number)
        home.mkdir()
        seen |= {finding.rule for finding, _ in found(case, home)}
        here |= {(case.name, finding.path) for finding, _ in found(case, home)}
    reported = {
        "unknown-key",
        "missing-key",
        "invalid-value",
        "bad-hashtag",
        "invalid-date",
        "date-in-words",
        "unknown-rule",
    }
    assert reported <= seen
    assert set(UNTOLD) <= seen
    assert set(UNTOLD_HERE) <= here


# -- single values, held against the model

NEEDED: dict[str, dict[str, str]] = {
    "Wave": {"title": "T", "status": "announced"},
    "Moment": {"id": "m", "title": "T", "when": "2017-12-10"},
    "WaveActor": {"id": "a"},
    "Campaign": {"name": "C"},
    "Actor": {"name": "A", "kind": "member"},
    "Organiser": {"name": "O"},
    "Region": {"name": "R"},
}
VALUES = (Path(__file__).parent / "values.txt").read_text(encoding="utf-8").splitlines()
"""What people may write after a key, sensible or not, a line each."""


def narrower(part: type[ModelBase], key: str, text: str) -> bool:
    """Tell whether the schema is stricter about a value than the model: rules do, or no plan has such a value."""
    if (part, key) == (Wave, "waive"):
        return True  # which rules there are
    if (part, key) == (Moment, "except"):
        return text in ("{africa: {}}", "{firm: {}}")  # which dates there are
    return (part, key, text) == (Wave, "content", "{un droit: ~}")


def wider(part: type[ModelBase], key: str, text: str) -> bool:
    """Tell whether the schema lets pass what the model refuses: it sees values, not how they are written."""
    if any(number in text for number in ("1.0", "6.0", "1e3")):
        return True  # whole numbers, to a schema
    if (key, text) in (("repeat", "FREQ=YEARLY;BYDAY=+1SU"), ("months", "[18, 6]")):
        return True  # compares two values
    return key == "place" and text in ("{x-a: 1}", "{x-a: b}")


@pytest.mark.parametrize("part", KEYS, ids=lambda part: part.__name__)
def test_a_schema_and_the_model_are_of_one_mind(part: type[ModelBase]) -> None:
    assert len(VALUES) > 200
    check = part_validator(part)
    differ = []
    for key in KEYS[part]:
        besides = "".join(f"{k}: {v}\n" for k, v in NEEDED.get(part.__name__, {}).items() if k != key)
        for text in VALUES:
            block = f"{besides}{key}: {text}\n"
            taken, passes = accepted(part, block), check.is_valid(core(block))
            if taken and not passes and not narrower(part, key, text):
                differ.append(f"refuses {key}: {text}")
            if passes and not taken and not wider(part, key, text):
                differ.append(f"takes {key}: {text}")
    assert differ == []


def accepted(part: type[ModelBase], block: str) -> bool:
    read = parse_document(block.encode(), "a.yaml")
    assert read.findings == [], block
    try:
        part.model_validate(read.data)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("part", "block"),
    [
        (Wave, "title: T\n"),
        (Wave, "title: T\nstatus: closed\nperiod:\n"),
        (Wave, "title: T\nstatus:\nperiod: 2017\n"),
        (Wave, "title: T\nstatus:\n"),
        (Wave, "title: T\nstatus: announced\nperiod:\n"),
        (Moment, "id: m\ntitle: T\n"),
        (Moment, "id: m\ntitle: T\nwhen:\nsame_as:\n"),
        (Moment, "id: m\ntitle: T\nwhen:\nsame_as: a/b\n"),
        (Moment, "id: m\ntitle: T\nsame_as: a/b\n"),
        (WaveActor, "role: T\n"),
        (WaveActor, "id:\nname:\n"),
        (WaveActor, "name: N\n"),
        (WaveActor, "id: a\nname: N\n"),
        (WaveActor, "id: a\nname: N\nkind:\n"),
        (WaveActor, "name: N\nkind: member\n"),
        (WaveActor, "id: a\nname:\n"),
        (Programme, "x-a: 1\n"),
    ],
)
def test_what_one_key_asks_of_another(part: type[ModelBase], block: str) -> None:
    assert part_validator(part).is_valid(core(block)) == accepted(part, block)


# -- every key


def maps(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the paths of all keys."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, below in items:
        if isinstance(data, dict):
            yield (*path, key)
        yield from maps(below, (*path, key))


def misspelt(data: Any, path: tuple[str | int, ...], slip: str) -> Any:
    """Return data in which one key is written otherwise."""
    first, *rest = path
    if isinstance(data, list):
        return [misspelt(below, tuple(rest), slip) if at == first else below for at, below in enumerate(data)]
    if not rest:
        return {slip if key == first else key: below for key, below in data.items()}
    return {key: misspelt(below, tuple(rest), slip) if key == first else below for key, below in data.items()}


FREE = {"actors", "regions", "priorities", "feeds", "content"}
"""The keys below which a plan has names of its own."""
ALL_KEYS = [
    (name, path)
    for name in ("housing.yaml", "programme.yaml")
    for path in maps(core((SAMPLE / name).read_text(encoding="utf-8")))
    if path[-2:-1] != ("source",) and not (len(path) == 2 and path[0] in FREE)
]


@settings(deadline=None)
@given(st.sampled_from(ALL_KEYS), st.integers(0, 9), st.sampled_from("Z_7é"))
def test_a_misspelt_key_is_found(where: tuple[str, tuple[str | int, ...]], at: int, letter: str) -> None:
    name, path = where
    key = str(path[-1])
    data = core((SAMPLE / name).read_text(encoding="utf-8"))
    assert of_file(name).is_valid(data)
    assert not of_file(name).is_valid(misspelt(data, path, f"{key[: at % len(key)]}{letter}{key[at % len(key) :]}"))


def walk(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Return all blocks of a schema."""
    if isinstance(node, dict):
        yield path, node
        for key, below in node.items():
            if key not in ("examples", "enum", "defaultSnippets"):
                yield from walk(below, (*path, key))
    elif isinstance(node, list):
        for at, below in enumerate(node):
            yield from walk(below, (*path, str(at)))


@pytest.mark.parametrize("file", FILES)
def test_every_key_has_a_description_and_a_valid_example(file: str) -> None:
    whole = dict(validator(file).schema)
    seen = 0
    for path, node in walk(whole):
        if len(path) < 2 or path[-2] != "properties" or "if" in path:
            continue
        seen += 1
        assert node.get("title"), path
        assert node.get("description", "").endswith("."), path
        assert "`" not in node["description"], path
        check = Draft202012Validator({**node, "$defs": whole["$defs"]})
        for example in node.get("examples", []):
            assert check.is_valid(example), (path, example)
    assert seen > 40


def test_every_field_of_the_models_has_a_title_a_description_and_examples() -> None:
    assert {Wave, Programme, Moment, WaveActor} < set(KEYS)
    for part, keys in KEYS.items():
        assert set(keys) == part.yaml_keys, part
        assert all(key.title and key.description and key.examples for key in keys.values()), part


@pytest.mark.parametrize("part", KEYS, ids=lambda part: part.__name__)
def test_the_examples_are_what_the_model_takes(part: type[ModelBase]) -> None:
    for key, about in KEYS[part].items():
        for example in about.examples or ():
            besides = {k: v for k, v in NEEDED.get(part.__name__, {}).items() if k != key}
            if (part, key) == (Wave, "status"):
                besides["period"] = "2017"
            if (part, key) == (WaveActor, "name"):
                besides["kind"] = "research"
            if (part, key) == (Moment, "repeat") and example.startswith("FREQ"):
                besides["when"] = "2018-10-01" if "MO" in example.partition("BYDAY")[2] else "2018-10-31"
            part.model_validate({**besides, key: example})


@pytest.mark.parametrize("file", FILES)
def test_every_word_of_a_choice_is_explained_and_taken(file: str) -> None:
    whole = dict(validator(file).schema)
    choices = [node for path, node in walk(whole) if "enum" in node]
    assert len(choices) >= 5
    for node in choices:
        check = Draft202012Validator(node)
        assert all(check.is_valid(word) for word in node["enum"])
        assert not check.is_valid("nonsense")
        if "errorMessage" not in node:  # long lists of names speak for themselves
            assert len(node["enumDescriptions"]) == len(node["enum"]) > 0


SPOKEN = ("title", "description", "markdownDescription", "errorMessage", "patternErrorMessage")


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_all_in_one_language(file: str, language: str) -> None:
    with (Path(wavectl.__file__).parent / "i18n" / "locale" / f"{language}.po").open("rb") as catalogue:
        known = {message.id for message in read_po(catalogue)}
    translate = translator(language)
    other = dict(walk(build_schema(file, SuggestedIds(), language)))
    count = 0
    for path, node in walk(dict(validator(file).schema)):
        words = [node[key] for key in SPOKEN if isinstance(node.get(key), str)]
        expected = [other[path][key] for key in SPOKEN if isinstance(node.get(key), str)]
        if "errorMessage" not in node:  # the names of countries are Babel's
            words += node.get("enumDescriptions", [])
            expected += other[path].get("enumDescriptions", [])
        for text, there in zip(words, expected, strict=True):
            if text == node.get("description") and "markdownDescription" in node:
                continue  # the same without its marks
            count += 1
            assert text in {*known, "français", "English", "español"}, path
            assert there == translate(text), path
    assert count > 100


def test_the_names_of_a_plan_are_offered() -> None:
    offers = SuggestedIds(["ca", "en-GB"], ["peace"], ["north"], ["lyon"], ["housing"])
    made = build_schema("wave", offers, "en")
    text = made["$defs"]["Text"]["oneOf"][0]
    assert list(text["properties"]) == ["ca", "en-GB"]
    assert text["properties"]["ca"]["title"] == "català"
    assert list(made["properties"]["content"]["oneOf"][0]["properties"]) == ["peace"]
    moment = made["$defs"]["Moment"]["properties"]
    assert moment["actors"]["items"]["examples"] == ["lyon"]
    assert moment["regions"]["items"]["examples"] == ["north"]
    assert moment["owner"]["examples"] == ["lyon"]
    assert made["$defs"]["WaveActor"]["properties"]["part_of"]["examples"] == ["lyon"]
    feed = build_schema("programme", offers, "en")["$defs"]["Feed"]["properties"]
    assert feed["waves"]["items"]["examples"] == ["housing"]
    assert Draft202012Validator(made).is_valid(core("title: {fr: T}\nstatus: announced\ncontent: {war: T}\n"))


def test_what_is_written_as_a_number_or_a_truth_value_is_a_text() -> None:
    assert takes("title: 2018\nstatus: announced\nslogan: true\nmoments: [{id: 1, title: 1.10, when: 2018}]\n")
    assert not takes("title: ''\nstatus: announced\n")
    assert not takes("title: T\nstatus: announced\nslogan: [a]\n")


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_the_schema_of_an_action_takes_what_list_prints(language: str) -> None:
    schema = build_action_schema(language)
    check = Draft202012Validator(schema)
    check.check_schema(schema)
    row = Row.new(
        {"id": "form-1", "title": "Open day", "when": "2027-03", "also": "a b", "lat": "-3.5", "country": "TN"}
    )
    data = json.loads(json.dumps(row.action().as_data(private=True)))
    assert check.is_valid(data)
    assert list(schema["properties"]) == list(COLUMNS)
    for column, wrong in (("country", "Tunisia"), ("when", "May"), ("review", "yes"), ("id", None), ("colour", "red")):
        assert not check.is_valid({**data, column: wrong}), column

"""An editor helps with wave files as ``docs/editors.md`` says: the real language server, set up as the page has it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from support.clients import editor
from support.clients.editor import Editor
from support.clients.seen import MissingClientError
from support.model_keys import KEYS
from support.plans import REAL, ROOT, run
from wavectl.model import Moment, Programme, Wave

PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
WAVE = 'title: "T"\nstatus: announced\n'
MOMENT = f'{WAVE}moments:\n  - id: m\n    title: "T"\n    when: 2017-09\n'


def test_a_missing_server_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "_SERVER", tmp_path / "server.js")
    with pytest.raises(MissingClientError, match="make clients"):
        Editor(tmp_path, {})


def settings() -> dict[str, list[str]]:
    """Return the schemas and the patterns of files that the page tells VS Code."""
    (found,) = re.findall(r"^```json\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    return dict(json.loads(found)["yaml.schemas"])


@pytest.fixture(scope="module")
def helper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Open an editor in a folder with a copy of the real waves and the schemas that the page writes."""
    home = tmp_path_factory.mktemp("home")
    copytree(REAL, home / "waves")
    for command in re.findall(r"^wavectl (schema .*)$", PAGE, flags=re.MULTILINE):
        assert run(*command.split(), "--lang", "en", cwd=home).code == 0
    opened = Editor(home, settings())
    yield opened
    opened.close()


@pytest.mark.clients
def test_the_keys_of_a_file_are_offered_and_explained(helper: Editor) -> None:
    moment = helper.offered("waves/a.yaml", f"{MOMENT}    |\n")
    assert set(moment) == Moment.yaml_keys - {"id", "title", "when"}
    assert moment["same_as"] == KEYS[Moment]["same_as"].description
    wave = helper.offered("waves/a.yaml", "|\n")
    assert Wave.yaml_keys <= set(wave)
    assert all(wave[key] for key in Wave.yaml_keys)
    programme = helper.offered("waves/programme.yaml", 'name: "N"\n|\n')
    assert set(programme) == Programme.yaml_keys - {"name"}


@pytest.mark.clients
@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (f"{WAVE}slogan:\n  |\n", {"fr", "en", "es", "fr, en, es"}),
        (f"{MOMENT}    kind: |\n", {"event", "observance", "deadline", "publication"}),
        (f"{MOMENT}    actors:\n      - |\n", {"barcelona", "uclg"}),
        (f"{MOMENT}    place:\n      |\n", {"name", "country", "online", "scope"}),
        (f"{WAVE}content:\n  |\n", {"advocacy", "learning", "implementation", "monitoring"}),
        (f"{WAVE}waive:\n  |\n", {"calendar-length", "missing-slogan"}),
    ],
)
def test_values_are_offered(helper: Editor, text: str, offered: set[str]) -> None:
    found = helper.offered("waves/a.yaml", text)
    assert offered <= set(found)
    assert not {"null", "true", "false"} & set(found)


@pytest.mark.clients
def test_the_words_of_a_choice_are_explained(helper: Editor) -> None:
    assert helper.offered("waves/a.yaml", f"{MOMENT}    status: |\n")["tentative"].startswith("it is planned")
    assert helper.offered("waves/a.yaml", f"{MOMENT}    place:\n      country: |\n")["KR"] == "South Korea"


@pytest.mark.clients
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (MOMENT.replace("when", "wh|en"), ["#### Date", KEYS[Moment]["when"].description, "2017-11-02/2017-11-03"]),
        (f"{WAVE}slo|gan: S\n", ["#### Slogan", "Its one message."]),
        (f"{MOMENT}    status: con|firmed\n", ["* `tentative`: it is planned for then"]),
        (f"{WAVE}waive: {{calendar|-length: T}}\n", ["Why this wave may break the rule."]),
        (f"{WAVE}x-te|am: T\n", ["wavectl leaves it alone"]),
    ],
)
def test_a_key_is_explained_where_the_pointer_rests(helper: Editor, text: str, shown: list[str]) -> None:
    explained = helper.explained("waves/a.yaml", text)
    assert [words for words in shown if words not in explained] == []


@pytest.mark.clients
@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (MOMENT, []),
        (MOMENT.replace("when", "whne"), [(4, 'Missing property "when".'), (6, "Property whne is not allowed.")]),
        (f"{MOMENT}    place: {{nmae: T}}\n", [(7, "Property nmae is not allowed.")]),
        (
            MOMENT.replace("2017-09", "octobre"),
            [(6, "write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")],
        ),
        (MOMENT.replace("2017-09", "[2017-07-05..2017-07-20]"), []),
        (MOMENT.replace("2017-09", ""), [(4, "there is no value here")]),
        (f"{WAVE}actors: barcelona\n", [(3, "a list is expected here")]),
        (f"{WAVE}url: www.uclg.org\n", [(3, "copy the whole address, starting with https://")]),
        (f"{WAVE}slogan: {{un droit: ~}}\n", [(3, "write fr, en, es or another language code")]),
        ("title: 2018\nstatus: announced\nnotice: true\nslogan:\n", []),
    ],
)
def test_what_is_wrong_is_marked_and_nothing_else(helper: Editor, text: str, faults: list[tuple[int, str]]) -> None:
    found = helper.faults("waves/a.yaml", text)
    assert {line for line, _ in found} == {line for line, _ in faults}
    for line, words in faults:
        assert any(place == line and message.startswith(words) for place, message in found), found


@pytest.mark.clients
@pytest.mark.parametrize("file", sorted(REAL.glob("*.yaml")), ids=lambda file: file.name)
def test_nothing_is_marked_in_the_real_waves(helper: Editor, file: Path) -> None:
    assert helper.faults(f"waves/{file.name}", file.read_text(encoding="utf-8")) == []


@pytest.mark.clients
def test_a_file_can_name_its_schema_itself(tmp_path: Path) -> None:
    (head,) = re.findall(r"^# yaml-language-server: .*$", PAGE, flags=re.MULTILINE)
    opened = Editor(tmp_path, {})
    try:
        for number in range(10):  # the folder that the editor opens the file in is one of these
            assert run("schema", "-o", str(tmp_path / str(number) / "waves" / ".wave.schema.json")).code == 0
        found = opened.faults("waves/a.yaml", f"{head}\n{WAVE}titel: T\n")
        assert [line for line, _ in found] == [4]
    finally:
        opened.close()

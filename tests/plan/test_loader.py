"""Loading plans: which files count, what is kept of a file with errors, and the findings."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from support.plans import ANNOUNCED, read_plan, write_plan
from wavectl import diagnostics
from wavectl.diagnostics import FILE_START, Finding, Span
from wavectl.model import Programme
from wavectl.plan import loader
from wavectl.plan.loader import Plan, PlanError

WAVES = Path(__file__).parents[2] / "waves"
WAVE = "title: T\nstatus: announced\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def load(folder: Path, files: Mapping[str, str | bytes], **bounds: float) -> Plan:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return loader.load(folder, **bounds)


def place(loaded: Plan, finding: Finding) -> Span:
    return finding.span or loaded.documents[finding.file].locate(finding.path, key=finding.at_key)


def errors(loaded: Plan) -> list[tuple[str, str, str, str, int]]:
    """Return rule, file, path, message and line of all findings."""
    return [
        (
            finding.rule,
            finding.file,
            diagnostics.format_path(finding.path),
            str(finding.message),
            place(loaded, finding).line,
        )
        for finding in loaded.findings
    ]


def wave_errors(folder: Path, text: str) -> list[tuple[str, str, str, int]]:
    """Return rule, path, message and line of all findings in one wave file."""
    return [(rule, path, message, line) for rule, _, path, message, line in errors(load(folder, {"a.yaml": text}))]


def test_the_real_waves_are_read_without_findings() -> None:
    loaded = loader.load(WAVES)
    assert loaded.findings == ()
    assert list(loaded.waves) == ["housing", "local-finance", "migration"]
    assert [len(wave.moments) for wave in loaded.waves.values()] == [6, 0, 9]
    assert loaded.programme.languages == ["fr", "en", "es"]
    assert loaded.programme_file == "programme.yaml"
    assert set(loaded.documents) == {"housing.yaml", "local-finance.yaml", "migration.yaml", "programme.yaml"}


def test_waves_are_files_with_either_ending(folder: Path) -> None:
    loaded = load(
        folder,
        {
            "b.yml": WAVE,
            "a.yaml": WAVE,
            "programme.yml": "name: P\n",
            ".hidden.yaml": "- broken",
            ".yaml": "- broken",
            "sub/c.yaml": "- broken",
            "notes.txt": "- broken",
            "a.yaml~": "- broken",
        },
    )
    assert loaded.findings == ()
    assert loaded.files == {"a": "a.yaml", "b": "b.yml"}
    assert (loaded.programme.name, loaded.programme_file) == ("P", "programme.yml")
    assert loaded.folder == folder


def test_a_programme_may_be_missing(folder: Path) -> None:
    loaded = load(folder, {"a.yaml": WAVE})
    assert (loaded.programme, loaded.programme_file, loaded.findings) == (Programme(), None, ())


def test_each_file_is_named_before_it_is_read(folder: Path) -> None:
    load(folder, {"b.yaml": WAVE, "a.yaml": WAVE, "programme.yaml": ""})
    named: list[str] = []
    loader.load(folder, on_file=named.append)
    assert named == ["a.yaml", "b.yaml", "programme.yaml"]


@pytest.mark.parametrize(
    "name", ["all.yaml", "all.yml", "My Wave.yaml", "Housing.yaml", "été.yaml", "a--b.yaml", "programme.fr.yaml"]
)
def test_a_wave_has_a_kebab_name(folder: Path, name: str) -> None:
    loaded = load(folder, {name: WAVE, "z.yaml": WAVE})
    assert [(rule, file, path, line) for rule, file, path, _, line in errors(loaded)] == [
        ("invalid-wave-id", name, "", 1)
    ]
    assert list(loaded.waves) == ["z"]
    assert loaded.findings[0].wave is None
    assert str(loaded.findings[0].hint)


def test_a_misnamed_file_is_checked_all_the_same(folder: Path) -> None:
    loaded = load(folder, {"My Wave.yaml": WAVE + "color: x\n", "programme.yaml": "a: ["})
    assert [fault[:3] for fault in errors(loaded)] == [
        ("invalid-wave-id", "My Wave.yaml", ""),
        ("invalid-value", "My Wave.yaml", "color"),
        ("yaml-syntax", "programme.yaml", ""),
    ]
    assert {finding.wave for finding in loaded.findings} == {None}


def test_two_files_cannot_have_one_name(folder: Path) -> None:
    loaded = load(folder, {"a.yml": "title: second\nstatus: announced\n", "a.yaml": WAVE, "a.yb.yaml": WAVE})
    message = '"a.yml" has the same name as another file of the plan'
    assert errors(loaded)[1:] == [("invalid-wave-id", "a.yml", "", message, 1)]
    assert (loaded.waves["a"].title, loaded.files["a"]) == ("T", "a.yaml")


def test_two_programmes_are_both_read_as_programmes(folder: Path) -> None:
    loaded = load(folder, {"programme.yaml": "name: P\n", "programme.yml": "name: Q\nsite: x\n", "a.yaml": WAVE})
    assert [fault[:3] for fault in errors(loaded)] == [
        ("invalid-wave-id", "programme.yml", ""),
        ("invalid-value", "programme.yml", "site"),
    ]
    assert (loaded.programme.name, loaded.programme_file) == ("P", "programme.yaml")
    assert not loaded.is_incomplete("a", "site")


@pytest.mark.parametrize("files", [(), ("programme.yaml",), ("notes.txt",), (".a.yaml",), ("sub/a.yaml",)])
def test_a_folder_without_waves_is_not_a_plan(folder: Path, files: tuple[str, ...]) -> None:
    with pytest.raises(PlanError) as caught:
        load(folder, dict.fromkeys(files, ""))
    assert "wave file" in str(caught.value.message)
    assert ("wavectl new" if "programme" in " ".join(files) else "wavectl init") in str(caught.value.hint)


def test_an_unreadable_folder_is_not_a_plan(folder: Path) -> None:
    (folder / "file").write_text("")
    for path in (folder / "missing", folder / "file"):
        with pytest.raises(PlanError) as caught:
            loader.load(path)
        assert "cannot be read" in str(caught.value.message)
        assert "--waves" in str(caught.value.hint)


def test_files_that_cannot_be_read_are_reported_and_the_others_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, {"d.yaml": WAVE, "e.yaml": WAVE})
    (folder / "a.yaml").symlink_to("nowhere")
    (folder / "b.yaml").symlink_to("b.yaml")
    os.mkfifo(folder / "c.yaml")
    opening = os.open

    def refuse(path: Path, *arguments: int) -> int:
        if Path(path).name == "d.yaml":
            raise PermissionError(13, "Permission denied")
        return opening(path, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    loaded = loader.load(folder)
    assert errors(loaded) == [
        ("unreadable-file", "a.yaml", "", "the file cannot be read: it is not a file", 1),
        ("unreadable-file", "b.yaml", "", "the file cannot be read: it is not a file", 1),
        ("unreadable-file", "c.yaml", "", "the file cannot be read: it is not a file", 1),
        ("unreadable-file", "d.yaml", "", "the file cannot be read: Permission denied", 1),
    ]
    assert [finding.wave for finding in loaded.findings] == ["a", "b", "c", "d"]
    assert (list(loaded.waves), list(loaded.files)) == (["e"], ["a", "b", "c", "d", "e"])
    assert loaded.is_incomplete("d", "moments")


def test_the_size_of_a_file_is_bounded(folder: Path) -> None:
    text = WAVE + "description: |\n" + "  text\n" * 700_000
    loaded = load(folder, {"a.yaml": text})
    assert errors(loaded)[0][:4] == ("unreadable-file", "a.yaml", "", "the file is larger than 4 MiB")
    assert loader.load(folder, max_size=5).findings == ()


def test_the_garbage_collector_is_enabled_again(folder: Path) -> None:
    load(folder, {"a.yaml": WAVE})
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        loader.load(folder, on_file=lambda _: 1 // 0)  # type: ignore[arg-type, return-value]
    assert gc.isenabled()


BROKEN = """\
title: {en: T, fr: ''}
status: active
slogan: [a]
hashtags: ["#good", no]
period: 2017-05/2018-13
colour: teal
url: www.uclg.org
moments:
  - id: one
    title: One
    when: 2017-9
    palce: Paris
  - id: Two
    title: Two
    when: 2018-03/2018-02
    place: {name: {fr: x}, countri: KR}
  - title: Three
    when: 2017
    repeat: monthly
  - id: four
    title: Four
  - id: five
    title: Five
    when: 2018
    except: {2018: off}
    draft: "true"
  - id: good
    title: Good
    when: 2018
actors:
  - Barcelona
  - {id: a, rol: lead}
  - {name: n}
  - b
content: {Advocacy: x, learning: {fr: a}}
campaigns:
  - {hashtag: shift}
  - {name: n}
was: old
waive: {calendar-length: , too-few-regions: [a]}
"""


def test_all_errors_of_a_file_are_found_where_they_are(folder: Path) -> None:
    found = [(rule, path, line) for rule, path, _, line in wave_errors(folder, BROKEN)]
    assert sorted(found, key=lambda error: error[2]) == [
        ("invalid-value", "title.fr", 1),
        ("invalid-value", "slogan", 3),
        ("bad-hashtag", "hashtags[1]", 4),
        ("invalid-date", "period", 5),
        ("unknown-key", "colour", 6),
        ("invalid-value", "url", 7),
        ("date-in-words", "moments[0].when", 11),
        ("unknown-key", "moments[0].palce", 12),
        ("invalid-value", "moments[1].id", 13),
        ("inverted-dates", "moments[1].when", 15),
        ("unknown-key", "moments[1].place.countri", 16),
        ("missing-key", "moments[2]", 17),
        ("invalid-value", "moments[2].repeat", 19),
        ("missing-key", "moments[3]", 20),
        ("invalid-value", "moments[4].except.2018", 25),
        ("invalid-value", "moments[4].draft", 26),
        ("invalid-value", "actors[0]", 31),
        ("unknown-key", "actors[1].rol", 32),
        ("missing-key", "actors[2]", 33),
        ("invalid-value", "content.Advocacy", 35),
        ("missing-key", "campaigns[0]", 37),
        ("bad-hashtag", "campaigns[0].hashtag", 37),
        ("invalid-value", "was", 39),
        ("invalid-value", "waive.calendar-length", 40),
        ("invalid-value", "waive.too-few-regions", 40),
    ]


def test_every_finding_has_a_hint_in_plain_words(folder: Path) -> None:
    loaded = load(folder, {"a.yaml": BROKEN})
    for finding in loaded.findings:
        for sentence in (str(finding.message), str(finding.hint)):
            assert sentence
            assert not any(
                word in sentence for word in ("str", "dict", "pydantic", "regex", "None", "input", "mapping")
            )


def test_the_sound_parts_of_a_file_are_kept(folder: Path) -> None:
    loaded = load(folder, {"a.yaml": BROKEN})
    wave = loaded.waves["a"]
    assert [moment.id for moment in wave.moments] == ["one", "four", "five", "good"]  # with what could be read
    assert [actor.id for actor in wave.actors] == ["a", "b"]
    assert wave.content == {"learning": {"fr": "a"}}
    assert [campaign.name for campaign in wave.campaigns] == ["n"]
    assert (wave.period, wave.slogan, wave.hashtags, wave.title) == (None, None, [], "a")
    assert loaded.incomplete_keys["a.yaml"] >= {
        "title",
        "slogan",
        "hashtags",
        "period",
        "moments",
        "actors",
        "content",
        "was",
    }
    assert not loaded.is_incomplete("a", "status", "colour")
    assert loaded.is_incomplete("a", "color")  # it is there under a name with a slip
    assert loaded.is_incomplete("a", "period", "color")
    assert not loaded.is_incomplete("other", "period")
    assert "One" in loaded.documents["a.yaml"].data["moments"][0]["title"]  # the document itself keeps all


def test_positions_are_those_of_values_and_unknown_keys(folder: Path) -> None:
    loaded = load(folder, {"a.yaml": BROKEN})
    spans = {diagnostics.format_path(finding.path): place(loaded, finding) for finding in loaded.findings}
    assert spans["title.fr"] == Span(1, 20, 1, 22)
    assert spans["hashtags[1]"] == Span(4, 21, 4, 23)
    assert spans["colour"] == Span(6, 1, 6, 7)
    assert spans["moments[0].when"] == Span(11, 11, 11, 17)
    assert spans["moments[1].place.countri"] == Span(16, 28, 16, 35)
    assert spans["moments[3]"] == Span(20, 5, 21, 16)
    assert spans["moments[4].except.2018"] == Span(25, 20, 25, 23)
    assert spans["content.Advocacy"] == Span(35, 11, 35, 19)
    assert spans["campaigns[0]"] == Span(37, 5, 37, 21)
    assert {finding.wave for finding in loaded.findings} == {"a"}


PROGRAMME = """\
name: P
langauges: [fr]
uid_domain: https://waves
timezone: Madrid
regions:
  africa: {fr: Afrique}
  europe: {countries: [ES]}
design: {months: [18, 6], min_priority: 3}
feeds:
  firm: {fuzzy: never}
  good: {fuzzy: omit}
actors:
  uclg: {name: n, kind: member}
  broken: {name: n, kind: friend, colour: red}
  Bad: {name: n, kind: member}
"""


def test_errors_of_the_programme_are_found_where_they_are(folder: Path) -> None:
    loaded = load(folder, {"programme.yaml": PROGRAMME, "a.yaml": WAVE})
    assert [(rule, path, line) for rule, _, path, _, line in errors(loaded)] == [
        ("invalid-value", "uid_domain", 3),
        ("invalid-value", "timezone", 4),
        ("missing-key", "regions.europe", 7),
        ("invalid-value", "design.months", 8),
        ("unknown-key", "design.min_priority", 8),
        ("invalid-value", "feeds.firm.fuzzy", 10),
        ("invalid-value", "actors.broken.kind", 14),
        ("unknown-key", "actors.broken.colour", 14),
        ("invalid-value", "actors.Bad", 15),
        ("unknown-key", "langauges", 2),
    ]
    hints = [str(finding.hint) for finding in loaded.findings if finding.rule == "unknown-key"]
    for hint, key in zip(hints, ("min_priorities:", "x-colour:", "languages:"), strict=True):  # an actor has no colour
        assert key in hint
    assert (loaded.programme.name, list(loaded.programme.actors), list(loaded.programme.feeds)) == (
        "P",
        ["uclg", "broken"],  # who is known by an id stays, whatever is wrong with the rest
        ["good"],
    )
    assert loaded.is_incomplete("a", "regions")
    assert not loaded.is_incomplete("a", "name")
    assert {finding.wave for finding in loaded.findings} == {None}


def test_an_unknown_key_may_become_a_private_one(folder: Path) -> None:
    loaded = load(folder, {"a.yaml": WAVE + "zzzz: 1\n"})
    assert "x-" in str(loaded.findings[0].hint)


def test_a_text_with_a_comma_in_braces_is_pointed_at(folder: Path) -> None:
    found = wave_errors(folder, "title: {en: Roof, fr: Toit, droit}\nstatus: announced\n")
    assert [(rule, path, line) for rule, path, _, line in found] == [("yaml-syntax", "title.droit", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("missing-key", "", 1), ("missing-key", "", 1)]),
        ("status: announced\n", [("missing-key", "", 1)]),
        ("title: T\n", [("missing-key", "", 1)]),
        ("- a\n", [("invalid-value", "", 1)]),
        ("title: [\n", [("yaml-syntax", "", 2)]),
        (WAVE + "title: U\ncolor: x\n", [("duplicate-key", "title", 3), ("invalid-value", "color", 4)]),
        (WAVE + "<<: {}\n", [("unknown-key", "<<", 3)]),
        (WAVE + "moments: {a: b}\n", [("invalid-value", "moments", 3)]),
        (WAVE + "moments: [a]\n", [("invalid-value", "moments[0]", 3)]),
        (WAVE + "moments:\n  -\n", [("invalid-value", "moments[0]", 4)]),
        (WAVE + "source: [a]\n", [("invalid-value", "source", 3)]),
    ],
)
def test_one_error_gives_one_finding(folder: Path, text: str, expected: list[tuple[str, str, int]]) -> None:
    assert [(rule, path, line) for rule, path, _, line in wave_errors(folder, text)] == expected


def test_a_file_that_is_not_yaml_is_incomplete(folder: Path) -> None:
    loaded = load(folder, {"a.yaml": "title: [", "b.yaml": WAVE})
    assert (list(loaded.waves), list(loaded.files)) == (["b"], ["a", "b"])
    assert loaded.is_incomplete("a", "moments")
    assert loaded.findings[0].wave == "a"


def test_an_empty_programme_is_one(folder: Path) -> None:
    assert load(folder, {"a.yaml": WAVE, "programme.yaml": "# nothing yet\n"}).findings == ()


def test_shared_parts_are_refused_where_they_are_shared(folder: Path) -> None:
    text = WAVE + "moments:\n  - {id: a, title: A, when: &w 2018-13}\n  - {id: b, title: B, when: *w}\n"
    assert [(path, line) for _, path, _, line in wave_errors(folder, text)] == [
        ("moments[0].when", 4),
        ("moments[1].when", 4),
    ]


def test_many_errors_are_reported_in_time(folder: Path) -> None:
    start = time.process_time()
    loaded = load(folder, {"a.yaml": WAVE + "moments:\n" + "  - {id: A, titel: x}\n" * 3000})
    assert 500 < len(loaded.findings) <= 1001
    assert "more errors" in str(loaded.findings[-1].message)
    assert "a" not in loaded.waves
    assert time.process_time() - start < 10


REAL = {path.name: path.read_bytes() for path in sorted(WAVES.glob("*.yaml"))}
SCRAPS = st.one_of(
    st.binary(max_size=4),
    st.sampled_from(
        [
            '"',
            "'",
            ":",
            "-",
            "[",
            "]",
            "{",
            "}",
            "#",
            "&",
            "*",
            "|",
            ">",
            "!",
            "?",
            "%",
            "@",
            ",",
            "~",
            "null",
            "true",
            "2018-13",
            "[]",
            "{}",
            '"\\x1b"',
            "é",
            "😀",
        ]
    ).map(str.encode),
    st.sampled_from(
        (b"\n", b" ", b"\t", b"\r", b"\x00", b"\x85", b"\xff", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b": ", b"- ")
    ),
    st.sampled_from(
        (b"moments", b"when", b"title:", b"x-a: b\n", b"<<: *a", b"&a ", b"*a", b"---\n", b"!!int ", b"[" * 200)
    ),
)


@st.composite
def broken_files(draw: st.DrawFn) -> dict[str, bytes]:
    """Return the real files, one of them damaged: bytes, lines, keys, nesting, encoding."""
    files = dict(REAL)
    name = draw(st.sampled_from(sorted(files)))
    raw = files[name]
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(raw)))
        last = first + draw(st.sampled_from((0, 0, 1, 2, 5, 30)))
        raw = raw[:first] + draw(SCRAPS) + raw[last:]
    lines = raw.splitlines(keepends=True)
    if draw(st.booleans()):
        first = draw(st.integers(0, len(lines)))
        moved = lines[first : first + draw(st.integers(1, 5))]
        lines[first : first + len(moved)] = draw(
            st.sampled_from(([], moved * 2, moved[::-1], [b"  " + line for line in moved]))
        )
        raw = b"".join(lines)
    change = draw(st.sampled_from(("", "", "", "", "utf-16", "latin-1", "cr", "bom")))
    if change in ("utf-16", "latin-1"):
        raw = raw.decode("utf-8", errors="ignore").encode(change, errors="replace")
    raw = raw.replace(b"\n", b"\r") if change == "cr" else b"\xef\xbb\xbf" + raw if change == "bom" else raw
    files[draw(st.sampled_from((name, name, name, "a" + name.removesuffix(".yaml") + ".yml")))] = raw
    return files


@given(broken_files())
@settings(max_examples=examples(200), deadline=None)
def test_broken_plans_are_read_and_each_finding_lies_inside_its_file(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    loaded = load(tmp_path_factory.mktemp("broken"), files)
    for finding in loaded.findings:
        read = loaded.documents[finding.file]
        span = place(loaded, finding)
        lines = read.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert str(finding.message)
        assert finding.path == read.existing_path(finding.path)
    assert set(loaded.documents) == set(files)
    assert Span(1, 1, 1, 1) == FILE_START


# -- the lockfile


def test_a_plan_has_its_lockfile(tmp_path):
    assert read_plan(tmp_path, {"housing": ANNOUNCED}).lockfile is None
    lockfile = b'{\n"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "example.org"}\n}\n'
    found = read_plan(tmp_path, {"housing": ANNOUNCED, "wavectl.lock": lockfile})
    assert found.lockfile is not None
    assert (found.lockfile.domain, found.lockfile.raw, found.lockfile.findings) == ("example.org", lockfile, ())
    assert list(found.documents) == ["housing.yaml"]
    assert found.document("housing.yaml") is found.documents["housing.yaml"]


def test_a_damaged_lockfile_keeps_its_text(tmp_path):
    found = read_plan(tmp_path, {"housing": ANNOUNCED, "wavectl.lock": b"{\n\xff\n"})
    assert found.lockfile is not None
    assert [one.rule for one in found.findings] == ["damaged-lock"]
    assert found.findings == found.lockfile.findings
    assert found.document("wavectl.lock").line(1) == "{"


def test_a_lockfile_that_is_a_folder_cannot_be_read(tmp_path):
    folder = write_plan(tmp_path, {"housing": ANNOUNCED})
    (folder / "wavectl.lock").mkdir()
    lockfile = loader.load(folder).lockfile
    assert lockfile is not None
    assert "cannot be read" in str(lockfile.findings[0].message)


@pytest.mark.parametrize(
    ("folder", "is_fine"),
    [("waves", False), ("./waves/public/", False), (".git", False), ("a/.GIT/b", False), (".", True), ("waves2", True)],
)
def test_publications_do_not_go_among_the_files_of_the_plan_or_of_git(tmp_path, folder, is_fine):
    plan = read_plan(tmp_path, {"programme": f"publish: {{folder: {folder}}}", "w": "title: X\nstatus: announced"})
    found = [(finding.rule, finding.path) for finding in plan.findings]
    assert found == ([] if is_fine else [("invalid-value", ("publish", "folder"))])

"""``validate --fix`` and ``--diff``: cures in their places, every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, run, write_plan
from wavectl import rules
from wavectl.cli import apply_changes, fix
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.options import CommonOptions
from wavectl.diagnostics import Finding
from wavectl.plan.loader import Plan

FAULTY = (
    b"\xef\xbb\xbf# remark: one\r\n"
    b"titre:   'Le logement'   # a remark\r\n"
    b"status: 'annonc\xc3\xa9e'\r\n"
    b"moments:\r\n"
    b'- {id: forum, title: "A # B" , when: 14 au 17 septembre 2017 }  # \xe2\x80\xa6\r\n'
    b'- id: "two "\r\n'
    b"  title:   >-\r\n"
    b"    folded\r\n"
    b"    text\r\n"
    b"\r\n"
    b"  when:     T3 2018"
)
MENDED = (
    FAULTY.replace(b"titre", b"title")
    .replace(b"'annonc\xc3\xa9e'", b"'announced'")
    .replace(b"14 au 17 septembre 2017", b"2017-09-14/2017-09-17")
    .replace(b'"two "', b'"two"')
    .replace(b"T3 2018", b"2018-35")
)


def test_only_what_is_wrong_changes(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": FAULTY, "migration": ANNOUNCED})
    untouched = (folder / "migration.yaml").stat().st_mtime_ns
    done = run("validate", "--fix", "--lang", "en", cwd=tmp_path)
    assert (done.out, done.code) == ("2 files: no problems found\n", 0)
    heading, *fixes, _ = done.err.splitlines()
    assert heading == "waves/housing.yaml: 5 places fixed"
    assert len(fixes) == 5  # each is listed
    assert "T3 2018" in fixes[-1]
    assert "2018-35" in fixes[-1]
    assert (folder / "housing.yaml").read_bytes() == MENDED
    assert (folder / "migration.yaml").stat().st_mtime_ns == untouched
    assert [file.name for file in sorted(folder.iterdir())] == ["housing.yaml", "migration.yaml"]


def test_what_would_change_is_shown_and_nothing_written(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED + 'moments:\n- {id: a, title: "A", when: mars 2018}\n'})
    before = (folder / "housing.yaml").read_bytes()
    shown = run("validate", "--diff", cwd=tmp_path)
    assert (shown.err, shown.code) == ("", 1)
    assert shown.out == (
        "--- waves/housing.yaml\n+++ waves/housing.yaml\n@@ -1,4 +1,4 @@\n"
        " title: Housing\n status: announced\n moments:\n"
        '-- {id: a, title: "A", when: mars 2018}\n+- {id: a, title: "A", when: 2018-03}\n'
    )
    assert (folder / "housing.yaml").read_bytes() == before
    run("validate", "--fix", cwd=tmp_path)
    assert run("validate", "--diff", cwd=tmp_path)[:3] == (0, "", "")


def test_errors_that_hide_each_other_are_fixed_in_one_run(tmp_path: Path) -> None:
    lines = "".join(f"  - id: m{n}\n    title: A : {n}\n    when: mars {2017 + n}\n" for n in range(30))
    folder = write_plan(tmp_path, {"housing": f"{ANNOUNCED}slogan: @A\nmoments:\n{lines}"})
    done = run("validate", "--fix", cwd=tmp_path)
    assert done.out == "1 file: no problems found\n"
    assert done.err.startswith("waves/housing.yaml: 61 places fixed\n")
    assert done.err.count("\n") == 63
    assert (folder / "housing.yaml").read_text().count('"') == 62


def test_files_that_are_not_named_stay_unchanged(tmp_path: Path) -> None:
    both = ANNOUNCED.replace("title", "titre") + "hashtags: [A]\n"
    folder = write_plan(tmp_path, {"housing": both, "migration": both})
    assert "1 place" in run("validate", "housing", "--fix", "--select", "bad-hashtag", cwd=tmp_path).err
    assert (folder / "housing.yaml").read_text() == ANNOUNCED.replace("title", "titre") + 'hashtags: ["#A"]\n'
    assert (folder / "migration.yaml").read_text() == both
    run("validate", "--fix", "--ignore", "bad-hashtag", cwd=tmp_path)
    assert (folder / "migration.yaml").read_text() == ANNOUNCED + "hashtags: [A]\n"


@pytest.mark.parametrize(
    "wave",
    [
        "status: anounced\n",
        "titel: A\n",
        "actors: [{name: A, kind: réseau}]\n",
        "actors: [{name: A, kind: network}]\n",
        "actors: [{name: A, kind: red}]\n",
        "actors: [{name: A, kind: reserch}]\n",
        "moments: [{id: a, title: A, when: 2017, kind: evnt}]\n",
        "moments: [{id: a, title: A, when: 2017, place: {country: Congo}}]\n",
        "moments: [{id: a, title: A, when: 2017, place: {country: Allemagn}}]\n",
    ],
)
def test_nothing_is_fixed_because_it_is_similar(tmp_path: Path, wave: str) -> None:
    text = (ANNOUNCED.replace("status: announced\n", "") if "status" in wave else ANNOUNCED) + wave
    folder = write_plan(tmp_path, {"housing": text})
    assert run("validate", "--fix", cwd=tmp_path).code == 1
    assert (folder / "housing.yaml").read_text() == text


def test_remaining_problems_are_reported(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED + "hashtags: [A]\nurl: nowhere\n"})
    done = run("validate", "--fix", "--format", "concise", cwd=tmp_path)
    assert done.code == 1
    assert done.out == 'waves/housing.yaml:4:6: error[invalid-value] "nowhere" is not a web address\n'


def load(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppContext:
    monkeypatch.chdir(home)
    return load_app(CommonOptions(today="2017-06-01"))


def found(plan: Plan) -> tuple[Finding, ...]:
    return rules.check(plan).findings


def test_a_fix_that_adds_errors_is_not_applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED + "hashtags: [A]\n", "migration": ANNOUNCED + "hashtags: [B]\n"})

    def wrong(plan: Plan) -> list[Finding]:
        """Offer a cure for one file that breaks it."""
        return [one._replace(fix="]: [") if one.file == "housing.yaml" and one.fix else one for one in found(plan)]

    changed = fix.fix_files(load(tmp_path, monkeypatch), {"housing.yaml", "migration.yaml"}, wrong)
    assert [(one.change.file.name, one.change.after) for one in changed] == [
        ("migration.yaml", (ANNOUNCED + 'hashtags: ["#B"]\n').encode())
    ]


def test_a_file_that_changes_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED + "hashtags: [A]\n"})
    here = load(tmp_path, monkeypatch)
    changed = fix.fix_files(here, {"housing.yaml"}, found)
    (folder / "housing.yaml").write_text("title: other\n")
    with pytest.raises(Exception, match="2"):
        apply_changes.write_file_changes(here, [one.change for one in changed])
    assert (folder / "housing.yaml").read_text() == "title: other\n"
    assert "was changed by another program" in capsys.readouterr().err


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED, ".real": ANNOUNCED + "hashtags: [A]\n"})
    (folder / "other.yaml").symlink_to(folder / ".real.yaml" if (folder / ".real.yaml").exists() else folder / ".real")
    assert run("validate", "--fix", cwd=tmp_path).code == 0
    assert (folder / "other.yaml").is_symlink()
    assert '"#A"' in (folder / "other.yaml").read_text()


@pytest.mark.parametrize(
    "command", ["fmt --diff", "validate --diff", "moment move housing/a --when 2017-09-14 --dry-run --diff"]
)
def test_a_diff_steers_no_terminal_and_no_reader(command: str, tmp_path: Path) -> None:
    text = (
        'title: "a\\u001b[31m \u202e\u200b\u2066b"\nperiod: 2017/2018\n'
        f"hashtags: [{'A' if command.startswith('validate') else ''}]\n"
        "moments:\n  - {id: a, title: L\u2019A\xa0\u200e B, when: 2017-09}\n"
    )
    write_plan(tmp_path, {"housing": text})
    out = run(*command.split(), "--lang", "en", cwd=tmp_path).out
    assert "\n+" in out
    assert "L\u2019A\xa0\N{REPLACEMENT CHARACTER} B" in out
    assert not set(out) & set("\x1b\u202e\u200b\u2066\u200e")

"""``wavectl report``: what it writes where, what may be published, and what it refuses."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from support.plans import SOUND, run, write_plan
from support.registers import write_actions
from support.timeline_views import EVERYTHING, HOSTILE

PLAN = {
    "housing": SOUND
    + """\
moments:
  - {id: a, title: Forum, when: 2017-07, owner: PRIVATE, confirm_by: 2017-06-20, note: PRIVATE}
  - {id: b, title: PRIVATE, when: 2017-07-02, draft: true}
"""
}
ACTIONS = [
    {"title": "One", "country": "TN", "review": "accepted", "publish": "anonymous"},
    {"title": "Two", "country": "KE", "review": "pending", "publish": "full"},
]


def report(home: Path, *arguments: str) -> str:
    outcome = run("report", "--lang", "en", "--today", "2017-06-01", *arguments, cwd=home)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_actions(tmp_path, *ACTIONS)
    write_plan(tmp_path, PLAN)
    return tmp_path


@pytest.mark.parametrize("format_", ["html", "markdown"])
def test_only_what_may_be_published_is_in_it(format_: str, home: Path) -> None:
    text = report(home, "--format", format_)
    assert "PRIVATE" not in text
    assert "20 June" not in text
    assert ("Tunisia" in text, "Kenya" in text) == (True, False)


def test_the_internal_report_has_all(home: Path) -> None:
    text = report(home, "--internal", "--format", "markdown")
    assert all(part in text for part in ("PRIVATE", "20 June 2017", "Kenya"))


@pytest.mark.parametrize(("lang", "word"), [("en", "internal"), ("fr", "interne"), ("es", "interno")])
def test_an_internal_report_says_so(home: Path, lang: str, word: str) -> None:
    for format_ in ("html", "markdown", "docx"):
        arguments = ("report", "--lang", lang, "--today", "2017-06-01", "-o", f"report.{format_}", "--format", format_)
        assert run(*arguments, cwd=home).code == 0
        data = (home / f"report.{format_}").read_bytes()
        assert not any(word in text.casefold() for text in visible_parts(data))
        assert run(*arguments, "--internal", cwd=home).code == 0
        data = (home / f"report.{format_}").read_bytes()
        assert all(word in text.casefold() for text in visible_parts(data))


def visible_parts(data: bytes) -> list[str]:
    """Return the title and the foot of a report, and the properties of a Word document."""
    if not data.startswith(b"PK"):
        text = data.decode()
        title = re.findall("<title>(.*?)</title>|<h1.*?>(.*?)</h1>|^# (.*)", text)
        return [*("".join(found) for found in title), text[-400:]]
    with ZipFile(BytesIO(data)) as archive:
        footers = [name for name in archive.namelist() if "footer" in name and name.endswith(".xml")]
        return [archive.read(name).decode() for name in ("docProps/core.xml", "word/document.xml", *footers)]


def test_a_file_is_written_once(home: Path) -> None:
    assert report(home, "-o", "out/report.html") == "out/report.html\n"
    file = home / "out" / "report.html"
    written = file.stat().st_ino
    assert file.read_text(encoding="utf-8") == report(home)
    report(home, "-o", "out/report.html")
    assert file.stat().st_ino == written


def test_the_format_follows_from_the_name_of_the_file(home: Path) -> None:
    report(home, "-o", "report.md")
    assert (home / "report.md").read_text(encoding="utf-8") == report(home, "--format", "markdown")


def test_a_period_and_an_earlier_plan(home: Path) -> None:
    write_plan(home / "before", {"housing": SOUND})
    since = str(home / "before" / "waves")
    text = report(home, "--from", "2017-07", "--to", "2017-08", "--since", since, "--format", "markdown")
    assert "1 July – 31 August 2017" in text
    assert "; in waves -, 0 of 0" in text
    assert "before/waves" not in text
    assert "| **Forum** | new | July 2017 |" in text


def test_actions_that_changed_are_counted_where_nothing_else_did(home: Path) -> None:
    """As wavectl diff does; in public only those that published counts hold."""
    write_actions(home, {**ACTIONS[0], "when": "2018"}, ACTIONS[1], {**ACTIONS[0], "title": "Three"})
    write_plan(home, PLAN)
    write_actions(home / "before", *ACTIONS)
    write_plan(home / "before", PLAN)
    text = report(home, "--since", "before/waves", "--format", "markdown")
    assert "Nothing has changed" not in text
    assert text.count("1 new action, 1 action moved") == 2  # on the first page and in the annex
    write_actions(home, *ACTIONS, {**ACTIONS[1], "title": "Three"})
    write_plan(home, PLAN)
    assert "Nothing has changed" in report(home, "--since", "before/waves", "--format", "markdown")
    assert "1 new action" in report(home, "--since", "before/waves", "--format", "markdown", "--internal")


@pytest.mark.parametrize("format_", ["html", "markdown"])
def test_nothing_private_is_in_what_has_changed(format_: str, home: Path) -> None:
    write_plan(home / "before", {"housing": PLAN["housing"].replace("PRIVATE", "UNKNOWN").replace("06-20", "06-10")})
    text = report(home, "--since", "before/waves", "--format", format_)
    assert not {"PRIVATE", "UNKNOWN"} & {*text.replace("<", " ").split()}
    assert "June 2017 →" not in text


@pytest.mark.parametrize(
    "arguments",
    [("--format", "pdf"), ("--from", "2018-01", "--to", "2017-01"), ("--since", "nowhere"), ("-o", "x.pdf")],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], home: Path) -> None:
    outcome = run("report", *arguments, cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Traceback" not in outcome.err


def test_a_plan_with_errors_has_no_report(home: Path) -> None:
    write_plan(home, {"bad": "title: T\nperiod: 2017\nmoments: [{id: a, title: A, when: someday}]\n"})
    assert run("report", cwd=home).code == 1


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    write_plan(tmp_path, EVERYTHING)
    page = report(tmp_path, "--from", "2017-01", "--to", "2018-12")
    assert "<script" not in page
    assert "&lt;script&gt;globalThis.ran=1&lt;/script&gt;" in page
    assert "\u202e" not in page
    text = report(tmp_path, "--from", "2017-01", "--to", "2018-12", "--format", "markdown")
    assert "\\<script>" in text
    assert HOSTILE[:8] not in text.replace("\\<script>", "")


def test_a_template_without_a_word_document_is_refused_with_the_right_hint(home: Path) -> None:
    assert "-o report.docx" in run("report", "-o", "x.html", "--template", "r.docx", "--lang", "en", cwd=home).err
    assert "--format docx" in run("report", "--template", "r.docx", "--lang", "en", cwd=home).err

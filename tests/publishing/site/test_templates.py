"""Templates of a team in place of some of the site's: in a sandbox, with public facts, and with errors that help."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from support.plans import Outcome, run, write_plan
from wavectl.publishing.site.templates import SiteTemplates, replaceable_templates

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "site.md").read_text(encoding="utf-8").partition("## Templates of your own")[2]
PLAN: Mapping[str, str | bytes] = {
    "programme": "{languages: [en, fr], uid_domain: network.org, organiser: {name: Network}}",
    "housing": """
        title: Housing <script>
        was: [homes]
        period: 2026-01/2027-06
        description: SECRET-NOT
        moments:
          - {id: forum, title: Forum, when: 2026-09-14, note: SECRET, owner: SECRET}
          - {id: march, title: March, when: 2027-03-08}
          - {id: plan, title: SECRET, when: 2026-10, draft: true}
        """,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, PLAN)
    (tmp_path / "own").mkdir()
    return tmp_path


def site(home: Path, name: str, text: str | bytes, *command: str) -> Outcome:
    data = text if isinstance(text, bytes) else text.encode()
    (home / "own" / name).write_bytes(data)
    command = command or ("site", "-o", "out")
    return run("--today", "2026-06-01", *command, "--templates", "own", cwd=home)


def pages(home: Path, folder: str = "out") -> dict[str, str]:
    found = (file for file in (home / folder).rglob("*.html"))
    return {file.relative_to(home / folder).as_posix(): file.read_text() for file in found}


def test_the_example_of_the_documentation_works(home: Path) -> None:
    example = PAGE.partition("```html\n")[2].partition("```")[0]
    assert site(home, "base.html", example).code == 0
    found = pages(home)
    for path, text in found.items():
        if "/embed/" not in path and "redirect" not in path and "refresh" not in text:
            assert "★ UCLG" in text, path
            assert "Published by Network, in 2 languages" in text, path
    assert not [path for path, text in found.items() if "SECRET" in text.replace("SECRET-NOT", "")]
    assert site(home, "base.html", example, "publish").code == 0
    assert "★ UCLG" in pages(home, "feeds")["fr/index.html"]


def test_a_template_of_the_plan_is_not_used(home: Path) -> None:
    for folder in (home / "waves", home / "waves" / "site", home / "waves" / "templates"):
        folder.mkdir(exist_ok=True)
        (folder / "base.html").write_text("OURS")
    assert run("--today", "2026-06-01", "site", "-o", "out", cwd=home).code == 0
    assert not [path for path, text in pages(home).items() if "OURS" in text]


def test_texts_are_escaped_in_every_template(home: Path) -> None:
    assert site(home, "wave.html", "{{ title }}").code == 0
    assert pages(home)["en/waves/housing/index.html"] == "Housing &lt;script&gt;"


@pytest.mark.parametrize(
    ("name", "text", "page", "element"),
    [
        ("embed.css", "p { color: red !important }", "en/embed/housing.html", "style"),
        ("copy.js", "let said = true ? 'l'eau' : 'd ;'", "en/feeds/index.html", "script"),
    ],
)
def test_own_styles_and_scripts_stay_as_they_are_written(
    home: Path, name: str, text: str, page: str, element: str
) -> None:
    assert site(home, name, text).code == 0
    html = pages(home)[page]
    digest = b64encode(sha256(text.encode()).digest()).decode()
    assert f"<{element}>{text}</{element}>" in html
    assert f"'sha256-{digest}'" in html


def test_the_documentation_lists_the_templates_and_what_they_get(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, set[str]] = {}
    render = SiteTemplates.render

    def note(templates: SiteTemplates, name: str, values: Mapping[str, Any]) -> str:
        found.setdefault(name, set()).update(values)
        assert {*kinds(values)} <= PLAIN
        return render(templates, name, values)

    monkeypatch.setattr(SiteTemplates, "render", note)
    run("--today", "2026-06-01", "publish", cwd=home)
    wave = home / "waves" / "housing.yaml"
    wave.write_text(re.sub(r" +- {id: march.*\n", "", wave.read_text()))
    run("--today", "2026-06-02", "publish", cwd=home)
    rows = re.findall(r"^\| `([\w.]+)` \| .* \| (.*?) ?\|$", PAGE, re.MULTILINE)
    assert sorted(name for name, _ in rows) == replaceable_templates()
    everywhere = set(re.findall(r"`(\w+)`", PAGE.partition("All pages get ")[2].partition(". ")[0]))
    for name, gets in rows:
        names = set(re.findall(r"`(\w+)`", gets))
        if name in found:
            assert found[name] == (names if gets.startswith("only") else names | everywhere if names else set()), name


PLAIN = {
    "str",
    "Markup",
    "int",
    "float",
    "bool",
    "NoneType",
    "method",
    "_lru_cache_wrapper",
    "type",
    "partial",
    "ChangeKind",
}
"""The types of what templates get: texts, numbers, and the functions that translate and link."""


def kinds(value: Any) -> Iterator[str]:
    """Yield the names of the types of what a template gets, inside of lists and mappings too: nothing of the plan."""
    if isinstance(value, Mapping):
        yield from kinds([*value.items()])
    elif isinstance(value, list | tuple):
        for one in value:
            yield from kinds(one)
    else:
        yield type(value).__name__


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("base.html", "<p>\n{{ nothing }}", 2),
        ("base.html", "\n\n{% if %}", 3),
        ("base.html", "{{ 1 / 0 }}", 1),
        ("base.html", '{% extends "site/base.html" %}', 1),
        ("base.html", '\n{% include "own/base.html" %}', 2),
        ("base.html", "{{ title.__class__.__mro__ }}", 1),
        ("base.html", "{{ translate.__self__ }}", 1),
        ("base.html", "\n{{ 'x' * 1000000000 }}", 2),
        ("base.html", "{{ 9 ** 9 ** 9 }}", 1),
        ("base.html", "{{ title | center(2000000000) }}", 1),
        ("base.html", "{{ '%1000000000s' % title }}", 1),
        ("base.html", "{{ '%1000000000s' | format(title) }}", 1),
        ("base.html", "\n{{ title.ljust(2000000000) }}", 2),
        ("base.html", "{{ range(1000000) | list }}", 1),
        ("base.html", "{{ lipsum() }}", 1),
        ("base.html", "{{ editions.append(1) }}", 1),
        ("wave.html", "{{ years | random }}", 1),
        ("withdrawn.html", "{% block %}", 1),
        ("base.html", "{% for a in range(9999) %}{% for b in range(9999) %}" + 9999 * "x" + 2 * "{% endfor %}", None),
        ("parts.html", "", None),
    ],
)
def test_a_faulty_template_is_told_with_its_line_and_changes_nothing(
    home: Path, name: str, text: str, line: int | None
) -> None:
    done = site(home, name, text)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert "hint" in done.err
    assert re.search(rf"{name}:{line}: " if line else r"\w+\.html(:\d+)?: ", done.err), done.err
    assert not pages(home)


@pytest.mark.parametrize(
    ("name", "text"),
    [("foter.html", "x"), ("sitemap.xml", "x"), ("base.html", b"\xff"), ("base.html", b" " * 300_000), (".hidden", "")],
)
def test_a_file_that_is_no_template_is_refused(home: Path, name: str, text: str | bytes) -> None:
    done = site(home, name, text)
    assert done.code == 2
    assert "own" in done.err
    assert not pages(home)


def test_a_folder_that_is_missing_is_refused(home: Path) -> None:
    done = run("site", "--templates", "other", cwd=home)
    assert done.code == 2
    assert "other" in done.err

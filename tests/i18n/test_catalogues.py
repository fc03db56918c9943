"""The French and Spanish catalogues: complete, correct, compiled, and used for every variant of a language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

from support.mutated_plans import plan_of
from support.scripts import load_script
from wavectl import rules
from wavectl.diagnostics import Message
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.plan.loader import PlanError, load

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wavectl"
OTHERS = tuple(language for language in UI_LANGUAGES if language != "en")
PLANS = range(5000, 5060)
catalogues = load_script("catalogues")


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Return the messages that the script finds."""
    return catalogues.collect_messages()


# -- the catalogues


def test_the_script_covers_all_languages() -> None:
    assert sorted(catalogues.LANGUAGES) == sorted(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_translated(language: str, found: dict[str, list[str]]) -> None:
    assert len(found) > 200
    assert catalogues.errors(found, catalogues.translations(language)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_files_are_up_to_date(language: str, found: dict[str, list[str]]) -> None:
    assert catalogues.outdated(catalogues.render(language, found, catalogues.translations(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_addresses_the_reader(language: str) -> None:
    person = re.compile(r"\b(vous|votre|vos|veuillez|usted|ustedes|su plan)\b", re.IGNORECASE)
    known = catalogues.translations(language).values()
    assert [text for text in known if person.search(text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_file_has_the_same_translations(language: str) -> None:
    translate = translator(language)
    for english, translated in catalogues.translations(language).items():
        assert translate(english) == translated


@pytest.mark.parametrize(
    ("english", "french", "spanish"),
    [
        ("error", "erreur", "error"),
        ("warning", "avertissement", "advertencia"),
        ("note", "remarque", "nota"),
        ("hint", "conseil", "consejo"),
        ("date to be confirmed", "date à confirmer", "fecha por confirmar"),
        ("to be confirmed", "à confirmer", "por confirmar"),
        ("POSTPONED", "REPORTÉ", "APLAZADO"),
        ("CANCELLED", "ANNULÉ", "CANCELADO"),
        ("postponed", "reporté", "aplazado"),
        ("cancelled", "annulé", "cancelado"),
        ("tentative", "provisoire", "provisional"),
        ("confirmed", "confirmé", "confirmado"),
        ("draft", "brouillon", "borrador"),
        ("firm", "ferme", "en firme"),
        ("worldwide", "monde entier", "todo el mundo"),
        ("online", "en ligne", "en línea"),
    ],
)
def test_the_words_of_a_published_plan(english: str, french: str, spanish: str) -> None:
    assert (translator("fr")(english), translator("es")(english)) == (french, spanish)


# -- wrong catalogues are found


@pytest.mark.parametrize(
    ("english", "translated", "fault"),
    [
        ("the wave has no slogan", "", "has no translation"),
        ("{date} has no hyphens", "{jour} n'a pas de traits d'union", "has other placeholders"),
        ("{date} has no hyphens", "pas de traits d'union", "has other placeholders"),
        ("the text is empty", "le texte {value} est vide", "has other placeholders"),
        ("close it with }}", "la fermer avec }", "has other placeholders"),
        ("name that folder with --waves", "indiquer son dossier avec --vagues", "has other examples"),
        ("add id: or name:", "ajouter id: ou nom:", "has other examples"),
        ("write 2017-06-01", "écrire 01/06/2017", "has other examples"),
        ("{option}: {fault}", "{option}\xa0: {fault}", "has strange spaces or marks"),
        ("the text is empty", "le texte n\u2019a rien", "has strange spaces or marks"),
    ],
)
def test_a_wrong_translation_is_found(english: str, translated: str, fault: str) -> None:
    listed = catalogues.errors({english: ["plan.py"]}, {english: translated})
    assert len(listed) == 1
    assert listed[0].startswith(fault)


def test_placeholders_may_change_places() -> None:
    assert catalogues.errors({"{a} of {b}": []}, {"{a} of {b}": "{b}, {a}"}) == []


def test_a_stale_file_is_found(tmp_path: Path, found: dict[str, list[str]]) -> None:
    rendered = catalogues.render("fr", found, catalogues.translations("fr"))
    assert catalogues.outdated(rendered, tmp_path) == ["fr.po", "fr.mo"]
    for name, data in rendered.items():
        (tmp_path / name).write_bytes(data)
    assert catalogues.outdated(rendered, tmp_path) == []
    (tmp_path / "fr.mo").write_bytes(rendered["fr.mo"][:-1])
    assert catalogues.outdated(rendered, tmp_path) == ["fr.mo"]


def test_a_readable_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    known = {'write "#x"': 'écrire "#x"', "a\\b\tc": "d\\e\tf", "{{ and }}": "{{ et }}", "%s of 5 %": "%s de 5 %"}
    found = {text: ["a.py", "b/c.py"] for text in known}
    (tmp_path / "fr.po").write_bytes(catalogues.as_po("fr", {**found, "new": ["a.py"]}, known))
    assert catalogues.translations("fr", tmp_path) == known
    assert catalogues.translations("es", tmp_path) == {}


def test_a_compiled_file_depends_on_its_phrases_only() -> None:
    data = catalogues.as_mo("fr", {"error": [], "hint": [], "new": []}, {"error": "erreur", "hint": "conseil"})
    assert data == catalogues.as_mo("fr", {"hint": [], "error": []}, {"error": "erreur", "hint": "conseil"})
    compiled = GNUTranslations(BytesIO(data))
    assert compiled.info() == {"content-type": "text/plain; charset=utf-8"}
    assert [compiled.gettext(text) for text in ("error", "hint", "new")] == ["erreur", "conseil", "new"]


def test_the_script_reports_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "collect_messages", lambda: {"error": ["a.py"], "{date} is not a day": ["a.py"]})
    monkeypatch.setattr(catalogues, "translations", lambda language: {"error": f"error in {language}"})
    monkeypatch.setattr(catalogues, "HOME", tmp_path)
    monkeypatch.setattr(catalogues, "outdated", lambda rendered: list(rendered))
    monkeypatch.setattr("sys.argv", ["catalogues.py", "--check"])
    assert catalogues.main() == 1
    assert list(tmp_path.iterdir()) == []
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "fr: has no translation: {date} is not a day",
        "fr.po is out of date: run scripts/catalogues.py",
    ]
    assert len(lines) == 6
    monkeypatch.setattr("sys.argv", ["catalogues.py"])
    assert catalogues.main() == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["es.mo", "es.po", "fr.mo", "fr.po"]
    monkeypatch.setattr(catalogues, "translations", lambda _: {"error": "x", "{date} is not a day": "y {date}"})
    assert catalogues.main() == 0


# -- no message is missed


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('msg("a {b}", b=1)', ["a {b}"]),
        ('look.translate("a") + self.phrase("b")', ["a", "b"]),
        ("text = f\"{style.translate('a')}: {wording.phrase('b')}\"", ["a", "b"]),
        ('msg("a" if one else "b")', ["a", "b"]),
        ('msg("a " "b")', ["a b"]),
        ('_one_of(NAMES, message="a", hint="b")', ["a", "b"]),
        ('optional("a", "b", "c", default="d")', ["a", "b"]),
        ('Field(title="a", description="b", examples=["c"])', ["a", "b"]),
        ("msg(fault)", []),
        ('other("a")', []),
        ('msg(text, "a")', []),
    ],
)
def test_phrases_are_found_where_they_are_marked(code: str, expected: list[str]) -> None:
    assert sorted(catalogues.messages_in(code)) == expected


def unknown_sentences(source: Path, known: dict[str, str]) -> list[str]:
    """Return the messages of modules without a translation."""
    return [
        f"{file.relative_to(source).as_posix()}:{line}: {text}"
        for file in sorted(source.rglob("*.py"))
        for line, text in marked_texts(file.read_text(encoding="utf-8"))
        if text not in known
    ]


def marked_texts(code: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if name in ("msg", "phrase", "translate") and isinstance(first, ast.Constant):
            yield node.lineno, first.value


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_of_the_source_lacks_a_translation(language: str) -> None:
    assert unknown_sentences(SOURCE, catalogues.translations(language)) == []


def test_a_sentence_without_a_translation_is_found(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "new.py").write_text(
        'x = 1\ny = self.phrase("the wave is {n} wide", n=x)\n', encoding="utf-8"
    )
    assert unknown_sentences(tmp_path, {}) == ["rules/new.py:2: the wave is {n} wide"]
    assert unknown_sentences(tmp_path, {"the wave is {n} wide": "…"}) == []


def unmarked_cells(code: str) -> list[str]:
    """Return the texts in a table that are not marked although others in their column are."""
    tree = ast.parse(code)
    names = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: list[str] = []
    for table in ast.walk(tree):
        for column in columns(table):
            cells = [names.get(cell.id, cell) if isinstance(cell, ast.Name) else cell for cell in column]
            if any(isinstance(cell, ast.Call) and getattr(cell.func, "id", "") == "phrase" for cell in cells):
                found += [cell.value for cell in cells if isinstance(cell, ast.Constant) and cell.value not in found]
    return found


def is_json_schema(table: ast.AST) -> bool:
    """Tell whether a dictionary is a JSON Schema, whose values are no rows."""
    keys = {key.value for key in table.keys if isinstance(key, ast.Constant)} if isinstance(table, ast.Dict) else set()
    return bool(keys & {"title", "errorMessage", "patternProperties"})


def columns(table: ast.AST) -> list[list[ast.expr]]:
    """Return the columns of a table: of a list of rows, or of the values of a dictionary."""
    if not isinstance(table, ast.Tuple | ast.List | ast.Dict) or is_json_schema(table):
        return []
    rows = table.values if isinstance(table, ast.Dict) else table.elts
    if not all(isinstance(row, ast.Tuple) for row in rows):
        return [rows] if isinstance(table, ast.Dict) else []
    return [list(column) for column in zip(*(row.elts for row in rows if isinstance(row, ast.Tuple)), strict=False)]


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_the_tables_of_sentences_are_marked(file: Path) -> None:
    assert unmarked_cells(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('T = (("x", phrase("a")), ("y", "b"))', ["b"]),
        ('B = "b"\nT = [("x", phrase("a")), ("y", B)]', ["b"]),
        ('B = phrase("b")\nT = (("x", phrase("a")), ("y", B))', []),
        ('T = {"x": (phrase("a"), "c"), "y": ("b", "d")}', ["b"]),
        ('T = {"x": phrase("a"), "y": "b"}', ["b"]),
        ('T = {"x": "a", "y": "b"}', []),
        ('T = ("a", phrase("b"))', []),
    ],
)
def test_a_cell_without_a_mark_is_found(code: str, expected: list[str]) -> None:
    assert unmarked_cells(code) == expected


def test_all_messages_about_broken_plans_are_in_the_catalogue(tmp_path: Path, found: dict[str, list[str]]) -> None:
    sentences = {text for seed in PLANS for text in messages_about(tmp_path / str(seed), seed)}
    assert len(sentences) > 40
    assert sorted(sentences - found.keys()) == []


def messages_about(folder: Path, seed: int) -> Iterator[str]:
    """Return the messages about a broken plan, with their placeholders."""
    folder.mkdir()
    for name, raw in plan_of(seed).items():
        (folder / name).write_bytes(raw)
    try:
        checked = rules.check(load(folder))
    except PlanError as error:
        yield from (error.message.text, error.hint.text)
        return
    for finding in (*checked.findings, *checked.waived):
        yield from (message.text for message in (finding.message, finding.hint) if isinstance(message, Message))


# -- the translator


@pytest.mark.parametrize("language", ["fr", "fr-CA", "fr-FR", "fr-MX", "fr-Latn-CH"])
def test_every_french_is_french(language: str) -> None:
    assert translator(language)("hint") == "conseil"


@pytest.mark.parametrize("language", ["es", "es-419", "es-MX"])
def test_every_spanish_is_spanish(language: str) -> None:
    assert translator(language)("hint") == "consejo"


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "pt-BR", "frr", "est", "zz", ""])
def test_other_languages_use_english(language: str) -> None:
    assert translator(language)("hint") == "hint"


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_without_a_translation_stays_english(language: str) -> None:
    assert translator(language)("the moon is {colour}") == "the moon is {colour}"


def test_a_translated_message_has_its_values() -> None:
    message = Message("{date} is in the year {year}", {"date": '"0900"', "year": "0900"})
    assert message.format(translator("fr")) == '"0900" est en l\'an 0900'
    assert message.format(translator("es-MX")) == '"0900" es del año 0900'

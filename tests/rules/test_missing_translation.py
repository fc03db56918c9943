"""Texts that are not translated: which count, how they are named, and where the finding points."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, SOUND, checked, read_plan
from wavectl.diagnostics import Message, format_path
from wavectl.render.context import RenderContext
from wavectl.rules import missing_translation

LANGUAGES = "languages: [fr, en]\n"
CHANGED, CHANGE = "except.2018-09-14", "Forum, 2018-09-14"


def untranslated(home: Path, files: dict[str, str]) -> list[str]:
    """Return each finding as ``wave path: language: texts``."""
    plan = read_plan(home, files)
    assert plan.findings == ()
    return [
        f"{finding.wave} {format_path(finding.path)}: {listed(finding.message)}"
        for finding in missing_translation.check(plan)
    ]


def listed(message: Message) -> str:
    """Return the language and the texts that a message names."""
    named = message.values.get("list", message)
    assert isinstance(named, Message)
    more = f" and {message.values['count']} more" if named is not message else ""
    texts = RenderContext(("en",)).raw_message(Message("{language}: {texts}", named.values))
    return f"{texts}{more}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("description: {fr: Texte}", "wave description: English: description"),
        ("description: Texte", None),
        ("description: {fr: Texte, en: Text}", None),
        ("description: {fr: Texte, en: Text, es: Texto}", None),
        ("notice: {fr: Texte}", "wave notice: English: notice"),
        ("content: {advocacy: {fr: Texte}, learning: Texte}", "wave content.advocacy: English: content of Advocacy"),
        (
            "campaigns: [{name: Shift, description: {fr: T}}]",
            "wave campaigns[0].description: English: description of Shift",
        ),
        ("campaigns: [{name: {fr: Virage}}]", "wave campaigns[0].name: English: name of Virage"),
        ("actors: [{id: bcn, name: {fr: Barcelone}, kind: member}]", "wave actors[0].name: English: name of Barcelone"),
        ("actors: [{id: own, role: {fr: chef}, name: O, kind: member}]", "wave actors[0].role: English: role of O"),
        ("actors: [{name: O, short: {fr: O}, kind: member}]", "wave actors[0].short: English: short name of O"),
        # never published
        ("source: {fr: Texte}", None),
        ("x-own: {fr: Texte}", None),
        ("waive: {silent-months: {fr: Texte}}", None),
        ("actors: [{id: own, aliases: [{fr: O}], name: O, kind: member}]", None),
    ],
)
def test_texts_of_a_wave(text: str, expected: str | None, tmp_path: Path) -> None:
    files = {"programme": LANGUAGES, "wave": f"{SOUND}{text}\n"}
    assert untranslated(tmp_path, files) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short: {fr: T}", "short: English: short title of Forum"),
        ("description: {fr: T}", "description: English: description of Forum"),
        ("outcome: {fr: T}", "outcome: English: outcome of Forum"),
        ("place: {name: {fr: Genève, es: Ginebra}}", "place.name: English: place of Forum"),
        ("place: {fr: Genève, es: Ginebra}", "place.name: English: place of Forum"),
        ("repeat: yearly, except: {2018-09-14: {title: {fr: T}}}", f"{CHANGED}.title: English: title of {CHANGE}"),
        ("repeat: yearly, except: {2018-09-14: {place: {fr: T, es: T}}}",
         f"{CHANGED}.place.name: English: place of {CHANGE}"),
        ("note: {fr: T}", None),
        ("owner: {fr: T}", None),
        ("source: {fr: T}", None),
    ],
)  # fmt: skip
def test_texts_of_a_moment(text: str, expected: str | None, tmp_path: Path) -> None:
    files = {
        "programme": LANGUAGES,
        "wave": f"{SOUND}moments:\n  - {{id: forum, title: Forum, when: 2017-09-14, {text}}}\n",
    }
    assert untranslated(tmp_path, files) == ([f"wave moments[0].{expected}"] if expected else [])


def test_texts_of_the_programme(tmp_path: Path) -> None:
    programme = LANGUAGES + (
        "name: {fr: Vagues}\norganiser: {name: {fr: CGLU}}\nregions: {africa: {fr: Afrique}}\n"
        "actors: {bcn: {name: {fr: B}, short: {fr: B}, kind: member}}\nfeeds: {firm: {name: {fr: Sûr}}}\n"
    )
    assert untranslated(tmp_path, {"programme": programme, "wave": ANNOUNCED}) == [
        "None name: English: name, name of CGLU, name of Afrique, name of Sûr, name of B and 1 more"
    ]


def test_default_priorities_need_no_translation(tmp_path: Path) -> None:
    assert untranslated(tmp_path / "default", {"programme": "languages: [ca]\n", "wave": ANNOUNCED}) == []
    own = "languages: [ca]\npriorities: {voice: {fr: Voix}}\n"
    assert untranslated(tmp_path / "own", {"programme": own, "wave": ANNOUNCED}) == [
        "None priorities.voice: Catalan: name of Voix"
    ]


def test_one_finding_for_each_language_at_the_first_text(tmp_path: Path) -> None:
    moments = "".join(f"  - {{id: m{n}, title: {{fr: T{n}}}, when: 2017-09}}\n" for n in range(12))
    files = {"programme": "languages: [fr, en, es]\n", "wave": SOUND + "moments:\n" + moments}
    (files["wave"],) = (files["wave"].replace("title: Housing", "title: {fr: Logement, es: Vivienda}"),)
    five = "title of T0, title of T1, title of T2, title of T3"
    assert untranslated(tmp_path, files) == [
        f"wave title: English: title, {five} and 8 more",
        f"wave moments[0].title: Spanish: {five}, title of T4 and 7 more",
    ]
    assert [one.span.line for one in checked(read_plan(tmp_path, files), select=["missing-translation"])] == [1, 6]


def test_of_an_announced_wave_the_title_counts(tmp_path: Path) -> None:
    wave = "title: {fr: Logement}\nstatus: announced\nnotice: {fr: Bientôt}\nslogan: {fr: Un droit}\n"
    files = {"programme": LANGUAGES, "wave": wave}
    assert untranslated(tmp_path, files) == ["wave title: English: title"]
    assert [one.rule for one in checked(read_plan(tmp_path, files))] == ["missing-translation"]


@pytest.mark.parametrize(
    ("languages", "text", "expected"),
    [
        ("[pt-BR]", "{pt: Texto}", []),  # readers of pt-BR get pt
        ("[pt]", "{pt-BR: Texto}", ["wave description: Portuguese: description"]),
        ("[fr, pt-BR]", "{fr: Texte}", ["wave description: Brazilian Portuguese: description"]),
    ],
)
def test_a_language_covers_its_variants(languages: str, text: str, expected: list[str], tmp_path: Path) -> None:
    files = {"programme": f"languages: {languages}\n", "wave": f"{SOUND}description: {text}\n"}
    assert untranslated(tmp_path, files) == expected


def test_without_a_programme_the_language_is_english(tmp_path: Path) -> None:
    assert untranslated(tmp_path, {"wave": SOUND + "description: {fr: Texte}\n"}) == [
        "wave description: English: description"
    ]


def test_the_language_is_named_in_the_language_of_the_reader(tmp_path: Path) -> None:

    plan = read_plan(tmp_path, {"programme": LANGUAGES, "wave": SOUND + "description: {fr: Texte}\n"})
    (finding,) = missing_translation.check(plan)
    assert "anglais" in RenderContext(("fr",)).format_message(finding.message)
    assert "inglés" in RenderContext(("es",)).format_message(finding.message)


@pytest.mark.parametrize(("programme", "names_programme"), [(LANGUAGES, False), ("{}\n", True)])
def test_the_hint_names_the_programme_if_it_has_no_languages(
    programme: str, names_programme: bool, tmp_path: Path
) -> None:
    (finding,) = missing_translation.check(
        read_plan(tmp_path, {"programme": programme, "wave": SOUND + "description: {fr: Texte}\n"})
    )
    assert finding.hint is not None
    assert "wavectl translate wave --lang en" in str(finding.hint)
    assert ("wavectl programme edit --languages" in str(finding.hint)) == names_programme


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Nairobi", 0),
        ("{fr: Nairobi}", 0),
        ("{fr: Genève, en: Geneva}", 1),
        ("{fr: Genève, en: Geneva, es: Ginebra}", 0),
    ],
)
def test_the_name_of_a_town_needs_no_translation_unless_one_is_written(tmp_path: Path, name: str, count: int) -> None:
    wave = f"{SOUND}moments: [{{id: a, title: A, when: 2018-01-05, place: {{name: {name}}}}}]\n"
    plan = read_plan(tmp_path, {"programme": "languages: [fr, en, es]\n", "housing": wave})
    assert [finding.rule for finding in checked(plan)].count("missing-translation") == count

"""``wavectl diff``: what changed between two states of a plan, in the words of its readers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from support.git import git
from support.golden import Golden
from support.plans import REAL, ROOT, SOUND, run, write_plan
from support.registers import register_bytes
from wavectl.actions.action import HEADER

EXPECTED = Path(__file__).parent / "expected" / "diff"
HOSTILE = '"\\e[31m | `x` <img src=x> @octocat [a](https://evil.example) \\u202e {{ 7*7 }}"'

EDITS: dict[str, list[tuple[str, str]]] = {
    "housing.yaml": [
        ('en: "Housing is a right, not a commodity!"', 'en: "Housing is a human right!"'),
        (
            '    - "#Right2Housing"\n    - "#MakeTheShift"\nperiod: 2017-05/2018-12',
            '    - "#Vivienda"\nperiod: 2017-05/2019-03',
        ),
        ("when: 2017-11-02/2017-11-03", "when: 2017-11-09/2017-11-10"),  # moved
        ("    when: 2017-11\n", "    status: postponed\n    when: 2017-11\n"),
        ("    same_as: migration/gwangju-forum #", "    #"),  # untied
        ("    repeat: yearly", "    except: {2018-12-10: cancelled}\n    repeat: yearly"),
        ("  - id: hlpf-2018\n", "  - id: political-forum\n    was: [hlpf-2018]\n"),
        ('en: "High-Level Political Forum on SDG 11"', 'en: "Political Forum on SDG 11"'),  # renamed
        ("    when: 2018-03\n", "    when: 2018-03-05/2018-03-06\n"),  # firm now
        (
            "# Who takes part",
            "  - {id: rights-week, title: {fr: Semaine des droits, en: Rights week}, when: 2018-05-14/2018-05-18}\n"
            "  - {id: secret, title: Secret, when: 2018-06, draft: true}\n\n# Who takes part",
        ),
        ("  - feantsa\n", ""),
        ("  - sahrc\n", "  - sahrc\n  - un-habitat\n"),
        ("  learning:\n    fr: |", "  learning:\n    en: A peer learning session on financing housing.\n    fr: |"),
        ("  monitoring:\n    fr: |\n      Le cinquième rapport", "  monitoring:\n    fr: |\n      Le sixième rapport"),
        ('    hashtag: "#MakeTheShift"', '    hashtag: "#TheShift"'),
        ("Twenty months, as published: it closes", "Two years: it closes"),
    ],
    "migration.yaml": [
        ("Todos migrantes, todos ciudadanos", "Todas migrantes, todas ciudadanas"),
        ("when: 2018-10\n", "when: 2018-12-10/2018-12-11?\n"),  # moved, not firm
        ("    when: 2017-11-16/2017-11-17\n", "    when: 2017-11\n"),  # blurred
        ("    when: 2017-10-17/2017-10-20\n", "    when: 2017-10-17/2017-10-20\n    status: cancelled\n"),
        ("    when: 2018-02/2018-07 #", "    when: 2018-03/2018-06 #"),  # more precise
        ("  - id: un-general-assembly\n<any>  - id: gwangju-forum", "  - id: gwangju-forum"),
        ("    when: 2017-09-14/2017-09-17\n", "    actors: [un-habitat]\n    when: 2017-09-14/2017-09-17\n"),
        ("    when: 2017-09\n", "    same_as: compact-geneva\n"),  # tied
        ("  - id: compact-mexico\n<any>  - id: compact-zero-draft", "  - id: compact-zero-draft"),  # to another wave
        ("    confirmed: false #", "    confirmed: true #"),
        ('      es: "Pacto en Viena"\n', ""),
        ("  implementation:\n<any>  monitoring:\n", "  monitoring:\n"),
    ],
    "local-finance.yaml": [
        (
            "status: announced\n",
            "period: 2017-11/2019-12\nslogan: {fr: Des moyens, en: Means}\nhashtags: ['#Finance']\nmoments:\n"
            "  - id: compact-mexico\n    was: [migration/compact-mexico]\n    title:\n"
            "      fr: Réunion préparatoire du Pacte mondial sur les migrations\n"
            "      en: Preparatory meeting of the Global Compact for Migration\n"
            "      es: Reunión preparatoria del Pacto Mundial para la Migración\n"
            "    short: {fr: Pacte au Mexique, en: Compact in Mexico, es: Pacto en México}\n"
            "    when: 2017-11\n    place: {country: MX}\n"
            "    source: Réunion préparatoire du Pacte mondial sur les migrations, novembre, Mexique\n"
            "    note: 'La page ne dit pas l’année : 2017, d’après les moments voisins.'\n",
        ),
        ('  en: "Information coming soon"\n', '  en: "Details in January"\n'),
    ],
    "programme.yaml": [
        ("languages: [fr, en, es] #", "languages: [fr, en, es, pt] #"),
        ('    en: "Monitoring and follow-up"', '    en: "Monitoring"'),
        ("countries: [KR]", "countries: [JP, KR]"),
    ],
}  # fmt: skip

CLIMATE = """\
title: {fr: Climat, en: Climate, es: Clima}
slogan: {fr: Des villes fraîches, en: Cool cities, es: Ciudades frescas}
hashtags: {fr: ["#VillesFraîches"], en: ["#CoolCities"], es: ["#CiudadesFrescas", "#Clima"]}
period: 2018-01/2019-06
notice: {fr: À venir, en: Coming soon, es: Próximamente}
moments:
  - {id: summit, title: {fr: Sommet des villes, en: City summit, es: Cumbre de ciudades}, when: 2018-12-03/2018-12-14}
actors: [barcelona, {id: uclg-africa, confirmed: false}, {name: Research centres, kind: research}]
content: {learning: {fr: Beaucoup, en: A lot, es: Mucho}}
campaigns: [{name: Fresh, hashtag: "#Fresh"}]
"""


def edited(text: str, edits: list[tuple[str, str]]) -> str:
    for before, after in edits:
        pattern = re.escape(before).replace("<any>", ".*?")
        text, count = re.subn(pattern, lambda _, new=after: new, text, flags=re.DOTALL)
        assert count == 1, before
    return text


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the real waves as one commit, and with each of them edited as the next."""
    home = tmp_path_factory.mktemp("diff")
    git(home, "init", "--quiet", "--initial-branch=main")
    shutil.copytree(REAL, home / "waves")
    git(home, "add", ".")
    git(home, "commit", "-qm", "one")
    git(home, "tag", "before")
    for name, edits in EDITS.items():
        file = home / "waves" / name
        file.write_text(edited(file.read_text(encoding="utf-8"), edits), encoding="utf-8")
    (home / "waves" / "climate.yaml").write_text(CLIMATE, encoding="utf-8")
    sources = home / "waves" / "actions" / "sources.yaml"
    sources.write_text(f"{sources.read_text(encoding='utf-8')}  partners: {{language: fr}}\n", encoding="utf-8")
    register = home / "waves" / "actions" / "migration.csv"
    header, first, second, *rest = register.read_text(encoding="utf-8").splitlines(keepends=True)
    new = second.replace(second[:17], "page-ffffffffffff", 1)
    register.write_text("".join([header, first.replace(",accepted,", ",refused,"), *rest, new]), encoding="utf-8")
    assert run("validate", "--today", "2017-06-01", cwd=home).code == 0
    git(home, "add", ".")
    git(home, "commit", "-qm", "two", day="2017-05-20")
    return home


def diff(home: Path, *arguments: str, lang: str = "en") -> str:
    outcome = run("diff", "--today", "2017-06-01", "--lang", lang, *arguments, cwd=home)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def data(home: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(diff(home, *arguments, "--format", "json"))
    return found


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_the_real_waves(home: Path, golden: Golden, form: str, suffix: str, lang: str) -> None:
    golden(EXPECTED / f"real.{lang}.{suffix}", diff(home, "before", "HEAD", "--format", form, lang=lang))


def test_what_a_careful_reader_finds_and_nothing_else(home: Path) -> None:
    found = data(home, "before", "HEAD")
    moments = {
        one["moment"]: (one["kinds"], [fact["field"] for fact in one["facts"]])
        for wave in found["waves"]
        for one in wave["moments"]
    }
    assert moments == {
        "climate/summit": (["added"], []),
        "housing/cities-for-housing": (["moved"], ["when"]),
        "housing/gwangju-forum": (["untied", "blurred"], ["same_as", "when"]),
        "housing/housing-policy-meetings": (["postponed"], ["status"]),
        "housing/human-rights-day": (["repeated"], ["except"]),
        "housing/political-forum": (["id-changed", "renamed"], ["id", "title"]),
        "housing/rapporteur-report": (["firmed-up"], ["when"]),
        "housing/rights-week": (["added"], []),
        "housing/secret": (["added"], []),
        "local-finance/compact-mexico": (["wave-changed"], ["wave"]),
        "migration/cities-and-migration": (["blurred"], ["when"]),
        "migration/compact-conference": (["moved", "narrowed"], ["when"]),
        "migration/compact-vienna": (["tied", "moved", "relocated"], ["same_as", "when", "place"]),
        "migration/compact-zero-draft": (["narrowed"], ["when"]),
        "migration/gwangju-forum": (["actors"], ["actors"]),
        "migration/local-development-forum": (["cancelled"], ["status"]),
        "migration/un-general-assembly": (["removed"], []),
    }
    waves = {
        wave["wave"]: (
            [fact["field"] for fact in wave["facts"]],
            [(item["field"], item["key"], item["state"]) for item in wave["items"]],
            {each["language"]: (len(each["added"]), len(each["removed"])) for each in wave["translations"]},
        )
        for wave in found["waves"]
    }
    assert waves == {
        "climate": (
            ["slogan", "hashtags", "period", "notice"],
            [
                ("actors", "barcelona", "new"),
                ("actors", "uclg-africa", "new"),
                ("actors", "research-centres", "new"),
                ("content", "learning", "new"),
                ("campaigns", "Fresh", "new"),
            ],
            {},
        ),
        "housing": (
            ["slogan", "hashtags", "period"],
            [
                ("actors", "un-habitat", "new"),
                ("actors", "feantsa", "removed"),
                ("content", "monitoring", "changed"),
                ("campaigns", "Make the Shift", "changed"),
                ("waive", "calendar-length", "changed"),
            ],
            {"en": (1, 0)},
        ),
        "local-finance": (["status", "slogan", "hashtags", "period", "notice"], [], {}),
        "migration": (
            ["slogan"],
            [("actors", "cmi", "changed"), ("content", "implementation", "removed")],
            {"es": (0, 1)},
        ),
    }
    actions = {wave["wave"]: {name: n for name, n in (wave["actions"] or {}).items() if n} for wave in found["waves"]}
    assert found["sources"] == {"new": 1, "changed": 0, "removed": 0}
    assert actions == {
        "climate": {},
        "housing": {},
        "local-finance": {},
        "migration": {"new": 1, "refused": 1, "removed": 1},
    }
    assert [fact["field"] for fact in found["programme"]["facts"]] == ["languages"]
    assert [item["key"] for item in found["programme"]["items"]] == ["monitoring", "asia-pacific"]


def test_every_key_is_described(home: Path) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = text.partition("### What diff says as JSON\n")[2].partition("\n## ")[0]
    found = data(home, "before", "HEAD")
    waves, parts = found["waves"], ("facts", "items", "translations")
    moments = [moment for wave in waves for moment in wave["moments"]]
    blocks = [found, found["summary"], found["programme"], *waves, *moments, *(wave["actions"] or {} for wave in waves)]
    blocks += [one for block in (found["programme"], *waves, *moments) for part in parts for one in block.get(part, ())]
    blocks += [one["after"] or {} for one in moments]
    keys = {key for block in blocks for key in block} | {kind for one in moments for kind in one["kinds"]}
    assert keys - set(re.findall(r"`([\w-]+)`", section)) == {"schema"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a repository with a small plan that was committed and never published."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    write_plan(tmp_path, {"housing": SMALL, "other": SOUND})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


SMALL = SOUND + "moments:\n  - {id: a, title: A, when: 2017-09}\n  - {id: b, title: B, when: 2018-09}\n"
FIRM = SMALL.replace("2017-09}", "2017-09-14}")


def kinds(home: Path, *arguments: str) -> dict[str, list[str]]:
    return {moment["moment"]: moment["kinds"] for wave in data(home, *arguments)["waves"] for moment in wave["moments"]}


def test_the_last_commit_is_compared_with_the_files_as_they_are(small: Path) -> None:
    assert diff(small) == "What has changed since the last commit (1 May 2017)\nNothing has changed.\n"
    write_plan(small, {"housing": FIRM})
    assert kinds(small) == {"housing/a": ["firmed-up"]}
    row = diff(small).splitlines()[5]
    assert re.split(r"  +", row) == ["A", "firm now", "September 2017 → 14 September 2017"]


def test_revisions_folders_and_files_are_compared_with_one_another(small: Path) -> None:
    firm = {"housing/a": ["firmed-up"]}
    write_plan(small, {"housing": FIRM})
    git(small, "commit", "-qam", "two")
    write_plan(small / "copy", {"housing": SMALL, "other": SOUND})
    (small / "sent.yaml").write_text(SMALL, encoding="utf-8")
    (small / "housing.yaml").write_text(FIRM, encoding="utf-8")
    assert kinds(small) == kinds(small, "HEAD") == kinds(small, "waves", "HEAD") == {}
    for arguments in (["HEAD~1"], ["HEAD~1", "HEAD"], ["copy/waves"], ["copy/waves", "waves"], ["copy/waves", "HEAD"]):
        assert kinds(small, *arguments) == firm, arguments
    assert kinds(small, "sent.yaml", "housing.yaml") == kinds(small, "copy/waves", "housing.yaml") == firm
    assert kinds(small, "waves", "copy/waves") == {"housing/a": ["blurred"]}


def test_a_folder_is_compared_where_there_is_no_plan(small: Path) -> None:
    write_plan(small / "copy", {"housing": FIRM, "other": SOUND})
    (small / "empty").mkdir()
    found = run("diff", "../waves", "../copy/waves", "--format", "json", cwd=small / "empty")
    assert json.loads(found.out)["summary"] == {"waves": 1, "moments": {"firmed-up": 1}}


def test_one_file_of_the_plan_is_compared_with_the_last_commit(small: Path) -> None:
    write_plan(small, {"housing": FIRM, "other": SOUND.replace("A right", "Rights")})
    assert [wave["wave"] for wave in data(small, "waves/other.yaml")["waves"]] == ["other"]
    assert [wave["wave"] for wave in data(small)["waves"]] == ["housing", "other"]


def test_the_exit_code_says_whether_something_changed(small: Path) -> None:
    assert run("diff", "--exit-code", cwd=small).code == 0
    write_plan(small, {"housing": FIRM})
    assert run("diff", "--exit-code", cwd=small).code == 1
    assert run("diff", cwd=small).code == 0


def test_drafts_count_in_no_format(small: Path) -> None:
    write_plan(
        small,
        {"housing": f"{SMALL}  - {{id: c, title: C, when: 2018}}\n  - {{id: d, title: D, when: 2018, draft: true}}\n"},
    )
    assert data(small)["summary"]["moments"] == {"added": 1}
    assert "Moments: new (1)" in diff(small)


def test_a_file_is_compared_only_with_a_wave_of_its_name(small: Path) -> None:
    (small / "sent.yaml").write_text(FIRM, encoding="utf-8")
    for arguments in (["sent.yaml"], ["sent.yaml", "HEAD"], ["sent.yaml", "waves"]):
        outcome = run("diff", *arguments, "--lang", "en", cwd=small)
        assert (outcome.code, outcome.out) == (2, "")
        assert 'the plan has no wave "sent"' in outcome.err
        assert "housing, other" in outcome.err
    (small / "sent.yaml").rename(small / "housing.yaml")
    assert kinds(small, "housing.yaml") == {"housing/a": ["blurred"]}


@pytest.mark.parametrize("arguments", ["nowhere", "waves nowhere", "nowhere.yaml", "--format html", "a b c"])
def test_what_cannot_be_compared_is_wrong_usage(small: Path, arguments: str) -> None:
    outcome = run("diff", *arguments.split(), cwd=small)
    assert (outcome.code, outcome.out) == (2, "")


def test_without_a_repository_a_folder_is_asked_for(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SMALL})
    outcome = run("diff", "--lang", "en", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert (outcome.code, outcome.out) == (2, "")
    assert "the plan is not in a git repository" in outcome.err


BROKEN = {
    "wave": ("title: [", {}),
    "moment": (SMALL.replace("title: B, when: 2018-09}", "title: {}, when: 2018-09}"), {}),
    "date": (SMALL.replace("when: 2018-09}", "when: soon}"), {}),
    "slogan": (SMALL.replace("slogan: A right", "slogan: {}"), {}),
    "the rest": (FIRM.replace("slogan: A right", "slogan: {}"), {"housing/a": ["firmed-up"]}),
}


def test_without_a_repository_no_revision_is_named(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    assert "HEAD" not in run("diff", cwd=tmp_path).err


def test_a_day_is_offered_where_a_revision_is_not_known(small: Path) -> None:
    done = run("diff", "hier", "--lang", "en", cwd=small)
    assert (done.code, "a day such as" in done.err) == (2, True)


def test_private_facts_are_marked(small: Path) -> None:
    wave = small / "waves" / "housing.yaml"
    found = re.sub(r"when: [^,}\n]+", lambda one: f"{one[0]}, note: News", wave.read_text(), count=1)
    wave.write_text(found)
    assert "Note (internal)" in diff(small)


@pytest.mark.parametrize("name", BROKEN)
def test_with_errors_what_loads_is_compared(small: Path, name: str) -> None:
    text, expected = BROKEN[name]
    write_plan(small, {"housing": text})
    outcome = run("diff", "--lang", "en", "--format", "json", cwd=small)
    assert (outcome.code, "the plan has errors" in outcome.err) == (0, True)
    found = json.loads(outcome.out)
    assert found["summary"]["moments"] == {kind: 1 for kinds in expected.values() for kind in kinds}
    assert [fact for wave in found["waves"] for fact in wave["facts"]] == []
    git(small, "commit", "-qam", "broken")
    write_plan(small, {"housing": SMALL})
    outcome = run("diff", "--lang", "en", "--format", "json", cwd=small)
    assert (outcome.code, "the earlier plan has errors" in outcome.err) == (0, True)
    assert len(json.loads(outcome.out)["summary"]["moments"]) == len(expected)


def test_hostile_texts_stay_texts(small: Path) -> None:
    wave = SMALL.replace("title: B", f"title: {HOSTILE}").replace("slogan: A right", f"slogan: {HOSTILE}")
    write_plan(small, {"housing": wave})
    text, markdown, raw = (diff(small, "--format", form) for form in ("text", "markdown", "json"))
    assert not {"\x1b", "\u202e"} & {*text, *markdown, *raw}
    assert "<img" not in markdown.replace("\\<img", "")
    assert "[a](" not in markdown.replace("\\[a\\](", "")
    assert "@octocat" not in markdown
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {4}


def test_markdown_fits_a_comment_and_says_what_is_left_out(small: Path) -> None:
    moments = "".join(f"  - {{id: m{n}, title: '{'Moment ' * 9}{n}', when: 2018-03}}\n" for n in range(800))
    write_plan(small, {"housing": SMALL + moments})
    text = diff(small, "--format", "markdown")
    assert 60_000 < len(text) <= 65_000
    shown = text.count("| new |")
    assert f"{800 - shown} more changes are left out here  \nwavectl diff shows all of them" in text
    assert diff(small).count("new ") > 800


def test_markdown_fits_a_comment_with_long_titles_for_subscribers(small: Path) -> None:
    moments = "".join(f"  - {{id: m{n}, title: {'Long ' * 300}, when: 2018-03}}\n" for n in range(60))
    write_plan(small, {"programme": "uid_domain: network.org\n", "housing": SMALL + moments})
    assert run("export-ics", "--today", "2017-05-01", cwd=small).code == 0
    git(small, "add", ".")
    git(small, "commit", "-qm", "published")
    write_plan(small, {"housing": SMALL + moments.replace("2018-03", "2018-04")})
    text = diff(small, "--format", "markdown")
    assert len(text) <= 65_000
    assert text.count("| moved |") == 60
    assert text.endswith("too long for this place; wavectl diff shows all of it\n")


def test_sources_with_errors_are_named(small: Path) -> None:
    write_plan(small, {"actions/sources.yaml": "sources: {partners: {language: fr}}\n"})
    assert data(small)["sources"] == {"new": 1, "changed": 0, "removed": 0}
    git(small, "add", ".")
    git(small, "commit", "-qm", "sources")
    write_plan(small, {"actions/sources.yaml": "sources: {partners: {language: es}, other: {}}\n"})
    assert data(small)["sources"] == {"new": 1, "changed": 1, "removed": 0}
    write_plan(small, {"actions/sources.yaml": "sources: [\n"})
    outcome = run("diff", "--lang", "en", cwd=small)
    assert (outcome.code, outcome.out.splitlines()[1]) == (0, "Nothing has changed.")
    assert "actions/sources.yaml has errors, so its changes are missing" in outcome.err


def test_files_that_are_new_renamed_or_not_known_to_git_count_as_they_are(small: Path) -> None:
    (small / "waves" / "housing.yaml").rename(small / "waves" / "housing.yml")
    assert data(small)["waves"] == []
    (small / "waves" / "housing.yml").rename(small / "waves" / "home.yaml")
    states = {wave["wave"]: wave["state"] for wave in data(small)["waves"]}
    assert states == {"home": "new", "housing": "removed"}
    write_plan(small, {"home": f"{SMALL}was: [housing]\n"})
    (wave,) = data(small)["waves"]
    assert (wave["wave"], wave["earlier_id"], wave["moments"]) == ("home", "housing", [])
    moved = "{id: b, was: [housing/b], title: B, when: 2018-09}"
    write_plan(small, {"home": f"{SMALL}was: [housing]\n".replace("  - {id: b, title: B, when: 2018-09}\n", "")})
    write_plan(small, {"other": f"{SOUND}moments:\n  - {moved}\n"})
    assert kinds(small) == {"other/b": ["wave-changed"]}


def test_what_is_for_other_tools_is_no_change(small: Path) -> None:
    write_plan(small, {"housing": f"# A comment\nx-budget: 3\n{SMALL}", "notes.txt": "A file"})
    assert diff(small).endswith("Nothing has changed.\n")


def test_a_register_that_cannot_be_read_is_named(small: Path) -> None:
    (small / "waves" / "actions").mkdir()
    (small / "waves" / "actions" / "housing.csv").write_bytes(f"{HEADER}\n".encode() + b"\xff\n")
    outcome = run("diff", "--lang", "en", cwd=small)
    assert (outcome.code, outcome.out.splitlines()[1]) == (0, "Nothing has changed.")
    assert 'the actions of the wave "housing" cannot be compared: the file is not in UTF-8' in outcome.err


def test_actions_are_counted_and_never_shown(small: Path) -> None:
    rows = [{"id": f"form-{n}", "title": f"Secret {n}", "organiser": "Ana", "note": "Private"} for n in range(4)]
    (small / "waves" / "actions").mkdir()
    file = small / "waves" / "actions" / "housing.csv"
    file.write_bytes(register_bytes(*rows))
    assert [wave["actions"]["new"] for wave in data(small)["waves"]] == [4]
    git(small, "add", ".")
    git(small, "commit", "-qm", "actions")
    file.write_bytes(register_bytes({**rows[0], "when": "2018"}, {**rows[1], "also": "form-2"}, rows[3]))
    text = diff(small)
    assert "1 action moved, 1 action merged" in text
    assert not {"Secret", "Ana", "Private", "form"} & set(re.findall(r"\w+", text + diff(small, "--format", "json")))


def withdrawn(home: Path, *arguments: str) -> list[str]:
    changes = data(home, *arguments)["subscribers"]["changes"]
    return [change["id"] for change in changes if change["kinds"] == ["withdrawn"]]


def test_a_wave_that_is_taken_out_is_withdrawn_for_subscribers(small: Path) -> None:
    """From the day it leaves the plan, and as it was published, on whatever day the states are compared."""
    write_plan(small, {"programme": "uid_domain: network.org\n"})
    assert run("export-ics", "--today", "2017-05-01", cwd=small).code == 0
    git(small, "add", ".")
    git(small, "commit", "-qm", "published")
    (small / "waves" / "housing.yaml").unlink()
    assert withdrawn(small) == ["a", "b"]
    git(small, "commit", "-qam", "taken out")
    assert withdrawn(small) == []
    assert run("export-ics", "--today", "2017-05-02", "--withdraw", "housing", cwd=small).code == 0
    assert withdrawn(small) == ["a", "b"]
    git(small, "commit", "-qam", "withdrawn")
    assert withdrawn(small, "HEAD~1", "HEAD") == withdrawn(small, "HEAD~2", "HEAD") == ["a", "b"]
    assert withdrawn(small, "HEAD~2", "HEAD", "--today", "2030-01-01") == ["a", "b"]
    assert withdrawn(small) == []


def test_how_a_series_comes_again_is_said_in_words(small: Path) -> None:
    series = SMALL.replace("when: 2017-09}", "when: 2017-09-04, repeat: FREQ=MONTHLY;BYDAY=1MO;COUNT=6}")
    write_plan(small, {"housing": series})
    git(small, "commit", "-qam", "series")
    write_plan(small, {"housing": series.replace("COUNT=6", "COUNT=8")})
    row = diff(small).splitlines()[-1]
    words = "every month (first Monday), {} times in all"
    assert re.split(r"  +", row) == ["A", "other dates of the series", f"{words.format(6)} → {words.format(8)}"]

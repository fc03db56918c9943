"""What changed between two states of a plan, by identity: each change once, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import read_plan
from wavectl.actions.comparison import ActionChanges
from wavectl.insights.plan_changes import PlanChanges, compare_plans
from wavectl.plan.loader import Plan

PROGRAMME = """
name: {fr: Vagues, en: Waves}
languages: [en, fr]
timezone: Europe/Madrid
priorities: {learning: Learning, advocacy: {en: Advocacy}}
regions: {africa: Africa}
design: {min_priorities: 1}
feeds: {firm: {fuzzy: omit}}
actors:
  tunis: {name: Tunis, kind: member}
  uclg: {name: UCLG, kind: association}
"""
HOUSING = """
title: Housing
slogan: {en: A right, fr: Un droit}
hashtags: ["#Housing", "#Shift"]
period: 2017-05/2018-12
source: {period: May}
moments:
  - {id: forum, title: {en: Forum, fr: Forum}, when: 2017-09, place: {name: Gwangju, country: KR}}
  - {id: day, title: Housing Day, kind: observance, when: 2017-12-10, repeat: yearly}
  - {id: talk, title: Talk, when: 2018-03-05, status: tentative, actors: [tunis], priorities: [learning]}
  - {id: plan, title: Plan, when: 2018-04-01, draft: true, note: Not yet}
actors: [tunis, {id: uclg, confirmed: false}, {name: Research centres, kind: research}]
content: {learning: {en: Much to learn}}
campaigns: [{name: Make the Shift, hashtag: "#MakeTheShift"}]
waive: {calendar-length: As published}
"""
MIGRATION = """
title: Migration
slogan: Cities welcome
hashtags: ["#Cities"]
period: 2017-05/2018-12
moments:
  - {id: forum, title: The Forum, same_as: housing/forum}
  - {id: compact, title: Compact, when: 2018-12-10/2018-12-11, place: Marrakesh}
"""
BASE = {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION}


def plan(home: Path, name: str, files: dict[str, str]) -> Plan:
    return read_plan(home / name, files)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    found = plan(tmp_path_factory.mktemp("base"), "old", BASE)
    assert not found.findings
    return found


def listed(changes: PlanChanges) -> list[str]:
    """Return every change in one line: where, what, kinds or field."""
    lines = [f"programme {fact.field}" for fact in changes.programme.facts]
    parts = [("programme", changes.programme.items, changes.programme.translations)]
    for wave in changes.waves:
        if wave.earlier_id or wave.before is None or wave.after is None:
            lines.append(f"{wave.wave} {wave.earlier_id or ('new' if wave.after else 'removed')}")
        lines += [f"{wave.wave} {fact.field}" for fact in wave.facts]
        lines += [f"{wave.wave} actions {wave.actions}"] if wave.actions else []
        for moment in wave.moments:
            draft = " draft" if moment.is_draft else ""
            fields = " ".join(dict.fromkeys(fact.field for fact in moment.facts))
            lines.append(f"{wave.wave} {moment.reference}: {'+'.join(moment.kinds)}{draft} [{fields}]")
        parts.append((wave.wave, wave.items, wave.translations))
    for where, items, translations in parts:
        for item in items:
            state = "new" if item.before is None else "removed" if item.after is None else ""
            facts = " ".join(fact.field for fact in item.facts)
            lines.append(f"{where} {item.field} {item.key}: {state or facts or 'reworded'}")
        lines += [f"{where} {each.language}: +{len(each.added)} -{len(each.removed)}" for each in translations]
    return lines


TALK = "{id: talk, title: Talk, when: 2018-03-05, status: tentative, actors: [tunis], priorities: [learning]}"
COMPACT = "{id: compact, title: Compact, when: 2018-12-10/2018-12-11, place: Marrakesh}"
TIED = "{id: forum, title: The Forum, same_as: housing/forum}"

EDITS: list[tuple[str, str, str, str, list[str]]] = [
    # what it shows, file, text, its replacement, changes
    ("moved", "housing", "when: 2017-09,", "when: 2017-10,", ["housing housing/forum: moved [when]"]),
    ("firmed up", "housing", "2017-09,", "2017-09-14/2017-09-17,", ["housing housing/forum: firmed-up [when]"]),
    ("moved and firm", "housing", "2017-09,", "2017-10-03,", ["housing housing/forum: moved+firmed-up [when]"]),
    ("blurred", "migration", "2018-12-10/2018-12-11", "2018-12", ["migration migration/compact: blurred [when]"]),
    ("doubt", "migration", "10/2018-12-11", "10/2018-12-11?", ["migration migration/compact: blurred [when]"]),
    ("lost date", "migration", "2018-12-10/2018-12-11", "unknown", ["migration migration/compact: blurred [when]"]),
    ("narrowed", "housing", "2017-09,", "[2017-09-10..2017-09-20],", ["housing housing/forum: narrowed [when]"]),
    ("widened", "housing", "2017-09,", "2017,", ["housing housing/forum: widened [when]"]),
    ("the same date", "housing", "2017-09,", "2017-09-XX,", []),
    ("another day", "migration", "2018-12-11", "2018-12-12", ["migration migration/compact: moved [when]"]),
    ("time known", "migration", "2018-12-10/2018-12-11", "2018-12-10T09:00/2018-12-11T18:00",
     ["migration migration/compact: narrowed [when]"]),
    ("confirmed", "housing", "status: tentative, ", "", ["housing housing/talk: confirmed+firmed-up [status]"]),
    ("said to be confirmed", "migration", "place: Marr", "status: confirmed, place: Marr", []),
    ("postponed", "housing", "2017-09,", "2017-09, status: postponed,", ["housing housing/forum: postponed [status]"]),
    ("cancelled", "housing", "status: tentative", "status: cancelled", ["housing housing/talk: cancelled [status]"]),
    ("renamed", "housing", "title: Talk", "title: Debate", ["housing housing/talk: renamed [title]"]),
    ("renamed in one language", "housing", "{en: Forum, fr: Forum}", "{en: Forum, fr: Le Forum}",
     ["housing housing/forum: renamed [title]"]),
    ("place", "housing", "name: Gwangju", "name: Busan", ["housing housing/forum: relocated [place]"]),
    ("kind", "housing", "kind: observance", "kind: deadline", ["housing housing/day: details [kind]"]),
    ("owner", "housing", "priorities: [learning]}", "priorities: [learning], owner: uclg}",
     ["housing housing/talk: details [owner]"]),
    ("actors", "housing", "actors: [tunis],", "actors: [tunis, uclg],", ["housing housing/talk: actors [actors]"]),
    ("rule", "housing", ", repeat: yearly", "", ["housing housing/day: repeated [repeat]"]),
    ("occurrence", "housing", "yearly}", "yearly, except: {2018-12-10: cancelled}}",
     ["housing housing/day: repeated [except]"]),
    ("new id", "housing", "{id: talk,", "{id: debate, was: [talk],", ["housing housing/debate: id-changed [id]"]),
    ("alias", "housing", "{id: talk,", "{id: talk, was: [debate],", ["housing housing/talk: details [was]"]),
    ("untied", "migration", "same_as: housing/forum", "when: 2017-09",
     ["migration migration/forum: untied+relocated [same_as place]"]),
    ("untied and moved", "migration", "same_as: housing/forum", "when: 2017-11",
     ["migration migration/forum: untied+moved+relocated [same_as when place]"]),
    ("tied", "migration", "when: 2018-12-10/2018-12-11, place: Marrakesh", "same_as: housing/talk",
     ["migration migration/compact: tied+moved+blurred+tentative+relocated [same_as when status place]"]),
    ("tied date firmed up", "migration", "same_as: housing/forum}", "same_as: housing/forum, when: 2017-09-14}",
     ["migration migration/forum: firmed-up [when]"]),
    ("published", "housing", ", draft: true, note: Not yet", "",
     ["housing housing/plan: published+details [draft note]"]),
    ("a draft now", "housing", "when: 2017-09,", "when: 2017-09, draft: true,",
     ["housing housing/forum: unpublished [draft]", "migration migration/forum: widened+relocated [when place]"]),
    ("draft moved", "housing", "2018-04-01", "2018-05-01", ["housing housing/plan: moved draft [when]"]),
    ("removed", "migration", f"  - {COMPACT}\n", "", ["migration migration/compact: removed []"]),
    ("added", "migration", f"  - {COMPACT}\n", f"  - {COMPACT}\n  - {{id: x, title: X, when: 2018}}\n",
     ["migration migration/x: added []"]),
    ("order of moments", "migration", f"  - {TIED}\n  - {COMPACT}\n", f"  - {COMPACT}\n  - {TIED}\n", []),
    ("translated", "housing", "title: {en: Forum, fr: Forum}", "title: {en: Forum, fr: Forum, es: Foro}",
     ["housing housing/forum: translated []", "housing es: +1 -0"]),
    ("a plain text translated", "housing", "title: Talk", "title: {en: Talk, fr: Débat}",
     ["housing housing/talk: translated []", "housing fr: +1 -0"]),
    ("translation lost", "housing", "slogan: {en: A right, fr: Un droit}", "slogan: {en: A right}",
     ["housing fr: +0 -1"]),
    ("slogan", "housing", "en: A right", "en: The right", ["housing slogan"]),
    ("hashtags", "housing", '["#Housing", "#Shift"]', '["#Housing"]', ["housing hashtags"]),
    ("period", "housing", "2017-05/2018-12", "2017-06/2018-12", ["housing period"]),
    ("status", "housing", "title: Housing\n", "title: Housing\nstatus: closed\n", ["housing status"]),
    ("notice", "housing", "title: Housing\n", "title: Housing\nnotice: Soon\n", ["housing notice"]),
    ("title", "housing", "title: Housing\n", "title: Home\n", ["housing title"]),
    ("actor confirmed", "housing", "{id: uclg, confirmed: false}", "uclg", ["housing actors uclg: confirmed"]),
    ("actor added", "migration", "moments:", "actors: [uclg]\nmoments:", ["migration actors uclg: new"]),
    ("actor removed", "housing", ", {name: Research centres, kind: research}", "",
     ["housing actors research-centres: removed"]),
    ("content", "housing", "Much to learn", "Little to learn", ["housing content learning: reworded"]),
    ("content added", "housing", "to learn}}", "to learn}, advocacy: Speak}", ["housing content advocacy: new"]),
    ("content translated", "housing", "to learn}", "to learn, fr: À apprendre}", ["housing fr: +1 -0"]),
    ("campaign", "housing", '"#MakeTheShift"', '"#Shift"', ["housing campaigns Make the Shift: hashtag"]),
    ("campaign removed", "housing", 'campaigns: [{name: Make the Shift, hashtag: "#MakeTheShift"}]\n', "",
     ["housing campaigns Make the Shift: removed"]),
    ("waiver", "housing", "waive: {calendar-length: As published}", "waive: {}",
     ["housing waive calendar-length: removed"]),
    ("waiver reason", "housing", "As published", "As agreed", ["housing waive calendar-length: reworded"]),
    ("programme name", "programme", "en: Waves}", "en: The Waves}", ["programme name"]),
    ("languages", "programme", "languages: [en, fr]", "languages: [en, fr, es]", ["programme languages"]),
    ("design", "programme", "min_priorities: 1", "min_priorities: 2", ["programme design.min_priorities"]),
    ("feed", "programme", "fuzzy: omit", "fuzzy: span", ["programme feeds firm: fuzzy"]),
    ("feed added", "programme", "omit}}", "omit}, later: {waves: [housing]}}", ["programme feeds later: new"]),
    ("region", "programme", "regions: {africa: Africa}", "regions: {}", ["programme regions africa: removed"]),
    ("order of priorities", "programme", "learning: Learning, advocacy: {en: Advocacy}",
     "advocacy: {en: Advocacy}, learning: Learning", ["programme priorities"]),
    ("priority renamed", "programme", "learning: Learning", "learning: Study",
     ["programme priorities learning: reworded"]),
    ("register", "programme", "name: Tunis,", "name: City of Tunis,", ["programme actors tunis: name"]),
    ("register translated", "programme", "{en: Advocacy}", "{en: Advocacy, fr: Plaidoyer}", ["programme fr: +1 -0"]),
    ("zone of the programme", "programme", "Europe/Madrid", "Africa/Tunis", ["programme timezone"]),
    ("a comment", "housing", "title: Housing\n", "title: Housing # the wave\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "replacement", "expected"), [pytest.param(*e[1:], id=e[0]) for e in EDITS])
def test_each_change_is_named_once(
    tmp_path: Path, base: Plan, file: str, text: str, replacement: str, expected: list[str]
) -> None:
    assert BASE[file].count(text) == 1
    new = plan(tmp_path, "new", {**BASE, file: BASE[file].replace(text, replacement)})
    assert [one for one in new.findings if one.rule != "unknown-moment"] == []
    assert listed(compare_plans(base, new)) == expected
    back = compare_plans(new, base)
    assert len(listed(back)) == len(expected)
    assert {wave.wave for wave in back.waves} == {line.split()[0] for line in expected} - {"programme"}


def test_a_plan_does_not_differ_from_itself(tmp_path: Path, base: Plan) -> None:
    assert compare_plans(base, plan(tmp_path, "same", BASE)).is_empty


def test_what_tied_moments_share_is_a_change_of_the_one_that_was_edited(tmp_path: Path, base: Plan) -> None:
    new = plan(tmp_path, "new", {**BASE, "housing": HOUSING.replace("when: 2017-09,", "when: 2017-10-03,")})
    (change,) = compare_plans(base, new).moments
    assert (change.reference, change.also_in) == ("housing/forum", ("migration",))


def test_a_tie_to_a_moment_with_another_id_stays(tmp_path: Path, base: Plan) -> None:
    files = {
        "housing": HOUSING.replace("{id: forum,", "{id: world-forum, was: [forum],"),
        "migration": MIGRATION.replace("housing/forum", "housing/world-forum"),
    }
    new = plan(tmp_path, "new", {**BASE, **files})
    assert listed(compare_plans(base, new)) == ["housing housing/world-forum: id-changed [id]"]
    assert listed(compare_plans(new, base)) == ["housing housing/forum: id-changed [id]"]


def test_a_moment_that_went_to_another_wave_is_one_change(tmp_path: Path, base: Plan) -> None:
    moved = MIGRATION + f"  - {TALK.replace('id: talk,', 'id: talk, was: [housing/talk],')}\n"
    files = {**BASE, "housing": HOUSING.replace(f"  - {TALK}\n", ""), "migration": moved}
    new = plan(tmp_path, "new", files)
    assert listed(compare_plans(base, new)) == ["migration migration/talk: wave-changed [wave]"]
    assert listed(compare_plans(new, base)) == ["housing housing/talk: wave-changed [wave]"]


def test_a_renamed_wave_keeps_its_moments(tmp_path: Path, base: Plan) -> None:
    files = {"programme": PROGRAMME, "home": f"{HOUSING}was: [housing]\n", "migration": MIGRATION}
    files["migration"] = MIGRATION.replace("housing/forum", "home/forum")
    new = plan(tmp_path, "new", files)
    assert listed(compare_plans(base, new)) == ["home housing"]
    assert listed(compare_plans(new, base)) == ["housing home"]


def test_a_wave_is_new_or_gone_with_its_moments(tmp_path: Path, base: Plan) -> None:
    new = plan(tmp_path, "new", {name: text for name, text in BASE.items() if name != "migration"})
    moments = ["migration/forum: {}", "migration/compact: {}"]
    expected = [f"migration {moment} []" for moment in moments]
    assert listed(compare_plans(base, new)) == ["migration removed", *(one.format("removed") for one in expected)]
    said = ["migration slogan", "migration hashtags", "migration period"]
    assert listed(compare_plans(new, base)) == ["migration new", *said, *(one.format("added") for one in expected)]


def test_readers_of_publications_see_no_drafts_and_no_notes(tmp_path: Path, base: Plan) -> None:
    housing = HOUSING.replace("status: tentative", "status: tentative, owner: uclg").replace("As published", "Agreed")
    private = plan(tmp_path, "private", {**BASE, "housing": housing.replace("2018-04-01", "2018-05-01")})
    assert compare_plans(base, private, public=True).is_empty
    shown = plan(tmp_path, "shown", {**BASE, "housing": HOUSING.replace(", draft: true, note: Not yet", "")})
    assert listed(compare_plans(base, shown, public=True)) == ["housing housing/plan: added []"]
    assert listed(compare_plans(shown, base, public=True)) == ["housing housing/plan: removed []"]


def test_readers_of_publications_see_no_settings_of_the_programme(tmp_path: Path, base: Plan) -> None:
    old = PROGRAMME.replace("Europe/Madrid", "UTC").replace("min_priorities: 1", "max_silent_months: 4")
    private = f"{old}publish: {{folder: secret}}\nuid_domain: waves.uclg.org\nsite: https://waves.uclg.org/\n"
    changed = plan(tmp_path, "private", {**BASE, "programme": private.replace("member", "section")})
    assert compare_plans(base, changed, public=True).is_empty
    assert len(compare_plans(base, changed).programme.facts) == 6
    shown = PROGRAMME.replace("Africa", "The Africas").replace("en: Waves", "en: New waves")
    public = plan(tmp_path, "shown", {**BASE, "programme": f"{shown}description: Waves\norganiser: {{name: CGLU}}\n"})
    programme = compare_plans(base, public, public=True).programme
    assert [fact.field for fact in programme.facts] == ["name", "description", "organiser"]
    assert [item.key for item in programme.items] == ["africa"]


def test_counts_of_actions_belong_to_their_wave(base: Plan) -> None:
    counts = {"housing": ActionChanges(new=2), "migration": ActionChanges()}
    changes = compare_plans(base, base, actions=counts)
    assert [(wave.wave, wave.actions) for wave in changes.waves] == [("housing", ActionChanges(new=2))]

"""Moments that are probably the same: pairs that are, pairs that are not, and where they are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.diagnostics import Finding
from wavectl.rules import likely_same_moment


def moment(number: int, line: str) -> str:
    """Return a moment from ``title | when | town@CC``; texts may be maps of languages, the place half or empty."""
    title, when, place = (part.strip() for part in line.split("|"))
    name, _, country = (part.strip() for part in place.rpartition("@")) if "@" in place else (place, "", "")
    where = [f'name: "{name}"' if name and "{" not in name else f"name: {name}" if name else ""]
    where += [f"country: {country}" if country else ""]
    text = title if title.startswith("{") else f'"{title}"'
    entry = f"  - {{id: m{number}, title: {text}, when: '{when}'"
    inside = ", ".join(part for part in where if part)
    return entry + (f", place: {{{inside}}}" if inside else "") + "}\n"


def findings(home: Path, *lines: str) -> list[Finding]:
    """Return the findings of the rule for moments in one wave."""
    wave = SOUND + "moments:\n" + "".join(moment(number, line) for number, line in enumerate(lines))
    plan = read_plan(home, {"wave": wave})
    assert plan.findings == ()
    return list(likely_same_moment.check(plan))


def pairs(table: str) -> list[tuple[str, str]]:
    """Return the pairs of a table, in which two lines are one pair."""
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    return list(zip(lines[::2], lines[1::2], strict=True))


SAME = """
# the two of the published page
Forum Mondial des Villes pour les Droits Humains | 2017-09 | Gwangju@KR
7ème Forum mondial des villes de droits de l’homme | 2017-09-14/2017-09-17 | Gwangju@KR

Les villes pour le droit au logement | 2017-11-02/2017-11-03 | Barcelone@ES
Réunions de CGLU sur la politique du logement | 2017-11 | Barcelona@ES

# one name and two precisions, editions, years
World Urban Forum | 2018-02 | Kuala Lumpur@MY
Ninth World Urban Forum (WUF9) | 2018-02-07/2018-02-13 | Kuala Lumpur

Habitat III | 2016-10 | Quito@EC
UN Conference Habitat III 2016 | 2016-10-17/2016-10-20 | Quito@EC

72nd UN General Assembly | 2017-09 | New York
General Assembly of the UN | 2017-09-12/2017-09-25 | New York@US

Third Africities Summit | 2018-11 | Marrakech
Africities Summit III | 2018-11-20/2018-11-24 | Marrakesh@MA

Sommet climat des maires | 2018-06 | Bonn@DE
5ème sommet des maires sur le climat | 2018-06-20 | Bonn@DE

Foro de ciudades intermedias | 2018-07-05 | Chefchaouen
1er Foro de Ciudades Intermedias | 2018-07 | Chefchaouen@MA

# one title in two languages of a map and in one
{fr: Conférence sur les villes et la migration, en: Conference on Cities and Migration} | 2017-11 | Mechelen@BE
Global Conference on Cities and Migration | 2017-11-16/2017-11-17 | {fr: Malines, en: Mechelen}@BE

{fr: Assemblée de la culture, es: Cumbre de Cultura} | 2017-05-10/2017-05-12 | {fr: Genève, es: Ginebra}@CH
{en: Culture Summit, es: Segunda Cumbre de Cultura} | 2017-05 | {en: Geneva, es: Ginebra}@CH

# a town in two spellings, or with a building in it
Housing finance seminar | 2018-03-08 | Geneva
Seminar on housing finance | 2018-03-08 | Genève@CH

Journées du logement social | 2018-03 | Palais des Nations, Genève
Journées du logement social | 2018-03-08 | Genève

Semaine du budget participatif | 2018-04-02 | Milano
Semaine des budgets participatifs | 2018-04 | Milan@IT

# without a town
Reunión preparatoria del Pacto | 2017-11 | @MX
Réunion préparatoire du Pacte mondial | 2017-11 | @MX

World Forum on Local Economic Development | 2017-10 | @CV
4th World Forum of Local Economic Development | 2017-10-17 | Praia@CV

Human Rights Day | 2017-12-10 |
International Human Rights Day | 2017-12-10 |

# a window that says little, with the name itself
Assises de l'habitat inclusif | 2018 | Lyon
Assises de l'habitat inclusif | 2018-06-01 | Lyon@FR

# a word in common is enough where one file knows the days of the other's month
Taller de presupuestos | 2018-05 | Quito
Presupuestos participativos en los Andes | 2018-05-08 | Quito
"""
OTHER = """
# moments in one town at one time, from the real page or similar
{fr: Forum politique de haut niveau sur l’ODD 11, en: High-Level Political Forum on SDG 11} | 2018-07 | New York@US
{fr: Pacte mondial - présentation du zéro draft, en: Global Compact - zero draft} | 2018-02/2018-07 | New York@US

72ème session de l’Assemblée générale des Nations Unies | 2017-09-12/2017-09-25 | New York@US
Pacte mondial sur la Migration, la Session thématique | 2017-09 | New York@US

Global Compact for Migration: thematic session | 2017-10 | Geneva
Global Compact for Migration: conference | 2017-10-12 | New York

Global Compact for Migration: thematic session | 2017-09 | Vienna@AT
Global Compact for Migration: informal session | 2017-10 | Geneva@CH

Council on migration, third session | 2018-03 | Geneva
Council on migration, fourth session | 2018-03-12 | Geneva

3rd session on housing | 2018-03-01 | Geneva
4th session on housing | 2018-06-01 | Geneva

3rd session on housing | 2018-03-01 | Geneva
3rd session on housing | 2018-06-01 | Geneva

GOLD IV | 2018-03 | Paris
GOLD V | 2018-03-10 | Paris

# sorts of moments and broad words say nothing on their own
World Forum of Cities on Housing | 2018-07 | Nairobi
World Forum of Cities on Water | 2018-07-03 | Nairobi

Asamblea mundial de ciudades: cultura | 2018-07-02 | Durban
Asamblea mundial de ciudades: vivienda | 2018-07-02 | Durban

Réunion de CGLU | 2018-05 | Strasbourg
Réunion du réseau mondial des villes | 2018-05-23 | Strasbourg

International conference on water | 2018-05 | Dakar
International conference on youth | 2018-05-23 | Dakar

# a side event is not the event
High-level forum on housing | 2018-07-10 | New York
Side event on housing | 2018-07 | New York

Pacte mondial sur les migrations | 2017-11 | Mexico
Réunion préparatoire du Pacte mondial | 2017-11-20 | Mexico

# other towns, other countries, other days
World Urban Forum | 2018-02 | Kuala Lumpur
World Urban Forum | 2018-02-07 | Medellin

Housing forum | 2018-02 | Valencia@ES
Housing forum | 2018-02-07 | Valencia@VE

Housing forum | 2018-02 | @ES
Housing forum | 2018-02-07 | Caracas@VE

Housing forum | 2018-02 | Valencia@ES
Housing forum | 2018-03-07 | Valencia@ES

Foro de vivienda | unknown | Lima
Foro de vivienda | unknown | Lima

# two windows in one month: both files know as much, so a word is not enough
Les villes pour le droit au logement | 2017-11 | Barcelone
Politique du logement | 2017-11 | Barcelone

Logement et santé | 2017-11-02 | Barcelone
Financer le logement social | 2017-11-02 | Barcelone
"""


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_these_are_probably_the_same(one: str, other: str, tmp_path: Path) -> None:
    for turn, lines in enumerate(((one, other), (other, one))):
        assert [finding.path for finding in findings(tmp_path / str(turn), *lines)] == [("moments", 1, "title")]


@pytest.mark.parametrize(("one", "other"), pairs(OTHER))
def test_these_are_different(one: str, other: str, tmp_path: Path) -> None:
    for turn, lines in enumerate(((one, other), (other, one))):
        assert findings(tmp_path / str(turn), *lines) == []


FORUM = "title: World Human Rights Cities Forum, when: 2017-09, place: Gwangju"


def reported(home: Path, files: dict[str, str]) -> list[str]:
    """Return each finding as ``wave moment waiver reference``."""
    plan = read_plan(home, {name: SOUND + "moments:\n" + text for name, text in files.items()})
    findings = list(likely_same_moment.check(plan))
    for finding in findings:
        assert finding.hint is not None
        assert f'--waive "likely-same-moment {finding.waiver_id}=' in str(finding.hint.values["command"])
    return [f"{one.wave} {one.path[1]} {one.waiver_id} {one.message.values['reference']}" for one in findings]


def test_it_is_reported_once_at_the_later_of_two(tmp_path: Path) -> None:
    files = {
        "b": f"  - {{id: x, title: X, when: 2017-06}}\n  - {{id: one, {FORUM}}}\n",
        "a": f"  - {{id: two, {FORUM}}}\n",
    }
    assert reported(tmp_path, files) == ["b 1 one a/two"]


@pytest.mark.parametrize(
    "ties",
    [
        ("", "same_as: one"),
        ("", "same_as: one", "same_as: two"),
        ("", "same_as: one", "same_as: one"),
        ("same_as: two", ""),
    ],
)
def test_tied_moments_are_not_reported(ties: tuple[str, ...], tmp_path: Path) -> None:
    names = ("one", "two", "three")
    moments = [f"  - {{id: {name}, {FORUM}, {tie}}}\n" for name, tie in zip(names, ties, strict=False)]
    assert reported(tmp_path, {"wave": "".join(moments)}) == []


def test_a_group_is_compared_by_all_of_its_titles(tmp_path: Path) -> None:
    wave = (
        "  - {id: one, title: Foro de Gwangju, when: 2017-09-14/2017-09-17}\n"
        f"  - {{id: two, {FORUM}, same_as: one}}\n"
        f"  - {{id: three, {FORUM.replace('2017-09', '2017-09-15')}}}\n"
    )
    assert reported(tmp_path, {"wave": wave}) == ["wave 2 three wave/one"]


def test_occurrences_are_compared(tmp_path: Path) -> None:
    yearly = "  - {id: one, title: Human Rights Day, when: 2017-12-10, repeat: yearly%s}\n"
    wave = yearly + "  - {id: two, title: Human Rights Day 2018, when: 2018-12-10}\n"
    assert len(reported(tmp_path / "met", {"wave": wave % ""})) == 1
    moved = ", except: {2018-12-10: {when: 2018-12-12}}"
    assert reported(tmp_path / "moved", {"wave": wave % moved}) == []


def test_a_pair_is_reported_once_for_many_occurrences(tmp_path: Path) -> None:
    day = "title: Human Rights Day, when: 2017-12-10, repeat: yearly"
    assert len(reported(tmp_path, {"wave": f"  - {{id: one, {day}}}\n  - {{id: two, {day}}}\n"})) == 1
    long = "title: Housing season, when: 2017-06/2018-06, place: {name: {fr: Genève, en: Geneva, es: Ginebra}}"
    assert len(reported(tmp_path, {"wave": f"  - {{id: one, {long}}}\n  - {{id: two, {long}}}\n"})) == 1


def test_a_very_long_date_is_not_compared(tmp_path: Path) -> None:
    long = "title: Housing season, when: 1583/9998, place: Gwangju"
    assert reported(tmp_path, {"wave": f"  - {{id: one, {long}}}\n  - {{id: two, {long}}}\n"}) == []


def test_the_tables_are_long_enough() -> None:
    assert len(pairs(SAME)) >= 15
    assert len(pairs(OTHER)) >= 15

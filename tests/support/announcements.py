"""A plan that is published, and the same plan after every kind of change that subscribers can see."""

from __future__ import annotations

from pathlib import Path

from support.plans import run, write_plan

PROGRAMME = """\
name: {en: Waves of action, fr: Vagues d'action, es: Olas de acción}
languages: [en, fr, es]
timezone: Europe/Madrid
uid_domain: network.org
site: https://network.org/
"""
MIGRATION = """\
title: {en: Migration, fr: Migrations, es: Migraciones}
period: 2017-05/2018-12
moments:
  - {id: talk, title: {en: Talk, fr: Débat, es: Charla}, when: 2018-02-01}
"""
HEAD = """\
title: {en: The right to housing, fr: Le droit au logement, es: El derecho a la vivienda}
period: 2017-05/2018-12
moments:
"""
BEFORE = """\
  - {id: walk, title: {en: Walk, fr: Marche, es: Marcha}, when: 2017-09-05, place: {name: Rome, country: IT}}
  - {id: forum, title: {en: Cities forum, fr: Forum, es: Foro}, when: 2017-09, place: {country: KR}}
  - {id: meeting, title: {en: Meeting, fr: Réunion, es: Reunión}, when: 2017-11-02/2017-11-03}
  - {id: course, title: Course, when: 2017-10-01, place: {name: {en: Geneva, fr: Genève, es: Ginebra}}}
  - {id: stand, title: Stand, when: 2017-10-02}
  - {id: booth, title: Booth, when: 2017-10-03, place: Oslo}
  - {id: vote, title: Vote, when: 2017-10-04, status: tentative}
  - {id: debate, title: Debate, when: 2017-10-05}
  - {id: summit, title: Summit, when: 2017-10-06}
  - {id: congress, title: Congress, when: 2017-10-07}
  - {id: lost, title: Lost, when: 2017-10-08}
  - {id: dinner, title: Dinner, when: 2017-10-09}
  - {id: speech, title: Speech, when: 2018-02-01}
  - {id: play, title: Play, when: 2017-10-10}
  - {id: song, title: Song, short: Sing, when: 2017-10-11}
  - {id: book, title: Book, when: 2017-10-12, note: SECRET}
  - {id: day, title: Day, when: 2017-12-10, repeat: yearly}
  - {id: hour, title: Hour, when: 2017-11-08T15:00}
  - {id: same, title: Same, when: 2017-10-20}
  - {id: tour, title: Tour, when: 2018-05/2018-08}
  - {id: gala, title: Gala, when: 2018-09}
"""
BACK = "  - {id: back, title: Back, when: 2017-12-01}\n"
AFTER = """\
  - {id: walk, title: {en: Walk, fr: Marche, es: Marcha}, when: 2017-09-12, place: {name: Paris, country: FR}}
  - {id: forum, title: {en: Cities forum, fr: Forum, es: Foro}, when: 2017-09-14/2017-09-17, place: {country: KR}}
  - {id: meeting, title: {en: Meeting, fr: Réunion, es: Reunión}, when: 2017-11}
  - {id: course, title: Course, when: 2017-10-01, place: {online: true}}
  - {id: stand, title: Stand, when: 2017-10-02, place: {name: Lima, country: PE}}
  - {id: booth, title: Booth, when: 2017-10-03}
  - {id: vote, title: Vote, when: 2017-10-04}
  - {id: debate, title: Debate, when: 2017-10-05, status: tentative}
  - {id: summit, title: Summit, when: 2017-10-06, status: postponed}
  - {id: congress, title: Congress, when: 2017-10-07, status: cancelled}
  - {id: dinner, title: Dinner, when: 2017-10-09, draft: true}
  - {id: speech, title: Speech, same_as: migration/talk}
  - {id: play, title: "Play <b>&amp; *dance*</b> \\U0000202e", when: 2017-10-10}
  - {id: song, title: Song, short: Chant, when: 2017-10-11}
  - {id: book, title: Book, when: 2017-10-12, url: "https://network.org/book", owner: SECRET, source: SECRET}
  - {id: day, title: Day, when: 2017-12-10, repeat: yearly, except: {2018-12-10: {status: cancelled, place: Bonn}}}
  - {id: hour, title: Hour, when: 2017-11-08T15:00, timezone: Asia/Seoul}
  - {id: same, title: Same, when: 2017-10-20, note: SECRET}
  - {id: fair, title: {en: Fair, fr: Foire, es: Feria}, when: 2018-03}
  - {id: tour, title: Tour, when: 2018-06}
  - {id: gala, title: Gala, when: 2018-09/2018-10}
  - {id: plot, title: SECRET, when: 2018-04, draft: true}
"""


def changed(home: Path) -> Path:
    """Publish a plan into a folder, then change it in every way; return the folder."""
    plan = {"programme": PROGRAMME, "migration": MIGRATION, "housing": HEAD + BEFORE + BACK}
    for today, moments in (("2017-06-01", BEFORE + BACK), ("2017-06-03", BEFORE)):
        write_plan(home, {**plan, "housing": HEAD + moments})
        assert run("export-ics", "--today", today, "--lang", "all", cwd=home).code == 0
    write_plan(home, {"housing": HEAD + AFTER + BACK})
    return home

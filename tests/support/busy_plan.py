"""A plan in which waves meet and collide in every way there is."""

from __future__ import annotations

from collections.abc import Mapping

HEAD = "status: active\nslogan: S\nhashtags: ['#S']\nperiod: 2017-06/2018-12\n"
PLAN: Mapping[str, str] = {
    "programme": """\
languages: [en, fr]
actors:
  un: {name: {en: United Nations, fr: Nations Unies}, short: {en: UN, fr: ONU}, kind: international}
  sections: {name: Sections, kind: section}
  africa: {name: UCLG Africa, kind: section, part_of: sections}
  europe: {name: CEMR, kind: section, part_of: sections}
  city: {name: "City | of <Ghent>", kind: member}
""",
    "climate": f"""\
title: Climate
{HEAD}actors: [un, sections, {{id: city, confirmed: false}}, {{id: x, name: Local office, kind: member}}]
moments:
  - {{id: summit, title: Climate summit of mayors, when: 2017-09-14/2017-09-17, place: Bonn, actors: [un, city]}}
  - {{id: talk, title: A talk with nobody named, when: 2017-10-03, place: Lima}}
  - {{id: lab, title: Laboratory of ideas, when: 2018-02, place: {{name: Dakar, country: SN}}, actors: [africa]}}
  - {{id: march, title: March for the climate, when: 2018-03-01, place: Quito, draft: true}}
  - {{id: day, title: Day of trees, kind: observance, when: 2017-11-20, repeat: yearly}}
""",
    "housing": f"""\
title: Housing
{HEAD}actors: [un, africa, europe]
moments:
  - {{id: forum, title: "Housing forum *2017*", short: Forum, when: 2017-09-16, place: Gwangju, actors: [un]}}
  - {{id: meeting, title: Meeting on rents, when: 2017-10-03/2017-10-04, place: Oslo}}
  - {{id: school, title: School of tenants, when: 2018-02-20, place: Dakar, actors: [city]}}
  - {{id: fair, title: Fair of homes, when: 2018-03-02, place: Quito}}
  - {{id: trees, title: Trees around homes, kind: observance, when: 2017-11-20, repeat: yearly, same_as: climate/day}}
  - {{id: assembly, title: Assembly, when: 2018-06, same_as: migration/assembly}}
  - {{id: court, title: Session on evictions, when: 2018-05, place: Turin, actors: [africa]}}
""",
    "migration": f"""\
title: Migration
{HEAD}actors: [europe, {{id: x, name: Another office, kind: member}}]
moments:
  - {{id: arrival, title: Arrivals in ports, when: 2018-05-14, place: Genoa, actors: [africa]}}
  - {{id: evictions, title: Evictions and migrants, when: 2018-05-08, place: Torino, status: tentative}}
  - {{id: assembly, title: Assembly of all, when: 2018-06-04, place: Kazan, status: postponed}}
  - {{id: vigil, title: Vigil on the shore, when: 2017-10-05, place: Lampedusa}}
  - {{id: late, title: Deadline for papers, kind: deadline, when: 2018-05-08}}
""",
    "water": "title: Water\nstatus: announced\n",
}
"""Housing and climate collide for certain in September 2017 (the UN), and perhaps in October, two days before a vigil
in migration; they meet in Dakar and Quito, and on the day of trees. Housing and migration have Turin, likely one
moment, and an actor whose days are open."""

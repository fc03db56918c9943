"""Timelines as views show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from support.plans import read_plan
from wavectl.timeline.entries import Timeline, build_timeline

KEYS = [
    *("wave", "id", "kind", "title", "when", "stated", "text", "earliest", "latest", "precision", "exact", "firm"),
    *("repeat", "starts_at", "ends_at", "timezone", "status", "place", "country", "online", "regions", "priorities"),
    *("actors", "url", "also_in"),
]
"""The promised keys, in their order; others may only follow."""

PLAN = {
    "programme": "languages: [fr]\ntimezone: Europe/Madrid\nregions: {asia-pacific: {name: ASPAC, countries: [KR]}}\n"
    "actors: {gwangju: {name: Gwangju, kind: member}}\n",
    "housing": "title: Logement\nperiod: 2017-05/2018-12\nmoments:\n"
    "  - {id: gwangju-forum, title: Forum, when: 2017-09, same_as: migration/gwangju-forum}\n",
    "migration": "title: Migrations\nperiod: 2017-06/2018-12\nmoments:\n"
    "  - {id: gwangju-forum, title: {fr: 7e Forum, en: 7th Forum}, when: 2017-09-14/2017-09-17, actors: [gwangju],\n"
    "     place: {name: Gwangju, country: KR}, priorities: [learning]}\n",
}


def of_plan(home: Path, files: Mapping[str, str], shown: Sequence[str] = (), *, merge: bool | None = None) -> Timeline:
    """Return the timeline of a plan that has no faults."""
    plan = read_plan(home, files)
    assert plan.findings == ()
    return build_timeline(plan, shown or list(plan.waves), date(2017, 6, 1), merge=merge)


def of_moments(home: Path, *moments: str, head: str = "title: Housing\nperiod: 2017-05/2018-12\n") -> Timeline:
    """Return the timeline of one wave of moments, each the inside of a flow mapping."""
    return of_plan(home, {"one": head + "moments:\n" + "".join(f"  - {{{moment}}}\n" for moment in moments)})


HOSTILE = r"""<script>globalThis.ran=1</script> ]]> -- | `b` \" ' & \u202E\x1b[31m <b>"""
"""A text, inside quotation marks of YAML, that no view may take for anything but text."""

EVERYTHING = {
    "programme": "name: Waves 2017-2018\nlanguages: [en]\n",
    "first": f"""\
title: "세계의 물결 {HOSTILE}"
slogan: "{HOSTILE}"
hashtags: ["#일본", "#Two"]
period: 2017-05/2018-12
color: ivory
moments:
  - {{id: firm, title: Firm 한국어 포럼, when: 2017-09-14/2017-09-17, place: {{name: 광주, country: KR}}}}
  - {{id: vague, title: 日本語のタイトル, when: 2017-10, kind: deadline}}
  - {{id: doubt, title: المنتدى العالمي, when: "2017-11-14?", place: {{name: عمّان, country: JO}}}}
  - {{id: tentative, title: Tentative 🎉, when: 2017-12-14, status: tentative, kind: publication}}
  - {{id: both, title: Both, when: 2018-01, status: tentative}}
  - {{id: postponed, title: "{HOSTILE}", when: 2018-02, status: postponed, place: "{HOSTILE}"}}
  - {{id: cancelled, title: Cancelled, when: 2018-03-14/2018-03-20, status: cancelled, kind: deadline}}
  - {{id: draft, title: Draft, when: 2018-04-14, draft: true}}
  - {{id: deadline, title: Deadline, when: 2018-04-30, kind: deadline, url: "https://example.org/a?b=(c)&d"}}
  - {{id: undated, title: Undated, when: unknown}}
  - {{id: open, title: Open, when: 2018-05-05/..}}
  - {{id: set, title: Set, when: "[2018-07-05..2018-08-20]"}}
  - {{id: time, title: Time, when: 2018-09-05T15:00/2018-09-05T16:30, place: {{online: true}}}}
  - {{id: year, title: Year, when: 2018, kind: observance}}
  - {{id: shared, title: Shared, when: 2018-10-01, same_as: second/shared}}
  - {{id: monthly, title: Monthly, when: 2017-06-05, repeat: "FREQ=MONTHLY;BYDAY=1MO",
     except: {{2017-09-04: cancelled, 2017-10-02: {{title: Once, when: 2017-10-03}}}}}}
""",
    "second": "title: Open wave\nperiod: 2018-01/..\nmoments:\n"
    "  - {id: shared, title: Shared, when: 2018-10-01/2018-10-03}\n",
    "third": 'title: "Announced"\nstatus: announced\nnotice: "Soon & more"\n',
}
"""A plan of waves and moments of every kind, in several scripts."""


def everything(home: Path) -> Timeline:
    """Return the timeline of moments of every kind, seen on a day in the middle."""
    return of_plan(home, EVERYTHING)._replace(today=date(2018, 2, 11))

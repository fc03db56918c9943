"""The report of a plan with many waves, long titles and changes everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.plans import read_plan
from wavectl.insights.plan_changes import compare_plans
from wavectl.insights.plan_changes.page import PlanDiff
from wavectl.insights.report import build_page, build_report
from wavectl.insights.status import EarlierStatus, count_by_certainty
from wavectl.render.context import RenderContext
from wavectl.render.page import Page
from wavectl.timeline.groups import resolve_groups

TODAY = date(2017, 9, 1)
_COUNTRIES = ("TN", "KE", "FR", "US", "KR", "MX", "CN", "BR")


def busy_files(first_day: int) -> dict[str, str]:
    """Return seven waves with a shared moment, in which every exact date depends on ``first_day``."""
    regions = [f"  r{n}: {{name: Region {n} with a name, countries: [{c}]}}\n" for n, c in enumerate(_COUNTRIES)]
    name = "name: A programme with a rather long name for many years 2017-2019\n"
    files = {"programme": f"{name}languages: [en, fr, es]\norganiser: {{name: CGLU}}\nregions:\n{''.join(regions)}"}
    for wave in range(7):
        title = f"title: The right to something {wave} that needs a long title for all\nperiod: 2017-05/2018-12\n"
        tie = ", same_as: w0/forum" * (wave == 1)
        shared = f"  - {{id: forum, title: A shared forum, when: 2017-10-{first_day:02}{tie}}}\n"
        moments = [shared] if wave < 2 else []
        for number in range(6):
            when = f"2017-{9 + number % 3:02}" + f"-{first_day + number:02}" * (number % 2)
            long = f"International conference of cities and regions number {number} of wave {wave} in the world"
            place = "{name: San Cristóbal de las Casas, country: MX}"
            moments.append(f"  - {{id: m{number}, title: {long}, when: {when}, place: {place}}}\n")
        files[f"w{wave}"] = f"{title}moments:\n{''.join(moments)}"
    return files


def report_page(home: Path, language: str = "fr") -> Page:
    """Return the report of the busy plan, with what has changed since the day before."""
    before, now = read_plan(home / "before", busy_files(5)), read_plan(home / "now", busy_files(6))
    earlier = EarlierStatus("x", date(2017, 8, 1), count_by_certainty(resolve_groups(before, drafts=True)))
    diff = PlanDiff(compare_plans(before, now, public=True), "x", old_day=date(2017, 8, 1))
    facts = build_report(now, TODAY, earlier=earlier, diff=diff)
    return build_page(facts, RenderContext((language, "en")).with_waves(now.waves))

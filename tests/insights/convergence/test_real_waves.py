"""What converge finds in the three real waves: exactly this, and why each other pair is none."""

from __future__ import annotations

from datetime import date

from support.convergence import TODAY, actors, clashes, meetings
from support.plans import REAL
from wavectl.insights.convergence import PairCounts, find_convergence
from wavectl.plan.loader import load

# Argued for by hand, pair by pair; housing has Gwangju, Barcelona twice, Human Rights Day twice, Geneva and New York:
#
# - The Gwangju forum is tied: one moment, two waves. Its exact days come from migration.
# - The General Assembly (12-25 September 2017, New York) runs while the forum does (14-17 September, Gwangju). Neither
#   names actors, so each may need those of its wave: the committee in both, and the Sections. One "if": who.
# - "Compact in Vienna" is somewhere in September 2017 and names no actors: two ifs, no clash with the forum.
# - The same holds for Mexico (November 2017) with the cities in Barcelona (2-3 November).
# - Mechelen (16-17 November) is 13 days after Barcelona, and Praia (17-20 October) 13 days before it.
# - Barcelona is twice in housing: the vague date is probably the exact one, so that nothing converges.
# - Geneva: October 2017 in migration, March 2018 in housing. New York: September 2017, February to July 2018 and
#   October 2018 in migration, July 2018 in housing. Only the half-year touches July: it says too little to meet.
# - The committee is in both registers of actors; strategic planning, Culture and the others are in one. UCLG itself is
#   named by a campaign only, which is no part of the wave's actors.
# - The Sections act as a whole in housing, four of them by name in migration.


def test_what_the_real_waves_have_in_common() -> None:
    found = find_convergence(load(REAL), [], TODAY)
    assert meetings(found) == ["moment: migration/gwangju-forum"]
    assert clashes(found) == [
        "people: migration/un-general-assembly + migration/gwangju-forum (cisdpdh, sections=ccre)"
    ]
    (clash,) = found.clashes
    assert (clash.first, clash.last, clash.waves) == (date(2017, 9, 14), date(2017, 9, 17), ("housing", "migration"))
    assert clash.collectives[0].parts == ("ccre", "uclg-africa", "uclg-mewa", "uclg-aspac")
    assert actors(found) == [
        "sections: housing; migration (ccre uclg-africa uclg-mewa uclg-aspac)",
        "cisdpdh: housing migration",
    ]
    both = PairCounts(moments=1, actors=2, possible=1)
    assert (found.totals, found.pairs) == (both, {("housing", "migration"): both})
    assert (found.complete, found.upcoming_clashes) == (True, 0)


def test_a_wider_window_adds_what_lies_in_it_and_no_more() -> None:
    found = find_convergence(load(REAL), [], TODAY, within_days=14)
    assert meetings(found)[1:] == [
        "days: migration/local-development-forum + housing/cities-for-housing",
        "days: housing/cities-for-housing + migration/cities-and-migration",
    ]
    assert [one.days_apart for one in found.meetings[1:]] == [13, 13]

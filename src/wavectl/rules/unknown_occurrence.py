"""An exception names a date on which the moment does not take place.

What it does: compares the dates under ``except`` with the occurrences that ``repeat`` gives.

Why it matters: the exception would have no effect, and the occurrence that should change would stay as it is.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    period: 2017-05/2018-12
    moments:
      - id: human-rights-day
        title: "Human Rights Day"
        when: 2017-12-10
        repeat: yearly
        except:
          2018-12-11: cancelled

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    period: 2017-05/2018-12
    moments:
      - id: human-rights-day
        title: "Human Rights Day"
        when: 2017-12-10
        repeat: yearly
        except:
          2018-12-10: cancelled
"""

from wavectl.dates import recurrence
from wavectl.diagnostics import msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.ties import InheritedDates, Member, occurrence_keys


def check(plan: Plan) -> Violations:
    inherited = InheritedDates(plan)
    for wave_id, position, moment in plan.each_moment("exceptions"):
        facts = inherited.complete(wave_id, moment)
        if not moment.exceptions or facts.when is None:
            continue  # without a date: the moment that has it could not be read
        period = plan.waves[wave_id].period
        zone = inherited.zone(Member(wave_id, moment))
        dates = recurrence.occurrences(facts.repeat, facts.when, period and period.latest, zone) if facts.repeat else []
        known = {key for date in dates for key in occurrence_keys(date)}
        for key in moment.exceptions:
            if key not in known:
                message = msg("the moment does not happen on {date}", date=quoted(key))
                shown = ", ".join(date.text for date in dates[:5])
                hint = msg("it happens on {dates}", dates=shown) if shown else msg("add repeat:, or remove except")
                yield Violation(wave_id, ("moments", position, "except", key), message, hint, at_key=True)

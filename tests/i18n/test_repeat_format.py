"""How often a moment comes again is said in words, never as a rule."""

from __future__ import annotations

import pytest

from wavectl.dates.recurrence import RecurrenceRule, parse
from wavectl.i18n.repeat_format import format_repeat, format_repeating_date

RULES = {
    "yearly": ("every year", "chaque année", "cada año"),
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=22": ("every year", "chaque année", "cada año"),
    "FREQ=WEEKLY;BYDAY=MO": ("every week", "chaque semaine", "cada semana"),
    "FREQ=WEEKLY;INTERVAL=2": ("every 2 weeks", "toutes les 2 semaines", "cada 2 semanas"),
    "FREQ=WEEKLY;BYDAY=MO,TH": (
        *("every week (Monday, Thursday)", "chaque semaine (lundi, jeudi)"),
        "cada semana (lunes, jueves)",
    ),
    "FREQ=MONTHLY;BYDAY=1MO;COUNT=6": (
        "every month (first Monday), 6 times in all",
        "chaque mois (premier lundi), 6 fois en tout",
        "cada mes (primer lunes), 6 veces en total",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20281231": (
        "every month (last day of the month), until 31 December 2028",
        "chaque mois (dernier jour du mois), jusqu'au 31 décembre 2028",
        "cada mes (último día del mes), hasta el 31 de diciembre de 2028",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=1,15": (
        *("every month (day 1, day 15)", "chaque mois (le 1, le 15)"),
        "cada mes (el día 1, el día 15)",
    ),
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=10;BYDAY=-1FR": (
        "every 2 years (October: last Friday)",
        "tous les 2 ans (octobre : dernier vendredi)",
        "cada 2 años (octubre: último viernes)",
    ),
    "FREQ=YEARLY;BYMONTH=1,7": (
        *("every year (January, July)", "chaque année (janvier, juillet)"),
        "cada año (enero, julio)",
    ),
    "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-2": (
        "every month (last Saturday/Sunday but one)",
        "chaque mois (avant-dernier samedi/dimanche)",
        "cada mes (penúltimo sábado/domingo)",
    ),
    "FREQ=YEARLY;BYDAY=20MO;COUNT=1": (
        *("every year (Monday no. 20), once in all", "chaque année (lundi n° 20), une fois en tout"),
        "cada año (lunes n.º 20), una vez en total",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_in_words(rule: str) -> None:
    assert tuple(format_repeat(parse(rule), language) for language in ("en", "fr", "es")) == RULES[rule]


def test_the_first_date_comes_before_the_rule() -> None:
    assert format_repeating_date("1 May 2017", None, "en") == "1 May 2017"
    assert format_repeating_date("1er mai 2017", RecurrenceRule(), "fr") == "1er mai 2017, puis chaque année"


def test_other_languages_have_their_own_days() -> None:
    assert "Montag" in format_repeat(parse("FREQ=MONTHLY;BYDAY=1MO"), "de")

"""Moments found by name or words, ids for new ones, and how a new date differs from the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import REAL, write_plan
from wavectl.dates import edtf
from wavectl.editing.moments import DateShift, classify_shift
from wavectl.editing.references import new_id, resolve_reference
from wavectl.plan.loader import load


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("2017-09", "2017-09-14/2017-09-17", DateShift.FIRMED_UP),
        ("unknown", "2018", DateShift.FIRMED_UP),
        ("2017-09?", "2017-09", DateShift.FIRMED_UP),
        ("2017-09", "2017-09?", DateShift.BLURRED),
        ("2017", "2017-09", DateShift.FIRMED_UP),
        ("2017-09-14", "2017-09", DateShift.BLURRED),
        ("2017-09-14", "unknown", DateShift.BLURRED),
        ("2017-09", "2017-10-01", DateShift.MOVED),
        ("2017-09-14", "2017-10", DateShift.MOVED),
        ("2017-09-14/2017-09-17", "2017-09-15", DateShift.MOVED),
        ("2017-09-14/..", "2017-09-14/2017-09-17", DateShift.FIRMED_UP),
        ("2017-09-14", "2017-09-14", DateShift.SAME),
        ("[2017-09-14,2017-11-20]", "2017-11-20", DateShift.FIRMED_UP),
        ("[2017-09-14,2017-11-20]", "2017-10-01", DateShift.MOVED),
        ("[2017-09-14,2017-09-16,2017-11-20]", "[2017-09-14,2017-11-20]", DateShift.FIRMED_UP),
        ("[2017-09-14,2017-11-20]", "[2017-09-14..2017-11-20]", DateShift.BLURRED),
        ("2017-09", "[2017-09-14,2017-09-20]", DateShift.FIRMED_UP),
        ("2017-09-14", "[2017-09-14,2017-09-20]", DateShift.BLURRED),
        ("../2017-09-20", "2017-09-14", DateShift.FIRMED_UP),
        ("../2017-09-20", "2017-09-21", DateShift.MOVED),
        ("2017-09-14", "../2017-09-20", DateShift.BLURRED),
    ],
)
def test_a_new_date_is_classified(old: str, new: str, what: DateShift) -> None:
    assert classify_shift(edtf.parse(old), edtf.parse(new)) is what


def test_names_and_words_resolve_to_moments() -> None:
    plan = load(REAL)

    def names(reference: str) -> tuple[list[str], bool]:
        found = resolve_reference(plan, reference)
        return [members[0].reference for members in found.moments], found.is_exact

    assert names("migration/gwangju-forum") == (["migration/gwangju-forum"], True)
    assert names("gwangju-forum") == (["migration/gwangju-forum"], True)
    assert names("les villes pour le droit au logement") == (["housing/cities-for-housing"], True)
    assert names("Gwangju") == (["migration/gwangju-forum"], False)
    assert names("le forum des villes, gwangju") == (["migration/gwangju-forum"], False)
    assert names("réunion barcelone") == (["housing/housing-policy-meetings"], False)
    assert names("human rights") == (["housing/human-rights-day"], False)
    assert names("praia") == (["migration/local-development-forum"], False)
    assert names("x y z") == ([], False)
    assert names("") == ([], False)


def test_ids_are_derived_from_titles() -> None:
    assert new_id("Forum Mondial des Villes pour les Droits Humains", ()) == "forum-mondial-villes-droits-humains"
    assert new_id("Forum", ("forum", "forum-2")) == "forum-3"
    assert new_id("한국어", ()) == "moment"
    assert len(new_id("word " * 40, ())) <= 40


def test_moments_that_match_are_in_the_order_of_the_timeline(tmp_path: Path) -> None:
    dates = {"a": "2026-11-13T18:00", "b": "2026-11-13T12:00", "c": "unknown", "d": "2026-11-13", "e": "2026-11"}
    moments = "".join(f"  - {{id: {name}, title: City forum, when: {when}}}\n" for name, when in dates.items())
    plan = load(write_plan(tmp_path, {"housing": f"title: Housing\nmoments:\n{moments}"}))
    found = resolve_reference(plan, "city forum").moments
    assert "".join(members[0].moment.id for members in found) == "edbac"

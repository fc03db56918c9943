"""Languages that are published and not in the programme."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.diagnostics import format_path


@pytest.mark.parametrize(
    ("programme", "expected"),
    [
        ("languages: [en, fr]\npublish: {languages: [es, en]}\n", ["publish.languages[0]"]),
        ("languages: [en, fr]\npublish: {languages: [fr]}\n", []),
        ("languages: [en, fr]\n", []),
        ("publish: {languages: [fr]}\n", ["publish.languages[0]"]),  # without the key, the only language is English
    ],
)
def test_published_languages_are_in_the_programme(tmp_path: Path, programme: str, expected: list[str]) -> None:
    plan = read_plan(tmp_path, {"programme": programme, "housing": SOUND})
    found = [one for one in checked(plan) if one.rule == "unlisted-language"]
    assert [format_path(one.path) for one in found] == expected

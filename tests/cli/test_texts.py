"""Texts on the command line are in the language that they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans import REAL
from wavectl.cli.common import Given, Session
from wavectl.cli.texts import in_languages


@pytest.mark.parametrize(
    ("lang", "given", "expected"),
    [
        (None, ["Forum"], {"fr": "Forum"}),
        ("es", ["Foro"], {"es": "Foro"}),
        (None, ["en=Forum", "fr=Le forum"], {"fr": "Le forum", "en": "Forum"}),
        (None, ["xx=1"], {"fr": "xx=1"}),
        ("pt", ["pt=Fórum", "b=c"], {"pt": "b=c"}),
        (None, [" "], None),
        (None, [], None),
    ],
)
def test_each_text_has_its_language(lang: str | None, given: list[str], expected: dict[str, str] | None) -> None:
    found = in_languages(Session(Given(waves=str(Path(REAL)), lang=lang)), given)
    assert found == expected
    assert list(found or ()) == list(expected or ())

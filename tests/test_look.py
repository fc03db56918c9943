"""The words that views share, safe for a screen and in the reader's language."""

from __future__ import annotations

import pytest

from wavectl.language.phrases import translator
from wavectl.model import Place, Status, WaveStatus
from wavectl.views import FOR_PROGRAMS, VIEWS, Look

EN = Look(("en", "fr"))


def test_a_text_is_said_in_the_first_language_it_has() -> None:
    assert EN.text({"fr": "Logement", "en": "Housing"}) == "Housing"
    assert EN.text({"fr": "Logement", "es": "Vivienda"}) == "Logement"
    assert EN.text({"de": "Wohnen", "es": "Vivienda"}) == "Wohnen"
    assert (EN.text("Housing"), EN.text(None)) == ("Housing", "")


def test_a_text_is_one_line_that_cannot_steer_a_screen() -> None:
    assert EN.text("a\nb \x1b[31m[red]\u202e") == "a b \ufffd[31m[red]\ufffd"
    assert EN.place(Place(name="\x9bBonn", country="DE")) == "\ufffdBonn, Germany"


@pytest.mark.parametrize("language", ["en", "fr", "es", "de"])
@pytest.mark.parametrize("status", [*Status, *WaveStatus])
def test_each_status_has_a_word(status: Status | WaveStatus, language: str) -> None:
    look = Look((language,))
    assert look.language == language
    assert look.status(status) == translator(language)(status.value) != ""


def test_a_place_may_be_everywhere_or_online() -> None:
    assert EN.place(Place()) == ""
    assert EN.place(Place(scope="worldwide", online=True)) == "worldwide, online"
    assert EN.place(Place(name={"fr": "Genève"}, country="CH")) == "Genève, Switzerland"


def test_the_views_by_name() -> None:
    assert {"table", "json", "csv"} <= set(VIEWS)
    assert set(VIEWS) >= FOR_PROGRAMS

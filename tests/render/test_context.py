"""The words that views share, safe for a screen and in the reader's language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.timeline_views import everything, of_moments
from wavectl.i18n import translator
from wavectl.model import Place, Status, Wave, WaveStatus
from wavectl.render.timeline import UTF8_VIEWS, VIEWS, RenderContext

EN = RenderContext(("en", "fr"))


def test_a_text_is_in_the_first_language_it_has() -> None:
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
    context = RenderContext((language,))
    assert context.language == language
    assert context.status(status) == translator(language)(status.value) != ""


def test_a_place_may_be_everywhere_or_online() -> None:
    assert EN.place(Place()) == ""
    assert EN.place(Place(scope="worldwide", online=True)) == "worldwide, online"
    assert EN.place(Place(name={"fr": "Genève"}, country="CH")) == "Genève, Switzerland"


def test_the_views_by_name() -> None:
    assert set(VIEWS) == {"table", "gantt", "agenda", "json", "csv", "markdown", "html", "svg"}
    assert set(VIEWS) >= UTF8_VIEWS


def test_the_labels_of_an_entry(tmp_path: Path) -> None:
    entries = {entry.member.moment.id: entry for entry in everything(tmp_path).entries}
    assert EN.label(entries["shared"]) == "Shared + first"
    assert EN.label(entries["draft"]) == "[draft] Draft"
    assert entries["shared"].waves == ("second", "first")
    assert [EN.status_note(entries[name]) for name in ("firm", "draft", "cancelled")] == ["", "draft", "cancelled"]
    assert [RenderContext(("fr",)).kind(entries[name]) for name in ("firm", "deadline")] == ["événement", "échéance"]
    assert EN.title(entries["firm"]) == "Firm 한국어 포럼"


def test_a_chart_takes_the_short_title_but_that_of_one_time_first(tmp_path: Path) -> None:
    rule = "repeat: yearly, except: {2018-09-14: {title: Once}}"
    shown = of_moments(tmp_path, f"id: a, title: Long, short: Short, when: 2017-09-14, {rule}")
    assert [EN.title(entry) for entry in shown.entries] == ["Short", "Once"]


def test_days_months_and_periods_are_in_words(tmp_path: Path) -> None:
    fr = RenderContext(("fr",))
    assert (fr.day(date(2017, 6, 1)), fr.month(date(2017, 6, 1))) == ("1er juin 2017", "juin 2017")
    waves = everything(tmp_path).waves
    assert [fr.period(waves[name]) for name in ("second", "third")] == ["à partir de janvier 2018", "annoncée"]


def test_waves_have_short_titles_that_tell_them_apart_in_the_language_and_width_of_the_reader() -> None:
    titles = {
        "a": {"en": "Housing: a right", "fr": "Logement : un droit"},
        "b": {"en": "The financing of local governments by 2030", "fr": "Les finances"},
        "c": {"en": "Water", "fr": "Eau"},
        "d": {"en": "Water – again", "fr": "Encore"},
        "e": "Equal",
        "f": "Equal",
    }
    waves = {name: Wave.model_validate({"title": title, "period": "2017"}) for name, title in titles.items()}

    def names(language: str, width: int | None = None) -> list[str]:
        context = RenderContext((language, "en"), width).with_waves(waves)
        return [context.wave(name) for name in waves]

    assert names("fr")[:4] == ["Logement", "Les finances", "Eau", "Encore"]
    assert names("en") == ["Housing", "The financing of local…", "Water", "Water – again", "e", "f"]
    assert names("en", 80)[1] == "The financing of…"
    assert names("en", 200)[1] == names("en")[1]
    assert EN.wave("gone") == "gone"
    assert RenderContext(("fr",)).with_waves(waves).waves(["c", "gone"]) == "Eau, gone"

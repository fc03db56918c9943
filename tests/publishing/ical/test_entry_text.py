"""What an entry says is plain text in the language of its feed, and never surer than the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.feeds import entries, events, made, one, wave
from support.plans import read_plan
from wavectl.i18n import translator
from wavectl.publishing.ical.entry_text import EntryTexts


@pytest.mark.parametrize(
    ("lang", "when", "status", "summary"),
    [
        ("fr", "2017-09", "confirmed", "≈ M (septembre 2017, date à confirmer)"),
        ("en", "2017-09", "confirmed", "≈ M (September 2017, date to be confirmed)"),
        ("es", "2017-09", "confirmed", "≈ M (septiembre de 2017, fecha por confirmar)"),
        ("fr", "2018-02/2018-07", "confirmed", "≈ M (de février à juillet 2018, date à confirmer)"),
        ("fr", "2017-09-01", "tentative", "M (à confirmer)"),
        ("es", "2017-09-01", "tentative", "M (por confirmar)"),
        ("fr", "2017-09-01", "postponed", "REPORTÉ\xa0: M"),
        ("es", "2017-09-01", "postponed", "APLAZADO: M"),
        ("fr", "2017-09-01", "cancelled", "ANNULÉ\xa0: M"),
        ("es", "2017-09-01", "cancelled", "CANCELADO: M"),
        ("es", "2017-09", "cancelled", "CANCELADO: M (septiembre de 2017)"),
        ("de", "2017-09", "confirmed", "≈ M (September 2017, date to be confirmed)"),
    ],
)
def test_summary(tmp_path, lang, when, status, summary):
    assert one(tmp_path, when, f"status: {status}", lang=lang)["SUMMARY"] == summary


@pytest.mark.parametrize(
    ("when", "more", "expected"),
    [
        ("2017-11-02/2017-11-03", "", "2–3 novembre 2017"),
        ("2017-11-08T15:00/2017-11-08T16:30", "", "8 novembre 2017, 15 h – 16 h 30 (Europe/Madrid)"),
        ("2017-11-08T15:00", "timezone: Asia/Seoul", "8 novembre 2017 à 15 h (Asia/Seoul)"),
        ("2017-11-08T15:00Z", "", "8 novembre 2017 à 16 h (Europe/Madrid)"),
        ("2018-07-05/..", "", "à partir du 5 juillet 2018"),
        ("2017-12-10", "repeat: yearly", "10 décembre 2017, puis chaque année"),
    ],
)
def test_description_opens_with_the_date(tmp_path, when, more, expected):
    assert one(tmp_path, when, more, lang="fr")["DESCRIPTION"] == expected


def test_place(tmp_path):
    places = {
        "{name: Vienne, country: AT}": "Vienne, Autriche",
        "{country: MX}": "Mexique",
        "Barcelone": "Barcelone",
        "{online: true}": translator("fr")("online"),
        "{scope: worldwide}": translator("fr")("worldwide"),
    }
    for place, expected in places.items():
        event = one(tmp_path, "2017-11-02", f"place: {place}", lang="fr")
        assert event["LOCATION"] == expected
        assert event["DESCRIPTION"] == f"2 novembre 2017\n{expected}"
    assert "LOCATION" not in one(tmp_path, "2017-11-02")


def test_phrases_are_translated():
    for lang in ("fr", "es"):
        for phrase in ("online", "worldwide", "Event", "Observance", "Deadline", "Publication", "every year"):
            assert translator(lang)(phrase) != phrase or (lang, phrase) == ("fr", "Publication")


def test_texts_come_in_the_requested_language_or_another(tmp_path):
    programme = "{languages: [fr, en, es]}"
    title = "{en: Housing day, es: Día}"
    moment = f"id: m, title: {title}, short: {{fr: Jour}}, description: {{de: Wohnen}}, when: 2017-11-02"
    plan = {"programme": programme, "housing": wave(moment)}
    expected = {lang: events(made(tmp_path, plan, lang=lang).data)[0] for lang in ("fr", "es", "en")}
    assert {event["SUMMARY"] for event in expected.values()} == {"Jour"}
    assert expected["es"]["DESCRIPTION"] == "2 de noviembre de 2017\nDía\nWohnen"
    plan["housing"] = wave(f"id: m, title: {title}, when: 2017-11-02")
    expected = {lang: events(made(tmp_path, plan, lang=lang).data)[0]["SUMMARY"] for lang in ("fr", "es", "en")}
    assert expected == {"fr": "Housing day", "es": "Día", "en": "Housing day"}


def test_categories_are_waves_kind_and_priorities(tmp_path):
    priorities = "{a: {fr: 'Un, deux'}, b: {fr: B}}"
    plan = {
        "programme": f"{{languages: [fr], priorities: {priorities}}}",
        "housing": wave("id: m, title: M, kind: deadline, when: 2017-11-02, priorities: [b, a]"),
    }
    (event,) = events(made(tmp_path, plan, lang="fr").data)
    assert event["CATEGORIES"] == rf"Housing,{translator('fr')('Deadline')},Un\, deux,B"


def test_who_takes_part_is_named_with_the_doubt_there_is(tmp_path):
    programme = (
        "{languages: [fr], actors: {oim: {name: {fr: OIM}, kind: international}, cmi: {name: CMI, kind: research}}}"
    )
    head = "actors: [oim, {id: cmi, confirmed: false}, {id: own, name: Les nôtres, kind: member}]\n"
    housing = wave("id: m, title: M, when: 2017-11-02, actors: [oim, cmi, own]", head=head)
    (event,) = events(made(tmp_path, {"programme": programme, "housing": housing}, lang="fr").data)
    assert event["DESCRIPTION"] == "2 novembre 2017\nOIM, CMI (à confirmer), Les nôtres"


def test_an_exception_has_its_own_date_and_place(tmp_path):
    change = "{when: 2018-10-05, place: Rome, description: Moved}"
    moment = f"id: m, title: M, when: '2017-10', repeat: yearly, place: Paris, except: {{2018-10: {change}}}"
    master, exception = entries(tmp_path, moment, lang="fr")
    assert master["DESCRIPTION"] == "octobre 2017, puis chaque année\nParis"
    assert exception["DESCRIPTION"] == "5 octobre 2018\nRome\nMoved"
    assert (exception["SUMMARY"], exception["STATUS"]) == ("M", "CONFIRMED")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Plain.", "Plain."),
        ("One\nparagraph\n\nand another\n", "One paragraph\n\nand another"),
        ("# Title\nText **bold** and __strong__ 2 ** 3", "Title\nText bold and strong 2 ** 3"),
        ("See [the page](https://example.org/a).", "See the page (https://example.org/a)."),
        ("These:\n- a\n- b\n* c\n1. d", "These:\n- a\n- b\n* c\n1. d"),
        ("We met\n**twice** there", "We met twice there"),
        ("#hashtag stays", "#hashtag stays"),
    ],
)
def test_markdown_reads_as_plain_text(tmp_path: Path, markdown, text):
    wording = EntryTexts(read_plan(tmp_path, {"housing": "title: H\nstatus: announced\n"}), ("en",))
    assert wording.plain_text(markdown) == text
    assert wording.plain_text(None) == ""

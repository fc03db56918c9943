"""The valid values of each key of a plan, what they become, and the errors of other values."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from support import model_keys
from support.plans import checked, read_plan
from wavectl.dates import edtf
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.model import (
    Actor,
    ActorGroup,
    ActorKind,
    Design,
    Feed,
    Moment,
    MomentKind,
    Place,
    Programme,
    Region,
    Status,
    Wave,
    WaveStatus,
    fallback_languages,
    localized_text,
)
from wavectl.model.types import COUNTRIES
from wavectl.yamlfile.reader import parse_document

ANNOUNCED = "title: T\nstatus: announced\n"
MOMENT = "id: m\ntitle: T\nwhen: 2018-03\n"


def data(text: str) -> object:
    read = parse_document(text.encode(), "a.yaml")
    assert read.findings == []
    return read.data


def wave(text: str) -> Wave:
    return Wave.model_validate(data(ANNOUNCED + text))


def moment(text: str) -> Moment:
    return Moment.model_validate(data(MOMENT + text))


def programme(text: str) -> Programme:
    return Programme.model_validate(data(text))


def refusal(model: type[BaseModel], text: str) -> tuple[str, tuple[str | int, ...], str]:
    """Return the rule or kind, the place and the sentence of the one fault of a text."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data(text))
    (error,) = caught.value.errors()
    return error["type"], error["loc"], str(error.get("ctx", {}).get("message", ""))


def test_an_announced_wave_needs_only_a_title() -> None:
    announced = wave("")
    assert (announced.title, announced.status, announced.period, announced.moments) == (
        "T",
        WaveStatus.ANNOUNCED,
        None,
        [],
    )


@pytest.mark.parametrize("status", ["", "status: active\n", "status: closed\n", "period:\n", "period: ~\n"])
def test_other_waves_need_a_period(status: str) -> None:
    kind, place, message = refusal(Wave, "title: T\n" + status)
    assert (kind, place) == ("missing-key", ("period",))
    assert message == 'the wave has no "period"'


def test_a_wrong_status_says_nothing_of_the_period() -> None:
    assert refusal(Wave, "title: T\nstatus: planned\n")[:2] == ("enum", ("status",))


@pytest.mark.parametrize(
    ("period", "text"),
    [("2017-05/2018-12", "2017-05/2018-12"), ("2018", "2018"), ("2017-05/", "2017-05/.."), ("2018-05?/2018-12", None)],
)
def test_a_period_is_an_interval(period: str, text: str | None) -> None:
    read = Wave.model_validate(data(f"title: T\nperiod: {period}\n")).period
    assert read is not None
    assert read.text == (text or period)


@pytest.mark.parametrize(
    "period", ["unknown", "'[2017-05..2018-12]'", "2017-05-01T10:00/2017-05-02T10:00", "{a: b}", "[]"]
)
def test_other_dates_are_no_period(period: str) -> None:
    assert refusal(Wave, f"title: T\nperiod: {period}\n")[:2] == ("invalid-date", ("period",))


def test_a_text_is_a_string_or_one_for_each_language() -> None:
    assert wave("slogan: plain\n").slogan == "plain"
    assert wave("slogan: {fr: a, en: b, pt-BR: c, zh-Hant-TW: d, es-419: e, de-x-city: f}\n").slogan == {
        "fr": "a",
        "en": "b",
        "pt-BR": "c",
        "zh-Hant-TW": "d",
        "es-419": "e",
        "de-x-city": "f",
    }


def test_a_language_without_words_counts_as_missing() -> None:
    assert wave("slogan: {fr: , en: b}\ncontent: {advocacy: , learning: {fr: a}}\n").slogan == {"en": "b"}
    assert wave("content: {advocacy: , learning: {fr: a}}\n").content == {"learning": {"fr": "a"}}
    assert refusal(Wave, ANNOUNCED + "slogan: {fr: }\n")[:2] == ("too_short", ("slogan", "#map"))


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ('""', "string_pattern_mismatch", ("slogan", "#text")),
        ('" "', "string_pattern_mismatch", ("slogan", "#text")),
        ("[a]", "string_type", ("slogan", "#text")),
        ("{}", "too_short", ("slogan", "#map")),
        ("{fr: [a]}", "string_type", ("slogan", "#map", "fr")),
        ("{fr: ''}", "string_pattern_mismatch", ("slogan", "#map", "fr")),
        ("{FR: a}", "string_pattern_mismatch", ("slogan", "#map", "FR", "[key]")),
        ("{french: a}", "string_pattern_mismatch", ("slogan", "#map", "french", "[key]")),
    ],
)
def test_other_texts_are_refused(text: str, kind: str, place: tuple[str, ...]) -> None:
    assert refusal(Wave, ANNOUNCED + f"slogan: {text}\n")[:2] == (kind, place)


def test_texts_fall_back_from_language_to_language() -> None:
    assert fallback_languages("pt-BR", ["fr", "pt"]) == ("pt-BR", "pt", "fr")
    assert localized_text({"fr": "a", "en": "b"}, fallback_languages("en", ["fr"])) == "b"
    assert localized_text({"fr": "a", "en": "b"}, fallback_languages("es", ["en", "fr"])) == "b"
    assert localized_text({"de": "c", "it": "d"}, fallback_languages("es", ["fr"])) == "c"
    assert localized_text("plain", ["fr"]) == "plain"
    assert localized_text(None, ["fr"]) == ""


def test_plain_scalars_count_as_written() -> None:
    read = wave("slogan: 1.10\nnotice: yes\ndescription: 017\nwas: [2018]\n")
    assert (read.slogan, read.notice, read.description, read.was) == ("1.10", "yes", "017", ["2018"])
    assert Wave.model_validate(data("title: 2018\nstatus: announced\n")).title == "2018"
    assert moment("place: {name: true, country: NO}\n").place == Place(name="true", country="NO")
    assert moment("regions: [2018, no, true]\n").regions == ["2018", "no", "true"]
    assert Moment.model_validate(data("id: 10\ntitle: T\nwhen: 2018\n")).when == edtf.parse("2018")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("True", True), ("false", False)])
def test_a_truth_value_is_unquoted(text: str, value: bool) -> None:
    assert moment(f"draft: {text}\n").draft is value


@pytest.mark.parametrize("text", ['"true"', "'false'", "yes", "no", "1", "[]"])
def test_nothing_else_is_a_truth_value(text: str) -> None:
    assert refusal(Moment, MOMENT + f"draft: {text}\n")[:2] == ("bool_type", ("draft",))


def test_null_values_count_as_missing() -> None:
    empty = wave("slogan:\nhashtags: ~\nmoments: null\nactors:\ncontent:\nwaive:\ncolor:\nsource:\n")
    assert empty == wave("")
    assert refusal(Wave, "title: ~\nstatus: announced\n")[:2] == ("missing", ("title",))
    assert moment("status:\nkind:\ndraft:\n") == moment("")


def test_an_unknown_key_is_refused_even_without_value() -> None:
    assert refusal(Wave, ANNOUNCED + "sloogan:\n")[:2] == ("extra_forbidden", ("sloogan",))


def test_keys_that_open_with_x_are_ignored() -> None:
    text = "x-note: {deep: [1]}\nmoments:\n  - {id: m, title: T, when: 2018, x-a: b, place: {name: n, x-b: c}}\n"
    read = wave(text + "actors:\n  - {id: a, x-c: d}\ncampaigns:\n  - {name: n, x-d: e}\n")
    assert read.moments[0].place == Place(name="n")
    assert programme("x-a: b\nactors: {a: {name: n, kind: member, x-b: c}}\ndesign: {x-c: d}\n").actors["a"].name == "n"


@pytest.mark.parametrize(
    "tag", ["#MakeTheShift", "#DroitauLogement", "#Cities4Migration", "#été_2018", "#2018b", "#住房"]
)
def test_a_hashtag_is_a_sign_and_a_word(tag: str) -> None:
    assert wave(f'hashtags: ["{tag}"]\n').hashtags == [tag]


@pytest.mark.parametrize(
    "tag", ["MakeTheShift", "#", "#2018", "#make the shift", "#a-b", "##a", "#a#b", " #a", "#a\\n", "#_"]
)
def test_other_hashtags_are_refused(tag: str) -> None:
    kind, place, message = refusal(Wave, ANNOUNCED + f'hashtags: ["#good", "{tag}"]\n')
    assert (kind, place) == ("bad-hashtag", ("hashtags", "#text", 1))
    assert "hashtag" in message
    assert refusal(Wave, ANNOUNCED + f'campaigns: [{{name: n, hashtag: "{tag}"}}]\n')[0] == "bad-hashtag"


IDS = ["a", "2018", "gwangju-forum", "a-1-b"]
NO_IDS = ["A", "gwangju_forum", "-a", "a-", "a--b", "é", "a b", "", "a/b"]


@pytest.mark.parametrize("text", NO_IDS)
def test_an_id_is_kebab(text: str) -> None:
    for id_ in IDS:
        assert moment(f"regions: ['{id_}']\n").regions == [id_]
    assert refusal(Moment, MOMENT + f"regions: ['{text}']\n")[:2] == ("string_pattern_mismatch", ("regions", 0))
    assert refusal(Programme, f"regions: {{'{text}': n}}\n")[1] == ("regions", text, "[key]")


@pytest.mark.parametrize(
    ("text", "accepted"),
    [("migration/gwangju-forum", True), ("gwangju-forum", True), ("a/b/c", False), ("/a", False), ("a/", False)],
)
def test_a_moment_is_named_with_or_without_its_wave(text: str, accepted: bool) -> None:
    if accepted:
        assert moment(f"same_as: {text}\nwas: [{text}]\n").same_as == text
    else:
        assert refusal(Moment, MOMENT + f"same_as: {text}\n")[:2] == ("string_pattern_mismatch", ("same_as",))


def test_countries_are_those_of_iso_3166() -> None:
    assert len(COUNTRIES) == 249
    for code in ("KR", "NO", "ZA"):
        assert moment(f"place: {{country: {code}}}\n").place == Place(country=code)
    for code in ("kr", "UK", "EU", "XX", "KOR", "Korea"):
        assert refusal(Moment, MOMENT + f"place: {{country: {code}}}\n")[0] == "invalid-value"


def test_colours_are_those_of_css() -> None:
    assert wave("color: teal\n").color == "teal"
    for name in ("Teal", "#008080", "sarcelle", "rebeccapurple"):
        assert refusal(Wave, ANNOUNCED + f"color: '{name}'\n")[:2] == ("invalid-value", ("color",))


def test_an_address_is_a_whole_one() -> None:
    for url in ("https://www.uclg.org", "http://a.org/é?q=1#x", "https://a.org/a_(b)"):
        assert wave(f"url: '{url}'\n").url == url
    for url in (
        "www.uclg.org",
        "mailto:a@b.org",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://a.org/<b>",
        "https://a.org/\u202egro.b",
        "https://a.org/\u200bb",
    ):
        assert refusal(Wave, ANNOUNCED + f"url: '{url}'\n")[:2] == ("string_pattern_mismatch", ("url",))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gwangju", Place(name="Gwangju")),
        ("{fr: Genève, en: Geneva}", Place(name={"fr": "Genève", "en": "Geneva"})),
        ("{name: Gwangju, country: KR}", Place(name="Gwangju", country="KR")),
        ("{name: {fr: Genève}}", Place(name={"fr": "Genève"})),
        ("{country: MX}", Place(country="MX")),
        ("{online: true}", Place(online=True)),
        ("{scope: worldwide}", Place(scope="worldwide")),
        ("2018", Place(name="2018")),
    ],
)
def test_a_place_is_a_text_or_a_block(text: str, place: Place) -> None:
    assert moment(f"place: {text}\n").place == place


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("[Gwangju]", "model_type", ("place",)),
        ("{town: Gwangju}", "extra_forbidden", ("place", "town")),
        ("{scope: europe}", "literal_error", ("place", "scope")),
        ("{online: 'true'}", "bool_type", ("place", "online")),
        ("{fr: ''}", "string_pattern_mismatch", ("place", "name", "#map", "fr")),
    ],
)
def test_other_places_are_refused(text: str, kind: str, where: tuple[str, ...]) -> None:
    assert refusal(Moment, MOMENT + f"place: {text}\n")[:2] == (kind, where)


def test_a_moment_has_defaults() -> None:
    plain = moment("")
    assert (plain.kind, plain.status, plain.same_as, plain.repeat, plain.draft) == (
        MomentKind.EVENT,
        None,
        None,
        None,
        False,
    )
    assert (plain.exceptions, plain.regions, plain.was, plain.actors, plain.priorities) == ({}, [], [], [], [])


@pytest.mark.parametrize("kind", ["event", "observance", "deadline", "publication"])
def test_a_moment_has_a_kind(kind: str) -> None:
    assert moment(f"kind: {kind}\n").kind == MomentKind(kind)
    assert refusal(Moment, MOMENT + "kind: Event\n")[0] == "enum"


@pytest.mark.parametrize("status", ["confirmed", "tentative", "postponed", "cancelled"])
def test_a_moment_has_a_status(status: str) -> None:
    assert moment(f"status: {status}\n").status == Status(status)
    assert refusal(Moment, MOMENT + "status: canceled\n")[0] == "enum"


def test_a_moment_needs_a_date_unless_another_has_it() -> None:
    kind, _, message = refusal(Moment, "id: m\ntitle: T\n")
    assert (kind, message) == ("missing-key", 'the moment has no "when"')
    assert refusal(Moment, "id: m\ntitle: T\nwhen:\n")[0] == "missing-key"
    assert Moment.model_validate(data("id: m\ntitle: T\nsame_as: a/b\n")).when is None
    assert Moment.model_validate(data("id: m\ntitle: T\nwhen: unknown\n")).when == edtf.UNKNOWN
    assert refusal(Moment, "id: m\ntitle: T\nsame_as: A\n")[1] == ("same_as",)


@pytest.mark.parametrize(
    "text", ["[2018-07-05..2018-07-20]", "'[2018-07-05..2018-07-20]'", "\n  - 2018-07-05..2018-07-20"]
)
def test_one_of_a_set_needs_no_quotes(text: str) -> None:
    assert Moment.model_validate(data(f"id: m\ntitle: T\nwhen: {text}\n")).when == edtf.parse(
        "[2018-07-05..2018-07-20]"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[2018-07-05, 2018-07-20]",
        "[2018-07-05,2018-07-20]",
        "'[2018-07-05,2018-07-20]'",
        "\n  - 2018-07-05\n  - 2018-07-20",
    ],
)
def test_a_choice_of_days_needs_no_quotes(text: str) -> None:
    read = Moment.model_validate(data(f"id: m\ntitle: T\nwhen: {text}\n"))
    assert read.when == edtf.parse("[2018-07-05,2018-07-20]")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[2018-07-05]", "invalid-date"),
        ("[2018-07, 2018-08]", "invalid-date"),
        ("[2018-07-05, 2018-07-05]", "invalid-date"),
        (f"[{', '.join(f'2018-05-{n:02}' for n in range(1, 12))}]", "invalid-date"),
        ("[2018-07-20, 2018-07-05]", "inverted-dates"),
        ("[2018-01..2018-06, 2019-01..2019-06]", "invalid-date"),
        ("[]", "invalid-date"),
        ("[[2018]]", "invalid-date"),
        ("{2018: }", "invalid-date"),
        ("2018-13", "invalid-date"),
        ("2018-03/2018-02", "inverted-dates"),
    ],
)
def test_a_wrong_date_is_refused_with_its_rule(text: str, rule: str) -> None:
    assert refusal(Moment, f"id: m\ntitle: T\nwhen: {text}\n")[:2] == (rule, ("when",))


def test_a_moment_repeats() -> None:
    read = moment("repeat: yearly\nexcept: {2019-03: cancelled, 2020-03: {when: 2020-04, place: Paris}, 2021-03: {}}\n")
    assert read.repeat == RecurrenceRule()
    assert read.exceptions["2019-03"].status == Status.CANCELLED
    assert read.exceptions["2020-03"].when == edtf.parse("2020-04")
    assert read.exceptions["2020-03"].place == Place(name="Paris")
    assert (read.exceptions["2021-03"].status, read.exceptions["2021-03"].title) == (None, None)


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("{2019-03: off}", "enum", ("except", "2019-03", "status")),
        ("{2019-03: [a]}", "model_type", ("except", "2019-03")),
        ("{2019-03: {kind: event}}", "extra_forbidden", ("except", "2019-03", "kind")),
        ("[2019-03]", "dict_type", ("except",)),
    ],
)
def test_other_exceptions_are_refused(text: str, kind: str, where: tuple[str, ...]) -> None:
    assert refusal(Moment, MOMENT + f"repeat: yearly\nexcept: {text}\n")[:2] == (kind, where)


def test_the_first_date_satisfies_the_rule() -> None:
    text = "id: m\ntitle: T\nwhen: {}\nrepeat: FREQ=YEARLY;BYMONTH=10;BYDAY=1MO\n"
    assert Moment.model_validate(data(text.format("2017-10-02"))).repeat is not None
    for when in ("2017-10-03", "2017-10", "unknown"):
        assert refusal(Moment, text.format(when))[:2] == ("invalid-value", ("repeat",))
    assert refusal(Moment, text.format("2017-13"))[:2] == ("invalid-date", ("when",))
    assert refusal(Moment, MOMENT + "repeat: monthly\n")[:2] == ("invalid-value", ("repeat",))
    assert refusal(Moment, MOMENT + "repeat: [yearly]\n")[:2] == ("invalid-value", ("repeat",))


def test_confirm_by_is_a_day() -> None:
    confirm_by = moment("confirm_by: 2017-06-30\n").confirm_by
    assert confirm_by is not None
    assert confirm_by.earliest == date(2017, 6, 30)
    for text in ("2017-06", "2017-06-30?", "2017-06-30/2017-07-01", "2017-06-30T10:00", "unknown", "soon"):
        assert refusal(Moment, MOMENT + f"confirm_by: {text}\n")[:2] == ("invalid-date", ("confirm_by",))


def test_a_time_zone_has_its_name() -> None:
    assert moment("timezone: Asia/Seoul\n").timezone == "Asia/Seoul"
    assert programme("timezone: Europe/Madrid\n").timezone == "Europe/Madrid"
    for text in ("CET+1", "asia/seoul", "Madrid", "+01:00"):
        assert refusal(Moment, MOMENT + f"timezone: {text}\n")[:2] == ("invalid-value", ("timezone",))


def test_words_taken_over_are_a_text_or_one_for_each_key() -> None:
    assert moment("source: Gwangju, Septembre 2017\n").source == "Gwangju, Septembre 2017"
    assert wave('source: {period: "Mai 2017", title: {fr: a}}\n').source == {"period": "Mai 2017", "title": {"fr": "a"}}
    assert refusal(Wave, ANNOUNCED + "source: {period: [a]}\n")[:2] == (
        "string_type",
        ("source", "#map", "period", "#text"),
    )
    assert refusal(Wave, ANNOUNCED + "source: [a]\n")[:2] == ("string_type", ("source", "#text"))


def test_an_actor_of_a_wave_is_an_id_or_a_block() -> None:
    read = wave(
        "actors:\n  - uclg\n  - {id: barcelona, role: {fr: a}, confirmed: false}\n  - {name: n, kind: research}\n"
    )
    assert [actor.id for actor in read.actors] == ["uclg", "barcelona", None]
    assert [actor.confirmed for actor in read.actors] == [True, False, True]
    assert read.actors[2].kind is ActorKind.RESEARCH


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("{role: lead}", "missing-key", ("actors", 0)),
        ("{name: Somebody}", "missing-key", ("actors", 0)),
        ("{name: n, kind: friend}", "enum", ("actors", 0, "kind")),
        ("Barcelona City", "string_pattern_mismatch", ("actors", 0, "id")),
        ("[a]", "model_type", ("actors", 0)),
        ("{id: a, kid: b}", "extra_forbidden", ("actors", 0, "kid")),
        ("{id: a, confirmed: 'no'}", "bool_type", ("actors", 0, "confirmed")),
    ],
)
def test_other_actors_are_refused(text: str, kind: str, where: tuple[str | int, ...]) -> None:
    assert refusal(Wave, ANNOUNCED + f"actors:\n  - {text}\n")[:2] == (kind, where)


def test_actor_kinds_are_of_two_groups() -> None:
    network = {"member", "section", "committee", "working_group", "task_force", "association"}
    external = {"international", "civil_society", "research", "public_body", "private", "partner"}
    assert {kind.value for kind in ActorKind if kind.group is ActorGroup.NETWORK} == network
    assert {kind.value for kind in ActorKind if kind.group is ActorGroup.EXTERNAL} == external


def test_an_actor_of_the_register_has_a_name_and_a_kind() -> None:
    text = "{name: n, short: s, aliases: [a, {fr: b}], kind: committee, part_of: uclg, regions: [], country: ES}"
    assert programme(f"actors: {{c: {text}}}\n").actors["c"].aliases == ["a", {"fr": "b"}]
    assert refusal(Actor, "name: n\n")[:2] == ("missing", ("kind",))
    assert refusal(Actor, "kind: member\n")[:2] == ("missing", ("name",))
    assert refusal(Actor, "name: n\nkind: member\nrole: lead\n")[:2] == ("extra_forbidden", ("role",))


def test_a_campaign_has_a_name() -> None:
    read = wave(
        'campaigns:\n  - {name: Make the Shift, hashtag: "#MakeTheShift", actors: [uclg], url: "https://a.org"}\n'
    )
    assert read.campaigns[0].hashtag == "#MakeTheShift"
    assert refusal(Wave, ANNOUNCED + "campaigns:\n  - {hashtag: '#a'}\n")[:2] == ("missing", ("campaigns", 0, "name"))


def test_a_programme_may_say_nothing() -> None:
    empty = programme("")
    assert empty == Programme()
    assert empty.languages == ["en"]
    assert list(empty.priorities) == ["advocacy", "learning", "implementation", "monitoring"]
    assert (empty.design, empty.regions, empty.feeds, empty.actors) == (Design(), {}, {}, {})
    assert (empty.uid_domain, empty.effective_uid_domain, empty.timezone) == (None, "wavectl.invalid", "UTC")
    assert programme("uid_domain: waves.uclg.org\n").effective_uid_domain == "waves.uclg.org"


@pytest.mark.parametrize("text", ["waves_uclg", "https://a.org", "a@b", "-a.org", "a..b", "A.org", "a" * 201])
def test_a_domain_is_a_name(text: str) -> None:
    assert refusal(Programme, f"uid_domain: '{text}'\n")[0] == (
        "string_pattern_mismatch" if len(text) < 200 else "string_too_long"
    )


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Africa", Region(name="Africa")),
        ("{fr: Afrique, en: Africa}", Region(name={"fr": "Afrique", "en": "Africa"})),
        ("{name: {fr: Afrique}, countries: [CV, ZA]}", Region(name={"fr": "Afrique"}, countries=["CV", "ZA"])),
    ],
)
def test_a_region_is_a_text_or_a_block(text: str, region: Region) -> None:
    assert programme(f"regions: {{africa: {text}}}\n").regions["africa"] == region


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("{countries: [CV]}", "missing", ("regions", "africa", "name")),
        ("{name: a, countrys: [CV]}", "extra_forbidden", ("regions", "africa", "countrys")),
        ("{name: a, countries: [Cape]}", "invalid-value", ("regions", "africa", "countries", 0)),
    ],
)
def test_other_regions_are_refused(text: str, kind: str, where: tuple[str | int, ...]) -> None:
    assert refusal(Programme, f"regions: {{africa: {text}}}\n")[:2] == (kind, where)


def test_the_rules_of_the_house_are_numbers() -> None:
    text = "{min_priorities: 3, min_regions: 0, months: [6, 18], required_groups: [network], max_silent_months: 6}"
    design = programme(f"design: {text}\n").design
    assert (design.min_priorities, design.min_regions, tuple(design.months or ()), design.max_silent_months) == (
        3,
        0,
        (6, 18),
        6,
    )
    assert design.required_groups == [ActorGroup.NETWORK]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{min_priorities: '3'}", "int_type"),
        ("{min_priorities: 3.5}", "int_type"),
        ("{min_priorities: true}", "int_type"),
        ("{min_priorities: -1}", "greater_than_equal"),
        ("{min_priorities: 1001}", "less_than_equal"),
        ("{months: [6]}", "invalid-value"),
        ("{months: [18, 6]}", "invalid-value"),
        ("{months: [0, 6]}", "invalid-value"),
        ("{months: 6}", "list_type"),
        ("{required_groups: [members]}", "enum"),
        ("{max_months: 3}", "extra_forbidden"),
    ],
)
def test_other_rules_of_the_house_are_refused(text: str, kind: str) -> None:
    assert refusal(Programme, f"design: {text}\n")[0] == kind


def test_a_feed_has_the_keys_of_the_reference() -> None:
    assert Feed.yaml_keys == {*KEYS["Feed"].split()}
    feed = programme("feeds: {firm: {fuzzy: omit, alarm: [7d, 2h, 7d@18:00], kinds: [event], lang: all}}\n").feeds[
        "firm"
    ]
    assert (feed.fuzzy, feed.cancelled, feed.alarm, feed.kinds, feed.lang) == (
        "omit",
        "show",
        ["7d", "2h", "7d@18:00"],
        ["event"],
        "all",
    )
    for text in ("{alarm: [soon]}", "{alarm: [7d@25:00]}"):
        assert refusal(Programme, f"feeds: {{firm: {text}}}\n")[0] == "string_pattern_mismatch"
    for text in ("{fuzzy: no}", "{cancelled: hide}", "{kinds: [party]}"):
        assert refusal(Programme, f"feeds: {{firm: {text}}}\n")[0] == "literal_error"


def test_a_programme_has_languages() -> None:
    assert programme("languages: [fr, pt-BR]\n").languages == ["fr", "pt-BR"]
    assert refusal(Programme, "languages: []\n")[:2] == ("too_short", ("languages",))
    assert refusal(Programme, "languages: [French]\n")[:2] == ("string_pattern_mismatch", ("languages", 0))


def test_models_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        moment("").title = "other"  # type: ignore[misc]


KEYS = {
    "Wave": "title status slogan hashtags period color url description notice source moments actors content campaigns "
    "was waive",
    "Moment": "id title short kind when repeat except status place regions timezone same_as was actors priorities url "
    "description outcome source owner confirm_by note draft",
    "OccurrenceChange": "when status title place description",
    "WaveActor": "id role confirmed name short aliases kind part_of regions country url",
    "Actor": "name short aliases kind part_of regions country url",
    "Campaign": "name hashtag url actors description",
    "Place": "name country online scope",
    "Programme": "name description organiser uid_domain site languages timezone priorities regions design publish "
    "feeds actors",
    "Publish": "folder languages",
    "Organiser": "name url",
    "Feed": "waves lang fuzzy cancelled alarm regions countries priorities actors kinds name actions moments",
    "Region": "name countries",
    "Design": "min_priorities min_regions months required_groups max_silent_months",
}


def test_moments_that_state_a_field_come_with_their_places() -> None:
    made = wave(
        "moments:\n  - {id: a, title: T, when: 2018}\n  - {id: b, title: T, when: 2018, outcome: done}\n"
        "  - {id: c, title: T, same_as: a, outcome: }\n  - {id: d, title: T, when: 2018, except: {}, outcome: done}\n"
    )
    assert [(place, one.id) for place, one in made.moments_with("outcome")] == [(1, "b"), (3, "d")]
    assert [place for place, _ in made.moments_with("exceptions")] == [3]
    assert [place for place, _ in made.moments_with("same_as")] == [2]
    assert list(made.moments_with("regions")) == []
    assert list(wave("").moments_with("outcome")) == []


def test_each_block_has_the_keys_of_the_reference() -> None:
    blocks = {part.__name__: part.yaml_keys for part in model_keys.KEYS}
    assert {name: sorted(blocks[name]) for name in KEYS} == {name: sorted(keys.split()) for name, keys in KEYS.items()}
    assert set(blocks) == set(KEYS)


@pytest.mark.parametrize(
    ("key", "unit"),
    [("hashtags: ['#{}!']", "a"), ("hashtags: ['#{}!']", "1"), ("was: ['{}!']", "a-"), ("url: 'https://{} '", "a")],
)
def test_long_values_are_refused_quickly(key: str, unit: str) -> None:
    start = time.process_time()
    refusal(Wave, ANNOUNCED + key.format(unit * 100_000))
    refusal(Programme, f"uid_domain: '{unit * 100_000}!'\n")
    refusal(Moment, MOMENT + f"same_as: '{unit * 100_000}!'\n")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("title", ["{fr: Le logement, oui, en: Housing}", "{en: Housing, yes}", "{fr: Toit, de}"])
def test_the_rest_of_a_text_with_a_comma_is_never_lost(title: str, tmp_path: Path) -> None:
    found = checked(read_plan(tmp_path, {"a": f"title: {title}\nstatus: announced\n"}))
    assert [one.rule for one in found] == ["yaml-syntax"]


def test_private_keys_are_left_out_at_every_level(tmp_path: Path) -> None:
    files = {
        "programme": """
languages: [fr]
regions: {x-note: hello, africa: {fr: Afrique, x-note: n}}
priorities: {x-note: hello, advocacy: Plaidoyer}
actors: {x-note: hello}
feeds: {x-note: hello}
""",
        "a": """
title: {fr: A, x-note: n}
status: announced
content: {x-todo: write, advocacy: "B"}
waive: {x-note: why}
moments:
  - {id: m, title: M, when: 2017-12-10, repeat: yearly, except: {x-note: why}}
""",
    }
    plan = read_plan(tmp_path, files)
    assert checked(plan) == []
    assert (list(plan.programme.regions), list(plan.programme.priorities)) == (["africa"], ["advocacy"])
    assert plan.waves["a"].title == {"fr": "A"}

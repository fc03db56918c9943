"""Validation errors as findings: one for each place, with a hint and, if it is certain, a fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import checked, read_plan

HEAD = "title: A\nstatus: announced\n"


def messages(home: Path, wave: str) -> list[tuple[str, str, str]]:
    """Return the rule, message and hint of each finding in a wave."""
    found = checked(read_plan(home, {"housing": HEAD + wave}))
    return [(one.rule, str(one.message), str(one.hint)) for one in found]


@pytest.mark.parametrize(
    ("wave", "rule"),
    [
        ("slogan: []\n", "invalid-value"),
        ('slogan: " "\n', "invalid-value"),
        ("slogan: |\n  One\n  two\n", "invalid-value"),
        ("moments: later\n", "invalid-value"),
        ("moments: [later]\n", "invalid-value"),
        ("color: teall\n", "invalid-value"),
        ("moments: [{title: B, when: 2018}]\n", "missing-key"),
        ("moments: [{id: b, title: B, when: 2018, kind: [event]}]\n", "invalid-value"),
        ("moments: [{id: b, title: B, when: 2018, kind: talk}]\n", "invalid-value"),
        ("moments: [{id: b, title: B, when: 2018, draft: yes}]\n", "invalid-value"),
        ("slogn: B\n", "unknown-key"),
    ],
)
def test_an_error_has_a_message_and_a_hint(tmp_path: Path, wave: str, rule: str) -> None:
    ((found_rule, message, hint),) = messages(tmp_path, wave)
    assert found_rule == rule
    assert message
    assert hint not in ("", "None")


@pytest.mark.parametrize(
    ("wave", "path", "line"),
    [
        ('title: {fr: "A", en: "A\\nB"}\nstatus: announced\n', ("title", "en"), 1),
        ("title: |\n  A\n  B\nstatus: announced\n", ("title",), 1),
        ('title: "A\\u2028B"\nstatus: announced\n', ("title",), 1),
        (f'{HEAD}moments: [{{id: b, when: 2018, title: "A\\rB"}}]\n', ("moments", 0, "title"), 3),
        (f'{HEAD}moments: [{{id: b, when: 2018, title: A, short: "A\\nB"}}]\n', ("moments", 0, "short"), 3),
        (f'{HEAD}moments: [{{id: b, when: 2018, title: A, place: "A\\nB"}}]\n', ("moments", 0, "place"), 3),
        (f'{HEAD}moments:\n- id: b\n  when: 2018\n  title: A\n  place:\n    name: >\n      A\n\n      B\n',
         ("moments", 0, "place", "name"), 8),
        (f'{HEAD}actors: [{{name: "A\\nB", kind: member}}]\n', ("actors", 0, "name"), 3),
        (f'{HEAD}actors: [{{id: a, role: "A\\nB"}}]\n', ("actors", 0, "role"), 3),
        (f'{HEAD}campaigns: [{{name: "A\\nB"}}]\n', ("campaigns", 0, "name"), 3),
    ],
)  # fmt: skip
def test_titles_names_and_places_have_one_line(tmp_path: Path, wave: str, path: tuple[object, ...], line: int) -> None:
    plan = read_plan(tmp_path, {"housing": wave})
    (found,) = (one for one in checked(plan) if one.rule == "invalid-value")
    assert found.path == path
    assert plan.span(found).line == line


def test_the_end_of_a_block_and_long_texts_are_no_line_breaks(tmp_path: Path) -> None:
    text = f"{HEAD}slogan: |\n  One\ndescription: |\n  One\n\n  two\nnotice: |\n  One\n  two\n"
    assert not checked(read_plan(tmp_path, {"housing": text}))


def test_each_place_is_reported_once(tmp_path: Path) -> None:
    assert len(messages(tmp_path, "source: [1, 2]\n")) == 1


# -- keys


def fixes(home: Path, text: str, file: str = "housing") -> list[tuple[str, str, str | None]]:
    """Return the rule, hint and fix of each finding in a file of a plan."""
    found = checked(read_plan(home, {"housing": HEAD, file: text}))
    return [(one.rule, str(one.hint), one.fix) for one in found]


@pytest.mark.parametrize(
    ("text", "key", "fix"),
    [
        ("title: A\nslogn: B\n", "slogan", None),
        ("title: A\nSlogan: B\n", "slogan", "slogan"),
        ("title: A\nhashtag: []\n", "hashtags", "hashtags"),
        ("title: A\nestado: closed\n", "status", "status"),
        ("title: A\n'slogn': B\n", "slogan", None),  # in quotation marks: the fix is not written there
        ("title: A\nmoments: [{id: b, title: B, when: 2018, lieu: C}]\n", "place", "place"),
        ("title: A\nmoments: [{id: b, title: B, when: 2018, locaton: C}]\n", "place", None),  # twice removed
        ("title: A\nmoments: [{id: b, title: B, when: 2018, place: {pays: FR}}]\n", "country", "country"),
        ("title: A\nmoments: [{id: b, title: B, when: 2018-01-02, repeat: yearly, except: {2019-01-02: {dat: 2}}}]\n",
         "when", None),
        ("title: A\nactors: [{nom: B, kind: member}]\n", "name", "name"),
        ("title: A\ncampaigns: [{name: B, link: C}]\n", "url", "url"),
    ],
)  # fmt: skip
def test_an_unknown_key_gets_a_suggestion(tmp_path: Path, text: str, key: str, fix: str | None) -> None:
    found = [
        one for one in fixes(tmp_path, "status: announced\n" * ("status" not in key) + text) if one[0] == "unknown-key"
    ]
    ((rule, hint, written),) = found
    assert (rule, written) == ("unknown-key", fix)
    assert f"{key}:" in hint
    assert hint.startswith("write") or fix is None


@pytest.mark.parametrize(
    "text",
    [
        "zzz: B\n",
        "role: B\n",  # a key of another block
        "dates: B\nperiod: 2018\nmoments: []\n",  # the suggested key exists already
        "moments: [{id: b, title: B, when: 2018, Title: C}]\n",
    ],
)
def test_an_unknown_key_that_is_like_none_can_go(tmp_path: Path, text: str) -> None:
    ((rule, hint, fix),) = fixes(tmp_path, HEAD + text)
    assert (rule, "x-" in hint, fix) == ("unknown-key", True, None)


@pytest.mark.parametrize(
    ("wave", "key"),
    [
        ("titre: A\nstatus: announced\n", "title"),
        (HEAD + "moments: [{id: b, title: B, date: 2018}]\n", "when"),
        ("title: A\nperiode: 2018\nslogan: B\nhashtags: ['#B']\n", "period"),
    ],
)
def test_a_misspelt_required_key_is_not_missing_as_well(tmp_path: Path, wave: str, key: str) -> None:
    assert fixes(tmp_path, wave) == [("unknown-key", f"write {key}:", key)]


def test_the_programme_has_keys_of_its_own(tmp_path: Path) -> None:
    programme = (
        "langues: [fr]\ndesign: {min_priority: 3}\nactors: {b: {nombre: B, kind: member}}\nfeeds: {f: {fuzy: omit}}\n"
    )
    assert [fix for _, _, fix in fixes(tmp_path, programme, "programme")] == [
        "languages", None, "name", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wave", "hint"),
    [
        ("when: 2018\nmoments: [{id: b, title: B, when: 2018}]\n",
         "when: belongs to a moment: put as many spaces in front of it as in front of that moment's other lines"),
        ("moments: [{id: b, title: B, when: 2018, country: KR}]\n", "it belongs to the place: place: {country: KR}"),
        ("moments: [{id: b, title: B, when: 2018, hashtags: ['#B']}]\n",
         "hashtags: belongs to the wave: begin it at the left edge, without spaces"),
        ("timezone: UTC\n",
         "timezone: belongs to a moment: put as many spaces in front of it as in front of that moment's other "
         "lines"),
        ("feeds: {}\n", "feeds: belongs in programme.yaml"),
        ("actors: [{barcelona: lead}]\n", 'write it like this: {id: barcelona, role: "lead"}'),
        ("<<: {}\n", "write the repeated lines out"),
    ],
)  # fmt: skip
def test_a_key_that_is_known_elsewhere_is_sent_there(tmp_path: Path, wave: str, hint: str) -> None:
    assert fixes(tmp_path, HEAD + wave) == [("unknown-key", hint, None)]


def test_two_keys_for_one_have_no_fix(tmp_path: Path) -> None:
    found = fixes(tmp_path, "title_fr: A\ntitle_en: B\nstatus: announced\n")
    assert found == [("unknown-key", 'write it like this: title: {fr: "…", en: "…"}', None)] * 2


def test_two_spellings_of_one_key_get_no_fix(tmp_path: Path) -> None:
    found = fixes(tmp_path, HEAD + "moments: [{id: b, title: B, cuando: 2018, quand: 2018}]\n")
    assert found == [("unknown-key", 'did you mean "when:"?', None)] * 2


def test_a_moment_is_not_suggested_for_its_own_same_as(tmp_path: Path) -> None:
    ((rule, hint, _),) = fixes(tmp_path, HEAD + "moments: [{id: forum, title: B, when: 2018, same_as: forums}]\n")
    assert (rule, hint) == ("unknown-moment", "write the wave and the moment: migration/gwangju-forum")


def test_a_misspelt_key_is_not_missing(tmp_path: Path) -> None:
    assert [rule for rule, _, _ in fixes(tmp_path, "title: A\nStatus: announced\n")] == ["unknown-key"]
    assert [rule for rule, _, _ in fixes(tmp_path, "title: A\nSlogan: B\nhashtags: ['#B']\nperiod: 2018\n")] == [
        "unknown-key"
    ]


@pytest.mark.parametrize(
    "wave", ["actors:\n  - {id: b, title: B, when: 2018}\n", "moments:\n  - {id: b, name: B, kind: member}\n"]
)
def test_an_item_in_the_wrong_list_is_reported_once_without_a_fix(tmp_path: Path, wave: str) -> None:
    ((rule, _, _),) = messages(tmp_path, wave)
    assert rule == "invalid-value"
    assert fixes(tmp_path, HEAD + wave)[0][2] is None


def test_the_lines_of_a_moment_at_the_edge_are_not_missing_in_it(tmp_path: Path) -> None:
    found = fixes(tmp_path, HEAD + "moments:\n- id: b\ntitle: B\nwhen: 2018\n")
    assert [(rule, hint) for rule, hint, _ in found] == [
        ("duplicate-key", found[0][1]),
        ("unknown-key", "when: belongs to a moment: put as many spaces in front of it as in front of that moment's "
         "other lines"),
    ]  # fmt: skip


# -- shapes


@pytest.mark.parametrize(
    ("wave", "hint", "fix"),
    [
        ("actors: b, c\n", "write it like this: [b, c]", "[b, c]"),
        ("actors: Ville de B, c\n",
         'write it like this: [{name: "Ville de B", kind: member}, {name: "c", kind: member}]', None),
        ("hashtags: '#A, #B'\n", 'write it like this: ["#A", "#B"]', '["#A", "#B"]'),
        ("hashtags: '#A #B'\n", 'write it like this: ["#A", "#B"]', '["#A", "#B"]'),
        ("hashtags: A\n", 'write it like this: ["A"]', None),
        ("moments: {b: {title: B}, c: {title: C}}\n", "write - id: b in place of b:, and so on for each", None),
        ("moments: {id: b, title: B}\n",
         "put a hyphen and a space in front of id:, and two spaces more in front of the lines below it", None),
        ("moments: ['Forum, Gwangju']\n",
         'write it like this: {id: forum, title: "Forum, Gwangju", when: unknown}', None),
        ("campaigns: Make the Shift\n", 'write it like this: [{name: "Make the Shift"}]', None),
        ("campaigns: [Make the Shift]\n", 'write it like this: {name: "Make the Shift"}', None),
        ("content: [{advocacy: B}]\n", "take away the hyphens", None),
        ("content: B\n", 'write it like this: {advocacy: "B"}', None),
        ("waive: [missing-slogan]\n", 'write it like this: {missing-slogan: "…"}', None),
        ("waive: {missing-slogan: }\n", "write the reason, in quotation marks", None),
        ("moments: [{id: b, title: B, when: 2018, draft: oui}]\n", "write true, without quotation marks", "true"),
        ("moments: [{id: b, title: B, when: 2018, draft: 'No'}]\n", "write false, without quotation marks", "false"),
        ("moments: [{id: b, title: B, when: 2018, draft: often}]\n",
         "write true or false, without quotation marks", None),
        ("moments: [{id: b, title: B, when: 2018-12-10, repeat: yearly, except: [2019-12-10]}]\n",
         "write it like this: {2019-12-10: cancelled}", None),
        ("slogan: [B, C]\n",
         'write one text in quotation marks, or one for each language: {fr: "…", en: "…"}', None),
        ("description: |\nurl: https://b.org\n", "put two spaces in front of each of its lines", None),
    ],
)  # fmt: skip
def test_another_shape_gets_the_line_to_type(tmp_path: Path, wave: str, hint: str, fix: str | None) -> None:
    found = [one[1:] for one in fixes(tmp_path, HEAD + wave) if one[0] == "invalid-value"]
    assert found == [(hint, fix)]


def test_a_list_cut_by_commas_is_reported_once(tmp_path: Path) -> None:
    programme = "regions: {africa: {name: Africa, countries: CV, ZA}}\n"
    assert fixes(tmp_path, programme, "programme") == [("invalid-value", "write it like this: [CV, ZA]", None)]


def test_the_actors_of_the_programme_are_no_list(tmp_path: Path) -> None:
    found = fixes(tmp_path, "actors: [{id: b, name: B, kind: member}]\n", "programme")
    assert found == [("invalid-value", 'write it like this: {b: {name: "B", kind: "member"}}', None)]


@pytest.mark.parametrize(
    ("wave", "hint"),
    [
        ("moments:\n  - title: Forum de Gwangju\n    when: 2018\n", "add a line such as id: forum-de-gwangju"),
        ("moments:\n  - id: b\n    title:\n    when: 2018\n", 'write it like this: title: "…"'),
    ],
)
def test_what_is_missing_is_shown_as_it_is_to_be_typed(tmp_path: Path, wave: str, hint: str) -> None:
    assert fixes(tmp_path, HEAD + wave) == [("missing-key", hint, None)]


# -- values


@pytest.mark.parametrize(
    ("wave", "hint", "fix"),
    [
        ("moments: [{id: b, title: B, when: 2018, status: confirmé}]\n", "write confirmed", "confirmed"),
        ("moments: [{id: b, title: B, when: 2018, status: 'Cancelado'}]\n", "write cancelled", "'cancelled'"),
        ("moments: [{id: b, title: B, when: 2018, status: canceled}]\n", "write cancelled", "cancelled"),
        ("moments: [{id: b, title: B, when: 2018, kind: Journée internationale}]\n", "write observance", "observance"),
        ("moments: [{id: b, title: B, when: 2018, kind: talk}]\n", "write one of these words", None),
        ("actors: [{name: B, kind: groupe de travail}]\n", "write working_group", "working_group"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Corée du Sud}}]\n", "write KR for Corée du Sud",
         "KR"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: espana}}]\n", "write ES for España", "ES"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Allemagn}}]\n", "write DE for Allemagne", None),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Mexic}}]\n", "write MX for Mexico", None),
        ("moments: [{id: b, title: B, when: 2018, place: {country: kr}}]\n", "write KR", "KR"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: UK}}]\n", "write GB", "GB"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Viet Nam}}]\n", "write VN for Viêt Nam", "VN"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Burma}}]\n", "write MM for Myanmar (Burma)", "MM"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Corée}}]\n",
         "write KR for Corée du Sud, KP for Corée du Nord", None),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Guinea}}]\n",
         "write GN for Guinea, GQ for Equatorial Guinea, GW for Guinea-Bissau, PG for Papua New Guinea", None),
        ("actors: [{name: B, kind: member, country: Côte-d'Ivoire}]\n", "write CI for Côte d’Ivoire", "CI"),
        ("moments: [{id: b, title: B, when: 2018, place: {country: Nowhere}}]\n",
         "write the code of the country, two capital letters: KR, CH, MX", None),
        ("hashtags: [Housing]\n", 'write it like this: "#Housing"', '"#Housing"'),
        ("hashtags: ['# Housing ']\n", 'write it like this: "#Housing"', "'#Housing'"),
        ("hashtags: ['#Droit au logement']\n", 'write it like this: "#Droitaulogement"', None),
        ("hashtags: ['#A #B']\n", "put each hashtag on a line of its own, after a hyphen and in quotation marks", None),
        ("moments: [{id: 'b ', title: B, when: 2018}]\n", "write it without the space: b", "'b'"),
        ("moments: [{id: Gwangju Forum, title: B, when: 2018}]\n", "write it like this: gwangju-forum", None),
        ("moments: [{id: b, title: B, when: 2018, same_as: Migration/Forum}]\n",
         "write it like this: migration/forum", None),
        ("url: www.uclg.org\n", "write it like this: https://www.uclg.org", None),
        ("url: 'https://www.uclg.org '\n", "write it like this: https://www.uclg.org", "'https://www.uclg.org'"),
        ("url: ftp://uclg.org\n", "copy the whole address, starting with https://", None),
        ("slogan: {français: B}\n", "did you mean fr?", None),
        ("slogan: {spanich: B}\n", "did you mean es?", None),
        ("slogan: {un droit: B}\n",
         "write fr, en, es or another language code; put a text with a comma or colon in quotation marks", None),
        ("slogan: {FR: B}\n", "write fr", "fr"),
        ("color: tael\n", "did you mean teal?", None),
        ("url: info@uclg.org\n", "copy the whole address, starting with https://", None),
        ("url: <https://uclg.org>\n", "write it like this: https://uclg.org", "https://uclg.org"),
        ("moments: [{id: b, title: B, when: 2018, repeat: chaque année}]\n", "write yearly", "yearly"),
        ("moments: [{id: b, title: B, when: 2018, place: {scope: mondial}}]\n", "write worldwide", "worldwide"),
        ("moments: [{id: b, title: B, when: 2018, same_as: Le forum}]\n",
         "write the wave and the moment: migration/gwangju-forum", None),
        ("actors: [Ville de B]\n",
         'write its id from programme.yaml, or if it is not there: {name: "Ville de B", kind: member}', None),
        ("actors: [{id: b, name: Ville de B, kind: member}]\n"
         "moments: [{id: b, title: B, when: 2018, actors: [Ville de B]}]\n", "write b", None),
        ("moments: [{id: b, title: B, when: 2018, timezone: seoul}]\n", "write Asia/Seoul", "Asia/Seoul"),
        ("moments: [{id: b, title: B, when: 2018, timezone: Asia/Seul}]\n", "did you mean Asia/Seoul?", None),
        ("moments: [{id: b, title: B, when: 2018, timezone: AoE}]\n",
         "write the offset after the time, T15:00-12:00, or the zone Etc/GMT+12", None),
        ("moments: [{id: b, title: B, when: 2018, timezone: JST}]\n",
         "JST is an abbreviation: write the name of the zone, such as Asia/Tokyo", None),
    ],
)  # fmt: skip
def test_a_value_gets_a_suggestion(tmp_path: Path, wave: str, hint: str, fix: str | None) -> None:
    found = [one[1:] for one in fixes(tmp_path, HEAD + wave) if one[0] in ("invalid-value", "bad-hashtag")]
    assert found == [(hint, fix)]


# -- dates in words


@pytest.mark.parametrize(
    ("when", "hint", "fix"),
    [
        ("14 au 17 septembre 2017", "write 2017-09-14/2017-09-17", "2017-09-14/2017-09-17"),
        ('"2-3 November 2017"', "write 2017-11-02/2017-11-03", '"2017-11-02/2017-11-03"'),
        ("à confirmer", "write unknown", "unknown"),
        ("n/a", "write unknown", "unknown"),
        ("2017-11-02/03", "write 2017-11-02/2017-11-03", "2017-11-02/2017-11-03"),
        ("'entre mai et juin 2018'", "write [2018-05..2018-06]", "'[2018-05..2018-06]'"),
        ("entre mai et juin 2018", "write [2018-05..2018-06]", '"[2018-05..2018-06]"'),
        ("2017/09/01", "write 2017-09-01", "2017-09-01"),
        ("2041-43", "write 2041/2043", "2041/2043"),
        ("fin 2018", "write [2018-10..2018-12] if that is the date", None),
        ("02/11/2017", "write 2017-11-02 if that is the date", None),
        ("octobre", "write 2017-10 if that is the date", None),
        ("10 Décembre", "write 2017-12-10, and repeat: yearly below it if it comes back every year", None),
        ("1st Monday of October",
         "write 2017-10-02, and repeat: FREQ=YEARLY;BYMONTH=10;BYDAY=1MO below it if it comes back every year", None),
    ],
)  # fmt: skip
def test_a_date_in_words_gets_its_edtf(tmp_path: Path, when: str, hint: str, fix: str | None) -> None:
    moment = f"moments:\n  - {{id: b, title: B, when: {when}}}\n"
    wave = f"title: A\nslogan: B\nhashtags: ['#B']\nperiod: 2017-05/2018-12\n{moment}"
    ((rule, written, replacement),) = fixes(tmp_path, wave)
    assert (rule, written.partition("; ")[0], replacement) == ("date-in-words", hint, fix)  # then what was assumed


@pytest.mark.parametrize(
    ("before", "after", "period", "year"),
    [
        ("2017-09", "2018-03", "", 2017),  # of the moment before
        ("unknown", "2018-03", "", 2018),  # of the moment after
        ("2017-12", "2018-03", "period: 2017-12/2018-12\n", 2018),  # the calendar of the wave goes first
        ("14 septembre 2017", "2018", "", 2017),  # a neighbour may be in words as well
        ("unknown", "unknown", "period: 2018-02/2018-12\n", 2018),
    ],
)  # fmt: skip
def test_a_year_that_is_not_written_comes_from_around(
    tmp_path: Path, before: str, after: str, period: str, year: int
) -> None:
    moments = "".join(
        f"  - {{id: m{n}, title: B, when: {when}}}\n" for n, when in enumerate((before, "octobre", after))
    )
    found = [hint for _, hint, _ in fixes(tmp_path, f"{HEAD}{period}moments:\n{moments}") if "octobre" in hint]
    assert [hint.partition(";")[0] for hint in found] == [f"write {year}-10 if that is the date"]


@pytest.mark.parametrize(
    ("wave", "rule", "hint", "fix"),
    [
        ("period: Mai 2017 - décembre 2018\n", "date-in-words", "write 2017-05/2018-12", "2017-05/2018-12"),
        ("period: à confirmer\n", "invalid-date",
         "write its first and its last month, 2017-05/2018-12, or status: announced until they are known", None),
        ("period: fin 2018\n", "date-in-words", "write 2018-10/2018-12 if that is the date", None),
        ("moments: [{id: b, title: B, when: 2018, confirm_by: 3 mai 2018}]\n", "date-in-words", "write 2018-05-03",
         "2018-05-03"),
        ("moments: [{id: b, title: B, when: 2018, confirm_by: mai 2018}]\n", "invalid-date",
         "write a day, such as 2017-06-30", None),
        ("moments: [{id: b, title: B, when: octobre}]\n", "invalid-date",
         "add the year, for example 2017-11-02", None),
        ("moments: [{id: b, title: B, when: 31 septembre 2017}]\n", "invalid-date", "2017-09 has 30 days", None),
        ("moments: [{id: b, title: B, when: 2017-09-31}]\n", "invalid-date", "2017-09 has 30 days", None),
        ("moments: [{id: b, title: B, when: 3-2 novembre 2017}]\n", "invalid-date",
         "put the first day before the last, each with its month", None),
    ],
)  # fmt: skip
def test_words_are_dates_only_where_a_date_is_valid(
    tmp_path: Path, wave: str, rule: str, hint: str, fix: str | None
) -> None:
    ((found, written, replacement),) = fixes(tmp_path, HEAD + wave)
    assert (found, written.partition("; ")[0], replacement) == (rule, hint, fix)


def test_a_second_id_may_be_the_start_of_another_moment(tmp_path: Path) -> None:
    found = fixes(tmp_path, HEAD + "moments:\n  - id: b\n    title: B\n    when: 2018\n    id: c\n")
    assert "write - id: below the hyphen above" in found[0][1]


def test_semicolons_do_not_separate_items(tmp_path: Path) -> None:
    assert fixes(tmp_path, HEAD + "actors: [b; c]\n") == [("invalid-value", "write it like this: b, c", None)]


@pytest.mark.parametrize("when", ["[2018-01, 2018-03]", "\n    - 2018-01-02/2018-01-03\n    - 2018-01-09"])
def test_several_dates_are_days_or_several_moments(tmp_path: Path, when: str) -> None:
    assert [rule for rule, _, _ in messages(tmp_path, f"moments:\n- id: b\n  title: B\n  when: {when}\n")] == [
        "invalid-date"
    ]


def test_a_word_for_no_date_is_explained(tmp_path: Path) -> None:
    ((_, message, _),) = messages(tmp_path, "moments: [{id: b, title: B, when: TBC}]\n")
    assert message == '"TBC" says that no date is known yet'


def test_an_unreadable_date_names_the_part_that_stopped_it(tmp_path: Path) -> None:
    ((rule, message, _),) = messages(tmp_path, "moments: [{id: b, title: B, when: 14 septembre 2017 or so later}]\n")
    assert (rule, message) == (
        "invalid-date", '"14 septembre 2017 or so later" cannot be read as a date at "later"',
    )  # fmt: skip


def test_the_sound_parts_of_a_moment_with_a_misspelt_key_are_checked(tmp_path: Path) -> None:
    found = messages(tmp_path, "moments: [{id: b, title: B, date: 2018, actors: [nobody]}]\n")
    assert [rule for rule, _, _ in found] == ["unknown-key", "unknown-actor"]

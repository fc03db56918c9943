"""The list of what there is to do: late first, then day by day."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.pages import of
from support.plans import write_plan
from support.timelines import wave


@pytest.fixture
def home(tmp_path: Path) -> Path:
    programme = "languages: [en]\nactors: {ana: {name: Ana López, short: Ana, kind: member}}\n"
    write_plan(
        tmp_path,
        {
            "programme": programme,
            "one": wave(
                "id: a, title: A, when: 2017-12, owner: Zoe",
                "id: b, title: B, when: 2017-10, owner: ana",
                "id: c, title: C, when: 2017-11",
                "id: d, title: D, when: 2018-02, owner: ana",
                "id: e, title: E, when: 2017-07, owner: Zoe",
                "id: f, title: F, when: unknown",
                "id: g, title: G, when: 2017-09-14, status: tentative, confirm_by: 2017-06-01",
                "id: h, title: H, when: 2017-09-14, status: postponed",
                "id: i, title: I, when: 2017-05-02, owner: ana",
                "id: j, title: J, when: 2017-08-02, status: tentative, confirm_by: 2017-06-02",
                "id: k, title: K, when: 2017-08-02, status: tentative, confirm_by: 2017-05-31",
            ),
        },
    )
    return tmp_path


def test_overdue_dates_come_first_then_the_others_by_day(home: Path) -> None:
    text = of(home, "todo")
    sections = {part.splitlines()[0]: part.splitlines()[2:] for part in text.split("\n\n")[1:-1]}
    assert [part.count("wavectl moment move") for part in text.split("\n\n")[2:4]] == [1, 0]
    assert [line.split()[3] for line in sections["Next moment"]] == ["E"]
    del sections["Overdue"][0], sections["Past moments without an outcome"][0]
    late, ahead = (
        [re.split(r" {2,}", line) for line in sections[heading]] for heading in ("Overdue", "Dates to firm up")
    )
    assert [(row[1], row[2], row[3]) for row in late] == [
        ("2 May 2017*", "30 days late", "E"),
        ("31 May 2017", "1 day late", "K"),
        ("1 June 2017", "today", "G"),
    ]
    assert [(row[-1], row[-4] if row[1] != "as soon as known" else row[2]) for row in ahead] == [
        ("-", "J"),
        ("Ana", "B"),
        ("-", "C"),
        ("Zoe", "A"),
        ("Ana", "D"),
        ("-", "H"),
        ("-", "F"),
    ]
    assert [row[2] for row in ahead if row[1] == "2 June 2017"] == ["1 day"]
    assert text.startswith("To do on 1 June 2017\nto do: 11, overdue: 3\n")
    assert sections["Past moments without an outcome"] == ["2 May 2017  I       Wave  Ana"]
    assert "September 2017 (postponed)" in text


def test_a_plan_without_owners_has_no_column_for_them(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": wave("id: a, title: A, when: 2017-12")})
    assert "Owner" not in of(tmp_path, "todo")


def test_the_list_of_one_owner_has_the_name_in_its_title(home: Path) -> None:
    text = of(home, "todo", "--owner", "ANA")
    assert text.startswith("To do on 1 June 2017, Ana\nto do: 3, overdue: 0\n")
    data = json.loads(of(home, "todo", "--owner", "ana lópez", "--format", "json"))
    assert data["summary"] == {"things": 3, "overdue": 0, "texts": 0}
    assert [one["moment"] for one in data["moments"]] == ["one/b", "one/d"]


def test_a_day_that_the_plan_states_has_no_mark(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": wave("id: a, title: A, when: 2017-12, confirm_by: 2017-09-01")})
    assert "*" not in of(tmp_path, "todo")
    write_plan(tmp_path, {"one": wave("id: a, title: A, when: 2017-12")})
    text = of(tmp_path, "todo")
    assert "2 October 2017*" in text
    assert "\n* " in text


def test_a_limit_of_0_shows_all(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": wave(*(f"id: m{number}, title: M{number}, when: 2017-12" for number in range(25)))})
    count = [
        sum("M" in line and "*" in line for line in of(tmp_path, "todo", *more).splitlines()[3:])
        for more in ((), ("--limit", "0"))
    ]
    assert count == [20, 25]


def test_many_texts_are_counted(tmp_path: Path) -> None:
    moments = [f"id: m{n}, title: {{en: A{n}}}, when: 2017-09-0{n}" for n in range(1, 8)]
    write_plan(tmp_path, {"programme": "languages: [en, fr]\n", "one": wave(*moments)})
    text = of(tmp_path, "todo")
    assert (
        "Wave  French          7  title of A1, title of A2, title of A3, title of A4, title of A5 and 2 more\n" in text
    )
    assert text.splitlines()[1] == "to do: 0, overdue: 0; texts to translate: 7"


def test_texts_are_named_by_what_they_belong_to(tmp_path: Path) -> None:
    programme = "languages: [en, fr]\npriorities: {title: {en: Words}}\nactors: {un: {name: UN, kind: international}}\n"
    one = wave(
        "id: water, title: {en: Water Day}, when: 2017-09-01, place: {name: {en: Geneva, es: Ginebra}}",
        more="slogan: {en: Now}\ncontent: {title: {en: Yes}}\nactors: [{id: un, role: {en: host}}]\n",
    )
    write_plan(tmp_path, {"programme": programme, "one": one})
    (row,) = (line for line in of(tmp_path, "todo", "--lang", "en").splitlines() if "  slogan, " in line)
    texts = "slogan, title of Water Day, place of Water Day, role of UN, content of Words"
    assert row.endswith(f"  {texts}")
    data = json.loads(of(tmp_path, "todo", "--format", "json"))["translations"]
    assert data[-1]["texts"] == ["slogan", "water title", "water place", "un role", "content title"]


def test_an_empty_list_says_that_nothing_is_next(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": wave()})
    assert of(tmp_path, "todo") == "To do on 1 June 2017\nto do: 0, overdue: 0\nNothing in the next 7 days.\n"

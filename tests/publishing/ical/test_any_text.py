"""Whatever a plan says comes back from its feeds as it was, and opens no property of its own.

A plan is written as YAML, read, and made into a feed; the feed passes the raw check of RFC 5545, and two clients read
the same texts in it. What may change is what a calendar cannot hold: each end of a line becomes one, other control
characters go, blanks around a description too. ``make fuzz`` tries a hundred thousand, ``make test`` some.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from support.clients import read
from support.feeds import made, plain, unfolded
from support.plans import read_plan, run, write_plan
from support.rfc5545 import faults
from wavectl.lockfile.reader import parse_lockfile as read_lockfile
from wavectl.model.types import INVISIBLE

PLANS = 170 if "WAVECTL_FUZZ" in os.environ else 1
"""How many plans of six hundred texts each are tried, besides those that hypothesis makes up."""
NASTY = [
    *("\r", "\n", "\r\n", "\n\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x00", "\x1b", "\x7f", "\x9b"),
    *("\\", "\\n", "\\N", "\\;", ";", ",", ":", '"', "'", "^n", "^'", "=", "%0D%0A", " ", "\t", "\xa0", "\u3000"),
    *("\u200e", "\u200f", "\u202e", "\u2066", "\ufeff", "\ufffe", "\U0010ffff", "é", "e\u0301", "語", "🌊", "👩‍👩‍👧"),
    *(
        "END:VEVENT",
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
        "\r\n ",
        "\n\t",
        "\r\nATTENDEE:mailto:x@example.org",
        "x" * 40,
    ),
]
CHARACTERS = st.characters(
    exclude_categories=["Cs"]
)  # YAML refuses half of a character, so that a plan never holds one
PIECES = st.one_of(st.text(CHARACTERS, min_size=1, max_size=20), st.sampled_from(NASTY))
ANY = st.lists(PIECES, min_size=1, max_size=12).map("".join)
WORDS = st.builds(lambda text, end: text if text.strip() else text + end, ANY, st.sampled_from(["x", "é", "🌊", ";"]))
"""Texts as a plan takes them: with something in them that is not blank."""
NOT_IN_URL = re.compile(rf'[\s"<>\\^`{{|}}\x00-\x20{INVISIBLE}]')
LINK = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(
    lambda text: f"https://example.org/{NOT_IN_URL.sub('', text)}"
)
TAG = st.text(st.characters(categories=["L", "Nd"]), max_size=20).map(lambda text: f"#a{text}")


class MomentTexts(NamedTuple):
    """What a plan of one moment says."""

    title: str
    short: str
    place: str
    description: str
    actor: str
    wave: str
    slogan: str
    priority: str
    url: str
    tag: str


MOMENT_TEXTS = st.builds(MomentTexts, *[WORDS] * 8, LINK, TAG)


def with_lines(texts: MomentTexts) -> MomentTexts:
    """Return the texts as a plan takes them: only a description has several lines."""
    lines = {name: re.sub("[\r\n\x85\u2028\u2029]", " ", text) for name, text in texts._asdict().items()}
    return MomentTexts(**lines)._replace(description=texts.description)


def carried(text: str) -> str:
    """Return a text as a calendar can hold it."""
    text = re.sub("\r\n|[\r\n\x85\u2028\u2029]", "\n", text)
    text = re.sub("[\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", text)
    return "".join(one for one in text if one in "\n\t" or not (one < " " or "\x7f" <= one <= "\x9f"))


def on_one_line(text: str) -> str:
    """Return a title or the name of a place as a feed holds it."""
    return " ".join(text.split())


def written(text: str) -> str:
    """Return a text between double quotation marks, as YAML reads it back."""

    def escaped(one: str) -> str:
        return f"\\{one}" if one in '"\\' else one if one.isprintable() else f"\\U{ord(one):08x}"

    return f'"{"".join(map(escaped, text))}"'


def plan_of(*moments: MomentTexts) -> dict[str, str]:
    """Return the files of a plan; texts that it has once are those of the first moment."""
    one = moments[0]
    listed = "".join(
        f"  - id: m{number}\n    title: {written(texts.title)}\n    short: {written(texts.short)}\n"
        f"    when: 2017-11-02\n    place: {{name: {written(texts.place)}}}\n    url: {written(texts.url)}\n"
        f"    description: {written(texts.description)}\n    priorities: [p]\n    actors: [a{number}]\n"
        for number, texts in enumerate(moments)
    )
    actors = "".join(
        f"  - {{id: a{number}, name: {written(texts.actor)}, kind: partner}}\n" for number, texts in enumerate(moments)
    )
    wave = (
        f"title: {written(one.wave)}\nslogan: {written(one.slogan)}\nhashtags: [{written(one.tag)}]\n"
        f"period: 2017/2018\nactors:\n{actors}moments:\n{listed}"
    )
    programme = f"languages: [en]\nuid_domain: network.org\npriorities: {{p: {written(one.priority)}}}\n"
    return {"programme": programme, "housing": wave}


def expected(texts: MomentTexts, first: MomentTexts) -> dict[str, object]:
    """Return what a client is to show of a moment."""
    place = on_one_line(texts.place)
    facts = ["2 November 2017", on_one_line(texts.title), place, texts.actor, texts.description.strip(), texts.url]
    url = re.sub(r"[^\x00-\x7f]+", lambda found: quote(found[0]), texts.url)
    return {
        "summary": carried(on_one_line(texts.short)),
        "description": carried("\n".join(facts) + f"\n\n{first.slogan}\n{first.tag}"),
        "location": carried(place),
        "url": re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", url),
        "categories": tuple(filter(None, (carried(on_one_line(first.wave)), "Event", carried(first.priority)))),
    }


def check(folder: Path, moments: list[MomentTexts], clients: list[str]) -> None:
    """Make the feed of a plan, which passes the raw check, and compare what clients read in it with the plan."""
    moments = [with_lines(texts) for texts in moments]
    data = made(folder, plan_of(*moments)).data
    names = [re.split("[:;]", one)[0] for one in unfolded(data)]
    assert names.count("BEGIN") == len(moments) + 1
    assert names[names.index("BEGIN", 1) :] == [*LINES * len(moments), "END"]
    for client in clients:
        for seen, texts in zip(
            sorted(read(client, data, folder), key=lambda one: int(re.findall(r"\d+", one.uid or "")[0])),
            moments,
            strict=True,
        ):
            wanted = expected(texts, moments[0])
            assert {name: getattr(seen, name) for name in wanted} == wanted, client
    first = moments[0]
    head = dict(one.split(":", 1) for one in unfolded(data)[: names.index("BEGIN", 1)])
    assert plain(head["NAME"]) == plain(head["X-WR-CALNAME"]) == carried(first.wave)
    assert plain(head["DESCRIPTION"]) == carried(f"{first.slogan.strip()}\n\n{first.tag}")


LINES = re.findall(
    r"\S+",
    "BEGIN UID DTSTAMP LAST-MODIFIED SEQUENCE DTSTART DTEND SUMMARY DESCRIPTION LOCATION URL CATEGORIES STATUS TRANSP "
    "X-MICROSOFT-CDO-BUSYSTATUS END",
)
PLAIN = MomentTexts("T", "S", "P", "D", "A", "W", "L", "R", "https://example.org/", "#a")
BREAKING = "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.org\r\n"
ODD = "\u202e\u2028\x85\ufeff\u200f x "
LONG = "x" * 66 + "🌊" * 40


def examples(number: int) -> settings:
    return settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@examples(60)
@given(MOMENT_TEXTS)
@example(PLAIN)
@example(PLAIN._replace(**dict.fromkeys(MomentTexts._fields[:8], BREAKING)))
@example(PLAIN._replace(**dict.fromkeys(MomentTexts._fields[:8], LONG)))
@example(PLAIN._replace(**dict.fromkeys(MomentTexts._fields[:8], "\\" * 200 + '";,:')))
@example(PLAIN._replace(**dict.fromkeys(MomentTexts._fields[:8], ODD)))
def test_texts_of_a_plan_come_back_from_its_feed(tmp_path, texts):
    check(tmp_path, [texts], ["icalendar", "vobject"])


@pytest.mark.parametrize("clients", [("icalendar", "vobject"), pytest.param(["ical.js"], marks=pytest.mark.clients)])
@pytest.mark.parametrize("seed", range(PLANS))
def test_six_hundred_texts_come_back_from_their_feed(tmp_path, seed, clients):
    check(tmp_path, [any_texts(random.Random(f"{seed} {number}")) for number in range(100)], clients)  # noqa: S311


def any_texts(chance: random.Random) -> MomentTexts:
    """Return what a moment may say, from all of Unicode, with a liking for what is nasty."""

    def character() -> str:
        found = chance.randrange(chance.choice((0x100, 0x3000, 0x10000, 0x110000)))
        return "?" if 0xD800 <= found < 0xE000 else chr(found)

    def text() -> str:
        pieces = (chance.choice((chance.choice(NASTY), character(), "x" * chance.randrange(80))) for _ in range(12))
        made = "".join(pieces)
        return made if made.strip() else f"{made}x"

    url = NOT_IN_URL.sub("", text())
    return MomentTexts(*(text() for _ in range(8)), f"https://example.org/{url}", "#a")


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_every_character_may_be_where_a_line_is_folded(tmp_path, width):
    """A text that holds what is escaped, and characters of one to four octets, slides over the end of the line."""
    letter = "xé語🌊"[width - 1]
    texts = [
        PLAIN._replace(
            **dict.fromkeys(MomentTexts._fields[:5], "x" * start + letter + ";" + letter + "\\," + letter * 30)
        )
        for start in range(80)
    ]
    check(tmp_path, texts, ["icalendar", "vobject"])


@examples(20)
@given(MOMENT_TEXTS)
@example(PLAIN._replace(**dict.fromkeys(MomentTexts._fields[:8], BREAKING)))
@example(PLAIN._replace(**dict.fromkeys(MomentTexts._fields[:8], ODD)))
def test_texts_of_a_plan_come_back_from_its_lockfile(tmp_path, texts):
    """A second export finds nothing changed, and writes the same feed."""
    texts = with_lines(texts)
    for old in (*tmp_path.glob("waves/*"), *tmp_path.glob("feeds/*")):
        old.unlink()
    home = write_plan(tmp_path, plan_of(texts)).parent
    found = []
    for options in ([], ["--locked"]):
        done = run("export-ics", "--today", "2017-06-01", *options, cwd=home)
        assert done.code == 0, done.err
        found.append((home / "feeds" / "housing.ics").read_bytes())
    assert found[0] == found[1]
    assert faults(found[0]) == []
    (line,) = read_lockfile((home / "waves" / "wavectl.lock").read_bytes()).entries.values()
    assert (line.title, line.short, line.place) == (texts.title, texts.short, {"name": texts.place})


SOUND = {
    "programme/uid_domain": "example.org",
    "programme/timezone": "Asia/Seoul",
    "programme/languages": "en",
    "programme/site": "https://example.org/",
    "programme/feeds": "firm",
    "color": "teal",
    "hashtags": "#a",
    "url": "https://example.org/",
    "period": "2017/2018",
    "was": "old",
    "moments/id": "m",
    "moments/timezone": "Asia/Seoul",
    "moments/url": "https://example.org/",
    "moments/when": "2017-11-02",
    "moments/repeat": "yearly",
    "moments/status": "confirmed",
    "moments/kind": "deadline",
    "moments/priorities": "learning",
    "moments/was": "old",
    "moments/place/country": "KR",
    "moments/place/scope": "worldwide",
}
"""Places in a plan that hold no text, each with a valid value."""


def plan_with(place: str, value: str) -> dict[str, str]:
    """Return a plan of one moment that says something in a place."""
    files = {"programme": {"languages": "[en]", "uid_domain": "example.org"}, "housing": dict(WAVE)}
    *path, key = place.split("/")
    moment = {"id": "m", "title": "M", "when": "2017-11-02"}
    shown = (
        f"[{written(value)}]" if key in LISTS else f"{{{written(value)}: {{}}}}" if key == "feeds" else written(value)
    )
    if path[:1] == ["moments"]:
        moment |= {"place": f"{{{key}: {shown}}}"} if path[1:] else {key: shown}
    else:
        files["programme" if path else "housing"][key] = shown
    files["housing"]["moments"] = "[{" + ", ".join(f"{name}: {text}" for name, text in moment.items()) + "}]"
    return {name: "".join(f"{key}: {text}\n" for key, text in one.items()) for name, one in files.items()}


def harmless(folder: Path, files: dict[str, str]) -> bool:
    """Tell whether the feed of a plan has the properties that feeds have, and no others."""
    found = made(folder, files).data
    names = {re.split("[:;]", one)[0] for one in unfolded(found)}
    return names <= {*LINES, *HEAD} and found.count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize("place", SOUND)
def test_a_sound_value_gives_a_harmless_feed(tmp_path, place):
    assert harmless(tmp_path, plan_with(place, SOUND[place]))


@pytest.mark.parametrize("place", SOUND)
@examples(6)
@given(ANY, st.booleans())
@example("\r\nX:y", True)
@example("\nX:y", True)
@example("\x85X:y", True)
@example(";X=y", True)
@example("\r\n", True)
def test_what_is_no_text_is_refused_or_harmless(tmp_path, place, value, after):
    """Ids, zones, colours, countries and the like: either there is a finding, or the feed is that of any other plan."""
    files = plan_with(place, SOUND[place] + value if after else value)
    assert read_plan(tmp_path, files).findings or harmless(tmp_path, files)


WAVE = {"title": "W", "period": "2017/2018"}
LISTS = ("languages", "hashtags", "was", "priorities", "actors", "regions")
HEAD = re.findall(
    r"\S+",
    "VERSION PRODID CALSCALE NAME X-WR-CALNAME COLOR REFRESH-INTERVAL X-PUBLISHED-TTL SOURCE "
    "TZID TZOFFSETFROM TZOFFSETTO RRULE",
)


@pytest.mark.parametrize("half", ["\\ud800", "\\udc00", "\\ud83d\\ude00"])
def test_half_a_character_is_refused(tmp_path, half):
    """YAML writes a character beyond the first 65536 as one, so that two halves are none."""
    (finding,) = read_plan(tmp_path, {"housing": f'title: "a{half}b"\nstatus: announced\n'}).findings
    assert finding.rule == "yaml-syntax"

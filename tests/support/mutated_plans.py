"""Broken plans: the real waves, changed at random from a seed.

Bytes, lines, keys, values, whole blocks, encodings and names of files change; the same seed gives the same plan.
Many plans stay sound, as with a letter lost in a title; most do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

WAVES = Path(__file__).parents[2] / "waves"

Files = dict[str, bytes]

SCALARS = (
    "", " ", "~", "null", "0", "-1", "00", "0x10", "1.10", "1e999", ".nan", "9" * 18, "9" * 5000, "true", "NO",
    "yes", "[]", "{}", "[[[]]]", "[a, [b, {c: d}]]", "{a: {b: {c: }}}", "{? a : b}", "[" * 101, "{a: " * 101, "- -",
    "-", "- a: b", "*a", "&a", "&a x", "*x", "&x {a: *x}", "&x [*x]", "!!binary", "!!binary aGk=", "!!map x",
    "!t x", "!", "@x", "`x`", "%x", "|", ">", "|2", ">-", "?", "? x", ":", ": x", "a: b", "#", "#x", "'", '"', "''",
    '""', "'''", '"\\', '"\\x"', '"\\x1b[31mred\\x9b0m"', '"\\u202eesrever\\u2066"', '"\\0\\a\\b"', '"\\uD800"',
    '"\\U00110000"', '"\\N\\L\\P"', '"a\\nb\\tc\\r"', '"\\u00a0"', '"\\u200f\\u061c"', "[bold red]x[/]", "=1+1",
    "-2", "+x", "{{x}}", "{0.__class__}", "%s", "\x1b[2J", "\x00", "\x07", "\x7f", "\x85", "\x9b", "\u2028",
    "\u202e", "\ufeff", "\ufffe", "\U0001f30a", "\tx", "x\t", "\u00a0x", "\u00a0", "x" * 20_000, "x " * 5000,
    "é" * 300, "漢字" * 50, "\u0301" * 40, "---", "...", "--- x", "%YAML 1.1", "<<: *a", "<<: {a: b}", "http://x",
    "https://x/ y", "https://é.example/\u2026", "all", "programme", "a/b", "a/b/c", "../x", "UPPER", "é-e", "--",
    "constructor", "__class__", "x-y",
)  # fmt: skip
LETTERS = (
    "e", "é", "E", "\u0301", "漢", "\U0001f30a", "[b]", "{}", "%", "=", "'", "", "\u00a0", "\u200f", "\u202e",
    "x" * 3000,
)  # fmt: skip
DATES = (
    "2017-09-14", "2017-09", "2017", "2018-21", "2018-24", "2018-33", "2018-41", "2018-XX", "2018-XX-XX",
    "2018-XX-05", "201X", "2018-10?", "2018-10~/2018-11%", "2018-10%", "2018-07-05/..", "2018-07-05/", "../2018",
    "/2018", "/", "..", "unknown", "[2018-07-05..2018-07-20]", "[2018-01..2018-06]", "[2018..2017]", "[..2018]",
    "2018-06..2018-07", "2018,2019", "2017-02-29", "2017-02-30", "2017-13", "2017-00-00", "2018-99", "0000", "0001",
    "1582", "1583", "1583-01-01", "9998-12-31", "9998", "9999", "9999-12-31", "9998-24", "10000-01-01", "-2017",
    "+2017", "Y170000002", "20171102", "1583/9998", "1900/2100", "2017-11-02/2017-11-01", "2017-11-08T15:00",
    "2017-11-08T15:00/2017-11-08T16:30", "2017-11-08T15:00Z/2017-11-08T14:00-14:00", "2018-03-25T02:30",
    "2018-10-28T02:30", "2017-11-08T24:00", "2017-11-08T23:59:60", "2017-11-08T15:00+14:00", "2017-11-08T15:00/",
    "2017-11-08T15:00/..", "1583-01-01T00:00+14:00", "9998-12-31T23:59-14:00", "2017-09-14/2017-09-17T10:00",
    "2017-11-08T15:00/2017-11-09", "2017-11-08T15:00?", "2 novembre 2017", "01/02/2017",
)  # fmt: skip
RULES = (
    "yearly", "monthly", "FREQ=", "FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=DAILY", "freq=yearly",
    "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYDAY=53MO", "FREQ=YEARLY;INTERVAL=999", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=YEARLY;BYSETPOS=366", "FREQ=YEARLY;COUNT=3", "FREQ=YEARLY;UNTIL=20200101", "FREQ=YEARLY;;",
    "FREQ=YEARLY;FREQ=YEARLY", "RRULE:FREQ=YEARLY", ";", "=", "FREQ=WEEKLY;INTERVAL=2",
)  # fmt: skip
TIES = (
    "migration/gwangju-forum", "housing/gwangju-forum", "gwangju-forum", "housing/cities-for-housing",
    "cities-for-housing", "housing/human-rights-day", "human-rights-day", "migration/nowhere", "nowhere/forum",
    "local-finance/x", "/", "a/", "A/b",
)  # fmt: skip
ZONES = (
    "Europe/Madrid", "Africa/Casablanca", "Pacific/Kiritimati", "America/Nowhere", "UTC", "posixrules", "../../x",
    "GMT+1",
)  # fmt: skip
CHANGES: tuple[Any, ...] = (
    {"2018-12-10": "cancelled"}, {"2017-12-10": "postponed"}, {"2018": "cancelled"},
    {"2018-12-10": {"when": "2018-12-11"}}, {"2018-12-10": {"when": "2018-12-10T10:00", "title": "x"}},
    {"2018-12-10": {"when": "unknown"}}, {"2018-12-11": "cancelled"},
    {"2017-12-10": {"place": "Rome", "status": "tentative"}}, {"": ""}, [], {"2018-12-10": {"when": "1583"}},
)  # fmt: skip
STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 10**17, 1.5, "", " ", "x", [], {}, [None], [[]], [{}], {"": None}, {"x": None}, {"fr": {}},
    {"fr": "x", "en": []}, {"fr": ""}, {"x-note": 1}, {"xx-YY": "x"}, {"id": "x"}, [{"id": "x"}, {"id": "x"}],
    {"name": "x", "kind": "member"}, "all", "\x1b[31m", "\u202e", "\x9b2J", "\x00", "\ufeff",
    "\U0001f30a\U0001f30a", "a\nb", "a\r\nb", "\u2028", "é" * 3000, "x" * 20_000, {"a": {"b": {"c": ["d"]}}},
    "=cmd|' /C calc'!A0", "[link=https://x]y[/link]", "BEGIN:VEVENT\r\nX:1", ["x"] * 300,
    {f"k{n}": n for n in range(100)},
)  # fmt: skip
BY_KEY: dict[str, tuple[Any, ...]] = {
    "when": DATES, "period": DATES, "confirm_by": DATES, "repeat": RULES, "same_as": TIES, "timezone": ZONES,
    "except": CHANGES,
    "status": (
        "confirmed", "tentative", "postponed", "cancelled", "announced", "active", "closed", "Confirmed",
        ["active"],
    ),
    "place": (
        "Rome", {"country": "KR"}, {"country": "kr"}, {"online": True}, {"online": "yes"}, {"scope": "worldwide"},
        {"name": {"fr": "Rome"}}, {},
    ),
    "url": ("https://x.example", "HTTPS://x", "javascript:alert(1)", "https://x\x1b[0m", "https://x/\u202e", "x"),
    "was": (["old"], ["old", "housing/old"], ["Old"], "old", ["migration"]),
    "waive": ({"calendar-length": "x"}, {"nonsense": "x"}, {"too-few-priorities x": "y"}, {"missing-slogan": None}),
    "actors": (
        ["barcelona"], ["nobody"], [{"id": "x", "name": "X", "kind": "member", "part_of": "x"}], [{"role": "x"}],
        [[]],
    ),
    "hashtags": (["#x"], ["x"], ["# x"], [None], ["#\u202ex"], "#x"),
    "languages": ([], ["fr"], ["de", "ar"], ["xx"], ["zh-Hant-TW"], ["FR"], ["en", "en"], ["tlh"]),
    "design": (
        {"months": [1, 2]}, {"months": [2]}, {"months": [0, 0]}, {"min_priorities": 99}, {"min_priorities": True},
    ),
    "uid_domain": ("x", "x..y", "é.example", "a" * 300, "X.ORG"),
}  # fmt: skip


@cache
def originals() -> Files:
    return {path.name: path.read_bytes() for path in sorted(WAVES.glob("*.yaml"))}


@cache
def trees() -> dict[str, Any]:
    return {name: yaml.load(raw, Loader=yaml.CBaseLoader) for name, raw in originals().items()}  # noqa: S506 - texts only


# -- bytes


def flip(chance: Random, raw: bytes) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def delete(chance: Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + chance.choice((1, 1, 2, 10, 200)) :]


def insert(chance: Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice(SCALARS).encode("utf-8", "surrogatepass") + raw[at:]


def double(chance: Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at : at + chance.choice((1, 20, 300))] + raw[at:]


def truncate(chance: Random, raw: bytes) -> bytes:
    return raw[: chance.choice((0, 1, 3, chance.randrange(len(raw))))]


def encode(chance: Random, raw: bytes) -> bytes:
    text = raw.decode(errors="replace")
    return chance.choice(
        (
            text.encode("latin-1", "replace"),
            text.encode("utf-16"),
            text.encode("utf-16-be"),
            text.encode("utf-32"),
            b"\xef\xbb\xbf" + raw,
            b"\xef\xbb\xbf\xef\xbb\xbf" + raw,
            raw.replace(b"\n", b"\r\n"),
            raw.replace(b"\n", b"\r"),
            raw.replace(b"\n", b"\x00", 1),
            raw.replace(b" ", "\u00a0".encode(), chance.choice((1, 5, -1))),
            raw.replace(b"  ", b"\t", chance.choice((1, 5, -1))),
            raw + b"\n---\n" + raw,
            b"---\n" + raw + b"...\n",
            raw.rstrip() + b"\n\n\x1a",
        )
    )


# -- lines

KEYED = re.compile(r"^(\s*(?:- )?)([\w-]+):(.*)$")


def lines_of(raw: bytes) -> list[str]:
    return raw.decode("utf-8", "surrogateescape").split("\n")


def joined(lines: list[str]) -> bytes:
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def keyed_line(chance: Random, lines: list[str]) -> tuple[int, re.Match[str]] | None:
    found = [(number, match) for number, line in enumerate(lines) if (match := KEYED.match(line))]
    return chance.choice(found) if found else None


def value(chance: Random, raw: bytes) -> bytes:
    lines = lines_of(raw)
    place = keyed_line(chance, lines)
    if place:
        number, match = place
        lines[number] = f"{match[1]}{match[2]}: {chance.choice(SCALARS)}"
    return b"\n".join(
        line.encode("utf-8", "surrogateescape" if max(line, default="") >= "\udc80" else "surrogatepass")
        for line in lines
    )


def key(chance: Random, raw: bytes) -> bytes:
    lines = lines_of(raw)
    place = keyed_line(chance, lines)
    if place:
        number, match = place
        other = keyed_line(chance, lines)
        name = chance.choice(
            (
                match[2].upper(),
                match[2][:-1],
                match[2] + "s",
                "x-" + match[2],
                other[1][2] if other else "",
                "",
                '"\\x1b[1m"',
                "? " + match[2],
                "[a]",
                "~",
                "<<",
                "1",
            )
        )
        lines[number] = f"{match[1]}{name}:{match[3]}"
    return joined(lines)


def line(chance: Random, raw: bytes) -> bytes:
    lines = lines_of(raw)
    number, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    change = chance.randrange(6)
    if change == 0:
        del lines[number]
    elif change == 1:
        lines.insert(number, lines[other])
    elif change == 2:
        lines[number], lines[other] = lines[other], lines[number]
    elif change == 3:
        lines[number] = " " * chance.choice((1, 2, 7)) + lines[number]
    elif change == 4:
        lines[number] = lines[number][1:]
    else:
        del lines[number : other + 1]
    return joined(lines)


def letter(chance: Random, raw: bytes) -> bytes:
    """Change something inside a text or a comment: a plan stays sound by that."""
    text = raw.decode("utf-8", "surrogateescape")
    places = [match.start(1) for match in re.finditer(r"(?<=[a-z] )([a-z])(?=[a-z]+ [a-z])", text)] or [0]
    at = chance.choice(places)
    return f"{text[:at]}{chance.choice(LETTERS)}{text[at + 1 :]}".encode("utf-8", "surrogateescape")


# -- the tree of keys and values


def paths(tree: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path for part, below in items for path in ((*here, part), *paths(below, (*here, part)))]


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        tree = tree[part]
    return tree


def replant(chance: Random, tree: Any) -> None:
    """Change one value, key or item somewhere in a tree."""
    path = chance.choice(paths(tree))
    parent, part = at(tree, path[:-1]), path[-1]
    change = chance.randrange(5)
    if change == 0:
        del parent[part]
    elif change == 1:
        parent[part] = deepcopy(at(tree, chance.choice(paths(tree))))
    elif change == 2 and isinstance(parent, list):
        parent.insert(chance.randrange(len(parent) + 1), deepcopy(parent[part]))
    elif change == 3 and isinstance(parent, dict):
        parent[str(chance.choice(STRANGE))] = parent.pop(part)
    else:
        parent[part] = deepcopy(chance.choice(BY_KEY.get(part, STRANGE) if chance.random() < 0.7 else STRANGE))


def furnish(chance: Random, tree: Any) -> None:
    """Give moments, or the whole file, facts of their kind that they did not have."""
    blocks = [tree, *blocks_of(tree, "moments")]
    for _ in range(chance.choice((1, 2, 4))):
        name = chance.choice(list(BY_KEY))
        chance.choice(blocks[1:] or blocks)[name] = deepcopy(chance.choice(BY_KEY[name]))


def again(chance: Random, tree: Any) -> None:
    """Write a moment a second time, or take it into a ring of ties."""
    moments = blocks_of(tree, "moments") or [{"id": "x", "title": "x", "when": "2018"}]
    for _ in range(chance.choice((1, 1, 3))):
        moments.append({**deepcopy(chance.choice(moments)), "same_as": chance.choice(TIES)})
    tree["moments"] = moments


def blocks_of(tree: Any, key: str) -> list[dict[str, Any]]:
    listed = tree.get(key)
    return [block for block in listed if isinstance(block, dict)] if isinstance(listed, list) else []


TREE_CHANGES: tuple[Callable[[Random, Any], None], ...] = (replant, replant, furnish, furnish, furnish, again)


def grown(chance: Random, name: str) -> bytes:
    tree = deepcopy(trees()[name])
    for _ in range(chance.choice((1, 1, 2, 4))):
        chance.choice(TREE_CHANGES)(chance, tree)
    text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=chance.random() < 0.5, sort_keys=False)
    return re.sub(r"(?m)^(\s*(?:- )?(?:when|period): )'(.*)'$", r"\1\2", text).encode("utf-8", "surrogatepass")


# -- whole plans


def refile(chance: Random, files: Files) -> None:
    """Take a file away, empty it, or give it another name."""
    name = chance.choice(sorted(files))
    change = chance.randrange(6)
    if change == 0 or "programme.yaml" not in files:
        files.pop("programme.yaml", None)
    elif change == 1:
        files[name] = chance.choice(
            (b"", b"# nothing\n", b"---\n", b"null\n", b"[]\n", b"x\n", b"{}", b"\n\n\n", b"{", b"&a")
        )
    elif change == 2:
        files[name.replace(".yaml", ".yml")] = files[name]
    elif change == 3:
        files[
            chance.choice(
                (
                    "all.yaml",
                    "Upper.yaml",
                    "a_b.yaml",
                    "é.yaml",
                    "x\u202ey.yaml",
                    "x\x1b[1m.yaml",
                    "[bold].yaml",
                    ".hidden.yaml",
                    "programme.yml",
                )
            )
        ] = files[name]
    elif change == 4:
        files["programme.yaml"] = chance.choice(
            (b"", b"name: x", b"languages: []", b"languages: [de]\ntimezone: x", b"priorities: {}", b"\xff")
        )
    else:
        files[chance.choice(sorted(files))] = files[name]


BYTE_CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    flip, delete, insert, double, truncate, encode, value, value, value, key, key, line, line,
)  # fmt: skip


def plan_of(seed: int) -> Files:
    """Return the files of one plan that is likely to be broken; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - the same every time
    files = dict(originals())
    kind = chance.random()
    if kind < 0.1:
        refile(chance, files)
    elif kind < 0.25:
        for name in chance.sample(sorted(files), 2):
            files[name] = letter(chance, files[name])
    elif kind < 0.6:
        for name in chance.sample(sorted(files), chance.choice((1, 1, 2))):
            for _ in range(chance.choice((1, 1, 1, 2, 5))):
                files[name] = chance.choice(BYTE_CHANGES)(chance, files[name] or b"x")
    else:
        for name in chance.sample(sorted(originals()), chance.choice((1, 1, 2))):
            files[name] = grown(chance, name)
    return files

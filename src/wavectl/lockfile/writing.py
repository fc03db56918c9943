"""Lines -> the bytes of the record: the same lines give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from wavectl.lockfile.entry import SCHEMA, VERSION, Data, Line
from wavectl.model import Place, Text

_SAYS_NOTHING: tuple[object, ...] = (None, "", {}, "confirmed")


def dump(lines: Mapping[str, Line], domain: str) -> bytes:
    """Return the record of these lines: UTF-8, LF, in order of UID; what a line has nothing to say of is left out."""
    members = [f"{_json(uid)}: {_json(dict(_facts(line)))},\n" for uid, line in sorted(lines.items())]
    last = f'"wavectl": {_json({"schema": f"{SCHEMA}{VERSION}", "uid_domain": domain})}\n'
    return "".join(("{\n", "\n".join((*members, last)), "}\n")).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _facts(line: Line) -> Iterator[tuple[str, object]]:
    for name, value in zip(line._fields, line, strict=True):
        if name == "before" and line.before is not None:
            yield name, {key: fact for key, fact in zip(line.before._fields, line.before, strict=True) if fact}
        elif name == "sequence" or value not in _SAYS_NOTHING:
            yield ("except" if name == "exceptions" else name), value


def plain_text(text: Text | None) -> str | Data | None:
    """Return a text of the plan as the record holds it: languages in order, since theirs in a plan means nothing."""
    return dict(sorted(text.items())) if isinstance(text, dict) else text


def plain_place(place: Place | None) -> Data:
    """Return a place as the record holds it."""
    if place is None:
        return {}
    facts = {"name": plain_text(place.name), "country": place.country, "online": place.online, "scope": place.scope}
    return {key: fact for key, fact in facts.items() if fact}

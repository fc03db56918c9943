"""Write the lockfile: entries to bytes, and values of the plan to JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from wavectl.lockfile.entry import SCHEMA_PREFIX, VERSION, JsonObject, LockEntry
from wavectl.model import Place, Text

_OMITTED_VALUES: tuple[object, ...] = (None, "", {}, "confirmed")


def dump_lockfile(entries: Mapping[str, LockEntry], domain: str) -> bytes:
    """Return the bytes of a lockfile: UTF-8, LF, sorted by UID, without empty values."""
    members = [f"{_json(uid)}: {_json(dict(_entry_fields(entry)))},\n" for uid, entry in sorted(entries.items())]
    last = f'"wavectl": {_json({"schema": f"{SCHEMA_PREFIX}{VERSION}", "uid_domain": domain})}\n'
    return "".join(("{\n", "\n".join((*members, last)), "}\n")).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry_fields(entry: LockEntry) -> Iterator[tuple[str, object]]:
    for name, value in entry._asdict().items():
        if name == "before" and entry.before is not None:
            yield name, {key: previous for key, previous in entry.before._asdict().items() if previous}
        elif name == "sequence" or value not in _OMITTED_VALUES:
            yield ("except" if name == "exceptions" else name), value


def text_to_json(text: Text | None) -> str | JsonObject | None:
    """Return a text as the lockfile stores it: languages sorted, since their order in a plan means nothing."""
    return dict(sorted(text.items())) if isinstance(text, dict) else text


def place_to_json(place: Place | None) -> JsonObject:
    """Return a place as the lockfile stores it, without empty values."""
    if place is None:
        return {}
    facts = {"name": text_to_json(place.name), "country": place.country, "online": place.online, "scope": place.scope}
    return {key: fact for key, fact in facts.items() if fact}

"""What the pages say as JSON is described, key by key, in the reference of commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from support.pages import real
from support.plans import ROOT

IDS = ("content", "waived", "languages")
"""Keys whose value is by ids or codes of the plan."""


def keys(value: Any) -> Iterator[str]:
    """Return the keys of a value and of all below it, save ids of the plan."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            if key in IDS and isinstance(below, dict):
                for one in below.values():
                    yield from keys(one)
            else:
                yield from keys(below)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


@pytest.mark.parametrize(
    "arguments",
    [("status", "--since", str(ROOT / "waves")), ("show", "housing"), ("todo",), ("coverage",)],
    ids=lambda arguments: arguments[0],
)
def test_every_key_is_described(arguments: tuple[str, ...]) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    _, _, section = text.partition(f"### What {arguments[0]} says as JSON\n")
    described = set(re.findall(r"`(\w+)`", section.partition("\n## ")[0])) | {"schema"}
    found = set(keys(json.loads(real(*arguments, "--format", "json", today="2017-10-20"))))
    assert len(found) > 10
    assert found - described == set()

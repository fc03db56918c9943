"""What a meeting offers, for each kind of it and each distance."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.convergence import met, wave
from wavectl.insights.convergence.page import describe_opportunity, shorten_list
from wavectl.render.context import RenderContext

EN = RenderContext(("en",))


@pytest.mark.parametrize(
    ("one", "other", "offers"),
    [
        ("2017-09-14 | Rome", "2017-09-14 | Roma", "both are in Rome on the same days: one delegation, one message"),
        ("2017-09-14 | Rome", "2017-09-15 | Rome", "both are in Rome, one right after the other: …"),
        ("2017-09-14 | Rome", "2017-09-16 | Rome", "both are in Rome, 2 days apart: one delegation, one message"),
        ("2017-09 | Rome", "2017-09-16 | Rome", "both may be in Rome at the same time: settle the dates together"),
        ("2017-09-14 | Rome", "2017-09-14 | Oslo", "on the same days: one message, sent out once for both"),
        ("2017-09-14 | Rome", "2017-09-15 | Oslo", "on days that follow each other: …"),
        ("2017-09-14 | Rome", "2017-09-17 | Oslo", "3 days apart: one message, sent out once for both"),
    ],
)  # fmt: skip
def test_what_two_moments_offer(one: str, other: str, offers: str, tmp_path: Path) -> None:
    (meeting,) = met(tmp_path, {"a": wave(f"m | {one}"), "b": wave(f"n | {other}")}).meetings
    opening, _, rest = EN.format_message(describe_opportunity(meeting, EN)).partition(": ")
    assert offers in (f"{opening}: {rest}", f"{opening}: …")


def test_long_lists_are_cut() -> None:
    assert shorten_list("abcdef") == "a, b, c, d, e, f"
    assert shorten_list("abcdefg") == "a, b, c, d, e, f, …"

"""The search for moments that are likely one costs the same for each of them, however many there are.

Which pairs are found is held by the tests of the rule ``likely-same-moment``.
"""

from __future__ import annotations

from pathlib import Path

from support.plans import SOUND, read_plan
from wavectl.plan.loader import Plan
from wavectl.timeline.similar_moments import _MAX_COMPARED, _build_blocks, _pairs_to_compare, likely_same_moments


def crowded(home: Path, count: int) -> Plan:
    """Return a plan of many different moments in one town and month, and of one that is there twice."""
    words = [f"{a}{b}{c}{d}" for a in "bdfg" for b in "aeiou" for c in "klmn" for d in ("ara", "osi", "une", "ilo")]
    titles = [f"Housing day of {words[n % len(words)]}{n}x {words[n * 7 % len(words)]}" for n in range(count)]
    titles = ["Housing and rooftop gardeners", *titles, "Rooftop gardeners and housing"]
    moments = "".join(
        f"  - {{id: m{number}, title: '{text}', when: 2017-11-{number % 30 + 1:02}/2017-11-30, place: Barcelona}}\n"
        for number, text in enumerate(titles)
    )
    return read_plan(home, {"wave": SOUND + "moments:\n" + moments})


def test_in_a_crowd_the_rarest_words_lead_to_the_pair(tmp_path: Path) -> None:
    found = [(one.reference, other.reference) for one, other in likely_same_moments(crowded(tmp_path, 300))]
    assert [other for one, other in found if one == "wave/m0"] == ["wave/m301"]


def test_in_a_crowd_each_is_compared_with_a_few(tmp_path: Path) -> None:
    counts = []
    for count in (100, 400):
        candidates, blocks = _build_blocks(crowded(tmp_path / str(count), count))
        counts.append(sum(1 for block in blocks for _ in _pairs_to_compare(block, candidates)))
    assert counts[1] <= 402 * _MAX_COMPARED
    assert 0 < counts[1] < 4.5 * counts[0]  # in proportion: each with each would be sixteen times as many

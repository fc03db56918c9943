"""What a group says of itself."""

from __future__ import annotations

from pathlib import Path

from support.timelines import the_group, wave


def test_a_group_says_what_the_first_of_its_members_says(tmp_path: Path) -> None:
    files = {
        "three": wave("id: r, title: Root, when: 2017-09"),
        "one": wave("id: a, title: A, same_as: three/r, kind: deadline, description: First"),
        "two": wave("id: b, title: B, same_as: three/r, short: Short, description: Second"),
    }
    group = the_group(tmp_path, files)
    assert (group.root.reference, group.title, group.kind.value) == ("three/r", "Root", "event")
    assert (group.short, group.description) == ("Short", "First")
    assert group.waves == ("three", "one", "two")


def test_a_group_of_one_says_nothing_that_its_moment_does_not(tmp_path: Path) -> None:
    group = the_group(tmp_path, {"one": wave("id: a, title: A, when: 2017-09")})
    assert (group.short, group.description, group.rule) == (None, None, None)

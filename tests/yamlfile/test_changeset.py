"""Changes are grouped by the mapping or list that they are in, and the data after them is known."""

from __future__ import annotations

from wavectl.yamlfile.patch import data_after, group_by_block

DATA = {"title": "A", "moments": [{"id": "a"}, {"id": "b", "place": {"name": "x"}}]}


def test_a_change_belongs_to_the_deepest_existing_block() -> None:
    changes = {
        ("moments", 0, "except", "2018", "status"): "cancelled",
        ("moments", 0, "except", "2018", "when"): "2019",
    }
    assert group_by_block(DATA, changes) == {
        ("moments", 0): {"except": {"2018": {"status": "cancelled", "when": "2019"}}}
    }


def test_a_block_that_would_be_empty_is_removed() -> None:
    assert group_by_block(DATA, {("moments", 1, "place", "name"): None}) == {("moments", 1): {"place": None}}
    assert group_by_block({"a": [{"b": {"c": "d"}}]}, {("a", 0, "b", "c"): None}) == {(): {"a": None}}


def test_current_values_are_dropped() -> None:
    assert group_by_block(DATA, {("title",): "A", ("moments", 0): {"id": "a"}, ("moments", 5, "id"): None}) == {}
    assert group_by_block(DATA, {("moments", 1, "place"): {"name": "x"}}) == {}


def test_the_data_after_changes() -> None:
    work = group_by_block(DATA, {("title",): None, ("moments", 0): None, ("moments", 2): {"id": "c", "draft": True}})
    assert data_after(DATA, work) == {"moments": [{"id": "b", "place": {"name": "x"}}, {"id": "c", "draft": "true"}]}
    assert DATA["title"] == "A"

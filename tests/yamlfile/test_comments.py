"""Which node each comment belongs to."""

from __future__ import annotations

import pytest

from wavectl.yamlfile.reader import parse_document
from wavectl.yamlfile.syntax_tree import SyntaxTree, attach_comments


def owned(text: str) -> list[str]:
    """Return the comments of a text, each with the node that it belongs to."""
    tree = SyntaxTree(parse_document(text.encode(), "x.yaml"))
    assert tree.root is not None
    attach_comments(tree)
    return [
        f"{node.key or node.value or '-'} {where} {line}"
        for node in tree.root.walk()
        for where in ("above", "after", "below")
        for line in getattr(node, f"comments_{where}")
        if line
    ]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("a: 1 # x\n", ["a after # x"]),
        ("a: 'b # c' # x\n", ["a after # x"]),
        ("a: | # x\n  b # c\n", ["a after # x"]),
        ("a: # x\n  b: 1\n", ["a after # x"]),
        ("# x\na: 1\n", ["a above # x"]),
        ("a: 1\n# x\n", ["- below # x"]),
        ("a:\n  b: 1\n  # x\nc: 2\n", ["a below # x"]),
        ("a:\n  b: 1\n# x\nc: 2\n", ["c above # x"]),
        ("a:\n  b: 1\n # x\nc: 2\n", ["c above # x"]),
        ("a:\n  # x\nc: 2\n", ["a below # x"]),
        ("a:\n  # x\n  'b'\nc: 2\n", ["a above # x"]),
        ("a:\n- b\n# x\nc: 2\n", ["c above # x"]),
        ("a:\n- b # x\n", ["b after # x"]),
        ("a:\n  - b: 1\n    # x\n  - c: 1\n", ["- below # x"]),
        ("a:\n  - b: 1\n  # x\n  - c: 1\n", ["- above # x"]),
        (
            "a: [b, # x\n  c,\n  # y\n  d\n  # z\n  ] # w\n",
            ["a after # w", "a below # z", "b after # x", "d above # y"],
        ),
        ("a: {b: 1} # x\n", ["a after # x"]),
        ("x-a:\n  b: 1 # kept as it is\n  # x\nc: 1\n", ["x-a below # x"]),
    ],
)
def test_each_comment_belongs_to_a_node(text: str, owners: list[str]) -> None:
    assert sorted(owned(text)) == sorted(owners)

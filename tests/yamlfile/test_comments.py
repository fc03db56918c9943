"""Which part each remark belongs to."""

from __future__ import annotations

import pytest

from wavectl.yamlfile.formatter import attach_comments
from wavectl.yamlfile.syntax_tree import SyntaxTree


def owned(text: str) -> list[str]:
    """Return the remarks of a text, each with the part that it belongs to."""
    found = SyntaxTree(text)
    assert found.root is not None
    attach_comments(found)
    return [
        f"{part.key or part.value or '-'} {where} {line}"
        for part in found.root.walk()
        for where in ("above", "behind", "below")
        for line in getattr(part, where)
        if line
    ]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("a: 1 # x\n", ["a behind # x"]),
        ("a: 'b # c' # x\n", ["a behind # x"]),
        ("a: | # x\n  b # c\n", ["a behind # x"]),
        ("a: # x\n  b: 1\n", ["a behind # x"]),
        ("# x\na: 1\n", ["a above # x"]),
        ("a: 1\n# x\n", ["- below # x"]),
        ("a:\n  b: 1\n  # x\nc: 2\n", ["a below # x"]),
        ("a:\n  b: 1\n# x\nc: 2\n", ["c above # x"]),
        ("a:\n  b: 1\n # x\nc: 2\n", ["c above # x"]),
        ("a:\n  # x\nc: 2\n", ["a below # x"]),
        ("a:\n  # x\n  'b'\nc: 2\n", ["a above # x"]),
        ("a:\n- b\n# x\nc: 2\n", ["c above # x"]),
        ("a:\n- b # x\n", ["b behind # x"]),
        ("a:\n  - b: 1\n    # x\n  - c: 1\n", ["- below # x"]),
        ("a:\n  - b: 1\n  # x\n  - c: 1\n", ["- above # x"]),
        (
            "a: [b, # x\n  c,\n  # y\n  d\n  # z\n  ] # w\n",
            ["a behind # w", "a below # z", "b behind # x", "d above # y"],
        ),
        ("a: {b: 1} # x\n", ["a behind # x"]),
        ("x-a:\n  b: 1 # kept as it is\n  # x\nc: 1\n", ["x-a below # x"]),
    ],
)
def test_whose_a_remark_is(text: str, whose: list[str]) -> None:
    assert sorted(owned(text)) == sorted(whose)

"""The syntax tree: the position and the style of each key, item and value, with either parser."""

from __future__ import annotations

import pytest

from support.plans import REAL
from wavectl.yamlfile import parser
from wavectl.yamlfile.reader import parse_document
from wavectl.yamlfile.syntax_tree import SyntaxNode, SyntaxTree, UnsupportedYamlError, attach_comments, has_references

WAVE = """\
title: &t "T" # here
moments:
- id: a
  note: >-
    One

    two

-
  # later
  id: b
  was: [c,
    d]
slogan: *t
hashtags:
"""


def tree_of(text: str) -> SyntaxTree:
    return SyntaxTree(parse_document(text.encode(), "x.yaml"))


def nodes_of(text: str) -> list[SyntaxNode]:
    root = tree_of(text).root
    assert root is not None
    return list(root.walk())


def test_nodes_have_their_positions_and_styles() -> None:
    tree, nodes = tree_of(WAVE), {str(node.key or node.value): node for node in nodes_of(WAVE)}
    title, slogan, was, note = (nodes[key] for key in ("title", "slogan", "was", "note"))
    assert (title.anchor, title.style, title.value_start, title.end) == ("t", '"', (0, 7), (0, 13))
    assert (slogan.kind, slogan.anchor, slogan.value_start, slogan.end) == ("alias", "t", (13, 8), (13, 10))
    assert (was.kind, was.is_flow, was.end, [item.value for item in was.children]) == (
        "list",
        True,
        (12, 6),
        ["c", "d"],
    )
    assert (tree.block_header(note), tree.last_block_line(note)) == (">-", 6)
    assert nodes["hashtags"].is_empty
    assert [item.start for item in nodes["moments"].children] == [(2, 0), (8, 0)]


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("a: &x b\nc: *x\n", [("c", (1, 3))]),
        ("a: &x [b]\nc:\n  # why\n  *x\nd: *x # too\n", [("c", (3, 2)), ("d", (4, 3))]),
        ("a: &x b\nc: [*x, d, *x]\n", [(None, (1, 4)), (None, (1, 11))]),
        ("a: &x {b: c}\nd:\n- *x\n-   *x\n- e: *x\n- f\n", [(None, (2, 2)), (None, (3, 4)), ("e", (4, 5))]),
        ("a: &x\nb: *x\n", [("b", (1, 3))]),
        ("a: {b: &x !!str c, d: *x, 'e':*x }\n", [("d", (0, 22)), ("e", (0, 30))]),
    ],
)
def test_references_are_found(text: str, aliases: list[tuple[str | None, tuple[int, int]]]) -> None:
    nodes = nodes_of(text)
    assert [(node.key, node.value_start) for node in nodes if node.kind == "alias"] == aliases
    assert has_references(nodes[0])
    assert all(node.anchor == "x" and not node.children for node in nodes if node.kind == "alias")


def test_hyphens_are_found() -> None:
    text = "a:\n  - b:\n  -\n    # why\n    c: |\n      - d\n\n  - - e\n    - 'f # g' # - h\n  - ''\n"
    starts = [node.start for node in nodes_of(text) if node.key is None][1:]
    assert starts == [(1, 2), (2, 2), (7, 2), (7, 4), (8, 4), (9, 2)]


def test_a_reference_as_a_key_is_not_supported() -> None:
    with pytest.raises(UnsupportedYamlError):
        tree_of("x-a: &status b\n*status : c\n")


def test_a_node_is_found_by_its_path() -> None:
    tree = tree_of(WAVE)
    assert tree.node(("moments", 1, "was", 1)).value == "d"
    with pytest.raises(LookupError):
        tree.node(("moments", 2))


@pytest.mark.parametrize("text", [WAVE, *(file.read_text(encoding="utf-8") for file in sorted(REAL.glob("*.yaml")))])
def test_both_parsers_lead_to_the_same_nodes(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def attributes() -> list[tuple[object, ...]]:
        return [
            (node.start, node.key_end, node.key, node.value, node.style, node.kind, node.is_flow, node.anchor, node.end)
            for node in nodes_of(text)
        ]

    expected = attributes()
    monkeypatch.setattr(parser, "HAS_LIBYAML", False)
    assert attributes() == expected


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

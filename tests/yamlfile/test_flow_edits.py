"""One value in the place of another keeps its quotation marks, as long as it can."""

from __future__ import annotations

import pytest

from wavectl.yamlfile.builder import parse_document
from wavectl.yamlfile.flow_edits import emit_in_style_of


@pytest.mark.parametrize(
    ("old", "value", "key", "in_braces", "expected"),
    [
        ('"a"', "b", "title", False, '"b"'),
        ('"a"', 'b "c"', "title", False, '"b \\"c\\""'),
        ('"2017"', "2018", "when", False, '"2018"'),
        ("'a'", "l'été", "title", False, "'l''été'"),
        ("'a'", "a\nb", "title", False, '"a\\nb"'),
        ("a", "b c", "title", False, "b c"),
        ("a", "b: c", "title", False, '"b: c"'),
        ("a", "b, c", "title", False, "b, c"),
        ("a", "b, c", "title", True, '"b, c"'),
        ("a", "null", "title", False, '"null"'),
        ("2017", "[2018-07-05..2018-07-20]", "when", False, "[2018-07-05..2018-07-20]"),
        ("a", "[2018]", "title", False, '"[2018]"'),
        ("", "2018", "when", False, "2018"),
        ("", "a b", "title", False, '"a b"'),
        ("|\n  a", "b", "title", False, '"b"'),
        ("false", True, "draft", False, "true"),
        ("a", "b\tc", "title", False, '"b\\tc"'),
    ],
)
def test_the_style_stays(old: str, value: str | bool, key: str, in_braces: bool, expected: str) -> None:
    assert emit_in_style_of(old, value, key, in_flow=in_braces) == expected
    line = f"{{{key}: {expected}}}" if in_braces else f"{key}: {expected}"
    data = parse_document(f"{line}\n".encode(), "x.yaml").data
    assert data == {key: [value[1:-1]] if expected[0] == "[" else "true" if value is True else value}

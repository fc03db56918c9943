"""The findings for programs, exactly as the schema promises."""

from __future__ import annotations

import json

from support.sample_findings import INFO, diagnostic
from wavectl.diagnostics import Span, Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics.json import render

EN = RenderContext(("en",))


def test_the_schema_is_the_one_that_is_promised() -> None:
    found = [
        diagnostic("    when: soon", "soon", hint=msg("write {date}", date="2017-09")),
        diagnostic("x", "x", severity=INFO, path=(), line=1)._replace(wave=None, span=Span(1, 1, 3, 2)),
    ]
    assert json.loads(render(found, Summary(4, 1, 2, 3, 5), EN)) == {
        "schema": "wavectl/diagnostics/1",
        "summary": {"files": 4, "errors": 1, "warnings": 2, "infos": 3, "waived": 5},
        "diagnostics": [
            {
                "rule": "invalid-date",
                "severity": "error",
                "message": '"soon" is not a date',
                "hint": "write 2017-09",
                "file": "waves/housing.yaml",
                "line": 7,
                "column": 11,
                "end_line": 7,
                "end_column": 15,
                "path": "moments[3].when",
                "wave": "housing",
            },
            {
                "rule": "invalid-date",
                "severity": "info",
                "message": '"soon" is not a date',
                "hint": None,
                "file": "waves/housing.yaml",
                "line": 1,
                "column": 1,
                "end_line": 3,
                "end_column": 2,
                "path": "",
                "wave": None,
            },
        ],
    }


def test_it_is_one_object_in_plain_letters_and_ends_its_line() -> None:
    text = render(
        [diagnostic("a: été", "été", message=msg("été"))], Summary(1, 1, 0, 0, 0), EN._replace(width=40, colour=True)
    )
    assert text.endswith("}\n")
    assert '"été"' in text
    assert "\x1b" not in text


def test_what_could_steer_a_terminal_is_escaped_and_not_lost() -> None:
    odd = "\x1b[31m \x9b31m \u202e \u2028 \x7f"
    text = render(
        [diagnostic("a: b", "b", message=msg("{value}", value=odd), file="\udcff.yaml")], Summary(1, 1, 0, 0, 0), EN
    )
    assert not set(text) & set("\x1b\x9b\u202e\u2028\x7f\udcff")
    (found,) = json.loads(text)["diagnostics"]
    assert (found["message"], found["file"]) == (odd, "\udcff.yaml")

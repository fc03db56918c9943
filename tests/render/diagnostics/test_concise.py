"""One line a finding, for editors and scripts."""

from __future__ import annotations

from support.sample_findings import WARNING, diagnostic
from wavectl.diagnostics import Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics.text import render_concise as render

EN = RenderContext(("en",))

NONE = Summary(1, 0, 0, 0, 0)


def test_a_finding_is_one_line() -> None:
    found = [
        diagnostic("when: soon", "soon", hint=msg("not shown")),
        diagnostic(
            "title: x", "x", severity=WARNING, rule="missing-slogan", message=msg("the wave\nhas no slogan"), line=1
        ),
    ]
    assert render(found, NONE, EN) == (
        'waves/housing.yaml:7:7: error[invalid-date] "soon" is not a date\n'
        "waves/housing.yaml:1:8: warning[missing-slogan] the wave has no slogan\n"
    )


def test_no_findings_give_no_output() -> None:
    assert render([], NONE, EN._replace(width=40, colour=True)) == ""


def test_it_has_no_colour_and_no_width_and_nothing_in_it_steers_a_terminal() -> None:
    message = msg("{value} is odd", value="\x1b[31m" + "x" * 300)
    (line,) = render(
        [diagnostic("a: b", "b", message=message, file="waves/\x9b.yaml")], NONE, EN._replace(width=40, colour=True)
    ).splitlines()
    assert "\x1b" not in line
    assert "\x9b" not in line
    assert line.endswith("x" * 300 + " is odd")

"""Pages as Markdown: headings, tables, lists, and nothing of the plan that Markdown would take for its own."""

from __future__ import annotations

import pytest

from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, Prose, Section, build_table, legend, page_line
from wavectl.render.page.markdown import render

EN = RenderContext(("en",))


def test_items_of_a_line_have_dots_between_and_what_follows_a_text_stays_with_it() -> None:
    table = build_table([Column(), Column()], ["A"], lambda one: (one, Cell("text", more=(Cell(" (rule)", "aside"),))))
    page = Page("T", (), (Section("S", (table,)),), legend(["vague", "open"], EN))
    assert render(page, EN) == "# T\n\n## S\n\n- A · text (rule)\n\n≈ date not exact · ? to be confirmed\n"


def test_a_page_in_markdown() -> None:
    page = Page(
        "Housing",
        (page_line(Cell("A right", "slogan"), "  #Housing"), page_line("May 2017")),
        (
            Section(
                "Moments",
                (
                    build_table(
                        [Column("Date"), Column("Days", align_right=True)],
                        [1, 2, 3],
                        lambda n: (Cell(f"day {n}", "late"), str(n)),
                        2,
                    ),
                ),
            ),
            Section(
                "Actors", (build_table([Column(), Column()], ["A|B", "C"], lambda one: (one, Cell("x", "struck"))),)
            ),
            Section("Content", (Prose("# Big\n\n- one\n  - deux é\n\n<b>x</b> <https://a.example>", "Big"),)),
        ),
        (page_line("end"),),
    )
    assert render(page, EN) == (
        "# Housing\n\nA right #Housing  \nMay 2017\n\n"
        "## Moments\n\n| Date | Days |\n| --- | --: |\n| **day 1** | 1 |\n| **day 2** | 2 |\n\nand 1 more\n\n"
        "## Actors\n\n- A\\|B · ~~x~~\n- C · ~~x~~\n\n"
        "## Content\n\n### Big\n\n- one\n  - deux é\n\n&lt;b>x&lt;/b> <https://a.example>\n\nend\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```\n<b> # a\n", "```\n<b> # a\n```"),
        ("~~~~\n# a\n~~~\n~~~~\n# b", "~~~~\n# a\n~~~\n~~~~\n### b"),
        ("###### deep\n#Tag", "###### deep\n#Tag"),
        ("a <!-- b -->\n<https://a.example> 1 < 2", "a &lt;!-- b -->\n<https://a.example> 1 < 2"),
        ("\u202ea\x1b[1m", "\ufffda\ufffd[1m"),
    ],
)
def test_the_markdown_of_a_plan_keeps_to_its_place(text: str, shown: str) -> None:
    page = Page("T", (Prose(text, ""),), (), (page_line("end"),))
    assert render(page, EN) == f"# T\n\n{shown}\n\nend\n"


def test_a_title_opens_a_paragraph_and_a_mark_is_beside_its_text() -> None:
    lines = (page_line(Cell("A", "title")), page_line("a"), page_line(Cell("B", "title")), page_line("b"))
    people = build_table([Column(), Column()], ["C"], lambda one: (Cell("?", "open"), one))
    assert render(Page("T", (*lines, people)), EN) == "# T\n\n**A**  \na\n\n**B**  \nb\n\n- ? C\n"

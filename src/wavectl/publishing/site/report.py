"""The report for a board as a page of the site: how the plan stands, and what has changed."""

from collections.abc import Iterator

from wavectl.insights.report import FRONT_ROWS, build_page
from wavectl.publishing.site import addresses
from wavectl.publishing.site.changes import count_of_older_changes, recent_changes
from wavectl.publishing.site.edition import Edition, SiteFile
from wavectl.render.page import Cell, Column, Page, table_section
from wavectl.render.page.html import render_body
from wavectl.text.terminal import printable


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the page of the report, if there is one."""
    report = edition.facts.report
    if report is None:
        return
    context = edition.context.with_waves(edition.facts.plan.waves)
    page = build_page(report, context)
    if report.diff is None:
        page = _with_recent_changes(page, edition)
    yield edition.page(
        addresses.report(edition.language),
        "report.html",
        title=printable(page.title),
        body=render_body(page, context),
        report_stylesheet=addresses.REPORT_STYLESHEET,
    )


def _with_recent_changes(page: Page, edition: Edition) -> Page:
    """Return the page with what the lockfile knows of changes, where no earlier plan is known."""
    translate = edition.translate
    rows = [(day, line) for day, lines in recent_changes(edition) for line in lines]
    section = table_section(
        translate("What changed"),
        rows,
        FRONT_ROWS,
        (Column(translate("Published")), lambda row: row[0]),
        (Column(translate("Moment")), lambda row: Cell(row[1].title, "title")),
        (Column(translate("Date")), lambda row: row[1].date),
        (Column(translate("Change")), lambda row: row[1].description),
        omitted=count_of_older_changes(edition),
    )
    return page._replace(sections=(section, *page.sections)) if section else page

"""What a check came to in one line, for every report that ends with it."""

from __future__ import annotations

from wavectl.diagnostics import Summary, phrase
from wavectl.render.diagnostics.style import Style


def summary_line(summary: Summary, style: Style) -> str:
    """Return how many files were checked, and what was found in them."""
    translate = style.translate
    table = [
        (summary.errors, phrase("1 error"), phrase("{count} errors")),
        (summary.warnings, phrase("1 warning"), phrase("{count} warnings")),
        (summary.infos, phrase("1 note"), phrase("{count} notes")),
        (
            summary.waived,
            phrase("1 accepted with a reason (waive)"),
            phrase("{count} accepted with a reason (waive)"),
        ),
    ]
    told = [
        translate(one) if count == 1 else translate(many).format(count=count) for count, one, many in table if count
    ]
    files = translate("1 file") if summary.files == 1 else translate("{count} files").format(count=summary.files)
    if not (summary.errors or summary.warnings or summary.infos):
        told.insert(0, style.paint(translate("nothing to mend"), "1;32"))
    return style.labelled(files, ", ".join(told))

"""The end of every command that changes the plan: tried, shown, asked, written, and what subscribers will see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import typer

from wavectl import rules
from wavectl.cli.common import EXIT_FAILURE, EXIT_OK, EXIT_USAGE, AppContext
from wavectl.cli.file_changes import build_file_change, show_diff, write_file_changes
from wavectl.cli.prompts import ask_yes_no, is_interactive
from wavectl.diagnostics import Finding, Message, msg
from wavectl.editing.moments import PlanChangeset
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import Announcement
from wavectl.publishing.announcement.text import render_summary
from wavectl.publishing.tracking import compare_lockfiles, compute_publication
from wavectl.render.diagnostics import display_path
from wavectl.yamlfile.patch import CannotEditError, patch_document

_MAX_LISTED_CHANGES = 20
"""How many changes for subscribers are told; ``export-ics --check`` tells all."""


def edited_texts(app: AppContext, changesets: PlanChangeset) -> dict[str, str]:
    """Return the new texts of the files that wishes are about, by name; ends the run where one cannot be changed."""
    plan = app.plan
    found = {}
    for wave, own in changesets.items():
        file = plan.files[wave]
        try:
            found[file] = patch_document(plan.documents[file], own)
        except CannotEditError as error:
            app.fail(error.message, error.hint, EXIT_FAILURE)
    return found


def apply_changes(
    app: AppContext,
    texts: Mapping[str, str],
    *,
    dry_run: bool = False,
    ask: bool = False,
    next_step: Message | None = None,
) -> None:
    """Put new texts into the files of the plan, by name; a name that is not there yet is a new file.

    What changes is shown as a difference. Where the plan would have more errors than before, they are shown, and
    nothing is written. ``ask`` has a person agree first; in a script there is nobody, and the run ends.
    """
    every = (build_file_change(app, name, text) for name, text in sorted(texts.items()))
    files = [one for one in every if one.before != one.after]
    if not files:
        app.write_message(msg("nothing changes: the plan says so already"))
        raise typer.Exit(EXIT_OK)
    ahead = app.read_plan({one.file.name: one.after for one in files})
    _check_no_new_errors(app, ahead)
    show_diff(app, files)
    if dry_run:
        app.write_message(msg("nothing is written, for --dry-run was given"))
    else:
        if ask:
            _confirm_write(app)
        write_file_changes(app, files)
        for one in files:
            app.write_message(msg("{file} is written", file=display_path(one.file, app.working_folder)))
    seen = report_subscriber_changes(app, ahead)
    if not dry_run and (seen or next_step):
        app.write_message(next_step or msg("next: wavectl export-ics, which brings this to whoever has subscribed"))


def report_subscriber_changes(app: AppContext, plan: Plan) -> bool:
    """Tell what subscribers will see once a plan is published; nothing where nobody can have subscribed yet.

    Return whether there is anything to publish.
    """
    if plan.lockfile is None or plan.lockfile.findings or plan.programme.effective_uid_domain != plan.lockfile.domain:
        return True
    followed = compute_publication(plan, list(plan.files), app.today)
    found = compare_lockfiles(plan.lockfile, followed.lockfile)
    if not found:
        app.write_message(msg("subscribers will see no change"))
        return False
    news = Announcement(
        plan,
        found,
        followed.lockfile.entries,
        name=plan.programme.name,
        waves=list(plan.files),
        languages=[app.languages],
    )
    app.write_message(msg("what subscribers will see:"))
    app.write_stderr(render_summary(news, _MAX_LISTED_CHANGES))
    return True


def _check_no_new_errors(app: AppContext, new_plan: Plan) -> None:
    """End the run with the errors that a plan has more than before."""
    known = Counter(map(_error_key, rules.errors(app.plan)))
    more: list[Finding] = []
    for finding in rules.errors(new_plan):
        known[_error_key(finding)] -= 1
        if known[_error_key(finding)] < 0:
            more.append(finding)
    if more:
        app.write_message(msg("nothing is written: with this change the plan would have errors"))
        app.report_findings(new_plan, more)
        raise typer.Exit(EXIT_FAILURE)


def _error_key(finding: Finding) -> tuple[str, str, str]:
    """Return what two errors have in common that are the same one, before and after a change of the lines above."""
    return finding.rule, finding.file, str(finding.message)


def _confirm_write(app: AppContext) -> None:
    if not is_interactive():
        app.fail(msg("nobody is here to agree to this"), msg("add --yes to have it written"), EXIT_USAGE)
    if not ask_yes_no(app, msg("Write this?")):
        app.write_message(msg("nothing is written"))
        raise typer.Exit(EXIT_USAGE)

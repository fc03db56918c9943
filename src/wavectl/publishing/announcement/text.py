"""What has changed as plain text: to read on a screen, or to send as a mail without any form."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.publishing.announcement.message import Notice, Told, told
from wavectl.publishing.announcement.news import News


def notice(news: News) -> str:
    """Return the notice in each language, one after another."""
    if not news.changes:
        return ""
    return "\n\n".join("\n".join(_lines(told(news, languages))) for languages in news.languages) + "\n"


def brief(news: News, limit: int) -> str:
    """Return the subject and the first ``limit`` changes, in the first language, without what is said to others."""
    if not news.changes:
        return ""
    made = told(news, news.languages[0])
    lines = [f"  {_line(one)}" for part in made.parts for one in part.lines]
    return "\n".join((made.subject, *lines[:limit], *(["  …"] if len(lines) > limit else []))) + "\n"


def _lines(made: Notice) -> Iterator[str]:
    yield from (made.subject_line, "", made.opening)
    for part in made.parts:
        yield from ("", part.heading, *(f"- {_line(one)}" for one in part.lines))
    yield ""
    if made.address:
        yield f"{made.find} {made.address}"
    yield made.closing


def _line(one: Told) -> str:
    return f"{' · '.join(one.facts)} — {one.what}"

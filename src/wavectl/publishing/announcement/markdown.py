"""What has changed as Markdown (CommonMark): for a web page, a forum, a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.publishing.announcement.message import Notice, Told, told
from wavectl.publishing.announcement.news import News
from wavectl.text.escaping import markdown as escaped


def notice(news: News) -> str:
    """Return the notice in each language, one after another."""
    if not news.changes:
        return ""
    return "\n---\n\n".join("\n".join(_lines(told(news, languages))) + "\n" for languages in news.languages)


def _lines(made: Notice) -> Iterator[str]:
    yield from (f"**{escaped(made.subject_line)}**", "", escaped(made.opening))
    for part in made.parts:
        yield from ("", f"## {escaped(part.heading)}", "", *(f"- {_line(one)}" for one in part.lines))
    yield ""
    if made.address:
        yield from (f"{escaped(made.find)} <{made.address}>", "")
    yield escaped(made.closing)


def _line(one: Told) -> str:
    date, *rest = one.facts
    facts = " · ".join((f"**{escaped(date)}**", *map(escaped, rest)))
    return f"{facts} — {escaped(one.what)}"

"""What has changed as Markdown (CommonMark): for a web page, a forum, a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wavectl.notice.news import News
from wavectl.notice.told import Notice, Told, told

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def notice(news: News) -> str:
    """Return the notice in each language, one after another."""
    if not news.changes:
        return ""
    return "\n---\n\n".join("\n".join(_lines(told(news, languages))) + "\n" for languages in news.languages)


def _lines(made: Notice) -> Iterator[str]:
    yield from (f"**{_escaped(made.subject_line)}**", "", _escaped(made.opening))
    for part in made.parts:
        yield from ("", f"## {_escaped(part.heading)}", "", *(f"- {_line(one)}" for one in part.lines))
    yield ""
    if made.address:
        yield from (f"{_escaped(made.find)} <{made.address}>", "")
    yield _escaped(made.closing)


def _line(one: Told) -> str:
    date, *rest = one.facts
    facts = " · ".join((f"**{_escaped(date)}**", *map(_escaped, rest)))
    return f"{facts} — {_escaped(one.what)}"


def _escaped(text: str) -> str:
    """Return a text that Markdown shows as it is (CommonMark §2.4)."""
    return _MARKS.sub(r"\\\1", text)

"""A plan with hostile text wherever people may write one, and what a page must not contain.

``hostile_plan`` takes the fields of texts from the model, so that a new one is hostile too.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, get_args

from support.registers import register_bytes
from wavectl.actions.action import FREE_TEXT_COLUMNS
from wavectl.model import Actor, Campaign, Moment, Organiser, Programme, Region, Wave, WaveActor, types
from wavectl.model.programme import Feed
from wavectl.model.types import ModelBase
from wavectl.model.wave import OccurrenceChange

EVALUATED = re.compile("q49q|qyesq")
"""What the text becomes where a template runs it."""
STAYS = "q{{ 7*7 }}q"
LINE = (
    f"{STAYS} q{{% if 1 %}}yes{{% endif %}}q {{# x #}} ${{7*7}} <script>ran()</script><img src=x onerror=ran()> \"'>"
    "<b onload=ran() style=x> [a](javascript:ran()) ![b](data:image/svg+xml,ran) [c](JaVaScRiPt:ran()) "
    "<javascript:ran()> [d](//x.example/ran) ]]> --> </title></style></script></textarea></svg> `x` | *y* "
    "@octocat \\ &lt;i&gt; &#60;u>"
    " \u202e\u2066\u200b \x1b[31m\x07\x9b1m %s \\nBEGIN:VEVENT"
)
"""A text of one line, which stays what it is."""
TEXT = (
    f"{LINE}\n\n# {LINE}\n\n- [e](data:text/html,ran)\n- [f][f] [g][g]\n\n<div onclick=ran()>\n</div>\n\n| a |\n|---|\n"
    "| <s> |\n\nBEGIN:VEVENT\r\nX-RAN:1\n\n```ran()\n</code><script>ran()</script>\n```\n\n[f]: javascript:ran()\n"
    "[g]: https://x.example/?a=%22'onclick=ran()&b\n"
)
"""A text with paragraphs in Markdown."""
URL = "https://x.example/'onclick=ran()//javascript:ran()?a=&lt;u&gt;&b=ran"
BENIGN = {LINE: "A quiet line", TEXT: "A quiet text\n\nwith two paragraphs", URL: "https://x.example/page"}


def texts_of(model: type[ModelBase], mark: str) -> dict[str, Any]:
    """Return a hostile value for each field of a block that holds a text or a web address."""
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        kinds = (field.annotation, *get_args(field.annotation))
        words = f"{mark} {name} "
        if types.Line in kinds:
            found[name] = {"en": words + LINE, "fr": words + LINE}
        elif types.Text in kinds or types.SourceText in kinds:
            found[name] = words + TEXT
        elif types.Url in kinds and name != "site":
            found[name] = URL
    return found


def hostile_plan(mark: str, *, benign: bool = False) -> dict[str, str | bytes]:
    """Return the files of a plan in which every text begins with a mark; a ``benign`` one differs in its texts only."""
    place = {"name": {"en": f"{mark} place {LINE}"}, "country": "FR"}
    moment = texts_of(Moment, mark)
    now: dict[str, Any] = {**moment, "place": place, "actors": ["a", "b"], "priorities": ["p"]}
    moments = [
        {**now, "id": "firm", "when": "2026-09-14"},
        {**now, "id": "vague", "when": "2026-10", "status": "tentative"},
        {**now, "id": "late", "when": "2026-11", "status": "postponed"},
        {**now, "id": "off", "when": "2026-11-03", "status": "cancelled"},
        {
            **now, "id": "often", "when": "2026-12-10", "repeat": "yearly", "kind": "observance",
            "except": {"2027-12-10": {**texts_of(OccurrenceChange, mark), "place": place}},
        },
        {**now, "id": "draft", "when": "2026-12-11", "draft": True},
    ]  # fmt: skip
    wave = {
        **texts_of(Wave, mark), "hashtags": ["#One"], "period": "2026-01/2027-12", "moments": moments,
        "actors": [
            {**texts_of(WaveActor, mark), "id": "b", "kind": "partner", "aliases": [LINE]},
            {"id": "a", "role": LINE, "confirmed": False},
        ],
        "content": {"p": f"{mark} {TEXT}"}, "campaigns": [{**texts_of(Campaign, mark), "actors": ["a", "b"]}],
        "waive": {"calendar-length": f"{mark} {TEXT}"},
    }  # fmt: skip
    programme = {
        **texts_of(Programme, mark), "uid_domain": "network.org", "site": "https://network.org/", "languages": ["en"],
        "publish": {"languages": ["en"]}, "organiser": texts_of(Organiser, mark), "priorities": {"p": f"{mark} {LINE}"},
        "regions": {"r": {**texts_of(Region, mark), "countries": ["FR"]}},
        "actors": {"a": {**texts_of(Actor, mark), "kind": "member", "country": "FR", "aliases": [f"{mark} {LINE}"]}},
        "feeds": {"f": {**texts_of(Feed, mark), "actions": True}},
    }  # fmt: skip
    other = {"title": f"{mark} other {LINE}", "slogan": LINE, "hashtags": ["#Two"], "period": "2026-01/2027-12"}
    ties = [{"id": "same", "title": f"{mark} {LINE}", "same_as": "housing/firm", "actors": ["a"]}]
    blocks = {"programme": programme, "housing": wave, "other": {**other, "moments": ties, "actors": ["a"]}}
    rows = [
        {
            **dict.fromkeys(FREE_TEXT_COLUMNS - {"hashtags", "people", "url"}, f"{mark} {LINE}"),
            "url": URL, "country": "FR", "review": "accepted", "publish": "full", "when": "2026-09-15",
            "lat": "48.85", "lon": "2.35", "people": "50", "organiser_type": "member",
        }
    ]  # fmt: skip
    files: dict[str, str | bytes] = {name: json.dumps(_calm(data, benign)) for name, data in blocks.items()}
    return {**files, "actions/housing.csv": register_bytes(*_calm(rows, benign))}


def _calm(value: Any, benign: bool) -> Any:
    """Return data with quiet texts in the place of hostile ones, if so wanted."""
    if isinstance(value, dict):
        return {key: _calm(one, benign) for key, one in value.items()}
    if isinstance(value, list):
        return [_calm(one, benign) for one in value]
    for hostile, quiet in BENIGN.items() if benign and isinstance(value, str) else ():
        value = value.replace(hostile, quiet)
    return value


# -- what a page must not contain

_ADDRESSES = frozenset((
    *("href", "src", "action", "formaction", "poster", "data", "cite", "background", "xlink:href", "srcset", "ping"),
))  # fmt: skip
_SCHEME = re.compile(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\t\r\n-]*):|[\s\x00-\x20]*[/\\]{2}")
_SAFE_SCHEMES = ("http", "https", "mailto", "webcal")
_RAN = re.compile(r"\bran\b")
"""What the hostile texts run, not as a part of `transparent`."""
UNSAFE_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class HtmlPage(HTMLParser):
    """What a parser of HTML finds: the elements with their attributes, the text, and what is wrong."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.text = ""
        self._inside = ""
        self._raw: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attributes))))
        self._inside = tag
        given = dict(attributes)
        if tag == "script":
            self._inside = given.get("type") or "script"
        for name, value in attributes:
            if name.startswith("on") or name == "srcdoc" or (name == "style" and _RAN.search(value or "")):
                self.faults.append(f"{tag} {name}={value}")
            is_refresh = tag == "meta" and "http-equiv" in given and name == "content"
            address = (value or "").partition("url=")[2] if is_refresh else value or ""
            if name in _ADDRESSES or is_refresh:
                self.faults += [f"{tag} {name}={value}" for _ in unsafe_schemes(address)]

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inside == "application/ld+json":
            json.loads(self._raw.pop("application/ld+json"))
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and _RAN.search(data):
            self.faults.append(f"{self._inside}: {data}")
        if self._inside == "application/ld+json":
            self._raw[self._inside] = self._raw.get(self._inside, "") + data
        elif self._inside not in ("script", "style"):
            self.text += data

    def handle_comment(self, data: str) -> None:
        if _RAN.search(data):
            self.faults.append(f"comment: {data}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.faults.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.faults.append(data)

    handle_pi = unknown_decl


def unsafe_schemes(address: str) -> Iterator[str]:
    """Yield the scheme of an address that is neither relative nor one of those that pages may have."""
    match = _SCHEME.match(address)
    if match and (match[1] or "").lower() not in _SAFE_SCHEMES:
        yield match[0]


def page_faults(page: str, like: str | None = None, tags: frozenset[str] = frozenset()) -> list[str]:
    """Return what is wrong with a page; and which elements, but for some tags, a quiet page has not."""
    found = HtmlPage(page)
    faults = [*found.faults, *(f"{match[0]!r}" for match in UNSAFE_CHARACTERS.finditer(page))]
    faults += [f"evaluated: {match[0]}" for match in EVALUATED.finditer(page)]
    if like is not None:
        faults += [str(one) for one in found.elements - HtmlPage(like).elements if one[0] not in tags]
    return faults

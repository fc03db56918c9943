"""Escape text for HTML, SVG, Markdown, JSON and spreadsheets, so that it is shown and never interpreted.

Jinja2 templates are rendered here too: every value is escaped, so a plan can add no markup.
"""

import json
import re
import unicodedata
from datetime import date
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from wavectl.text.terminal import escape_json

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_INLINE_SPECIAL = re.compile(r"([\\`*_\[\]<|~&])")
_BLOCK_MARKER = re.compile(r"^(\s*)([-+=:#>]|\d+(?=[.)]))")
"""Start of a line that Markdown reads as a list, a heading or a quotation (CommonMark §4.2, §5)."""
_INVALID_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 (§2.2) cannot represent."""


def escape_markdown(text: str) -> str:
    """Escape every character that Markdown may interpret (CommonMark §2.4)."""
    return _MARKDOWN_SPECIAL.sub(r"\\\1", text)


def escape_markdown_minimal(text: str, *, inline: bool = False) -> str:
    """Escape only what Markdown would interpret, for pages whose source people read.

    ``inline``: the text is not at the start of a line, so ``#`` and ``-`` need no backslash.
    """
    text = _INLINE_SPECIAL.sub(r"\\\1", text)
    return text if inline else _BLOCK_MARKER.sub(_escape_block_marker, text)


def _escape_block_marker(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def replace_invalid_xml(text: str) -> str:
    """Replace the characters that XML 1.0 does not allow, such as control characters."""
    if text.isprintable():
        return text  # the usual case, kept fast
    return _INVALID_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def escape_html(text: str) -> str:
    """Escape a text for HTML and XML, between tags and inside a quoted attribute."""
    return escape(replace_invalid_xml(text))


def dump_json(data: Any) -> str:
    """Return data as indented JSON for stdout, days in ISO 8601; control characters and lone surrogates are escaped."""
    return escape_json(json.dumps(data, ensure_ascii=False, indent=2, default=date.isoformat)) + "\n"


_encode_json = json.JSONEncoder(ensure_ascii=False).encode


def dump_script_json(data: Any) -> str:
    """Return data as JSON for a ``<script>`` element: ``<``, ``>`` and ``&`` are escaped."""
    text = escape_json(_encode_json(data))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_FIRST_CHARACTER = re.compile(r"[\s\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*(.?)", re.DOTALL)
"""The first visible character of a cell."""


def replace_control_characters(text: str) -> str:
    """Replace characters that a spreadsheet cannot hold or a terminal interprets; keep line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", " ").replace("\t", " ")
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet program would run this CSV cell as a formula."""
    match = _FIRST_CHARACTER.match(text)
    return match is not None and unicodedata.normalize("NFKC", match[1]) in ("=", "+", "-", "@")


def escape_formula(text: str) -> str:
    """Prefix a formula with an apostrophe, so that it is read as text."""
    return f"'{text}" if is_formula(text) else text


def unescape_formula(text: str) -> str:
    """Remove the apostrophe that ``escape_formula`` added."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


if TYPE_CHECKING:
    from jinja2 import Environment


def render_template(package: str, name: str, **values: object) -> str:
    """Render the file ``name`` in the folder ``templates`` of a package.

    A template uses ``{{ value }}`` for texts of a plan. Markup that was built by code is passed as
    ``markupsafe.Markup`` and is inserted as it is.
    """
    return _environment(package).get_template(name).render(values)


@cache
def _environment(package: str) -> "Environment":
    return build_environment(package)


def build_environment(*packages: str, kind: "type[Environment] | None" = None) -> "Environment":
    """Return an environment for the templates of packages, which escapes every value; the first that has one wins.

    ``kind`` is its class, by default that of Jinja2.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined  # only HTML and SVG need Jinja2

    return (kind or Environment)(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=_replace_invalid,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _replace_invalid(value: Any) -> Any:
    if type(value) is not str or value.isprintable():
        return value  # the usual case, kept fast
    return replace_invalid_xml(value)

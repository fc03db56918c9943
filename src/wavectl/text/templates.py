"""Render Jinja2 templates of HTML and SVG; every value is escaped, so a plan can add no markup."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wavectl.text.escaping import replace_invalid_xml

if TYPE_CHECKING:
    from jinja2 import Environment


def render_template(package: str, name: str, **values: object) -> str:
    """Render the file ``name`` in the folder ``templates`` of a package.

    A template uses ``{{ value }}`` for texts of a plan. Markup that was built by code is passed as
    ``markupsafe.Markup`` and is inserted as it is.
    """
    return _environment(package).get_template(name).render(values)


@cache
def _environment(package: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only HTML and SVG need Jinja2

    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_replace_invalid,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _replace_invalid(value: Any) -> Any:
    return replace_invalid_xml(value) if type(value) is str else value

"""Jinja2 templates: values are escaped, only markup built by code is inserted as it is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from jinja2 import Environment, UndefinedError
from markupsafe import Markup

from wavectl.text import escaping
from wavectl.text.escaping import render_template


def render_source(source: str, **values: object) -> str:
    environment: Environment = escaping._environment("wavectl.render")
    return environment.from_string(source).render(values)


def test_values_are_escaped_in_text_and_attributes() -> None:
    text = render_source('<p title="{{ value }}">{{ value }}</p>', value="<b> & \" '")
    assert text == '<p title="&lt;b&gt; &amp; &#34; &#39;">&lt;b&gt; &amp; &#34; &#39;</p>'
    assert render_source("{{ value }}", value=Markup("<b>")) == "<b>"


def test_characters_that_xml_does_not_allow_are_replaced() -> None:
    assert render_source("{{ value }}", value="a\x00\ud800b") == "a\ufffd\ufffdb"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_template("wavectl.render", "timeline.svg")


def test_only_html_and_svg_import_jinja2() -> None:
    code = "import sys, wavectl.text.escaping, wavectl.render.timeline.table; sys.exit('jinja2' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)

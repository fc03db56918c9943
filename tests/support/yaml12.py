"""YAML as editors read it: numbers, truth values and null by the core schema of YAML 1.2 (§10.3.2), dates as texts.

wavectl keeps scalars as written; an editor holds their values against a schema. This reads as editors do.
"""

from __future__ import annotations

import re

from wavectl.yamlfile.parser import Node, compose

_NULL = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)


def core(text: str) -> object:
    """Return the data of a text; keys are texts, as in JSON."""
    return _data(compose(text.removeprefix("\ufeff"), max_nodes=100_000))


def _data(node: Node | None) -> object:
    if node is None:
        return None
    kind = type(node).__name__  # of libyaml's nodes or of ruamel's
    if kind == "MappingNode":
        return {str(key.value): _data(value) for key, value in node.value}
    return [_data(item) for item in node.value] if kind == "SequenceNode" else _scalar(node)


def _scalar(node: Node) -> object:
    text: str = node.value
    if node.style:  # in quotation marks, or a block
        return text
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    return float(text) if _FLOAT.fullmatch(text) else text

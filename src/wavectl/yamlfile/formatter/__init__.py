"""How the files of a plan are laid out: the order of their keys, and how each value is written."""

from wavectl.yamlfile.formatter.emitter import SET, flow_text, item, quoted, scalar, value, whole
from wavectl.yamlfile.formatter.key_order import behind, in_order, keys_at, ordered

__all__ = ["SET", "behind", "flow_text", "in_order", "item", "keys_at", "ordered", "quoted", "scalar", "value", "whole"]

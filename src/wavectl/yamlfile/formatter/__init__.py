"""How the files of a plan are laid out: the order of their keys, and how each value is written."""

from wavectl.yamlfile.formatter.emitter import (
    DATE_SET,
    emit_file,
    emit_flow,
    emit_item,
    emit_key,
    emit_quoted,
    emit_scalar,
)
from wavectl.yamlfile.formatter.key_order import key_to_insert_after, keys_at, sort_all_keys, sort_block_keys

__all__ = [
    "DATE_SET",
    "emit_file",
    "emit_flow",
    "emit_item",
    "emit_key",
    "emit_quoted",
    "emit_scalar",
    "key_to_insert_after",
    "keys_at",
    "sort_all_keys",
    "sort_block_keys",
]

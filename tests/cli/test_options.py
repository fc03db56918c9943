"""The options of every command."""

from __future__ import annotations

from typing import get_args, get_type_hints

from typer.models import OptionInfo

from wavectl.cli.filters import FilterOptions
from wavectl.cli.options import COMMON_OPTIONS, CommonOptions, MaxSizeOption
from wavectl.model import MomentKind, Status
from wavectl.yamlfile.builder import MAX_SIZE


def test_what_is_given_later_counts_and_what_is_left_out_stays() -> None:
    earlier = CommonOptions(waves="a", lang="fr", today=None, color="never")
    assert CommonOptions(lang="es", max_size="8").over(earlier) == CommonOptions("a", "es", None, "never", "8")


def test_every_field_is_an_option() -> None:
    assert tuple(COMMON_OPTIONS) == CommonOptions._fields


def test_the_help_tells_what_holds() -> None:
    assert MaxSizeOption().help.endswith(f"[{MAX_SIZE}].")


def test_the_help_of_a_filter_names_every_word_that_it_takes() -> None:
    for words, name in ((Status, "--status"), (MomentKind, "--kind")):
        text = next(option.help for option in options() if name in (option.default, *option.param_decls))
        assert text == f"Only {', '.join(list(words)[:-1])} or {list(words)[-1]}."


def options() -> list[OptionInfo]:
    """Return the options of the filters."""
    return [get_args(kind)[1] for kind in get_type_hints(FilterOptions, include_extras=True).values()]

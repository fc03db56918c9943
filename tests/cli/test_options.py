"""The options of every command."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Any

import pytest

from wavectl.cli.options import CommonOptions, common_parameters
from wavectl.cli.shared_options import KindOption, StatusOption
from wavectl.model import MomentKind, Status
from wavectl.yamlfile.reader import MAX_SIZE


def test_what_is_given_later_counts_and_what_is_left_out_stays() -> None:
    earlier = CommonOptions(waves="a", lang="fr", today=None, color="never")
    assert CommonOptions(lang="es", max_size="8").with_defaults(earlier) == CommonOptions("a", "es", None, "never", "8")


def test_every_field_is_an_option_with_the_name_of_the_field() -> None:
    assert [option.name for option in common_parameters()] == [field.name for field in fields(CommonOptions)]


def test_only_the_program_reads_the_environment() -> None:
    assert [option.envvar for option in common_parameters()] == [None] * 5
    names = ["WAVECTL_WAVES", "WAVECTL_LANG", "WAVECTL_TODAY", None, None]
    assert [option.envvar for option in common_parameters(from_environment=True)] == names


def test_the_help_names_the_default_size() -> None:
    assert common_parameters()[-1].help.endswith(f"[{MAX_SIZE}].")


@pytest.mark.parametrize(("values", "option"), [(Status, StatusOption), (MomentKind, KindOption)])
def test_the_help_of_a_filter_names_every_value(values: type[StrEnum], option: Any) -> None:
    (declared,) = option.__metadata__
    assert declared.help == f"Only {', '.join(list(values)[:-1])} or {list(values)[-1]}."

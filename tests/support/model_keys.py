"""The keys of every block of ``programme.yaml`` and the wave files, with their titles, descriptions and examples."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic.fields import FieldInfo

from wavectl.model.types import ModelBase


def _models(base: type[ModelBase]) -> list[type[ModelBase]]:
    """Return the models that no other model is derived from."""
    children = base.__subclasses__()
    return [model for child in children for model in _models(child)] if children else [base]


KEYS: Mapping[type[ModelBase], Mapping[str, FieldInfo]] = {
    model: {info.alias or name: info for name, info in model.model_fields.items()}
    for model in _models(ModelBase)
    if model.__module__.startswith("wavectl.model.")
}

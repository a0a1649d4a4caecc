"""Declarations of many kinds: the one named in a declaration says what else may stand in it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Registered(NamedTuple):
    """A declaration whose kind is named in it: one of those registered."""

    key: str
    kinds: Mapping[str, type[BaseModel]]

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.tagged_union_schema(
            choices={f"<{name}>": handler.generate_schema(kind) for name, kind in self.kinds.items()},
            discriminator=self._named(),
        )

    def _named(self) -> Callable[[Any], str | None]:
        return lambda data: f"<{data[self.key]}>" if isinstance(data, dict) and self.key in data else None

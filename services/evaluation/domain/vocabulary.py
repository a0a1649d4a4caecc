"""What a policy can measure: the published events and the kinds of their fields."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from contracts.catalogue import CATALOGUE
from contracts.event import Correction, Withdrawal
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD


class FieldKind(NamedTuple):
    """What a field can hold: its kind, and its words if they are a closed list."""

    kind: str
    words: tuple[str, ...] = ()


Vocabulary = Mapping[str, Mapping[str, FieldKind]]
"""The fields by name, of the events by type."""

_ENVELOPE = frozenset({"subject", "happened_at"})
_KINDS: dict[object, str] = {bool: FLAG, int: NUMBER, date: DAY}


@cache
def published() -> Vocabulary:
    """The events of the catalogue that can be measured: those that tell of something new, not of a wrong record."""
    return {
        name: {field: _kind(info.annotation) for field, info in event.model_fields.items() if field not in _ENVELOPE}
        for name, event in CATALOGUE.items()
        if not issubclass(event, Withdrawal | Correction)
    }


def _kind(annotation: Any) -> FieldKind:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return FieldKind(WORD, tuple(word.value for word in annotation))
    return FieldKind(_KINDS.get(annotation, TEXT))

"""What a policy can measure: the published events and the kinds of their fields."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

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
_KINDS: dict[object, str] = {bool: FLAG, int: NUMBER, Decimal: NUMBER, date: DAY}


@cache
def published() -> Vocabulary:
    """The events of the catalogue that can be measured: those that tell of something new, not of a wrong record."""
    return {
        name: {field: _kind(info.annotation) for field, info in event.model_fields.items() if field not in _ENVELOPE}
        for name, event in CATALOGUE.items()
        if not issubclass(event, Withdrawal | Correction)
    }


def _kind(annotation: Any) -> FieldKind:
    """What an annotation can hold; that a field may be empty makes no difference."""
    inner = [part for part in get_args(annotation) if part is not NoneType]
    if inner and len(inner) < len(get_args(annotation)):
        annotation = inner[0]
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return FieldKind(WORD, tuple(word.value for word in annotation))
    # A list or a table of values is no value to measure, and Python cannot look it up either.
    return FieldKind(_KINDS.get(annotation, TEXT) if isinstance(annotation, type) else TEXT)

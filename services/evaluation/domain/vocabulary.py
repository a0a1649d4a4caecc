"""What a policy can measure: the published events and the kinds of their fields."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Annotated, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from contracts.catalogue import CATALOGUE
from contracts.event import Correction, Event, Withdrawal
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD


class FieldKind(NamedTuple):
    """What a field can hold: its kind, its words if they are a closed list, the form of a text if it has one."""

    kind: str
    words: tuple[str, ...] = ()
    pattern: str | None = None


Vocabulary = Mapping[str, Mapping[str, FieldKind]]
"""The fields by name, of the events by type."""

_ENVELOPE = frozenset({"subject", "happened_at"})
_KINDS: dict[object, str] = {bool: FLAG, int: NUMBER, Decimal: NUMBER, date: DAY}


@cache
def published() -> Vocabulary:
    """The events of the catalogue that can be measured: those that tell of something new, not of a wrong record."""
    return {
        name: {field: _kind(info) for field, info in event.model_fields.items() if field not in _ENVELOPE}
        for name, event in CATALOGUE.items()
        if not issubclass(event, Withdrawal | Correction)
    }


@cache
def amending() -> Mapping[str, type[Event]]:
    """The events that withdraw or correct a record, by type: they change what is counted, and are not counted."""
    return {name: event for name, event in CATALOGUE.items() if issubclass(event, Withdrawal | Correction)}


def _kind(info: FieldInfo) -> FieldKind:
    """What a field can hold; that it may be empty makes no difference."""
    annotation, about = info.annotation, info.metadata
    inner = [part for part in get_args(annotation) if part is not NoneType]
    if inner and len(inner) < len(get_args(annotation)):
        annotation = inner[0]
    if get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        about = [each for one in more if isinstance(one, FieldInfo) for each in one.metadata]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return FieldKind(WORD, tuple(word.value for word in annotation))
    # A list or a table of values is no value to measure, and Python cannot look it up either.
    kind = _KINDS.get(annotation, TEXT) if isinstance(annotation, type) else TEXT
    patterns = (getattr(one, "pattern", None) for one in about)
    return FieldKind(kind, pattern=next((one for one in patterns if one is not None), None) if kind == TEXT else None)

"""Whether an event is as its own class has it: asked of each event by a listener that keeps them unread."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Annotated, Any, NotRequired, TypeVar

import pydantic
from pydantic.fields import FieldInfo
from typing_extensions import TypedDict

from chassis.wire import Told, as_declared
from contracts.calendar import parse_instant
from contracts.catalogue import CATALOGUE
from contracts.event import IN_THE_ENVELOPE

_REMEMBERED = 65_536


T = TypeVar("T", bound=Told)


def refused(events: Iterable[T]) -> list[tuple[T, ValueError]]:
    """Those that their own class refuses, each with its faults; a type that nobody declares yet refuses nothing."""
    found: list[tuple[T, ValueError]] = []
    for event in events:
        # One loop and no calls of ours: whoever keeps a backlog spends fifteen microseconds on an event in all.
        parts = _parts(event.type)
        if parts is None:
            continue
        takes_data, takes_subject = parts
        try:
            takes_data(event.data)
            takes_subject(event.subject)
            _moment(event.time)
        except ValueError:
            if (fault := _fault(event)) is not None:
                found.append((event, fault))
    return found


def _fault(told: Told) -> ValueError | None:
    """What its class says of an event."""
    try:
        as_declared(told)
    except ValueError as error:
        return error
    return None


@cache
def _parts(type_: str) -> tuple[Callable[[Any], object], Callable[[str], object]] | None:
    """What a class asks of data and of a subject, each alone and no event made of them: a third of the cost.

    Where a class asks more than that, it is asked itself.
    """
    declared = CATALOGUE.get(type_)
    if declared is None:
        return None
    decorators = declared.__pydantic_decorators__
    if decorators.field_validators or decorators.model_validators:
        return _undecided, _undecided
    takes_subject = pydantic.TypeAdapter(_type_of(declared.model_fields["subject"])).validator.validate_python
    fields = {
        name: _type_of(field) if field.is_required() else NotRequired[_type_of(field)]
        for name, field in declared.model_fields.items()
        if name not in IN_THE_ENVELOPE
    }
    data = TypedDict(declared.__name__, fields)  # type: ignore[misc] # made of a class, not written out
    return pydantic.TypeAdapter(data).validator.validate_python, lru_cache(_REMEMBERED)(takes_subject)


def _undecided(_value: object) -> None:
    raise ValueError


_moment = lru_cache(_REMEMBERED)(parse_instant)


def _type_of(field: FieldInfo) -> Any:
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation

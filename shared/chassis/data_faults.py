"""What is wrong with the data of an event in a file: stricter than a listener, who passes over what is new to him."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pydantic

from chassis import faults
from chassis.days import FIRST_DAY, LAST_DAY, InTheFuture
from chassis.forms import PRINTABLE_LINES, form_of
from chassis.language import N_, Phrase
from contracts.calendar import day_of, parse_instant
from contracts.event import Event

Fault = tuple[str, Any, Phrase, Mapping[str, object]]
"""A field, its value, what would be right, and what fills that sentence."""

NEAR = N_("This must be a day from {first} to {last}.")
BOUNDS: Mapping[str, object] = {"first": FIRST_DAY, "last": LAST_DAY}
_NO_FIELD = N_("{type} has no such field; it has: {fields}. A file may hold nothing else, least of all personal data.")
_AFTER = N_("This day had not come when the event was recorded, on {recorded}.")
_PRINTABLE = re.compile(PRINTABLE_LINES)
_LONGEST = 1_000


def faults_of(declared: type[Event], found: Mapping[str, Any], today: date | None) -> Iterator[Fault]:
    """Everything wrong with the data of a document whose envelope is right; `today` is the last day there may be."""
    data = found["data"]
    fields = [name for name in declared.model_fields if name not in {"subject", "happened_at"}]
    for name in data.keys() - set(fields):
        yield f"data.{name}", data[name], _NO_FIELD, {"type": declared.type, "fields": ", ".join(fields) or "–"}
    yield from _unprintable("data", data)
    told = {**data, "subject": found["subject"], "happened_at": parse_instant(found["time"])}
    try:
        event = declared.model_validate(told)
    except pydantic.ValidationError as error:
        for one in error.errors():
            field = ".".join(map(str, one["loc"]))
            yield "subject" if field == "subject" else f"data.{field}", one.get("input"), *faults.sentence_of(one)
        return
    yield from _days(event, day_of(parse_instant(found["recordedtime"])), today)


def _days(event: Event, recorded: date, today: date | None) -> Iterator[Fault]:
    past = event.past_days()
    for name, value in event:
        if not isinstance(value, date) or isinstance(value, datetime):
            continue
        if not FIRST_DAY <= value <= LAST_DAY:
            yield f"data.{name}", value, NEAR, BOUNDS
        elif name in past and today is not None and value > today:
            yield f"data.{name}", value, InTheFuture.detail, {"today": today}
        elif name in past and value > recorded:
            yield f"data.{name}", value, _AFTER, {"recorded": recorded}


def _unprintable(path: str, value: Any) -> Iterator[Fault]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _unprintable(f"{path}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _unprintable(path, inner)
    elif isinstance(value, str):
        if len(value) > _LONGEST:
            yield path, value, faults.FAULTS["string_too_long"], {"max_length": _LONGEST}
        elif _PRINTABLE.fullmatch(value) is None:
            yield path, value, form_of(PRINTABLE_LINES), {}

"""Lines of a file of events: whether each is an event of the published language, and what would be right."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import pydantic

from chassis import faults, wire
from chassis.correlation import is_correlation_id, is_traceparent
from chassis.days import FIRST_DAY, LAST_DAY, InTheFuture
from chassis.language import N_, Phrase
from chassis.refusals import Refusal
from contracts.calendar import day_of, parse_instant
from contracts.catalogue import CATALOGUE, SPEAKERS
from contracts.event import Event

_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_A_LINE = N_("A line is one CloudEvent: a JSON object in UTF-8. {reason}")
_REQUIRED = N_("This is required.")
_TEXT = N_("This must be text.")
_OBJECT = N_("This must be an object.")
_EXACTLY = N_("This must be {expected}.")
_ONE_OF = N_("This must be one of: {expected}.")
_ID = N_("This must be an id as the platform gives them, as in 01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11.")
_INSTANT = N_("This must be an instant in UTC with six places, as in 2025-06-30T04:00:00.000000Z.")
_NEAR = N_("This must be a day from {first} to {last}.")
_CORRELATION = N_("This must be 1 to 128 letters, digits and . _ : -")
_TRACE = N_("This must be a W3C trace context, as in 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.")
_TYPE = N_("No event of /{speaker} has this type; docs/events.md lists those it has.")
_SPECVERSION, _CONTENT_TYPE = "1.0", "application/json"


class BadLine(Refusal):
    """Something in a line that is not as it should be."""

    slug = "bad-line"
    title = N_("The line is no event")

    def __init__(self, line: int, field: str, value: object, sentence: Phrase, **values: object) -> None:
        """`sentence` says what would be right, with these values."""
        self.line = line
        # A refusal's text is its class's as a rule; of these faults each has its own.
        self.detail = sentence  # type: ignore[misc]
        super().__init__(field=field, value=value, **values)


Said = tuple[Phrase, Mapping[str, object]]


class Reader:
    """Reads lines; `speakers` are those whose events may stand in them, `today` the last day they may be of."""

    def __init__(self, speakers: tuple[str, ...] = SPEAKERS, today: date | None = None) -> None:
        self._speakers = speakers
        self._today = today
        self._checks: Mapping[str, Callable[[Any], Said | None]] = {
            "specversion": _exactly(_SPECVERSION),
            "id": _id,
            "source": self._source,
            "type": _text,
            "subject": _text,
            "time": self._moment,
            "recordedtime": self._moment,
            "correlationid": _like(is_correlation_id, _CORRELATION),
            "traceparent": _like(is_traceparent, _TRACE),
            "data": _data,
        }

    def read(self, number: int, line: bytes) -> wire.Heard | list[BadLine]:
        """The event in a line, or everything that is wrong with it; lines count from 1."""
        try:
            found = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return [BadLine(number, "line", line.decode(errors="replace"), _A_LINE, reason=str(error))]
        if not isinstance(found, dict):
            return [BadLine(number, "line", line.decode(), _OBJECT)]
        wrong = [
            BadLine(number, field, value, sentence, **values)
            for field, value, (sentence, values) in self._faults(found)
        ]
        return wrong or wire.decode(line)

    def _faults(self, found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Said]]:
        sound = True
        for field, check in self._checks.items():
            said = check(found[field]) if field in found else (_REQUIRED, {})
            if said is not None:
                sound = False
                yield field, found.get(field), said
        for field, check in _OPTIONAL.items():
            if field in found and (said := check(found[field])) is not None:
                yield field, found[field], said
        if sound:
            yield from self._of_the_event(found)

    def _of_the_event(self, found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Said]]:
        type_, speaker = found["type"], found["source"].removeprefix("/")
        declared = CATALOGUE.get(type_)
        if declared is None or declared.speaker != speaker:
            yield "type", type_, (_TYPE, {"speaker": speaker})
            return
        if (schema := found.get("dataschema")) and schema != declared.dataschema():
            yield "dataschema", schema, (_EXACTLY, {"expected": declared.dataschema()})
        yield from _of_the_data(declared, found)

    def _source(self, value: Any) -> Said | None:
        allowed = [f"/{speaker}" for speaker in self._speakers]
        if value in allowed:
            return None
        return _exactly(allowed[0])(value) if len(allowed) == 1 else (_ONE_OF, {"expected": allowed})

    def _moment(self, value: Any) -> Said | None:
        try:
            day = day_of(parse_instant(value))
        except (TypeError, ValueError, OverflowError):
            return _INSTANT, {}
        if not FIRST_DAY <= day <= LAST_DAY:
            return _near()
        if self._today is not None and day > self._today:
            return InTheFuture.detail, {"today": self._today}
        return None


def _of_the_data(declared: type[Event], found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Said]]:
    told = {**found["data"], "subject": found["subject"], "happened_at": parse_instant(found["time"])}
    try:
        event = declared.model_validate(told)
    except pydantic.ValidationError as error:
        for one in error.errors():
            field = ".".join(map(str, one["loc"]))
            named = "subject" if field == "subject" else f"data.{field}"
            yield named, one.get("input"), faults.sentence_of(one)
        return
    for field, value in event:
        if isinstance(value, date) and not isinstance(value, datetime) and not FIRST_DAY <= value <= LAST_DAY:
            yield f"data.{field}", value, _near()


def _near() -> Said:
    return _NEAR, {"first": FIRST_DAY, "last": LAST_DAY}


def _exactly(expected: str) -> Callable[[Any], Said | None]:
    return lambda value: None if value == expected else (_EXACTLY, {"expected": expected})


def _like(good: Callable[[str], bool], sentence: Phrase) -> Callable[[Any], Said | None]:
    return lambda value: None if isinstance(value, str) and good(value) else (sentence, {})


def _text(value: Any) -> Said | None:
    return None if isinstance(value, str) else (_TEXT, {})


def _data(value: Any) -> Said | None:
    return None if isinstance(value, dict) else (_OBJECT, {})


_id = _like(lambda text: _UUID7.fullmatch(text) is not None, _ID)
_OPTIONAL: Mapping[str, Callable[[Any], Said | None]] = {
    "datacontenttype": _exactly(_CONTENT_TYPE),
    "dataschema": _text,
    "causationid": _id,
    # Given anew by the log that takes the event in.
    "sequence": _text,
    "previousid": _text,
}

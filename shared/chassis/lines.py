"""Lines of a file of events: whether each is an event of the published language, and what would be right."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from chassis import data_faults, wire
from chassis.correlation import is_correlation_id, is_traceparent
from chassis.data_faults import BOUNDS, NEAR
from chassis.days import FIRST_DAY, LAST_DAY, InTheFuture
from chassis.encodings import LOOK, not_utf_8, without_mark
from chassis.json_names import first_twice
from chassis.language import N_, Phrase
from chassis.refusals import Refusal
from contracts.calendar import day_of, parse_instant
from contracts.catalogue import CATALOGUE, SPEAKERS

_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SEQUENCE = re.compile(r"[0-9]{1,20}")
_A_LINE = N_("A line is one CloudEvent: a JSON object in UTF-8. {reason}")
_NO_BATCH = N_("This must be an object: a line is one event, and the batch form of CloudEvents is not read.")
_TWICE = N_("This name stands twice in one object; which value is meant, nobody can say.")
_REQUIRED = N_("This is required.")
_TEXT = N_("This must be text.")
_OBJECT = N_("This must be an object.")
_EXACTLY = N_("This must be {expected}.")
_ONE_OF = N_("This must be one of: {expected}.")
_NO_ATTRIBUTE = N_("An event has no such attribute; it has: {attributes}.")
_ID = N_("This must be an id as the platform gives them, as in 01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11.")
_INSTANT = N_("This must be an instant in UTC with six places, as in 2025-06-30T04:00:00.000000Z.")
_POSITION = N_("This must be a position in a log: digits, as in 00000000000000000042.")
_CORRELATION = N_("This must be 1 to 128 letters, digits and . _ : -")
_TRACE = N_("This must be a W3C trace context, as in 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.")
_TYPE = N_("No event of /{speaker} has this type; docs/events.md lists those it has.")
ANOTHER = N_("Another event has this id; an id belongs to one event, and the same event twice is skipped.")
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
            "data": _data,
        }

    def read(self, number: int, line: bytes) -> wire.Heard | list[BadLine]:
        """The event in a line, or everything that is wrong with it; lines count from 1.

        A correlation and a trace that a line does not name are filled in, the same each time it is read.
        """
        if number == 1:
            line = without_mark(line)
            if (other := not_utf_8(line[:LOOK])) is not None:
                return [BadLine(number, "file", None, other)]
        try:
            found = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return [BadLine(number, "line", line.decode(errors="replace"), _A_LINE, reason=str(error))]
        if not isinstance(found, dict):
            return [BadLine(number, "line", line.decode(), _NO_BATCH)]
        if (twice := first_twice(line, found)) is not None:
            return [BadLine(number, twice, None, _TWICE)]
        wrong = [
            BadLine(number, field, value, sentence, **values)
            for field, value, (sentence, values) in self._faults(found)
        ]
        return wrong or msgspec.convert(_tied(found), wire.Heard)

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
        attributes = self._checks.keys() | _OPTIONAL.keys()
        for field in found.keys() - attributes:
            yield field, found[field], (_NO_ATTRIBUTE, {"attributes": ", ".join(sorted(attributes))})
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
        for field, value, sentence, values in data_faults.faults_of(declared, found, self._today):
            yield field, value, (sentence, values)

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
            return NEAR, BOUNDS
        if self._today is not None and day > self._today:
            return InTheFuture.detail, {"today": self._today}
        return None


def _tied(found: Mapping[str, Any]) -> dict[str, Any]:
    """A document with a correlation and a trace: where it names none, of its own id alone."""
    trace = hashlib.sha256(found["id"].encode()).hexdigest()
    return {"correlationid": found["id"], "traceparent": f"00-{trace[:32]}-{trace[32:48]}-01", **found}


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
    "correlationid": _like(is_correlation_id, _CORRELATION),
    "traceparent": _like(is_traceparent, _TRACE),
    # Given anew by the log that takes the event in.
    "sequence": _like(lambda text: _SEQUENCE.fullmatch(text) is not None, _POSITION),
    "previousid": _id,
}

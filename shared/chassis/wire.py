"""How an event travels: one CloudEvents 1.0 JSON document in one field of a stream entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from contracts.calendar import instant, parse_instant
from contracts.catalogue import CATALOGUE
from contracts.event import Event

FIELD = "event"
"""The name of the one field of a stream entry."""


class Told(Protocol):
    """An event as it came or as it is stored."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def subject(self) -> str:
        """What it is about."""

    @property
    def time(self) -> str:
        """When it happened, in wire form."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What it says."""


def as_declared(told: Told) -> Event:
    """An event in its own class.

    Raises:
        KeyError: nobody declares this type.
        pydantic.ValidationError: the data do not fit the type.
    """
    return CATALOGUE[told.type].model_validate(
        {**told.data, "subject": told.subject, "happened_at": parse_instant(told.time)}
    )


class Heard(msgspec.Struct, frozen=True, omit_defaults=True):
    """A CloudEvent as it arrived, its data left as they are. `sequence` and `previousid` come with its position."""

    id: str
    source: str
    type: str
    subject: str
    time: str
    recordedtime: str
    data: dict[str, Any]
    correlationid: str
    traceparent: str
    specversion: Literal["1.0"]
    causationid: str = ""
    sequence: str = ""
    previousid: str = ""
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str = ""

    @property
    def position(self) -> int:
        """Where it stands in its speaker's log, from 1; 0 before it is numbered."""
        return int(self.sequence or 0)

    @property
    def speaker(self) -> str:
        """The service that said it."""
        return self.source.removeprefix("/")

    def event(self) -> Event:
        """The event in its own class; raises as `as_declared` does."""
        return as_declared(self)


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """What surrounds an event when it is said, in the order in which it is written."""

    id: str
    source: str
    type: str
    subject: str
    time: str
    dataschema: str
    recordedtime: str
    correlationid: str
    traceparent: str
    data: dict[str, Any]
    causationid: str = ""


_encoder = msgspec.json.Encoder()
_HEAD = '{"specversion":"1.0","datacontenttype":"application/json",'


def encode(
    event: Event, *, id_: str, recorded_at: datetime, correlation: str, traceparent: str, causation: str = ""
) -> str:
    """The JSON document of an event that has no position yet."""
    return _written(
        Envelope(
            id=id_,
            source=f"/{event.speaker}",
            type=event.type,
            subject=event.subject,
            time=instant(event.happened_at),
            dataschema=event.dataschema(),
            recordedtime=instant(recorded_at),
            correlationid=correlation,
            traceparent=traceparent,
            data=event.data(),
            causationid=causation,
        )
    )


def place(document: str, position: int, previous: str) -> str:
    """The document with its position and the id of the event before it: the chain that makes a history one."""
    chain = f',"previousid":"{previous}"' if previous else ""
    return f'{document[:-1]},"sequence":"{position:020d}"{chain}}}'


decode = msgspec.json.Decoder(Heard).decode
"""Reads one document.

Raises:
    msgspec.DecodeError: it is not JSON, or lacks an attribute of the envelope (`ValidationError` names it).
"""


def unplaced(heard: Heard) -> str:
    """The document without position and chain, as a log keeps it: byte for byte what its speaker wrote."""
    return _written(
        Envelope(
            id=heard.id,
            source=heard.source,
            type=heard.type,
            subject=heard.subject,
            time=heard.time,
            dataschema=heard.dataschema or f"urn:societas:schema:{heard.type}",
            recordedtime=heard.recordedtime,
            correlationid=heard.correlationid,
            traceparent=heard.traceparent,
            data=heard.data,
            causationid=heard.causationid,
        )
    )


def alike(one: str, other: str) -> bool:
    """Whether two documents without position say the same, whatever the order of names in their data."""
    return one == other or decode(one) == decode(other)


def _written(envelope: Envelope) -> str:
    return _HEAD + _encoder.encode(envelope).decode()[1:]

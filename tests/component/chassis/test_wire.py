"""What is written to a stream is a CloudEvent that others can read."""

import json
from datetime import UTC, datetime
from typing import Any

from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat
from waiting import wait_until

from chassis import bus, wire
from chassis.ids import new_id
from contracts.calendar import instant
from contracts.membership import MemberAdmitted


async def test_the_official_sdk_reads_what_stands_in_a_stream(pair: Any) -> None:
    await pair.says("A-18", "A-18")
    await wait_until(lambda: len(pair.ledger.subjects) == 2)
    entries = await pair.bus.xrange(bus.stream("membership", 0))
    assert [list(fields) for _, fields in entries] == [[wire.FIELD.encode()]] * 2
    document = entries[1][1][wire.FIELD.encode()]

    read = from_structured_event(
        HTTPMessage(headers={"content-type": "application/cloudevents+json"}, body=document), JSONFormat()
    )

    assert read.get_specversion() == "1.0"
    assert read.get_type() == MemberAdmitted.type
    assert read.get_source() == "/membership"
    assert read.get_subject() == "A-18"
    assert read.get_extension("sequence") == f"{2:020d}"
    assert read.get_extension("previousid") == json.loads(entries[0][1][wire.FIELD.encode()])["id"]
    assert read.get_data()["kind"] == "individual"


def test_a_document_comes_back_as_it_went() -> None:
    when = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
    event = MemberAdmitted(
        subject="A-18", happened_at=when, member=new_id(), kind="individual", admitted_on=when.date()
    )
    document = wire.encode(event, id_=new_id(), recorded_at=when, correlation="c", traceparent="t")
    heard = wire.decode(wire.place(document, 7, "before"))
    assert (heard.position, heard.previousid, heard.recordedtime) == (7, "before", instant(when))
    assert heard.event() == event
    assert wire.decode(wire.unplaced(heard)) == wire.decode(document)

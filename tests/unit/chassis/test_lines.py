import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis import wire
from chassis.correlation import new_traceparent
from chassis.ids import new_id
from chassis.lines import BadLine, Reader
from contracts.events import ActivityHeld
from contracts.membership import MemberAdmitted
from contracts.vocabulary import ActivityKind, ActivityLevel, MemberKind, OrganiserRole

WHEN = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
TODAY = date(2025, 6, 30)


def a_document() -> str:
    event = MemberAdmitted(
        subject="A-18", happened_at=WHEN, member=new_id(), kind=MemberKind.INDIVIDUAL, admitted_on=WHEN.date()
    )
    return wire.encode(event, id_=new_id(), recorded_at=WHEN, correlation=new_id(), traceparent=new_traceparent())


def a_line(**changes: Any) -> bytes:
    """A good line with some attributes changed; those that are None are left out."""
    document = json.loads(wire.place(a_document(), 7, new_id())) | changes
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def faults_of(line: bytes, speakers: tuple[str, ...] = ("membership",)) -> list[tuple[str, Any]]:
    found = Reader(speakers, TODAY).read(4, line)
    assert not isinstance(found, wire.Heard), "the line is taken"
    assert all(isinstance(one, BadLine) and one.line == 4 for one in found)
    assert all(one.explained("zh") != one.explained("en") for one in found)
    return [(one.field or "", one.value) for one in found]


def test_a_document_that_was_exported_is_stored_again_byte_for_byte() -> None:
    document = a_document()
    heard = Reader(("membership",), TODAY).read(1, wire.place(document, 7, new_id()).encode())

    assert isinstance(heard, wire.Heard)
    assert wire.unplaced(heard) == document
    assert document.count('"specversion"') == document.count('"datacontenttype"') == 1


def test_every_attribute_and_every_value_of_a_line_is_named_at_once() -> None:
    line = a_line(id="x", recordedtime="yesterday", specversion="9.9", datacontenttype="text/plain", traceparent="x")

    assert sorted(faults_of(line)) == [
        ("datacontenttype", "text/plain"),
        ("id", "x"),
        ("recordedtime", "yesterday"),
        ("specversion", "9.9"),
        ("traceparent", "x"),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"specversion": None}, "specversion", None),
        ({"source": "/events"}, "source", "/events"),
        ({"type": "membership.member-forgotten.v1"}, "type", "membership.member-forgotten.v1"),
        ({"type": ActivityHeld.type}, "type", ActivityHeld.type),
        ({"subject": "Z-99"}, "subject", "Z-99"),
        ({"time": "2099-01-01T00:00:00.000000Z"}, "time", "2099-01-01T00:00:00.000000Z"),
        ({"recordedtime": "2099-01-01T00:00:00.000000Z"}, "recordedtime", "2099-01-01T00:00:00.000000Z"),
        ({"time": "0001-01-01T00:00:00.000000Z"}, "time", "0001-01-01T00:00:00.000000Z"),
        ({"time": "2025-03-01"}, "time", "2025-03-01"),
        ({"dataschema": "urn:somebody:else"}, "dataschema", "urn:somebody:else"),
        ({"data": []}, "data", []),
        ({"causationid": 7}, "causationid", 7),
        ({"correlationid": 'a"b'}, "correlationid", 'a"b'),
    ],
)
def test_what_is_wrong_with_a_line_is_named_with_its_value(changes: dict[str, Any], field: str, value: Any) -> None:
    assert faults_of(a_line(**changes)) == [(field, value)]


def test_faults_in_the_data_bear_the_path_to_them() -> None:
    data = {"member": new_id(), "kind": "robot", "admitted_on": "0500-01-01"}

    assert faults_of(a_line(data=data)) == [("data.kind", "robot")]
    assert faults_of(a_line(data=data | {"kind": "unit"})) == [("data.admitted_on", date(500, 1, 1))]


@pytest.mark.parametrize("line", [b"not json", b"[]", b'{"id": "\xff"}', b"7"])
def test_a_line_that_is_no_object_is_shown_as_it_is(line: bytes) -> None:
    assert faults_of(line) == [("line", line.decode(errors="replace"))]


def test_who_knows_no_today_takes_what_lies_ahead() -> None:
    assert isinstance(Reader().read(1, a_line(time="2099-01-01T00:00:00.000000Z")), wire.Heard)


def test_an_event_of_today_in_china_is_taken_and_one_of_tomorrow_is_not() -> None:
    assert isinstance(Reader(today=TODAY).read(1, a_line(time="2025-06-30T15:59:59.999999Z")), wire.Heard)
    assert faults_of(a_line(time="2025-06-30T16:00:00.000000Z")) == [("time", "2025-06-30T16:00:00.000000Z")]


def test_a_schema_that_is_not_named_is_filled_in() -> None:
    event = ActivityHeld(
        subject="A-18", happened_at=WHEN, activity=new_id(), kind=ActivityKind.FORUM, level=ActivityLevel.NATIONAL,
        role=OrganiserRole.HOST, attendance=1, papers=0, held_on=WHEN.date(),
    )  # fmt: skip
    document = wire.encode(event, id_=new_id(), recorded_at=WHEN, correlation="c", traceparent=new_traceparent())
    bare = json.loads(document)
    del bare["dataschema"], bare["datacontenttype"]
    heard = Reader(("events",)).read(1, json.dumps(bare).encode())

    assert isinstance(heard, wire.Heard)
    assert wire.unplaced(heard) == document

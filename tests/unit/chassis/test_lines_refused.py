"""What a file of events may not contain, although a listener would pass it over."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis import wire
from chassis.correlation import new_traceparent
from chassis.ids import new_id
from chassis.lines import Reader
from contracts.calendar import instant, midnight
from contracts.evaluation import DayTurned
from contracts.event import Event
from contracts.membership import CouncilElected, MemberAdmitted, SocietyRegistered
from contracts.vocabulary import MemberKind

TODAY = date(2025, 6, 30)
DAY = date(2025, 3, 1)
READER = Reader(today=TODAY)


def admitted() -> MemberAdmitted:
    return MemberAdmitted(
        subject="A-18", happened_at=midnight(DAY), member=new_id(), kind=MemberKind.UNIT, admitted_on=DAY
    )


def registered() -> SocietyRegistered:
    return SocietyRegistered(
        subject="A-18",
        happened_at=midnight(DAY),
        credit_code="51420000500000023Y",
        name="中国动物学会",
        discipline="science",
        registered_on=DAY,
    )


def elected(ends: date) -> CouncilElected:
    seats = {"seats": 30, "front_line": 10, "young": 10}
    return CouncilElected(
        subject="A-18", happened_at=midnight(DAY), organ="council", elected_on=DAY, term_ends_on=ends, **seats
    )


def a_line(event: Event | None = None, *, data: dict[str, Any] | None = None, **changes: Any) -> bytes:
    """A good line with some of its data and attributes changed; attributes that are None are left out."""
    event = event or admitted()
    recorded = midnight(DAY)
    said = wire.encode(event, id_=new_id(), recorded_at=recorded, correlation="c", traceparent=new_traceparent())
    document = json.loads(said) | changes
    document["data"] |= data or {}
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def faults_of(line: bytes) -> list[tuple[str, str]]:
    found = READER.read(4, line)
    assert not isinstance(found, wire.Heard), "the line is taken"
    return [(one.field or "", one.explained("en")) for one in found]


def test_a_field_that_the_event_does_not_have_is_refused_with_those_it_has() -> None:
    ((field, sentence),) = faults_of(a_line(data={"id_card": "420106199001011234"}))

    assert field == "data.id_card"
    assert "member, kind, admitted_on" in sentence


def test_an_attribute_that_no_event_has_is_refused() -> None:
    assert [field for field, _ in faults_of(a_line(name="张三"))] == ["name"]


@pytest.mark.parametrize("name", ["学会\u0000", "学会\u0007", "x" * 201])
def test_a_text_with_control_characters_or_too_long_is_refused(name: str) -> None:
    assert [field for field, _ in faults_of(a_line(registered(), data={"name": name}))] == ["data.name"]


@pytest.mark.parametrize(
    ("event", "data", "field"),
    [
        (DayTurned(happened_at=midnight(DAY), day=DAY), {"day": "2199-12-31"}, "data.day"),
        (admitted(), {"admitted_on": "2025-07-01"}, "data.admitted_on"),
    ],
)
def test_a_day_of_the_past_that_has_not_come_is_refused(event: Event, data: dict[str, Any], field: str) -> None:
    assert field in [one for one, _ in faults_of(a_line(event, data=data))]


def test_a_day_of_the_past_after_the_event_was_recorded_is_refused() -> None:
    ((field, sentence),) = faults_of(a_line(data={"admitted_on": "2025-03-02"}))

    assert field == "data.admitted_on"
    assert "2025-03-01" in sentence


def test_a_day_that_may_lie_ahead_is_taken() -> None:
    assert isinstance(READER.read(1, a_line(elected(date(2030, 2, 28)))), wire.Heard)


def test_a_day_turns_on_its_own_day_only() -> None:
    earlier = DayTurned(happened_at=midnight(DAY), day=DAY)

    fields = [one for one, _ in faults_of(a_line(earlier, data={"day": "2025-02-27"}))]

    assert fields == ["data.day"]


def test_a_name_that_stands_twice_in_an_object_is_refused() -> None:
    line = a_line().replace(b'"subject": "A-18"', b'"subject": "A-18", "subject" : "A-19"')
    inside = a_line().replace(b'"kind": "unit"', b'"kind": "unit", "kind": "student"')

    assert [field for field, _ in faults_of(line)] == ["subject"]
    assert [field for field, _ in faults_of(inside)] == ["data.kind"]
    quoted = a_line(registered(), data={"name": 'a "b": c'})
    assert isinstance(READER.read(1, quoted), wire.Heard)


def test_deep_nesting_is_a_fault_of_the_line() -> None:
    assert [field for field, _ in faults_of(b"[" * 100_000)] == ["line"]


def test_correlation_and_trace_are_filled_in_alike_each_time() -> None:
    bare = a_line(correlationid=None, traceparent=None)

    first, again = READER.read(1, bare), READER.read(1, bare)

    assert isinstance(first, wire.Heard)
    assert first == again
    assert first.correlationid == first.id
    assert READER.read(1, wire.unplaced(first).encode()) == first


def test_what_was_recorded_today_may_be_of_today() -> None:
    now = datetime(2025, 6, 30, 4, tzinfo=UTC)
    line = a_line(time=instant(now), recordedtime=instant(now), data={"admitted_on": "2025-06-30"})

    assert isinstance(READER.read(1, line), wire.Heard)

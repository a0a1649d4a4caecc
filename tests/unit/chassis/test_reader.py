"""What a bus answers to a read, and what a listener makes of it."""

from typing import Any

import pytest

from chassis import wire
from chassis.foreign import Foreign
from chassis.ids import new_id
from chassis.inbox import Delivery
from chassis.reader import in_one
from contracts.calendar import parse_instant
from contracts.membership import MemberAdmitted
from contracts.vocabulary import MemberKind

_AT = parse_instant("2026-01-01T00:00:00.000000Z")


def _entry(position: int, *, at: int | None = None, field: bytes = b"event") -> list[Any]:
    event = MemberAdmitted(
        subject="A-01", happened_at=_AT, member=new_id(), kind=MemberKind.UNIT, admitted_on=_AT.date()
    )
    said = wire.encode(event, id_=new_id(), recorded_at=_AT, correlation=new_id(), traceparent="")
    return [b"%d-0" % (at or position), [field, wire.place(said, position, "").encode()]]


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_nothing_read_is_no_entry(nothing: Any) -> None:
    assert in_one(nothing) == []


@pytest.mark.parametrize("form", [dict, list])
def test_what_was_read_is_one_entry_whatever_the_protocol(form: Any) -> None:
    entries = [_entry(1), _entry(2)]
    answer = form([(b"stream", entries)])
    assert in_one(answer) == [(b"stream", [(b"2-0", entries)])]


def test_a_delivery_has_the_events_and_ends_at_the_last() -> None:
    delivery = Delivery.of([_entry(3), _entry(4)], "membership", 0)
    assert [heard.position for heard in delivery.events] == [3, 4]
    assert (delivery.whole, delivery.last) == (True, 4)


@pytest.mark.parametrize(
    "damaged",
    [
        _entry(4, at=5),
        _entry(4, field=b"other"),
        [b"4-0", [b"event", b"{}"]],
        [b"4-0", [b"event", b"not JSON"]],
        [b"4-0", [b"event", b"", b"more", b""]],
    ],
    ids=["elsewhere", "another field", "no envelope", "no JSON", "two fields"],
)
def test_a_delivery_ends_before_what_is_damaged(damaged: list[Any]) -> None:
    delivery = Delivery.of([_entry(3), damaged, _entry(6)], "membership", 0)
    assert [heard.position for heard in delivery.events] == [3]
    assert (delivery.whole, delivery.last) == (False, 6)


def test_a_delivery_ends_before_what_its_speaker_cannot_have_said() -> None:
    id_, (field, said) = _entry(4)
    foreign = [id_, [field, said.replace(b'"source":"/membership"', b'"source":"/events"')]]

    delivery = Delivery.of([_entry(3), foreign, _entry(5)], "membership", 2)

    assert [heard.position for heard in delivery.events] == [3]
    assert delivery.foreign == Foreign("membership", 2, 4, "/events", MemberAdmitted.type)

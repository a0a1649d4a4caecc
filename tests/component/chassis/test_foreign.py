"""A stream and a log carry only what their speaker can have said: anything else is named, and not applied."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, update
from waiting import wait_until

from chassis import bus, log, tables, wire
from chassis.ids import new_id
from chassis.rebuilding import ForeignInLog
from contracts.membership import MemberAdmitted
from contracts.vocabulary import MemberKind

WHEN = datetime(2025, 3, 1, tzinfo=UTC)
STREAM = bus.stream("membership", 0)
HEARD = MemberAdmitted.type


def admission(society: str) -> MemberAdmitted:
    return MemberAdmitted(
        subject=society, happened_at=WHEN, member=new_id(), kind=MemberKind.INDIVIDUAL, admitted_on=WHEN.date()
    )


def forged(position: int, previous: str, *, source: str = "/events", type_: str = HEARD) -> tuple[str, str]:
    """An entry that goes on exactly where the stream ends, and is another's."""
    id_ = new_id()
    document = wire.encode(admission("A-99"), id_=id_, recorded_at=WHEN, correlation=new_id(), traceparent="")
    document = document.replace('"source":"/membership"', f'"source":"{source}"').replace(HEARD, type_)
    return id_, wire.place(document, position, previous)


async def heard(pair: Any, *subjects: str) -> str:
    """Has these said and applied; the id of the last."""
    await pair.says(*subjects)
    await wait_until(lambda: pair.ledger.subjects == list(subjects))
    async with pair.speaker.db.reading() as conn:
        return await log.event_at(conn, 0, len(subjects))


async def trouble(pair: Any) -> str:
    found = await pair.listener.checks["listener"]()
    return found.said("en") if found else ""


async def names(pair: Any, *words: str) -> bool:
    said = await trouble(pair)
    return all(word in said for word in words)


async def in_order(pair: Any) -> bool:
    return not await trouble(pair)


def sample(pair: Any, name: str) -> float | None:
    return pair.listener.metrics.registry.get_sample_value(name, {"speaker": "membership", "partition": "0"})  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("source", "type_"),
    [
        ("/events", HEARD),
        ("/membership", "events.journal-registered.v1"),
        ("/membership", "membershipx.member-admitted.v1"),
    ],
    ids=["another source", "another type", "a type that begins alike"],
)
async def test_an_entry_of_another_speaker_is_named_and_not_applied(pair: Any, source: str, type_: str) -> None:
    last = await heard(pair, "A-01", "A-02")
    # A relay that runs would mend its stream within a second.
    await pair.speaker.relay.stop()
    _, document = forged(3, last, source=source, type_=type_)

    await pair.bus.xadd(STREAM, {wire.FIELD: document}, id="3-0")

    await wait_until(lambda: names(pair, STREAM, "3", source, type_))
    assert sample(pair, "societas_diverged") == 1
    assert sample(pair, "societas_foreign_events_total") == 1
    assert pair.ledger.subjects == ["A-01", "A-02"]

    await pair.speaker.relay.start()
    await pair.says("A-03")
    await wait_until(lambda: pair.ledger.subjects == ["A-01", "A-02", "A-03"])
    await wait_until(lambda: in_order(pair))
    assert sample(pair, "societas_diverged") == 0
    assert sample(pair, "societas_foreign_events_total") == 1


async def test_it_stays_named_as_long_as_it_is_there(pair: Any) -> None:
    last = await heard(pair, "A-01")
    await pair.speaker.relay.stop()
    await pair.bus.xadd(STREAM, {wire.FIELD: forged(2, last)[1]}, id="2-0")
    await wait_until(lambda: names(pair, STREAM))
    (reading,) = pair.listener.listener.readings.values()
    (reader,) = reading.readers

    for _ in range(5):
        reader.lag.moved = 0.0  # as if nothing had been applied for long: the log is asked for what the bus has not
        await reader._look(1_000.0)  # noqa: SLF001 - what a reader does every second
        assert await names(pair, STREAM)
    assert pair.ledger.subjects == ["A-01"]


async def test_a_log_that_tells_what_another_said_is_named_and_not_applied_and_cannot_be_rebuilt_from(
    pair: Any,
) -> None:
    last = await heard(pair, "A-01")
    await pair.speaker.relay.stop()
    id_, document = forged(2, last)
    row = {"id": id_, "partition": 0, "position": 2, "type": HEARD, "subject": "A-99", "recorded": "2025-03-01"}
    async with pair.speaker.db.writing() as conn:
        # As its speaker's log keeps it: without position and chain.
        await conn.execute(tables.log.insert().values(**row, document=wire.unplaced(wire.decode(document))))
    # What is damaged in the stream is looked up in the log.
    await pair.bus.xadd(STREAM, {wire.FIELD: "damaged"}, id="2-0")

    await wait_until(lambda: names(pair, "membership", "partition 0", "2", "/events", HEARD))
    assert sample(pair, "societas_diverged") == 1
    assert pair.ledger.subjects == ["A-01"]
    with pytest.raises(ForeignInLog) as refused:
        await pair.listener.rebuilding.rebuild()
    assert "/events" in refused.value.explained("en")

    async with pair.speaker.db.writing() as conn:
        await conn.execute(delete(tables.log).where(tables.log.c.id == id_))
    await pair.bus.delete(STREAM)
    await pair.speaker.relay.start()
    await pair.says("A-03")
    await wait_until(lambda: pair.ledger.subjects == ["A-01", "A-03"])
    await wait_until(lambda: in_order(pair))


async def test_a_log_is_healed_by_a_rebuild_once_it_is_right(pair: Any) -> None:
    await heard(pair, "A-01", "A-02")
    await pair.speaker.relay.stop()
    async with pair.speaker.db.writing() as conn:
        (document,) = (await conn.scalars(tables.log.select().with_only_columns(tables.log.c.document).limit(1))).all()
        second = tables.log.c.position == 2
        await conn.execute(update(tables.log).where(second).values(document=document.replace("/membership", "/events")))
    with pytest.raises(ForeignInLog):
        await pair.listener.rebuilding.rebuild()
    async with pair.speaker.db.writing() as conn:
        await conn.execute(update(tables.log).where(second).values(document=document))

    (rewound,) = await pair.listener.rebuilding.rebuild()

    assert rewound.head == 2


async def test_a_service_says_only_what_is_its_own(pair: Any) -> None:
    with pytest.raises(ValueError, match=HEARD):
        async with pair.listener.work() as work:
            work.say(admission("A-01"))

"""Entries and pages that are forged: nothing of them is applied, they are named, and afterwards everything goes on."""

from typing import Any

from checker import kept_by
from hall import Hall, admission, says, societies
from sqlalchemy import delete
from waiting import wait_until

from chassis import bus, log, tables, wire
from chassis.house import House
from chassis.ids import new_id

STREAM = bus.stream("membership", 0)


async def forged(speaker: House, position: int) -> tuple[str, str]:
    """What goes on exactly where the speaker's log ends, and says that another service said it."""
    async with speaker.db.reading() as conn:
        previous = await log.event_at(conn, 0, position - 1)
    id_ = new_id()
    document = wire.encode(
        admission("A-40"), id_=id_, recorded_at=speaker.clock.now(), correlation=new_id(), traceparent=""
    )
    foreign = document.replace('"source":"/membership"', '"source":"/events"')
    return id_, wire.place(foreign, position, previous)


async def named(listener: House, *words: str) -> bool:
    trouble = await listener.checks["listener"]()
    return trouble is not None and all(word in trouble.said("en") for word in words)


async def in_order(listener: House, kept: int) -> bool:
    return await listener.checks["listener"]() is None and await kept_by(listener) == kept


async def test_a_forged_entry_is_named_and_not_applied_and_a_mended_bus_goes_on(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(5))
    await wait_until(lambda: in_order(listener, 5))
    # A relay that runs mends its stream before anybody can ask.
    await speaker.relay.stop()

    await hall.bus.xadd(STREAM, {wire.FIELD: (await forged(speaker, 6))[1]}, id="6-0")

    await wait_until(lambda: named(listener, STREAM, "position 6", "/events"))
    assert await kept_by(listener) == 5
    await speaker.relay.start()
    await says(speaker, *societies(5, 5))
    await wait_until(lambda: in_order(listener, 10))


async def test_a_listener_that_begins_at_a_forged_entry_names_it_too(hall: Hall) -> None:
    speaker = await hall.speaker()
    await says(speaker, *societies(5))
    await wait_until(lambda: _copied(hall, 5))
    await speaker.relay.stop()
    await hall.bus.xadd(STREAM, {wire.FIELD: (await forged(speaker, 6))[1]}, id="6-0")

    listener = await hall.listener()

    await wait_until(lambda: named(listener, STREAM, "position 6"))
    await speaker.relay.start()
    await says(speaker, *societies(1, 5))
    await wait_until(lambda: in_order(listener, 6))


async def test_a_forged_page_of_a_log_is_named_and_not_applied_and_a_mended_log_goes_on(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(5))
    await wait_until(lambda: in_order(listener, 5))
    id_, document = await forged(speaker, 6)
    row = {"partition": 0, "type": "membership.member-admitted.v1", "subject": "A-40", "recorded": "2025-03-01"}
    async with speaker.db.writing() as conn:
        said = wire.unplaced(wire.decode(document))
        await conn.execute(tables.log.insert().values(id=id_, position=6, document=said, **row))
    await speaker.relay.stop()
    await hall.bus.delete(STREAM)
    await hall.bus.xadd(STREAM, {wire.FIELD: "damaged"}, id="6-0")

    await wait_until(lambda: named(listener, "partition 0", "position 6", "/events"))
    assert await kept_by(listener) == 5

    async with speaker.db.writing() as conn:
        await conn.execute(delete(tables.log).where(tables.log.c.id == id_))
    await speaker.relay.start()
    await says(speaker, *societies(5, 5))
    await wait_until(lambda: in_order(listener, 10))


async def test_what_only_an_administrator_can_forge_is_named_within_a_look(
    hall: Hall,
) -> None:
    """Source, type and chain are right: only the log can tell, and the relay asks it every second."""
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(5))
    await wait_until(lambda: in_order(listener, 5))
    _, document = await forged(speaker, 6)
    await hall.bus.xadd(STREAM, {wire.FIELD: document.replace("/events", "/membership")}, id="6-0")
    await says(speaker, *societies(5, 5))

    await wait_until(lambda: named(listener, "The history of membership"))


async def _copied(hall: Hall, many: int) -> bool:
    found: Any = await hall.bus.xlen(STREAM)
    return bool(found == many)

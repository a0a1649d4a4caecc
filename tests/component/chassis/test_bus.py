"""The promises of the bus, on a real Valkey, on SQLite and on PostgreSQL."""

from typing import Any

from waiting import wait_until

from chassis import bus, dead_letters

SOCIETIES = [f"A-{n:02d}" for n in range(1, 41)]


async def test_what_was_said_is_heard_once_and_in_order(pair: Any) -> None:
    for start in range(0, 40, 8):
        await pair.says(*SOCIETIES[start : start + 8])
    await wait_until(lambda: len(pair.ledger.subjects) >= 40)
    assert pair.ledger.subjects == SOCIETIES


async def test_a_flushed_bus_loses_nothing(pair: Any) -> None:
    await pair.says(*SOCIETIES[:10])
    await wait_until(lambda: len(pair.ledger.subjects) == 10)
    await pair.bus.flushall()
    await pair.says(*SOCIETIES[10:20])
    await wait_until(lambda: len(pair.ledger.subjects) >= 20)
    assert pair.ledger.subjects == SOCIETIES[:20]


async def test_trimmed_entries_are_fetched_from_the_speakers_log(pair: Any) -> None:
    await pair.says(*SOCIETIES[:3])
    await wait_until(lambda: len(pair.ledger.subjects) == 3)
    await pair.listener.listener.stop()
    await pair.says(*SOCIETIES[3:9])
    stream = bus.stream("membership", 0)
    await wait_until(lambda: _length(pair, stream, 9))
    await pair.bus.xtrim(stream, maxlen=2, approximate=False)
    await pair.listener.listener.start()
    await wait_until(lambda: len(pair.ledger.subjects) >= 9)
    assert pair.ledger.subjects == SOCIETIES[:9]


async def _length(pair: Any, stream: str, length: int) -> bool:
    return await pair.bus.xlen(stream) == length


async def test_an_event_that_cannot_be_applied_is_kept_and_the_rest_goes_on(pair: Any) -> None:
    pair.ledger.refused.add("A-03")
    await pair.says(*SOCIETIES[:5])
    await wait_until(lambda: len(pair.ledger.subjects) >= 4)
    async with pair.listener.db.reading() as conn:
        (letter,) = await dead_letters.listing(conn, after=None, limit=2)
        whole = await dead_letters.one(conn, letter.id)
    assert letter.subject == "A-03"
    assert "RuntimeError: cannot take A-03" in whole.traceback

    pair.ledger.refused.clear()
    async with pair.listener.db.writing() as conn:
        assert await dead_letters.ask_redrive(conn, None) == 1
    await wait_until(lambda: len(pair.ledger.subjects) >= 5)
    assert sorted(pair.ledger.subjects) == SOCIETIES[:5]
    async with pair.listener.db.reading() as conn:
        assert await dead_letters.count(conn) == 0

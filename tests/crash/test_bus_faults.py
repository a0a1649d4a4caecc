"""What may befall the bus: killed, cut short, emptied, stalled, trimmed, written to by strangers. Nothing is lost."""

import random
from contextlib import AsyncExitStack

import pytest
from bus_server import BusServer
from checker import kept_by, settle
from hall import Hall, says, societies
from waiting import wait_until

from chassis import bus

STREAM = bus.stream("membership", 0)


@pytest.mark.parametrize("left", ["all", "part", "nothing"])
async def test_a_bus_killed_loses_nothing_whatever_is_left_of_its_file(
    hall: Hall, bus_server: BusServer, chance: random.Random, left: str
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(40))
    await settle(hall, speaker, listener)
    bus_server.kill()
    await says(speaker, *societies(10, 40))
    if left == "part":
        bus_server.cut(chance.uniform(0.1, 0.9))
    if left == "nothing":
        bus_server.empty()
    bus_server.start()
    await says(speaker, *societies(10, 50))
    (await settle(hall, speaker, listener)).check()
    (await settle(hall, speaker, await hall.listener(name="newcomer"))).check()


@pytest.mark.parametrize("lease_seconds", [1.5, pytest.param(5.0, marks=pytest.mark.long)])
async def test_a_stalled_bus_delays_and_loses_nothing(hall: Hall, bus_server: BusServer, lease_seconds: float) -> None:
    speaker, listener = await hall.speaker(), await hall.listener(lease_seconds=lease_seconds)
    await says(speaker, *societies(5))
    await settle(hall, speaker, listener)
    assert listener.listener is not None
    (reading,) = listener.listener.readings.values()
    bus_server.stall()
    for begin in range(5, 25, 5):
        await says(speaker, *societies(5, begin))
    epoch = reading.seat.epoch
    clock = _ticks(listener, 2)
    await wait_until(clock, 60)
    bus_server.resume()
    (await settle(hall, speaker, listener, 60)).check()
    assert [one.seat.epoch for one in listener.listener.readings.values()] == [epoch], "the seat was lost meanwhile"


def _ticks(listener: object, leases: int) -> object:
    """True once the lease has been renewed over several of its lifetimes."""
    import time  # noqa: PLC0415

    end = time.monotonic() + leases * listener.listener._settings.lease_seconds  # type: ignore[attr-defined] # noqa: SLF001
    return lambda: time.monotonic() > end


async def test_a_block_of_entries_taken_out_of_the_middle_is_fetched_from_the_log(
    hall: Hall, chance: random.Random
) -> None:
    speaker = await hall.speaker()
    async with AsyncExitStack() as while_it_lives:
        listener = await hall.listener(while_it_lives, batch_size=5)
        await says(speaker, *societies(5))
        await settle(hall, speaker, listener)
    await says(speaker, *societies(40, 5))
    await wait_until(lambda: _length(hall, 45))
    begin = chance.randint(6, 25)
    await hall.bus.xdel(STREAM, *[f"{position}-0" for position in range(begin, begin + chance.randint(1, 20))])
    (await settle(hall, speaker, await hall.listener(batch_size=5))).check()


async def _length(hall: Hall, entries: int) -> bool:
    return bool(await hall.bus.xlen(STREAM) == entries)


async def test_what_was_trimmed_is_not_copied_again(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(10))
    await settle(hall, speaker, listener)
    await hall.bus.xtrim(STREAM, maxlen=0, approximate=False)
    before, looked = await hall.calls("xadd"), await hall.calls("xinfo|stream")
    await wait_until(lambda: _looked(hall, looked + 6))
    assert await hall.calls("xadd") == before
    await says(speaker, *societies(5, 10))
    (await settle(hall, speaker, listener)).check()
    assert await hall.bus.xlen(STREAM) == 5


async def _looked(hall: Hall, times: int) -> bool:
    return await hall.calls("xinfo|stream") > times


async def test_a_stranger_on_the_stream_is_not_heard_and_makes_nobody_deaf(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener(lease_seconds=30.0)
    await says(speaker, *societies(5))
    await settle(hall, speaker, listener)
    await hall.bus.xadd(STREAM, {"event": "{}"})
    await wait_until(lambda: _length(hall, 5))
    await says(speaker, *societies(5, 5))
    (await settle(hall, speaker, listener, 10)).check()


@pytest.mark.parametrize("damage", ["", "{", '"sequence":"x"', '"previousid":"elsewhere"'])
async def test_a_damaged_entry_is_fetched_from_the_log(hall: Hall, damage: str) -> None:
    speaker = await hall.speaker()
    async with AsyncExitStack() as while_it_lives:
        await settle(hall, speaker, await hall.listener(while_it_lives))
    await says(speaker, *societies(9))
    await wait_until(lambda: _length(hall, 9))
    entries = await hall.bus.xrange(STREAM)
    await hall.bus.delete(STREAM)
    for number, (id_, fields) in enumerate(entries):
        whole = fields[b"event"].decode()
        name = damage.partition(":")[0]
        broken = whole.rpartition(f",{name}")[0] + f",{damage}}}" if ":" in damage else damage
        await hall.bus.xadd(STREAM, {"event": broken if number == 4 else whole}, id=id_)
    listener = await hall.listener(lease_seconds=30.0)
    await wait_until(lambda: _all(listener, 9), 10)
    await hall.bus.delete(STREAM)
    (await settle(hall, speaker, listener)).check()


async def _all(listener: object, events: int) -> bool:
    return await kept_by(listener) == events  # type: ignore[arg-type]

"""The promises of the bus in fair weather and foul, one set for every bus and every database."""

import random
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from checker import kept_by, settle
from hall import Hall, says, societies
from sqlalchemy import update
from sqlalchemy.exc import InterfaceError
from waiting import wait_until

from chassis import bus, dead_letters
from chassis.house import House
from chassis.tables import leases

several = pytest.mark.parametrize("partitions", [1, 4])


@several
async def test_a_new_listener_hears_everything_from_the_first_position(hall: Hall) -> None:
    speaker = await hall.speaker()
    for begin in range(0, 60, 20):
        await says(speaker, *societies(20, begin))
    (await settle(hall, speaker, await hall.listener())).check()
    await says(speaker, *societies(5))
    (await settle(hall, speaker, await hall.listener(name="newcomer"))).check()


@several
async def test_a_listener_goes_on_where_it_was_after_a_restart(hall: Hall, chance: random.Random) -> None:
    speaker = await hall.speaker()
    for _ in range(3):
        async with AsyncExitStack() as while_it_lives:
            listener = await hall.listener(while_it_lives, batch_size=chance.randint(1, 20))
            await says(speaker, *societies(chance.randint(1, 40)))
            await wait_until(lambda: _heard_something(listener))  # noqa: B023 - waited for at once
        await says(speaker, *societies(chance.randint(1, 40)))
    (await settle(hall, speaker, await hall.listener())).check()


async def _heard_something(listener: House) -> bool:
    return await kept_by(listener) > 0


@several
async def test_two_relays_at_once_copy_each_event_once_and_in_order(hall: Hall, chance: random.Random) -> None:
    speaker, other = await hall.speaker(), await hall.relay()
    listener = await hall.listener()
    for _ in range(15):
        house = chance.choice([speaker, other])
        await says(house, *societies(chance.randint(1, 8)))
        speaker.relay.wake()
        other.relay.wake()
    seen = await settle(hall, speaker, listener)
    seen.check()
    assert seen.relayed == seen.appended


@several
async def test_two_listeners_share_the_partitions_and_who_is_left_takes_over_all(hall: Hall) -> None:
    speaker = await hall.speaker()
    # Longer than a machine under load may take to renew it: here it is given back.
    async with AsyncExitStack() as while_it_lives:
        first = await hall.listener(while_it_lives, lease_seconds=8.0)
        second = await hall.listener(lease_seconds=8.0)
        await wait_until(
            lambda: sorted(map(_held, (first, second))) == [hall.partitions // 2, -(-hall.partitions // 2)]
        )
        await says(speaker, *societies(30))
        (await settle(hall, speaker, second)).check()
        await says(speaker, *societies(30, 30))
    (await settle(hall, speaker, second)).check()
    await wait_until(lambda: _held(second) == hall.partitions)


def _held(house: House) -> int:
    assert house.listener is not None
    return len(house.listener.readings)


async def test_who_has_lost_the_lease_keeps_nothing(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener(lease_seconds=3.0)
    await says(speaker, *societies(3))
    await settle(hall, speaker, listener)
    async with listener.db.writing() as conn:
        await conn.execute(update(leases).values(holder="another", epoch=leases.c.epoch + 1))
    await says(speaker, *societies(5, 3))
    await wait_until(lambda: listener.listener is not None and not listener.listener.readings)
    assert await kept_by(listener) == 3
    (await settle(hall, speaker, listener)).check()


async def test_a_lease_taken_before_the_clock_was_set_back_is_not_waited_for(hall: Hall) -> None:
    speaker, name = await hall.speaker(), "hearer"
    async with AsyncExitStack() as while_it_lives:
        await settle(hall, speaker, await hall.listener(while_it_lives))
    from_before = House(name, await hall.settings(name), hall.clock)
    async with from_before.db.writing() as conn:
        await conn.execute(update(leases).values(holder="another", expires=leases.c.expires + 4e9))
    await from_before.db.close()
    await says(speaker, *societies(3))
    (await settle(hall, speaker, await hall.listener(), 5)).check()


@several
async def test_a_clock_that_is_set_back_changes_neither_order_nor_what_is_heard(
    hall: Hall, chance: random.Random
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    begin = 0
    for hours in (0, -30, 12, -2_000, chance.randint(-99, 99)):
        hall.clock.set(hall.clock.now() + timedelta(hours=hours))
        await says(speaker, *societies(20, begin))
        begin += 20
    (await settle(hall, speaker, listener)).check()
    (await settle(hall, speaker, await hall.listener(name="newcomer"))).check()


async def test_a_commit_whose_answer_is_lost_is_not_made_twice(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(3))
    await settle(hall, speaker, listener)
    writing, lost = listener.reserved.writing, []

    @asynccontextmanager
    async def writing_unheard() -> Any:
        async with writing() as conn:
            yield conn
            position = await conn.exec_driver_sql("SELECT position FROM positions")
            told = position.scalar_one() > 3 and not lost
        if told:
            lost.append(True)
            raise InterfaceError("COMMIT", None, Exception("connection is closed"))

    monkeypatch.setattr(listener.reserved, "writing", writing_unheard)
    await says(speaker, *societies(5, 3))
    await wait_until(lambda: bool(lost))
    await says(speaker, *societies(5, 8))
    (await settle(hall, speaker, listener)).check()


@pytest.mark.parametrize("burst", [60, pytest.param(1_000, marks=pytest.mark.long)])
async def test_a_burst_of_poison_is_buried_the_rest_goes_on_and_a_redrive_applies_all(hall: Hall, burst: int) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    hall.refused.add("B-01")
    mixed = ["B-01"] * burst
    mixed[burst // 2 : burst // 2] = societies(20)
    await says(speaker, *mixed, *societies(10))
    seen = await settle(hall, speaker, listener, 120)
    seen.check()
    assert len(seen.dead) == burst

    hall.refused.clear()
    standby = await hall.listener()
    async with standby.db.writing() as conn:
        assert await dead_letters.ask_redrive(conn, None) == burst
    await wait_until(lambda: _all_kept(listener, burst + 30), 120)
    seen = await settle(hall, speaker, listener)
    seen.check(in_order=False)
    assert not seen.dead


async def _all_kept(listener: House, events: int) -> bool:
    return await kept_by(listener) == events


async def test_a_transaction_that_commits_late_gets_a_later_position(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    if speaker.db.dialect == "sqlite":
        await says(speaker, "A-01")
    else:
        async with speaker.work() as late:
            late.say(_about("A-01"))
            await late.flush()
            late._said.clear()  # noqa: SLF001 - its row is written, and not committed
            await says(speaker, *societies(5, 1))
            await wait_until(lambda: _all_kept(listener, 5))
    (await settle(hall, speaker, listener)).check()


def _about(subject: str) -> Any:
    from hall import admission  # noqa: PLC0415

    return admission(subject)


@several
async def test_the_stream_is_a_whole_copy_of_the_log(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(50))
    seen = await settle(hall, speaker, listener)
    assert sum([await hall.bus.xlen(bus.stream("membership", partition)) for partition in seen.ends]) == 50
    assert seen.relayed == seen.appended

"""Instances in processes of their own: killed, at any named point, or stopped in the middle and woken too late."""

import asyncio
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from checker import history, kept_by, settle
from hall import Hall, says, societies
from processes import HouseProcess
from sqlalchemy import select
from waiting import wait_until

from chassis.house import House
from chassis.tables import leases

_TICK_SECONDS = 0.01


@pytest.fixture
def hearer(tmp_path: Path) -> Iterator[HouseProcess]:
    made = HouseProcess("hearer", tmp_path / "hearer.log")
    yield made
    made.end()


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[HouseProcess]:
    """A second instance of the speaker, which only relays."""
    made = HouseProcess("membership", tmp_path / "relay.log")
    yield made
    made.end()


class Stopwatch:
    """Time that this process was given: not that in which others had the processor, on a machine with much to do."""

    async def __aenter__(self) -> Self:
        self._begin, self._denied = time.monotonic(), 0.0
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._watching.cancel()
        self.seconds = time.monotonic() - self._begin - self._denied

    async def _watch(self) -> None:
        while True:
            begin = time.monotonic()
            await asyncio.sleep(_TICK_SECONDS)
            self._denied += time.monotonic() - begin - _TICK_SECONDS


async def epoch_of(house: House) -> int:
    async with house.db.reading() as conn:
        return await conn.scalar(select(leases.c.epoch)) or 0


async def test_a_standby_takes_over_within_five_seconds_of_a_kill(
    hall: Hall, hearer: HouseProcess, chance: random.Random
) -> None:
    speaker = await hall.speaker()
    standby = await hall.listener(lease_seconds=4.0, idle_seconds=1.0, started=False)
    await hearer.start(hall, lease_seconds=4.0, idle_seconds=1.0)
    await wait_until(lambda: _held(standby, 1), 60)
    await standby.start()
    hall.stack.push_async_callback(standby.stop)
    goal = chance.randint(1, 30)
    await says(speaker, *societies(40))
    await wait_until(lambda: _kept(standby, goal))
    async with Stopwatch() as watch:
        hearer.send(signal.SIGKILL)
        await says(speaker, *societies(20, 40))
        (await settle(hall, speaker, standby)).check()
    assert watch.seconds < 5


async def _held(house: House, epoch: int) -> bool:
    return await epoch_of(house) >= epoch


async def _kept(house: House, events: int) -> bool:
    return await kept_by(house) >= events


async def test_a_holder_that_was_stopped_keeps_nothing_when_it_wakes(
    hall: Hall, hearer: HouseProcess, chance: random.Random
) -> None:
    speaker = await hall.speaker()
    standby = await hall.listener(started=False)
    await hearer.start(hall, batch_size=2)
    await wait_until(lambda: _held(standby, 1), 60)
    await standby.start()
    hall.stack.push_async_callback(standby.stop)
    goal = chance.randint(1, 60)
    await says(speaker, *societies(100))
    await wait_until(lambda: _kept(standby, goal))
    hearer.send(signal.SIGSTOP)
    epoch = await epoch_of(standby)
    # Stopped inside a transaction, it keeps the seat with its locks until it goes on, or its database cuts it off.
    taken = await _taken_over(standby, epoch)
    await says(speaker, *societies(20, 100))
    if taken:
        await settle(hall, speaker, standby)
    hearer.send(signal.SIGCONT)
    await says(speaker, *societies(20, 120))
    (await settle(hall, speaker, standby)).check()


async def _taken_over(standby: House, epoch: int) -> bool:
    try:
        await wait_until(lambda: _held(standby, epoch + 1), 4)
    except AssertionError:
        return False
    return True


@pytest.mark.long
@pytest.mark.parametrize("partitions", [4])
async def test_a_listener_killed_at_a_named_point_has_kept_each_event_once_or_not_at_all(
    hall: Hall, hearer: HouseProcess, chance: random.Random
) -> None:
    point = chance.choice(["after-read", "before-commit", "after-commit"])
    speaker = await hall.speaker()
    standby = await hall.listener(started=False)
    await hearer.start(hall, f"{point}:{chance.randint(1, 8)}", batch_size=2)
    await says(speaker, *societies(100))
    await wait_until(lambda: hearer.killed, 60)
    await says(speaker, *societies(20, 100))
    await standby.start()
    hall.stack.push_async_callback(standby.stop)
    (await settle(hall, speaker, standby)).check()


@pytest.mark.long
@pytest.mark.parametrize("partitions", [4])
async def test_a_relay_killed_at_a_named_point_has_copied_each_event_once_or_not_at_all(
    hall: Hall, relay: HouseProcess, chance: random.Random
) -> None:
    point = chance.choice(["before-relay", "after-relay"])
    listener = await hall.listener()
    quiet = House("membership", await hall.settings("membership"), hall.clock)
    await relay.start(hall, f"{point}:{chance.randint(1, 12)}")
    begin = 0
    while not relay.killed:
        await says(quiet, *societies(5, begin))
        begin += 5
        await asyncio.sleep(0.02)
    await quiet.stop()
    speaker = await hall.speaker()
    seen = await settle(hall, speaker, listener)
    seen.check()
    await wait_until(lambda: _whole(hall, speaker, listener))


async def _whole(hall: Hall, speaker: House, listener: House) -> bool:
    seen = await history(hall, speaker, listener)
    return seen.relayed == seen.appended

"""Two instances of a listener through an outage of their database: each is asked, and each is well again soon."""

import asyncio
from typing import Any

import pytest
from checker import settle
from databases import Copies
from hall import Hall, says, societies
from servers import OwnPostgres
from waiting import wait_until

from chassis import lease
from chassis.house import House

_SOON_SECONDS = 30.0


@pytest.fixture
def make_database(own_postgres: OwnPostgres) -> Any:
    return Copies(own_postgres.url).copy


@pytest.fixture
def partitions() -> int:
    return 4


@pytest.fixture
async def instances(hall: Hall) -> tuple[House, House]:
    """Two that share the four partitions."""
    both = await hall.listener(), await hall.listener()
    await wait_until(lambda: [len(one.listener.readings) for one in both] == [2, 2])
    return both


async def troubles(*houses: House) -> list[str]:
    """What readiness has to say at each instance."""
    said = [await check() for house in houses for check in house.checks.values()]
    return [one.said("en") for one in said if one is not None]


async def well(*houses: House) -> bool:
    return not await troubles(*houses)


one_bus = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)


@pytest.mark.parametrize("seconds", [2.0, pytest.param(30.0, marks=pytest.mark.long)])
@pytest.mark.parametrize("mode", ["fast", "immediate"])
@one_bus
async def test_both_instances_are_well_soon_after_their_database_was_stopped(
    hall: Hall, instances: tuple[House, House], own_postgres: OwnPostgres, mode: str, seconds: float
) -> None:
    speaker = await hall.speaker()
    await says(speaker, *societies(20))
    await asyncio.to_thread(own_postgres.stop, mode)
    away = asyncio.get_running_loop().time()
    await wait_until(lambda: all(one.listener.trouble for one in instances))
    await wait_until(lambda: asyncio.get_running_loop().time() > away + seconds)
    await asyncio.to_thread(own_postgres.start)
    await wait_until(lambda: well(*instances), _SOON_SECONDS)
    await says(speaker, *societies(20, 20))
    (await settle(hall, speaker, instances[0])).check()


@one_bus
async def test_both_instances_are_well_soon_after_every_partition_was_taken_from_them(
    instances: tuple[House, House],
) -> None:
    """As a rebuild takes them."""
    db, seconds = instances[0].db, instances[0].settings.lease_seconds
    before = [reading for one in instances for reading in one.listener.readings.values()]
    taken = {}
    for partition in range(4):
        async with db.writing() as conn:
            taken[partition] = await lease.seize(conn, "hearer", partition, "a rebuild", seconds)
    await wait_until(lambda: all(reading.lost.is_set() for reading in before))
    for partition, epoch in taken.items():
        async with db.writing() as conn:
            await lease.release(conn, "hearer", partition, epoch)
    await wait_until(lambda: [len(one.listener.readings) for one in instances] == [2, 2], _SOON_SECONDS)
    await wait_until(lambda: well(*instances), _SOON_SECONDS)

"""What may befall one node of a cluster: lost, replaced, back with nothing, stalled. The other streams flow on."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from bus_cluster import BusCluster
from checker import settle
from hall import Hall, kept, says, societies
from sqlalchemy import func, select
from waiting import wait_until

from chassis import bus
from chassis.house import House
from chassis.log import partition_of


@pytest.fixture(params=[4])
def partitions(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def replicas() -> bool:
    return False


@pytest.fixture(params=["cluster"])
def bus_server(request: pytest.FixtureRequest, tmp_path: Path, replicas: bool) -> Iterator[BusCluster]:
    """A cluster of the test's own, whose primaries have replicas where the test says so."""
    cluster = BusCluster(tmp_path, replicas=replicas)
    cluster.start()
    yield cluster
    cluster.kill()


def stream_of(hall: Hall, subject: str) -> str:
    return bus.stream("membership", partition_of(subject, hall.partitions))


async def tell(speaker: House, chance: random.Random, events: int) -> None:
    """Goes on telling, a few at a time."""
    begin = 0
    while begin < events:
        count = chance.randint(1, 5)
        await says(speaker, *societies(count, begin))
        begin += count
        await asyncio.sleep(chance.uniform(0, 0.02))


async def has(listener: House, events: int, subjects: list[str]) -> bool:
    about = select(func.count()).select_from(kept).where(kept.c.subject.in_(subjects))
    async with listener.db.reading() as conn:
        return bool(await conn.scalar(about) == events)


async def started(listener: House, events: int) -> bool:
    async with listener.db.reading() as conn:
        return bool(await conn.scalar(select(func.count()).select_from(kept)) >= events)


@pytest.mark.parametrize("replicas", [True])
async def test_a_primary_killed_in_the_middle_of_a_run_is_replaced_and_nothing_is_lost(
    hall: Hall, bus_server: BusCluster, chance: random.Random
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    telling = asyncio.create_task(tell(speaker, chance, 300))
    goal = chance.randint(1, 100)
    await wait_until(lambda: started(listener, goal))
    lost = bus_server.primary_of(stream_of(hall, chance.choice(societies(40))))
    lost.kill()
    await telling
    (await settle(hall, speaker, listener)).check()
    lost.start()
    await says(speaker, *societies(40))
    (await settle(hall, speaker, await hall.listener(name="newcomer"))).check()
    (await settle(hall, speaker, listener)).check()


async def test_a_primary_that_comes_back_empty_is_filled_again(
    hall: Hall, bus_server: BusCluster, chance: random.Random
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(60))
    await settle(hall, speaker, listener)
    lost = bus_server.primary_of(stream_of(hall, chance.choice(societies(40))))
    lost.kill()
    await says(speaker, *societies(20))
    lost.empty()
    lost.start()
    await says(speaker, *societies(20))
    (await settle(hall, speaker, listener)).check()
    seen = await settle(hall, speaker, await hall.listener(name="newcomer"))
    seen.check()
    assert seen.relayed == seen.appended


@pytest.mark.parametrize("fate", ["kill", pytest.param("stall", marks=pytest.mark.long)])
async def test_a_primary_that_is_away_is_named_and_keeps_nobody_from_hearing_the_others(
    hall: Hall, bus_server: BusCluster, chance: random.Random, fate: str
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener(lease_seconds=5.0)
    await says(speaker, *societies(40))
    await settle(hall, speaker, listener)
    away = bus_server.primary_of(stream_of(hall, chance.choice(societies(40))))
    others = [one for one in societies(40) if bus_server.primary_of(stream_of(hall, one)) is not away]
    getattr(away, fate)()
    for times in range(2, 6):
        await says(speaker, *societies(40))
        await wait_until(lambda times=times: has(listener, times * len(others), others))  # type: ignore[misc]
    newcomer = await hall.listener(name="newcomer")
    await wait_until(lambda: has(newcomer, 5 * len(others), others))
    for partition in {partition_of(one, hall.partitions) for one in others}:
        assert not backfills(listener, partition), "what was on the bus was fetched from the log"
    for house, link in ((speaker, "relay"), (listener, "listener")):
        await wait_until(lambda house=house, link=link: _in_trouble(house, link))  # type: ignore[misc]
        assert await house.checks["bus"]() is None, "of a cluster, some node answers"
    if fate == "kill":
        away.start()
    else:
        away.resume()
    for one in (listener, newcomer):
        (await settle(hall, speaker, one)).check()
    for house, link in ((speaker, "relay"), (listener, "listener")):
        await wait_until(lambda house=house, link=link: _well(house, link))  # type: ignore[misc]


def backfills(listener: House, partition: int) -> float:
    labels = {"speaker": "membership", "partition": str(partition)}
    return listener.metrics.registry.get_sample_value("societas_gap_backfills_total", labels) or 0.0


async def _in_trouble(house: House, link: str) -> bool:
    return await house.checks[link]() is not None


async def _well(house: House, link: str) -> bool:
    return await house.checks[link]() is None


@pytest.mark.long
async def test_a_stream_that_moves_to_another_node_is_read_and_written_there(
    hall: Hall, bus_server: BusCluster, chance: random.Random
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    telling = asyncio.create_task(tell(speaker, chance, 300))
    stream = stream_of(hall, "A-01")
    for goal in (20, 80, 140, 200):
        await wait_until(lambda goal=goal: started(listener, goal))  # type: ignore[misc]
        home = bus_server.primary_of(stream)
        bus_server.move(stream, chance.choice([node for node in bus_server.nodes if node is not home]))
    await telling
    (await settle(hall, speaker, listener)).check()
    seen = await settle(hall, speaker, await hall.listener(name="newcomer"))
    seen.check()
    assert seen.relayed == seen.appended


@pytest.mark.long
async def test_a_cluster_that_is_away_altogether_is_named(hall: Hall, bus_server: BusCluster) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(40))
    await settle(hall, speaker, listener)
    bus_server.kill()
    for house, link in ((speaker, "bus"), (speaker, "relay"), (listener, "bus"), (listener, "listener")):
        await wait_until(lambda house=house, link=link: _in_trouble(house, link))  # type: ignore[misc]
    await says(speaker, *societies(40))
    bus_server.start()
    (await settle(hall, speaker, listener)).check()

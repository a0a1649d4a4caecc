"""What is older than the bus keeps leaves it, is copied no second time, and is heard all the same."""

from datetime import timedelta

import pytest
from checker import settle
from hall import Hall, says, societies
from waiting import wait_until

from chassis import bus
from chassis.house import House

# The server lets go of whole blocks of entries only.
BLOCK = 100


async def entries(hall: Hall) -> int:
    return sum([await hall.bus.xlen(bus.stream("membership", partition)) for partition in range(hall.partitions)])


async def at_most(hall: Hall, most: int) -> bool:
    return await entries(hall) <= most


def trimmed(house: House) -> float:
    return sum(
        sample.value
        for metric in house.metrics.registry.collect()
        for sample in metric.samples
        if sample.name == "societas_stream_trimmed_total"
    )


async def accounted(hall: Hall, house: House, appended: int) -> bool:
    """Whether what was trimmed and what is left are all there was."""
    return trimmed(house) + await entries(hall) == appended


async def looked(hall: Hall, times: int) -> bool:
    return await hall.calls("xinfo|stream") > times


@pytest.mark.parametrize("partitions", [1, 4])
async def test_what_is_older_than_the_bus_keeps_leaves_it_and_is_heard_all_the_same(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(3 * BLOCK * hall.partitions))
    await settle(hall, speaker, listener)
    hall.clock.set(hall.clock.now() + timedelta(days=8))
    await says(speaker, *societies(5))
    await settle(hall, speaker, listener)

    trimming = await hall.relay()
    await wait_until(lambda: at_most(hall, 5 + BLOCK * hall.partitions))
    seen = await settle(hall, speaker, listener)
    seen.check()
    assert len(seen.relayed) >= 5
    await wait_until(lambda: accounted(hall, trimming, len(seen.appended)))

    (await settle(hall, speaker, await hall.listener(name="newcomer"))).check()
    await says(speaker, *societies(5))
    after = await settle(hall, speaker, listener)
    after.check()
    # Of several partitions, one may be trimmed later than others were looked at.
    assert len(after.relayed.keys() - seen.relayed.keys()) == 5, "what was taken off was copied again"


async def test_the_last_entry_stays_however_old_it_is(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(2 * BLOCK))
    await settle(hall, speaker, listener)
    hall.clock.set(hall.clock.now() + timedelta(days=800))
    await hall.relay()
    await wait_until(lambda: at_most(hall, BLOCK))
    seen = await settle(hall, speaker, listener)
    assert (0, 2 * BLOCK) in seen.relayed
    seen.check()


@pytest.mark.parametrize(("days", "steps"), [(0.0, 800), (7.0, 6), (7.0, -30)], ids=["for-ever", "young", "set-back"])
async def test_nothing_leaves_the_bus_before_its_time(hall: Hall, days: float, steps: int) -> None:
    speaker, listener = await hall.speaker(stream_days=days), await hall.listener()
    await says(speaker, *societies(2 * BLOCK))
    hall.clock.set(hall.clock.now() + timedelta(days=steps))
    await says(speaker, *societies(2 * BLOCK))
    await settle(hall, speaker, listener)
    # A relay looks at the stream before it trims it, and goes on looking afterwards.
    before = await hall.calls("xinfo|stream")
    await hall.relay(stream_days=days)
    await wait_until(lambda: looked(hall, before + 12))
    assert await entries(hall) == 4 * BLOCK
    (await settle(hall, speaker, listener)).check()


@pytest.mark.long
@pytest.mark.parametrize("make_database", ["sqlite"], indirect=True)
async def test_more_than_the_server_lets_go_of_at_once_leaves_it(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    for _ in range(3):
        await says(speaker, *societies(3_700))
    await settle(hall, speaker, listener, 120)
    hall.clock.set(hall.clock.now() + timedelta(days=8))
    await hall.relay()
    await wait_until(lambda: at_most(hall, BLOCK))
    await says(speaker, *societies(5))
    (await settle(hall, speaker, listener)).check()

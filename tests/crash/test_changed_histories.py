"""A speaker restored from an older backup: every listener notices, says so, and applies nothing more of it."""

from contextlib import AsyncExitStack
from typing import Any

import pytest
from checker import kept_by, settle
from hall import Hall, says, societies
from sqlalchemy import delete
from waiting import wait_until

from chassis.house import House
from chassis.tables import log


async def restore(hall: Hall, upto: int, then: int) -> House:
    """The speaker again, as it was at a position, with a life of its own since."""
    house = House("membership", await hall.settings("membership"), hall.clock)
    async with house.db.writing() as conn:
        await conn.execute(delete(log).where(log.c.position > upto))
    await house.db.close()
    speaker = await hall.speaker()
    if then:
        await says(speaker, *societies(then, 100))
    return speaker


async def names_it(listener: House) -> bool:
    trouble = await listener.checks["listener"]()
    metric = listener.metrics.registry.get_sample_value(
        "societas_diverged", {"speaker": "membership", "partition": "0"}
    )
    return trouble is not None and "membership" in trouble.said("en") and metric == 1


@pytest.mark.parametrize("then", [0, 3, 6, 20], ids=["behind", "still-behind", "as-far", "beyond"])
async def test_a_speaker_restored_from_an_older_copy_is_noticed_and_not_applied(hall: Hall, then: int) -> None:
    async with AsyncExitStack() as before:
        speaker = await hall.speaker(before)
        listener, newer = await hall.listener(), await hall.listener(name="newer")
        await says(speaker, *societies(20))
        for one in (listener, newer):
            await settle(hall, speaker, one)
    speaker = await restore(hall, 14, then)
    for one in (listener, newer):
        await wait_until(lambda one=one: names_it(one))  # type: ignore[misc]
    await says(speaker, *societies(10, 200))
    await wait_until(lambda: _copied(hall, 24 + then))
    assert await names_it(listener)
    assert await kept_by(listener) == 20


async def _copied(hall: Hall, position: int) -> bool:
    end: Any = await hall.bus.xinfo_stream("societas.{membership.0}")
    return bool(int(end["last-generated-id"].split(b"-")[0]) == position)


async def test_a_listener_that_was_away_meanwhile_notices_when_it_comes_back(hall: Hall) -> None:
    async with AsyncExitStack() as before:
        speaker = await hall.speaker(before)
        listener = await hall.listener(before)
        await says(speaker, *societies(20))
        await settle(hall, speaker, listener)
    await restore(hall, 14, 20)
    listener = await hall.listener()
    await wait_until(lambda: names_it(listener))
    assert await kept_by(listener) == 20

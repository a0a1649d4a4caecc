"""A speaker restored from an older backup: every listener notices, says so, and applies nothing more of it."""

from contextlib import AsyncExitStack
from typing import Any

import pytest
from checker import kept_by, settle
from hall import Hall, says, societies
from restoring import Backup
from waiting import wait_until

from chassis import bus
from chassis.house import House


async def lives(hall: Hall, *listeners: House, then: int) -> None:
    """A speaker says fourteen events, is backed up, says more that its listeners hear, and is put back as it was."""
    async with AsyncExitStack() as at_first:
        await says(await hall.speaker(at_first), *societies(14))
    backup = Backup(hall.databases["membership"])
    await backup.take()
    async with AsyncExitStack() as afterwards:
        speaker = await hall.speaker(afterwards)
        await says(speaker, *societies(then, 14))
        for one in listeners:
            await settle(hall, speaker, one)
    await backup.put_back()


async def names_it(listener: House) -> bool:
    trouble = await listener.checks["listener"]()
    metric = listener.metrics.registry.get_sample_value(
        "societas_diverged", {"speaker": "membership", "partition": "0"}
    )
    return trouble is not None and "membership" in trouble.said("en") and metric == 1


@pytest.mark.parametrize("then", [0, 3, 6, 20], ids=["behind", "still-behind", "as-far", "beyond"])
async def test_a_speaker_restored_from_an_older_backup_is_noticed_and_not_applied(hall: Hall, then: int) -> None:
    listener, newer = await hall.listener(), await hall.listener(name="newer")
    await lives(hall, listener, newer, then=6)
    speaker = await hall.speaker()
    await says(speaker, *societies(then, 100))
    for one in (listener, newer):
        await wait_until(lambda one=one: names_it(one))  # type: ignore[misc]
    await says(speaker, *societies(10, 200))
    await wait_until(lambda: _copied(hall, 24 + then))
    assert await names_it(listener)
    assert await kept_by(listener) == 20


async def _copied(hall: Hall, position: int) -> bool:
    end: Any = await hall.bus.xinfo_stream(bus.stream("membership", 0))
    return bool(bus.position_of(end["last-generated-id"]) == position)


async def test_a_listener_that_was_away_meanwhile_notices_when_it_comes_back(hall: Hall) -> None:
    async with AsyncExitStack() as before:
        await lives(hall, await hall.listener(before), then=6)
    speaker = await hall.speaker()
    await says(speaker, *societies(20, 100))
    listener = await hall.listener()
    await wait_until(lambda: names_it(listener))
    assert await kept_by(listener) == 20

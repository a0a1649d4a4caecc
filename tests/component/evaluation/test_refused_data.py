"""An event whose data its own class refuses is a dead letter: nothing is rated by it, and nobody waits behind it."""

from collections.abc import Sequence
from typing import Annotated, Any

import pytest
import redis.asyncio
from fastapi import FastAPI
from pydantic import Field
from sqlalchemy import Row, select
from waiting import wait_until

from chassis import bus, data_check, dead_letters, tables
from chassis.ids import new_id
from chassis.log import partition_of
from contracts.calendar import midnight
from contracts.catalogue import CATALOGUE
from contracts.membership import MeetingHeld
from contracts.vocabulary import MeetingOrgan
from services.evaluation import store, verification
from services.evaluation.handlers import LiveRatings
from tests.component.evaluation import test_instances
from tests.component.evaluation.test_instances import CODES, ON, PARTITIONS, Evaluation, meeting, ranked, registered

evaluation = test_instances.evaluation
FIRST_OF_EACH = [next(code for code in CODES if partition_of(code, PARTITIONS) == one) for one in range(PARTITIONS)]


def malformed(code: str) -> MeetingHeld:
    """A meeting of a day that no calendar has, with a person's name where a number belongs."""
    data = {"meeting": new_id(), "organ": MeetingOrgan.COUNCIL, "entitled": "王小明", "present": 25}
    return MeetingHeld.model_construct(subject=code, happened_at=midnight(ON), held_on="2025-02-30", **data)


async def buried(app: FastAPI) -> Sequence[Row[Any]]:
    async with app.state.service.db.reading() as conn:
        return (await conn.execute(select(tables.dead_letters))).all()


async def kept(app: FastAPI, code: str) -> int:
    async with app.state.service.db.reading() as conn:
        return len(await store.facts_about(conn, code, MeetingHeld))


async def verdict(app: FastAPI) -> verification.Verdict:
    return await verification.verify(app.state.service, app.state.following, ranked(app))


@pytest.mark.parametrize("way", ["stream", "back-fill"])
async def test_it_is_buried_with_its_fields_and_its_followers_are_applied(
    evaluation: Evaluation, redis_url: str, way: str
) -> None:
    if way == "stream":
        await evaluation.opened()
    for tell in (registered, malformed, meeting):
        await evaluation.says(*map(tell, FIRST_OF_EACH))
    if way == "back-fill":
        async with redis.asyncio.Redis.from_url(redis_url) as client:
            streams = [bus.stream("membership", one) for one in range(PARTITIONS)]
            for stream in streams:
                await wait_until(lambda: _holds(client, stream, 3))  # noqa: B023 - waited for at once
                await client.xtrim(stream, maxlen=0, approximate=False)
        await evaluation.opened()
    (app,) = evaluation.instances

    for code in FIRST_OF_EACH:
        await wait_until(lambda: _many(app, code, 1))  # noqa: B023 - waited for at once

    letters = await buried(app)
    assert sorted((one.subject, one.position, one.attempts) for one in letters) == [
        (code, 2, 1) for code in sorted(FIRST_OF_EACH)
    ]
    for one in letters:
        assert all(field in one.faults for field in ('"entitled"', '"held_on"'))
        assert "王小明" not in f"{one.error}{one.faults}{one.traceback}"
    await wait_until(lambda: _equal(app))
    assert (await verdict(app)).refused == [f"membership/{one} 2: {MeetingHeld.type}" for one in range(PARTITIONS)]


async def test_it_is_applied_when_it_is_tried_again_under_a_class_that_takes_it(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Older(MeetingHeld):
        entitled: Annotated[int, Field(le=10)]

    app = await evaluation.opened()
    with monkeypatch.context() as older_release:
        older_release.setitem(CATALOGUE, MeetingHeld.type, Older)
        data_check._parts.cache_clear()  # noqa: SLF001 - as a new process finds it
        await evaluation.says(registered("A-01"), meeting("A-01"))
        await wait_until(lambda: _dead(app, 1))
    data_check._parts.cache_clear()  # noqa: SLF001 - as a new process finds it

    async with app.state.service.db.writing() as conn:
        assert await dead_letters.ask_redrive(conn, None) == 1

    await wait_until(lambda: _many(app, "A-01", 1))
    await wait_until(lambda: _dead(app, 0))
    await wait_until(lambda: _equal(app))


async def test_a_rebuild_buries_what_an_older_release_kept(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = await evaluation.opened()
    with monkeypatch.context() as older_release:
        older_release.setattr(LiveRatings, "refused", lambda *_: [])
        await evaluation.says(registered("A-01"), malformed("A-01"), meeting("A-01"))
        await wait_until(lambda: _many(app, "A-01", 2))
    assert len((await verdict(app)).refused) == 1

    await app.state.service.rebuilding.rebuild()

    await wait_until(lambda: _dead(app, 1))
    await wait_until(lambda: _many(app, "A-01", 1))
    await wait_until(lambda: _equal(app))


async def _many(app: FastAPI, code: str, meetings: int) -> bool:
    return await kept(app, code) == meetings


async def _equal(app: FastAPI) -> bool:
    """Whether a replay says the same; not so for a moment when an event is on its way."""
    return (await verdict(app)).equal


async def _dead(app: FastAPI, many: int) -> bool:
    return len(await buried(app)) == many


async def _holds(client: redis.asyncio.Redis, stream: str, many: int) -> bool:
    return bool(await client.xlen(stream) == many)

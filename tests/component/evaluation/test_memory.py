"""The board in memory is what the database has: after a rebuild that nobody watched, for viewers, after a failure."""

import asyncio
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import delete
from waiting import wait_until

from chassis import lease
from chassis.hearing import Ear, Partition
from chassis.ids import new_id
from chassis.wire import Heard
from contracts.calendar import instant, midnight
from contracts.evaluation import DayTurned
from contracts.membership import SocietyRegistered
from services.evaluation.handlers import LiveRatings
from services.evaluation.store.tables import facts


async def _keep(app: FastAPI, *kept: tuple[str, str, str], beyond: int) -> None:
    """Facts of these types, subjects and data stand in the place of whatever was kept beyond an ordinal."""
    time = instant(midnight(date(2020, 1, 1)))
    async with app.state.service.db.writing() as conn:
        await conn.execute(delete(facts).where(facts.c.ordinal > beyond))
        for ordinal, (type_, subject, data) in enumerate(kept, beyond + 1):
            place = {"partition": 0, "ordinal": ordinal, "id": new_id(), "time": time, "recorded": time}
            await conn.execute(facts.insert().values(**place, type=type_, subject=subject, data=data))


async def _exchange(app: FastAPI, societies: list[str]) -> None:
    """What a rebuild and new events leave behind: other societies in the place of those registered after the first."""
    await _keep(app, *[(SocietyRegistered.type, society, "{}") for society in societies], beyond=1)


async def _turn(app: FastAPI) -> None:
    await _keep(app, (DayTurned.type, "calendar", '{"day": "2020-02-01"}'), beyond=1)


def _registration(society: str) -> Heard:
    time = instant(midnight(date(2020, 1, 1)))
    return Heard(
        id=new_id(), source="/membership", type=SocietyRegistered.type, subject=society, time=time,
        recordedtime=time, data={}, correlationid="", traceparent="", specversion="1.0",
    )  # fmt: skip


@pytest.mark.parametrize("after", [[], ["C-01"], ["C-01", "C-02"], ["C-01", "C-02", "C-03"]])
async def test_facts_in_the_place_of_others_are_read_however_many_they_are(app: FastAPI, after: list[str]) -> None:
    standby = LiveRatings()
    await _exchange(app, ["B-01", "B-02"])
    async with app.state.service.db.reading() as look:
        await standby.take_up(look, 0)
    before, edition = sorted(standby.board.societies), standby.board.edition

    await _exchange(app, after)
    async with app.state.service.db.reading() as look:
        await standby.take_up(look, 0)

    assert before == ["A-18", "B-01", "B-02"]
    assert sorted(standby.board.societies) == ["A-18", *after]
    assert standby.board.edition != edition


async def test_a_partition_whose_lease_is_only_asked_for_is_followed(app: FastAPI) -> None:
    listener = app.state.service.listener
    async with app.state.service.db.writing() as conn:
        # Not committed yet: whoever asks for the lease waits.
        await lease.acquire(conn, "evaluation", 0, "another instance", 60.0)
        await listener.start()
        await wait_until(lambda: bool(listener.holds(0)))
        await app.state.following.catch_up()

        assert list(app.state.board.societies) == ["A-18"]


async def test_what_was_only_added_is_followed_without_reading_the_rest_again(app: FastAPI) -> None:
    standby, read_whole = LiveRatings(), []
    standby.on_seat = lambda: read_whole.append(True)
    async with app.state.service.db.reading() as look:
        await standby.take_up(look, 0)

    await _exchange(app, ["B-01"])
    async with app.state.service.db.reading() as look:
        await standby.take_up(look, 0)

    assert sorted(standby.board.societies) == ["A-18", "B-01"]
    assert read_whole == [True]


async def test_viewers_are_told_of_a_board_that_was_read_whole(app: FastAPI) -> None:
    audience = app.state.audience
    await _turn(app)
    await audience.start()
    viewer = audience.watch(None)
    snapshot = await anext(viewer)

    async with app.state.following.level():
        pass

    async with asyncio.timeout(20):
        change = await anext(viewer)
    await audience.stop()
    assert (b"A-18" in snapshot, b"A-18" in change) == (False, True)


async def test_what_failed_is_taken_back_and_told_though_nothing_more_is_heard(app: FastAPI) -> None:
    ear: Ear = app.state.service.listener.ear
    board, part = app.state.board, Partition()
    await _turn(app)
    async with app.state.following.level():
        pass
    app.state.audience.refresh()
    before, edition = board.rows(), board.edition

    async def fail() -> None:
        async with app.state.service.work() as work:
            await ear.apply([_registration("B-01")], work)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await fail()
    assert {"A-18", "B-01"} <= set(board.societies)
    assert ear.unsettled(part)

    async with app.state.service.work() as work:
        await ear.settle(work, part)
    app.state.audience.refresh()
    assert not ear.unsettled(part)
    assert [row["society"] for row in before] == ["A-18"]
    assert (board.rows(), board.edition == edition) == (before, False)

"""Every connection in use, every place in the queue taken: the listener applies, keeps its lease, the board answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from checker import settle
from fastapi import FastAPI
from hall import Hall, says, societies
from pools import used_up
from ports import free_port
from serving import served
from waiting import wait_until

from chassis.house import House
from contracts.calendar import midnight
from contracts.membership import SocietyRegistered
from contracts.vocabulary import Discipline
from services.evaluation.app import build
from services.membership.identifiers import completed

pytestmark = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)
ClientFor = Callable[..., httpx2.AsyncClient]


def seat_of(house: House) -> Any:
    assert house.listener is not None
    return house.listener.readings[0].seat


async def test_a_listener_whose_requests_use_up_every_connection_applies_and_keeps_its_lease(hall: Hall) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(5))
    await settle(hall, speaker, listener)
    before = seat_of(listener)

    async with used_up(listener.db):
        for begin in range(5, 105, 10):
            await says(speaker, *societies(10, begin))
        await wait_until(lambda: before.place("membership").position == 105, 20)
        assert await listener.checks["listener"]() is None
        assert seat_of(listener) is before

    (await settle(hall, speaker, listener)).check()
    assert seat_of(listener) is before


@asynccontextmanager
async def evaluation(hall: Hall) -> AsyncIterator[FastAPI]:
    """Evaluation at work, of which three may wait for an answer about the past."""
    port = free_port()
    others = dict.fromkeys(("membership", "events", "federation"), f"http://127.0.0.1:{hall.speaker_port}")
    settings = await hall.settings("evaluation", folds_waiting=3)
    settings = settings.model_copy(update={"peers": others | {"evaluation": f"http://127.0.0.1:{port}"}})
    app = build(settings, hall.clock)
    async with served(app, port):
        await wait_until(lambda: bool(app.state.service.listener.readings))
        yield app


async def register(speaker: House, number: int) -> str:
    async with speaker.work() as work:
        code = f"A-{number:02d}"
        on = work.today()
        registered = SocietyRegistered(
            subject=code,
            happened_at=midnight(on),
            credit_code=completed(f"5142000000009{number:02d}0"),
            name=code,
            discipline=Discipline.SCIENCE,
            registered_on=on,
        )
        work.say(registered)
    return code


async def shows(visitor: httpx2.AsyncClient, code: str) -> bool:
    answer = await visitor.get("/ratings")
    assert answer.status_code == 200, answer.text
    return any(row["society"] == code for row in answer.json()["ratings"])


async def test_a_full_queue_and_a_pool_that_is_used_up_keep_the_board_from_nobody(
    hall: Hall, client_for: ClientFor
) -> None:
    speaker = await hall.speaker()
    async with evaluation(hall) as app:
        visitor, before = client_for(app), seat_of(app.state.service)
        past = app.state.past
        async with past.turns.turn():
            asked = [
                asyncio.create_task(visitor.get("/ratings", params={"known_at": f"2025-06-01T00:00:00.{n:06}Z"}))
                for n in range(20)
            ]
            await wait_until(lambda: sum(one.done() for one in asked) == len(asked) - 3)
            async with used_up(app.state.service.db):
                for number in range(1, 11):
                    code = await register(speaker, number)
                    await wait_until(lambda code=code: shows(visitor, code), 20)
                assert (await visitor.get("/readyz")).status_code == 200
                assert seat_of(app.state.service) is before
        answers = [one.status_code for one in await asyncio.gather(*asked)]
        assert sorted(answers) == [200] * 3 + [503] * 17
        assert seat_of(app.state.service) is before

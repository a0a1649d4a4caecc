"""What may befall the database: restarted under way, a writer cancelled in the middle of many rows."""

import asyncio
import random
from pathlib import Path
from typing import Any

import httpx2
import pytest
from checker import settle
from clerking import admit, kept_and_said, register
from databases import Copies
from fastapi import FastAPI
from hall import Hall, kept, says, societies
from servers import OwnPostgres
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from waiting import wait_until

from chassis.database import Database, unavailable
from chassis.house import House

_MANY = 200_000


@pytest.fixture
def make_database(own_postgres: OwnPostgres) -> Any:
    return Copies(own_postgres.url).copy


one_bus = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)
any_bus = pytest.mark.parametrize(
    "bus_server",
    ["valkey", *(pytest.param(other, marks=pytest.mark.long) for other in ("redis", "cluster"))],
    indirect=True,
)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
@any_bus
async def test_a_database_restarted_while_events_flow_loses_nothing(
    hall: Hall, own_postgres: OwnPostgres, chance: random.Random, mode: str
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener(batch_size=3)
    telling = asyncio.create_task(_tells(speaker, chance))
    for _ in range(2):
        await wait_until(lambda: speaker.relay.trouble is None)
        await asyncio.to_thread(own_postgres.restart, mode)
    await telling
    (await settle(hall, speaker, listener, 60)).check()


@one_bus
async def test_a_caller_under_whom_the_database_restarts_is_told_to_try_again(
    hall: Hall, membership: FastAPI, clerk: httpx2.AsyncClient, own_postgres: OwnPostgres
) -> None:
    await register(clerk)
    restarting = asyncio.create_task(asyncio.to_thread(own_postgres.restart, "immediate"))
    answered, refused = 0, set()
    while answered < 40 or not restarting.done():
        answer = await admit(clerk, answered)
        if answer.status_code == 201:
            answered += 1
        else:
            refused.add((answer.status_code, answer.json()["type"]))
    await restarting
    assert refused <= {(503, "urn:societas:problem:store-unavailable")}, refused
    assert await kept_and_said(membership.state.service) == (answered, answered)


async def _tells(speaker: House, chance: random.Random) -> None:
    """Goes on telling as a client would: what was refused is said again."""
    begin = 0
    while begin < 300:
        count = chance.randint(1, 4)
        try:
            await says(speaker, *societies(count, begin))
        except Exception as error:
            if not unavailable(error):
                raise
            await asyncio.sleep(0.05)
        else:
            begin += count


async def test_a_writer_cancelled_in_the_middle_of_many_rows_leaves_none(tmp_path: Path) -> None:
    db = Database(f"sqlite+aiosqlite:///{tmp_path / 'many.db'}")
    async with db.writing() as conn:
        await conn.run_sync(kept.metadata.create_all)

    async def write() -> None:
        async with db.writing() as conn:
            await conn.execute(kept.insert(), [{"event": "e", "subject": "s"}] * _MANY)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with db.reading() as conn:
        assert await conn.scalar(select(func.count()).select_from(kept)) == 0
    await db.close()


async def test_a_wrong_statement_is_the_events_fault_and_a_locked_file_is_not(tmp_path: Path) -> None:
    db = Database(f"sqlite+aiosqlite:///{tmp_path / 'wrong.db'}")
    with pytest.raises(DBAPIError) as wrong:
        async with db.reading() as conn:
            await conn.exec_driver_sql("SELECT nothing FROM nowhere")
    assert not unavailable(wrong.value)
    assert unavailable(ConnectionRefusedError())
    await db.close()

"""What a service may expect of its database, whichever it is."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from chassis import database, log
from chassis.database import Database
from chassis.ids import new_id
from chassis.tables import log as table

only_on_a_server = pytest.mark.parametrize("make_database", ["postgresql"], indirect=True)


@pytest.fixture
async def db(make_database: Any) -> AsyncIterator[Database]:
    url = await make_database("membership")
    made = Database(url)
    yield made
    await made.close()


async def say(db: Database, partition: int = 0) -> None:
    async with db.writing() as conn:
        await log.append(conn, [log.Said(new_id(), partition, "t", "A-01", "2025-06-01T00:00:00.000000Z", "{}")])


async def test_who_reads_sees_one_state_to_the_end(db: Database) -> None:
    count = select(func.count()).select_from(table)
    async with db.reading() as conn:
        before = await conn.scalar(count)
        await say(db)
        assert await conn.scalar(count) == before
    async with db.reading() as conn:
        assert await conn.scalar(count) == before + 1


@only_on_a_server
async def test_a_server_that_hangs_up_while_a_connection_is_made_ready_cannot_be_reached(db: Database) -> None:
    def hang_up(connection: Any, _: object) -> None:
        connection.driver_connection.terminate()

    event.listen(db.engine.sync_engine, "connect", hang_up, insert=True)
    with pytest.raises(ConnectionError, match=r"the database cannot be reached: .*connection is closed"):
        async with db.reading():
            pass
    event.remove(db.engine.sync_engine, "connect", hang_up)
    async with db.reading() as conn:
        assert await conn.scalar(text("SELECT 1")) == 1


@only_on_a_server
@pytest.mark.parametrize("rested", [0.0, 60.0])
async def test_a_connection_that_the_server_has_closed_is_made_anew(
    db: Database, monkeypatch: pytest.MonkeyPatch, rested: float
) -> None:
    monkeypatch.setattr(database, "_RESTED_SECONDS", rested)
    async with db.reading() as conn, db.reading() as other:
        await other.execute(text("SELECT 1"))
        await conn.execute(text("SELECT 1"))
    async with db.writing() as conn:
        gone = text(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert await conn.scalar(gone) >= 1
    for _ in range(2):
        async with db.reading() as conn, db.reading() as other:
            assert await other.scalar(text("SELECT 1")) == 1
            assert await conn.scalar(text("SELECT 1")) == 1


async def test_whoever_numbers_positions_go_on_from_the_last_in_each_partition(db: Database) -> None:
    async def speak_and_number() -> None:
        for turn in range(10):
            await say(db, turn % 3)
            async with db.writing() as conn:
                await log.number(conn)

    await asyncio.gather(*(speak_and_number() for _ in range(4)))
    async with db.reading() as conn:
        rows = await conn.execute(select(table.c.partition, table.c.position))
        placed: dict[int, list[int]] = {}
        for partition, position in rows:
            placed.setdefault(partition, []).append(position)
    assert {partition: sorted(found) for partition, found in placed.items()} == {
        0: list(range(1, 17)),
        1: list(range(1, 13)),
        2: list(range(1, 13)),
    }


@only_on_a_server
async def test_of_many_rows_that_wait_some_are_numbered_at_a_time(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_AT_ONCE", 4)
    for turn in range(6):
        await say(db, turn % 2)
    async with db.writing() as conn:
        assert await log.number(conn) == ({0: 2, 1: 2}, True)
    async with db.writing() as conn:
        assert await log.number(conn) == ({0: 3, 1: 3}, False)

"""A SQLite file that somebody else has locked, or rewrites: it is waited for, and nothing is lost."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from checker import settle
from databases import Files
from hall import Hall, says, societies
from waiting import wait_until

from chassis.database import unavailable
from chassis.house import House

pytestmark = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)


@pytest.fixture
def make_database(files: Files, tmp_path: Path) -> Any:
    return lambda name: files.copy(name, tmp_path / f"{name}.db")


@pytest.fixture(params=["membership", "hearer"])
def locked(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stranger(locked: str, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else's connection to the speaker's file, or to its listener's."""
    file = tmp_path / f"{locked}.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as connection:
        yield connection


@dataclass
class Telling:
    """A client that goes on telling: what was refused it says again."""

    speaker: House
    enough: bool = False
    refused: int = 0
    since: float = 0.0

    async def go_on(self) -> None:
        while not self.enough:
            self.since = time.monotonic()
            try:
                await says(self.speaker, *societies(5))
            except Exception as error:
                if not unavailable(error):
                    raise
                self.refused += 1
            await asyncio.sleep(0.01)

    def waits(self, seconds: float) -> bool:
        """Whether it has been waiting for an answer for so long."""
        return time.monotonic() - self.since > seconds


def lapsed(listener: House) -> bool:
    """Whether the lease may have run out, since it could not be renewed."""
    assert listener.listener is not None
    return not any(reading.held for reading in listener.listener.readings.values())


async def well(house: House, link: str) -> bool:
    return await house.checks[link]() is None


@pytest.mark.parametrize("in_vain", [False, pytest.param(True, marks=pytest.mark.long)], ids=["a-while", "too-long"])
async def test_a_file_locked_by_somebody_else_delays_and_loses_nothing(
    hall: Hall, stranger: sqlite3.Connection, locked: str, in_vain: bool
) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    await says(speaker, *societies(5))
    await settle(hall, speaker, listener)
    telling = Telling(speaker)
    task = asyncio.create_task(telling.go_on())
    stranger.execute("BEGIN IMMEDIATE")
    if locked == "membership":
        await wait_until(lambda: telling.refused > 0 if in_vain else telling.waits(1.0), 30)
    elif in_vain:
        await wait_until(lambda: _troubled(listener), 60)
    else:
        await wait_until(lambda: lapsed(listener))
    stranger.execute("COMMIT")
    telling.enough = True
    await task
    (await settle(hall, speaker, listener)).check()
    await wait_until(lambda: well(listener, "listener"))


async def _troubled(listener: House) -> bool:
    return not await well(listener, "listener")


async def test_a_file_rewritten_under_way_loses_nothing(hall: Hall, stranger: sqlite3.Connection) -> None:
    speaker, listener = await hall.speaker(), await hall.listener()
    telling = Telling(speaker)
    task = asyncio.create_task(telling.go_on())
    stranger.execute("PRAGMA busy_timeout = 10000")
    for _ in range(5):
        await asyncio.to_thread(stranger.execute, "VACUUM")
    telling.enough = True
    await task
    (await settle(hall, speaker, listener)).check()

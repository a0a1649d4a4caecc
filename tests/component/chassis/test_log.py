"""What can be asked of a log besides its pages."""

from typing import Any

import pytest

from chassis import log
from chassis.database import Database
from chassis.ids import new_id

# An instant is compared as the text it is kept as.
TIMES = [f"2025-06-{day:02d}T00:00:00.000000Z" for day in (1, 1, 2, 3, 3, 3, 7)]


@pytest.fixture
async def db(make_database: Any) -> Any:
    url = await make_database("membership")
    made = Database(url)
    yield made
    await made.close()


async def keep(db: Database, times: list[str]) -> None:
    said = [log.Said(new_id(), 0, "t", "A-01", recorded, "{}") for recorded in times]
    async with db.writing() as conn:
        await log.append(conn, said)
        await log.number(conn)


@pytest.mark.parametrize(
    ("before", "expected"),
    [("2025-06-01", 0), ("2025-06-02", 2), ("2025-06-03", 3), ("2025-06-05", 6), ("2025-06-08", 7)],
)
async def test_where_a_log_is_older_than_an_instant_is_found(db: Database, before: str, expected: int) -> None:
    await keep(db, TIMES)
    async with db.reading() as conn:
        assert await log.last_before(conn, 0, before, first=1, last=7) == expected
        assert await log.last_before(conn, 0, before, first=3, last=5) == min(max(expected, 2), 5)
        assert await log.last_before(conn, 0, before, first=1, last=0) == 0


async def test_where_times_are_out_of_order_it_is_a_place_where_old_turns_young(db: Database) -> None:
    await keep(db, [TIMES[0], TIMES[6], TIMES[0], TIMES[6], TIMES[6]])
    async with db.reading() as conn:
        found = await log.last_before(conn, 0, "2025-06-02", first=1, last=5)
    assert found in {1, 3}

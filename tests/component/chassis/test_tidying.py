"""What a house forgets by itself."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from waiting import wait_until

from chassis.clock import SteppedClock
from chassis.house import House
from chassis.tables import idempotency
from contracts.calendar import instant


async def test_idempotency_keys_are_forgotten_by_age(
    make_database: Any, settings_for: Any, clock: SteppedClock
) -> None:
    url = await make_database("membership")
    house = House("membership", settings_for("membership", url, idempotency_days=2), clock)
    ages = {"old": timedelta(days=2, seconds=1), "exactly": timedelta(days=2), "new": timedelta(hours=1)}
    rows = [
        {"caller": "c", "key": key, "fingerprint": "f", "created": instant(clock.now() - age)}
        for key, age in ages.items()
    ]
    async with house.db.writing() as conn:
        await conn.execute(idempotency.insert(), rows)

    async def left() -> bool:
        async with house.db.reading() as conn:
            return set(await conn.scalars(select(idempotency.c.key))) == {"exactly", "new"}

    await house.start()
    try:
        await wait_until(left)
    finally:
        await house.stop()

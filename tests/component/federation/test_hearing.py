from collections.abc import Awaitable, Callable
from datetime import date

from chassis.house import House
from services.federation.store import societies

Hear = Callable[..., Awaitable[None]]


REGISTERED = date(1991, 6, 30)


async def known(house: House, *codes: str) -> dict[str, date | None]:
    async with house.db.reading() as conn:
        return await societies.known(conn, codes)


async def test_a_society_is_known_once_membership_has_told_of_it(hear: Hear, house: House) -> None:
    assert await known(house, "A-18", "A-19") == {}
    await hear("A-18")
    assert await known(house, "A-18", "A-19") == {"A-18": REGISTERED}


async def test_hearing_of_a_society_twice_changes_nothing(hear: Hear, house: House) -> None:
    await hear("A-18")
    await hear("A-18")
    assert await known(house, "A-18") == {"A-18": REGISTERED}

from collections.abc import Awaitable, Callable

from chassis.house import House
from services.federation.store import societies

Hear = Callable[..., Awaitable[None]]


async def known(house: House, *codes: str) -> frozenset[str]:
    async with house.db.reading() as conn:
        return await societies.known(conn, codes)


async def test_a_society_is_known_once_membership_has_told_of_it(hear: Hear, house: House) -> None:
    assert await known(house, "A-18", "A-19") == frozenset()
    await hear("A-18")
    assert await known(house, "A-18", "A-19") == {"A-18"}


async def test_hearing_of_a_society_twice_changes_nothing(hear: Hear, house: House) -> None:
    await hear("A-18")
    await hear("A-18")
    assert await known(house, "A-18") == {"A-18"}

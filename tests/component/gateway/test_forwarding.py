"""Services count questions by who asks: the gateway says so, and whoever comes in inside is believed."""

import httpx2


async def asked_for(door: str, told: str) -> str:
    async with httpx2.AsyncClient() as http:
        answer = await http.get(f"{door}/somewhere", headers={"X-Forwarded-For": told})
    return str(answer.headers["X-Asked-For"])


async def test_from_outside_nobody_says_for_whom_he_asks_and_the_portal_does(
    gateway: str, doors: tuple[int, int]
) -> None:
    assert await asked_for(gateway, "198.51.100.7") == "127.0.0.1"
    assert await asked_for(f"http://127.0.0.1:{doors[1]}", "198.51.100.7") == "198.51.100.7, 127.0.0.1"

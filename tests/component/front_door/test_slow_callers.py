"""Who sends half a request, or nothing, does not stay; everybody else is served meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from ports import free_port
from waiting import wait_until

from chassis.clock import SystemClock
from societas.embedded import Embedded
from societas.http_server import Waits
from societas.premises import Premises

SHORT = Waits(head=1, idle=1, body=1)
HALF_HEAD = b"GET /healthz HTTP/1.1\r\nHost: here\r\n"


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[Embedded]:
    embedded = Embedded(Premises(tmp_path, free_port()), SystemClock(), waits=SHORT)
    await embedded.start()
    yield embedded
    await embedded.stop()


class Slow:
    """A caller who sends this much and then waits to be hung up."""

    def __init__(self, port: int, sent: bytes) -> None:
        self._port = port
        self._sent = sent
        self.ended = False

    async def stay(self) -> None:
        """Until the server has closed the connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(self._sent)
        try:
            while await reader.read(4_096):
                pass
        except ConnectionError:
            pass
        self.ended = True
        writer.close()


def _half_body(token: str) -> bytes:
    return (
        "POST /api/membership/societies HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: 1000\r\n\r\n{{"
    ).encode()


async def test_half_heads_half_bodies_and_idle_callers_are_closed_and_others_served(platform: Embedded) -> None:
    port, answered = platform.premises.port, b"GET /api/membership/healthz HTTP/1.1\r\nHost: here\r\n\r\n"
    sent = [
        *[HALF_HEAD] * 200, *[b""] * 200, *[_half_body(platform.admin_token)] * 100, *[answered + b"\r\n"] * 20,
        *[answered + HALF_HEAD] * 20,
    ]  # fmt: skip
    callers = [Slow(port, one) for one in sent]
    waiting = [asyncio.create_task(caller.stay()) for caller in callers]

    async with httpx2.AsyncClient(base_url=platform.url, timeout=60) as http:
        assert (await http.get("/api/membership/healthz")).status_code == 200
        await wait_until(lambda: all(caller.ended for caller in callers))
        assert (await http.get("/api/membership/healthz")).status_code == 200
    await asyncio.gather(*waiting)


async def test_a_long_body_that_keeps_coming_is_waited_for(platform: Embedded) -> None:
    parts = asyncio.Queue[bytes | None]()

    async def body() -> AsyncIterator[bytes]:
        while part := await parts.get():
            yield part

    async with httpx2.AsyncClient(base_url=platform.url, timeout=60) as http:
        headers = {"Authorization": f"Bearer {platform.admin_token}", "Content-Type": "application/json"}
        asking = asyncio.create_task(http.post("/api/membership/societies", content=body(), headers=headers))
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while loop.time() - begun < 3 * SHORT.body:
            parts.put_nowait(b" " * SHORT.progress)
            await asyncio.wait([asking], timeout=SHORT.body / 4)
        parts.put_nowait(b"{}")
        parts.put_nowait(None)
        answer = await asking

    assert answer.status_code == 422

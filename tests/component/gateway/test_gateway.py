"""What is closed at the public door is closed in every spelling; who is slow there is not waited for."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from chassis.issuer import Issuer

SERVICES = ("membership", "evaluation", "portal")
CLOSED = ("metrics", "log", "log/head", "seats", "log?dry_run=true")


def spellings(service: str, closed: str) -> Iterator[str]:
    """Ways to write the address of a closed door."""
    api, path = f"/api/{service}", f"/{closed}"
    yield from (
        f"{api}{path}", f"/API/{service}{path}", f"/Api/{service}{path}", f"/api/{service.upper()}{path}",
        f"{api}{path.upper()}", f"{api}/{path}", f"/{api}{path}", f"//{api}//{path}", f"{api}/.{path}",
        f"{api}/x/..{path}", f"/api/../api/{service}{path}", f"{api}/%2e{path}", f"{api}/x/%2e%2E{path}",
        f"{api}%2f{closed}", f"/api%2F{service}{path}", f"{api}\\{closed}", f"{api}%5c{closed}", f"{api}{path};x",
        f"/%61pi/{service}{path}", f"/%41PI/{service}{path}", f"/API/{service}//{closed}", f"/API/{service}/./{closed}",
    )  # fmt: skip
    bare, _, query = path.partition("?")
    for end in (
        "%0a",
        "%0A",
        "%0d",
        "%0d%0a",
        "%00",
        "%20",
        "%09",
        "/",
        "//",
        "/.",
        "/%2e",
        "%2f",
        "%3b",
        "%23",
        "%3f",
    ):
        yield f"{api}{bare}{end}?{query}"
        yield f"/API/{service}{bare}{end}?{query}"
    yield f"{api}/%{ord(closed[0]):x}{closed[1:]}"
    yield f"{api}/%{ord(closed[0].upper()):x}{closed[1:]}"
    yield f"/x{api}/..{path}"


class Door:
    """The public door, asked in words that no client would tidy up."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token

    async def ask(self, method: str, target: str, body: str = "") -> tuple[int, str]:
        """The status of an answer, and all of it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {self._token}\r\nConnection: close\r\n"
        )
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        said = b""
        with suppress(ConnectionError):  # what is refused is not always read to its end
            while part := await reader.read(4_096):
                said += part
        writer.close()
        answer = said.decode("utf-8", "replace")
        return int(answer.split(" ", 2)[1]), answer


@pytest.fixture
def door(gateway: str, issuer: Issuer) -> Door:
    token = issuer.mint("admin", ["association", "auditor"], timedelta(hours=1))
    return Door(int(gateway.rpartition(":")[2]), token)


async def test_a_closed_door_is_closed_in_every_spelling_and_open_ones_are_open(door: Door) -> None:
    let_in = []
    for service in SERVICES:
        for closed in CLOSED:
            for target in spellings(service, closed):
                for method in ("GET", "POST"):
                    status, answer = await door.ask(method, target)
                    if status not in {400, 404} or "societas_" in answer or "specversion" in answer:
                        let_in.append((method, target, status))
    assert let_in == []

    for target in ("/api/membership/healthz", "/api/membership/societies?limit=5", "/api/evaluation/policies"):
        status, answer = await door.ask("GET", target)
        assert status == 200, target
        assert "nosniff" in answer


async def test_seats_are_at_one_address(services: dict[str, int], issuer: Issuer) -> None:
    door = Door(services["evaluation"], issuer.mint("admin", ["association"], timedelta(hours=1)))

    assert (await door.ask("GET", "/seats"))[0] in {200, 503}
    for target in ("/x/seats", "/ratings/seats", "//seats", "/societies/seats"):
        status, answer = await door.ask("GET", target)
        assert (status, "problem+json" in answer) in {(404, True), (422, True)}, target


async def test_a_body_that_is_too_large_is_refused_at_the_gateway(door: Door) -> None:
    """Whatever the service behind it would read: the stand-in for the portal reads all there is."""
    status, answer = await door.ask("POST", "/", "x" * 4_000_100)

    assert status == 413
    assert "body-too-large" in answer


async def _until_closed(port: int, sent: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        while await reader.read(4_096):
            pass
    except ConnectionError:
        pass
    writer.close()


@pytest.mark.parametrize("sent", [
    b"", b"GET / HTTP/1.1\r\nHost: here\r\n", b"GET /api/membership/healthz HTTP/1.1\r\nHost: here\r\n\r\n",
    b"POST /api/membership/societies HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{",
], ids=["idle", "half a head", "idle after an answer", "half a body"])  # fmt: skip
async def test_a_slow_caller_is_hung_up(gateway: str, sent: bytes) -> None:
    port = int(gateway.rpartition(":")[2])
    async with asyncio.timeout(60):
        await asyncio.gather(*(_until_closed(port, sent) for _ in range(20)))

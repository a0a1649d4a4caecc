"""What is asked of other servers ends, whatever they do: in time, at a size, by its kind."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from types import SimpleNamespace

import httpx2
import pytest
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse
from ports import free_port
from serving import served

from chassis import outward
from chassis.keys import KeysUnavailable, RemoteKeys
from chassis.speakers import Speakers

BOUNDS = outward.Bounds(seconds=1, largest=10_000)


async def _dripping() -> AsyncIterator[bytes]:
    """A byte now and then, so that no two bytes are far from each other, without end."""
    while True:
        yield b" "
        await asyncio.sleep(0.02)


def _strange() -> FastAPI:
    app = FastAPI()

    @app.get("/drip")
    @app.get("/drip/log")
    async def drip() -> Response:
        return StreamingResponse(_dripping(), media_type="application/json")

    @app.get("/stream")
    async def stream() -> Response:
        return StreamingResponse(_dripping(), media_type="text/event-stream")

    @app.get("/large")
    async def large() -> Response:
        return Response(b" " * 10_001, media_type="application/json")

    @app.get("/packed")
    async def packed() -> Response:
        packed = gzip.compress(b" " * 10_000_000)
        return Response(packed, headers={"Content-Encoding": "gzip"}, media_type="application/json")

    @app.get("/page")
    async def page() -> Response:
        return Response("<p>away</p>", 502, media_type="text/html")

    return app


@pytest.fixture
async def strange() -> AsyncIterator[str]:
    """The address of a server that answers in ways nobody asked for."""
    async with served(_strange(), free_port()) as url:
        yield url


@pytest.mark.parametrize(("path", "error"), [
    ("drip", httpx2.ReadTimeout), ("stream", outward.OfAnotherKind), ("large", outward.TooLarge),
    ("packed", outward.OfAnotherKind),
])  # fmt: skip
async def test_an_answer_ends_in_time_at_a_size_and_by_its_kind(
    strange: str, path: str, error: type[Exception]
) -> None:
    async with asyncio.timeout(20), httpx2.AsyncClient() as client:
        with pytest.raises(error):
            await outward.get(client, f"{strange}/{path}", BOUNDS)


async def test_of_a_refusal_that_is_no_document_the_status_is_told(strange: str) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await outward.get(client, f"{strange}/page", BOUNDS)

    assert (answer.status_code, answer.content) == (502, b"")


async def test_keys_that_drip_are_keys_that_cannot_be_had(strange: str) -> None:
    async with asyncio.timeout(20):
        with pytest.raises(KeysUnavailable):
            await RemoteKeys(f"{strange}/drip").find("any")


async def test_a_log_that_is_a_stream_is_a_speaker_that_does_not_answer(strange: str) -> None:
    speakers = Speakers({"membership": f"{strange}/drip"}, httpx2.Auth())
    async with asyncio.timeout(20):
        with pytest.raises(httpx2.HTTPError):
            await speakers.page("membership", 0, 0)
    await speakers.close()


def _events(count: int, size: int) -> list[bytes]:
    return [b"%d%s" % (number, b"x" * size) for number in range(count)]


async def test_a_page_of_large_events_is_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import may bring events of a megabyte; a page of a thousand of them is more than anybody should hold."""
    asked = []

    async def log(limit: int) -> Response:
        asked.append(limit)
        lines = _events(min(limit, 5), 300)
        return Response(b"\n".join(lines), media_type="application/x-ndjson")

    app = FastAPI()
    app.get("/log")(log)
    monkeypatch.setattr("chassis.speakers._BOUNDS", outward.Bounds(5, 1_000, outward.LINES))
    own = SimpleNamespace(source="/membership", type="membership.meeting-held.v1")
    monkeypatch.setattr("chassis.wire.decode", lambda _: own)
    async with served(app, free_port()) as url:
        speakers = Speakers({"membership": url}, httpx2.Auth())
        page = await speakers.page("membership", 0, 0)
        await speakers.close()

    assert asked == [1_000, 100, 10, 1]
    assert len(page) == 1

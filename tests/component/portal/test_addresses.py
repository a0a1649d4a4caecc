"""What a path may name: ids are checked by their type before anybody is asked about them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from ports import free_port
from serving import served
from waiting import wait_until

from chassis.clock import SteppedClock
from services.portal.evaluation import Evaluation, UnknownAddress
from tests.component.portal.conftest import portal
from tests.component.portal.fake_evaluation import FakeEvaluation

NO_IDS = (
    "stream", "%2e", "%2e%2e", "..%2f..%2fmetrics", "a%2fb", "A-01%0a", "%00", "A-01%00", "A-01%3fas_of=2025-01-01",
    "A-01%23", "A-01;x", "%20", "Ａ-01", "学会", "%ed%a0%80", "%ff", "check%2f", "-", "@", "@1.0", "A" * 10_240,
)  # fmt: skip


def paths_of(app: FastAPI) -> Iterator[str]:
    """The addresses of every page that is found by an id, one for each thing that is no id."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and route.param_convertors:
            for name in route.param_convertors:
                # A policy may be called so.
                tried = NO_IDS[1:] if name == "called" else NO_IDS
                yield from (route.path.replace(f"{{{name}}}", one if "%" in one else quote(one)) for one in tried)


@pytest.fixture
async def asked() -> list[str]:
    """What evaluation was asked for."""
    return []


@pytest.fixture
async def watched(asked: list[str], clock: SteppedClock, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """The portal, and evaluation noting whatever it is asked for."""

    def note(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(404, json={"type": "urn:societas:problem:not-found"})

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(note), base_url="http://evaluation.test") as behind:
        yield portal(clock, tmp_path / "jwks.json", behind)


async def test_what_is_no_id_is_404_on_every_page_and_nobody_is_asked_about_it(
    watched: FastAPI, asked: list[str]
) -> None:
    paths = list(paths_of(watched))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(watched), base_url="http://portal.test") as reader:
        found = {path[:80]: (await reader.get(path)).status_code for path in paths}

    assert len(paths) >= 3 * len(NO_IDS) - 1
    assert {path: status for path, status in found.items() if status != 404} == {}
    assert asked == []


@pytest.mark.parametrize("name", ["..", ".", "a/b", "", "ratings\n", "a?b", "stream#"])
async def test_an_address_is_made_of_plain_names_only(name: str) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise AssertionError(request.url)

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(refuse), base_url="http://evaluation.test") as behind:
        with pytest.raises(UnknownAddress):
            await Evaluation(behind).policy_called(name)


async def test_a_policy_that_is_compared_is_named_by_its_form_too(watched: FastAPI, asked: list[str]) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(watched), base_url="http://portal.test") as reader:
        answer = await reader.get("/policies", params={"policy": "../ratings/stream"})

    assert answer.status_code == 422
    assert asked == []


async def test_a_hundred_questions_for_the_stream_keep_nobody_from_the_board(
    evaluation: FakeEvaluation, clock: SteppedClock, tmp_path: Path
) -> None:
    """The portal asked evaluation for `ratings/stream`, and waited for the end of what has none."""
    async with served(evaluation.app, free_port()) as behind:
        client = httpx2.AsyncClient(base_url=behind, timeout=30)
        async with served(portal(clock, tmp_path / "jwks.json", client), free_port()) as front:
            limits = httpx2.Limits(max_connections=None)
            async with httpx2.AsyncClient(base_url=front, limits=limits, timeout=30) as reader:
                strangers = [asyncio.create_task(reader.get("/societies/stream")) for _ in range(100)]
                meanwhile = await reader.get("/")
                answers = await asyncio.gather(*strangers)
                afterwards = await reader.get("/")

    assert {answer.status_code for answer in answers} == {404}
    assert (meanwhile.status_code, afterwards.status_code) == (200, 200)


async def test_questions_of_the_past_that_nobody_answers_leave_the_board_its_connections(
    evaluation: FakeEvaluation, clock: SteppedClock, tmp_path: Path
) -> None:
    waiting = asyncio.Event()

    async def slow() -> None:
        await waiting.wait()

    evaluation.app.router.routes.insert(0, APIRoute("/duties", slow))
    async with served(evaluation.app, free_port()) as behind:
        client = httpx2.AsyncClient(base_url=behind, timeout=30)
        app = portal(clock, tmp_path / "jwks.json", client)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://portal.test") as reader:
            strangers = [asyncio.create_task(reader.get("/duties", params={"as_of": "2026-06-30"})) for _ in range(100)]
            board = await reader.get("/")
            await wait_until(lambda: sum(one.done() for one in strangers) >= 80)
            waiting.set()
            statuses = [answer.status_code for answer in await asyncio.gather(*strangers)]

    assert board.status_code == 200
    assert statuses.count(503) >= 80, statuses

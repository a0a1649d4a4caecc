"""The portal in front of a stand-in for evaluation."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from chassis.settings import Settings
from services.portal.app import build
from tests.component.portal.fake_evaluation import FakeEvaluation


@pytest.fixture
def evaluation() -> FakeEvaluation:
    return FakeEvaluation()


def portal(clock: SteppedClock, keys: Path, client: httpx.AsyncClient) -> FastAPI:
    settings = Settings(
        database_url="unused", redis_url="unused", service_token="unused", issuer="urn:societas:tests", jwks_file=keys
    )
    return build(settings, clock, client)


@pytest.fixture
async def reader(evaluation: FakeEvaluation, clock: SteppedClock, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who looks at the portal."""
    behind = httpx.AsyncClient(transport=httpx.ASGITransport(evaluation.app), base_url="http://evaluation.test")
    app = portal(clock, tmp_path / "jwks.json", behind)
    async with behind, httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://portal.test") as client:
        yield client


@pytest.fixture
async def lonely_reader(clock: SteppedClock, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who looks at the portal while evaluation is away."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    behind = httpx.AsyncClient(transport=httpx.MockTransport(refuse), base_url="http://evaluation.test")
    app = portal(clock, tmp_path / "jwks.json", behind)
    async with behind, httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://portal.test") as client:
        yield client

"""The portal in front of a stand-in for evaluation."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from chassis.settings import Settings
from services.portal.app import build
from tests.component.portal.fake_evaluation import FakeEvaluation


@pytest.fixture
def evaluation() -> FakeEvaluation:
    return FakeEvaluation()


def portal(clock: SteppedClock, keys: Path, client: httpx2.AsyncClient) -> FastAPI:
    settings = Settings(
        database_url="unused", redis_url="unused", service_token="unused", issuer="urn:societas:tests", jwks_file=keys
    )
    return build(settings, clock, client)


@pytest.fixture
async def reader(evaluation: FakeEvaluation, clock: SteppedClock, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody who looks at the portal."""
    behind = httpx2.AsyncClient(transport=httpx2.ASGITransport(evaluation.app), base_url="http://evaluation.test")
    app = portal(clock, tmp_path / "jwks.json", behind)
    async with behind, httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://portal.test") as client:
        yield client


@pytest.fixture
async def lonely_reader(clock: SteppedClock, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody who looks at the portal while evaluation is away."""

    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody there")

    behind = httpx2.AsyncClient(transport=httpx2.MockTransport(refuse), base_url="http://evaluation.test")
    app = portal(clock, tmp_path / "jwks.json", behind)
    async with behind, httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://portal.test") as client:
        yield client

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from chassis.clock import SteppedClock
from chassis.tables import log
from services.membership.app import build

Form = dict[str, Any]


@pytest.fixture
def registration() -> Form:
    """A society that can be registered."""
    return {
        "code": "A-18",
        "name": "中国动物学会",
        "credit_code": "51420000500000023Y",
        "discipline": "science",
        "registered_on": "1991-06-30",
    }


@pytest.fixture
async def app(
    make_database: Callable[[str], Awaitable[str]], settings_for: Callable[..., Any], clock: SteppedClock
) -> AsyncIterator[FastAPI]:
    url = await make_database("membership")
    app = build(settings_for("membership", url), clock)
    yield app
    await app.state.service.stop()


@pytest.fixture
def association(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "association")


@pytest.fixture
def anybody(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app)


@pytest.fixture
async def zoology(
    association: httpx2.AsyncClient, registration: Form, app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> httpx2.AsyncClient:
    """A client of the society A-18, which is registered."""
    answer = await association.post("/societies", json=registration)
    assert answer.status_code == 201, answer.text
    client = client_for(app, "society:A-18")
    client.base_url = httpx2.URL("http://societas.test/societies/A-18/")
    return client


@pytest.fixture
def about_zoology(
    zoology: httpx2.AsyncClient, app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> httpx2.AsyncClient:
    """A client of the association, who records of the society A-18."""
    client = client_for(app, "association")
    client.base_url = zoology.base_url
    return client


Said = Callable[[], Awaitable[list[Form]]]


@pytest.fixture
def said(app: FastAPI) -> Said:
    """What the service has said so far, as CloudEvents."""

    async def documents() -> list[Form]:
        async with app.state.service.db.reading() as conn:
            found = (await conn.scalars(select(log.c.document).order_by(log.c.ordinal))).all()
        return [json.loads(document) for document in found]

    return documents

"""The federation service on a real database, knowing four societies because membership told of them."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from chassis import wire
from chassis.clock import SteppedClock
from chassis.house import House
from chassis.ids import new_id
from chassis.tables import log
from contracts.calendar import instant, midnight
from contracts.membership import SocietyRegistered
from contracts.vocabulary import Discipline
from services.federation.app import build
from services.federation.handlers import handlers

Hear = Callable[..., Awaitable[None]]
Said = Callable[[], Awaitable[list[dict[str, Any]]]]


@pytest.fixture
async def app(
    make_database: Callable[[str], Awaitable[str]], settings_for: Callable[..., Any], clock: SteppedClock
) -> AsyncIterator[FastAPI]:
    url = await make_database("federation")
    app = build(settings_for("federation", url), clock)
    yield app
    await app.state.service.db.close()
    await app.state.service.redis.aclose()


@pytest.fixture
def house(app: FastAPI) -> House:
    house: House = app.state.service
    return house


@pytest.fixture
def hear(house: House) -> Hear:
    """Tells the service of a society as the bus would."""

    async def registered(code: str, name: str = "学会") -> None:
        day = date(1991, 6, 30)
        event = SocietyRegistered(
            subject=code,
            happened_at=midnight(day),
            credit_code="51420000500000023Y",
            name=name,
            discipline=Discipline.SCIENCE,
            registered_on=day,
        )
        document = {
            "specversion": "1.0",
            "id": new_id(),
            "source": "/membership",
            "type": event.type,
            "subject": event.subject,
            "time": instant(event.happened_at),
            "recordedtime": instant(event.happened_at),
            "correlationid": new_id(),
            "traceparent": "",
            "data": event.data(),
        }
        async with house.work() as work:
            await handlers.apply([wire.decode(json.dumps(document))], work)

    return registered


@pytest.fixture
async def societies(hear: Hear) -> tuple[str, ...]:
    codes = ("A-18", "A-19", "A-20", "D-08")
    for code in codes:
        await hear(code)
    return codes


@pytest.fixture
def association(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], societies: tuple[str, ...]
) -> httpx2.AsyncClient:
    return client_for(app, "association")


@pytest.fixture
def anybody(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app)


@pytest.fixture
def as_role(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> Callable[[str], httpx2.AsyncClient]:
    return lambda role: client_for(app, role)


@pytest.fixture
def said(house: House) -> Said:
    """What the service has said so far, as CloudEvents."""

    async def documents() -> list[dict[str, Any]]:
        async with house.db.reading() as conn:
            found = (await conn.scalars(select(log.c.document).order_by(log.c.ordinal))).all()
        return [json.loads(document) for document in found]

    return documents

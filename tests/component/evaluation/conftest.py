"""The evaluation service on a real database, knowing one society because membership told of it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from chassis.clock import SteppedClock
from chassis.ids import new_id
from chassis.tables import log
from contracts.calendar import instant, midnight
from services.evaluation.app import build
from services.evaluation.store.tables import facts

Said = Callable[[], Awaitable[list[dict[str, Any]]]]


@pytest.fixture
async def app(
    make_database: Callable[[str], Awaitable[str]], settings_for: Callable[..., Any], clock: SteppedClock
) -> AsyncIterator[FastAPI]:
    url = await make_database("evaluation")
    app = build(settings_for("evaluation", url), clock)
    async with app.state.service.work() as work:
        time = instant(midnight(date(2020, 1, 1)))
        row = {"type": "membership.society-registered.v1", "time": time, "recorded": time, "data": "{}"}
        await work.conn.execute(facts.insert().values(partition=0, ordinal=1, id=new_id(), subject="A-18", **row))
    yield app
    await app.state.service.stop()


@pytest.fixture
def evaluator(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "evaluator")


@pytest.fixture
def said(app: FastAPI) -> Said:
    """What the service has said so far, as CloudEvents."""

    async def documents() -> list[dict[str, Any]]:
        async with app.state.service.db.reading() as conn:
            found = (await conn.scalars(select(log.c.document).order_by(log.c.ordinal))).all()
        return [json.loads(document) for document in found]

    return documents

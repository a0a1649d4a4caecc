"""Services whose records are defined once, each with a society that may record, and whatever its records refer to."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import excursions
import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from chassis.clock import SteppedClock
from chassis.tables import log
from records import RecordType, types_in
from records.record import example_of
from services.events import app as events
from services.events import records as undertaken
from services.events.store import societies
from services.membership import app as membership
from services.membership import records as governed

Form = dict[str, Any]
ZOOLOGY = {
    "code": "A-18",
    "name": "中国动物学会",
    "credit_code": "51420000500000023Y",
    "discipline": "science",
    "registered_on": "1991-06-30",
}
BRANCH = {"kind": "branch", "name": "鸟类学分会", "filed_on": "2025-01-05"}
JOURNAL = {
    "society": "A-18",
    "title": "动物学报",
    "issn": "2434-561X",
    "cn": "CN 42-1234/Q",
    "registered_on": "2025-01-05",
}


@dataclass
class Place:
    """A service with its records, a client of the association, and one of the society A-18."""

    app: FastAPI
    types: tuple[RecordType, ...]
    association: httpx2.AsyncClient
    society: httpx2.AsyncClient
    referred: Form = field(default_factory=dict)

    def form(self, type_: RecordType, **changes: Any) -> Form:
        """A form of this type, filled in."""
        form = example_of(type_.record)
        return form | {name: id_ for name, id_ in self.referred.items() if name in form} | changes

    async def said(self) -> list[Form]:
        """What the service has said so far, as CloudEvents."""
        async with self.app.state.service.db.reading() as conn:
            found = (await conn.scalars(select(log.c.document).order_by(log.c.ordinal))).all()
        return [json.loads(document) for document in found]


async def _excursions(place: Place) -> None:
    await excursions.create_tables(place.app)


async def _membership(place: Place) -> None:
    await place.association.post("/societies", json=ZOOLOGY)
    filed = await place.association.post("/societies/A-18/branches", json=BRANCH)
    place.referred["branch"] = filed.json()["branch"]


async def _events(place: Place) -> None:
    async with place.app.state.service.work() as work:
        await societies.know(work.conn, "A-18", "中国动物学会", date(1991, 6, 30))
    registered = await place.association.post("/journals", json=JOURNAL)
    place.referred["journal"] = registered.json()["journal"]


SERVICES: dict[str, tuple[Any, tuple[RecordType, ...], Callable[[Place], Awaitable[None]]]] = {
    "excursions": (excursions, (excursions.EXCURSIONS,), _excursions),
    "membership": (membership, types_in(governed), _membership),
    "events": (events, types_in(undertaken), _events),
}


@pytest.fixture
def service() -> str:
    """Which service; a test of every record asks for each."""
    return "excursions"


@pytest.fixture
async def place(
    service: str,
    make_database: Callable[[str], Awaitable[str]],
    settings_for: Callable[..., Any],
    clock: SteppedClock,
    client_for: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Place]:
    module, types, prepare = SERVICES[service]
    app = module.build(settings_for(service, await make_database(service)), clock)
    place = Place(app, types, client_for(app, "association"), client_for(app, "society:A-18"))
    await prepare(place)
    yield place
    await app.state.service.db.close()
    await app.state.service.redis.aclose()

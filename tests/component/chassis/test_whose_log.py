"""One matrix says which service may read whose log; the listeners and the bus follow it."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import httpx2
import pytest

from chassis import log_routes
from chassis.clock import SteppedClock
from chassis.house import House
from chassis.issuer import Issuer
from chassis.migrations import migrate
from chassis.web import assemble
from contracts.catalogue import SPEAKERS
from contracts.reading import HEARS


@pytest.mark.parametrize("service", SPEAKERS)
def test_a_service_hears_those_whose_logs_it_may_read(service: str) -> None:
    handlers: Any = import_module(f"services.{service}.handlers")
    heard = handlers.SPEAKERS if service == "evaluation" else handlers.handlers.speakers

    assert HEARS[service] == heard


@pytest.mark.parametrize("speaker", SPEAKERS)
async def test_a_log_is_open_to_those_who_hear_it_and_to_no_other_service(
    speaker: str, tmp_path: Any, settings_for: Any, clock: SteppedClock, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/log.db"
    await migrate(url, speaker)
    house = House(speaker, settings_for(speaker, url), clock)
    app = assemble(house, log_routes.routes)

    answers = {
        (service, path): (await client_for(app, f"service:{service}").get(path)).status_code
        for service in SPEAKERS
        for path in ("/log", "/log/head")
    }

    await house.redis.aclose()
    await house.db.close()
    assert answers == {
        (service, path): 200 if speaker in HEARS[service] else 403
        for service in SPEAKERS
        for path in ("/log", "/log/head")
    }


async def test_a_service_that_nobody_knows_reads_no_log(
    tmp_path: Any, settings_for: Any, clock: SteppedClock, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/log.db"
    await migrate(url, "membership")
    house = House("membership", settings_for("membership", url), clock)

    answer = await client_for(assemble(house, log_routes.routes), "service:stranger").get("/log")

    await house.redis.aclose()
    await house.db.close()
    assert answer.status_code == 403


async def test_a_token_of_a_service_is_good_for_a_day_at_most(
    tmp_path: Any, settings_for: Any, clock: SteppedClock, issuer: Issuer
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/log.db"
    await migrate(url, "membership")
    house = House("membership", settings_for("membership", url), clock)
    transport = httpx2.ASGITransport(app=assemble(house, log_routes.routes))
    answers = {}
    async with httpx2.AsyncClient(transport=transport, base_url="http://membership.test") as client:
        for days in (1, 2, 3650):
            token = issuer.mint("events", ["service:events"], timedelta(days=days))
            answers[days] = (await client.get("/log", headers={"Authorization": f"Bearer {token}"})).status_code

    await house.redis.aclose()
    await house.db.close()
    assert answers == {1: 200, 2: 401, 3650: 401}

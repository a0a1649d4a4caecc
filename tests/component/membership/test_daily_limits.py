"""Of one society so many members are admitted and ended by the batch in a day, and no more."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from services.membership.app import build

DAY = "2025-06-01"


@pytest.fixture
async def app(
    make_database: Callable[[str], Awaitable[str]], settings_for: Callable[..., Any], clock: SteppedClock
) -> AsyncIterator[FastAPI]:
    url = await make_database("membership")
    app = build(settings_for("membership", url, members_per_day=10), clock)
    yield app
    await app.state.service.stop()


async def admit(society: httpx2.AsyncClient, count: int, key: str = "") -> httpx2.Response:
    form = {"kind": "individual", "admitted_on": DAY, "members": [{}] * count}
    return await society.post("members/bulk", json=form, headers={"Idempotency-Key": key} if key else {})


async def test_so_many_members_are_admitted_by_the_batch_in_a_day_and_more_on_the_next(
    zoology: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    assert (await admit(zoology, 7, key="first")).status_code == 201
    assert (await admit(zoology, 7, key="first")).status_code == 201  # the same again: the answer that was given
    refused = await admit(zoology, 4)
    assert (refused.status_code, refused.json()["field"]) == (429, "society")
    assert refused.json()["detail"] == (
        "Members admitted by the batch: 10 a day are taken of A-18, and 3 are left today. Go on tomorrow."
    )
    assert (await admit(zoology, 3)).status_code == 201
    assert len((await zoology.get("members")).json()["items"]) == 10

    clock.set(clock.now() + timedelta(days=1))
    assert (await admit(zoology, 4)).status_code == 201


async def test_so_many_memberships_are_ended_by_the_batch_in_a_day(
    zoology: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    ids = (await admit(zoology, 10)).json()["members"]
    clock.set(clock.now() + timedelta(days=1))
    ids += (await admit(zoology, 10)).json()["members"]

    async def end(members: list[str]) -> int:
        form = {"ended_on": "2025-06-30", "reason": "lapsed", "members": members}
        return (await zoology.post("members/end-bulk", json=form)).status_code

    assert [await end(ids[:8]), await end(ids[8:12]), await end(ids[8:10])] == [200, 429, 200]

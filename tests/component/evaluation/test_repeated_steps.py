"""A step of a review that is asked for twice."""

from collections.abc import Callable

import httpx2
from fastapi import FastAPI

from tests.component.evaluation.conftest import Said


async def test_a_repeated_request_takes_its_step_once(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], said: Said
) -> None:
    association = client_for(app, "association")
    await association.post("/reviews", json={"review": "review-2025"})
    first = await association.post("/reviews/review-2025/snapshot", headers={"Idempotency-Key": "freeze-1"})
    again = await association.post("/reviews/review-2025/snapshot", headers={"Idempotency-Key": "freeze-1"})

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert len(await said()) == 2

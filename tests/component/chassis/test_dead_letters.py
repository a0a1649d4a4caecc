"""A dead letter that will never be applied is closed with a reason: it is kept, and alarms nobody any more."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from waiting import wait_until

from chassis import log_routes
from chassis.language import Language
from chassis.web import assemble
from contracts.membership import MeetingHeld
from societas.commands.dead_letters import _line
from societas.commands.session import Session


@pytest.fixture
async def operator(pair: Any, client_for: Callable[..., httpx2.AsyncClient]) -> AsyncIterator[httpx2.AsyncClient]:
    app: FastAPI = assemble(pair.listener, log_routes.routes)
    async with client_for(app, "association") as client:
        yield client


async def _counted(pair: Any) -> float:
    return float(pair.listener.metrics.registry.get_sample_value("societas_dead_letters") or 0.0)


async def _counts(pair: Any, number: int) -> bool:
    return await _counted(pair) == number


async def _buried(pair: Any, operator: httpx2.AsyncClient) -> dict[str, Any]:
    pair.ledger.refused.add("A-03")
    await pair.says("A-02", "A-03")
    await wait_until(lambda: _counts(pair, 1))
    (letter,) = (await operator.get("/dead-letters")).json()["items"]
    return dict(letter)


async def test_a_closed_dead_letter_is_kept_with_its_reason_and_counts_no_more(
    pair: Any, operator: httpx2.AsyncClient
) -> None:
    letter = await _buried(pair, operator)
    closed = await operator.post(f"/dead-letters/{letter['id']}/close", json={"reason": "  said twice by mistake "})
    assert closed.status_code == 200, closed.text
    shown = (await operator.get(f"/dead-letters/{letter['id']}")).json()
    assert (shown["state"], shown["reason"]) == ("closed", "said twice by mistake")
    assert shown["closed"].startswith("2025-06-30")
    assert len(shown["closed_by"]) == 64
    await wait_until(lambda: _counts(pair, 0))
    assert (await operator.post("/dead-letters/redrive")).json() == {"asked": 0}


async def test_a_dead_letter_is_closed_once_and_not_without_a_reason(pair: Any, operator: httpx2.AsyncClient) -> None:
    letter = await _buried(pair, operator)
    at = f"/dead-letters/{letter['id']}/close"
    assert (await operator.post(at, json={"reason": " "})).status_code == 422
    assert (await operator.post(at, json={"reason": "never"})).status_code == 200
    again = await operator.post(at, json={"reason": "never"})
    assert (again.status_code, again.json()["type"]) == (409, "urn:societas:problem:dead-letter-closed")
    assert (await operator.post("/dead-letters/none/close", json={"reason": "x"})).status_code == 404


async def test_a_closed_dead_letter_is_tried_again_if_it_is_named(pair: Any, operator: httpx2.AsyncClient) -> None:
    letter = await _buried(pair, operator)
    await operator.post(f"/dead-letters/{letter['id']}/close", json={"reason": "never"})
    pair.ledger.refused.clear()
    assert (await operator.post(f"/dead-letters/{letter['id']}/redrive")).json() == {"asked": 1}
    await wait_until(lambda: "A-03" in pair.ledger.subjects)


@pytest.mark.parametrize(("lang", "said"), [("en", "present: This must be a whole number."), ("zh", "present：")])
async def test_an_event_of_the_wrong_form_is_listed_in_one_line_of_the_readers_language(
    pair: Any, operator: httpx2.AsyncClient, lang: Language, said: str
) -> None:
    handlers = pair.listener.listener.ear._handlers  # noqa: SLF001 - the pair's handler, made to read another event
    ((type_, _),) = handlers.items()

    async def misread(event: Any, _: Any) -> None:
        MeetingHeld.model_validate({**event.model_dump(), "present": "many", "entitled": "all"})

    handlers[type_] = misread
    await pair.says("A-03")
    await wait_until(lambda: _counts(pair, 1))
    (letter,) = (await operator.get("/dead-letters")).json()["items"]
    line = _line(Session(lang=lang), {"service": "hearer"} | letter)
    assert "\n" not in line
    assert said.replace("：", ": ") in line
    assert "pydantic" not in line

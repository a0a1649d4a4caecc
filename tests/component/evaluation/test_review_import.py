"""A step of a review is imported with its whole file or not at all; a broken file breaks its own page alone."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis import wire
from chassis.correlation import new_traceparent
from chassis.ids import new_id
from chassis.tables import log
from contracts.calendar import instant, midnight
from contracts.evaluation import ClassAssigned
from contracts.evaluation.reviews import ReviewStep
from contracts.vocabulary import PanelVote
from services.evaluation.reviewing import desk
from services.evaluation.store.tables import review_steps
from tests.component.evaluation.conftest import Said
from tests.unit.evaluation.review.reviews import sealed

SEALED = sealed().steps
REVIEW = "/reviews/review-2025"


def lines(steps: Sequence[ReviewStep]) -> list[str]:
    return [
        wire.encode(one, id_=new_id(), recorded_at=one.happened_at, correlation="c", traceparent=new_traceparent())
        for one in steps
    ]


@pytest.fixture
def importer(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    app.state.service.clock.set(midnight(date(2026, 6, 30)))
    return client_for(app, "importer", "auditor", "association")


async def faulty(importer: httpx2.AsyncClient, sent: Sequence[str]) -> list[int]:
    """The lines that are refused; both doors say the same."""
    answers = [await importer.post(door, content="\n".join(sent)) for door in ("/log?dry_run=true", "/log")]
    found = [[one["line"] for one in answer.json().get("errors", [])] for answer in answers]
    assert found[0] == found[1], answers[1].text
    return found[0]


async def heard(app: FastAPI, sent: Sequence[str]) -> None:
    async with app.state.service.work() as work:
        await desk.note([wire.decode(one) for one in sent], work.conn)


async def test_a_whole_file_is_imported_and_marked(app: FastAPI, importer: httpx2.AsyncClient) -> None:
    sent = lines(SEALED)

    assert await faulty(importer, [*reversed(sent)]) == []
    await heard(app, sent)
    assert (await importer.get(REVIEW)).json()["phase"] == "sealed"
    steps = (await importer.get(f"{REVIEW}/file")).json()["steps"]
    assert [one["imported"] for one in steps] == [True] * len(SEALED)


async def test_a_file_may_come_in_parts_from_its_opening_on(importer: httpx2.AsyncClient) -> None:
    sent = lines(SEALED)

    assert await faulty(importer, sent[:5]) == []
    assert await faulty(importer, sent[5:]) == []
    assert (await importer.post("/log", content="\n".join(sent))).json()["skipped"] == len(sent)


async def test_a_class_of_a_review_that_never_was_is_refused(importer: httpx2.AsyncClient, said: Said) -> None:
    forged = next(one for one in SEALED if isinstance(one, ClassAssigned))

    assert await faulty(importer, lines([forged, forged.model_copy(update={"step": 1})])) == [1, 2]
    assert await said() == []


async def test_a_step_without_the_one_before_it_is_refused_by_its_line(importer: httpx2.AsyncClient) -> None:
    sent = lines(SEALED)

    assert await faulty(importer, sent[:3] + sent[4:]) == list(range(4, len(sent)))


async def test_another_version_of_a_step_is_refused(importer: httpx2.AsyncClient) -> None:
    await importer.post("/log", content="\n".join(lines(SEALED)))
    place, vote = next((n, one) for n, one in enumerate(SEALED) if one.type == "evaluation.vote-recorded.v1")

    assert await faulty(importer, lines([vote.model_copy(update={"vote": PanelVote.DISMISS})])) == [1]
    assert place > 0


async def test_a_sealed_chain_out_of_the_procedures_order_is_refused(importer: httpx2.AsyncClient) -> None:
    opened = SEALED[0]
    assigned = next(one for one in SEALED if isinstance(one, ClassAssigned))
    early = assigned.model_copy(update={"step": 2, "chain": SEALED[1].chain})

    assert await faulty(importer, lines([opened, early])) == [2]


async def test_a_broken_file_breaks_its_own_page_alone(
    app: FastAPI, importer: httpx2.AsyncClient, said: Callable[[], Awaitable[list[dict[str, Any]]]]
) -> None:
    opened = await importer.post("/reviews", json={"review": "review-2026"})
    assert opened.status_code == 201
    row = {
        "review": "review-2025",
        "step": 1,
        "event": new_id(),
        "subject": "A-18",
        "recorded": instant(midnight(date(2026, 1, 1))),
    }
    forged = SEALED[-2]
    async with app.state.service.work() as work:
        await work.conn.execute(
            review_steps.insert().values(
                row | {"type": forged.type, "time": instant(forged.happened_at), "data": json.dumps(forged.data())}
            )
        )
        await work.conn.execute(review_steps.metadata.tables["reviews"].insert().values(id="review-2025"))

    listed = (await importer.get("/reviews")).json()["items"]
    shown = (await importer.get(REVIEW)).json()
    verdict = (await importer.get(f"{REVIEW}/verification")).json()

    assert [(one["review"], one["phase"], one["broken_at"]) for one in listed] == [
        ("review-2025", "broken", 1),
        ("review-2026", "opened", None),
    ]
    assert shown == listed[0]
    assert (verdict["equal"], verdict["broken_at"]) == (False, 1)
    assert (await importer.post(f"{REVIEW}/seal")).status_code == 409
    async with app.state.service.work() as work:
        await desk.find_late(work, date(2026, 6, 30))
        assert await work.conn.scalar(log.select().with_only_columns(log.c.id).limit(1))

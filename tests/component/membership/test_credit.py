"""What reviews decide is in the society's credit record, however often and in whatever order it is heard."""

import json
from datetime import date
from itertools import permutations

import httpx2
import pytest
from fastapi import FastAPI

from chassis import wire
from chassis.ids import new_id
from contracts.calendar import instant, midnight
from contracts.evaluation import ClassAssigned, ClassProposed, SanctionImposed
from contracts.evaluation.reviews import ReviewStep
from contracts.vocabulary import ReviewSanction
from services.membership.handlers import handlers

NOTHING = "sha256:" + "0" * 64


def assigned(category: str, year: int, society: str = "A-18") -> wire.Heard:
    event = ClassAssigned(
        subject=society, happened_at=midnight(date(year + 1, 1, 20)), review=f"review-{year}", step=9, chain=NOTHING,
        policy="hubei-2017", version="1", as_of=date(year, 12, 31), category=category, by_quota=True, rank=3,
        total="70", max="100",
    )  # fmt: skip
    return heard(event)


def proposed(category: str, year: int) -> wire.Heard:
    event = ClassProposed(
        subject="A-18", happened_at=midnight(date(year + 1, 1, 5)), review=f"review-{year}", step=4, chain=NOTHING,
        policy="hubei-2017", version="1", as_of=date(year, 12, 31), category=category, by_quota=True, rank=3,
        total="70", max="100",
    )  # fmt: skip
    return heard(event)


def sanctioned() -> wire.Heard:
    event = SanctionImposed(
        subject="A-18", happened_at=midnight(date(2024, 1, 10)), review="review-2023", step=8, chain=NOTHING,
        objection=new_id(), sanction=ReviewSanction.RECTIFICATION, until=date(2024, 7, 10),
    )  # fmt: skip
    return heard(event)


def heard(event: ReviewStep) -> wire.Heard:
    said = wire.encode(event, id_=new_id(), recorded_at=event.happened_at, correlation=new_id(), traceparent="")
    return wire.decode(json.dumps(json.loads(said) | {"time": instant(event.happened_at)}))


@pytest.mark.parametrize("order", [*permutations(range(3))])
async def test_the_class_of_the_latest_review_binds_and_the_record_keeps_all(
    order: tuple[int, ...], app: FastAPI, zoology: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    told = [assigned("foster", 2023), sanctioned(), assigned("support", 2024)]
    for place in (*order, *order):
        async with app.state.service.work() as work:
            await handlers.apply([told[place]], work)

    record = (await anybody.get("/societies/A-18/credit-record")).json()

    assert (record["current"]["value"], record["current"]["review"]) == ("support", "review-2024")
    assert sorted(entry["value"] for entry in record["entries"]) == ["foster", "rectification", "support"]
    assert {entry["event"] for entry in record["entries"]} == {one.id for one in told}


@pytest.mark.parametrize(
    ("day", "holds"), [("2024-01-09", False), ("2024-01-10", True), ("2024-07-10", True), ("2024-07-11", False)]
)
async def test_a_sanction_holds_from_its_day_through_its_last(
    day: str, holds: bool, app: FastAPI, zoology: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    async with app.state.service.work() as work:
        await handlers.apply([sanctioned()], work)

    record = (await anybody.get("/societies/A-18/credit-record", params={"as_of": day})).json()

    assert [one["value"] for one in record["sanctions"]] == (["rectification"] if holds else [])
    assert record["current"] is None


@pytest.mark.parametrize(
    ("day", "current", "proposal"),
    [
        ("2025-01-04", "foster", None),
        ("2025-01-05", "foster", "support"),
        ("2025-01-19", "foster", "support"),
        ("2025-01-20", "regular", None),
        (None, "regular", None),
    ],
)
async def test_a_proposed_class_stands_beside_the_one_that_binds_until_the_review_assigns_its_own(
    *, day: str | None, current: str, proposal: str | None, app: FastAPI, zoology: httpx2.AsyncClient,
    anybody: httpx2.AsyncClient,
) -> None:  # fmt: skip
    for told in (proposed("support", 2024), assigned("foster", 2023), assigned("regular", 2024)):
        async with app.state.service.work() as work:
            await handlers.apply([told], work)

    query = {} if day is None else {"as_of": day}
    record = (await anybody.get("/societies/A-18/credit-record", params=query)).json()

    assert record["current"]["value"] == current
    assert (record["proposed"] and record["proposed"]["value"]) == proposal
    assert all(day is None or entry["recorded_on"] <= day for entry in record["entries"])


async def test_a_society_nobody_registered_has_no_record(anybody: httpx2.AsyncClient) -> None:
    assert (await anybody.get("/societies/E-99/credit-record")).status_code == 404

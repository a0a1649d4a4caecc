"""The class a society holds from day to day: told at the close, shown on the board, the same after a restart."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.hearing import Partition
from contracts.evaluation import ClassOutlookChanged, DayTurned
from services.evaluation.domain import Fact
from services.evaluation.domain.outlook import outlooks
from services.evaluation.handlers import LiveRatings
from tests.component.evaluation.conftest import Said
from tests.component.evaluation.test_past import as_heard, hear, put_in_use
from tests.unit.evaluation.histories import admitted, registered, told
from tests.unit.evaluation.test_outlook import BY


def turned(day: str) -> Fact:
    return told("evaluation.day-turned", day, society="calendar", day=day)


@pytest.fixture
async def visitor(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    """Three societies in one class each, by 80, 60 and 40 of 100 points, and the first day closed."""
    await put_in_use(app, BY)
    app.state.board.day = date(2018, 9, 1)
    members = zip(("A-01", "A-02", "A-03"), (80, 60, 40), strict=True)
    await hear(app, [one for code, number in members for one in member_society(code, number)])
    await hear(app, [turned("2018-09-02")])
    return client_for(app)


def member_society(code: str, number: int) -> list[Fact]:
    return [registered(society=code), admitted(number=number, society=code, on="2018-02-01")]


async def classes(visitor: httpx2.AsyncClient, **query: str) -> dict[str, tuple[Any, ...]]:
    rows = (await visitor.get("/ratings", params=query)).json()["ratings"]
    return {row["society"]: (row["class"], row["range"], row["candidate_since"]) for row in rows if row["total"] != "0"}


def of_classes(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in documents if one["type"] == ClassOutlookChanged.type and one["subject"] != "A-18"]


async def test_the_first_close_tells_what_everybody_holds(visitor: httpx2.AsyncClient, said: Said) -> None:
    assert {one["subject"]: one["data"]["category"] for one in of_classes(await said())} == {
        "A-01": "support",
        "A-02": "foster",
        "A-03": "regular",
    }
    assert await classes(visitor) == {
        "A-01": ("support", "support", None),
        "A-02": ("foster", "foster", None),
        "A-03": ("regular", "regular", None),
    }


async def test_a_society_out_of_its_range_is_a_candidate_until_the_days_are_over(
    app: FastAPI, visitor: httpx2.AsyncClient, said: Said
) -> None:
    await hear(app, [admitted(number=21, society="A-03", on="2018-09-02")])
    await hear(app, [turned("2018-09-03")])

    assert (await classes(visitor))["A-03"] == ("regular", "foster", "2018-09-02")
    await hear(app, [turned("2018-09-04"), turned("2018-09-05")])

    assert await classes(visitor) == {
        "A-01": ("support", "support", None),
        "A-02": ("regular", "regular", None),
        "A-03": ("foster", "foster", None),
    }
    told_of = [one["data"] for one in of_classes(await said()) if one["subject"] == "A-03"]
    assert [(one["category"], one["candidate_since"], one["as_of"]) for one in told_of] == [
        ("regular", None, "2018-09-01"),
        ("regular", "2018-09-02", "2018-09-02"),
        ("foster", None, "2018-09-04"),
    ]
    assert DayTurned.type not in {one["type"] for one in of_classes(await said())}


async def test_one_society_is_explained_with_the_class_it_holds(app: FastAPI, visitor: httpx2.AsyncClient) -> None:
    await hear(app, [admitted(number=21, society="A-03", on="2018-09-02")])
    await hear(app, [turned("2018-09-03")])

    row = (await visitor.get("/ratings/A-03")).json()["standing"]

    assert (row["class"], row["range"], row["candidate_since"]) == ("regular", "foster", "2018-09-02")


async def test_a_close_that_is_undone_leaves_no_class_behind(app: FastAPI, visitor: httpx2.AsyncClient) -> None:
    before = app.state.board.outlooks
    await hear(app, [admitted(number=40, society="A-03", on="2018-09-02")])

    async def fails() -> None:
        async with app.state.service.work() as work:
            await app.state.service.listener.ear.apply(as_heard([turned("2018-09-03")]), work)
            assert app.state.board.outlooks != before
            raise OSError("the database is gone")

    with pytest.raises(OSError, match="gone"):
        await fails()
    assert app.state.board.outlooks == before
    assert visitor.is_closed is False


async def test_after_a_restart_everybody_holds_what_the_log_told(
    app: FastAPI, visitor: httpx2.AsyncClient, said: Said
) -> None:
    await hear(app, [admitted(number=21, society="A-03", on="2018-09-02")])
    await hear(app, [turned("2018-09-03")])
    heard = [as_fact(one) for one in await said() if one["type"] == ClassOutlookChanged.type]
    await hear(app, heard)
    anew = LiveRatings()

    async with app.state.service.db.reading() as conn:
        await anew.begin(conn, Partition())

    assert anew.board.outlooks == app.state.board.outlooks == outlooks(heard)
    assert visitor.is_closed is False


def as_fact(document: dict[str, Any]) -> Fact:
    return Fact.make(
        id=document["id"],
        type=document["type"],
        subject=document["subject"],
        time=document["time"],
        recorded=document["recordedtime"],
        data=document["data"],
    )

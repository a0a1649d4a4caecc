"""A society's trend over HTTP: what the closes of days announced, the same after a restart."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx2
from fastapi import FastAPI

from chassis.hearing import Partition
from contracts.evaluation import RatingChanged
from services.evaluation.domain import load_policy
from services.evaluation.handlers import LiveRatings
from tests.component.evaluation.conftest import Said
from tests.component.evaluation.test_classes import as_fact, turned
from tests.component.evaluation.test_past import hear, put_in_use
from tests.unit.evaluation.histories import admitted, registered
from tests.unit.evaluation.test_outlook import BY


async def test_every_close_is_a_point_of_the_trend(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], said: Said
) -> None:
    await put_in_use(app, BY)
    app.state.board.day = date(2018, 9, 1)
    visitor = client_for(app)
    await hear(app, [one for code in ("A-01", "A-02") for one in (registered(society=code),)])
    await hear(app, [admitted(number=40, society="A-01"), admitted(number=50, society="A-02"), turned("2018-09-02")])
    await hear(app, [admitted(number=20, society="A-01"), turned("2018-09-03"), turned("2018-09-04")])
    await hear(app, [as_fact(one) for one in await said() if one["type"] == RatingChanged.type])

    trend = (await visitor.get("/ratings/A-01")).json()["trend"]

    assert steps(trend) == [("2018-09-01", "0.4", 2), ("2018-09-02", "0.6", 1), ("2018-09-03", "0.6", 1)]
    past = (await visitor.get("/ratings/A-01", params={"as_of": "2018-09-01"})).json()["trend"]
    assert steps(past) == [("2018-09-01", "0.4", 2)]
    anew = LiveRatings()
    async with app.state.service.db.reading() as conn:
        await anew.begin(conn, Partition())
    assert anew.board.trends.of("A-01", date(2018, 9, 3)) == app.state.board.trends.of("A-01", date(2018, 9, 3))


async def test_a_change_of_the_policy_is_announced_and_begins_a_new_line(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], said: Said
) -> None:
    await put_in_use(app, BY)
    app.state.board.day = date(2018, 9, 1)
    visitor = client_for(app)
    await hear(app, [registered(society="A-01"), admitted(number=40, society="A-01"), turned("2018-09-02")])
    text = BY.text.replace('"version": "1"', '"version": "2"')
    await put_in_use(app, load_policy(text), "2018-09-02")
    await hear(app, [turned("2018-09-03")])
    told = [one for one in await said() if one["type"] == RatingChanged.type and one["subject"] == "A-01"]
    await hear(app, [as_fact(one) for one in told])

    trend = (await visitor.get("/ratings/A-01")).json()["trend"]

    assert [(one["data"]["version"], one["data"]["previous_total"]) for one in told] == [("1", None), ("2", None)]
    assert steps(trend) == [("2018-09-02", "0.4", 1)]  # the same points, by another version
    assert trend["line"]["since"] == "2018-09-02"
    assert trend["line"]["after"] == {"policy": "little", "version": "1"}


def steps(trend: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(point["as_of"], point["share"], point["rank"]) for point in trend["points"]]

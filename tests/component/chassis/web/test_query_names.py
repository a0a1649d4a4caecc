"""A query parameter that an endpoint does not know is refused; what others hang onto an address is passed over."""

import httpx2
import pytest

TYPE = "urn:societas:problem:unknown-query-parameter"


async def test_an_unknown_parameter_is_refused_by_name(visitor: httpx2.AsyncClient) -> None:
    answer = await visitor.get("/notes", params={"limit": 3, "as_off": "2025-12-05"})

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, TYPE)
    assert (problem["field"], problem["value"]) == ("as_off", "2025-12-05")
    assert problem["detail"] == "There is no query parameter as_off here; there are: after, limit."


async def test_an_endpoint_without_parameters_says_so(visitor: httpx2.AsyncClient) -> None:
    problem = (await visitor.get("/count?limit=3")).json()

    assert problem["detail"] == "There is no query parameter limit here, nor any other."


async def test_several_are_named_at_once_and_a_secret_is_not_repeated(visitor: httpx2.AsyncClient) -> None:
    answer = await visitor.get("/notes?first=1&token=hunter2")

    assert [one["field"] for one in answer.json()["errors"]] == ["first", "token"]
    assert "hunter2" not in answer.text


async def test_a_refused_write_is_not_done(clerk: httpx2.AsyncClient) -> None:
    assert (await clerk.post("/notes?dry_run=true", json={"text": "a note"})).status_code == 422
    assert (await clerk.get("/count")).json() == 0


@pytest.mark.parametrize("added", ["_=1764115200", "utm_source=weixin", "from=singlemessage&isappinstalled=0"])
async def test_what_others_add_on_the_way_changes_nothing(visitor: httpx2.AsyncClient, added: str) -> None:
    assert (await visitor.get(f"/notes?limit=3&{added}")).status_code == 200


async def test_a_probe_may_ask_as_it_likes(visitor: httpx2.AsyncClient) -> None:
    assert (await visitor.get("/healthz?probe=1")).status_code == 200


async def test_a_parameter_that_takes_one_value_is_refused_with_two(visitor: httpx2.AsyncClient) -> None:
    answer = await visitor.get("/notes?limit=10&limit=20")

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:societas:problem:repeated-query-parameter")
    assert (problem["field"], problem["value"]) == ("limit", ["10", "20"])
    assert problem["detail"] == "Give limit once; it came with the values 10, 20."


async def test_a_parameter_that_takes_several_values_may_come_more_than_once(visitor: httpx2.AsyncClient) -> None:
    assert (await visitor.get("/tagged?tag=a&tag=b")).json() == ["a", "b"]

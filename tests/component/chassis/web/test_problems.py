from collections.abc import Callable

import httpx2
import pytest
from databases import url_of
from fastapi import FastAPI
from sqlalchemy import DDL
from starlette.routing import Mount

from chassis.access import PUBLIC
from chassis.database import Database
from chassis.faults import NOT_VALID, message_of
from chassis.house import House
from chassis.language import N_
from chassis.web import Reading

TYPE = "urn:societas:problem:"


def _is_problem(response: httpx2.Response, status: int, slug: str) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == TYPE + slug
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


async def test_a_refusal_names_the_field_the_value_and_the_rule(clerk: httpx2.AsyncClient) -> None:
    problem = _is_problem(await clerk.post("/notes", json={"text": "refused"}), 409, "already-kept")
    assert problem["field"] == "text"
    assert problem["value"] == "refused"
    assert problem["instance"] == "/notes"
    assert problem["detail"] == "This takes one of the roles a, b."


async def test_a_refusal_speaks_chinese_unless_english_is_preferred(clerk: httpx2.AsyncClient) -> None:
    response = await clerk.post("/notes", json={"text": "refused"}, headers={"Accept-Language": "fr"})
    problem = _is_problem(response, 409, "already-kept")
    assert problem["title"] == "请求被拒绝"
    assert problem["detail"] == "此操作需要下列角色之一：a、b。"
    assert response.headers["content-language"] == "zh-CN"
    assert "Accept-Language" in response.headers["vary"]


async def test_a_refused_write_changes_nothing(clerk: httpx2.AsyncClient) -> None:
    for text in ("refused", "broken", "soft"):
        assert (await clerk.post("/notes", json={"text": text})).is_error
    assert (await clerk.get("/count")).json() == 0


async def test_every_wrong_value_is_told_at_once(clerk: httpx2.AsyncClient) -> None:
    wrong = {"text": "x", "kind": "parcel", "pages": 0, "sent_at": "yesterday", "colour": "red"}
    problem = _is_problem(await clerk.post("/notes", json=wrong), 422, "invalid-request")
    told = {error["field"]: error for error in problem["errors"]}
    assert set(told) == set(wrong)
    assert told["text"]["message"] == "The least number of characters is 2."
    assert told["kind"]["message"] == "This must be one of: letter, card."
    assert told["kind"]["value"] == "parcel"
    assert told["pages"] == {"field": "pages", "value": 0, "message": "This must be 1 or more."}
    assert told["colour"]["message"] == "There is no such field here."


async def test_wrong_values_are_told_in_chinese(clerk: httpx2.AsyncClient) -> None:
    response = await clerk.post("/notes", json={"kind": "parcel"}, headers={"Accept-Language": "zh-CN"})
    problem = _is_problem(response, 422, "invalid-request")
    told = {error["field"]: error["message"] for error in problem["errors"]}
    assert told == {"text": "此项必填。", "kind": "此处只能是下列值之一：letter、card。"}


async def test_a_long_value_is_cut_and_a_secret_is_not_repeated(clerk: httpx2.AsyncClient) -> None:
    response = await clerk.post("/notes", json={"text": "y" * 1000, "password": "hunter2"})
    problem = _is_problem(response, 422, "invalid-request")
    told = {error["field"]: error for error in problem["errors"]}
    assert told["text"]["value"] == "y" * 200
    assert "hunter2" not in response.text


async def test_a_body_that_is_not_json_says_where(clerk: httpx2.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    problem = _is_problem(await clerk.post("/notes", content='{"text": ', headers=headers), 400, "malformed-json")
    assert "character 9" in problem["detail"]


async def test_a_body_of_another_kind_is_refused_as_such(clerk: httpx2.AsyncClient) -> None:
    headers = {"Content-Type": "text/plain"}
    _is_problem(await clerk.post("/notes", content="text", headers=headers), 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [("GET", "/nowhere", 404, "not-found"), ("DELETE", "/notes", 405, "method-not-allowed")],
)
async def test_what_does_not_exist_is_a_problem_too(
    visitor: httpx2.AsyncClient, method: str, path: str, status: int, slug: str
) -> None:
    response = await visitor.request(method, path)
    _is_problem(response, status, slug)
    assert status != 405 or response.headers["allow"] == "GET, POST"


async def test_a_fault_of_ours_tells_nothing_but_where_to_look(clerk: httpx2.AsyncClient) -> None:
    response = await clerk.post("/notes", json={"text": "broken"}, headers={"X-Correlation-ID": "look-here"})
    problem = _is_problem(response, 500, "internal-error")
    assert "look-here" in problem["detail"]
    assert "secret" not in response.text
    assert response.headers["x-correlation-id"] == "look-here"


async def test_every_fault_has_its_own_words() -> None:
    assert message_of({"type": "never-heard-of"}, "en") == NOT_VALID
    quoted = {"type": "value_error", "ctx": {"error": ValueError(N_("This is required."))}}
    assert message_of(quoted, "zh") == "此项必填。"
    unmarked = {"type": "value_error", "ctx": {"error": ValueError("internals")}}
    assert message_of(unmarked, "en") == NOT_VALID


async def test_a_database_that_is_away_is_a_problem_that_passes(house: House, clerk: httpx2.AsyncClient) -> None:
    async with house.db.writing() as conn:
        await conn.execute(DDL("DROP TABLE notes"))
    response = await clerk.get("/count")
    _is_problem(response, 503, "store-unavailable")
    assert response.headers["retry-after"]


async def test_a_database_that_shuts_down_under_a_request_is_told_too(
    postgres_server: str, desk: FastAPI, visitor: httpx2.AsyncClient
) -> None:
    desk.state.service.db = Database(url_of(postgres_server, "postgres"))

    @desk.get("/cut-off", dependencies=[PUBLIC])
    async def cut_off(look: Reading) -> None:
        await look.execute(DDL("SELECT pg_terminate_backend(pg_backend_pid())"))

    _is_problem(await visitor.get("/cut-off"), 503, "store-unavailable")
    await desk.state.service.db.close()


async def test_a_request_keeps_its_correlation_id_or_gets_one(visitor: httpx2.AsyncClient) -> None:
    given = await visitor.get("/count", headers={"X-Correlation-ID": "abc-1"})
    assert given.headers["x-correlation-id"] == "abc-1"
    made = await visitor.get("/count", headers={"X-Correlation-ID": "not acceptable \n"})
    assert len(made.headers["x-correlation-id"]) == 36


async def test_a_service_mounted_below_a_path_answers_as_it_does_at_the_root(
    desk: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    clerk = client_for(FastAPI(routes=[Mount("/api/desk", app=desk)]), "association")
    assert (await clerk.post("/api/desk/notes", json={"text": "a note"})).status_code == 201
    problem = _is_problem(await clerk.post("/api/desk/notes", json={"text": "refused"}), 409, "already-kept")
    assert problem["instance"] == "/api/desk/notes"
    large = await clerk.post("/api/desk/large-notes", json=["x" * 2 * 1024 * 1024])
    assert large.status_code == 200
    document = (await clerk.get("/api/desk/openapi.json")).json()
    assert document["servers"] == [{"url": "/api/desk"}]


async def test_a_database_that_refuses_connections_is_told_too(desk: FastAPI, clerk: httpx2.AsyncClient) -> None:
    desk.state.service.db = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    _is_problem(await clerk.get("/count"), 503, "store-unavailable")


async def test_of_many_faults_a_hundred_are_told_and_the_rest_is_counted(clerk: httpx2.AsyncClient) -> None:
    wrong = {"text": "letter", "kind": "letter"} | {f"unknown-{n}": 1 for n in range(20_000)}
    answer = await clerk.post("/notes", json=wrong)
    problem = _is_problem(answer, 422, "invalid-request")
    assert len(problem["errors"]) == 100
    assert problem["more"] >= 19_900
    assert len(answer.content) < 50_000

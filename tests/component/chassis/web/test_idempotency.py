import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx2
import pytest

from chassis import idempotency
from chassis.house import House

NOTE = {"text": "a note"}
KEY = {"Idempotency-Key": "0197c3a0-once"}


@pytest.fixture
async def desk_database(make_database: Callable[[str], Awaitable[str]]) -> str:
    return await make_database("desk")


async def test_a_write_sent_twice_is_done_once_and_answered_alike(clerk: httpx2.AsyncClient) -> None:
    first = await clerk.post("/notes", json=NOTE, headers=KEY)
    again = await clerk.post("/notes", json=NOTE, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert (await clerk.get("/count")).json() == 1


async def test_writes_sent_at_the_same_time_are_done_once(clerk: httpx2.AsyncClient) -> None:
    answers = await asyncio.gather(*(clerk.post("/notes", json=NOTE, headers=KEY) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert (await clerk.get("/count")).json() == 1


async def test_a_key_is_good_for_one_request_only(clerk: httpx2.AsyncClient) -> None:
    await clerk.post("/notes", json=NOTE, headers=KEY)
    for path, body in (("/notes", {"text": "another"}), ("/societies/A-18/notes", NOTE)):
        answer = await clerk.post(path, json=body, headers=KEY)
        assert answer.status_code == 422
        assert answer.json()["type"] == "urn:societas:problem:idempotency-key-reused"
    assert (await clerk.get("/count")).json() == 1


async def test_two_callers_may_choose_the_same_key(
    clerk: httpx2.AsyncClient, token: Callable[..., dict[str, str]]
) -> None:
    await clerk.post("/notes", json=NOTE, headers=KEY)
    await clerk.post("/notes", json=NOTE, headers=KEY | token("association", subject="somebody-else"))
    assert (await clerk.get("/count")).json() == 2


async def test_who_calls_itself_the_same_and_has_another_role_is_told_nothing_of_the_answer(
    clerk: httpx2.AsyncClient, token: Callable[..., dict[str, str]]
) -> None:
    """Two people with the default name of a token: the answer was given before the endpoint asked who it was."""
    shared, note = "/shared-notes", NOTE
    first = token("society:A-18", subject="cli")
    assert (await clerk.post(shared, params={"society": "A-18"}, json=note, headers=KEY | first)).status_code == 201
    other = token("society:B-01", subject="cli")
    answer = await clerk.post(shared, params={"society": "A-18"}, json=note, headers=KEY | other)

    assert answer.status_code == 403
    assert "idempotent-replayed" not in answer.headers
    own = await clerk.post(shared, params={"society": "B-01"}, json={"text": "of B"}, headers=KEY | other)
    assert own.status_code == 201


async def test_a_write_that_failed_may_be_sent_again_under_its_key(clerk: httpx2.AsyncClient, house: House) -> None:
    for text, status in (("refused", 409), ("soft", 409), ("broken", 500), ("x", 422)):
        headers = {"Idempotency-Key": f"key-{text}"}
        for _ in range(2):
            answer = await clerk.post("/notes", json={"text": text}, headers=headers)
            assert answer.status_code == status
            assert "idempotent-replayed" not in answer.headers
    async with house.db.reading() as conn:
        assert (await conn.execute(idempotency.idempotency.select())).all() == []


async def test_without_a_key_every_request_is_a_new_one(clerk: httpx2.AsyncClient) -> None:
    for _ in range(2):
        await clerk.post("/notes", json=NOTE)
    assert (await clerk.get("/count")).json() == 2


@pytest.mark.parametrize("key", ["", "x" * 201, "two words"])
async def test_a_key_that_is_none_is_refused(clerk: httpx2.AsyncClient, key: str) -> None:
    answer = await clerk.post("/notes", json=NOTE, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:societas:problem:idempotency-key-invalid"


async def test_a_kept_answer_is_not_given_to_who_may_not_write(
    clerk: httpx2.AsyncClient, token: Callable[..., dict[str, str]]
) -> None:
    await clerk.post("/notes", json=NOTE, headers=KEY)
    assert (await clerk.post("/notes", json=NOTE, headers=KEY | token("auditor"))).status_code == 403


async def test_old_keys_are_forgotten(clerk: httpx2.AsyncClient, house: House) -> None:
    await clerk.post("/notes", json=NOTE, headers=KEY)
    async with house.db.writing() as conn:
        assert await idempotency.forget(conn, house.clock.now()) == 0
        assert await idempotency.forget(conn, house.clock.now() + timedelta(seconds=1)) == 1
    await clerk.post("/notes", json=NOTE, headers=KEY)
    assert (await clerk.get("/count")).json() == 2

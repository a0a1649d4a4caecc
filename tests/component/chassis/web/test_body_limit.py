import json
from collections.abc import AsyncIterator

import httpx2

MIB = 1024 * 1024
JSON = {"Content-Type": "application/json"}


def _notes(size: int) -> bytes:
    return json.dumps(["x" * (size - 4)]).encode()


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


def _refused(response: httpx2.Response, limit: int) -> bool:
    problem = response.json()
    assert str(limit) in problem["detail"]
    return response.status_code == 413 and problem["type"] == "urn:societas:problem:body-too-large"


async def test_an_announced_body_over_the_limit_is_not_read(clerk: httpx2.AsyncClient) -> None:
    assert _refused(await clerk.post("/notes", content=_notes(MIB + 1), headers=JSON), MIB)


async def test_a_body_that_does_not_say_its_size_is_counted(clerk: httpx2.AsyncClient) -> None:
    for path in ("/notes", "/societies/A-18/notes"):
        assert _refused(await clerk.post(path, content=_in_pieces(_notes(2 * MIB)), headers=JSON), MIB)


async def test_a_body_at_the_limit_is_read(clerk: httpx2.AsyncClient) -> None:
    assert (await clerk.post("/notes", content=_notes(MIB), headers=JSON)).status_code == 422


async def test_a_path_may_have_a_limit_of_its_own(clerk: httpx2.AsyncClient) -> None:
    whole = await clerk.post("/large-notes", content=_notes(3 * MIB), headers=JSON)
    assert (whole.status_code, whole.json()) == (200, 1)
    pieces = await clerk.post("/large-notes", content=_in_pieces(_notes(3 * MIB)), headers=JSON)
    assert pieces.status_code == 200
    assert _refused(await clerk.post("/large-notes", content=_notes(3 * MIB + 1), headers=JSON), 3 * MIB)
    assert _refused(await clerk.post("/large-notes", content=_in_pieces(_notes(4 * MIB)), headers=JSON), 3 * MIB)


async def test_a_length_that_is_no_number_does_not_open_the_door(clerk: httpx2.AsyncClient) -> None:
    headers = JSON | {"Content-Length": "-1"}
    assert _refused(await clerk.post("/notes", content=_in_pieces(_notes(2 * MIB)), headers=headers), MIB)

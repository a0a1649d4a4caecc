"""What a log takes in from elsewhere, and what it does not."""

import gzip
import json
import resource
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis import dead_letters, log, wire
from chassis.clock import SteppedClock
from chassis.correlation import new_traceparent
from chassis.house import House
from chassis.ids import new_id
from contracts.calendar import day_of, midnight
from contracts.membership import MemberAdmitted
from contracts.vocabulary import MemberKind

TYPE = "urn:societas:problem:"


@pytest.fixture
async def house(
    make_database: Callable[[str], Awaitable[str]], settings_for: Callable[..., Any], clock: SteppedClock
) -> AsyncIterator[House]:
    url = await make_database("membership")
    house = House("membership", settings_for("membership", url), clock)
    yield house
    await house.redis.aclose()
    await house.db.close()


@pytest.fixture
def app(house: House) -> FastAPI:
    return house.app(title="membership", description="")


@pytest.fixture
def clerk(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "association", "importer")


def a_line(day: date = date(2025, 3, 1)) -> str:
    event = MemberAdmitted(
        subject="A-18", happened_at=midnight(day), member=new_id(), kind=MemberKind.UNIT, admitted_on=day
    )
    return wire.encode(
        event, id_=new_id(), recorded_at=midnight(day), correlation=new_id(), traceparent=new_traceparent()
    )


async def the_log(clerk: httpx2.AsyncClient, house: House) -> list[str]:
    async with house.db.writing() as conn:
        await log.number(conn)
    return (await clerk.get("/log", params={"limit": 5000})).text.splitlines()


async def test_what_was_taken_in_comes_out_as_it_went_in(clerk: httpx2.AsyncClient, house: House) -> None:
    sent = [a_line() for _ in range(3)]
    answer = await clerk.post("/log", content="\n".join([*sent, "", sent[0]]))

    assert answer.json() == {"imported": 3, "skipped": 1}
    out = await the_log(clerk, house)
    assert [wire.unplaced(wire.decode(line)) for line in out] == sent
    again = await clerk.post("/log", content="\n".join(out) + "\n")
    assert again.json() == {"imported": 0, "skipped": 3}


async def test_the_association_alone_imports_nothing(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    refused = await client_for(app, "association", "auditor").post("/log", content=a_line())
    taken = await client_for(app, "importer").post("/log", content=a_line())

    assert (refused.status_code, taken.status_code) == (403, 200)


async def test_one_id_with_unlike_content_is_a_fault_by_line(clerk: httpx2.AsyncClient, house: House) -> None:
    known, event = a_line(), json.loads(a_line())
    await clerk.post("/log", content=known)
    another = json.loads(known) | {"subject": "A-19"}
    again = event | {"data": dict(reversed(event["data"].items()))}
    second = event | {"subject": "A-19"}
    sent = [json.dumps(one) for one in (json.loads(known), another, event, again, second)]

    for door in ("/log?dry_run=true", "/log"):
        answer = await clerk.post(door, content="\n".join(["", *sent]))
        assert [(one["line"], one["field"]) for one in answer.json()["errors"]] == [(3, "id"), (6, "id")]
    assert len(await the_log(clerk, house)) == 1
    assert (await clerk.post("/log", content="\n".join([sent[2], sent[3]]))).json() == {"imported": 1, "skipped": 1}


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (lambda text: gzip.compress(text.encode()), "gzip"),
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: text.encode("utf-16-le"), "UTF-16"),
        (lambda text: text.encode("utf-32"), "UTF-32"),
    ],
    ids=["gzip", "utf-16", "utf-16 without a mark", "utf-32"],
)
async def test_a_file_in_another_encoding_is_named_in_one_sentence(
    clerk: httpx2.AsyncClient, written: Callable[[str], bytes], named: str
) -> None:
    (fault,) = (await clerk.post("/log", content=written(a_line()))).json()["errors"]

    assert named in fault["message"]
    assert "value" not in fault


async def test_a_byte_order_mark_and_the_line_ends_of_windows_are_passed_over(clerk: httpx2.AsyncClient) -> None:
    body = f"{a_line()}\r\n{a_line()}\r\n".encode("utf-8-sig")

    assert (await clerk.post("/log", content=body)).json() == {"imported": 2, "skipped": 0}


async def test_a_line_without_correlation_and_trace_is_the_same_event_each_time(clerk: httpx2.AsyncClient) -> None:
    bare = json.loads(a_line())
    del bare["correlationid"], bare["traceparent"]

    answers = [(await clerk.post("/log", content=json.dumps(bare))).json() for _ in range(2)]

    assert answers == [{"imported": 1, "skipped": 0}, {"imported": 0, "skipped": 1}]


async def test_one_bad_line_keeps_all_out_and_every_fault_is_named(clerk: httpx2.AsyncClient, house: House) -> None:
    bad = json.loads(a_line()) | {"id": "x", "specversion": "9.9"}
    answer = await clerk.post("/log", content="\n".join([a_line(), "", json.dumps(bad), "{}"]))
    problem = answer.json()

    assert (answer.status_code, problem["type"]) == (422, TYPE + "unreadable-lines")
    assert "2 lines" in problem["detail"]
    assert {(one["line"], one["field"]) for one in problem["errors"]} >= {(3, "id"), (3, "specversion"), (4, "source")}
    assert all(one["message"] for one in problem["errors"])
    assert await the_log(clerk, house) == []


async def test_an_event_of_tomorrow_is_refused_by_the_same_rule_as_at_the_endpoints(
    clerk: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    today = day_of(clock.now())
    answer = await clerk.post("/log", content=a_line(today + timedelta(days=1)))

    assert [one["field"] for one in answer.json()["errors"]] == ["time", "recordedtime"]
    assert str(today) in answer.json()["errors"][0]["message"]
    assert (await clerk.post("/log", content=a_line(today))).json()["imported"] == 1


async def test_a_dry_run_tells_what_would_be_imported_and_writes_nothing(
    clerk: httpx2.AsyncClient, house: House
) -> None:
    known = a_line()
    await clerk.post("/log", content=known)
    lines = f"{known}\n{a_line()}\n{a_line()}"

    assert (await clerk.post("/log?dry_run=true", content=lines)).json() == {"imported": 2, "skipped": 1}
    assert len(await the_log(clerk, house)) == 1


async def test_a_large_body_is_not_held_as_it_comes(clerk: httpx2.AsyncClient) -> None:
    lines, times = [a_line() for _ in range(2_000)], 40
    size = times * sum(map(len, lines))

    async def body() -> AsyncIterator[bytes]:
        for _ in range(times):
            yield "".join(line + "\n" for line in lines).encode()

    before = _peak()
    answer = await clerk.post("/log?dry_run=true", content=body(), timeout=120)

    assert answer.json() == {"imported": 2_000, "skipped": 78_000}
    assert _peak() - before < size / 2


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def test_a_line_that_never_ends_is_not_waited_for(clerk: httpx2.AsyncClient) -> None:
    answer = await clerk.post("/log", content=b"x" * (3 * 1024 * 1024))

    assert (answer.status_code, answer.json()["type"]) == (413, TYPE + "line-too-long")


async def test_dead_letters_are_listed_a_page_at_a_time(clerk: httpx2.AsyncClient, house: House) -> None:
    async with house.work() as work:
        for _ in range(5):
            await dead_letters.bury(work, "membership", 0, wire.decode(a_line()), RuntimeError("poison"))
    seen: list[str] = []
    after = None
    while True:
        page = (await clerk.get("/dead-letters", params={"limit": 2} | ({"after": after} if after else {}))).json()
        assert len(page["items"]) <= 2
        seen += [one["id"] for one in page["items"]]
        if (after := page["next"]) is None:
            break

    assert len(seen) == len(set(seen)) == 5

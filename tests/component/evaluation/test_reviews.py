"""A review walked through over HTTP: every step told, its file sealed, and refusals that change nothing."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis import wire
from chassis.clock import SteppedClock
from chassis.house import House
from chassis.ids import new_id
from contracts.calendar import CST, instant, midnight
from contracts.evaluation.reviews import ReviewStep
from services.evaluation import store
from services.evaluation.domain import load_policy
from services.evaluation.domain.review.file import replay
from services.evaluation.reviewing import desk
from services.evaluation.shipped import DEFAULT, text_of
from services.evaluation.store import reviews as kept
from services.evaluation.store.tables import facts

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
R = "/reviews/review-2025"
SOCIETIES = ("A-01", "A-02", "B-01")


@pytest.fixture
def house(app: FastAPI) -> House:
    house: House = app.state.service
    return house


@pytest.fixture
def tell(house: House) -> Callable[..., Awaitable[str]]:
    """Makes evaluation know a record, as if it had heard it."""

    async def told(type_: str, society: str, on: str, recorded: datetime, **data: Any) -> str:
        id_ = new_id()
        time = instant(midnight(date.fromisoformat(on)))
        row = {"id": id_, "subject": society, "type": f"{type_}.v1", "time": time, "recorded": instant(recorded)}
        async with house.work() as work:
            ordinal = (await store.mark(work.conn, 0)).last + 1
            await work.conn.execute(facts.insert().values(partition=0, ordinal=ordinal, **row, data=json.dumps(data)))
        return id_

    return told


@pytest.fixture
async def registered(tell: Callable[..., Awaitable[str]]) -> None:
    recorded = datetime(2025, 1, 1, tzinfo=CST)
    for society in SOCIETIES:
        await tell("membership.society-registered", society, "2020-01-01", recorded, name=society, discipline="science")
        await tell("membership.party-organisation-established", society, "2020-01-01", recorded, form="own")


@pytest.fixture
def as_(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> Callable[[str], httpx2.AsyncClient]:
    return lambda role: client_for(app, role)


@pytest.fixture
def seat(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> Callable[[str], httpx2.AsyncClient]:
    """A member of the panel, who is a person like no other."""
    return lambda member: client_for(app, f"panel:review-2025:{member}", subject=member)


@pytest.fixture
def association(as_: Callable[[str], httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return as_("association")


async def ok(answer: Awaitable[httpx2.Response]) -> dict[str, Any]:
    got = await answer
    assert got.status_code in {200, 201}, got.text
    document: dict[str, Any] = got.json()
    return document


PANEL = {"members": [{"member": f"p-{number}"} for number in range(1, 8)]}


async def published(association: httpx2.AsyncClient) -> None:
    await ok(association.post("/reviews", json={"review": "review-2025", "as_of": "2025-06-30"}))
    await ok(association.post(f"{R}/snapshot"))
    await ok(association.post(f"{R}/publication"))
    await ok(association.post(f"{R}/panel", json=PANEL))


async def test_a_review_goes_from_opening_to_seal_and_every_step_is_told(
    *,
    registered: None,
    association: httpx2.AsyncClient,
    as_: Callable[[str], httpx2.AsyncClient],
    seat: Callable[[str], httpx2.AsyncClient],
    tell: Callable[..., Awaitable[str]],
    clock: SteppedClock,
    said: Said,
    house: House,
) -> None:
    await published(association)
    evaluator, society = as_("evaluator"), as_("society:A-01")
    before = (await ok(association.get(f"{R}/results")))["results"]
    objection = await ok(
        society.post(f"{R}/objections", json={"objector": "A-01", "about": "A-01", "text": "二月的理事会会议未计入。"})
    )
    door = f"{R}/objections/{objection['objection']}"
    clock.set(clock.now() + timedelta(days=1))
    # The record that puts it right is told now, and so is one of another society, which must not move anything.
    held = {"meeting": new_id(), "organ": "council", "entitled": 60, "present": 50, "held_on": "2025-02-01"}
    missing = await tell("membership.meeting-held", "A-01", "2025-02-01", clock.now(), **held)
    await tell("membership.meeting-held", "B-01", "2025-02-01", clock.now(), **held)
    await ok(evaluator.post(f"{door}/recusals", json={"member": "p-7", "reason": "interest"}))
    for number, vote in enumerate(("uphold", "uphold", "uphold", "uphold", "dismiss"), start=1):
        await ok(seat(f"p-{number}").post(f"{door}/votes", json={"vote": vote}))
    await ok(association.post(f"{door}/decision"))
    await ok(association.post(f"{door}/dispatch"))
    await ok(association.post(f"{door}/revision", json={"admitted": [missing]}))
    clock.set(clock.now() + timedelta(days=7))
    await ok(association.post(f"{R}/confirmation"))
    await ok(association.post(f"{R}/classes"))
    sealed = await ok(association.post(f"{R}/seal"))

    shown = await ok(association.get(R))
    (one,) = shown["objections"]
    assert (shown["phase"], shown["binding"], one["outcome"]) == ("sealed", True, "upheld")
    assert (one["members"], one["present"], one["recused"], one["uphold"], one["dismiss"]) == (7, 5, 1, 4, 1)
    assert float(one["revision"]["after"]["total"]) > float(one["revision"]["before"]["total"])
    assert [due["late"] for due in shown["timetable"]] == [False, False, False]
    after = (await ok(association.get(f"{R}/results")))["results"]
    totals = {row["society"]: row["total"] for row in before}
    assert [row["society"] for row in after if row["total"] != totals[row["society"]]] == ["A-01"]
    # By the rule of the policy: who neither met nor did anything for a year is to be restructured.
    classes = {"A-01": "support", "A-02": "restructure", "A-18": "restructure", "B-01": "restructure"}
    assert {row["society"]: row["class"] for row in after} == classes
    verdict = await ok(association.get(f"{R}/verification"))
    assert verdict["equal"], verdict

    events = await said()
    assert [event["data"]["step"] for event in events] == list(range(1, len(events) + 1))
    assert "理事会" not in json.dumps(events, ensure_ascii=False)
    file = await ok(association.get(f"{R}/file"))
    assert [one["event"] for one in file["steps"]] == [event["id"] for event in events]
    assert file["steps"][-1]["digest"] == sealed["chain"]
    async with house.db.reading() as conn:
        steps: list[ReviewStep] = [one.step for one in await kept.steps_of(conn, "review-2025")]
    assert replay([*reversed(steps), *steps]).chain == sealed["chain"]


async def test_nothing_can_follow_the_seal(
    registered: None, association: httpx2.AsyncClient, clock: SteppedClock, said: Said
) -> None:
    await published(association)
    clock.set(clock.now() + timedelta(days=8))
    for step in ("confirmation", "classes", "seal"):
        await ok(association.post(f"{R}/{step}"))
    before = len(await said())
    doors = {"snapshot": {}, "publication": {}, "confirmation": {}, "classes": {}, "seal": {}, "panel": PANEL}
    doors |= {"objections": {"objector": "A-01", "about": "A-01", "text": "晚了"}}

    for door, form in doors.items():
        answer = await association.post(f"{R}/{door}", json=form)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:societas:problem:wrong-review-phase"), door

    assert len(await said()) == before


async def test_what_is_recorded_after_the_snapshot_does_not_move_it(
    registered: None, association: httpx2.AsyncClient, tell: Callable[..., Awaitable[str]], clock: SteppedClock
) -> None:
    await published(association)
    before = (await ok(association.get(R)))["hash"]
    await tell("membership.party-organisation-established", "A-02", "2025-06-01", clock.now(), form="joint")
    held = {"meeting": new_id(), "organ": "council", "entitled": 60, "present": 50, "held_on": "2025-02-01"}
    await tell("membership.meeting-held", "A-01", "2025-02-01", clock.now(), **held)

    verdict = await ok(association.get(f"{R}/verification"))

    assert verdict["equal"], verdict
    assert (await ok(association.get(R)))["hash"] == before


async def decided(association: httpx2.AsyncClient, seat: Callable[[str], httpx2.AsyncClient], door: str) -> None:
    """Upheld by five of seven, and sent."""
    for number in range(1, 6):
        await ok(seat(f"p-{number}").post(f"{door}/votes", json={"vote": "uphold"}))
    await ok(association.post(f"{door}/decision"))
    await ok(association.post(f"{door}/dispatch"))


async def test_two_objections_to_one_fault_are_put_right_by_one_record(
    *,
    registered: None,
    association: httpx2.AsyncClient,
    as_: Callable[[str], httpx2.AsyncClient],
    seat: Callable[[str], httpx2.AsyncClient],
    tell: Callable[..., Awaitable[str]],
    clock: SteppedClock,
) -> None:
    await published(association)
    doors = []
    for objector in ("A-01", "B-01"):
        form = {"objector": objector, "about": "A-01", "text": "二月的理事会会议未计入。"}
        raised = await ok(as_(f"society:{objector}").post(f"{R}/objections", json=form))
        doors.append((raised["objection"], f"{R}/objections/{raised['objection']}"))
    clock.set(clock.now() + timedelta(days=1))
    held = {"meeting": new_id(), "organ": "council", "entitled": 60, "present": 50, "held_on": "2025-02-01"}
    missing = await tell("membership.meeting-held", "A-01", "2025-02-01", clock.now(), **held)
    (first, door), (second, other) = doors
    for each in (door, other):
        await decided(association, seat, each)
    await ok(association.post(f"{door}/revision", json={"admitted": [missing]}))
    nothing = await association.post(f"{other}/revision", json={})
    await ok(association.post(f"{other}/revision", json={"put_right_by": first}))
    clock.set(clock.now() + timedelta(days=8))
    await ok(association.post(f"{R}/confirmation"))

    assert (nothing.status_code, nothing.json()["field"]) == (422, "admitted")
    told = {one["objection"]: one["revision"] for one in (await ok(association.get(R)))["objections"]}
    assert told[second]["before"] == told[second]["after"] == told[first]["after"]
    assert (told[first]["put_right_by"], told[second]["put_right_by"]) == ([], [{"objection": first, "number": 1}])
    assert (await ok(association.get(f"{R}/verification")))["equal"]


async def test_publication_tells_the_class_that_each_society_would_get(
    registered: None, association: httpx2.AsyncClient, said: Said
) -> None:
    await published(association)
    proposed = [one for one in await said() if one["type"] == "evaluation.class-proposed.v1"]

    results = (await ok(association.get(f"{R}/results")))["results"]
    assert {one["subject"]: one["data"]["category"] for one in proposed} == {
        row["society"]: row["class"] for row in results
    }
    assert [one["data"]["step"] for one in proposed] == [4, 5, 6, 7]


async def test_a_step_that_is_taken_late_is_a_finding_although_no_day_was_turned(
    registered: None, association: httpx2.AsyncClient, clock: SteppedClock, said: Said
) -> None:
    await ok(association.post("/reviews", json={"review": "review-2025", "publish_by": "2025-07-02"}))
    await ok(association.post(f"{R}/snapshot"))
    clock.set(clock.now() + timedelta(days=5))
    await ok(association.post(f"{R}/publication"))

    (breach,) = [one for one in await said() if one["type"] == "evaluation.procedure-breached.v1"]
    assert (breach["data"]["duty"], breach["data"]["due_on"]) == ("publication", "2025-07-02")


async def test_late_steps_are_findings_against_the_association_itself(
    registered: None, association: httpx2.AsyncClient, house: House, clock: SteppedClock, said: Said
) -> None:
    await ok(association.post("/reviews", json={"review": "review-2025", "publish_by": "2025-07-02"}))
    async with house.work() as work:
        await desk.find_late(work, date(2025, 7, 2))
    assert [event["type"] for event in await said()] == ["evaluation.review-opened.v1"]

    for _ in range(2):
        async with house.work() as work:
            await desk.find_late(work, date(2025, 7, 3))

    breach = (await said())[1]
    assert breach["type"] == "evaluation.procedure-breached.v1"
    assert (breach["data"]["duty"], breach["data"]["due_on"], breach["time"]) == (
        "publication",
        "2025-07-02",
        "2025-07-02T16:00:00.000000Z",
    )
    assert len(await said()) == 2
    clock.set(clock.now() + timedelta(days=3))
    late = await ok(association.get(R, params={"as_of": "2025-07-03"}))
    in_time = await ok(association.get(R, params={"as_of": "2025-07-02"}))
    assert [due["late"] for due in late["timetable"] + in_time["timetable"]] == [True, False]


async def test_a_society_objects_for_itself_only(
    registered: None, association: httpx2.AsyncClient, as_: Callable[[str], httpx2.AsyncClient], said: Said
) -> None:
    await published(association)
    before = len(await said())
    form = {"objector": "A-02", "about": "B-01", "text": "数据不实"}

    refused = await as_("society:A-01").post(f"{R}/objections", json=form)
    other = await as_("society:A-02").post(f"{R}/objections", json=form)

    assert refused.status_code == 403
    assert other.status_code == 201
    assert len(await said()) == before + 1


async def test_results_and_notices_are_read_once_published_and_notices_by_those_concerned(
    registered: None, association: httpx2.AsyncClient, as_: Callable[[str], httpx2.AsyncClient]
) -> None:
    await ok(association.post("/reviews", json={"review": "review-2025"}))
    assert (await association.get(f"{R}/results")).json()["type"] == "urn:societas:problem:results-not-published"
    await ok(association.post(f"{R}/snapshot"))
    await ok(association.post(f"{R}/publication"))

    notice = await ok(as_("society:A-01").get(f"{R}/notices/A-01"))
    printed = await as_("society:A-01").get(f"{R}/notices/A-01/pdf")
    others = await as_("society:A-01").get(f"{R}/notices/A-02/pdf")
    listed = await association.get(f"{R}/results/docx")
    unknown = await association.get(f"{R}/results/odt")
    strange = await as_("society:A-01").get(f"{R}/notices/A-02")
    missing = await association.get(f"{R}/notices/C-09")

    assert (notice["result"]["society"], notice["binding"]) == ("A-01", False)
    assert (strange.status_code, missing.status_code) == (403, 404)
    assert (printed.headers["content-type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert listed.headers["content-disposition"] == 'attachment; filename="review-2025-results.docx"'
    assert (others.status_code, unknown.status_code) == (403, 422)


async def test_steps_heard_from_an_imported_log_make_the_same_file(
    registered: None, association: httpx2.AsyncClient, app: FastAPI, house: House, said: Said
) -> None:
    await published(association)
    events = [wire.decode(json.dumps(event)) for event in await said()]
    chain = (await ok(association.get(R)))["chain"]
    async with house.work() as work:
        for table in (store.metadata.tables["review_steps"], store.metadata.tables["reviews"]):
            await work.conn.execute(table.delete())
    assert (await association.get(R)).status_code == 404

    async with house.work() as work:
        await desk.note([*reversed(events), *events], work.conn)

    assert (await ok(association.get(R)))["chain"] == chain


async def test_of_a_file_with_a_gap_only_what_is_proven_is_told_and_nothing_is_built_on_it(
    registered: None, association: httpx2.AsyncClient, house: House, said: Said
) -> None:
    await published(association)
    steps = store.metadata.tables["review_steps"]
    async with house.work() as work:
        await work.conn.execute(steps.delete().where(steps.c.step == 2))
    before = await said()

    shown = await ok(association.get(R))
    refused = await association.post(f"{R}/confirmation")
    verdict = await ok(association.get(f"{R}/verification"))
    async with house.work() as work:
        await desk.find_late(work, date(2026, 6, 1))

    assert (shown["phase"], shown["steps"], shown["broken_at"]) == ("opened", 1, 2)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:societas:problem:file-incomplete")
    assert (verdict["equal"], verdict["broken_at"]) == (False, 2)
    assert await said() == before


async def test_a_changed_step_in_the_store_is_noticed(
    registered: None, association: httpx2.AsyncClient, house: House
) -> None:
    await published(association)
    steps = store.metadata.tables["review_steps"]
    async with house.work() as work:
        await work.conn.execute(steps.update().where(steps.c.step == 3).values(time="2025-01-01T00:00:00.000000Z"))

    verdict = await ok(association.get(f"{R}/verification"))

    assert (verdict["equal"], verdict["broken_at"]) == (False, 4)


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("en", "Objections: 20 a day are taken of A-01, and 0 are left today. Go on tomorrow."),
        ("zh", "异议：A-01 每日最多 20 项，今日还可办理 0 项，请明日继续。"),
    ],
)
async def test_a_society_objects_so_many_times_a_day_and_goes_on_the_next(  # noqa: PLR0917
    registered: None, association: httpx2.AsyncClient, as_: Any, clock: SteppedClock, language: str, detail: str
) -> None:
    await published(association)
    society, other = as_("society:A-01"), as_("society:A-02")
    society.headers["Accept-Language"] = language
    figures = [one.id for one in load_policy(text_of(DEFAULT)).indicators][:21]

    async def object_to(client: httpx2.AsyncClient, objector: str, figure: str) -> httpx2.Response:
        form = {"objector": objector, "about": "A-01", "indicator": figure, "text": "有误"}
        return await client.post(f"{R}/objections", json=form)

    assert {(await object_to(society, "A-01", figure)).status_code for figure in figures[:20]} == {201}
    refused = await object_to(society, "A-01", figures[20])
    assert (refused.status_code, refused.json()["field"], refused.json()["detail"]) == (429, "objector", detail)
    assert (await object_to(other, "A-02", figures[0])).status_code == 201

    clock.set(clock.now() + timedelta(days=1))
    assert (await object_to(society, "A-01", figures[20])).status_code == 201

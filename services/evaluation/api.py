"""HTTP of evaluation: ratings for everybody, policies, the calendar, and the proof that it all adds up."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, cast

import msgspec
from fastapi import Header, Query, Request, Response
from pydantic import AwareDatetime, BaseModel
from sse_starlette import EventSourceResponse

from chassis import positions
from chassis.access import PUBLIC, may
from chassis.language import N_, language_of
from chassis.refusals import Refusal
from chassis.serving import service_of
from chassis.web import Reading, Writing, router
from contracts.calendar import instant
from contracts.evaluation import PolicyActivated
from contracts.event import FederationId, SocietyId
from services.evaluation import queries, store, verification
from services.evaluation.board import NOT_YET, Board
from services.evaluation.calendar import Calendar
from services.evaluation.domain import Policy, check_policy, explain, load_policy
from services.evaluation.queries import Question
from services.evaluation.shipped import SHIPPED, text_of
from services.evaluation.stream import Audience

ratings = router("ratings")
policies = router("policies")
calendar = router("calendar")
routers = (ratings, policies, calendar)

AsOf = Annotated[date | None, Query(description="the day to rate on; today's board if absent")]
KnownAt = Annotated[
    AwareDatetime | None, Query(description="the instant whose knowledge to use; everything known if absent")
]
PolicyQuery = Annotated[str | None, Query(description="id of a filed policy; the one in use if absent", max_length=80)]


class UnknownSociety(Refusal):
    """Evaluation has not heard of this society."""

    slug = "unknown-society"
    status = 404
    title = N_("Unknown society")
    detail = N_("No society {value} is registered.")


class UnknownPolicy(Refusal):
    """No policy with this id is filed."""

    slug = "unknown-policy"
    status = 404
    title = N_("Unknown policy")
    detail = N_("No policy {value} is filed.")


class FutureDay(Refusal):
    """The day has not come yet."""

    slug = "future-day"
    title = N_("A day in the future")
    detail = N_("{value} has not come yet; today is {today}.")


class PolicyTaken(Refusal):
    """Another text is filed under the same id and version."""

    slug = "policy-taken"
    status = 409
    title = N_("This version of the policy exists already")
    detail = N_("Another text is filed as {value}: give the changed policy a new version.")


class Turned(BaseModel):
    """The day of the calendar, and whether this request turned it."""

    day: date
    turned: bool


def board_of(request: Request) -> Board:
    """The live board of this app, ranked after everything that was committed."""
    cast("Audience", request.app.state.audience).refresh()
    return cast("Board", request.app.state.board)


@ratings.get("/ratings", dependencies=[PUBLIC], response_class=Response)
async def read_ratings(
    *,
    request: Request,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
    federation: Annotated[FederationId | None, Query(description="only the members of this federation")] = None,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """The board: every rating with its indicators, ranked, and the hash that seals it; today's comes from memory."""
    board, service = board_of(request), service_of(request)
    tag = f'"{board.version}-{board.day.isoformat()}-{board.policy.hash[-12:]}"'
    live = (as_of, known_at, policy, federation) == (None, None, None, None)
    if live and if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    kept: tuple[str, bytes] = getattr(request.app.state, "answer", ("", b""))
    if live and kept[0] == tag:
        return _json(kept[1], {"ETag": tag})
    async with service.db.reading() as look:
        chosen = await _policy(look, board, policy) if policy else None
        question = Question(_past(as_of, board), instant(known_at) if known_at else None, chosen, federation)
        document = await queries.ratings(look, board, question)
        heard = await positions.everything(look)
    told = {**document, "positions": heard, "applied": sum(heard.values()), "demo": service.settings.demo}
    body = msgspec.json.encode(told)
    if not live:
        return _json(body, {})
    request.app.state.answer = (tag, body)
    return _json(body, {"ETag": tag})


def _json(body: bytes, headers: dict[str, str]) -> Response:
    return Response(body, media_type="application/json", headers=headers)


@ratings.get("/ratings/stream", dependencies=[PUBLIC], response_class=EventSourceResponse)
async def stream_ratings(
    request: Request, last_event_id: Annotated[str | None, Header(max_length=20)] = None
) -> EventSourceResponse:
    """Every change of the board as it happens (server-sent events); resumes after `Last-Event-ID`."""
    audience = cast("Audience", request.app.state.audience)
    return EventSourceResponse(_watch(audience, last_event_id), headers={"Cache-Control": "no-store"})


async def _watch(audience: Audience, last_event_id: str | None) -> AsyncIterator[bytes]:
    async for message in audience.watch(last_event_id):
        yield message


@ratings.get("/ratings/{society}", dependencies=[PUBLIC])
async def explain_rating(
    *,
    society: SocietyId,
    request: Request,
    look: Reading,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
) -> dict[str, Any]:
    """One rating to the last point: each indicator's clause, arithmetic and evidence, and what would earn the rest."""
    board = board_of(request)
    facts = await store.facts_of(look, [society])
    if not facts:
        raise UnknownSociety(field="society", value=society)
    chosen = await _policy(look, board, policy) if policy else board.policy
    explanation = explain(
        facts,
        chosen,
        _past(as_of, board) or board.day,
        instant(known_at) if known_at else None,
        society=society,
    )
    standing = next((queries.full_row(board, one) for one in board.standings if one.rating.society == society), None)
    return {**explanation.as_json(), "standing": standing, "demo": service_of(request).settings.demo}


@ratings.post("/verification", dependencies=[may("association", "auditor")])
async def verify(request: Request) -> dict[str, Any]:
    """Folds all logs again and compares with the live ratings."""
    return verification.as_json(await verification.verify(service_of(request), board_of(request)))


@policies.get("/policies", dependencies=[PUBLIC])
async def list_policies(request: Request, look: Reading) -> dict[str, Any]:
    """The policies that are filed or shipped, and the one in use."""
    board = board_of(request)
    known = await _filed(look)
    return {
        "active": {"id": board.policy.id, "version": str(board.policy.version)},
        "policies": [
            {"id": one.id, "version": str(one.version), "title": one.title.as_json(), "source": one.source}
            for one in known.values()
        ],
    }


@policies.get("/policies/{policy}", dependencies=[PUBLIC])
async def show_policy(policy: str, request: Request, look: Reading) -> dict[str, Any]:
    """A policy with all its indicators, clauses and remedies, and its text as filed; `active` is the one in use."""
    board = board_of(request)
    chosen = board.policy if policy == "active" else await _policy(look, board, policy)
    return {**chosen.as_json(), "text": chosen.text, "hash": chosen.hash}


@policies.post("/policies/check", dependencies=[may("association", "evaluator", "auditor")])
async def check(request: Request) -> dict[str, Any]:
    """Reads a policy file and says what is wrong with it, line by line; changes nothing."""
    found = check_policy((await request.body()).decode("utf-8", "replace"))
    language = language_of(request.headers.get("accept-language"))
    if isinstance(found, Policy):
        return {"valid": True, "policy": {"id": found.id, "version": str(found.version)}, "errors": []}
    return {"valid": False, "policy": None, "errors": [error.as_json(language) for error in found]}


@policies.post("/policies/activate", dependencies=[may("association")])
async def activate(request: Request, work: Writing) -> dict[str, Any]:
    """Files a policy and rates by it from now on; its text can never be changed under the same version."""
    policy = load_policy((await request.body()).decode("utf-8", "replace"))
    if await store.file_policy(work.conn, policy, instant(work.now())):
        raise PolicyTaken(field="version", value=f"{policy.id} {policy.version}")
    event = PolicyActivated(happened_at=work.now(), policy=policy.id, version=str(policy.version), hash=policy.hash)
    return {"policy": {"id": policy.id, "version": str(policy.version)}, "event": work.say(event)}


@calendar.get("/days/current", dependencies=[PUBLIC])
async def current_day(request: Request) -> Turned:
    """The day the live ratings are of."""
    board = board_of(request)
    return Turned(day=board.day, turned=board.day != NOT_YET)


class Day(BaseModel, extra="forbid"):
    """A day to turn to."""

    day: date


@calendar.post("/days", dependencies=[may("association", "service:*")])
async def turn_day(wanted: Day, request: Request, work: Writing) -> Turned:
    """Turns the calendar to a day that has come; a day that was turned already stays as it is."""
    if wanted.day > work.today():
        raise FutureDay(field="day", value=wanted.day.isoformat(), today=work.today().isoformat())
    later = await cast("Calendar", request.app.state.calendar).turn(work, wanted.day)
    return Turned(day=later or wanted.day, turned=later is None)


def _past(as_of: date | None, board: Board) -> date | None:
    if as_of is not None and as_of > board.day:
        raise FutureDay(field="as_of", value=as_of.isoformat(), today=board.day.isoformat())
    return as_of


async def _filed(look: Reading) -> dict[str, Policy]:
    texts = [text_of(one) for one in SHIPPED] + await store.policy_texts(look)
    return {policy.id: policy for policy in map(load_policy, texts)}


async def _policy(look: Reading, board: Board, wanted: str) -> Policy:
    if wanted == board.policy.id:
        return board.policy
    known = await _filed(look)
    if wanted not in known:
        raise UnknownPolicy(field="policy", value=wanted)
    return known[wanted]

"""HTTP of the ratings: the board, its changes as they happen, one rating to the last point, and the proof."""

from collections.abc import Sequence
from typing import Annotated, Any, cast

import msgspec
from fastapi import Header, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse
from starlette.types import Message, Send

from chassis import positions
from chassis.database import unavailable
from chassis.rates import PAST, TRIAL
from chassis.serving import service_of
from chassis.web import router
from contracts.event import FederationId, SocietyId
from services.evaluation import queries, store, verification
from services.evaluation.api.asked import (
    Asked,
    AsOf,
    KnownAt,
    PolicyQuery,
    board_of,
    following_of,
    past_of,
    question_of,
)
from services.evaluation.api.live import LiveBoard, tag_of
from services.evaluation.api.refusals import UnknownSociety, VerificationRuns
from services.evaluation.domain import Fact, explain
from services.evaluation.domain.prospects import prospects
from services.evaluation.queries import Question
from services.evaluation.stream import Audience
from services.rights import EVALUATION

ratings = router("ratings")
IfNoneMatch = Annotated[str | None, Header(max_length=200)]


class Reread(BaseModel):
    """So many events of so many."""

    events: int
    of: int


@ratings.get("/ratings", dependencies=[EVALUATION["ratings"].may_read, PAST], response_class=Response)
async def read_ratings(
    *,
    request: Request,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
    federation: Annotated[FederationId | None, Query(description="only the members of this federation")] = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The board: every rating with its indicators, ranked, and the hash that seals it; today's comes from memory."""
    board, service = board_of(request), service_of(request)
    asked = Asked(as_of, known_at, policy, federation)
    if asked == Asked():
        if if_none_match == tag_of(board):
            return Response(status_code=304, headers={"ETag": tag_of(board)})
        edition = await cast("LiveBoard", request.app.state.live).document(request)
        if if_none_match == edition.tag:
            return Response(status_code=304, headers={"ETag": edition.tag})
        return _json(edition.body, {"ETag": edition.tag})
    async with service.db.reading() as look:
        question = await question_of(request, look, asked)
        heard = await positions.everything(look)
    document = await queries.ratings(past_of(request), board, question)
    # What was known at an instant never changes again, and neither does what is said of it.
    places = {"positions": None if known_at else heard}
    told = {"applied": sum(heard.values()), **document, **places, "demo": service.settings.demo or bool(board.made_up)}
    return _json(msgspec.json.encode(told), {})


def _json(body: bytes, headers: dict[str, str]) -> Response:
    return Response(body, media_type="application/json", headers=headers)


class _Stream(EventSourceResponse):
    """A stream whose messages need no cancel scope each: there is no limit to the time of sending them."""

    async def _send_with_timeout(self, send: Send, message: Message) -> None:
        await send(message)


@ratings.get("/ratings/stream", dependencies=[EVALUATION["ratings"].may_read], response_class=EventSourceResponse)
async def stream_ratings(
    request: Request, last_event_id: Annotated[str | None, Header(max_length=20)] = None
) -> EventSourceResponse:
    """Every change of the board as it happens (server-sent events); resumes after `Last-Event-ID`."""
    audience = cast("Audience", request.app.state.audience)
    return _Stream(audience.watch(last_event_id), headers={"Cache-Control": "no-store"})


@ratings.get("/ratings/{society}", dependencies=[EVALUATION["ratings"].may_read, PAST], response_model=dict[str, Any])
async def explain_rating(
    *,
    society: SocietyId,
    request: Request,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """One rating to the last point: each indicator's clause, arithmetic and evidence, and what would earn the rest."""
    board, service = board_of(request), service_of(request)
    asked = Asked(as_of, known_at, policy)
    tagged = {"ETag": tag_of(board)} if asked == Asked() else {}
    if tagged and if_none_match == tagged["ETag"]:
        return Response(status_code=304, headers=tagged)
    facts, question = await _facts_and_question(request, society, asked)
    if not facts:
        raise UnknownSociety(field="society", value=society)
    explanation = explain(facts, question.policy, question.view(board).as_of, question.known_at, society=society)
    standings = await queries.standing(past_of(request), board, question)
    own = next((one for one in standings if one.rating.society == society), None)
    row = own and await queries.row(past_of(request), board, question, own)
    document = explanation.as_json()
    document["trend"] = queries.trend(board, question, society).as_json()
    earned = prospects(standings, question.policy, society, explanation.values)
    for one in document["indicators"]:
        one["prospect"] = earned[one["id"]].as_json() if one["id"] in earned else None
    made_up = service.settings.demo or society in board.made_up
    return _json(msgspec.json.encode({**document, "standing": row, "demo": made_up}), tagged)


async def _facts_and_question(request: Request, society: str, asked: Asked) -> tuple[Sequence[Fact], Question]:
    """The facts of a society, and what is asked of them.

    While the database is away they are those in memory, where a question of the past has had them read.
    """
    following, held = following_of(request), past_of(request).archive.held(society)
    if asked != Asked() or held is None or not following.alone():
        try:
            async with service_of(request).db.reading() as look:
                return await store.facts_of(look, [society]), await question_of(request, look, asked)
        except (SQLAlchemyError, OSError) as error:
            if asked != Asked() or held is None or not unavailable(error) or not following.readable():
                raise
    return held, Question(board_of(request).policy, live=True)


@ratings.post("/verification", dependencies=[EVALUATION["verifications"].may_record, TRIAL])
async def verify(request: Request) -> dict[str, Any]:
    """Folds all logs again and compares with the live ratings; one at a time, since it takes all the memory twice."""
    under_way: verification.Reread | None = getattr(request.app.state, "reread", None)
    if under_way is not None:
        raise VerificationRuns(events=under_way.events, of=under_way.of)
    reread = request.app.state.reread = verification.Reread()
    try:
        found = await verification.verify(service_of(request), following_of(request), lambda: board_of(request), reread)
    finally:
        request.app.state.reread = None
    return verification.as_json(found)


@ratings.get("/verification", dependencies=[EVALUATION["verifications"].may_read])
async def how_far(request: Request) -> Reread:
    """How far the verification that runs now has read the logs again; of none when nobody verifies."""
    reread: verification.Reread = getattr(request.app.state, "reread", None) or verification.Reread()
    return Reread(events=reread.events, of=reread.of)

"""The pages: the live board, one society, the policy; and what is shown when there is nothing to show."""

from typing import Annotated, cast

import structlog
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from jinja2 import TemplateError
from starlette.exceptions import HTTPException

from chassis.correlation import correlation_id
from chassis.language import N_, Phrase
from chassis.refusals import Refusal
from chassis.web import router
from contracts.event import SocietyId
from services.portal import live, words
from services.portal.board import Wanted, ranked
from services.portal.desk import At, Desk
from services.portal.documents import Row
from services.portal.duties import by_state
from services.portal.evaluation import (
    AskedTooOften,
    Declined,
    EvaluationAway,
    UnknownAddress,
    UnknownReview,
    UnknownSociety,
)
from services.portal.explained import sections, tally
from services.portal.moment import When
from services.rights import PORTAL

routes = router("pages")
_BLANK = Row(society="", name="", total="0", max="0", completeness="0", standing="")


@routes.get("/", dependencies=[PORTAL["pages"].may_read])
async def show_board(
    desk: At,
    moment: When,
    discipline: Annotated[str, Query()] = "",
    q: Annotated[str, Query(description="in name or code")] = "",
) -> HTMLResponse:
    """The live board; rows that are not asked for are there, hidden, so that the page can show them at once.

    The board of another day, or as known then, stands still.
    """
    board = await (desk.evaluation.board_at(moment) if moment.query else desk.evaluation.board())
    known = desk.printed.find(desk.address)
    if board.tag and board.tag == known.tag:
        return desk.again(known)
    policy = await desk.evaluation.policy(board.policy)
    wanted = Wanted(discipline if discipline in words.disciplines else "", q[:60])
    rows = ranked(board)
    html = desk.text(
        "board.html",
        "board",
        board=board,
        moment=moment,
        rows=rows,
        wanted=wanted,
        matching=any(map(wanted.shows, rows)),
        policy=policy,
        blank=_BLANK,
        stream=live.STREAM,
        spoken=live.spoken(desk.voice, policy),
    )
    return desk.print(html, board.tag)


@routes.get("/societies/{society}", dependencies=[PORTAL["pages"].may_read])
async def show_society(desk: At, moment: When, society: SocietyId) -> HTMLResponse:
    """One society: every indicator, its clause, its arithmetic, its events, and what would earn what is missing.

    Its rating of another day, or as known then, stands still.
    """
    known = desk.printed.find(desk.address)
    rating = await desk.evaluation.explanation(society, moment, known.tag)
    if rating is None:
        return desk.again(known)
    policy = await desk.evaluation.policy(rating.policy)
    html = desk.text(
        "society.html",
        "society",
        moment=moment,
        rating=rating,
        policy=policy,
        sections=sections(rating.indicators, policy),
        tally=tally(rating.indicators),
        duties=by_state(await desk.evaluation.duties_of(society, moment)),
        stream=live.STREAM,
        spoken=live.spoken(desk.voice, policy),
    )
    return desk.print(html, rating.tag)


@routes.get("/policy", dependencies=[PORTAL["pages"].may_read])
async def show_policy(desk: At) -> HTMLResponse:
    """The policy in force: its indicators with clause, points, reason and remedy."""
    board = await desk.evaluation.board()
    policy = await desk.evaluation.policy(board.policy)
    shown_in = sections(policy.indicators, policy)
    return desk.page("policy.html", "policy", policy=policy, sections=shown_in, in_use=True, demo=board.demo)


def catch(app: FastAPI) -> None:
    """Makes the app answer what it cannot show with a page, the HTTP status kept."""
    app.add_exception_handler(UnknownSociety, _unknown_society)
    app.add_exception_handler(UnknownReview, _unknown_review)
    app.add_exception_handler(UnknownAddress, _unknown_address)
    app.add_exception_handler(EvaluationAway, _away)
    app.add_exception_handler(AskedTooOften, _too_often)
    app.add_exception_handler(Declined, _declined)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    # A handler of Exception itself would stand outside of the log line that every request leaves.
    for fault in (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        app.add_exception_handler(fault, _broken)
    app.add_exception_handler(HTTPException, _no_page)


async def _unknown_society(request: Request, error: Exception) -> HTMLResponse:
    code = cast("UnknownSociety", error).society[:20]
    return _sorry(request, 404, N_("Unknown society"), N_("There is no society with the code {code}."), code=code)


async def _unknown_review(request: Request, _error: Exception) -> HTMLResponse:
    return _sorry(request, 404, N_("Unknown review"), N_("There is no review with this id."))


async def _unknown_address(request: Request, _error: Exception) -> HTMLResponse:
    return _sorry(request, 404, N_("Page not found"), N_("There is no page at this address."))


async def _away(request: Request, _error: Exception) -> HTMLResponse:
    """The page as it was when evaluation answered last, and says so; else a page that says that there is none."""
    if (last := Desk(request, request.query_params.get("lang", "zh")).last()) is not None:
        return last
    answer = _sorry(
        request,
        503,
        N_("The ratings are not available at the moment"),
        N_("The evaluation service does not answer. Nothing is lost; please try again in a minute."),
    )
    answer.headers["Retry-After"] = "30"
    return answer


async def _too_often(request: Request, error: Exception) -> HTMLResponse:
    seconds = cast("AskedTooOften", error).seconds
    detail = N_(
        "Other days and other policies were asked for very often from your address. Try again in {seconds} seconds."
    )
    answer = _sorry(request, 429, N_("Asked too often"), detail, seconds=seconds)
    answer.headers["Retry-After"] = seconds
    return answer


async def _declined(request: Request, error: Exception) -> HTMLResponse:
    detail = words.declined.get(cast("Declined", error).slug, N_("The request was not understood."))
    return _sorry(request, 404, N_("This cannot be shown"), detail)


async def _refused(request: Request, error: Exception) -> HTMLResponse:
    """What the pages themselves refuse: an address that asks for what they do not know."""
    first = cast("Refusal", error)
    refusal = first.errors[0] if first.errors else first
    values = {"field": refusal.field, "value": str(refusal.value)[:80]} | refusal.values
    return _sorry(request, first.status, refusal.title, refusal.detail, **values)


async def _invalid(request: Request, error: Exception) -> HTMLResponse:
    faults = cast("RequestValidationError", error).errors()
    for fault in faults:
        if fault["loc"][0] == "path":
            return await _found_nothing(request, str(fault["loc"][-1]), str(fault["input"]))
    named = ", ".join(str(one["loc"][-1]) for one in faults)
    detail = N_("The address asks for what does not exist, in: {fields}.")
    return _sorry(request, 422, N_("This cannot be shown"), detail, fields=named)


async def _found_nothing(request: Request, field: str, value: str) -> HTMLResponse:
    """An id that cannot be one is an id of nothing."""
    if field == "society":
        return await _unknown_society(request, UnknownSociety(value))
    return await (_unknown_review if field == "review" else _unknown_address)(request, UnknownAddress())


async def _broken(request: Request, error: Exception) -> HTMLResponse:
    """A fault of these pages: told in the log, and to the reader as a page."""
    structlog.get_logger().error("page broken", exc_info=error)
    return _sorry(
        request,
        500,
        N_("Something went wrong here"),
        N_("The fault is ours, not yours. Quote the correlation id {correlation_id} when you report it."),
        correlation_id=correlation_id(),
    )


async def _no_page(request: Request, error: Exception) -> HTMLResponse:
    raised = cast("HTTPException", error)
    status = raised.status_code
    if status == 404:  # noqa: PLR2004 — what everyone calls it
        return await _unknown_address(request, error)
    answer = _sorry(request, status, N_("This cannot be shown"), N_("The request was not understood."))
    answer.headers.update(raised.headers or {})
    return answer


def _sorry(request: Request, status: int, title: Phrase, detail: Phrase, **values: object) -> HTMLResponse:
    return Desk(request, request.query_params.get("lang", "zh")).page(
        "problem.html", "problem", status, number=status, title=title, detail=detail, values=values
    )

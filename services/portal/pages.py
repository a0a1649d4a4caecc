"""The pages: the live board, one society, the policy; and what is shown when there is nothing to show."""

from typing import Annotated, Any, cast
from urllib.parse import urlencode

import structlog
from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from jinja2 import Environment, TemplateError
from starlette.exceptions import HTTPException

from chassis.correlation import correlation_id
from chassis.language import N_, Language, Phrase
from chassis.query_names import added_on_the_way
from chassis.refusals import Refusal
from chassis.web import router
from contracts.event import SocietyId
from services.portal import live, shown, words
from services.portal.board import Wanted, ranked
from services.portal.documents import Row
from services.portal.duties import by_state
from services.portal.evaluation import (
    AskedTooOften,
    Declined,
    Evaluation,
    EvaluationAway,
    UnknownAddress,
    UnknownReview,
    UnknownSociety,
)
from services.portal.explained import sections, tally
from services.portal.moment import When
from services.portal.printed import Printed
from services.rights import PORTAL

routes = router("pages")
_VOICES: dict[Language, shown.Voice] = {"zh": shown.Voice("zh"), "en": shown.Voice("en")}
_BLANK = Row(society="", name="", total="0", max="0", completeness="0", standing="")


class Desk:
    """What a page is made with: evaluation's answers, the templates, the reader's voice."""

    def __init__(self, request: Request, lang: str) -> None:
        self.request = request
        self.evaluation: Evaluation = request.app.state.evaluation
        self.printed: Printed = request.app.state.printed
        # Of what others hang onto an address nothing is shown: it makes no page of its own.
        self._query = sorted((name, told) for name, told in request.query_params.items() if not added_on_the_way(name))
        self.address = f"{request.url.path}?{urlencode(self._query)}"
        self.voice = _VOICES["en" if lang == "en" else "zh"]

    def page(self, template: str, place: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page in the reader's voice; `place` is where in the navigation it stands."""
        return self.sheet(self.text(template, place, **context), status)

    def text(self, template: str, place: str, **context: Any) -> str:
        """What stands on such a page."""
        templates: Environment = self.request.app.state.templates
        return shown.render(templates, template, self.voice, place=place, other_query=self._other(), **context)

    def sheet(self, html: str | bytes, status: int = 200) -> HTMLResponse:
        """What stands on a page, as it is sent."""
        return HTMLResponse(html, status, {"Content-Language": self.voice.tag, "Cache-Control": "no-cache"})

    def _other(self) -> str:
        return urlencode(dict(self._query) | {"lang": self.voice.second})


def _desk(request: Request, lang: Annotated[str, Query(description="zh or en; zh if it is another")] = "zh") -> Desk:
    return Desk(request, lang)


At = Annotated[Desk, Depends(_desk)]


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
        return desk.sheet(known.html)
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
    return desk.sheet(desk.printed.keep(desk.address, board.tag, html))


@routes.get("/societies/{society}", dependencies=[PORTAL["pages"].may_read])
async def show_society(desk: At, moment: When, society: SocietyId) -> HTMLResponse:
    """One society: every indicator, its clause, its arithmetic, its events, and what would earn what is missing.

    Its rating of another day, or as known then, stands still.
    """
    known = desk.printed.find(desk.address)
    rating = await desk.evaluation.explanation(society, moment, known.tag)
    if rating is None:
        return desk.sheet(known.html)
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
    return desk.sheet(desk.printed.keep(desk.address, rating.tag, html))


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

"""HTTP of the reviews: from opening to sealing, step by step."""

from datetime import timedelta
from typing import Any, NamedTuple

from fastapi import Request
from pydantic import Field

from chassis import log, positions
from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.rates import TRIAL
from chassis.serving import service_of
from chassis.web import Beginning, Reading, Writing, router
from contracts.calendar import day_of, instant
from contracts.event import ReviewId, SocietyId
from contracts.values import ClassId, PolicyId
from services.evaluation import store
from services.evaluation.api.asked import AskedMoment, board_of, in_use_on, past_of, policy_of
from services.evaluation.api.refusals import UnknownSociety
from services.evaluation.api.review_forms import Form, NotPublished, Stepped, stepped
from services.evaluation.domain import Policy
from services.evaluation.domain.review import closing, opening, ties
from services.evaluation.domain.review.file import STEPS
from services.evaluation.domain.review.refusals import FileIncomplete, ReviewTaken
from services.evaluation.domain.review.state import Review
from services.evaluation.filed import shelf
from services.evaluation.moment import Moment
from services.evaluation.reviewing import checking, desk, documents, ratings
from services.evaluation.store import reviews as kept
from services.rights import EVALUATION

reviews = router("reviews")
_A_MOMENT = timedelta(microseconds=1)


class Opening(Form):
    """A review to open; what is left out is as the platform has it."""

    review: ReviewId = Field(examples=["review-2025"])
    as_of: Day | None = Field(default=None, description="The day to rate on; today if absent", examples=["2025-11-30"])
    policy: PolicyId | None = Field(
        default=None, description="The one in use on that day if absent", examples=["hubei-2017"]
    )
    publish_by: Day | None = Field(default=None, description="In 15 days if absent", examples=["2025-12-15"])
    objection_days: int = Field(default=opening.OBJECTION_DAYS, ge=1, le=60)
    answer_days: int = Field(default=opening.ANSWER_DAYS, ge=1, le=365)


PUBLISH_DAYS = 15
"""Days from opening to publication where nothing else is fixed; our own number."""


@reviews.post("/reviews", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def open_review(form: Opening, request: Request, work: Writing) -> Stepped:
    """Open a review (启动评审) of all societies, by a policy, as of the end of a day."""
    if await kept.is_review(work.conn, form.review):
        raise ReviewTaken(field="review", value=form.review, clashes_with=form.review)
    board, today = board_of(request), work.today()
    as_of = form.as_of or today
    policy = await policy_of(work.conn, board, form.policy) if form.policy else await in_use_on(work.conn, as_of)
    opened = opening.open_review(
        form.review,
        policy,
        as_of,
        shelf=await shelf(work.conn),
        publish_by=form.publish_by or today + timedelta(days=PUBLISH_DAYS),
        objection_days=form.objection_days,
        answer_days=form.answer_days,
        at=work.now(),
    )
    await store.file_policy(work.conn, policy, instant(work.now()))
    return stepped(await desk.record(work, None, [opened]))


@reviews.post("/reviews/{review}/snapshot", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def freeze(review: ReviewId, request: Request, begin: Beginning) -> Stepped:
    """Freeze the ratings (冻结评价数据), once everything told was heard; later records do not move them."""
    service = service_of(request)
    # What is recorded at this very instant comes too late: it may not be here yet.
    known_at = instant(service.clock.now() - _A_MOMENT)
    async with service.db.reading() as look:
        opened = await kept.load_review(look, review)
        policy, heard = await ratings.policy_under(look, opened), await positions.everything(look)
    await ratings.require_everything_heard(service, heard, policy)
    standings = await ratings.rated(past_of(request), opened, policy, known_at=known_at)
    work = await begin()
    held = await desk.take_up(work, review)
    frozen = opening.freeze(held, standings, known_at=known_at, positions=heard, at=work.now())
    await kept.keep_results(work.conn, review, frozen.hash, [one.as_json() for one in standings])
    return stepped(await desk.record(work, held, [frozen]))


@reviews.post("/reviews/{review}/publication", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def publish(review: ReviewId, request: Request, begin: Beginning) -> Stepped:
    """Publish the frozen results for objection (公示), and the class that each society would get (拟定分类)."""
    made = await made_under_review(request, review)
    work = await begin()
    held = await desk.take_up(work, review)
    made.require_same(held)
    return stepped(await desk.record(work, held, opening.publish(held, made.standings, made.policy, at=work.now())))


@reviews.post("/reviews/{review}/confirmation", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def confirm(review: ReviewId, work: Writing) -> Stepped:
    """Confirm the results (确认) once every objection is dealt with to the end."""
    held = await desk.take_up(work, review)
    return stepped(await desk.record(work, held, [closing.confirm(held, at=work.now())]))


class TieForm(Form):
    """Whom the committee chose for a class that ends among equals, and how it voted; the minutes stay with it."""

    category: ClassId = Field(description="The class that ends among equals", examples=["support"])
    chosen: list[SocietyId] = Field(min_length=1, max_length=1000, examples=[["A-18"]])
    present: int = Field(ge=0, le=25, description="Members who voted, abstentions included", examples=[7])
    in_favour: int = Field(ge=0, le=25, description="Members who agreed", examples=[5])


@reviews.post("/reviews/{review}/ties", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def decide_tie(review: ReviewId, form: TieForm, request: Request, begin: Beginning) -> Stepped:
    """Record whom the committee chose (并列名额裁定) where a class by quota ends among equals."""
    made = await made_under_review(request, review)
    edge, votes = ties.open_edge(made.standings, form.category, form.chosen), (form.present, form.in_favour)
    chosen = ties.choose(made.review, edge, form.chosen, votes)
    after = ties.with_chosen(made.review, made.standings, made.policy, (form.category, chosen))
    work = await begin()
    held = await desk.take_up(work, review)
    made.require_same(held)
    told = ties.decided(held, edge, chosen, votes, before=made.standings, after=after, at=work.now())
    await kept.keep_results(work.conn, review, told.hash, [one.as_json() for one in after])
    return stepped(await desk.record(work, held, [told]))


@reviews.post("/reviews/{review}/classes", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def assign_classes(review: ReviewId, request: Request, begin: Beginning) -> Stepped:
    """Put every society into its class (分类认定): from now on the class binds."""
    made = await made_under_review(request, review)
    work = await begin()
    held = await desk.take_up(work, review)
    made.require_same(held)
    return stepped(await desk.record(work, held, closing.assign(held, made.standings, made.policy, at=work.now())))


@reviews.post("/reviews/{review}/seal", status_code=201, dependencies=[EVALUATION["reviews"].may_record])
async def seal(review: ReviewId, work: Writing) -> Stepped:
    """Close the file (归档封存): nothing can change after."""
    held = await desk.take_up(work, review)
    return stepped(await desk.record(work, held, [closing.seal(held, at=work.now())]))


@reviews.get("/reviews", dependencies=[EVALUATION["reviews"].may_read])
async def list_reviews(look: Reading, paging: Paging, request: Request, moment: AskedMoment) -> Page[dict[str, Any]]:
    """The reviews in the order of their ids: how each stands, or stood, and what is due."""
    ids = await kept.opened_by(look, moment, after=paging.text, limit=paging.limit + 1)
    found = [await _overview(request, look, one, moment) for one in ids]
    return paging.page(found, key=lambda one: (one["review"],))


@reviews.get("/reviews/{review}", dependencies=[EVALUATION["reviews"].may_read])
async def show_review(review: ReviewId, look: Reading, request: Request, moment: AskedMoment) -> dict[str, Any]:
    """One review: its terms, the objections and their outcomes, what was due and what is late; now, or by then."""
    return await _overview(request, look, review, moment)


@reviews.get("/reviews/{review}/results", dependencies=[EVALUATION["reviews"].may_read])
async def read_results(review: ReviewId, request: Request, moment: AskedMoment) -> dict[str, Any]:
    """The result list (评审结果) as published and revised since; classes bind once they are assigned."""
    found = await published(request, review, moment)
    return documents.results(found.review, found.rows)


@reviews.get(
    "/reviews/{review}/notices/{society}",
    dependencies=[EVALUATION["notices"].may_read],
)
async def read_notice(review: ReviewId, society: SocietyId, request: Request, moment: AskedMoment) -> dict[str, Any]:
    """The notice to one society (评审结果通知书): its result, the objections that concern it and what followed."""
    return await notice_of(request, await published(request, review, moment), society)


@reviews.get("/reviews/{review}/file", dependencies=[EVALUATION["review-files"].may_read])
async def read_file(review: ReviewId, look: Reading, moment: AskedMoment) -> dict[str, Any]:
    """The whole file (案卷): every step with the digest that seals it and all before it, votes by number included."""
    held, steps = await kept.load_review(look, review, moment), await kept.steps_of(look, review, moment)
    return documents.file(held, steps, await log.imported(look, STEPS))


@reviews.get("/reviews/{review}/verification", dependencies=[EVALUATION["review-verifications"].may_read, TRIAL])
async def verify(review: ReviewId, request: Request, moment: AskedMoment) -> dict[str, Any]:
    """Reads the file again from its first step, and makes its ratings again from the facts."""
    return checking.as_json(await checking.verify(service_of(request).db, past_of(request), review, moment))


async def _overview(request: Request, look: Reading, review: ReviewId, moment: Moment) -> dict[str, Any]:
    try:
        found, broken_at = await kept.proven_review(look, review, moment)
    except FileIncomplete:
        return documents.unreadable(review, broken_at=1)
    return documents.overview(found, moment.day(day_of(service_of(request).clock.now())), broken_at)


async def made_under_review(request: Request, review: ReviewId) -> ratings.Made:
    """The ratings under review, made before a step begins. Raises UnknownReview, PolicyNotFiled, TooManyWait."""
    async with service_of(request).db.reading() as look:
        found = await kept.load_review(look, review)
        policy = await ratings.policy_under(look, found)
    return ratings.Made(found, policy, await ratings.under_review(past_of(request), found, policy))


async def societies_rated(request: Request, review: ReviewId) -> tuple[frozenset[str], Policy]:
    """Who is in the results of a review, and its policy. Raises UnknownReview, PolicyNotFiled, TooManyWait."""
    async with service_of(request).db.reading() as look:
        found = await kept.load_review(look, review)
        policy = await ratings.policy_under(look, found)
        rows = await kept.results_of(look, found.id, found.hash or "")
    told = await ratings.rows_under_review(past_of(request), rows, found, policy)
    return frozenset(row["society"] for row in told), policy


class Published(NamedTuple):
    """A review that is, or was, published, its policy, and the rows of its ratings."""

    review: Review
    policy: Policy
    rows: kept.Rows


async def published(request: Request, review: ReviewId, moment: Moment) -> Published:
    """A review as it was published by then, with its ratings, made again where they are not kept.

    Raises:
        UnknownReview, NotPublished, PolicyNotFiled, TooManyWait: there is nothing to read.
    """
    async with service_of(request).db.reading() as look:
        found = await kept.load_review(look, review, moment)
        if found.published_on is None:
            raise NotPublished(field="review", value=review)
        policy = await ratings.policy_under(look, found)
        rows = await kept.results_of(look, found.id, found.hash or "")
    return Published(found, policy, await ratings.rows_under_review(past_of(request), rows, found, policy))


async def notice_of(request: Request, found: Published, society: SocietyId) -> dict[str, Any]:
    """The notice to a society. Raises UnknownSociety: it has none in this review."""
    row = ratings.row_of(society, found.rows)
    if row is None:
        raise UnknownSociety(field="society", value=society)
    async with service_of(request).db.reading() as look:
        why = await ratings.reasons_for(look, found.review, found.policy, row)
    return documents.notice(found.review, row, why)

"""Reviews: the steps as they were said, and what stays with evaluation, in and out of the store."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import Table, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.calendar import instant, parse_instant
from contracts.catalogue import CATALOGUE
from contracts.evaluation.reviews import ReviewStep
from contracts.event import EventId, ReviewId
from services.evaluation.domain.review.file import proven
from services.evaluation.domain.review.panel import Post, Posts
from services.evaluation.domain.review.refusals import FileIncomplete, UnknownReview
from services.evaluation.domain.review.state import Review
from services.evaluation.moment import NOW, Moment
from services.evaluation.store.tables import objection_texts, panel_posts, review_results, review_steps, reviews

_INSERT: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
Rows = list[dict[str, Any]]


class _Kept(NamedTuple):
    step: int
    event: EventId
    type: str
    subject: str
    time: str
    recorded: str
    data: str


class Step(NamedTuple):
    """A step of a file with the id of the event that told of it."""

    event: EventId
    step: ReviewStep


async def keep_step(conn: AsyncConnection, event: EventId, step: ReviewStep, recorded: str) -> None:
    """Keeps a step with the wire instant at which it was recorded; one that is kept already stays as it is."""
    if step.step == 1:
        await _put(conn, reviews, {"id": step.review})
    row = {"review": step.review, "step": step.step, "event": event, "type": step.type, "subject": step.subject}
    data = msgspec.json.encode(step.data()).decode()
    times = {"time": instant(step.happened_at), "recorded": recorded}
    await _put(conn, review_steps, row | times | {"data": data})


async def is_review(conn: AsyncConnection, review: ReviewId) -> bool:
    """Whether there is a review of this id."""
    return bool(await conn.scalar(select(exists().where(reviews.c.id == review))))


async def hold_review(conn: AsyncConnection, review: ReviewId) -> Review:
    """A review, held until the transaction ends, so that nobody else takes its next step.

    Raises:
        UnknownReview, FileIncomplete: there is none, or not all of it.
    """
    await conn.execute(select(reviews.c.id).where(reviews.c.id == review).with_for_update())
    return await load_review(conn, review)


async def load_review(conn: AsyncConnection, review: ReviewId, moment: Moment = NOW) -> Review:
    """A review as its steps make it, or made it by then. Raises UnknownReview, FileIncomplete."""
    found, broken_at = await proven_review(conn, review, moment)
    if broken_at is not None:
        raise FileIncomplete(field="review", value=review, step=broken_at)
    return found


async def proven_review(conn: AsyncConnection, review: ReviewId, moment: Moment = NOW) -> tuple[Review, int | None]:
    """A review as far as its steps follow from each other, and the first that does not.

    Raises:
        UnknownReview: there is none.
        FileIncomplete: not even its opening can be read.
    """
    found, broken_at = _folded(await _rows_of(conn, review, moment))
    if found is None:
        raise FileIncomplete(field="review", value=review, step=broken_at)
    return found, broken_at


async def steps_of(conn: AsyncConnection, review: ReviewId, moment: Moment = NOW) -> list[Step]:
    """The file of a review, in order, as far as it had come by then.

    Raises:
        UnknownReview: there is none, or it was not opened yet.
    """
    return list(map(_step, await _rows_of(conn, review, moment)))


async def _rows_of(conn: AsyncConnection, review: ReviewId, moment: Moment) -> tuple[_Kept, ...]:
    query = select(*(review_steps.c[name] for name in _Kept._fields)).where(review_steps.c.review == review)
    rows = (_Kept(*row) for row in await conn.execute(query.order_by(review_steps.c.step)))
    # Each step seals those before it: what follows one that was not yet there was not either.
    found = tuple(takewhile(lambda row: moment.reached(row.time, row.recorded), rows))
    if not found or found[0].step != 1:
        raise UnknownReview(field="review", value=review)
    return found


@lru_cache(maxsize=8)
def _folded(rows: tuple[_Kept, ...]) -> tuple[Review | None, int | None]:
    """Remembered by all that the rows say: a step that was changed is another tuple."""
    steps, unreadable = [], None
    for row in rows:
        try:
            steps.append(_step(row).step)
        except (ValueError, KeyError):
            unreadable = row.step
            break
    try:
        review, broken_at = proven(steps)
    except ValueError:
        return None, 1
    return review, unreadable if broken_at is None else broken_at


async def review_ids(conn: AsyncConnection) -> list[ReviewId]:
    """The reviews in the order of their ids."""
    return list((await conn.scalars(select(reviews.c.id).order_by(reviews.c.id))).all())


async def opened_by(conn: AsyncConnection, moment: Moment, *, after: str | None, limit: int) -> list[ReviewId]:
    """The next reviews, in the order of their ids, that were opened by then."""
    query = select(review_steps.c.review, review_steps.c.time, review_steps.c.recorded).where(review_steps.c.step == 1)
    rows = (await conn.execute(query.order_by(review_steps.c.review))).all()
    found = (row.review for row in rows if moment.reached(row.time, row.recorded))
    return list(islice((review for review in found if after is None or review > after), limit))


async def keep_text(conn: AsyncConnection, objection: str, text: str) -> None:
    """Keeps what an objection says."""
    await conn.execute(objection_texts.insert().values(objection=objection, text=text))


async def text_of_objection(conn: AsyncConnection, objection: str) -> str | None:
    """What an objection says; None where only its event is known."""
    return cast(
        "str | None", await conn.scalar(select(objection_texts.c.text).where(objection_texts.c.objection == objection))
    )


async def put_posts(conn: AsyncConnection, review: ReviewId, posts: Posts) -> None:
    """Keeps the posts of a committee's members in the place of an earlier committee's."""
    await conn.execute(delete(panel_posts).where(panel_posts.c.review == review))
    # Of several posts in one society the one that was left last, or is still held, decides.
    last = {
        (member, post.society): post.left_on
        for member, held in posts.items()
        for post in sorted(held, key=lambda post: post.left_on or date.max)
    }
    rows = [{"review": review, "member": who, "society": where, "left_on": day} for (who, where), day in last.items()]
    if rows:
        await conn.execute(panel_posts.insert(), rows)


async def posts_of(conn: AsyncConnection, review: ReviewId) -> Posts:
    """The posts of a committee's members, by member."""
    found: dict[str, list[Post]] = {}
    query = select(panel_posts.c.member, panel_posts.c.society, panel_posts.c.left_on)
    for member, society, left_on in (await conn.execute(query.where(panel_posts.c.review == review))).all():
        found.setdefault(member, []).append(Post(society, left_on))
    return found


async def keep_results(conn: AsyncConnection, review: ReviewId, sealed: str, rows: Rows) -> None:
    """Keeps the ratings under review, by their hash, so that nobody has to make them again."""
    text = msgspec.json.encode(rows).decode()
    await _put(conn, review_results, {"review": review, "hash": sealed, "rows": text})


async def results_of(conn: AsyncConnection, review: ReviewId, sealed: str) -> Rows | None:
    """The ratings under review of that hash, if they are kept."""
    text = await conn.scalar(
        select(review_results.c.rows).where(review_results.c.review == review, review_results.c.hash == sealed)
    )
    return None if text is None else _decoded(text)


@lru_cache(maxsize=4)
def _decoded(text: str) -> Rows:
    return msgspec.json.decode(text, type=Rows)


async def _put(conn: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    await conn.execute(_INSERT[conn.dialect.name](table).values(row).on_conflict_do_nothing())


def _step(row: _Kept) -> Step:
    data = msgspec.json.decode(row.data)
    told = {**data, "subject": row.subject, "happened_at": parse_instant(row.time)}
    return Step(row.event, cast("ReviewStep", CATALOGUE[row.type].model_validate(told)))

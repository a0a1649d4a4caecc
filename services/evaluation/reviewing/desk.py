"""Where a review takes its next step: said, kept and sealed in one transaction."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.wire import Heard
from chassis.work import Work
from contracts.calendar import instant, midnight
from contracts.evaluation.reviews import ReviewStep
from contracts.event import EventId, ReviewId
from services.evaluation.domain.review.file import STEPS, apply
from services.evaluation.domain.review.refusals import FileIncomplete, UnknownReview
from services.evaluation.domain.review.state import Review
from services.evaluation.domain.review.timetable import note_late
from services.evaluation.store import reviews as store


async def take_up(work: Work, review: ReviewId) -> Review:
    """A review, held for its next step; what is overdue by now is told first.

    Raises:
        UnknownReview: there is none of this id.
    """
    held = await store.hold_review(work.conn, review)
    return (await _say(work, held, note_late(held, at=work.now())))[0]


async def record(work: Work, review: Review | None, steps: Sequence[ReviewStep]) -> tuple[Review, list[EventId]]:
    """Says and keeps steps, and that one of them came late; the review after them, and the ids of the events."""
    done, told = await _say(work, review, steps)
    late, found = await _say(work, done, note_late(done, at=work.now()))
    return late, told + found


async def _say(work: Work, review: Review | None, steps: Sequence[ReviewStep]) -> tuple[Review, list[EventId]]:
    told = []
    for step in steps:
        told.append(work.say(step))
        await store.keep_step(work.conn, told[-1], step, instant(work.now()))
        review = apply(review, step)
    return cast("Review", review), told


async def find_late(work: Work, day: date) -> None:
    """Tells, when a day begins, of every step of every review whose day has passed undone.

    A review of which only a part is here, from a log imported in part, is somebody else's to be told of.
    """
    for id_ in await store.review_ids(work.conn):
        try:
            review = await store.hold_review(work.conn, id_)
        except (FileIncomplete, UnknownReview):
            continue
        await _say(work, review, note_late(review, at=midnight(day)))


async def note(batch: Sequence[Heard], conn: AsyncConnection) -> None:
    """Keeps the steps of reviews that were heard: our own are kept already, those of an imported log are not."""
    for heard in batch:
        if heard.type in STEPS:
            await store.keep_step(conn, heard.id, cast("ReviewStep", heard.event()), heard.recordedtime)

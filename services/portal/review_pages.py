"""The pages of the reviews: which there are, and one with its results, objections and timetable."""

from fastapi.responses import HTMLResponse

from chassis.web import router
from contracts.event import ReviewId
from services.portal.desk import At
from services.portal.moment import When
from services.rights import PORTAL

routes = router("pages of reviews")


@routes.get("/reviews", dependencies=[PORTAL["pages"].may_read])
async def show_reviews(desk: At, moment: When) -> HTMLResponse:
    """The reviews, the last first: how far each is, or was, and what makes a class bind."""
    found = await desk.evaluation.reviews(moment)
    return desk.page("reviews.html", "reviews", reviews=[*reversed(found.items)], moment=moment)


@routes.get("/reviews/{review}", dependencies=[PORTAL["pages"].may_read])
async def show_review(desk: At, moment: When, review: ReviewId) -> HTMLResponse:
    """One review: its timetable, its objections and their outcomes, and the published results; now, or as of a day."""
    found = await desk.evaluation.review(review, moment)
    if found.policy is None:
        return desk.page("review_broken.html", "reviews", review=found, moment=moment)
    whole = found.published_on and found.broken_at is None
    results = await desk.evaluation.results(review, moment) if whole else None
    policy = await desk.evaluation.policy(found.policy)
    rows = results.results if results else []
    names = {row.society: row.name for row in rows}
    return desk.page("review.html", "reviews", review=found, rows=rows, names=names, policy=policy, moment=moment)

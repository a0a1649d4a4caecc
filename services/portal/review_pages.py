"""The pages of the reviews: which there are, and one with its results, objections and timetable."""

from fastapi.responses import HTMLResponse

from chassis.access import PUBLIC
from chassis.web import router
from services.portal.pages import At

routes = router("pages of reviews")


@routes.get("/reviews", dependencies=[PUBLIC])
async def show_reviews(desk: At) -> HTMLResponse:
    """The reviews, the last first: how far each is, and what makes a class bind."""
    found = await desk.evaluation.reviews()
    return desk.page("reviews.html", "reviews", reviews=[*reversed(found.items)])


@routes.get("/reviews/{review}", dependencies=[PUBLIC])
async def show_review(desk: At, review: str) -> HTMLResponse:
    """One review: its timetable, its objections and their outcomes, and the published results."""
    found = await desk.evaluation.review(review)
    results = await desk.evaluation.results(review) if found.published_on else None
    policy = await desk.evaluation.policy(found.policy)
    rows = results.results if results else []
    names = {row.society: row.name for row in rows}
    return desk.page("review.html", "reviews", review=found, rows=rows, names=names, policy=policy)

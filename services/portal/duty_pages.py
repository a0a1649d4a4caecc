"""The page of the duties: what is breached, and what will be unless something is done."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import HTMLResponse

from chassis.web import router
from services.portal import words
from services.portal.desk import At
from services.portal.duties import Wanted, listed
from services.portal.moment import When
from services.rights import PORTAL

routes = router("pages of duties")
SPANS = (30, 90, 180, 365)
"""How many days ahead a reader may look, to choose from."""


@routes.get("/duties", dependencies=[PORTAL["pages"].may_read])
async def show_duties(  # noqa: PLR0917 - what a reader may choose by
    desk: At,
    moment: When,
    state: Annotated[str, Query(description="breached, due, late or fulfilled; empty: breached and due")] = "",
    within: Annotated[int, Query(ge=0, le=3_660, description="of those still due: within so many days")] = 90,
    q: Annotated[str, Query(description="in name or code of the society")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Everybody's duties by the day on which they fall due; by what is on record now, or was on another day."""
    wanted = Wanted(state if state in words.duty_states else "", within, q[:60], page)
    board = await desk.evaluation.board()
    policy = await desk.evaluation.policy(board.policy)
    found = await desk.evaluation.duties(wanted.query, moment)
    names = {row.society: row.name for row in board.ratings}
    return desk.page(
        "duties.html",
        "duties",
        names=names,
        policy=policy,
        wanted=wanted,
        spans=sorted({*SPANS, within}),
        moment=moment,
        found=listed(found, names, wanted),
        as_of=moment.as_of or board.as_of,
        demo=board.demo,
    )

"""HTTP of the duties: what a society owes by when, what is breached, and what will be unless something is done."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request

from chassis.access import PUBLIC
from chassis.paging import Key, Page, Paging
from chassis.rates import PAST
from chassis.serving import service_of
from chassis.web import router
from contracts.event import FederationId, SocietyId
from services.evaluation import duties as queries
from services.evaluation.api.asked import Asked, AsOf, KnownAt, PolicyQuery, board_of, past_of, question_of
from services.evaluation.api.refusals import UnknownSociety
from services.evaluation.domain.clocks import Duty, State

duties = router("duties")

States = Annotated[list[State] | None, Query(description="only duties in one of these states")]
Within = Annotated[
    int | None, Query(ge=0, le=3_660, description="of those still due, only the ones due within so many days")
]
Federation = Annotated[FederationId | None, Query(description="only the members of this federation")]


@duties.get("/duties", dependencies=[PUBLIC, PAST])
async def list_duties(
    *,
    request: Request,
    paging: Paging,
    state: States = None,
    within: Within = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
    federation: Federation = None,
) -> Page[dict[str, Any]]:
    """Everybody's duties (合规义务) by the day on which they fall due: breached ones, then what comes next."""
    asked = Asked(as_of, known_at, policy, federation)
    return await _page(request, paging, asked, _Sieve(state, within))


@duties.get("/societies/{society}/duties", dependencies=[PUBLIC, PAST])
async def list_duties_of_a_society(
    *,
    society: SocietyId,
    request: Request,
    paging: Paging,
    state: States = None,
    within: Within = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
) -> Page[dict[str, Any]]:
    """The duties of one society by the day on which they fall due."""
    if society not in set(board_of(request).societies):
        raise UnknownSociety(field="society", value=society)
    return await _page(request, paging, Asked(as_of, known_at, policy), _Sieve(state, within), society)


class _Sieve:
    def __init__(self, states: list[State] | None, within: int | None) -> None:
        self._states = frozenset(states or State)
        self._within = within

    def keeps(self, duty: Duty, day: date) -> bool:
        last = day.toordinal()
        state = duty.state(last)
        near = self._within is None or state is not State.DUE or duty.due - last <= self._within
        return state in self._states and near


async def _page(
    request: Request, paging: Paging, asked: Asked, sieve: _Sieve, society: str | None = None
) -> Page[dict[str, Any]]:
    board = board_of(request)
    async with service_of(request).db.reading() as look:
        question = await question_of(request, look, asked)
    day = question.view(board).as_of
    owed = await queries.owed(past_of(request), board, question, society)
    after = paging.key(str, str, str, str)
    found = sorted(
        (_place(name, duty), name, duty) for name, own in owed.items() for duty in own if sieve.keeps(duty, day)
    )
    wanted = [one for one in found if after is None or one[0] > after][: paging.limit + 1]
    items = [queries.as_json(question.policy, name, duty, day) for _, name, duty in wanted]
    return paging.page(items, key=lambda one: (one["due_on"], one["society"], one["clock"], one["key"]))


def _place(society: str, duty: Duty) -> Key:
    return (duty.due_on.isoformat(), society, duty.clock, duty.key)

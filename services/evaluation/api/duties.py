"""HTTP of the duties: what a society owes by when, what is breached, and what will be unless something is done."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request

from chassis.access import AnyCaller
from chassis.paging import Key, Page, Paging
from chassis.rates import PAST
from chassis.tokens import Caller
from chassis.web import router
from contracts.event import FederationId, SocietyId
from services.evaluation import duties as queries
from services.evaluation.api.asked import Asked, AsOf, KnownAt, PolicyQuery, board_of, past_of, question_in_memory
from services.evaluation.api.refusals import UnknownSociety
from services.evaluation.domain.clocks import Duty, State
from services.rights import EVALUATION

duties = router("duties")

_LAST = "9999-12-31"
"""Where a duty whose day is not told stands among the others."""

States = Annotated[list[State] | None, Query(description="only duties in one of these states")]
Within = Annotated[
    int | None, Query(ge=0, le=3_660, description="of those still due, only the ones due within so many days")
]
Federation = Annotated[FederationId | None, Query(description="only the members of this federation")]


@duties.get("/duties", dependencies=[EVALUATION["duties"].may_read, PAST])
async def list_duties(
    *,
    request: Request,
    caller: AnyCaller,
    paging: Paging,
    state: States = None,
    within: Within = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
    federation: Federation = None,
) -> Page[dict[str, Any]]:
    """Everybody's duties (合规义务) by the day on which they fall due: breached ones, then what comes next.

    Where that day would tell a person's age, the association, the auditor and the society itself are told it; others
    are told the duty as it is today, without its days, last.
    """
    asked = Asked(as_of, known_at, policy, federation)
    return await _page(request, paging, asked, _Sieve(state, within, caller))


@duties.get("/societies/{society}/duties", dependencies=[EVALUATION["duties"].may_read, PAST])
async def list_duties_of_a_society(
    *,
    society: SocietyId,
    request: Request,
    caller: AnyCaller,
    paging: Paging,
    state: States = None,
    within: Within = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
) -> Page[dict[str, Any]]:
    """The duties of one society by the day on which they fall due; days that tell a person's age not to everybody."""
    if society not in set(board_of(request).societies):
        raise UnknownSociety(field="society", value=society)
    asked = Asked(as_of, known_at, policy)
    return await _page(request, paging, asked, _Sieve(state, within, caller), society)


_Found = tuple[Key, str, Duty, bool]
"""Where a duty stands among those asked for, whose it is, and whether its days are told."""


class _Sieve:
    """Which duties a caller asks for and may be told of."""

    def __init__(self, states: list[State] | None, within: int | None, caller: Caller | None) -> None:
        self._states = frozenset(states or State)
        self._within = within
        self._caller = caller

    def reads_days_of_persons(self, society: str) -> bool:
        """Whether days that tell the age of this society's leaders are for the caller."""
        return EVALUATION["days-of-persons"].lets_read(self._caller, society=society)

    def keeps(self, duty: Duty, day: date, *, whole: bool, live: bool) -> bool:
        last = day.toordinal()
        state = duty.state(last)
        if not whole:
            # To whom no day is told, none is told by asking for one day after the other.
            return live and state in self._states
        near = self._within is None or state is not State.DUE or duty.due - last <= self._within
        return state in self._states and near


async def _page(
    request: Request, paging: Paging, asked: Asked, sieve: _Sieve, society: str | None = None
) -> Page[dict[str, Any]]:
    board = board_of(request)
    question = await question_in_memory(request, asked)
    day = question.view(board).as_of
    owed = await queries.owed(past_of(request), board, question, society)
    live = asked.as_of is None and asked.known_at is None
    clocks = {one.id: one for one in question.policy.clocks}
    after = paging.key(str, str, str, str)
    of_persons = {clock.id for clock in clocks.values() if clock.of_persons}
    found: list[_Found] = []
    for name, own in owed.items():
        without_days: set[str] = set() if sieve.reads_days_of_persons(name) else of_persons
        for duty in own:
            whole = duty.clock not in without_days
            if sieve.keeps(duty, day, whole=whole, live=live):
                found += [(_place(name, duty, whole=whole), name, duty, whole)]
    wanted = [one for one in sorted(found) if after is None or one[0] > after][: paging.limit + 1]
    items = [queries.as_json(clocks[duty.clock], name, duty, day, whole=whole) for _, name, duty, whole in wanted]
    return paging.page(items, key=lambda one: (one["due_on"] or _LAST, one["society"], one["clock"], one["key"]))


def _place(society: str, duty: Duty, *, whole: bool) -> Key:
    return (duty.due_on.isoformat() if whole else _LAST, society, duty.clock, duty.key)

"""Questions about duties: of today from memory, of another day or state of knowledge from the facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.evaluation.board import Board
from services.evaluation.domain.clocks import Clock, Duty, State, docket_of
from services.evaluation.past import Past, belongs
from services.evaluation.queries import Question

Owed = Mapping[str, Sequence[Duty]]


async def owed(past: Past, board: Board, question: Question, society: str | None = None) -> Owed:
    """The duties that are asked for, by society; of one society if it is given. Raises TooManyWait."""
    only = None if society is None else [society]
    if question.live:
        return board.duties(only)
    view, policy = question.view(board), question.policy
    found: dict[str, Sequence[Duty]] = {}
    async with past.turns.turn():
        async for subject, told in past.archive.each(only):
            facts = [fact for fact in told if view.known_at is None or fact.recorded <= view.known_at]
            if view.federation is None or belongs(facts, view.federation, view.as_of):
                docket = docket_of(policy.clocks, policy.society.event, facts)
                found[subject] = docket.duties(view.as_of.toordinal())
    return found


_DAYS = ("due_on", "days_left", "breached_since", "days_late", "fulfilled_on")
# An event's id says when it was recorded, which a day of the calendar may have brought about.
_WITHOUT_DAYS: dict[str, Any] = dict.fromkeys(_DAYS) | {"warned": False, "evidence": []}


def as_json(clock: Clock, society: str, duty: Duty, day: date, *, whole: bool) -> dict[str, Any]:
    """A duty as the API tells it, with its clock; `days_left` until it is breached, `days_late` since.

    Unless the reader may have the `whole`, its days are left out.
    """
    last, state = day.toordinal(), duty.state(day.toordinal())
    until = last if duty.fulfilled is None else duty.fulfilled
    told: dict[str, Any] = {
        "society": society,
        "clock": clock.id,
        "key": duty.key,
        "title": clock.title.as_json(),
        "clause": clock.clause,
        "severity": clock.severity,
        "duty_of": clock.duty_of,
        "state": state.value,
        "due_on": duty.due_on.isoformat(),
        "days_left": duty.due - last if state is State.DUE else None,
        "warned": _warned(clock, duty, last),
        "breached_since": duty.since.isoformat() if state in {State.BREACHED, State.LATE} else None,
        "days_late": until - duty.due if state in {State.BREACHED, State.LATE} else None,
        "fulfilled_on": duty.fulfilled_on.isoformat() if duty.fulfilled_on else None,
        "remedy": clock.remedy.as_json() if state in {State.BREACHED, State.DUE} else None,
        "evidence": list(duty.evidence),
    }
    return told if whole else told | _WITHOUT_DAYS


def _warned(clock: Clock, duty: Duty, last: int) -> bool:
    return duty.state(last) is State.DUE and duty.due - last <= clock.warn

"""Telling when the day turns: of breaches, each once and taken back when refuted, and of classes that move."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.work import Work
from contracts.calendar import midnight
from contracts.evaluation import DutyBreached, DutyBreachWithdrawn, DutyFulfilledLate, DutyFulfilmentWithdrawn
from services.evaluation import store
from services.evaluation.board import Board
from services.evaluation.domain.clocks import Duty, State
from services.evaluation.domain.outlook import close
from services.evaluation.store import Announced, DutyName

_TOLD_OF = frozenset({State.BREACHED, State.LATE})


def tell_outlooks(board: Board, day: date, work: Work) -> None:
    """Says whose provisional class, or way to another, is not what it was before the day that ends."""
    before = board.outlooks
    changed = close(board.standings, board.policy, before, day)
    board.outlooks = before | {
        society: replace(after, event=work.say(after.news(society, before.get(society), midnight(day))))
        for society, after in changed.items()
    }


class DutyNews:
    """What was told of duties and stands; memory follows the database."""

    def __init__(self) -> None:
        self._told: dict[DutyName, Announced] = {}

    async def begin(self, conn: AsyncConnection) -> None:
        """Reads back what was told."""
        self._told = await store.duties_announced(conn)

    async def announce(
        self, work: Work, day: date, duties: Mapping[str, Iterable[Duty]], clocks: Iterable[str]
    ) -> None:
        """Says what is not told yet of everybody's duties on the day, and withdraws what is not so any more.

        Duties of clocks that are not among `clocks` stay as they were told.
        """
        found = {
            DutyName(society, duty.clock, duty.key): duty
            for society, owed in duties.items()
            for duty in owed
            if duty.state(day.toordinal()) in _TOLD_OF
        }
        asked = frozenset(clocks)
        stood = {name for name in self._told if name.clock in asked and name.society in duties}
        now = {
            name: self._tell(work, name, found.get(name), day)
            for name in sorted(stood | found.keys())
            if not _same(self._told.get(name), found.get(name))
        }
        await store.note_duties(work.conn, now)
        work.after_commit(lambda: self._remember(now))

    def _remember(self, now: Mapping[DutyName, Announced | None]) -> None:
        for name, told in now.items():
            if told is None:
                self._told.pop(name, None)
            else:
                self._told[name] = told

    def _tell(self, work: Work, name: DutyName, duty: Duty | None, day: date) -> Announced | None:
        told, at = self._told.get(name), midnight(day)
        if told is not None and told.cure is not None:
            work.say(DutyFulfilmentWithdrawn(subject=name.society, happened_at=at, withdraws=told.cure))
        if told is not None and (duty is None or duty.due != told.due):
            work.say(DutyBreachWithdrawn(subject=name.society, happened_at=at, withdraws=told.breach))
        if duty is None:
            return None
        breach = told.breach if told is not None and told.due == duty.due else work.say(_breach(name, duty))
        cure = None if duty.fulfilled is None else work.say(_cure(name, duty))
        return Announced(duty.due, breach, duty.fulfilled, cure)


def _same(told: Announced | None, duty: Duty | None) -> bool:
    if told is None or duty is None:
        return told is None and duty is None
    return (told.due, told.fulfilled) == (duty.due, duty.fulfilled)


def _breach(name: DutyName, duty: Duty) -> DutyBreached:
    return DutyBreached(
        subject=name.society, happened_at=midnight(duty.since), clock=name.clock, key=name.key, due_on=duty.due_on
    )


def _cure(name: DutyName, duty: Duty) -> DutyFulfilledLate:
    fulfilled_on = duty.fulfilled_on or duty.since
    return DutyFulfilledLate(
        subject=name.society,
        happened_at=midnight(fulfilled_on),
        clock=name.clock,
        key=name.key,
        due_on=duty.due_on,
        fulfilled_on=fulfilled_on,
    )

"""Duties that compliance clocks found breached."""

from typing import Annotated

from pydantic import Field

from contracts.event import SocietyEvent, Withdrawal
from contracts.values import Day

ClockId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
DutyKey = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,60}$")]


class DutyBreached(SocietyEvent, type="evaluation.duty-breached.v1"):
    """A duty was not fulfilled by the day on which it fell due (逾期未履行). Told once per breach, as the day turns.

    ``clock`` is the policy's; ``key`` tells its duties apart: a year, a half-year, the beginning of a term, an id.
    """

    clock: ClockId
    key: DutyKey
    due_on: Day


class DutyFulfilledLate(SocietyEvent, type="evaluation.duty-fulfilled-late.v1"):
    """A breached duty was fulfilled after all (逾期后履行). Told once per breach, as the day turns."""

    clock: ClockId
    key: DutyKey
    due_on: Day
    fulfilled_on: Day


class DutyBreachWithdrawn(Withdrawal, type="evaluation.duty-breach-withdrawn.v1", of=DutyBreached):
    """A breach was none, by what was recorded since (撤销逾期认定). Told once; told anew if it is one after all."""


class DutyFulfilmentWithdrawn(Withdrawal, type="evaluation.duty-fulfilment-withdrawn.v1", of=DutyFulfilledLate):
    """A late fulfilment was none, or on another day (撤销补办认定). Told once; told anew if there is one after all."""

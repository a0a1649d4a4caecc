"""One thing that has to happen by a day, and whether it did."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a duty stands on a day: 已履行, 未到期, 逾期未履行, 逾期后履行."""

    FULFILLED = "fulfilled"
    DUE = "due"
    BREACHED = "breached"
    LATE = "late"


class Duty(NamedTuple):
    """A duty of one society by one clock. Days are ordinals; `due` is the last day on which it is fulfilled in time.

    `key` tells the duties of one clock apart: a year, a half-year, the end of a term, an id. `evidence` are the ids
    of the facts that made it arise or fulfilled it.
    """

    clock: str
    key: str
    due: int
    fulfilled: int | None = None
    evidence: tuple[str, ...] = ()

    def state(self, day: int) -> State:
        """How it stands at the end of the day, by facts up to that day."""
        if self.fulfilled is not None:
            return State.FULFILLED if self.fulfilled <= self.due else State.LATE
        return State.DUE if day <= self.due else State.BREACHED

    @property
    def due_on(self) -> date:
        """The last day on which it is fulfilled in time."""
        return date.fromordinal(self.due)

    @property
    def since(self) -> date:
        """The first day on which it is breached."""
        return date.fromordinal(self.due + 1)

    @property
    def fulfilled_on(self) -> date | None:
        """The day on which it was fulfilled, in time or late."""
        return None if self.fulfilled is None else date.fromordinal(self.fulfilled)

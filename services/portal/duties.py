"""What evaluation says of duties, as far as these pages show it; and what a reader wants to see of them."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec

from services.portal.documents import Text

PAGE = 100
_OPEN = ("breached", "due")


class Duty(msgspec.Struct, frozen=True):
    """What a society owes by a day (合规义务): `days_left` while it is due, `days_late` once it was breached.

    No days where they would tell a person's age.
    """

    society: str
    clock: str
    key: str
    title: Text
    clause: str
    state: str
    due_on: str | None = None
    severity: str = "light"
    duty_of: str = "society"
    days_left: int | None = None
    days_late: int | None = None
    warned: bool = False
    breached_since: str | None = None
    fulfilled_on: str | None = None
    remedy: Text | None = None

    @property
    def breached_in(self) -> int:
        """In how many days it will be breached: the day after it falls due."""
        return (self.days_left or 0) + 1


class Duties(msgspec.Struct, frozen=True):
    """Duties by the day on which they fall due, and where the next ones begin."""

    items: list[Duty]
    next: str | None = None


class Wanted(NamedTuple):
    """Which duties a reader looks for; without a state those that are open: breached, or due `within` so many days."""

    state: str = ""
    within: int = 90
    text: str = ""
    page: int = 1

    @property
    def query(self) -> list[tuple[str, str | int]]:
        """How evaluation is asked."""
        return [("within", self.within), *(("state", state) for state in ([self.state] if self.state else _OPEN))]

    def shows(self, society: str, name: str) -> bool:
        """Whether the duties of a society of this code and name are among what was asked for."""
        sought = self.text.strip().casefold()
        return sought in society.casefold() or sought in name.casefold()


class Listed(NamedTuple):
    """One page of what was found: how many there are by state, and whether pages come before and after."""

    counts: Mapping[str, int]
    groups: list[tuple[str, list[Duty]]]
    earlier: bool
    later: bool


def listed(duties: Iterable[Duty], names: Mapping[str, str], wanted: Wanted) -> Listed:
    """What the reader asked for; `names` are those of the societies by code."""
    found = [duty for duty in duties if wanted.shows(duty.society, names.get(duty.society, ""))]
    begin, end = (wanted.page - 1) * PAGE, wanted.page * PAGE
    return Listed(tally(found), by_state(found[begin:end]), earlier=wanted.page > 1, later=len(found) > end)


def tally(duties: Iterable[Duty]) -> dict[str, int]:
    """How many duties are in which state."""
    counts: dict[str, int] = {}
    for duty in duties:
        counts[duty.state] = counts.get(duty.state, 0) + 1
    return counts


def by_state(duties: Iterable[Duty]) -> list[tuple[str, list[Duty]]]:
    """The duties as they were given, under each state that some are in; what is breached first."""
    order = {state: place for place, state in enumerate((*_OPEN, "late", "fulfilled"))}
    ranked = sorted(duties, key=lambda duty: order.get(duty.state, len(order)))
    return [(state, list(members)) for state, members in groupby(ranked, key=attrgetter("state"))]

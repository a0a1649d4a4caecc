"""The duties of one society: found among its records as they stand, and found again only when something moved."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.evaluation.domain.amendments import Amendments
from services.evaluation.domain.clocks.clock import Clock, Seen
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.facts import Fact


class Docket:
    """One society's records that clocks look at, in whatever order they came, and the duties that follow.

    What was withdrawn is not to be noted. Between two facts nothing changes before a duty's due day has passed or a
    month, and with it perhaps a period, has begun, so most turns of the day cost one comparison.
    """

    def __init__(self, clocks: Sequence[Clock], registration: str) -> None:
        self._clocks = clocks
        self._registration = registration
        self._facts: dict[str, Fact] = {}
        self._duties: tuple[Duty, ...] = ()
        self._from, self._until = 1, 0

    def note(self, fact: Fact) -> None:
        """Takes a fact in as it stands."""
        self._facts[fact.id] = fact
        self._from, self._until = 1, 0

    def duties(self, day: int) -> tuple[Duty, ...]:
        """Every duty that arose up to the day and those that fall due next, by due day, clock and key.

        A society that is not registered by then has none.
        """
        if not self._from <= day <= self._until:
            self._find(day)
        return self._duties

    def _find(self, day: int) -> None:
        known = sorted(
            (fact for fact in self._facts.values() if fact.day <= day),
            key=lambda fact: (fact.day, fact.time, fact.recorded, fact.id),
        )
        records: dict[str, list[Fact]] = {}
        for fact in known:
            records.setdefault(fact.type, []).append(fact)
        found: list[Duty] = []
        turns = [_next_month(day), *(fact.day for fact in self._facts.values() if fact.day > day)]
        registrations = records.get(self._registration)
        if registrations:
            seen = Seen(records, registrations[0].day, day)
            for clock in self._clocks:
                arisen = list(clock.arising(seen))
                turns += [duty.due + 1 for duty in arisen if duty.due >= day]
                found += clock.asked(arisen, seen.registered)
        self._duties = tuple(sorted(found, key=lambda duty: (duty.due, duty.clock, duty.key)))
        self._from, self._until = day, min(turns) - 1


def _next_month(day: int) -> int:
    first = date.fromordinal(day).replace(day=1)
    return (first + timedelta(days=31)).replace(day=1).toordinal()


def docket_of(clocks: Sequence[Clock], registration: str, facts: Iterable[Fact]) -> Docket:
    """The docket of a society's complete facts, in any order, told any number of times."""
    docket, complete = Docket(clocks, registration), list(facts)
    amendments = Amendments(complete)
    types = types_of(clocks) | {registration}
    for fact in complete:
        standing = amendments.standing(fact) if fact.type in types else None
        if standing is not None:
            docket.note(standing)
    return docket


def types_of(clocks: Iterable[Clock]) -> frozenset[str]:
    """The types of events that the clocks look at."""
    return frozenset(told.event for clock in clocks for _, told in clock.told_at())

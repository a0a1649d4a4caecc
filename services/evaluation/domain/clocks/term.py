"""Terms of office: renewed before they end, and prepared in time."""

from collections.abc import Iterator
from typing import NamedTuple

from services.evaluation.domain.clocks.clock import Clock, Seen, Told, earliest, ordinal
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.clocks.span import Span
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, Need


class _Term(NamedTuple):
    begun: Fact
    ends: int
    renewed: Fact | None


class Term(Clock, kind="term", frozen=True):
    """A term is renewed by the day on which it ends (按期换届), or by the day to which that was deferred.

    `ends` and `until` are fields that say days; a deferral names the term by the field `ends` and counts for `at_most`.
    """

    begins: Told
    ends: str
    deferred: Told | None = None
    until: str | None = None
    at_most: Span | None = None

    def fields(self) -> Iterator[Need]:
        """The fields that say days."""
        yield Need(("ends",), self.begins.event, self.ends, frozenset({DAY}))
        if self.deferred is not None:
            yield Need(("ends",), self.deferred.event, self.ends, frozenset({DAY}))
            if self.until is not None:
                yield Need(("until",), self.deferred.event, self.until, frozenset({DAY}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each term."""
        deferrals = self.deferred.among(seen.records) if self.deferred else []
        for term in _terms(self.begins, self.ends, seen):
            due = max([term.ends, *(self._put_off(term.ends, fact) for fact in deferrals)])
            yield _duty(self.id, term, due, term.renewed)

    def _put_off(self, ends: int, deferral: Fact) -> int:
        until = ordinal(deferral.data.get(self.until or ""))
        if until is None or ordinal(deferral.data.get(self.ends)) != ends:
            return ends
        return until if self.at_most is None else min(until, self.at_most.after(ends))


class Ahead(Clock, kind="ahead", frozen=True):
    """Something is told so long before a term is renewed (换届前若干时间): before its end, or an earlier election.

    Both name the term by the field `ends`. An election without it cures what was not told, for it comes too late.
    """

    begins: Told
    ends: str
    told: Told
    before: Span

    def fields(self) -> Iterator[Need]:
        """The field that says the end of the term."""
        for told in (self.begins, self.told):
            yield Need(("ends",), told.event, self.ends, frozenset({DAY}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each term."""
        answers = self.told.among(seen.records)
        for term in _terms(self.begins, self.ends, seen):
            renewed = term.renewed
            anchor = term.ends if renewed is None else min(term.ends, renewed.day)
            said = earliest(fact for fact in answers if ordinal(fact.data.get(self.ends)) == term.ends)
            yield _duty(self.id, term, self.before.before(anchor), earliest(filter(None, (said, renewed))))


def _terms(begins: Told, ends: str, seen: Seen) -> Iterator[_Term]:
    elections = begins.among(seen.records)
    for place, begun in enumerate(elections):
        end = ordinal(begun.data.get(ends))
        if end is not None:
            yield _Term(begun, end, next((fact for fact in elections[place + 1 :] if fact.day > begun.day), None))


def _duty(clock: str, term: _Term, due: int, done: Fact | None) -> Duty:
    evidence = (term.begun.id,) if done is None else (term.begun.id, done.id)
    return Duty(clock, f"{term.begun.on.isoformat()}", due, done.day if done else None, evidence)

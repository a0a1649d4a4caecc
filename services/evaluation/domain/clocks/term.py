"""Terms of office: renewed before they end, and prepared in time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import model_validator

from chassis.language import N_
from services.evaluation.domain.clocks.clock import Clock, Seen, Told, earliest
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.clocks.span import Span
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, Need
from services.evaluation.domain.windows import day_named


class _Term(NamedTuple):
    begun: Fact
    ends: int
    renewed: Fact | None


class _OfTerms(Clock, frozen=True):
    """A clock of the terms that elections begin, and of their deferrals.

    `ends` and `until` are fields that say days; a deferral names the term by the field `ends` and counts for `at_most`.
    """

    begins: Told
    ends: str
    deferred: Told | None = None
    until: str | None = None
    at_most: Span | None = None

    @model_validator(mode="after")
    def _deferred_until(self) -> Any:
        if (self.deferred is None) != (self.until is None):
            raise ValueError(N_("a deferral is named by deferred, and the day it lasts to by until"))
        return self

    def fields(self) -> Iterator[Need]:
        """The fields that say days."""
        yield Need(("ends",), self.begins.event, self.ends, frozenset({DAY}))
        if self.deferred is not None and self.until is not None:
            yield Need(("ends",), self.deferred.event, self.ends, frozenset({DAY}))
            yield Need(("until",), self.deferred.event, self.until, frozenset({DAY}))

    def last_day(self, ends: int, seen: Seen) -> int:
        """The day by which a term has to be renewed: its end, or the day to which that was deferred."""
        deferrals = self.deferred.among(seen.records) if self.deferred else []
        return max([ends, *(self._put_off(ends, fact) for fact in deferrals)])

    def _put_off(self, ends: int, deferral: Fact) -> int:
        until = day_named(deferral.data.get(self.until or ""))
        if until is None or day_named(deferral.data.get(self.ends)) != ends:
            return ends
        return until if self.at_most is None else min(until, self.at_most.after(ends))


class Term(_OfTerms, kind="term", frozen=True):
    """A term is renewed by the day on which it ends (按期换届), or by the day to which that was deferred."""

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each term."""
        for term in _terms(self.begins, self.ends, seen):
            yield _duty(self.id, term, self.last_day(term.ends, seen), term.renewed)


class Ahead(_OfTerms, kind="ahead", frozen=True):
    """Something is told so long before a term is renewed (换届前若干时间).

    That is on the day of the election; before it, on the day that the latest record plans in its field `planned`, if it
    has one; and by the last day of the term or of its deferral in any case. The record names the term by the field
    `ends`. An election without it cures what was not told, for it comes too late.
    """

    told: Told
    before: Span
    planned: str | None = None

    def fields(self) -> Iterator[Need]:
        """The fields that say the end of the term, and the day planned."""
        yield from super().fields()
        yield Need(("ends",), self.told.event, self.ends, frozenset({DAY}))
        if self.planned is not None:
            yield Need(("planned",), self.told.event, self.planned, frozenset({DAY}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each term."""
        told = self.told.among(seen.records)
        for term in _terms(self.begins, self.ends, seen):
            answers = [fact for fact in told if day_named(fact.data.get(self.ends)) == term.ends]
            days = [self.last_day(term.ends, seen), *self._held_on(term.renewed, answers)]
            done = earliest(filter(None, (*answers, term.renewed)))
            yield _duty(self.id, term, self.before.before(min(days)), done)

    def _held_on(self, renewed: Fact | None, answers: list[Fact]) -> list[int]:
        """The day of the election, held or planned, if there is one."""
        if renewed is not None:
            return [renewed.day]
        planned = None if self.planned is None or not answers else day_named(answers[-1].data.get(self.planned))
        return [] if planned is None else [planned]


def _terms(begins: Told, ends: str, seen: Seen) -> Iterator[_Term]:
    elections = begins.among(seen.records)
    for place, begun in enumerate(elections):
        end = day_named(begun.data.get(ends))
        if end is not None:
            yield _Term(begun, end, next((fact for fact in elections[place + 1 :] if fact.day > begun.day), None))


def _duty(clock: str, term: _Term, due: int, done: Fact | None) -> Duty:
    evidence = (term.begun.id,) if done is None else (term.begun.id, done.id)
    return Duty(clock, f"{term.begun.on.isoformat()}", due, done.day if done else None, evidence)

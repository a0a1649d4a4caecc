"""Limits to how long somebody may hold a post."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from services.evaluation.domain.clocks.clock import Clock, Seen, Told, earliest
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, NUMBER, TEXT, Need
from services.evaluation.domain.windows import day_named


class _Held(Clock, frozen=True):
    begins: Told
    ends: Told
    unless: Told | None = None
    same: str

    def fields(self) -> Iterator[Need]:
        """The field that names the holder."""
        for _, told in self.told_at():
            yield Need(("same",), told.event, self.same, frozenset({TEXT}))

    def _duty(self, begun: Fact, due: int, seen: Seen) -> Duty:
        ways = (*self.ends.among(seen.records), *(self.unless.among(seen.records) if self.unless else ()))
        out = earliest(fact for fact in ways if self._about(fact.data) == self._about(begun.data))
        evidence = (begun.id,) if out is None else (begun.id, out.id)
        return Duty(self.id, str(self._about(begun.data)), due, None if out is None else out.day, evidence)

    def _about(self, data: Mapping[str, Any]) -> object:
        return data.get(self.same)


class Until(_Held, kind="until", frozen=True):
    """A post is left, or leave is given to stay, by the day from which a limit counts (任职期限，如年龄).

    `limit` tells that day in the field `counts_from`. Who is elected beyond the limit is in breach from then on.
    """

    limit: Told
    counts_from: str

    def fields(self) -> Iterator[Need]:
        """The field that says the day, too."""
        yield from super().fields()
        yield Need(("counts_from",), self.limit.event, self.counts_from, frozenset({DAY}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each holder of whom a limit was told."""
        limits = {self._about(fact.data): day_named(fact.data.get(self.counts_from)) for fact in self._limits(seen)}
        for begun in self.begins.among(seen.records):
            limit = limits.get(self._about(begun.data))
            if limit is not None:
                yield self._duty(begun, max(limit, begun.day) - 1, seen)

    def _limits(self, seen: Seen) -> list[Fact]:
        return self.limit.among(seen.records)


class Times(_Held, kind="times", frozen=True):
    """A post is held so many times at most, unless leave was given (连任届数); `field` says which time it is."""

    field: str
    at_most: Annotated[int, Field(ge=1)]

    def fields(self) -> Iterator[Need]:
        """The field that counts, too."""
        yield from super().fields()
        yield Need(("field",), self.begins.event, self.field, frozenset({NUMBER}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each holder beyond the limit."""
        for begun in self.begins.among(seen.records):
            time = begun.data.get(self.field)
            if isinstance(time, int) and time > self.at_most:
                yield self._duty(begun, begun.day - 1, seen)

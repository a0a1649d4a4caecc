"""Proportions that have to hold on every day."""

from collections.abc import Iterator
from typing import NamedTuple

from services.evaluation.domain.clocks.clock import Clock, Seen, Told
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import NUMBER, Need
from services.evaluation.domain.points import Share, exact


class _Step(NamedTuple):
    day: int
    holds: bool
    evidence: tuple[str, ...]


class AtMostShare(Clock, kind="at-most-share", frozen=True):
    """A part is at most a share of the whole (比例上限), by the latest record of each; compared by multiplication."""

    part: Told
    whole: Told
    field: str
    at_most: Share

    def fields(self) -> Iterator[Need]:
        """The field that says how many."""
        for place, told in (("part", self.part), ("whole", self.whole)):
            yield Need((place,), told.event, self.field, frozenset({NUMBER}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One whenever the proportion begins to hold or ceases to."""
        steps = list(self._steps(self.part.among(seen.records), self.whole.among(seen.records)))
        for place, step in enumerate(steps):
            if place and steps[place - 1].holds == step.holds:
                continue
            name = f"{Duty('', '', step.day).due_on.isoformat()}"
            if step.holds:
                yield Duty(self.id, name, step.day, step.day, step.evidence)
            else:
                cured = next((later.day for later in steps[place + 1 :] if later.holds), None)
                yield Duty(self.id, name, step.day - 1, cured, step.evidence)

    def _steps(self, parts: list[Fact], wholes: list[Fact]) -> Iterator[_Step]:
        for day in sorted({fact.day for fact in (*parts, *wholes)}):
            part = next((fact for fact in reversed(parts) if fact.day <= day), None)
            whole = next((fact for fact in reversed(wholes) if fact.day <= day), None)
            if part is None or whole is None:
                continue
            few, many = exact(part.data.get(self.field)), exact(whole.data.get(self.field))
            if few is not None and many is not None:
                holds = few * self.at_most.denominator <= many * self.at_most.numerator
                yield _Step(day, holds, (part.id, whole.id))

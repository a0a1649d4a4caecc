"""Scores by conditions: how many of them hold."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StrictInt

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.points import decimal_text, half_up
from services.evaluation.domain.scores.score import UNKNOWN, Award, Flaw, Score, awarded
from services.evaluation.domain.sheet import Sheet, Values
from services.evaluation.domain.texts import Sentence


class Questions(Score, frozen=True):
    """A score of named conditions."""

    conditions: Annotated[Mapping[str, Condition], Field(min_length=1)]

    @property
    def asked(self) -> int:
        """How many of the conditions must hold for all points."""
        return len(self.conditions)

    def mentions(self) -> Iterator[Mention]:
        """The measures the conditions look at."""
        for name, condition in self.conditions.items():
            yield from mentions(condition, ("conditions", name))

    def points(self, held: int, full: int) -> int:
        """The units for so many conditions that hold, fewer than asked."""
        return half_up(full * held, self.asked)

    def award(self, values: Values, full: int) -> Award:
        """Settled as soon as enough hold; unknown while an unknown condition could still change it."""
        truths = [condition.holds(values) for condition in self.conditions.values()]
        held = truths.count(True)
        if held >= self.asked:
            return awarded(full, full)
        if self._settled(held, truths.count(None)):
            return awarded(self.points(held, full), full)
        return UNKNOWN

    def _settled(self, held: int, unknown: int) -> bool:  # noqa: ARG002 — where each condition pays, each one counts
        return unknown == 0

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """How many hold of how many asked."""
        held = sum(condition.holds(sheet.values) is True for condition in self.conditions.values())
        template = N_("conditions that hold: {held}, asked for: {asked}; {points} of {full} points")
        return self.told(template, sheet, full, held=held, asked=self.asked)

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """The conditions that do not hold, and how many of them are needed."""
        now = self.award(sheet.values, full).points
        if now >= full:
            return None
        lacking = [each for each in self.conditions.values() if each.holds(sheet.values) is not True]
        return Sentence.of(
            N_("{count} more of these would earn {points} more points: {conditions}"),
            count=self.asked - (len(self.conditions) - len(lacking)),
            points=decimal_text(full - now),
            conditions=[each.words(sheet) for each in lacking],
        )


class KOfN(Questions, kind="k-of-n", frozen=True):
    """All points when so many of the conditions hold, fewer in proportion (多项满足), rounded half up to 1/10000."""

    need: Annotated[StrictInt, Field(ge=1)]

    @property
    def asked(self) -> int:
        """How many must hold."""
        return self.need

    def flaws(self, full: int) -> Iterator[Flaw]:  # noqa: ARG002 — whatever the points
        """More asked than there are."""
        if self.need > len(self.conditions):
            there = len(self.conditions)
            sentence = Sentence.of(
                N_("{need} conditions are needed, but there are {there}"), need=self.need, there=there
            )
            yield Flaw(("need",), sentence)


class AllOf(Questions, kind="all-of", frozen=True):
    """All points when all conditions hold, else none (全部满足)."""

    def points(self, held: int, full: int) -> int:  # noqa: ARG002 — some are not all
        """None."""
        return 0

    def _settled(self, held: int, unknown: int) -> bool:
        return held + unknown < self.asked


class Yes(Score, kind="yes", frozen=True):
    """All points when the condition holds, else none (是否满足)."""

    when: Condition

    def mentions(self) -> Iterator[Mention]:
        """The measures the condition looks at."""
        yield from mentions(self.when, ("when",))

    def award(self, values: Values, full: int) -> Award:
        """All or nothing."""
        truth = self.when.holds(values)
        return UNKNOWN if truth is None else awarded(full if truth else 0, full)

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """The condition, and whether it holds."""
        condition = self.when.words(sheet)
        if self.when.holds(sheet.values):
            return self.told(N_("{condition}: holds: {points} of {full} points"), sheet, full, condition=condition)
        return self.told(N_("{condition}: does not hold: {points} of {full} points"), sheet, full, condition=condition)

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """The condition."""
        if self.when.holds(sheet.values):
            return None
        template = N_("{condition} would earn {points} more points")
        return Sentence.of(template, condition=self.when.words(sheet), points=decimal_text(full))

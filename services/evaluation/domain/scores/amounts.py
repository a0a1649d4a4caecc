"""Scores that grow with the measure."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictInt, model_validator

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Exact, Number, Pay, decimal_text, number_text, paid, share_of
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, instead, unknown
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence


class Linear(Score, kind="linear", frozen=True):
    """Points in proportion (线性计分): none at ``above``, all from ``full_at`` on."""

    measure: str
    above: Exact = 0
    full_at: Exact

    @model_validator(mode="after")
    def _rises(self) -> "Linear":
        if self.full_at <= self.above:
            raise ValueError(N_("full_at must be greater than above"))
        return self

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def award(self, values: Values, full: Number) -> Award:
        """The part of the points that the measure has covered of the way."""
        known = numbers(values, self.measure)
        if known is None:
            return unknown(full)
        way = self.full_at - self.above
        return awarded(full * share_of(min(max(known[0] - self.above, 0), way), way), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The value between its two ends."""
        return self.told(
            N_("{title}: {value}, in proportion from {above} (none) to {full_at} (all): {points} of {full} points"),
            sheet,
            full,
            title=sheet.titles[self.measure],
            value=sheet.shown(self.measure),
            above=number_text(self.above),
            full_at=number_text(self.full_at),
        )

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The value that earns all."""
        gain = self.lacks(sheet, full)
        return None if gain <= 0 else instead(sheet, self.measure, self.full_at, gain)


class CappedCount(Score, kind="capped-count", frozen=True):
    """So many points for each, up to so many (计次封顶)."""

    measure: str
    each: Pay
    up_to: Annotated[StrictInt, Field(ge=1)]

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """A cap that is not the indicator's maximum."""
        if paid(self.each, full) * self.up_to != full:
            sentence = Sentence.of(
                N_("{up_to} times {each} points is not the {full} points of the indicator"),
                up_to=self.up_to,
                each=decimal_text(paid(self.each, full)),
                full=decimal_text(full),
            )
            yield Flaw(("each",), sentence)

    def award(self, values: Values, full: Number) -> Award:
        """The points of those that count."""
        known = numbers(values, self.measure)
        if known is None:
            return unknown(full)
        return awarded(paid(self.each, full) * min(max(known[0] // 1, 0), self.up_to), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """How many, and what each earns."""
        return self.told(
            N_("{title}: {value}, {each} points each for at most {up_to}: {points} of {full} points"),
            sheet,
            full,
            title=sheet.titles[self.measure],
            value=sheet.shown(self.measure),
            each=decimal_text(paid(self.each, full)),
            up_to=self.up_to,
        )

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """How many earn all."""
        gain = self.lacks(sheet, full)
        return None if gain <= 0 else instead(sheet, self.measure, self.up_to, gain)

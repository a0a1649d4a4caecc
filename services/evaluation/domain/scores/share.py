"""Scores by the share that a part has of a whole."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Number, Pay, Share, decimal_text, number_text, paid, rounded
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, unknown
from services.evaluation.domain.scores.tiers import tier_flaws
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence


class ShareTier(BaseModel, frozen=True, extra="forbid"):
    """A step: from this share on, below the next step's, these points."""

    at_least: Share
    points: Pay


class ShareOf(Score, kind="share", frozen=True):
    """Points for a part's share of a whole (比例计分), compared by multiplication: ``4 * part >= 3 * whole``.

    Either ``at_least`` or ``at_most`` with all points or none, or ``tiers`` of shares. Exactly the share asked is
    enough. A whole of nothing has no shares: unknown.
    """

    part: str
    whole: str
    at_least: Share | None = None
    at_most: Share | None = None
    tiers: Annotated[tuple[ShareTier, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> "ShareOf":
        if sum(rule is not None for rule in (self.at_least, self.at_most, self.tiers)) != 1:
            raise ValueError(N_("a share needs one of at_least, at_most or tiers"))
        return self

    def mentions(self) -> Iterator[Mention]:
        """Part and whole."""
        yield Mention(("part",), self.part, number=True)
        yield Mention(("whole",), self.whole, number=True)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Those of its tiers."""
        if self.tiers is not None:
            yield from tier_flaws([(tier.at_least, None, paid(tier.points, full)) for tier in self.tiers], full)

    def award(self, values: Values, full: Number) -> Award:
        """The points of the highest step reached."""
        known = numbers(values, self.part, self.whole)
        if known is None or known[1] <= 0:
            return unknown(full)
        part, whole = known
        if self.at_most is not None:
            return awarded(full if part * self.at_most.denominator <= whole * self.at_most.numerator else 0, full)
        return awarded(
            max((points for floor, points in self._steps(full) if _reaches(part, whole, floor)), default=0), full
        )

    def _steps(self, full: Number) -> list[tuple[Fraction, Number]]:
        if self.tiers is not None:
            return [(tier.at_least, paid(tier.points, full)) for tier in self.tiers]
        return [] if self.at_least is None else [(self.at_least, full)]

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """Part, whole, and the share asked for."""
        said: dict[str, object] = {
            "part_title": sheet.titles[self.part],
            "part": sheet.shown(self.part),
            "whole_title": sheet.titles[self.whole],
            "whole": sheet.shown(self.whole),
        }
        if self.at_most is not None:
            template = N_(
                "{part_title} {part} of {whole_title} {whole}, at most {share} asked: {points} of {full} points"
            )
            return self.told(template, sheet, full, share=str(self.at_most), **said)
        asked = [str(floor) for floor, _ in sorted(self._steps(full), reverse=True)]
        template = N_("{part_title} {part} of {whole_title} {whole}, thresholds {shares}: {points} of {full} points")
        return self.told(template, sheet, full, shares=asked, **said)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """How large the part would have to be for the next step, the whole staying as it is."""
        now, part, whole = self.award(sheet.values, full).points, sheet.number(self.part), sheet.number(self.whole)
        if self.lacks(sheet, full) <= 0:
            return None
        if self.at_most is not None:
            needed, points = whole * self.at_most.numerator // self.at_most.denominator, full
        else:
            floor, points = min(step for step in self._steps(full) if rounded(step[1]) > now)
            needed = -(-whole * floor.numerator // floor.denominator)
        return Sentence.of(
            N_("{part_title}: {needed} of {whole} instead of {part} would earn {points} more points"),
            part_title=sheet.titles[self.part],
            needed=number_text(needed),
            whole=number_text(whole),
            part=number_text(part),
            points=decimal_text(self.lacks(sheet, full, points)),
        )


def _reaches(part: Number, whole: Number, floor: Fraction) -> bool:
    return part * floor.denominator >= whole * floor.numerator

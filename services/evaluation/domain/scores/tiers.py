"""Scores by steps: the higher the measure, the higher the tier."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field, StrictInt

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Units, decimal_text
from services.evaluation.domain.scores.score import UNKNOWN, Award, Flaw, Score, awarded
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence


class Tier(BaseModel, frozen=True, extra="forbid"):
    """A step: from this value on, below the next step's, these points."""

    at_least: StrictInt
    points: Units


class Tiers(Score, kind="tiers", frozen=True):
    """Points by the highest tier whose floor the measure reaches (分档计分); half-open, so no value is in two tiers.

    The tiers may be listed in either direction; more must never earn less. Below the lowest tier is nothing.
    """

    measure: str
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def flaws(self, full: int) -> Iterator[Flaw]:
        """Tiers that overlap, that pay less for more, or whose best is not the indicator's maximum."""
        yield from tier_flaws([(tier.at_least, tier.points) for tier in self.tiers], full)

    def award(self, values: Values, full: int) -> Award:
        """The points of the highest tier reached."""
        known = numbers(values, self.measure)
        if known is None:
            return UNKNOWN
        return awarded(max((tier.points for tier in self.tiers if known[0] >= tier.at_least), default=0), full)

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """The value and the tier it is in."""
        value, title = sheet.number(self.measure), sheet.titles[self.measure]
        floor = max((tier.at_least for tier in self.tiers if value >= tier.at_least), default=None)
        if floor is None:
            return self.told(
                N_("{title}: {value}, below every tier: {points} of {full} points"),
                sheet,
                full,
                title=title,
                value=value,
            )
        template = N_("{title}: {value}, in the tier from {floor}: {points} of {full} points")
        return self.told(template, sheet, full, title=title, value=value, floor=floor)

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """The next tier up and what it adds."""
        value, now = sheet.number(self.measure), self.award(sheet.values, full).points
        above = [tier for tier in self.tiers if tier.at_least > value and tier.points > now]
        if not above:
            return None
        step = min(above, key=lambda tier: tier.at_least)
        return Sentence.of(
            N_("{title}: {needed} instead of {value} would earn {points} more points"),
            title=sheet.titles[self.measure],
            needed=step.at_least,
            value=value,
            points=decimal_text(step.points - now),
        )


def tier_flaws(tiers: list[tuple[object, int]], full: int) -> Iterator[Flaw]:
    """What is wrong with floors and points of tiers, in the order listed; floors of one list are comparable."""
    seen: dict[object, int] = {}
    for index, (floor, points) in enumerate(tiers):
        if floor in seen:
            sentence = Sentence.of(N_("Two tiers overlap: both begin at {floor}"), floor=str(floor))
            yield Flaw(("tiers", index, "at_least"), sentence)
        elif any((floor > other) != (points > paid) for other, paid in seen.items()):  # type: ignore[operator]  # one list, one type
            yield Flaw(
                ("tiers", index, "points"), Sentence.of(N_("A higher tier must earn more points, a lower one fewer"))
            )
        seen.setdefault(floor, points)
    best = max(points for _, points in tiers)
    if best != full:
        sentence = Sentence.of(
            N_("The best tier earns {best} points, but the indicator has {full}"),
            best=decimal_text(best),
            full=decimal_text(full),
        )
        yield Flaw(("tiers",), sentence)

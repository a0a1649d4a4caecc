"""Special cases (特殊情形): conditions that settle the points of a list whatever else holds."""

from collections.abc import Callable, Iterator, Sequence

from pydantic import BaseModel

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, candidates, mentions
from services.evaluation.domain.points import Number, Pay, paid
from services.evaluation.domain.scores.score import Award, Flaw, awarded, one_of, too_much
from services.evaluation.domain.sheet import Sheet, Values
from services.evaluation.domain.texts import Sentence


class Special(BaseModel, frozen=True, extra="forbid"):
    """A condition that settles the points, whatever else holds."""

    when: Condition
    points: Pay


Specials = Sequence[Special]


def special_mentions(special: Specials) -> Iterator[Mention]:
    """The measures that the special cases look at."""
    for index, case in enumerate(special):
        yield from mentions(case.when, ("special", index, "when"))


def special_flaws(special: Specials, full: Number) -> Iterator[Flaw]:
    """A special case that pays more than there is."""
    for index, case in enumerate(special):
        if paid(case.points, full) > full:
            yield Flaw(("special", index, "points"), too_much(paid(case.points, full), full))


def settled(special: Specials, values: Values, full: Number, otherwise: Callable[[], Award]) -> Award:
    """What the first special case that holds pays; else what the list comes to."""
    cases, perhaps_none = candidates(special, values)
    awards = [awarded(paid(case.points, full), full) for case in cases]
    return one_of([*awards, otherwise()] if perhaps_none else awards, full)


def settles(special: Specials, sheet: Sheet) -> Sentence | None:
    """The condition of the special case that decides, in words; None if none does."""
    return next((case.when.words(sheet) for case in special if case.when.holds(sheet.values)), None)


def once_it_ends(condition: Sentence) -> Sentence:
    """What would have to end for the list to count."""
    return Sentence.of(N_("not ({condition}) would let the entries count"), condition=condition)


SETTLED = N_("special case: {condition}: {points} of {full} points")

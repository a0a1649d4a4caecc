"""What the step to all points of an indicator ends on its way: vetoes, requirements, the rule of restructuring.

One is ended if the indicator cannot have all points as long as that stands as it does, whatever the measures come to.
What might end and might not, stays.
"""

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from services.evaluation.domain.conditions import (
    Compare,
    Condition,
    Every,
    Kept,
    Mention,
    Negation,
    Proportion,
    Some,
    mentions,
)
from services.evaluation.domain.findings import award
from services.evaluation.domain.folds import Value
from services.evaluation.domain.mentioned import mentions_of
from services.evaluation.domain.points import UNITS
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating
from services.evaluation.domain.sheet import Values, numbers
from services.evaluation.domain.spec import Indicator

_AROUND = (0, 1, -1, Fraction(1, UNITS), Fraction(-1, UNITS))
_AT_THE_ENDS = (0, 10**9)
_ANOTHER_WORD = "·"
_MOST_TRIED = 5_000


class Lifted(NamedTuple):
    """What ends: ids of vetoes and of requirements, and whether the rule of restructuring does."""

    vetoes: frozenset[str]
    ineligible: frozenset[str]
    restructure: bool


def lifted(policy: Policy, rating: Rating, indicator: Indicator, values: Values) -> Lifted:
    """What of all that holds against a society ends before it has all points of an indicator."""

    def ends(condition: Condition, *, holds: bool) -> bool:
        return _ends(indicator, condition, values, holds=holds)

    spec, rule = policy.spec, policy.classes.rule
    return Lifted(
        vetoes=frozenset(one.id for one in spec.vetoes if one.id in rating.vetoes and ends(one.when, holds=True)),
        ineligible=frozenset(
            one.id for one in spec.eligibility if one.id in rating.ineligible and ends(one.when, holds=False)
        ),
        restructure=rule is not None and rating.restructure and ends(rule.when, holds=True),
    )


def _ends(indicator: Indicator, condition: Condition, values: Values, *, holds: bool) -> bool:
    """Whether all points and the condition as it is exclude each other, by trying what lies around every limit."""
    own = list(mentions_of(indicator))
    names = {mention.measure for mention in own}
    tried: dict[str, set[Value]] = {}
    for mention in mentions(condition):
        if mention.measure in names:
            tried[mention.measure] = {values[mention.measure]}
    for name, edge in (*_edges(condition, values), *_limits(own)):
        if name in tried:
            tried[name].update([edge, _ANOTHER_WORD] if isinstance(edge, str) else (edge + by for by in _AROUND))
    for found in tried.values():
        if any(isinstance(value, int | Fraction) for value in found):
            found.update(_AT_THE_ENDS)
    if not tried or math.prod(map(len, tried.values())) > _MOST_TRIED:
        return False
    free = {**values, **dict.fromkeys(names)}
    for chosen in product(*tried.values()):
        world = {**free, **dict(zip(tried, chosen, strict=True))}
        if condition.holds(world) is holds and _within_reach(indicator, world):
            return False
    return True


def _within_reach(indicator: Indicator, values: Values) -> bool:
    found = award(indicator, values)
    return found is not None and found.most >= found.full


def _edges(condition: Condition, values: Values) -> Iterator[tuple[str, int | Fraction | str]]:
    """Where the condition may come out otherwise."""
    match condition:
        case Compare() | Kept():
            yield from _limits(mentions(condition))
            if isinstance(condition, Kept):
                yield condition.standing.name, condition.at_least
        case Proportion():
            whole = numbers(values, condition.whole)
            if whole is not None:
                yield condition.part, whole[0] * condition.share
        case Every():
            for one in condition.all:
                yield from _edges(one, values)
        case Some():
            for one in condition.any:
                yield from _edges(one, values)
        case Negation():
            yield from _edges(condition.negated, values)


def _limits(found: Iterable[Mention]) -> Iterator[tuple[str, int | Fraction | str]]:
    for mention in found:
        yield from ((mention.measure, word) for word in mention.words)
        limits = mention.limits
        if limits is not None:
            for edge in (limits.at_least, limits.at_most, limits.more_than, limits.less_than):
                if edge is not None:
                    yield mention.measure, edge

"""Whether one condition can only hold where another holds."""

from services.evaluation.domain.conditions import Compare, Condition, Every, Kept, Negation, Proportion, Some
from services.evaluation.domain.limits import Limits


def implies(one: Condition, other: Condition) -> bool:
    """Whether the other surely holds whenever the one does; False where that cannot be told by their form."""
    if one == other:
        return True
    if isinstance(other, Every):
        return all(implies(one, each) for each in other.all)
    if isinstance(one, Some):
        return all(implies(each, other) for each in one.any)
    if isinstance(one, Every) and any(implies(each, other) for each in one.all):
        return True
    if isinstance(other, Some):
        return any(implies(one, each) for each in other.any)
    return _plainly(one, other)


def _plainly(one: Condition, other: Condition) -> bool:
    match one, other:
        case Compare(), Compare():
            return one.measure == other.measure and _within(one, other)
        case Proportion(), Proportion():
            same = (one.part, one.whole) == (other.part, other.whole)
            return same and _bounded(_limits(one), _limits(other))
        case Kept(), Kept():
            return one.standing == other.standing and one.at_least >= other.at_least
        case Negation(), Negation():
            return implies(other.negated, one.negated)
    return False


def _within(one: Compare, other: Compare) -> bool:
    said = one.one_of or (() if one.equals is None else (one.equals,))
    if said:
        return all(other.holds({other.measure: value}) is True for value in said)
    return other.equals is None and other.one_of is None and _bounded(one, other)


def _limits(proportion: Proportion) -> Limits:
    said = {name: getattr(proportion, name) for name in Limits.model_fields}
    return Limits.model_construct(**said)


def _bounded(one: Limits, other: Limits) -> bool:
    """Whether every number within the one is within the other."""
    floors = [(one.at_least, True), (one.more_than, False)]
    ceilings = [(one.at_most, True), (one.less_than, False)]
    checks = (
        other.at_least is None or any(floor is not None and floor >= other.at_least for floor, _ in floors),
        other.more_than is None
        or any(
            floor is not None and (floor > other.more_than if included else floor >= other.more_than)
            for floor, included in floors
        ),
        other.at_most is None or any(ceiling is not None and ceiling <= other.at_most for ceiling, _ in ceilings),
        other.less_than is None
        or any(
            ceiling is not None and (ceiling < other.less_than if included else ceiling <= other.less_than)
            for ceiling, included in ceilings
        ),
    )
    return all(checks)

"""How a policy's measures and words are said to people: by its author's titles, yes and no as such."""

from collections.abc import Iterator

from services.evaluation.domain.filters import FLAG, WORD
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.folds.extremes import Best
from services.evaluation.domain.folds.records import DaysUntil, Latest
from services.evaluation.domain.mentioned import measures_behind
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.sheet import Sheet, Values, Wording
from services.evaluation.domain.vocabulary import published


def sheet_of(policy: Policy, values: Values) -> Sheet:
    """The values of a society under a policy, with everything that is needed to say them."""
    return Sheet(values, policy.titles, wording_of(policy))


def wording_of(policy: Policy) -> Wording:
    """How the values of a policy are said."""
    kinds = {name: set(_kinds(fold)) for name, fold in policy.measures.items()}

    def again(values: Values) -> Values:
        anew = dict(values)
        for name, figure in policy.figures.items():
            anew[name] = figure.value(anew)
        return anew

    return Wording(
        words=policy.spec.words,
        flags=frozenset(name for name, found in kinds.items() if found == {FLAG}),
        listed=frozenset(name for name, found in kinds.items() if found == {WORD}),
        behind={name: tuple(measures_behind(policy.looks_at, [name])) for name in policy.figures},
        again=again,
    )


def _kinds(fold: Fold) -> Iterator[str]:
    """The kinds of the fields that a measure says as they are; none of one that counts or works something out."""
    if isinstance(fold, Best) or (isinstance(fold, Latest) and not isinstance(fold, DaysUntil)):
        for _, event in fold.events_at():
            found = published().get(event, {}).get(fold.field)
            yield found.kind if found is not None else ""

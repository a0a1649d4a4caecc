"""Which measures indicators, figures and conditions look at."""

from collections.abc import Iterable, Iterator, Mapping

from contracts.evaluation import AssessmentRecorded
from contracts.vocabulary import AssessmentKind
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.folds.distinct import Distinct
from services.evaluation.domain.spec import Indicator
from services.evaluation.domain.texts import Text


def false_answers(indicator: Indicator) -> str:
    """The name of the measure that counts an indicator's false answers; no author can have chosen it."""
    return f"false:{indicator.id}"


def counting_false(indicator: Indicator) -> Fold:
    """The measure that counts an indicator's false answers."""
    zh, en = f"“{indicator.title.zh}”的虚假答案", f"false answers of “{indicator.title.en}”"
    return Distinct(
        fold=Distinct.kind,
        title=Text.model_construct(zh=zh, en=en),
        events=(AssessmentRecorded.type,),
        where={"kind": AssessmentKind.FALSE_EVIDENCE.value, "item": indicator.id},
        key=("answer", "concerns"),
    )


def measures_of(indicator: Indicator) -> list[str]:
    """The measures an indicator looks at, each once, in the order it names them."""
    return list(dict.fromkeys(mention.measure for mention in mentions_of(indicator)))


def mentions_of(indicator: Indicator) -> Iterator[Mention]:
    """Everything an indicator looks at, in the order it names it."""
    yield from indicator.score.mentions()
    if indicator.applies_when is not None:
        yield from mentions(indicator.applies_when)


def measures_behind(looks_at: Mapping[str, frozenset[str]], names: Iterable[str]) -> list[str]:
    """The measures that some names stand for: themselves, and what figures are worked out of, each once.

    `looks_at` says of each figure what it is worked out of.
    """
    found: dict[str, None] = {}
    for name in names:
        behind = looks_at.get(name)
        for one in [name] if behind is None else measures_behind(looks_at, sorted(behind)):
            found[one] = None
    return list(found)


def measures_in(condition: Condition) -> list[str]:
    """The measures a condition looks at."""
    return [mention.measure for mention in mentions(condition)]

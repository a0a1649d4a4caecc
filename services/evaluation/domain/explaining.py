"""Putting a rating in words."""

from collections.abc import Iterable
from datetime import date

from chassis.language import N_
from services.evaluation.domain.evidence import History, sift
from services.evaluation.domain.explanation import ConditionExplained, Explanation, IndicatorExplained, MeasureRead
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Finding
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.ledger import SocietyLedger
from services.evaluation.domain.policy import Policy, measures_of
from services.evaluation.domain.rating import facts_known, rate
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.spec import Indicator, Rule, Veto
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.windows import first_day


def explain(
    facts: Iterable[Fact],
    policy: Policy,
    as_of: date,
    known_at: str | None = None,
    *,
    society: str | None = None,
    cap: int = 20,
) -> Explanation:
    """Why the rating of a society is what it is, from the facts alone.

    Takes what `rate_history` takes, and comes to the same rating; `cap` is how many facts each list shows at most.

    Raises:
        ValueError: there are neither facts nor a society.
    """
    known = facts_known(facts, known_at, society)
    name = society or next((fact.subject for fact in known), None)
    if name is None:
        raise ValueError("no facts and no society")
    ledger = SocietyLedger.of(policy, name, known)
    rating = rate(ledger, as_of)
    telling = _Telling(policy, Sheet(ledger.values(as_of), policy.titles), History.of(known), as_of, cap)
    rule = policy.classes.rule
    return Explanation(
        policy=policy,
        rating=rating,
        known_at=known_at,
        indicators=tuple(map(telling.indicator, policy.indicators, rating.findings)),
        vetoes=tuple(map(telling.condition, policy.vetoes)),
        restructure=None if rule is None else telling.condition(rule),
    )


class _Telling:
    def __init__(self, policy: Policy, sheet: Sheet, history: History, as_of: date, cap: int) -> None:
        self.policy, self.sheet, self.history, self.as_of, self.cap = policy, sheet, history, as_of, cap

    def condition(self, rule: Veto | Rule) -> ConditionExplained:
        return ConditionExplained(rule, rule.when.holds(self.sheet.values), rule.when.words(self.sheet))

    def indicator(self, rule: Indicator, finding: Finding) -> IndicatorExplained:
        names = measures_of(rule)
        sifted = [sift(self.history, name, self.policy.measures[name], self.as_of.toordinal()) for name in names]
        return IndicatorExplained(
            indicator=rule,
            finding=finding,
            measures=tuple(self._measure(name, self.policy.measures[name]) for name in names),
            evidence=tuple(item for each in sifted for item in each.evidence),
            set_aside=tuple(item for each in sifted for item in each.set_aside),
            arithmetic=self._arithmetic(rule, finding, names),
            missing=self._missing(rule, finding, names),
            cap=self.cap,
        )

    def _measure(self, name: str, fold: Fold) -> MeasureRead:
        first = date.fromordinal(first_day(fold.window, self.as_of.toordinal()))
        window = None if fold.window is None else (first, self.as_of)
        return MeasureRead(name, fold.title, self.sheet.values[name], window)

    def _arithmetic(self, rule: Indicator, finding: Finding, names: list[str]) -> Sentence:
        if finding.outcome is Outcome.UNKNOWN:
            return Sentence.of(N_("It cannot be told: nothing is recorded of {titles}"), titles=self._untold(names))
        if finding.outcome is Outcome.NOT_APPLICABLE and rule.applies_when is not None:
            condition = rule.applies_when.words(self.sheet)
            return Sentence.of(N_("It does not apply, for it asks first: {condition}"), condition=condition)
        return rule.score.words(self.sheet, rule.full)

    def _missing(self, rule: Indicator, finding: Finding, names: list[str]) -> Sentence | None:
        if finding.outcome is Outcome.UNKNOWN:
            return Sentence.of(N_("A record of {titles} would show it"), titles=self._untold(names))
        if finding.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return None
        return rule.score.missing(self.sheet, rule.full)

    def _untold(self, names: list[str]) -> list[object]:
        untold = [name for name in names if self.sheet.values[name] is None]
        return [self.sheet.titles[name] for name in untold or names]

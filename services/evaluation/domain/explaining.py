"""Putting a rating in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from chassis.language import N_
from services.evaluation.domain.classing import Rule
from services.evaluation.domain.clocks import Duty
from services.evaluation.domain.evidence import History, sift
from services.evaluation.domain.explanation import (
    ConditionExplained,
    Evidence,
    Explanation,
    IndicatorExplained,
    MeasureRead,
    SetAside,
)
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import FALSITY, Finding
from services.evaluation.domain.folds.compared import Held
from services.evaluation.domain.ledger import SocietyLedger
from services.evaluation.domain.mentioned import false_answers, measures_behind, measures_of
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import facts_known, rate
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.speaking import sheet_of
from services.evaluation.domain.spec import Indicator, Requirement, Veto
from services.evaluation.domain.texts import Sentence, Text
from services.evaluation.domain.windows import span_of


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
    sheet, duties = sheet_of(policy, ledger.values(as_of)), ledger.docket.duties(as_of.toordinal())
    held = Held(ledger.on_day, policy.titles)
    telling = _Telling(policy, sheet, History(known), duties, as_of, cap, held)
    rule = policy.classes.rule
    return Explanation(
        policy=policy,
        rating=rating,
        known_at=known_at,
        indicators=tuple(map(telling.indicator, policy.indicators, rating.findings)),
        vetoes=tuple(map(telling.condition, policy.vetoes)),
        eligibility=tuple(map(telling.condition, policy.spec.eligibility)),
        restructure=None if rule is None else telling.condition(rule),
        size=policy.size_class(sheet.values),
        values=sheet.values,
    )


class _Telling:
    def __init__(  # noqa: PLR0917 - what an explanation is made of
        self, policy: Policy, sheet: Sheet, history: History, duties: Sequence[Duty], as_of: date, cap: int, held: Held
    ) -> None:
        self.policy, self.sheet, self.history, self.as_of, self.cap = policy, sheet, history, as_of, cap
        self.duties, self.held = duties, held

    def condition(self, rule: Veto | Rule | Requirement) -> ConditionExplained:
        return ConditionExplained(rule, rule.when.holds(self.sheet.values), rule.when.words(self.sheet))

    def indicator(self, rule: Indicator, finding: Finding) -> IndicatorExplained:
        names = measures_of(rule)
        if self.policy.spec.falsity is not None:
            names.append(false_answers(rule))
        behind = measures_behind(self.policy.looks_at, names)
        folds = {name: self.policy.measures[name] for name in behind if name not in self.policy.standings}
        sifted = [
            sift(self.history, name, fold, self.as_of.toordinal(), self.cap, self.sheet.wording, self.held)
            for name, fold in folds.items()
        ]
        return IndicatorExplained(
            indicator=rule,
            finding=finding,
            measures=tuple(map(self._measure, dict.fromkeys([*names, *behind]))),
            evidence=(*(item for each in sifted for item in each.evidence), *self._owed(behind)),
            set_aside=tuple(SetAside.told_once(item for each in sifted for item in each.set_aside)),
            set_aside_more=sum(each.more for each in sifted),
            arithmetic=self._arithmetic(rule, finding, names),
            missing=self._missing(rule, finding, names),
            cap=self.cap,
        )

    def _owed(self, names: list[str]) -> Iterator[Evidence]:
        """The facts behind the duties that are counted, each with the day on which its duty fell due."""
        wanted = [name for name in names if name in self.policy.standings]
        if not wanted:
            return
        types = {*self.policy.clocked, self.policy.society.event}
        told, last = {fact.id: fact for fact in self.history.of(sorted(types))}, self.as_of.toordinal()
        for name in wanted:
            for duty in self.duties:
                if self.policy.standings[name] == (duty.clock, duty.state(last)):
                    yield from (Evidence(told[one], name, duty.due_on.isoformat()) for one in duty.evidence)

    def _measure(self, name: str) -> MeasureRead:
        fold = self.policy.measures.get(name)
        window = None
        if fold is not None and fold.window is not None:
            first, last = span_of(fold.window, self.as_of.toordinal())
            window = (date.fromordinal(first), date.fromordinal(last)) if first <= last else None
        return MeasureRead(name, self.policy.titles[name], self.sheet.values[name], window, self.sheet.shown(name))

    def _arithmetic(self, rule: Indicator, finding: Finding, names: list[str]) -> Sentence:
        if finding.zeroed_by is not None:
            return Sentence.of(N_("Its points are taken: {title}"), title=self._taken_by(finding.zeroed_by))
        if finding.outcome is Outcome.NOT_APPLICABLE and rule.applies_when is not None:
            condition = rule.applies_when.words(self.sheet)
            return Sentence.of(N_("It does not apply, for it asks first: {condition}"), condition=condition)
        if not finding.open:
            return rule.score.words(self.sheet, rule.full)
        if finding.undecided:
            return Sentence.of(N_("It cannot be told: {why}"), why=self._why_untold(names))
        return Sentence.of(
            N_("{words}; {open} points cannot be told yet: {why}"),
            words=rule.score.words(self.sheet, rule.full),
            open=decimal_text(finding.open),
            why=self._why_untold(names),
        )

    def _missing(self, rule: Indicator, finding: Finding, names: list[str]) -> Sentence | None:
        if finding.zeroed_by is not None:
            return Sentence.of(N_("Once this no longer holds: {title}"), title=self._taken_by(finding.zeroed_by))
        if finding.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return None
        untold = self._untold(names)
        record = Sentence.of(N_("A record of {titles} would show it"), titles=untold) if untold else None
        if finding.undecided:
            return record
        more = rule.score.missing(self.sheet, rule.full)
        if not finding.open or record is None:
            return more
        return (
            record if more is None else Sentence.of(N_("{more}; what is unknown: {record}"), more=more, record=record)
        )

    def _taken_by(self, name: str) -> Text | Sentence:
        if name == FALSITY:
            return Sentence.of(N_("false evidence"))
        return next(veto.title for veto in self.policy.vetoes if veto.id == name)

    def _untold(self, names: list[str]) -> list[object]:
        """The measures that cannot be told; a figure is none, but what it is worked out of may be some."""
        unknown = [name for name in measures_behind(self.policy.looks_at, names) if self.sheet.values[name] is None]
        compared = {name: self.policy.measures[name].compared for name in unknown if name in self.policy.measures}
        found = [
            one for name in unknown for one in [against.of for against in compared.get(name, {}).values()] or [name]
        ]
        return [self.sheet.titles[name] for name in dict.fromkeys(found)]

    def _why_untold(self, names: list[str]) -> Sentence:
        untold = self._untold(names)
        if untold:
            return Sentence.of(N_("nothing is recorded of {titles}"), titles=untold)
        figures = [name for name in names if self.sheet.values[name] is None] or names
        template = N_("what is recorded is not enough to work out {titles}")
        return Sentence.of(template, titles=[self.sheet.titles[name] for name in figures])

"""Why a society's result under review is what it is: what decided its class, what holds against it, what was missed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from chassis.language import N_
from services.evaluation.domain.classing import Rule
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Finding
from services.evaluation.domain.ledger import SocietyLedger
from services.evaluation.domain.mentioned import measures_in
from services.evaluation.domain.points import decimal_text, signed_units_of
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.sheet import Said, Sheet, in_both
from services.evaluation.domain.speaking import sheet_of
from services.evaluation.domain.spec import Indicator, Requirement, Veto
from services.evaluation.domain.subtotals import Subtotal, subtotals
from services.evaluation.domain.texts import Sentence, Text

_LOST = frozenset({Outcome.PARTLY, Outcome.UNMET, Outcome.UNKNOWN})

Row = Mapping[str, Any]
"""One society's entry in the ratings under review, as it is kept."""


class Ground(NamedTuple):
    """A rule that holds for a society, or a requirement that fails: what it asks, and what was found."""

    rule: Veto | Rule | Requirement
    condition: Sentence
    found: tuple[tuple[Text, Said], ...]

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "id": self.rule.id,
            "title": self.rule.title.as_json(),
            "clause": self.rule.clause,
            "condition": self.condition.as_json(),
            "found": [{"title": title.as_json(), "value": in_both(value)} for title, value in self.found],
            "caps": self.rule.caps.model_dump() if isinstance(self.rule, Veto) else None,
        }


class Missed(NamedTuple):
    """An indicator that did not earn all its points, and what can be done about it."""

    indicator: Indicator
    finding: Finding

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "indicator": self.indicator.id,
            "title": self.indicator.title.as_json(),
            "clause": self.indicator.clause,
            "outcome": self.finding.outcome.value,
            "points": decimal_text(self.finding.points),
            "max": decimal_text(self.finding.max),
            "remedy": self.indicator.remedy.as_json(),
        }


class Reasons(NamedTuple):
    """What stands behind a society's result."""

    decisive: Sentence
    rule: Ground | None
    vetoes: tuple[Ground, ...]
    requirements: tuple[Ground, ...]
    sections: tuple[Subtotal, ...]
    missed: tuple[Missed, ...]

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "decisive": self.decisive.as_json(),
            "rule": self.rule and self.rule.as_json(),
            "vetoes": [one.as_json() for one in self.vetoes],
            "requirements": [one.as_json() for one in self.requirements],
            "sections": [one.as_json() for one in self.sections],
            "missed": [one.as_json() for one in self.missed],
        }


def reasons(row: Row, policy: Policy, as_of: date, facts: Iterable[Fact]) -> Reasons:
    """Why a row of the ratings is what it is; `facts` are the society's that count, for what was found."""
    ledger = SocietyLedger.of(policy, row["society"], facts)
    sheet = sheet_of(policy, ledger.values(as_of))
    findings = _findings(row, policy)
    rule = policy.classes.rule
    ruled = rule is not None and row["range"] == rule.id
    return Reasons(
        decisive=_decisive(row, policy),
        rule=_ground(rule, sheet) if rule is not None and ruled else None,
        vetoes=tuple(_ground(one, sheet) for one in policy.vetoes if one.id in row["vetoes"]),
        requirements=tuple(_ground(one, sheet) for one in policy.spec.eligibility if one.id in row["ineligible"]),
        sections=subtotals(policy, findings),
        missed=tuple(
            Missed(indicator, finding)
            for indicator, finding in zip(policy.indicators, findings, strict=True)
            if finding.outcome in _LOST
        ),
    )


def _decisive(row: Row, policy: Policy) -> Sentence:
    classes, rank = policy.classes, row["rank"]
    if classes.rule is not None and row["range"] == classes.rule.id:
        return Sentence.of(N_("By rule ({clause}), whatever the points"), clause=classes.rule.clause)
    won = next((quota for quota in classes.quotas if quota.id == row["range"]), None)
    if won is not None and "edge" not in row:
        return Sentence.of(
            N_("By rank {rank}: one of the {size} places of this class ({clause})"),
            rank=rank, size=won.size, clause=won.clause,
        )  # fmt: skip
    if "edge" in row:
        return Sentence.of(N_("Rank {rank}; {edge}"), rank=rank, edge=Text(**row["edge"]["said"]))
    return _without_place(row, policy)


def _without_place(row: Row, policy: Policy) -> Sentence:
    """Why a society has no place of a class by quota."""
    if row["ineligible"]:
        return Sentence.of(N_("Without a place of a class by quota, for it does not meet what an assessment requires"))
    rank, closed = row["rank"], _closed(row, policy)
    if closed:
        return Sentence.of(N_("Rank {rank}; kept out of {classes} by what holds against it"), rank=rank, classes=closed)
    if policy.classes.quotas:
        return Sentence.of(N_("By rank {rank}: the places of the classes by quota went to better ranks"), rank=rank)
    return Sentence.of(N_("The policy has no classes by quota"))


def _closed(row: Row, policy: Policy) -> list[Text]:
    barred = {name for veto in policy.vetoes if veto.id in row["vetoes"] for name in veto.caps.classes}
    return [quota.title for quota in policy.classes.quotas if quota.id in barred]


def _ground(rule: Veto | Rule | Requirement, sheet: Sheet) -> Ground:
    named = dict.fromkeys(measures_in(rule.when))
    return Ground(rule, rule.when.words(sheet), tuple((sheet.titles[name], sheet.shown(name)) for name in named))


def _findings(row: Row, policy: Policy) -> list[Finding]:
    told = row["indicators"]
    return [
        Finding(
            one.id,
            Outcome(told[one.id]["outcome"]),
            signed_units_of(told[one.id]["points"]),
            signed_units_of(told[one.id]["max"]),
            one.extra,
        )
        for one in policy.indicators
    ]

"""What an explanation says: every point with its clause and its events, every point missed with what would earn it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from services.evaluation.domain.classing import Rule
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Finding
from services.evaluation.domain.folds import Value
from services.evaluation.domain.points import decimal_text, number_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.sheet import Said, Values, in_both
from services.evaluation.domain.spec import Indicator, Requirement, SizeClass, Veto
from services.evaluation.domain.subtotals import subtotals
from services.evaluation.domain.texts import Sentence, Text

_TO_BE_EARNED = {Outcome.PARTLY, Outcome.UNMET, Outcome.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that made a measure what it is, and what it contributed. A corrected fact bears the correction's id.

    `against` says what its numbers were held against on its day, where the measure compares them with others.
    """

    fact: Fact
    measure: str
    contributed: int | str
    said: Said | None = None
    against: tuple[Sentence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            **_event(self.fact),
            "measure": self.measure,
            "contributed": self.contributed if self.said is None else in_both(self.said),
            **({"against": [one.as_json() for one in self.against]} if self.against else {}),
        }


@dataclass(frozen=True, slots=True)
class SetAside:
    """A fact that some measures did not count, why not, and the id of the event that is to blame, if one is."""

    fact: Fact
    measures: tuple[str, ...]
    code: str
    reason: Sentence
    by: str | None = None

    @classmethod
    def told_once(cls, found: Iterable["SetAside"]) -> Iterator["SetAside"]:
        """Each fact once for each reason, with all the measures that have it, in the order of the first of them."""
        same: dict[tuple[object, ...], SetAside] = {}
        for one in found:
            key = one.fact.id, one.code, one.reason, one.by
            before = same.get(key)
            same[key] = one if before is None else replace(one, measures=(*before.measures, *one.measures))
        yield from same.values()

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        reason = {"code": self.code, **self.reason.as_json()}
        return {**_event(self.fact), "measures": list(self.measures), "reason": reason, "by": self.by}


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """A measure's value and the days it looked at; no days if it looks at everything up to the day."""

    name: str
    title: Text
    value: Value
    window: tuple[date, date] | None
    shown: Said = "–"

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        days = self.window and {"from": self.window[0].isoformat(), "to": self.window[1].isoformat()}
        return {
            "id": self.name,
            "title": self.title.as_json(),
            "value": number_text(self.value) if isinstance(self.value, Fraction) else self.value,
            "said": in_both(self.shown),
            "window": days,
        }


@dataclass(frozen=True, slots=True)
class IndicatorExplained:
    """One indicator: how it came out, of what, and what would earn more."""

    indicator: Indicator
    finding: Finding
    measures: tuple[MeasureRead, ...]
    evidence: tuple[Evidence, ...]
    set_aside: tuple[SetAside, ...]
    set_aside_more: int
    arithmetic: Sentence
    missing: Sentence | None
    cap: int

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it; the lists of facts are cut, and it says how many more there are.

        A remedy is there as long as there is something to be earned.
        """
        rule = self.indicator
        return {
            "id": rule.id,
            "group": rule.group,
            "clause": rule.clause,
            "title": rule.title.as_json(),
            "reason": rule.reason.as_json(),
            "ours": rule.ours and rule.ours.as_json(),
            "outcome": self.finding.outcome.value,
            "extra": self.finding.extra,
            "points": decimal_text(self.finding.points),
            "max": decimal_text(self.finding.max),
            "measures": [measure.as_json() for measure in self.measures],
            "evidence": [item.as_json() for item in self.evidence[: self.cap]],
            "evidence_more": max(0, len(self.evidence) - self.cap),
            "set_aside": [item.as_json() for item in self.set_aside],
            "set_aside_more": self.set_aside_more,
            "arithmetic": self.arithmetic.as_json(),
            "missing": self.missing and self.missing.as_json(),
            "remedy": rule.remedy.as_json() if self.finding.outcome in _TO_BE_EARNED else None,
        }


@dataclass(frozen=True, slots=True)
class ConditionExplained:
    """A veto or the rule of restructuring, whether it holds, and what it asks."""

    rule: Veto | Rule | Requirement
    holds: bool | None
    words: Sentence

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "id": self.rule.id,
            "clause": self.rule.clause,
            "title": self.rule.title.as_json(),
            "holds": self.holds,
            "condition": self.words.as_json(),
            "caps": self.rule.caps.model_dump() if isinstance(self.rule, Veto) else None,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a society's rating is what it is, on a day, by what was known at an instant; ``values`` are its measures."""

    policy: Policy
    rating: Rating
    known_at: str | None
    indicators: tuple[IndicatorExplained, ...]
    vetoes: tuple[ConditionExplained, ...]
    eligibility: tuple[ConditionExplained, ...]
    restructure: ConditionExplained | None
    size: SizeClass | None
    values: Values

    def as_json(self) -> dict[str, Any]:
        """The whole document; texts in both languages, points as decimal texts. Vetoes are those that hold.

        The validity is that of the grade if it were announced on the day asked about.
        """
        rating = self.rating
        profile = next((one for one in self.policy.spec.profiles if one.id == rating.profile), None)
        grade = next((grade for grade in self.policy.grades if grade.id == rating.grade), None)
        validity = self.policy.spec.validity
        return {
            "society": rating.society,
            "name": rating.name,
            "peer_group": rating.peer_group,
            "policy": {
                "id": self.policy.id,
                "version": self.policy.version,
                "hash": self.policy.hash,
                "title": self.policy.title.as_json(),
            },
            "as_of": rating.as_of.isoformat(),
            "known_at": self.known_at,
            "total": decimal_text(rating.total),
            "max": decimal_text(rating.max),
            "completeness": rating.completeness,
            "grade": grade and {"id": grade.id, "title": grade.title.as_json()},
            "validity": validity.as_json(rating.as_of) if grade and validity else None,
            "vetoes": [veto.as_json() for veto in self.vetoes if veto.holds],
            "eligibility": [requirement.as_json() for requirement in self.eligibility],
            "profile": profile and {"id": profile.id, "clause": profile.clause, "title": profile.title.as_json()},
            "size": self.size and {"id": self.size.id, "title": self.size.title.as_json()},
            "cut": decimal_text(rating.cut),
            "restructure": self.restructure and self.restructure.as_json(),
            "sections": [section.as_json() for section in subtotals(self.policy, rating.findings)],
            "indicators": [indicator.as_json() for indicator in self.indicators],
        }


def _event(fact: Fact) -> dict[str, Any]:
    return {"event": fact.id, "type": fact.type, "on": fact.on.isoformat(), "recorded": fact.recorded}

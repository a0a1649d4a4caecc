"""What two policies rule of a society whatever its points: who may not be assessed, whose grade a veto takes."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating
from services.evaluation.domain.texts import Text


class RuleKind(StrEnum):
    """A requirement that fails bars (参评资格); a veto that holds takes something away (一票否决)."""

    REQUIREMENT = "requirement"
    VETO = "veto"


class RuleName(NamedTuple):
    """A rule of one of the policies, or of both under the same id."""

    kind: RuleKind
    id: str


class Ruled(NamedTuple):
    """A rule that goes against a society under one of the policies and not under the other."""

    rule: RuleName
    before: bool
    after: bool

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it, without the rule's clause."""
        return {"kind": self.rule.kind.value, "id": self.rule.id, "before": self.before, "after": self.after}


class Rules(NamedTuple):
    """The rules of two policies with their clauses and titles; of a rule of both, those of the policy after."""

    named: dict[RuleName, tuple[str, Text]]

    @classmethod
    def of(cls, before: Policy, after: Policy) -> "Rules":
        """Those of both policies, in the order of the files."""
        return cls({**dict(_rules(before)), **dict(_rules(after))})

    def as_json(self, rule: RuleName) -> dict[str, Any]:
        """A rule with its clause and its title."""
        clause, title = self.named[rule]
        return {"kind": rule.kind.value, "id": rule.id, "clause": clause, "title": title.as_json()}


def _rules(policy: Policy) -> Iterator[tuple[RuleName, tuple[str, Text]]]:
    for one in policy.spec.eligibility:
        yield RuleName(RuleKind.REQUIREMENT, one.id), (one.clause, one.title)
    for veto in policy.vetoes:
        yield RuleName(RuleKind.VETO, veto.id), (veto.clause, veto.title)


def against(rating: Rating | None) -> frozenset[RuleName]:
    """The rules that go against a society."""
    if rating is None:
        return frozenset()
    failed = (RuleName(RuleKind.REQUIREMENT, name) for name in rating.ineligible)
    return frozenset([*failed, *(RuleName(RuleKind.VETO, name) for name in rating.vetoes)])


def changed(before: Rating | None, after: Rating | None) -> tuple[Ruled, ...]:
    """What goes against a society under one of two ratings alone, by kind and id."""
    old, new = against(before), against(after)
    return tuple(Ruled(rule, rule in old, rule in new) for rule in sorted(old ^ new))


def summed(rules: Rules, pairs: Iterable[tuple[Rating | None, Rating | None]]) -> list[dict[str, Any]]:
    """Of each rule that changes for anybody, how many societies it goes against before and after."""
    counts = {rule: [0, 0, 0, 0] for rule in rules.named}
    for before, after in pairs:
        old, new = against(before), against(after)
        for rule in old | new:
            held, holds = rule in old, rule in new
            for place, counted in enumerate((held, holds, held and not holds, holds and not held)):
                counts[rule][place] += counted
    names = ("before", "after", "lifted", "imposed")
    found = [(rule, dict(zip(names, numbers, strict=True))) for rule, numbers in counts.items()]
    moving = [{**rules.as_json(rule), **numbers} for rule, numbers in found if numbers["lifted"] or numbers["imposed"]]
    return sorted(moving, key=lambda one: -(one["lifted"] + one["imposed"]))

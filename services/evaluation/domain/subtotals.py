"""What each section of a policy comes to in one society's rating."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from services.evaluation.domain.findings import Finding, contributions
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.sections import tallied
from services.evaluation.domain.texts import Text


class Subtotal(NamedTuple):
    """A section with the sections inside it; points, max, known in units, extra points as far as it lets them count.

    The sections of the top add up to the whole, but for extra points that the whole cuts.
    """

    id: str
    title: Text
    points: int
    max: int
    known: int
    sections: tuple["Subtotal", ...]

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "id": self.id,
            "title": self.title.as_json(),
            "points": decimal_text(self.points),
            "max": decimal_text(self.max),
            "known": decimal_text(self.known),
            "sections": [section.as_json() for section in self.sections],
        }


def subtotals(policy: Policy, findings: Sequence[Finding]) -> tuple[Subtotal, ...]:
    """The sections of the top, in the policy's order; the findings are in the order of its indicators."""
    tallies = tallied(policy.groups, policy.spec.extras, contributions(policy, findings))

    def within(above: str | None) -> tuple[Subtotal, ...]:
        found = []
        for name, group in policy.groups.items():
            if group.within == above:
                base, extra, applicable, known = tallies[name]
                found.append(Subtotal(name, group, base + extra, applicable, known, within(name)))
        return tuple(found)

    return within(None)

"""One society's rating and the policy behind it, set out by section as the pages show them."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from services.portal.documents import Text
from services.portal.explanation import Finding
from services.portal.policy import Indicator, Policy

Item = TypeVar("Item", Finding, Indicator)


class Section(NamedTuple, Generic[Item]):
    """The indicators of one section of the policy, with what they come to; `above` are the sections it lies within."""

    id: str
    title: Text
    above: list[Text]
    items: list[Item]

    @property
    def max(self) -> str:
        """The points the section offers; what does not apply to the society, or comes on top, offers none."""
        counted = (item for item in self.items if not item.extra)
        return _total(item.max for item in counted if getattr(item, "outcome", "") != "not-applicable")

    @property
    def points(self) -> str:
        """The points earned in it."""
        return _total(item.points for item in self.items if isinstance(item, Finding))


def sections(items: Iterable[Item], policy: Policy) -> list[Section[Item]]:
    """The indicators by section, both in the policy's order."""
    found = []
    for group, members in groupby(items, key=attrgetter("group")):
        *above, title = policy.trail(group)
        found.append(Section(group, title, above, list(members)))
    return found


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """How many indicators came out which way."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.outcome] = counts.get(finding.outcome, 0) + 1
    return counts


def _total(points: Iterable[str]) -> str:
    return str(sum(map(Decimal, points), Decimal(0)))

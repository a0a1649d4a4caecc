"""What a policy is under one of its profiles (分类评价): sections and indicators of other worth, the same questions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from services.evaluation.domain.sections import Sections
from services.evaluation.domain.spec import Group, Indicator, PolicySpec, Profile


def under(spec: PolicySpec, profile: Profile) -> PolicySpec:
    """The policy as a profile has it: its tree of sections adds up, or not, like any other.

    Its groups and indicators must be there, and its tree without the profile in order.
    """
    parts = _Parts(spec, profile)
    for name, given in profile.groups.items():
        parts.keep_proportions(name, worthless=not (given.full or given.weight))
    return spec.model_copy(
        update={
            "full": full_under(spec, profile),
            "groups": {name: parts.group(name, one) for name, one in spec.groups.items()},
            "indicators": tuple(map(parts.indicator, spec.indicators)),
        }
    )


def full_under(spec: PolicySpec, profile: Profile | None) -> int:
    """Full marks in units: the profile's own, if it has any."""
    return spec.full if profile is None or profile.full is None else profile.full


@dataclass
class _Parts:
    spec: PolicySpec
    profile: Profile
    weights: dict[str, Fraction] = field(default_factory=dict)
    group_weights: dict[str, Fraction] = field(default_factory=dict)
    worthless: set[str] = field(default_factory=set)
    worthless_groups: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tree = Sections(self.spec)

    def keep_proportions(self, group: str, *, worthless: bool) -> None:
        """What lies within a group, unless some of it is named, becomes a part of the group's worth; of none, none."""
        own = [one for one in self.tree.indicators[group] if not one.extra]
        inner, whole = self.tree.groups[group], self.tree.worth(group)
        if any(self._named(one) for one in own) or not self.profile.groups.keys().isdisjoint(inner) or not whole:
            return
        if worthless:
            self.worthless |= {one.id for one in own}
            self.worthless_groups |= set(inner)
        self.weights |= {one.id: Fraction(one.full) / whole for one in own if one.weight is None}
        self.group_weights |= {name: Fraction(self.tree.worth(name)) / whole for name in inner}
        for name in inner:
            self.keep_proportions(name, worthless=worthless)

    def _named(self, one: Indicator) -> bool:
        return one.id in self.profile.points or one.id in self.profile.weights

    def group(self, name: str, before: Group) -> Group:
        """A section with its worth under the profile."""
        given = self.profile.groups.get(name)
        if given is not None:
            return before.model_copy(update={"full": given.full, "weight": given.weight})
        if name in self.worthless_groups:
            return before.model_copy(update={"full": None, "weight": None})
        weight = self.group_weights.get(name)
        return before if weight is None else before.model_copy(update={"full": None, "weight": weight})

    def indicator(self, before: Indicator) -> Indicator:
        """An indicator with its worth under the profile."""
        points = self.profile.points.get(before.id)
        if points is not None:
            return before.model_copy(update={"full": points, "weight": None})
        if before.id in self.worthless:
            return before.model_copy(update={"full": 0, "weight": None})
        weight = self.profile.weights.get(before.id, self.weights.get(before.id))
        return before if weight is None else before.model_copy(update={"full": 0, "weight": weight})


def fulls_under(spec: PolicySpec, profile: Profile) -> Iterator[int]:
    """The units of each indicator under a profile, in the order of the file."""
    fulls = Sections(under(spec, profile)).fulls()
    yield from (fulls[one.id] for one in spec.indicators)

"""The places of quotas, handed out from the top; where a quota ends among equals, the policy's own words decide."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chassis.language import N_
from services.evaluation.domain.classing import AtTheCut, Quota
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating
from services.evaluation.domain.texts import Sentence, Text

Free = dict[tuple[str, str], int]
"""How many places are left, by quota and pool."""

Decided = Mapping[str, frozenset[str]]
"""The societies that a committee chose among equals, by the quota at whose edge they stand."""

_HOW = {
    "all-in": N_("by the policy all of them are in it"),
    "none-in": N_("by the policy none of them is in it"),
    "committee": N_("by the policy the committee decides, and it has not yet"),
}
_CHOSEN = N_("by the policy the committee decides; it chose this society")
_NOT_CHOSEN = N_("by the policy the committee decides; it chose others")


class Edge(NamedTuple):
    """Where a quota ended among equals: how many of them for how many places, and how that was decided."""

    quota: str
    pool: str
    title: Text
    by: AtTheCut
    equals: tuple[str, ...]
    places: int
    inside: bool
    decided: bool

    @property
    def open(self) -> bool:
        """Whether the committee has still to decide."""
        return not self.decided

    def words(self) -> Sentence:
        """The edge in words."""
        chosen = _CHOSEN if self.inside else _NOT_CHOSEN
        return Sentence.of(
            N_("{equals} societies are equal where {title} has {places} places left: {how}"),
            equals=len(self.equals),
            title=self.title,
            places=self.places,
            how=Sentence.of(chosen if self.by == "committee" and self.decided else _HOW[self.by]),
        )

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "class": self.quota,
            "by": self.by,
            "equals": list(self.equals),
            "places": self.places,
            "inside": self.inside,
            "decided": self.decided,
            "said": self.words().as_json(),
        }


class Placed(NamedTuple):
    """The class of a society, and the edge of a quota at which it stands among equals, if it does."""

    category: str
    edge: Edge | None = None


def free_places(listed: Sequence[Rating], policy: Policy) -> Free:
    """The places of each quota, in each of its pools."""
    quotas = policy.classes.quotas
    sizes = Counter((quota.id, quota.pool(rating.peer_group)) for rating in listed for quota in quotas)
    by_id = {quota.id: quota for quota in quotas}
    return {(name, pool): by_id[name].places(many) for (name, pool), many in sizes.items()}


def place(equals: Sequence[Rating], free: Free, policy: Policy, decided: Decided) -> list[Placed]:
    """The classes of the next societies, equal in everything the policy compares; takes their places of the quotas.

    Where some of them would be in a quota and some not, the policy says who: all, none, or whom the committee chose.
    Who comes after them takes none of these places.
    """
    rule, found = policy.classes.rule, dict.fromkeys((one.society for one in equals), Placed(policy.classes.rest.id))
    waiting = []
    for one in equals:
        if rule is not None and one.restructure:
            found[one.society] = Placed(rule.id)
        else:
            waiting.append((one, barred(policy, one)))
    for quota in policy.classes.quotas:
        pools: dict[str, list[str]] = {}
        for one, bars in waiting:
            if quota.id not in bars:
                pools.setdefault(quota.pool(one.peer_group), []).append(one.society)
        for pool, societies in pools.items():
            left = free[quota.id, pool]
            free[quota.id, pool] = max(left - len(societies), 0)
            if left > 0:
                found |= _at(quota, pool, policy.ties.at_the_cut, societies, left, decided, found)
        waiting = [(one, bars) for one, bars in waiting if found[one.society].category != quota.id]
    return [found[one.society] for one in equals]


def _at(  # noqa: PLR0917 — everything that decides
    quota: Quota,
    pool: str,
    by: AtTheCut,
    societies: Sequence[str],
    left: int,
    decided: Decided,
    found: Mapping[str, Placed],
) -> dict[str, Placed]:
    if len(societies) <= left:
        return {one: Placed(quota.id, found[one].edge) for one in societies}
    chosen = decided.get(quota.id, frozenset()).intersection(societies)
    inside = {"all-in": frozenset(societies), "none-in": frozenset()}.get(by, chosen)
    settled = by != "committee" or bool(chosen)
    placed = {}
    for one in societies:
        is_in = one in inside
        edge = Edge(quota.id, pool, quota.title, by, tuple(sorted(societies)), left, is_in, settled)
        before = found[one].edge
        told = edge if before is None or before.decided else before
        placed[one] = Placed(quota.id if is_in else found[one].category, told)
    return placed


def barred(policy: Policy, rating: Rating) -> set[str]:
    """The classes that a society cannot be in, whatever its points."""
    if rating.ineligible:
        return {quota.id for quota in policy.classes.quotas}
    return {name for veto in policy.vetoes if veto.id in rating.vetoes for name in veto.caps.classes}

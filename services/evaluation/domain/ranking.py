"""The board: ranks over all and among peers, and the classes of 分类管理."""

import hashlib
import json
import math
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.evaluation.domain.findings import Finding
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating

Free = dict[tuple[str, str], int]
"""How many places are left, by quota and pool."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rating with its place: overall, among its peers, and the class that its rank alone would give it."""

    rating: Rating
    rank: int
    peer_rank: int
    peer_size: int
    standing: str

    def as_row(self) -> dict[str, Any]:
        """The entry of the board without its indicators; points are decimal texts."""
        rating = self.rating
        return {
            "society": rating.society,
            "name": rating.name,
            "total": decimal_text(rating.total),
            "max": decimal_text(rating.max),
            "completeness": rating.completeness,
            "grade": rating.grade,
            "rank": self.rank,
            "peer_group": rating.peer_group,
            "peer_rank": self.peer_rank,
            "peer_size": self.peer_size,
            "range": self.standing,
            "vetoes": list(rating.vetoes),
            "ineligible": list(rating.ineligible),
        }

    def as_json(self) -> dict[str, Any]:
        """The whole entry of the board."""
        return {**self.as_row(), "indicators": {one.indicator: _finding(one) for one in self.rating.findings}}


def rank(ratings: Iterable[Rating], policy: Policy) -> list[Standing]:
    """The board, best first.

    Societies are compared by total as a part of the points that apply to them. Equals share a rank and the next are
    counted on ("1224"); among equals the policy's order of ties decides who stands first and who gets the last place
    of a quota. Who falls under the rule of restructuring, or a veto that bars the class, takes no place of a quota.
    """
    listed = [rating for rating in ratings if rating.listed]
    scale = _scale(listed)
    order = {rating.society: _order(policy, rating, scale) for rating in listed}
    listed.sort(key=lambda rating: order[rating.society])
    ranks = _places(listed, order)
    peers: dict[str, list[Rating]] = {}
    for rating in listed:
        peers.setdefault(rating.peer_group, []).append(rating)
    peer_ranks = {society: place for group in peers.values() for society, place in _places(group, order).items()}
    free = _free(listed, policy)
    given = [_class_of(rating, free, policy) for rating in listed]
    return [
        Standing(rating, ranks[rating.society], peer_ranks[rating.society], len(peers[rating.peer_group]), standing)
        for rating, standing in zip(listed, given, strict=True)
    ]


def _scale(listed: Sequence[Rating]) -> int:
    """The denominator to which parts of different maxima are brought."""
    return math.lcm(*{rating.max for rating in listed if rating.max})


class Rivals:
    """Everybody but one society, best first: tells where it would stand with another rating, without a new ranking."""

    def __init__(self, standings: Sequence[Standing], society: str, policy: Policy) -> None:
        """`standings` are those of a board, in its order."""
        self._policy = policy
        self._scale = _scale([one.rating for one in standings])
        self._others = [one.rating for one in standings if one.rating.society != society]
        self._order = [_order(policy, rating, self._scale) for rating in self._others]
        # What is free of the quotas when so many of them have their class.
        self._free = [_free([one.rating for one in standings], policy)]
        for rating in self._others:
            self._free.append(dict(self._free[-1]))
            _class_of(rating, self._free[-1], policy)

    def standing(self, rating: Rating) -> Standing:
        """The place among them of a listed rating whose maximum and peer group are those on the board."""
        order = _order(self._policy, rating, self._scale)
        place, better = bisect(self._order, order), bisect_left(self._order, order[:1])
        peers = [at for at, one in enumerate(self._others) if one.peer_group == rating.peer_group]
        given = _class_of(rating, dict(self._free[place]), self._policy)
        return Standing(rating, better + 1, bisect_left(peers, better) + 1, len(peers) + 1, given)


def ratings_hash(standings: Iterable[Standing]) -> str:
    """Digest of the ratings alone: ``sha256:`` over JSON (keys sorted, no spaces, UTF-8), by rank and code."""
    entries = [standing.as_json() for standing in sorted(standings, key=lambda each: (each.rank, each.rating.society))]
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _order(policy: Policy, rating: Rating, scale: int) -> tuple[Any, ...]:
    """What a society is sorted by, best first. Parts of different maxima are brought to one denominator, the scale."""
    factor = scale // rating.max if rating.max else 0
    breakers = (_tie_breaker(policy, name, rating, factor) for name in policy.ties.order)
    return (-rating.total * factor, *breakers, rating.society)


def _tie_breaker(policy: Policy, name: str, rating: Rating, factor: int) -> int | str:
    if name == "completeness":
        return -rating.known * factor
    if name == "code":
        return rating.society
    found, inside = zip(policy.indicators, rating.findings, strict=True), policy.inside[name]
    return -sum(finding.points for indicator, finding in found if indicator.group in inside)


def _places(sorted_ratings: Sequence[Rating], order: Mapping[str, tuple[Any, ...]]) -> dict[str, int]:
    """The places of societies that stand in order, best first; equals share a place."""
    places: dict[str, int] = {}
    place, before = 0, None
    for index, rating in enumerate(sorted_ratings, start=1):
        share = order[rating.society][0]
        if share != before:
            place, before = index, share
        places[rating.society] = place
    return places


def _free(listed: Sequence[Rating], policy: Policy) -> Free:
    """The places of each quota, in each of its pools."""
    quotas = policy.classes.quotas
    sizes = Counter((quota.id, quota.pool(rating.peer_group)) for rating in listed for quota in quotas)
    by_id = {quota.id: quota for quota in quotas}
    return {(name, pool): by_id[name].places(many) for (name, pool), many in sizes.items()}


def _class_of(rating: Rating, free: Free, policy: Policy) -> str:
    """The class of the next society, best first; takes its place of a quota."""
    classes = policy.classes
    if rating.restructure and classes.rule is not None:
        return classes.rule.id
    bars = barred(policy, rating)
    open_to = ((quota.id, quota.pool(rating.peer_group)) for quota in classes.quotas if quota.id not in bars)
    chosen = next((place for place in open_to if free[place] > 0), None)
    if chosen is None:
        return classes.rest.id
    free[chosen] -= 1
    return chosen[0]


def barred(policy: Policy, rating: Rating) -> set[str]:
    """The classes that a society cannot be in, whatever its points."""
    if rating.ineligible:
        return {quota.id for quota in policy.classes.quotas}
    return {name for veto in policy.vetoes if veto.id in rating.vetoes for name in veto.caps.classes}


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "outcome": finding.outcome.value,
        "points": decimal_text(finding.points),
        "max": decimal_text(finding.max),
    }

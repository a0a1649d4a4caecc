"""The board: ranks over all and among peers, and the classes of 分类管理."""

import hashlib
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any

from services.evaluation.domain.findings import Finding
from services.evaluation.domain.places import Decided, Edge, Free, free_places, place
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating


@dataclass(frozen=True, slots=True)
class Standing:
    """A rating with its place: overall, among its peers, and the class that its rank alone would give it.

    ``edge`` is there where a quota ends among equals and it is one of them.
    """

    rating: Rating
    rank: int
    peer_rank: int
    peer_size: int
    standing: str
    edge: Edge | None = None

    def as_row(self) -> dict[str, Any]:
        """The entry of the board without its indicators; points are decimal texts."""
        rating = self.rating
        edge = {} if self.edge is None else {"edge": self.edge.as_json()}
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
            **edge,
        }

    def as_json(self) -> dict[str, Any]:
        """The whole entry of the board."""
        return {**self.as_row(), "indicators": {one.indicator: _finding(one) for one in self.rating.findings}}


NOBODY: Decided = MappingProxyType({})
"""No committee has chosen anybody."""


def rank(ratings: Iterable[Rating], policy: Policy, decided: Decided = NOBODY) -> list[Standing]:
    """The board, best first.

    Societies are compared by total as a part of the points that apply to them. Equals share a rank and the next are
    counted on ("1224"); among equals the policy's order of ties decides who goes first. Where a quota ends among
    societies that are equal in that, too, the policy says who is in it; `decided` are those whom a committee chose.
    Who falls under the rule of restructuring, or a veto that bars the class, takes no place of a quota.
    """
    listed = [rating for rating in ratings if rating.listed]
    scale = _scale(listed)
    order = {rating.society: _order(policy, rating, scale) for rating in listed}
    listed.sort(key=lambda rating: order[rating.society])
    ranks = _places(listed, order)
    peers: dict[str, list[Rating]] = {}
    for rating in listed:
        peers.setdefault(rating.peer_group, []).append(rating)
    peer_ranks = {society: at for group in peers.values() for society, at in _places(group, order).items()}
    free, standings = free_places(listed, policy), []
    for _, equals in groupby(listed, key=lambda rating: order[rating.society][:-1]):
        group = list(equals)
        for rating, given in zip(group, place(group, free, policy, decided), strict=True):
            of_peers = peer_ranks[rating.society], len(peers[rating.peer_group])
            standings.append(Standing(rating, ranks[rating.society], *of_peers, *given))
    return standings


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
        self._keys = [_order(policy, rating, self._scale)[:-1] for rating in self._others]
        # What is free of the quotas before each society of them, and after the last.
        self._free: list[Free] = []
        free = free_places([one.rating for one in standings], policy)
        for _, equals in groupby(zip(self._keys, self._others, strict=True), key=lambda pair: pair[0]):
            group = [rating for _, rating in equals]
            self._free += [dict(free)] * len(group)
            place(group, free, policy, NOBODY)
        self._free.append(free)

    def standing(self, rating: Rating) -> Standing:
        """The place among them of a listed rating whose maximum and peer group are those on the board."""
        key = _order(self._policy, rating, self._scale)[:-1]
        first, end = bisect_left(self._keys, key), bisect_right(self._keys, key)
        better = bisect_left(self._keys, key[:1])
        peers = [at for at, one in enumerate(self._others) if one.peer_group == rating.peer_group]
        given = place([rating, *self._others[first:end]], dict(self._free[first]), self._policy, NOBODY)[0]
        return Standing(rating, better + 1, bisect_left(peers, better) + 1, len(peers) + 1, *given)


def ratings_hash(standings: Iterable[Standing]) -> str:
    """Digest of the ratings alone: ``sha256:`` over JSON (keys sorted, no spaces, UTF-8), by rank and code."""
    entries = [standing.as_json() for standing in sorted(standings, key=lambda each: (each.rank, each.rating.society))]
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _order(policy: Policy, rating: Rating, scale: int) -> tuple[Any, ...]:
    """What a society is sorted by, best first, and last by its code, which makes nobody better than anybody.

    Parts of different maxima are brought to one denominator, the scale.
    """
    factor = scale // rating.max if rating.max else 0
    breakers = (_tie_breaker(policy, name, rating, factor) for name in policy.ties.order if name != "code")
    return (-rating.total * factor, *breakers, rating.society)


def _tie_breaker(policy: Policy, name: str, rating: Rating, factor: int) -> int:
    if name == "completeness":
        return -rating.known * factor
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


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "outcome": finding.outcome.value,
        "points": decimal_text(finding.points),
        "max": decimal_text(finding.max),
    }

"""The provisional class that a society holds from day to day, slower than its range so that it does not flap.

A range is the class that today's ranks give. A held class follows it at the close of a day: at once where nobody
competes (the rule of restructuring, a veto or a requirement that bars) and where the society is clear of the boundary
by the policy's margin; else after as many days out of it, on the same side, as the policy asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, Self

from contracts.evaluation import ClassOutlookChanged
from services.evaluation.domain.classing import Hold, Quota
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.places import barred
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing


@dataclass(frozen=True, slots=True)
class Outlook:
    """What was told of a society at the close of a day: the class it holds, and since when it is out of its range."""

    policy: str
    version: str
    category: str
    since: date
    range: str
    candidate_since: date | None
    as_of: date
    event: str = ""

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """As the event tells it."""
        data, candidate_since = fact.data, fact.data["candidate_since"]
        return cls(
            policy=data["policy"],
            version=data["version"],
            category=data["category"],
            since=date.fromisoformat(data["since"]),
            range=data["range"],
            candidate_since=date.fromisoformat(candidate_since) if candidate_since else None,
            as_of=date.fromisoformat(data["as_of"]),
            event=fact.id,
        )

    def under(self, policy: Policy) -> bool:
        """Whether it is of this text's version: under another, everybody begins anew."""
        return (self.policy, self.version) == (policy.id, str(policy.version))

    def news(self, society: str, before: "Outlook | None", at: Any) -> ClassOutlookChanged:
        """The event that tells it."""
        return ClassOutlookChanged(
            subject=society,
            happened_at=at,
            policy=self.policy,
            version=self.version,
            category=self.category,
            previous=before.category if before else None,
            since=self.since,
            range=self.range,
            candidate_since=self.candidate_since,
            as_of=self.as_of,
        )


class Shown(NamedTuple):
    """The class a society is shown in, and since when its range has been another one."""

    category: str
    candidate_since: date | None

    def as_json(self) -> dict[str, Any]:
        """What it adds to a row of the board."""
        since = self.candidate_since
        return {"class": self.category, "candidate_since": since.isoformat() if since else None}


def outlooks(facts: Iterable[Fact], before: Mapping[str, Outlook] | None = None) -> dict[str, Outlook]:
    """The last that was told of each society, whatever the order and repetition of the facts."""
    latest = dict(before or {})
    for fact in facts:
        if fact.type == ClassOutlookChanged.type:
            told, held = Outlook.of(fact), latest.get(fact.subject)
            if held is None or (held.as_of, held.event) < (told.as_of, told.event):
                latest[fact.subject] = told
    return latest


def shown(standing: Standing, policy: Policy, held: Outlook | None) -> Shown:
    """The class to show between two closes: the one held, unless something that acts at once says otherwise."""
    if held is None or policy.classes.hold is None or not held.under(policy) or _at_once(standing, policy, held):
        return Shown(standing.standing, None)
    return Shown(held.category, held.candidate_since if held.category != standing.standing else None)


def close(standings: Sequence[Standing], policy: Policy, held: Mapping[str, Outlook], day: date) -> dict[str, Outlook]:
    """The outlooks that are others after the close of a day; those of everybody else stay as they are."""
    hold = policy.classes.hold
    if hold is None:
        return {}
    edges = _Edges.of(standings, policy)
    changed = {}
    for standing in standings:
        society = standing.rating.society
        before = held.get(society)
        after = _next(standing, before, _Close(policy, hold, edges, day))
        if before is None or _gist(before) != _gist(after):
            changed[society] = after
    return changed


class _Shares(dict[tuple[int, str], Fraction]):
    """Shares by the edge of a class and the pool of its quota."""

    def lower(self, key: tuple[int, str], share: Fraction) -> None:
        """Takes the share where there is none yet, or a greater one."""
        self[key] = min(share, self.get(key, share))


class _Edges(NamedTuple):
    """Between each class of a quota and the next: the last share inside, the best outside, of each pool of the quota.

    None, or no such pool: nobody.
    """

    order: tuple[str, ...]
    quotas: tuple[Quota, ...]
    last_in: Mapping[tuple[int, str], Fraction]
    first_out: Mapping[tuple[int, str], Fraction]

    @classmethod
    def of(cls, standings: Sequence[Standing], policy: Policy) -> Self:
        quotas = policy.classes.quotas
        order = (*(quota.id for quota in quotas), policy.classes.rest.id)
        place = {name: index for index, name in enumerate(order)}
        last_in, first_out, waiting, waiting_here = _Shares(), _Shares(), _Shares(), _Shares()
        for one in standings:
            share, at, bars = _share(one), place.get(one.standing), barred(policy, one.rating)
            for edge, quota in enumerate(quotas):
                key = edge, quota.pool(one.rating.peer_group)
                if one.edge:
                    (waiting_here if one.edge.quota == quota.id else waiting).lower(key, share)
                if at is not None and at <= edge:
                    last_in.lower(key, share)
                elif at is not None and quota.id not in bars:
                    first_out[key] = max(share, first_out.get(key, share))
        # Where places stay empty because equals wait for the committee, these stand on the boundary.
        for key in waiting.keys() - last_in.keys():
            waiting_here.lower(key, waiting[key])
        for key, share in waiting_here.items():
            last_in.lower(key, share)
        return cls(order, quotas, last_in, first_out)

    def clear(self, standing: Standing, category: str, margin: Fraction) -> str:
        """How far from the class it holds a society is clear of the boundaries: that class, if of none."""
        share, at, to = _share(standing), self.order.index(category), self.order.index(standing.standing)
        pools = [(edge, quota.pool(standing.rating.peer_group)) for edge, quota in enumerate(self.quotas)]
        reached = at
        for edge in range(at - 1, to - 1, -1):
            missed = self.first_out.get(pools[edge])
            if missed is None or share - missed >= margin:
                reached = edge
        for edge in range(at, to):
            inside = self.last_in.get(pools[edge])
            if inside is None or inside - share >= margin:
                reached = edge + 1
        return self.order[reached]

    def better(self, one: str, other: str) -> bool:
        return self.order.index(one) < self.order.index(other)


class _Close(NamedTuple):
    policy: Policy
    hold: Hold
    edges: _Edges
    day: date


def _next(standing: Standing, before: Outlook | None, at: _Close) -> Outlook:
    policy, day, today = at.policy, at.day, standing.standing
    anew = Outlook(policy.id, str(policy.version), today, day, today, None, day)
    if before is None or not before.under(policy):
        return anew
    if today == before.category:
        return replace(before, range=today, candidate_since=None, as_of=day)
    if _at_once(standing, policy, before):
        return anew
    reached = at.edges.clear(standing, before.category, at.hold.margin)
    if reached not in {today, before.category}:
        return replace(anew, category=reached, candidate_since=day)
    since = _candidate_since(standing, before, at)
    if reached == today or (day - since).days + 1 >= at.hold.days:
        return anew
    return replace(before, range=today, candidate_since=since, as_of=day)


def _candidate_since(standing: Standing, before: Outlook, at: _Close) -> date:
    """Since when its range has been on the side of its class where it is today, this day at the latest."""
    if before.candidate_since is None:
        return at.day
    better = at.edges.better
    same_side = better(before.range, before.category) == better(standing.standing, before.category)
    return before.candidate_since if same_side else at.day


def _at_once(standing: Standing, policy: Policy, held: Outlook) -> bool:
    """Whether its class is not a matter of competition: the rule gives or gave it, or it is barred from it."""
    rule = policy.classes.rule
    ruled = rule is not None and rule.id in {standing.standing, held.category}
    return ruled or held.category in barred(policy, standing.rating)


def _share(standing: Standing) -> Fraction:
    rating = standing.rating
    return Fraction(rating.total, rating.max) if rating.max else Fraction(0)


def _gist(outlook: Outlook) -> tuple[Any, ...]:
    return outlook.policy, outlook.version, outlook.category, outlook.since, outlook.candidate_since

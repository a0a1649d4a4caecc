"""Two policies over the same facts: who moves, by how much, and which indicator moved them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from chassis.language import N_
from services.evaluation.domain.points import UNITS, decimal_text, half_up
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, ratings_hash
from services.evaluation.domain.rating import Rating
from services.evaluation.domain.rulings import Ruled, Rules, changed, summed
from services.evaluation.domain.texts import Sentence, Spoken

_LIMIT = Sentence.of(N_("Extra points beyond their limit"))


class Pair(NamedTuple):
    """What corresponds in two policies: indicators of one id, or of one clause where ids differ; else one alone."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    clause: str
    title: Spoken

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        return {
            "before": list(self.before),
            "after": list(self.after),
            "clause": self.clause,
            "title": self.title.as_json(),
        }


class Contribution(NamedTuple):
    """What a pair adds to a society's change, in units on the scale of the policy after."""

    pair: Pair
    points: int


class Move(NamedTuple):
    """One society under both policies; None where it is not on the books. Contributions add up to the change.

    The rulings are the requirements and vetoes that go against it under one of the policies alone. ``fulls`` are its
    full marks under the one and the other; the change is on the scale of the other.
    """

    society: str
    before: Standing | None
    after: Standing | None
    change: int
    contributions: tuple[Contribution, ...]
    rulings: tuple[Ruled, ...] = ()
    fulls: tuple[int, int] = (UNITS, UNITS)

    @property
    def share(self) -> int:
        """The change in per cent of full marks, in units of 1/10000 of a per cent."""
        return half_up(self.change * 100 * UNITS, self.fulls[1])

    @property
    def ranks(self) -> int:
        """Places gained; negative when lost."""
        return self.before.rank - self.after.rank if self.before and self.after else 0

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        named = self.after or self.before
        return {
            "society": self.society,
            "name": named.rating.name if named else "",
            "before": self.before and _row(self.before, self.fulls[0]),
            "after": self.after and _row(self.after, self.fulls[1]),
            "change": decimal_text(self.change),
            "change_percent": decimal_text(self.share),
            "ranks": self.ranks,
            "contributions": [{**one.pair.as_json(), "points": decimal_text(one.points)} for one in self.contributions],
            "rulings": [one.as_json() for one in self.rulings],
        }


class WhatIf(NamedTuple):
    """Everybody's move from one policy to the other; who moves furthest comes first."""

    before: Policy
    after: Policy
    boards: tuple[Sequence[Standing], Sequence[Standing]]
    moves: tuple[Move, ...]

    def as_json(self) -> dict[str, Any]:
        """The whole document; points are decimal texts on the scale of the policy after."""
        old, new = self.boards
        return {
            "before": {**_name(self.before, self.day), "ratings_hash": ratings_hash(old)},
            "after": {**_name(self.after, self.day), "ratings_hash": ratings_hash(new)},
            "unlike_full_marks": self.unlike,
            "summary": self._summary(),
            "rulings": self._rulings(),
            "indicators": self._indicators(),
            "societies": [move.as_json() for move in self.moves],
        }

    @property
    def unlike(self) -> bool:
        """Whether somebody has other full marks under the one policy than under the other."""
        return self.before.full != self.after.full or any(move.fulls[0] != move.fulls[1] for move in self.moves)

    @property
    def day(self) -> date | None:
        """The day as of which everybody is rated; None where there is nobody."""
        return next((one.rating.as_of for board in self.boards for one in board), None)

    def _rulings(self) -> list[dict[str, Any]]:
        """What bars or vetoes other societies under the one than under the other, with its clause."""
        pairs = [(_rating(move.before), _rating(move.after)) for move in self.moves]
        return summed(Rules.of(self.before, self.after), pairs)

    def _summary(self) -> dict[str, Any]:
        both = [(move.before, move.after) for move in self.moves if move.before and move.after]
        classes = Counter((old.standing, new.standing) for old, new in both if old.standing != new.standing)
        grades = Counter((old.rating.grade, new.rating.grade) for old, new in both)
        return {
            "societies": len(self.moves),
            "ranks_changed": sum(move.ranks != 0 for move in self.moves),
            "totals_changed": sum(move.change != 0 for move in self.moves),
            "classes_changed": classes.total(),
            "grades_changed": sum(number for (old, new), number in grades.items() if old != new),
            "eligibility_changed": sum(_barred(old) != _barred(new) for old, new in both),
            "vetoes_changed": sum(set(old.rating.vetoes) != set(new.rating.vetoes) for old, new in both),
            "ineligible": {"before": sum(map(_barred, self.boards[0])), "after": sum(map(_barred, self.boards[1]))},
            "classes": [
                {"from": old, "to": new, "societies": number} for (old, new), number in sorted(classes.items())
            ],
        }

    def _indicators(self) -> list[dict[str, Any]]:
        """What moves the societies, most in sum first."""
        found: dict[Pair, list[int]] = {}
        for move in self.moves:
            for one in move.contributions:
                found.setdefault(one.pair, []).append(one.points)
        return [
            {
                **pair.as_json(),
                "societies": len(points),
                "gained": decimal_text(sum(each for each in points if each > 0)),
                "lost": decimal_text(-sum(each for each in points if each < 0)),
            }
            for pair, points in sorted(found.items(), key=lambda item: -sum(map(abs, item[1])))
        ]


def compare(before: Policy, after: Policy, old: Sequence[Standing], new: Sequence[Standing]) -> WhatIf:
    """Compares the boards that two policies make of the same facts.

    Points of the policy before are brought to the full marks of the other, those of the society's profile if that has
    its own. Where that leaves fractions of a unit, they are rounded so that the contributions add up to the change all
    the same.
    """
    pairs = pair(before, after)
    was = {standing.rating.society: standing for standing in old}
    now = {standing.rating.society: standing for standing in new}
    two = _Two(before, after, pairs)
    moves = [_move(society, was.get(society), now.get(society), two) for society in was.keys() | now.keys()]
    moves.sort(key=lambda move: (-abs(move.ranks), -abs(move.change), -len(move.rulings), move.society))
    return WhatIf(before, after, (old, new), tuple(moves))


def pair(before: Policy, after: Policy) -> list[Pair]:
    """Every indicator of both policies once: by id, what is left by clause, what is left then alone."""
    old = {indicator.id: indicator for indicator in before.indicators}
    new = {indicator.id: indicator for indicator in after.indicators}
    left: dict[str, tuple[list[str], list[str]]] = {}
    for place, side, other in ((0, old, new), (1, new, old)):
        for indicator in side.values():
            if indicator.id not in other:
                left.setdefault(indicator.clause, ([], []))[place].append(indicator.id)
    pairs = [Pair((one.id,), (one.id,), one.clause, one.title) for one in new.values() if one.id in old]
    for clause, (gone, come) in left.items():
        title = (new[come[0]] if come else old[gone[0]]).title
        if gone and come:
            pairs.append(Pair(tuple(gone), tuple(come), clause, title))
        else:
            pairs += [Pair((one,), (), clause, old[one].title) for one in gone]
            pairs += [Pair((), (one,), clause, new[one].title) for one in come]
    return pairs


class _Two(NamedTuple):
    """Two policies and what corresponds in them."""

    before: Policy
    after: Policy
    pairs: Sequence[Pair]

    def fulls(self, old: Rating | None, new: Rating | None) -> tuple[int, int]:
        """A society's full marks under the one and under the other."""
        was, now = None if old is None else old.profile, None if new is None else new.profile
        return self.before.full_under(was), self.after.full_under(now)


def _move(society: str, before: Standing | None, after: Standing | None, two: _Two) -> Move:
    old, new = before.rating if before else None, after.rating if after else None
    was, now = _points(old), _points(new)
    fulls = two.fulls(old, new)
    scale = Fraction(fulls[1], fulls[0])
    shares = [
        (one, sum(now.get(name, 0) for name in one.after) - scale * sum(was.get(name, 0) for name in one.before))
        for one in two.pairs
    ]
    cut = scale * (old.cut if old else 0) - (new.cut if new else 0)
    rounded = list(_rounded([*shares, (Pair((), (), "", _LIMIT), cut)]))
    contributions = sorted((one for one in rounded if one.points), key=lambda one: -abs(one.points))
    change = sum(one.points for one in rounded)
    return Move(society, before, after, change, tuple(contributions), changed(old, new), fulls)


def _rounded(shares: Iterable[tuple[Pair, Fraction | int]]) -> Iterable[Contribution]:
    """Each as whole units; together they are what their sum is, rounded once."""
    exact, told = Fraction(0), 0
    for one, share in shares:
        exact += share
        whole = half_up(exact.numerator, exact.denominator)
        yield Contribution(one, whole - told)
        told = whole


def _points(rating: Rating | None) -> dict[str, int]:
    return {} if rating is None else {finding.indicator: finding.points for finding in rating.findings}


def _row(standing: Standing, full: int) -> dict[str, Any]:
    row = standing.as_row()
    kept = ("total", "max", "rank", "grade", "vetoes", "ineligible")
    return {name: row[name] for name in kept} | {"full": decimal_text(full), "class": standing.standing}


def _rating(standing: Standing | None) -> Rating | None:
    return None if standing is None else standing.rating


def _barred(standing: Standing) -> bool:
    return bool(standing.rating.ineligible)


def _name(policy: Policy, day: date | None) -> dict[str, Any]:
    """A policy, whether it is in force on the day, and how long a grade announced that day is valid."""
    period, validity = policy.in_force, policy.spec.validity
    return {
        "id": policy.id,
        "version": policy.version,
        "title": policy.title.as_json(),
        "hash": policy.hash,
        "in_force": {
            "from": period.begins.isoformat(),
            "until": period.ends.isoformat() if period.ends else None,
            "on_the_day": None if day is None else policy.in_force_on(day),
        },
        "validity": validity.as_json(day) if validity and day else None,
        "grades": {grade.id: grade.title.as_json() for grade in policy.grades},
        "classes": {one.id: one.title.as_json() for one in policy.classes.all},
    }

"""How a society's points and rank moved, day by day, from what was announced at the close of each day."""

from bisect import bisect_right
from collections.abc import Container, Iterable
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from contracts.evaluation import RatingChanged
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.points import UNITS, decimal_text, half_up, units_of

SPANS = (7, 30, 90)
DAYS = max(SPANS) + 1


class Announced(NamedTuple):
    """The rating of a society as it was announced at the close of a day, in units of 1/10000 point."""

    day: int
    recorded: str
    id: str
    total: int
    max: int

    @property
    def share(self) -> int:
        """The part of the applicable points, in 1/10000, for show."""
        return half_up(self.total * UNITS, self.max) if self.max else 0

    def less_than(self, other: "Announced") -> bool:
        """Whether its part of the points that apply is smaller; compared exactly."""
        return self.total * (other.max or 1) < other.total * (self.max or 1)


class Point(NamedTuple):
    """Where a society stood after the close of a day."""

    day: int
    rating: Announced
    rank: int

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it; points and the share, from 0 to 1, are decimal texts."""
        rating = self.rating
        return {
            "as_of": date.fromordinal(self.day).isoformat(),
            "total": decimal_text(rating.total),
            "max": decimal_text(rating.max),
            "share": decimal_text(rating.share),
            "rank": self.rank,
        }


class Trends:
    """What was announced of everybody. A later announcement of the same day stands."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, Announced]] = {}

    def note(self, facts: Iterable[Fact]) -> None:
        """Takes announcements in, in any order; what is told twice is kept once."""
        for fact in facts:
            if fact.type == RatingChanged.type:
                data = fact.data
                day = date.fromisoformat(data["as_of"]).toordinal()
                one = Announced(day, fact.recorded, fact.id, units_of(data["total"]), units_of(data["max"]))
                self._told.setdefault(fact.subject, {})[fact.id] = one

    def forget(self, societies: Container[str]) -> None:
        """Gives up what was announced of some societies."""
        self._told = {society: told for society, told in self._told.items() if society not in societies}

    def of(self, society: str, last: date, known_at: str | None = None, days: int = DAYS) -> list[Point]:
        """The closes of so many days up to the last, since the society was first rated.

        A day on which nothing was announced of a society is as the one before. Equals share a rank.
        """
        span = range(last.toordinal() - days + 1, last.toordinal() + 1)
        if society not in self._told:
            return []
        rows = {each: _by_day(told.values(), span, known_at) for each, told in self._told.items()}
        points = []
        for place, own in enumerate(rows[society]):
            if own is not None:
                others = (row[place] for row in rows.values())
                better = sum(own.less_than(other) for other in others if other is not None)
                points.append(Point(span[place], own, better + 1))
        return points


def trend_json(points: list[Point]) -> dict[str, Any]:
    """The days, and by span what has changed since so many days before the last; null before the first rating."""
    changes = {str(days): _change(points, days) for days in SPANS}
    return {"points": [point.as_json() for point in points], "changes": changes}


def _change(points: list[Point], days: int) -> dict[str, Any] | None:
    """Points of share and places gained over so many days; negative when lost."""
    if not points:
        return None
    now = points[-1]
    then = next((point for point in points if point.day == now.day - days), None)
    if then is None:
        return None
    share = decimal_text(now.rating.share - then.rating.share)
    return {"since": date.fromordinal(then.day).isoformat(), "share": share, "rank": then.rank - now.rank}


def _by_day(told: Iterable[Announced], span: range, known_at: str | None) -> list[Announced | None]:
    """What stood at the close of each day of a span."""
    known = sorted(one for one in told if known_at is None or one.recorded <= known_at)
    counts = (bisect_right(known, day, key=attrgetter("day")) for day in span)
    return [known[count - 1] if count else None for count in counts]


def last_close(as_of: date, today: date, known_on: date | None) -> date:
    """The last day closed by then: a day is closed when the next one begins, also to who knows only so much."""
    closed = [as_of, today - timedelta(days=1)]
    if known_on is not None:
        closed.append(known_on - timedelta(days=1))
    return min(closed)

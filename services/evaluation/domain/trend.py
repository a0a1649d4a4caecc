"""How a society's points and rank moved under one policy, day by day, from what was announced at each close."""

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


class Line(NamedTuple):
    """The policy, in one version, that a trend is of: what two policies make of a society is no movement of its own."""

    policy: str
    version: str

    def as_json(self) -> dict[str, str]:
        """As a reader sees it."""
        return {"policy": self.policy, "version": self.version}


class Announced(NamedTuple):
    """The rating of a society as it was announced at the close of a day, in units of 1/10000 point."""

    day: int
    recorded: str
    id: str
    total: int
    max: int
    line: Line

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


class Trend(NamedTuple):
    """A society's closes under one policy, since when there are any, and the policy before, if there was one."""

    points: list[Point] = []  # noqa: RUF012 — never changed
    line: Line | None = None
    since: date | None = None
    after: Line | None = None

    def as_json(self) -> dict[str, Any]:
        """The days, and by span what has changed since so many days before the last; null before the line began."""
        line = self.line and {
            **self.line.as_json(),
            "since": self.since.isoformat() if self.since else None,
            "after": self.after and self.after.as_json(),
        }
        changes = {str(days): _change(self.points, days) for days in SPANS}
        return {"line": line, "points": [point.as_json() for point in self.points], "changes": changes}


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
                line = Line(data["policy"], data["version"])
                one = Announced(day, fact.recorded, fact.id, units_of(data["total"]), units_of(data["max"]), line)
                self._told.setdefault(fact.subject, {})[fact.id] = one

    def forget(self, societies: Container[str]) -> None:
        """Gives up what was announced of some societies."""
        self._told = {society: told for society, told in self._told.items() if society not in societies}

    def of(self, society: str, last: date, known_at: str | None = None, days: int = DAYS) -> Trend:
        """The closes of so many days up to the last, since the society was first rated by the policy of the last.

        A day on which nothing was announced of a society is as the one before. Equals share a rank. Compared are
        those who were announced under the same policy; a change of the policy begins a new line.
        """
        span = range(last.toordinal() - days + 1, last.toordinal() + 1)
        own = _known(self._told.get(society, {}).values(), known_at, last.toordinal())
        if not own:
            return Trend()
        line = own[-1].line
        begun = next((place for place in range(len(own), 0, -1) if own[place - 1].line != line), 0)
        rows = {each: _by_day(told.values(), span, known_at) for each, told in self._told.items()}
        points = []
        for place, mine in enumerate(rows[society]):
            if mine is not None and span[place] >= own[begun].day:
                others = (row[place] for row in rows.values())
                better = sum(mine.less_than(other) for other in others if other is not None and other.line == line)
                points.append(Point(span[place], mine, better + 1))
        after = own[begun - 1].line if begun else None
        return Trend(points, line, date.fromordinal(own[begun].day), after)


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


def _known(told: Iterable[Announced], known_at: str | None, last: int) -> list[Announced]:
    """What was announced up to a day, and known by an instant, in order."""
    return sorted(one for one in told if one.day <= last and (known_at is None or one.recorded <= known_at))


def _by_day(told: Iterable[Announced], span: range, known_at: str | None) -> list[Announced | None]:
    """What stood at the close of each day of a span."""
    known = _known(told, known_at, span[-1])
    counts = (bisect_right(known, day, key=attrgetter("day")) for day in span)
    return [known[count - 1] if count else None for count in counts]


def last_close(as_of: date, today: date, known_on: date | None) -> date:
    """The last day closed by then: a day is closed when the next one begins, also to who knows only so much."""
    closed = [as_of, today - timedelta(days=1)]
    if known_on is not None:
        closed.append(known_on - timedelta(days=1))
    return min(closed)

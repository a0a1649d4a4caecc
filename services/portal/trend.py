"""A society's trend, as evaluation tells it, and the line that draws it."""

from decimal import Decimal

import msgspec

_WIDTH, _HEIGHT, _EDGE = 360, 56, 3


class Point(msgspec.Struct, frozen=True):
    """Where a society stood after the close of a day; the share is of the points that apply, from 0 to 1."""

    as_of: str
    share: str
    rank: int


class Change(msgspec.Struct, frozen=True):
    """What has changed since a day: in the share, and in places, negative when lost."""

    since: str
    share: str
    rank: int

    @property
    def percentage_points(self) -> str:
        """The change of the share, with its sign."""
        return f"{Decimal(self.share) * 100:+.1f}"


class By(msgspec.Struct, frozen=True):
    """A policy in one version."""

    policy: str
    version: str


class Line(By, frozen=True):
    """The policy that the closes are by, since when, and the one before."""

    since: str | None = None
    after: By | None = None


class Trend(msgspec.Struct, frozen=True):
    """The last closes of days under one policy, and the change over so many days, where there is one to tell."""

    points: list[Point] = []
    changes: dict[str, Change | None] = {}
    line_by: Line | None = msgspec.field(default=None, name="line")

    @property
    def told(self) -> dict[str, Change]:
        """The changes there are, by days."""
        return {days: change for days, change in self.changes.items() if change is not None}

    @property
    def size(self) -> str:
        """The box of the drawing."""
        return f"0 0 {_WIDTH} {_HEIGHT}"

    @property
    def line(self) -> str:
        """The shares as the corners of a line, the lowest at the bottom; level if they are all one."""
        shares = [Decimal(point.share) for point in self.points]
        least, most = min(shares), max(shares)
        wide, high = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
        corners = []
        for place, share in enumerate(shares):
            across = Decimal(place * wide) / (len(shares) - 1 or 1)
            up = (share - least) / (most - least) * high if most > least else Decimal(high) / 2
            corners.append(f"{_EDGE + across:.1f},{_HEIGHT - _EDGE - up:.1f}")
        return " ".join(corners)

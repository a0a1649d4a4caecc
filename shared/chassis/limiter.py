"""How often somebody may ask: so many times a minute, for each who asks."""

from collections import OrderedDict

_REMEMBERED = 10_000
_MINUTE = 60.0


class Limiter:
    """A bucket for each who asks: it holds a minute's requests, and fills evenly.

    Time is handed in, as seconds of any clock that does not go back. Beyond ten thousand askers the one that was
    quiet for longest is forgotten, which has a full bucket again.
    """

    def __init__(self, per_minute: int) -> None:
        """`per_minute` requests may be made in a minute, at once or spread; 0 sets no limit."""
        self.per_minute = per_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    @property
    def remembered(self) -> int:
        """How many who ask it knows of."""
        return len(self._buckets)

    def take(self, asker: str, now: float) -> float:
        """Takes one request out of a bucket; 0.0, or the seconds until there is one in it again."""
        if not self.per_minute:
            return 0.0
        left, since = self._buckets.pop(asker, (float(self.per_minute), now))
        left = min(float(self.per_minute), left + (now - since) * self.per_minute / _MINUTE)
        wait = 0.0 if left >= 1 else (1 - left) * _MINUTE / self.per_minute
        self._buckets[asker] = (left if wait else left - 1, now)
        while len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return wait

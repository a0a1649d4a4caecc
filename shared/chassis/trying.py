"""Work that is done again and again though it fails: what is in its way, and how long to wait for it to be gone."""

import structlog

from chassis.telemetry import named

_BACKOFF = (0.1, 0.2, 0.5, 1.0, 2.0)


class Trying:
    """How a work fares. Of failures in a row the first is logged."""

    def __init__(self, waits: str, **who: object) -> None:
        """`waits` is what the log says, of whom `who`."""
        self.trouble: str | None = None
        self._waits = waits
        self._who = who
        self._failures = 0

    def well(self) -> None:
        """It went well: nothing is in the way."""
        self._failures, self.trouble = 0, None

    def failed(self, error: Exception) -> float:
        """It failed; how many seconds to wait before the next try, longer each time."""
        self.trouble = named(error)
        if not self._failures:
            structlog.get_logger().warning(self._waits, **self._who, error=self.trouble)
        self._failures += 1
        return _BACKOFF[min(self._failures, len(_BACKOFF)) - 1]

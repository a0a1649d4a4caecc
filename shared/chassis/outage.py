"""Whether a database answers, as those who use it find out; the log is told once for each time that it does not."""

import time

import structlog

_log = structlog.get_logger(__name__)


class Outage:
    """What the users of one database know of it together: whether it was reached last, and who waits for an answer."""

    def __init__(self) -> None:
        self.away = False
        """Whether the database was out of reach the last time."""
        self._logged: set[str] = set()
        self._begun: dict[object, float] = {}

    def silent(self, patience: float) -> bool:
        """Whether the database has kept somebody waiting for so many seconds."""
        latest = time.monotonic() - patience
        return any(begun < latest for begun in self._begun.values())

    def unreached(self) -> None:
        """A connection was not to be had."""
        self.away = True

    def reached(self, use: object) -> None:
        """A connection was had, and is used until `ended`."""
        self.away = False
        self._logged.discard("store-unavailable")
        self._begun[use] = time.monotonic()

    def ended(self, use: object) -> None:
        """A connection is not used any more."""
        self._begun.pop(use, None)

    def committed(self) -> None:
        """Something was written."""
        self._logged.discard("store-full")

    def refused(self, slug: str, error: Exception) -> None:
        """A request was refused for it; of those that follow one another the first is an error in the log."""
        if slug not in self._logged:
            self._logged.add(slug)
            _log.error(slug, exc_info=error)

"""Nothing happens for too long."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from services.evaluation.domain.clocks.clock import Clock, Place, Seen, Told
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.clocks.span import Span


class Silence(Clock, kind="silence", frozen=True):
    """No more than a span passes without one of the records (连续无活动), counted from the registration or `since`."""

    any: Annotated[tuple[Told, ...], Field(min_length=1)]
    at_most: Span

    def told_at(self) -> Iterator[tuple[Place, Told]]:
        """Each of the records."""
        yield from ((("any", index), told) for index, told in enumerate(self.any))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for every silence that was too long, and the one that goes on."""
        heard = {fact.day: fact.id for told in self.any for fact in told.among(seen.records)}
        begins = max(seen.registered, self.since.toordinal() if self.since else 1)
        points = [begins, *sorted(day for day in heard if day > begins)]
        for point, following in zip(points, [*points[1:], None], strict=True):
            due = self.at_most.after(point)
            if following is None or following > due:
                evidence = tuple(heard[day] for day in (point, following) if day in heard)
                yield Duty(self.id, date.fromordinal(point).isoformat(), due, following, evidence)

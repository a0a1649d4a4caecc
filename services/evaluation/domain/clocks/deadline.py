"""Duties that another event starts: within so many days of it."""

from collections.abc import Iterator

from services.evaluation.domain.clocks.clock import Clock, Seen, Told, earliest
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.clocks.span import Span
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD, Need


class Within(Clock, kind="within", frozen=True):
    """Something follows another event within a span (事后若干日内); both say the same in the field `same`."""

    begins: Told
    told: Told
    same: str
    within: Span

    def fields(self) -> Iterator[Need]:
        """The field that both say."""
        kinds = frozenset({DAY, FLAG, NUMBER, TEXT, WORD})
        for told in (self.begins, self.told):
            yield Need(("same",), told.event, self.same, kinds)

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One for each event that starts it."""
        answers = self.told.among(seen.records)
        for begun in self.begins.among(seen.records):
            about = begun.data.get(self.same)
            done = earliest(fact for fact in answers if fact.data.get(self.same) == about)
            evidence = (begun.id,) if done is None else (begun.id, done.id)
            yield Duty(self.id, str(about), self.within.after(begun.day), done.day if done else None, evidence)

"""The running account of one society under one policy: what its facts add up to, in whatever order they came."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from services.evaluation.domain.amendments import Amendments, target_of
from services.evaluation.domain.clocks import Docket
from services.evaluation.domain.clocks.standing import counted
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Findings
from services.evaluation.domain.folds import Value
from services.evaluation.domain.folds.compared import UNTOLD, ComparedCells
from services.evaluation.domain.folds.records import LatestByDay
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.routes import Route
from services.evaluation.domain.windows import BEGINNING, span_of


class StaleLedger(Exception):  # noqa: N818 — a state to leave by folding anew, not a fault
    """A record already counted was withdrawn or corrected: the ledger must be made anew of the complete facts."""

    def __init__(self, society: str) -> None:
        self.society = society
        super().__init__(f"{society} must be folded again from its complete facts")


class SocietyLedger:
    """One society's measures and findings, kept up fact by fact.

    The order of the facts does not matter, nor how often one comes. Only what moved is worked out again. A withdrawal
    or correction of a record already counted makes it stale; make another with `of` from the complete facts.
    """

    def __init__(self, policy: Policy, society: str) -> None:
        self.policy = policy
        self.society = society
        self.stale = False
        self.findings = Findings(policy)
        self.rating: Any = None
        self.docket = Docket(policy.clocks, policy.society.event)
        self._amendments = Amendments()
        self._seen: set[str] = set()
        self._routes, self._clocked, self._registration = policy.routes, policy.clocked, policy.society.event
        self._cells = tuple(
            ComparedCells(fold, self.on_day) if fold.compared else fold.cells() for _, fold in policy.order
        )
        self._profile = LatestByDay()
        self._moved: set[int] = set()
        self._filled: set[int] = set()
        self._stirred = False
        self._as_of = 0
        self._values: dict[str, Value] = {}

    @classmethod
    def of(cls, policy: Policy, society: str, facts: Iterable[Fact]) -> Self:
        """The ledger of complete facts; what withdraws or corrects is taken in first, so it is never stale."""
        ledger, rest = cls(policy, society), []
        for fact in facts:
            if target_of(fact) is None:
                rest.append(fact)
            else:
                ledger.fold(fact)
        ledger.stale = False  # amendments of amendments; no record has been counted yet
        for fact in rest:
            ledger.fold(fact)
        return ledger

    def needs_refold(self, fact: Fact) -> bool:
        """Whether the fact, not yet folded, amends a record already counted; a target not heard of can wait."""
        target = target_of(fact)
        return target is not None and target in self._seen and fact.id not in self._seen

    def fold(self, fact: Fact) -> bool:
        """Takes a fact in. True if a measure may have moved; a repetition or an event nobody measures is False."""
        told, id_ = fact.type, fact.id
        route = self._routes.get(told)
        is_profile = told == self._registration
        is_clocked = told in self._clocked
        if route is None and not is_profile and not is_clocked:
            return self._amend(fact)
        if id_ in self._seen:
            return False
        self._seen.add(id_)
        if id_ in self._amendments:
            standing = self._amendments.standing(fact)
            if standing is None:
                return False
            fact = standing
        if is_profile or is_clocked:
            self.docket.note(fact)
            self._stirred = bool(self.policy.standings)
        if is_profile:
            self._register(fact)
        return self._count(fact, route) or is_profile or self._stirred

    def _count(self, fact: Fact, route: Route | None) -> bool:
        if route is None:
            return False
        counted, day, cells = False, fact.day, self._cells
        for place, reader in route.stops(fact.data):
            entry = reader(fact)
            if entry is not None:
                cells[place].put(day, entry)
                self._moved.add(place)
                counted = True
        return counted

    def _amend(self, fact: Fact) -> bool:
        target = target_of(fact)
        if target is None or fact.id in self._seen:
            return False
        self._seen.add(fact.id)
        self._amendments.note(fact)
        self.stale = self.stale or target in self._seen
        return self.stale

    def _register(self, fact: Fact) -> None:
        source = self.policy.society
        profile: Any = (fact.data.get(source.name, ""), fact.data.get(source.peer_group, ""))
        self._profile.put(fact.day, (fact.time, fact.recorded, fact.id, profile))
        self.rating = None

    def profile(self, as_of: date) -> tuple[str, str] | None:
        """Name and peer group by the latest registration up to the day; None if it was not yet on the books."""
        found: Any = self._profile.read(BEGINNING, as_of.toordinal())
        profile: tuple[str, str] | None = found
        return profile

    def values(self, as_of: date) -> dict[str, Value]:
        """The measures as of the end of the day."""
        self.bring_to(as_of)
        return self._values

    def on_day(self, name: str, day: int) -> Value:
        """What a measure says as of the end of a day, whatever the day that the rating is of."""
        fold = self.policy.measures[name]
        value = self._cells[self.policy.places[name]].read(*span_of(fold.window, day))
        return 0 if value is None and fold.absent == "zero" else value

    def bring_to(self, as_of: date) -> bool:
        """Works out what moved since the last look. True if anything came out otherwise than then.

        Raises:
            StaleLedger: a record already counted was withdrawn or corrected.
        """
        if self.stale:
            raise StaleLedger(self.society)
        last = as_of.toordinal()
        if self.policy.compared:
            self._moved.update(place for of, place in self.policy.compared if of in self._moved)
        self._filled |= self._moved
        if last != self._as_of:
            # What has no record comes out the same on every day.
            self._moved.update(self._filled if self._as_of else range(len(self._cells)))
            self._stirred = bool(self.policy.standings)
            self._as_of = last
        if not self._moved and not self._stirred:
            return False
        changed = self._measure(last)
        self._moved.clear()
        if changed:
            self.findings.follow(changed, self._values)
        return bool(changed)

    def _measure(self, last: int) -> list[str]:
        values, changed, spans = self._values, [], self.policy.spans(last)
        for place in self._moved:
            name, fold = self.policy.order[place]
            value = self._cells[place].read(*spans[place])
            if value is UNTOLD:
                value = None
            elif value is None and fold.absent == "zero":
                value = 0
            if name not in values or value != values[name]:
                values[name] = value
                changed.append(name)
        if self._stirred:
            changed += self._count_duties(last)
            self._stirred = False
        return changed + self._figure(changed) if self.policy.looks_at else changed

    def _count_duties(self, last: int) -> list[str]:
        """Counts the duties that conditions ask for; the names of the numbers that came out otherwise."""
        values, changed = self._values, []
        for name, count in counted(self.policy.standings, self.docket.duties(last), last).items():
            if values.get(name) != count:
                values[name] = count
                changed.append(name)
        return changed

    def _figure(self, changed: list[str]) -> list[str]:
        """Works out the figures that look at what changed; those that came out otherwise."""
        values, moved = self._values, set(changed)
        for name, behind in self.policy.looks_at.items():
            if not behind.isdisjoint(moved) or name not in values:
                value = self.policy.figures[name].value(values)
                if name not in values or value != values[name]:
                    values[name] = value
                    moved.add(name)
        return [name for name in self.policy.looks_at if name in moved]

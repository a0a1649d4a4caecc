"""The live state of the evaluation: the ledgers of all societies under one policy."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.ledger import SocietyLedger
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import Rating, rate


class Folded(NamedTuple):
    """What a batch did: societies whose measures moved, and those to fold again from their complete facts."""

    moved: set[str]
    stale: set[str]


class Book:
    """Every society's ledger. Facts of a society not yet on the books are kept until it is."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.ledgers: dict[str, SocietyLedger] = {}
        self._routes = policy.listens_to

    def fold(self, facts: Iterable[Fact]) -> Folded:
        """Takes a batch in, in any order; what was taken in before changes nothing."""
        ledgers, routes, moved = self.ledgers, self._routes, set()
        for fact in facts:
            if fact.type not in routes and "withdraws" not in fact.data and "corrects" not in fact.data:
                continue
            ledger = ledgers.get(fact.subject)
            if ledger is None:
                ledger = ledgers[fact.subject] = SocietyLedger(self.policy, fact.subject)
            if ledger.fold(fact):
                moved.add(fact.subject)
        return Folded(moved, {society for society in moved if ledgers[society].stale})

    def refold(self, society: str, facts: Iterable[Fact]) -> None:
        """Makes a society's ledger anew from its complete facts."""
        self.ledgers[society] = SocietyLedger.of(self.policy, society, facts)

    def rate(self, as_of: date, only: Iterable[str] | None = None) -> list[Rating]:
        """The ratings of the societies on the books, or of some, by code; only what moved is worked out again.

        Raises:
            StaleLedger: a society must be folded again first.
        """
        wanted = self.ledgers if only is None else self.ledgers.keys() & set(only)
        ratings = [rate(self.ledgers[society], as_of) for society in sorted(wanted)]
        return [rating for rating in ratings if rating.listed]

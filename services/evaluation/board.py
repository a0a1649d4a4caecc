"""The live board: every society's rating in memory, always what the facts in the database say."""

from collections import deque
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.membership import SocietyRegistered
from contracts.membership.register import is_made_up
from services.evaluation.domain import Book, Fact, Policy, Rating, Standing, rank, ratings_hash
from services.evaluation.domain.clocks import Duty
from services.evaluation.domain.outlook import Outlook, shown
from services.evaluation.domain.review.binding import Bindings
from services.evaluation.domain.trend import Trends

_REMEMBERED = 2_000
_REGISTERED = SocietyRegistered.type
NOT_YET = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the board: the rows that changed and the ranks that moved, at a version."""

    version: int
    changed: list[dict[str, Any]]
    ranks: dict[str, int]


@dataclass
class Board:
    """Who stands where today.

    Its version is the number of events applied: it grows, and outlives a restart. Its edition tells it from any other
    board of as many: after a rebuild, or a failure that had been shown for a moment.
    """

    policy: Policy
    day: date = NOT_YET
    version: int = 0
    edition: str = ""
    standings: list[Standing] = field(default_factory=list)
    ranks_at_turn: dict[str, int] = field(default_factory=dict)
    outlooks: dict[str, Outlook] = field(default_factory=dict)
    trends: Trends = field(default_factory=Trends)
    bindings: Bindings = field(default_factory=Bindings)
    changes: deque[Change] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    doubtful: set[str] = field(default_factory=set)
    made_up: set[str] = field(default_factory=set)
    _book: Book = field(init=False)
    _rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begins with an empty book."""
        self._book = Book(self.policy)

    @property
    def begun(self) -> date | None:
        """Its day; none before the first one began."""
        return None if self.day == NOT_YET else self.day

    def adopt(self, policy: Policy, facts: Iterable[Fact]) -> None:
        """Goes on under a policy, in a new book if it is another one, with some subjects' complete facts."""
        if policy.hash != self.policy.hash:
            self.policy = policy
            self._book = Book(policy)
        complete = list(facts)
        subjects = {fact.subject for fact in complete}
        self.refold(complete, subjects)
        self.doubtful -= subjects

    def forget(self, subjects: Iterable[str]) -> None:
        """Takes subjects off the books."""
        for subject in subjects:
            self.made_up.discard(subject)
            del self._book.ledgers[subject]

    def note(self, facts: Iterable[Fact]) -> None:
        """Takes in what was committed of announcements and of reviews."""
        self.trends.note(facts)
        self.bindings.note(facts)

    def forget_told(self, societies: Container[str]) -> None:
        """Gives up what was announced of some societies and assigned to them."""
        self.trends.forget(societies)
        self.bindings.forget(societies)

    def fold(self, facts: Sequence[Fact]) -> None:
        """Takes facts in that amend no record; a society with one that does is folded anew."""
        self._note_made_up(facts)
        self._book.fold(facts)

    def _note_made_up(self, facts: Iterable[Fact]) -> None:
        told = [fact for fact in facts if fact.type == _REGISTERED]
        self.made_up.update(fact.subject for fact in told if is_made_up(fact.data.get("credit_code", "")))

    def refold(self, complete: Iterable[Fact], societies: Iterable[str]) -> None:
        """Folds some societies anew from their complete facts."""
        by_subject: dict[str, list[Fact]] = {society: [] for society in societies}
        for fact in complete:
            by_subject[fact.subject].append(fact)
        for facts in by_subject.values():
            self._note_made_up(facts)
        for subject, facts in by_subject.items():
            self._book.refold(subject, facts)

    def rate(self, only: Iterable[str] | None = None) -> list[Rating]:
        """The ratings of all listed societies, or of some, on the board's day; unchanged ones are the same objects."""
        return self._book.rate(self.day, only)

    def duties(self, only: Iterable[str] | None = None) -> dict[str, tuple[Duty, ...]]:
        """Everybody's duties on the board's day, or those of some, by society."""
        ledgers, last = self._book.ledgers, self.day.toordinal()
        wanted = ledgers if only is None else ledgers.keys() & set(only)
        return {society: ledgers[society].docket.duties(last) for society in sorted(wanted)}

    @property
    def societies(self) -> Iterable[str]:
        """Everybody of whom anything was heard."""
        return self._book.ledgers.keys()

    def settle(self, version: int) -> Change | None:
        """Ranks everybody anew; returns what changed since the last time, if anything did."""
        self.standings = rank(self.rate(), self.policy)
        rows = {one.rating.society: self.row(one) for one in self.standings}
        before = self._rows
        changed = [row for society, row in rows.items() if _less_rank(before.get(society)) != _less_rank(row)]
        ranks = {
            society: row["rank"] for society, row in rows.items() if before.get(society, {}).get("rank") != row["rank"]
        }
        self._rows = rows
        self.version = version
        if not changed and not ranks:
            return None
        change = Change(version, changed, ranks)
        self.changes.append(change)
        return change

    def row(self, standing: Standing) -> dict[str, Any]:
        """A row of the board: the standing without its indicators, with what it owes to the days before."""
        return standing.as_row() | self.history(standing)

    def history(self, standing: Standing) -> dict[str, Any]:
        """What a standing owes to the days before: its movement, the class it holds, and the one that binds."""
        held = self.outlooks.get(standing.rating.society)
        binding = {"binding": self.bindings.of(standing.rating.society)}
        return {"movement": self.movement(standing), **shown(standing, self.policy, held).as_json(), **binding}

    def movement(self, standing: Standing) -> int:
        """Ranks gained since the day began; negative when lost."""
        before = self.ranks_at_turn.get(standing.rating.society)
        return 0 if before is None else before - standing.rank

    def rows(self) -> list[dict[str, Any]]:
        """All rows in the order of the board."""
        return list(self._rows.values())

    def since(self, version: int) -> list[Change] | None:
        """The changes after a version, or None if they are not all remembered any more."""
        if version == self.version:
            return []
        if not self.changes or version < self.changes[0].version or version > self.version:
            return None
        return [change for change in self.changes if change.version > version]

    def hash(self) -> str:
        """The hash of the ratings alone."""
        return ratings_hash(self.standings)


def _less_rank(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {key: value for key, value in row.items() if key not in {"rank", "movement"}}

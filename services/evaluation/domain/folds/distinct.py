"""The fold that counts different things."""

from collections.abc import Iterator

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD, Need
from services.evaluation.domain.folds.fold import ListedFold, Reader, Value
from services.evaluation.domain.folds.sliding import Sliding

Key = int | str


class KeysByDay(Sliding[set[Key]]):
    """The keys of each day, and on how many days of the window each is found."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[Key, int] = {}

    def put(self, day: int, entry: Key) -> None:
        """Adds a key to its day."""
        keys = self.setdefault(day, set())
        if entry not in keys:
            keys.add(entry)
            if self.first <= day <= self.last:
                self._held[entry] = self._held.get(entry, 0) + 1

    def enter(self, cell: set[Key]) -> None:
        """Its keys are found on one day more."""
        for key in cell:
            self._held[key] = self._held.get(key, 0) + 1

    def leave(self, cell: set[Key]) -> None:
        """Its keys are found on one day fewer."""
        for key in cell:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]

    def clear_window(self) -> None:
        """No key is found."""
        self._held = {}

    def read(self, first: int, last: int) -> Value:
        """How many different keys the days have."""
        self.look(first, last)
        return len(self._held) or None


class Distinct(ListedFold, kind="distinct", frozen=True):
    """How many different values a field has (去重计数): what is told twice of one thing counts once."""

    key: str

    def fields(self, event_type: str) -> Iterator[Need]:
        """The field whose values are told apart."""
        yield Need(("key",), event_type, self.key, frozenset({DAY, FLAG, NUMBER, TEXT, WORD}))

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The key."""
        field = self.key

        def key(fact: Fact) -> Key | None:
            told = fact.data.get(field)
            return told if isinstance(told, int | str) else None

        return key

    def cells(self) -> KeysByDay:
        """The keys of each day."""
        return KeysByDay()

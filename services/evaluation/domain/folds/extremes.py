"""Folds that keep the largest or the best."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from services.evaluation.domain.filters import TEXT, WORD, Need
from services.evaluation.domain.folds.fold import Entries, ListedFold, Outdone, Reader, Value, beaten
from services.evaluation.domain.folds.worth import Source, numbered, source_needs
from services.evaluation.domain.points import Number


class GreatestByDay:
    """The greatest number of each day."""

    __slots__ = ("_days",)

    def __init__(self) -> None:
        self._days: dict[int, Number] = {}

    def put(self, day: int, entry: Number) -> None:
        """Keeps the number unless the day has a greater one."""
        if entry >= self._days.get(day, entry):
            self._days[day] = entry

    def read(self, first: int, last: int) -> Value:
        """The greatest of the days."""
        return max((number for day, number in self._days.items() if first <= day <= last), default=None)


class Maximum(ListedFold, kind="maximum", frozen=True):
    """The greatest number of a record (最大值): of a field, or of what each is worth; the best single one, no sum."""

    field: Source

    def fields(self, event_type: str) -> Iterator[Need]:
        """The fields it reads."""
        yield from source_needs(self.field, event_type, ("field",))

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The number."""
        return numbered(self.field)

    def cells(self) -> GreatestByDay:
        """The greatest number of each day."""
        return GreatestByDay()

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """All that do not reach the greatest."""
        return beaten(entries, "bettered", rank=lambda _, entry: entry)


class BestByDay(GreatestByDay):
    """The best place in a ranking of each day; a better place is a greater, though negative, number."""

    __slots__ = ("_ranking",)

    def __init__(self, ranking: tuple[str, ...]) -> None:
        super().__init__()
        self._ranking = ranking

    def read(self, first: int, last: int) -> Value:
        """The best word of the days."""
        place = super().read(first, last)
        return self._ranking[-place] if isinstance(place, int) else None


class Best(ListedFold, kind="best", frozen=True):
    """The best word of a field by a ranking, best first (就高不就低): several records count once, at the highest."""

    field: str
    ranking: Annotated[tuple[str, ...], Field(min_length=1)]

    def fields(self, event_type: str) -> Iterator[Need]:
        """The field it reads, and the words it ranks."""
        yield Need(("field",), event_type, self.field, frozenset({TEXT, WORD}))
        yield Need(("ranking",), event_type, self.field, frozenset({TEXT, WORD}), self.ranking)

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The place in the ranking, from 0 downwards; a word without a place is passed over."""
        field, places = self.field, {word: -place for place, word in enumerate(self.ranking)}
        return lambda fact: places.get(str(fact.data.get(field)))

    def cells(self) -> BestByDay:
        """The best place of each day."""
        return BestByDay(self.ranking)

    def shown(self, entry: Any) -> int | str:
        """The word."""
        word: str = self.ranking[-entry]
        return word

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """All without the best word."""
        return beaten(entries, "bettered", rank=lambda _, entry: entry)

    @property
    def is_number(self) -> bool:
        """It is a word."""
        return False

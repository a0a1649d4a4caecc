"""What every fold is: a declared way to make one value of a society's records."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Protocol

from pydantic import BaseModel, Field

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import NUMBER, Need, Quorum, Where, keeping, where_needs
from services.evaluation.domain.folds.compared import Against, Compared, parts_of
from services.evaluation.domain.points import Number, exact, number_text
from services.evaluation.domain.texts import Text
from services.evaluation.domain.windows import Window

Value = Number | str | None
"""What a measure says of a society: an exact number, a word, or None, that it cannot tell."""

Reader = Callable[[Fact], Any]
"""What a fact contributes to a measure; None if it is none of its business."""

Entries = list[tuple[Fact, Any]]
"""Contributions with the facts they come from."""

Events = Annotated[tuple[str, ...], Field(min_length=1)]

folds: dict[str, type["Fold"]] = {}
"""Every kind of fold by its name in a policy."""


class Outdone(NamedTuple):
    """Why a contribution inside the window is no part of the value, and the id of the record that decides, if one."""

    code: str
    by: str | None = None


class Cells(Protocol):
    """What a measure remembers of one society: contributions by day, in a form that no order and no cut changes."""

    def put(self, day: int, entry: Any) -> None:
        """Takes a contribution in."""

    def read(self, first: int, last: int) -> Value:
        """The value over the days from first to last, both included; None if there is no contribution in them."""


class Fold(BaseModel, frozen=True, extra="forbid"):
    """A measure as a policy declares it; a subclass says what becomes of the records.

    A subclass registers itself under the name that policies call it by, and gives `events`, `take` and `cells`.
    """

    kind: ClassVar[str]

    fold: str
    title: Text
    where: Where = Field(default_factory=lambda: MappingProxyType({}))
    quorum: Quorum | None = None
    window: Window = None
    absent: Literal["zero", "unknown"] = "zero"
    compared: Mapping[str, Against] = Field(default_factory=lambda: MappingProxyType({}))

    def __init_subclass__(cls, *, kind: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if kind is not None:
            cls.kind = kind
            folds[kind] = cls

    def events_at(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The types of events it reads, each with its place in the declaration."""
        raise NotImplementedError

    def take(self, event_type: str) -> Reader:
        """What a fact of that type contributes, before `where` and `quorum` are asked."""
        raise NotImplementedError

    def cells(self) -> Cells:
        """An empty memory for one society."""
        raise NotImplementedError

    def fields(self, event_type: str) -> Iterator[Need]:  # noqa: ARG002 — a fold may read no field
        """The fields it reads of an event beyond those of its filters."""
        yield from ()

    def needs(self) -> Iterator[Need]:
        """Every field it reads, filters included, once per event."""
        for _, event_type in self.events_at():
            yield from where_needs(self.where, event_type, ("where",))
            if self.quorum is not None:
                yield Need(("quorum", "part"), event_type, self.quorum.part, frozenset({NUMBER}))
                yield Need(("quorum", "whole"), event_type, self.quorum.whole, frozenset({NUMBER}))
            for field in self.compared:
                yield Need(("compared", field), event_type, field, frozenset({NUMBER}))
            yield from self.fields(event_type)

    def reader(self, event_type: str, asked: str | None = None) -> Reader:
        """What a fact of that type contributes; None if a filter keeps it out, that of the field asked before apart."""
        take, keep = self.take(event_type), keeping(self.where, self.quorum, asked)
        if self.compared:
            return self._with_parts(take if keep is None else lambda fact: take(fact) if keep(fact.data) else None)
        if keep is None:
            return take
        return lambda fact: take(fact) if keep(fact.data) else None

    def _with_parts(self, plain: Reader) -> Reader:
        """What a fact contributes, with the numbers that are held against other measures; None without these."""
        fields = tuple(self.compared)

        def read(fact: Fact) -> Compared | None:
            entry, parts = plain(fact), parts_of(fields, exact, fact.data)
            return None if entry is None or parts is None else Compared(parts, entry)

        return read

    def shown(self, entry: Any) -> int | str:
        """A contribution as an explanation names it."""
        return entry if isinstance(entry, int | str) else number_text(entry) if isinstance(entry, Fraction) else 1

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:  # noqa: ARG002 — as a rule all count
        """The contributions inside the window that others decide in place of, by their facts' ids; as a rule none."""
        return {}

    @property
    def filters(self) -> tuple[Where, Quorum | None]:
        """What it asks of a record before it looks at it."""
        return self.where, self.quorum

    @property
    def is_number(self) -> bool:
        """Whether its value can be compared with numbers."""
        return True


class ListedFold(Fold, frozen=True):
    """A fold that treats all its types of events alike."""

    events: Events

    def events_at(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The listed types."""
        for index, event_type in enumerate(self.events):
            yield ("events", index), event_type


def beaten(
    entries: Entries, code: str, *, rank: Callable[[Fact, Any], Any], rival: Callable[[Any], Hashable] = lambda _: None
) -> dict[str, Outdone]:
    """Of the contributions that are rivals all but those of the highest rank, each with one of the latter."""
    best: dict[Hashable, tuple[Any, str]] = {}
    for fact, entry in entries:
        mine, key = (rank(fact, entry), fact.id), rival(entry)
        best[key] = max(best.get(key, mine), mine)
    placed = [(fact.id, rank(fact, entry), *best[rival(entry)]) for fact, entry in entries]
    return {id_: Outdone(code, winner) for id_, mine, highest, winner in placed if mine != highest}

"""What every clock is: a declared way to find duties among a society's records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, Field

from contracts.catalogue import CATALOGUE
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.clocks.span import Span
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import NUMBER, Need, Quorum, Where, keeping, where_needs
from services.evaluation.domain.texts import Line, Text

Place = tuple[str | int, ...]

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]

clocks: dict[str, type["Clock"]] = {}
"""Every kind of clock by its name in a policy."""


class Told(BaseModel, frozen=True, extra="forbid"):
    """Records of one type of event: those that a filter keeps, and that had a quorum."""

    event: str
    where: Where = Field(default_factory=lambda: MappingProxyType({}))
    quorum: Quorum | None = None

    def among(self, records: Mapping[str, Sequence[Fact]]) -> list[Fact]:
        """Those of the records, in the order in which they happened."""
        keep = keeping(self.where, self.quorum)
        found = records.get(self.event, ())
        return list(found) if keep is None else [fact for fact in found if keep(fact.data)]

    def needs(self, place: Place) -> Iterator[Need]:
        """The fields that its filters read."""
        yield from where_needs(self.where, self.event, (*place, "where"))
        if self.quorum is not None:
            yield Need((*place, "quorum", "part"), self.event, self.quorum.part, frozenset({NUMBER}))
            yield Need((*place, "quorum", "whole"), self.event, self.quorum.whole, frozenset({NUMBER}))


class Seen(NamedTuple):
    """What a clock looks at: records by type that happened up to the day, and the day of the registration."""

    records: Mapping[str, Sequence[Fact]]
    registered: int
    day: int


class Clock(BaseModel, frozen=True, extra="forbid"):
    """A clock as a policy declares it; a subclass says where duties come from.

    `severity`: what an annual check makes of a breach, light (基本合格) or serious (不合格). `duty_of`: who has to act.
    `warn`: how many days ahead it is time to say so. Duties that fall due before `since`, or within `exempt_first` of
    the registration, are not asked.
    """

    kind: ClassVar[str]

    clock: str
    id: Id
    clause: Line
    title: Text
    remedy: Text
    ours: Text | None = None
    severity: Literal["light", "serious"] = "light"
    duty_of: Literal["society", "association"] = "society"
    warn: Annotated[int, Field(ge=0, le=3_660)] = 30
    since: date | None = None
    exempt_first: Span | None = None

    def __init_subclass__(cls, *, kind: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if kind is not None:
            cls.kind = kind
            clocks[kind] = cls

    def told_at(self) -> Iterator[tuple[Place, Told]]:
        """The records it reads, each with its place in the declaration."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Told):
                yield (name,), value

    def fields(self) -> Iterator[Need]:
        """The fields it reads of events, those of filters apart."""
        yield from ()

    def needs(self) -> Iterator[Need]:
        """Every field it reads."""
        for place, told in self.told_at():
            yield from told.needs(place)
        yield from self.fields()

    @property
    def of_persons(self) -> bool:
        """Whether it counts from days by which a person's own day, such as that of birth, can be known."""
        told = [(CATALOGUE[need.type], need.field) for need in self.needs() if need.type in CATALOGUE]
        return any(field in event.personal_days for event, field in told)

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """Every duty that arose up to the day, and those that fall due next."""
        raise NotImplementedError

    def asked(self, duties: Iterable[Duty], registered: int) -> list[Duty]:
        """The duties that are not exempt."""
        first = self.exempt_first.after(registered) if self.exempt_first else registered
        first = max(first, self.since.toordinal() if self.since else first)
        return [duty for duty in duties if duty.due >= first]


def earliest(facts: Iterable[Fact]) -> Fact | None:
    """The first of the facts; None if there is none."""
    return min(facts, key=lambda fact: (fact.day, fact.time, fact.id), default=None)

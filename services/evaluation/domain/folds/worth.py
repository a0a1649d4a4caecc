"""What one record is worth: a field says it, or its words do."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Discriminator, Field, Tag

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import NUMBER, Need, Where, keeping, where_needs
from services.evaluation.domain.points import Exact, Number, exact

Path = tuple[str | int, ...]


class Case(BaseModel, frozen=True, extra="forbid"):
    """Records of this kind are worth so much."""

    where: Where
    value: Exact


class Worth(BaseModel, frozen=True, extra="forbid"):
    """The value of the first case that a record is of (按类赋值); ``otherwise``, if none."""

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    otherwise: Exact | None = None


def _form(data: Any) -> str:
    return "<field>" if isinstance(data, str) else "<worth>"


Source = Annotated[Annotated[str, Tag("<field>")] | Annotated[Worth, Tag("<worth>")], Discriminator(_form)]
"""A number of each record: the name of the field that says it, or its worth by cases."""

Numbered = Callable[[Fact], Number | None]


def numbered(source: str | Worth) -> Numbered:
    """From a record to its number; None if it has none."""
    if isinstance(source, str):
        field = source
        return lambda fact: exact(fact.data.get(field))
    tests = [(keeping(case.where, None), case.value) for case in source.cases]
    otherwise = source.otherwise

    def worth(fact: Fact) -> Number | None:
        data: Mapping[str, Any] = fact.data
        return next((value for keeps, value in tests if keeps is None or keeps(data)), otherwise)

    return worth


def source_needs(source: str | Worth, event_type: str, path: Path) -> Iterator[Need]:
    """The fields that a number is made of."""
    if isinstance(source, str):
        yield Need(path, event_type, source, frozenset({NUMBER}))
        return
    for index, case in enumerate(source.cases):
        yield from where_needs(case.where, event_type, (*path, "cases", index, "where"))

"""Which records of an event a measure counts."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, Discriminator, Field, StrictBool, StrictInt, StrictStr, Tag, model_validator

from chassis.language import N_
from services.evaluation.domain.points import Exact, Share, exact

Word = StrictBool | StrictInt | StrictStr
Words = Annotated[tuple[Word, ...], Field(min_length=1, strict=False)]


class Bounds(BaseModel, frozen=True, extra="forbid"):
    """A number within bounds, both included, or a word that is none of some."""

    at_least: Exact | None = None
    at_most: Exact | None = None
    none_of: Words | None = None

    @model_validator(mode="after")
    def _bounds(self) -> "Bounds":
        if not self.model_fields_set:
            raise ValueError(N_("a filter needs at_least, at_most or none_of"))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(N_("this can never hold: at_least is greater than at_most"))
        return self

    def keeps(self, told: object) -> bool:
        """Whether what a record says lies within them; a record that says no number does not."""
        if self.none_of is not None and (told is None or told in self.none_of):
            return False
        if self.at_least is None and self.at_most is None:
            return True
        number = exact(told)
        if number is None:
            return False
        return (self.at_least is None or number >= self.at_least) and (self.at_most is None or number <= self.at_most)


def _form(data: Any) -> str:
    return "<bounds>" if isinstance(data, dict | Bounds) else "<words>" if isinstance(data, list | tuple) else "<word>"


Wanted = Annotated[
    Annotated[Word, Tag("<word>")] | Annotated[Words, Tag("<words>")] | Annotated[Bounds, Tag("<bounds>")],
    Discriminator(_form),
]
"""What a field must be: a word, one of several, or within bounds."""

Where = Mapping[str, Wanted]
Keep = Callable[[Mapping[str, Any]], bool]

NUMBER, FLAG, DAY, WORD, TEXT = "number", "flag", "day", "word", "text"
"""What kinds of fields events have: an integer, yes or no, a date, a word of a closed list, any text."""


class Need(NamedTuple):
    """A field that a measure reads: where the policy says so, of which event, what it must be able to hold."""

    path: tuple[str | int, ...]
    type: str
    field: str
    kinds: frozenset[str]
    words: tuple[object, ...] = ()


class Quorum(BaseModel, frozen=True, extra="forbid"):
    """Only records where a part of the whole is large enough count: those present of those entitled (法定人数)."""

    part: str
    whole: str
    at_least: Share

    def keeps(self, data: Mapping[str, Any]) -> bool:
        """Whether the record reaches it; compared by multiplication, a record without numbers does not."""
        part, whole = data.get(self.part), data.get(self.whole)
        if not isinstance(part, int) or not isinstance(whole, int):
            return False
        return part * self.at_least.denominator >= whole * self.at_least.numerator


def keeping(where: Where, quorum: Quorum | None, asked: str | None = None) -> Keep | None:
    """One test for everything asked of a record but the field that was asked before; None if nothing is left to ask."""
    tests: list[Keep] = [_one(field, wanted) for field, wanted in where.items() if field != asked]
    if quorum is not None:
        tests.append(quorum.keeps)
    return reduce(_both, tests) if tests else None


def words_of(wanted: Word | Words | Bounds) -> tuple[Word, ...]:
    """The words that a filter names, one or several, as several."""
    if isinstance(wanted, Bounds):
        return wanted.none_of or ()
    return wanted if isinstance(wanted, tuple) else (wanted,)


def where_needs(where: Where, event_type: str, path: tuple[str | int, ...]) -> Iterator[Need]:
    """The fields that a filter reads."""
    for field, wanted in where.items():
        in_order = isinstance(wanted, Bounds) and wanted.none_of is None
        kinds = frozenset({NUMBER}) if in_order else frozenset({FLAG, NUMBER, TEXT, WORD})
        yield Need((*path, field), event_type, field, kinds, words_of(wanted))


def _both(one: Keep, other: Keep) -> Keep:
    return lambda data: one(data) and other(data)


def _one(field: str, wanted: Word | Words | Bounds) -> Keep:
    if isinstance(wanted, Bounds):
        return lambda data: wanted.keeps(data.get(field))
    if isinstance(wanted, tuple):
        return lambda data: data.get(field) in wanted
    return lambda data: data.get(field) == wanted

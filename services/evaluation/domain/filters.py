"""Which records of an event a measure counts."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr

from services.evaluation.domain.points import Share

Word = StrictBool | StrictInt | StrictStr
Words = Annotated[tuple[Word, ...], Field(min_length=1, strict=False)]
Where = Mapping[str, Word | Words]
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


def words_of(wanted: Word | Words) -> Words:
    """What a field may be, one or several, as several."""
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _both(one: Keep, other: Keep) -> Keep:
    return lambda data: one(data) and other(data)


def _one(field: str, wanted: Word | Words) -> Keep:
    if isinstance(wanted, tuple):
        return lambda data: data.get(field) in wanted
    return lambda data: data.get(field) == wanted

"""Which records of an event a measure counts."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    model_validator,
)

from chassis.language import N_
from services.evaluation.domain.limits import Limits
from services.evaluation.domain.points import Share, exact


def _a_word(said: object) -> bool | int | str:
    if not isinstance(said, bool | int | str):
        template = N_("a word, a whole number, true or false stands here, or a list of them")
        raise ValueError(template)  # noqa: TRY004 — pydantic reports a ValueError alone as a fault
    return said


Word = Annotated[bool | int | str, PlainValidator(_a_word)]
Words = Annotated[tuple[Word, ...], Field(min_length=1, strict=False)]


class Bounds(Limits, frozen=True, extra="forbid"):
    """A number within limits, or a word that is none of some."""

    none_of: Words | None = None

    @model_validator(mode="after")
    def _bounds(self) -> "Bounds":
        if not self.model_fields_set:
            raise ValueError(N_("a filter needs at_least, at_most, more_than, less_than or none_of"))
        return self

    def keeps(self, told: object) -> bool:
        """Whether what a record says lies within them; a record that says no number does not."""
        if self.none_of is not None and (told is None or told in self.none_of):
            return False
        if not self.by_order:
            return True
        number = exact(told)
        return number is not None and self.within(number)


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


def _a_part(share: Fraction) -> Fraction:
    if share > 1:
        raise ValueError(N_("a quorum is a part of those entitled: no more than all of them"))
    return share


PartOfAll = Annotated[Share, AfterValidator(_a_part)]


class Quorum(BaseModel, frozen=True, extra="forbid"):
    """Only records where a part of the whole is large enough count: those present of those entitled (法定人数).

    ``at_least`` two thirds (三分之二以上), or ``more_than`` a half (过半数).
    """

    part: str
    whole: str
    at_least: PartOfAll | None = None
    more_than: PartOfAll | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Quorum":
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError(N_("a quorum needs at_least or more_than"))
        if self.more_than == 1:
            raise ValueError(N_("a quorum is a part of those entitled: no more than all of them"))
        return self

    def keeps(self, data: Mapping[str, Any]) -> bool:
        """Whether the record reaches it; compared by multiplication, a record without numbers does not."""
        part, whole = data.get(self.part), data.get(self.whole)
        if not isinstance(part, int) or not isinstance(whole, int):
            return False
        if self.at_least is not None:
            return part * self.at_least.denominator >= whole * self.at_least.numerator
        return self.more_than is not None and part * self.more_than.denominator > whole * self.more_than.numerator

    def least(self, whole: int) -> int:
        """How many of so many are enough."""
        if self.at_least is not None:
            return -(-whole * self.at_least.numerator // self.at_least.denominator)
        return 0 if self.more_than is None else whole * self.more_than.numerator // self.more_than.denominator + 1


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
    words = words_of(wanted)
    if any(isinstance(word, int) and not isinstance(word, bool) for word in words):
        # A decimal number travels as text.
        return lambda data: (told := data.get(field)) in words or exact(told) in words
    if len(words) == 1:
        (word,) = words
        return lambda data: data.get(field) == word
    return lambda data: data.get(field) in words

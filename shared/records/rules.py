"""What cannot be in a record: pure functions of the record and of what is known about its society."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from chassis.days import faults_of_day
from chassis.language import N_
from chassis.refusals import Refusal
from records.record import Record, label_of


class Context(NamedTuple):
    """What a rule may know besides the record. `registered_on` is None where nobody has told."""

    registered_on: date | None
    today: date


Rule = Callable[[Any, Context], Iterator[Refusal]]
"""What is wrong with a record of one type."""


class YearAhead(Refusal):
    """A year is recorded of at the earliest in the year before it (plans)."""

    slug = "year-ahead"
    title = N_("The year is too far ahead")
    detail = N_("On {day} nothing can be told of {value} yet.")


class PartExceedsWhole(Refusal):
    """A part of a whole is not more than the whole."""

    slug = "part-exceeds-whole"
    title = N_("A part exceeds the whole")
    detail = N_("{part} is {value}, more than {whole}, which is {most}.")


def of_the_day(record: Record, context: Context) -> Iterator[Refusal]:
    """A record is of a day that has come, on which there was the society."""
    known = context._asdict()
    yield from faults_of_day(record.day, record.happened_on, **known)


def year_not_ahead(record: Any, _: Context) -> Iterator[Refusal]:
    """The `year` of a record is at most the one after that of its day."""
    if record.year > record.happened_on.year + 1:
        yield YearAhead(field="year", value=record.year, day=record.happened_on)


def part(name: str, *, of: str) -> Rule:
    """One figure of a record is a part of another."""

    def exceeds(record: Any, _: Context) -> Iterator[Refusal]:
        value, most = getattr(record, name), getattr(record, of)
        if value > most:
            labels = {"part": label_of(type(record), name), "whole": label_of(type(record), of)}
            yield PartExceedsWhole(field=name, value=value, most=most, **labels)

    return exceeds

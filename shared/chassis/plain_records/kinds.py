"""The kinds of plain records, and what is told of one: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chassis.days import faults_of_day
from chassis.language import N_
from chassis.plain_records.labels import LABELS
from chassis.refusals import Refusal, refuse
from contracts.calendar import midnight
from contracts.event import EventId, PlainRecord, RecordId, SocietyId


class YearAhead(Refusal):
    """A year is told of at the earliest in the year before it (plans)."""

    slug = "year-ahead"
    title = N_("The year is too far ahead")
    detail = N_("On {day} nothing can be told of {value} yet.")


class PartExceedsWhole(Refusal):
    """A part of a whole is not more than the whole."""

    slug = "part-exceeds-whole"
    title = N_("A part exceeds the whole")
    detail = N_("{part} is {value}, more than {whole}, which is {most}.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of plain record: its `path`, the event that tells it, and which figure is a part of which."""

    path: str
    event: type[PlainRecord]
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The field with the day on which it happened."""
        (name,) = (name for name in self.asked if name.endswith("_on"))
        return name

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields of the event that a form asks for."""
        given = {"subject", "happened_at", "record"}
        return tuple(name for name in self.event.model_fields if name not in given)


@dataclass(frozen=True, slots=True)
class Record:
    """A plain record by its id: the `details` are the data of its event, which `told` names.

    `recorded_by` is the role that made it.
    """

    id: RecordId
    society: SocietyId
    kind: str
    title: str
    day: date
    details: Mapping[str, Any]
    told: EventId
    recorded_by: str
    withdrawn_on: date | None = None
    reason: str | None = None


def compose(
    kind: Kind, society: SocietyId, id_: RecordId, facts: Mapping[str, Any], *, registered_on: date | None, today: date
) -> PlainRecord:
    """The event that tells of a record with these facts.

    Raises:
        InTheFuture, BeforeRegistration, YearAhead, PartExceedsWhole: several at once as SeveralFaults.
    """
    day = facts[kind.day]
    refuse(
        [*faults_of_day(kind.day, day, registered_on=registered_on, today=today), *_faults_of_figures(kind, facts, day)]
    )
    return kind.event(subject=society, happened_at=midnight(day), record=id_, **facts)


def _faults_of_figures(kind: Kind, facts: Mapping[str, Any], day: date) -> Iterator[Refusal]:
    if "year" in facts and facts["year"] > day.year + 1:
        yield YearAhead(field="year", value=facts["year"], day=day)
    for part, whole in kind.parts.items():
        if facts[part] > facts[whole]:
            named = {"part": LABELS[part], "whole": LABELS[whole], "most": facts[whole]}
            yield PartExceedsWhole(field=part, value=facts[part], **named)

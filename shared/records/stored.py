"""A record as it is stored: what it says now, by which event, by whom, and whether it was withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.event import EventId, RecordId, SocietyId
from records.record import Record


@dataclass(frozen=True, slots=True)
class Version:
    """What a record said from one correction to the next: the `details` are the data of the event that `told` names.

    `recorded_by` is the role that said so, `account` whose it was; `recorded` the instant. The last two are unknown of
    old records.
    """

    number: int
    title: str
    day: date
    details: Mapping[str, Any]
    told: EventId
    recorded_by: str
    account: str | None
    recorded: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a record should never have been made: why stays here. By whom and which event is unknown of old records."""

    on: date
    reason: str | None
    by: str | None
    event: EventId | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record by its id, as it stands."""

    id: RecordId
    society: SocietyId
    kind: str
    version: Version
    withdrawn: Withdrawn | None = None

    def as_asked(self, model: type[Record]) -> Record:
        """The record as a form would say it."""
        asked = {name: value for name, value in self.version.details.items() if name != "record"}
        return model.model_validate({**asked, "title": self.version.title})

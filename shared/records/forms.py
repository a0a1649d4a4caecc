"""What is sent to the doors of records, and what they answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from chassis.rows import BY_ITSELF
from contracts.event import EventId, RecordId
from records.record import Record, example_of
from records.stored import Stored, Version
from records.values import EXAMPLE_ID, Reason

LARGEST_BATCH = 500


class RecordWithdrawalForm(BaseModel):
    """Why a record should never have been made; it stays in the service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason = Field(examples=["重复登记"])


class Batch(BaseModel):
    """Records of one kind: all are recorded, or none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    records: Sequence[Any]


class Recorded(BaseModel):
    """The record, and the event that tells of it or of its withdrawal."""

    record: RecordId = Field(examples=[EXAMPLE_ID])
    event: EventId = Field(examples=[EXAMPLE_ID])


class BatchRecorded(BaseModel):
    """The records and their events, in the order in which they were sent."""

    recorded: list[Recorded]


class RecordView(BaseModel):
    """A record as it stands; `withdrawn_on` if it was withdrawn."""

    record: RecordId
    title: str
    day: date
    details: dict[str, Any]
    event: EventId = Field(description="The event that says so")
    recorded_by: str = Field(description="The role that said so; it and the association correct and withdraw it")
    withdrawn_on: date | None


class VersionView(BaseModel):
    """What a record said from one correction to the next."""

    number: int = Field(description="1, 2, 3 …; the last is what stands")
    title: str
    day: date
    details: dict[str, Any]
    event: EventId = Field(description="The event that said so; the one before where only the title was corrected")
    recorded_by: str = Field(description="The role that said so")
    recorded_at: datetime | None = Field(description="When; null where it was not yet put down")


class WithdrawalView(BaseModel):
    """The withdrawal of a record. By which role and event is null where it was not yet put down."""

    withdrawn_on: date
    reason: str | None
    withdrawn_by: str | None
    event: EventId | None


class RecordHistory(RecordView):
    """A record as it stands, everything it has said, and its withdrawal."""

    history: list[VersionView]
    withdrawal: WithdrawalView | None


def batch_of(record: type[Record]) -> type[Batch]:
    """The form of a batch of one kind; a row that is none is kept as what is wrong with it, so that all are judged."""
    row: Any = Annotated[record, BY_ITSELF]
    rows: Any = (list[row], Field(min_length=1, max_length=LARGEST_BATCH, examples=[[example_of(record)]]))
    return create_model(f"{record.__name__}Batch", __base__=Batch, __doc__=Batch.__doc__, records=rows)


def view(stored: Stored) -> RecordView:
    """A record as it is listed."""
    return RecordView(**_shown(stored))


def history(stored: Stored, versions: Sequence[Version]) -> RecordHistory:
    """A record with everything it has said."""
    gone = stored.withdrawn
    return RecordHistory(
        **_shown(stored),
        history=[VersionView(number=one.number, recorded_at=one.recorded, **_said(one)) for one in versions],
        withdrawal=gone
        and WithdrawalView(withdrawn_on=gone.on, reason=gone.reason, withdrawn_by=gone.by, event=gone.event),
    )


def _shown(stored: Stored) -> dict[str, Any]:
    withdrawn_on = stored.withdrawn and stored.withdrawn.on
    return {"record": stored.id, "withdrawn_on": withdrawn_on, **_said(stored.version)}


def _said(version: Version) -> dict[str, Any]:
    return {
        "title": version.title,
        "day": version.day,
        "details": dict(version.details),
        "event": version.told,
        "recorded_by": version.recorded_by,
    }

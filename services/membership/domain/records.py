"""A record about a society that stands until it is withdrawn, whatever it is of."""

from dataclasses import dataclass
from datetime import date

from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import midnight
from contracts.event import EventId, Withdrawal
from contracts.membership import (
    AnnualCheckWithdrawn,
    ChangeFilingWithdrawn,
    DeferralWithdrawn,
    ElectionFilingWithdrawn,
    ItemChangeWithdrawn,
    LeaderElectionWithdrawn,
    LeaderExemptionWithdrawn,
    LeaderLeavingWithdrawn,
    RenewalPlanWithdrawn,
    RenewalRequestWithdrawn,
    WorkReportWithdrawn,
)
from services.membership.domain.societies import Society

_WITHDRAWALS: dict[str, type[Withdrawal]] = {
    withdrawal.of.type: withdrawal
    for withdrawal in (
        AnnualCheckWithdrawn,
        ChangeFilingWithdrawn,
        DeferralWithdrawn,
        ElectionFilingWithdrawn,
        ItemChangeWithdrawn,
        LeaderElectionWithdrawn,
        LeaderExemptionWithdrawn,
        LeaderLeavingWithdrawn,
        RenewalPlanWithdrawn,
        RenewalRequestWithdrawn,
        WorkReportWithdrawn,
    )
}


class AlreadyRecorded(Refusal):
    """The same thing is recorded once, unless the record was withdrawn."""

    slug = "already-recorded"
    status = 409
    title = N_("Already recorded")
    detail = N_(
        "This is recorded already, of {on}, by event {clashes_with}. Withdraw that record first if it is wrong."
    )


class UnknownRecord(Refusal):
    """The society has no such record."""

    slug = "unknown-record"
    status = 404
    title = N_("Unknown record")
    detail = N_("The society has no record {value}.")


class AlreadyWithdrawn(Refusal):
    """A record is withdrawn once."""

    slug = "already-withdrawn"
    status = 409
    title = N_("The record has already been withdrawn")
    detail = N_("Record {value} was withdrawn on {withdrawn_on}.")


@dataclass(frozen=True, slots=True)
class Record:
    """What was told by an event of a type; the `key` says of what among those of that type, `on` its day.

    `recorded_by` is the role that made it. Where `alike` is given, no other record of the type says the same.
    """

    event: EventId
    type: str
    key: str
    on: date
    recorded_by: str
    withdrawn_on: date | None = None
    alike: str | None = None


def check_new(field: str, value: object, same: Record | None) -> None:
    """Raises AlreadyRecorded if there is a record of the same thing that was not withdrawn."""
    if same is not None:
        raise AlreadyRecorded(field=field, value=value, on=same.on, clashes_with=same.event)


def withdraw(society: Society, record: Record, *, today: date) -> Withdrawal:
    """Withdraws a record; why stays here and is not on the bus.

    Raises:
        AlreadyWithdrawn: it was withdrawn before.
    """
    if record.withdrawn_on is not None:
        raise AlreadyWithdrawn(field="event", value=record.event, withdrawn_on=record.withdrawn_on)
    return _WITHDRAWALS[record.type](subject=society.code, happened_at=midnight(today), withdraws=record.event)

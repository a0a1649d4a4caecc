"""The meetings of a society's organs, and their withdrawal when the record was wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chassis.days import faults_of_day
from chassis.language import N_
from chassis.refusals import Refusal, refuse
from contracts.calendar import midnight
from contracts.event import EventId, MeetingId
from contracts.membership import MeetingHeld, MeetingWithdrawn
from contracts.vocabulary import MeetingOrgan
from services.membership.domain.societies import Society


class PresentExceedsEntitled(Refusal):
    """Those present (到会) are counted among those entitled (应到)."""

    slug = "present-exceeds-entitled"
    title = N_("Too many present")
    detail = N_("Those present ({present}) cannot outnumber those entitled ({entitled}).")


class UnknownMeeting(Refusal):
    """The society has no record of this meeting."""

    slug = "unknown-meeting"
    status = 404
    title = N_("Unknown meeting")
    detail = N_("The society has no record of a meeting {value}.")


class MeetingAlreadyWithdrawn(Refusal):
    """A record is withdrawn once."""

    slug = "meeting-already-withdrawn"
    status = 409
    title = N_("The meeting has already been withdrawn")
    detail = N_("The record of meeting {value} was withdrawn on {withdrawn_on}.")


class MeetingRecorded(Refusal):
    """An organ meets once a day."""

    slug = "meeting-recorded"
    status = 409
    title = N_("This meeting is already recorded")
    detail = N_(
        "The meeting of this organ on {value} is already recorded as {clashes_with}; withdraw that first if its "
        "figures are wrong."
    )


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of an organ: `present` of the `entitled` were there, quorate or not. A role recorded it."""

    id: MeetingId
    organ: MeetingOrgan
    entitled: int
    present: int
    held_on: date
    recorded_by: str
    withdrawn_on: date | None = None
    reason: str | None = None


def hold(society: Society, meeting: Meeting, *, recorded: MeetingId | None, today: date) -> MeetingHeld:
    """Records a meeting; a missing quorum (2/3) is a finding for evaluation, no fault.

    `recorded` is the organ's meeting of that day, if there is one.

    Raises:
        PresentExceedsEntitled, InTheFuture, BeforeRegistration: of several, all are named (SeveralFaults).
        MeetingRecorded: the organ's meeting of that day is there already.
    """
    refuse(list(_faults(society, meeting, today)))
    if recorded is not None:
        raise MeetingRecorded(field="held_on", value=meeting.held_on, clashes_with=recorded)
    return MeetingHeld(
        subject=society.code,
        happened_at=midnight(meeting.held_on),
        meeting=meeting.id,
        organ=meeting.organ,
        entitled=meeting.entitled,
        present=meeting.present,
        held_on=meeting.held_on,
    )


def _faults(society: Society, meeting: Meeting, today: date) -> Iterator[Refusal]:
    present, entitled = meeting.present, meeting.entitled
    if present > entitled:
        yield PresentExceedsEntitled(field="present", value=present, present=present, entitled=entitled)
    yield from faults_of_day("held_on", meeting.held_on, registered_on=society.registered_on, today=today)


def withdraw(
    society: Society, meeting: Meeting, *, told: EventId, reason: str, today: date
) -> tuple[Meeting, MeetingWithdrawn]:
    """Withdraws the record of a meeting that `told` had told of; why stays here and is not on the bus.

    Raises:
        MeetingAlreadyWithdrawn: it was withdrawn before.
    """
    if meeting.withdrawn_on is not None:
        raise MeetingAlreadyWithdrawn(field="meeting", value=meeting.id, withdrawn_on=meeting.withdrawn_on)
    news = MeetingWithdrawn(subject=society.code, happened_at=midnight(today), withdraws=told, meeting=meeting.id)
    return replace(meeting, withdrawn_on=today, reason=reason), news

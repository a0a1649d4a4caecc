"""Meetings of a society's organs, and their withdrawal."""

from pydantic import Field

from chassis.days import Day
from chassis.rights import check_recorder, recorder
from chassis.web import Writing, router
from contracts.event import MeetingId, SocietyId
from contracts.vocabulary import MeetingOrgan
from services.membership.api.values import EXAMPLE_ID, Form, Reason, Several, Some, Told
from services.membership.domain import meetings as domain
from services.membership.store import governance as store
from services.membership.store import societies
from services.rights import MEMBERSHIP

routes = router("meetings")


class MeetingForm(Form):
    """A meeting that was held, quorate or not."""

    organ: MeetingOrgan
    entitled: Several = Field(description="How many may come and vote (应到)", examples=[77])
    present: Some = Field(description="How many of them came (实到)", examples=[60])
    held_on: Day = Field(examples=["2025-06-28"])


class WithdrawalForm(Form):
    """Why a record should never have been made."""

    reason: Reason = Field(examples=["重复登记"])


class MeetingRecorded(Told):
    """The meeting, or its withdrawal, is recorded."""

    meeting: MeetingId = Field(examples=[EXAMPLE_ID])


@routes.post("/societies/{society}/meetings", status_code=201, dependencies=[MEMBERSHIP["meetings"].may_record])
async def record_meeting(society: SocietyId, form: MeetingForm, work: Writing) -> MeetingRecorded:
    """Record a meeting (召开会议) of the assembly, the council, the standing council or the supervisors."""
    keeper = await societies.hold(work.conn, society)
    meeting = domain.Meeting(work.new_id(), **dict(form), recorded_by=recorder(work))
    recorded = await store.meeting_on(work.conn, society, form.organ, form.held_on)
    event = work.say(domain.hold(keeper, meeting, recorded=recorded, today=work.today()))
    await store.add_meeting(work.conn, society, meeting, event)
    return MeetingRecorded(meeting=meeting.id, event=event)


@routes.post("/societies/{society}/meetings/{meeting}/withdrawal", dependencies=[MEMBERSHIP["meetings"].may_withdraw])
async def withdraw_meeting(
    society: SocietyId, meeting: MeetingId, form: WithdrawalForm, work: Writing
) -> MeetingRecorded:
    """Withdraw the record of a meeting (撤销会议记录), by its id or its event's: it was never held. Once."""
    keeper = await societies.hold(work.conn, society)
    found, told = await store.meeting(work.conn, society, meeting)
    check_recorder(work, found.recorded_by, field="meeting", value=meeting)
    withdrawn, news = domain.withdraw(keeper, found, told=told, reason=form.reason, today=work.today())
    await store.withdraw_meeting(work.conn, withdrawn)
    return MeetingRecorded(meeting=found.id, event=work.say(news))

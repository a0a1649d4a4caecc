"""Members: admitted and ended, singly and by the batch, and their list."""

from datetime import date
from typing import Annotated, NotRequired

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from chassis import quotas
from chassis.days import Day
from chassis.language import N_
from chassis.paging import Page, Paging
from chassis.serving import service_of
from chassis.web import Looking, Writing, router
from contracts.event import BatchId, EventId, MemberId, SocietyId
from contracts.vocabulary import EndReason, MemberKind
from services.membership.api.values import EXAMPLE_ID, Form, Number, Told
from services.membership.domain import members as domain
from services.membership.store import members as store
from services.membership.store import societies
from services.membership.store.members import Standing
from services.rights import MEMBERSHIP

LARGEST_BATCH = 10_000
ADMITTED, ENDED = N_("Members admitted by the batch"), N_("Memberships ended by the batch")

routes = router("members")


@with_config(extra="forbid")
class Newcomer(TypedDict):
    """What is known of one member of a batch; a dictionary, because there may be ten thousand."""

    number: NotRequired[Number | None]


class Admission(Form):
    """A member to admit; without a name, which this register does not keep."""

    kind: MemberKind
    admitted_on: Day = Field(examples=["2025-06-30"])
    number: Number | None = Field(default=None, examples=["A1820100001M"])


class BulkAdmission(Form):
    """Members of one kind, admitted on one day."""

    kind: MemberKind
    admitted_on: Day = Field(examples=["2025-06-30"])
    members: list[Newcomer] = Field(min_length=1, max_length=LARGEST_BATCH, examples=[[{"number": "A1820100001M"}, {}]])


class End(Form):
    """The end of a membership."""

    ended_on: Day = Field(examples=["2025-06-30"])
    reason: EndReason


class BulkEnd(End):
    """Memberships that end on one day for one reason."""

    members: list[MemberId] = Field(min_length=1, max_length=LARGEST_BATCH, examples=[[EXAMPLE_ID]])


class MemberRecorded(Told):
    """The admission, or the end, is recorded."""

    member: MemberId = Field(examples=[EXAMPLE_ID])


class BulkAdmitted(Told):
    """The members were admitted; their ids stand in the order of the request."""

    batch: BatchId = Field(examples=[EXAMPLE_ID])
    count: int = Field(examples=[1])
    members: list[str] = Field(examples=[[EXAMPLE_ID]])


class BulkEnded(BaseModel):
    """The memberships ended; one event for each kind of member among them."""

    count: int = Field(examples=[1])
    events: list[EventId] = Field(examples=[[EXAMPLE_ID]])


class MemberView(BaseModel):
    """A membership, going on or ended."""

    model_config = ConfigDict(from_attributes=True)

    id: MemberId = Field(examples=[EXAMPLE_ID])
    kind: MemberKind
    number: str | None = Field(examples=["A1820100001M"])
    admitted_on: date = Field(examples=["2025-06-30"])
    ended_on: date | None = Field(examples=[None])
    reason: EndReason | None = Field(examples=[None])


@routes.post("/societies/{society}/members", status_code=201, dependencies=[MEMBERSHIP["members"].may_record])
async def admit_member(society: SocietyId, form: Admission, work: Writing) -> MemberRecorded:
    """Admit a member (会员入会). Who returns is admitted anew; a register number is never given twice."""
    keeper = await societies.hold(work.conn, society)
    taken = await store.taken(work.conn, society, [form.number])
    member = domain.Member(work.new_id(), form.kind, form.admitted_on, form.number)
    news = domain.admit(keeper, member, taken=taken, today=work.today())
    await store.add(work.conn, society, member)
    return MemberRecorded(member=member.id, event=work.say(news))


@routes.post("/societies/{society}/members/bulk", status_code=201, dependencies=[MEMBERSHIP["members"].may_record])
async def admit_members(society: SocietyId, form: BulkAdmission, request: Request, work: Writing) -> BulkAdmitted:
    """Admit up to 10,000 members of one kind (批量入会), all or none, told in one event."""
    keeper = await societies.hold(work.conn, society)
    most, count = service_of(request).settings.members_per_day, len(form.members)
    await quotas.take(work, "society", society, ADMITTED, kind="members-admitted", count=count, most=most)
    numbers = [newcomer.get("number") for newcomer in form.members]
    taken = await store.taken(work.conn, society, numbers)
    intake = domain.Intake(form.kind, form.admitted_on, [work.new_id() for _ in numbers], numbers)
    batch = work.new_id()
    news = domain.admit_many(keeper, intake, batch=batch, taken=taken, today=work.today())
    await store.add_many(work.conn, society, intake)
    return BulkAdmitted(batch=batch, count=len(numbers), members=list(intake.ids), event=work.say(news))


@routes.post("/societies/{society}/members/end-bulk", dependencies=[MEMBERSHIP["members"].may_record])
async def end_members(society: SocietyId, form: BulkEnd, request: Request, work: Writing) -> BulkEnded:
    """End up to 10,000 memberships (批量退会), all or none; every id that is in the way is named."""
    keeper = await societies.hold(work.conn, society)
    most, count = service_of(request).settings.members_per_day, len(form.members)
    await quotas.take(work, "society", society, ENDED, kind="members-ended", count=count, most=most)
    known = await store.known(work.conn, society, form.members)
    departure = domain.Departure(form.members, form.ended_on, form.reason)
    batches = {kind: work.new_id() for kind in MemberKind}
    news = domain.end_many(keeper, known, departure, batches=batches, today=work.today())
    await store.end(work.conn, society, departure)
    return BulkEnded(count=len(form.members), events=[work.say(one) for one in news])


@routes.post("/societies/{society}/members/{member}/end", dependencies=[MEMBERSHIP["members"].may_record])
async def end_member(society: SocietyId, member: MemberId, form: End, work: Writing) -> MemberRecorded:
    """End a membership (会员退会)."""
    keeper = await societies.hold(work.conn, society)
    known = await store.known(work.conn, society, [member])
    departure = domain.Departure([member], form.ended_on, form.reason)
    news = domain.end(keeper, known, departure, today=work.today())
    await store.end(work.conn, society, departure)
    return MemberRecorded(member=member, event=work.say(news))


@routes.get("/societies/{society}/members", dependencies=[MEMBERSHIP["members"].may_read])
async def list_members(
    society: SocietyId,
    look: Looking,
    paging: Paging,
    kind: Annotated[MemberKind | None, Query(description="Only members of this kind")] = None,
    standing: Annotated[Standing | None, Query(description="Only memberships that go on, or that ended")] = None,
) -> Page[MemberView]:
    """The members of a society, in the order in which they were recorded."""
    await societies.load(look, society)
    found = await store.page(look, society, after=paging.text, limit=paging.limit + 1, kind=kind, standing=standing)
    return paging.page([MemberView.model_validate(member) for member in found], key=lambda one: (one.id,))

"""Leaders: elected, left, exempted from a limit. No answer tells a day of birth."""

from datetime import date

from pydantic import BaseModel, Field

from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.rights import recorder
from chassis.web import Looking, Writing, router
from contracts.event import LeaderId, SocietyId
from contracts.membership import LeaderElected, LeaderExempted, LeaderLeft
from contracts.vocabulary import LeaderLimit, LeaderPost
from services.membership.api.values import EXAMPLE_ID, Form, Several, Told
from services.membership.domain import leaders as domain
from services.membership.domain.records import Record, check_new
from services.membership.notices import tell
from services.membership.store import societies
from services.membership.store import supervision as store
from services.rights import MEMBERSHIP

routes = router("leaders")


class LeaderForm(Form):
    """An election to a post."""

    post: LeaderPost
    term_number: Several = Field(description="Which term in this post it is (连任届次)", examples=[1], le=20)
    elected_on: Day = Field(examples=["2025-06-28"])
    born_on: Day = Field(description="Stays in this service; nobody is told more than a month", examples=["1961-04-12"])


class LeavingForm(Form):
    """The day on which a leader left."""

    left_on: Day = Field(examples=["2025-06-28"])


class ExemptionForm(Form):
    """Leave to exceed a limit."""

    exceeds: LeaderLimit
    approved_on: Day = Field(examples=["2025-06-28"])


class LeaderRecorded(Told):
    """The leader, or what became of one, is recorded."""

    leader: LeaderId = Field(examples=[EXAMPLE_ID])


class LeaderView(BaseModel):
    """A leader as recorded, without the day of birth."""

    leader: LeaderId = Field(examples=[EXAMPLE_ID])
    post: LeaderPost
    elected_on: date
    left_on: date | None
    withdrawn_on: date | None = Field(description="When the record of the election was withdrawn: nobody was elected")


@routes.post("/societies/{society}/leaders", status_code=201, dependencies=[MEMBERSHIP["leaders"].may_record])
async def elect_leader(society: SocietyId, form: LeaderForm, work: Writing) -> LeaderRecorded:
    """Record an election or re-election to a post (负责人当选); each term in a post has an id of its own."""
    keeper = await societies.hold(work.conn, society)
    leader = domain.Leader(
        work.new_id(), society, form.post, form.born_on, form.elected_on, term_number=form.term_number
    )
    same = await store.same_election(work.conn, leader)
    event = work.say(domain.elect(keeper, leader, form.term_number, recorded=same, today=work.today()))
    await store.add_leader(work.conn, leader)
    made = Record(event, LeaderElected.type, leader.id, form.elected_on, recorder(work))
    await store.add(work.conn, society, made)
    await tell(leader, work.today(), work)
    return LeaderRecorded(leader=leader.id, event=event)


@routes.post(
    "/societies/{society}/leaders/{leader}/leaving", status_code=201, dependencies=[MEMBERSHIP["leavings"].may_record]
)
async def leave(society: SocietyId, leader: LeaderId, form: LeavingForm, work: Writing) -> LeaderRecorded:
    """Record that a leader left the post (负责人离任)."""
    keeper = await societies.hold(work.conn, society)
    found = await store.leader(work.conn, society, leader)
    check_new("leader", leader, await store.unwithdrawn(work.conn, society, LeaderLeft, key=leader))
    event = work.say(domain.leave(keeper, found, form.left_on, today=work.today()))
    await store.add(work.conn, society, Record(event, LeaderLeft.type, leader, form.left_on, recorder(work)))
    await store.update_leader(work.conn, leader, left_on=form.left_on)
    return LeaderRecorded(leader=leader, event=event)


@routes.post(
    "/societies/{society}/leaders/{leader}/exemptions",
    status_code=201,
    dependencies=[MEMBERSHIP["exemptions"].may_record],
)
async def exempt(society: SocietyId, leader: LeaderId, form: ExemptionForm, work: Writing) -> LeaderRecorded:
    """Record that supervisor and registry let a leader exceed a limit of age or terms (超龄、超届任职获批)."""
    keeper = await societies.hold(work.conn, society)
    found = await store.leader(work.conn, society, leader)
    key = f"{leader}/{form.exceeds}"
    check_new("exceeds", form.exceeds, await store.unwithdrawn(work.conn, society, LeaderExempted, key=key))
    event = work.say(domain.exempt(keeper, found, form.exceeds, form.approved_on, today=work.today()))
    await store.add(work.conn, society, Record(event, LeaderExempted.type, key, form.approved_on, recorder(work)))
    return LeaderRecorded(leader=leader, event=event)


@routes.get("/societies/{society}/leaders", dependencies=[MEMBERSHIP["leaders"].may_read])
async def list_leaders(society: SocietyId, look: Looking, paging: Paging) -> Page[LeaderView]:
    """The leaders of a society in the order in which they were recorded, those of withdrawn elections included."""
    await societies.load(look, society)
    found = await store.leaders_of(look, society, paging.text, paging.limit + 1)
    return paging.page([_view(one) for one in found], key=lambda one: (one.leader,))


def _view(leader: domain.Leader) -> LeaderView:
    return LeaderView(
        leader=leader.id,
        post=leader.post,
        elected_on=leader.elected_on,
        left_on=leader.left_on,
        withdrawn_on=leader.withdrawn_on,
    )

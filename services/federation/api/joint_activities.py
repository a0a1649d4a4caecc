"""Recording joint activities of a federation, looking them up."""

from datetime import date

from pydantic import BaseModel, Field

from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.web import Looking, Writing, router
from contracts.event import ActivityId, EventId, FederationId, SocietyId
from contracts.vocabulary import ActivityKind, ActivityLevel
from services.federation.api.values import EXAMPLE_ID, MOST_SOCIETIES, Attendance, Form, Name
from services.federation.domain.joint_activities import JointActivity, hold
from services.federation.store import federations, societies
from services.federation.store import joint_activities as store
from services.rights import FEDERATION

routes = router("joint activities")


class JointActivityForm(Form):
    """A joint activity that was held; lead and partners were members of the federation on that day."""

    title: Name = Field(examples=["中国生命科学十大进展交流会"])
    kind: ActivityKind = Field(examples=["forum"])
    level: ActivityLevel = Field(examples=["national"])
    lead: SocietyId = Field(examples=["A-18"])
    partners: list[SocietyId] = Field(max_length=MOST_SOCIETIES, examples=[["A-19", "D-08"]])
    attendance: Attendance
    held_on: Day = Field(examples=["2025-06-28"])


class JointActivityTold(BaseModel):
    """The joint activity, and the ids of the events: to the leading society, then to each partner."""

    activity: ActivityId = Field(examples=[EXAMPLE_ID])
    events: list[EventId] = Field(examples=[[EXAMPLE_ID]])


class JointActivityView(BaseModel):
    """A joint activity (联合活动) of a federation."""

    activity: ActivityId = Field(examples=[EXAMPLE_ID])
    title: str = Field(examples=["中国生命科学十大进展交流会"])
    kind: ActivityKind
    level: ActivityLevel
    lead: SocietyId = Field(examples=["A-18"])
    partners: list[SocietyId] = Field(examples=[["A-19", "D-08"]])
    attendance: int = Field(examples=[300])
    held_on: date


@routes.post(
    "/federations/{federation}/joint-activities",
    status_code=201,
    dependencies=[FEDERATION["joint-activities"].may_record],
)
async def record_joint_activity(federation: FederationId, form: JointActivityForm, work: Writing) -> JointActivityTold:
    """Record a joint activity (联合活动): one society leads, the partners share in it."""
    theirs = await federations.hold(work.conn, federation)
    fields = dict(form) | {"partners": tuple(form.partners)}
    activity = JointActivity(id=work.new_id(), federation=theirs.id, **fields)
    known = await societies.known(work.conn, [activity.lead, *activity.partners])
    others = await store.of_the_day(work.conn, theirs.id, activity.held_on)
    news = hold(activity, theirs, known=known, others=others, today=work.today())
    await store.add(work.conn, activity)
    return JointActivityTold(activity=activity.id, events=[work.say(event) for event in news])


@routes.get("/federations/{federation}/joint-activities", dependencies=[FEDERATION["joint-activities"].may_read])
async def list_joint_activities(federation: FederationId, look: Looking, paging: Paging) -> Page[JointActivityView]:
    """The joint activities of a federation, in the order in which they were recorded."""
    await federations.load(look, federation)
    found = await store.page(look, federation, after=paging.text, limit=paging.limit + 1)
    return paging.page([_view(activity) for activity in found], key=lambda one: (one.activity,))


def _view(activity: JointActivity) -> JointActivityView:
    return JointActivityView(
        activity=activity.id,
        title=activity.title,
        kind=activity.kind,
        level=activity.level,
        lead=activity.lead,
        partners=list(activity.partners),
        attendance=activity.attendance,
        held_on=activity.held_on,
    )

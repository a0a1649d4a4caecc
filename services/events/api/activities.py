"""Announcing activities, recording what became of them, looking them up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from chassis.access import CallerDep, require
from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.rights import check_recorder, recorder
from chassis.tokens import Caller
from chassis.web import Looking, Writing, router
from chassis.work import Work
from contracts.event import ActivityId, Event, EventId, SocietyId
from contracts.vocabulary import ActivityKind, ActivityLevel, CancelReason, OrganiserRole
from services.events.api.values import EXAMPLE_ID, Attendance, Form, Name, Papers, Reason
from services.events.domain import activities as domain
from services.events.domain.activities import Activity, ActivityState, Organiser, Registered
from services.events.store import activities as store
from services.events.store import societies
from services.rights import EVENTS

routes = router("activities")

_ORGANISERS = [{"society": "A-18", "role": "host"}, {"society": "A-19", "role": "co-host"}]


class OrganiserForm(Form):
    """A society and its part in the activity."""

    society: SocietyId
    role: OrganiserRole


class Announcement(Form):
    """An activity to announce; one organiser is the host."""

    title: Name = Field(examples=["第二十五届全国动物学大会"])
    kind: ActivityKind = Field(examples=["academic-meeting"])
    level: ActivityLevel = Field(examples=["national"])
    starts_on: Day = Field(examples=["2025-08-20"])
    organisers: list[OrganiserForm] = Field(min_length=1, max_length=100, examples=[_ORGANISERS])


class HeldForm(Form):
    """What took place, for the whole activity."""

    held_on: Day = Field(examples=["2025-06-28"])
    attendance: Attendance
    papers: Papers


class CancellationForm(Form):
    """Why an activity will not take place."""

    cancelled_on: Day = Field(examples=["2025-06-28"])
    reason: CancelReason = Field(examples=["too-few-participants"])


class WithdrawalForm(Form):
    """Why the record should never have been made."""

    reason: Reason = Field(examples=["重复登记"])


class CorrectionForm(Form):
    """What the record should say; what is left out stays as it is."""

    held_on: Day | None = Field(default=None, examples=["2025-06-27"])
    attendance: Attendance | None = None
    papers: Papers | None = None
    level: ActivityLevel | None = Field(default=None, examples=["provincial"])
    kind: ActivityKind | None = Field(default=None, examples=["forum"])


class ActivityTold(BaseModel):
    """The activity, and the ids of the events that tell its organisers, in their order."""

    activity: ActivityId = Field(examples=[EXAMPLE_ID])
    events: list[EventId] = Field(examples=[[EXAMPLE_ID]])


class OrganiserView(BaseModel):
    """A society and its part in the activity."""

    model_config = ConfigDict(from_attributes=True)

    society: SocietyId
    role: OrganiserRole


class ActivityView(BaseModel):
    """An activity (学术活动). The record is absent until it was held; `closed_on`: when cancelled or withdrawn."""

    activity: ActivityId = Field(examples=[EXAMPLE_ID])
    title: str = Field(examples=["第二十五届全国动物学大会"])
    kind: ActivityKind
    level: ActivityLevel
    starts_on: date
    organisers: list[OrganiserView] = Field(examples=[_ORGANISERS])
    state: ActivityState
    held_on: date | None
    attendance: int | None
    papers: int | None
    closed_on: date | None


@routes.post("/activities", status_code=201, dependencies=[EVENTS["activities"].may_record])
async def announce_activity(form: Announcement, caller: CallerDep, work: Writing) -> ActivityTold:
    """Announce an activity (活动预告). By the association or the hosting society."""
    organisers = tuple(Organiser(one.society, one.role) for one in form.organisers)
    host = domain.host_of(organisers)
    _require_host(caller, host)
    given = (form.title, form.kind, form.level, form.starts_on, organisers)
    activity = Activity(work.new_id(), *given, recorded_by=recorder(work))
    known = await societies.known(work.conn, [one.society for one in organisers])
    others = await _others(work, host, form.starts_on)
    news = domain.announce(activity, known=known, others=others, today=work.today())
    await store.add(work.conn, activity)
    return _tell(work, activity, news)


@routes.post("/activities/{activity}/held", dependencies=[EVENTS["activities"].may_record])
async def record_held(activity: ActivityId, form: HeldForm, caller: CallerDep, work: Writing) -> ActivityTold:
    """Record that an announced activity was held (活动举办). By the association or the hosting society."""
    announced, known = await _loaded(work, caller, activity)
    others = await _others(work, announced.host, announced.starts_on, form.held_on)
    held, news = domain.hold(announced, **dict(form), known=known, others=others, today=work.today())
    told = _tell(work, held, news)
    await store.save(work.conn, replace(held, recorded_by=recorder(work)))
    ids = {event.subject: id_ for event, id_ in zip(news, told.events, strict=True)}
    await store.save_held_events(work.conn, domain.remember(held, ids))
    return told


@routes.post("/activities/{activity}/cancellation", dependencies=[EVENTS["activities"].may_record])
async def cancel_activity(
    activity: ActivityId, form: CancellationForm, caller: CallerDep, work: Writing
) -> ActivityTold:
    """Cancel an announced activity (活动取消). By the association or the hosting society."""
    announced, known = await _loaded(work, caller, activity)
    cancelled, news = domain.cancel(announced, **dict(form), known=known, today=work.today())
    await store.save(work.conn, cancelled)
    return _tell(work, cancelled, news)


@routes.post("/activities/{activity}/withdrawal", dependencies=[EVENTS["activities"].may_withdraw])
async def withdraw_activity(
    activity: ActivityId, form: WithdrawalForm, caller: CallerDep, work: Writing
) -> ActivityTold:
    """Withdraw the record that an activity was held (撤销活动记录), named by its id or that of an event that told so.

    By the association; by the hosting society if it recorded that.
    """
    held, _ = await _recorded(work, caller, activity)
    withdrawn, news = domain.withdraw(held, reason=form.reason, today=work.today())
    await store.save(work.conn, withdrawn)
    return _tell(work, withdrawn, news)


@routes.post("/activities/{activity}/correction", dependencies=[EVENTS["activities"].may_withdraw])
async def correct_activity(
    activity: ActivityId, form: CorrectionForm, caller: CallerDep, work: Writing
) -> ActivityTold:
    """Put the record of a held activity right (更正活动记录), named by its id or that of an event that told of it.

    By the association; by the hosting society if it recorded that.
    """
    held, known = await _recorded(work, caller, activity)
    others = await _others(work, held.host, *held.days, form.held_on)
    corrected, news = domain.correct(held, known=known, others=others, today=work.today(), **dict(form))
    await store.save(work.conn, replace(corrected, recorded_by=recorder(work)))
    return _tell(work, corrected, news)


@routes.get("/activities", dependencies=[EVENTS["activities"].may_read])
async def list_activities(look: Looking, paging: Paging, society: SocietyId | None = None) -> Page[ActivityView]:
    """The activities, of all societies or of one that organises them, in the order in which they were announced."""
    found = await store.page(look, society=society, after=paging.text, limit=paging.limit + 1)
    return paging.page([_view(activity) for activity in found], key=lambda one: (one.activity,))


@routes.get("/activities/{activity}", dependencies=[EVENTS["activities"].may_read])
async def read_activity(activity: ActivityId, look: Looking) -> ActivityView:
    """One activity."""
    return _view(await store.load(look, activity))


def _require_host(caller: Caller, host: str) -> None:
    require(caller, "association", f"society:{host}")


async def _loaded(work: Work, caller: Caller, activity: str) -> tuple[Activity, Registered]:
    found = await store.hold(work.conn, activity)
    _require_host(caller, found.host)
    return found, await societies.known(work.conn, [one.society for one in found.organisers])


async def _recorded(work: Work, caller: Caller, named: str) -> tuple[Activity, Registered]:
    """The activity whose record, named by its id or an event's, this caller may withdraw and correct."""
    found, known = await _loaded(work, caller, await store.by_event(work.conn, named))
    check_recorder(work, found.recorded_by, field="activity", value=named)
    return found, known


async def _others(work: Work, host: str, *days: date | None) -> Sequence[Activity]:
    """What the host has on these days; nobody else records of it until the transaction ends."""
    await societies.lock(work.conn, host)
    return await store.on_the_days(work.conn, host, [day for day in days if day is not None])


def _tell(work: Work, activity: Activity, news: Sequence[Event]) -> ActivityTold:
    return ActivityTold(activity=activity.id, events=[work.say(event) for event in news])


def _view(activity: Activity) -> ActivityView:
    held = activity.held
    return ActivityView(
        activity=activity.id,
        title=activity.title,
        kind=activity.kind,
        level=activity.level,
        starts_on=activity.starts_on,
        organisers=[OrganiserView.model_validate(organiser) for organiser in activity.organisers],
        state=activity.state,
        held_on=held and held.held_on,
        attendance=held and held.attendance,
        papers=held and held.papers,
        closed_on=activity.closed_on,
    )

"""Founding federations, admitting and releasing societies, looking them up."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.web import Looking, Writing, router
from contracts.event import EventId, FederationId, SocietyId
from contracts.vocabulary import FederationField, ReleaseReason
from services.federation.api.values import EXAMPLE_ID, MOST_SOCIETIES, Form, Name, Told
from services.federation.domain import federations as domain
from services.federation.domain.federations import Federation
from services.federation.store import federations as store
from services.federation.store import societies
from services.rights import FEDERATION

routes = router("federations")


class Founding(Form):
    """A federation to found, by two societies at least."""

    id: FederationId = Field(examples=["life-sciences"])
    name: Name = Field(examples=["生命科学学会联合体"])
    field: FederationField = Field(examples=["life-sciences"])
    founded_on: Day = Field(examples=["2015-10-15"])
    founders: list[SocietyId] = Field(max_length=MOST_SOCIETIES, examples=[["A-18", "A-19"]])


class FederationTold(BaseModel):
    """The federation, and the ids of the events: of its founding, then of each founder's admission."""

    federation: FederationId = Field(examples=["life-sciences"])
    events: list[EventId] = Field(examples=[[EXAMPLE_ID]])


class AdmissionForm(Form):
    """A society that joins, with the association's consent."""

    society: SocietyId = Field(examples=["D-08"])
    admitted_on: Day = Field(examples=["2025-06-28"])


class ReleaseForm(Form):
    """A society that leaves, with the association's consent; from that day on it is no member."""

    released_on: Day = Field(examples=["2025-06-28"])
    reason: ReleaseReason = Field(examples=["resigned"])


class MembershipView(BaseModel):
    """A society's time in a federation: from the day it joined until, and without, the day it left."""

    model_config = ConfigDict(from_attributes=True)

    society: SocietyId = Field(examples=["A-18"])
    founder: bool
    admitted_on: date
    released_on: date | None


class FederationView(BaseModel):
    """A federation (学会联合体) with every membership it ever had, in the order in which they were recorded."""

    model_config = ConfigDict(from_attributes=True)

    id: FederationId = Field(examples=["life-sciences"])
    name: str = Field(examples=["生命科学学会联合体"])
    field: FederationField
    founded_on: date
    memberships: list[MembershipView]


@routes.post("/federations", status_code=201, dependencies=[FEDERATION["federations"].may_record])
async def found_federation(form: Founding, work: Writing) -> FederationTold:
    """Found a federation (学会联合体成立)."""
    taken = await store.taken(work.conn, form.id)
    wanted = Federation(form.id, form.name, form.field, form.founded_on)
    known = await societies.known(work.conn, form.founders)
    founded, news = domain.found(wanted, form.founders, taken=taken, known=known, today=work.today())
    await store.add(work.conn, founded)
    return FederationTold(federation=founded.id, events=[work.say(event) for event in news])


@routes.post(
    "/federations/{federation}/members", status_code=201, dependencies=[FEDERATION["federation-members"].may_record]
)
async def admit_society(federation: FederationId, form: AdmissionForm, work: Writing) -> Told:
    """Admit a society to a federation (加入联合体); one that left may join again."""
    joined = await store.hold(work.conn, federation)
    known = await societies.known(work.conn, [form.society])
    grown, news = domain.admit(joined, form.society, admitted_on=form.admitted_on, known=known, today=work.today())
    await store.add_membership(work.conn, grown)
    return Told(event=work.say(news))


@routes.post(
    "/federations/{federation}/members/{society}/release", dependencies=[FEDERATION["federation-members"].may_record]
)
async def release_society(federation: FederationId, society: SocietyId, form: ReleaseForm, work: Writing) -> Told:
    """Release a society from a federation (退出联合体)."""
    left = await store.hold(work.conn, federation)
    shrunk, news = domain.release(left, society, **dict(form), today=work.today())
    await store.end_membership(work.conn, shrunk, society, form.reason.value)
    return Told(event=work.say(news))


@routes.get("/federations", dependencies=[FEDERATION["federations"].may_read])
async def list_federations(look: Looking, paging: Paging) -> Page[FederationView]:
    """The federations, in the order of their ids."""
    found = await store.page(look, after=paging.text, limit=paging.limit + 1)
    return paging.page([FederationView.model_validate(one) for one in found], key=lambda one: (one.id,))


@routes.get("/federations/{federation}", dependencies=[FEDERATION["federations"].may_read])
async def read_federation(federation: FederationId, look: Looking) -> FederationView:
    """One federation."""
    return FederationView.model_validate(await store.load(look, federation))

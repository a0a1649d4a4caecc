"""Elections, the party organisation and the secretariat."""

from pydantic import Field

from chassis.days import Day
from chassis.rights import check_recorder, recorder
from chassis.web import Writing, router
from contracts.event import SocietyId
from contracts.values import YesNo
from contracts.vocabulary import Organ, PartyForm
from services.membership.api.values import Form, Several, Some, Told
from services.membership.domain.elections import Election, elect
from services.membership.domain.offices import Secretariat, establish_party_organisation, record_secretariat
from services.membership.store import governance as store
from services.membership.store import societies
from services.rights import MEMBERSHIP

routes = router("governance")


class ElectionForm(Form):
    """The result of an election, in numbers."""

    organ: Organ
    seats: Several = Field(examples=[77])
    front_line: Some = Field(description="Seats held by front-line workers (基层一线科技工作者)", examples=[60])
    young: Some = Field(description="Seats held by the young and middle-aged (中青年)", examples=[30])
    elected_on: Day = Field(examples=["2025-06-28"])
    term_ends_on: Day = Field(description="At most five years after the election", examples=["2029-06-28"])


class PartyOrganisationForm(Form):
    """A party organisation that was set up, or took this form."""

    form: PartyForm
    established_on: Day = Field(examples=["2025-06-30"])


class SecretariatForm(Form):
    """The state of a secretariat on a day."""

    full_time_staff: Some = Field(examples=[2])
    hired_secretary_general: YesNo = Field(description="The secretary-general is hired and full-time", examples=[True])
    own_office: YesNo = Field(description="An office of its own", examples=[True])
    recorded_on: Day = Field(examples=["2025-06-30"])


@routes.post("/societies/{society}/elections", status_code=201, dependencies=[MEMBERSHIP["elections"].may_record])
async def record_election(society: SocietyId, form: ElectionForm, work: Writing) -> Told:
    """Record an election (换届选举) of council, standing council or supervisors."""
    keeper = await societies.hold(work.conn, society)
    election = Election(**dict(form))
    recorded = await store.election(work.conn, society, form.organ, form.elected_on)
    event = work.say(elect(keeper, election, recorded=recorded, today=work.today()))
    await store.add_election(work.conn, society, election, event)
    return Told(event=event)


@routes.post(
    "/societies/{society}/party-organisation",
    status_code=201,
    dependencies=[MEMBERSHIP["party-organisations"].may_record],
)
async def establish(society: SocietyId, form: PartyOrganisationForm, work: Writing) -> Told:
    """Record the party organisation (党组织): its establishment, or a change of its form."""
    keeper = await societies.hold(work.conn, society)
    recorded = await store.party_organisation(work.conn, society, form.form, form.established_on)
    news = establish_party_organisation(keeper, form.form, form.established_on, recorded=recorded, today=work.today())
    event = work.say(news)
    await store.add_party_organisation(work.conn, society, form.form, form.established_on, event)
    return Told(event=event)


@routes.put("/societies/{society}/secretariat", dependencies=[MEMBERSHIP["secretariats"].may_record])
async def put_secretariat(society: SocietyId, form: SecretariatForm, work: Writing) -> Told:
    """Record the state of the secretariat (秘书处实体化): of one day the last recorded holds."""
    keeper = await societies.hold(work.conn, society)
    last = await store.secretariat(work.conn, society)
    new = Secretariat(**dict(form), recorded_by=recorder(work))
    if last is not None and last.recorded_on == new.recorded_on:
        check_recorder(work, last.recorded_by, field="recorded_on", value=new.recorded_on)
    state, news = record_secretariat(keeper, last, new, today=work.today())
    await store.put_secretariat(work.conn, society, state)
    return Told(event=work.say(news))

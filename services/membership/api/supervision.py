"""Records for the supervisors: work reports, annual checks, changes, term renewal; and their withdrawal."""

from datetime import date

from pydantic import Field

from chassis.days import Day
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.rights import check_recorder, recorder
from chassis.web import Writing, router
from contracts.event import ChangeId, EventId, SocietyEvent, SocietyId
from contracts.membership import LeaderElected, LeaderLeft, RegisteredItemChanged
from contracts.values import Year
from contracts.vocabulary import CheckConclusion, RegisteredItem, ReportAddressee
from services.membership.api.meetings import WithdrawalForm
from services.membership.api.values import EXAMPLE_ID, Form, Told
from services.membership.domain import records as domain
from services.membership.domain import supervision as rules
from services.membership.domain.records import Record, check_new
from services.membership.store import societies
from services.membership.store import supervision as store
from services.rights import MEMBERSHIP

routes = router("supervision")


class UnknownElection(Refusal):
    """No election of the council is recorded that fits."""

    slug = "unknown-election"
    status = 404
    title = N_("Unknown election")
    detail = N_("No election of the council fits {value}: record the election first.")


class ReportForm(Form):
    """A work report of a year."""

    year: Year = Field(examples=[2024])
    addressee: ReportAddressee
    filed_on: Day = Field(examples=["2025-03-20"])


class CheckForm(Form):
    """How a year's annual check came out."""

    year: Year = Field(examples=[2024])
    conclusion: CheckConclusion
    concluded_on: Day = Field(examples=["2025-06-20"])


class ChangeForm(Form):
    """A change that the supervisor consented to."""

    item: RegisteredItem
    consented_on: Day = Field(examples=["2025-06-02"])


class FilingForm(Form):
    """The day of a filing."""

    filed_on: Day = Field(examples=["2025-06-20"])


class PlanForm(Form):
    """A plan to renew a term."""

    term_ends_on: Day = Field(examples=["2025-12-28"])
    planned_on: Day = Field(examples=["2025-06-20"])


class RequestForm(Form):
    """Leave asked for an electoral assembly."""

    term_ends_on: Day = Field(examples=["2025-12-28"])
    assembly_on: Day = Field(examples=["2025-12-10"])
    requested_on: Day = Field(examples=["2025-06-20"])


class DeferralForm(Form):
    """Leave given to renew a term later."""

    term_ends_on: Day = Field(examples=["2025-05-28"])
    deferred_until: Day = Field(examples=["2026-03-28"])
    approved_on: Day = Field(examples=["2025-05-20"])


class ChangeRecorded(Told):
    """The change is recorded."""

    change: ChangeId = Field(examples=[EXAMPLE_ID])


@routes.post("/societies/{society}/work-reports", status_code=201, dependencies=[MEMBERSHIP["work-reports"].may_record])
async def file_report(society: SocietyId, form: ReportForm, work: Writing) -> Told:
    """Record a year's work report (年度工作报告) to the supervisor or to the registry."""
    keeper = await societies.hold(work.conn, society)
    news = rules.file_report(keeper, form.year, form.addressee, form.filed_on, today=work.today())
    return await _keep(work, news, f"{form.year}/{form.addressee}", form.filed_on, year=form.year)


@routes.post(
    "/societies/{society}/annual-checks", status_code=201, dependencies=[MEMBERSHIP["annual-checks"].may_record]
)
async def conclude_check(society: SocietyId, form: CheckForm, work: Writing) -> Told:
    """Record how a year's annual check (年检) came out."""
    keeper = await societies.hold(work.conn, society)
    news = rules.conclude_check(keeper, form.year, form.conclusion, form.concluded_on, today=work.today())
    return await _keep(work, news, str(form.year), form.concluded_on, year=form.year)


@routes.post("/societies/{society}/changes", status_code=201, dependencies=[MEMBERSHIP["changes"].may_record])
async def change_item(society: SocietyId, form: ChangeForm, work: Writing) -> ChangeRecorded:
    """Record a change of a registered item (登记事项变更) that the supervisor consented to."""
    keeper = await societies.hold(work.conn, society)
    change = work.new_id()
    news = rules.change_item(keeper, change, form.item, form.consented_on, today=work.today())
    alike = f"{form.item}/{form.consented_on}"
    check_new("item", form.item, await store.unwithdrawn(work.conn, society, RegisteredItemChanged, alike=alike))
    told = await _keep(work, news, change, form.consented_on, alike, change=change)
    return ChangeRecorded(change=change, event=told.event)


@routes.post(
    "/societies/{society}/changes/{change}/filing",
    status_code=201,
    dependencies=[MEMBERSHIP["change-filings"].may_record],
)
async def file_change(society: SocietyId, change: ChangeId, form: FilingForm, work: Writing) -> Told:
    """Record that a change was filed with the registry (变更登记)."""
    keeper = await societies.hold(work.conn, society)
    made = await store.unwithdrawn(work.conn, society, RegisteredItemChanged, key=change)
    if made is None:
        raise domain.UnknownRecord(field="change", value=change)
    news = rules.file_change(keeper, change, form.filed_on, consented_on=made.on, today=work.today())
    return await _keep(work, news, change, form.filed_on, change=change)


@routes.post(
    "/societies/{society}/elections/{elected_on}/filing",
    status_code=201,
    dependencies=[MEMBERSHIP["election-filings"].may_record],
)
async def file_election(society: SocietyId, elected_on: Day, form: FilingForm, work: Writing) -> Told:
    """Record that the outcome of a council's election was filed (换届备案)."""
    keeper = await societies.hold(work.conn, society)
    if not await store.has_election(work.conn, society, elected_on=elected_on):
        raise UnknownElection(field="elected_on", value=elected_on)
    news = rules.file_election(keeper, elected_on, form.filed_on, today=work.today())
    return await _keep(work, news, elected_on.isoformat(), form.filed_on, elected_on=elected_on)


@routes.post(
    "/societies/{society}/renewal-plans", status_code=201, dependencies=[MEMBERSHIP["renewal-plans"].may_record]
)
async def plan_renewal(society: SocietyId, form: PlanForm, work: Writing) -> Told:
    """Record the plan for the renewal of a term (换届方案)."""
    keeper = await societies.hold(work.conn, society)
    await _check_term(work, society, form.term_ends_on)
    news = rules.plan_renewal(keeper, form.term_ends_on, form.planned_on, today=work.today())
    return await _keep(work, news, form.term_ends_on.isoformat(), form.planned_on, term_ends_on=form.term_ends_on)


@routes.post(
    "/societies/{society}/renewal-requests", status_code=201, dependencies=[MEMBERSHIP["renewal-requests"].may_record]
)
async def request_renewal(society: SocietyId, form: RequestForm, work: Writing) -> Told:
    """Record that leave was asked for an electoral assembly (换届请示)."""
    keeper = await societies.hold(work.conn, society)
    await _check_term(work, society, form.term_ends_on)
    news = rules.request_renewal(keeper, form.term_ends_on, form.assembly_on, form.requested_on, today=work.today())
    return await _keep(work, news, form.term_ends_on.isoformat(), form.requested_on, term_ends_on=form.term_ends_on)


@routes.post("/societies/{society}/deferrals", status_code=201, dependencies=[MEMBERSHIP["deferrals"].may_record])
async def approve_deferral(society: SocietyId, form: DeferralForm, work: Writing) -> Told:
    """Record that supervisor and registry let a term be renewed later (批准延期换届)."""
    keeper = await societies.hold(work.conn, society)
    await _check_term(work, society, form.term_ends_on)
    news = rules.approve_deferral(keeper, form.term_ends_on, form.deferred_until, form.approved_on, today=work.today())
    return await _keep(work, news, form.term_ends_on.isoformat(), form.approved_on, term_ends_on=form.term_ends_on)


@routes.post("/societies/{society}/records/{event}/withdrawal", dependencies=[MEMBERSHIP["records"].may_withdraw])
async def withdraw_record(society: SocietyId, event: EventId, form: WithdrawalForm, work: Writing) -> Told:
    """Withdraw a record made for the supervisors or about a leader (撤销记录): what it says did not happen."""
    keeper = await societies.hold(work.conn, society)
    found = await store.record(work.conn, society, event)
    check_recorder(work, found.recorded_by, field="event", value=event)
    news = domain.withdraw(keeper, found, today=work.today())
    await store.withdraw(work.conn, found, today=work.today(), reason=form.reason)
    if found.type == LeaderElected.type:
        await store.update_leader(work.conn, found.key, withdrawn_on=work.today())
    elif found.type == LeaderLeft.type:
        await store.update_leader(work.conn, found.key, left_on=None)
    return Told(event=work.say(news))


async def _check_term(work: Writing, society: SocietyId, term_ends_on: date) -> None:
    if not await store.has_election(work.conn, society, term_ends_on=term_ends_on):
        raise UnknownElection(field="term_ends_on", value=term_ends_on)


async def _keep(
    work: Writing, news: SocietyEvent, key: str, on: date, alike: str | None = None, **named: object
) -> Told:
    """Says the news and keeps the record; the same thing only once. `named` is the field that names it."""
    ((field, value),) = named.items()
    check_new(field, value, await store.unwithdrawn(work.conn, news.subject, type(news), key=key))
    event = work.say(news)
    await store.add(work.conn, news.subject, Record(event, news.type, key, on, recorder(work), alike=alike))
    return Told(event=event)

"""What a society owes its supervisors: work reports, annual checks, changes filed, terms renewed in order."""

from typing import Annotated

from pydantic import Field

from contracts.event import ChangeId, SocietyEvent, Withdrawal
from contracts.values import Day, DayAhead, Year
from contracts.vocabulary import CheckConclusion, RegisteredItem, ReportAddressee

Period = Annotated[Year, Field(description="The calendar year that is reported on, or checked")]


class WorkReportFiled(SocietyEvent, type="membership.work-report-filed.v1"):
    """A society filed its work report of a year (报送年度工作报告). Told once per year and addressee."""

    year: Period
    addressee: ReportAddressee
    filed_on: Day


class WorkReportWithdrawn(Withdrawal, type="membership.work-report-withdrawn.v1", of=WorkReportFiled):
    """The record of a work report was withdrawn (撤销工作报告记录). Told once; that report was never filed."""


class AnnualCheckConcluded(SocietyEvent, type="membership.annual-check-concluded.v1"):
    """The registry concluded the annual check of a year (年检结论). Told once per year."""

    year: Period
    conclusion: CheckConclusion
    concluded_on: Day


class AnnualCheckWithdrawn(Withdrawal, type="membership.annual-check-withdrawn.v1", of=AnnualCheckConcluded):
    """The record of an annual check was withdrawn (撤销年检记录). Told once; it was never concluded so."""


class RegisteredItemChanged(SocietyEvent, type="membership.registered-item-changed.v1"):
    """The supervisor consented to a change of a registered item (变更登记事项). Told once; the change is then to file.

    ``consented_on`` is the day from which the thirty days of the regulations' article 18 run.
    """

    change: ChangeId
    item: RegisteredItem
    consented_on: Day


class ItemChangeWithdrawn(Withdrawal, type="membership.item-change-withdrawn.v1", of=RegisteredItemChanged):
    """The record of a change was withdrawn (撤销变更记录). Told once; nothing was changed."""


class ChangeFiled(SocietyEvent, type="membership.change-filed.v1"):
    """A society filed a change of a registered item with the registry (变更登记). Told once per change."""

    change: ChangeId
    filed_on: Day


class ChangeFilingWithdrawn(Withdrawal, type="membership.change-filing-withdrawn.v1", of=ChangeFiled):
    """The record of a change's filing was withdrawn (撤销变更登记记录). Told once; it was never filed."""


class ElectionFiled(SocietyEvent, type="membership.election-filed.v1"):
    """A society filed the outcome of its term renewal (换届备案). Told once per election, named by its day."""

    elected_on: Day
    filed_on: Day


class ElectionFilingWithdrawn(Withdrawal, type="membership.election-filing-withdrawn.v1", of=ElectionFiled):
    """The record of an election's filing was withdrawn (撤销换届备案记录). Told once; it was never filed."""


class RenewalPlanned(SocietyEvent, type="membership.renewal-planned.v1"):
    """A society sent in its plan for the renewal of a term (报送换届方案). Told once per term, named by its end."""

    term_ends_on: DayAhead
    planned_on: Day


class RenewalPlanWithdrawn(Withdrawal, type="membership.renewal-plan-withdrawn.v1", of=RenewalPlanned):
    """The record of a renewal plan was withdrawn (撤销换届方案记录). Told once; it was never sent in."""


class RenewalRequested(SocietyEvent, type="membership.renewal-requested.v1"):
    """A society asked leave to hold its electoral assembly (换届请示). Told once per term, named by its end."""

    term_ends_on: DayAhead
    assembly_on: DayAhead
    requested_on: Day


class RenewalRequestWithdrawn(Withdrawal, type="membership.renewal-request-withdrawn.v1", of=RenewalRequested):
    """The record of a renewal request was withdrawn (撤销换届请示记录). Told once; it was never made."""


class DeferralApproved(SocietyEvent, type="membership.deferral-approved.v1"):
    """Supervisor and registry let a term be renewed later (批准延期换届). Told once per term, named by its end."""

    term_ends_on: DayAhead
    deferred_until: DayAhead
    approved_on: Day


class DeferralWithdrawn(Withdrawal, type="membership.deferral-withdrawn.v1", of=DeferralApproved):
    """The record of a deferral was withdrawn (撤销延期换届记录). Told once; it was never approved."""

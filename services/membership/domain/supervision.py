"""What a society owes its supervisors: reports 年度工作报告, annual checks 年检, changes 变更, term renewal 换届."""

from datetime import date

from chassis.days import check_day
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import midnight
from contracts.event import ChangeId
from contracts.membership import (
    AnnualCheckConcluded,
    ChangeFiled,
    DeferralApproved,
    ElectionFiled,
    RegisteredItemChanged,
    RenewalPlanned,
    RenewalRequested,
    WorkReportFiled,
)
from contracts.vocabulary import CheckConclusion, RegisteredItem, ReportAddressee
from services.membership.domain.societies import Society


class YearNotOver(Refusal):
    """A year is reported on, and checked, when it is over."""

    slug = "year-not-over"
    title = N_("The year is not over")
    detail = N_("{value} was not over on {on}; the latest possible year is {latest}.")


class FiledTooEarly(Refusal):
    """Nothing is filed before it has happened."""

    slug = "filed-too-early"
    title = N_("Filed before it happened")
    detail = N_("What happened on {happened_on} cannot have been filed on {value}.")


class AssemblyBeforeRequest(Refusal):
    """Leave is asked for an assembly that is still to come."""

    slug = "assembly-before-request"
    title = N_("The assembly is not after the request")
    detail = N_("An assembly for which leave was asked on {requested_on} cannot be on {value}.")


class DeferralTooLong(Refusal):
    """A renewal is deferred by a year at most (charter template 章程示范文本), and to a day after the term's end."""

    slug = "deferral-too-long"
    title = N_("The deferral is not within a year of the term's end")
    detail = N_("A term that ends on {term_ends_on} can be deferred to a later day, by a year at most, not to {value}.")


def file_report(
    society: Society, year: int, addressee: ReportAddressee, filed_on: date, *, today: date
) -> WorkReportFiled:
    """Records a year's work report (条例 art. 28); that it is late is a finding for evaluation, no fault.

    Raises:
        YearNotOver, InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("filed_on", filed_on, registered_on=society.registered_on, today=today)
    _check_over(year, filed_on)
    return WorkReportFiled(
        subject=society.code, happened_at=midnight(filed_on), year=year, addressee=addressee, filed_on=filed_on
    )


def conclude_check(
    society: Society, year: int, conclusion: CheckConclusion, concluded_on: date, *, today: date
) -> AnnualCheckConcluded:
    """Records how a year's annual check came out.

    Raises:
        YearNotOver, InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("concluded_on", concluded_on, registered_on=society.registered_on, today=today)
    _check_over(year, concluded_on)
    return AnnualCheckConcluded(
        subject=society.code,
        happened_at=midnight(concluded_on),
        year=year,
        conclusion=conclusion,
        concluded_on=concluded_on,
    )


def change_item(
    society: Society, change: ChangeId, item: RegisteredItem, consented_on: date, *, today: date
) -> RegisteredItemChanged:
    """Records that the supervisor consented to a change; it is then to be filed within thirty days (条例 art. 18).

    Raises:
        InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("consented_on", consented_on, registered_on=society.registered_on, today=today)
    return RegisteredItemChanged(
        subject=society.code, happened_at=midnight(consented_on), change=change, item=item, consented_on=consented_on
    )


def file_change(society: Society, change: ChangeId, filed_on: date, *, consented_on: date, today: date) -> ChangeFiled:
    """Records that a change was filed.

    Raises:
        FiledTooEarly, InTheFuture, BeforeRegistration: not on that day.
    """
    _check_filed(society, filed_on, consented_on, today)
    return ChangeFiled(subject=society.code, happened_at=midnight(filed_on), change=change, filed_on=filed_on)


def file_election(society: Society, elected_on: date, filed_on: date, *, today: date) -> ElectionFiled:
    """Records that the outcome of a council's election was filed (换届备案).

    Raises:
        FiledTooEarly, InTheFuture, BeforeRegistration: not on that day.
    """
    _check_filed(society, filed_on, elected_on, today)
    return ElectionFiled(subject=society.code, happened_at=midnight(filed_on), elected_on=elected_on, filed_on=filed_on)


def plan_renewal(society: Society, term_ends_on: date, planned_on: date, *, today: date) -> RenewalPlanned:
    """Records the plan for the renewal of a term.

    Raises:
        InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("planned_on", planned_on, registered_on=society.registered_on, today=today)
    return RenewalPlanned(
        subject=society.code, happened_at=midnight(planned_on), term_ends_on=term_ends_on, planned_on=planned_on
    )


def request_renewal(
    society: Society, term_ends_on: date, assembly_on: date, requested_on: date, *, today: date
) -> RenewalRequested:
    """Records that a society asked leave to hold its electoral assembly.

    Raises:
        AssemblyBeforeRequest, InTheFuture, BeforeRegistration: not on these days.
    """
    check_day("requested_on", requested_on, registered_on=society.registered_on, today=today)
    if assembly_on <= requested_on:
        raise AssemblyBeforeRequest(field="assembly_on", value=assembly_on, requested_on=requested_on)
    return RenewalRequested(
        subject=society.code,
        happened_at=midnight(requested_on),
        term_ends_on=term_ends_on,
        assembly_on=assembly_on,
        requested_on=requested_on,
    )


def approve_deferral(
    society: Society, term_ends_on: date, deferred_until: date, approved_on: date, *, today: date
) -> DeferralApproved:
    """Records that supervisor and registry let a term be renewed later.

    Raises:
        DeferralTooLong, InTheFuture, BeforeRegistration: not on these days.
    """
    check_day("approved_on", approved_on, registered_on=society.registered_on, today=today)
    latest = (term_ends_on.year + 1, term_ends_on.month, term_ends_on.day)
    if deferred_until <= term_ends_on or (deferred_until.year, deferred_until.month, deferred_until.day) > latest:
        raise DeferralTooLong(field="deferred_until", value=deferred_until, term_ends_on=term_ends_on)
    return DeferralApproved(
        subject=society.code,
        happened_at=midnight(approved_on),
        term_ends_on=term_ends_on,
        deferred_until=deferred_until,
        approved_on=approved_on,
    )


def _check_over(year: int, on: date) -> None:
    if year >= on.year:
        raise YearNotOver(field="year", value=year, on=on, latest=on.year - 1)


def _check_filed(society: Society, filed_on: date, happened_on: date, today: date) -> None:
    check_day("filed_on", filed_on, registered_on=society.registered_on, today=today)
    if filed_on < happened_on:
        raise FiledTooEarly(field="filed_on", value=filed_on, happened_on=happened_on)

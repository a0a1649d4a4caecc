"""What a society owes its supervisors: on possible days, once, and withdrawn once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from chassis.refusals import Refusal
from contracts.event import Withdrawal
from contracts.membership import AnnualCheckConcluded, AnnualCheckWithdrawn
from contracts.vocabulary import CheckConclusion, Discipline, ReportAddressee
from services.membership.domain import supervision
from services.membership.domain.records import AlreadyRecorded, AlreadyWithdrawn, Record, check_new, withdraw
from services.membership.domain.societies import Society

TODAY = date(2025, 6, 30)
SOCIETY = Society("A-18", "中国动物学会", "51420000500000023Y", Discipline.SCIENCE, date(1991, 6, 30))
CHECK = Record(new_id(), AnnualCheckConcluded.type, "2024", date(2025, 6, 20), "association")


def report(filed_on: date, year: int = 2024) -> Any:
    return supervision.file_report(SOCIETY, year, ReportAddressee.REGISTRY, filed_on, today=TODAY)


def check(concluded_on: date, year: int = 2024) -> Any:
    return supervision.conclude_check(SOCIETY, year, CheckConclusion.PASSED, concluded_on, today=TODAY)


@pytest.mark.parametrize("record", [report, check])
def test_a_year_is_reported_on_and_checked_when_it_is_over(record: Callable[..., Any]) -> None:
    assert record(date(2025, 1, 1)).year == 2024
    for day, year, refusal in (
        (date(2024, 12, 31), 2024, supervision.YearNotOver),
        (date(2025, 7, 1), 2024, InTheFuture),
        (date(1991, 6, 29), 1990, BeforeRegistration),
    ):
        with pytest.raises(refusal):
            record(day, year)


@pytest.mark.parametrize(
    ("until", "refused"),
    [(date(2025, 5, 28), True), (date(2025, 5, 29), False), (date(2026, 5, 28), False), (date(2026, 5, 29), True)],
)
def test_a_term_is_deferred_by_a_year_at_most(until: date, *, refused: bool) -> None:
    def defer() -> object:
        return supervision.approve_deferral(SOCIETY, date(2025, 5, 28), until, date(2025, 5, 20), today=TODAY)

    if refused:
        with pytest.raises(supervision.DeferralTooLong):
            defer()
    else:
        defer()


def test_a_clash_names_the_record_and_the_value_that_was_sent() -> None:
    check_new("year", 2024, None)
    with pytest.raises(AlreadyRecorded) as refused:
        check_new("year", 2024, CHECK)

    assert (refused.value.field, refused.value.value, refused.value.clashes_with) == ("year", 2024, CHECK.event)
    assert CHECK.event in refused.value.explained("zh")


def test_a_record_is_withdrawn_once_by_the_event_that_belongs_to_its_type() -> None:
    news = withdraw(SOCIETY, CHECK, today=TODAY)

    assert (type(news), news.withdraws) == (AnnualCheckWithdrawn, CHECK.event)
    gone = Record(CHECK.event, CHECK.type, CHECK.key, CHECK.on, CHECK.recorded_by, withdrawn_on=TODAY)
    with pytest.raises(AlreadyWithdrawn):
        withdraw(SOCIETY, gone, today=TODAY)


def test_every_refusal_that_says_withdraw_it_first_names_what() -> None:
    def kinds(of: type[Refusal]) -> set[type[Refusal]]:
        return {of, *(kind for one in of.__subclasses__() for kind in kinds(one))}

    clashing = {
        kind for kind in kinds(Refusal) if "is already recorded" in kind.detail or "recorded already" in kind.detail
    }

    assert clashing
    assert {kind for kind in clashing if "{clashes_with}" not in kind.detail} == set()
    assert issubclass(AnnualCheckWithdrawn, Withdrawal)

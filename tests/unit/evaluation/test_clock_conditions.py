"""A condition asks how many duties of a clock are in a state; the answer changes by itself as the day turns."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Book, Fact, Outcome, Policy, SocietyLedger, explain, rate, rate_history
from tests.unit.evaluation.histories import SOCIETY, hubei, registered, told, withdrawn
from tests.unit.evaluation.little import TEXT, indicator, policy

CLOCK = {
    "clock": "yearly", "id": "report", "clause": "二", "title": {"zh": "报告", "en": "Report"}, "remedy": TEXT,
    "by": "03-31", "year": "year", "since": "2024-01-01", "told": {"event": "membership.work-report-filed.v1"},
}  # fmt: skip
MEETINGS: dict[str, Any] = {"meetings": {"fold": "count", "events": ["membership.meeting-held.v1"]}}
BOOKS = registered("1991-06-30")


def asking(state: str, at_least: int = 1, **more: Any) -> Policy:
    """A policy that pays a hundred points for so many duties in a state."""
    when = {"clock": "report", "state": state, "at_least": at_least}
    return policy(MEETINGS, indicator({"kind": "yes", "when": when}), clocks=[CLOCK], **more)


def barring(state: str = "breached") -> Policy:
    """A policy whose veto, rule and requirement look at a clock, and whose indicators do not."""
    when = {"clock": "report", "state": state}
    veto = {"id": "v", "clause": "二", "title": TEXT, "when": when, "caps": {"zero": {"whole": True}}}
    rule = {"id": "restructure", "title": TEXT, "clause": "二", "when": when}
    rest = {"id": "regular", "title": TEXT}
    ask = {"id": "e", "clause": "二", "title": TEXT, "when": {"not": when}}
    return policy(MEETINGS, clocks=[CLOCK], vetoes=[veto], classes={"rule": rule, "rest": rest}, eligibility=[ask])


def report(year: int, on: str) -> Fact:
    return told("membership.work-report-filed", on, year=year, addressee="supervisor", filed_on=on)


@pytest.mark.parametrize(
    ("facts", "state", "at_least", "on", "holds"),
    [
        ([], "due", 1, "2024-03-31", True),
        ([], "breached", 1, "2024-03-31", False),
        ([], "due", 2, "2024-04-01", False),
        ([], "breached", 1, "2024-04-01", True),
        ([], "breached", 2, "2025-03-31", False),
        ([], "breached", 2, "2025-04-01", True),
        ([report(2023, "2024-03-31")], "fulfilled", 1, "2024-03-31", True),
        ([report(2023, "2024-03-31")], "fulfilled", 1, "2024-03-30", False),
        ([report(2023, "2024-04-01")], "breached", 1, "2024-04-01", False),
        ([report(2023, "2024-04-01")], "late", 1, "2024-04-01", True),
        ([report(2023, "2024-03-31")], "late", 1, "2024-04-01", False),
    ],
)
def test_a_condition_holds_from_the_day_on_which_so_many_duties_are_in_the_state(
    facts: list[Fact], state: str, at_least: int, on: str, holds: bool
) -> None:
    rating = rate_history([BOOKS, *facts], asking(state, at_least), date.fromisoformat(on))

    assert rating.total == (1_000_000 if holds else 0)
    assert rating.completeness == "1"


def test_without_the_number_one_duty_is_enough() -> None:
    by = policy(MEETINGS, indicator({"kind": "yes", "when": {"clock": "report", "state": "breached"}}), clocks=[CLOCK])

    assert rate_history([BOOKS], by, date(2024, 4, 1)).total == 1_000_000


def test_vetoes_requirements_and_the_rule_of_restructuring_follow_a_duty_as_the_day_turns_and_it_is_done() -> None:
    book = Book(barring())
    book.fold([BOOKS])
    (before,), (breached,) = book.rate(date(2024, 3, 31)), book.rate(date(2024, 4, 1))
    moved = book.fold([report(2023, "2024-04-01")]).moved
    (done,) = book.rate(date(2024, 4, 1))

    assert (before.vetoes, before.ineligible, before.restructure) == ((), (), False)
    assert (breached.vetoes, breached.ineligible, breached.restructure) == (("v",), ("e",), True)
    assert moved == {SOCIETY}
    assert (done.vetoes, done.ineligible, done.restructure) == ((), (), False)


def test_a_withdrawn_record_fulfilled_nothing() -> None:
    filed = report(2023, "2024-03-01")
    ledger = SocietyLedger.of(barring(), SOCIETY, [BOOKS, filed, withdrawn(filed)])

    assert rate(ledger, date(2024, 4, 1)).vetoes == ("v",)


def test_a_figure_may_ask_for_a_clock() -> None:
    cases = [{"when": {"clock": "report", "state": "breached"}, "value": 4}]
    figures = {"off": {"figure": "cases", "title": TEXT, "cases": cases}}
    pays = indicator({"kind": "deductions", "deduct": {"off": {"each": "10"}}})
    ledger = SocietyLedger.of(policy(MEETINGS, pays, clocks=[CLOCK], figures=figures), SOCIETY, [BOOKS])

    assert [rate(ledger, date(2024, month, day)).total for month, day in ((3, 31), (4, 1))] == [1_000_000, 600_000]


def test_the_explanation_says_how_many_duties_and_which_records_are_behind_them() -> None:
    late = report(2023, "2024-04-01")
    by, day = asking("late"), date(2024, 4, 1)
    (found,) = explain([BOOKS, late], by, day).indicators

    assert found.finding.outcome is Outcome.MET
    (read,) = found.measures
    assert (read.title.en, read.value) == ("duties of “Report” fulfilled late", 1)
    assert [(one.fact.id, one.contributed) for one in found.evidence] == [(late.id, "2024-03-31")]
    assert "“报告”逾期后履行" in found.arithmetic.say("zh")


def test_a_veto_by_a_clock_says_what_it_asks_for() -> None:
    (veto,) = explain([BOOKS], barring(), date(2024, 4, 1)).vetoes

    assert veto.holds is True
    assert veto.words.say("en") == "duties of “Report” breached at least 1"


def test_a_policy_whose_conditions_name_no_clock_counts_no_duties() -> None:
    ledger = SocietyLedger.of(hubei(), SOCIETY, [BOOKS])
    values = ledger.values(date(2024, 4, 1))

    assert hubei().clocks
    assert not hubei().standings
    assert not [name for name in values if name.startswith("clock:")]

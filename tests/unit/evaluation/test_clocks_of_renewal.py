"""A renewal is planned and asked for in time: before the last day, a deferral's, the day planned, the election."""

import pytest

from services.evaluation.domain import Fact
from tests.unit.evaluation.clocked import BOOKS, duties, elected
from tests.unit.evaluation.histories import told


def test_a_renewal_is_planned_six_months_and_asked_for_two_months_ahead() -> None:
    ends = elected("2021-08-31", "2025-08-31")
    planned = told("membership.renewal-planned", "2025-03-01", term_ends_on="2025-08-31", planned_on="2025-03-01")
    early = elected("2025-05-20", "2029-05-20")

    assert duties([BOOKS, ends], "renewal-plan", "2025-02-28") == ["2021-08-31 2025-02-28 due -"]
    assert duties([BOOKS, ends, planned], "renewal-plan", "2025-03-01") == ["2021-08-31 2025-02-28 late 2025-03-01"]
    assert duties([BOOKS, ends, early], "renewal-request", "2025-05-20") == [
        "2021-08-31 2025-03-20 late 2025-05-20",
        "2025-05-20 2029-03-20 due -",
    ]


ENDS = elected("2021-08-31", "2025-08-31")


def deferred(until: str, on: str = "2025-06-20") -> Fact:
    return told("membership.deferral-approved", on, term_ends_on="2025-08-31", deferred_until=until, approved_on=on)


def asked(on: str, assembly_on: str) -> Fact:
    data = {"term_ends_on": "2025-08-31", "assembly_on": assembly_on, "requested_on": on}
    return told("membership.renewal-requested", on, **data)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        # Two months before the last day: of the term, or of its deferral.
        ([], "2025-06-30", "2025-06-30 due -"),
        ([], "2025-07-01", "2025-06-30 breached -"),
        ([deferred("2026-08-31")], "2025-07-01", "2026-06-30 due -"),
        ([deferred("2026-08-31")], "2026-06-30", "2026-06-30 due -"),
        ([deferred("2026-08-31")], "2026-07-01", "2026-06-30 breached -"),
        ([deferred("2027-01-31")], "2026-07-01", "2026-06-30 breached -"),  # a year at most
        # Two months before the assembly that is planned, where that is earlier.
        ([deferred("2026-08-31"), asked("2026-05-01", "2026-08-01")], "2026-07-01", "2026-06-01 fulfilled 2026-05-01"),
        ([deferred("2026-08-31"), asked("2026-06-01", "2026-08-01")], "2026-07-01", "2026-06-01 fulfilled 2026-06-01"),
        ([deferred("2026-08-31"), asked("2026-06-02", "2026-08-01")], "2026-07-01", "2026-06-01 late 2026-06-02"),
        ([deferred("2026-08-31"), asked("2026-06-30", "2026-10-01")], "2026-07-01", "2026-06-30 fulfilled 2026-06-30"),
        ([asked("2025-05-15", "2025-07-15")], "2025-07-01", "2025-05-15 fulfilled 2025-05-15"),
        ([asked("2025-05-16", "2025-07-15")], "2025-07-01", "2025-05-15 late 2025-05-16"),
        # A plan that is put off counts from the new day, what was asked first still as asked.
        (
            [deferred("2026-08-31"), asked("2026-05-20", "2026-07-01"), asked("2026-06-10", "2026-08-20")],
            "2026-06-30",
            "2026-06-20 fulfilled 2026-05-20",
        ),
    ],
)
def test_leave_is_asked_two_months_before_the_assembly_or_the_last_day(
    facts: list[Fact], on: str, expected: str
) -> None:
    assert duties([BOOKS, ENDS, *facts], "renewal-request", on) == [f"2021-08-31 {expected}"]


@pytest.mark.parametrize(
    ("held", "expected"),
    [("2026-07-31", "2026-05-31 late 2026-06-10"), ("2026-08-20", "2026-06-20 fulfilled 2026-06-10")],
)
def test_once_it_was_held_the_assembly_counts_and_not_the_plan(held: str, expected: str) -> None:
    facts = [BOOKS, ENDS, deferred("2026-08-31"), asked("2026-06-10", "2026-08-01")]

    assert duties(facts, "renewal-request", "2026-06-10") == ["2021-08-31 2026-06-01 late 2026-06-10"]
    found = duties([*facts, elected(held, "2030-08-31")], "renewal-request", held)
    assert found[0] == f"2021-08-31 {expected}"


def test_a_deferral_puts_the_plan_off_too() -> None:
    facts = [BOOKS, ENDS]

    assert duties(facts, "renewal-plan", "2025-03-01") == ["2021-08-31 2025-02-28 breached -"]
    found = duties([*facts, deferred("2026-08-31")], "renewal-plan", "2026-02-28")
    assert found == ["2021-08-31 2026-02-28 due -"]

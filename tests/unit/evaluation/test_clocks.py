"""What did not happen by its day is a finding on the next: every kind of clock, with both sides of its boundary."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import instant, midnight
from services.evaluation.domain import Fact, SocietyLedger, check_policy, clocks
from services.evaluation.domain.clocks import Duty, docket_of
from services.evaluation.domain.clocks.span import Span
from tests.unit.evaluation.clocked import BOOKS, duties, elected
from tests.unit.evaluation.histories import SOCIETY, hubei, meeting, registered, told, withdrawn
from tests.unit.evaluation.little import document, indicator


def report(year: int, on: str, addressee: str = "supervisor") -> Fact:
    return told("membership.work-report-filed", on, year=year, addressee=addressee, filed_on=on)


def leader(on: str = "2022-01-10", name: str = "l1", term: int = 1) -> Fact:
    return told("membership.leader-elected", on, leader=name, post="head", term_number=term, elected_on=on)


def limit(counts_from: str, on: str = "2025-01-02", name: str = "l1") -> Fact:
    return told("membership.leader-limit-approaching", on, leader=name, counts_from=counts_from)


def left(on: str, name: str = "l1") -> Fact:
    return told("membership.leader-left", on, leader=name, left_on=on)


def exempted(on: str, exceeds: str, name: str = "l1") -> Fact:
    return told("membership.leader-exempted", on, leader=name, exceeds=exceeds, approved_on=on)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ([], "2025-03-31", ["2024 2025-03-31 due -"]),
        ([], "2025-04-01", ["2024 2025-03-31 breached -", "2025 2026-03-31 due -"]),
        ([report(2024, "2025-03-31")], "2025-03-31", ["2024 2025-03-31 fulfilled 2025-03-31"]),
        ([report(2024, "2025-04-01")], "2025-04-01", ["2024 2025-03-31 late 2025-04-01", "2025 2026-03-31 due -"]),
        ([report(2023, "2025-03-31")], "2025-03-31", ["2024 2025-03-31 due -"]),
        ([report(2024, "2025-03-31", "registry")], "2025-03-31", ["2024 2025-03-31 due -"]),
        ([report(2024, "2025-03-31")], "2025-03-30", ["2024 2025-03-31 due -"]),
    ],
)
def test_a_yearly_report_is_due_by_its_date(facts: list[Fact], on: str, expected: list[str]) -> None:
    assert duties([BOOKS, *facts], "work-report-supervisor", on) == expected


def test_the_first_year_after_registration_is_exempt() -> None:
    assert duties([registered("2024-04-01")], "work-report-supervisor", "2025-06-01") == ["2025 2026-03-31 due -"]
    assert duties([registered("2024-03-31")], "work-report-supervisor", "2025-03-31") == ["2024 2025-03-31 due -"]


def test_nobody_has_a_duty_before_the_registration() -> None:
    assert duties([registered("2025-03-01")], "no-activity", "2025-02-28") == []
    assert duties([report(2024, "2025-03-01")], "work-report-supervisor", "2025-06-01") == []


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ([], "2025-06-30", ["2025H1 2025-06-30 due -"]),
        ([], "2025-07-01", ["2025H1 2025-06-30 breached -", "2025H2 2025-12-31 due -"]),
        (
            [meeting("2025-07-02", "standing-council")],
            "2025-07-02",
            ["2025H1 2025-06-30 late 2025-07-02", "2025H2 2025-12-31 fulfilled 2025-07-02"],
        ),
        ([meeting("2025-06-30", "standing-council", present=26)], "2025-06-30", ["2025H1 2025-06-30 due -"]),
        (
            [meeting("2025-06-30", "standing-council", present=27)],
            "2025-06-30",
            ["2025H1 2025-06-30 fulfilled 2025-06-30"],
        ),
        ([meeting("2025-06-30", "council")], "2025-06-30", ["2025H1 2025-06-30 due -"]),
    ],
)
def test_a_standing_council_meets_every_half_year_with_its_quorum(
    facts: list[Fact], on: str, expected: list[str]
) -> None:
    assert duties([BOOKS, *facts], "standing-council-meeting", on) == expected


TERM = elected("2021-05-28", "2025-05-28")


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ([], "2025-05-28", ["2021-05-28 2025-05-28 due -"]),
        ([], "2025-05-29", ["2021-05-28 2025-05-28 breached -"]),
        (
            [
                told(
                    "membership.deferral-approved", "2025-05-01", term_ends_on="2025-05-28", deferred_until="2026-01-31"
                )
            ],
            "2026-01-31",
            ["2021-05-28 2026-01-31 due -"],
        ),
        (
            [
                told(
                    "membership.deferral-approved", "2025-05-01", term_ends_on="2025-05-28", deferred_until="2027-01-31"
                )
            ],
            "2025-12-01",
            ["2021-05-28 2026-05-28 due -"],
        ),
        (
            [
                told(
                    "membership.deferral-approved", "2025-05-01", term_ends_on="2021-05-28", deferred_until="2022-05-28"
                )
            ],
            "2025-05-29",
            ["2021-05-28 2025-05-28 breached -"],
        ),
        (
            [elected("2025-06-10", "2029-06-10")],
            "2025-06-10",
            ["2021-05-28 2025-05-28 late 2025-06-10", "2025-06-10 2029-06-10 due -"],
        ),
    ],
)
def test_a_term_is_renewed_by_its_end_or_a_deferral_of_a_year_at_most(
    facts: list[Fact], on: str, expected: list[str]
) -> None:
    assert duties([BOOKS, TERM, *facts], "term-renewal", on) == expected


@pytest.mark.parametrize(("filed", "state"), [("2025-06-13", "fulfilled"), ("2025-06-14", "late")])
def test_an_election_is_filed_within_thirty_working_days(filed: str, state: str) -> None:
    # Friday 2 May 2025 and six weeks of five working days: Friday 13 June.
    facts = [BOOKS, elected("2025-05-02", "2029-05-02")]
    done = told("membership.election-filed", filed, elected_on="2025-05-02", filed_on=filed)

    assert duties([*facts, done], "election-filing", filed) == [f"2025-05-02 2025-06-13 {state} {filed}"]


def test_working_days_follow_the_list_of_holidays_if_there_is_one() -> None:
    friday = date(2025, 5, 2).toordinal()
    plain = Span.model_validate({"working_days": 2})
    listed = Span.model_validate({"working_days": 2, "holidays": ["2025-05-05"], "workdays": ["2025-05-04"]})

    assert date.fromordinal(plain.after(friday)) == date(2025, 5, 6)
    assert date.fromordinal(listed.after(friday)) == date(2025, 5, 6)
    assert date.fromordinal(Span.model_validate({"years": 1}).after(date(2024, 2, 29).toordinal())) == date(2025, 2, 28)


@pytest.mark.parametrize(("filed", "state"), [("2025-06-01", "fulfilled"), ("2025-06-02", "late")])
def test_a_change_is_filed_within_thirty_days(filed: str, state: str) -> None:
    made = told("membership.registered-item-changed", "2025-05-02", change="c1", item="name", consented_on="2025-05-02")
    other = told("membership.change-filed", "2025-05-03", change="c2", filed_on="2025-05-03")
    done = told("membership.change-filed", filed, change="c1", filed_on=filed)

    assert duties([BOOKS, made, other, done], "change-filing", filed) == [f"c1 2025-06-01 {state} {filed}"]


@pytest.mark.parametrize(
    ("seats", "expected"),
    [(10, "2025-02-02 2025-02-02 fulfilled 2025-02-02"), (11, "2025-02-02 2025-02-01 breached -")],
)
def test_a_standing_council_is_a_third_of_the_council_at_most(seats: int, expected: str) -> None:
    facts = [BOOKS, elected("2025-02-01", "2029-02-01"), elected("2025-02-02", "2029-02-01", "standing-council", seats)]

    assert duties(facts, "standing-council-third", "2025-03-01") == [expected]


def test_a_standing_council_too_large_is_cured_when_the_council_grows() -> None:
    large = elected("2025-02-02", "2029-02-01", "standing-council", 11)
    facts = [BOOKS, elected("2025-02-01", "2029-02-01"), large, elected("2025-04-01", "2029-02-01", seats=33)]

    assert duties(facts, "standing-council-third", "2025-04-01")[0] == "2025-02-02 2025-02-01 late 2025-04-01"


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ([], "2025-06-30", ["l1 2025-06-30 due -"]),
        ([], "2025-07-01", ["l1 2025-06-30 breached -"]),
        ([left("2025-06-30")], "2025-07-01", ["l1 2025-06-30 fulfilled 2025-06-30"]),
        ([left("2025-07-01")], "2025-07-01", ["l1 2025-06-30 late 2025-07-01"]),
        ([left("2025-06-01", "l2")], "2025-07-01", ["l1 2025-06-30 breached -"]),
        ([exempted("2025-05-01", "age")], "2025-07-01", ["l1 2025-06-30 fulfilled 2025-05-01"]),
        ([exempted("2025-05-01", "terms")], "2025-07-01", ["l1 2025-06-30 breached -"]),
    ],
)
def test_a_leader_is_out_of_office_or_exempted_when_the_age_limit_counts(
    facts: list[Fact], on: str, expected: list[str]
) -> None:
    assert duties([BOOKS, leader(), limit("2025-07-01"), *facts], "leader-age", on) == expected


def test_a_leader_elected_above_the_limit_is_in_breach_from_the_election_on() -> None:
    facts = [BOOKS, leader("2025-08-10"), limit("2025-07-01", "2025-08-10")]

    assert duties(facts, "leader-age", "2025-08-10") == ["l1 2025-08-09 breached -"]


@pytest.mark.parametrize(("term", "expected"), [(2, []), (3, ["l1 2025-02-28 breached -"])])
def test_a_third_term_is_a_breach(term: int, expected: list[str]) -> None:
    assert duties([BOOKS, leader("2025-03-01", term=term)], "leader-terms", "2025-03-01") == expected


def test_a_year_without_activity_is_a_breach_until_something_happens() -> None:
    first, later = meeting("2025-02-10"), meeting("2026-02-11")

    assert duties([BOOKS, first], "no-activity", "2026-02-10")[-1] == "2025-02-10 2026-02-10 due -"
    assert duties([BOOKS, first, later], "no-activity", "2026-02-11") == [
        "2025-02-10 2026-02-10 late 2026-02-11",
        "2026-02-11 2027-02-11 due -",
    ]


def test_a_withdrawn_report_opens_the_breach_again() -> None:
    filed = report(2024, "2025-03-01")
    back = withdrawn(filed)

    assert duties([BOOKS, filed, back], "work-report-supervisor", "2025-04-01")[0] == "2024 2025-03-31 breached -"


DAYS = st.dates(date(2024, 6, 1), date(2027, 6, 30))
SHAPES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "membership.society-registered": {"name": st.just("甲"), "discipline": st.just("science")},
    "membership.work-report-filed": {"year": st.integers(2023, 2026), "addressee": st.just("supervisor")},
    "membership.meeting-held": {
        "organ": st.sampled_from(["council", "standing-council"]),
        "entitled": st.just(30),
        "present": st.integers(18, 22),
    },
    "membership.council-elected": {
        "organ": st.sampled_from(["council", "standing-council"]),
        "seats": st.integers(3, 40),
        "elected_on": DAYS.map(date.isoformat),
        "term_ends_on": DAYS.map(date.isoformat),
    },
    "membership.deferral-approved": {
        "term_ends_on": DAYS.map(date.isoformat),
        "deferred_until": DAYS.map(date.isoformat),
    },
    "membership.leader-elected": {"leader": st.sampled_from("ab"), "term_number": st.integers(1, 4)},
    "membership.leader-left": {"leader": st.sampled_from("ab")},
    "membership.leader-limit-approaching": {"leader": st.sampled_from("ab"), "counts_from": DAYS.map(date.isoformat)},
    "membership.registered-item-changed": {"change": st.sampled_from("ab")},
    "membership.change-filed": {"change": st.sampled_from("ab")},
}


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A registration, up to twenty records, and withdrawals of some."""
    facts = [registered("2024-06-15")]
    for event in draw(st.lists(st.sampled_from(sorted(SHAPES)), max_size=20)):
        data = {field: draw(values) for field, values in SHAPES[event].items()}
        recorded = instant(midnight(draw(DAYS)))
        facts.append(told(event, draw(DAYS), id_=str(draw(st.uuids())), recorded=recorded, **data))
    wrong = draw(st.lists(st.sampled_from(facts), max_size=3, unique_by=lambda fact: fact.id))
    return [*facts, *(withdrawn(fact, id_=str(draw(st.uuids()))) for fact in wrong)]


def found(facts: Sequence[Fact], day: date) -> tuple[Duty, ...]:
    return docket_of(hubei().clocks, hubei().society.event, facts).duties(day.toordinal())


@given(histories(), DAYS, st.data())
def test_any_order_and_any_repetition_find_the_same_duties(facts: list[Fact], day: date, data: st.DataObject) -> None:
    repeated = [*facts, *data.draw(st.lists(st.sampled_from(facts), max_size=5))]

    assert found(data.draw(st.permutations(repeated)), day) == found(facts, day)


@given(histories(), DAYS)
def test_what_was_withdrawn_never_was(facts: list[Fact], day: date) -> None:
    back = {fact.data.get("withdraws") for fact in facts}

    assert found(facts, day) == found([fact for fact in facts if fact.id not in back], day)


@given(histories(), st.lists(DAYS, min_size=1, max_size=8), st.data())
def test_a_docket_kept_up_fact_by_fact_and_day_by_day_is_one_made_from_scratch(
    facts: list[Fact], days: list[date], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(facts))
    ledger = SocietyLedger(hubei(), SOCIETY)
    for place, fact in enumerate(shuffled, start=1):
        ledger.fold(fact)
        if ledger.stale:
            ledger = SocietyLedger.of(hubei(), SOCIETY, shuffled[:place])
        day = days[place % len(days)]
        assert ledger.docket.duties(day.toordinal()) == found(shuffled[:place], day)


@given(histories(), DAYS)
def test_what_happens_later_changes_no_duty_of_an_earlier_day(facts: list[Fact], day: date) -> None:
    plain = [fact for fact in facts if "withdraws" not in fact.data]

    assert found(plain, day) == found([fact for fact in plain if fact.on <= day], day)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"told": {"event": "membership.nothing-happened.v1"}}, "There is no event membership.nothing-happened.v1"),
        ({"year": "no_such_field"}, "membership.work-report-filed.v1 has no field no_such_field"),
        ({"by": "02-30"}, "by: 02-30 cannot stand here: a date that every year has is written MM-DD, such as 03-31"),
        ({"by": "02-29"}, "by: 02-29 cannot stand here: a date that every year has is written MM-DD, such as 03-31"),
        ({"clock": "monthly"}, "Unknown kind monthly; there are:"),
        ({"exempt_first": {"years": 1, "days": 2}}, "a span has one length"),
        (
            {"clock": "term", "told": None, "deferred": {"event": "membership.deferral-approved.v1"}},
            "a deferral is named by deferred",
        ),
    ],
)
def test_a_clock_that_cannot_be_is_named_with_its_line(change: dict[str, Any], message: str) -> None:
    text = {"zh": "文", "en": "text"}
    event = {"event": "membership.work-report-filed.v1"}
    clock = {"clock": "yearly", "id": "report", "clause": "一", "title": text, "remedy": text, "told": event}
    clock |= {"by": "03-31", "year": "year"} | change
    if clock["clock"] == "term":
        elections = {"begins": {"event": "membership.council-elected.v1"}, "ends": "term_ends_on"}
        clock = {key: one for key, one in clock.items() if key not in {"told", "by", "year"}} | elections
    measure = {"fold": "count", "events": ["membership.meeting-held.v1"]}
    score = {"kind": "yes", "when": {"measure": "meetings", "equals": 1}}
    checked = check_policy(document({"meetings": measure}, indicator(score), clocks=[clock, clock | {"by": "03-31"}]))

    assert isinstance(checked, list)
    assert any(error.sentence.say("en").startswith(message) and error.line > 1 for error in checked)


def test_every_kind_of_clock_is_in_the_policy_that_is_shipped() -> None:
    assert {clock.kind for clock in hubei().clocks} == set(clocks.clocks)

from dataclasses import replace
from datetime import date

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from chassis.refusals import Refusal, SeveralFaults
from contracts.vocabulary import Discipline, Organ
from services.membership.domain.elections import (
    Election,
    ElectionRecorded,
    FrontLineExceedsSeats,
    TermEndsTooEarly,
    TermTooLong,
    YoungExceedsSeats,
    elect,
)
from services.membership.domain.societies import Society

TODAY = date(2025, 6, 30)
SOCIETY = Society("A-18", "中国动物学会", "51420000500000023Y", Discipline.SCIENCE, date(1991, 6, 30))
COUNCIL = Election(Organ.COUNCIL, 77, 60, 30, date(2025, 6, 28), date(2029, 6, 28))


def refused(election: Election, *, recorded: str | None = False) -> Refusal:
    with pytest.raises(Refusal) as raised:
        elect(SOCIETY, election, recorded=recorded, today=TODAY)
    return raised.value


def test_an_election_is_told_in_numbers() -> None:
    news = elect(SOCIETY, COUNCIL, recorded=None, today=TODAY)

    assert news.data() == {
        "organ": "council",
        "seats": 77,
        "front_line": 60,
        "young": 30,
        "elected_on": "2025-06-28",
        "term_ends_on": "2029-06-28",
    }


def test_a_council_may_be_wholly_front_line_and_wholly_young_or_neither() -> None:
    elect(SOCIETY, replace(COUNCIL, front_line=77, young=77), recorded=None, today=TODAY)
    elect(SOCIETY, replace(COUNCIL, front_line=0, young=0), recorded=None, today=TODAY)


def test_no_more_can_be_front_line_or_young_than_have_seats() -> None:
    assert type(refused(replace(COUNCIL, front_line=78))) is FrontLineExceedsSeats
    assert type(refused(replace(COUNCIL, young=78))) is YoungExceedsSeats


@pytest.mark.parametrize(
    ("elected_on", "term_ends_on", "fault"),
    [
        (date(2025, 6, 28), date(2025, 6, 27), TermEndsTooEarly),
        (date(2025, 6, 28), date(2025, 6, 28), TermEndsTooEarly),
        (date(2025, 6, 28), date(2025, 6, 29), None),
        (date(2025, 6, 28), date(2030, 6, 28), None),
        (date(2025, 6, 28), date(2030, 6, 29), TermTooLong),
        (date(2025, 6, 28), date(9999, 12, 31), TermTooLong),
        (date(2024, 2, 29), date(2029, 2, 28), None),
        (date(2024, 2, 29), date(2029, 3, 1), TermTooLong),
        (date(2023, 2, 28), date(2028, 2, 28), None),
        (date(2023, 2, 28), date(2028, 2, 29), TermTooLong),
        (date(2024, 12, 31), date(2029, 12, 31), None),
        (date(2024, 12, 31), date(2030, 1, 1), TermTooLong),
    ],
)
def test_a_term_is_five_years_at_most(elected_on: date, term_ends_on: date, fault: type | None) -> None:
    election = replace(COUNCIL, elected_on=elected_on, term_ends_on=term_ends_on)

    if fault is None:
        elect(SOCIETY, election, recorded=None, today=TODAY)
    else:
        assert type(refused(election)) is fault


def test_an_election_lies_between_the_registration_and_today() -> None:
    for day in (SOCIETY.registered_on, TODAY):
        term_ends_on = day.replace(year=day.year + 4)
        elect(SOCIETY, replace(COUNCIL, elected_on=day, term_ends_on=term_ends_on), recorded=None, today=TODAY)

    before = refused(replace(COUNCIL, elected_on=date(1991, 6, 29), term_ends_on=date(1995, 6, 29)))
    after = refused(replace(COUNCIL, elected_on=date(2025, 7, 1)))
    assert [type(before), type(after)] == [BeforeRegistration, InTheFuture]


def test_everything_that_is_wrong_with_an_election_is_named_at_once() -> None:
    fault = refused(Election(Organ.COUNCIL, 5, 6, 7, date(9999, 12, 31), date(2025, 1, 1)), recorded=new_id())

    assert isinstance(fault, SeveralFaults)
    assert [one.field for one in fault.errors] == ["front_line", "young", "elected_on", "term_ends_on"]


def test_an_election_is_recorded_once() -> None:
    assert type(refused(COUNCIL, recorded=new_id())) is ElectionRecorded

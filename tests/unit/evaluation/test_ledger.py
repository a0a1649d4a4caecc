from datetime import date

from contracts.calendar import midnight
from contracts.membership import MeetingHeld
from contracts.vocabulary import MeetingOrgan
from services.evaluation.domain import Book, Fact, rate_everyone, rate_history
from tests.unit.evaluation.histories import (
    SOCIETY,
    TODAY,
    activity,
    admitted,
    hubei,
    meeting,
    registered,
    told,
)


def test_hearing_the_same_event_twice_changes_nothing() -> None:
    book, member = Book(hubei()), admitted(number=300)
    book.fold([registered(), member])
    before = book.rate(TODAY)

    assert not book.fold([member]).moved
    assert book.rate(TODAY) == before


def test_a_rating_nothing_moved_is_the_very_same_object() -> None:
    book = Book(hubei())
    book.fold([registered(), registered(society="B-01"), admitted(society="B-01")])
    one, other = book.rate(TODAY)

    book.fold([admitted(number=400, society="B-01"), meeting(present=1)])
    one_now, other_now = book.rate(TODAY)

    assert one_now is one
    assert other_now.total > other.total


def test_a_veto_that_no_indicator_looks_at_still_moves_the_rating() -> None:
    book = Book(hubei())
    book.fold([registered("2018-06-01")])
    assert book.rate(TODAY)[0].vetoes == ("no-party-organisation",)

    book.fold([told("membership.party-organisation-established", form="own")])
    assert book.rate(TODAY)[0].vetoes == ()


def test_an_event_nobody_measures_opens_no_ledger() -> None:
    book = Book(hubei())

    book.fold([told("evaluation.day-turned", society="calendar", day="2018-06-30")])

    assert book.ledgers == {}


def test_facts_of_a_society_not_yet_on_the_books_are_kept_until_it_is() -> None:
    book = Book(hubei())
    book.fold([admitted(number=300)])
    assert book.rate(TODAY) == []

    book.fold([registered(name="动物学会")])
    (rating,) = book.rate(TODAY)

    assert (rating.name, rating.peer_group, rating.total) == ("动物学会", "science", 80_000)


def test_a_society_is_on_the_board_from_the_day_of_its_registration() -> None:
    book = Book(hubei())
    book.fold([registered("2018-06-15")])

    assert book.rate(date(2018, 6, 14)) == []
    assert len(book.rate(date(2018, 6, 15))) == 1


def test_everyone_is_rated_as_alone() -> None:
    facts = [registered(), meeting(), registered(society="B-01"), admitted(society="B-01"), activity()]

    assert rate_everyone(facts, hubei(), TODAY) == [
        rate_history(facts, hubei(), TODAY, society=society) for society in (SOCIETY, "B-01")
    ]


def test_a_fact_falls_on_the_date_it_has_here() -> None:
    def day(time: str) -> str:
        return Fact.make(id="i", type="t", subject="s", time=time, recorded=time, data={}).on.isoformat()

    assert day("2018-06-29T15:59:59.999999Z") == "2018-06-29"
    assert day("2018-06-29T16:00:00.000000Z") == "2018-06-30"
    assert day("2018-12-31T16:00:00.000000Z") == "2019-01-01"


def test_a_fact_of_an_event_says_what_the_event_says() -> None:
    held = MeetingHeld(
        subject=SOCIETY,
        happened_at=midnight(TODAY),
        meeting="0197b0c0-0000-7000-8000-000000000001",
        organ=MeetingOrgan.COUNCIL,
        entitled=40,
        present=30,
        held_on=TODAY,
    )

    fact = Fact.of_event(held, id="i", recorded="r")

    assert (fact.type, fact.on, fact.data["organ"]) == ("membership.meeting-held.v1", TODAY, "council")


def test_a_value_of_the_wrong_shape_is_passed_over_and_breaks_nothing() -> None:
    odd = [
        told("membership.meeting-held", organ=["council"], entitled="40", present=None),
        told("membership.members-admitted", kind="individual", count="many"),
        told("events.activity-held", kind="salon", role="host"),
        told("membership.council-elected", organ="council"),
        told("membership.council-elected", organ="council", seats=["40"], term_ends_on="soon"),
        told("membership.branch-filed", branch={"id": 1}),
        told("events.activity-held", kind="forum", role="host", level=["national"]),
    ]

    assert rate_history(odd, hubei(), TODAY) == rate_history([], hubei(), TODAY, society=SOCIETY)

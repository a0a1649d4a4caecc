"""Whatever the order of arrival and however often a fact comes, the rating is the same, bit for bit."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Book, Fact, Rating, SocietyLedger, rank, rate, rate_history, ratings_hash
from tests.unit.evaluation.histories import SOCIETY, TODAY, events, histories, hubei

DAYS = st.dates(date(2016, 1, 1), date(2020, 12, 31))


def sealed(*ratings: Rating) -> str:
    return ratings_hash(rank(ratings, hubei()))


def heard_in_pieces(facts: Sequence[Fact], days: Sequence[date]) -> SocietyLedger:
    """A ledger that lived through the facts, looked at in between, folded anew when it had to be."""
    ledger = SocietyLedger(hubei(), SOCIETY)
    for place, fact in enumerate(facts, start=1):
        expected = ledger.needs_refold(fact)
        ledger.fold(fact)
        assert ledger.stale == expected
        if ledger.stale:
            ledger = SocietyLedger.of(hubei(), SOCIETY, facts[:place])
        if days:
            rate(ledger, days[place % len(days)])
    return ledger


@given(histories(), st.data())
def test_any_order_and_any_repetition_give_the_same_rating(facts: Sequence[Fact], data: st.DataObject) -> None:
    repeated = [*facts, *data.draw(st.lists(st.sampled_from(facts), max_size=6))]
    shuffled = data.draw(st.permutations(repeated))

    assert rate_history(shuffled, hubei(), TODAY) == rate_history(facts, hubei(), TODAY)
    assert sealed(rate_history(shuffled, hubei(), TODAY)) == sealed(rate_history(facts, hubei(), TODAY))


@given(histories(), st.lists(DAYS, max_size=4), st.data())
def test_a_ledger_kept_up_fact_by_fact_is_one_made_from_scratch(
    facts: Sequence[Fact], days: Sequence[date], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(facts))

    assert rate(heard_in_pieces(shuffled, days), TODAY) == rate_history(facts, hubei(), TODAY)


@given(histories(), DAYS, DAYS)
def test_looking_at_another_day_leaves_no_trace(facts: Sequence[Fact], one: date, other: date) -> None:
    ledger = SocietyLedger.of(hubei(), SOCIETY, facts)
    first = rate(ledger, one)
    rate(ledger, other)

    assert rate(ledger, one) == first == rate_history(facts, hubei(), one)


@given(st.lists(events(), max_size=20, unique_by=lambda fact: fact.id), DAYS)
def test_what_happens_later_changes_no_rating_of_an_earlier_day(facts: Sequence[Fact], day: date) -> None:
    until = [fact for fact in facts if fact.on <= day]

    assert rate_history(facts, hubei(), day, society=SOCIETY) == rate_history(until, hubei(), day, society=SOCIETY)


@given(st.lists(events(), max_size=20, unique_by=lambda fact: fact.id), st.integers(1, 5))
def test_the_cut_into_batches_does_not_matter(facts: Sequence[Fact], size: int) -> None:
    whole, pieces = Book(hubei()), Book(hubei())
    whole.fold(facts)
    for start in range(0, len(facts), size):
        pieces.fold(facts[start : start + size])
        pieces.rate(TODAY)

    assert pieces.rate(TODAY) == whole.rate(TODAY)


@given(histories(), DAYS)
def test_points_never_exceed_what_is_known_nor_that_what_applies(facts: Sequence[Fact], day: date) -> None:
    rating = rate_history(facts, hubei(), day)

    assert 0 <= rating.total <= rating.known <= rating.max <= hubei().full
    assert rating.total == sum(finding.points for finding in rating.findings)
    assert all(0 <= finding.points <= finding.max for finding in rating.findings)

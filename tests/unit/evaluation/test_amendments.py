"""A wrong record, once withdrawn or corrected, leaves no trace in the rating."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Book, Fact, SocietyLedger, StaleLedger, rate, rate_history
from tests.unit.evaluation.histories import (
    SOCIETY,
    TODAY,
    activity,
    corrected,
    events,
    hubei,
    meeting,
    registered,
    told,
    withdrawn,
)

EARLY, LATE = "2018-07-02T00:00:00.000000Z", "2018-07-03T00:00:00.000000Z"


def rated(*facts: Fact, known_at: str | None = None) -> dict[str, int]:
    rating = rate_history(facts, hubei(), TODAY, known_at, society=SOCIETY)
    return {finding.indicator: finding.points for finding in rating.findings}


@given(st.lists(events(), min_size=1, max_size=12, unique_by=lambda fact: fact.id), st.data())
def test_a_withdrawal_gives_the_history_without_the_wrong_record(facts: list[Fact], data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(facts))
    right = [fact for fact in facts if fact is not wrong]

    assert rated(*data.draw(st.permutations([*facts, withdrawn(wrong)]))) == rated(*right)


@given(st.lists(events(), max_size=12, unique_by=lambda fact: fact.id), st.data())
def test_a_correction_gives_the_history_with_the_right_record_in_the_first_place(
    facts: Sequence[Fact], data: st.DataObject
) -> None:
    wrong = activity("2018-02-01", kind="salon")
    right = activity("2018-03-01", kind="forum", level="national")._replace(id=wrong.id)
    correction = corrected(wrong, on=right.on, **right.data)

    assert rated(*data.draw(st.permutations([*facts, wrong, correction]))) == rated(*facts, right)


def test_of_two_corrections_the_one_recorded_last_stands() -> None:
    wrong = activity(kind="lecture")
    first, last = corrected(wrong, EARLY, kind="salon"), corrected(wrong, LATE, kind="matchmaking")

    assert rated(last, wrong, first) == rated(activity(kind="matchmaking"))


def test_a_withdrawal_outweighs_a_correction_whichever_comes_last() -> None:
    wrong = activity()

    assert rated(wrong, withdrawn(wrong, EARLY), corrected(wrong, LATE, kind="forum")) == rated()


def test_a_withdrawn_correction_leaves_the_record_as_it_was() -> None:
    record = activity(kind="salon")
    correction = corrected(record, EARLY, kind="forum")

    assert rated(record, correction, withdrawn(correction, LATE)) == rated(record)


def test_a_correction_can_move_a_record_out_of_the_window() -> None:
    record = activity("2018-01-01")

    assert rated(record, corrected(record, on=date(2017, 6, 30))) == rated()
    assert rated(record, corrected(record, on=date(2017, 7, 1))) == rated(record)


def test_what_was_not_yet_known_does_not_count() -> None:
    held = meeting(recorded=EARLY)
    facts = [held, withdrawn(held, LATE)]

    assert rated(*facts, known_at="2018-07-01T00:00:00.000000Z")["council-meetings"] == 0
    assert rated(*facts, known_at=EARLY)["council-meetings"] == 30_000
    assert rated(*facts, known_at=LATE)["council-meetings"] == 0


def test_only_an_amendment_of_what_was_counted_asks_for_a_new_fold() -> None:
    ledger, held = SocietyLedger(hubei(), SOCIETY), meeting()
    amendment = withdrawn(held)

    assert not ledger.needs_refold(amendment)
    ledger.fold(held)
    assert ledger.needs_refold(amendment)
    ledger.fold(amendment)
    assert not ledger.needs_refold(amendment)


def test_a_withdrawal_waits_for_a_record_that_comes_late() -> None:
    ledger, held = SocietyLedger(hubei(), SOCIETY), meeting()

    assert not ledger.fold(withdrawn(held))
    assert not ledger.fold(held)
    assert rate(ledger, TODAY).findings == rate_history([], hubei(), TODAY, society=SOCIETY).findings


def test_a_stale_ledger_gives_no_rating_until_it_is_folded_anew() -> None:
    book, held = Book(hubei()), meeting()
    facts = [registered(), held, withdrawn(held)]

    assert book.fold(facts).stale == {SOCIETY}
    with pytest.raises(StaleLedger, match=SOCIETY):
        book.rate(TODAY)
    book.refold(SOCIETY, facts)
    assert book.rate(TODAY) == [rate_history(facts, hubei(), TODAY)]


def test_a_withdrawal_of_what_nobody_measures_changes_nothing() -> None:
    book = Book(hubei())
    announced = told("events.activity-announced", activity="a")

    folded = book.fold([announced, withdrawn(announced)])

    assert not folded.stale
    assert not folded.moved

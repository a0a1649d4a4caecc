"""What must be true under every policy, also those that nobody here has seen."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain import Book, Fact, Outcome, Policy, explain, rank, rate, rate_history, ratings_hash
from services.evaluation.domain.rating import Rating
from tests.unit.evaluation.histories import SOCIETY, TODAY, corrected, events, histories, withdrawn
from tests.unit.evaluation.policies import policies

DAYS = st.dates(date(2016, 1, 1), date(2020, 12, 31))
MANY = settings(max_examples=60)


@MANY
@given(policies(), histories(), st.data())
def test_any_order_and_any_repetition_give_the_same_rating(
    by: Policy, facts: Sequence[Fact], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations([*facts, *data.draw(st.lists(st.sampled_from(facts), max_size=4))]))
    one, other = rate_history(facts, by, TODAY), rate_history(shuffled, by, TODAY)

    assert one == other
    assert ratings_hash(rank([one], by)) == ratings_hash(rank([other], by))


@MANY
@given(policies(), histories(), st.lists(DAYS, min_size=1, max_size=4), st.integers(1, 5))
def test_after_every_batch_the_live_rating_is_the_one_made_from_scratch(
    by: Policy, facts: Sequence[Fact], days: Sequence[date], size: int
) -> None:
    book = Book(by)
    for start in range(0, len(facts), size):
        heard = facts[: start + size]
        for society in book.fold(facts[start : start + size]).stale:
            book.refold(society, heard)
        day = days[start % len(days)]
        if SOCIETY in book.ledgers:
            assert rate(book.ledgers[SOCIETY], day) == rate_history(heard, by, day, society=SOCIETY)


@MANY
@given(policies(), st.lists(events(), min_size=1, max_size=12, unique_by=lambda fact: fact.id), st.data())
def test_a_withdrawn_record_was_never_made_and_a_corrected_one_always_right(
    by: Policy, facts: Sequence[Fact], data: st.DataObject
) -> None:
    wrong = data.draw(st.sampled_from(facts))
    rest = [fact for fact in facts if fact is not wrong]
    right = wrong._replace(day=TODAY.toordinal() - 9, time="2018-06-20T16:00:00.000000Z")

    gone = rate_history([*facts, withdrawn(wrong)], by, TODAY, society=SOCIETY)
    assert gone == rate_history(rest, by, TODAY, society=SOCIETY)
    mended = rate_history([*facts, corrected(wrong, on=right.on)], by, TODAY, society=SOCIETY)
    assert mended == rate_history([*rest, right], by, TODAY, society=SOCIETY)


@MANY
@given(policies(), histories(), DAYS)
def test_points_are_whole_units_within_their_limits_and_every_one_is_explained(
    by: Policy, facts: Sequence[Fact], day: date
) -> None:
    explanation = explain(facts, by, day, society=SOCIETY)
    rating = explanation.rating

    assert all(type(number) is int for number in (rating.total, rating.max, rating.known, rating.cut))
    assert 0 <= rating.total <= rating.max + 4 * 10_000
    assert rating.known <= rating.max <= by.full_under(rating.profile)
    for found in rating.findings:
        assert type(found.points) is int
        assert found.points <= found.max
        assert found.extra or found.points >= 0
        assert found.outcome is not Outcome.UNKNOWN or found.open > 0
        assert max(found.points, 0) + found.open <= found.max
    _grades_and_classes_are_earned(by, rating)
    for told in explanation.indicators:
        for language in ("zh", "en"):
            assert "{" not in told.arithmetic.say(language) + (told.missing.say(language) if told.missing else "")
        assert all(not isinstance(read.value, float) for read in told.measures)
        assert all(isinstance(read.value, int | str | Fraction | None) for read in told.measures)


def _grades_and_classes_are_earned(by: Policy, rating: Rating) -> None:
    names = [grade.id for grade in by.grades]
    capped = [names.index(veto.caps.grade) for veto in by.vetoes if veto.id in rating.vetoes and veto.caps.grade]
    barred = {name for veto in by.vetoes if veto.id in rating.vetoes for name in veto.caps.classes}

    assert (rating.grade is None) == bool(rating.ineligible)
    assert rating.grade is None or names.index(rating.grade) >= max(capped, default=0)
    for placed in rank([rating], by):
        assert placed.standing not in barred
        assert placed.standing != "support" or not (rating.ineligible or rating.restructure)

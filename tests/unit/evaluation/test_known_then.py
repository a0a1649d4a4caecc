"""What was known at an instant: no fact recorded later changes what is said of it, whoever and whatever it is about."""

from collections.abc import Sequence
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.calendar import instant, midnight
from services.evaluation.domain import Fact, Policy, explain, rate_everyone
from tests.unit.evaluation.histories import SOCIETY, histories, hubei
from tests.unit.evaluation.policies import policies

DAYS = st.dates(date(2015, 1, 1), date(2020, 12, 31))


def of(society: str, facts: Sequence[Fact]) -> list[Fact]:
    return [fact._replace(subject=society) for fact in facts]


@given(histories(), histories(), DAYS, DAYS, st.randoms())
def test_everybodys_ratings_as_known_then_never_change(
    ours: Sequence[Fact], theirs: Sequence[Fact], day: date, known_on: date, random: Random
) -> None:
    known_at = instant(midnight(known_on))
    everything = [*of(SOCIETY, ours), *of("B-02", theirs)]
    known = [fact for fact in everything if fact.recorded <= known_at]
    then = rate_everyone(known, hubei(), day)
    random.shuffle(everything)

    assert rate_everyone(everything, hubei(), day, known_at) == then


@given(histories(), DAYS, DAYS)
def test_an_explanation_as_known_then_names_no_later_record(facts: Sequence[Fact], day: date, known_on: date) -> None:
    known_at = instant(midnight(known_on))
    known = [fact for fact in facts if fact.recorded <= known_at]
    then = explain(known, hubei(), day, known_at, society=SOCIETY).as_json()

    assert explain(facts, hubei(), day, known_at, society=SOCIETY).as_json() == then


@settings(max_examples=50)
@given(policies(), histories(), DAYS, DAYS, st.randoms())
def test_under_any_policy_what_was_known_then_never_changes(
    by: Policy, facts: Sequence[Fact], day: date, known_on: date, random: Random
) -> None:
    known_at = instant(midnight(known_on))
    known = [fact for fact in facts if fact.recorded <= known_at]
    everything = random.sample(facts, len(facts))

    assert rate_everyone(everything, by, day, known_at) == rate_everyone(known, by, day)
    told = explain(everything, by, day, known_at, society=SOCIETY).as_json()
    assert told == explain(known, by, day, known_at, society=SOCIETY).as_json()

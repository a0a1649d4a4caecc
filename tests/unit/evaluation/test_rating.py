from services.evaluation.domain import Fact, Outcome, Rating, explain, rate_history
from tests.unit.evaluation.histories import SOCIETY, TODAY, meeting, registered, told
from tests.unit.evaluation.little import indicator, policy

MEASURES = {
    "branches": {"fold": "count", "events": ["membership.branch-filed.v1"]},
    "staff": {"fold": "latest", "events": ["membership.secretariat-recorded.v1"], "field": "full_time_staff"},
    "meetings": {"fold": "count", "events": ["membership.meeting-held.v1"]},
}
LITTLE = policy(
    MEASURES,
    indicator(
        {"kind": "linear", "measure": "branches", "full_at": 3},
        points=30,
        id="if-staffed",
        applies_when={"measure": "staff", "at_least": 1},
    ),
    indicator({"kind": "capped-count", "measure": "meetings", "each": 35, "up_to": 2}, points=70, id="meetings"),
)
BRANCH = told("membership.branch-filed", branch="b")


def staff(number: int) -> Fact:
    return told("membership.secretariat-recorded", full_time_staff=number)


def rated(*facts: Fact) -> Rating:
    return rate_history(facts, LITTLE, TODAY, society=SOCIETY)


def test_what_does_not_apply_takes_its_points_out_of_the_whole() -> None:
    rating = rated(staff(0), BRANCH, meeting())

    assert rating.findings[0].outcome is Outcome.NOT_APPLICABLE
    assert (rating.total, rating.max, rating.known, rating.completeness) == (350_000, 700_000, 700_000, "1")


def test_what_applies_only_perhaps_is_unknown_and_lowers_the_completeness() -> None:
    rating = rated(BRANCH, meeting())

    assert rating.findings[0].outcome is Outcome.UNKNOWN
    assert (rating.total, rating.max, rating.known, rating.completeness) == (350_000, 1_000_000, 700_000, "0.7")


def test_what_applies_is_scored() -> None:
    rating = rated(staff(1), BRANCH, meeting())

    assert (rating.findings[0].outcome, rating.findings[0].points) == (Outcome.PARTLY, 100_000)
    assert (rating.total, rating.grade) == (450_000, "poor")


def test_a_grade_is_a_part_of_the_points_that_apply() -> None:
    assert rated(staff(0), meeting(), meeting()).grade == "good"
    assert rated(staff(1), meeting()).grade == "poor"


def test_why_something_does_not_apply_is_explained() -> None:
    found = explain([staff(0)], LITTLE, TODAY).indicators[0]

    assert found.arithmetic.say("en") == "It does not apply, for it asks first: text at least 1"
    assert found.missing is None


def test_ratings_that_say_the_same_on_two_days_are_told_from_those_that_do_not() -> None:
    facts = [registered("2018-06-01"), meeting("2018-06-01")]
    one, later = (rate_history(facts, LITTLE, day) for day in (TODAY, TODAY.replace(month=7)))

    assert one != later
    assert one.same_as(later)
    assert not one.same_as(rated(*facts, BRANCH, staff(1)))
    assert not one.same_as(None)

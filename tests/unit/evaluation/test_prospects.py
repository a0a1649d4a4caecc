"""What missing points would change for one society, all others staying as they are."""

from collections.abc import Sequence

from hypothesis import given

from services.evaluation.domain import Fact, rank, rate_everyone
from services.evaluation.domain.prospects import prospects
from tests.unit.evaluation.histories import SOCIETY, TODAY, histories, hubei, meeting, registered
from tests.unit.evaluation.little import policy
from tests.unit.evaluation.test_whatif import ACTIVITIES, FACTS, MEETINGS, counted

TWO = policy(
    {"meetings": MEETINGS, "activities": ACTIVITIES},
    counted("meet", "meetings", 10, 3),
    counted("act", "activities", 10, 7, "二"),
)


def test_the_points_of_an_indicator_lift_a_society_and_its_class() -> None:
    standings = rank(rate_everyone(FACTS, TWO, TODAY), TWO)
    assert [(one.rating.society, one.rank, one.standing) for one in standings] == [
        ("A-01", 1, "support"),
        ("A-02", 2, "regular"),
    ]

    found = {name: one.as_json() for name, one in prospects(standings, TWO, "A-02").items()}

    assert found["meet"]["points"] == "30"
    assert found["meet"]["rank"] == {"now": 2, "then": 1}
    assert found["meet"]["class"] == {"now": "regular", "then": "support"}
    assert found["act"]["points"] == "50"
    assert found["act"]["grade"] == {"now": "poor", "then": "good"}
    assert "meet" not in prospects(standings, TWO, "A-01")


def test_a_society_that_is_not_on_the_board_has_no_prospects() -> None:
    assert prospects([], TWO, "A-01") == {}


@given(histories())
def test_more_points_never_lower_a_rank(facts: Sequence[Fact]) -> None:
    rival = [registered(society="B-01"), meeting()._replace(subject="B-01")]
    standings = rank(rate_everyone([registered(), *rival, *facts], hubei(), TODAY), hubei())

    for one in prospects(standings, hubei(), SOCIETY).values():
        assert one.gain > 0
        assert one.then.rank <= one.now.rank
        assert one.then.rating.total == one.now.rating.total + one.gain

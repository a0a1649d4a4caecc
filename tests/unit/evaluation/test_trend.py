"""A trend is what was announced, day by day, whatever the order in which it is told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Fact
from services.evaluation.domain.trend import Trend, Trends, last_close
from tests.unit.evaluation.histories import told

LAST = date(2026, 3, 31)


def announced(
    society: str, on: str, total: str, of: str = "100", *, recorded: str = "", by: tuple[str, str] = ("p", "1")
) -> Fact:
    at = {"recorded": recorded} if recorded else {}
    data = {"as_of": on, "total": total, "max": of, "policy": by[0], "version": by[1]}
    return told("evaluation.rating-changed", on, society=society, id_=society + on, **data, **at)


YEAR = [
    announced("A-01", "2026-01-01", "50"),
    announced("A-01", "2026-03-30", "61.5"),
    announced("A-02", "2026-03-01", "30", of="50"),
    announced("A-02", "2026-03-29", "30.75", of="50"),
    announced("A-03", "2026-03-31", "99"),
]


def trends(*facts: Fact) -> Trends:
    made = Trends()
    made.note(facts)
    return made


def test_a_day_on_which_nothing_was_announced_is_as_the_one_before() -> None:
    points = trends(*YEAR).of("A-01", LAST, days=4).points

    assert [point.as_json() for point in points] == [
        {"as_of": "2026-03-28", "total": "50", "max": "100", "share": "0.5", "rank": 2},
        {"as_of": "2026-03-29", "total": "50", "max": "100", "share": "0.5", "rank": 2},
        {"as_of": "2026-03-30", "total": "61.5", "max": "100", "share": "0.615", "rank": 1},
        {"as_of": "2026-03-31", "total": "61.5", "max": "100", "share": "0.615", "rank": 2},
    ]


def test_equals_share_a_rank_and_the_next_is_counted_on() -> None:
    made = trends(*YEAR)

    assert [made.of(each, LAST, days=1).points[0].rank for each in ("A-01", "A-02", "A-03")] == [2, 2, 1]


def test_it_begins_with_the_first_rating() -> None:
    assert [point.as_json()["as_of"] for point in trends(*YEAR).of("A-02", date(2026, 3, 3)).points] == [
        "2026-03-01",
        "2026-03-02",
        "2026-03-03",
    ]
    assert trends(*YEAR).of("A-02", date(2026, 2, 28)) == Trend()
    assert trends(*YEAR).of("B-01", LAST) == Trend()


def test_changes_are_told_over_a_week_a_month_and_a_quarter() -> None:
    changes = trends(*YEAR).of("A-01", LAST).as_json()["changes"]

    assert changes == {
        "7": {"since": "2026-03-24", "share": "0.115", "rank": 0},
        "30": {"since": "2026-03-01", "share": "0.115", "rank": 0},
        "90": None,
    }
    assert trends(*YEAR).of("A-01", date(2026, 4, 1)).as_json()["changes"]["90"] == {
        "since": "2026-01-01",
        "share": "0.115",
        "rank": -1,
    }
    assert Trend().as_json() == {"line": None, "points": [], "changes": {"7": None, "30": None, "90": None}}


def test_what_was_recorded_later_was_not_known() -> None:
    late = announced("A-01", "2026-03-30", "70", recorded="2026-04-02T00:00:00.000000Z")._replace(id="late")
    made = trends(*YEAR, late)

    assert made.of("A-01", LAST, days=1).points[0].rating.total == 700_000
    assert made.of("A-01", LAST, "2026-04-01T00:00:00.000000Z", days=1).points[0].rating.total == 615_000


def test_what_is_given_up_is_told_anew() -> None:
    made = trends(*YEAR)
    made.forget({"A-01"})

    assert made.of("A-01", LAST) == Trend()
    assert made.of("A-02", LAST, days=1).points[0].rank == 2


NEW = ("p", "2")
CHANGED = [
    *YEAR,
    announced("A-01", "2026-04-01", "6", of="10", by=NEW),
    announced("A-02", "2026-04-01", "9", of="10", by=NEW),
    announced("A-02", "2026-04-04", "5", of="10", by=NEW),
]


def test_a_change_of_the_policy_begins_a_new_line() -> None:
    found = trends(*CHANGED).of("A-01", date(2026, 4, 8)).as_json()

    assert found["line"] == {
        "policy": "p",
        "version": "2",
        "since": "2026-04-01",
        "after": {"policy": "p", "version": "1"},
    }
    assert [(point["as_of"], point["share"], point["rank"]) for point in found["points"]] == [
        ("2026-04-01", "0.6", 2),  # A-03 was not rated by it
        ("2026-04-02", "0.6", 2),
        ("2026-04-03", "0.6", 2),
        ("2026-04-04", "0.6", 1),
        *((f"2026-04-0{day}", "0.6", 1) for day in (5, 6, 7, 8)),
    ]
    assert found["changes"] == {"7": {"since": "2026-04-01", "share": "0", "rank": 1}, "30": None, "90": None}
    assert trends(*CHANGED).of("A-01", date(2026, 4, 7)).as_json()["changes"]["7"] is None


def test_before_the_change_and_for_who_knew_of_none_the_old_line_stands() -> None:
    made = trends(*CHANGED)
    unknown = "2017-01-01T00:00:00.000000Z"

    assert made.of("A-01", LAST) == trends(*YEAR).of("A-01", LAST)
    assert made.of("A-01", LAST).as_json()["line"]["after"] is None
    assert made.of("A-01", date(2026, 4, 8), unknown) == Trend()
    assert made.of("A-03", date(2026, 4, 8)).line == ("p", "1")


def test_a_policy_taken_up_again_begins_anew() -> None:
    again = announced("A-01", "2026-04-10", "70")
    found = trends(*CHANGED, again).of("A-01", date(2026, 4, 11))

    assert [point.as_json()["as_of"] for point in found.points] == ["2026-04-10", "2026-04-11"]
    assert found.after == ("p", "2")


def test_a_day_is_closed_when_the_next_begins() -> None:
    today = date(2026, 3, 31)

    assert last_close(today, today, None) == date(2026, 3, 30)
    assert last_close(date(2026, 3, 5), today, None) == date(2026, 3, 5)
    assert last_close(date(2026, 3, 5), today, date(2026, 3, 5)) == date(2026, 3, 4)


@given(st.permutations(YEAR + YEAR))
def test_order_and_repetition_change_nothing(facts: list[Fact]) -> None:
    assert trends(*facts).of("A-01", LAST) == trends(*YEAR).of("A-01", LAST)

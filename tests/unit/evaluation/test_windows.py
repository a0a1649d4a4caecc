from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.folds.tally import Tally
from services.evaluation.domain.windows import Rolling, Window, first_day


def begins(window: Window, as_of: str) -> str:
    return date.fromordinal(first_day(window, date.fromisoformat(as_of).toordinal())).isoformat()


@pytest.mark.parametrize(
    ("window", "as_of", "first"),
    [
        (Rolling(days=1), "2018-06-30", "2018-06-30"),
        (Rolling(days=30), "2018-06-30", "2018-06-01"),
        (Rolling(months=1), "2018-06-30", "2018-05-31"),
        (Rolling(months=1), "2018-03-31", "2018-03-01"),
        (Rolling(months=1), "2018-03-30", "2018-03-01"),
        (Rolling(months=12), "2018-06-30", "2017-07-01"),
        (Rolling(years=1), "2018-06-30", "2017-07-01"),
        (Rolling(years=1), "2016-02-29", "2015-03-01"),
        (Rolling(years=4), "2016-02-29", "2012-03-01"),
        ("calendar-year", "2018-06-30", "2018-01-01"),
        ("calendar-year", "2018-01-01", "2018-01-01"),
        (None, "2018-06-30", "0001-01-01"),
        (Rolling(years=100), "0050-01-01", "0001-01-01"),
    ],
)
def test_a_window_begins_where_the_calendar_says(window: Window, as_of: str, first: str) -> None:
    assert begins(window, as_of) == first


@given(st.dates(date(1900, 1, 1)), st.integers(1, 60))
def test_a_later_day_never_has_an_earlier_window(day: date, months: int) -> None:
    if day == date.max:
        return
    window = Rolling(months=months)

    assert begins(window, day.isoformat()) <= begins(window, (day + timedelta(days=1)).isoformat()) <= "9999-12-31"
    assert begins(window, day.isoformat()) <= day.isoformat()


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(-5, 5))),
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40))),
)
def test_a_window_that_slid_holds_what_one_that_began_there_holds(
    entries: list[tuple[int, int]], looks: list[tuple[int, int]]
) -> None:
    tally = Tally()
    for step, (first, length) in enumerate(looks):
        for day, amount in entries[step :: max(1, len(looks))]:
            tally.put(day, amount)
        told = [entry for at in range(step + 1) for entry in entries[at :: max(1, len(looks))]]
        inside = [amount for day, amount in told if first <= day <= first + length]

        assert tally.read(first, first + length) == (sum(inside) if inside else None)

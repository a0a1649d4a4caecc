from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.folds.tally import Tally
from services.evaluation.domain.windows import CalendarYears, Fixed, Rolling, Window, span_of


def begins(window: Window, as_of: str) -> str:
    return date.fromordinal(span_of(window, date.fromisoformat(as_of).toordinal())[0]).isoformat()


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


@pytest.mark.parametrize(
    ("window", "as_of", "first", "last"),
    [
        (Rolling(years=1, back=1), "2018-06-30", "2016-07-01", "2017-06-30"),
        (Rolling(days=30, back=2), "2018-06-30", "2018-04-02", "2018-05-01"),
        (Rolling(months=1, back=1), "2018-03-31", "2018-02-01", "2018-02-28"),
        (CalendarYears(calendar_years=1), "2018-06-30", "2018-01-01", "2018-06-30"),
        (CalendarYears(calendar_years=1, back=1), "2018-06-30", "2017-01-01", "2017-12-31"),
        (CalendarYears(calendar_years=3, back=1), "2018-01-01", "2015-01-01", "2017-12-31"),
        (CalendarYears(calendar_years=1, ends="05-31"), "2018-06-30", "2018-01-01", "2018-05-31"),
        (CalendarYears(calendar_years=1, ends="05-31"), "2018-05-30", "2018-01-01", "2018-05-30"),
        (
            CalendarYears(calendar_years=2, back=1, begins="07-01", ends="02-31"),
            "2018-06-30",
            "2016-07-01",
            "2017-02-28",
        ),
        (CalendarYears(calendar_years=9, back=1), "0003-01-01", "0001-01-01", "0002-12-31"),
        (Fixed(begins=date(2017, 1, 1), ends=date(2017, 12, 31)), "2018-06-30", "2017-01-01", "2017-12-31"),
        (Fixed(begins=date(2017, 1, 1), ends=date(2018, 12, 31)), "2018-06-30", "2017-01-01", "2018-06-30"),
        (Fixed(begins=date(2017, 1, 1)), "2018-06-30", "2017-01-01", "2018-06-30"),
    ],
)
def test_a_window_may_end_before_the_day_asked_about(window: Window, as_of: str, first: str, last: str) -> None:
    span = span_of(window, date.fromisoformat(as_of).toordinal())

    assert tuple(date.fromordinal(day).isoformat() for day in span) == (first, last)


@pytest.mark.parametrize(
    ("window", "as_of"),
    [
        (Fixed(begins=date(2018, 7, 1)), date(2018, 6, 30)),
        (CalendarYears(calendar_years=1, begins="07-01"), date(2018, 6, 30)),
        (CalendarYears(calendar_years=1, back=100), date(50, 1, 1)),
    ],
)
def test_a_window_that_has_not_begun_has_no_days(window: Window, as_of: date) -> None:
    first, last = span_of(window, as_of.toordinal())

    assert first > last


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

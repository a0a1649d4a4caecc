from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import CST, day_of, instant, midnight, parse_instant

zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
years = {"min_value": datetime(2, 1, 1), "max_value": datetime(9998, 12, 31)}  # noqa: DTZ001 the strategy adds the zone
moments = st.datetimes(**years, timezones=zones)


def test_a_day_begins_at_midnight_here_which_is_the_evening_before_in_utc() -> None:
    assert midnight(date(2025, 3, 1)) == datetime(2025, 2, 28, 16, tzinfo=UTC)
    assert day_of(datetime(2025, 2, 28, 16, tzinfo=UTC)) == date(2025, 3, 1)
    assert day_of(datetime(2025, 2, 28, 15, 59, 59, 999_999, tzinfo=UTC)) == date(2025, 2, 28)


@given(st.dates(date(2, 1, 1)))
def test_the_midnight_of_a_day_falls_on_that_day(day: date) -> None:
    assert day_of(midnight(day)) == day


@given(moments)
def test_an_instant_is_read_as_it_was_written(moment: datetime) -> None:
    assert parse_instant(instant(moment)) == moment


@given(moments, moments)
def test_instants_sort_as_they_follow_in_time(one: datetime, other: datetime) -> None:
    assert (instant(one) < instant(other)) == (one < other)


def test_an_instant_always_has_the_same_width() -> None:
    assert instant(datetime(2025, 3, 1, tzinfo=CST)) == "2025-02-28T16:00:00.000000Z"


@pytest.mark.parametrize("convert", [day_of, instant])
def test_a_moment_without_a_zone_is_refused(convert: object) -> None:
    assert callable(convert)
    with pytest.raises(ValueError, match="no time zone"):
        convert(datetime(2025, 3, 1))  # noqa: DTZ001 that is the case


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01T00:00:00Z",
        "2025-03-01T00:00:00.000000+00:00",
        "2025-03-01 00:00:00.000000Z",
        "2025-02-30T00:00:00.000000Z",
        "2025-03-01T24:00:00.000001Z",
        "２０２５-03-01T00:00:00.000000Z",
        "2025-03-01T00:00:00.000000Z\n",
        "",
    ],
)
def test_another_way_of_writing_an_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_instant(text)

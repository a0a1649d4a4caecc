from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Fact, SocietyLedger
from tests.unit.evaluation.histories import TODAY, activity, admitted, elected, meeting, registered, told
from tests.unit.evaluation.little import indicator, policy

ACTIVITY = "events.activity-held.v1"
MEETING = "membership.meeting-held.v1"
ELECTION = "membership.council-elected.v1"


def value(measure: dict[str, Any], *facts: Fact, as_of: date = TODAY) -> int | str | None:
    of_one = policy({"m": measure}, word_or_number(measure))
    return SocietyLedger.of(of_one, "A-18", facts).values(as_of)["m"]


def word_or_number(measure: dict[str, Any]) -> dict[str, Any]:
    when = {"measure": "m", "at_most": 0} if measure["fold"] != "best" else {"measure": "m", "equals": "national"}
    return indicator({"kind": "yes", "when": when})


COUNT = {"fold": "count", "events": [ACTIVITY]}


def test_a_count_counts_each_record_once() -> None:
    twice = activity()

    assert value(COUNT, twice, activity(), twice) == 2


def test_what_happens_after_the_day_asked_about_does_not_count_yet() -> None:
    assert value(COUNT, activity("2018-06-30"), activity("2018-07-01")) == 1
    assert value(COUNT, activity("2018-06-30"), activity("2018-07-01"), as_of=date(2018, 7, 1)) == 2


def test_nothing_recorded_is_zero_for_a_count_and_unknown_if_the_policy_says_so() -> None:
    assert value(COUNT) == 0
    assert value({**COUNT, "absent": "unknown"}) is None


def test_where_takes_a_word_or_a_list_of_words() -> None:
    held = [activity(kind="salon", role="host"), activity(kind="forum", role="co-host"), activity(kind="lecture")]

    assert value({**COUNT, "where": {"kind": "salon"}}, *held) == 1
    assert value({**COUNT, "where": {"kind": ["salon", "forum"]}}, *held) == 2
    assert value({**COUNT, "where": {"kind": ["salon", "forum"], "role": "host"}}, *held) == 1


@pytest.mark.parametrize(("present", "counted"), [(26, 0), (27, 1)])
def test_a_quorum_of_two_thirds_of_forty_is_twenty_seven(present: int, counted: int) -> None:
    quorum = {"part": "present", "whole": "entitled", "at_least": "2/3"}

    assert value({"fold": "count", "events": [MEETING], "quorum": quorum}, meeting(present=present)) == counted


def test_a_sum_adds_fields_and_constants_and_takes_away_what_is_told_to_be_gone() -> None:
    balance = {
        "fold": "sum",
        "plus": {"membership.member-admitted.v1": 1, "membership.members-admitted.v1": "count"},
        "minus": {"membership.member-ended.v1": 1, "membership.members-ended.v1": "count"},
        "where": {"kind": ["individual", "student"]},
    }
    facts = [
        admitted(number=310),
        admitted(number=5, kind="unit"),
        told("membership.member-admitted", kind="student"),
        told("membership.member-ended", kind="individual"),
        told("membership.members-ended", kind="individual", count=20),
    ]

    assert value(balance, *facts) == 310 + 1 - 1 - 20


def test_the_latest_record_is_that_of_the_latest_day_whenever_it_was_told() -> None:
    seats = {"fold": "latest", "events": [ELECTION], "field": "seats"}
    old, new = elected(seats=30, on="2014-01-01"), elected(seats=40, on="2018-01-01")

    assert value(seats, new, old) == 40
    assert value(seats, new, old, as_of=date(2017, 12, 31)) == 30
    assert value(seats, new, old, as_of=date(2013, 12, 31)) is None


def test_of_two_records_of_one_instant_the_one_told_last_is_the_latest_then_the_greater_id() -> None:
    form = {"fold": "latest", "events": ["membership.secretariat-recorded.v1"], "field": "full_time_staff"}
    early, late = "2018-07-01T00:00:00.000000Z", "2018-07-02T00:00:00.000000Z"
    first = told("membership.secretariat-recorded", id_="b", recorded=early, full_time_staff=1)
    later = told("membership.secretariat-recorded", id_="a", recorded=late, full_time_staff=2)
    same = told("membership.secretariat-recorded", id_="c", recorded=late, full_time_staff=3)

    assert value(form, later, first) == 2
    assert value(form, same, first, later) == 3


def test_yes_is_one_and_no_is_zero() -> None:
    office = {"fold": "latest", "events": ["membership.secretariat-recorded.v1"], "field": "own_office"}

    assert value(office, told("membership.secretariat-recorded", own_office=True)) == 1
    assert value(office, told("membership.secretariat-recorded", own_office=False)) == 0


def test_the_days_left_of_a_term_fall_to_zero_on_its_last_day_and_below_after_it() -> None:
    left = {"fold": "days-until", "events": [ELECTION], "field": "term_ends_on"}

    assert value(left, elected(), as_of=date(2021, 12, 31)) == 1
    assert value(left, elected(), as_of=date(2022, 1, 1)) == 0
    assert value(left, elected(), as_of=date(2022, 1, 2)) == -1
    assert value(left) is None


def test_days_since_counts_from_the_first_record_or_the_last() -> None:
    since = {"fold": "days-since", "events": ["membership.society-registered.v1"]}
    facts = [registered("2018-06-01"), registered("2018-06-20")]

    assert value(since, *facts) == 29
    assert value({**since, "which": "last"}, *facts) == 10


def test_a_maximum_is_the_greatest_value_in_the_window() -> None:
    most = {"fold": "maximum", "events": [ACTIVITY], "field": "attendance", "window": {"days": 30}}

    assert value(most, activity("2018-06-01", attendance=80), activity(attendance=70)) == 80
    assert value(most, activity("2018-05-31", attendance=80), activity(attendance=70)) == 70
    assert value(most) == 0


def test_the_best_word_counts_once_and_a_word_without_a_place_never() -> None:
    best = {"fold": "best", "events": [ACTIVITY], "field": "level", "ranking": ["international", "national"]}
    held = [activity(level="national"), activity(level="provincial"), activity(level="national")]

    assert value(best, *held) == "national"
    assert value(best, *held, activity(level="international")) == "international"
    assert value(best, activity(level="society")) == 0


def test_what_is_told_twice_of_one_thing_is_one_distinct_thing() -> None:
    distinct = {"fold": "distinct", "events": [ACTIVITY], "key": "activity"}

    assert value(distinct, activity(activity="x"), activity(activity="x"), activity(activity="y")) == 2


def test_one_thing_on_two_days_stays_in_the_window_until_the_later_day_has_left() -> None:
    distinct = {"fold": "distinct", "events": [ACTIVITY], "key": "activity", "window": {"days": 10}}
    ledger = SocietyLedger.of(
        policy({"m": distinct}), "A-18", [activity("2018-06-01", activity="x"), activity("2018-06-05", activity="x")]
    )

    days = [date(2018, 6, day) for day in (5, 10, 11, 14, 15, 5)]
    assert [ledger.values(day)["m"] for day in days] == [1, 1, 1, 1, 0, 1]

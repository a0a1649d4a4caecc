from dataclasses import replace
from datetime import date, timedelta

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from contracts.calendar import midnight
from contracts.vocabulary import ActivityKind, ActivityLevel, CancelReason, OrganiserRole
from services.events.domain import activities
from services.events.domain.activities import Activity, ActivityState, Organiser, Record
from services.events.domain.refusals import (
    ActivityNotHeld,
    ActivityNotPending,
    NotExactlyOneHost,
    NothingCorrected,
    OrganiserNamedTwice,
    UnknownSociety,
)

TODAY = date(2025, 6, 30)
TOMORROW = TODAY + timedelta(days=1)
KNOWN = dict.fromkeys({"A-18", "A-19", "B-01"}, date(1991, 6, 30))
HOST = Organiser("A-18", OrganiserRole.HOST)
CO_HOST = Organiser("A-19", OrganiserRole.CO_HOST)
SUPPORTER = Organiser("B-01", OrganiserRole.SUPPORTER)


def an_activity(*organisers: Organiser, starts_on: date = TODAY) -> Activity:
    return Activity(
        id=new_id(),
        title="全国动物学大会",
        kind=ActivityKind.ACADEMIC_MEETING,
        level=ActivityLevel.NATIONAL,
        starts_on=starts_on,
        organisers=organisers or (HOST, CO_HOST, SUPPORTER),
        recorded_by="society:A-18",
    )


def a_held_activity(held_on: date = TODAY) -> Activity:
    held, _ = activities.hold(an_activity(), held_on=held_on, attendance=251, papers=84, known=KNOWN, today=TODAY)
    return activities.remember(held, {organiser.society: new_id() for organiser in held.organisers})


def in_state(state: ActivityState) -> Activity:
    return replace(a_held_activity(), state=state)


def test_an_announcement_is_told_once_to_each_organiser_with_its_own_role() -> None:
    activity = an_activity(starts_on=TOMORROW)
    news = activities.announce(activity, known=KNOWN, today=TODAY)
    assert [(event.subject, event.role) for event in news] == [
        ("A-18", "host"),
        ("A-19", "co-host"),
        ("B-01", "supporter"),
    ]
    assert {event.activity for event in news} == {activity.id}
    assert {event.starts_on for event in news} == {TOMORROW}
    assert {event.happened_at for event in news} == {midnight(TODAY)}


@pytest.mark.parametrize("starts_on", [date(2017, 10, 10), TODAY, TOMORROW, date(2030, 1, 1)])
def test_an_activity_may_be_announced_for_any_day(starts_on: date) -> None:
    assert activities.announce(an_activity(starts_on=starts_on), known=KNOWN, today=TODAY)


@pytest.mark.parametrize(
    ("organisers", "hosts"),
    [((CO_HOST,), 0), ((CO_HOST, SUPPORTER), 0), ((HOST, replace(CO_HOST, role=OrganiserRole.HOST)), 2)],
)
def test_an_activity_has_exactly_one_host(organisers: tuple[Organiser, ...], hosts: int) -> None:
    with pytest.raises(NotExactlyOneHost) as refused:
        activities.announce(an_activity(*organisers), known=KNOWN, today=TODAY)
    assert refused.value.values["hosts"] == hosts


def test_a_society_appears_once_among_the_organisers() -> None:
    twice = (HOST, replace(HOST, role=OrganiserRole.CO_HOST), SUPPORTER, SUPPORTER)
    with pytest.raises(OrganiserNamedTwice) as refused:
        activities.announce(an_activity(*twice), known=KNOWN, today=TODAY)
    assert refused.value.value == ["A-18", "B-01"]


def test_every_unknown_organiser_is_named() -> None:
    with pytest.raises(UnknownSociety) as refused:
        activities.announce(an_activity(HOST, CO_HOST, SUPPORTER), known=dict.fromkeys({"A-19"}), today=TODAY)
    assert refused.value.value == ["A-18", "B-01"]


@pytest.mark.parametrize("held_on", [TODAY, TODAY - timedelta(days=400)])
def test_a_held_activity_is_told_to_each_organiser_on_the_day_it_was_held(held_on: date) -> None:
    held, news = activities.hold(an_activity(), held_on=held_on, attendance=0, papers=0, known=KNOWN, today=TODAY)
    assert held.state is ActivityState.HELD
    assert held.held == Record(ActivityKind.ACADEMIC_MEETING, ActivityLevel.NATIONAL, held_on, 0, 0)
    assert [(event.subject, event.role) for event in news] == [
        ("A-18", "host"),
        ("A-19", "co-host"),
        ("B-01", "supporter"),
    ]
    assert {event.happened_at for event in news} == {midnight(held_on)}


def test_an_activity_cannot_have_been_held_tomorrow() -> None:
    with pytest.raises(InTheFuture) as refused:
        activities.hold(an_activity(), held_on=TOMORROW, attendance=1, papers=0, known=KNOWN, today=TODAY)
    assert refused.value.field == "held_on"


def test_nothing_happens_before_all_of_its_societies_were_registered() -> None:
    registered = date(2010, 5, 1)
    late = {"A-18": date(1991, 6, 30), "A-19": registered, "B-01": None}
    before = registered - timedelta(days=1)
    attempts = (
        lambda day: activities.announce(an_activity(starts_on=day), known=late, today=TODAY),
        lambda day: activities.hold(an_activity(), held_on=day, attendance=1, papers=0, known=late, today=TODAY),
        lambda day: activities.cancel(
            an_activity(), cancelled_on=day, reason=CancelReason.OTHER, known=late, today=TODAY
        ),
        lambda day: activities.correct(a_held_activity(), held_on=day, known=late, today=TODAY),
    )
    for attempt in attempts:
        attempt(registered)
        with pytest.raises(BeforeRegistration) as refused:
            attempt(before)
        assert refused.value.values["registered_on"] == registered


def test_a_cancellation_is_told_to_each_organiser() -> None:
    cancelled, news = activities.cancel(
        an_activity(), cancelled_on=TODAY, reason=CancelReason.FORCE_MAJEURE, known=KNOWN, today=TODAY
    )
    assert (cancelled.state, cancelled.closed_on, cancelled.reason) == (ActivityState.CANCELLED, TODAY, "force-majeure")
    assert [event.subject for event in news] == ["A-18", "A-19", "B-01"]
    assert {event.reason for event in news} == {CancelReason.FORCE_MAJEURE}


def test_an_activity_cannot_have_been_cancelled_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        activities.cancel(an_activity(), cancelled_on=TOMORROW, reason=CancelReason.OTHER, known=KNOWN, today=TODAY)


@pytest.mark.parametrize("state", [ActivityState.HELD, ActivityState.CANCELLED, ActivityState.WITHDRAWN])
def test_what_is_no_longer_announced_is_neither_held_nor_cancelled(state: ActivityState) -> None:
    with pytest.raises(ActivityNotPending) as refused:
        activities.hold(in_state(state), held_on=TODAY, attendance=1, papers=0, known=KNOWN, today=TODAY)
    with pytest.raises(ActivityNotPending):
        activities.cancel(in_state(state), cancelled_on=TODAY, reason=CancelReason.OTHER, known=KNOWN, today=TODAY)
    assert refused.value.field == "activity"


@pytest.mark.parametrize("state", [ActivityState.ANNOUNCED, ActivityState.CANCELLED, ActivityState.WITHDRAWN])
def test_what_is_not_held_is_neither_corrected_nor_withdrawn(state: ActivityState) -> None:
    with pytest.raises(ActivityNotHeld):
        activities.correct(in_state(state), known=KNOWN, today=TODAY, attendance=1)
    with pytest.raises(ActivityNotHeld):
        activities.withdraw(in_state(state), reason="重复登记", today=TODAY)


def test_a_correction_tells_all_data_and_refers_to_each_societys_first_event() -> None:
    held = a_held_activity()
    corrected, first = activities.correct(held, known=KNOWN, today=TODAY, attendance=200)
    _, news = activities.correct(corrected, known=KNOWN, today=TODAY, held_on=TODAY - timedelta(days=1), papers=0)
    assert [event.corrects for event in first] == [event.corrects for event in news]
    assert [event.corrects for event in news] == [organiser.held_event for organiser in held.organisers]
    assert [event.subject for event in news] == ["A-18", "A-19", "B-01"]
    assert {(event.attendance, event.papers, event.held_on) for event in news} == {(200, 0, TODAY - timedelta(days=1))}
    assert {event.happened_at for event in news} == {midnight(TODAY - timedelta(days=1))}


def test_a_correction_may_change_kind_and_level() -> None:
    corrected, _ = activities.correct(
        a_held_activity(), known=KNOWN, today=TODAY, kind=ActivityKind.FORUM, level=ActivityLevel.SOCIETY
    )
    assert (corrected.kind, corrected.level) == (ActivityKind.FORUM, ActivityLevel.SOCIETY)
    assert corrected.held == Record(ActivityKind.FORUM, ActivityLevel.SOCIETY, TODAY, 251, 84)


def test_a_correction_that_changes_nothing_is_refused() -> None:
    with pytest.raises(NothingCorrected):
        activities.correct(a_held_activity(), known=KNOWN, today=TODAY)
    with pytest.raises(NothingCorrected):
        activities.correct(a_held_activity(), known=KNOWN, today=TODAY, attendance=251, papers=84, held_on=TODAY)


def test_a_correction_cannot_move_an_activity_into_the_future() -> None:
    with pytest.raises(InTheFuture):
        activities.correct(a_held_activity(), known=KNOWN, today=TODAY, held_on=TOMORROW)


def test_a_withdrawal_refers_to_each_societys_own_event_and_keeps_the_record() -> None:
    held = a_held_activity()
    withdrawn, news = activities.withdraw(held, reason="重复登记", today=TODAY)
    assert [event.withdraws for event in news] == [organiser.held_event for organiser in held.organisers]
    assert len({event.withdraws for event in news}) == 3
    assert withdrawn.state is ActivityState.WITHDRAWN
    assert withdrawn.held == held.held
    assert (withdrawn.closed_on, withdrawn.reason) == (TODAY, "重复登记")
    assert "重复登记" not in "".join(event.model_dump_json() for event in news)

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from chassis.refusals import Refusal, SeveralFaults
from contracts.calendar import midnight
from contracts.vocabulary import BranchKind, Discipline, MeetingOrgan, PartyForm, Regulation
from services.membership.domain.filings import Branch, BranchRecorded, RegulationRecorded, adopt, file_branch
from services.membership.domain.meetings import (
    Meeting,
    MeetingAlreadyWithdrawn,
    MeetingRecorded,
    PresentExceedsEntitled,
    hold,
    withdraw,
)
from services.membership.domain.offices import (
    PartyOrganisationRecorded,
    Secretariat,
    establish_party_organisation,
    record_secretariat,
)
from services.membership.domain.societies import Society

TODAY = date(2025, 6, 30)
SOCIETY = Society("A-18", "中国动物学会", "51420000500000023Y", Discipline.SCIENCE, date(1991, 6, 30))
MEETING = Meeting(new_id(), MeetingOrgan.COUNCIL, 77, 60, date(2025, 6, 28), "association")
BRANCH = Branch(new_id(), BranchKind.BRANCH, "武汉分会", TODAY)
SECRETARIAT = Secretariat(
    2, hired_secretary_general=True, own_office=False, recorded_on=date(2025, 3, 1), recorded_by="association"
)


def record_on(day: date) -> list[type[Refusal] | None]:
    """What each kind of record says to a day."""
    attempts = (
        lambda: establish_party_organisation(SOCIETY, PartyForm.OWN, day, recorded=None, today=TODAY),
        lambda: record_secretariat(SOCIETY, None, replace(SECRETARIAT, recorded_on=day), today=TODAY),
        lambda: hold(SOCIETY, replace(MEETING, held_on=day), recorded=None, today=TODAY),
        lambda: adopt(SOCIETY, Regulation.REFORM_PLAN, day, recorded=None, today=TODAY),
        lambda: file_branch(SOCIETY, replace(BRANCH, filed_on=day), recorded=None, today=TODAY),
    )
    said: list[type[Refusal] | None] = []
    for attempt in attempts:
        try:
            attempt()
            said.append(None)
        except Refusal as refusal:
            said.append(type(refusal))
    return said


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (SOCIETY.registered_on - timedelta(days=1), BeforeRegistration),
        (SOCIETY.registered_on, None),
        (TODAY, None),
        (TODAY + timedelta(days=1), InTheFuture),
    ],
)
def test_records_are_made_of_days_from_the_registration_to_today(day: date, refusal: type[Refusal] | None) -> None:
    assert record_on(day) == [refusal] * 5


def test_a_party_organisation_of_the_same_form_is_established_once_a_day() -> None:
    with pytest.raises(PartyOrganisationRecorded) as refused:
        establish_party_organisation(SOCIETY, PartyForm.OWN, TODAY, recorded=new_id(), today=TODAY)

    assert refused.value.status == 409


def test_the_secretariat_that_holds_is_the_one_of_the_latest_day() -> None:
    older = replace(SECRETARIAT, full_time_staff=1, recorded_on=date(2025, 2, 28))
    same_day = replace(SECRETARIAT, full_time_staff=5)

    assert record_secretariat(SOCIETY, None, SECRETARIAT, today=TODAY)[0] == SECRETARIAT
    assert record_secretariat(SOCIETY, SECRETARIAT, same_day, today=TODAY)[0] == same_day
    kept, news = record_secretariat(SOCIETY, SECRETARIAT, older, today=TODAY)
    assert kept == SECRETARIAT
    assert (news.full_time_staff, news.happened_at) == (1, midnight(older.recorded_on))


@pytest.mark.parametrize("present", [0, 51, 52, 77])
def test_a_meeting_is_recorded_with_or_without_its_quorum(present: int) -> None:
    assert hold(SOCIETY, replace(MEETING, present=present), recorded=None, today=TODAY).present == present


def test_an_organ_meets_once_a_day() -> None:
    with pytest.raises(MeetingRecorded) as refused:
        hold(SOCIETY, MEETING, recorded=new_id(), today=TODAY)

    assert (refused.value.status, refused.value.field) == (409, "held_on")


def test_both_faults_of_a_meeting_are_named_at_once() -> None:
    with pytest.raises(SeveralFaults) as refused:
        hold(SOCIETY, replace(MEETING, present=78, held_on=TODAY + timedelta(days=1)), recorded=None, today=TODAY)

    assert [fault.field for fault in refused.value.errors] == ["present", "held_on"]


def test_no_more_can_be_present_than_are_entitled() -> None:
    with pytest.raises(PresentExceedsEntitled):
        hold(SOCIETY, replace(MEETING, present=78), recorded=None, today=TODAY)


def test_a_withdrawal_names_the_event_it_takes_back_and_keeps_the_reason_to_itself() -> None:
    told = new_id()

    withdrawn, news = withdraw(SOCIETY, MEETING, told=told, reason="重复登记", today=TODAY)

    assert (withdrawn.withdrawn_on, withdrawn.reason) == (TODAY, "重复登记")
    assert news.data() == {"withdraws": told, "meeting": MEETING.id}


def test_a_meeting_is_withdrawn_once() -> None:
    withdrawn, _ = withdraw(SOCIETY, MEETING, told=new_id(), reason="重复登记", today=TODAY)

    with pytest.raises(MeetingAlreadyWithdrawn):
        withdraw(SOCIETY, withdrawn, told=new_id(), reason="再次", today=TODAY)


def test_an_adoption_and_a_branch_are_recorded_once() -> None:
    with pytest.raises(RegulationRecorded):
        adopt(SOCIETY, Regulation.MEMBER_RULES, TODAY, recorded=new_id(), today=TODAY)
    with pytest.raises(BranchRecorded):
        file_branch(SOCIETY, BRANCH, recorded=new_id(), today=TODAY)


def test_a_branch_is_told_without_its_name() -> None:
    news = file_branch(SOCIETY, BRANCH, recorded=None, today=TODAY)

    assert news.data() == {"branch": BRANCH.id, "kind": "branch", "filed_on": "2025-06-30"}

from datetime import date, timedelta

import pytest

from chassis.days import BeforeRegistration, InTheFuture
from chassis.ids import new_id
from chassis.refusals import SeveralFaults
from contracts.calendar import midnight
from contracts.vocabulary import Discipline, EndReason, MemberKind
from services.membership.domain.member_refusals import (
    AlreadyEnded,
    EndedBeforeAdmission,
    MembersNotEnded,
    NamedTwice,
    NumberRepeated,
    NumberTaken,
    UnknownMember,
)
from services.membership.domain.members import Departure, Intake, Member, admit, admit_many, end, end_many
from services.membership.domain.societies import Society

TODAY = date(2025, 6, 30)
FOUNDED = date(1991, 6, 30)
SOCIETY = Society("A-18", "中国动物学会", "51420000500000023Y", Discipline.SCIENCE, FOUNDED)
DAY = timedelta(days=1)
BATCHES = {kind: new_id() for kind in MemberKind}


def member(
    kind: MemberKind = MemberKind.INDIVIDUAL, admitted_on: date = date(2020, 1, 1), ended_on: date | None = None
) -> Member:
    return Member(new_id(), kind, admitted_on, ended_on=ended_on)


def intake(*numbers: str | None) -> Intake:
    return Intake(MemberKind.STUDENT, TODAY, [new_id() for _ in numbers], numbers)


def departure(*ids: str, on: date = TODAY) -> Departure:
    return Departure(ids, on, EndReason.LAPSED)


def test_an_admission_is_told_without_the_register_number() -> None:
    newcomer = Member(new_id(), MemberKind.FOREIGN, TODAY, number="A1820100001F")

    news = admit(SOCIETY, newcomer, taken={}, today=TODAY)

    assert news.happened_at == midnight(TODAY)
    assert news.data() == {"member": newcomer.id, "kind": "foreign", "admitted_on": "2025-06-30"}


@pytest.mark.parametrize("day", [FOUNDED, TODAY])
def test_a_member_is_admitted_from_the_registration_to_today(day: date) -> None:
    assert admit(SOCIETY, member(admitted_on=day), taken={}, today=TODAY).admitted_on == day


@pytest.mark.parametrize(("day", "refusal"), [(FOUNDED - DAY, BeforeRegistration), (TODAY + DAY, InTheFuture)])
def test_a_member_is_not_admitted_before_the_registration_or_after_today(day: date, refusal: type) -> None:
    with pytest.raises(refusal):
        admit(SOCIETY, member(admitted_on=day), taken={}, today=TODAY)


def test_a_register_number_is_never_given_again() -> None:
    with pytest.raises(NumberTaken):
        admit(SOCIETY, Member(new_id(), MemberKind.UNIT, TODAY, number="7"), taken={"7": new_id()}, today=TODAY)


def test_a_batch_is_told_in_one_event_that_counts() -> None:
    news = admit_many(SOCIETY, intake("1", None, None), batch=new_id(), taken={}, today=TODAY)

    assert (news.count, news.kind) == (3, "student")


def test_every_register_number_of_a_batch_that_is_not_free_is_named() -> None:
    with pytest.raises(SeveralFaults) as refused:
        admit_many(SOCIETY, intake("1", "2", None, "1", "3"), batch=new_id(), taken={"3": new_id()}, today=TODAY)

    faults = refused.value.errors
    assert [(type(fault), fault.field, fault.value) for fault in faults] == [
        (NumberRepeated, "members.3.number", "1"),
        (NumberTaken, "members.4.number", "3"),
    ]


def test_an_ended_membership_is_told_with_its_kind_and_reason() -> None:
    one = member(MemberKind.UNIT)

    news = end(SOCIETY, {one.id: one}, departure(one.id), today=TODAY)

    assert news.data() == {"member": one.id, "kind": "unit", "ended_on": "2025-06-30", "reason": "lapsed"}


def test_a_membership_may_end_on_the_day_it_began_and_not_before() -> None:
    one = member(admitted_on=TODAY)

    end(SOCIETY, {one.id: one}, departure(one.id), today=TODAY)
    with pytest.raises(EndedBeforeAdmission):
        end(SOCIETY, {one.id: one}, departure(one.id, on=TODAY - DAY), today=TODAY)


def test_nobody_ends_a_membership_that_is_unknown_or_has_ended() -> None:
    gone = member(ended_on=date(2024, 1, 1))

    with pytest.raises(UnknownMember) as unknown:
        end(SOCIETY, {}, departure(gone.id), today=TODAY)
    with pytest.raises(AlreadyEnded) as ended:
        end(SOCIETY, {gone.id: gone}, departure(gone.id), today=TODAY)

    assert (unknown.value.status, ended.value.status) == (404, 409)


def test_a_batch_that_ends_is_told_once_for_each_kind_of_member() -> None:
    mixed = [member(MemberKind.UNIT), member(), member(MemberKind.UNIT)]
    known = {one.id: one for one in mixed}

    news = end_many(SOCIETY, known, departure(*known), batches=BATCHES, today=TODAY)

    assert [(one.kind, one.count, one.batch) for one in news] == [
        ("individual", 1, BATCHES[MemberKind.INDIVIDUAL]),
        ("unit", 2, BATCHES[MemberKind.UNIT]),
    ]


def test_every_id_that_cannot_be_ended_is_named_with_its_place() -> None:
    fine, gone, late, stranger = member(), member(ended_on=TODAY), member(admitted_on=TODAY), new_id()
    known = {one.id: one for one in (fine, gone, late)}
    asked = departure(stranger, fine.id, gone.id, late.id, fine.id, on=TODAY - DAY)

    with pytest.raises(MembersNotEnded) as refused:
        end_many(SOCIETY, known, asked, batches=BATCHES, today=TODAY)

    assert refused.value.value == [stranger, gone.id, late.id, fine.id]
    assert [(type(fault), fault.field) for fault in refused.value.errors] == [
        (UnknownMember, "members.0"),
        (AlreadyEnded, "members.2"),
        (EndedBeforeAdmission, "members.3"),
        (NamedTwice, "members.4"),
    ]

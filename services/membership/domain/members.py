"""The members 会员 of a society: admission and end, singly and by the batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chassis.days import check_day
from chassis.refusals import Refusal, refuse
from contracts.calendar import midnight
from contracts.event import BatchId, MemberId
from contracts.membership import MemberAdmitted, MemberEnded, MembersAdmitted, MembersEnded
from contracts.vocabulary import EndReason, MemberKind
from services.membership.domain.member_refusals import (
    AlreadyEnded,
    EndedBeforeAdmission,
    MembersNotEnded,
    NamedTwice,
    NumberRepeated,
    NumberTaken,
    UnknownMember,
)
from services.membership.domain.societies import Society


@dataclass(frozen=True, slots=True)
class Member:
    """One admission to one society; who returns is another member. `number` is the society's own (会员登记号)."""

    id: MemberId
    kind: MemberKind
    admitted_on: date
    number: str | None = None
    ended_on: date | None = None
    reason: EndReason | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Members of one kind admitted on one day; `numbers` stand in the order of `ids`."""

    kind: MemberKind
    admitted_on: date
    ids: Sequence[MemberId]
    numbers: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Departure:
    """Memberships that end on one day for one reason."""

    ids: Sequence[MemberId]
    ended_on: date
    reason: EndReason


def admit(society: Society, member: Member, *, taken: Mapping[str, MemberId], today: date) -> MemberAdmitted:
    """Admits one member; `taken` are register numbers that the society has given before, with their bearers.

    Raises:
        InTheFuture, BeforeRegistration: on that day nobody can have been admitted.
        NumberTaken: the register number belongs to another member, past or present.
    """
    check_day("admitted_on", member.admitted_on, registered_on=society.registered_on, today=today)
    if member.number is not None and member.number in taken:
        raise NumberTaken(field="number", value=member.number, clashes_with=taken[member.number])
    return MemberAdmitted(
        subject=society.code,
        happened_at=midnight(member.admitted_on),
        member=member.id,
        kind=member.kind,
        admitted_on=member.admitted_on,
    )


def admit_many(
    society: Society, intake: Intake, *, batch: BatchId, taken: Mapping[str, MemberId], today: date
) -> MembersAdmitted:
    """Admits a batch, all of it or nothing.

    Raises:
        InTheFuture, BeforeRegistration: on that day nobody can have been admitted.
        NumberTaken, NumberRepeated: a register number is not free; of several, all are named (SeveralFaults).
    """
    check_day("admitted_on", intake.admitted_on, registered_on=society.registered_on, today=today)
    refuse(_faults_of_numbers(intake.numbers, taken))
    return MembersAdmitted(
        subject=society.code,
        happened_at=midnight(intake.admitted_on),
        batch=batch,
        kind=intake.kind,
        count=len(intake.ids),
        admitted_on=intake.admitted_on,
    )


def end(society: Society, known: Mapping[MemberId, Member], departure: Departure, *, today: date) -> MemberEnded:
    """Ends one membership, the only one in the departure.

    Raises:
        UnknownMember: the society has none of this id.
        AlreadyEnded, EndedBeforeAdmission, InTheFuture: it cannot have ended on that day.
    """
    check_day("ended_on", departure.ended_on, registered_on=society.registered_on, today=today)
    (id_,) = departure.ids
    if fault := _fault_of_end("member", id_, known.get(id_), departure.ended_on):
        raise fault
    return MemberEnded(
        subject=society.code,
        happened_at=midnight(departure.ended_on),
        member=id_,
        kind=known[id_].kind,
        ended_on=departure.ended_on,
        reason=departure.reason,
    )


def end_many(
    society: Society,
    known: Mapping[MemberId, Member],
    departure: Departure,
    *,
    batches: Mapping[MemberKind, BatchId],
    today: date,
) -> list[MembersEnded]:
    """Ends a batch, all of it or nothing; one event for each kind of member among them, in the order of the kinds.

    Raises:
        MembersNotEnded: names every id that is unknown, ended, named twice, or admitted later, with its index.
    """
    check_day("ended_on", departure.ended_on, registered_on=society.registered_on, today=today)
    if faults := _faults_of_ends(known, departure):
        raise MembersNotEnded(faults)
    counts = Counter(known[member].kind for member in departure.ids)
    return [
        MembersEnded(
            subject=society.code,
            happened_at=midnight(departure.ended_on),
            batch=batches[kind],
            kind=kind,
            count=counts[kind],
            ended_on=departure.ended_on,
            reason=departure.reason,
        )
        for kind in MemberKind
        if counts[kind]
    ]


def _faults_of_numbers(numbers: Sequence[str | None], taken: Mapping[str, MemberId]) -> list[Refusal]:
    given = [number for number in numbers if number is not None]
    if not taken and len(set(given)) == len(given):
        return []
    faults: list[Refusal] = []
    seen: set[str] = set()
    for index, number in enumerate(numbers):
        if number is None:
            continue
        if number in taken:
            faults.append(NumberTaken(field=f"members.{index}.number", value=number, clashes_with=taken[number]))
        elif number in seen:
            faults.append(NumberRepeated(field=f"members.{index}.number", value=number))
        seen.add(number)
    return faults


def _faults_of_ends(known: Mapping[MemberId, Member], departure: Departure) -> list[Refusal]:
    faults: list[Refusal] = []
    seen: set[MemberId] = set()
    for index, id_ in enumerate(departure.ids):
        field = f"members.{index}"
        if id_ in seen:
            faults.append(NamedTwice(field=field, value=id_))
        elif fault := _fault_of_end(field, id_, known.get(id_), departure.ended_on):
            faults.append(fault)
        seen.add(id_)
    return faults


def _fault_of_end(field: str, id_: MemberId, member: Member | None, ended_on: date) -> Refusal | None:
    if member is None:
        return UnknownMember(field=field, value=id_)
    if member.ended_on is not None:
        return AlreadyEnded(field=field, value=id_, ended_on=member.ended_on)
    if ended_on < member.admitted_on:
        return EndedBeforeAdmission(field=field, value=id_, admitted_on=member.admitted_on, ended_on=ended_on)
    return None

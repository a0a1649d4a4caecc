"""What all contestants are given: the same events, in the demo's proportions, as CloudEvents in their final form."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from chassis import wire
from chassis.ids import new_id
from contracts.calendar import midnight
from contracts.event import Event
from contracts.events import ActivityAnnounced, ActivityHeld, IssuePublished
from contracts.membership import (
    BranchFiled,
    CouncilElected,
    MeetingHeld,
    MemberAdmitted,
    MembersAdmitted,
    MembersEnded,
    RegulationAdopted,
    SecretariatRecorded,
    SocietyRegistered,
)
from contracts.vocabulary import (
    ActivityKind,
    ActivityLevel,
    BranchKind,
    Discipline,
    EndReason,
    MeetingOrgan,
    MemberKind,
    Organ,
    OrganiserRole,
    Regulation,
)
from societas.demo.identifiers import credit_code
from societas.demo.societies import societies

FIRST = date(2025, 1, 1)
_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
Make = Callable[[random.Random, str, date], Event]


def events(many: int, seed: int = 7) -> Iterator[Event]:
    """So many events of a year in the order of their days, the registrations of the 210 societies first."""
    chance = random.Random(seed)  # noqa: S311 - a seeded generator is meant
    codes = [society.code for society in societies()]
    for number, code in enumerate(codes[:many]):
        yield SocietyRegistered(
            subject=code,
            happened_at=midnight(FIRST),
            credit_code=credit_code(number),
            name=code,
            discipline=chance.choice(list(Discipline)),
            registered_on=FIRST,
        )
    told = max(0, many - len(codes))
    makers, weights = zip(*_MIX.items(), strict=True)
    for number, make in enumerate(chance.choices(makers, weights, k=told)):
        yield make(chance, chance.choice(codes), FIRST + timedelta(days=365 * number // told))


def documents(many: int, seed: int = 7) -> Iterator[tuple[str, str, str]]:
    """Each event as (speaker, subject, document without position)."""
    for event in events(many, seed):
        document = wire.encode(
            event, id_=new_id(), recorded_at=event.happened_at, correlation=new_id(), traceparent=_TRACE
        )
        yield event.speaker, event.subject, document


def _announced(chance: random.Random, code: str, day: date) -> Event:
    return ActivityAnnounced(
        subject=code,
        happened_at=midnight(day),
        activity=new_id(),
        kind=chance.choice(list(ActivityKind)),
        level=chance.choice(list(ActivityLevel)),
        role=OrganiserRole.HOST,
        starts_on=day,
    )


def _held(chance: random.Random, code: str, day: date) -> Event:
    return ActivityHeld(
        subject=code,
        happened_at=midnight(day),
        activity=new_id(),
        kind=chance.choice(list(ActivityKind)),
        level=chance.choice(list(ActivityLevel)),
        role=OrganiserRole.HOST,
        attendance=chance.randint(10, 800),
        papers=chance.randint(0, 90),
        held_on=day,
    )


def _issue(chance: random.Random, code: str, day: date) -> Event:
    return IssuePublished(
        subject=code,
        happened_at=midnight(day),
        journal=new_id(),
        year=day.year,
        number=chance.randint(1, 12),
        published_on=day,
    )


def _meeting(chance: random.Random, code: str, day: date) -> Event:
    entitled = chance.randint(20, 300)
    return MeetingHeld(
        subject=code,
        happened_at=midnight(day),
        meeting=new_id(),
        organ=chance.choice(list(MeetingOrgan)),
        entitled=entitled,
        present=chance.randint(entitled // 2, entitled),
        held_on=day,
    )


def _many_in(chance: random.Random, code: str, day: date) -> Event:
    return MembersAdmitted(
        subject=code,
        happened_at=midnight(day),
        batch=new_id(),
        kind=MemberKind.INDIVIDUAL,
        count=chance.randint(1, 40),
        admitted_on=day,
    )


def _many_out(chance: random.Random, code: str, day: date) -> Event:
    return MembersEnded(
        subject=code,
        happened_at=midnight(day),
        batch=new_id(),
        kind=MemberKind.INDIVIDUAL,
        count=chance.randint(1, 10),
        ended_on=day,
        reason=EndReason.LAPSED,
    )


def _one_in(_: random.Random, code: str, day: date) -> Event:
    return MemberAdmitted(
        subject=code, happened_at=midnight(day), member=new_id(), kind=MemberKind.UNIT, admitted_on=day
    )


def _regulation(chance: random.Random, code: str, day: date) -> Event:
    return RegulationAdopted(
        subject=code, happened_at=midnight(day), regulation=chance.choice(list(Regulation)), adopted_on=day
    )


def _branch(chance: random.Random, code: str, day: date) -> Event:
    return BranchFiled(
        subject=code,
        happened_at=midnight(day),
        branch=new_id(),
        kind=chance.choice(list(BranchKind)),
        filed_on=day,
    )


def _elected(chance: random.Random, code: str, day: date) -> Event:
    seats = chance.randint(20, 90)
    return CouncilElected(
        subject=code,
        happened_at=midnight(day),
        organ=chance.choice(list(Organ)),
        seats=seats,
        front_line=chance.randint(0, seats),
        young=chance.randint(0, seats),
        elected_on=day,
        term_ends_on=day.replace(year=day.year + 5) if (day.month, day.day) != (2, 29) else day,
    )


def _secretariat(chance: random.Random, code: str, day: date) -> Event:
    return SecretariatRecorded(
        subject=code,
        happened_at=midnight(day),
        full_time_staff=chance.randint(0, 8),
        hired_secretary_general=chance.random() < 0.3,  # noqa: PLR2004 - three in ten
        own_office=chance.random() < 0.5,  # noqa: PLR2004 - every second
        recorded_on=day,
    )


_MIX: dict[Make, int] = {
    _announced: 2148,
    _held: 2086,
    _many_in: 1877,
    _regulation: 1048,
    _meeting: 870,
    _many_out: 601,
    _issue: 514,
    _one_in: 271,
    _elected: 144,
    _branch: 109,
    _secretariat: 104,
}
"""How often each is told in the demo's year, by the requests of seed 7."""

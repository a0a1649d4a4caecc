"""Federations of societies (学会联合体): founded by some, joined and left by others with the association's consent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chassis.days import check_day
from contracts.calendar import midnight
from contracts.federation import FederationFounded, SocietyAdmitted, SocietyReleased
from contracts.vocabulary import FederationField, ReleaseReason
from services.federation.domain.naming import Registered, all_registered, known_to_us, named_once
from services.federation.domain.refusals import (
    AdmittedBeforeRelease,
    AlreadyAMember,
    BeforeFounding,
    FederationIdReserved,
    FederationIdTaken,
    NotAMember,
    ReleasedBeforeAdmission,
    TooFewFounders,
)

LEAST_FOUNDERS = 2
RESERVED = frozenset({"calendar"})
"""Subjects of events that are no federation."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A society's time in a federation: from the day it joined until, and without, the day it left."""

    society: str
    founder: bool
    admitted_on: date
    released_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the society is a member on that day."""
        return self.admitted_on <= day and (self.released_on is None or day < self.released_on)


@dataclass(frozen=True, slots=True)
class Federation:
    """A federation with every membership it ever had; a society that came back has two."""

    id: str
    name: str
    field: FederationField
    founded_on: date
    memberships: tuple[Membership, ...] = ()

    def members_on(self, day: date) -> frozenset[str]:
        """The societies that are members on a day."""
        return frozenset(membership.society for membership in self.memberships if membership.covers(day))


def found(
    federation: Federation, founders: Sequence[str], *, taken: bool, known: Registered, today: date
) -> tuple[Federation, list[FederationFounded | SocietyAdmitted]]:
    """A federation is founded: told of itself, then of each founder's admission on the same day.

    `taken`: whether there is a federation of this id.

    Raises:
        FederationIdReserved, FederationIdTaken: the id is a word of the platform, or another federation's.
        InTheFuture, BeforeRegistration: the day is after today, or before one of the founders was registered.
        SocietyNamedTwice, TooFewFounders, UnknownSociety: the founders are not two or more different known societies.
    """
    if federation.id in RESERVED:
        raise FederationIdReserved(field="id", value=federation.id)
    if taken:
        raise FederationIdTaken(field="id", value=federation.id, clashes_with=federation.id)
    named_once(founders, field="founders")
    if len(founders) < LEAST_FOUNDERS:
        raise TooFewFounders(field="founders", value=list(founders), least=LEAST_FOUNDERS, count=len(founders))
    known_to_us(founders, known, field="founders")
    check_day("founded_on", federation.founded_on, registered_on=all_registered(founders, known), today=today)
    memberships = tuple(Membership(society, founder=True, admitted_on=federation.founded_on) for society in founders)
    founded = FederationFounded(
        subject=federation.id,
        happened_at=midnight(federation.founded_on),
        federation=federation.id,
        name=federation.name,
        field=federation.field,
        founded_on=federation.founded_on,
    )
    news: list[FederationFounded | SocietyAdmitted] = [
        founded,
        *(_admission(federation, membership) for membership in memberships),
    ]
    return replace(federation, memberships=memberships), news


def admit(
    federation: Federation, society: str, *, admitted_on: date, known: Registered, today: date
) -> tuple[Federation, SocietyAdmitted]:
    """A society joins a federation (加入); one that left may join again.

    Raises:
        UnknownSociety: it is not in `known`.
        InTheFuture, BeforeRegistration: the day is after today, or before the society was registered.
        BeforeFounding: it is before the federation was founded.
        AlreadyAMember: it is one.
        AdmittedBeforeRelease: it left on a later day than that.
    """
    known_to_us([society], known, field="society")
    check_day("admitted_on", admitted_on, registered_on=known[society], today=today)
    if admitted_on < federation.founded_on:
        raise BeforeFounding(field="admitted_on", value=admitted_on, founded_on=federation.founded_on)
    for past in _of(federation, society):
        _apart(past, admitted_on)
    membership = Membership(society, founder=False, admitted_on=admitted_on)
    grown = replace(federation, memberships=(*federation.memberships, membership))
    return grown, _admission(federation, membership)


def release(
    federation: Federation, society: str, *, released_on: date, reason: ReleaseReason, today: date
) -> tuple[Federation, SocietyReleased]:
    """A member leaves a federation (退出); from that day on it is none.

    Raises:
        NotAMember: it is not a member, or has left already.
        InTheFuture, ReleasedBeforeAdmission: the day is after today, or before it joined.
    """
    current = next((past for past in _of(federation, society) if past.released_on is None), None)
    if current is None:
        raise NotAMember(field="society", value=society)
    check_day("released_on", released_on, today=today)
    if released_on < current.admitted_on:
        raise ReleasedBeforeAdmission(field="released_on", value=released_on, admitted_on=current.admitted_on)
    ended = replace(current, released_on=released_on)
    memberships = tuple(ended if membership is current else membership for membership in federation.memberships)
    news = SocietyReleased(
        subject=society,
        happened_at=midnight(released_on),
        federation=federation.id,
        released_on=released_on,
        reason=reason,
    )
    return replace(federation, memberships=memberships), news


def _of(federation: Federation, society: str) -> list[Membership]:
    return [membership for membership in federation.memberships if membership.society == society]


def _apart(past: Membership, admitted_on: date) -> None:
    if past.released_on is None:
        raise AlreadyAMember(field="society", value=past.society, admitted_on=past.admitted_on)
    if admitted_on < past.released_on:
        raise AdmittedBeforeRelease(
            field="admitted_on", value=admitted_on, society=past.society, released_on=past.released_on
        )


def _admission(federation: Federation, membership: Membership) -> SocietyAdmitted:
    return SocietyAdmitted(
        subject=membership.society,
        happened_at=midnight(membership.admitted_on),
        federation=federation.id,
        founder=membership.founder,
        admitted_on=membership.admitted_on,
    )

"""Activities (学术活动): announced, then held or cancelled; what was held may be corrected, and withdrawn once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from chassis.days import check_day
from chassis.language import N_
from chassis.titles import same_title
from contracts.calendar import midnight
from contracts.events import ActivityAnnounced, ActivityCancelled, ActivityCorrected, ActivityHeld, ActivityWithdrawn
from contracts.vocabulary import ActivityKind, ActivityLevel, CancelReason, OrganiserRole
from services.events.domain.refusals import (
    ActivityNotHeld,
    ActivityNotPending,
    ActivityTwice,
    NotExactlyOneHost,
    NothingCorrected,
    OrganiserNamedTwice,
    UnknownSociety,
)

Registered = Mapping[str, date | None]
"""Societies that membership has told of, with the day of their registration where it was told."""


class ActivityState(StrEnum):
    """Where an activity stands: 已预告, 已举办, 已取消, 已撤销."""

    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


_SHOWN = {
    ActivityState.ANNOUNCED: N_("announced"),
    ActivityState.HELD: N_("held"),
    ActivityState.CANCELLED: N_("cancelled"),
    ActivityState.WITHDRAWN: N_("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Organiser:
    """A society's part in an activity; `held_event` is the event that told this society the activity was held."""

    society: str
    role: OrganiserRole
    held_event: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What is said of an activity that took place; attendance and papers are those of the whole activity."""

    kind: ActivityKind
    level: ActivityLevel
    held_on: date
    attendance: int
    papers: int


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of one or more societies; `held` is its record, kept also when it is withdrawn.

    `closed_on` and `reason` say when and why it was cancelled or withdrawn, `recorded_by` which role told what the
    record says.
    """

    id: str
    title: str
    kind: ActivityKind
    level: ActivityLevel
    starts_on: date
    organisers: tuple[Organiser, ...]
    recorded_by: str
    state: ActivityState = ActivityState.ANNOUNCED
    held: Record | None = None
    closed_on: date | None = None
    reason: str | None = None

    @property
    def days(self) -> frozenset[date]:
        """The days by which it is known: on which it was to start, and on which it was held."""
        return frozenset({self.starts_on} if self.held is None else {self.starts_on, self.held.held_on})

    @property
    def host(self) -> str:
        """The society that answers for the activity (主办单位)."""
        return host_of(self.organisers)


def host_of(organisers: Sequence[Organiser]) -> str:
    """The one hosting society among the organisers.

    Raises:
        NotExactlyOneHost: none, or several, are named as such.
    """
    hosts = [organiser.society for organiser in organisers if organiser.role is OrganiserRole.HOST]
    if len(hosts) != 1:
        raise NotExactlyOneHost(field="organisers", value=hosts, hosts=len(hosts))
    return hosts[0]


def announce(
    activity: Activity, *, known: Registered, others: Collection[Activity] = (), today: date
) -> list[ActivityAnnounced]:
    """What is told when an activity is announced, on a day past or to come: one event per organiser.

    `others` are activities that may be the same one.

    Raises:
        ActivityTwice: one of the others is.
        NotExactlyOneHost: none, or several.
        OrganiserNamedTwice: a society is named in two roles, or twice in one.
        UnknownSociety: organisers that are not in `known`, all of them.
        BeforeRegistration: one of them was not registered by then.
    """
    host_of(activity.organisers)
    _named_once(activity.organisers)
    _all_known(activity.organisers, known)
    check_day("starts_on", activity.starts_on, registered_on=_all_registered(activity, known))
    _check_once(activity, others, field="title")
    return [
        ActivityAnnounced(
            subject=organiser.society,
            happened_at=midnight(today),
            activity=activity.id,
            kind=activity.kind,
            level=activity.level,
            role=organiser.role,
            starts_on=activity.starts_on,
        )
        for organiser in activity.organisers
    ]


def hold(
    activity: Activity,
    *,
    held_on: date,
    attendance: int,
    papers: int,
    known: Registered,
    others: Collection[Activity] = (),
    today: date,
) -> tuple[Activity, list[ActivityHeld]]:
    """An announced activity took place, on whatever day it did. `others` are activities that may be the same one.

    Raises:
        ActivityTwice: one of the others is.
        ActivityNotPending: it is held, cancelled or withdrawn already.
        InTheFuture, BeforeRegistration: the day is after today, or one of its societies was not registered by then.
    """
    _pending(activity)
    check_day("held_on", held_on, registered_on=_all_registered(activity, known), today=today)
    record = Record(activity.kind, activity.level, held_on, attendance, papers)
    held = replace(activity, state=ActivityState.HELD, held=record)
    _check_once(held, others, field="held_on")
    news = [
        ActivityHeld(
            subject=organiser.society,
            happened_at=midnight(held_on),
            activity=activity.id,
            kind=record.kind,
            level=record.level,
            role=organiser.role,
            attendance=attendance,
            papers=papers,
            held_on=held_on,
        )
        for organiser in activity.organisers
    ]
    return held, news


def remember(activity: Activity, told: Mapping[str, str]) -> Activity:
    """The activity with the id of the held event of each organising society, which a correction refers to later."""
    organisers = tuple(replace(organiser, held_event=told[organiser.society]) for organiser in activity.organisers)
    return replace(activity, organisers=organisers)


def cancel(
    activity: Activity, *, cancelled_on: date, reason: CancelReason, known: Registered, today: date
) -> tuple[Activity, list[ActivityCancelled]]:
    """An announced activity will not take place.

    Raises:
        ActivityNotPending: it is held, cancelled or withdrawn already.
        InTheFuture, BeforeRegistration: the day is after today, or one of its societies was not registered by then.
    """
    _pending(activity)
    check_day("cancelled_on", cancelled_on, registered_on=_all_registered(activity, known), today=today)
    news = [
        ActivityCancelled(
            subject=organiser.society,
            happened_at=midnight(cancelled_on),
            activity=activity.id,
            cancelled_on=cancelled_on,
            reason=reason,
        )
        for organiser in activity.organisers
    ]
    return replace(activity, state=ActivityState.CANCELLED, closed_on=cancelled_on, reason=reason.value), news


def correct(
    activity: Activity,
    *,
    known: Registered,
    others: Collection[Activity] = (),
    today: date,
    kind: ActivityKind | None = None,
    level: ActivityLevel | None = None,
    held_on: date | None = None,
    attendance: int | None = None,
    papers: int | None = None,
) -> tuple[Activity, list[ActivityCorrected]]:
    """The record of a held activity is put right, as often as needed; what is not given stays as it was.

    `others` are activities that may be the same one as the record says now.

    Told with the day on which, as is now known, it was held: the correction stands in the first record's place.

    Raises:
        ActivityNotHeld: it was not held, or its record was withdrawn.
        InTheFuture, BeforeRegistration: the new day is after today, or one of its societies was not registered by then.
        NothingCorrected: every value is what the record says.
        ActivityTwice: one of the others is the same activity.
    """
    before = _held(activity)
    record = Record(
        kind=kind or before.kind,
        level=level or before.level,
        held_on=held_on or before.held_on,
        attendance=before.attendance if attendance is None else attendance,
        papers=before.papers if papers is None else papers,
    )
    check_day("held_on", record.held_on, registered_on=_all_registered(activity, known), today=today)
    if record == before:
        raise NothingCorrected
    corrected = replace(activity, kind=record.kind, level=record.level, held=record)
    if (record.kind, record.held_on) != (before.kind, before.held_on):
        _check_once(corrected, others, field="held_on")
    news = [
        ActivityCorrected(
            subject=organiser.society,
            happened_at=midnight(record.held_on),
            corrects=organiser.held_event or "",
            activity=activity.id,
            kind=record.kind,
            level=record.level,
            role=organiser.role,
            attendance=record.attendance,
            papers=record.papers,
            held_on=record.held_on,
        )
        for organiser in activity.organisers
    ]
    return corrected, news


def withdraw(activity: Activity, *, reason: str, today: date) -> tuple[Activity, list[ActivityWithdrawn]]:
    """The record that the activity was held should never have been made; why stays here and is not on the bus.

    Raises:
        ActivityNotHeld: it was not held, or its record was withdrawn already.
    """
    _held(activity)
    news = [
        ActivityWithdrawn(
            subject=organiser.society,
            happened_at=midnight(today),
            withdraws=organiser.held_event or "",
            activity=activity.id,
        )
        for organiser in activity.organisers
    ]
    return replace(activity, state=ActivityState.WITHDRAWN, closed_on=today, reason=reason), news


def _check_once(activity: Activity, others: Collection[Activity], *, field: str) -> None:
    """Raises ActivityTwice if another one of the same host, kind, title and day is announced or held."""
    for other in others:
        if other.id != activity.id and _same(activity, other):
            day = min(activity.days & other.days)
            raise ActivityTwice(field=field, value=activity.title, day=day, clashes_with=other.id)


def _same(one: Activity, other: Activity) -> bool:
    if other.state not in {ActivityState.ANNOUNCED, ActivityState.HELD}:
        return False
    alike = (one.host, one.kind) == (other.host, other.kind) and not one.days.isdisjoint(other.days)
    return alike and same_title(one.title, other.title)


def _named_once(organisers: Sequence[Organiser]) -> None:
    times = Counter(organiser.society for organiser in organisers)
    if repeated := [society for society, count in times.items() if count > 1]:
        raise OrganiserNamedTwice(field="organisers", value=repeated)


def _all_known(organisers: Sequence[Organiser], known: Registered) -> None:
    if unknown := [organiser.society for organiser in organisers if organiser.society not in known]:
        raise UnknownSociety(field="organisers", value=unknown)


def _all_registered(activity: Activity, known: Registered) -> date | None:
    """The first day on which all of its societies were registered, as far as that is known."""
    days = [known.get(organiser.society) for organiser in activity.organisers]
    return max((day for day in days if day is not None), default=None)


def _pending(activity: Activity) -> None:
    if activity.state is not ActivityState.ANNOUNCED:
        raise ActivityNotPending(field="activity", value=activity.id, state=_SHOWN[activity.state])


def _held(activity: Activity) -> Record:
    if activity.state is not ActivityState.HELD or activity.held is None:
        raise ActivityNotHeld(field="activity", value=activity.id, state=_SHOWN[activity.state])
    return activity.held

"""Joint activities (联合活动) of a federation: one society leads, others are partners, all share the result."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chassis.days import check_day
from chassis.titles import same_title
from contracts.calendar import midnight
from contracts.federation import JointActivityHeld
from contracts.vocabulary import ActivityKind, ActivityLevel, JointRole
from services.federation.domain.federations import Federation
from services.federation.domain.naming import Registered, known_to_us, named_once
from services.federation.domain.refusals import JointActivityTwice, LeadAmongPartners, NoPartner, NotMembersThen


@dataclass(frozen=True, slots=True)
class JointActivity:
    """A joint activity that was held; attendance is that of the whole activity."""

    id: str
    federation: str
    title: str
    kind: ActivityKind
    level: ActivityLevel
    lead: str
    partners: tuple[str, ...]
    attendance: int
    held_on: date


def hold(
    activity: JointActivity,
    federation: Federation,
    *,
    known: Registered,
    others: Collection[JointActivity] = (),
    today: date,
) -> list[JointActivityHeld]:
    """What is told of a joint activity: one event per society that took part, the leading one first.

    `others` are those of the federation of the same day.

    Raises:
        JointActivityTwice: one of the others is the same.
        InTheFuture: the day is after today.
        NoPartner, SocietyNamedTwice, LeadAmongPartners: the partners are not one or more different other societies.
        UnknownSociety: names every one that is not in `known`.
        NotMembersThen: names every one that was no member of the federation on the day.
    """
    check_day("held_on", activity.held_on, today=today)
    if not activity.partners:
        raise NoPartner(field="partners", value=[])
    named_once(activity.partners, field="partners")
    if activity.lead in activity.partners:
        raise LeadAmongPartners(field="partners", value=activity.lead)
    everyone = (activity.lead, *activity.partners)
    known_to_us(everyone, known, field="partners" if activity.lead in known else "lead")
    _members_then(activity, federation)
    _check_once(activity, others)
    return [_news(activity, society) for society in everyone]


def _check_once(activity: JointActivity, others: Collection[JointActivity]) -> None:
    for other in others:
        if (other.kind, other.held_on) == (activity.kind, activity.held_on) and same_title(other.title, activity.title):
            day = activity.held_on
            raise JointActivityTwice(field="title", value=activity.title, day=day, clashes_with=other.id)


def _members_then(activity: JointActivity, federation: Federation) -> None:
    members = federation.members_on(activity.held_on)
    strangers = [society for society in (activity.lead, *activity.partners) if society not in members]
    if strangers:
        field = "lead" if activity.lead in strangers else "partners"
        raise NotMembersThen(field=field, value=strangers, held_on=activity.held_on)


def _news(activity: JointActivity, society: str) -> JointActivityHeld:
    return JointActivityHeld(
        subject=society,
        happened_at=midnight(activity.held_on),
        federation=activity.federation,
        activity=activity.id,
        role=JointRole.LEAD if society == activity.lead else JointRole.PARTNER,
        partners=len(activity.partners),
        kind=activity.kind,
        level=activity.level,
        attendance=activity.attendance,
        held_on=activity.held_on,
    )

"""What federation says: federations of societies, who belongs to them, what they do together."""

from contracts.event import ActivityId, Event, FederationId, SocietyEvent
from contracts.values import Count, Day, Several, Title, YesNo
from contracts.vocabulary import ActivityKind, ActivityLevel, FederationField, JointRole, ReleaseReason


class FederationFounded(Event, type="federation.federation-founded.v1"):
    """A federation of societies was founded (学会联合体成立). Told once; the subject is the federation itself."""

    subject: FederationId
    federation: FederationId
    name: Title
    field: FederationField
    founded_on: Day


class SocietyAdmitted(SocietyEvent, type="federation.society-admitted.v1"):
    """A society joined a federation, with the association's consent (加入联合体). Told at each entry, founders' too."""

    federation: FederationId
    founder: YesNo
    admitted_on: Day


class SocietyReleased(SocietyEvent, type="federation.society-released.v1"):
    """A society left a federation, with the association's consent (退出联合体). Told once per entry."""

    federation: FederationId
    released_on: Day
    reason: ReleaseReason


class JointActivityHeld(SocietyEvent, type="federation.joint-activity-held.v1"):
    """A federation's joint activity took place (联合活动). Told once per society that took part, with its own role.

    ``partners`` is how many societies took part beside the leading one; attendance is that of the whole activity.
    """

    federation: FederationId
    activity: ActivityId
    role: JointRole
    partners: Several
    kind: ActivityKind
    level: ActivityLevel
    attendance: Count
    held_on: Day

"""Every event of the platform, by type."""

from typing import Final

from contracts import evaluation, events, federation, membership
from contracts.event import Event

SPEAKERS: Final = ("membership", "events", "federation", "evaluation")

_EVENTS: tuple[type[Event], ...] = (
    membership.SocietyRegistered,
    membership.MemberAdmitted,
    membership.MemberEnded,
    membership.MembersAdmitted,
    membership.MembersEnded,
    membership.CouncilElected,
    membership.PartyOrganisationEstablished,
    membership.SecretariatRecorded,
    membership.MeetingHeld,
    membership.MeetingWithdrawn,
    membership.RegulationAdopted,
    membership.BranchFiled,
    events.ActivityAnnounced,
    events.ActivityHeld,
    events.ActivityCancelled,
    events.ActivityWithdrawn,
    events.ActivityCorrected,
    events.JournalRegistered,
    events.IssuePublished,
    federation.FederationFounded,
    federation.SocietyAdmitted,
    federation.SocietyReleased,
    federation.JointActivityHeld,
    evaluation.DayTurned,
    evaluation.PolicyActivated,
    evaluation.RatingChanged,
)

CATALOGUE: Final[dict[str, type[Event]]] = {event.type: event for event in _EVENTS}

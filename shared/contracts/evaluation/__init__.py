"""What evaluation says: judgements of assessors, the turn of the day, the policy in use, ratings, and reviews."""

from contracts.evaluation.assessments import AssessmentRecorded, AssessmentWithdrawn
from contracts.evaluation.calendar import DayTurned
from contracts.evaluation.duties import DutyBreached, DutyBreachWithdrawn, DutyFulfilledLate, DutyFulfilmentWithdrawn
from contracts.evaluation.policies import PolicyActivated
from contracts.evaluation.ratings import ClassOutlookChanged, RatingChanged
from contracts.evaluation.reviews import (
    ClassAssigned,
    ClassProposed,
    DecisionSent,
    MemberRecused,
    ObjectionDecided,
    ObjectionRaised,
    PanelSeated,
    ProcedureBreached,
    RatingRevised,
    ResultsConfirmed,
    ResultsPublished,
    ReviewOpened,
    ReviewSealed,
    SanctionImposed,
    SnapshotFrozen,
    TieDecided,
    VoteRecorded,
)

__all__ = [
    "AssessmentRecorded",
    "AssessmentWithdrawn",
    "ClassAssigned",
    "ClassOutlookChanged",
    "ClassProposed",
    "DayTurned",
    "DecisionSent",
    "DutyBreachWithdrawn",
    "DutyBreached",
    "DutyFulfilledLate",
    "DutyFulfilmentWithdrawn",
    "MemberRecused",
    "ObjectionDecided",
    "ObjectionRaised",
    "PanelSeated",
    "PolicyActivated",
    "ProcedureBreached",
    "RatingChanged",
    "RatingRevised",
    "ResultsConfirmed",
    "ResultsPublished",
    "ReviewOpened",
    "ReviewSealed",
    "SanctionImposed",
    "SnapshotFrozen",
    "TieDecided",
    "VoteRecorded",
]

"""What events says: activities, journals, and what societies undertake."""

from contracts.events.activities import (
    ActivityAnnounced,
    ActivityCancelled,
    ActivityCorrected,
    ActivityHeld,
    ActivityWithdrawn,
)
from contracts.events.journals import (
    IssuePublished,
    JournalIndexed,
    JournalMeasured,
    JournalRegistered,
)
from contracts.events.records import (
    RecordWithdrawn,
)
from contracts.events.undertakings import (
    AdviceSubmitted,
    AwardConferred,
    BaseEstablished,
    ExchangeMade,
    FunctionUndertaken,
    StandardIssued,
    TalentRecommended,
    TechnicalServiceProvided,
)

__all__ = [
    "ActivityAnnounced",
    "ActivityCancelled",
    "ActivityCorrected",
    "ActivityHeld",
    "ActivityWithdrawn",
    "AdviceSubmitted",
    "AwardConferred",
    "BaseEstablished",
    "ExchangeMade",
    "FunctionUndertaken",
    "IssuePublished",
    "JournalIndexed",
    "JournalMeasured",
    "JournalRegistered",
    "RecordWithdrawn",
    "StandardIssued",
    "TalentRecommended",
    "TechnicalServiceProvided",
]

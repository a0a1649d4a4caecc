"""What evaluation keeps: every event it heard, the policies it was given, and the live rating of each society."""

from services.evaluation.store.assessments import (
    add_assessment,
    add_assessments,
    assessment,
    assessments_of,
    is_known,
    known_of,
    withdraw_assessment,
)
from services.evaluation.store.duties import Announced, DutyName, duties_announced, note_duties
from services.evaluation.store.facts import (
    Mark,
    count_facts,
    current_day,
    drop,
    facts_about,
    facts_beyond,
    facts_of,
    keep,
    mark,
    refused_by,
    subjects,
    told_by,
)
from services.evaluation.store.policies import file_policy, policy_texts
from services.evaluation.store.ratings import (
    Announcement,
    announce,
    announced,
    document,
    keep_ratings,
    kept_ratings,
    strike,
)
from services.evaluation.store.tables import metadata

__all__ = [
    "Announced",
    "Announcement",
    "DutyName",
    "Mark",
    "add_assessment",
    "add_assessments",
    "announce",
    "announced",
    "assessment",
    "assessments_of",
    "count_facts",
    "current_day",
    "document",
    "drop",
    "duties_announced",
    "facts_about",
    "facts_beyond",
    "facts_of",
    "file_policy",
    "is_known",
    "keep",
    "keep_ratings",
    "kept_ratings",
    "known_of",
    "mark",
    "metadata",
    "note_duties",
    "policy_texts",
    "refused_by",
    "strike",
    "subjects",
    "told_by",
    "withdraw_assessment",
]

"""Whatever a shipped policy reads, the story tells."""

from collections.abc import Iterator

import pytest

from services.evaluation.domain import load_policy
from services.evaluation.shipped import SHIPPED, text_of
from societas.demo.plan import Plan
from societas.demo.societies import societies
from societas.records import DEFINED

TOLD_BY = {
    "societies": ("society-registered",),
    "bulk": ("member-admitted", "members-admitted"),
    "end-bulk": ("members-ended",),
    "end": ("member-ended",),
    "elections": ("council-elected",),
    "party-organisation": ("party-organisation-established",),
    "secretariat": ("secretariat-recorded",),
    "meetings": ("meeting-held",),
    "regulations": ("regulation-adopted",),
    "branches": ("branch-filed",),
    "held": ("activity-held", "joint-activity-held"),
    "journals": ("journal-registered",),
    "issues": ("issue-published",),
    "leaders": ("leader-elected",),
    "changes": ("registered-item-changed",),
    "filing": ("change-filed", "election-filed"),
    "annual-checks": ("annual-check-concluded",),
    "assessments": ("assessment-recorded",),
    "federations": ("society-admitted",),
    "release": ("society-released",),
    "joint-activities": ("joint-activity-held",),
    **{
        one.path: (one.record.event.type.partition(".")[2].removesuffix(".v1"),)
        for types in DEFINED.values()
        for one in types
    },
}

RARE = {"deferral-approved"}
"""What no society of the story lives to see: an approval that a term runs over. Without it every term ends in time."""


@pytest.fixture(scope="module")
def told() -> set[str]:
    plan = Plan(societies(), seed=7)
    ends = {request.path.rsplit("/", 1)[1] for day in range(366) for request in plan.day(day)}
    return {name for end in ends for name in TOLD_BY.get(end, ())}


def read_by(policy: str) -> Iterator[str]:
    for fold in load_policy(text_of(policy)).measures.values():
        yield from (event.partition(".")[2].removesuffix(".v1") for _, event in fold.events_at())


@pytest.mark.parametrize("policy", SHIPPED)
def test_every_event_a_shipped_policy_reads_happens_in_the_story(policy: str, told: set[str]) -> None:
    assert set(read_by(policy)) - told <= RARE

"""What a review is at a moment: everything that its steps so far say, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from chassis.language import N_, Phrase
from contracts.vocabulary import ObjectionOutcome, PanelVote, RecusalReason, ReviewDuty, ReviewSanction


class Phase(StrEnum):
    """How far a review has come; each phase is left only for the next."""

    OPENED = "opened"
    FROZEN = "frozen"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    ASSIGNED = "assigned"
    SEALED = "sealed"


PHASES: Mapping[Phase, Phrase] = {
    Phase.OPENED: N_("opened"),
    Phase.FROZEN: N_("frozen"),
    Phase.PUBLISHED: N_("published for objection"),
    Phase.CONFIRMED: N_("confirmed"),
    Phase.ASSIGNED: N_("with classes assigned"),
    Phase.SEALED: N_("sealed"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a review is of, and its timetable, fixed when it is opened."""

    policy: str
    version: str
    policy_hash: str
    as_of: date
    opened_on: date
    publish_by: date
    objection_days: int
    answer_days: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The frozen ratings: by what was recorded up to an instant, and their hash."""

    known_at: str
    positions: Mapping[str, int]
    societies: int
    hash: str
    frozen_on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """How the committee decided: the outcome with the count behind it."""

    outcome: ObjectionOutcome
    members: int
    present: int
    recused: int
    uphold: int
    dismiss: int
    decided_on: date


@dataclass(frozen=True, slots=True)
class Revision:
    """What an upheld objection did to a rating; points are decimal texts. Nothing, if it was put right already."""

    objection: str
    society: str
    admitted: tuple[str, ...]
    total_before: str
    max_before: str
    total_after: str
    max_after: str
    hash: str


@dataclass(frozen=True, slots=True)
class TieDecision:
    """Whom the committee chose among societies that are equal where a class by quota ends."""

    category: str
    chosen: tuple[str, ...]
    hash: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Sanction:
    """What was imposed on a society for what an objection showed."""

    sanction: ReviewSanction
    until: date | None
    imposed_on: date


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection (异议) on its way: recusals and votes, decision, dispatch, sanction."""

    id: str
    objector: str
    about: str
    indicator: str | None
    text_hash: str
    raised_on: date
    recused: Mapping[str, RecusalReason] = field(default_factory=dict)
    votes: Mapping[str, PanelVote] = field(default_factory=dict)
    decision: Decision | None = None
    sent_on: date | None = None
    sanction: Sanction | None = None

    @property
    def upheld(self) -> bool:
        """Whether the committee found it justified."""
        return self.decision is not None and self.decision.outcome is ObjectionOutcome.UPHELD

    @property
    def parties(self) -> frozenset[str]:
        """The society that objects and the one it objects to; often the same."""
        return frozenset({self.objector, self.about})


@dataclass(frozen=True, slots=True)
class GradeGiven:
    """A grade (等级) that a review gave, and the days on which it is valid, where the policy says so."""

    grade: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Review:
    """A review after so many steps; ``chain`` is the digest of the last of them."""

    id: str
    steps: int
    chain: str
    terms: Terms
    snapshot: Snapshot | None = None
    published_on: date | None = None
    objections_until: date | None = None
    panel: tuple[str, ...] = ()
    objections: Mapping[str, Objection] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    confirmed_on: date | None = None
    ties: tuple[TieDecision, ...] = ()
    proposed: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, GradeGiven] = field(default_factory=dict)
    breaches: Mapping[tuple[ReviewDuty, str | None], date] = field(default_factory=dict)
    sealed_on: date | None = None

    @property
    def phase(self) -> Phase:
        """How far it has come."""
        if self.sealed_on is not None:
            return Phase.SEALED
        if self.snapshot is not None and self.classes and len(self.classes) == self.snapshot.societies:
            return Phase.ASSIGNED
        if self.confirmed_on is not None:
            return Phase.CONFIRMED
        if self.published_on is not None:
            return Phase.PUBLISHED
        return Phase.OPENED if self.snapshot is None else Phase.FROZEN

    @property
    def hash(self) -> str | None:
        """The hash of the ratings under review: as frozen, or as the last revision left them; None before."""
        return self.hashes[-1] if self.hashes else None

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hashes that the ratings under review had, in order; a revision adds one, and so does a tie decided."""
        if self.snapshot is None:
            return ()
        return (self.snapshot.hash, *(one.hash for one in self.revisions), *(one.hash for one in self.ties))

    def after(self, changes: int) -> "Review":
        """The review with so many of its revisions and decisions on ties, in their order, and no more."""
        return replace(
            self,
            revisions=self.revisions[:changes],
            ties=self.ties[: max(0, changes - len(self.revisions))],
        )

    @property
    def chosen(self) -> Mapping[str, frozenset[str]]:
        """The societies that the committee chose among equals, by the class they get."""
        found: dict[str, frozenset[str]] = {}
        for one in self.ties:
            found[one.category] = found.get(one.category, frozenset()).union(one.chosen)
        return found

    @property
    def admitted(self) -> frozenset[str]:
        """The records that revisions took in although they were told after the snapshot."""
        return frozenset(event for one in self.revisions for event in one.admitted)

    def number(self, objection: str) -> int:
        """Which of its objections it is, from 1."""
        return list(self.objections).index(objection) + 1

    def put_right_by(self, revision: Revision) -> list[str]:
        """The objections whose revisions had taken in records of this one before it."""
        earlier = self.revisions[: self.revisions.index(revision)]
        return [one.objection for one in earlier if not set(one.admitted).isdisjoint(revision.admitted)]

    @property
    def revised(self) -> frozenset[str]:
        """The objections after which a rating was revised."""
        return frozenset(one.objection for one in self.revisions)
